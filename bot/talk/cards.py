"""The cards of articles that are not public yet, as their editors see them in each state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.link.previews import Doubt, Preview
from bot.locales import N_, _, ngettext
from bot.locales.days import spoken_day
from bot.locales.numbers import spoken_number
from bot.model import Article, Change, ChangeKind, Findings, QuoteKind, day_of
from bot.newsroom import Newsroom
from bot.store.articles import look_up_newest, parse_moment
from bot.store.drafts import COLLECTING, DONE, DraftCard
from bot.talk.batches import batch_done_reply, batch_reply, draft_label, turning, words_count
from bot.talk.buttons import in_rows
from bot.talk.fields import LABELS, spoken_field
from bot.talk.lines import article_line
from bot.talk.replies import Block, BlockKind, Button, Reply

NEW = {
    "title": N_("the new headline"),
    "source": N_("the new outlet"),
    "published": N_("the new date"),
    "author": N_("the new author"),
    "section": N_("the new section"),
    "url": N_("the new link"),
}
"""What is asked of whoever corrects a field."""
QUOTED_SHOWN = 6
QUOTES_A_PAGE = 6
MOST_QUOTES = 60  # kept with a card; who wants more of them reads the article
SAYING_CHARS = 400
NEAR_SHOWN = 3
CHANGES_SHOWN = 10
CHANGE_CHARS = 200
UNSURE = {
    Doubt.NO_HEADLINE: N_("no headline found"),
    Doubt.NO_DATE: N_("no date of publication found"),
    Doubt.NO_OUTLET: N_("no outlet found"),
    Doubt.NOT_ENGLISH: N_(
        "it is not in English: it can be searched, and only what is sure was read"
    ),
}
CHANGED = {
    ChangeKind.QUOTE: N_("Quote"),
    ChangeKind.FIGURE: N_("Figure"),
    ChangeKind.DATE: N_("Date"),
    ChangeKind.WORDING: N_("Wording"),
    ChangeKind.FIELD: N_("Field"),
}


# ------------------------------------------------------------------------------ summary
def summarise(preview: Preview) -> dict[str, Any]:
    """What a card tells of an article, as JSON values; reading it anew takes time."""
    draft, findings = preview.draft, preview.findings
    speakers = Counter(q.speaker.name for q in findings.quotes if q.speaker and q.speaker.name)
    return {
        "status": preview.status,
        "article": preview.article_id,
        "version": preview.version,
        "fields": {
            name: _told(value) for name in LABELS if (value := getattr(draft, name)) is not None
        },
        "counts": counts_line(draft.text, findings),
        "quoted": [name for name, __ in speakers.most_common()],
        "unsure": _unsure(preview),
        "near": [[c.article.key, round(c.similarity)] for c in preview.near[:NEAR_SHOWN]],
        "changes": [change_line(c) for c in preview.changes.changes] if preview.changes else [],
        "sayings": _sayings(draft.text, findings),
    }


def _told(value: str | date | datetime) -> str:
    return value if isinstance(value, str) else value.isoformat()


def counts_line(text: str, findings: Findings) -> str:
    """How much was found, in words."""
    silent = sum(quote.speaker is None for quote in findings.quotes)
    quotes, facts, dates = (
        len(found) for found in (findings.quotes, findings.facts, findings.dates)
    )
    told_quotes = ngettext("{n} quote", "{n} quotes", quotes).format(n=spoken_number(quotes))
    if silent:
        told_quotes = _("{quotes} ({n} without a speaker)").format(quotes=told_quotes, n=silent)
    return " · ".join(
        (
            words_count(len(text.split())),
            told_quotes,
            ngettext("{n} fact", "{n} facts", facts).format(n=spoken_number(facts)),
            ngettext("{n} date", "{n} dates", dates).format(n=spoken_number(dates)),
        )
    )


def part_read(chars: int) -> str:
    """What is said of an article that is too long to be read to its end."""
    return _(
        "it is long: quotes, facts, dates and names come from its first {n} characters, the rest "
        "is searched only"
    ).format(n=spoken_number(chars))


def _unsure(preview: Preview) -> list[str]:
    words = [_(UNSURE[doubt]) for doubt in preview.doubts if doubt in UNSURE]
    if given := day_of(preview.draft.published_given):
        words.append(
            _(
                "it says it was published on {day}, which is still to come, so it counts from "
                "today"
            ).format(day=spoken_day(given))
        )
    if Doubt.READ_IN_PART in preview.doubts:
        words.append(part_read(preview.findings.read_chars))
    return words


def _sayings(text: str, findings: Findings) -> list[list[str]]:
    """What is quoted, by whom and how, in the article's words."""
    return [
        [
            " … ".join(part.of(text) for part in quote.content)[:SAYING_CHARS],
            (quote.speaker.name or quote.speaker.span.of(text)) if quote.speaker else "",
            quote.kind.value,
        ]
        for quote in findings.quotes[:MOST_QUOTES]
    ]


