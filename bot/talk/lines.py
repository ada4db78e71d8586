"""One line about an answer or an article: who said it, when, in which outlet, under which
headline."""

from __future__ import annotations

import re
from datetime import date, datetime

from bot.answer.result import Answer
from bot.locales import N_, _, ngettext
from bot.locales.days import spoken_day
from bot.locales.numbers import spoken_number
from bot.model import Article, DateMention, Findings, Grain, Quote, QuoteKind, Span

SAID_REACH_CHARS = 40
"""A day of saying stands this near to the reporting verb ("told reporters in Sundhaven on
Monday"); one farther off is the day of something else."""
HEAD_CHARS = 4  # "On " before a day at the very beginning of a sentence
OUTLETS_SHOWN = 4  # of those that print the same sentence
_SPEECH = {
    QuoteKind.INDIRECT: N_("reported speech"),
    QuoteKind.MIXED: N_("part quoted"),
}
_REPORTED = N_("reported")
_ACTS = frozenset(("agrees", "endorses", "plans"))
"""Classes of cue that tell what somebody does; who does it is no source of the sentence."""
_ATTITUDES = frozenset(("thinks", "wants", "predicts", "opposes", "orders", "reports"))
"""Classes that tell what somebody thinks or finds, in whatever words."""
_SPOKEN = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|according|call(?:s|ed|ing)?|put it|words?|"
    r"stat(?:e|es|ed|ing)|express\w*|spoke\w*|speak\w*|refer\w*|likened|discuss\w*|comment\w*|"
    r"remark\w*|mention\w*|quot\w+|recall\w*|rule[sd]? out)\b|:|^$",
    re.IGNORECASE,
)
_AT_WORK = re.compile(r"\b(?:is|are|was|were) \w+ing\b", re.IGNORECASE)
_HEADLINE_MARKS = "“„«"
_BREAKS = frozenset(",;:–—")


def source_line(
    answer: Answer,
    findings: Findings | None = None,
    number: int = 0,
    *,
    with_others: bool = True,
) -> str:
    """Speaker and role, kind of speech, day, outlet and headline of an answer, in one line, then
    who else prints the sentence.

    A `number` above 0 is the one by which its Context button is told. "said" stands before the
    day only where the sentence names the day of saying.
    """
    parts: list[str] = []
    told_how = how_told(answer)
    if answer.speaker is not None and told_how is not None:
        parts += [named(answer), told_how] if told_how else [named(answer)]
    said = day_said(answer, findings) if told_how is not None else None
    if said is not None:
        parts.append(_("said {day}").format(day=spoken_day(said)))
    parts.append(article_line(answer.article, number=number, told=said))
    if answer.also and with_others:
        parts.append(_also(answer))
    return " · ".join(parts)


def _also(answer: Answer) -> str:
    """The other outlets that print the sentence, or how many articles do where these do not
    tell."""
    names = [n for n in dict.fromkeys(w.source for w in answer.also) if n]
    shown = [n for n in names if n != answer.article.source][:OUTLETS_SHOWN]
    if not shown:
        count = len(answer.also)
        words = ngettext("also in {n} other article", "also in {n} other articles", count)
        return words.format(n=count)
    more = len(names) - len(shown) - (answer.article.source in names)
    words = _("also in {outlets} and {n} more") if more else _("also in {outlets}")
    return words.format(outlets=", ".join(shown), n=more)


def how_told(answer: Answer) -> str | None:
    """ "reported speech", "part quoted" or "reported"; empty for a direct quote, and None
    where the sentence tells what somebody did and not what they said."""
    quote = answer.quote
    if quote is None or quote.kind not in _SPEECH:
        return ""
    if quote.kind is QuoteKind.MIXED or quote.cue is None:
        return _(_SPEECH[quote.kind])
    cue = quote.cue.span.of(answer.article.text)
    if quote.cue.cue_class in _ACTS or (quote.cue.cue_class == "replies" and _AT_WORK.search(cue)):
        return None
    if quote.cue.cue_class in _ATTITUDES or (
        quote.cue.cue_class == "says" and not _SPOKEN.search(cue)
    ):
        return _(_REPORTED if not _SPOKEN.search(cue) else _SPEECH[quote.kind])
    return _(_SPEECH[quote.kind])


def named(answer: Answer) -> str:
    """The speaker of an answer, with the role as printed; empty without one."""
    if answer.speaker is None:
        return ""
    return answer.speaker.name + (f", {answer.speaker.role}" if answer.speaker.role else "")


def article_line(article: Article, *, number: int = 0, told: date | None = None) -> str:
    """Day, outlet and headline of an article ("18 Mar 2025 · Nordwire, “Call ends”").

    The day is left out where it is `told` already, and called the day of publication where
    another one was told.
    """
    where = article.source or _("outlet unknown")
    if article.title:
        where = _("{outlet}, “{title}”").format(outlet=where, title=article.title)
    if number:
        where += f" [{number}]"
    parts = [where]
    if article.day is None:
        parts.insert(0, _("day unknown"))
    elif told is None:
        parts.insert(0, spoken_day(article.day))
    elif told != article.day:
        parts.insert(0, _("published {day}").format(day=spoken_day(article.day)))
    if article.sample:
        parts.append(_("sample"))
    return " · ".join(parts)


def holds_headline(part: str) -> bool:
    """Whether a part of a line of source holds the headline, in the marks of any language."""
    return any(mark in part for mark in _HEADLINE_MARKS)


def day_said(answer: Answer, findings: Findings | None) -> date | None:
    """The day on which an answer's words were said, where its sentence names it beside the
    reporting verb."""
    quote = answer.quote
    if findings is None or quote is None or quote.cue is None:
        return None
    for mention in findings.dates:
        if answer.span.covers(mention.span) and _is_of_saying(mention, quote, answer):
            day = date.fromisoformat((mention.value or "")[:10])
            if answer.article.day is None or day <= answer.article.day:
                return day
    return None


def _is_of_saying(mention: DateMention, quote: Quote, answer: Answer) -> bool:
    """Whether a date belongs to the verb of saying: after it and near, or opening the sentence."""
    assert quote.cue is not None
    if mention.grain not in (Grain.DAY, Grain.TIME) or mention.how == "dateline":
        return False
    if not mention.value or "/" in mention.value or len(mention.value) < len("2025-03-18"):
        return False
    if any(content.overlaps(mention.span) for content in quote.content):
        return False
    text, cue = answer.article.text, quote.cue.span
    if mention.span.start >= cue.end:
        between = Span(cue.end, mention.span.start)
    elif mention.span.start - answer.span.start <= HEAD_CHARS:
        between = Span(mention.span.end, cue.start)
    else:
        return False
    if len(between) > SAID_REACH_CHARS or any(c.overlaps(between) for c in quote.content):
        return False
    return not _BREAKS & set(between.of(text).strip(", "))


def coverage_line(articles: int, newest: date | datetime | None) -> str:
    """How much the store covers ("Covers 26 articles, newest 31 Mar 2025")."""
    if not articles:
        return _("The store holds no article yet.")
    if not newest:
        words = ngettext("Covers {n} article", "Covers {n} articles", articles)
        return words.format(n=spoken_number(articles))
    when = (
        f"{spoken_day(newest.date())} {newest:%H:%M} UTC"
        if isinstance(newest, datetime)
        else spoken_day(newest)
    )
    words = ngettext(
        "Covers {n} article, newest {time}", "Covers {n} articles, newest {time}", articles
    )
    return words.format(n=spoken_number(articles), time=when)
