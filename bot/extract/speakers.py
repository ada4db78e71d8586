"""Who a speaker's mention means: names, pronouns and descriptions resolved in the article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.extract.mentions import find_mentions
from bot.extract.quote_page import Page
from bot.extract.role_words import ROLE_NOUNS
from bot.extract.speaker_words import (
    MEN_NAMES,
    MEN_WORDS,
    UNNAMED_NOUNS,
    UNNAMED_PHRASES,
    WOMEN_NAMES,
    WOMEN_WORDS,
)
from bot.model import Mention, NameKind, Span, Speaker
from bot.text.names import parse_name

__all__ = ["SpeakerFinder"]

REACH_CHARS = 1500
"""How far back a pronoun is followed; past that the reader is lost too."""
REACH_MENTIONS = 40
"""How many names back; keeps texts that are lists of names linear."""

MENTION_CHARS = 300
"""How much of a mention is read; longer ones are descriptions, not names."""

# Points for a name as what a pronoun means, set by judgement; only what the last speaker's lead
# loses was chosen, of four values, on 150 labelled mentions (tests/data/quotes_who.jsonl).
LAST_SPEAKER, SUBJECT, SAME_SEX, SAME_PARAGRAPH = 2.0, 1.6, 0.8, 0.6
IN_QUOTE, POSSESSIVE, OBJECT, A_SENTENCE_BACK = -1.5, -0.9, -0.6, -0.55
SAID_A_SENTENCE_BACK = -0.3
"""What a speaker's lead loses with each sentence since."""
SURE_MARGIN = 0.7
"""By how much the best name must lead the next for the pronoun to be resolved."""

_HEAD_END = re.compile(
    r"[,;:(—–]|\b(?:of|for|from|in|at|on|with|by|to|who|whom|whose|which|that)\b"
)
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*\.?")
_HE = frozenset(["he", "him", "his", "himself"])
_SHE = frozenset(["she", "her", "hers", "herself"])
_WHO = frozenset(["who", "whom"])
_OTHERS = frozenset("i we you they it them us me this that these those one which".split())
_DEFINITE = frozenset(["the", "this", "that"])
_LOOSE_WORDS = frozenset(["former", "new", "own", "longtime", "veteran", "current", "outgoing"])
_OWNED = frozenset(["his", "her", "their", "my", "our", "its", "whose"])
_PREPOSITIONS = frozenset(
    """of for from in at on with by to against about than over under between among behind near
    like as into after before during toward towards""".split()
)
_SPOKES = re.compile(r"spokes(?:man|woman|person)$")
_AFTER_POSSESSIVE = ("'s", "’s")


@dataclass(slots=True)
class _Person:
    name: str
    roles: list[str] = field(default_factory=list)
    sex: str = ""
    """"m", "f", or "" when nothing tells."""


