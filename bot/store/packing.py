"""What belongs to one article version as one small value: its findings, and the terms of its
sentences.

Both are compressed, since a store holds many and a question reads a few dozen. Findings are
JSON lists, a field a place, in the order of `bot/model.py`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.model import (
    Cue,
    DateMention,
    Fact,
    Figure,
    Findings,
    Grain,
    Mention,
    NameKind,
    Party,
    Polarity,
    Quote,
    QuoteKind,
    Span,
    Speaker,
)

_QUOTE_KINDS = {kind.value: kind for kind in QuoteKind}
_POLARITIES = {polarity.value: polarity for polarity in Polarity}
_GRAINS = {grain.value: grain for grain in Grain}
_NAME_KINDS = {kind.value: kind for kind in NameKind}


# ------------------------------------------------------------------------------ findings
def pack_findings(findings: Findings) -> bytes:
    """`findings` as one value; how far the text was read is kept elsewhere."""
    known: dict[tuple[str, str, str | None], int] = {}
    mentions: list[int] = []
    for m in findings.names:
        who = known.setdefault((m.name, m.kind.value, m.role), len(known))
        mentions += (who, m.span.start, m.span.end)
    packed = [
        _flat(findings.sentences),
        [_quote_parts(quote) for quote in findings.quotes],
        [_fact_parts(fact) for fact in findings.facts],
        [[d.span.start, d.span.end, d.value, d.grain.value, d.how] for d in findings.dates],
        [list(name) for name in known],
        mentions,
    ]
    text = json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode())


def unpack_findings(packed: bytes) -> Findings:
    """The findings that `pack_findings` packed."""
    sentences, quotes, facts, dates, known, mentions = json.loads(zlib.decompress(packed))
    who = [(name, _NAME_KINDS[kind], role) for name, kind, role in known]
    places = iter(mentions)
    return Findings(
        _spans(sentences),
        tuple([_quote(parts) for parts in quotes]),
        tuple([_fact(parts) for parts in facts]),
        tuple([DateMention(Span(s, e), v, _GRAINS[g], how) for s, e, v, g, how in dates]),
        tuple(
            [
                Mention(Span(start, end), *who[number])
                for number, start, end in zip(places, places, places, strict=True)
            ]
        ),
    )


def size_of_findings(packed: bytes) -> int:
    """How many bytes of text `packed` findings are; it is not read."""
    return len(zlib.decompress(packed))


def _flat(spans: Iterable[Span]) -> list[int]:
    return [place for span in spans for place in (span.start, span.end)]


def _spans(places: Sequence[int]) -> tuple[Span, ...]:
    return tuple([Span(s, e) for s, e in zip(places[::2], places[1::2], strict=True)])


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _quote_parts(quote: Quote) -> list[Any]:
    speaker, cue = quote.speaker, quote.cue
    return [
        quote.kind.value,
        _flat(quote.content),
        [speaker.span.start, speaker.span.end, speaker.name, speaker.role] if speaker else None,
        [cue.span.start, cue.span.end, cue.cue_class] if cue else None,
        quote.polarity.value,
        _pair(quote.relay),
        int(quote.unnamed),
        quote.confidence,
    ]


def _quote(parts: list[Any]) -> Quote:
    kind, content, speaker, cue, polarity, relay, unnamed, confidence = parts
    return Quote(
        _QUOTE_KINDS[kind],
        _spans(content),
        Speaker(Span(speaker[0], speaker[1]), speaker[2], speaker[3]) if speaker else None,
        Cue(Span(cue[0], cue[1]), cue[2]) if cue else None,
        _POLARITIES[polarity],
        Span(*relay) if relay else None,
        bool(unnamed),
        confidence,
    )


def _fact_parts(fact: Fact) -> list[Any]:
    figure = fact.figure
    return [
        fact.kind,
        fact.status,
        fact.span.start,
        fact.span.end,
        [[p.name, p.part, _pair(p.span)] for p in fact.parties],
        fact.object,
        [figure.value, figure.unit, figure.of, figure.hedge] if figure else None,
        fact.made,
        fact.effective,
        fact.source,
        _flat(fact.dates),
        fact.confidence,
    ]


def _fact(parts: list[Any]) -> Fact:
    kind, status, start, end, parties, thing, figure, made, effective, source, dates, sure = parts
    return Fact(
        kind,
        status,
        Span(start, end),
        tuple([Party(name, part, Span(*at) if at else None) for name, part, at in parties]),
        thing,
        Figure(*figure) if figure else None,
        made,
        effective,
        source,
        _spans(dates),
        sure,
    )


# --------------------------------------------------------------------------------- terms
@dataclass(frozen=True, slots=True)
class TermPage:
    """The terms of an article version, as it is searched for some of them."""

    title: frozenset[str]
    lines: tuple[str, ...]
    """Each sentence, a space on each side of each term."""

    def places(self, terms: frozenset[str]) -> dict[int, dict[str, int]]:
        """For each sentence that holds any of `terms`, how often it holds each of them."""
        found: dict[int, dict[str, int]] = {}
        for n, line in enumerate(self.lines):
            words = line.split(" ")  # never of the whole text: a million terms took 80 MB
            if terms.isdisjoint(words):
                continue
            counts = found[n] = {}
            for term in filter(terms.__contains__, words):
                counts[term] = counts.get(term, 0) + 1
        return found

    def count(self) -> int:
        """How many terms all sentences have together."""
        spaces = sum([line.count(" ") for line in self.lines])
        return spaces - len(self.lines) - self.lines.count("  ")

    def sentence(self, n: int) -> tuple[str, ...]:
        """The terms of sentence `n`."""
        return tuple(self.lines[n].split())


def pack_terms(sentences: Iterable[Sequence[str]]) -> bytes:
    """The terms of each sentence as one value."""
    return zlib.compress("\n".join(map(" ".join, sentences)).encode())


def unpack_lines(packed: bytes) -> list[str]:
    """The terms of each sentence, space between space."""
    return zlib.decompress(packed).decode().split("\n")


def unpack_terms(title: str, packed: bytes) -> TermPage:
    """The page whose sentences `pack_terms` packed."""
    return TermPage(
        frozenset(title.split()), tuple([f" {line} " for line in unpack_lines(packed)])
    )
