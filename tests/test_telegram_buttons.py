"""Every button that was ever sent works or explains itself after `kill -9` and a new start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.botapi import BotApi, Person, running_twin
from tests.support.botapi.bots import BotProcess
from tests.support.program import ROOT, newsbot

SAID = (
    "/start",
    "what did Brandvold say about the observers?",
    "how many people were evacuated in Orsval?",
    "what was agreed on the railway?",
    "who won the chess title?",
    "/latest",
    "/search flood",
    "/digest since 10 March",
    "/person Brandvold",
    "/follow Brandvold",
    "/subs",
    "/settings",
    "/privacy",
)
LEFT_ALONE = ("yes",)  # a confirmation's last word ("forget:yes"): it would end the others' lives
MOST_OF_A_MESSAGE = 6


@pytest.fixture
def twin() -> Iterator[BotApi]:
    with running_twin() as running:
        yield running.twin


def test_every_button_outlives_a_kill(twin: BotApi, tmp_path: Path) -> None:
    newsbot("add", ROOT / "bot" / "samples" / "articles.jsonl", "--db", tmp_path / "news.db")
    limit = {"NEWSBOT_LIMITS_QUESTIONS_PER_MINUTE": "1000"}
    people = {text: twin.person(f"P{n}") for n, text in enumerate(SAID)}
    process = BotProcess(twin, tmp_path, environment=limit)
    process.start()
    for text, person in people.items():
        person.sends(text)
    twin.wait_for(lambda: all(twin.from_bot(p) for p in people.values()), timeout_seconds=40)
    process.kill()
    sent = {text: twin.last_from_bot(person) for text, person in people.items()}
    codes = {
        text: [b["callback_data"] for row in seen.buttons for b in row if "callback_data" in b]
        for text, seen in sent.items()
    }
    dead: list[tuple[str, str]] = []
    pressed = 0
    with process:
        for place in range(MOST_OF_A_MESSAGE):  # one of each person's at a time, all together
            waiting = []
            for text, person in people.items():
                if place >= len(codes[text]) or codes[text][place].endswith(LEFT_ALONE):
                    continue
                code, before = codes[text][place], heard(twin, person)
                press = person.presses_data(person, sent[text].message_id, code)
                waiting.append((text, code, person, before, press))
            for text, code, person, before, press in waiting:
                twin.wait_for(lambda press=press: press.answered, timeout_seconds=40)
                notice = str((press.answered or {}).get("text") or "")
                if "no longer works" in notice or not (
                    notice
                    or twin.world.changes.wait_for(
                        lambda person=person, before=before: heard(twin, person) > before, 20
                    )
                ):
                    dead.append((text, code))
                pressed += 1
        assert process.stop()[0] == 0
    assert dead == []
    assert pressed > 2 * len(SAID)


SAYS = ("sendMessage", "editMessageText", "sendPhoto", "editMessageMedia", "sendDocument")
"""What brings something new to a chat."""


def heard(twin: BotApi, person: Person) -> int:
    """How often the bot has written to this person or changed a message."""
    return sum(len(twin.calls_of(method, person)) for method in SAYS)
