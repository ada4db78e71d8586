"""The whole bot over HTTP against the twin: what people see, in private and in groups."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date

import pytest

from bot.locales import ENGLISH, LANGUAGES, _, speaking
from bot.model import Draft
from bot.newsroom import Newsroom
from bot.store.store import Store
from bot.talk.commands import COMMANDS, menu_for, summary_of
from bot.talk.conversation import Conversation
from bot.talk.replies import Role
from handlers.menu import DESCRIPTION
from handlers.rates import Rates
from tests.support.botapi import BotApi, Fault, Person, running_twin
from tests.support.botapi.bots import bot_in_thread

ADMIN = 6_000_000_001  # past 32 bits
SAID = "“We will stop the imports on the first of October,” Lindqvist told reporters in Tallinn."
HARBOUR = Draft(
    id="gas",
    url="https://harbourpost.example/gas",
    title="Minister sets a date",
    source="Harbour Post",
    published=date(2025, 3, 12),
    text=(
        "Minister sets a date\n\n"
        f"Mara Lindqvist, the energy minister, spoke after talks on gas imports. {SAID} "
        "The storage is half full, the ministry said.\n\n"
        "Tomas Berg, who leads the rail union, called a strike for Monday. "
        "The trains will stand still for three days, the union said."
    ),
)
PASTE = (
    "Ferry line closes\n\n14 March 2025\n\n"
    "The ferry between Orsa and Lund closes in May, the operator Skyline said on Friday. "
    "“The boats are too old,” its director Ida Holm told reporters on Friday.\n"
)


@pytest.fixture(scope="module")
def twin() -> Iterator[BotApi]:
    """A twin with the real bot behind it; each test talks to it as somebody of its own."""
    with running_twin() as running, Store(None) as store:
        newsroom = Newsroom.over(store)
        newsroom.add(HARBOUR)
        talk = Conversation(newsroom, questions_per_minute=3)
        running.twin.person("Ed", id=ADMIN)
        rates = Rates(chat_gap_seconds=0.02)  # the true pace is tested where the rates are
        jobs = talk.jobs
        with bot_in_thread(running.twin, talk, store, admins=[ADMIN], rates=rates, jobs=jobs):
            yield running.twin


@pytest.fixture
def ada(twin: BotApi) -> Person:
    return twin.person("Ada", language="sv")


@pytest.fixture
def ed(twin: BotApi) -> Person:
    """The admin, with nothing unread."""
    person = Person(twin, twin.world.people[ADMIN])
    state = twin.world.chats[ADMIN]
    state.read = len(state.said)
    return person


def silence(twin: BotApi, update_id: int) -> None:
    """Waits until the bot has confirmed this update, and gives it a moment to say something."""
    twin.wait_for(lambda: all(u["update_id"] > update_id for u in twin.world.updates))
    time.sleep(0.2)


# -------------------------------------------------------------------------------- private
def test_a_question_is_answered_with_the_very_sentence(ada: Person) -> None:
    seen = ada.asks("what did lindqvist say about the imports?")
    assert SAID in seen.marked("blockquote")
    assert seen.marked("bold")
    assert {e["url"] for e in seen.entities if e["type"] == "text_link"} == {HARBOUR.url}
    assert any(label.startswith("Context") for label in seen.labels)


def test_a_question_that_no_article_answers_is_told_so(ada: Person) -> None:
    seen = ada.asks("who won the chess final in Quito?")
    assert "nothing" in seen.text.lower()


def test_start_offers_questions_that_work(ada: Person, twin: BotApi) -> None:
    seen = ada.asks("/start")
    assert "exact sentence" in seen.text
    if seen.labels:
        press = ada.presses(seen.labels[0])
        assert twin.wait_for_reply(ada).marked("blockquote")
        assert press.answered is not None


def test_help_names_every_command_that_the_person_may_use(ada: Person, ed: Person) -> None:
    shown = ada.asks("/help all").text
    for command in COMMANDS:
        assert (f"/{command.name} " in shown) == (command.role == "reader")
    assert "/add" in ed.asks("/help").text


def test_the_menus_are_made_from_the_list_of_commands(twin: BotApi) -> None:
    twin.wait_for(lambda: len(twin.calls_of("setMyCommands")) >= 3 * len(LANGUAGES))
    menus = [v for k, v in twin.world.settings.items() if k.startswith("commands")]
    names = [{entry["command"] for entry in menu} for menu in menus]
    readers = {c.name for c in menu_for(Role.READER)}
    owners = {c.name for c in menu_for(Role.OWNER)}
    assert names == [readers] * 2 * len(LANGUAGES) + [owners] * len(LANGUAGES)


def test_menus_and_descriptions_are_in_each_language(twin: BotApi) -> None:
    twin.wait_for(lambda: len(twin.calls_of("setMyShortDescription")) >= len(LANGUAGES))
    shown = twin.world.settings
    for language in LANGUAGES:
        code = "" if language == ENGLISH else language
        with speaking(language):
            search = next(summary_of(c) for c in COMMANDS if c.name == "search")
            assert shown[f"description {code}"] == _(DESCRIPTION)
        menus = [v for k, v in shown.items() if k.startswith("commands") and f'"{code}"]' in k]
        assert {"command": "search", "description": search} in menus[0]


def test_a_person_is_spoken_to_in_the_language_of_the_app(twin: BotApi) -> None:
    eva = twin.person("Eva", language="de-AT")
    assert "Bitte fragen Sie auf Englisch" in eva.asks("/start").text
    answer = eva.asks("what did Lindqvist say?")
    assert answer.marked("blockquote")
    assert any(label.startswith("Kontext") for label in answer.labels)
    eva.sends_media("sticker")
    assert twin.wait_for_reply(eva).text.startswith("Ich kann nur Text und Dateien lesen.")


def test_a_chosen_language_changes_the_menu_of_the_chat(ada: Person, twin: BotApi) -> None:
    twin.wait_for(lambda: len(twin.calls_of("setMyCommands")) >= 3 * len(LANGUAGES))
    assert "Ich spreche" in ada.asks("/language German").text
    scope = f'"chat_id": {ada.id}'

    def own() -> list[str]:
        found = [v for k, v in twin.world.settings.items() if scope in k and '""]' in k]
        return [entry["description"] for entry in found[0]] if found else []

    twin.wait_for(lambda: "die Artikel, die Ihre Wörter enthalten" in own())


def test_a_button_is_answered_before_its_work_is_shown(ada: Person, twin: BotApi) -> None:
    seen = ada.asks("what did Lindqvist say?")
    label = next(label for label in seen.labels if label.startswith("Context"))
    press = ada.presses(label)
    twin.wait_for_reply(ada)
    assert press.answered is not None
    methods = [c.method for c in twin.calls if c.method != "getupdates"]
    last = len(methods) - 1 - methods[::-1].index("answercallbackquery")
    assert set(methods[last + 1 :]) <= {"sendmessage", "editmessagetext"}


def test_a_button_of_long_ago_explains_itself(ada: Person, twin: BotApi) -> None:
    press = ada.presses_data(ada, 1, "ctx:999999:0:5")
    assert "no longer works" in twin.wait_for_answer(press)["text"]


def test_a_press_whose_query_expired_still_works(ada: Person, twin: BotApi) -> None:
    seen = ada.asks("what did Lindqvist say?")
    label = next(label for label in seen.labels if label.startswith("Context"))
    ada.presses(label, expired=True)
    assert SAID in twin.wait_for_reply(ada).text


def test_an_edited_question_changes_its_answer_in_place(ada: Person, twin: BotApi) -> None:
    (message,) = ada.sends("what did Berg call?")
    first = twin.wait_for_reply(ada)
    ada.edits(message, "what did Lindqvist say about the imports?")
    second = twin.wait_for_reply(ada)
    assert second.message_id == first.message_id
    assert SAID in second.text
    assert second.text.startswith("(updated to your edit)")
    assert len(twin.from_bot(ada)) == 1


def test_what_cannot_be_read_gets_one_polite_line(ada: Person, twin: BotApi) -> None:
    ada.sends_media("sticker")
    assert "text" in twin.wait_for_reply(ada).text
    assert len(twin.from_bot(ada)) == 1


def test_a_digest_shows_what_stands_around_its_lead_in_place(ada: Person, twin: BotApi) -> None:
    seen = ada.asks("/digest gas since 1 March 2025")
    assert seen.text.startswith("Gas · 1 Mar 2025 –")
    assert SAID in seen.marked("blockquote")
    ada.presses("Context")
    around = twin.wait_for_reply(ada)
    assert around.message_id == seen.message_id
    assert "half full" in around.text
    ada.presses("Back")
    assert twin.wait_for_reply(ada).text == seen.text


def test_an_unknown_command_is_told(ada: Person) -> None:
    assert "/latest" in ada.asks("/latst").text


def test_a_question_too_many_is_told_its_turn(ada: Person, twin: BotApi) -> None:
    for _n in range(4):
        ada.sends("/ask who?")
    twin.wait_for(lambda: len(twin.from_bot(ada)) == 4)
    assert "I keep it" in twin.last_from_bot(ada).text


def test_a_blocked_chat_is_served_again_after_it_came_back(ada: Person, twin: BotApi) -> None:
    ada.asks("/sources")
    ada.blocks()
    ada.unblocks()
    assert ada.asks("/sources").text


# --------------------------------------------------------------------------------- adding
def test_an_admin_adds_an_article_by_pasting_it(ed: Person, ada: Person, twin: BotApi) -> None:
    card = ed.asks(f"/add {PASTE}")
    assert card.text.startswith("Preview, not yet public: Ferry line closes")
    ed.presses("Publish")
    assert twin.wait_for_reply(ed).text.startswith("Published as #")
    assert "too old" in ada.asks("what did Ida Holm say?").text


def test_an_admin_adds_an_article_by_replying_to_it(ed: Person, twin: BotApi) -> None:
    (message,) = ed.sends(PASTE.replace("Ferry", "Tram"))
    twin.wait_for_reply(ed)
    seen = ed.asks("/add", reply_to=message["message_id"])
    assert "Tram line closes" in seen.text


def test_an_admin_adds_an_article_as_a_file(ed: Person, twin: BotApi) -> None:
    ed.sends_document("bus.txt", PASTE.replace("Ferry", "Bus").encode())
    assert "Bus line closes" in twin.wait_for_reply(ed).text


def test_an_admin_adds_a_file_by_replying_to_it(ed: Person, twin: BotApi) -> None:
    message = ed.sends_document("boat.txt", PASTE.replace("Ferry", "Boat").encode())
    assert "Boat line closes" in twin.wait_for_reply(ed).text
    ed.presses(twin.last_from_bot(ed).labels[0])
    twin.wait_for_reply(ed)
    seen = ed.asks("/add", reply_to=message["message_id"])
    assert "already" in seen.text


def test_a_text_that_telegram_cut_is_one_article(ed: Person, twin: BotApi) -> None:
    before = len(twin.from_bot(ed))
    more = "The council of Orsa met on the ferry and went home again on Friday. " * 120
    parts = ed.sends(f"/add {PASTE.replace('Ferry', 'Cable car')}\n{more}")
    assert len(parts) > 1
    seen = twin.wait_for_reply(ed)
    assert "Cable car line closes" in seen.text
    assert len(twin.from_bot(ed)) == before + 1


@pytest.mark.parametrize("how", ["paste", "file"])
def test_a_reader_cannot_add(ada: Person, twin: BotApi, how: str) -> None:
    if how == "paste":
        seen = ada.asks(f"/add {PASTE.replace('Ferry', 'Plane')}")
    else:
        ada.sends_document("plane.txt", PASTE.replace("Ferry", "Plane").encode())
        seen = twin.wait_for_reply(ada)
    assert "Only editors" in seen.text
    assert "Plane" not in ada.asks("/latest").text


def test_a_file_over_the_limit_is_told_before_it_is_fetched(ed: Person, twin: BotApi) -> None:
    before = len(twin.calls_of("getFile"))
    ed.sends_document("huge.txt", bytes(20 * 1024 * 1024 + 1))
    assert "20 MB" in twin.wait_for_reply(ed).text
    assert len(twin.calls_of("getFile")) == before


def test_a_download_that_breaks_off_is_tried_again(ed: Person, twin: BotApi) -> None:
    twin.faults.add(Fault("download", cut="before"))
    ed.sends_document("lift.txt", PASTE.replace("Ferry", "Lift").encode())
    assert "Lift line closes" in twin.wait_for_reply(ed).text


# --------------------------------------------------------------------------------- groups
def test_in_a_group_only_those_who_speak_to_the_bot_are_answered(
    ada: Person, twin: BotApi
) -> None:
    group = twin.group(members=[ada])
    twin.world.privacy = False  # it hears everything, as an admin of the group would
    try:
        for text in (
            "what did Lindqvist say?",
            "newsbot_test_bot is a fine name",
            "@another_bot what did Lindqvist say?",
            "/ask@another_bot what did Lindqvist say?",
            "/weather",
        ):
            ada.sends(text, chat=group)
        ada.sends_media("sticker", chat=group)
        ada.sends("@NEWSBOT_test_bot what did Lindqvist say?", chat=group)
        seen = twin.wait_for_reply(group)
    finally:
        twin.world.privacy = True
    assert SAID in seen.text
    assert seen.reply_to == max(s.message_id for s in twin.transcript(group) if not s.from_bot)
    assert len(twin.from_bot(group)) == 1


def test_in_a_group_a_reply_to_the_bot_and_a_command_are_answered(
    ada: Person, twin: BotApi
) -> None:
    group = twin.group(members=[ada])
    seen = ada.asks("/ask@newsbot_test_bot what did Lindqvist say?", chat=group)
    assert SAID in seen.text
    assert ada.asks("what did Berg call?", chat=group, reply_to=seen).text


def test_an_answer_stays_in_its_topic(ada: Person, twin: BotApi) -> None:
    group = twin.group(members=[ada])
    topic = group.topic("Energy")
    seen = ada.asks("/ask what did Lindqvist say?", chat=group, topic=topic)
    assert (seen.topic, SAID in seen.text) == (topic, True)


def test_an_anonymous_group_admin_is_a_reader(ada: Person, twin: BotApi) -> None:
    group = twin.group(members=[ada])
    anonymous = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group"}
    message = twin.world.new_message(
        group.state, anonymous, text="/add x", sender_chat={"id": group.id, "type": "supergroup"}
    )
    message["entities"] = [{"type": "bot_command", "offset": 0, "length": 4}]
    twin.world.add_update("message", message)
    assert "Only editors" in twin.wait_for_reply(group).text


def test_the_bot_says_nothing_to_other_bots(ada: Person, twin: BotApi) -> None:
    group = twin.group(members=[ada])
    robot = {"id": 77, "is_bot": True, "first_name": "Other"}
    message = twin.world.new_message(group.state, robot, text="@newsbot_test_bot who?")
    message["entities"] = [{"type": "mention", "offset": 0, "length": 17}]
    silence(twin, twin.world.add_update("message", message))
    assert twin.from_bot(group) == []


def test_a_group_that_became_a_supergroup_is_answered_there(ada: Person, twin: BotApi) -> None:
    group = twin.group(members=[ada], kind="group")
    ada.asks("/sources", chat=group)
    new = group.upgrades()
    assert "Harbour Post" in ada.asks("/sources", chat=new).text


# --------------------------------------------------------------------------------- faults
def test_an_update_that_nobody_can_read_does_not_stop_the_next(ada: Person, twin: BotApi) -> None:
    twin.world.add_raw_update({"message": {"chat": {"id": "odd"}, "text": 7}})
    twin.world.add_raw_update({"message": "no message at all"})
    twin.world.add_raw_update({"brand_new_kind": {"from": {"id": ada.id}}})
    began = time.monotonic()
    assert ada.asks("/sources").text
    assert time.monotonic() - began < 3
    polls = len(twin.calls_of("getUpdates"))
    time.sleep(0.5)
    assert len(twin.calls_of("getUpdates")) - polls <= 2


def test_an_update_that_fails_in_our_hands_is_told_after_three_tries(
    ada: Person, twin: BotApi
) -> None:
    message = {
        "message_id": 1,
        "date": "yesterday",  # a number, at Telegram's
        "chat": {"id": ada.id, "type": "private", "first_name": "Ada"},
        "from": ada.account,
        "text": "hello",
    }
    twin.world.add_raw_update({"message": message})
    assert "Something broke on my side (ref " in twin.wait_for_reply(ada).text
    assert ada.asks("/sources").text


def test_the_same_update_twice_is_answered_once(ada: Person, twin: BotApi) -> None:
    (message,) = ada.sends("/sources")
    twin.wait_for_reply(ada)
    number = max(u["update_id"] for u in [*twin.world.updates, {"update_id": 0}])
    taken = twin.calls_of("getUpdates")
    last = next(c.parameters["offset"] for c in reversed(taken) if "offset" in c.parameters)
    twin.world.add_raw_update({"update_id": max(number, int(last) - 1), "message": message})
    silence(twin, max(number, int(last) - 1))
    assert len(twin.from_bot(ada)) == 1


def test_one_chat_that_must_wait_holds_no_other(ada: Person, twin: BotApi) -> None:
    twin.faults.add(Fault("sendMessage", chat=ada.id, retry_after=2))
    ada.sends("/sources")
    twin.wait_for(lambda: twin.calls_of("sendMessage", ada))
    bo = twin.person("Bo")
    assert bo.asks("/sources", timeout_seconds=2.2).text
    assert twin.from_bot(ada) == []
    assert twin.wait_for_reply(ada).text


def test_polling_outlives_what_telegram_does_to_it(ada: Person, twin: BotApi) -> None:
    twin.faults.add(Fault("getUpdates", status=502))
    twin.faults.add(Fault("getUpdates", garbage=b"{"))
    twin.faults.add(Fault("getUpdates", garbage=b'{"ok": true, "result": "what"}'))
    twin.faults.add(Fault("getUpdates", retry_after=1))
    ada.asks("/sources")
    assert ada.asks("/help", timeout_seconds=15).text
