# Two stages: what builds stays behind, what runs is copied over.
FROM python:3.11-slim AS build

ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot ./bot
COPY handlers ./handlers
RUN python -m venv /opt/newsbot && /opt/newsbot/bin/pip install -c constraints.txt '.[pictures]'

FROM python:3.11-slim

ENV PATH=/opt/newsbot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1

# The account that the bot runs as owns its store and the store's copies, and nothing else.
RUN useradd --system --uid 10001 --home-dir /data --create-home newsbot \
    && install -d -o newsbot /backups
COPY --from=build /opt/newsbot /opt/newsbot

USER newsbot
WORKDIR /data
ENV NEWSBOT_STORE=/data/newsbot.db
VOLUME /data /backups

# Pass the token with `docker run --env-file`, so that it is in no layer of the image.
HEALTHCHECK --interval=5m --timeout=30s --start-period=60s --retries=3 CMD ["newsbot", "doctor", "--running"]
ENTRYPOINT ["newsbot"]
CMD ["run"]
