"""What was asked and answered, and what was saved, as a text to keep: each sentence with its
source, checked against the store once more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.link.fates import Fate, FateKind, Fates
from bot.locales import _, ngettext
from bot.locales.days import spoken_day
from bot.model import Span
from bot.newsroom import Newsroom
from bot.store.results import find_results
from bot.store.saved import Saved
from bot.talk.amending import fate_words
from bot.talk.follow_rights import is_private, refuse
from bot.talk.lines import article_line
from bot.talk.replies import Document, Incoming, Reply, told

MOST_ASKED = 2_000  # of one chat in one file; what is older is left out, and the file says so
SENTENCES_OF_ONE = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A question of some moment with the places of the sentences that were told."""

    at: datetime
    question: str
    places: tuple[tuple[int, Span], ...]


def export_reply(newsroom: Newsroom, incoming: Incoming, now: datetime) -> Reply:
    """The questions and cited answers of this chat as a file; in a group for its admins alone."""
    if not is_private(incoming.chat) and (refusal := refuse(incoming, incoming.chat)) is not None:
        if refusal.asks_rights is not None:
            return refusal
        words = _("Only group admins can export what was asked in this group.")
        return Reply(toast=words) if incoming.button is not None else told(words)
    rows = find_results(newsroom.store, incoming.chat, limit=MOST_ASKED)
    asked = [
        Told(row.asked, str(row.data["question"]), _places(row.data))
        for row in reversed(rows)
        if row.data.get("question")
    ]
    if not asked:
        return told(_("Nothing was asked here that I still keep."))
    first, last = spoken_day(asked[0].at.date()), spoken_day(asked[-1].at.date())
    head = [
        f"# {_('Questions and answers')}",
        "",
        _(
            "From {first} to {last}. Answers are kept for about a year; each sentence here stands "
            "in its article, word for word, on {day}."
        ).format(first=first, last=last, day=spoken_day(now.date())),
    ]
    if len(rows) == MOST_ASKED:
        words = _("These are the last {n} questions; older ones are left out.")
        head.append(words.format(n=f"{MOST_ASKED:,}"))
    text = "\n".join([*head, "", *_lines(newsroom, asked)])
    words = ngettext(
        "{n} question with its answer, since {day}.",
        "{n} questions with their answers, since {day}.",
        len(asked),
    ).format(n=f"{len(asked):,}", day=first)
    return replace(told(words), document=Document(f"newsbot-{now:%Y-%m-%d}.md", text))


def saved_document(newsroom: Newsroom, saved: Iterable[Saved], now: datetime) -> Document:
    """What somebody has saved, as a file."""
    kept = [Told(s.made, s.question or "", ((s.version, s.span),)) for s in saved]
    lines = [f"# {_('Saved sentences')}", "", *_lines(newsroom, kept)]
    return Document(f"newsbot-saved-{now:%Y-%m-%d}.md", "\n".join(lines))


def _places(data: dict[str, object]) -> tuple[tuple[int, Span], ...]:
    """Where the sentences stand that were told first."""
    answers = data.get("answers")
    found = []
    for item in answers if isinstance(answers, list) else ():
        version, start, end = item["at"]
        found.append((version, Span(start, end)))
    return tuple(found[:SENTENCES_OF_ONE])


def _lines(newsroom: Newsroom, asked: Sequence[Told]) -> list[str]:
    fates = Fates(newsroom.store)
    lines: list[str] = []
    for it in asked:
        question = " ".join(it.question.split())
        head = f"{question} · " if question else ""
        lines += [f"## {head}{spoken_day(it.at.date())} {it.at:%H:%M} UTC", ""]
        if not it.places:
            lines += [_("I had nothing on that."), ""]
        for version, span in it.places:
            lines += [*_cited(newsroom, fates.look_up(version, span), version), ""]
    return lines


def _cited(newsroom: Newsroom, fate: Fate, version: int) -> list[str]:
    """One sentence with its source, and what has become of it."""
    if fate.old is None:
        return [_("Taken out: {what}").format(what=fate_words(fate))]
    sentence = fate.place.of(fate.old.text)
    newsroom.verify(version, fate.place, sentence)
    lines = [f"> {line}" for line in sentence.splitlines()]
    url = f" · {fate.old.url}" if fate.old.url else ""
    lines += ["", f"{article_line(fate.old)}{url}"]
    if fate.kind in (FateKind.CHANGED, FateKind.GONE, FateKind.CITED):
        lines += ["", _("Corrected since: {what}").format(what=fate_words(fate))]
    if fate.kind is FateKind.CHANGED and fate.new is not None and fate.span is not None:
        now = fate.span.of(fate.new.text)
        newsroom.verify(fate.new.key, fate.span, now)
        lines += ["", *(f"> {line}" for line in now.splitlines())]
    return lines
