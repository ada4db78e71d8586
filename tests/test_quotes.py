"""Who said what, in small texts of every sort; with the tagger and with the rules alone."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.extract.quote_confidence import WEIGHTS, signs_of
from bot.extract.quote_page import Report
from bot.extract.quotes import find_quotes
from bot.model import Polarity, Quote, QuoteKind, Span
from bot.text.sentences import find_sentences

BOTH = pytest.mark.parametrize("with_tagger", [True, False], ids=["tagger", "rules"])


def read(text: str, *, with_tagger: bool = True) -> list[Quote]:
    return find_quotes(text, find_sentences(text), with_tagger=with_tagger)


@dataclass(frozen=True)
class Case:
    text: str
    speaker: str
    content: tuple[str, ...]
    kind: QuoteKind
    cue: str


D, M, I = QuoteKind.DIRECT, QuoteKind.MIXED, QuoteKind.INDIRECT  # noqa: E741
PLAIN = {
    "content first": Case(
        "“We will not sign the paper this year,” said Ann Lee.",
        "Ann Lee",
        ("We will not sign the paper this year,",),
        D,
        "said",
    ),
    "content in pieces": Case(
        "“We will not sign,” Ann Lee said. “Not this year, not ever.”",
        "Ann Lee",
        ("We will not sign,", "Not this year, not ever."),
        D,
        "said",
    ),
    "straight marks": Case(
        '"The bridge is safe for all of us," the mayor said on Monday.',
        "The mayor",
        ("The bridge is safe for all of us,",),
        D,
        "said",
    ),
    "two apostrophes": Case(
        "''The bridge is safe for all of us,'' Mr. Roe said.",
        "Mr. Roe",
        ("The bridge is safe for all of us,",),
        D,
        "said",
    ),
    "indirect": Case(
        "Ann Lee said that the bridge would open in May.",
        "Ann Lee",
        ("that the bridge would open in May",),
        I,
        "said",
    ),
    "mixed": Case(
        "Ann Lee said the bridge was “a danger to everyone” in town.",
        "Ann Lee",
        ("the bridge was “a danger to everyone” in town",),
        M,
        "said",
    ),
    "according to, first": Case(
        "According to the police, the bridge has been closed since March.",
        "the police",
        ("the bridge has been closed since March",),
        I,
        "According to",
    ),
    "according to, last": Case(
        "The bridge has been closed since March, according to the police.",
        "the police",
        ("The bridge has been closed since March",),
        I,
        "according to",
    ),
    "source at the end": Case(
        "The bridge will have to be closed in March, the council said.",
        "the council",
        ("The bridge will have to be closed in March",),
        I,
        "said",
    ),
    "listener is not the speaker": Case(
        "Ann Lee told reporters that the bridge would open in May.",
        "Ann Lee",
        ("that the bridge would open in May",),
        I,
        "told",
    ),
}


def matches(quote: Quote, case: Case, text: str) -> bool:
    contents = tuple(c.of(text) for c in quote.content)
    plain = tuple(c.removeprefix("that ") for c in contents)
    return plain == tuple(c.removeprefix("that ") for c in case.content)


@BOTH
@pytest.mark.parametrize("case", PLAIN.values(), ids=PLAIN.keys())
def test_plain_frames(case: Case, *, with_tagger: bool) -> None:
    text = f"The bridge of Vik.\n\n{case.text}\n\nThe town has 300 people."
    quotes = [q for q in read(text, with_tagger=with_tagger) if matches(q, case, text)]
    assert len(quotes) == 1, [tuple(c.of(text) for c in q.content) for q in read(text)]
    (quote,) = quotes
    assert quote.speaker is not None
    assert quote.speaker.span.of(text).lower() == case.speaker.lower()
    assert quote.kind is case.kind
    assert quote.cue is not None
    assert case.cue in quote.cue.span.of(text)


LAYOUT = {
    "signed below": (
        "The vote.\n\n“It is a sad day for all of us here.”\n\n— Ida Berg, mayor of Vik\n\nEnd.",
        "Ida Berg",
        "It is a sad day for all of us here.",
    ),
    "signed behind": (
        "The vote.\n\n“It is a sad day for all of us here.” ― Ida Berg\n\nThe end of it.",
        "Ida Berg",
        "It is a sad day for all of us here.",
    ),
    "headline with a colon": (
        "Berg: 'We will never sell the port'\n\nMayor Ida Berg spoke on Monday.",
        "Berg",
        "We will never sell the port",
    ),
    "colon before a quotation": (
        "The vote.\n\nIda Berg: “It is a sad day for all of us here.”\n\nThe end of it.",
        "Ida Berg",
        "It is a sad day for all of us here.",
    ),
    "in her words": (
        "The vote.\n\nThe port is closed. In Ida Berg's words, “it is the end of this town.”",
        "Ida Berg",
        "it is the end of this town.",
    ),
}


@BOTH
@pytest.mark.parametrize(("text", "speaker", "content"), LAYOUT.values(), ids=LAYOUT.keys())
def test_layout_alone_tells_the_speaker(
    text: str, speaker: str, content: str, *, with_tagger: bool
) -> None:
    found = [
        (q.speaker.span.of(text), [c.of(text).strip(".") for c in q.content])
        for q in read(text, with_tagger=with_tagger)
        if q.speaker
    ]
    assert (speaker, [content.strip(".")]) in [(s, [c.strip("'") for c in cs]) for s, cs in found]


@BOTH
def test_turns_of_a_transcript_are_direct(*, with_tagger: bool) -> None:
    text = (
        "The debate in full\n\nHOST: Why not now?\n\nLEE: Nobody asked us.\n\n"
        "We were at home.\n\nHOST: Thank you."
    )
    found = [
        (q.speaker.span.of(text), q.kind, [c.of(text) for c in q.content])
        for q in read(text, with_tagger=with_tagger)
        if q.speaker
    ]
    assert found == [
        ("HOST", D, ["Why not now?"]),
        ("LEE", D, ["Nobody asked us.", "We were at home."]),
        ("HOST", D, ["Thank you."]),
    ]


@pytest.mark.parametrize("label", ["Opinion", "Photos", "Live updates", "Correction"])
def test_labels_before_a_colon_are_no_speakers(label: str) -> None:
    text = f"{label}: the bridge of Vik at night\n\nThe bridge is old."
    assert all(q.speaker is None or label not in q.speaker.span.of(text) for q in read(text))


@BOTH
def test_quote_over_paragraphs_is_one(*, with_tagger: bool) -> None:
    text = (
        "The port.\n\n“The harbour is dead,” Ida Berg said. “Nothing will bring it back.\n\n"
        "“We ask for help from all of you. We ask for it now.”\n\nThe town slept."
    )
    (quote,) = [q for q in read(text, with_tagger=with_tagger) if q.kind is D]
    assert [c.of(text) for c in quote.content] == [
        "The harbour is dead,",
        "Nothing will bring it back.",
        "We ask for help from all of you. We ask for it now.",
    ]


@BOTH
def test_quotation_alone_after_a_colon_belongs_to_the_one_before(*, with_tagger: bool) -> None:
    text = (
        "The port.\n\nIda Berg wrote to the paper on Monday and said:\n\n"
        "“We ask for help from all of you. We ask for it now.”\n\nThe town slept."
    )
    quotes = [q for q in read(text, with_tagger=with_tagger) if q.kind is D]
    if with_tagger:
        assert [q.speaker and q.speaker.span.of(text) for q in quotes] == ["Ida Berg"]
    assert all(c.of(text).startswith("We ask") for q in quotes for c in q.content)


def test_quotation_goes_on_over_a_report_between() -> None:
    text = (
        "The port.\n\n“We will not sign the deal,” Ann Lee said, asking for calm. "
        "“We will stay in this town for good.” The town slept."
    )
    pieces = [[c.of(text) for c in q.content] for q in read(text) if q.kind is D]
    assert pieces == [["We will not sign the deal,", "We will stay in this town for good."]]


def test_who_whose_clause_has_ended_is_not_the_speaker() -> None:
    text = "The port.\n\nAnn Lee, who asked for calm on Monday, said the port was safe."
    said = [q for q in read(text) if "safe" in q.content[0].of(text)]
    assert [q.speaker and q.speaker.span.of(text) for q in said] == ["Ann Lee"]


def test_quotation_after_a_colon_without_a_verb_has_no_speaker() -> None:
    text = "The port.\n\nThis is the letter of the farmers:\n\n“We have had no rain since March.”"
    (quote,) = [q for q in read(text) if q.kind is D]
    assert quote.content[0].of(text) == "We have had no rain since March."
    assert quote.speaker is None
    assert quote.confidence < 0.5


TURNED = {
    "said": ("Ann Lee said the port would close.", Polarity.SAID),
    "denied": ("Ann Lee denied that the port would close.", Polarity.DENIED),
    "declined": ("Ann Lee declined to say whether the port would close.", Polarity.DECLINED),
    "did not say": ("Ann Lee did not say whether the port would close.", Polarity.DECLINED),
}


@BOTH
@pytest.mark.parametrize(("sentence", "polarity"), TURNED.values(), ids=TURNED.keys())
def test_polarity_tells_whether_it_was_said(
    sentence: str, polarity: Polarity, *, with_tagger: bool
) -> None:
    text = f"The port of Vik.\n\n{sentence} It is old."
    polarities = {q.polarity for q in read(text, with_tagger=with_tagger)}
    assert polarities == {polarity}


@BOTH
def test_relayed_speech_names_both(*, with_tagger: bool) -> None:
    text = "The port.\n\nOfficials said that Ann Lee had warned the council that it would close."
    relayed = [q for q in read(text, with_tagger=with_tagger) if q.relay]
    assert [
        (q.speaker and q.speaker.span.of(text), q.relay and q.relay.of(text)) for q in relayed
    ] == [("Ann Lee", "Officials")]


@BOTH
def test_scare_quotes_and_titles_are_no_speech(*, with_tagger: bool) -> None:
    text = (
        "The port of Vik.\n\nThe so-called “green wave” came in May. Her novel “The Grey House” "
        "won a prize in 2019, and Bo “Red” Dahl played the lead."
    )
    assert [q for q in read(text, with_tagger=with_tagger) if q.kind is D] == []


@BOTH
@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "“", "”", "said", ":", "“”", "a" * 5000, "\ud800"]
)
def test_odd_texts_pass(text: str, *, with_tagger: bool) -> None:
    for quote in read(text, with_tagger=with_tagger):
        assert quote.span.end <= len(text)


WORDS = ["Ann Lee", "said", "told", "“", "”", '"', "'", ",", ".", "that", "he", "\n\n", "we go",
         "according to", ":", "—", "who", "officials", "HOST:", "''", "and", "denied"]  # fmt: skip


def check_spans(text: str, quotes: list[Quote]) -> None:
    assert [q.content[0] for q in quotes] == sorted(q.content[0] for q in quotes)
    for quote in quotes:
        spans = [*quote.content]
        spans += [quote.speaker.span] if quote.speaker else []
        spans += [quote.cue.span] if quote.cue else []
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
        assert all(
            a.end <= b.start for a, b in zip(quote.content, quote.content[1:], strict=False)
        )
        assert 0.0 <= quote.confidence <= 1.0


@BOTH
@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=40))
def test_spans_are_valid_on_any_text(words: list[str], *, with_tagger: bool) -> None:
    text = " ".join(words)
    check_spans(text, read(text, with_tagger=with_tagger))


@BOTH
def test_mangled_marks_never_break_it(*, with_tagger: bool) -> None:
    rng = random.Random(3)
    text = "\n\n".join(case.text for case in PLAIN.values())
    for _ in range(12):
        mangled = "".join(
            rng.choice(["", c, c * 2, "“", '"']) if c in "“”\"',." else c for c in text
        )
        check_spans(mangled, read(mangled, with_tagger=with_tagger))


def test_long_text_without_paragraphs_is_read_in_rows() -> None:
    text = "Ann Lee said on Monday that the plan was “very bad” for the town. " * 300
    quotes = read(text)
    assert len(quotes) >= 290
    check_spans(text, quotes)


def test_a_long_quote_ends_where_its_paragraph_does() -> None:
    text = "“We go. " + "We stay here for good. " * 30 + "\n\nAnn Lee said the town was quiet."
    for quote in read(text):
        assert all("Ann Lee said" not in c.of(text) for c in quote.content)


def test_confidence_has_a_weight_for_each_sign() -> None:
    report = Report((Span(0, 4),), Span(5, 8), Span(9, 13))
    assert len(signs_of("text who said", report, D)) == len(WEIGHTS)
