"""What somebody wants news of, in their own words: a person, an outlet, a phrase, a question or a
topic, with words to leave out."""

from __future__ import annotations

import re

from bot.digest import Interest, InterestKind, make_interest
from bot.digest.interest import LONGEST_CHARS, fold_outlet
from bot.errors import InterestError
from bot.locales import _, spoken_language
from bot.model import NameKind
from bot.newsroom import Newsroom
from bot.text.names import fold_name, surname

_WITHOUT = re.compile(r"\s*(?:,\s*)?\b(?:without|except|excluding|but not|not about)\b\s*", re.I)
_WITHOUT_ABROAD = {
    "de": re.compile(r"\s*(?:,\s*)?\b(?:ohne|außer)\b\s*", re.I),
    "es": re.compile(r"\s*(?:,\s*)?\b(?:sin|excepto|salvo)\b\s*", re.I),
}
"""The same in the other languages, where one of them is spoken."""
_ABOUT = re.compile(r"\s+(?:about|on|regarding|concerning)\s+", re.I)
_AND = re.compile(r"\s*(?:,|;|\bor\b|\band\b)\s*", re.I)
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")
_OPENING = re.compile(
    r"^(?:(?:the )?(?:latest|news|everything|anything|all|updates?)\s+)?"
    r"(?:on|about|from|by|of|for)\s+",
    re.I,
)
_ASKS = re.compile(
    r"(?:who|what|when|where|why|how|which|whom|whose|did|does|do|is|was|are|were|has|have|will)\b"
    r"(?: [^ ]+){2,}",
    re.I,
)
_EVERYTHING = re.compile(r"(?:the |all |all the )?(?:news|everything|all|latest)?[ .!]*", re.I)


def read_interest(newsroom: Newsroom, words: str) -> Interest:
    """What `words` name: an outlet or a person that the store knows, a phrase in quotation marks,
    a question, else a topic; nothing at all is all news. Raises InterestError.

    "Lindqvist on gas without football" is a person, a topic and a word to leave out.
    """
    words = " ".join(words.split())
    if len(words) > LONGEST_CHARS:
        raise InterestError(
            _("That is too long. {n} characters are enough for a topic.").format(n=LONGEST_CHARS)
        )
    wanted, *left_out = _WITHOUT.split(words, maxsplit=1)
    abroad = _WITHOUT_ABROAD.get(spoken_language())
    if not left_out and abroad is not None:
        wanted, *left_out = abroad.split(words, maxsplit=1)
    without = _listed(left_out[0]) if left_out else []
    wanted = _OPENING.sub("", wanted.strip(" ,"))
    if _EVERYTHING.fullmatch(wanted):
        return make_interest(InterestKind.EVERYTHING, without=without)
    quoted = _QUOTED.fullmatch(wanted)
    if quoted is not None:
        return make_interest(InterestKind.PHRASE, quoted[1], without=without)
    if wanted.endswith("?") or _ASKS.match(wanted):
        return make_interest(InterestKind.QUESTION, wanted, without=without)
    for name, about in _with_about(wanted):
        if outlet := _look_up_outlet(newsroom, name):
            return make_interest(InterestKind.OUTLET, outlet, about=about, without=without)
        if person := _look_up_person(newsroom, name):
            return make_interest(InterestKind.PERSON, person, about=about, without=without)
    return make_interest(InterestKind.TOPIC, wanted, without=without)


def _with_about(words: str) -> list[tuple[str, str]]:
    """`words` as they are, and parted into a name and a topic."""
    name, *topic = _ABOUT.split(words, maxsplit=1)
    return [(words, ""), (name, topic[0])] if topic else [(words, "")]


def _listed(words: str) -> list[str]:
    quoted = [match[1] for match in _QUOTED.finditer(words)]
    return quoted + [part for part in _AND.split(_QUOTED.sub(" ", words)) if part.strip()]


def _look_up_outlet(newsroom: Newsroom, name: str) -> str | None:
    wanted = fold_outlet(name)
    return next((s for s, __ in newsroom.sources() if wanted and fold_outlet(s) == wanted), None)


def _look_up_person(newsroom: Newsroom, name: str) -> str | None:
    """The name as the articles print it, where they know a person of this name; one that is
    misspelt is taken for a person where no article holds these words.

    A surname alone stays one: who bears it is for the digest to tell.
    """
    people = [n.name for n in newsroom.find_names(name) if n.kind is NameKind.PERSON]
    wanted = fold_name(name)
    for known in people:
        if fold_name(known) == wanted:
            return known
    for known in people:
        if fold_name(surname(known)) == wanted:
            return surname(known)
    if not people or newsroom.holds_words(name):
        return None
    return people[0] if len(wanted.split()) > 1 else surname(people[0])
