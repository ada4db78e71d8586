"""Answers in any chat: what is typed after our name, as cards of which one is sent there.

Nothing of it is kept: neither what was typed nor what was shown. What was found is remembered for
a minute, since people type the same beginnings.
"""

from __future__ import annotations

import re
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.answer.accounts import split_topic
from bot.answer.asked_quotes import read_asked
from bot.answer.intents import Intent
from bot.answer.question import MAX_QUESTION_CHARS, Question, parse_question
from bot.answer.result import Answer, Response, State
from bot.locales import _, ngettext, speaking, spoken_language
from bot.locales.days import spoken_day
from bot.newsroom import Newsroom
from bot.talk.answer_blocks import answer_blocks
from bot.talk.answers import GOOD_MORE, no_report
from bot.talk.asking import read_once
from bot.talk.buttons import ASK
from bot.talk.check_pages import check_reply
from bot.talk.gate import gated
from bot.talk.half_typed import SHORTEST_NAME_CHARS, read_half_typed
from bot.talk.languages import language_abroad
from bot.talk.leads import find_lead, outlet_and_day, shortened
from bot.talk.limits import QuestionLimit
from bot.talk.lines import named
from bot.talk.links import (
    context_link,
    find_linked,
    find_linked_now,
    search_link,
    timeline_link,
)
from bot.talk.marked import answer_of
from bot.talk.replies import Block, BlockKind, Button, Reply
from bot.talk.selecting import GOOD_SECOND, FindingsOf, wants_several
from bot.talk.spoken import newest_quotes, quotes_by

PAGE = 10  # cards shown at once; a phone shows four
MOST_CARDS = 50  # of one person; all that Telegram lets one page hold
NEWEST = 20
LONGEST_QUOTE_CHARS = 1_500  # a longer sentence is no card; it would not fit into one message
ANSWERS = 20  # of a question; further down stands what only shares its words
QUERIES_PER_QUESTION = 20
"""How many queries a person may make for each question: with the 20 questions a minute that are
usual, seven letters a second for a whole minute, which is faster than anybody types."""
KEPT = timedelta(seconds=60)
MOST_KEPT = 500
DESCRIPTION_CHARS = 120  # two lines on a phone
BUTTON_CHARS = 60
SHORTEST_SLIP_CHARS = 6  # of a common word; shorter ones are near to too many others
OPENING_MARKS = '“"„«'
_CARD_ID = re.compile(r"([0-9]{1,19})-([0-9]{1,9})-([0-9]{1,9})-[0-9a-f]{8}")
_TIMELINE = re.compile(r"timeline (?:(?:of|for) )?(?P<of>\S.{1,120})", re.IGNORECASE)
_ONE_FIELD = frozenset((Intent.WHEN, Intent.HOW_MANY, Intent.AGREED))
"""Kinds of question whose answer has a field of its own that says more than who speaks."""


