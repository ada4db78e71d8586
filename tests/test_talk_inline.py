"""Cards for what is typed in any chat, letter by letter, and the short answers of a guest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.model import Draft
from bot.newsroom import Newsroom
from bot.talk.conversation import Conversation
from bot.talk.inline import PAGE, QUERIES_PER_QUESTION, InlineAsk, InlinePage
from bot.talk.plain import render_plain
from bot.talk.replies import BlockKind, Incoming, Reply
from tests.support.talks import NOW, Clock, newsroom_of

SAID = "“We will stop the imports on the first of October,” Lindqvist told reporters in Tallinn."
TALKS = "Mara Lindqvist, the energy minister, spoke after talks on gas imports."
GAS = Draft(
    id="gas",
    url="https://harbourpost.example/gas",
    title="Minister sets a date",
    source="Harbour Post",
    published=date(2025, 3, 12),
    text=(f"Minister sets a date\n\n{TALKS} {SAID} The storage is half full, the ministry said."),
)
STRIKE = Draft(
    id="strike",
    title="Rail union calls a strike",
    source="Valley Radio",
    published=date(2025, 3, 14),
    text=(
        "Rail union calls a strike\n\n"
        "The rail union called a strike for Monday. “The trains will stand still for three days,” "
        "said Tomas Berg, the head of the union.\n\n"
        "About 1,200 people were moved from their homes in Orsa."
    ),
)


def later(number: int) -> Draft:
    """One of many articles in which the minister says something new."""
    day = date(2025, 1, 1) + timedelta(days=number)
    return Draft(
        id=f"later-{number}",
        title=f"Notice {number}",
        source="Nordwire",
        published=day,
        text=f"“Store number {number} will be built in time,” said Mara Lindqvist, the minister.",
    )


@pytest.fixture
def newsroom() -> Newsroom:
    return newsroom_of(GAS, STRIKE)


@pytest.fixture
def talk(newsroom: Newsroom) -> Conversation:
    return Conversation(newsroom, questions_per_minute=100, clock=Clock())


def typed(talk: Conversation, text: str, offset: str = "", **more: str) -> InlinePage:
    return talk.inline(InlineAsk("tg:1", text, offset, **more))


def quotes_in(page: InlinePage) -> list[str]:
    return [
        block.text
        for card in page.cards
        for block in card.reply.blocks
        if block.kind is BlockKind.QUOTE
    ]


# ------------------------------------------------------------------------------- words
@pytest.mark.parametrize(
    ("text", "first"),
    [
        pytest.param("lindqvist", SAID, id="surname"),
        pytest.param("Mara Lindqvist", SAID, id="whole-name"),
        pytest.param("lind", SAID, id="beginning-of-a-name"),
        pytest.param("mara li", SAID, id="beginning-of-the-second-name"),
        pytest.param("what did lindq", SAID, id="question-with-half-a-name"),
        pytest.param("what did lindquist say about imports", SAID, id="slip-of-the-pen"),
        pytest.param("gas impo", TALKS, id="beginning-of-a-word"),
        pytest.param("who said “stop the imports on the first”", SAID, id="who-said"),
        pytest.param("“we will stop the imp", SAID, id="beginning-of-a-quotation"),
        pytest.param("imporst", TALKS, id="slip-in-a-common-word"),
    ],
)
def test_the_right_sentence_comes_first_while_it_is_typed(
    talk: Conversation, text: str, first: str
) -> None:
    assert first in quotes_in(typed(talk, text))[:2]


def test_every_state_of_typing_is_answered(talk: Conversation) -> None:
    question = "how many people were moved in Orsa?"
    pages = [typed(talk, question[:end]) for end in range(len(question) + 1)]
    assert all(page.cards for page in pages)
    assert pages[-1].cards[0].title.startswith("About 1,200 people")


@pytest.mark.parametrize("text", ["", " ", "?", "w", "what", "who said", "🙂"])
def test_nothing_to_look_for_brings_the_newest_quotes(talk: Conversation, text: str) -> None:
    page = typed(talk, text)
    assert [card.title for card in page.cards] == [
        "Tomas Berg, head of the union · 14 Mar 2025",
        "Mara Lindqvist, energy minister · 12 Mar 2025",
    ]
    assert page.button is not None
    assert (page.button.label, page.button.start) == ("Ask me in private", "ask")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ud800 lindqvist", id="half-a-character"),
        pytest.param("\0lind", id="nul"),
        pytest.param("“" * 256, id="quotation-marks"),
        pytest.param("“a “b “c " * 28, id="open-quotations"),
        pytest.param("xq " * 85, id="words-of-nobody"),
        pytest.param("timeline " * 28, id="timelines"),
        pytest.param("q_1_2_3 " * 30, id="places"),
        pytest.param("\u202elindqvist\u200b", id="turned-around"),
        pytest.param("李" * 256, id="without-spaces"),
        pytest.param("a" * 150_000, id="longer-than-any"),
    ],
)
def test_whatever_is_typed_gets_a_page(talk: Conversation, text: str) -> None:
    page = typed(talk, text)
    assert page.cards or page.button is not None


def test_nothing_found_says_so_and_leads_to_the_private_chat(talk: Conversation) -> None:
    page = typed(talk, "who won the chess final in Quito?")
    assert page.button is not None
    assert page.button.label == "I have nothing on that – ask me in private"
    assert page.button.start == "s_who_won_the_chess_final_in_quito"
    assert page.cards, "the newest quotes stand in the place of an empty list"


@pytest.mark.parametrize("text", ["ferg", "haxe", "zindqvist"])
def test_a_word_that_may_go_on_is_not_taken_for_any_other(talk: Conversation, text: str) -> None:
    page = typed(talk, text)
    assert page.button is not None
    assert page.button.label.startswith("I have nothing on that")


def test_a_name_that_is_read_otherwise_is_told(talk: Conversation) -> None:
    page = typed(talk, "lindquist imports")
    assert page.button is not None
    assert page.button.label == "Read as: Lindqvist"


def test_words_are_checked(talk: Conversation) -> None:
    page = typed(talk, "did Tomas Berg say “We will stop the imports on the first of October”?")
    assert page.cards[0].title.startswith("Not Tomas Berg: Mara Lindqvist")
    page = typed(talk, "“Nobody will ever find these seven words anywhere”")
    assert page.button is not None
    assert page.button.label == "Not in my articles – ask me in private"


def test_a_timeline_brings_what_was_said_by_day_and_leads_to_the_whole(
    newsroom: Newsroom, talk: Conversation
) -> None:
    newsroom.add(later(90))
    reply = talk.handle(Incoming("tg:1", "tg:1", text="/timeline Lindqvist"))
    (share,) = [b.share for row in reply.buttons for b in row if b.share is not None]
    page = typed(talk, share)
    days = [card.title.rpartition(" · ")[2] for card in page.cards]
    assert list(dict.fromkeys(days)) == ["12 Mar 2025", "1 Apr 2025"]
    assert page.button is not None
    assert page.button.start == "t_lindqvist"
    whole = render_plain(talk.handle(Incoming("tg:1", "tg:1", text="/start t_lindqvist")))
    assert SAID in whole
    assert later(90).text in whole


# ------------------------------------------------------------------------------- cards
def test_a_card_becomes_the_quote_with_its_source_and_its_context(talk: Conversation) -> None:
    (card, *_) = typed(talk, "lindqvist imports").cards
    assert card.title == "Mara Lindqvist, energy minister · 12 Mar 2025"
    assert card.description == SAID
    lead, quote, source = card.reply.blocks
    assert (lead.kind, quote.text) == (BlockKind.LEAD, SAID)
    assert "Harbour Post" in source.text
    assert source.url == GAS.url
    ((context,),) = card.reply.buttons
    assert context.start is not None
    reply = talk.handle(Incoming("tg:2", "tg:2", text=f"/start {context.start}"))
    assert "talks on gas imports" in render_plain(reply)
    assert SAID in render_plain(reply)


def test_a_quote_that_is_shared_is_found_by_its_very_place(
    newsroom: Newsroom, talk: Conversation
) -> None:
    start = GAS.text.index(SAID)
    key = newsroom.get_article("gas").key
    page = typed(talk, f"q_{key}_{start}_{start + len(SAID)}")
    assert quotes_in(page) == [SAID]


def test_a_shared_place_cannot_clip_a_sentence(newsroom: Newsroom, talk: Conversation) -> None:
    key, start = newsroom.get_article("gas").key, GAS.text.index("stop the imports")
    assert quotes_in(typed(talk, f"q_{key}_{start}_{start + 4}")) == [SAID]


@pytest.mark.parametrize("place", ["99_0_5", "1_5_5", "1_0_999999999", "9999999999999999999_0_5"])
def test_a_shared_place_that_is_none_shows_no_quote_of_it(talk: Conversation, place: str) -> None:
    assert typed(talk, f"q_{place}").button is not None


def test_a_sentence_that_was_corrected_is_not_shared_any_more(
    newsroom: Newsroom, talk: Conversation
) -> None:
    article = newsroom.get_article("gas")
    start = GAS.text.index(SAID)
    link = f"q_{article.key}_{start}_{start + len(SAID)}"
    moved = GAS.text.replace("Minister sets a date\n\n", "Minister sets date\n\nIn Tallinn: ")
    newsroom.add(replace(GAS, text=moved))
    assert quotes_in(typed(talk, link)) == [SAID]
    newsroom.add(replace(GAS, text=GAS.text.replace("first of October", "first of May")))
    assert SAID not in quotes_in(typed(talk, link))


def test_a_link_of_long_ago_leads_to_what_stands_now(
    newsroom: Newsroom, talk: Conversation
) -> None:
    (card, *_) = typed(talk, "lindqvist imports").cards
    ((context,),) = card.reply.buttons
    assert context.start is not None
    newsroom.add(replace(GAS, text=GAS.text.replace("first of October", "first of May")))
    for link in (context.start, f"q_{context.start.removeprefix('c_')}"):
        shown = render_plain(talk.handle(Incoming("tg:2", "tg:2", text=f"/start {link}")))
        assert "We will stop the imports on the first of May" in shown
    newsroom.remove("gas")
    shown = render_plain(talk.handle(Incoming("tg:2", "tg:2", text=f"/start {context.start}")))
    assert "imports" not in shown


def test_what_is_removed_is_not_shown_any_more(newsroom: Newsroom, talk: Conversation) -> None:
    assert SAID in quotes_in(typed(talk, "lindqvist"))
    newsroom.remove("gas")
    for text in ("lindqvist", "", "gas imports"):
        assert SAID not in quotes_in(typed(talk, text))


def test_ids_are_the_cards_own_and_stay(talk: Conversation) -> None:
    ids = [card.id for text in ("lindqvist", "gas imports") for card in typed(talk, text).cards]
    again = [card.id for text in ("lindqvist", "gas imports") for card in typed(talk, text).cards]
    assert ids == again
    assert max(len(number.encode()) for number in ids) <= 64


def test_pages_follow_one_another_without_doubles() -> None:
    newsroom = newsroom_of(*(later(number) for number in range(2 * PAGE + 3)))
    talk = Conversation(newsroom, questions_per_minute=100, clock=Clock())
    offset, pages = "", []
    while not pages or offset:
        pages.append(typed(talk, "lindqvist", offset))
        offset = pages[-1].next_offset
    assert [len(page.cards) for page in pages] == [PAGE, PAGE, 3]
    shown = [quote for page in pages for quote in quotes_in(page)]
    assert shown == [later(n).text for n in reversed(range(2 * PAGE + 3))]


@pytest.mark.parametrize("offset", ["x", "-1", "²", "9" * 60])
def test_an_offset_that_is_not_ours_begins_at_the_top(talk: Conversation, offset: str) -> None:
    assert typed(talk, "lindqvist", offset) == typed(talk, "lindqvist")


# ---------------------------------------------------------------------------- keeping
def test_nothing_that_was_typed_is_kept(newsroom: Newsroom, talk: Conversation) -> None:
    dump = list(newsroom.store.read().iterdump())
    for text in ("what did lindqvist say about the imports?", "and Berg?", ""):
        typed(talk, text)
    talk.guest(Incoming("guest:-5", "tg:1", text="what did Lindqvist say?"))
    assert list(newsroom.store.read().iterdump()) == dump


def test_a_new_article_is_found_at_once(newsroom: Newsroom, talk: Conversation) -> None:
    typed(talk, "lindqvist"), typed(talk, "")
    newsroom.add(later(400))
    assert later(400).text in quotes_in(typed(talk, "lindqvist"))
    assert later(400).text in quotes_in(typed(talk, ""))


def test_who_types_without_end_is_asked_to_wait(newsroom: Newsroom) -> None:
    clock = Clock()
    talk = Conversation(newsroom, questions_per_minute=2, clock=clock)
    for number in range(2 * QUERIES_PER_QUESTION):
        assert typed(talk, f"lindqvist {number}").cards
    page = typed(talk, "lindqvist")
    assert not page.cards
    assert page.button is not None
    assert page.button.label == "Too fast. Go on in 60 seconds"
    assert page.keep_seconds == 0
    assert talk.inline(InlineAsk("tg:2", "lindqvist")).cards
    clock.now = NOW + timedelta(minutes=1)
    assert typed(talk, "lindqvist").cards


# ----------------------------------------------------------------------------- guests
def guest(talk: Conversation, text: str, **more: str) -> Reply:
    return talk.guest(Incoming("guest:-5", "tg:7", text=text, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "about", "held"),
    [
        pytest.param("what did Lindqvist say about the imports?", None, SAID, id="question"),
        pytest.param("", f"Look: {SAID}", SAID, id="only-our-name-under-a-message"),
        pytest.param("is this real?", f"Look: {SAID}", "word for word", id="is-this-real"),
        pytest.param("who said this", f"Look: {SAID}", "Mara Lindqvist", id="who-said-this"),
        pytest.param("who said this", "No such words are here", "none of my", id="not-ours"),
        pytest.param("who won the chess final?", None, "I have nothing on that.", id="nothing"),
        pytest.param("hello", None, "I answer questions", id="greeting"),
        pytest.param("", None, "I answer questions", id="only-our-name"),
        pytest.param("/add https://x.example/y", None, "I answer questions", id="command"),
    ],
)
def test_a_guest_gives_one_short_answer(
    talk: Conversation, text: str, about: str | None, held: str
) -> None:
    reply = guest(talk, text, **({"reply_to": about} if about else {}))
    shown = render_plain(reply)
    assert held in shown
    assert len(shown) <= 600
    assert sum(block.kind is BlockKind.QUOTE for block in reply.blocks) <= 1
    assert all(b.start or b.url for row in reply.buttons for b in row), "no presses in there"


@pytest.mark.parametrize(
    ("text", "about", "held"),
    [
        pytest.param("stimmt das?", f"Look: {SAID}", "Wort für Wort", id="is-this-real"),
        pytest.param("was sagte Lindqvist?", None, "nur auf Englisch", id="foreign-question"),
    ],
)
def test_a_guest_understands_small_words_of_the_persons_language(
    talk: Conversation, text: str, about: str | None, held: str
) -> None:
    reply = guest(talk, text, language="de", **({"reply_to": about} if about else {}))
    assert held in render_plain(reply)
    assert all(b.start for row in reply.buttons for b in row)


def test_a_guest_tells_namesakes_apart() -> None:
    texts = [
        "“The rates will stay where they are this year,” said Anna Berg, the banker.",
        "“The rates of pay will not stay so low,” said Tomas Berg, the union leader.",
    ]
    drafts = [Draft(text, source=f"Paper {n}") for n, text in enumerate(texts)]
    talk = Conversation(newsroom_of(*drafts), clock=Clock())
    shown = render_plain(guest(talk, "what did Berg say about the rates?"))
    assert "Anna Berg, banker" in shown
    assert "Tomas Berg, union leader" in shown


def test_a_guest_tells_once_that_it_was_asked_too_much(newsroom: Newsroom) -> None:
    talk = Conversation(newsroom, questions_per_minute=1, clock=Clock())
    assert guest(talk, "what did Lindqvist say?").blocks
    assert "too many" in render_plain(guest(talk, "what did Berg say?"))
    assert guest(talk, "and in May?") == Reply()