def _saying_line(words: str, speaker: str, kind: str) -> str:
    """One quote in words; marks stand only around what is in marks in the article."""
    who = speaker[:1].upper() + speaker[1:] or _("Nobody found")
    if kind == QuoteKind.INDIRECT:
        return _("{who}, reported: {words}").format(who=who, words=words)
    return _("{who}: “{words}”").format(who=who, words=words)


def change_line(change: Change) -> str:
    """One change between two versions in words ("Figure: 40 → 45")."""
    what = _(CHANGED[change.kind])
    old, new = (_short(", ".join(side)) for side in (change.old, change.new))
    if change.field is not None:
        label = LABELS.get(change.field)
        what = _(label) if label else change.field.capitalize()
    if change.field == "published":
        old, new = (_spoken(side) or "" for side in (old, new))
    if not old:
        return _("{what}, new: {words}").format(what=what, words=new)
    if not new:
        return _("{what}, gone: {words}").format(what=what, words=old)
    return f"{what}: {old} → {new}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= CHANGE_CHARS else f"{words[: CHANGE_CHARS - 1].rstrip()}…"


# -------------------------------------------------------------------------- one article
def card_reply(newsroom: Newsroom, card: DraftCard, *, news: str = "") -> Reply:
    """The card as it stands; `news` is a line on what was just done to it."""
    if card.state == DONE or "outcome" in card.data:
        return done_reply(card)
    if card.state == COLLECTING:
        return Reply((Block(BlockKind.TEXT, _("Still receiving; /done when that was all.")),))
    if card.data.get("batch"):
        return batch_reply(card)
    summary = card.data["summary"]
    blocks = [Block(BlockKind.LEAD, _lead(summary))]
    blocks.append(Block(BlockKind.TEXT, _fields_line(summary["fields"])))
    blocks.append(Block(BlockKind.TEXT, summary["counts"]))
    if quoted := summary["quoted"]:
        names = ", ".join(quoted[:QUOTED_SHOWN])
        if (rest := len(quoted) - QUOTED_SHOWN) > 0:
            names = _("{names} and {n} more").format(names=names, n=rest)
        blocks.append(Block(BlockKind.TEXT, _("Quoted: {names}.").format(names=names)))
    if summary["unsure"]:
        words = _("Unsure: {doubts}.").format(doubts="; ".join(summary["unsure"]))
        blocks.append(Block(BlockKind.TEXT, words))
    blocks += [Block(BlockKind.TEXT, line) for line in _near_lines(newsroom, card, summary)]
    if remark := card.data.get("remark"):
        blocks.append(Block(BlockKind.TEXT, remark))
    if news:
        blocks.append(Block(BlockKind.TEXT, news))
    blocks.append(Block(BlockKind.FOOTER, draft_label(card.id)))
    return Reply(tuple(blocks), _card_buttons(card, summary))


def _lead(summary: Mapping[str, Any]) -> str:
    title = summary["fields"].get("title") or _("no headline")
    if summary["status"] == "unchanged":
        return _("Stored already, word for word: {title}").format(title=title)
    return _("Preview, not yet public: {title}").format(title=title)


def _fields_line(fields: Mapping[str, str]) -> str:
    """Outlet, day, author, section and link in one line; what is missing is told as unsure."""
    parts = [fields.get("source"), _spoken(fields.get("published"))]
    parts += [fields.get("author"), fields.get("section"), fields.get("url")]
    return " · ".join(part for part in parts if part) or _("no outlet, date or link")


def _spoken(stored: str | None) -> str | None:
    moment = parse_moment(stored)
    return spoken_field("published", moment) if moment is not None else None


def _near_lines(newsroom: Newsroom, card: DraftCard, summary: Mapping[str, Any]) -> list[str]:
    """What is stored already of this text, in words."""
    lines = []
    status, own = summary["status"], summary["article"]
    stored = look_up_article(newsroom, own)
    if stored is not None and status in ("updated", "unchanged"):
        if status == "unchanged":
            words = _("It is #{number}, version {version}.")
        else:
            words = ngettext(
                "Stored already as #{number}, version {version}: publishing makes the next "
                "version, with {n} change.",
                "Stored already as #{number}, version {version}: publishing makes the next "
                "version, with {n} changes.",
                len(summary["changes"]),
            )
        line = words.format(
            number=stored.key,
            version=stored.version,
            n=spoken_number(len(summary["changes"])),
        )
        if stored.removed:
            line += " " + _("It was removed: /restore brings it back.")
        lines.append(line)
    for key, similarity in summary["near"]:
        near = newsroom.look_up_version(key)
        if near is None or near.id == own:
            continue
        words = (
            _("{percent} % like #{number}, {article}: kept apart, and answers name both.")
            if status == "linked"
            else _("{percent} % like #{number}, {article}: kept apart.")
        )
        lines.append(words.format(percent=similarity, number=near.key, article=article_line(near)))
    return lines


def look_up_article(newsroom: Newsroom, article_id: str) -> Article | None:
    """The newest version of an article, also of one that was removed."""
    return look_up_newest(newsroom.store, article_id)


