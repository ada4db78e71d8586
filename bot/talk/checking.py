"""Quote checks in the conversation: /check, a pasted or forwarded quote, “is this real?”."""

from __future__ import annotations

from bot.answer.asked_quotes import IS_THIS_REAL, Asked, read_asked, read_claimed
from bot.answer.quote_check import FEWEST_WORDS
from bot.answer.result import State
from bot.locales import N_, _
from bot.newsroom import Newsroom
from bot.talk.asking import Asking
from bot.talk.desks import Desk, stop_waiting, wait_for
from bot.talk.marked import phrases_in
from bot.talk.replies import Incoming, Reply, told
from bot.text.words import find_words

WAITS = "check"
PHRASES_TRIED = 3  # of a message, the longest first
_ASK = N_("Please send the words that you want checked. /cancel stops.")


def checking_desk(newsroom: Newsroom, asking: Asking) -> Desk:
    """The desk that tells whether words were said, by whom, and how else they were printed."""

    def command(incoming: Incoming, rest: str) -> Reply:
        if rest:
            return asking.check(incoming, read_asked(rest) or Asked(rest))
        if (about := _beside(incoming)) is not None:
            return _message(newsroom, asking, incoming, about)
        wait_for(newsroom.store, incoming, WAITS, {})
        return told(_(_ASK))

    def awaited(incoming: Incoming, _kept: dict[str, object]) -> Reply | None:
        if not (text := (incoming.text or "").strip()):
            return None
        stop_waiting(newsroom.store, incoming)
        return asking.check(incoming, read_asked(text) or Asked(text))

    def words(incoming: Incoming, text: str) -> Reply | None:
        about = _beside(incoming)
        line = " ".join(text[:300].split())
        claimed = read_claimed(line)
        if about is None or not (claimed or IS_THIS_REAL.fullmatch(line)):
            return None
        return _message(newsroom, asking, incoming, about, claimed)

    return Desk(commands={"check": command}, inputs={WAITS: awaited}, words=words)


def _beside(incoming: Incoming) -> str | None:
    """What was marked, or the message that is replied to."""
    return incoming.marked or incoming.reply_to or None


def _message(
    newsroom: Newsroom, asking: Asking, incoming: Incoming, text: str, claimed: str | None = None
) -> Reply:
    """The check of what a message quotes; of all of it where it quotes nothing."""
    asked = read_asked(text)
    if asked is None:
        asked = Asked(best_phrase(newsroom, text))
    return asking.check(incoming, Asked(asked.words, claimed or asked.claimed))


def best_phrase(newsroom: Newsroom, text: str) -> str:
    """What a message has in quotation marks that is in the articles; else the longest of it, else
    one of its sentences, else the message."""
    quoted, sentences = phrases_in(text)
    long = [p for p in (*quoted, *sentences) if len(find_words(p)) >= FEWEST_WORDS]
    for phrase in long[:PHRASES_TRIED]:
        if newsroom.check_quote(phrase).state is not State.NOTHING:
            return phrase
    return next(iter(long), text)
