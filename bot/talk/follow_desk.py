"""The desk of follows: its commands, buttons, free words and jobs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.newsroom import Newsroom
from bot.store.subscriptions import SubscriptionState
from bot.talk.desks import Desk
from bot.talk.follow_book import UNDO, FollowBook, parse_number
from bot.talk.follow_rights import refuse
from bot.talk.follow_texts import LATE_BUTTON, TURN
from bot.talk.follow_words import WishKind, parse_wish
from bot.talk.follows import EXPIRED, FOLLOW, WAIT_CITY, WAIT_RHYTHM, WAIT_TIME, Follows
from bot.talk.follows_back import CatchingUp
from bot.talk.follows_due import due_jobs
from bot.talk.follows_pages import SUBS, WAIT_SEARCH, WAIT_WITHOUT, FollowPages
from bot.talk.languages import language_desk
from bot.talk.replies import Incoming, Reply
from bot.talk.settings import settings_desk


def follow_desks(newsroom: Newsroom, clock: Callable[[], datetime], face: str) -> tuple[Desk, ...]:
    """The desks of follows, settings and languages, for the chats of one face ("tg", …)."""
    book = FollowBook(newsroom, clock)
    follows, pages, back = Follows(book), FollowPages(book), CatchingUp(book)

    def words(incoming: Incoming, text: str) -> Reply | None:
        if incoming.forwarded or incoming.marked:
            return None
        wish = parse_wish(text)
        if wish is None:
            return None
        if wish.kind is WishKind.FOLLOW:
            return follows.begin(incoming, wish)
        if wish.kind is WishKind.LIST:
            return pages.page(incoming, incoming.chat)
        if wish.kind is WishKind.STOP:
            return pages.stop(incoming, wish)
        if wish.kind is WishKind.PAUSE:
            return pages.pause_for(incoming, wish.what)
        return refuse(incoming, incoming.chat) or pages.resume_all(incoming.chat)

    def press_page(incoming: Incoming, rest: str) -> Reply | None:
        act, _, number = rest.partition(":")
        if act != "now":
            return pages.press(incoming, rest)
        it = book.look_up(parse_number(number))
        if it is None or it.state is SubscriptionState.ENDED:
            return Reply(toast=EXPIRED)
        return refuse(incoming, it.chat) or back.send_now(incoming, it)

    desk = Desk(
        commands={
            "follow": follows.command,
            "subs": pages.command,
            "unfollow": lambda incoming, rest: words(incoming, f"unfollow {rest}"),
        },
        buttons={
            FOLLOW: follows.press,
            SUBS: press_page,
            UNDO: pages.undo,
            TURN: back.turn,
            LATE_BUTTON: back.press_late,
            "folp": follows.press_subject,
            "folq": follows.press_question,
        },
        inputs={
            WAIT_RHYTHM: follows.typed_rhythm,
            WAIT_CITY: follows.typed_city,
            WAIT_TIME: follows.typed_time,
            WAIT_SEARCH: pages.typed_search,
            WAIT_WITHOUT: pages.typed_without,
        },
        words=words,
        greet=back.greet,
        jobs=due_jobs(book, face),
    )
    return desk, settings_desk(book), language_desk(book)
