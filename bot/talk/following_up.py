"""What came of it, and who else tells it: “did it happen?”, and all reports of one event."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.answer.intents import Intent
from bot.answer.result import Answer, Response, State
from bot.link.matters import Telling, telling_of
from bot.link.outcomes import is_plan
from bot.link.witnesses import Witnesses, is_reported_widely
from bot.locales import _, ngettext
from bot.locales.days import spoken_day
from bot.model import Article, Fact, Findings, Span, day_of
from bot.newsroom import Clock, Newsroom
from bot.store.chats import get_chat
from bot.talk.buttons import MOST_NUMBER, Place, context_buttons, in_rows, parse_place
from bot.talk.desks import Desk
from bot.talk.frames import load_frame
from bot.talk.leads import shortened
from bot.talk.lines import article_line
from bot.talk.replies import Block, BlockKind, Button, Evidence, Incoming, Reply, told
from bot.talk.selecting import FindingsOf
from bot.text.dates import bounds

SHOWN = 4  # witnesses on a page
OTHERS_COMPARED = 3  # further answers; each may be another report
PLANS_TRIED = 4
PLAN_SCORE = 0.5  # of the best answer's: below, it is another plan
PLAN_AMONG = 2  # answers: one that comes later is not what is asked after
ANSWERS_TRIED = 12  # among which the promise is looked for
SETTLED_AFTER = timedelta(days=1)
"""So long after a plan without a date somebody may ask whether it happened."""

_IT = r"(?:it|this|that|these|they|he|she|anything)"
_HAPPENED = (
    r"(?:happen(?:ed)?|take(?:n)? place|go(?:ne)? ahead|come true|come (?:about|off|to pass)|"
    r"materiali[sz]ed?|(?:be|been) (?:carried out|kept|done|fulfilled|implemented|honou?red|met)|"
    r"carried out|kept|done|fulfilled|implemented|honou?red|do (?:it|that|so)|work(?:ed)? out|"
    r"(?:keep|kept|break|broken?|fulfil|honou?r|meet|met|stick to) (?:it|"
    r"(?:his|her|its|their|the|that) (?:promise|word|pledge|vow|deadline|plan|agreement|deal)))"
)
_PAST = r"(?:did|has|have|was|were|is)"
_ABOUT_IT = re.compile(
    rf"(?:and |so |but )*{_PAST} {_IT} (?:really |actually |ever |already |then |yet )*{_HAPPENED}"
    r"(?: (?:in the end|yet|already|or not|on time|after all))?[ ?!.]*|"
    rf"(?:and |so )*what (?:came|became|has become) of {_IT}[ ?!.]*",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    rf"(?:and |so |but )*{_PAST} (?P<what>.{{3,120}}?) "
    rf"(?:really |actually |ever |already )*{_HAPPENED}"
    r"(?: (?P<more>(?:about|on|to|of|with|for|that) .{3,120}?))?"
    r"(?: (?:in the end|yet|already|or not|after all))?[ ?!.]*|"
    r"(?:and |so )*what (?:came|became|has become) of (?P<matter>.{3,120}?)[ ?!.]*",
    re.IGNORECASE,
)


def following_up_desk(newsroom: Newsroom, clock: Clock) -> Desk:
    """The desk that goes from one report to the others, earlier and later."""

    def words(incoming: Incoming, text: str) -> Reply | None:
        line = " ".join(text[:300].split())
        if _ABOUT_IT.fullmatch(line):
            if get_chat(newsroom.store, incoming.chat).frame is None:
                return told(
                    _(
                        "Did what happen? Ask about a plan or promise first, or name it: “did the "
                        "flood aid happen?”"
                    )
                )
            return _what_came_of_last(newsroom, incoming) or told(
                _(
                    "My last answer tells of no plan or promise. Name what you mean: “did the "
                    "flood aid happen?”"
                )
            )
        match = _ABOUT.fullmatch(line)
        if match is None:
            return None
        parts = (match["what"], match["more"], match["matter"])
        return _what_came_of(newsroom, " ".join(p for p in parts if p), clock)

    return Desk(
        buttons={
            "hap": lambda _incoming, code: _outcome_at(newsroom, code),
            "wit": lambda _incoming, code: _reports_at(newsroom, code),
        },
        words=words,
    )


# -------------------------------------------------------------------------------- buttons
def onward_buttons(
    shown: list[Answer], response: Response, findings_of: FindingsOf | None
) -> list[Button]:
    """What else an answer leads to: what came of a promise, and who else tells it."""
    if not shown or response.state is not State.FOUND or findings_of is None:
        return []
    if len(shown) > 1 and response.intent is not Intent.HOW_MANY:
        return []
    answer = shown[0]
    findings = findings_of(answer.article)
    code = Place(answer.article.key, answer.span).code
    buttons = []
    if len(shown) == 1 and not response.sequel and _may_be_over(answer, response, findings):
        buttons.append(Button(_("Did it happen?"), f"hap:{code}"))
    first = telling_of(answer.article, findings, answer.span)
    others = [a for a in response.answers if a.article.key != answer.article.key]
    if is_reported_widely(
        first,
        (telling_of(a.article, findings_of(a.article), a.span) for a in others[:OTHERS_COMPARED]),
    ):
        buttons.append(Button(_("All reports"), f"wit:{code}"))
    return buttons


def _may_be_over(answer: Answer, response: Response, findings: Findings) -> bool:
    """Whether an answer is a plan or promise whose time has come, as far as the store goes."""
    day = answer.article.day
    if response.newest is None or day is None:
        return False
    today = day_of(response.newest)
    if today is None:
        return False
    facts = [f for f in findings.facts if f.status == "planned" and answer.span.overlaps(f.span)]
    if any(_due(fact, day) <= today for fact in facts):
        return True
    days = [
        ends[1]
        for mention in findings.dates
        if answer.span.covers(mention.span) and (ends := bounds(mention.value)) is not None
    ]
    return any(day < last <= today for last in days) and is_plan(
        telling_of(answer.article, findings, answer.span)
    )


def _due(fact: Fact, told_on: date) -> date:
    """The last day of what a plan announces; the next day where it names none."""
    ends = bounds(fact.effective) if fact.effective else None
    return ends[1] if ends is not None else told_on + SETTLED_AFTER


# ------------------------------------------------------------------------------- outcomes
def _what_came_of_last(newsroom: Newsroom, incoming: Incoming) -> Reply | None:
    """What came of what the last answer told; None where that was no plan."""
    frame = load_frame(get_chat(newsroom.store, incoming.chat).frame)
    if frame is None or frame.answered is None:
        return None
    key, span = frame.answered
    article = newsroom.look_up_version(key)
    return _outcome(newsroom, article, span) if article is not None else None


def _what_came_of(newsroom: Newsroom, matter: str, clock: Clock) -> Reply | None:
    """What came of the plan that `matter` names; None where no article has such a plan, or where
    nothing came of it and others are found before it."""
    response = newsroom.ask(matter, clock(), limit=ANSWERS_TRIED)
    if response.state is State.NOTHING:
        return None
    floor = PLAN_SCORE * response.answers[0].score
    plans = [
        a for a in response.answers if a.score >= floor and newsroom.is_plan(a.article, a.span)
    ]
    replies = (_outcome(newsroom, a.article, a.span) for a in plans[:PLANS_TRIED])
    found = [reply for reply in replies if reply is not None]
    followed = [reply for reply in found if reply.state is not State.NOTHING]
    if not followed and plans[:1] and plans[0] not in response.answers[:PLAN_AMONG]:
        return None  # what is found before it announces nothing: it may tell that it happened
    return next(iter([*followed, *found]), None)


def _outcome_at(newsroom: Newsroom, code: str) -> Reply | None:
    place = parse_place(code)
    if place is None or place.version > MOST_NUMBER:
        return None
    article = newsroom.look_up_version(place.version)
    return _outcome(newsroom, article, place.span, sure=True) if article is not None else None


def _outcome(
    newsroom: Newsroom, article: Article, span: Span, *, sure: bool = False
) -> Reply | None:
    """The promise, then what later articles tell of it, each word for word."""
    if not sure and not newsroom.is_plan(article, span):
        return None
    followed = newsroom.follow_up(article, span)
    said = _quoted(followed.promise)
    if not followed.outcomes:
        newest = day_of(newsroom.coverage().newest)
        lead = Block(BlockKind.LEAD, _("I find no report that it happened."))
        words = _("This was told without a day; no later article tells of it.")
        if article.day is not None:
            words = _("This was told on {day}; no later article tells of it.").format(
                day=spoken_day(article.day)
            )
        if newest:
            until = _("My newest article is of {day}.").format(day=spoken_day(newest))
            words = f"{words} {until}"
        return Reply((lead, *said, Block(BlockKind.TEXT, words)), state=State.NOTHING)
    last = followed.outcomes[-1]
    days = [d for t in followed.outcomes if (d := t.day) is not None]
    announced = _("Announced")
    if article.day is not None:
        announced = _("Announced on {day}").format(day=spoken_day(article.day))
    if days:
        came = _("what came of it, {day}").format(day=spoken_day(max(days)))
        announced = f"{announced} · {came}"
    blocks = [Block(BlockKind.LEAD, shortened(announced)), *said]
    blocks.append(Block(BlockKind.TEXT, _("What later articles tell:")))
    for telling in followed.outcomes:
        blocks += _quoted(telling)
    contexts = context_buttons([Answer(last.article, last.span, 1.0)])
    return Reply(tuple(blocks), in_rows(contexts), state=State.CLOSE)


# ------------------------------------------------------------------------------ witnesses
def _reports_at(newsroom: Newsroom, code: str) -> Reply | None:
    place = parse_place(code)
    article = newsroom.look_up_version(place.version) if place is not None else None
    if place is None or article is None:
        return None
    return _reports(newsroom.find_witnesses(article, place.span))


def _reports(found: Witnesses) -> Reply:
    """Every report, newest first; figures that differ stand side by side on top."""
    outlets = found.outlets
    if found.differ:
        listed = " · ".join(f"{told.words} ({_outlet(told.by[0])})" for told in found.figures)
        lead = _("Reports differ: {figures}").format(figures=listed)
    elif len(found.tellings) == 1:
        lead = _("One article tells of it.")
    else:
        lead = ngettext(
            "{articles} articles of {n} outlet", "{articles} articles of {n} outlets", outlets
        ).format(articles=len(found.tellings), n=outlets)
    blocks = [Block(BlockKind.LEAD, shortened(lead))]
    shown = found.tellings[:SHOWN]
    for number, telling in enumerate(shown, 1):
        blocks += _quoted(telling, number if len(shown) > 1 else 0)
    if len(found.tellings) > SHOWN:
        rest = found.tellings[SHOWN:]
        lines = "\n".join(article_line(t.article) for t in rest)
        blocks.append(Block(BlockKind.TEXT, _("Also:\n{lines}").format(lines=lines)))
    contexts = context_buttons([Answer(t.article, t.span, 1.0) for t in shown])
    return Reply(tuple(blocks), in_rows(contexts))


def _outlet(telling: Telling) -> str:
    day = spoken_day(telling.day) if telling.day is not None else ""
    return ", ".join(part for part in (telling.article.source or "", day) if part)


def _quoted(telling: Telling, number: int = 0) -> list[Block]:
    article, span = telling.article, telling.span
    return [
        Block(BlockKind.QUOTE, telling.text, evidence=Evidence(article.key, span)),
        Block(BlockKind.SOURCE, article_line(article, number=number), url=article.url),
    ]
