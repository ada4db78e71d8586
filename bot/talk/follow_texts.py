"""What a follow brings: digests with the follow's own buttons, changed answers, late and empty
ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.digest import Digest
from bot.digest.alerts import Answered
from bot.locales import _, ngettext
from bot.locales.days import weekday
from bot.newsroom import Newsroom
from bot.store.subscriptions import Subscription
from bot.talk.buttons import Place
from bot.talk.digest_pages import PAGE_BUTTON, digest_reply, stories_count
from bot.talk.digests import keep_digest
from bot.talk.follow_data import ChatSettings, titled
from bot.talk.lines import article_line
from bot.talk.plot_pages import with_digest_plot
from bot.talk.replies import Block, BlockKind, Button, Evidence, Reply
from bot.talk.rhythm import spoken_time

SUBS = "subs"
TURN = "fturn"
LATE_BUTTON = "flate"
ANSWERS_SHOWN = 3


def follow_buttons(number: int) -> tuple[Button, ...]:
    """What can be done with the follow that brought a message, which stays as it is."""
    return (
        Button(_("Less like this"), f"{SUBS}:less:{number}"),
        Button(_("Pause"), f"{SUBS}:rest:{number}"),
        Button(_("Unfollow"), f"{SUBS}:quit:{number}"),
    )


def follow_digest_reply(
    newsroom: Newsroom,
    it: Subscription,
    digest: Digest,
    now: datetime,
    *,
    heading: str | None = None,
) -> Reply:
    """The first page of a digest, kept for its buttons, with those of its follow."""
    kept = keep_digest(newsroom, digest, it.chat, it.person or "", now)
    reply = digest_reply(digest, number=kept, page=0, heading=heading)
    return with_digest_plot(with_follow(reply, it.id), digest, newsroom.store, it.chat)


def with_follow(reply: Reply, number: int) -> Reply:
    """A page of a digest with the buttons of its follow, also after turning the page."""
    rows = tuple(
        tuple(
            replace(button, press=f"{TURN}:{number}:{button.press.partition(':')[2]}")
            if button.press is not None and button.press.startswith(f"{PAGE_BUTTON}:")
            else button
            for button in row
        )
        for row in reply.buttons
    )
    return replace(reply, buttons=(*rows, follow_buttons(number)))


def alert_reply(it: Subscription, changed: Sequence[Answered]) -> Reply:
    """That the answer to a saved question has changed, by the new sentences."""
    lead = _("New on your question {question}").format(question=titled(it))
    blocks = [Block(BlockKind.LEAD, lead)]
    shown = changed[:ANSWERS_SHOWN]
    for answer in shown:
        evidence = Evidence(answer.article.key, answer.span)
        blocks.append(Block(BlockKind.QUOTE, answer.text, evidence=evidence))
        line = article_line(answer.article)
        blocks.append(Block(BlockKind.SOURCE, line, url=answer.article.url))
    contexts = tuple(
        Button(
            _("Context {n}").format(n=n) if len(shown) > 1 else _("Context"),
            f"ctx:{Place(answer.article.key, answer.span).code}",
        )
        for n, answer in enumerate(shown, 1)
    )
    return Reply(tuple(blocks), (contexts, follow_buttons(it.id)))


def empty_reply(it: Subscription, settings: ChatSettings) -> Reply:
    """That there is nothing new, for who wants to hear that."""
    since = spoken_time(it.since, settings.clock)
    words = _("{what}: nothing new since {when}.").format(what=titled(it), when=since)
    block = Block(BlockKind.TEXT, words)
    return Reply((block,), (follow_buttons(it.id)[1:],))


def late_heading(
    title: str,
    due: datetime,
    now: datetime,
    missed: int,
    settings: ChatSettings,
    stories: int,
    *,
    is_terminal: bool = False,
) -> str:
    """The first line of a digest that comes late ("… · Tue–Wed (one was missed while I was
    down) · 3 stories"). A terminal is closed now and then: there nothing went wrong."""
    first, last = (moment.astimezone(settings.clock) for moment in (due, now))
    days = weekday(first, short=True)
    if first.date() != last.date():
        days = f"{days}–{weekday(last, short=True)}"
    if missed and is_terminal:
        why = ngettext(
            "one was missed while this chat was closed",
            "{n} were missed while this chat was closed",
            missed,
        )
    elif missed:
        why = ngettext(
            "one was missed while I was down", "{n} were missed while I was down", missed
        )
    elif is_terminal:
        why = _("due at {time}")
    else:
        why = _("late: I was down at {time}")
    why = why.format(n=missed, time=f"{first:%H:%M}")
    return f"{title} · {days} ({why}) · {stories_count(stories)}"


def offer_reply(
    since: datetime, settings: ChatSettings, now: datetime, *, is_terminal: bool = False
) -> Reply:
    """That digests were missed for more than two days, which one digest can bring."""
    when = spoken_time(since, settings.clock, now=now)
    words = _("Nothing came since {when}: I was down, or could not write here. Shall I catch up?")
    if is_terminal:
        words = _("This chat was last open on {when}. Shall I tell you what came meanwhile?")
    words = words.format(when=when)
    return Reply((Block(BlockKind.TEXT, words),), (late_buttons(since),))


def late_buttons(since: datetime) -> tuple[Button, ...]:
    """The choice of one digest over all that was missed."""
    code = f"{LATE_BUTTON}:%s:{int(since.astimezone(UTC).timestamp())}"
    return (Button(_("One digest"), code % "one"), Button(_("Skip"), code % "skip"))


def joined_reply(replies: Sequence[Reply], lead: str) -> Reply:
    """Several digests as one message, under one line of its own."""
    blocks = [Block(BlockKind.LEAD, lead)]
    for reply in replies:
        blocks += reply.blocks
    return Reply(tuple(blocks))
