"""How many people were killed, moved or arrested, how many trains stopped: the counts of an event,
set side by side where outlets differ or one corrects another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from bot.model import Article, Findings, Span
from bot.text.words import fold, terms_of

REACH_BEFORE_CHARS = 50
"""So near in front of a number stands the word for what is counted ("killed at least six")."""
REACH_AFTER_CHARS = 70
"""The same behind it ("six people were taken out of the water and have since died")."""
WIDEST_RATIO = 4.0
"""Two counts further apart are of two things: the dead of a day and of a war."""
SENTENCES_READ = 40
LONGEST_CHARS = 600
"""A longer sentence is a list or no sentence."""
EARLIER_DAYS = 10
"""How far back a corrected figure is looked for."""

MATTERS: dict[str, re.Pattern[str]] = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in {
        "dead": r"killed|died|dead|deaths?|death toll|fatalities|lost their lives|bodies",
        "hurt": r"injured|wounded|hurt|injuries",
        "moved": r"evacuat(?:ed|ing|ions?)|moved to safety|(?:left|leave|fled|flee) their homes?"
        r"|brought out|brought to safety|displaced|driven from|forced from|from (?:their )?homes",
        "missing": r"missing|unaccounted for",
        "held": r"arrested|detained|taken into custody|arrests|detentions",
        "stopped": r"cancelled|canceled|cancellations|did not run|grounded|scrapped",
        "harmed": r"damaged|destroyed|flooded|under water|underwater|burned down|collapsed|gutted",
        "freed": r"freed|released|exchanged|swapped",
        "dark": r"without (?:power|electricity|water|heating)|power cuts?|blackouts?",
        "marched": r"marched|protested|demonstrat(?:ed|ors)|protesters|rallied|attended",
        "laid off": r"laid off|lay-?offs|job cuts|redundan(?:t|cies)|lose their jobs",
    }.items()
}
"""What a count is of, by the words that say so."""
_NUMBER = re.compile(
    r"(?<![\w.,:/-])(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d+)?(?![\d.,]*\d)(?![\w%:])"
    r"(?: (million|billion))?"
)
_ONES = "one two three four five six seven eight nine".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_SPELT = (
    {word: n for n, word in enumerate([*_ONES, *_TEENS], 1) if n > 1}
    | {word: 10 * n for n, word in enumerate(_TENS, 2)}
    | {
        f"{ten}-{one}": 10 * n + m
        for n, ten in enumerate(_TENS, 2)
        for m, one in enumerate(_ONES, 1)
    }
)
_SPELT_NUMBER = re.compile(
    rf"(?<![-\w])({'|'.join(sorted(_SPELT, key=len, reverse=True))})(?![-\w])"
    r"(?! (?:hundred|thousand|million|per|of )|[ -]o'clock)",
    re.IGNORECASE,
)
_REPLACED = re.compile(
    r"\b(?:not|instead of|rather than|(?:earlier|first|previous|old|original|higher|lower) "
    r"(?:figure|number|count|estimate|toll)s? of(?: (?:about|some|around))?)\s$",
    re.IGNORECASE,
)
"""What stands before a figure that is taken back."""
_WHOLE = re.compile(
    r"\b(?:of|out of|among)(?: (?:the|its|his|her|their|some|about))?(?: [\w’']+)?\s$", re.I
)
"""What stands before the whole of which something was counted ("312 of its 520 trains")."""
_HEDGE = re.compile(
    r"(?:about|some|around|nearly|almost|at least|more than|over|up to|as many as|fewer than"
    r"|roughly)\s$",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"(?: more| other| new| of (?:the|its)(?: [\w’']{1,20})? [\d,]{1,11})?(?: daily| planned)?"
    r" ([^\W\d_]{3,30})"
)
_PEOPLE = frozenset(
    terms_of("people persons residents inhabitants passengers victims casualties lives")
)
"""Words for people in general; children or soldiers among them are counted apart."""
_SERVICES = frozenset(terms_of("trains services flights buses ferries departures"))
_OF_PEOPLE = frozenset(
    ("dead", "hurt", "moved", "missing", "held", "freed", "marched", "laid off")
)
LEAST_BARE = 100
"""A smaller number with no noun is an age or an hour more often than a count."""
ACROSS_A_COMMA = 25
"""Characters that a comma between number and word counts for: it parts two counts."""


@dataclass(frozen=True, slots=True)
class Count:
    """A count as one sentence gives it.

    `words` are as printed, with hedge and noun ("About 1,200 people"). `replaces` are the figures
    that the same sentence takes back.
    """

    article: Article
    sentence: Span
    value: float
    words: str
    matter: str
    noun: str
    replaces: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that was counted, and the counts that differ, the newest first."""

    matter: str
    counts: tuple[Count, ...]


