"""Whether a sentence holds the kind of thing that is asked for: a date, a figure, an age."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answer.retrieve import Query
from bot.answer.scene import Scene, held_by
from bot.answer.wanted import Wanted
from bot.model import (
    Article,
    DateMention,
    Grain,
    Span,
)
from bot.text.dates import bounds
from bot.text.words import fold, terms_of

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "twenty|thirty|forty|fifty|sixty|hundreds?|thousands?|millions?|billions?|dozens?|half|third|"
    "quarter|twice|double|several"
)
_FIGURE = re.compile(rf"\d|\b(?:{_NUMBER_WORDS})\b", re.IGNORECASE)
_DURATION = re.compile(
    rf"\b(?:\d+|{_NUMBER_WORDS})[- ](?:second|minute|hour|day|week|month|year|decade)s?\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\d\s?(?:%|per ?cent\b)", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|through|expires?|ends? on|runs? to)\b", re.IGNORECASE)
TAKEN_BACK_CHARS = 400
_TAKEN_BACK = re.compile(
    r"\b(?:an? (?:earlier|previous) (?:version|edition|article|report|story)|"
    r"an? (?:article|report|story|caption|headline) (?:published|printed|of|on|in)|"
    r"in our (?:edition|issue|report|story|article)|we (?:wrongly|incorrectly|mistakenly))\b"
    r".{0,200}?\b(?:gave|said|wrote|stated|put|printed|reported|named|misstated|called|spoke)\b",
    re.IGNORECASE | re.DOTALL,
)
"""An outlet that owns to what it printed wrongly."""
_MONEY = re.compile(
    r"[$£€¥]\s?\d|\d[\d,.]*\s?(?:(?:million|billion|bn|m)\s)?(?:dollar|euro|pound|cent|crown|"
    r"franc|yen|rouble|p\b)",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\d[\d,.]*[- ]?(?:m|km|cm|mm|ft|feet|foot|met(?:re|er)s?|miles?|inch(?:es)?|kg|g|grams?|"
    r"tons?|tonnes?|degrees?|mph)\b",
    re.IGNORECASE,
)
_NUMBER_TERMS = frozenset(
    t for word in _NUMBER_WORDS.replace("?", "").split("|") for t in terms_of(word)
)
COUNT_REACH = 4  # words after a number among which the counted thing stands
_ASKS_COUNT = re.compile(r"\bhow m[ea]ny\b|\bnumber of\b")
_ASKS_DURATION = re.compile(r"\bhow long|\b(?:days?|weeks?|years?|months?|hours?|minutes?)\b")
_ASKS_MONEY = re.compile(
    r"\bhow much|\bcosts?\b|\bprices?\b|\bpay\b|\bpaid\b|\bworth\b|\bs[eo]ll|\bsold\b|"
    r"\bsalary|\bfee\b|\binvest(?:s|ed|ing|ments?)?\b"
)
ASKS_PRICE = re.compile(
    r"\bcosts?\b|\bprices?\b|\bpay\b|\bpaid\b|\bworth\b|\bs[eo]ll|\bsold\b|\bsalary|\bfee\b"
)
_ASKS_SUM = re.compile(
    r"\bhow m[ua]t?ch\b.*\b(?:earn|make|made|costs?|pay|paid|spend|spent|owe|donate|charge)\b|"
    r"\b(?:salary|price|fees?|dues|wage)$"
)
_ASKS_SHARE = re.compile(
    r"\bpercent(?:age)?\b|\bper cent\b|%|\b(?:what|which|wat) (?:share|proportion)\b"
)
_ASKS_MEASURE = re.compile(r"\bhow (?:deep|high|tall|far|wide|big|large|heavy|hot)|\bweigh")
ASKS_AGE = re.compile(r"\bhow old\b|\b(?:age|aged)$|\bwhat age\b")
AGE = re.compile(
    rf"(?:, |\()(?:1?\d?\d)(?=[,.)])|\b(?:\d+|{_NUMBER_WORDS})[- ]years?[- ]old|"
    r"\bage[ds]? (?:of )?\d|\b(?:at|was|is|turn(?:s|ed)?) 1?\d\d(?=[,.;]| (?:on|in|and|when)\b|$)",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    rf"(?:(?:the|for|a|next|last|past|another|coming|first|about|some) )*"
    rf"(?:\d+|{_NUMBER_WORDS})[- ](?:hour|day|week|month|year|decade)s?(?: old)?",
    re.IGNORECASE,
)
LENGTH_CREDIT = 0.4  # what "for 30 days" is worth to whoever asks when
_ASKS_AHEAD = re.compile(r"\bwhen(?:'s| is| are| will| does| do| can| may| dose)\b|\bby when\b")
_ASKS_BACK = re.compile(r"\bwhen (?:did|was|were|had)\b")
_TO_COME = re.compile(r"\b(?:will|shall|(?:is|are) to|plans? to|expect(?:s|ed)? to|hopes? to)\b")
CLAUSE_CHARS = 60  # so far before a date stands the verb that goes with it
WRONG_WAY = 0.5  # what a date is worth that lies on the other side of the article's day
COARSE_CREDIT = 0.8  # what a year is worth to whoever asks for a day
_COARSE = frozenset({Grain.YEAR, Grain.DECADE, Grain.CENTURY, Grain.SEASON, Grain.QUARTER})
_ASKS_UNTIL = re.compile(r"\b(?:until|till) (?:when|what)\b|\bwhen .*\b(?:until|till)$")
_ASKS_FROM = re.compile(r"\b(?:since|from|starting) (?:when|what)\b|\bwhen .*\bfrom$")
_START = re.compile(r"\b(?:since|from|on|of|starting|begin(?:s|ning)?|starts) $", re.IGNORECASE)
_END = re.compile(
    r"\b(?:until|till|through|to|by|(?:end|expire|over|finish|run out|last)\w*(?: on| in| at)?) $",
    re.IGNORECASE,
)
BEFORE_CHARS = len("expires on ")
_IN_BRACKETS = re.compile(r"\((?:c\. ?|born )?\d{4} ?[-–—] ?\d{2,4}\)")
_ASKS_YEAR = re.compile(r"\b(?:what|which|by what|in what|wat) year\b")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’/-]{2,40}(?:,[^-–—]{0,60}?)? ?(?:\([^)]{1,40}\) ?)?(?:[-–—]|--) "
)


def in_time(scene: Scene) -> float:
    """Whether the sentence names the time that the question names; less when the article is of
    that time."""
    asked = [b for d in scene.query.question.dates if d.value and (b := bounds(d.value))]
    for mention in scene.findings.dates:
        if not mention.value or not scene.row.span.covers(mention.span):
            continue
        there = bounds(mention.value)
        if there and any(there[0] <= last and first <= there[1] for first, last in asked):
            return 1.0
    day = scene.article.day
    return 0.7 if day and any(first <= day <= last for first, last in asked) else 0.0


def answering_dates(scene: Scene, span: Span) -> list[DateMention]:
    """The dates in `span` that may answer a question for one: known, not those of the question
    itself, and the dateline's only where there is no other."""
    border = span.start + dateline_chars(span.of(scene.article.text))
    asked = {d.value for d in scene.query.question.dates}
    dates = [d for d in scene.findings.dates if d.value and span.covers(d.span)]
    dates = [d for d in dates if d.value not in asked] or dates
    return [d for d in dates if d.span.start >= border] or dates


