"""Responses as replies: one line of extracted fields, the sentence, who, when and where."""

from __future__ import annotations

from datetime import date, datetime

from bot.answer.compose import spoken_day
from bot.answer.question import Intent
from bot.answer.result import Answer, Response, State
from bot.model import Article
from bot.talk.replies import Block, BlockKind, Button, Evidence, Reply

ANSWERS_SHOWN = 3  # sentences in one reply; the rest is a tap away
GOOD_SECOND = 0.75  # a further answer is shown while its score is this share of the first's
SEVERAL = frozenset({Intent.SAID_BY, Intent.AGREED, Intent.LATEST, Intent.LIST})
"""Kinds of question whose answer may be more than one sentence."""


def reply_to_question(response: Response) -> Reply:
    """What a person reads for `response`."""
    blocks: list[Block] = []
    shown = _shown(response)
    if response.state is State.FOUND:
        if response.lead:
            blocks.append(Block(BlockKind.LEAD, response.lead))
    elif response.state is State.CLOSE:
        blocks.append(
            Block(BlockKind.LEAD, "I am not sure that this answers it. The closest I have:")
        )
    else:
        blocks.append(Block(BlockKind.LEAD, "I have nothing on that."))
        if response.missing:
            words = ", ".join(f"“{word}”" for word in response.missing[:3])
            blocks.append(Block(BlockKind.TEXT, f"No article here mentions {words}."))
        if shown:
            blocks.append(Block(BlockKind.TEXT, "The nearest that I do have:"))
    for answer in shown:
        blocks += answer_blocks(answer)
    if response.read_as:
        read = ", ".join(f"{typed} as {name}" for typed, name in response.read_as)
        blocks.append(Block(BlockKind.TEXT, f"Read {read}."))
    if response.state is not State.FOUND or not shown:
        blocks.append(Block(BlockKind.FOOTER, coverage_line(response.articles, response.newest)))
    return Reply(tuple(blocks), _buttons(shown))


def _shown(response: Response) -> list[Answer]:
    if response.state is State.NOTHING:
        return list(response.nearest[:1])
    answers = response.answers
    if not answers:
        return []
    if response.state is State.CLOSE:
        return list(answers[:2])
    if response.intent not in SEVERAL:
        return [answers[0]]
    floor = GOOD_SECOND * answers[0].score
    shown = [answers[0]]
    for answer in answers[1:]:
        told = {a.article.key for a in shown}
        repeats_headline = answer.article.key in told and answer.span.start == 0
        if answer.score >= floor and not repeats_headline and len(shown) < ANSWERS_SHOWN:
            shown.append(answer)
    return shown


def answer_blocks(answer: Answer) -> list[Block]:
    """The sentence, word for word, and the line with its source."""
    evidence = Evidence(answer.article.key, answer.span)
    return [
        Block(BlockKind.QUOTE, answer.text, evidence=evidence),
        Block(BlockKind.SOURCE, source_line(answer), url=answer.article.url),
    ]


def source_line(answer: Answer) -> str:
    """Speaker and role, day, outlet and headline of an answer, in one line."""
    parts: list[str] = []
    if answer.speaker is not None:
        role = f", {answer.speaker.role}" if answer.speaker.role else ""
        parts.append(f"{answer.speaker.name}{role}")
    parts.append(article_line(answer.article))
    if answer.also:
        others = len(answer.also)
        parts.append(f"also in {others} other article{'s' if others > 1 else ''}")
    return " · ".join(parts)


def article_line(article: Article) -> str:
    """Day, outlet and headline of an article ("18 Mar 2025 · Nordwire, “Call ends”")."""
    where = article.source or "outlet unknown"
    if article.title:
        where += f", “{article.title}”"
    day = spoken_day(article.day) if article.day else "day unknown"
    return f"{day} · {where}" + (" · sample" if article.sample else "")


def _buttons(shown: list[Answer]) -> tuple[tuple[Button, ...], ...]:
    numbered = len(shown) > 1
    return tuple(
        (Button(f"Context {n}" if numbered else "Context", context_code(answer)),)
        for n, answer in enumerate(shown, 1)
    )


def context_code(answer: Answer) -> str:
    """What the button for the sentences around `answer` sends back."""
    return f"ctx:{answer.article.key}:{answer.span.start}:{answer.span.end}"


def coverage_line(articles: int, newest: date | datetime | None) -> str:
    """How much the store covers ("Covers 26 articles, newest 31 Mar 2025")."""
    if not articles:
        return "The store holds no article yet."
    plural = "s" if articles != 1 else ""
    line = f"Covers {articles:,} article{plural}"
    if isinstance(newest, datetime):
        return f"{line}, newest {spoken_day(newest.date())} {newest:%H:%M} UTC"
    return f"{line}, newest {spoken_day(newest)}" if newest else line
