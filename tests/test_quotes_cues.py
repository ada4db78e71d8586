"""What cues mean."""

from __future__ import annotations

import pytest

from bot.extract.cues import CUE_CLASSES, cue_class, polarity_of
from bot.model import Polarity

CLASSES = {
    "said": "says",
    "told": "says",
    "has said": "says",
    ":": "says",
    "": "says",
    "according to": "says",
    "called": "says",
    "called for": "urges",
    "warned": "warns",
    "threatened": "warns",
    "denied": "denies",
    "declined": "declines",
    "refused to say": "declines",
    "accused": "accuses",
    "promised": "promises",
    "vowed": "promises",
    "agreed": "agrees",
    "asked": "asks",
    "ordered": "orders",
    "endorsed": "endorses",
    "wants": "wants",
    "hopes": "wants",
    "plans": "plans",
    "thought": "thinks",
    "believes": "thinks",
    "predicted": "predicts",
    "wrote": "writes",
    "tweeted": "writes",
    "joked": "jokes",
    "replied": "replies",
    "admitted": "admits",
    "announced": "announces",
    "shows": "reports",
    "added": "adds",
    "criticised": "denounces",
    "praised": "praises",
}


@pytest.mark.parametrize(("cue", "expected"), CLASSES.items())
def test_class_of_a_cue(cue: str, expected: str) -> None:
    assert cue_class(cue) == expected


def test_every_class_is_known() -> None:
    assert {cue_class(c) for c in CLASSES} <= set(CUE_CLASSES)


POLARITIES = [
    ("said", "", Polarity.SAID),
    ("say", "did not", Polarity.DECLINED),
    ("say", "would", Polarity.HYPOTHETICAL),
    ("say", "would not", Polarity.DECLINED),
    ("would say", "", Polarity.HYPOTHETICAL),
    ("is expected to announce", "", Polarity.HYPOTHETICAL),
    ("is expected", "", Polarity.SAID),
    ("would like", "", Polarity.SAID),
    ("declined", "", Polarity.DECLINED),
    ("refused to comment", "", Polarity.DECLINED),
    ("denied", "", Polarity.DENIED),
    ("did not deny", "", Polarity.SAID),
    ("does not believe", "", Polarity.DENIED),
    ("never said", "", Polarity.DECLINED),
    (":", "", Polarity.SAID),
]


@pytest.mark.parametrize(("cue", "before", "expected"), POLARITIES)
def test_polarity_of_a_cue(cue: str, before: str, expected: Polarity) -> None:
    assert polarity_of(cue, before) is expected
