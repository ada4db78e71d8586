"""Replies as Telegram messages: whatever is in them, no message breaks Telegram's limits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.talk.replies import Block, BlockKind, Button, Reply
from handlers.render import MOST_TEXT_UTF16, render_reply, render_toast
from handlers.texts import cut_text, utf16_length
from tests.support.botapi.entities import found_entities, parse_html

LINK = "https://nordwire.example/a?b=1&c=2"

hostile_text = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("<>&\"'/ \n\u200d\u202e\u0301\ufe0f🌍👩🇸🇪@#.?"),
    ),
    max_size=300,
)
blocks = st.builds(
    Block,
    st.sampled_from(list(BlockKind)),
    st.one_of(
        hostile_text,
        st.tuples(hostile_text, st.integers(1, 400)).map(lambda pair: pair[0] * pair[1]),
    ),
    st.sampled_from([None, LINK, 'javascript:"x"', 'https://x.example/<b>&"']),
)


def reply_of(*parts: Block, buttons: tuple[tuple[Button, ...], ...] = ()) -> Reply:
    return Reply(parts, buttons)


def quote(text: str) -> Block:
    return Block(BlockKind.QUOTE, text)


@pytest.mark.parametrize(
    ("parts", "html"),
    [
        pytest.param(
            [
                Block(BlockKind.LEAD, "Mara Lind & co"),
                quote("“It is <done>,” she said."),
                Block(BlockKind.SOURCE, "Mara Lind · 3 Mar · Nordwire, “Gas”", LINK),
                Block(BlockKind.FOOTER, "Covers 3 articles"),
            ],
            "<b>Mara Lind &amp; co</b>\n"
            "<blockquote>“It is &lt;done&gt;,” she said.</blockquote>\n"
            'Mara Lind · 3 Mar · <a href="https://nordwire.example/a?b=1&amp;c=2">'
            "Nordwire, “Gas”</a>\n\n"
            "<i>Covers 3 articles</i>",
            id="answer",
        ),
        pytest.param(
            [Block(BlockKind.SOURCE, "the source", LINK)],
            '<a href="https://nordwire.example/a?b=1&amp;c=2">the source</a>',
            id="link-without-headline",
        ),
        pytest.param(
            [Block(BlockKind.SOURCE, "the source", "javascript:alert(1)")],
            "the source",
            id="only-web-addresses-are-links",
        ),
        pytest.param(
            [Block(BlockKind.TEXT, "/a – x"), Block(BlockKind.TEXT, "/b – y")],
            "/a – x\n/b – y",
            id="short-lines-are-a-list",
        ),
        pytest.param(
            [Block(BlockKind.TEXT, "by \u202eevil\u200b Name")],
            "by evil Name",
            id="frame-is-clean",
        ),
        pytest.param(
            [quote("a\u202eb\u200bc")],
            "<blockquote>a\u202eb\u200bc</blockquote>",
            id="quote-is-untouched",
        ),
        pytest.param([Block(BlockKind.TEXT, " \n"), quote("")], None, id="nothing-to-show"),
    ],
)
def test_blocks_are_shown(parts: list[Block], html: str | None) -> None:
    messages = render_reply(reply_of(*parts))
    assert [message.html for message in messages] == ([] if html is None else [html])


@pytest.mark.parametrize("headline", ["“Ferry sails”", "„Ferry sails“", "«Ferry sails»"])
def test_the_headline_alone_is_the_link_in_every_language(headline: str) -> None:
    line = f"Ida Moe · 12 Mar 2025 · Nordwire, {headline}"
    source = Block(BlockKind.SOURCE, line, url="https://nordwire.example/ferry")
    (message,) = render_reply(Reply((source,)))
    link = f'<a href="https://nordwire.example/ferry">Nordwire, {headline}</a>'
    assert message.html == f"Ida Moe · 12 Mar 2025 · {link}"


def test_lines_of_a_numbered_list_follow_one_another_however_long() -> None:
    lines = [Block(BlockKind.TEXT, f"{n}. {'word ' * n * 15}end") for n in (1, 2, 3)]
    (message,) = render_reply(Reply(tuple(lines)))
    assert message.plain.count("\n") == 2


def test_only_a_single_source_has_a_preview() -> None:
    source = Block(BlockKind.SOURCE, "a", LINK)
    other = Block(BlockKind.SOURCE, "b", "https://b.example/")
    assert render_reply(reply_of(quote("x"), source))[0].preview == LINK
    assert render_reply(reply_of(quote("x"), source, quote("y"), other))[0].preview is None


@pytest.mark.parametrize(
    ("buttons", "labels"),
    [
        pytest.param([Button("Context", "ctx:1:2:3")], [["Context"]], id="press"),
        pytest.param([Button("x", "é" * 33)], [], id="press-over-64-bytes"),
        pytest.param([Button("x", url="nowhere")], [], id="no-address"),
        pytest.param([Button("x", copy="y" * 257)], [], id="a-copy-is-never-cut"),
        pytest.param([Button(" ", "a")], [], id="no-label"),
        pytest.param(
            [Button(str(n), "a") for n in range(10)],
            [list("01234567"), list("89")],
            id="long-rows-are-broken",
        ),
        pytest.param([Button("w" * 90, "a")], [["w" * 63 + "…"]], id="long-label"),
    ],
)
def test_buttons_are_such_as_telegram_takes(
    buttons: list[Button], labels: list[list[str]]
) -> None:
    (message,) = render_reply(reply_of(quote("x"), buttons=(tuple(buttons),)))
    assert [[button.label for button in row] for row in message.keyboard] == labels


def test_buttons_stand_under_the_last_part_only() -> None:
    parts = render_reply(reply_of(quote("word " * 2000), buttons=((Button("Go", "go"),),)))
    assert len(parts) == 3
    assert [bool(part.keyboard) for part in parts] == [False, False, True]


def test_a_quote_and_its_source_stay_in_one_message() -> None:
    source = Block(BlockKind.SOURCE, "s" * 80)
    pairs = [part for n in range(12) for part in (quote(f"{n} " + "q" * 700), source)]
    messages = render_reply(reply_of(*pairs))
    assert len(messages) == 3
    assert all(message.html.rstrip().endswith("s" * 80) for message in messages)


def test_a_toast_is_cut_to_its_length() -> None:
    assert render_toast(Reply(toast="x" * 300)) == "x" * 199 + "…"
    assert render_toast(Reply()) is None


@pytest.mark.parametrize(
    ("text", "most", "parts"),
    [
        pytest.param("One here. Two is here.", 16, ["One here. ", "Two is here."], id="sentence"),
        pytest.param("aa bb\n\ncc dd ee", 12, ["aa bb\n\n", "cc dd ee"], id="paragraph"),
        pytest.param("abcdefgh", 5, ["abcde", "fgh"], id="no-border"),
        pytest.param("🌍🌍🌍", 5, ["🌍🌍", "🌍"], id="surrogates-stay-whole"),
        pytest.param("abce\u0301f", 4, ["abc", "e\u0301f"], id="accents-stay-with-their-letter"),
    ],
)
def test_text_is_cut_where_it_hurts_least(text: str, most: int, parts: list[str]) -> None:
    assert cut_text(text, most) == parts


@given(hostile_text, st.integers(2, 40))
def test_parts_join_back(text: str, most: int) -> None:
    parts = cut_text(text, most)
    assert "".join(parts) == text
    assert all(0 < utf16_length(part) <= most for part in parts)


@settings(max_examples=150, deadline=None)
@given(st.lists(blocks, max_size=12))
def test_no_message_breaks_a_limit(parts: list[Block]) -> None:
    """Read back by the twin's parser, which speaks the server's errors."""
    for message in render_reply(reply_of(*parts)):
        assert len(message.html.encode()) <= 32_768
        text, entities = parse_html(message.html)
        assert text == message.plain
        assert utf16_length(text) <= 4096
        assert len([e for e in entities if e["length"]]) <= 100


@settings(max_examples=100, deadline=None)
@given(hostile_text.filter(str.strip), st.integers(1, 500))
def test_a_quote_arrives_byte_for_byte(text: str, times: int) -> None:
    whole = text * times
    shown = [parse_html(message.html)[0] for message in render_reply(reply_of(quote(whole)))]
    sendable = "".join(c if c in "\n\t\r" or c >= " " else "\ufffd" for c in whole)
    # A stretch of white space alone is no message of its own.
    assert "".join(shown).split() == sendable.split()


def test_a_message_full_of_names_keeps_its_formatting() -> None:
    rows = [quote(f"@reader{n} saw #tag{n} at x{n}.example " * 3) for n in range(40)]
    for message in render_reply(reply_of(*rows)):
        text, entities = parse_html(message.html)
        assert len(entities) + len(found_entities(text)) <= 100
    assert MOST_TEXT_UTF16 <= 4096
