"""The tokens that the quote rules and the tagger read: words, clitics and marks with places."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from bot.model import Span
from bot.text.marks import Quoted

__all__ = ["Tokens", "find_tokens", "quote_states"]

MAX_TOKEN_CHARS = 60
"""A longer run of letters is no word; it is cut so that no token can grow without bound."""

# Initials and "U.S." stay whole, "'s" and its kind stand alone (the speaker in "the mayor's
# remark" is the mayor), numbers keep their commas and points, hyphenated words stay whole.
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,8}"
    r"|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Rev|Prof|St|Jr|Sr|Lt|Col|Sgt|Capt|Sens|Reps|Hon|Adm)\."
    r"|(?<=\w)['’](?:s|S|d|ll|re|ve|m)\b"
    r"|\d{1,12}(?:[.,]\d{1,12}){0,8}"
    rf"|@?\w{{1,{MAX_TOKEN_CHARS}}}"
    r"(?:['’](?!(?:s|S|d|ll|re|ve|m)\b)[^\W\d_]{1,10})?"
    r"(?:[-‐‑]\w{1,30}(?:['’](?!(?:s|S|d|ll|re|ve|m)\b)[^\W\d_]{1,10})?){0,4}"
    r"|''|``|--+|\.\.+"
    r"|[^\w\s]"
)

OUTSIDE, OPENS, CLOSES, LONG, MIDDLE, SHORT, SINGLE, UNCLOSED, NESTED = range(9)
"""What a token is to the quotation marks of its paragraph."""

LONG_QUOTE_WORDS = 6
"""Quotes of six words or more are speech in 98 % of cases (PolNeAR train)."""
SHORT_QUOTE_WORDS = 3
"""Of quotes of up to three words only two thirds are speech: the rest are titles and names."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one stretch of text: their words and their places in the text."""

    words: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def between(self, span: Span) -> range:
        """The numbers of the tokens that touch `span`."""
        return range(bisect_left(self.ends, span.start + 1), bisect_left(self.starts, span.end))

    def span(self, first: int, last: int) -> Span:
        """The place of the tokens `first` to `last`, both included."""
        return Span(self.starts[first], self.ends[last])


def find_tokens(text: str, span: Span) -> Tokens:
    """The tokens of `span`, in order; white space is no token."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _TOKEN.finditer(text, span.start, span.end):
        words.append(found.group())
        starts.append(found.start())
        ends.append(found.end())
    return Tokens(words, starts, ends)


def quote_states(tokens: Tokens, quoted: list[Quoted]) -> list[int]:
    """For each token its state (`OUTSIDE`, `OPENS`, …) towards the quotes of the paragraph."""
    states = [OUTSIDE] * len(tokens)
    for quote in quoted:
        inside = tokens.between(quote.inner)
        if quote.depth > 1 and not quote.single:
            state = NESTED
        elif quote.single:
            if quote.depth > 1:
                continue
            state = SINGLE
        elif not quote.closed and not quote.continues:
            state = UNCLOSED
        else:
            count = sum(tokens.words[i][0].isalnum() for i in inside)
            state = (
                LONG
                if count >= LONG_QUOTE_WORDS
                else SHORT
                if count <= SHORT_QUOTE_WORDS
                else MIDDLE
            )
        for i in inside:
            states[i] = state
        if quote.depth == 1:
            for i in tokens.between(Span(quote.outer.start, quote.inner.start)):
                states[i] = OPENS
            for i in tokens.between(Span(quote.inner.end, quote.outer.end)):
                states[i] = CLOSES
    return states
