"""The reading view: what it repairs, what it leaves out, and that each place leads back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Span
from bot.text.view import make_view

REPAIRS = {
    "nothing": ("The ferry sailed at noon.", "The ferry sailed at noon."),
    "no_break_space": ("5\u00a0May, 10\u202f000", "5 May, 10 000"),
    "tab": ("one\ttwo", "one two"),
    "crlf": ("One.\r\n\r\nTwo.\rThree.", "One.\n\nTwo.\nThree."),
    "line_separator": ("One.\u2028Two.", "One.\nTwo."),
    "soft_hyphen": ("par\u00adlia\u00adment", "parliament"),
    "zero_width": ("Port\u200b Ellis\ufeff", "Port Ellis"),
    "direction_marks": ("\u202aPort Ellis\u202c", "Port Ellis"),
    "control": ("Port\x1b Ellis", "Port Ellis"),
    "mojibake_quotes": ("â€œWe wait,â€\x9d she said.", "“We wait,” she said."),
    "mojibake_latin_controls": ("â\x80\x9cWeâ\x80\x99re late", "“We’re late"),
    "mojibake_dash": ("late â€” again â€“ today", "late — again – today"),
    "mojibake_letters": ("FranÃ§ois and JosÃ© in ZÃ¼rich", "François and José in Zürich"),
    "mojibake_space": ("5Â\u00a0May, Â£3", "5 May, £3"),
    "mojibake_twice": ("FranÃƒÂ§ois", "François"),
    "mojibake_mac": ("‚ÄúWe wait,‚Äù she said", "“We wait,” she said"),
    "mojibake_euro": ("â‚¬5", "€5"),
    "good_accents_stay": ("«À Genève», Åsa, GARÇON, CAFÉ”, MALMÖ–", None),
    "good_capitals_stay": ("São Tomé; ÉTÉ’S; Â new; SÃO", None),
    "accent_apart": ("Jose\u0301 Muñoz", "José Muñoz"),
    "doubled_straight": ("''We wait,'' she said", '"We wait," she said'),
    "doubled_backticks": ("``We wait,'' she said", '"We wait," she said'),
    "doubled_curly": ("‘‘We wait,’’ she said", "“We wait,” she said"),
    "doubled_quotes": ('""We wait,"" she said ""no""', '"We wait," she said "no"'),
    "empty_quotes": ('He wrote "" and no more', None),
    "curly_stays": ("“We ‘wait’,” she said", None),
    "mismatched_stays": ('termed "a gesture of peace.” More', None),
    "turned_open": ("She said: ”We wait", "She said: “We wait"),
    "turned_close": ("“We wait.“ She left", "“We wait.” She left"),
    "turned_apostrophe": ("it‘s and it`s and it´s", "it’s and it’s and it’s"),
    "entities": ("Finch &amp; Co said &quot;no&quot; &#8217;tis", 'Finch & Co said "no" ’tis'),
    "entity_within_entity": ("Finch &amp;amp; Co", "Finch & Co"),
    "no_entity": ("AT&T and R&D; fish & chips", None),
    "tweet": ('<tweet id="1" author="@a">Good night</tweet>.', "Good night."),
    "inline_tags": ("a <b>bold</b> <a href='x.y'>link</a>", "a bold link"),
    "break_tag": ("one<br/>two", "one\ntwo"),
    "markdown_link": ("the [port](https://port.example/a) said", "the port said"),
    "markdown_image": ("![Boats](https://port.example/b.png) The port", " The port"),
    "markdown_bold": ("It was **very** late", "It was very late"),
    "markdown_heading": ("## What next", "What next"),
    "markdown_quotation": ("> > So it is", "So it is"),
    "no_markdown": ("2 ** 3 is #8; [sic] (so)", None),
    "no_tag": ("if a < b and b > c, <Bob> said", None),
}


@pytest.mark.parametrize(("stored", "expected"), REPAIRS.values(), ids=REPAIRS.keys())
def test_view_reads_what_was_meant(stored: str, expected: str | None) -> None:
    assert make_view(stored).text == (stored if expected is None else expected)


LEFT_OUT = [
    "Advertisement",
    "ADVERTISEMENT",
    "Story continues below advertisement",
    "Read more: Storm shuts the harbour of Port Ellis",
    "READ MORE: Storm shuts harbour",
    "Related: Ferries to run again",
    "RELATED STORIES",
    "(Photo: Ines Roca/Port Courier)",
    "Photo: Ines Roca",
    "Photo credit: Ines Roca",
    "Ines Roca/Getty Images",
    "Carl Odum via Getty Images",
    "(AP Photo/Ines Roca)",
    "Sign up for our morning newsletter",
    "Subscribe to The Tide, our weekly letter.",
    "Follow Ines Roca on Twitter @inesroca",
    "Follow us on Facebook",
    "Share this article",
    "Share",
    "12 comments",
    "Click here to read the full report.",
    "© 2025 The Port Courier. All rights reserved.",
    "Watch: The storm in pictures",
]


@pytest.mark.parametrize("line", LEFT_OUT)
def test_line_of_the_page_is_left_out(line: str) -> None:
    stored = f"Harbour reopens\n\nThe harbour reopened.\n\n{line}\n\nNobody was hurt."
    assert make_view(stored).text.split() == stored.replace(line, "").split()


KEPT = [
    "Photo shops in Port Ellis are shutting one after the other.",
    "Share prices fell on Monday.",
    "Read more books, she said.",
    "Follow the money, prosecutors said.",
    "“Subscribe to nothing,” he said.",
    "Related parties must be named. So says the law. It is new.",
    "Advertisements for the dam were seen in town.",
    "Comments by the mayor drew fire.",
    "Watch towers were built along the river.",
    'Image: "We wait," he wrote under it.',
    "More: than you think, he said. It is so. He left.",
    "The photo was taken by Ines Roca, the court heard.",
]


@pytest.mark.parametrize("line", KEPT)
def test_ordinary_sentence_is_kept(line: str) -> None:
    stored = f"Harbour reopens\n\nThe harbour reopened.\n\n{line}\n\nNobody was hurt."
    assert make_view(stored).text == stored


INLINE = {
    "advert": "It held. Advertisement Continue reading the main story The dam is new.",
    "read_more": "It held. Read more The dam is new.",
    "photo": "It held. (Photo: Ines Roca, Wire) The dam is new.",
    "credit": "It held. (Ines Roca/Port Courier) The dam is new.",
    "image": "Image copyright Wire Image caption The dam is new.",
    "device": "Media playback is not supported on this device The dam is new.",
    "share": "It held. Click to share on Facebook (Opens in new window) The dam is new.",
}


@pytest.mark.parametrize("stored", INLINE.values(), ids=INLINE.keys())
def test_furniture_within_a_line_parts_what_stands_around_it(stored: str) -> None:
    view = make_view(stored)
    lines = [line.strip() for line in view.text.splitlines() if line.strip()]
    assert lines[-1] == "The dam is new."
    assert lines[:-1] in ([], ["It held."])
    start = view.text.index("The dam")
    assert view.place(Span(start, len(view.text))).of(stored) == "The dam is new."


def test_first_line_is_never_left_out() -> None:
    stored = "Watch: The storm in pictures\n\nThe storm came."
    assert make_view(stored).text == stored


def test_head_of_a_page_is_left_out() -> None:
    stored = "Today : Mar 4, 2025\nPolitics\n3 March 2025\n\nHarbour reopens\n\nIt was shut."
    view = make_view(stored)
    assert view.text.strip() == "Harbour reopens\n\nIt was shut."
    start = view.text.index("Harbour")
    assert view.place(Span(start, start + 15)).of(stored) == "Harbour reopens"


def test_span_of_a_repair_is_the_whole_damage() -> None:
    stored = "He said â€œWe waitâ€\x9d twice."
    view = make_view(stored)
    quote = Span(view.text.index("“"), view.text.index("”") + 1)
    assert view.place(quote).of(stored) == "â€œWe waitâ€\x9d"
    content = Span(quote.start + 1, quote.end - 1)
    assert view.place(content).of(stored) == "We wait"


def test_what_is_left_out_within_a_span_is_inside_and_at_its_edge_outside() -> None:
    stored = "\u200bPort\u200b Ellis\u200b"
    view = make_view(stored)
    assert view.place(Span(0, 4)).of(stored) == "Port"
    assert view.place(Span(0, 10)).of(stored) == "Port\u200b Ellis"
    assert view.place(Span(10, 10)) == Span(len(stored), len(stored))


def test_span_beyond_the_view_is_cut() -> None:
    view = make_view("Port Ellis")
    assert view.place(Span(5, 99)) == Span(5, 10)
    assert view.place(Span(-3, 4)) == Span(0, 4)


PIECES = (
    "The mayor|said|**|[a](/b)|# |"
    "\u00a0|\u00ad|\u200b|â€œ|Ã§|Â|Ã|€|''|``|\"|“|”|<b>|</b>|<tweet id='1'>|<|>|&amp;"
    "|&|amp;|;|\r\n|\n|\n\n|Advertisement|Share|Photo: X|Read more: Y|. |e\u0301|\u0301|‘|’|`|e"
    "|Politics|3 March 2025|By Ines Roca|\x83|3|¶"
)
DAMAGED = st.lists(st.sampled_from(PIECES.split("|")), max_size=40).map("".join)


@given(DAMAGED | st.text(max_size=120))
def test_each_character_leads_back_in_order(stored: str) -> None:
    view = make_view(stored)
    at = 0
    for i in range(len(view.text)):
        place = view.place(Span(i, i + 1))
        assert at <= place.start < place.end <= len(stored)
        if len(place) == 1 and view.text[i].isalnum():
            assert stored[place.start] == view.text[i]
        at = place.start if len(place) > 1 else place.end


@given(DAMAGED | st.text(max_size=120))
def test_view_of_a_view_is_the_same(stored: str) -> None:
    text = make_view(stored).text
    assert make_view(text).text == text


@given(DAMAGED, st.integers(0, 60), st.integers(0, 60))
def test_place_of_a_span_reaches_from_its_first_to_its_last_character(
    stored: str, start: int, chars: int
) -> None:
    view = make_view(stored)
    span = Span(min(start, len(view.text)), min(start + chars, len(view.text)))
    place = view.place(span)
    assert 0 <= place.start <= place.end <= len(stored)
    if len(span):
        first = view.place(Span(span.start, span.start + 1))
        last = view.place(Span(span.end - 1, span.end))
        assert (place.start, place.end) == (first.start, last.end)


@given(st.text(alphabet="abcçéñüßÖ “”‘’—–…€£.,\n", max_size=80))
def test_good_text_decoded_wrongly_is_read_as_the_good_text(good: str) -> None:
    damaged = "".join(
        char.encode().decode("latin-1") if ord(char) > 0x7F else char for char in good
    )
    if damaged.isascii() or "Ã" in good:
        return
    assert make_view(damaged).text == make_view(good).text


HOSTILE = {
    "tags": "<a " * 50_000,
    "open_tags": "<" * 150_000,
    "entities": "&" * 150_000,
    "mojibake": "Ã" * 150_000,
    "euro": "â€" * 75_000,
    "quotes": "''" * 75_000,
    "zero_width": "\u200b" * 150_000,
    "advertisements": "Advertisement\n" * 10_000,
    "photo": "Photo: " * 20_000,
    "follow": "Follow " * 20_000,
    "follow_lines": "Follow A\n" * 16_000,
    "slash": "a/" * 75_000,
    "spaces": " " * 150_000 + "x",
    "only_spaces": " " * 150_000,
    "dashes": "- \n" * 50_000,
    "newlines": "\n" * 150_000,
    "spaced_lines": (" " * 100 + "\n") * 1_500,
    "long_line": "more from " * 15_000,
    "by": "By A " * 30_000,
    "dates": "3 March 2025 " * 12_000,
    "digits": "1" * 150_000,
    "crumbs": "News > " * 20_000,
    "links": "[a](" * 40_000,
    "brackets": "[a" * 75_000,
    "stars": "**" * 75_000,
    "accents": "e\u0301" * 75_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.perf_counter()
    make_view(text)
    # Real text of this length takes about 30 ms; a quadratic rule takes minutes.
    assert time.perf_counter() - started < 2
