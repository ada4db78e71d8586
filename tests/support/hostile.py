"""Articles full of what breaks messages, and the bot's replies over them held to the limits."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.model import Draft
from bot.newsroom import Newsroom
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.replies import Block, BlockKind, Incoming, Reply
from handlers.render import render_reply
from tests.support.botapi.entities import found_entities, parse_html, utf16_length
from tests.support.botapi.methods import Methods, Parameters
from tests.support.botapi.world import Refusal, World
from tests.support.stores import put

LONG_SENTENCE_CHARS = 40_000
MOST_ENTITIES = 100
PRESSES = 3  # how many of a reply's buttons are pressed, and of what comes then

TAGS = ("<b>", "</blockquote>", "<a href='x'>", "&amp;", "&#x3c;", "<!--", "</", "<tg-spoiler>")
RIGHT_TO_LEFT = ("المجلس قال", "הנמל נסגר", "\u202eevil\u202c", "\u2067mixed\u2069")
EMOJI = ("👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "🇸🇪", "👍🏽", "🌍", "e\u0301\u0302\u0303", "❤️")
UNSEEN = ("\u200b", "\u200d", "\ufeff", "\u00ad", "\u2060", "\x07", "\u0000"[:0], "\u2028")
FOUND = ("@someone_here", "#harbour", "https://news.example/a?b=c&d=e", "/start", "$NEWS", "+4600")
WORDS = "council harbour gulls vote bridge ferry said minister money winter road school".split()


def hostile_articles(count: int, seed: int = 4711) -> Iterator[Draft]:
    """So many short articles, each with some of it; of twenty, one holds a very long sentence,
    one a flood of what Telegram makes links of, one a flood of what grows when it is escaped."""
    chance = random.Random(seed)
    for number in range(count):
        sentences = [_sentence(chance, chance.randrange(4, 60)) for _ in range(4)]
        sentences[1] = (
            f"“{_sentence(chance, 12)}” said Ines Roca{number}, the {_odd(chance)} mayor."
        )
        if number % 20 == 7:
            piece = _sentence(chance, 400)
            times = LONG_SENTENCE_CHARS // len(piece) + 1
            sentences[2] = (piece * times)[:LONG_SENTENCE_CHARS]
        elif number % 20 == 13:
            sentences[2] = " ".join(chance.choices(FOUND[:2], k=300))
        elif number % 20 == 17:
            sentences[2] = chance.choice(("&<>", "\"'&", EMOJI[0])) * 2_000
        title = f"Report {number} {_sentence(chance, chance.choice((3, 8, 90)))}"
        yield Draft(
            id=f"h{number}" + (_odd(chance) if number % 3 == 0 else ""),
            url=chance.choice((None, f"https://h.example/{number}?a=<b>&c=\"'", "javascript:x")),
            title=title,
            source=chance.choice(("Port Courier", f"{_odd(chance)} Post", "<i>Wire</i>" * 30)),
            author=_odd(chance),
            published=date(2025, 1, 1) + timedelta(days=number % 300),
            text=f"{title}\n" + "\n".join(sentences),
        )


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(
        _odd(chance) if chance.random() < 0.4 else chance.choice(WORDS) for _ in range(words)
    )


def _odd(chance: random.Random) -> str:
    kind = chance.choice((TAGS, RIGHT_TO_LEFT, EMOJI, UNSEEN, FOUND))
    return chance.choice(kind) * chance.choice((1, 1, 1, 3)) or "-"


@dataclass(slots=True)
class Figures:
    """What was sent, and the most of it that one message held."""

    replies: int = 0
    messages: int = 0
    utf16: int = 0
    entities: int = 0
    html_bytes: int = 0
    presses: int = 0


def send_all(count: int) -> Figures:
    """Ask about each of so many hostile articles, press the buttons, and send every reply.

    Raises AssertionError for a message that Telegram would refuse or would send without a part of
    its formatting.
    """
    figures = Figures()
    with Store(None) as store:
        drafts = list(hostile_articles(count))
        with store.write():
            for draft in drafts:
                put(store, draft)
        talk = Conversation(Newsroom.over(store), questions_per_minute=10_000)
        post = _Post(figures)
        for number, draft in enumerate(drafts):
            post.show(whole(draft))
            asked = [f"/article {draft.id}"]
            if number % 10 == 0:
                asked += [f"what did Ines Roca{number} say?", f"/latest {draft.source}"]
            for text in asked:
                post.send(talk, Incoming("tg:5", "tg:5", text=text), depth=2)
        for text in ("/start", "/latest", "/sources", "/help"):
            post.send(talk, Incoming("tg:5", "tg:5", text=text), depth=2)
    return figures


def whole(draft: Draft) -> Reply:
    """All of an article in one reply, which is longer than the conversation would make any."""
    title, *sentences = draft.text.split("\n")
    quotes = [Block(BlockKind.QUOTE, sentence) for sentence in sentences]
    source = Block(BlockKind.SOURCE, f"{draft.author} · {draft.source}, “{title}” [1]", draft.url)
    return Reply((Block(BlockKind.LEAD, title), *quotes, source))


class _Post:
    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self._world = World(username="newsbot_test_bot", first_update_id=1)
        self._world.bot["supports_inline_queries"] = True  # so that every button is shown
        self._world.add_person({"id": 5, "is_bot": False, "first_name": "Ada"})
        self._methods = Methods(self._world)

    def send(self, talk: Conversation, incoming: Incoming, *, depth: int) -> None:
        """Send the reply to `incoming`, and to the buttons under it so many levels deep."""
        reply = talk.handle(incoming)
        self.show(reply)
        if depth:
            for press in _presses(reply)[:PRESSES]:
                self.figures.presses += 1
                pressed = Incoming("tg:5", "tg:5", button=press)
                self.send(talk, pressed, depth=depth - 1)

    def show(self, reply: Reply) -> None:
        """Send `reply` as the face renders it."""
        self.figures.replies += 1
        for message in render_reply(reply):
            self._post(message.payload())

    def _post(self, payload: dict[str, object]) -> None:
        html = str(payload["html"])
        markup = json.dumps({"inline_keyboard": payload["keyboard"]})
        given = {"chat_id": 5, "text": html, "parse_mode": "HTML", "reply_markup": markup}
        try:
            self._methods.send_message(Parameters(given, {}))
        except Refusal as refusal:
            raise AssertionError(f"{refusal}: {html[:300]!r}") from None
        text, entities = parse_html(html)
        count = len(entities) + len(found_entities(text))
        assert count <= MOST_ENTITIES, f"{count} entities: {html[:300]!r}"
        self.figures.messages += 1
        self.figures.utf16 = max(self.figures.utf16, utf16_length(text))
        self.figures.entities = max(self.figures.entities, count)
        self.figures.html_bytes = max(self.figures.html_bytes, len(html.encode()))


def _presses(reply: Reply) -> list[str]:
    return [button.press for row in reply.buttons for button in row if button.press]
