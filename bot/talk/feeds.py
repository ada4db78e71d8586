"""/feed: the feeds that are followed, for editors; and what polls them while the bot runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.feeds.rhythm import FeedSettings
from bot.locales import N_, _, ngettext, pgettext
from bot.locales.days import spoken_day_and_month
from bot.locales.numbers import spoken_number
from bot.locales.said import said_again
from bot.newsroom import Newsroom
from bot.store.audit import put_act
from bot.store.feed_entries import count_waiting
from bot.store.feeds import (
    Feed,
    FeedState,
    change_feed,
    count_articles,
    find_feeds,
    find_untold_news,
    get_feed,
    mark_told,
    remove_feed,
)
from bot.talk.desks import Desk, Job, Outgoing
from bot.talk.languages import speaking_to
from bot.talk.replies import Block, BlockKind, Button, Incoming, Notice, Reply, Role, told
from bot.talk.team import Team, act_by

if TYPE_CHECKING:
    from bot.feeds.rounds import FeedRounds, Round

EVERY_SECONDS = 30.0  # how often it is looked whether a feed is due
FEEDS_A_PAGE = 8
ENTRIES_WHILE_SOMEBODY_WAITS = 5  # each takes a second or two; the others come by themselves
NEWS_AT_ONCE = 20
REFUSED_SHOWN = 5  # of a list's addresses
LIST_BYTES = 5 * 1024 * 1024
USAGE = N_(
    "/feed add ADDRESS follows a feed, or the one that a page names.\n"
    "/feed 1 shows number 1, with buttons to poll, pause and remove it.\n"
    "/feed outlet 1 NAME and /feed topic 1 NAME name what its articles bring.\n"
    "Another reader's list comes in as an .opml file."
)


def feeds_desk(
    newsroom: Newsroom,
    team: Team,
    clock: Callable[[], datetime],
    settings: FeedSettings | None = None,
) -> Desk:
    """The desk where editors follow feeds, and the job that polls them."""
    return FeedOffice(newsroom, team, clock, settings or FeedSettings()).desk()


class FeedOffice:
    """What editors do with feeds in the conversation."""

    def __init__(
        self,
        newsroom: Newsroom,
        team: Team,
        clock: Callable[[], datetime],
        settings: FeedSettings,
    ) -> None:
        self._newsroom = newsroom
        self._store = newsroom.store
        self._team = team
        self._clock = clock
        self._settings = settings

    def desk(self) -> Desk:
        return Desk(
            commands={"feed": self._command},
            buttons={"feed": self._press},
            file=self._file,
            jobs=(Job("feeds", EVERY_SECONDS, self._job),),
        )

    def _rounds(self) -> FeedRounds:
        from bot.feeds.rounds import FeedRounds  # slow to import, and seldom needed

        return FeedRounds(self._newsroom, self._settings)

    # ------------------------------------------------------------------------- the job
    def _job(self, now: datetime) -> Outgoing:
        """Poll what is due, and tell the editors what they should know."""
        more = bool(find_feeds(self._store)) and self._rounds().poll(now).more
        news = find_untold_news(self._store, limit=NEWS_AT_ONCE)
        if not news:
            return Outgoing(more=more)
        notices = []
        for editor in self._team.editors():
            with speaking_to(self._store, editor):
                for item in news:
                    key = f"feed-news:{item.id}:{editor}"
                    notices.append(
                        Notice(editor, key, told(said_again(item.words), _list_button()))
                    )
        return Outgoing(tuple(notices), lambda connection: mark_told(connection, news), more)

    # --------------------------------------------------------------------- what is typed
    def _command(self, incoming: Incoming, rest: str) -> Reply:
        word, __, after = rest.strip().partition(" ")
        word, after = word.lower(), after.strip()
        if not word or word == "list":
            return self._listed(0)
        if word == "add" or word.startswith(("http://", "https://")):
            return self._follow(incoming, after if word == "add" else rest.strip())
        if word in ("poll", "update") and not after:
            return self._polled(None)
        number, __, name = after.partition(" ")
        if word.isascii() and word.isdigit() and not after:
            return self._card(_numbered(self._newsroom, word))
        if word in ("outlet", "topic"):
            feed = _numbered(self._newsroom, number)
            feed = change_feed(self._store, feed.id, **{word: name.strip() or None})
            self._note(incoming, "name", feed.url)
            return self._card(feed)
        unknown = f"{_('I do not know what to do.')}\n{_(USAGE)}"
        return self._act(incoming, word, number) or told(unknown)

    def _press(self, incoming: Incoming, rest: str) -> Reply | None:
        if not incoming.role.may(Role.EDITOR):
            return told(_("Only editors can change feeds."))
        word, __, number = rest.partition(":")
        if word == "list":
            page = int(number) if number.isascii() and number.isdigit() else 0
            return replace(self._listed(min(page, 10_000)), edits=True)
        if word == "show":
            return replace(self._card(_numbered(self._newsroom, number)), edits=True)
        reply = self._act(incoming, word, number)
        return replace(reply, edits=True) if reply is not None else None

    def _note(self, incoming: Incoming, act: str, target: str) -> None:
        """Write into the audit what was done."""
        with self._store.write() as connection:
            put_act(connection, act_by(incoming, act, target), self._clock())

    def _act(self, incoming: Incoming, word: str, number: str) -> Reply | None:
        """What `word` does with the feed that has this number; None for no such word."""
        if word not in ("poll", "update", "pause", "resume", "remove", "drop"):
            return None
        feed = _numbered(self._newsroom, number)
        if word in ("poll", "update"):
            return self._polled(feed)
        if word == "pause":
            self._note(incoming, word, feed.url)
            return self._card(change_feed(self._store, feed.id, state=FeedState.PAUSED))
        if word == "resume":
            from bot.feeds.rounds import resume_feed

            self._note(incoming, word, feed.url)
            return self._card(resume_feed(self._store, feed.id, self._clock()))
        if word == "remove":
            return told(
                _("Follow {name} no more? Its articles stay.").format(name=feed.name),
                Button(_("Yes, remove it"), f"feed:drop:{feed.id}"),
                Button(_("Keep it"), f"feed:show:{feed.id}"),
            )
        self._note(incoming, word, feed.url)
        remove_feed(self._store, feed.id)
        words = _("Removed: {name}. Its articles stay.").format(name=feed.name)
        return told(words, _list_button())

    # ------------------------------------------------------------------------- following
    def _follow(self, incoming: Incoming, typed: str) -> Reply:
        address, __, outlet = typed.strip().partition(" ")
        if not address:
            return told(_("Please name the address: /feed add https://news.example/feed"))
        feed = self._rounds().follow(address, self._clock(), outlet=outlet.strip() or None)
        self._note(incoming, "follow", feed.url)
        words = _(
            "Its newest articles, up to {n}, come in within minutes, without alerts. What it "
            "brings later is news."
        ).format(n=self._settings.first_articles)
        card = self._card(feed, lead=_("Following {name}").format(name=feed.name))
        return replace(card, blocks=(*card.blocks, Block(BlockKind.TEXT, words)))

    def _polled(self, feed: Feed | None) -> Reply:
        only = None if feed is None else [feed.id]
        done = self._rounds().poll(
            self._clock(), only=only, most_entries=ENTRIES_WHILE_SOMEBODY_WAITS
        )
        words = _round_words(done)
        if feed is None:
            return told(words, _list_button())
        card = self._card(get_feed(self._store, feed.id))
        return replace(card, blocks=(*card.blocks, Block(BlockKind.TEXT, words)))

    def _file(self, incoming: Incoming) -> Reply | None:
        """What came of a list of feeds; None for any other file."""
        file = incoming.file
        if file is None or not file.name.lower().endswith(".opml"):
            return None
        if not incoming.role.may(Role.EDITOR):
            return told(_("Only editors can change feeds."))
        from bot.feeds.exchange import import_opml

        imported = import_opml(self._newsroom, file.data[: LIST_BYTES + 1], self._clock())
        self._note(incoming, "list", file.name)
        words = ngettext(
            "{n} feed added, {known} followed already.",
            "{n} feeds added, {known} followed already.",
            imported.added,
        )
        lines = [words.format(n=imported.added, known=imported.known)]
        lines += [
            _("Refused: {address} – {why}").format(address=url[:100], why=reason)
            for url, reason in imported.refused[:REFUSED_SHOWN]
        ]
        if (rest := len(imported.refused) - REFUSED_SHOWN) > 0:
            lines.append(_("… and {n} more.").format(n=rest))
        return Reply(tuple(Block(BlockKind.TEXT, line) for line in lines), ((_list_button(),),))

    # --------------------------------------------------------------------------- pages
    def _listed(self, page: int) -> Reply:
        """The feeds, a few to a page, each with a button that opens it."""
        feeds = find_feeds(self._store)
        if not feeds:
            return told(f"{_('No feed is followed yet.')}\n{_(USAGE)}")
        pages = (len(feeds) + FEEDS_A_PAGE - 1) // FEEDS_A_PAGE
        page = min(page, pages - 1)
        shown = feeds[page * FEEDS_A_PAGE : (page + 1) * FEEDS_A_PAGE]
        counts = count_articles(self._store)
        lead = ngettext("{n} feed followed", "{n} feeds followed", len(feeds))
        blocks = [Block(BlockKind.LEAD, lead.format(n=spoken_number(len(feeds))))]
        for feed in shown:
            words = f"{feed.id} · {feed.name} · {_articles(counts.get(feed.id, 0))}"
            state = _state(feed)
            blocks.append(Block(BlockKind.TEXT, words + (f" · {state}" if state else "")))
        opens = [Button(str(feed.id), f"feed:show:{feed.id}") for feed in shown]
        turns = []
        if page:
            turns.append(Button(_("‹ Back"), f"feed:list:{page - 1}"))
        if page < pages - 1:
            turns.append(Button(_("More ›"), f"feed:list:{page + 1}"))
        if page == 0:
            blocks.append(Block(BlockKind.FOOTER, _(USAGE)))
        rows = [tuple(opens[:4]), tuple(opens[4:]), tuple(turns)]
        return Reply(tuple(blocks), tuple(row for row in rows if row))

    def _card(self, feed: Feed, *, lead: str | None = None) -> Reply:
        """One feed, with the buttons that change it."""
        count = _articles(count_articles(self._store).get(feed.id, 0))
        if waiting := count_waiting(self._store, feed.id):
            count = _("{articles}, {n} on the way").format(
                articles=count, n=spoken_number(waiting)
            )
        blocks = [
            Block(BlockKind.LEAD, lead or f"{feed.id} · {feed.name}"),
            Block(BlockKind.SOURCE, urlsplit(feed.url).hostname or _("feed"), url=feed.url),
            Block(BlockKind.TEXT, f"{count}. {_polled_words(feed)}"),
        ]
        named = [
            label.format(name=name)
            for label, name in (
                (_("Outlet: {name}."), feed.outlet),
                (_("Topic: {name}."), feed.topic),
            )
            if name
        ]
        if named:
            blocks.append(Block(BlockKind.TEXT, " ".join(named)))
        if feed.fault:
            words = _("Last time it failed: {why}").format(why=feed.fault)
            blocks.append(Block(BlockKind.TEXT, words))
        elif state := _state(feed):
            blocks.append(Block(BlockKind.TEXT, _("It is {state}.").format(state=state)))
        if feed.state is FeedState.ACTIVE:
            acts = [(_("Poll now"), "poll"), (_("Pause"), "pause")]
        else:
            acts = [(_("Resume"), "resume")]
        row = tuple(
            Button(label, f"feed:{word}:{feed.id}")
            for label, word in (*acts, (_("Remove"), "remove"))
        )
        return Reply(tuple(blocks), (row, (_list_button(),)))


def _list_button() -> Button:
    return Button(_("All feeds"), "feed:list:0")


def _polled_words(feed: Feed) -> str:
    """When a feed was polled, and when it is next, in a sentence."""
    is_due = feed.state is FeedState.ACTIVE
    if not feed.polled:
        words = _("Not polled yet, next {next}.") if is_due else _("Not polled yet.")
    else:
        words = _("Polled {last}, next {next}.") if is_due else _("Polled {last}.")
    return words.format(
        last=_spoken(feed.polled) if feed.polled else "", next=_spoken(feed.next_due)
    )


def _numbered(newsroom: Newsroom, number: str) -> Feed:
    """The feed with the number that was typed. Raises StoreRefusedError."""
    number = number.strip()
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    return get_feed(newsroom.store, int(number) if is_number else 0)


def _state(feed: Feed) -> str:
    """What is to be said of a feed that is not simply polled; "" of one that is."""
    if feed.state is not FeedState.ACTIVE:
        words = {
            FeedState.PAUSED: pgettext("of a feed", "paused"),
            FeedState.GONE: pgettext("of a feed", "gone"),
        }
        return words[feed.state]
    return pgettext("of a feed", "failing") if feed.failures else ""


def _round_words(done: Round) -> str:
    """What a round brought, in a sentence."""
    parts = [
        words.format(n=spoken_number(count))
        for count, words in (
            (done.added, ngettext("{n} article added", "{n} articles added", done.added)),
            (done.updated, ngettext("{n} updated", "{n} updated", done.updated)),
            (done.refused, ngettext("{n} entry refused", "{n} entries refused", done.refused)),
        )
        if count
    ]
    told = ", ".join(parts) or _("Nothing new")
    return _("{what}; more is on its way.").format(what=told) if done.more else f"{told}."


def _spoken(moment: datetime) -> str:
    return f"{spoken_day_and_month(moment)} {moment:%H:%M} UTC"


def _articles(count: int) -> str:
    return ngettext("{n} article", "{n} articles", count).format(n=spoken_number(count))
