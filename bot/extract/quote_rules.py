"""Quotes by plain rules and a counted lexicon of cues: the fast way, and the fallback."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from itertools import pairwise

from bot.extract.quote_labels import Attribution, Piece
from bot.extract.quote_rule_words import (
    AUXILIARIES,
    BEING,
    CLAUSE_STARTS,
    CUTS_AFTER_COMMA,
    DETERMINERS,
    LISTENING,
    NEVER_INVERTED,
    PREPOSITIONS,
    PRONOUNS,
    STOPS,
    SURE_CLOSING,
)
from bot.extract.quote_tokens import CLOSES, OPENS, OUTSIDE, Tokens

__all__ = ["find_by_rules", "following", "look_up_form"]

CUE_SHARE = 0.32
"""A word is taken for a cue where it was one in this share of its like places. Taken over from an
earlier baseline on the same corpus; not tuned anew."""
PRIOR_PLACES = 3.0
"""How many places of a word in general count as one that is followed alike."""
CLOSING_TOKENS = 14
"""How long ", the people said" can be."""
SUBJECT_TOKENS = 30
"""A subject is looked for so far to the left of its cue."""


def look_up_form(word: str) -> str:
    """The form in which the lexicon has a word: small letters, straight marks."""
    return word.lower().replace("’", "'")


def following(words: Sequence[str], i: int) -> str:
    """What stands after a word, in one of ten kinds; `words` in look-up form."""
    after = words[i + 1] if i + 1 < len(words) else "."
    if after in ("that", "to"):
        return after
    if after in ("“", '"', "''", "‘", "”"):
        return "quote"
    if after in (",", ":"):
        return after
    if after in STOPS:
        return "end"
    if after in PRONOUNS:
        return "pronoun"
    if after in DETERMINERS:
        return "determiner"
    return "preposition" if after in PREPOSITIONS else "other"


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, dict[str, float]]:
    """For each word, by what follows it, how often such a word is a cue (0 to 1)."""
    file = resources.files("bot.extract").joinpath("cue_lexicon.json")
    counts: dict[str, dict[str, list[int]]] = json.loads(file.read_text(encoding="utf-8"))
    out: dict[str, dict[str, float]] = {}
    for word, by in counts.items():
        seen = sum(n for n, _ in by.values())
        share = sum(k for _, k in by.values()) / max(1, seen)
        out[word] = {
            kind: (k + PRIOR_PLACES * share) / (n + PRIOR_PLACES) for kind, (n, k) in by.items()
        }
        out[word][""] = share
    return out


def find_by_rules(tokens: Tokens, states: list[int], starts: Sequence[int]) -> list[Attribution]:
    """The attributions of one row; `starts` are the token numbers where sentences start.

    Frames, in the order in which they are tried at each cue: "according to S", content before
    the cue ("T, S cue", "T, cue S"), "S cue (that) T". A sentence that is nothing but a
    quotation joins the one before. Source of the frames: Krestel, Bergler & Witte 2008,
    "Minding the Source"; of the counted cues: our own counts on PolNeAR train.
    """
    words = [look_up_form(w) for w in tokens.words]
    out: list[Attribution] = []
    for first, last in _units(len(words), states, starts):
        reader = _Unit(tokens.words, words, states, first, last)
        found = reader.read()
        if not found and out and out[-1].contents[-1].last < first and _all_quoted(reader):
            piece = Piece("T<", first, last - 1)
            old = out[-1]
            if any(states[i] != OUTSIDE for i in range(old.contents[0].first, first)):
                out[-1] = Attribution(old.source, old.cue, (*old.contents, piece), old.shared)
                continue
        out += found
    return out


def _units(count: int, states: list[int], starts: Sequence[int]) -> list[tuple[int, int]]:
    """The sentences as token ranges, joined where a border lies inside a quotation."""
    cuts = [i for i in starts if 0 < i < count and (states[i] in (OUTSIDE, OPENS))]
    bounds = [0, *cuts, count]
    return [(a, b) for a, b in pairwise(bounds) if a < b]


def _all_quoted(unit: _Unit) -> bool:
    inside = [i for i in range(unit.first, unit.last) if unit.words[i][0].isalnum()]
    return bool(inside) and all(unit.states[i] not in (OUTSIDE, OPENS, CLOSES) for i in inside)


class _Unit:
    """One sentence while it is read."""

    def __init__(
        self, printed: list[str], words: list[str], states: list[int], first: int, last: int
    ) -> None:
        self.printed, self.words, self.states = printed, words, states
        self.first, self.last = first, last
        self.free = first
        """From here on nothing is taken yet."""

    def read(self) -> list[Attribution]:
        out = self._closing()
        if out:
            return out
        i = self.first
        while i < self.last:
            found = self._at(i, out[-1] if out else None) if self.states[i] == OUTSIDE else None
            if found is None:
                i += 1
                continue
            out.append(found)
            pieces = [*found.contents, *([found.cue] if found.cue else [])]
            pieces += [found.source] if found.source else []
            self.free = i = max(i + 1, *(p.last + 1 for p in pieces))
        return out

    def _closing(self) -> list[Attribution]:
        """What the words after the last comma report of the sentence before them.

        "…, those people said", "…, says Lee": the report of the whole, so it is read first.
        """
        stop = self.last
        while stop > self.first and not self.words[stop - 1][0].isalnum():
            stop -= 1
        comma = stop - 1
        while comma > self.first and stop - comma < CLOSING_TOKENS and self.words[comma] != ",":
            comma -= 1
        if self.words[comma] != "," or comma - self.first < 4:
            return []
        if any(state != OUTSIDE for state in self.states[self.first : stop]):
            return []
        cue = stop - 1
        if self.words[comma + 1 : comma + 3] == ["according", "to"] and stop > comma + 3:
            content = self._trim(self.first, comma)
            if content is None:
                return []
            source, told = Piece("S<", comma + 3, stop - 1), Piece("C", comma + 1, comma + 2)
            return [Attribution(source, told, (Piece("T>", *content),))]
        if self.words[comma + 1] in SURE_CLOSING and cue > comma + 1:
            source, cue = Piece("S<", comma + 2, stop - 1), comma + 1
        elif self.words[cue] in SURE_CLOSING and cue > comma + 1:
            end = cue - 1
            while end > comma and self.words[end] in AUXILIARIES:
                end -= 1
            if (
                end == comma
                or self.words[comma + 1] in CLAUSE_STARTS
                or self.words[comma + 1] == "and"
            ):
                return []
            source = Piece("S>", comma + 1, end)
        else:
            return []
        content = self._trim(self.first, comma)
        if content is None or self.words[self.first] in ("according", "if"):
            return []
        return [Attribution(source, Piece("C", cue, cue), (Piece("T>", *content),))]

    def _at(self, i: int, before: Attribution | None) -> Attribution | None:
        word = self.words[i]
        if word == "according" and self._word(i + 1) == "to":
            return self._according(i)
        by = _lexicon().get(word)
        if by is None or by.get(following(self.words, i), by[""]) < CUE_SHARE:
            return None
        before_cue = self._word(i - 1)
        if before_cue in ("a", "an", "the") or (
            before_cue == "to" and self._word(i + 1) != "that"
        ):
            return None
        if i > self.first and self.words[i - 1] in BEING and not word.endswith("ing"):
            return None  # "was accused", "is expected": what is reported stands before it
        behind = self._content_before(i)
        if behind is not None:
            return behind
        return self._content_after(i, before)

    def _word(self, i: int) -> str:
        return self.words[i] if self.first <= i < self.last else ""

    # ------------------------------------------------------------------------- the frames
    def _according(self, i: int) -> Attribution | None:
        start = i + 2
        end = start
        while end < self.last and self.words[end] not in (",", ";", ".", ":", "—", "–", "”", "“"):
            end += 1
        if end == start:
            return None
        source, cue = Piece("S<", start, end - 1), Piece("C", i, i + 1)
        if i == self.first or i == self.free:
            content = self._trim(end, self.last)
            side = "T<"
        else:
            content = self._trim(max(self.first, self.free), i)
            side = "T>"
        return Attribution(source, cue, (Piece(side, *content),)) if content else None

    def _content_before(self, i: int) -> Attribution | None:
        """`T, S cue` and `T, cue S`, with what goes on after them."""
        if self.words[i] in CUTS_AFTER_COMMA:
            return None
        left = i - 1
        while left >= self.free and self.words[left] in AUXILIARIES:
            left -= 1
        edge = self._edge(left)
        if edge is not None and edge == left and self.words[i] not in NEVER_INVERTED:
            quoted = any(self.states[k] == OPENS for k in range(self.free, i))
            if not quoted and self.words[i] not in SURE_CLOSING:
                return None
            end = self._noun_phrase_end(i + 1)
            if end <= i + 1 or self.words[i + 1] in ("that", "to"):
                return None
            source = Piece("S<", i + 1, end - 1)
            after = end
        else:
            if edge is None or edge >= left or not self._ends_here(i):
                return None
            source = Piece("S>", edge + 1, left)
            after = i + 1
        content = self._trim(self.free, edge + 1 if edge is not None else left)
        if content is None:
            return None
        pieces = [Piece("T>", *content)]
        rest = self._quote_after(after)
        if rest:
            pieces.append(Piece("T<", *rest))
        return Attribution(source, Piece("C", i, i), tuple(pieces))

    def _edge(self, left: int) -> int | None:
        """The token that ends a content before a subject whose last token is `left`."""
        i = left
        while i >= self.free and left - i <= SUBJECT_TOKENS:
            if self.states[i] == CLOSES:
                return i
            if self.words[i] == "," and i < left:
                # "We will go, the mayor of X, a lawyer, said": only a quote or a plain clause
                # before the comma makes it a content.
                inside = range(self.free, i)
                if any(self.states[k] == OPENS for k in inside):
                    i -= 1
                    continue
                return i if i - self.free >= 4 else None
            if self.words[i] == "," and i == left and left - self.free >= 3:
                return i
            i -= 1
        return None

    def _ends_here(self, i: int) -> bool:
        """Whether no content follows the cue at `i`: a stop, an adjunct or a new quotation."""
        after = self._word(i + 1)
        if not after or after in STOPS or after in PREPOSITIONS or after[0].isdigit():
            return True
        if after in (",", ":"):
            return after == ","
        if after in LISTENING or self.words[i] in LISTENING:
            return any(self.states[k] == OPENS for k in range(self.free, i))
        return after.endswith("day") or after.endswith("ly") or self.states[i + 1] == OPENS

    def _content_after(self, i: int, before: Attribution | None) -> Attribution | None:
        """`S cue (that) T`."""
        source, shared = self._subject(i, before)
        start = i + 1
        if self.words[i] in LISTENING:
            start = self._after_listener(start)
        if self._word(start) in (",", ":"):
            start += 1
        end = self._content_end(start)
        content = self._trim(start, end)
        if content is None or (source is None and content[1] - content[0] < 2):
            return None
        cue = Piece("C" if source else "N", i, i)
        return Attribution(source, cue, (Piece("T<", *content),), shared)

    # ------------------------------------------------------------------------- the borders
    def _subject(self, i: int, before: Attribution | None) -> tuple[Piece | None, bool]:
        end = i - 1
        while end >= self.first and self.words[end] in AUXILIARIES:
            end -= 1
        if end >= self.first and self.words[end] == "," and end > self.first:
            if self.words[i].endswith("ing"):
                if before and before.source:
                    return before.source, True
                opening = self._opening_name()
                if opening:
                    return opening, False
            end = self._over_appositive(end)
        if end >= self.first and self.words[end] == "and" and before and before.source:
            return before.source, True
        if end < self.free:
            return (before.source, True) if before and before.source else (None, False)
        start = end
        while start > self.free and end - start < SUBJECT_TOKENS:
            word = self.words[start - 1]
            if word in CLAUSE_STARTS or word in (",", ";", ":", "—", "–", "-", "(", ")"):
                break
            if self.states[start - 1] in (OPENS, CLOSES):
                break
            if self.words[start] in PRONOUNS:
                break
            start -= 1
        while start < end and self.words[start] in ("and", "but", "so", "yet", "still", "then"):
            start += 1
        if not self.words[start][0].isalnum() or self.words[end] in PREPOSITIONS:
            return None, False
        return Piece("S>", start, end), False

    def _opening_name(self) -> Piece | None:
        """The name or pronoun that opens the sentence; it is the subject of "…, saying"."""
        end = self.free
        while end < self.last and (
            self.printed[end][0].isupper() or (end == self.free and self.words[end] in PRONOUNS)
        ):
            end += 1
        if end == self.free or self.words[self.free] in PREPOSITIONS | CLAUSE_STARTS:
            return None
        return Piece("S>", self.free, end - 1)

    def _over_appositive(self, comma: int) -> int:
        """The last token of the head before ", a doctor from Lyon," that ends at `comma`."""
        i = comma - 1
        while i > self.free and comma - i < SUBJECT_TOKENS:
            if self.words[i] == ",":
                return i - 1
            i -= 1
        return comma - 1

    def _after_listener(self, start: int) -> int:
        """Where the content starts behind the listener of "told reporters that"."""
        i = start
        while i < self.last and i - start < 12:
            if self.words[i] in ("that", ",", ":") or self.states[i] == OPENS:
                return i
            if i > start and self.words[i] in PRONOUNS:
                return i
            i += 1
        return start + 1

    def _noun_phrase_end(self, start: int) -> int:
        """Where the speaker of `T, cue S` ends; `start` when none begins there."""
        i = start
        if i >= self.last or not self.printed[i][0].isalnum():
            return start
        if not (self.printed[i][0].isupper() or self.words[i] in DETERMINERS | PRONOUNS):
            return start
        while i < self.last and i - start < SUBJECT_TOKENS:
            if self.words[i] in STOPS or self.words[i] in (":", "—", "–") or self.states[i]:
                break
            i += 1
        if i > start and self.words[i - 1] == ",":
            i -= 1
        return i

    def _quote_after(self, start: int) -> tuple[int, int] | None:
        """The quotation that goes on in the same sentence after `T, S cue`."""
        for i in range(start, self.last):
            if self.states[i] == OPENS:
                return self._trim(i, self.last)
        return None

    def _content_end(self, start: int) -> int:
        i = start + 2
        while i < self.last - 1:
            if self.states[i] == OUTSIDE:
                if self.words[i] == ";":
                    return i
                if self.words[i] == "," and self.words[i + 1] in CUTS_AFTER_COMMA:
                    return i
                if self.words[i] == "and" and self._is_cue(i + 1):
                    return i
            i += 1
        return self.last

    def _is_cue(self, i: int) -> bool:
        by = _lexicon().get(self._word(i))
        return by is not None and by.get(following(self.words, i), by[""]) >= CUE_SHARE

    def _trim(self, start: int, end: int) -> tuple[int, int] | None:
        """The tokens from `start` to before `end` without punctuation at the edges."""
        while start < end and self.words[start] in (",", ":", ";", "—", "–", "-"):
            start += 1
        while end > start and self.words[end - 1] in (",", ":", ";", "—", "–", "-", "."):
            end -= 1
        if start >= end or not any(self.words[i][0].isalnum() for i in range(start, end)):
            return None
        return start, end - 1
