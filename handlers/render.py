"""Replies as Telegram messages: HTML by one escaper, cut to size, with a keyboard.

Telegram counts 4096 UTF-16 units after reading the HTML, refuses more than 32 KiB before, and
silently drops the formatting behind the hundredth entity.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.model import Span
from bot.pictures import dump_recipe
from bot.talk.lines import holds_headline
from bot.talk.replies import Block, BlockKind, Button, Reply
from bot.talk.shown import CARD, SHOWN, dump_shown
from handlers.keyboards import is_link, kept_button, sendable_buttons
from handlers.texts import UNSENDABLE, clean, cut_text, utf16_length

MOST_TEXT_UTF16 = 4000  # Telegram's 4096 less some room for what its cleaning may add
MOST_CAPTION_UTF16 = 1_000  # of 1024, as above
MOST_HTML_BYTES = 30_000  # of 32,768
MOST_ENTITIES = 90  # of 100
MOST_FOUND = MOST_ENTITIES - 2  # in one part of a block, whose own markup takes up to two
MOST_TOAST_CHARS = 200
LIST_LINE_CHARS = 100  # texts up to here that follow one another are lines of a list

_NUMBERED = re.compile(r"[0-9]{1,3}\. ")
_FOUND = re.compile(r"[@#/$]\w|https?:|\w\.\w|\+\d")
"""What Telegram may make an entity of by itself; counted generously."""


@dataclass(frozen=True, slots=True)
class Message:
    """One Telegram message: HTML, the same words bare, and how its links and buttons look."""

    html: str
    plain: str
    keyboard: tuple[tuple[Button, ...], ...] = ()
    preview: str | None = None
    picture: dict[str, Any] | None = None
    """The recipe of a picture, which has the words as its caption."""
    document: dict[str, str] | None = None
    """A file, which has the words as its caption."""
    silent: bool = False
    blocks: tuple[Block, ...] = ()
    """What it shows; none where it holds a part of a block only."""

    def payload(self) -> dict[str, Any]:
        """The message as the outbox keeps it; with what it quotes, where it quotes something."""
        payload: dict[str, Any] = {
            "html": self.html,
            "plain": self.plain,
            "keyboard": [[kept_button(button) for button in row] for row in self.keyboard],
            "preview": self.preview,
        }
        if self.picture is not None:
            payload["picture"] = self.picture
        if self.document is not None:
            payload["document"] = self.document
        if self.silent:
            payload["silent"] = True
        if any(block.evidence is not None for block in self.blocks):
            shown = dump_shown(self.blocks, self.keyboard)
            is_card = self.picture is not None and self.picture.get("kind") == "card"
            payload[SHOWN] = {**shown, CARD: True} if is_card else shown
        return payload


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of one block: its markup, its bare words, the line break that goes before."""

    kind: BlockKind
    html: str
    plain: str
    break_before: str
    block: Block | None = None
    """The block that it is the whole of."""
    goes_on: bool = False
    """Whether this is the next part of the block before: a message begins with it, since a line
    break between the two would not be the block's."""

    @property
    def units(self) -> int:
        return utf16_length(self.plain) + len(self.break_before)

    @property
    def size(self) -> int:
        return len(self.html.encode()) + len(self.break_before)

    @property
    def entities(self) -> int:
        return 2 + len(_FOUND.findall(self.plain))


def escape(text: str) -> str:
    """`text` for the inside of an element."""
    return html.escape(text, quote=False)


def render_reply(reply: Reply) -> list[Message]:
    """The messages that show `reply`, in order; the buttons stand under the last one.

    Most replies are one message. A longer one is cut between its blocks, and within a block only
    where it is longer than a message: the parts joined hold every character of it. A picture has
    the message as its caption; where that is too long, it goes before it with the first line.
    """
    messages = _attached(reply, _drawn(reply, _written(reply)))
    if reply.appendix is not None:
        messages += [replace(message, silent=True) for message in render_reply(reply.appendix)]
    return messages


def _attached(reply: Reply, messages: list[Message]) -> list[Message]:
    """`messages` with the file of `reply`, under which the last one stands where it is short."""
    if reply.document is None:
        return messages
    document = {"name": reply.document.name, "text": reply.document.text}
    if messages and utf16_length(messages[-1].plain) <= MOST_CAPTION_UTF16:
        return [*messages[:-1], replace(messages[-1], document=document)]
    return [*messages, Message("", "", document=document)]


