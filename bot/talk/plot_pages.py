"""Replies with a picture of time: a timeline as one, and the small one that a digest brings."""

from __future__ import annotations

from dataclasses import replace

from bot.answer.spread import Spread
from bot.digest import Digest
from bot.locales import _
from bot.newsroom import Newsroom
from bot.pictures import find_fault, is_available
from bot.store.store import Store
from bot.talk.buttons import PRESS_BYTES
from bot.talk.digest_pages import FEWEST_DAYS_PLOTTED
from bot.talk.pictures import TERMINAL, no_library, no_picture, sends_pictures, theme_of
from bot.talk.plots import digest_plot, digest_words, timeline_bars, timeline_plot, timeline_words
from bot.talk.replies import Block, BlockKind, Button, Incoming, Reply

PLOT_BUTTON = "plot"


def plot_reply(newsroom: Newsroom, incoming: Incoming, spread: Spread, words: str) -> Reply:
    """The picture of a timeline with all of it in words; `words` are what it was asked by."""
    plot = timeline_plot(spread, theme_of(newsroom.store, incoming.chat))
    blocks = timeline_words(spread)
    fault = find_fault(plot) if is_available() else None
    drawn = is_available() and fault is None
    if not drawn or incoming.chat == TERMINAL:
        blocks.insert(1, timeline_bars(spread))
    if not drawn:
        reason = no_picture(fault) if fault is not None else no_library()
        blocks.append(Block(BlockKind.TEXT, reason))
    buttons = _fitting(Button(_("What was said"), f"cmd:/timeline {words}"))
    return Reply(tuple(blocks), (buttons,) if buttons else (), picture=plot if drawn else None)


def with_plot_button(reply: Reply, words: str) -> Reply:
    """A timeline with a button that makes a picture of it, where it has anything to show."""
    buttons = _fitting(Button(_("Picture"), f"{PLOT_BUTTON}:{words}"))
    if not is_available() or not reply.buttons or not buttons:
        return reply
    return replace(reply, buttons=(*reply.buttons, buttons))


def _fitting(button: Button) -> tuple[Button, ...]:
    """The button, where Telegram can carry its code."""
    return (button,) if len((button.press or "").encode()) <= PRESS_BYTES else ()


def with_digest_plot(reply: Reply, digest: Digest, store: Store, chat: str) -> Reply:
    """A digest of several days with a small picture of them after it, where the chat is sent
    pictures."""
    if (digest.until - digest.since).days < FEWEST_DAYS_PLOTTED:
        return reply
    if sum(count > 0 for _day, count in digest.days) < FEWEST_DAYS_PLOTTED:
        return reply
    if not sends_pictures(store, chat):
        return reply
    plot = digest_plot(digest, theme_of(store, chat))
    if find_fault(plot) is not None:
        return reply
    return replace(reply, appendix=Reply((digest_words(digest),), picture=plot))
