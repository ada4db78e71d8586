"""The bold first line of an answer: made of extracted fields only, never a sentence of ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answer.answer_types import AGE, ASKS_AGE, ASKS_PRICE, is_money, is_taken_back
from bot.answer.compose import spoken_value
from bot.answer.families import relatives_of
from bot.answer.intents import Intent
from bot.answer.result import Answer, Response
from bot.link.matters import telling_of
from bot.link.witnesses import may_be_one_event
from bot.locales import _, ngettext
from bot.locales.days import spoken_day, spoken_days
from bot.model import Fact, Findings, NameKind, QuoteKind
from bot.talk.agreements import asks_at_large, at_large_line
from bot.talk.ballots import ballot_line
from bot.talk.fact_lines import LONGEST_LEAD_CHARS, agreed_line, whether_line
from bot.talk.lines import day_said, named
from bot.talk.selecting import FindingsOf, first_page, good_answers, wants_several
from bot.text.words import find_words, fold, terms_of

LONGEST_TOPIC_WORDS = 4
LONGEST_FIGURE_CHARS = 60
SAME_MATTER = 0.5
"""An answer whose score is this share of the first's may be about the same matter, so that its
figure is set beside the first's."""

_TOPIC = re.compile(r"\b(?:about|on|regarding|concerning) ((?:[^\W_]|[ '’-]){3,60})[ ?!.]*$", re.I)
_ASKS_LENGTH = re.compile(
    r"\bhow long\b|\bhow many (?:seconds|minutes|hours|days|weeks|months|years)"
)
_LENGTH = re.compile(
    r"\b(?:(?:about|almost|nearly|over|more than|less than|a little under|some|around) )?"
    r"(?:\d+(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|twenty|thirty|forty|fifty|sixty|ninety|a hundred)[ -]"
    r"(?:second|minute|hour|day|week|month|year|decade)s?\b",
    re.IGNORECASE,
)
_NUMBER_OF = (
    r"(?<![\w.,])(?:\d[\d,.]{{0,20}} (?:out )?of (?:its |the |their |all )?)?"
    r"\d[\d,.]{{0,20}}(?: [a-z-]{{2,20}}){{0,2}}? {noun}\b"
)
"""A number and what it counts, where the findings have no figure of it."""
_PART_END = re.compile(r"[,;:.]\s|\d|\b(?:to|from|in|into|of|at|by|with|for|on)\b|$")
FIRST_CHARS = 60
_FIRST_FOR = re.compile(
    r"\b(?:first|since|last|worst|biggest|largest|highest|lowest)\b[^,.;]*$", re.I
)
"""Before a time that tells how rare a thing is ("the first strike for nine years")."""
_PUT_AT = re.compile(
    r"\bnumber of ([^,;.\d]{3,60}?) (?:at|to|was|is|reached|stood at) "
    r"((?:(?:about|some|nearly|almost|at least|more than) )?\d[\d,.]{0,20}(?<=\d))",
    re.IGNORECASE,
)
"""A figure that stands behind what it counts ("put the number of those moved at 1,150")."""
_FRAME = frozenset(terms_of("how much many did does do was is would will were"))
_COUNTED = re.compile(r"\bhow many ([^\W\d_]+)", re.I)


@dataclass(frozen=True, slots=True)
class Lead:
    """The first line, and the answers that it speaks of where these are not the usual ones."""

    text: str
    answers: tuple[Answer, ...] = ()


def find_lead(response: Response, findings_of: FindingsOf | None) -> Lead | None:
    """The first line for a response that has answers; None where nothing can be told of them."""
    best = response.answers[0]
    findings = findings_of(best.article) if findings_of is not None else None
    lead: Lead | None = None
    match response.intent:
        case _ if response.reports and findings is not None:
            lead = _of_fact(whether_line(response.asked, best, findings))
        case Intent.WHEN if best.when:
            lead = Lead(_when(best))
        case Intent.SAID_BY | Intent.WHO_SAID if best.speaker is not None:
            lead = Lead(_speaker(response, best, findings, _days_said(response, findings)))
        case Intent.WHO if findings is not None:
            lead = _of_fact(_who(response.asked, best, findings))
        case Intent.HOW_MANY if findings_of is not None:
            lead = _figures(response, findings_of)
        case Intent.AGREED if asks_at_large(response.asked) and len(response.answers) > 1:
            lead = Lead(at_large_line(response), response.answers)
        case Intent.AGREED if findings is not None:
            lead = _of_fact(agreed_line(response.asked, best, findings))
        case Intent.LATEST | Intent.WHAT_HAPPENED if wants_several(response):
            lead = _latest(response)
    text = lead.text if lead is not None else outlet_and_day(best)
    if not text:
        return None
    return Lead(shortened(text), lead.answers if lead is not None else ())


