"""Who has a role: joins “the mayor”, who speaks, to whoever the articles print with that role."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.answer.result import SpokenBy
from bot.model import Article, Findings, NameKind
from bot.text.names import fold_name
from bot.text.words import STOP_TERMS, terms_of

_BY_ROLE = re.compile(r"(?:the|our|its|their|his|her) (?P<role>[\w -]{3,60})", re.IGNORECASE)
_NO_HOLDER = re.compile(r"['’]s?\b|\b(?:offices?|staff|aides?|party|company|union|group)$", re.I)
"""What speaks for a holder, or is no single person."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who is printed with a role, and the words of it."""

    name: str
    role: str


class Holders:
    """Who has what role in a few articles."""

    def __init__(self, articles: Iterable[tuple[Article, Findings]]) -> None:
        self._unread = list(articles)
        self._named: dict[int, list[str]] = {}
        self._roles: dict[str, Counter[str]] = defaultdict(Counter)
        self._printed: dict[str, str] = {}

    def _read(self) -> None:
        """Note who has what role; most questions never ask."""
        unread, self._unread = self._unread, []
        for article, findings in unread:
            people: dict[str, None] = {}
            for mention in findings.names:
                key = fold_name(mention.name)
                if mention.kind is not NameKind.PERSON or " " not in key:
                    continue
                people[key] = None
                self._printed.setdefault(key, mention.name)
                if mention.role:
                    self._roles[key][mention.role] += 1
            self._named[article.key] = list(people)

    def of(self, speaker: str, article: Article) -> Holder | None:
        """Whom `speaker`, words such as “the mayor”, means in `article`: the only one whom it
        names and who has the role, there or in another of the articles; None where that is not
        sure."""
        match = _BY_ROLE.fullmatch(speaker)
        if match is None or _NO_HOLDER.search(match["role"]):
            return None
        self._read()
        wanted = {t for t in terms_of(match["role"]) if t not in STOP_TERMS}
        found = [h for key in self._named.get(article.key, ()) if (h := self._holder(key, wanted))]
        return found[0] if wanted and len(found) == 1 else None

    def _holder(self, key: str, wanted: set[str]) -> Holder | None:
        for role, _count in self._roles[key].most_common() if key in self._roles else ():
            if wanted <= set(terms_of(role)):
                return Holder(self._printed[key], role)
        return None


def joined(speaker: SpokenBy, article: Article, holders: Holders) -> SpokenBy:
    """`speaker`, by name where a role alone is printed and one person of the article has it."""
    holder = holders.of(speaker.name, article)
    return SpokenBy(holder.name, holder.role) if holder is not None else speaker


def read_roles(question: str, printed: str, name: str) -> tuple[tuple[str, str], ...]:
    """(words, name) where the question asks for the role that is `printed`, which `name` has."""
    asked = set(terms_of(question))
    role = _BY_ROLE.fullmatch(printed)
    if role is None or printed == name or asked.intersection(terms_of(name)):
        return ()
    return ((printed, name),) if asked.issuperset(terms_of(role["role"])) else ()
