"""What was found in one article, to look through: its quotes, facts and dates, each with the
sentence that it stands in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answer.compose import spoken_value
from bot.answer.result import Answer, SpokenBy
from bot.locales import _, ngettext
from bot.model import Article, Fact, Findings, Quote, Span
from bot.newsroom import Newsroom
from bot.talk.buttons import parse_page
from bot.talk.desks import Desk
from bot.talk.fact_lines import fact_line, has_line
from bot.talk.lines import article_line, how_told, named
from bot.talk.replies import Block, BlockKind, Button, Evidence, Incoming, Reply

FOUND = "fnd"
A_PAGE = 4
LONGEST_VALUE_CHARS = 80


@dataclass(frozen=True, slots=True)
class _Item:
    """Something found: where, and what it is in our words."""

    span: Span
    words: str


def findings_desk(newsroom: Newsroom) -> Desk:
    """The desk where an article's findings are listed."""

    def press(incoming: Incoming, code: str) -> Reply | None:
        kind, _colon, rest = code.partition(":")
        read = parse_page(rest)
        article = newsroom.look_up_version(read[0]) if read is not None else None
        if read is None or article is None or kind not in _KINDS:
            return None
        return findings_page(newsroom, article, kind, read[1])

    return Desk(buttons={FOUND: press})


def findings_blocks(findings: Findings) -> list[Block]:
    """How much was found in an article, in a line; none where nothing was."""
    counts = [_counted(kind, findings) for kind in _KINDS if _KINDS[kind](findings)]
    return [Block(BlockKind.TEXT, f"{', '.join(counts)}.")] if counts else []


def findings_buttons(article: Article, findings: Findings) -> tuple[Button, ...]:
    """A button to each kind of thing that was found."""
    return tuple(
        Button(_counted(kind, findings), f"{FOUND}:{kind}:{article.key}:0")
        for kind in _KINDS
        if _KINDS[kind](findings)
    )


def findings_page(newsroom: Newsroom, article: Article, kind: str, page: int) -> Reply | None:
    """A page of what was found, in order of the text, with the sentences; None where there is
    none."""
    findings = newsroom.get_findings(article)
    items = _items(kind, article, findings)
    if not items:
        return None
    last = (len(items) - 1) // A_PAGE
    page = min(page, last)
    lead = _counted(kind, findings)
    if last:
        lead = _("{what}, page {page} of {pages}").format(what=lead, page=page + 1, pages=last + 1)
    blocks = [Block(BlockKind.LEAD, lead), Block(BlockKind.TEXT, article_line(article))]
    shown = items[page * A_PAGE : (page + 1) * A_PAGE]
    for number, item in enumerate(shown, page * A_PAGE + 1):
        sentence = _sentence(findings, item.span)
        words = f"{number}. {item.words}" if item.words else f"{number}."
        evidence = Evidence(article.key, sentence)
        blocks.append(Block(BlockKind.TEXT, words))
        blocks.append(Block(BlockKind.QUOTE, sentence.of(article.text), evidence=evidence))
    code = f"{FOUND}:{kind}:{article.key}"
    turns = [Button(_("Earlier"), f"{code}:{page - 1}")] if page else []
    turns += [Button(_("More"), f"{code}:{page + 1}")] if page < last else []
    back = Button(_("The article"), f"ctx:{article.key}:0:0")
    return Reply(tuple(blocks), ((*turns, back),), edits=True)


_KINDS: dict[str, Callable[[Findings], Sequence[object]]] = {
    "quotes": lambda found: found.quotes,
    "facts": lambda found: found.facts,
    "dates": lambda found: found.dates,
}


def _counted(kind: str, findings: Findings) -> str:
    n = len(_KINDS[kind](findings))
    if kind == "quotes":
        return ngettext("{n} quote", "{n} quotes", n).format(n=n)
    if kind == "facts":
        return ngettext("{n} fact", "{n} facts", n).format(n=n)
    return ngettext("{n} date", "{n} dates", n).format(n=n)


def _items(kind: str, article: Article, findings: Findings) -> list[_Item]:
    if kind == "quotes":
        items = [_Item(q.span, _quote_words(q, article)) for q in findings.quotes]
    elif kind == "facts":
        items = [_Item(f.span, _fact_words(f, article)) for f in findings.facts]
    else:
        items = [
            _Item(d.span, _date_words(d.span.of(article.text), d.value)) for d in findings.dates
        ]
    inside = [i for i in items if 0 <= i.span.start < i.span.end <= len(article.text)]
    return sorted(inside, key=lambda item: item.span)


def _quote_words(quote: Quote, article: Article) -> str:
    """Who said it, and how it is told."""
    if quote.speaker is None:
        return _("nobody is named")
    name = quote.speaker.name or quote.speaker.span.of(article.text)
    spoken = SpokenBy(name, quote.speaker.role)
    answer = Answer(article, quote.span, 1.0, spoken, quote)
    how = how_told(answer)
    return f"{named(answer)} · {how}" if how else named(answer)


def _fact_words(fact: Fact, article: Article) -> str:
    """What became of it and between whom; else whom or what it is about."""
    if has_line(fact):
        return fact_line(fact, Answer(article, fact.span, 1.0))
    parts = [*dict.fromkeys(party.name for party in fact.parties), fact.object or ""]
    return " · ".join(_shortened(part) for part in parts if part)


def _date_words(words: str, value: str | None) -> str:
    return f"{_shortened(words)}: {spoken_value(value)}" if value else _shortened(words)


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_VALUE_CHARS else text[: LONGEST_VALUE_CHARS - 1] + "…"


def _sentence(findings: Findings, span: Span) -> Span:
    """The sentences that hold `span`, whole."""
    held = [s for s in findings.sentences if s.overlaps(span)]
    if not held:
        return span
    return Span(min(s.start for s in held), max(s.end for s in held))