def _of_fact(line: str | None) -> Lead | None:
    return Lead(line) if line is not None else None


def shortened(text: str) -> str:
    """`text` within the length of a first line."""
    if len(text) <= LONGEST_LEAD_CHARS:
        return text
    return text[: LONGEST_LEAD_CHARS - 1].rstrip(" ,·") + "…"


def outlet_and_day(best: Answer) -> str:
    """The outlet and the day, for a kind of question that has no field of its own."""
    parts = [best.article.source] if best.article.source else []
    if best.also and parts:
        n = len(best.also)
        words = ngettext("{outlet} and {n} more", "{outlet} and {n} more", n)
        parts = [words.format(outlet=parts[0], n=n)]
    if best.article.day is not None:
        parts.append(spoken_day(best.article.day))
    return " · ".join(parts)


def _latest(response: Response) -> Lead | None:
    """How many articles tell of it, and the day of the newest."""
    told = {a.article.key: a.article for a in good_answers(response)}
    days = [article.day for article in told.values() if article.day is not None]
    if len(told) < 2 or not days:
        return None
    n = len(told)
    words = ngettext("{n} article · newest {day}", "{n} articles · newest {day}", n)
    return Lead(words.format(n=n, day=spoken_day(max(days))))


# --------------------------------------------------------------------------- speech, dates
def _days_said(response: Response, findings: Findings | None) -> list[date]:
    """The days of what is shown of somebody's words, in order."""
    best = response.answers[0]
    shown = first_page(response) if response.intent is Intent.SAID_BY else [best]
    if len({a.article.key for a in shown}) == 1:
        days = [day_said(best, findings) or best.article.day]
    else:
        days = [a.article.day for a in shown]
    return sorted({day for day in days if day is not None})


def _speaker(
    response: Response, best: Answer, findings: Findings | None, days: Sequence[date]
) -> str:
    end = f" · {spoken_days(days[0], days[-1])}" if days else ""
    if response.intent is Intent.WHO_SAID:
        relayed = best.quote is not None and best.quote.kind is QuoteKind.INDIRECT
        who = named(best)
        if relayed and best.article.source:
            who = _("{name}, as reported by {outlet}").format(name=who, outlet=best.article.source)
        return f"{who}{end}"
    if topic := _topic(response.asked, best):
        whole = _("{name}, on {topic}").format(name=named(best), topic=topic) + end
        if len(whole) <= LONGEST_LEAD_CHARS:
            return whole
    return f"{named(best)}{end}"


def _who(question: str, best: Answer, findings: Findings) -> str | None:
    """The one person whom the sentence names and the question does not, and who does not merely
    tell it, with the role as printed and the day; None where there is none, or more than one."""
    asked = {w.term for w in find_words(question) if not w.is_stop}
    asked |= {kin for term in asked for kin in relatives_of(term)}
    quote = best.quote
    people: dict[str, str | None] = {}
    for mention in findings.names:
        if mention.kind is not NameKind.PERSON or not best.span.covers(mention.span):
            continue
        if quote and quote.speaker and quote.speaker.span.overlaps(mention.span):
            cue = quote.cue.span.of(best.article.text) if quote.cue else ""
            if asked.isdisjoint(terms_of(f"{quote.speaker.role or ''} {cue}")):
                continue  # who merely tells it
        if asked.isdisjoint(terms_of(mention.name)):
            people[mention.name] = people.get(mention.name) or mention.role
    if len(people) != 1:
        return None
    [(name, role)] = people.items()
    who = f"{name}, {role}" if role else name
    return " · ".join(part for part in (who, outlet_and_day(best)) if part)


def _topic(question: str, best: Answer) -> str:
    """What the question asks about, where the sentence has these words; else empty."""
    match = _TOPIC.search(question)
    if match is None:
        return ""
    held = {word.term for word in find_words(best.text)}
    words = [word for word in find_words(match.group(1)) if not word.is_stop]
    if not 0 < len(words) <= LONGEST_TOPIC_WORDS or not all(w.term in held for w in words):
        return ""
    return " ".join(match.group(1).split())


