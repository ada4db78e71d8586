"""What the running bot counts and times, for Prometheus; numbers only, nobody's words or ids."""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0)
"""The borders of the timings: from a single lookup to the longest that an answer may take."""


class Metrics:
    """The counters of one running bot. All calls are quick and may come from any thread."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._updates = Counter(
            "newsbot_updates", "Updates worked on.", ["outcome"], registry=registry
        )
        self._answers = Counter(
            "newsbot_answers", "Questions answered, by state.", ["state"], registry=registry
        )
        self._inline = Counter(
            "newsbot_inline",
            "Queries typed in other chats, by outcome.",
            ["outcome"],
            registry=registry,
        )
        self._faults = Counter(
            "newsbot_telegram_faults", "Calls that failed.", ["kind"], registry=registry
        )
        self._steps = Histogram(
            "newsbot_step_seconds",
            "From an update to its letter (door), the conversation's part of that (answer), one "
            "call of Telegram (send), one commit (write), from an inline query to its answer "
            "(inline).",
            ["step"],
            registry=registry,
            buckets=SECONDS,
        )
        self._gauges: dict[str, Gauge] = {}

    def count_update(self, outcome: str) -> None:
        """One more update is finished ("done", "ignored", "failed"), or has its turn later ("put
        off")."""
        self._updates.labels(outcome).inc()

    def count_answer(self, state: str) -> None:
        """One more question was answered ("found", "close", "nothing")."""
        self._answers.labels(state).inc()

    def count_inline(self, outcome: str) -> None:
        """One more query typed in another chat came ("asked") and then was "answered", gave way
        to a newer one ("superseded", "overtaken"), was "late", "refused" or "failed"; or a card
        was "chosen"."""
        self._inline.labels(outcome).inc()

    def count_fault(self, kind: str) -> None:
        """One more call of Telegram failed, by the error's class ("RetryAfter")."""
        self._faults.labels(kind).inc()

    def note_seconds(self, step: str, seconds: float) -> None:
        """A step took so long; the steps are told in the metric's description."""
        self._steps.labels(step).observe(max(seconds, 0.0))

    def exposition(self, levels: Mapping[str, tuple[str, float]]) -> bytes:
        """All metrics in Prometheus' text format; `levels` gives what is measured now, with a
        description each."""
        for name, (description, value) in levels.items():
            if name not in self._gauges:
                self._gauges[name] = Gauge(f"newsbot_{name}", description, registry=self._registry)
            self._gauges[name].set(value)
        return generate_latest(self._registry)
