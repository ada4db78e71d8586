"""Words that somebody is still typing: the last one completed, and the people it may lead to."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answer.intents import Intent
from bot.answer.question import Question
from bot.model import NameKind
from bot.store.lookups import (
    KnownName,
    count_name_word,
    find_name_words_from,
    find_names_with,
    find_words_from,
    look_up_word,
)
from bot.store.store import Store
from bot.text.words import STOP_WORDS, Word, find_words

SHORTEST_NAME_CHARS = 2  # of the beginning of a name
SHORTEST_NAME_BESIDE_CHARS = 3  # the same, beside other words
SHORTEST_WORD_CHARS = 4  # fewer letters begin too many words
NAMES_TRIED = 4  # names that the same letters begin
NAMES_OF_A_WORD = 60
MOST_NAME_WORDS = 4
PEOPLE = 3  # that one beginning may mean
_NAME_ALONE = frozenset((Intent.OTHER, Intent.SAID_BY))
"""What a bare name asks, with or without a verb of saying: for that person's words."""


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """What was typed, as far as it can be read while it is typed."""

    text: str
    """With the last word completed, or left out where too many words begin so."""
    speakers: tuple[str, ...] = ()
    """Folded names, where a name is all that was typed."""


def read_half_typed(store: Store, question: Question) -> HalfTyped:
    """What the words of `question` will be when they are typed to the end."""
    words = question.words
    if not words:
        return HalfTyped(question.text)
    last = words[-1]
    open_end = last.span.end == len(question.text) and last.folded not in STOP_WORDS
    if question.intent in _NAME_ALONE and len(words) <= MOST_NAME_WORDS and not question.phrases:
        speakers = _speakers(store, [word.folded for word in words], open_end=open_end)
        if speakers:
            return HalfTyped(question.text, speakers)
    if not open_end or _is_known(store, last.folded):
        return HalfTyped(question.text)
    before = question.text[: last.span.start]
    ending = _ending(store, words[:-1], last.folded)
    if ending is not None:
        return HalfTyped(before + ending)
    can_wait = len(words) > 1 and len(last.folded) < SHORTEST_WORD_CHARS
    return HalfTyped(before.rstrip() if can_wait else question.text)


def _is_known(store: Store, word: str) -> bool:
    known = look_up_word(store, word)
    return known is not None and known[1] > 0


def _speakers(store: Store, words: list[str], *, open_end: bool) -> tuple[str, ...]:
    """The people whose names hold all of `words`, of the last one perhaps only the beginning;
    none where a word is more often no name."""
    if not all(_is_name(store, word) for word in words[:-1]):
        return ()
    last = words[-1]
    if len(words) > 1:
        known = [k for k in _names(store, words[0]) if _holds(k, words, open_end=open_end)]
        # In later paragraphs news print the surname alone.
        bare = [k for k in _names(store, last) if k.key == last] if _is_name(store, last) else []
        alone = len({k.key for k in _names(store, last) if k.key.endswith(f" {last}")}) <= 1
        known += bare if known and alone else []
    else:
        known = _names(store, last) if _is_name(store, last) else []
        if open_end and not known and len(last) >= SHORTEST_NAME_CHARS:
            known = [
                k
                for word in find_name_words_from(store, last, limit=NAMES_TRIED)
                if _is_name(store, word)
                for k in _names(store, word)
            ]
    people = [k for k in known if k.kind is NameKind.PERSON]
    people.sort(key=lambda k: -k.mentions)
    if len(words) == 1 and len(people) > PEOPLE and open_end and not _is_name(store, last):
        people = people[:PEOPLE]
    return tuple(dict.fromkeys(k.key for k in people))


def _names(store: Store, word: str) -> list[KnownName]:
    return find_names_with(store, word, limit=NAMES_OF_A_WORD)


def _is_name(store: Store, word: str) -> bool:
    """Whether the articles have `word` in names at least as often as not."""
    known = look_up_word(store, word)
    return known is not None and 2 * count_name_word(store, word) >= known[1] > 0


def _holds(known: KnownName, words: list[str], *, open_end: bool) -> bool:
    held = known.key.split()
    *whole, last = words
    if not all(word in held for word in whole):
        return False
    left = [word for word in held if word not in whole]
    return last in left or (open_end and any(word.startswith(last) for word in left))


def _ending(store: Store, before: tuple[Word, ...], start: str) -> str | None:
    """The likeliest word that begins with `start`: of a name that goes on from the word before,
    else of any name, else any word."""
    if before and _is_name(store, before[-1].folded):
        for known in _names(store, before[-1].folded):
            for word in known.key.split():
                if word.startswith(start) and word != before[-1].folded:
                    return word
    shortest = SHORTEST_NAME_BESIDE_CHARS if before else SHORTEST_NAME_CHARS
    if len(start) >= shortest:
        for word in find_name_words_from(store, start, limit=NAMES_TRIED):
            if _is_name(store, word) and find_words(word):
                return word
    if len(start) >= SHORTEST_WORD_CHARS or not before:
        return next(iter(find_words_from(store, start, limit=1)), None)
    return None