def _when(best: Answer) -> str:
    """The day, and the words that it was read from where these name it otherwise."""
    assert best.when is not None
    day = spoken_value(best.when)
    words = best.when_words or ""
    numbers = set(re.findall(r"\d+", day))
    plain = numbers <= set(re.findall(r"\d+", words))
    if not words or plain:
        return day
    return _("{day} (“{words}”)").format(day=day, words=words)


# --------------------------------------------------------------------------------- figures
@dataclass(frozen=True, slots=True)
class _Told:
    """A figure that answers "how many": as printed, its value, and what it counts (terms)."""

    printed: str
    value: float
    counts: frozenset[str]


def _figures(response: Response, findings_of: FindingsOf) -> Lead | None:
    """The figure, or the figures side by side where outlets differ on the same thing."""
    best = response.answers[0]
    if (votes := ballot_line(response.asked, best.text)) is not None:
        return Lead(" · ".join(part for part in (votes, outlet_and_day(best)) if part))
    if (put := _put_at(response.asked, best.text)) is not None:
        return Lead(" · ".join(part for part in (put, outlet_and_day(best)) if part))
    if (lasts := _duration(response.asked, best, findings_of(best.article))) is not None:
        return Lead(" · ".join(part for part in (lasts, outlet_and_day(best)) if part))
    if ASKS_AGE.search(fold(response.asked)):
        ages = [n for m in AGE.finditer(best.text) for n in re.findall(r"\d+", m.group())]
        return Lead(f"{ages[0]} · {outlet_and_day(best)}".rstrip(" ·")) if len(ages) == 1 else None
    first = _figure(response.asked, best, findings_of(best.article))
    if first and _ASKS_LENGTH.search(fold(response.asked)) and _LENGTH.search(first.printed):
        return None  # a time that is told of something else
    if first is None:
        printed = _printed_count(response.asked, best.text)
        return Lead(f"{printed} · {outlet_and_day(best)}".rstrip(" ·")) if printed else None
    told = [(best, first)]
    outlets = {best.article.source}
    floor = SAME_MATTER * best.score
    event = telling_of(best.article, findings_of(best.article), best.span)
    asked = {w.term for w in find_words(response.asked) if not w.is_stop}
    for answer in response.answers[1:]:
        if answer.score < floor or answer.article.source in outlets:
            continue
        other = _figure(response.asked, answer, findings_of(answer.article))
        if other is None or other.value == first.value:
            continue
        its = telling_of(answer.article, findings_of(answer.article), answer.span)
        if not may_be_one_event(event, its):
            continue
        if other.counts & first.counts & asked:  # both count what the question names
            told.append((answer, other))
            outlets.add(answer.article.source)
    if len(told) == 1:
        return _amounts(response, first, findings_of) or Lead(
            " · ".join(part for part in (first.printed, outlet_and_day(best)) if part)
        )
    listed = " · ".join(
        f"{figure.printed} ({outlet_and_day(a).replace(' · ', ', ')})" for a, figure in told
    )
    words = _("Reports differ: {figures}").format(figures=listed)
    return Lead(words, tuple(answer for answer, _told in told))


def _amounts(response: Response, first: _Told, findings_of: FindingsOf) -> Lead | None:
    """Other sums that articles of other days give for what it cost, beside the first, the newest
    in front; None where there is no other. Whether they are of one thing the sentences show."""
    best = response.answers[0]
    if not ASKS_PRICE.search(fold(response.asked)) or not is_money(best.text):
        return None
    asked = {w.term for w in find_words(response.asked) if not w.is_stop}
    told = {best.article.day: (best, first)}
    for answer in response.answers[1:]:
        whole = set(terms_of(f"{answer.article.title or ''} {answer.text}"))
        if answer.score < SAME_MATTER * best.score or not asked - _FRAME <= whole:
            continue
        other = _figure(response.asked, answer, findings_of(answer.article))
        if other is None or not is_money(answer.text) or answer.article.day in told:
            continue
        if all(other.value != figure.value for _answer, figure in told.values()):
            told[answer.article.day] = (answer, other)
    if len(told) < 2 or None in told:
        return None
    newest = sorted(told.values(), key=lambda pair: pair[0].article.day or date.min, reverse=True)
    listed = " · ".join(
        f"{figure.printed} ({outlet_and_day(a).replace(' · ', ', ')})" for a, figure in newest
    )
    words = _("Several sums: {figures}").format(figures=listed)
    return Lead(words, tuple(answer for answer, _told in newest))


