"""What a message shows, to and from what the store keeps of it, so that it can be put right where
it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.model import Span
from bot.talk.replies import Block, BlockKind, Button, Evidence, Reply

SHOWN = "shown"
"""The key under which a letter carries what its message shows."""
CARD = "card"
"""The key that says that the message is a picture of the quoted sentence."""


def dump_shown(
    blocks: Sequence[Block], buttons: Sequence[Sequence[Button]] = ()
) -> dict[str, Any]:
    """Blocks and buttons as JSON values."""
    return {
        "blocks": [_dumped(block) for block in blocks],
        "buttons": [
            [[b.label, b.press, b.url, b.copy, b.start, b.share] for b in row] for row in buttons
        ],
    }


def load_shown(raw: Mapping[str, Any]) -> Reply:
    """What `dump_shown` gave, as a reply."""
    buttons = tuple(tuple(Button(*button) for button in row) for row in raw["buttons"])
    return Reply(tuple(_loaded(block) for block in raw["blocks"]), buttons)


def versions_in(raw: Mapping[str, Any]) -> set[int]:
    """The article versions that what `dump_shown` gave rests on."""
    return {block["at"][0] for block in raw["blocks"] if block.get("at")}


def _dumped(block: Block) -> dict[str, Any]:
    dumped: dict[str, Any] = {"kind": block.kind.value, "text": block.text}
    if block.url is not None:
        dumped["url"] = block.url
    if block.evidence is not None:
        span = block.evidence.span
        dumped["at"] = [block.evidence.version, span.start, span.end]
    if block.stressed is not None:
        dumped["stressed"] = [block.stressed.start, block.stressed.end]
    return dumped


def _loaded(raw: Mapping[str, Any]) -> Block:
    at, stressed = raw.get("at"), raw.get("stressed")
    return Block(
        BlockKind(raw["kind"]),
        raw["text"],
        raw.get("url"),
        Evidence(at[0], Span(at[1], at[2])) if at else None,
        Span(*stressed) if stressed else None,
    )
