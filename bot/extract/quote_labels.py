"""The labels of the quote tagger, and the attributions that a row of labels stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["LABELS", "Attribution", "Piece", "decode"]

PARTS = ("C", "N", "H", "S>", "S<", "T>", "T<")
"""C a cue whose source points at it, N a cue without a source, H a cue that shares a source
named before; S a source and T a content, with the side on which their cue stands."""

LABELS = ("O", *(f"{mark}-{part}" for part in PARTS for mark in "BI"))


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens `first` to `last` (both included) that play one part."""

    part: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """One report of speech, in token numbers; `shared` says that the source serves two cues."""

    source: Piece | None
    cue: Piece | None
    contents: tuple[Piece, ...]
    shared: bool = False


def pieces_of(labels: Sequence[str]) -> list[Piece]:
    """The labelled pieces in order; an I without its B opens a piece of its own."""
    pieces: list[Piece] = []
    part, first = "", 0
    for i, label in enumerate(labels):
        if label[0] == "I" and label[2:] == part:
            continue
        if part:
            pieces.append(Piece(part, first, i - 1))
        part, first = (label[2:], i) if label != "O" else ("", i)
    if part:
        pieces.append(Piece(part, first, len(labels) - 1))
    return pieces


def decode(labels: Sequence[str]) -> list[Attribution]:
    """The attributions of one paragraph, in order of their cues.

    A source or content belongs to the nearest cue on the side its label points to. A cue that
    shares a source takes the last one before it. Contents without any cue in the paragraph come
    as attributions without cue and source; a cue without content as one with no contents.
    """
    pieces = pieces_of(labels)
    cues = [p for p in pieces if p.part in "CNH"]
    sources: dict[int, Piece] = {}
    contents: dict[int, list[Piece]] = {}
    orphans: list[Piece] = []
    for piece in pieces:
        if piece.part in "CNH":
            continue
        at = _cue_for(piece, cues)
        if at is None:
            if piece.part[0] == "T":
                orphans.append(piece)
        elif piece.part[0] == "T":
            contents.setdefault(at, []).append(piece)
        elif at not in sources or piece.part == "S>":
            sources[at] = piece
    # A cue named with nothing between it and a source that points at it keeps that source; one
    # that has none of its own takes the last source before it.
    out = [Attribution(None, None, (p,)) for p in orphans]
    for at, cue in enumerate(cues):
        source = sources.get(at)
        shared = False
        if source is None and cue.part != "N":
            source = _last_before(cue, pieces)
            shared = source is not None
        if cue.part == "N":
            source = None
        out.append(Attribution(source, cue, tuple(contents.get(at, ())), shared))
    out.sort(key=lambda a: (a.contents[0] if a.contents else a.cue or a.contents[0]).first)
    return out


def _cue_for(piece: Piece, cues: list[Piece]) -> int | None:
    """The number of the cue that `piece` points to; the other side's when that side has none."""
    right = next((i for i, c in enumerate(cues) if c.first > piece.last), None)
    left = next((i for i in range(len(cues) - 1, -1, -1) if cues[i].last < piece.first), None)
    if piece.part[1] == ">":
        return right if right is not None else left
    return left if left is not None else right


def _last_before(cue: Piece, pieces: list[Piece]) -> Piece | None:
    found = None
    for piece in pieces:
        if piece.first >= cue.first:
            break
        if piece.part[0] == "S":
            found = piece
    return found
