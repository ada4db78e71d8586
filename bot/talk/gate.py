"""The gate that each quoted sentence passes before it leaves the program."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import VerbatimError
from bot.newsroom import Newsroom
from bot.pictures import QuoteCard
from bot.talk.replies import BlockKind, Reply


def gated(newsroom: Newsroom, reply: Reply) -> Reply:
    """`reply`, when each sentence that it or its notices quote is in the store, byte for byte.

    Raises VerbatimError.
    """
    for message in _messages(reply):
        quoted = set()
        for block in message.blocks:
            if block.kind not in (BlockKind.QUOTE, BlockKind.STRUCK):
                continue
            if block.evidence is None:
                raise VerbatimError("A sentence without a source was held back.")
            newsroom.verify(block.evidence.version, block.evidence.span, block.text)
            quoted.add(block.text)
        if isinstance(message.picture, QuoteCard) and message.picture.quote not in quoted:
            raise VerbatimError("A picture of a sentence without a source was held back.")
    return reply


def _messages(reply: Reply) -> Iterator[Reply]:
    """`reply`, what follows it, and what it tells others."""
    yield reply
    if reply.appendix is not None:
        yield from _messages(reply.appendix)
    for notice in reply.notices:
        yield from _messages(notice.reply)
