"""What is to be drawn, in words and numbers alone: small enough to wait in the outbox, and drawn
again from there after a crash.

All words come finished, in the reader's language; nothing here knows where they are from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Theme(StrEnum):
    """The colours of a picture."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """A sentence as it was printed, large, with who said it and where it stands.

    `quote` is never shortened: a sentence that finds no room is no picture. `source` is the outlet
    and the day, `note` small print. An empty line is left out.
    """

    quote: str
    source: str
    speaker: str = ""
    role: str = ""
    headline: str = ""
    note: str = ""
    theme: Theme = Theme.LIGHT


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Words of ours in the place of a card whose sentence stands no more."""

    words: str
    theme: Theme = Theme.LIGHT


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of marks under the columns: a name, and the columns (from 0) in which it stands."""

    name: str
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Lanes of one kind under a heading; `stands_out` gives them another colour and shape."""

    title: str
    lanes: tuple[Lane, ...]
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """Columns side by side in time, each with its label and its count, and lanes below them.

    `counted` says what is counted.
    """

    title: str
    subtitle: str
    counted: str
    columns: tuple[tuple[str, int], ...]
    groups: tuple[Group, ...] = ()
    theme: Theme = Theme.LIGHT


Recipe = QuoteCard | Plot | Withdrawn
CARD, PLOT, WITHDRAWN = "card", "plot", "withdrawn"
_KINDS = {QuoteCard: CARD, Plot: PLOT, Withdrawn: WITHDRAWN}


def dump_recipe(recipe: Recipe) -> dict[str, Any]:
    """`recipe` as JSON values."""
    return {"kind": _KINDS[type(recipe)], **asdict(recipe)}


def load_recipe(raw: Mapping[str, Any]) -> Recipe | None:
    """What `dump_recipe` gave; None for anything else."""
    try:
        kept = {**raw, "theme": Theme(raw["theme"])}
        kind = kept.pop("kind")
        if kind == CARD:
            return QuoteCard(**kept)
        if kind == WITHDRAWN:
            return Withdrawn(**kept)
        kept["columns"] = tuple((str(label), int(count)) for label, count in kept["columns"])
        kept["groups"] = tuple(
            Group(
                group["title"],
                tuple(Lane(lane["name"], tuple(lane["at"])) for lane in group["lanes"]),
                bool(group["stands_out"]),
            )
            for group in kept["groups"]
        )
        return Plot(**kept) if kind == PLOT else None
    except (KeyError, TypeError, ValueError):
        return None
