"""The card of a file with several articles: what is in it, how far it is, what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.locales import LANGUAGES, _, ngettext, speaking
from bot.locales.days import spoken_days
from bot.locales.numbers import spoken_number
from bot.model import Draft, day_of
from bot.store.drafts import PUBLISHING, DraftCard, DraftRow
from bot.talk.replies import Block, BlockKind, Button, Reply

REFUSED_A_PAGE = 15
OUTLETS_SHOWN = 4


def draft_label(number: int) -> str:
    """How a draft is named at the foot of its card, and told from a reply to it."""
    return _("Draft {n}").format(n=number)


def draft_labels(number: int) -> frozenset[str]:
    """How a draft is named in each language: its card may have come before another was set."""
    labels = set()
    for language in LANGUAGES:
        with speaking(language):
            labels.add(draft_label(number))
    return frozenset(labels)


def words_count(count: int) -> str:
    """How many words, in words ("2,000 words")."""
    return ngettext("{n} word", "{n} words", count).format(n=spoken_number(count))


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
        (sum(not d.title for d in drafts), _("{n} without a headline")),
        (sum(d.published is None for d in drafts), _("{n} without a date")),
        (sum(not d.source for d in drafts), _("{n} without an outlet")),
    )
    return [words.format(n=spoken_number(count)) for count, words in counts if count]


def batch_reply(card: DraftCard) -> Reply:
    """The card of a file with several articles."""
    batch = card.data["batch"]
    working = card.state == PUBLISHING
    lead = (
        _("Publishing {file}")
        if working
        else ngettext(
            "Preview, not yet public: {n} article in {file}",
            "Preview, not yet public: {n} articles in {file}",
            batch["articles"],
        )
    )
    lead = lead.format(n=spoken_number(batch["articles"]), file=batch["name"])
    blocks = [Block(BlockKind.LEAD, lead)]
    if working:
        blocks.append(Block(BlockKind.TEXT, progress_line(card)))
        return Reply(tuple(blocks), ((Button(_("Stop"), f"card:{card.id}:stop"),),))
    outlets = ", ".join(f"{name} ({spoken_number(count)})" for name, count in batch["outlets"])
    if batch["more_outlets"]:
        outlets = _("{names} and {n} more").format(names=outlets, n=batch["more_outlets"])
    refused_rows = ngettext("{n} row refused.", "{n} rows refused.", batch["refused"])
    days = [date.fromisoformat(day) for day in batch["days"]]
    span = spoken_days(days[0], days[-1]) if days else ""
    for line in (
        " · ".join(part for part in (words_count(batch["words"]), span) if part),
        _("From {outlets}.").format(outlets=outlets) if outlets else "",
        _("Unsure: {doubts}.").format(doubts=", ".join(batch["missing"]))
        if batch["missing"]
        else "",
        refused_rows.format(n=spoken_number(batch["refused"])) if batch["refused"] else "",
        progress_line(card) if card.data.get("done_rows") else "",
    ):
        if line:
            blocks.append(Block(BlockKind.TEXT, line))
    blocks.append(Block(BlockKind.FOOTER, draft_label(card.id)))
    begun = bool(card.data.get("done_rows"))
    label = _("Publish the rest") if begun else _("Publish all")
    first = [Button(label, f"card:{card.id}:all")] if batch["articles"] else []
    see = Button(_("See refused rows"), f"card:{card.id}:refused:0")
    refused = [see] if batch["refused"] else []
    end = _("Leave out the rest") if begun else _("Discard") if batch["articles"] else _("Close")
    discard = Button(end, f"card:{card.id}:discard")
    return Reply(tuple(blocks), ((*first, *refused, discard),))


def progress_line(card: DraftCard) -> str:
    """How far the publishing of a file is, and how long the rest takes."""
    done, total = int(card.data.get("done_rows", 0)), int(card.data["batch"]["articles"])
    line, minutes = _("{done} of {total} done."), 0
    seconds = float(card.data.get("seconds", 0.0))
    if 0 < done < total and seconds > 0:
        minutes = max(round((total - done) * seconds / done / 60), 1)
        line = ngettext(
            "{done} of {total} done, about {n} minute left.",
            "{done} of {total} done, about {n} minutes left.",
            minutes,
        )
    return line.format(
        done=spoken_number(done), total=spoken_number(total), n=spoken_number(minutes)
    )


def refused_reply(card: DraftCard, rows: Sequence[DraftRow], page: int) -> Reply:
    """The refused rows of a file and why, a page at a time."""
    last = max((len(rows) - 1) // REFUSED_A_PAGE, 0)
    page = min(page, last)
    lead = _("Refused rows ({n})").format(n=spoken_number(len(rows)))
    blocks = [Block(BlockKind.LEAD, lead)]
    blocks += [
        Block(BlockKind.TEXT, row.fault or "")
        for row in rows[page * REFUSED_A_PAGE : (page + 1) * REFUSED_A_PAGE]
    ]
    return Reply(tuple(blocks), (turning(card.id, "refused", page, last),), edits=True)


def turning(number: int, what: str, page: int, last: int) -> tuple[Button, ...]:
    buttons = []
    if page:
        buttons.append(Button(_("Earlier"), f"card:{number}:{what}:{page - 1}"))
    if page < last:
        buttons.append(Button(_("More"), f"card:{number}:{what}:{page + 1}"))
    return (*buttons, Button(_("Back"), f"card:{number}:back"))


def outcomes_in_words(counts: Mapping[str, int]) -> list[str]:
    """What became of the articles of a file, each outcome with its count."""
    new, linked, updated, same, refused = (
        counts.get(what, 0) for what in ("added", "linked", "updated", "unchanged", "refused")
    )
    told = (
        (new, ngettext("{n} new", "{n} new", new)),
        (
            linked,
            ngettext("{n} new, near copy of another", "{n} new, near copies of others", linked),
        ),
        (updated, ngettext("{n} new version", "{n} new versions", updated)),
        (same, ngettext("{n} stored already", "{n} stored already", same)),
        (refused, ngettext("{n} refused", "{n} refused", refused)),
    )
    return [words.format(n=spoken_number(count)) for count, words in told if count]


def batch_done_reply(card: DraftCard) -> Reply:
    """What became of a file, with a way back and the rows that were refused."""
    done = card.data["outcome"]
    counts = done["counts"]
    told = outcomes_in_words(counts)
    blocks = (
        Block(BlockKind.LEAD, _("Published {what}").format(what=card.data["batch"]["name"])),
        Block(BlockKind.TEXT, f"{', '.join(told) or _('nothing')}."),
    )
    buttons = [Button(_("Undo"), f"undo:{done['act']}")] if done.get("act") else []
    if counts.get("refused"):
        buttons.append(Button(_("See refused rows"), f"card:{card.id}:refused:0"))
    return Reply(blocks, (tuple(buttons),) if buttons else ())
