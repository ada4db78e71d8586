"""One short answer in a chat that we are no member of, where somebody has named us."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.answer.asked_quotes import IS_THIS_REAL, Asked, read_asked, read_claimed
from bot.answer.question import MAX_QUESTION_CHARS
from bot.locales import _, ngettext, speaking
from bot.newsroom import Newsroom
from bot.talk.agreements import agreements_at_large
from bot.talk.answers import reply_to_question
from bot.talk.asking import read_once
from bot.talk.buttons import ASK, place_link
from bot.talk.check_pages import check_reply
from bot.talk.checking import best_phrase
from bot.talk.foreign import foreign_words
from bot.talk.gate import gated
from bot.talk.languages import language_abroad
from bot.talk.limits import QuestionLimit
from bot.talk.links import search_link
from bot.talk.marked import WHO_SAID_THIS, find_in_message, find_phrase, speaker_reply
from bot.talk.namesakes import find_namesakes
from bot.talk.replies import Block, BlockKind, Button, Incoming, Reply, Role
from bot.talk.small_talk import parse_small_talk
from bot.talk.words_abroad import in_english

MOST_CHARS = 600  # of an answer in somebody else's chat; a quote is never cut for it
LONGEST_QUOTE_CHARS = 1_500  # a sentence beyond this is left to the private chat, whole
FIRST_NUMBER = " [1]"  # of a source among several
_NEVER_LEFT_OUT = frozenset((BlockKind.LEAD, BlockKind.QUOTE, BlockKind.SOURCE))


class Guest:
    """Answers where we are guests: one question, one answer, nothing kept. Any thread may ask."""

    def __init__(
        self, newsroom: Newsroom, limit: QuestionLimit, clock: Callable[[], datetime]
    ) -> None:
        """`limit` counts these questions with the others of the same person."""
        self._newsroom = newsroom
        self._limit = limit
        self._clock = clock

    def answer(self, incoming: Incoming) -> Reply:
        """The answer to what was said to us; nothing where the person was told to wait before.

        Every quoted sentence has passed the gate. Raises StoreError.
        """
        language = language_abroad(self._newsroom.store, incoming.person, incoming.language)
        with speaking(language):
            return gated(self._newsroom, self._answer(incoming))

    def _answer(self, incoming: Incoming) -> Reply:
        wait = self._limit.look_up_wait(incoming.person) if incoming.role is Role.READER else None
        if wait is not None:
            if wait.told:
                return Reply()
            return _told(
                ngettext(
                    "That is too many questions. Please ask again in {n} second.",
                    "That is too many questions. Please ask again in {n} seconds.",
                    wait.seconds,
                ).format(n=wait.seconds)
            )
        text = " ".join((incoming.text or "").split()).removeprefix("/ask ").strip()
        text = in_english(text)
        about = incoming.marked or incoming.reply_to
        if about and (spoken := self._about(text, about, incoming)) is not None:
            return short(spoken)
        text = text or " ".join((about or "").split())
        if not text or text.startswith("/") or parse_small_talk(text) is not None:
            return _told(
                _(
                    "I answer questions about the news with the exact sentence and its source. "
                    "Name me together with your question."
                )
            )
        text = text[:MAX_QUESTION_CHARS]
        foreign = foreign_words(self._newsroom, text, self._clock())
        if foreign is not None:  # in private its names have buttons that ask on
            button = Button(_("Ask me in private"), start=search_link(text))
            return Reply(foreign.blocks, ((button,),))
        return self._asked(text)

    def _about(self, text: str, message: str, incoming: Incoming) -> Reply | None:
        """The answer to a question about somebody's message; None where it is about something
        else."""
        newsroom = self._newsroom
        claimed = read_claimed(text)
        if claimed or IS_THIS_REAL.fullmatch(text):
            asked = Asked(incoming.marked or best_phrase(newsroom, message), claimed)
            response = newsroom.check_quote(asked.words, claimed=asked.claimed)
            return check_reply(response, read_once(newsroom))
        if text and not WHO_SAID_THIS.fullmatch(text):
            return None
        if incoming.marked:
            found = find_phrase(newsroom, incoming.marked, beside=incoming.reply_to or "")
        else:
            found = find_in_message(newsroom, message)
        if found is not None:
            return speaker_reply(newsroom, found)
        return _told(_("I find these words in none of my articles.")) if text else None

    def _asked(self, text: str) -> Reply:
        findings_of = read_once(self._newsroom)
        response = self._newsroom.ask(text, self._clock())
        response = agreements_at_large(self._newsroom, response, findings_of)
        people = find_namesakes(response, findings_of)
        if people:
            names = "; ".join(p.name + (f", {p.role}" if p.role else "") for p in people)
            lead = _("Several people have this name: {names}.").format(names=names)
            return _told(lead, _("Ask again with the whole name."))
        reply = replace(reply_to_question(response, findings_of), state=response.state)
        return short(reply, None if read_asked(text) else text)


def short(reply: Reply, text: str | None = None) -> Reply:
    """`reply` with its first quote only and what else there is room for, and with buttons that
    lead to a private chat: to the sentences around, and to the question `text` asked there."""
    kept: list[Block] = []
    once: set[BlockKind] = set()
    room = MOST_CHARS
    for block in reply.blocks:
        if block.kind in once or not _fits(block, room):
            continue
        if block.kind in (BlockKind.QUOTE, BlockKind.SOURCE):
            once.add(block.kind)
        if block.kind is BlockKind.SOURCE:
            block = replace(block, text=block.text.removesuffix(FIRST_NUMBER))
        room -= len(block.text)
        kept.append(block)
    buttons: list[Button] = []
    quote = next((block.evidence for block in kept if block.evidence is not None), None)
    if quote is not None:
        buttons.append(Button(_("Context"), start=place_link("c", quote.version, quote.span)))
    if text is not None:
        words = _("More in private") if quote is not None else _("Ask me in private")
        buttons.append(Button(words, start=search_link(text)))
    return Reply(tuple(kept), (tuple(buttons),) if buttons else (), state=reply.state)


def _fits(block: Block, room: int) -> bool:
    if block.kind is BlockKind.QUOTE:
        return len(block.text) <= LONGEST_QUOTE_CHARS
    return block.kind in _NEVER_LEFT_OUT or len(block.text) <= room


def _told(*lines: str) -> Reply:
    blocks = tuple(Block(BlockKind.TEXT, line) for line in lines)
    return Reply(blocks, ((Button(_("Ask me in private"), start=ASK),),))