def dateline_chars(text: str) -> int:
    """How long the dateline is with which `text` begins; 0 without one."""
    match = _DATELINE.match(text)
    return match.end() if match else 0


def fits_date(query: Query, mention: DateMention, article: Article) -> float:
    """How well a date answers, 0–1: one that is named in full better than "on Thursday"; asked
    for a year, one with a year; asked when something is, one that was still to come, and asked
    when it was, one that was not."""
    words = mention.span.of(article.text)
    asked = fold(query.question.text)
    worth = 1.0 if any(c.isdigit() for c in words) else 0.75
    before = article.text[max(0, mention.span.start - BEFORE_CHARS) : mention.span.start]
    if before.lower().endswith("since ") and "since" not in asked:
        worth *= WRONG_WAY  # "the first one since 2016" tells of something else
    if _ASKS_YEAR.search(asked):
        worth = 1.0 if _YEAR.search(words) else 0.3
    elif mention.grain in _COARSE:
        worth *= COARSE_CREDIT
    if "/" in (mention.value or "") and _LENGTH.fullmatch(words):
        worth *= LENGTH_CREDIT
    clause = article.text[max(0, mention.span.start - CLAUSE_CHARS) : mention.span.start]
    if _ASKS_BACK.search(asked) and _TO_COME.search(clause):
        worth *= WRONG_WAY  # a plan does not tell when it was done
    if _ASKS_FROM.search(asked):
        worth *= 1.0 if _START.search(before) else WRONG_WAY
    if _ASKS_UNTIL.search(asked):
        worth *= 1.0 if _END.search(before) else WRONG_WAY
    if _IN_BRACKETS.match(article.text, max(0, mention.span.start - 1)):
        worth *= WRONG_WAY  # somebody's years of birth and death
    days = bounds(mention.value) if mention.value else None
    if days is None or article.day is None:
        return worth
    is_over = bool(_ASKS_AHEAD.search(asked)) and days[1] < article.day
    is_to_come = bool(_ASKS_BACK.search(asked)) and days[0] > article.day
    return worth * WRONG_WAY if is_over or is_to_come else worth


