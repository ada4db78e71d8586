"""The small server that a supervisor and Prometheus ask: how is it, is it ready, what are the
numbers."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging

from handlers.health import Health
from handlers.metrics import CONTENT_TYPE, Metrics
from handlers.server import CannotListenError, Head, HttpServer, Response

LOG = logging.getLogger(__name__)

HEALTH_PATH, READY_PATH, METRICS_PATH = "/healthz", "/readyz", "/metrics"
PATHS = (HEALTH_PATH, READY_PATH, METRICS_PATH)


class Watchpost:
    """Answers GET on the three paths, to whoever can reach the address: this machine alone,
    unless the configuration says otherwise."""

    def __init__(self, listen: str, health: Health, metrics: Metrics) -> None:
        self._listen = listen
        self._health = health
        self._metrics = metrics

    async def run(self) -> None:
        """Serve until cancelled; without an address, or where it is taken, do nothing."""
        if not self._listen:
            return
        server = HttpServer(self._listen, _decide, self._answer)
        async with contextlib.AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(server.listening())
            except CannotListenError as error:
                LOG.warning("health.listen: %s; there are no health checks and metrics", error)
                return
            LOG.info("health and metrics are at http://%s", self._listen)
            await asyncio.Event().wait()

    async def _answer(self, head: Head, _: bytes) -> Response:
        if head.path == METRICS_PATH:
            text = self._metrics.exposition(await self._health.levels())
            return Response(200, text, CONTENT_TYPE)
        return await health_response(self._health, ready=head.path == READY_PATH)


async def health_response(health: Health, *, ready: bool = False) -> Response:
    """200 when all is well (when `ready`: also when work is taken), else 503; JSON says why."""
    report = await health.report()
    well = report["ok"] and (report["ready"] or not ready)
    return Response(200 if well else 503, json.dumps(report).encode(), "application/json")


def _decide(head: Head) -> Response | None:
    if head.path not in PATHS:
        return Response(404)
    return None if head.method in {"GET", "HEAD"} else Response(405)
