"""Draws the picture at the head of the README: a real conversation over the sample news.

    python -m tools.picture [FILE]

`python -m tests.test_docs` renews it, and a test holds it to what the bot says. The replies are
the bot's own, made now; of several sentences the first two are shown. The picture is an SVG of
text and boxes, light or dark as the reader's screen is.
"""

from __future__ import annotations

import html
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.intake.files import read_path
from bot.newsroom import Newsroom
from bot.samples import sample_articles
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.replies import Block, BlockKind, Incoming, Reply

PICTURE = Path(__file__).parents[1] / "docs" / "conversation.svg"
NOW = datetime(2025, 3, 27, 8, tzinfo=UTC)
SAID = (
    "what did brandvolt say about the observers",
    "how many were evacuated?",
    "who won the chess title?",
)
WIDTH, BUBBLE = 760, 560  # of the picture and of a bubble, in pixels
LETTER, LINE = 7.9, 21  # a letter's mean width and a line's height at 14 pixels
MARGIN, GAP = 14, 10
MOST_QUOTES = 2  # of a reply; that there are more is told by its buttons
COLOURS = """
  .page { fill: #e9eef2 } .bot { fill: #ffffff } .person { fill: #d9f0c8 }
  .button { fill: #dfe7ee } .bar { fill: #3f8ad8 }
  text { fill: #16202a; font: 14px system-ui, sans-serif } .lead { font-weight: 600 }
  .quiet { fill: #5b6b79; font-size: 13px } .label { fill: #1f5f9e; font-size: 13px }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0f161d } .bot { fill: #1d2833 } .person { fill: #2c4a34 }
    .button { fill: #2a3947 } text { fill: #e6edf3 } .quiet { fill: #9fb0bf }
    .label { fill: #8ec2f5 }
  }"""


@dataclass(slots=True)
class Sheet:
    """What is drawn so far, and how far down."""

    parts: list[str] = field(default_factory=list)
    y: float = 20

    def box(self, kind: str, x: float, width: float, height: float, *, y: float = -1) -> None:
        top = self.y if y < 0 else y
        self.parts.append(
            f'<rect class="{kind}" x="{x:g}" y="{top:g}" width="{width:g}" height="{height:g}" '
            f'rx="{0 if kind == "bar" else 10}"/>'
        )

    def line(self, kind: str, x: float, y: float, text: str) -> None:
        self.parts.append(
            f'<text class="{kind}" x="{x:g}" y="{y:g}">{html.escape(text, quote=False)}</text>'
        )


def wrapped(text: str, width: float) -> list[str]:
    """`text` in lines that fit into so many pixels."""
    return textwrap.wrap(" ".join(text.split()), int(width / LETTER)) or [""]


def lines_of(reply: Reply) -> Iterator[tuple[str, bool, str]]:
    """(class, whether it is quoted, line) for the first blocks of a reply."""
    shown = 0
    for block in reply.blocks:
        shown += block.kind is BlockKind.QUOTE
        if shown <= MOST_QUOTES or block.kind not in (BlockKind.QUOTE, BlockKind.SOURCE):
            yield from _lines(block)


def _lines(block: Block) -> Iterator[tuple[str, bool, str]]:
    quoted = block.kind is BlockKind.QUOTE
    kind = {BlockKind.LEAD: "lead", BlockKind.SOURCE: "quiet", BlockKind.FOOTER: "quiet"}
    for line in wrapped(block.text, BUBBLE - 2 * MARGIN - (12 if quoted else 0)):
        yield kind.get(block.kind, "plain"), quoted, line


def draw_person(sheet: Sheet, text: str) -> None:
    """What a person wrote, at the right."""
    lines = wrapped(text, BUBBLE - 2 * MARGIN)
    width = max(map(len, lines)) * LETTER + 2 * MARGIN
    height = len(lines) * LINE + MARGIN
    sheet.box("person", WIDTH - width - 20, width, height)
    for number, line in enumerate(lines):
        sheet.line("plain", WIDTH - width - 20 + MARGIN, sheet.y + 22 + number * LINE, line)
    sheet.y += height + GAP


def draw_reply(sheet: Sheet, reply: Reply) -> None:
    """What the bot answered, at the left, with its buttons in rows."""
    lines = list(lines_of(reply))
    height = len(lines) * LINE + MARGIN
    sheet.box("bot", 20, BUBBLE, height)
    for number, (kind, quoted, line) in enumerate(lines):
        y = sheet.y + 22 + number * LINE
        if quoted:
            sheet.box("bar", 20 + MARGIN, 3, LINE, y=y - 15)
        sheet.line(kind, 20 + MARGIN + (12 if quoted else 0), y, line)
    sheet.y += height + 4
    for row in reply.buttons:
        width = (BUBBLE - 4 * (len(row) - 1)) / len(row)
        for place, button in enumerate(row):
            x = 20 + place * (width + 4)
            sheet.box("button", x, width, 28)
            label = textwrap.shorten(button.label, int(width / LETTER), placeholder="…")
            sheet.line("label", x + (width - len(label) * 6.6) / 2, sheet.y + 19, label)
        sheet.y += 32
    sheet.y += GAP


def picture() -> str:
    """The conversation as an SVG."""
    sheet = Sheet()
    with Store(None) as store:
        newsroom = Newsroom.over(store, clock=lambda: NOW)
        for row in read_path(sample_articles()):
            if row.draft is not None:
                newsroom.add(row.draft)
        conversation = Conversation(newsroom, clock=lambda: NOW)
        told = []
        for text in SAID:
            draw_person(sheet, text)
            reply = conversation.handle(Incoming("tg:1", "tg:1", text=text))
            told.append(f"{text} – {reply.blocks[0].text}")
            draw_reply(sheet, reply)
    height = sheet.y + 10
    words = html.escape("; ".join(told))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" '
        f'width="{WIDTH}" height="{height:g}" role="img" aria-label="{words}">\n'
        f"<style>{COLOURS}\n</style>\n"
        f'<rect class="page" width="{WIDTH}" height="{height:g}" rx="14"/>\n'
        + "\n".join(sheet.parts)
        + "\n</svg>\n"
    )


def main() -> None:
    """Write the picture."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE
    target.write_text(picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
