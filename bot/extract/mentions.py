"""Finds the names in an article: where, of what kind, for whom, and the role printed beside."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.extract.name_kinds import known_kind
from bot.extract.name_pieces import Article, Piece, pieces_of
from bot.extract.name_runs import Run, Token, find_headlines, find_runs, phrase_of
from bot.extract.name_words import DEMONYMS, PLACES
from bot.extract.roles import role_after, role_before
from bot.model import Mention, NameKind, Span
from bot.text.name_words import GIVEN_NAMES, HONORIFICS
from bot.text.names import (
    fits_honorific,
    fold_name,
    generation,
    same_person_shape,
    short_forms,
    surname,
)
from bot.text.ordinary import ordinary_words
from bot.text.people_words import FAMOUS_GIVEN_NAMES

HEADLINE_NAME_TOKENS = 6
"""The longest name that is looked for in a headline, in words."""
CHIEF_SHARE = 2
"""How often more the full name of one bearer must stand than any other's, so that the bare
surname is his throughout."""
SMALL_WORDS = frozenset(["of", "the", "and", "for", "in", "on", "to", "a", "an", "at", "de", "la"])
"""Words left out of the initials of an organisation."""

_LISTING = frozenset((", ", " and ", ", and "))
_LOWER_WORD = re.compile(r"(?<![\w’'])[a-z]{2,}(?![\w])")
_ACRONYM_AFTER = re.compile(r" \((?:the )?[\"“'‘]?([A-Z][A-Za-z&.\-]{1,9})[\"”'’]?[),]")
_CITY_STATE = re.compile(r", (?:[A-Z][a-z]{1,4}\.|[A-Z]\.[A-Z]\.)")


SHORTEST_PLACE_CHARS = 4  # "AP -" opens a date line, too
_PLURAL_TITLES = frozenset(
    "presidents ministers senators mayors governors secretaries chancellors professors doctors "
    "generals judges justices representatives ambassadors".split()
)


def find_mentions(text: str, sentences: Sequence[Span]) -> list[Mention]:
    """The names in `text`, in order of position; spans do not overlap.

    A span holds the name alone, without title or possessive; `name` is the fullest form that
    the article has for it ("Putin" gives "Vladimir Putin"), and `role` is as printed. In a
    headline, where capitals tell nothing, only names known from the body or to everyone count.
    """
    headlines = find_headlines(text)
    runs = find_runs(text, sentences, headlines)
    article = _read_words(text, runs)
    pieces = [piece for run in runs for piece in pieces_of(run, text, article)]
    _place_by_neighbours(pieces, text)
    _place_by_dateline(pieces, text)
    directory = _Directory()
    for piece in pieces:
        directory.learn(piece, text)
    for run in runs:
        if run.headline:
            pieces += _headline_pieces(run, directory)
    pieces.sort(key=lambda piece: piece.start)
    starts = [sentence.start for sentence in sentences]
    mentions = []
    for number, piece in enumerate(pieces):
        kind, name = directory.look_up(piece, text)
        if kind is None:
            continue
        span = Span(piece.start, piece.end)
        role = None
        if kind is NameKind.PERSON:
            at = bisect_right(starts, piece.start) - 1
            sentence = sentences[at] if at >= 0 else Span(0, len(text))
            role = _role_of(piece, text, sentence)
            if role and role.lower() in _PLURAL_TITLES:
                role = None  # it is that of two ("Presidents Quill and Vell")
        if kind is NameKind.PERSON and _shares_surname(pieces, number, text):
            name = f"{_printed(piece, text)} {surname(_printed(pieces[number + 1], text))}"
        mentions.append(Mention(span, name, kind, role))
    return mentions


def _place_by_neighbours(pieces: Sequence[Piece], text: str) -> None:
    """Make a lone unknown name a place where it stands in a list of places."""
    for before, piece, after in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if piece.kind is not NameKind.OTHER or len(piece.tokens) > 1:
            continue
        left = before.kind is NameKind.PLACE and text[before.end : piece.start] in _LISTING
        right = after.kind is NameKind.PLACE and text[piece.end : after.start] in _LISTING
        if left or right:
            piece.kind = NameKind.PLACE


_DATELINE = re.compile(
    r"(?:, [A-Z][\w.’' ]{2,25}?)?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?(?: \((?P<by>[^)\n]{2,30})\))? ?"
    r"[-–—]{1,2} "
)


def _place_by_dateline(pieces: Sequence[Piece], text: str) -> None:
    """Make a name in capitals a place where it opens a date line ("TARVIN, April 8 (Wire) -"), and
    what stands in brackets there a body."""
    for number, piece in enumerate(pieces):
        words = text[piece.start : piece.end]
        opens = piece.start == 0 or text[piece.start - 1] == "\n"
        if not opens or not words.isupper() or len(words) < SHORTEST_PLACE_CHARS:
            continue
        line = _DATELINE.match(text, piece.end)
        if line is None:
            continue
        piece.kind = NameKind.PLACE
        for other in pieces[number + 1 : number + 4]:
            if line["by"] and line.start("by") <= other.start < line.end("by"):
                other.kind = NameKind.ORGANISATION


def _shares_surname(pieces: Sequence[Piece], number: int, text: str) -> bool:
    """Whether a given name stands in a couple with the next name ("David and Jeanne Heidler")."""
    piece = pieces[number]
    if len(piece.tokens) != 1 or piece.key not in GIVEN_NAMES or number + 1 == len(pieces):
        return False
    following = pieces[number + 1]
    return (
        following.kind is NameKind.PERSON
        and len(following.tokens) == 2
        and following.tokens[0].key in GIVEN_NAMES
        and text[piece.end : following.start] in (" and ", " & ")
    )


def _read_words(text: str, runs: Sequence[Run]) -> Article:
    """What the article as a whole tells about its words."""
    article = Article(frozenset(_LOWER_WORD.findall(text)))
    for run in runs:
        if run.headline:
            continue
        inside = [t for t in run.tokens if not t.initial]
        article.inside.update(t.key for t in inside)
        if not run.tokens[0].initial:
            article.inside_phrases.add(phrase_of(run.tokens))
    return article


def _role_of(piece: Piece, text: str, sentence: Span) -> str | None:
    """The role printed before the name, with its title, or else the one after it."""
    start = piece.start
    titled = False
    if piece.title:
        words = [t for t in piece.title if t.key not in HONORIFICS or t.key in ("pope", "king")]
        if words:
            start, titled = piece.title[0].start, True
        else:
            start = piece.title[0].start
    before = role_before(text, start, sentence, titled=titled)
    if titled:
        first = before.start if before else start
        return _evened(text[first : piece.title[-1].end])
    if before is not None:
        return _evened(text[before.start : before.end])
    if text.startswith(("'s", "’s"), piece.end):
        return None
    after = role_after(text, piece.end, sentence)
    return _evened(text[after.start : after.end]) if after else None


def _evened(words: str) -> str:
    return " ".join(words.split())


@dataclass(slots=True)
class _Person:
    """One person of the article, by the fullest form of the name."""

    name: str
    last_seen: int
    honorifics: set[str] = field(default_factory=set)
    count: int = 1


class _Directory:
    """Who is who in one article; filled in reading order, then asked."""

    def __init__(self) -> None:
        self._people: dict[str, list[_Person]] = {}
        self._forms: dict[str, list[_Person]] = {}
        self._organisations: dict[str, str] = {}
        self._first_words: dict[str, tuple[str, NameKind]] = {}
        self._kinds: dict[str, Counter[NameKind]] = {}
        self._names: dict[str, str] = {}
        self._headline_keys: dict[str, Piece] = {}

    def learn(self, piece: Piece, text: str) -> None:
        """Take `piece` into the directory."""
        printed = _printed(piece, text)
        key = piece.key
        if piece.kind is None:
            return
        self._kinds.setdefault(key, Counter())[piece.kind] += 1
        self._names.setdefault(key, printed)
        self._headline_keys.setdefault(key, piece)
        if piece.kind is NameKind.PERSON and len(piece.tokens) > 1:
            self._learn_person(piece, printed)
        elif piece.kind in (NameKind.ORGANISATION, NameKind.OTHER) and len(piece.tokens) > 1:
            self._learn_long_form(piece, printed, text)

    def _learn_person(self, piece: Piece, printed: str) -> None:
        last = fold_name(surname(printed))
        bearers = self._people.setdefault(last, [])
        person = next((p for p in bearers if _is_one(p.name, printed)), None)
        if person is None:
            person = _Person(printed, piece.start)
            bearers.append(person)
        else:
            person.count += 1
            if person.name.isupper() and not printed.isupper():
                person.name = printed
        for form in short_forms(printed):
            known = self._forms.setdefault(form, [])
            if person not in known:
                known.append(person)
        person.honorifics.update(t.key for t in piece.title if t.key in HONORIFICS)

    def _learn_long_form(self, piece: Piece, printed: str, text: str) -> None:
        initials = "".join(
            w[0] for w in re.split(r"[\s-]+", printed) if w and w.lower() not in SMALL_WORDS
        ).upper()
        match = _ACRONYM_AFTER.match(text, piece.end)
        if match:
            self._organisations.setdefault(match.group(1).replace(".", "").lower(), printed)
            self._kinds[piece.key][NameKind.ORGANISATION] += 1
        if len(initials) >= 3:
            self._organisations.setdefault(initials.lower(), printed)
        first = piece.tokens[0].key
        if piece.kind is not NameKind.ORGANISATION:
            return
        if first not in ordinary_words() and first not in PLACES and first not in DEMONYMS:
            self._first_words.setdefault(first, (printed, NameKind.ORGANISATION))

    def look_up(self, piece: Piece, text: str) -> tuple[NameKind | None, str]:
        """The kind of `piece` in the light of the whole article, and its full name."""
        printed = _printed(piece, text)
        key = piece.key
        kind = piece.kind
        if kind is NameKind.PERSON or len(piece.tokens) == 1 or kind is None:
            person = self._person(piece, printed)
            if person is not None and not self._is_place_here(piece, text):
                person.last_seen = piece.start
                return NameKind.PERSON, person.name
        if kind is NameKind.PERSON:
            return kind, printed
        if len(piece.tokens) == 1:
            return self._look_up_single(piece, printed, text)
        counts = self._kinds.get(key)
        if counts and kind in (NameKind.OTHER, None):
            kind = max(counts, key=lambda k: (k is not NameKind.OTHER, counts[k]))
        return kind, printed

    def _look_up_single(
        self, piece: Piece, printed: str, text: str
    ) -> tuple[NameKind | None, str]:
        key, kind = piece.key, piece.kind
        letters = printed.replace(".", "")
        if letters.isupper() and len(letters) >= 2 and kind is not NameKind.PLACE:
            long = self._organisations.get(letters.lower())
            if long:
                return NameKind.ORGANISATION, long
        if known_kind(key) is not None:
            return kind, printed
        if kind is NameKind.OTHER:
            first = self._first_words.get(key)
            if first is not None:
                return first[1], first[0]
            counts = self._kinds.get(key)
            if counts:
                kind = max(counts, key=lambda k: (k is not NameKind.OTHER, counts[k]))
        return kind, printed

    def _person(self, piece: Piece, printed: str) -> _Person | None:
        """The person whom `printed` means here: the one bearer, or the one last named."""
        form = fold_name(printed)
        bearers = self._forms.get(form)
        polite = {t.key for t in piece.title if t.key in HONORIFICS}
        if bearers and polite:
            bearers = [p for p in bearers if all(fits_honorific(p.name, h) for h in polite)]
        if bearers and len(piece.tokens) == 1 and piece.key in PLACES:
            # "Cleveland" is no short form of a name that begins with it.
            bearers = [p for p in bearers if fold_name(surname(p.name)) == form]
        if bearers and form in FAMOUS_GIVEN_NAMES:
            known = [p for p in bearers if _is_famous(form, p.name)]
            bearers = known
        if not bearers:
            return None
        if len(piece.tokens) > 1 and surname(printed) != printed:
            fitting = [p for p in bearers if _is_one(p.name, printed)]
            return fitting[0] if fitting else None
        if len(bearers) == 1:
            return bearers[0]
        if polite:
            fitting = [p for p in bearers if p.honorifics & polite]
            if len(fitting) == 1:
                return fitting[0]
        by_surname = [p for p in bearers if fold_name(surname(p.name)) == form]
        bearers = by_surname or bearers
        chief = max(bearers, key=lambda p: p.count)
        if all(p is chief or p.count * CHIEF_SHARE <= chief.count for p in bearers):
            # The one whom the article is about, beside a relative named in passing.
            return chief
        seen = [p for p in bearers if p.last_seen <= piece.start]
        return max(seen or bearers, key=lambda p: (p.last_seen, p.count))

    def _is_place_here(self, piece: Piece, text: str) -> bool:
        """Whether a word that is also someone's surname is the place here ("in Washington")."""
        if piece.title or piece.key not in PLACES:
            return False
        before = text[max(0, piece.start - 12) : piece.start]
        if before.endswith((" in ", " near ", "In ", " across ", " throughout ", " outside ")):
            return True
        return _CITY_STATE.match(text, piece.end) is not None

    def headline_kind(self, key: str) -> NameKind | None:
        """The kind that the body gives to the words `key`, or None where it has no such name."""
        counts = self._kinds.get(key)
        if counts:
            return counts.most_common(1)[0][0]
        if key in self._forms:
            return NameKind.PERSON
        if key in self._organisations:
            return NameKind.ORGANISATION
        return None


