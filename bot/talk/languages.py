"""The language in which a chat is spoken to: its own choice, else that of the person's app.

A group is spoken to in English until an admin chooses; a private chat in the language that its
app told last.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from bot.locales import ENGLISH, LANGUAGES, _, nearest_language, speaking, spoken_language
from bot.store.settings import place_of, put_settings, read_settings
from bot.store.store import Store
from bot.talk.desks import Desk
from bot.talk.follow_book import FollowBook
from bot.talk.follow_data import dump_settings, load_settings, settings_from
from bot.talk.follow_rights import find_channel, is_private, refuse
from bot.talk.replies import Block, BlockKind, Button, Incoming, Reply, told

LANGUAGE_BUTTON = "lang"
_NAMES = {
    "english": "en",
    "englisch": "en",
    "inglés": "en",
    "ingles": "en",
    "german": "de",
    "deutsch": "de",
    "alemán": "de",
    "aleman": "de",
    "spanish": "es",
    "spanisch": "es",
    "español": "es",
    "espanol": "es",
    "castellano": "es",
}
"""How people call the languages, in each of them."""


def language_of(store: Store, chat: str) -> str:
    """The code of the language in which `chat` is spoken to."""
    return load_settings(store, chat).spoken


def find_language(connection: sqlite3.Connection, chat: str, app: str | None = None) -> str:
    """`language_of` over an open connection; for a private chat that is not known yet, that of
    its person's `app`."""
    it = settings_from(read_settings(connection, chat))
    if is_private(chat) and it.language is None and app is not None:
        return nearest_language(app)
    return it.spoken


def chosen_language(connection: sqlite3.Connection, chat: str) -> str | None:
    """The code of the language that was chosen in `chat`; None where none was."""
    language = settings_from(read_settings(connection, chat)).language
    return nearest_language(language) if language else None


@contextmanager
def speaking_to(store: Store, chat: str) -> Iterator[None]:
    """Speak the language of `chat` inside the block: for what it is told unasked."""
    with speaking(language_of(store, chat)):
        yield


def heard_language(store: Store, incoming: Incoming) -> str:
    """The code of the language for the reply to `incoming`.

    What the app of a private chat speaks is kept, so that digests speak it as well.
    """
    it = load_settings(store, incoming.chat)
    app = nearest_language(incoming.language) if incoming.language else it.app_language
    if is_private(incoming.chat) and app != it.app_language:
        it = replace(it, app_language=app)
        with store.write() as connection:
            put_settings(connection, incoming.chat, dump_settings(it))
    return it.spoken


def language_abroad(store: Store, person: str, app: str | None) -> str:
    """The code of the language in which `person` is answered in a chat that is not ours: the one
    chosen in private, else that of the app. Nothing is kept."""
    return nearest_language(load_settings(store, person).language or app)


def parse_language(words: str) -> str | None:
    """The code of the language that is named ("de", "German", "Deutsch"), or None."""
    word = words.strip().lower()
    return word if word in LANGUAGES else _NAMES.get(word)


def language_desk(book: FollowBook) -> Desk:
    """The desk where a chat chooses its language."""
    desk = _Languages(book)
    return Desk(commands={"language": desk.command}, buttons={LANGUAGE_BUTTON: desk.press})


class _Languages:
    def __init__(self, book: FollowBook) -> None:
        self._book = book

    def command(self, incoming: Incoming, rest: str) -> Reply:
        """The choice of languages, or the one that is named taken; for a channel where the words
        begin with its name."""
        chat = incoming.chat
        if rest.startswith("@"):
            name, _space, rest = rest.partition(" ")
            channel = find_channel(incoming, name)
            if isinstance(channel, Reply):
                return channel
            chat = channel[0]
        elif (refusal := refuse(incoming, chat)) is not None:
            return refusal
        if not rest.strip():
            return self._page(incoming, chat)
        language = parse_language(rest)
        if language is None:
            page = self._page(incoming, chat)
            words = _("I do not speak “{language}”.").format(language=rest.strip()[:40])
            return replace(page, blocks=(Block(BlockKind.TEXT, words), *page.blocks))
        return self._choose(incoming, chat, language)

    def press(self, incoming: Incoming, rest: str) -> Reply | None:
        """What a button does: "CHAT:LANGUAGE", the page where no language is named."""
        place, _colon, language = rest.rpartition(":")
        chat = place or incoming.chat
        if (refusal := refuse(incoming, chat)) is not None:
            return refusal
        if not language:
            return replace(self._page(incoming, chat), edits=True)
        if language not in LANGUAGES:
            return None
        return replace(self._choose(incoming, chat, language), edits=True)

    def _page(self, incoming: Incoming, chat: str) -> Reply:
        current = self._book.settings(chat).spoken
        lead = Block(BlockKind.LEAD, _("Which language shall I speak here?"))
        now = _("Now: {language}.").format(language=LANGUAGES[current])
        note = Block(BlockKind.TEXT, f"{now} {questions_note()}")
        return Reply((lead, note), (_choices(incoming, chat),))

    def _choose(self, incoming: Incoming, chat: str, language: str) -> Reply:
        """Word of the choice in the language that was chosen, with the way to another."""
        self._book.set(chat, replace(self._book.settings(chat), language=language))
        with speaking(language):
            words = _("From now on I speak English here.")
            if language != ENGLISH:
                words = f"{words} {questions_note()}"
            reply = told(words, *_choices(incoming, chat, but=language))
        return replace(reply, new_menus=(place_of(chat),))


def _choices(incoming: Incoming, chat: str, *, but: str = "") -> tuple[Button, ...]:
    """A button for each language, each named in itself."""
    place = "" if chat == incoming.chat else chat
    return tuple(
        Button(name, f"{LANGUAGE_BUTTON}:{place}:{code}")
        for code, name in LANGUAGES.items()
        if code != but
    )


def questions_note() -> str:
    """That questions are understood in English, whatever is spoken."""
    return _("Questions are understood in English; quoted sentences stay as they were printed.")


def with_questions_note(store: Store, chat: str, reply: Reply) -> Reply:
    """`reply`, and beside the first questions to tap in a chat why they are in English."""
    offered = (b for row in reply.buttons for b in row if b.press == f"ask:{b.label}")
    if spoken_language() == ENGLISH or reply.edits or next(offered, None) is None:
        return reply
    settings = load_settings(store, chat)
    if settings.knows_english:
        return reply
    with store.write() as connection:
        put_settings(connection, chat, dump_settings(replace(settings, knows_english=True)))
    words = _("The questions to tap are English, since I understand questions in English.")
    return replace(reply, blocks=(*reply.blocks, Block(BlockKind.FOOTER, words)))


def questions_hint() -> str | None:
    """The line for whoever is not spoken to in English that questions are to be; else None."""
    if spoken_language() == ENGLISH:
        return None
    return _("Please ask your questions in English; names work as they are.")