def _card_buttons(card: DraftCard, summary: Mapping[str, Any]) -> tuple[tuple[Button, ...], ...]:
    def button(label: str, what: str) -> Button:
        return Button(label, f"card:{card.id}:{what}")

    quotes = [button(_("See quotes"), "quotes:0")] if summary["sayings"] else []
    if summary["status"] == "unchanged":
        return ((button(_("Open it"), "open"), *quotes, button(_("Close"), "discard")),)
    if summary["status"] == "updated":
        publish = _("Publish version {version}").format(version=summary["version"])
        return (
            (
                button(publish, "publish"),
                button(_("Keep both"), "both"),
                button(_("What changes"), "changes:0"),
            ),
            (button(_("Edit a field"), "edit"), *quotes, button(_("Discard"), "discard")),
        )
    first = (button(_("Publish"), "publish"), button(_("Edit a field"), "edit"))
    return first, (*quotes, button(_("Discard"), "discard"))


def fields_reply(fields: Mapping[str, Any], *, lead: str, prefix: str, back: Button) -> Reply:
    """The fields with a button for each; `prefix` begins their codes."""
    lines = [
        f"{_(label)}: {spoken_field(name, fields.get(name))}" for name, label in LABELS.items()
    ]
    blocks = (
        Block(BlockKind.LEAD, lead),
        Block(BlockKind.TEXT, "\n".join(lines)),
        Block(BlockKind.TEXT, _("Which one?")),
    )
    buttons = [Button(_(label), f"{prefix}:{name}") for name, label in LABELS.items()]
    return Reply(blocks, (*in_rows(buttons), (back,)), edits=True)


def prompt_reply(name: str, value: object, *, back: str) -> Reply:
    """What is asked of whoever wants to change a field."""
    now = spoken_field(name, value)  # type: ignore[arg-type]
    words = _("Send me {the_new_field} as your next message, or “-” for none.").format(
        the_new_field=_(NEW[name])
    )
    if name == "published":
        words += " " + _("For example: 12 June 2025, or yesterday.")
    blocks = (
        Block(BlockKind.LEAD, f"{_(LABELS[name])}: {now}"),
        Block(BlockKind.TEXT, words),
    )
    return Reply(blocks, ((Button(_("Back"), back),),), edits=True)


def quotes_reply(card: DraftCard, page: int) -> Reply:
    """What the card's article quotes, a page at a time."""
    sayings = card.data["summary"]["sayings"]
    last = max((len(sayings) - 1) // QUOTES_A_PAGE, 0)
    page = min(page, last)
    shown = sayings[page * QUOTES_A_PAGE : (page + 1) * QUOTES_A_PAGE]
    lead = _("Quotes found ({n})")
    if len(sayings) == MOST_QUOTES:
        lead = _("Quotes found (the first {n})")
    lead = lead.format(n=len(sayings))
    if last:
        lead = _("{count}, page {page} of {pages}").format(
            count=lead, page=page + 1, pages=last + 1
        )
    blocks = [Block(BlockKind.LEAD, lead)]
    blocks += [Block(BlockKind.TEXT, _saying_line(*saying)) for saying in shown]
    return Reply(tuple(blocks), (turning(card.id, "quotes", page, last),), edits=True)


def changes_reply(card: DraftCard, page: int) -> Reply:
    """What the card's article changes of the one that is stored, a page at a time."""
    lines = card.data["summary"]["changes"]
    last = max((len(lines) - 1) // CHANGES_SHOWN, 0)
    page = min(page, last)
    blocks = [Block(BlockKind.LEAD, _("What changes ({n})").format(n=len(lines)))]
    blocks += [
        Block(BlockKind.TEXT, line)
        for line in lines[page * CHANGES_SHOWN : (page + 1) * CHANGES_SHOWN]
    ]
    return Reply(tuple(blocks), (turning(card.id, "changes", page, last),), edits=True)


# --------------------------------------------------------------------------- afterwards
def done_reply(card: DraftCard) -> Reply:
    """The card of a draft that was decided."""
    done = card.data.get("outcome") or {}
    what = done.get("what")
    if what == "published":
        key, version = done["key"], done["version"]
        lead = _("Published as #{number}")
        if version > 1:
            lead = _("Published as #{number}, version {version}")
        blocks = [Block(BlockKind.LEAD, lead.format(number=key, version=version))]
        if line := done.get("line"):
            blocks.append(Block(BlockKind.TEXT, line))
        if done.get("removed"):
            blocks.append(
                Block(
                    BlockKind.TEXT,
                    _(
                        "This article was removed before, and stays out of search. /restore "
                        "brings it back."
                    ),
                )
            )
        buttons = (
            Button(_("Undo"), f"undo:{done['act']}"),
            Button(_("Open it"), f"ctx:{key}:0:0"),
        )
        return Reply(tuple(blocks), (buttons,))
    if what == "unchanged":
        words = _("Nothing to do: it is stored already, word for word, as #{number}.").format(
            number=done["key"]
        )
        return Reply((Block(BlockKind.TEXT, words),))
    if what == "all":
        return batch_done_reply(card)
    if what == "closed":
        return Reply(
            (Block(BlockKind.TEXT, _("Closed. It is stored already; nothing has changed.")),)
        )
    return Reply((Block(BlockKind.TEXT, _("Discarded. Nothing was stored.")),))
