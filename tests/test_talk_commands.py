"""One list of commands makes the handlers, the menu, the help and docs/commands.md.

`python -m tests.test_talk_commands` writes docs/commands.md anew.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.locales import ENGLISH, LANGUAGES, speaking
from bot.talk.commands import COMMANDS, EXAMPLES, GROUPS, Command, menu_for
from bot.talk.pages import help_reply
from bot.talk.phrasing import question_of
from bot.talk.replies import Role
from handlers.menu import MOST_IN_MENU
from tests.support.program import ROOT
from tests.support.stores import draft
from tests.support.talks import Talk, talk_over

PHONE_CHARS = 900  # about a screen and a half
LONGER_ABROAD = 1.05  # German takes more letters for the same
PAGE = ROOT / "docs" / "commands.md"
INTRODUCTION = """\
# Commands

This page is made from the list in `bot/talk/commands.py` by `python -m tests.test_talk_commands`;
a test fails where the two differ. No question needs a command: what is typed without one is asked.
Words in capitals are yours to fill in, square brackets mark what may be left out. Arguments may be
given loosely: names and outlets with slips of the pen, whole questions after `/ask`, `/who`,
`/said`, `/agreed` and `/when`, an article by its id, its link or words of its headline.

| Command | Argument | Does | For |
|---|---|---|---|
"""
NOTES = """
“Menu” in the last column: the command is also in the menu that Telegram shows, which holds at most
12; the team's menus begin with what only the team may do, and leave out who, said, agreed, when
and why. Each may do what those before may: readers, viewers (who read what the editors read and
change nothing), editors, the owner. The owner is the first id in the configuration and invites the
others with `/invite`. Three more ways in are links:
`https://t.me/BOTNAME?start=a_KEY` opens the article version with that number in the store,
`https://t.me/BOTNAME?start=q_KEY_START_END` the sentence at these positions in it, and
`https://t.me/BOTNAME?start=s_rail_strike` asks “rail strike” (62 letters, digits and
hyphens at most).
"""

WHOM = {
    Role.READER: "everybody",
    Role.VIEWER: "viewers",
    Role.EDITOR: "editors",
    Role.OWNER: "the owner",
}


def page() -> str:
    """docs/commands.md as the list makes it."""
    return INTRODUCTION + "".join(map(_row, COMMANDS)) + NOTES


def _row(command: Command) -> str:
    usage = f"`{command.usage}`" if command.usage else ""
    whom = WHOM[command.role]
    return (
        f"| `/{command.name}` | {usage} | {command.summary} | "
        f"{whom}{', menu' if command.menu else ''} |\n"
    )


def test_the_page_of_commands_is_made_from_the_list() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("role", list(Role))
def test_a_menu_shows_all_its_entries(role: Role) -> None:
    """What Telegram would show beyond the twelfth would be cut without a word."""
    assert len(menu_for(role)) <= MOST_IN_MENU


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_can_be_registered_with_telegram(command: Command) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,31}", command.name)
    assert 3 <= len(command.summary) <= 256


@pytest.mark.parametrize(
    ("command", "rest", "question"),
    [
        ("ask", "what did Berg say?", "what did Berg say?"),
        ("who", "resigned", "who resigned"),
        ("who", "Who resigned?", "Who resigned?"),
        ("said", "Ines Roca", "what did Ines Roca say"),
        ("said", "by Ines Roca", "what did Ines Roca say"),
        ("said", "Roca said", "what did Roca say"),
        ("said", "Roca  about the  ramp", "what did Roca say about the ramp"),
        ("said", "Roca on the ramp", "what did Roca say about the ramp"),
        ("said", "what did Roca say", "what did Roca say"),
        ("agreed", "", "what was agreed"),
        ("agreed", "the ramp", "what was agreed on the ramp"),
        ("agreed", "in Port Ellis", "what was agreed in Port Ellis"),
        ("agreed", "what did the town agree?", "what did the town agree?"),
        ("when", "the strike", "when is the strike"),
        ("when", "did the ferry sail", "when did the ferry sail"),
        ("when", "When is it?", "When is it?"),
        ("who", "", ""),
        ("said", "", ""),
    ],
)
def test_a_command_asks_the_question_that_it_begins(
    command: str, rest: str, question: str
) -> None:
    assert question_of(command, rest) == question


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_command_that_needs_more_shows_an_example_of_itself(name: str) -> None:
    assert EXAMPLES[name].startswith(f"/{name} ")


@pytest.fixture
def reader() -> Talk:
    return talk_over(
        draft(),
        draft(
            "Bridge opens\n\nThe bridge to Orsa opens in May.",
            id="bridge",
            title="Bridge opens",
            source="Nordwire",
            url="https://nordwire.example/bridge/",
        ),
    )


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/said roca", "The sea has let us go"),
        ("/said Ines Roca about the sea", "Ines Roca, the harbour master"),
        ("/agreed", "40,000 crowns"),
        ("/who", "For example: /who "),
        ("/latest port courrier", "Ferry to Gull Island sails again"),
        ("/latest nordwire", "Bridge opens"),
        ("/latest from the port courier", "Ferry to Gull Island sails again"),
        ("/search crowns ramp", "1 article holds your words"),
        ("/search ramp May", "2 articles hold some of your words, none all of them"),
        ("/search crwns ramp", "1 article holds your words"),
        ("/search crwns ramp", "Read as: crowns"),
        ("/search zeppelin", "No article holds any of these words: zeppelin"),
        ("/search the", "Which words?"),
        ("/article bridge opens", "The bridge to Orsa opens in May."),
        ("/article https://nordwire.example/bridge", "The bridge to Orsa opens in May."),
        ("/article ferry", "Quoted here: Ines Roca"),
        ("/article 2", "The bridge to Orsa opens in May."),
        ("/why", "You have not asked anything yet"),
        ("/reports", "Only the team"),
    ],
    ids=lambda value: value[:30],
)
def test_arguments_may_be_given_loosely(typed: str, answer: str, reader: Talk) -> None:
    assert answer in reader.say(typed)


def test_why_tells_how_the_last_answer_was_found(reader: Talk) -> None:
    reader.say("what did Ines Roka say?")
    told = reader.say("/why")
    assert "what somebody said" in told
    assert "“Roka” as" in told
    assert "Port Courier" in told
    assert "scores" not in told
    reader.role = Role.EDITOR
    assert "scores" in reader.say("/why")


def test_an_unknown_command_offers_the_nearest_with_its_argument(reader: Talk) -> None:
    assert "Did you mean /latest?" in reader.say("/lates nordwire")
    assert "Bridge opens" in reader.press_label("/latest")
    assert "Ferry" not in "".join(block.text for block in reader.last.blocks)


@pytest.mark.parametrize("text", ["help", "Help!", "?", "???", "what can you do?"])
def test_a_plain_call_for_help_is_understood(text: str, reader: Talk) -> None:
    assert reader.say(text) == reader.say("/help")
    assert "/said NAME [about TOPIC]" in reader.press_label("All commands")


def test_each_command_stands_in_one_group_of_the_help() -> None:
    assert sorted(n for _, names in GROUPS for n in names) == sorted(c.name for c in COMMANDS)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_help_fits_a_phone(language: str, role: Role) -> None:
    with speaking(language):
        shown = "\n".join(block.text for block in help_reply(role).blocks)
    longer = 1.0 if language == ENGLISH else LONGER_ABROAD
    assert len(shown) <= PHONE_CHARS * longer


def test_help_tells_of_one_command_by_its_name(reader: Talk) -> None:
    assert reader.say("/help latest").startswith("/latest [OUTLET] – ")
    assert reader.say("/help purge") == reader.say("/help")


@pytest.mark.parametrize("text", ["latest", "News?", "what's new", "the latest news", "headlines"])
def test_a_plain_call_for_news_lists_the_newest(text: str, reader: Talk) -> None:
    assert reader.say(text) == reader.say("/latest")


@pytest.mark.parametrize("text", ["🌍", "…", "!!", "-"])
def test_a_message_without_a_word_is_asked_for_words(text: str, reader: Talk) -> None:
    assert reader.say(text) == "Please send me a question in words."


def test_the_latest_on_a_topic_comes_newest_first() -> None:
    told = {
        3: "The dredging of the canal begins with two barges from the north.",
        9: "Mud from the dredging of the canal has covered a playground.",
        6: "Anglers want the dredging of the canal to stop before the pike spawn.",
    }
    someone = talk_over(
        *(
            draft(
                f"Notes of day {day}\n\n{sentence}",
                id=f"canal-{day}",
                title=f"Notes of day {day}",
                published=date(2025, 3, day),
            )
            for day, sentence in told.items()
        )
    )
    someone.say("latest on the dredging of the canal")
    shown = [block.text for block in someone.quotes]
    assert len(shown) > 1
    assert shown == [told[day] for day in (9, 6, 3) if told[day] in shown]
    assert someone.lead == f"{len(shown)} articles · newest 9 Mar 2025"


def test_a_latest_outlet_that_is_none_gives_the_newest_on_the_topic(reader: Talk) -> None:
    said = reader.say("/latest ferry")
    assert "No outlet is called “ferry”. The newest with these words" in said
    assert "1. 18 Mar 2025 · The Port Courier, “Ferry to Gull Island sails again”" in said


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