class SpeakerFinder:
    """Resolves the speakers of one page, in reading order."""

    def __init__(self, page: Page, names: Sequence[Mention]) -> None:
        self._page = page
        self._names = sorted(
            names or find_mentions(page.text, page.sentences), key=lambda m: m.span
        )
        self._starts = [m.span.start for m in self._names]
        self._people = self._read_people()
        self._said: list[tuple[int, str]] = []  # (position, name) of the speakers so far

    # ------------------------------------------------------------------------- the people
    def _read_people(self) -> dict[str, _Person]:
        people: dict[str, _Person] = {}
        for mention in self._names:
            if mention.kind is not NameKind.PERSON:
                continue
            person = people.setdefault(mention.name, _Person(mention.name))
            if mention.role and mention.role not in person.roles:
                person.roles.append(mention.role)
            if not person.sex:
                person.sex = self._sex_of(mention)
        return people

    def _sex_of(self, mention: Mention) -> str:
        text = self._page.text
        before = _WORD.findall(text[max(0, mention.span.start - 14) : mention.span.start])
        words = {w.lower().strip(".") for w in before[-1:]}
        words |= {w.lower().strip(".") for w in _WORD.findall(mention.role or "")}
        if words & WOMEN_WORDS:
            return "f"
        given = parse_name(mention.name).given.lower().split(" ")[0].strip(".")
        woman, man = given in WOMEN_NAMES, given in MEN_NAMES
        if woman != man:
            return "f" if woman else "m"
        return "m" if words & MEN_WORDS else ""

    # -------------------------------------------------------------------------- resolving
    def resolve(self, source: Span) -> Speaker:
        """The speaker at `source`, with name and role where they are sure.

        To be called in reading order: a pronoun mostly means whoever spoke last.
        """
        name = self._name_of(source)
        if name is None:
            return Speaker(source)
        self._said.append((source.start, name))
        return Speaker(source, name, self._role_of(source, name))

    def is_unnamed(self, source: Span) -> bool:
        """Whether `source` is someone kept nameless ("a person familiar with the talks")."""
        text = source.of(self._page.text)[:MENTION_CHARS]
        head = _head(text)
        words = [w.lower() for w in _WORD.findall(head)]
        if not words or words[0] in _OWNED or "and" in words:
            return False
        if any(m.kind is NameKind.PERSON for m in self._mentions_in(source)):
            return False
        low = text.lower()
        if any(p in low for p in UNNAMED_PHRASES):
            return not UNNAMED_NOUNS.isdisjoint(words)
        return words[-1] in UNNAMED_NOUNS and words[0] not in _DEFINITE

    def _name_of(self, source: Span) -> str | None:
        text = source.of(self._page.text)[:MENTION_CHARS]
        words = [w.lower() for w in _WORD.findall(text)]
        if not words:
            return None
        if len(words) == 1 or (words[0] in _HE | _SHE and words[-1] in ("himself", "herself")):
            word = words[0]
            if word in _HE:
                return self._pronoun(source.start, "m")
            if word in _SHE:
                return self._pronoun(source.start, "f")
            if word in _WHO:
                return self._name_before(source.start)
            if word in _OTHERS:
                return None
        head = Span(source.start, source.start + len(_head(text)))
        people = [m for m in self._mentions_in(head) if m.kind is NameKind.PERSON]
        if people:
            return self._named(people, head)
        beside = self._beside(head, source)
        if beside:
            return beside
        others = self._mentions_in(head)
        if others:
            return self._organisation(others, head)
        return self._described(source, words) if words[0] in _DEFINITE else None

    def _beside(self, head: Span, source: Span) -> str | None:
        """The name that stands in apposition: "the union's leader, Ann Lee, a sailor"."""
        after = self._page.text[head.end : head.end + 2]
        if after != ", ":
            return None
        near = self._mentions_in(Span(head.end + 2, source.end))
        if near and near[0].kind is not NameKind.PLACE and near[0].span.start <= head.end + 12:
            between = self._page.text[head.end + 2 : near[0].span.start]
            if not between or between.rstrip(" .").istitle():
                return near[0].name
        return None

    def _named(self, people: list[Mention], head: Span) -> str | None:
        """The person whose name ends the head of the mention ("Trump aide Ann Lee")."""
        text = self._page.text
        if len({m.name for m in people}) > 1 and re.search(r"\band\b", head.of(text)):
            return None
        last = people[-1]
        if text.startswith(_AFTER_POSSESSIVE, last.span.end) and last.span.end + 2 < head.end:
            return None  # "Clinton's campaign" is not Clinton
        rest = _WORD.findall(text[last.span.end : head.end])
        rest = [
            w for w in rest if w.lower() not in ("jr", "sr", "himself", "herself", "s", "also")
        ]
        if rest and rest[0][0].islower():
            return None  # "Trump campaign officials"
        return last.name

    def _organisation(self, mentions: list[Mention], head: Span) -> str | None:
        last = mentions[-1]
        text = self._page.text
        rest = text[last.span.end : head.end].strip(" .,\"”’'")
        if (
            rest
            or last.kind is NameKind.PLACE
            or text.startswith(_AFTER_POSSESSIVE, last.span.end)
        ):
            return None
        before = _WORD.findall(text[head.start : last.span.start])
        return last.name if all(w.lower() in ("the", "a", "an") for w in before) else None

    def _described(self, source: Span, words: list[str]) -> str | None:
        """The person whom "the senator" means: the one whose printed role has the noun."""
        head = [
            w.lower() for w in _WORD.findall(_head(source.of(self._page.text)[:MENTION_CHARS]))
        ]
        noun = _noun(head[-1]) if head else ""
        if noun not in ROLE_NOUNS and noun != "spokes":
            return None
        fitting: dict[str, int] = {}
        for mention in self._before(source.start, REACH_CHARS * 3):
            person = self._people.get(mention.name)
            if person is None or mention.name in fitting:
                continue
            if any(noun in map(_noun, _role_words(role)) for role in person.roles):
                fitting[mention.name] = mention.span.start
        # "the prime minister" is no minister of fisheries: a word in small letters must be in
        # the role; one in capitals ("the Vermont senator") only tells two apart.
        printed = _WORD.findall(_head(source.of(self._page.text)[:MENTION_CHARS]))[1:-1]
        told = [w.lower() for w in printed if w[0].islower() and w.lower() not in _LOOSE_WORDS]
        places = [w.lower() for w in printed if not w[0].islower()]
        fitting = {n: at for n, at in fitting.items() if self._has_words(n, told)}
        if len(fitting) > 1 and places:
            fitting = {n: at for n, at in fitting.items() if self._has_words(n, places)}
        return next(iter(fitting)) if len(fitting) == 1 else None

    def _has_words(self, name: str, words: list[str]) -> bool:
        roles = [set(_role_words(r)) for r in self._people[name].roles]
        return not words or any(role.issuperset(words) for role in roles)

    def _name_before(self, position: int) -> str | None:
        """The person named right before a "who", in the same sentence."""
        sentence = self._page.sentence_at(position)
        for mention in self._before(position, 160):
            if sentence and mention.span.start < sentence.start:
                return None
            if mention.kind is NameKind.PERSON:
                return mention.name
        return None

    def _pronoun(self, position: int, sex: str) -> str | None:
        """The person whom "he" or "she" at `position` means, when one leads clearly."""
        points: dict[str, float] = {}
        for mention in self._before(position, REACH_CHARS):
            person = self._people.get(mention.name)
            if person is None or (person.sex and person.sex != sex):
                continue
            score = self._points(mention, position) + (SAME_SEX if person.sex else 0.0)
            points[mention.name] = max(score, points.get(mention.name, -9.0))
        if self._said and position - self._said[-1][0] < REACH_CHARS:
            where, last = self._said[-1]
            bonus = LAST_SPEAKER + SAID_A_SENTENCE_BACK * self._sentences_between(where, position)
            if last in points:
                points[last] += max(0.0, bonus)
            else:
                person = self._people.get(last)
                if person and person.sex in ("", sex):
                    points[last] = max(0.0, bonus)
        ranked = sorted(points.items(), key=lambda item: -item[1])
        if not ranked:
            return None
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < SURE_MARGIN:
            return None
        return ranked[0][0]

    def _points(self, mention: Mention, position: int) -> float:
        text, page = self._page.text, self._page
        start, end = mention.span.start, mention.span.end
        score = A_SENTENCE_BACK * self._sentences_between(start, position)
        if page.paragraphs.at(start) == page.paragraphs.at(position):
            score += SAME_PARAGRAPH
        if any(q.inner.covers(mention.span) for q in page.quoted_in(mention.span)):
            score += IN_QUOTE
        if text.startswith(_AFTER_POSSESSIVE, end):
            score += POSSESSIVE
        before = _WORD.findall(text[max(0, start - 24) : start])
        if before and before[-1].lower() in _PREPOSITIONS:
            score += OBJECT
        else:
            sentence = page.sentence_at(start)
            if sentence and self._opens(sentence, start):
                score += SUBJECT
        return score

    def _sentences_between(self, start: int, end: int) -> int:
        sentences = self._page.sentences
        first = bisect_right(sentences, start, key=lambda s: s.start)
        return bisect_right(sentences, end, key=lambda s: s.start) - first

    def _opens(self, sentence: Span, position: int) -> bool:
        """Whether the name at `position` is the first person of its sentence."""
        first = bisect_left(self._starts, sentence.start)
        while first < len(self._names) and self._names[first].span.start < position:
            if self._names[first].kind is NameKind.PERSON:
                return False
            first += 1
        return True

    # ---------------------------------------------------------------------------- look-ups
    def _mentions_in(self, span: Span) -> list[Mention]:
        first = bisect_left(self._starts, span.start)
        out = []
        while first < len(self._names) and self._names[first].span.start < span.end:
            if self._names[first].span.end <= span.end:
                out.append(self._names[first])
            first += 1
        return out

    def _before(self, position: int, reach: int) -> list[Mention]:
        """The names that end before `position`, nearest first."""
        last = bisect_left(self._starts, position)
        near = self._names[max(0, last - REACH_MENTIONS) : last]
        return [m for m in reversed(near) if position - reach <= m.span.start]

    def _role_of(self, source: Span, name: str) -> str | None:
        """The role as printed: in the mention itself, else where the article gives it first."""
        for mention in self._mentions_in(source):
            if mention.name == name and mention.role:
                return mention.role
        person = self._people.get(name)
        return person.roles[0] if person and person.roles else None


def _head(text: str) -> str:
    """The part of a mention before its first comma, preposition or relative pronoun."""
    end = _HEAD_END.search(text, 1)
    return text[: end.start()].rstrip() if end and _WORD.search(text[: end.start()]) else text


def _noun(word: str) -> str:
    """A role noun without what tells the sex of its bearer."""
    return _SPOKES.sub("spokes", word.lower().strip("."))


def _role_words(role: str) -> list[str]:
    short = {"sen": "senator", "gov": "governor", "rep": "representative", "gen": "general"}
    words = [w.lower().strip(".") for w in _WORD.findall(role)]
    return [short.get(w, w) for w in words]
