"""What pictures have in common: whether a chat is shown any, in which colours, and what is said
where there is none."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answer.result import Answer
from bot.locales import _
from bot.pictures import Theme, is_available
from bot.store.store import Store
from bot.talk.buttons import ROW, card_button
from bot.talk.follow_data import load_settings
from bot.talk.replies import Button

TERMINAL = "terminal"
"""The chat that shows letters alone: there a picture goes into a file, where somebody asked."""
SHOWN_IN = "tg:"
"""How the chats are called that can be sent a further message with a picture."""


def theme_of(store: Store, chat: str) -> Theme:
    """The colours of pictures in `chat`."""
    return Theme.DARK if load_settings(store, chat).dark else Theme.LIGHT


def sends_pictures(store: Store, chat: str) -> bool:
    """Whether a picture may go along that nobody asked for just now."""
    return chat.startswith(SHOWN_IN) and is_available() and load_settings(store, chat).pictures


def no_library() -> str:
    """That pictures cannot be drawn here at all."""
    return _("I cannot draw pictures here: what draws them is not installed.")


def no_picture(reason: str) -> str:
    """Why these words are no picture."""
    if reason == "length":
        return _("This is too long for a picture, so here it is in words.")
    return _("These letters I cannot draw rightly, so here it is in words.")


def with_card(
    rows: tuple[tuple[Button, ...], ...], shown: Sequence[Answer]
) -> tuple[tuple[Button, ...], ...]:
    """The rows under an answer with a button that makes a picture of the first sentence shown, in
    the first row that is not full; where all are, it stands under the sentences around."""
    if not shown or not is_available():
        return rows
    card = card_button(shown[0], _("Card"))
    for number, row in enumerate(rows):
        if len(row) < ROW:  # what calls an answer wrong stays at the very end
            at = len(row) - any((b.press or "").startswith("bad:") for b in row[-1:])
            return (*rows[:number], (*row[:at], card, *row[at:]), *rows[number + 1 :])
    return rows
