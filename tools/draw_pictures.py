"""Draws the pictures of docs/pictures.md: what the bot makes of the sample news, now.

python -m tools.draw_pictures
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.intake.files import read_path
from bot.newsroom import Newsroom
from bot.pictures import draw
from bot.samples import sample_articles
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.replies import Incoming

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
NOW = datetime(2025, 3, 27, 8, tzinfo=UTC)
CARD = "/card what did Brandvold say about a form with empty boxes?"
DRAWN = {
    "card-light.png": (CARD,),
    "card-dark.png": ("/settings pictures dark", CARD),
    "timeline.png": ("/timeline plot rail strike",),
}
"""Each picture, and what is said to get it."""


def main() -> None:
    """Write the pictures."""
    with Store(None) as store:
        newsroom = Newsroom.over(store)
        for row in read_path(sample_articles()):
            if row.draft is not None:
                newsroom.add(row.draft, sample=True)
        talk = Conversation(newsroom, clock=lambda: NOW)
        FOLDER.mkdir(exist_ok=True)
        for number, (name, said) in enumerate(DRAWN.items()):
            chat = f"tg:{number + 1}"
            reply = [talk.handle(Incoming(chat, chat, text=text)) for text in said][-1]
            assert reply.picture is not None, name
            png = draw(reply.picture)
            (FOLDER / name).write_bytes(png)
            print(f"{name}: {len(png):,} B")


if __name__ == "__main__":
    main()