def _duration(question: str, best: Answer, findings: Findings) -> str | None:
    """How long something lasts, as the sentence prints it, with the days that this comes to; None
    where it is not asked for, or not told once."""
    if not _ASKS_LENGTH.search(fold(question)):
        return None
    told = list(
        dict.fromkeys(
            m.group()
            for m in _LENGTH.finditer(best.text)
            if not _FIRST_FOR.search(best.text[max(0, m.start() - FIRST_CHARS) : m.start()])
        )
    )
    if len(told) > 1:  # "a call of two hours", "agreed to stop for 30 days"
        told = [words for words in told if f"for {words}" in best.text]
    if len(told) != 1:
        return None
    for mention in findings.dates:
        inside = best.span.covers(mention.span) and told[0] in mention.span.of(best.article.text)
        if inside and mention.value is not None and "/" in mention.value:
            return f"{told[0]} ({spoken_value(mention.value)})"
    return told[0]


def _printed_count(question: str, text: str) -> str | None:
    """The number of what is asked for as `text` prints it, a part with its whole ("340 of its 520
    trains"); None where it is not told once, or taken back."""
    noun = _COUNTED.search(question)
    if noun is None or is_taken_back(text) or all(w.is_stop for w in find_words(noun[1])):
        return None
    found = re.findall(_NUMBER_OF.format(noun=re.escape(noun[1])), text, re.IGNORECASE)
    return found[0] if len(found) == 1 else None


def _put_at(question: str, text: str) -> str | None:
    """The figure that `text` gives as the number of what is asked for."""
    asked = {w.term for w in find_words(question) if not w.is_stop}
    for match in _PUT_AT.finditer(text):
        if any(w.term in asked for w in find_words(match.group(1)) if not w.is_stop):
            return match.group(2)
    return None


def _figure(question: str, answer: Answer, findings: Findings) -> _Told | None:
    """The one figure of an answer that counts what is asked for; None where it is not plain."""
    asked = {w.term for w in find_words(question) if not w.is_stop}
    facts = [f for f in findings.facts if f.kind == "figure" and answer.span.overlaps(f.span)]
    figures = [told for f in facts if (told := _as_told(f)) is not None]
    counted = [f for f in figures if f.counts & asked]
    if is_taken_back(answer.text):
        return None
    noun = _COUNTED.search(question)
    things = [w.term for w in find_words(noun.group(1)) if not w.is_stop] if noun else []
    kin = {*things, *(t for term in things for t in relatives_of(term))}
    if not counted:  # "how many homes": "286 houses damaged"
        counted = [f for f in figures if f.counts & kin]
    if not counted and kin & {t for f in findings.facts if (x := _as_told(f)) for t in x.counts}:
        return None  # the article counts such things, but not in this sentence
    if not counted:  # "1,150 people evacuated, 286 houses damaged": by what was done
        counted = [
            told
            for f in facts
            if (told := _as_told(f)) is not None and asked & _deeds(answer.text, f)
        ]
    if not counted and things and not _ASKS_LENGTH.search(fold(question)):
        figures = [f for f in figures if not _LENGTH.fullmatch(f.printed)]  # "the 30-day pause"
    figures = counted or figures
    return figures[0] if len({f.value for f in figures}) == 1 else None


def _deeds(text: str, fact: Fact) -> frozenset[str]:
    """The words (terms) that follow a figure within its part of the sentence."""
    _before, found, after = text.partition(fact.object or "\n")
    part = _PART_END.split(after, maxsplit=1)[0] if found else ""
    return frozenset(word.term for word in find_words(part) if not word.is_stop)


def _as_told(fact: Fact) -> _Told | None:
    figure = fact.figure
    if figure is None or not fact.object:
        return None
    of = figure.of if figure.of and figure.unit is None else ""
    printed = fact.object if not of or of in fact.object else f"{fact.object} {of}"
    if len(printed) > LONGEST_FIGURE_CHARS:
        printed = fact.object
    terms = frozenset(w.term for w in find_words(figure.of or "") if not w.is_stop)
    return _Told(printed, figure.value, terms)
