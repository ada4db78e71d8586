"""How sure a quote is: the share of such quotes whose content and speaker are right."""

from __future__ import annotations

import math
import re

from bot.extract.quote_page import Report
from bot.model import QuoteKind

__all__ = ["WEIGHTS", "confidence_of", "signs_of"]

_WORD = re.compile(r"\w+")
_PLAIN_CUE = re.compile(
    r"\b(?:said|says|say|told|tells|added|adds|wrote|writes|tweeted|according|asked|explained"
    r"|replied|responded|noted|argued|stated|announced|insisted|declared|continued)\b",
    re.IGNORECASE,
)
FINDER_SURE = {"form": 0.92, "carried": 0.92, "relay": 0.7}
"""For quotes that do not come from the tagger. On train 24 of 25 carried ones were right and 19 of
21 signed or in transcripts (few, so these stay below); the corpus has no reports within reports,
so the figure for those is a judgement."""
RULES_SURE = {QuoteKind.DIRECT: 0.93, QuoteKind.MIXED: 0.73, QuoteKind.INDIRECT: 0.6}
"""How often what the rules find is right, by kind (train)."""

SPEAKERLESS_SURE = 0.4
"""For a quotation whose speaker was not found."""

WEIGHTS = (
    -0.695, 0.412, 0.149, 0.216, 0.124, -0.233, -0.161, 0.4,
    -0.16, -0.111, -0.163, -0.116, 0.018, 0.078, -0.289,
)  # fmt: skip
"""Logistic weights of `signs_of`, fitted on training articles that the tagger had not seen."""


def signs_of(text: str, report: Report, kind: QuoteKind) -> list[float]:
    """What the confidence is made of, in the order of `WEIGHTS`."""
    words = sum(1 for c in report.contents for _ in _WORD.finditer(text, c.start, c.end))
    cue = report.cue.of(text) if report.cue else ""
    plain = bool(_PLAIN_CUE.search(cue))
    return [
        1.0,
        _odds(report.content_sure),
        _odds(report.content_least),
        _odds(report.source_sure) if report.source else 0.0,
        _odds(report.cue_sure),
        float(kind is QuoteKind.DIRECT),
        float(kind is QuoteKind.MIXED),
        float(plain),
        float(report.shared),
        float(report.source is None),
        math.log(words + 1),
        float(words <= 3),
        float(len(report.contents) > 1),
        float(plain and kind is QuoteKind.DIRECT),
        math.log(report.content_least + 0.01),
    ]


def _odds(p: float) -> float:
    p = min(max(p, 0.002), 0.998)
    return math.log(p / (1 - p))


def confidence_of(text: str, report: Report, kind: QuoteKind) -> float:
    """How probable it is that content and speaker of `report` are right, 0.01 to 0.99."""
    if report.by == "carried" and report.source is None:
        return SPEAKERLESS_SURE
    if report.by == "rules":
        return RULES_SURE[kind]
    if report.by != "tagger":
        return FINDER_SURE[report.by] * (report.content_sure if report.by == "form" else 1.0)
    total = sum(w * x for w, x in zip(WEIGHTS, signs_of(text, report, kind), strict=True))
    return round(min(0.99, max(0.01, 1 / (1 + math.exp(-total)))), 3)
