"""The screens of what a chat follows: the list, one follow, and what can be done with either."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.digest import Length
from bot.errors import InterestError
from bot.locales import N_, _, ngettext
from bot.store import settings as places
from bot.store.outbox import withdraw_letters
from bot.store.subscriptions import Subscription, SubscriptionState
from bot.talk.desks import stop_waiting, wait_for
from bot.talk.follow_book import FollowBook, parse_number, undo_button
from bot.talk.follow_data import (
    interest_of,
    is_silent,
    length_of,
    next_line,
    quiet_line,
    resumed,
    spoken_length,
    state_line,
    titled,
    when_line,
    with_interest,
)
from bot.talk.follow_drafts import FollowDrafts, drop_button, finish_button
from bot.talk.follow_rights import find_channel, refuse
from bot.talk.follow_words import Wish
from bot.talk.follows import EXPIRED, FOLLOW
from bot.talk.interests import read_interest
from bot.talk.replies import Block, BlockKind, Button, Incoming, Reply, told
from bot.talk.rhythm import spoken_time
from bot.talk.rhythm_words import parse_pause
from bot.text.similar import nearest
from bot.text.words import fold, terms_of

SUBS = "subs"
WAIT_SEARCH, WAIT_WITHOUT = "follow-search", "follow-without"
SHOWN = 6  # of a page: two rows of buttons
DRAFTS_SHOWN = 3  # of what was begun and not set up; the newest
EVERYTHING = frozenset({"everything", "all", "all of them", "it all", "alles", "alle", "todo"})
NOTHING = frozenset({"-", "–", "none", "nothing", "keine", "nichts", "nada", "ninguna"})
"""What empties the list of words to leave out."""
NAMED_UNDONE = 3  # of the follows that an undo brings back
NAME_LIKE = 70.0  # similarity from which a follow is taken for the one that was named
NOTHING_FOLLOWED = N_(
    "Nothing is followed here. Tap Follow under an answer, type /follow and a name or topic, or "
    "say it in your own words: “tell me when Lindqvist says something on gas”."
)
_PAUSES = {"day": timedelta(days=1), "week": timedelta(weeks=1), "back": None}
_UNDER_A_DIGEST = {"less": "show", "rest": "hold", "quit": "end"}
"""Buttons of a digest: what they show stands below it, not in its place."""
_NEXT_LENGTH = {
    Length.SHORT: Length.MEDIUM,
    Length.MEDIUM: Length.LONG,
    Length.LONG: Length.SHORT,
}


class FollowPages:
    """Shows and changes what a chat follows."""

    def __init__(self, book: FollowBook) -> None:
        self._book = book
        self._drafts = FollowDrafts(book)

    # ----------------------------------------------------------------------- the list
    def command(self, incoming: Incoming, rest: str) -> Reply:
        """/subs: the list, that of a channel where one is named, or what matches the words."""
        if rest.startswith("@"):
            channel = find_channel(incoming, rest.split()[0])
            if isinstance(channel, Reply):
                return channel
            return self.page(incoming, channel[0])
        return self.page(incoming, incoming.chat, words=rest)

    def page(
        self, incoming: Incoming, chat: str, page: int = 0, order: str = "", words: str = ""
    ) -> Reply:
        """A page of what `chat` follows, in order of beginning or the noisiest first."""
        reply = self._listed(incoming, chat, page, order, words)
        begun = self._drafts.of(incoming, chat)[:DRAFTS_SHOWN] if not words else []
        lines = [Block(BlockKind.TEXT, self._drafts.line(it)) for it in begun]
        rows = [
            (finish_button(it, _("Finish {what}").format(what=titled(it)[:40])), drop_button(it))
            for it in begun
        ]
        return replace(reply, blocks=(*reply.blocks, *lines), buttons=(*reply.buttons, *rows))

    def _listed(self, incoming: Incoming, chat: str, page: int, order: str, words: str) -> Reply:
        """The page without what was only begun."""
        follows = self._book.of_chat(chat)
        if not follows:
            return told(_(NOTHING_FOLLOWED))
        counts = self._book.count_this_week(follows)
        shown = [it for it in follows if _matches(it, words)] if words else follows
        if not shown:
            return told(
                _("Nothing that is followed here matches “{words}”.").format(words=words[:60]),
                Button(_("Show all"), f"{SUBS}:list:0::{_place(incoming, chat)}"),
            )
        if order == "n":
            shown = sorted(shown, key=lambda it: -counts.get(it.id, 0))
        pages = -(-len(shown) // SHOWN)
        page = min(page, pages - 1)
        part = shown[page * SHOWN : (page + 1) * SHOWN]
        lead = ngettext("{n} follow", "{n} follows", len(shown)).format(n=len(shown))
        if pages > 1:
            lead = _("{count}, page {page} of {pages}").format(
                count=lead, page=page + 1, pages=pages
            )
        blocks = [Block(BlockKind.LEAD, lead)]
        buttons = []
        for number, it in enumerate(part, page * SHOWN + 1):
            blocks.append(Block(BlockKind.TEXT, f"{number}. {self._line(it, counts)}"))
            buttons.append(Button(str(number), f"{SUBS}:show:{it.id}"))
        place = _place(incoming, chat)
        rows = [tuple(buttons[:3]), tuple(buttons[3:])]
        if not words:
            rows.append(self._list_buttons(follows, page, pages, order, place))
        return Reply(tuple(blocks), tuple(row for row in rows if row))

    def _list_buttons(
        self, follows: list[Subscription], page: int, pages: int, order: str, place: str
    ) -> tuple[Button, ...]:
        buttons = []
        if pages > 1:
            onward = (page + 1) % pages
            label = _("Next page") if onward else _("First page")
            buttons.append(Button(label, f"{SUBS}:list:{onward}:{order}:{place}"))
            buttons.append(Button(_("Search…"), f"{SUBS}:find::{place}"))
        if len(follows) > 1:
            other, label = ("", _("By age")) if order else ("n", _("Noisiest first"))
            buttons.append(Button(label, f"{SUBS}:list:0:{other}:{place}"))
        paused = all(it.state is SubscriptionState.PAUSED for it in follows)
        label = _("Resume all") if paused else _("Pause all")
        buttons.append(Button(label, f"{SUBS}:{'goall' if paused else 'holdall'}::{place}"))
        return tuple(buttons)

    def _line(self, it: Subscription, counts: dict[int, int]) -> str:
        settings, now = self._book.settings(it.chat), self._book.clock()
        count = counts.get(it.id, 0)
        parts = [
            titled(it),
            state_line(it, settings, now) or when_line(it, settings),
            ngettext("{n} item this week", "{n} items this week", count).format(n=count)
            if count
            else "",
        ]
        return " · ".join(part for part in parts if part)

    def ask_search(self, incoming: Incoming, chat: str) -> Reply:
        wait_for(self._book.store, incoming, WAIT_SEARCH, {"chat": chat})
        return told(_("Type a part of its name."))

    def typed_search(self, incoming: Incoming, pending: dict[str, Any]) -> Reply | None:
        """The follows that hold the words typed."""
        text = (incoming.text or "").strip()
        chat = str(pending.get("chat", incoming.chat))
        is_own = text.endswith("?")
        if not is_own and (refusal := refuse(incoming, chat)) is not None:
            return refusal
        stop_waiting(self._book.store, incoming)
        return None if is_own else self.page(incoming, chat, words=text[:100])

    # ----------------------------------------------------------------------- one follow
    def show(self, incoming: Incoming, it: Subscription) -> Reply:
        """One follow, with all that can be done with it."""
        settings, now = self._book.settings(it.chat), self._book.clock()
        length = length_of(it, settings)
        count = self._book.count_this_week([it]).get(it.id, 0)
        sound = _("without sound") if is_silent(it, settings) else _("with sound")
        lines = [
            f"{when_line(it, settings)} · {spoken_length(length)} · {sound}",
            state_line(it, settings, now),
            " ".join(p for p in (next_line(it, settings, now), quiet_line(settings)) if p),
            ngettext(
                "It brought {n} item in the last seven days.",
                "It brought {n} items in the last seven days.",
                count,
            ).format(n=count),
        ]
        blocks = [Block(BlockKind.LEAD, titled(it))]
        blocks += [Block(BlockKind.TEXT, line[:1].upper() + line[1:]) for line in lines if line]
        paused = it.state is SubscriptionState.PAUSED
        code = f"{SUBS}:%s:{it.id}"
        rows = (
            (
                Button(_("Send now"), code % "now"),
                Button(_("Change times"), f"{FOLLOW}:change:{it.id}:"),
                Button(_("Resume"), code % "go") if paused else Button(_("Pause…"), code % "hold"),
            ),
            (
                Button(
                    _("Length: {length}").format(length=spoken_length(_NEXT_LENGTH[length])),
                    code % "length",
                ),
                Button(
                    _("Sound on") if is_silent(it, settings) else _("Sound off"), code % "sound"
                ),
                Button(_("Leave out…"), code % "without"),
            ),
            (
                Button(_("Unfollow"), code % "end"),
                Button(_("All follows"), f"{SUBS}:list:0::{_place(incoming, it.chat)}"),
            ),
        )
        return Reply(tuple(blocks), rows)

    def ask_without(self, incoming: Incoming, it: Subscription) -> Reply:
        wait_for(self._book.store, incoming, WAIT_WITHOUT, {"follow": it.id})
        held = interest_of(it).without
        words = _(
            "Type the words or phrases with which an article is left out, with commas between "
            "them, such as: football, “transfer window”. A lone dash empties the list."
        )
        if held:
            words += " " + _("Left out now: {words}.").format(words=", ".join(held))
        return told(words)

    def typed_without(self, incoming: Incoming, pending: dict[str, Any]) -> Reply | None:
        """The words to leave out, as they were typed."""
        it = self._book.look_up(int(pending.get("follow", 0)))
        text = (incoming.text or "").strip()
        if it is None or it.state is SubscriptionState.ENDED or text.endswith("?"):
            stop_waiting(self._book.store, incoming)
            return None
        if (refusal := refuse(incoming, it.chat)) is not None:
            return refusal
        stop_waiting(self._book.store, incoming)
        interest = interest_of(it)
        try:
            words: tuple[str, ...] = ()
            if text.lower() not in NOTHING:
                listed = read_interest(self._book.newsroom, f"all news without {text}")
                words = tuple(dict.fromkeys((*interest.without, *listed.without)))
            changed = with_interest(it, replace(interest, without=words))
        except InterestError as error:
            return told(str(error))
        return self._changed([it], [changed], _("Now: {what}.").format(what=titled(changed)))

    # ------------------------------------------------------------------------- presses
    def press(self, incoming: Incoming, rest: str) -> Reply | None:
        """What a button of the list or of a follow does: "ACT:…"."""
        act, __, code = rest.partition(":")
        if act in ("list", "find", "holdall", "goall") or act.startswith("all-"):
            return self._press_list(incoming, act, code)
        it = self._book.look_up(parse_number(code.partition(":")[0]))
        if it is None or it.state is SubscriptionState.ENDED:
            return Reply(toast=_(EXPIRED))
        if (refusal := refuse(incoming, it.chat)) is not None:
            return refusal
        return self._act(incoming, act, it)

    def _press_list(self, incoming: Incoming, act: str, code: str) -> Reply | None:
        page, __, rest = code.partition(":")
        order, __, place = rest.partition(":") if act == "list" else ("", "", rest)
        chat = place or incoming.chat
        needs_rights = act != "list" or chat != incoming.chat
        if needs_rights and (refusal := refuse(incoming, chat)) is not None:
            return refusal
        if act == "list":
            return replace(self.page(incoming, chat, parse_number(page), order[:1]), edits=True)
        if act == "find":
            return self.ask_search(incoming, chat)
        if act == "holdall":
            return replace(_pause_page(f"{SUBS}:all-%s::{place}"), edits=True)
        if act == "goall":
            return replace(self.resume_all(chat), edits=True)
        pause = act.removeprefix("all-")
        return replace(self.pause_all(chat, pause), edits=True) if pause in _PAUSES else None

    def _act(self, incoming: Incoming, act: str, it: Subscription) -> Reply | None:
        settings = self._book.settings(it.chat)
        now = self._book.clock()
        if act in _UNDER_A_DIGEST:
            reply = self._act(incoming, _UNDER_A_DIGEST[act], it)
            return replace(reply, edits=False) if reply is not None else None
        if act == "show":
            return replace(self.show(incoming, it), edits=True)
        if act == "hold":
            return replace(_pause_page(f"{SUBS}:%s:{it.id}", it), edits=True)
        if act in _PAUSES:
            paused = _paused(it, act, now)
            words = _("{what}: {state}. Nothing gets lost.").format(
                what=titled(it), state=state_line(paused, settings, now)
            )
            return replace(self._changed([it], [paused], words), edits=True)
        if act == "go":
            back = resumed(it, settings, now)
            words = _("{what}: {when}, again.").format(
                what=titled(it), when=when_line(it, settings)
            )
            return replace(self._changed([it], [back], words), edits=True)
        if act == "length":
            longer = _NEXT_LENGTH[length_of(it, settings)]
            return self._shown_changed(incoming, it, {"length": longer.value})
        if act == "sound":
            return self._shown_changed(incoming, it, {"silent": not is_silent(it, settings)})
        if act == "without":
            return self.ask_without(incoming, it)
        if act == "end":
            return replace(self.end([it]), edits=True)
        return None

    def _shown_changed(self, incoming: Incoming, it: Subscription, data: dict[str, Any]) -> Reply:
        """The follow's page after a change that the page itself shows; tapping again undoes it."""
        changed = replace(it, data={**it.data, **data})
        self._book.change(it.chat, [it], [changed])
        return replace(self.show(incoming, changed), edits=True)

    def _changed(self, before: list[Subscription], after: list[Subscription], words: str) -> Reply:
        number = self._book.change(before[0].chat, before, after)
        return told(words, undo_button(before[0].chat, number))

    # ---------------------------------------------------------------------------- acts
    def end(self, follows: list[Subscription]) -> Reply:
        """That these are followed no longer, with the way back."""
        ended = [replace(it, state=SubscriptionState.ENDED, due=None) for it in follows]
        names = ", ".join(titled(it) for it in follows)
        with self._book.store.write() as connection:
            for it in follows:
                withdraw_letters(connection, f"sub:{it.id}:", self._book.clock())
        return self._changed(follows, ended, _("Unfollowed: {names}.").format(names=names))

    def pause_all(self, chat: str, pause: str) -> Reply:
        """That everything in `chat` is paused for so long."""
        now = self._book.clock()
        follows = self._book.of_chat(chat)
        if not follows:
            return told(_(NOTHING_FOLLOWED))
        paused = [_paused(it, pause, now) for it in follows]
        until = paused[0].paused_until
        if until is None:
            words = _("Everything is paused until you resume it. Nothing gets lost.")
        else:
            words = _("Everything is paused until {when}. Nothing gets lost.").format(
                when=spoken_time(until, self._book.settings(chat).clock, now=now)
            )
        return self._changed(follows, paused, words)

    def resume_all(self, chat: str) -> Reply:
        """That what was paused in `chat` goes on."""
        now, settings = self._book.clock(), self._book.settings(chat)
        follows = [it for it in self._book.of_chat(chat) if it.state is SubscriptionState.PAUSED]
        if not follows:
            return told(_("Nothing is paused here."))
        count = len(follows)
        words = ngettext("{n} follow goes on.", "{n} follows go on.", count).format(n=count)
        return self._changed(follows, [resumed(it, settings, now) for it in follows], words)

    def pause_for(self, incoming: Incoming, words: str) -> Reply:
        """Everything is paused for as long as the words say, or a page that asks how long."""
        chat = incoming.chat
        if (refusal := refuse(incoming, chat)) is not None:
            return refusal
        if not self._book.of_chat(chat):
            return told(_(NOTHING_FOLLOWED))
        if words.startswith("until i return") or words == "until I return":
            return self.pause_all(chat, "back")
        span = parse_pause(words) if words else None
        if span is None:
            return _pause_page(f"{SUBS}:all-%s::")
        now = self._book.clock()
        follows = self._book.of_chat(chat)
        paused = [_paused_until(it, now + span) for it in follows]
        words = _("Everything is paused until {when}.").format(
            when=spoken_time(now + span, self._book.settings(chat).clock, now=now)
        )
        return self._changed(follows, paused, words)

    def stop(self, incoming: Incoming, wish: Wish) -> Reply | None:
        """The follow that was named is ended; a choice where several may be meant."""
        if (refusal := refuse(incoming, incoming.chat)) is not None:
            return refusal
        follows = self._book.of_chat(incoming.chat)
        if not follows:
            return told(_(NOTHING_FOLLOWED))
        if fold(wish.what) in EVERYTHING:
            return self.end(follows)
        found = find_follows(follows, wish.what) if wish.what else follows
        if len(found) == 1 and wish.what:
            return self.end(found)
        named = found or follows
        lead = _("Which one?")
        if not found:
            lead = _("“{words}” is not followed here. Which one?").format(words=wish.what[:60])
        buttons = [Button(titled(it)[:40], f"{SUBS}:end:{it.id}") for it in named[:SHOWN]]
        return Reply((Block(BlockKind.TEXT, lead),), tuple((button,) for button in buttons))

    def undo(self, incoming: Incoming, rest: str) -> Reply | None:
        """Things as they were before an act."""
        number, __, place = rest.partition(":")
        chat = place or places.place_of(incoming.chat)
        if (refusal := refuse(incoming, chat)) is not None:
            return refusal
        restored = self._book.undo(chat, parse_number(number))
        if restored is None:
            return Reply(toast=_("This was undone before, or is too long ago."))
        if not restored:
            return replace(told(_("Undone: the settings are as they were.")), edits=True)
        ended = all(it.state is SubscriptionState.ENDED for it in restored)
        names = ", ".join(titled(it) for it in restored[:NAMED_UNDONE])
        if (left := len(restored) - NAMED_UNDONE) > 0:
            names = _("{names} and {n} more").format(names=names, n=left)
        words = _("Undone: {names} is not followed.") if ended else _("Undone: {names} as before.")
        return replace(told(words.format(names=names)), edits=True)


