"""The card of a file with several articles: what is in it, how far it is, what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.locales.days import spoken_day
from bot.model import Draft, day_of
from bot.store.drafts import PUBLISHING, DraftCard, DraftRow
from bot.talk.replies import Block, BlockKind, Button, Reply

REFUSED_A_PAGE = 15
OUTLETS_SHOWN = 4
OUTCOMES = (
    ("added", "new"),
    ("linked", "new, near copies of others"),
    ("updated", "new versions"),
    ("unchanged", "stored already"),
)
"""What can become of an article of the file, in words."""


def draft_label(number: int) -> str:
    """How a draft is named at the foot of its card, and told from a reply to it."""
    return f"Draft {number}"


def plural(count: int, word: str) -> str:
    """A count in words ("1 quote", "2,000 quotes")."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def summarise_rows(name: str, rows: Sequence[DraftRow]) -> dict[str, Any]:
    """What a card tells of a file of articles, as JSON values."""
    drafts = [row.draft for row in rows if row.draft is not None]
    days = sorted(day for draft in drafts if (day := day_of(draft.published)) is not None)
    outlets = Counter(draft.source for draft in drafts if draft.source)
    return {
        "name": name,
        "articles": len(drafts),
        "refused": len(rows) - len(drafts),
        "words": sum(len(draft.text.split()) for draft in drafts),
        "days": [days[0].isoformat(), days[-1].isoformat()] if days else [],
        "outlets": outlets.most_common(OUTLETS_SHOWN),
        "more_outlets": max(len(outlets) - OUTLETS_SHOWN, 0),
        "missing": _missing(drafts),
    }


def _missing(drafts: Sequence[Draft]) -> list[str]:
    counts = (
        (sum(not d.title for d in drafts), "headline"),
        (sum(d.published is None for d in drafts), "date"),
        (sum(not d.source for d in drafts), "outlet"),
    )
    return [f"{count:,} without {_a(word)}" for count, word in counts if count]


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def batch_reply(card: DraftCard) -> Reply:
    """The card of a file with several articles."""
    batch = card.data["batch"]
    working = card.state == PUBLISHING
    lead = (
        f"Publishing {batch['name']}"
        if working
        else f"Preview, not yet public: {plural(batch['articles'], 'article')} in {batch['name']}"
    )
    blocks = [Block(BlockKind.LEAD, lead)]
    if working:
        blocks.append(Block(BlockKind.TEXT, progress_line(card)))
        return Reply(tuple(blocks), ((Button("Stop", f"card:{card.id}:stop"),),))
    outlets = ", ".join(f"{name} ({count:,})" for name, count in batch["outlets"])
    more = f" and {batch['more_outlets']} more" if batch["more_outlets"] else ""
    days = [spoken_day(date.fromisoformat(day)) for day in batch["days"]]
    span = "" if not days else days[0] if days[0] == days[-1] else f"{days[0]} – {days[-1]}"
    for line in (
        " · ".join(part for part in (plural(batch["words"], "word"), span) if part),
        f"From {outlets}{more}." if outlets else "",
        f"Unsure: {', '.join(batch['missing'])}." if batch["missing"] else "",
        f"{plural(batch['refused'], 'row')} refused." if batch["refused"] else "",
        progress_line(card) if card.data.get("done_rows") else "",
    ):
        if line:
            blocks.append(Block(BlockKind.TEXT, line))
    blocks.append(Block(BlockKind.FOOTER, draft_label(card.id)))
    begun = bool(card.data.get("done_rows"))
    label = "Publish the rest" if begun else "Publish all"
    first = [Button(label, f"card:{card.id}:all")] if batch["articles"] else []
    refused = [Button("See refused rows", f"card:{card.id}:refused:0")] if batch["refused"] else []
    end = "Leave out the rest" if begun else "Discard" if batch["articles"] else "Close"
    discard = Button(end, f"card:{card.id}:discard")
    return Reply(tuple(blocks), ((*first, *refused, discard),))


def progress_line(card: DraftCard) -> str:
    """How far the publishing of a file is, and how long the rest takes."""
    done, total = int(card.data.get("done_rows", 0)), int(card.data["batch"]["articles"])
    line = f"{done:,} of {total:,} done"
    seconds = float(card.data.get("seconds", 0.0))
    if 0 < done < total and seconds > 0:
        left = (total - done) * seconds / done
        line += f", about {plural(max(round(left / 60), 1), 'minute')} left"
    return line + "."


def refused_reply(card: DraftCard, rows: Sequence[DraftRow], page: int) -> Reply:
    """The refused rows of a file and why, a page at a time."""
    last = max((len(rows) - 1) // REFUSED_A_PAGE, 0)
    page = min(page, last)
    blocks = [Block(BlockKind.LEAD, f"Refused rows ({len(rows):,})")]
    blocks += [
        Block(BlockKind.TEXT, row.fault or "")
        for row in rows[page * REFUSED_A_PAGE : (page + 1) * REFUSED_A_PAGE]
    ]
    return Reply(tuple(blocks), (turning(card.id, "refused", page, last),), edits=True)


def turning(number: int, what: str, page: int, last: int) -> tuple[Button, ...]:
    buttons = []
    if page:
        buttons.append(Button("Earlier", f"card:{number}:{what}:{page - 1}"))
    if page < last:
        buttons.append(Button("More", f"card:{number}:{what}:{page + 1}"))
    return (*buttons, Button("Back", f"card:{number}:back"))


def batch_done_reply(card: DraftCard) -> Reply:
    """What became of a file, with a way back and the rows that were refused."""
    done = card.data["outcome"]
    counts = done["counts"]
    told = [f"{counts[word]:,} {label}" for word, label in OUTCOMES if counts.get(word)]
    if counts.get("refused"):
        told.append(f"{counts['refused']:,} refused")
    blocks = (
        Block(BlockKind.LEAD, f"Published {card.data['batch']['name']}"),
        Block(BlockKind.TEXT, f"{', '.join(told) or 'nothing'}."),
    )
    buttons = [Button("Undo", f"undo:{done['act']}")] if done.get("act") else []
    if counts.get("refused"):
        buttons.append(Button("See refused rows", f"card:{card.id}:refused:0"))
    return Reply(blocks, (tuple(buttons),) if buttons else ())
