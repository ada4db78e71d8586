"""The sentences around an answer: two on each side, then its paragraph, edited in place."""

from __future__ import annotations

from bot.answer.result import Answer
from bot.locales import _
from bot.model import Span
from bot.newsroom import Newsroom
from bot.pictures import is_available
from bot.talk.buttons import (
    CARD_BUTTON,
    Place,
    in_rows,
    page_button,
    parse_place,
    share_button,
)
from bot.talk.lines import article_line
from bot.talk.pages import article_page
from bot.talk.replies import Block, BlockKind, Button, Evidence, Reply, Role
from bot.talk.selecting import SENTENCES_OF_ONE_ARTICLE

AROUND_SENTENCES = 2  # sentences shown before and after the answer
LONGEST_CONTEXT_CHARS = 2_500
PARAGRAPH_ENDS = "\n"


def context_reply(
    newsroom: Newsroom, code: str, *, paragraph: bool = False, role: Role = Role.READER
) -> Reply | None:
    """The sentences around a place, or its paragraph; None when there is no such place.

    An empty place asks for the article's own page.
    """
    place = parse_place(code)
    article = newsroom.look_up_version(place.version) if place is not None else None
    if place is None or article is None:
        return None
    if not place.span.start and not place.span.end:
        return article_page(newsroom, article, role)
    sentences = newsroom.get_findings(article).sentences
    inside = [n for n, s in enumerate(sentences) if s.overlaps(place.span)]
    if not inside or place.span.start >= place.span.end or place.span.end > len(article.text):
        return None
    near = _around(sentences, inside)
    whole = _paragraph(article.text, sentences, inside)
    shown = whole if paragraph else near
    inner = Span(max(place.span.start, shown.start), min(place.span.end, shown.end))
    blocks = (
        Block(
            BlockKind.QUOTE,
            shown.of(article.text),
            evidence=Evidence(article.key, shown),
            stressed=Span(inner.start - shown.start, inner.end - shown.start),
        ),
        Block(BlockKind.SOURCE, article_line(article), url=article.url),
    )
    other = []
    if paragraph and not whole.covers(near):
        other = [Button(_("Sentences around"), f"ctx:{place.code}")]
    elif not paragraph and not near.covers(whole):
        other = [Button(_("Whole paragraph"), f"par:{place.code}")]
    buttons = (*other, Button(_("About this article"), press=f"ctx:{article.key}:0:0"))
    if is_available():
        inside_place = Place(article.key, place.span)
        buttons = (*buttons, Button(_("Card"), f"{CARD_BUTTON}:{inside_place.code}"))
    if place.result:
        buttons = (*buttons, page_button(_("Back"), place.result, place.page))
    share = share_button(Answer(article, place.span, 1.0))
    return Reply(blocks, in_rows([*buttons[:1], share, *buttons[1:]]), edits=True)


def _around(sentences: tuple[Span, ...], inside: list[int]) -> Span:
    """The answer with up to two sentences before and after it, fewer where that grows too
    long."""
    first, last = inside[0], inside[-1]
    for step in range(2 * AROUND_SENTENCES):
        after = step % 2 == 0  # what follows explains more often than what goes before
        low, high = (first, last + 1) if after else (first - 1, last)
        if low < 0 or high >= len(sentences):
            continue
        if high - low >= SENTENCES_OF_ONE_ARTICLE:
            break
        if sentences[high].end - sentences[low].start <= LONGEST_CONTEXT_CHARS:
            first, last = low, high
    return Span(sentences[first].start, sentences[last].end)


def _paragraph(text: str, sentences: tuple[Span, ...], inside: list[int]) -> Span:
    """The paragraph of the answer; of a long one, as many sentences as may be shown."""
    first, last = inside[0], inside[-1]
    begin = text.rfind(PARAGRAPH_ENDS, 0, sentences[first].start) + 1
    end = text.find(PARAGRAPH_ENDS, sentences[last].end)
    end = end if end >= 0 else len(text)
    while last + 1 < len(sentences) and sentences[last + 1].end <= end:
        if last - first + 1 >= SENTENCES_OF_ONE_ARTICLE:
            break
        last += 1
    while first > 0 and sentences[first - 1].start >= begin:
        if last - first + 1 >= SENTENCES_OF_ONE_ARTICLE:
            break
        first -= 1
    span = Span(sentences[first].start, sentences[last].end)
    return span if len(span) <= LONGEST_CONTEXT_CHARS else _around(sentences, inside)