def find_follows(follows: list[Subscription], words: str) -> list[Subscription]:
    """Those that `words` may name: by all of the words, else by a slip of the pen."""
    matching = [it for it in follows if _matches(it, words)]
    exact = [it for it in matching if fold(interest_of(it).text) == fold(words)]
    if exact or matching:
        return exact or matching
    names = {fold(interest_of(it).text): it for it in follows}
    near = nearest(fold(words), list(names), limit=1, at_least=NAME_LIKE)
    return [names[near[0][0]]] if near else []


def _matches(it: Subscription, words: str) -> bool:
    title = interest_of(it).title
    terms = terms_of(words)
    return fold(words) in fold(title) or (bool(terms) and set(terms) <= set(terms_of(title)))


def _pause_page(code: str, it: Subscription | None = None) -> Reply:
    """The question how long one follow, or all of them, shall pause."""
    words = _("Pause everything for how long? Nothing gets lost meanwhile.")
    if it is not None:
        words = _("Pause {what} for how long? Nothing gets lost meanwhile.").format(
            what=titled(it)
        )
    buttons = (
        Button(_("A day"), code % "day"),
        Button(_("A week"), code % "week"),
        Button(_("Until I return"), code % "back"),
    )
    return Reply((Block(BlockKind.TEXT, words),), (buttons,))


def _paused(it: Subscription, pause: str, now: datetime) -> Subscription:
    span = _PAUSES[pause]
    return _paused_until(it, now + span if span is not None else None)


def _paused_until(it: Subscription, until: datetime | None) -> Subscription:
    return replace(it, state=SubscriptionState.PAUSED, paused_until=until, due=None)


def _place(incoming: Incoming, chat: str) -> str:
    """The chat as a button carries it: nothing where it is the one that the button stands in."""
    return "" if chat == incoming.chat else chat