def _drawn(reply: Reply, messages: list[Message]) -> list[Message]:
    """`messages` with the picture of `reply` in its place."""
    if reply.picture is None or not messages:
        return messages
    recipe = dump_recipe(reply.picture)
    if len(messages) == 1 and utf16_length(messages[0].plain) <= MOST_CAPTION_UTF16:
        return [replace(messages[0], picture=recipe)]
    line = next((b for b in reply.blocks if b.kind is BlockKind.LEAD), Block(BlockKind.LEAD, ""))
    words = cut_text(clean(line.text), MOST_CAPTION_UTF16)[:1]
    caption = "".join(words)
    quoted = tuple(block for block in reply.blocks if block.kind is BlockKind.QUOTE)
    picture = Message(f"<b>{escape(caption)}</b>", caption, picture=recipe, blocks=quoted)
    return [picture, *messages]


def _written(reply: Reply) -> list[Message]:
    """The messages that hold the blocks of `reply`, with the buttons under the last one."""
    pages: list[list[_Piece]] = []
    page: list[_Piece] = []
    for group in _groups(reply.blocks):
        if page and not _fits([*page, *group]):
            pages.append(page)
            page = []
        for piece in group:
            if page and (piece.goes_on or not _fits([*page, piece])):
                pages.append(page)
                page = []
            page.append(piece)
    if page:
        pages.append(page)
    preview = _preview(reply.blocks)
    keyboard = sendable_buttons(reply.buttons)
    messages = [
        Message(
            _joined(p.html for p in _opened(page)),
            _plain(page),
            preview=preview,
            blocks=_blocks(page),
        )
        for page in pages
    ]
    if messages:
        last = messages[-1]
        messages[-1] = replace(last, keyboard=keyboard)
    return messages


def one_line(text: str) -> str:
    """`text` for a place that takes no markup and one line: the title of something to choose."""
    return " ".join(clean(text).split())


def render_toast(reply: Reply) -> str | None:
    """The notice of `reply` for whoever tapped, cut to Telegram's length."""
    toast = clean(reply.toast or "").strip()
    if len(toast) > MOST_TOAST_CHARS:
        toast = toast[: MOST_TOAST_CHARS - 1] + "…"
    return toast or None


# ------------------------------------------------------------------------------ blocks
def _groups(blocks: Sequence[Block]) -> Iterator[list[_Piece]]:
    """The pieces of `blocks`, in groups that stay together: a lead, its quote and its source."""
    group: list[_Piece] = []
    before: Block | None = None
    for block in blocks:
        pieces = list(_pieces(block, before))
        if not pieces:
            continue
        belongs = before is not None and (before.kind, block.kind) in _TOGETHER
        if group and not belongs:
            yield group
            group = []
        group += pieces
        before = block
    if group:
        yield group


_TOGETHER = {
    (BlockKind.LEAD, BlockKind.QUOTE),
    (BlockKind.LEAD, BlockKind.TEXT),
    (BlockKind.QUOTE, BlockKind.SOURCE),
    (BlockKind.QUOTE, BlockKind.QUOTE),
    (BlockKind.TEXT, BlockKind.STRUCK),
    (BlockKind.FOOTER, BlockKind.QUOTE),
    (BlockKind.FOOTER, BlockKind.STRUCK),
}
_ONE_LINE_DOWN = {
    (BlockKind.LEAD, BlockKind.QUOTE),
    (BlockKind.QUOTE, BlockKind.SOURCE),
    (BlockKind.TEXT, BlockKind.QUOTE),
    (BlockKind.TEXT, BlockKind.STRUCK),
    (BlockKind.FOOTER, BlockKind.QUOTE),
    (BlockKind.FOOTER, BlockKind.STRUCK),
    (BlockKind.SOURCE, BlockKind.SOURCE),
}


def _is_next_line(block: Block, before: Block | None) -> bool:
    """Whether no empty line goes before this block: parts of one answer, and short list lines."""
    if before is None:
        return False
    if before.kind is BlockKind.TEXT and block.kind is BlockKind.TEXT:
        if _NUMBERED.match(before.text) and _NUMBERED.match(block.text):
            return True
        return max(len(before.text), len(block.text)) <= LIST_LINE_CHARS
    return (before.kind, block.kind) in _ONE_LINE_DOWN


