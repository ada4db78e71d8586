"""The standing pages of the conversation: start, help, an article, the latest, the outlets."""

from __future__ import annotations

from bot.errors import ArticleNotFoundError
from bot.model import Article, NameKind, Span
from bot.newsroom import Newsroom
from bot.talk.answers import article_line, coverage_line
from bot.talk.commands import commands_for
from bot.talk.replies import Block, BlockKind, Button, Evidence, Reply, Role

LATEST_SHOWN = 8
SOURCES_SHOWN = 30
AROUND_SENTENCES = 2  # sentences shown before and after the answer
LONGEST_CONTEXT_CHARS = 2_500
NAMES_SHOWN = 8
PRESS_BYTES = 64  # what a Telegram button can carry


def start_reply(newsroom: Newsroom, role: Role, questions: list[str]) -> Reply:
    """The first page: what I do, what I do not, and questions that have answers."""
    cover = newsroom.coverage()
    outlets = len(newsroom.sources())
    if not cover.articles:
        lines = ["I answer questions about the news. The store holds no article yet."]
        if role is not Role.READER:
            lines.append("Send /add to put in the first one.")
        return Reply(tuple(Block(BlockKind.TEXT, line) for line in lines))
    plural = "s" if outlets != 1 else ""
    blocks = [
        Block(
            BlockKind.TEXT,
            f"I answer questions about the news from {outlets} outlet{plural} with the exact "
            "sentence and its source. Just type, in your own words.",
        ),
        Block(
            BlockKind.TEXT, "I do not guess: if it is in no article, I say so. /help tells more."
        ),
        Block(BlockKind.FOOTER, coverage_line(cover.articles, cover.newest)),
    ]
    buttons = tuple((Button(question, press=f"ask:{question}"),) for question in questions)
    return Reply(tuple(blocks), buttons)


def help_reply(role: Role) -> Reply:
    """How to ask, and the commands that this person may use."""
    blocks = [
        Block(BlockKind.LEAD, "Ask about the news, in your own words."),
        Block(
            BlockKind.TEXT,
            "“what did Lindqvist say about gas”, “who denied the report”, “when is the strike”, "
            "“what was agreed in Tallinn”, “how many were evacuated”, “latest on the flood”. "
            "Typing errors do no harm. Put exact words in quotation marks. Go on asking: "
            "“and for how long?”",
        ),
        Block(
            BlockKind.TEXT,
            "Every answer is a sentence of a stored article, word for word, with its source. "
            "I write nothing of my own about the news, and when I have nothing, I say so.",
        ),
    ]
    for command in commands_for(role):
        usage = f" {command.usage}" if command.usage else ""
        blocks.append(Block(BlockKind.TEXT, f"/{command.name}{usage} – {command.summary}"))
    return Reply(tuple(blocks))


def latest_reply(newsroom: Newsroom, source: str) -> Reply:
    """The newest articles, of one outlet where `source` names it."""
    articles = newsroom.latest(limit=LATEST_SHOWN, source=source or None)
    if not articles:
        known = ", ".join(name for name, _ in newsroom.sources()[:SOURCES_SHOWN])
        told = f"I have no article from “{source}”. " if source else "There is no article yet. "
        return Reply((Block(BlockKind.TEXT, told + (f"Outlets here: {known}." if known else "")),))
    blocks = [Block(BlockKind.LEAD, "The newest articles" + (f" of {source}" if source else ""))]
    for article in articles:
        blocks.append(Block(BlockKind.TEXT, article_line(article), url=article.url))
    buttons = tuple(
        (Button(_short(a.title or a.id), press=code),)
        for a in articles[:3]
        if len((code := f"ctx:{a.key}:0:0").encode()) <= PRESS_BYTES
    )
    return Reply(tuple(blocks), buttons)


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def sources_reply(newsroom: Newsroom) -> Reply:
    """The outlets in the store, with how many articles each."""
    sources = newsroom.sources()
    if not sources:
        return Reply((Block(BlockKind.TEXT, "There is no article yet."),))
    lines = [f"{name}: {count:,}" for name, count in sources[:SOURCES_SHOWN]]
    if len(sources) > SOURCES_SHOWN:
        lines.append(f"… and {len(sources) - SOURCES_SHOWN} more.")
    return Reply((Block(BlockKind.LEAD, "Outlets"), Block(BlockKind.TEXT, "\n".join(lines))))


def article_reply(newsroom: Newsroom, article_id: str) -> Reply:
    """One article: headline, first sentences, who is quoted. Raises ArticleNotFoundError."""
    if not article_id:
        return Reply((Block(BlockKind.TEXT, "Which article? Give its id: /article ID"),))
    return _article_page(newsroom, newsroom.get_article(article_id))


def _article_page(newsroom: Newsroom, article: Article) -> Reply:
    findings = newsroom.get_findings(article)
    blocks = [
        Block(BlockKind.LEAD, article.title or "(no headline)"),
        Block(BlockKind.TEXT, article_line(article), url=article.url),
    ]
    lede = [s for s in findings.sentences if s.of(article.text).strip() != (article.title or "")]
    if lede:
        blocks.append(
            Block(
                BlockKind.QUOTE, lede[0].of(article.text), evidence=Evidence(article.key, lede[0])
            )
        )
    speakers = dict.fromkeys(
        q.speaker.name for q in findings.quotes if q.speaker and q.speaker.name
    )
    if speakers:
        blocks.append(
            Block(BlockKind.TEXT, f"Quoted here: {', '.join(list(speakers)[:NAMES_SHOWN])}.")
        )
    others = dict.fromkeys(
        m.name for m in findings.names if m.kind is NameKind.PERSON and m.name not in speakers
    )
    if others:
        blocks.append(
            Block(BlockKind.TEXT, f"Also named: {', '.join(list(others)[:NAMES_SHOWN])}.")
        )
    return Reply(tuple(blocks))


def context_reply(newsroom: Newsroom, code: str) -> Reply | None:
    """The sentences around a place ("KEY:START:END"); None when there is no such place."""
    try:
        key, start, end = (int(part) for part in code.split(":"))
        article = newsroom.look_up_version(key)
    except (ValueError, OverflowError, ArticleNotFoundError):
        return None
    if article is None:
        return None
    if start >= end:
        return _article_page(newsroom, article)
    span = _widened(newsroom.get_findings(article).sentences, Span(start, end))
    if span is None or span.end > len(article.text):
        return None
    return Reply(
        (
            Block(BlockKind.QUOTE, span.of(article.text), evidence=Evidence(key, span)),
            Block(BlockKind.SOURCE, article_line(article), url=article.url),
        ),
        ((Button("About this article", press=f"ctx:{key}:0:0"),),),
        edits=True,
    )


def _widened(sentences: tuple[Span, ...], place: Span) -> Span | None:
    """`place` with two sentences before and after it, fewer where that grows too long."""
    inside = [n for n, s in enumerate(sentences) if s.overlaps(place)]
    if not inside:
        return None
    for around in range(AROUND_SENTENCES, -1, -1):
        first = sentences[max(0, inside[0] - around)]
        last = sentences[min(len(sentences) - 1, inside[-1] + around)]
        if last.end - first.start <= LONGEST_CONTEXT_CHARS:
            break
    return Span(first.start, last.end)
