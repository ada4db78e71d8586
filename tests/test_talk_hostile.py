"""Articles full of tags, marks and endless sentences: no reply about them breaks a limit."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from bot.model import Draft
from bot.newsroom import Newsroom
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.replies import Reply, Role
from handlers.render import render_reply, render_toast
from handlers.texts import utf16_length
from tests.support.botapi.entities import found_entities, parse_html
from tests.support.talks import Clock, Talk

ARTICLES = 24
MOST_UTF16, MOST_HTML_BYTES, MOST_ENTITIES = 4_096, 32_768, 100
SPICE = (
    *("<b>", "</blockquote>", "&amp;", "&", "<a href='x'>", '"', "\u202e", "\u200b", "\u200d"),
    *(
        "🌍",
        "👩\u200d🚀",
        "🇸🇪",
        "é",
        "\u0301",
        "@news",
        "#tag",
        "/start",
        "x.example",
        "+46701",
        "שלום",
    ),
)
NAMES = ("Livia Brandt", "Otto <Marsh>", "Runa 🌍 Solberg", "Eda & Roy", "Bo \u202eLind")


def hostile(number: int) -> Draft:
    """An article with marks of every kind between its words."""
    dice = random.Random(number)
    words = ["ferry", "harbour", "strike", "gas", "vote", "bridge", "paid", "40", "crowns"]

    def sentence(length: int) -> str:
        return " ".join(
            dice.choice(SPICE if dice.random() < 0.4 else words) for _ in range(length)
        )

    name = NAMES[number % len(NAMES)]
    long = sentence(8_000) if number % 20 == 0 else sentence(60)
    text = (
        f"{sentence(6)}\n\n“{sentence(12)},” said {name}. {long}. {name} said that the "
        f"{sentence(9)}.\n\nThe {sentence(14)} on Monday. “{sentence(90)},” {name} told reporters."
    )
    url = f"https://x.example/{number}?a=1&b=<{'z' * (900 if number % 7 == 0 else 3)}>"
    return Draft(
        id=f"n{number}",
        url=url,
        title=sentence(40 if number % 5 == 0 else 6),
        source=dice.choice(("A & B <Post>", "Nord\u202ewire", "Valley 🌍 Radio")),
        text=text,
    )


@pytest.fixture(scope="module")
def talk() -> Iterator[Talk]:
    with Store(None) as store:
        newsroom = Newsroom.over(store)
        for number in range(ARTICLES):
            newsroom.add(hostile(number))
        yield Talk(Conversation(newsroom, clock=Clock()), Role.OWNER)


def faults_of(reply: Reply) -> list[str]:
    """Which of Telegram's limits the messages of `reply` would break."""
    faults = []
    for message in render_reply(reply):
        text, entities = parse_html(message.html)
        if text != message.plain:
            faults.append("markup differs from words")
        if utf16_length(text) > MOST_UTF16:
            faults.append(f"{utf16_length(text)} units")
        if len(message.html.encode()) > MOST_HTML_BYTES:
            faults.append(f"{len(message.html.encode())} bytes")
        if len(entities) + len(found_entities(text)) > MOST_ENTITIES:
            faults.append(f"{len(entities)} entities")
        for row in message.keyboard:
            faults += [f"code of {b.label}" for b in row if len((b.press or "").encode()) > 64]
            faults += [f"copy of {b.label}" for b in row if utf16_length(b.copy or "") > 256]
    if utf16_length(render_toast(reply) or "") > 200:
        faults.append("toast")
    return faults


def test_no_reply_about_hostile_articles_breaks_a_limit(talk: Talk) -> None:
    replies = 0
    said = [
        *("what did Livia Brandt say about the strike?", "what did Marsh say", "latest"),
        *("how many crowns were paid?", "when is the vote", "what was agreed on the bridge?"),
        *("who said “the harbour”", "/latest", "/search ferry gas", "/sources", "/start", "/why"),
        *(f"/article n{number}" for number in range(0, ARTICLES, 4)),
        *(f"what did {name} say" for name in NAMES),
    ]
    for text in said:
        talk.say(text)
        assert faults_of(talk.last) == [], text
        for button in talk.buttons[:6]:
            if button.press is not None and button.press != "forget:yes":
                talk.press(button.press)
                assert faults_of(talk.last) == [], (text, button.label)
                replies += 1
    assert replies > 50
