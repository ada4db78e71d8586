"""Follows that were begun and not finished: offered below the next answer, and in /subs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.locales import _
from bot.store.subscriptions import Subscription, SubscriptionState, find_drafts
from bot.talk.desks import look_up_pending
from bot.talk.follow_book import FollowBook
from bot.talk.follow_data import interest_of, rhythm_of, titled
from bot.talk.follow_rights import is_private
from bot.talk.follows import FOLLOW, STEPS
from bot.talk.replies import Block, BlockKind, Button, Incoming, Reply

OFFERED_WITHIN = timedelta(days=1)
"""What was begun earlier is not on anybody's mind any more; /subs shows it still."""
_OFFERED = "offered"


class FollowDrafts:
    """Reminds people of what they wandered off from."""

    def __init__(self, book: FollowBook) -> None:
        self._book = book

    def of(self, incoming: Incoming, chat: str) -> list[Subscription]:
        """What this person began to follow in `chat` and may still finish, newest first."""
        begun = find_drafts(self._book.store, chat, incoming.person)
        return [it for it in begun if self._book.same(chat, interest_of(it)) is None]

    def offered(self, incoming: Incoming, reply: Reply) -> Reply:
        """`reply`, and where it answers a question the way back to the newest draft, once."""
        if reply.state is None or reply.edits or not is_private(incoming.chat):
            return reply
        begun = self.of(incoming, incoming.chat)
        if not begun or _OFFERED in begun[0].data:
            return reply
        it = begun[0]
        if self._book.clock() - it.made > OFFERED_WITHIN or self._book.is_full(it.chat):
            return reply
        self._book.keep(replace(it, data={**it.data, _OFFERED: True}))
        line = Block(BlockKind.FOOTER, self.line(it))
        row = (finish_button(it, _("Finish following")), drop_button(it))
        return replace(reply, blocks=(*reply.blocks, line), buttons=(*reply.buttons, row))

    def line(self, it: Subscription) -> str:
        """What was begun and what it wants for, in a sentence."""
        words = _("You began to follow {what}: I still need the time of day.")
        if rhythm_of(it) is None:
            words = _("You began to follow {what}: I still need to know when to tell you.")
        elif not self._book.settings(it.chat).zone:
            words = _("You began to follow {what}: I still need your time zone.")
        return words.format(what=titled(it))

    def give_up(self, incoming: Incoming) -> None:
        """Whoever stops at a question of ours wants no reminder of it."""
        pending = look_up_pending(self._book.store, incoming)
        if pending is None or pending.get("for") not in STEPS:
            return
        it = self._book.look_up(int(pending.get("follow", 0)))
        if it is not None and it.state is SubscriptionState.DRAFT:
            self._book.keep(replace(it, state=SubscriptionState.ENDED))


def finish_button(it: Subscription, label: str) -> Button:
    """The button that asks the next open question of a draft."""
    return Button(label, f"{FOLLOW}:go:{it.id}:")


def drop_button(it: Subscription) -> Button:
    """The button that gives a draft up."""
    return Button(_("Drop it"), f"{FOLLOW}:drop:{it.id}:")
