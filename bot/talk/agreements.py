"""What was agreed or decided at large: the newest agreements and decisions of all articles."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.answer.intents import Intent
from bot.answer.result import Answer, Frame, Response, State
from bot.locales import ngettext
from bot.locales.days import spoken_day
from bot.model import Fact, Findings
from bot.newsroom import Newsroom
from bot.talk.fact_lines import is_telling
from bot.talk.selecting import FindingsOf, adding

ARTICLES_LOOKED_AT = 60  # the newest; what was agreed before is found by what it is about
OF_ONE_ARTICLE = 2
MOST_LISTED = 9
LEAST_SURE = 0.6  # confidence of a fact that may stand in a list by itself
_AT_LARGE = re.compile(
    r"(?:and |so |ok )?(?:what|which (?:deals?|agreements?|decisions?))"
    r"(?: things?| deals?| agreements?| decisions?)?"
    r"(?: was| were| has been| have been| is| are| got)?(?: recently| lately| just| newly)? "
    r"(?P<verb>agreed|decided|signed|settled|voted|approved|"
    r"reached|made|struck)(?: on| upon| about)?(?: recently| lately| so far| now)?[ ?!.]*",
    re.IGNORECASE,
)
_DECIDING = frozenset(("decided", "voted", "approved"))
_OF_AGREEMENT = frozenset({("agreement", "agreed"), ("agreement", "signed")})
_OF_DECISION = frozenset(
    {("decision", "agreed"), ("decision", "rejected"), ("decision", "suspended")}
)


def asks_at_large(question: str) -> bool:
    """Whether a question asks what was agreed, and neither by whom nor on what."""
    return _AT_LARGE.fullmatch(" ".join(question[:100].split())) is not None


def agreements_at_large(
    newsroom: Newsroom, response: Response, findings_of: FindingsOf
) -> Response:
    """`response` with the newest agreements in the place of its answers; unchanged where no
    article tells of one, or where something else was asked."""
    if not asks_at_large(response.question):
        return response
    match = _AT_LARGE.fullmatch(" ".join(response.question[:100].split()))
    kinds = _OF_DECISION if match and match["verb"].lower() in _DECIDING else _OF_AGREEMENT
    found: list[tuple[date, Answer]] = []
    for article in newsroom.latest(limit=ARTICLES_LOOKED_AT):
        findings = findings_of(article)
        facts = [f for f in findings.facts if (f.kind, f.status) in kinds]
        told = (_told(Answer(article, fact.span, 1.0), fact, findings) for fact in facts)
        own = list(dict.fromkeys(t for t in told if t is not None))[:OF_ONE_ARTICLE]
        found += [(article.day or date.min, answer) for answer in own]
    found.sort(key=lambda pair: pair[0], reverse=True)
    answers = adding([answer for _day, answer in found])[:MOST_LISTED]
    if not answers:
        return response
    best = answers[0]
    frame = Frame(
        Intent.AGREED,
        words=("agreed",),
        versions=(best.article.key,),
        question=response.question,
        answered=(best.article.key, best.span),
    )
    return replace(
        response,
        intent=Intent.AGREED,
        state=State.FOUND,
        answers=tuple(answers),
        nearest=(),
        premise=None,
        frame=frame,
    )


def _told(answer: Answer, fact: Fact, findings: Findings) -> Answer | None:
    """The sentence that tells of `fact`; None where it says too little to stand in a list."""
    sentence = next((s for s in findings.sentences if s.overlaps(fact.span)), None)
    if sentence is None or sentence.start == 0 or fact.confidence < LEAST_SURE:
        return None  # the headline is told by the sentence below it
    told = replace(answer, span=sentence)
    return told if is_telling(fact, told) else None


def at_large_line(response: Response) -> str:
    """How many there are, and how new."""
    n = len(response.answers)
    days = [a.article.day for a in response.answers if a.article.day is not None]
    if not days:
        return ngettext("{n} report", "{n} reports", n).format(n=n)
    words = ngettext("{n} report · newest {day}", "{n} reports · newest {day}", n)
    return words.format(n=n, day=spoken_day(max(days)))
