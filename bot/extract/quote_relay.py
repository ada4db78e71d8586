"""Reports within reports: who said it, and who passed it on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.extract.quote_page import Page, Report
from bot.model import Span

__all__ = ["find_relayed"]

LEAST_WORDS = 3
"""What was relayed has at least so many words; fewer tell nothing."""

_WORD = re.compile(r"\w+")
# Opens a content: "[that] Lee had told the board [that] …". Bounded in every part.
_RELAYED = re.compile(
    r"(?:that )?(?P<who>(?:[Tt]he |[Hh]is |[Hh]er )?(?:[A-Z][\w.'’-]{0,30}|[a-z-]{3,20})"
    r"(?: (?:of|the|[A-Z][\w.'’-]{0,30})){0,5}|[Hh]e|[Ss]he) "
    r"(?:also |once |later |privately |repeatedly )?had "
    r"(?P<cue>(?:said|told|warned|promised|asked|agreed|denied|threatened|ordered|insisted"
    r"|admitted|acknowledged|assured|informed|advised|confirmed|complained|claimed)\b)"
    r"(?P<rest>[^\n]*)"
)
_THAT = re.compile(r"[^,;.:“”\"]{0,60}?\bthat (?=\w)|(?:(?:him|her|them|us|reporters) )?(?=\w)")


def find_relayed(page: Page, reports: Iterable[Report]) -> Iterator[Report]:
    """The reports that open the content of another: `Aides said Lee had warned that …`.

    Their speaker is the inner one; the outer one is the relay.
    """
    for outer in reports:
        if outer.source is None or not outer.contents:
            continue
        content = outer.contents[0]
        if content.start < outer.source.start:
            continue
        found = _RELAYED.match(page.text, content.start, content.end)
        if found is None:
            continue
        that = _THAT.match(page.text, min(found.end("cue") + 1, content.end), content.end)
        start = that.end() if that else found.end("cue") + 1
        rest = Span(start, content.end)
        words = _WORD.findall(page.text[start : min(content.end, start + 80)])
        if len(words) < LEAST_WORDS or words[0] in ("to", "of", "about", "for"):
            continue
        yield replace(
            outer,
            contents=(rest, *outer.contents[1:]),
            source=Span(*found.span("who")),
            cue=Span(*found.span("cue")),
            relay=outer.source,
            by="relay",
        )