def is_money(text: str) -> bool:
    """Whether a sum of money stands in `text`."""
    return _MONEY.search(text) is not None


def lacks_sum(question: str, text: str) -> bool:
    """Whether a folded question asks for a sum of money, and `text` has neither that nor a
    share."""
    return bool(_ASKS_SUM.search(question)) and not is_money(text) and not _PERCENT.search(text)


def is_taken_back(text: str) -> bool:
    """Whether a sentence owns to what was printed wrongly: its figures do not hold."""
    return _TAKEN_BACK.search(text[:TAKEN_BACK_CHARS]) is not None


def has_date(scene: Scene) -> float:
    dates = answering_dates(scene, scene.row.span)
    best = max((fits_date(scene.query, d, scene.article) for d in dates), default=0.0)
    border = scene.row.span.start + dateline_chars(scene.text)
    if dates and all(d.span.start < border for d in dates):
        return 0.3
    return best


def has_figure(scene: Scene) -> float:
    """Whether a figure of the kind asked for stands in the sentence; the number of a day or a
    year is worth less."""
    query, text = scene.query, scene.text
    asked = fold(query.question.text)
    any_figure = 0.3 * bool(_FIGURE.search(text))
    if is_taken_back(text):
        return any_figure
    if ASKS_AGE.search(asked):
        return 1.0 if AGE.search(text) else any_figure
    if _ASKS_SHARE.search(asked):
        return 1.0 if _PERCENT.search(text) else any_figure
    if _ASKS_MEASURE.search(asked):
        return 1.0 if _MEASURE.search(text) else any_figure
    if _ASKS_MONEY.search(asked) and not _ASKS_COUNT.search(asked):
        if _PERCENT.search(text) and not ASKS_PRICE.search(asked):
            return 1.0
        return 1.0 if _MONEY.search(text) else any_figure
    if _ASKS_DURATION.search(asked):
        lasts = _DURATION.search(text) or ("long" in asked and _UNTIL.search(text))
        return 1.0 if lasts else any_figure
    return 1.0 if _FIGURE.search(without_days(scene)) else any_figure


def lasts_for(text: str) -> bool:
    """Whether something is told to last for so long ("for 30 days")."""
    return any(text[: m.start()].endswith("for ") for m in _DURATION.finditer(text))


def asks_length(query: Query) -> bool:
    """Whether it is asked how long something lasts."""
    return _ASKS_DURATION.search(fold(query.question.text)) is not None


def without_days(scene: Scene) -> str:
    """The text of the sentence without its days, months and years; how long something lasts
    stays."""
    start, text = scene.row.span.start, scene.text
    for mention in scene.findings.dates:
        words = mention.span.of(scene.article.text)
        if scene.row.span.covers(mention.span) and not _DURATION.search(words):
            here = slice(mention.span.start - start, mention.span.end - start)
            text = text[: here.start] + " " * len(mention.span) + text[here.stop :]
    return text


def counted_thing(query: Query) -> Wanted | None:
    """The word of the question that says what is counted ("how many CAPTIVES")."""
    asked = _ASKS_COUNT.search(fold(query.question.text))
    if asked is None:
        return None
    after = [w for w in query.wanted if w.position >= asked.end() and not w.carried]
    return min(after, key=lambda w: w.position, default=None)


def counts_it(counted: Wanted, terms: Sequence[str]) -> float:
    """How surely a number among `terms` counts what `counted` names: the word follows it."""
    best = 0.0
    for place, term in enumerate(terms):
        if term[0].isdigit() or term in _NUMBER_TERMS:
            following = frozenset(terms[place + 1 : place + 1 + COUNT_REACH])
            best = max(best, held_by(counted, following))
    return best
