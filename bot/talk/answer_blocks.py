"""One answer as blocks: the sentence, and the line with its source."""

from __future__ import annotations

from bot.answer.result import Answer
from bot.talk.lines import source_line
from bot.talk.replies import Block, BlockKind, Evidence
from bot.talk.selecting import FindingsOf


def answer_blocks(
    answer: Answer, findings_of: FindingsOf | None = None, number: int = 0
) -> list[Block]:
    """The sentence, word for word, and the line with its source."""
    evidence = Evidence(answer.article.key, answer.span)
    findings = findings_of(answer.article) if findings_of is not None else None
    line = source_line(answer, findings, number)
    return [
        Block(BlockKind.QUOTE, answer.text, evidence=evidence),
        Block(BlockKind.SOURCE, line, url=answer.article.url),
    ]
