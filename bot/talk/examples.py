"""Examples of what a command takes, with people whom the store quotes: each can be tapped."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.talk.buttons import PRESS_BYTES
from bot.talk.replies import Block, BlockKind, Button, Reply

Names = Callable[[], Sequence[str]]
"""People whose words the store surely has, in full; none where it quotes nobody."""


def example_reply(words: str, command: str, names: Sequence[str], otherwise: str) -> Reply:
    """`words` with an example of `command` in place of "{example}", and a button for each name;
    without names the example is that of `otherwise`, whom no store need know."""
    typed = {name: f"/{command} {name}" for name in names}
    return _reply(words, typed, f"/{command} {otherwise}")


def example_of_two(words: str, command: str, names: Sequence[str], otherwise: str) -> Reply:
    """The same for a command that takes two names."""
    typed = {}
    if len(names) > 1:
        one, other = names[:2]
        typed[f"{one} – {other}"] = f"/{command} {one} and {other}"
    return _reply(words, typed, f"/{command} {otherwise}")


def _reply(words: str, typed: dict[str, str], otherwise: str) -> Reply:
    example = next(iter(typed.values()), otherwise)
    buttons = tuple(
        (Button(label, code),)
        for label, command in typed.items()
        if len((code := f"cmd:{command}").encode()) <= PRESS_BYTES
    )
    return Reply((Block(BlockKind.TEXT, words.format(example=example)),), buttons)