def _pieces(block: Block, before: Block | None) -> Iterator[_Piece]:
    quoted = block.kind in (BlockKind.QUOTE, BlockKind.STRUCK)
    text = UNSENDABLE.sub("\ufffd", block.text) if quoted else clean(block.text)
    if not text.strip():
        return
    gap = "\n" if _is_next_line(block, before) else "\n\n"
    parts = [part for part in _parts(text) if part.strip()]
    for number, part in enumerate(parts):
        yield _Piece(
            kind=block.kind,
            html=_marked_up(block, part, whole=len(parts) == 1),
            plain=part,
            break_before=gap if number == 0 else "",
            block=block if len(parts) == 1 else None,
            goes_on=number > 0,
        )


def _parts(text: str) -> Iterator[str]:
    """`text` in parts that each fit into a message, by length and by what Telegram marks in it."""
    for part in cut_text(text, MOST_TEXT_UTF16):
        found = [match.start() for match in _FOUND.finditer(part)]
        start = first = 0
        while len(found) - first > MOST_FOUND:
            over = found[first + MOST_FOUND]
            cut = part.rfind(" ", start, over) + 1
            end = cut if cut > start else over
            yield part[start:end]
            start, first = end, bisect_left(found, end)
        yield part[start:]


def _marked_up(block: Block, text: str, *, whole: bool) -> str:
    match block.kind:
        case BlockKind.LEAD:
            return f"<b>{escape(text)}</b>"
        case BlockKind.QUOTE:
            if block.stressed is not None and whole:
                return _around(text, block.stressed)
            return f"<blockquote>{escape(text)}</blockquote>"
        case BlockKind.FOOTER:
            return f"<i>{escape(text)}</i>"
        case BlockKind.STRUCK:
            return f"<s>{escape(text)}</s>"
    if block.url and whole and is_link(block.url):
        return _linked(text, block.url)
    return escape(text)


def _around(text: str, stressed: Span) -> str:
    """A quote that clients fold, with the part that answers in bold."""
    before, after = text[: stressed.start], text[stressed.end :]
    inner = f"{escape(before)}<b>{escape(stressed.of(text))}</b>{escape(after)}"
    return f"<blockquote expandable>{inner}</blockquote>"


def _linked(text: str, url: str) -> str:
    """`text` with its headline as the link; all of it where no headline can be told."""
    parts = text.split(" · ")
    at = next((n for n, part in enumerate(parts) if holds_headline(part)), None)
    opened = f'<a href="{html.escape(url, quote=True)}">'
    if at is None:
        return f"{opened}{escape(text)}</a>"
    shown = [escape(part) for part in parts]
    shown[at] = f"{opened}{shown[at]}</a>"
    return " · ".join(shown)


def _preview(blocks: Sequence[Block]) -> str | None:
    """The address to show a small preview of: only where the reply has just one source."""
    links = {b.url for b in blocks if b.url and b.kind is BlockKind.SOURCE and is_link(b.url)}
    quotes = sum(block.kind is BlockKind.QUOTE for block in blocks)
    return links.pop() if len(links) == 1 and quotes == 1 else None


# ------------------------------------------------------------------------------- pages
def _fits(pieces: list[_Piece]) -> bool:
    return (
        sum(piece.units for piece in pieces) <= MOST_TEXT_UTF16 + 2
        and sum(piece.size for piece in pieces) <= MOST_HTML_BYTES
        and sum(piece.entities for piece in pieces) <= MOST_ENTITIES
    )


def _opened(page: list[_Piece]) -> Iterator[_Piece]:
    """The pieces with the line breaks between them put in front of each."""
    for number, piece in enumerate(page):
        gap = piece.break_before if number else ""
        yield _Piece(piece.kind, gap + piece.html, gap + piece.plain, "")


def _blocks(page: list[_Piece]) -> tuple[Block, ...]:
    """The blocks of a page, where it holds each of them whole."""
    blocks = tuple(piece.block for piece in page if piece.block is not None)
    return blocks if len(blocks) == len(page) else ()


def _joined(parts: Iterator[str]) -> str:
    return "".join(parts)


def _plain(page: list[_Piece]) -> str:
    return _joined(piece.plain for piece in _opened(page))
