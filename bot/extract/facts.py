"""Finds what an article reports as agreed, decided, voted, ruled, demanded, planned, happened."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.extract.clauses import Word, words_in
from bot.extract.due_facts import DUE, read_due
from bot.extract.fact_words import TIME_WORDS, TRIGGERS
from bot.extract.figures import FoundFigure, find_figures
from bot.extract.reading_parts import Reading
from bot.extract.readings import read_triggers
from bot.model import DateMention, Fact, Figure, Grain, Mention, NameKind, Party, Quote, Span
from bot.text.tables import word_set

MOST_DAYS = 20  # of one sentence that a fact carries; what names more is a table
SURE = 0.8
"""Confidence of a fact whose party is known by name."""
FAIR = 0.6
"""Confidence of a fact whose party is a common noun or a pronoun that could be settled."""
FAINT = 0.4
"""Confidence of a fact without a party."""
LONGEST_OBJECT_CHARS = 300
PAIR_REACH_NAMES = 60
"""How many names back "both sides" may reach: to the head of a usual article."""
LEAST_SPELLED = 2
"""Spelled counts up to this are articles in disguise ("the two men")."""
PAIR_CHARS = 45
"""What may stand between two names of a pair: "and", a title and a demonym."""

_LETTERS = re.compile(r"[a-z]+(?:-[a-z]+)*")
_ACCORDING = re.compile(r"\baccording to ([^,.;\n]{3,80})", re.IGNORECASE)
_GROUP = re.compile(
    r"(?:the |both |these |those )?(?:two |three |four )?"
    r"(?P<who>sides|leaders|countries|governments|parties|nations|men|women|presidents|ministers|"
    r"officials|both)$",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"(?: of [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)?,? (?:and|with) "
    r"(?:(?!of\b|to\b|its\b|their\b|the\b)[\w.'’-]+ ){0,4}"
)
_PEOPLE = word_set("leaders men women presidents ministers")
_NO_PARTIES = TIME_WORDS | word_set("hour hours day days once twice up there here o'clock half")
"""Last words of phrases that stand where a party does and are none."""
_MATTER_OPENERS = frozenset(("that", "to", "by", "against", "for", "not"))
_THEY = word_set("they them their both")
_CLOSING = " \n\"”’')"
_HE = word_set("he she him her his")
_BEFORE_EFFECT = re.compile(
    r"\b(?:until|till|by|from|for|through|starting|beginning|effective|on or before|as of|within|"
    r"next|over the next)\s*$",
    re.IGNORECASE,
)
_OPENING_PREPOSITION = re.compile(r"^(?:to|on|upon|for|that|in|with|against|of|as|about)\s+")


def find_facts(
    text: str,
    sentences: Sequence[Span],
    dates: Sequence[DateMention],
    names: Sequence[Mention],
    quotes: Sequence[Quote] = (),
) -> list[Fact]:
    """The facts that `text` reports, in order; the span of each is its sentence.

    A sentence may hold several ("reached no truce but agreed to talk on"). "Did not reach an
    agreement" is an agreement with status "not_agreed". `made` is the ISO day on which it came
    about, `effective` the day or interval of its effect; both come from the dates in the
    sentence. `object` is the exact words that tell what it is about.
    """
    figures = find_figures(text, sentences, dates)
    page = _Page(text, sentences, dates, names, quotes, figures)
    facts: list[Fact] = []
    for number in _sentences_with_triggers(text, sentences):
        sentence = sentences[number]
        words = words_in(text, sentence)
        readings = read_triggers(words)
        if page.has_date(number) and DUE.search(text, sentence.start, sentence.end):
            known = {r.at for r in readings if r.kind in ("plan", "promise", "talks")}
            readings += [r for r in read_due(words) if r.at not in known]
            readings.sort(key=lambda r: r.at)
        facts += [page.fact(number, words, reading) for reading in readings]
    told = {(f.span, f.figure) for f in facts}
    for found in figures:
        sentence = sentences[found.sentence]
        if (sentence, found.figure) not in told and _is_telling(found, text):
            facts.append(page.figure_fact(found))
    facts.sort(key=lambda fact: fact.span.start)
    return facts


def _sentences_with_triggers(text: str, sentences: Sequence[Span]) -> Iterator[int]:
    """The numbers of the sentences that hold a word that may tell a fact; questions tell none."""
    for number, sentence in enumerate(sentences):
        low = text[sentence.start : sentence.end].lower()
        if low.rstrip(_CLOSING).endswith("?"):
            continue
        if not TRIGGERS.isdisjoint(_LETTERS.findall(low)) or DUE.search(low):
            yield number


@dataclass(slots=True)
class _Page:
    """A text and all that was found in it, looked up by position."""

    text: str
    sentences: Sequence[Span]
    dates: Sequence[DateMention]
    names: Sequence[Mention]
    quotes: Sequence[Quote]
    figures: Sequence[FoundFigure]
    before: tuple[Party, ...] = ()
    """The parties of the fact before, whom "they" means."""

    def has_date(self, number: int) -> bool:
        """Whether sentence `number` names a time: a plan without one is a manner of speaking."""
        return bool(self._dates_in(self.sentences[number]))

    def fact(self, number: int, words: Sequence[Word], reading: Reading) -> Fact:
        """The fact that `reading` tells in sentence `number`."""
        sentence = self.sentences[number]
        parties = self._parties(number, words, reading)
        if parties:
            self.before = tuple(replace(p, span=None) for p in parties)
        about = _object_span(self.text, words, reading)
        place = words[reading.at]
        clause = Span(place.start, about.end if about else place.end)
        days = self._dates_in(sentence)
        made, effective = self._times(days, clause, reading)
        figure = self._figure_in(about) if about else None
        named = any(p.span is not None and self._name_at(p.span) for p in parties)
        confidence = SURE if named else FAIR if parties else FAINT
        return Fact(
            kind=reading.kind,
            status=reading.status,
            span=sentence,
            parties=parties,
            object=_printed_object(about.of(self.text)) if about else None,
            figure=figure,
            made=made,
            effective=effective,
            source=self._source(sentence, place),
            dates=tuple(d.span for d in days),
            confidence=round(confidence * reading.sureness, 2),
        )

    def figure_fact(self, found: FoundFigure) -> Fact:
        """A fact that tells a figure and nothing more."""
        sentence = self.sentences[found.sentence]
        days = self._dates_in(sentence)
        return Fact(
            kind="figure",
            status="reported",
            span=sentence,
            object=found.span.of(self.text),
            figure=found.figure,
            source=self._source(sentence, Word(found.span.start, found.span.end, "")),
            dates=tuple(d.span for d in days),
            confidence=FAIR,
        )

    def _parties(self, number: int, words: Sequence[Word], reading: Reading) -> tuple[Party, ...]:
        parties: list[Party] = []
        for part, (first, last) in reading.parties:
            span = Span(words[first].start, words[last - 1].end)
            found = self._resolve(span, part, number)
            known = {(p.name, p.part) for p in parties}
            parties += [p for p in found if (p.name, p.part) not in known]
        return tuple(parties)

    def _resolve(self, span: Span, part: str, number: int) -> list[Party]:
        """The parties that the words of `span` mean: names in them, or whom a pronoun means."""
        inside = [m for m in self._names_in(span) if m.kind is not NameKind.OTHER]
        if inside:
            heads = [m for m in inside if not self._is_modifier(m, span)] or inside[-1:]
            if self._is_modifier(heads[-1], span):
                # "Kremlin officials", "Trump's campaign": the phrase, not the name in it.
                return [Party(_evened(span.of(self.text)), part, span)]
            return [Party(m.name, part, m.span) for m in heads]
        printed = _evened(span.of(self.text))
        low = printed.lower()
        if low.split()[-1] in _NO_PARTIES or low.split()[0].isdigit():
            return []
        if low in _HE:
            person = self._last_people(span.start, 1)
            return [Party(person[0].name, part, span)] if person else [Party(printed, part, span)]
        if low in _THEY:
            if len(self.before) > 1:
                return [replace(p, part=part, span=span) for p in self.before]
            return [Party(printed, part, span)]
        group = _GROUP.match(printed)
        if group:
            pair = self._pair(span.start, group.group("who").lower())
            if pair:
                return [Party(m.name, part, span) for m in pair]
        return [Party(printed, part, span)]

    def _is_modifier(self, mention: Mention, span: Span) -> bool:
        """Whether words of the same phrase follow the name ("Kremlin officials")."""
        tail = self.text[mention.span.end : span.end].strip().lower()
        if mention.kind is NameKind.PERSON and tail.startswith(("of ", "from ")):
            return False  # "Rosa Quill of Orlin"
        return bool(tail) and not tail.startswith((",", "and ", "& ", "or ", "("))

    def _names_in(self, span: Span) -> list[Mention]:
        low = bisect_left(self.names, span.start, key=lambda m: m.span.start)
        high = bisect_right(self.names, span.end, key=lambda m: m.span.start)
        return [m for m in self.names[low:high] if m.span.end <= span.end]

    def _name_at(self, span: Span) -> bool:
        return bool(self._names_in(span))

    def _last_people(self, position: int, count: int) -> list[Mention]:
        """The last people named before `position`, no one twice, the nearest first."""
        found: list[Mention] = []
        at = bisect_left(self.names, position, key=lambda m: m.span.start)
        for mention in reversed(self.names[max(0, at - 12) : at]):
            if mention.kind is NameKind.PERSON and mention.name not in {m.name for m in found}:
                found.append(mention)
                if len(found) == count:
                    break
        return found

    def _pair(self, position: int, who: str) -> list[Mention]:
        """The two whom "both leaders" means: names joined by "and", the last such before
        `position`, of the kind that the word calls for."""
        at = bisect_left(self.names, position, key=lambda m: m.span.start)
        found: list[Mention] = []
        near = self.names[max(0, at - PAIR_REACH_NAMES) : at]
        heads = [m for m in near if not self.text.endswith(" of ", 0, m.span.start)]
        for first, second in pairwise(heads):
            between = self.text[first.span.end : second.span.start]
            if first.kind is not second.kind or first.name == second.name:
                continue
            if who in _PEOPLE and first.kind is not NameKind.PERSON:
                continue
            if len(between) <= PAIR_CHARS and _JOINED.fullmatch(between):
                found = [first, second]
        return found

    def _dates_in(self, sentence: Span) -> list[DateMention]:
        low = bisect_left(self.dates, sentence.start, key=lambda d: d.span.start)
        high = bisect_left(self.dates, sentence.end, key=lambda d: d.span.start)
        return list(self.dates[low : min(high, low + MOST_DAYS)])

    def _times(
        self, days: Sequence[DateMention], clause: Span, reading: Reading
    ) -> tuple[str | None, str | None]:
        """When the fact was made and when it takes effect, by the dates of the sentence."""
        made = effective = None
        for day in days:
            if day.value is None:
                continue
            before = self.text[max(0, day.span.start - 24) : day.span.start]
            inside = day.span.start >= clause.start and day.span.start <= clause.end
            lasting = day.grain is Grain.INTERVAL or _BEFORE_EFFECT.search(before) is not None
            lasting = lasting or day.span.of(self.text).lower().startswith(("for ", "until "))
            if reading.status in ("planned", "demanded", "talks"):
                if inside or reading.status == "planned":
                    effective = effective or day.value
            elif lasting and inside:
                effective = effective or day.value
            elif not lasting:
                made = made or day.value
        return made, effective

    def _figure_in(self, span: Span) -> Figure | None:
        low = bisect_left(self.figures, span.start, key=lambda f: f.span.start)
        for found in self.figures[low : low + 1]:
            if found.span.start < span.end:
                return found.figure
        return None

    def _source(self, sentence: Span, place: Word) -> str | None:
        """Who is said to report it, by the quotes over it or an "according to"."""
        for quote in self.quotes:
            if quote.speaker is None:
                continue
            if any(c.start <= place.start < c.end for c in quote.content):
                said_by = quote.speaker.name or _evened(quote.speaker.span.of(self.text))
                if said_by.lower() not in _THEY | _HE:  # whom it means is not told
                    return said_by
        match = _ACCORDING.search(self.text, sentence.start, sentence.end)
        if match is None:
            return None
        span = Span(match.start(1), match.end(1))
        names = self._names_in(span)
        return names[0].name if names else _evened(match.group(1))


def _is_telling(found: FoundFigure, text: str) -> bool:
    """Whether a figure is worth a fact of its own: "two leaders" is not."""
    if found.figure.of is None:
        return False
    spelled = not any(c.isdigit() for c in found.span.of(text))
    return not (spelled and found.figure.unit is None and found.figure.value <= LEAST_SPELLED)


def _object_span(text: str, words: Sequence[Word], reading: Reading) -> Span | None:
    if reading.object is None:
        return None
    first, last = reading.object
    first = _behind_time(words, first, last)
    if first >= last:
        return None
    span = Span(words[first].start, words[last - 1].end)
    return Span(span.start, min(span.end, span.start + LONGEST_OBJECT_CHARS))


def _behind_time(words: Sequence[Word], first: int, last: int) -> int:
    """Where the matter begins behind words of time ("agreed on Tuesday that …"); `first` where
    the time is the matter itself or nothing follows it."""
    at = first
    if at < last and words[at].low in ("on", "in", "at", "late", "early"):
        at += 1
    began = at
    while at < last and words[at].low not in _MATTER_OPENERS and _is_time(words[at].low):
        at += 1
    return at if at > began and at < last and words[at].low in _MATTER_OPENERS else first


def _is_time(low: str) -> bool:
    return low in TIME_WORDS or low.isdigit()


def _printed_object(words: str) -> str:
    return _evened(_OPENING_PREPOSITION.sub("", words))


def _evened(words: str) -> str:
    return " ".join(words.split())
