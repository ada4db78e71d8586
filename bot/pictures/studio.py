"""Where pictures are drawn: in a process of its own, with a deadline and a memory limit."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from bot.child import Child, ChildLostError, Fault
from bot.pictures.draw import draw
from bot.pictures.letters import is_available
from bot.pictures.lines import Undrawable
from bot.pictures.recipes import load_recipe

LOG = logging.getLogger(__name__)

DEADLINE_SECONDS = 10.0  # a picture takes some 0.15 s, the first one with its process 0.6 s
MEMORY_BYTES = 200_000_000  # address space; a picture takes some 60 MB of it
IDLE_SECONDS = 300.0  # after which the process ends and gives its memory back


class Studio:
    """Draws recipes one at a time. Any thread may call `draw`."""

    def __init__(
        self,
        *,
        deadline_seconds: float = DEADLINE_SECONDS,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        self._deadline = deadline_seconds
        self._child = Child(
            draw_raw,
            name="newsbot-studio",
            memory_bytes=memory_bytes,
            idle_seconds=IDLE_SECONDS,
        )

    def draw(self, raw: Mapping[str, Any]) -> bytes | None:
        """A PNG of a dumped recipe; None where there is none to be had, for whatever reason."""
        if not is_available():
            return None
        try:
            answer = self._child.ask(dict(raw), deadline_seconds=self._deadline)
        except ChildLostError:
            LOG.warning("a picture took too long or too much memory; its text goes out alone")
            return None
        if isinstance(answer, Fault):
            LOG.error("a picture failed, its text goes out alone\n%s", answer.trace)
        return answer if isinstance(answer, bytes) else None

    def close(self) -> None:
        """End the process, even while it draws."""
        self._child.close()


def draw_raw(raw: Mapping[str, Any]) -> bytes | None:
    """A PNG of a dumped recipe, drawn here and now; None for what cannot be drawn."""
    recipe = load_recipe(raw)
    try:
        return draw(recipe) if recipe is not None else None
    except Undrawable:
        return None
