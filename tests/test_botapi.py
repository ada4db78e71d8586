"""The twin of Telegram answers as the real server does: over HTTP, through the bot library."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from tests.support.botapi import TOKEN, BotApi, Fault, Rates
from tests.support.botapi.entities import ParseError, parse_html
from tests.support.botapi.people import cut_long
from tests.support.botapi.web import Request, Response, WebServer


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest_asyncio.fixture
async def twin() -> AsyncIterator[BotApi]:
    async with BotApi() as running:
        yield running


@pytest_asyncio.fixture
async def bot(twin: BotApi) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=twin.base_url, base_file_url=twin.base_file_url) as running:
        yield running


def keyboard(**button: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Tap", **button)]])


# --------------------------------------------------------------------------------- markup
@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        pytest.param("a &lt;b&gt; &amp; c", "a <b> & c", [], id="references"),
        pytest.param("<b>bo</b>ld", "bold", [("bold", 0, 2)], id="bold"),
        pytest.param("🌍<i>x</i>", "🌍x", [("italic", 2, 1)], id="offsets-in-utf16"),
        pytest.param("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)], id="nested"),
        pytest.param(
            "<blockquote expandable>q</blockquote>",
            "q",
            [("expandable_blockquote", 0, 1)],
            id="expandable",
        ),
        pytest.param(
            '<a href="https://x.example/?a=1&amp;b">l</a>', "l", [("text_link", 0, 1)], id="link"
        ),
        pytest.param("<b></b>x", "x", [], id="empty-tag-leaves-nothing"),
        pytest.param("AT&T", "AT&T", [], id="bare-ampersand"),
    ],
)
def test_html_becomes_text_and_entities(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    got, found = parse_html(source)
    assert got == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param("<b>x", 'Can\'t find end tag corresponding to start tag "b"', id="unclosed"),
        pytest.param("x</b>", "Unexpected end tag at byte offset 1", id="unopened"),
        pytest.param("é<p>x</p>", 'Unsupported start tag "p" at byte offset 2', id="unknown"),
        pytest.param(
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
            id="crossed",
        ),
        pytest.param("1 < 2", 'Unsupported start tag ""', id="bare-less-than"),
        pytest.param("a <b", "Unclosed start tag at byte offset 2", id="cut-tag"),
        pytest.param('<a href="x', "Unclosed start tag at byte offset 0", id="cut-attribute"),
    ],
)
def test_broken_html_is_refused_in_the_servers_words(source: str, words: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse_html(source)
    assert words in str(caught.value)


def test_a_long_text_is_cut_as_an_app_cuts_it() -> None:
    parts = cut_long("word " * 2000)
    assert [len(part) for part in parts] == [4094, 4094, 1809]


# --------------------------------------------------------------------------------- limits
async def test_text_is_counted_after_the_markup(bot: Bot, twin: BotApi) -> None:
    ada = twin.person("Ada")
    await bot.send_message(ada.id, f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(ada.id, "x" * 4097)
    with pytest.raises(BadRequest, match="Text is too long"):
        await bot.send_message(ada.id, "&amp;" * 7000, parse_mode="HTML")


async def test_formatting_behind_the_hundredth_entity_is_lost(bot: Bot, twin: BotApi) -> None:
    ada = twin.person("Ada")
    sent = await bot.send_message(ada.id, "<b>x</b> " * 150, parse_mode="HTML")
    assert len(sent.entities) == 100


@pytest.mark.parametrize(
    ("button", "words"),
    [
        pytest.param({"callback_data": "é" * 33}, "Button_data_invalid", id="66-bytes"),
        pytest.param({"url": "nowhere"}, "wrong http url", id="url"),
    ],
)
async def test_a_wrong_button_is_refused(
    bot: Bot, twin: BotApi, button: dict[str, str], words: str
) -> None:
    ada = twin.person("Ada")
    with pytest.raises(BadRequest) as caught:
        await bot.send_message(ada.id, "x", reply_markup=keyboard(**button))
    assert words.lower() in caught.value.message.lower()


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, twin: BotApi) -> None:
    ada = twin.person("Ada")
    sent = await bot.send_message(ada.id, "one")
    await sent.edit_text("two")
    with pytest.raises(BadRequest, match="not modified"):
        await sent.edit_text("two")
    assert [(s.text, s.edits) for s in twin.transcript(ada)] == [("two", 1)]


async def test_rates_are_kept_when_they_are_switched_on(bot: Bot, twin: BotApi) -> None:
    twin.rates = Rates(burst=2)
    ada, bo = twin.person("Ada"), twin.person("Bo")
    await bot.send_message(ada.id, "1")
    await bot.send_message(ada.id, "2")
    with pytest.raises(RetryAfter):
        await bot.send_message(ada.id, "3")
    await bot.send_message(bo.id, "another chat is not held")


# -------------------------------------------------------------------------------- updates
async def test_updates_vanish_when_they_are_confirmed(bot: Bot, twin: BotApi) -> None:
    ada = twin.person("Ada")
    ada.sends("one")
    ada.sends("two")
    first = await bot.get_updates()
    assert [u.message.text for u in first if u.message] == ["one", "two"]
    assert len(await bot.get_updates()) == 2
    rest = await bot.get_updates(offset=first[0].update_id + 1)
    assert [u.message.text for u in rest if u.message] == ["two"]
    assert await bot.get_updates(offset=first[1].update_id + 1) == ()


async def test_a_long_poll_ends_when_something_comes(bot: Bot, twin: BotApi) -> None:
    ada = twin.person("Ada")
    poll = asyncio.create_task(bot.get_updates(timeout=10))
    await asyncio.sleep(0.05)
    ada.sends("now")
    async with asyncio.timeout(2):
        (update,) = await poll
    assert update.message is not None
    assert update.message.text == "now"


async def test_the_older_of_two_polls_gets_a_conflict(bot: Bot, twin: BotApi) -> None:
    async with Bot(TOKEN, base_url=twin.base_url) as rival:
        poll = asyncio.create_task(bot.get_updates(timeout=10))
        await asyncio.sleep(0.05)
        assert await rival.get_updates(timeout=0) == ()
        with pytest.raises(Conflict, match="terminated by other getUpdates"):
            await poll


async def test_polling_is_refused_while_a_webhook_is_set(bot: Bot, twin: BotApi) -> None:
    await bot.set_webhook("https://bot.example/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_the_webhook_gets_updates_with_the_secret_until_it_takes_them(
    bot: Bot, twin: BotApi
) -> None:
    got: list[Request] = []

    async def receive(request: Request) -> Response:
        got.append(request)
        return Response(500 if len(got) == 1 else 200)

    receiver = WebServer(receive)
    await receiver.start()
    await bot.set_webhook(f"http://127.0.0.1:{receiver.port}/hook", secret_token="s3")
    twin.person("Ada").sends("hello")
    await twin.until(lambda: not twin.world.updates)
    assert (await bot.get_webhook_info()).last_error_message == (
        "Wrong response from the webhook: 500"
    )
    await receiver.stop()
    secret = "x-telegram-bot-api-secret-token"
    assert [(r.path, r.headers[secret]) for r in got] == [("/hook", "s3")] * 2
    assert got[1].parameters["message"]["text"] == "hello"


@pytest.mark.parametrize("token", ["7100000001:AAother", "nonsense"])
async def test_a_wrong_token_is_refused(twin: BotApi, token: str) -> None:
    with pytest.raises(InvalidToken):
        async with Bot(token, base_url=twin.base_url):
            pass


# ------------------------------------------------------------------------ people and chats
async def test_a_press_is_answered_once_and_in_time(bot: Bot, twin: BotApi) -> None:
    ada = twin.person("Ada")
    await bot.send_message(ada.id, "x", reply_markup=keyboard(callback_data="go"))
    press = ada.presses("Tap")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    await update.callback_query.answer("noted")
    assert press.answered == {"text": "noted", "show_alert": False}
    with pytest.raises(BadRequest, match="too old"):
        await update.callback_query.answer()
    late = ada.presses("Tap", expired=True)
    with pytest.raises(BadRequest, match="too old"):
        await bot.answer_callback_query(late.id)


async def test_files_come_back_as_they_were_sent(bot: Bot, twin: BotApi) -> None:
    ada = twin.person("Ada")
    ada.sends_document("notes.txt", b"one\r\ntwo\x00", caption="/add")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"one\r\ntwo\x00"
    sent = await bot.send_document(ada.id, b"report", filename="r.csv", caption="done")
    assert (sent.caption, twin.last_from_bot(ada).file_name) == ("done", "r.csv")


async def test_in_a_group_only_what_is_said_to_the_bot_reaches_it(bot: Bot, twin: BotApi) -> None:
    ada = twin.person("Ada")
    group = twin.group(members=[ada])
    mine = await bot.send_message(group.id, "hello all")
    for text in ("nothing for you", "@other_bot hi", "/ask@other_bot x"):
        ada.sends(text, chat=group)
    for text in ("/ask x", "hey @newsbot_test_bot"):
        ada.sends(text, chat=group)
    ada.sends("who?", chat=group, reply_to=mine.message_id)
    updates = await bot.get_updates()
    assert [u.message.text for u in updates if u.message] == [
        "/ask x",
        "hey @newsbot_test_bot",
        "who?",
    ]


async def test_blocked_kicked_moved_and_closed_are_told(bot: Bot, twin: BotApi) -> None:
    ada = twin.person("Ada")
    ada.blocks()
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(ada.id, "x")
    group = twin.group(members=[ada])
    topic = group.topic("Energy", closed=True)
    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await bot.send_message(group.id, "x", message_thread_id=topic)
    new = group.upgrades()
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group.id, "x")
    assert caught.value.new_chat_id == new.id
    new.removes_bot()
    with pytest.raises(Forbidden, match="kicked"):
        await bot.send_message(new.id, "x")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(999, "x")


# --------------------------------------------------------------------------------- faults
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        pytest.param(Fault("sendMessage", retry_after=7), RetryAfter, id="429"),
        pytest.param(Fault("sendMessage", status=502), NetworkError, id="502"),
        pytest.param(Fault("sendMessage", cut="before"), NetworkError, id="cut-before"),
        pytest.param(Fault("sendMessage", cut="after"), NetworkError, id="cut-after"),
        pytest.param(Fault("*", garbage=b'{"ok": tr'), TelegramError, id="broken-json"),
        pytest.param(Fault("sendMessage", migrate_to=-100123), ChatMigrated, id="migrated"),
    ],
)
async def test_a_scripted_fault_hits_once(
    bot: Bot, twin: BotApi, fault: Fault, error: type[TelegramError]
) -> None:
    ada = twin.person("Ada")
    arrives = fault.cut == "after"
    twin.faults.add(fault)
    with pytest.raises(error):
        await bot.send_message(ada.id, "one")
    assert len(twin.from_bot(ada)) == int(arrives)
    await bot.send_message(ada.id, "two")
    assert twin.last_from_bot(ada).text == "two"
    assert len(twin.calls_of("sendMessage", ada)) == 2


async def test_a_fault_for_one_chat_spares_the_others(bot: Bot, twin: BotApi) -> None:
    ada, bo = twin.person("Ada"), twin.person("Bo")
    twin.faults.add(Fault("sendMessage", chat=ada.id, status=500, times=None))
    await bot.send_message(bo.id, "fine")
    with pytest.raises(NetworkError):
        await bot.send_message(ada.id, "not fine")


async def test_the_twin_can_be_out_of_reach_and_come_back(bot: Bot, twin: BotApi) -> None:
    await twin.goes_down()
    with pytest.raises(NetworkError):
        await bot.get_me()
    await twin.comes_up()
    assert (await bot.get_me()).username == "newsbot_test_bot"


# ------------------------------------------------------------------------- in other chats
def result(number: str = "1", html: str = "<b>x</b>", **more: Any) -> InlineQueryResultArticle:
    content = InputTextMessageContent(html, parse_mode="HTML")
    return InlineQueryResultArticle(number, "A title", content, **more)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param({"results": [result("a" * 65)]}, "RESULT_ID_INVALID", id="long-id"),
        pytest.param({"results": [result(), result()]}, "RESULT_ID_DUPLICATE", id="same-id"),
        pytest.param(
            {"results": [result(str(n)) for n in range(51)]}, "RESULTS_TOO_MUCH", id="too-many"
        ),
        pytest.param({"results": [], "next_offset": "ä" * 33}, "NEXT_OFFSET_INVALID", id="offset"),
        pytest.param({"results": [result(html="<b>x")]}, "can't parse entities", id="broken-html"),
        pytest.param({"results": [result(html="x" * 4097)]}, "too long", id="long-text"),
        pytest.param(
            {"results": [result(reply_markup=keyboard(callback_data="x" * 65))]},
            "BUTTON_DATA_INVALID",
            id="long-press",
        ),
        pytest.param(
            {"results": [], "button": InlineQueryResultsButton("Go", start_parameter="a b")},
            "START_PARAM_INVALID",
            id="start-parameter",
        ),
    ],
)
async def test_answers_to_inline_queries_have_limits(
    twin: BotApi, bot: Bot, answer: dict[str, Any], words: str
) -> None:
    twin.goes_abroad()
    typed = twin.person("Ada").types("x")
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        await bot.answer_inline_query(typed.id, **answer)
    assert typed.answered_at is None
    assert await bot.answer_inline_query(typed.id, [result(html="<b>" + "x" * 4096 + "</b>")])
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_inline_query(typed.id, [])


async def test_a_summons_takes_one_answer(twin: BotApi, bot: Bot) -> None:
    twin.goes_abroad()
    summons = twin.person("Ada").summons("@newsbot_test_bot x")
    (update,) = await bot.get_updates()
    assert update.guest_message is not None
    assert update.guest_message.guest_query_id == summons.id
    assert (await bot.answer_guest_query(summons.id, result())).inline_message_id
    assert summons.answer is not None
    assert summons.answer["text"] == "x"
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_guest_query(summons.id, result())


async def test_inline_mode_is_off_until_the_owner_switches_it_on(twin: BotApi, bot: Bot) -> None:
    ada = twin.person("Ada")
    with pytest.raises(BadRequest, match=r"(?i)BUTTON_TYPE_INVALID"):
        await bot.send_message(ada.id, "x", reply_markup=keyboard(switch_inline_query="q"))
    with pytest.raises(BadRequest, match=r"(?i)BOT_INLINE_DISABLED"):
        await bot.answer_inline_query(ada.types("x").id, [])
