"""The reading view of a stored text: repaired for the extractors, each character traceable.

The stored text is never changed. A repair is an *edit* (a stretch and what is read instead); a
round of edits that change the length is kept as a `_Layer`, through which a span of the view finds
its way back. A text with nothing to repair is its own view.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.model import Span
from bot.text.clutter import find_clutter, find_inline_clutter
from bot.text.head import find_head
from bot.text.repairs import find_apart, find_debris, find_mojibake, straighten

Edit = tuple[int, int, str]
"""The stretch `[start, end)` of a text, and what is read in its place."""

_ROUNDS = 4
"""Repairs are made again until nothing changes, since one can lay bare another (a tag inside a
tag, an entity inside an entity); real texts need one round, this bounds the made-up ones."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """One round of edits: the pieces of the new text, in order, and where each came from."""

    starts: array[int]
    """Where each piece starts in the new text."""
    sources: array[int]
    """Where each piece starts in the text before."""
    ends: array[int]
    """Where a replaced piece ended in the text before; -1 for a piece copied as it was."""
    source_chars: int

    def start_of(self, position: int) -> int:
        """Where the character at `position` of the new text starts in the text before."""
        i = bisect_right(self.starts, position) - 1
        if i < 0:
            return self.source_chars
        if self.ends[i] >= 0:
            return self.sources[i]
        return self.sources[i] + position - self.starts[i]

    def end_of(self, position: int) -> int:
        """Where the character before `position` of the new text ends in the text before."""
        i = bisect_right(self.starts, position - 1) - 1
        if self.ends[i] >= 0:
            return self.ends[i]
        return self.sources[i] + position - self.starts[i]


@dataclass(frozen=True, slots=True)
class View:
    """A stored text as the extractors read it, and the way back."""

    stored: str
    text: str
    layers: tuple[_Layer, ...] = ()

    def place(self, span: Span) -> Span:
        """The smallest span of the stored text that holds `span` of the view.

        What was left out at the edges of `span` stays outside, what was left out within it is
        inside. A span that reaches beyond the view is cut to it.
        """
        start = min(max(span.start, 0), len(self.text))
        end = min(max(span.end, start), len(self.text))
        if not self.layers:
            return span if (start, end) == (span.start, span.end) else Span(start, end)
        empty = start == end
        if start == len(self.text):
            return Span(len(self.stored), len(self.stored))
        for layer in reversed(self.layers):
            start = layer.start_of(start)
            if not empty:
                end = layer.end_of(end)
        return Span(start, start if empty else end)


def make_view(stored: str) -> View:
    """The reading view of `stored`; the view of a view's text is that text again.

    Read as they were meant: text decoded by the wrong table (mojibake), odd spaces and line ends,
    doubled marks, entities. Left out: characters without width, inline tags, and whole lines that
    are no article text. Curly marks stay, since they tell an opening from a closing.
    """
    text = stored
    layers: list[_Layer] = []
    for _ in range(_ROUNDS):
        before = text
        for steps in (_OF_CHARACTERS, _OF_LINES):
            for find in steps:
                text, layer = _apply(text, find(text))
                if layer:
                    layers.append(layer)
            text = straighten(text)
        if text == before:
            break
    return View(stored, text, tuple(layers))


def _find_head_lines(text: str) -> Iterator[Edit]:
    """Edits that leave out the head of a page: its date, section, byline, outlet."""
    for line in find_head(text).cut:
        yield line.start, line.end, ""


Steps = tuple[Callable[[str], Iterator[Edit]], ...]
_OF_CHARACTERS: Steps = (find_apart, find_mojibake, find_debris)
_OF_LINES: Steps = (find_clutter, find_inline_clutter, _find_head_lines)


def _apply(text: str, edits: Iterable[Edit]) -> tuple[str, _Layer | None]:
    """`text` with `edits` made (in order, not overlapping), and the layer that leads back."""
    parts: list[str] = []
    starts, sources, ends = array("i"), array("i"), array("i")
    at = done = 0
    for start, end, new in edits:
        if start > done:
            parts.append(text[done:start])
            starts.append(at)
            sources.append(done)
            ends.append(-1)
            at += start - done
        if new:
            parts.append(new)
            starts.append(at)
            sources.append(start)
            ends.append(end)
            at += len(new)
        done = end
    if not done:
        return text, None
    if done < len(text):
        parts.append(text[done:])
        starts.append(at)
        sources.append(done)
        ends.append(-1)
    return "".join(parts), _Layer(starts, sources, ends, len(text))
