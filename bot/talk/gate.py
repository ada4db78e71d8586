"""The gate that each quoted sentence passes before it leaves the program."""

from __future__ import annotations

from bot.errors import VerbatimError
from bot.newsroom import Newsroom
from bot.talk.replies import BlockKind, Reply


def gated(newsroom: Newsroom, reply: Reply) -> Reply:
    """`reply`, when each sentence that it or its notices quote is in the store, byte for byte.

    Raises VerbatimError.
    """
    told_others = (block for notice in reply.notices for block in notice.reply.blocks)
    for block in (*reply.blocks, *told_others):
        if block.kind is not BlockKind.QUOTE:
            continue
        if block.evidence is None:
            raise VerbatimError("A sentence without a source was held back.")
        newsroom.verify(block.evidence.version, block.evidence.span, block.text)
    return reply