@dataclass(frozen=True, slots=True)
class InlineAsk:
    """What somebody has typed after our name, in whatever chat; `offset` asks for a later page."""

    person: str
    text: str
    offset: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to choose: how it looks in the list, and the message that it becomes.

    The id is made of what the card says, so that the same card has the same id for ever.
    """

    id: str
    title: str
    description: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class InlinePage:
    """Cards to choose from, best first, with a button above them."""

    cards: tuple[Card, ...] = ()
    next_offset: str = ""
    button: Button | None = None
    keep_seconds: int = int(KEPT.total_seconds())
    """How long the same words of the same person may be answered so without asking again."""


@dataclass(frozen=True, slots=True)
class _Found:
    """All that was found for what was typed."""

    answers: tuple[Answer, ...]
    response: Response | None = None
    button: Button | None = None
    pages: dict[int, InlinePage] = field(default_factory=dict)
    """The pages that were made of it so far, by their first card."""


class InlineAnswers:
    """Answers what is typed, letter by letter. Any thread may ask."""

    def __init__(
        self, newsroom: Newsroom, questions_per_minute: int, clock: Callable[[], datetime]
    ) -> None:
        self._newsroom = newsroom
        self._clock = clock
        self._limit = QuestionLimit(QUERIES_PER_QUESTION * questions_per_minute, clock)
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[str, str], tuple[int, datetime, _Found]] = OrderedDict()
        self._newest: tuple[int, tuple[Answer, ...]] = (-1, ())
        """The newest quotes, and as of which change of the articles."""

    def page(self, ask: InlineAsk) -> InlinePage:
        """The cards for what was typed. Every quoted sentence has passed the gate.

        Raises StoreError.
        """
        with speaking(language_abroad(self._newsroom.store, ask.person, ask.language)):
            wait = self._limit.look_up_wait(ask.person)
            if wait is not None:
                words = ngettext(
                    "Too fast. Go on in {n} second", "Too fast. Go on in {n} seconds", wait.seconds
                ).format(n=wait.seconds)
                return InlinePage(button=_button(words, ASK), keep_seconds=0)
            whole = ask.text[:MAX_QUESTION_CHARS].encode("utf-8", "replace").decode()
            text = " ".join(whole.split())
            return self._paged(self._remembered(text), _number(ask.offset))

    def card(self, number: str, person: str, language: str | None) -> Reply | None:
        """What the card of this id became where it was sent, but for its first line; None for an
        id that is not ours, or where its article is gone. Raises StoreError."""
        place = _CARD_ID.fullmatch(number)
        link = f"q_{place[1]}_{place[2]}_{place[3]}" if place is not None else ""
        found = find_linked(self._newsroom, link)
        if found is None:
            return None
        with speaking(language_abroad(self._newsroom.store, person, language)):
            answer, findings_of = answer_of(self._newsroom, found), read_once(self._newsroom)
            return self._card(None, answer, findings_of, first=False).reply

    # ----------------------------------------------------------------------- finding
    def _remembered(self, text: str) -> _Found:
        """What is found for `text`; for a minute as before, where no article has come since."""
        key, now = (spoken_language(), text), self._clock()
        change = self._newsroom.store.change_count()
        with self._lock:
            kept = self._known.get(key)
        if kept is not None and kept[0] == change and timedelta(0) <= now - kept[1] < KEPT:
            return kept[2]
        found = self._find(text, now)
        with self._lock:
            self._known[key] = (change, now, found)
            while len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        return found

    def _find(self, text: str, now: datetime) -> _Found:
        newsroom, findings_of = self._newsroom, read_once(self._newsroom)
        if (linked := find_linked_now(newsroom, text)) is not None:
            return _Found((answer_of(newsroom, linked),))
        quoted = text if read_asked(text) is not None else _closed(text)
        if quoted is not None:
            response = newsroom.ask(quoted, now, limit=ANSWERS)
            if response.state is State.NOTHING:
                return self._nothing(text, _("Not in my articles – ask me in private"))
            return _Found(response.answers, response)
        if (timeline := self._timeline(text, now)) is not None:
            return timeline
        question = parse_question(text, now)
        if all(len(word.folded) < SHORTEST_NAME_CHARS for word in question.words):
            return _Found(self._new_quotes(), button=_button(_("Ask me in private"), ASK))
        typed = read_half_typed(newsroom.store, question)
        if typed.speakers:
            answers = quotes_by(newsroom, typed.speakers, findings_of, MOST_CARDS)
            if answers:
                return _Found(tuple(answers))
        if typed.text != question.text:  # found before, as a rule: it changes with each word
            return self._remembered(typed.text)
        response = newsroom.ask(text, now, limit=ANSWERS)
        if response.state is State.NOTHING or _is_far_fetched(newsroom, response, question):
            return self._nothing(text, _("I have nothing on that – ask me in private"))
        if response.state is State.CLOSE:
            words = _("Not sure. The closest I have, or ask me in private")
            if response.premise is not None and len(no_report(response.premise)) <= BUTTON_CHARS:
                words = no_report(response.premise)
            return _Found(_good(response), response, _button(words, search_link(text)))
        if not response.read_as:
            return _Found(_good(response), response)
        names = ", ".join(dict.fromkeys(name for _typed, name in response.read_as))
        read = _("Read as: {names}").format(names=names)
        return _Found(_good(response), response, _button(read, search_link(names)))

    def _timeline(self, text: str, now: datetime) -> _Found | None:
        """What was said on something by day, the oldest first; None where no timeline is asked
        for, or there is none."""
        match = _TIMELINE.fullmatch(text)
        if match is None:
            return None
        words = match["of"]
        response = self._newsroom.set_out(split_topic(words), now)
        if not response.answers:
            return None
        return _Found(response.answers, button=_button(_("Whole timeline"), timeline_link(words)))

    def _nothing(self, text: str, words: str) -> _Found:
        return _Found(self._new_quotes(), button=_button(words, search_link(text)))

    def _new_quotes(self) -> tuple[Answer, ...]:
        change = self._newsroom.store.change_count()
        kept = self._newest
        if kept[0] != change:
            answers = newest_quotes(self._newsroom, read_once(self._newsroom), NEWEST)
            self._newest = kept = (change, tuple(answers))
        return kept[1]

    # ------------------------------------------------------------------------- cards
    def _paged(self, found: _Found, start: int) -> InlinePage:
        if (page := found.pages.get(start)) is not None:
            return page
        findings_of = read_once(self._newsroom)
        end = start + PAGE
        cards: dict[str, Card] = {}
        for place, answer in enumerate(found.answers[start:end], start):
            if len(answer.span) > LONGEST_QUOTE_CHARS:
                continue
            card = self._card(found.response, answer, findings_of, first=place == 0)
            cards.setdefault(card.id, card)
        more = str(end) if end < len(found.answers) else ""
        page = found.pages[start] = InlinePage(tuple(cards.values()), more, found.button)
        return page

    def _card(
        self, response: Response | None, answer: Answer, findings_of: FindingsOf, *, first: bool
    ) -> Card:
        if response is not None and response.intent is Intent.QUOTE_CHECK and first:
            checked = check_reply(replace(response, answers=(answer,)), findings_of)
            blocks = checked.blocks
        else:
            lead = Block(BlockKind.LEAD, _lead(response, answer, findings_of))
            blocks = (lead, *answer_blocks(answer, findings_of))
        context = Button(_("Context"), start=context_link(answer))
        reply = gated(self._newsroom, Reply(blocks, ((context,),)))
        title = next((b.text for b in blocks if b.kind is BlockKind.LEAD), answer.text)
        told = zlib.crc32("\n".join(block.text for block in blocks).encode("utf-8", "replace"))
        number = f"{answer.article.key}-{answer.span.start}-{answer.span.end}-{told:08x}"
        return Card(number, title, _shortened(answer.text), reply)


def _closed(text: str) -> str | None:
    """`text` with the quotation closed that it begins with, up to the last whole word; None where
    it begins with none, or with too little of one."""
    if text[:1] not in OPENING_MARKS or not text[1:].strip():
        return None
    closed = f"{text.rpartition(' ')[0]}”"
    return closed if read_asked(closed) is not None else None


def _is_far_fetched(newsroom: Newsroom, response: Response, question: Question) -> bool:
    """Whether a single word was typed that no article holds, and was taken for one that it is
    hardly a slip for: who types a name goes on, and seldom slips in the first letter."""
    if len(question.words) != 1:
        return False
    word = question.words[0].folded
    meant = newsroom.answerer.respelt(word)
    short = len(word) < SHORTEST_SLIP_CHARS and not response.read_as
    return meant is not None and (short or meant[0] != word[0])


def _good(response: Response) -> tuple[Answer, ...]:
    """The answers that are worth showing beside the first."""
    share = GOOD_SECOND if wants_several(response) else GOOD_MORE
    floor = share * response.answers[0].score
    return tuple(answer for answer in response.answers if answer.score >= floor)


def _lead(response: Response | None, answer: Answer, findings_of: FindingsOf) -> str:
    """Who said it and when, or the field that was asked for; else outlet and day."""
    if response is not None and response.intent in _ONE_FIELD:
        lead = find_lead(replace(response, answers=(answer,)), findings_of)
        if lead is not None:
            return lead.text
    if answer.speaker is None:
        return outlet_and_day(answer) or _("An article of ours")
    day = answer.article.day
    parts = [named(answer), *([spoken_day(day)] if day is not None else [])]
    return shortened(" · ".join(parts))


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= DESCRIPTION_CHARS else text[: DESCRIPTION_CHARS - 1].rstrip() + "…"


def _button(words: str, start: str) -> Button:
    return Button(words, start=start)


def _number(offset: str) -> int:
    """The place that an offset of ours names; the beginning for anything else."""
    plain = offset.isascii() and offset.isdigit() and len(offset) <= 3
    return int(offset) if plain else 0