def find_counts(article: Article, findings: Findings) -> list[Count]:
    """The counts in an article's first sentences, in order; where a sentence counts two things,
    each."""
    found: list[Count] = []
    for sentence in findings.sentences[:SENTENCES_READ]:
        if len(sentence) > LONGEST_CHARS:
            continue
        text = sentence.of(article.text)
        matters = [(name, m.span()) for name, p in MATTERS.items() for m in p.finditer(text)]
        if not matters:
            continue
        dates = [d.span for d in findings.dates if d.span.overlaps(sentence)]
        numbers = [n for n in _numbers(text) if not _in_any(n, sentence, dates)]
        taken_back = tuple(n.value for n in numbers if _REPLACED.search(text[: n.start]))
        for number in numbers:
            before = text[max(0, number.start - REACH_BEFORE_CHARS) : number.start]
            if number.value in taken_back or _WHOLE.search(before):
                continue
            noun = _NOUN.match(text, number.end)
            if noun is not None and not _is_thing(noun[1]):
                noun = None
            hedge = _HEDGE.search(before)
            end = noun.end() if noun is not None else number.end
            gap, matter = _nearest(text, number.start, end, matters)
            is_plain = noun or hedge or taken_back or number.value >= LEAST_BARE
            if not matter or not (is_plain or gap <= 1):
                continue
            start = number.start - len(hedge.group()) if hedge else number.start
            replaces = tuple(v for v in taken_back if v != number.value)
            group = _group(noun[1] if noun is not None else "", matter)
            words = text[start:end]
            found.append(Count(article, sentence, number.value, words, matter, group, replaces))
    return found


def find_differences(counts: Iterable[Count]) -> list[Difference]:
    """The things that `counts` of one story count differently, in order of first mention.

    Two counts are of one thing when they say so with one word, count the same kind, are told by
    different articles and lie near enough. Of an article its first count stands for it.
    """
    groups: dict[tuple[str, str], list[Count]] = defaultdict(list)
    for count in counts:
        key = (count.matter, count.noun)
        if count.noun and not any(c.article.key == count.article.key for c in groups[key]):
            groups[key].append(count)
    found = []
    for (matter, _), group in groups.items():
        near = _near(group)
        if len({count.value for count in near}) > 1:
            found.append(Difference(matter, tuple(sorted(near, key=moment_of, reverse=True))))
    return found


def find_replaced(
    count: Count, articles: Sequence[tuple[Article, Sequence[Count]]]
) -> Difference | None:
    """What `count` takes back, with the earlier counts of that matter which gave it; None where
    no earlier article did."""
    earlier = [
        other
        for article, counts in articles
        if article.key != count.article.key and _is_before(article, count.article)
        for other in counts
        if other.matter == count.matter and other.value in count.replaces
    ]
    if not earlier:
        return None
    return Difference(count.matter, (count, *sorted(earlier, key=moment_of, reverse=True)))


def moment_of(count: Count) -> datetime:
    """When a count was published."""
    moment = count.article.published or count.article.added
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(), UTC)


# -------------------------------------------------------------------------------- numbers
_NO_NOUNS = frozenset(
    "were was had have has and are who that which when while where did will would could from "
    "with after before the per percent hours days minutes years weeks "
    "months kilometres miles metres crowns dollars euros pounds".split()
)
"""What may follow a number and is no thing that is counted here."""


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    value: float


def figures_in(text: str) -> frozenset[float]:
    """The values of the numbers in `text`, in digits or spelt, up to ninety-nine."""
    return frozenset(number.value for number in _numbers(text))


def _numbers(text: str) -> list[_Number]:
    found = []
    for match in _NUMBER.finditer(text):
        scale = {"million": 1e6, "billion": 1e9}.get(match[2] or "", 1.0)
        whole = match.group().partition(" ")[0].replace(",", "")
        found.append(_Number(match.start(), match.end(), float(whole) * scale))
    for match in _SPELT_NUMBER.finditer(text):
        found.append(_Number(match.start(), match.end(), float(_SPELT[match[1].lower()])))
    return sorted(found, key=lambda n: n.start)


def _in_any(number: _Number, sentence: Span, dates: Sequence[Span]) -> bool:
    place = Span(sentence.start + number.start, sentence.start + number.end)
    return any(d.overlaps(place) for d in dates)


def _nearest(
    text: str, start: int, end: int, matters: Sequence[tuple[str, tuple[int, int]]]
) -> tuple[int, str]:
    """What the number from `start` with its noun up to `end` counts, by the nearest word, and how
    near that is; empty where none is in reach."""
    near = []
    for name, (first, last) in matters:
        if last <= start and start - last <= REACH_BEFORE_CHARS:
            gap = text[last:start]
        elif first >= end and first - end <= REACH_AFTER_CHARS:
            gap = text[end:first]
        else:
            continue
        near.append((len(gap) + ACROSS_A_COMMA * ("," in gap or ";" in gap), name))
    return min(near, default=(0, ""))


def _is_thing(word: str) -> bool:
    """Whether the word behind a number may be what it counts ("40 injured" does not say)."""
    if word.endswith("s"):
        return fold(word) not in _NO_NOUNS
    return fold(word) not in _NO_NOUNS and not any(p.fullmatch(word) for p in MATTERS.values())


def _group(noun: str, matter: str) -> str:
    """The kind of thing that is counted, as a key; empty where the sentence leaves it open."""
    term = terms_of(noun)[-1] if noun else ""
    if term in _PEOPLE or (not term and matter in _OF_PEOPLE):
        return "person"
    return "service" if term in _SERVICES else term


def _near(group: Sequence[Count]) -> list[Count]:
    """The counts of a group that are not far from its middle one."""
    values = sorted(count.value for count in group)
    middle = values[len(values) // 2]
    return [
        c for c in group if max(c.value, middle) <= WIDEST_RATIO * max(min(c.value, middle), 1)
    ]


def _is_before(article: Article, other: Article) -> bool:
    one, two = article.day, other.day
    if one is None or two is None:
        return article.key < other.key
    return 0 <= (two - one).days <= EARLIER_DAYS and article.key != other.key
