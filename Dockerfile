FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

# The person that the bot runs as owns its store and nothing else.
RUN useradd --system --uid 10001 --home-dir /data --create-home newsbot

WORKDIR /app
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot ./bot
COPY handlers ./handlers
RUN pip install -c constraints.txt . && rm -rf /app/*

USER newsbot
WORKDIR /data
ENV NEWSBOT_STORE=/data/newsbot.db
VOLUME /data

# Pass the token with `docker run --env-file`, so that it is in no layer of the image.
HEALTHCHECK --interval=5m --timeout=30s --start-period=30s --retries=3 CMD ["newsbot", "doctor", "--running"]
ENTRYPOINT ["newsbot"]
CMD ["run"]
