"""/card: the sentence of an answer as a picture to pass on, with all of it as the caption."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answer.result import Answer, State
from bot.locales import _
from bot.locales.days import spoken_day
from bot.newsroom import Newsroom
from bot.pictures import QuoteCard, Theme, find_fault, is_available
from bot.store.settings import put_settings
from bot.store.store import Store
from bot.talk.answer_blocks import answer_blocks
from bot.talk.asking import Asking
from bot.talk.buttons import (
    CARD_BUTTON,
    Place,
    card_button,
    context_buttons,
    parse_place,
    share_button,
)
from bot.talk.desks import Desk
from bot.talk.follow_data import dump_settings, load_settings
from bot.talk.follow_rights import is_private
from bot.talk.lines import how_told
from bot.talk.marked import Found, answer_at, find_in_message, find_phrase
from bot.talk.pictures import TERMINAL, no_library, no_picture, theme_of
from bot.talk.replies import Block, BlockKind, Button, Incoming, Reply, told

THEME_BUTTON = "picin"
LINE_CHARS = 120  # of a message, to see whether it asks for a card
_THAT = r"(?:it|this|that|these words|(?:the|this|that) (?:quote|answer|sentence))"
_CARD = r"(?:quote )?(?:card|picture|image)"
_ASKED = re.compile(
    r"(?:(?:please )?(?:can|could) (?:i|you) )?(?:please )?"
    rf"(?:make|give|show|send|have|share|put)?(?: me)?(?: {_THAT})?"
    rf"(?: ?(?:a|an|as an?|the|on a|into a))? ?{_CARD}(?: (?:of|for|from) {_THAT})?"
    r"(?:,? please)?[ ?!.]*",
    re.IGNORECASE,
)
"""“make a card of that”, “can I have this as a picture?”, “card please”."""


def quote_cards_desk(newsroom: Newsroom, asking: Asking) -> Desk:
    """The desk that makes pictures of sentences."""
    desk = _Cards(newsroom, asking)
    return Desk(
        commands={"card": desk.command},
        buttons={CARD_BUTTON: desk.press, THEME_BUTTON: desk.change_theme},
        words=desk.words,
    )


class _Cards:
    def __init__(self, newsroom: Newsroom, asking: Asking) -> None:
        self._newsroom = newsroom
        self._store: Store = newsroom.store
        self._asking = asking
        self._told: set[str] = set()
        """The chats that know that there are no pictures here."""

    def command(self, incoming: Incoming, rest: str) -> Reply:
        """The card of what is asked, else of what is replied to, else of the last answer."""
        number = int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 3 else 0
        if rest and not number:
            reply = self._asking.ask(incoming, rest, afresh=True)
            shown = self._asking.shown_last(incoming) if reply.state is State.FOUND else []
            return self._one_of(incoming, shown, 1) if shown else reply
        if (incoming.reply_to or incoming.marked) and not number:
            answer = self._replied_to(incoming)
            return self._card(incoming, answer) if answer is not None else told(nothing_there())
        shown = self._asking.shown_last(incoming)
        if not shown:
            return told(
                _("Which sentence? Ask me something first, or ask with it: /card who resigned")
            )
        number = max(number, 1)
        if number > len(shown):
            return told(_("My last answer has no sentence {number}.").format(number=number))
        return self._one_of(incoming, shown, number)

    def words(self, incoming: Incoming, text: str) -> Reply | None:
        """The card of what is replied to, or of the last answer, for whoever asks in words."""
        line = " ".join(text[:LINE_CHARS].split())
        return self.command(incoming, "") if _ASKED.fullmatch(line) else None

    def press(self, incoming: Incoming, code: str) -> Reply | None:
        """The card of the sentence that a button names."""
        answer = self._at(incoming, parse_place(code))
        if answer is None:
            return None
        shown = self._asking.shown_last(incoming)
        at = [n for n, a in enumerate(shown, 1) if _is_same(a, answer)]
        return self._one_of(incoming, shown, at[0]) if at else self._card(incoming, answer)

    def change_theme(self, incoming: Incoming, code: str) -> Reply | None:
        """The same card in the other colours, in its place; a person's own chat keeps them."""
        wanted, _sep, place = code.partition(":")
        answer = self._at(incoming, parse_place(place))
        if answer is None or wanted not in list(Theme):
            return None
        if is_private(incoming.chat):
            settings = load_settings(self._store, incoming.chat)
            kept = dump_settings(replace(settings, dark=wanted == Theme.DARK))
            with self._store.write() as connection:
                put_settings(connection, incoming.chat, kept)
        return replace(self._card(incoming, answer, theme=Theme(wanted)), edits=True)

    # ------------------------------------------------------------------------- finding
    def _replied_to(self, incoming: Incoming) -> Answer | None:
        """The sentence that was marked, or that stands in the message that is replied to."""
        message = incoming.reply_to or ""
        found: Found | None = None
        if incoming.marked:
            found = find_phrase(self._newsroom, incoming.marked, beside=message)
        found = found or find_in_message(self._newsroom, message)
        if found is None:
            return None
        place = Place(found.article.key, found.sentence)
        return self._at(incoming, place)

    def _at(self, incoming: Incoming, place: Place | None) -> Answer | None:
        """The answer at a place: as it was shown here, else as the article has it."""
        article = self._newsroom.look_up_version(place.version) if place is not None else None
        if place is None or article is None or article.removed is not None:
            return None
        shown = self._asking.look_up_answer(incoming.chat, article, place.span)
        return shown or answer_at(self._newsroom, article, place.span)

    # -------------------------------------------------------------------------- the card
    def _one_of(self, incoming: Incoming, shown: list[Answer], number: int) -> Reply:
        """The card of the sentence with this number, and buttons to the cards of the others."""
        reply = self._card(incoming, shown[number - 1])
        others = tuple(
            card_button(answer, _("Card {number}").format(number=n))
            for n, answer in enumerate(shown, 1)
            if n != number
        )
        if not others or not is_available():
            return reply
        return replace(reply, buttons=(*reply.buttons, others))

    def _card(self, incoming: Incoming, answer: Answer, *, theme: Theme | None = None) -> Reply:
        """The card with its caption; where it cannot be drawn, the sentence and why."""
        blocks = answer_blocks(answer, self._newsroom.get_findings)
        buttons = [*context_buttons([answer]), share_button(answer)]
        theme = theme or theme_of(self._store, incoming.chat)
        card = quote_card(answer, theme) if is_available() else None
        fault = find_fault(card) if card is not None else None
        if card is None and incoming.chat not in self._told:
            self._told.add(incoming.chat)
            blocks.append(Block(BlockKind.TEXT, no_library()))
        if fault is not None:
            blocks.append(Block(BlockKind.TEXT, no_picture(fault)))
        if card is None or fault is not None:
            return Reply(tuple(blocks), (tuple(buttons),))
        if incoming.chat != TERMINAL:
            other = Theme.LIGHT if theme is Theme.DARK else Theme.DARK
            label = _("Light colours") if theme is Theme.DARK else _("Dark colours")
            place = Place(answer.article.key, answer.span)
            buttons.append(Button(label, f"{THEME_BUTTON}:{other}:{place.code}"))
        return Reply(tuple(blocks), (tuple(buttons),), picture=card)


def _is_same(a: Answer, b: Answer) -> bool:
    return a.article.key == b.article.key and a.span == b.span


def quote_card(answer: Answer, theme: Theme) -> QuoteCard:
    """What the card of an answer shows: the sentence, and the fields that its line names."""
    article = answer.article
    day = spoken_day(article.day) if article.day is not None else _("day unknown")
    outlet = article.source or _("outlet unknown")
    how = how_told(answer)
    notes = [how] if how else []
    if article.sample:
        notes.append(_("sample"))
    speaker = answer.speaker if how is not None else None
    return QuoteCard(
        quote=answer.text,
        source=f"{outlet} · {day}",
        speaker=speaker.name if speaker is not None else "",
        role=(speaker.role or "") if speaker is not None else "",
        headline=_("“{words}”").format(words=article.title) if article.title else "",
        note=" · ".join(notes),
        theme=theme,
    )


def nothing_there() -> str:
    """That a message holds no sentence of an article."""
    return _("I find no sentence of my articles in that message.")