def _is_one(a: str, b: str) -> bool:
    """Whether two full names of one article are one person's: "Jr." tells a son apart."""
    return generation(a) == generation(b) and same_person_shape(a, b)


def _is_famous(last: str, name: str) -> bool:
    """Whether `name` is the bearer of the surname `last` whom everyone knows."""
    given = fold_name(name).split()[0]
    return any(given in names.split() for names in FAMOUS_GIVEN_NAMES[last])


def _printed(piece: Piece, text: str) -> str:
    return _evened(text[piece.start : piece.end])


def _headline_pieces(run: Run, directory: _Directory) -> list[Piece]:
    """The names in a headline's words: those of the body, and those that everyone knows."""
    tokens = run.tokens
    found: list[Piece] = []
    at = 0
    while at < len(tokens):
        for size in range(min(HEADLINE_NAME_TOKENS, len(tokens) - at), 0, -1):
            part = tokens[at : at + size]
            kind = _headline_kind(part, directory)
            if kind is not None:
                found.append(Piece(part, [], kind, headline=True))
                at += size
                break
        else:
            at += 1
    return found


def _headline_kind(part: list[Token], directory: _Directory) -> NameKind | None:
    key = phrase_of(part)
    kind = directory.headline_kind(key)
    if kind is not None:
        return kind
    ordinary = ordinary_words()
    if len(part) == 1:
        word = part[0]
        return None if word.key in ordinary or word.key in GIVEN_NAMES else known_kind(key)
    known = known_kind(key)
    if known is not None:
        return known
    unknown = all(
        t.key not in ordinary and t.key not in DEMONYMS and known_kind(t.key) is None
        for t in part[1:]
    )
    if len(part) <= 3 and part[0].key in GIVEN_NAMES and part[0].key not in ordinary and unknown:
        return NameKind.PERSON if not any(t.gap.strip() for t in part) else None
    return None
