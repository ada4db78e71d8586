"""What was told, put right: the sentence as it stands now, what has changed, and how it read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.link.fates import Fate, FateKind, Fates
from bot.locales import _
from bot.locales.days import spoken_day
from bot.model import Article, Change, ChangeKind, Span
from bot.store.store import Store
from bot.talk.buttons import place_link
from bot.talk.lines import article_line, holds_headline
from bot.talk.replies import Block, BlockKind, Button, Evidence, Reply

FateOf = Callable[[Evidence], Fate]
LONGEST_VALUE_CHARS = 60
TAKEN_OUT = (FateKind.REMOVED, FateKind.PURGED)
"""Of such an article nothing may be quoted or named."""


@dataclass(frozen=True, slots=True)
class Amended:
    """A message put right, and what had become of the sentences in it.

    `is_new` is whether it reads differently now. Without it the blocks may still name newer
    versions, in which the same sentences stand.
    """

    reply: Reply
    fates: tuple[Fate, ...]
    is_new: bool


def amend(reply: Reply, fate_of: FateOf, today: date) -> Amended:
    """`reply` with each sentence as it stands in its article now.

    A changed sentence is followed by how it read before; of an article that is removed or purged
    no word is left, neither its headline nor what a first line told of it.
    """
    blocks = _Blocks(fate_of, today, [b.evidence for b in reply.blocks if _quotes(b)])
    for block in reply.blocks:
        blocks.take(block)
    done = blocks.finished()
    buttons = _buttons(reply.buttons, blocks.moved) if blocks.is_new else reply.buttons
    amended = replace(reply, blocks=done, buttons=buttons)
    return Amended(amended, tuple(blocks.fates), blocks.is_new)


def _quotes(block: Block) -> bool:
    return block.kind is BlockKind.QUOTE


class _Blocks:
    """The blocks of one message on their way to being right.

    Marks of ours carry the evidence that they are about: the small print of a correction, and
    the plain words that stand where a sentence has been taken out.
    """

    def __init__(self, fate_of: FateOf, today: date, quoted: Sequence[Evidence | None]) -> None:
        self._fate_of = fate_of
        self._today = today
        self._quoted = set(quoted)
        self._done: list[Block] = []
        self._below: list[Block] = []
        """What goes below the line of source of the sentence at hand."""
        self._told: Fate | None = None
        """What became of the sentence whose line of source may come next."""
        self.fates: list[Fate] = []
        self.moved: dict[Evidence, Evidence | None] = {}
        """Where each sentence that reads differently stands now, if it does."""
        self.is_new = False

    def take(self, block: Block) -> None:
        told, self._told = self._told, None
        if told is not None and block.kind is BlockKind.SOURCE:
            self._done += _source(block, told)
            self._flush()
            return
        self._flush()
        if block.evidence is None:
            self._done.append(block)
        elif _quotes(block):
            self._quote(block, block.evidence)
        else:
            self._mark(block, block.evidence)

    def finished(self) -> tuple[Block, ...]:
        self._flush()
        if not self._done:
            self._done.append(Block(BlockKind.TEXT, _("What stood here has been taken out.")))
        return tuple(self._done)

    def _flush(self) -> None:
        self._done += self._below
        self._below = []

    def _quote(self, block: Block, evidence: Evidence) -> None:
        """What stands in the place of a quoted sentence."""
        fate = self._told = self._fate_of(evidence)
        now = None
        if fate.span is not None and fate.new is not None:
            now = Evidence(fate.new.key, fate.span)
        if fate.kind is FateKind.SAME:
            self._done.append(replace(block, evidence=now or evidence))
            return
        self.is_new = True
        self.fates.append(fate)
        self.moved[evidence] = now
        self._drop_lead(fate)
        day = spoken_day(fate.since or self._today)
        words = fate_words(fate)
        if fate.kind in TAKEN_OUT:
            text = _("Taken out {day}: {what}").format(day=day, what=words)
            self._done.append(Block(BlockKind.TEXT, text, evidence=evidence))
            return
        text = _("Corrected {day}: {what}").format(day=day, what=words)
        if fate.kind is FateKind.CITED:
            mark = Block(BlockKind.FOOTER, text, evidence=now or evidence)
            self._done += [mark, replace(block, evidence=now or evidence)]
            return
        old = Block(BlockKind.STRUCK, block.text, evidence=evidence)
        if now is None or fate.new is None:
            self._done += [Block(BlockKind.TEXT, text, evidence=evidence), old]
            return
        new = Block(BlockKind.QUOTE, now.span.of(fate.new.text), evidence=now)
        self._done += [Block(BlockKind.FOOTER, text, evidence=now), new]
        before = Block(BlockKind.FOOTER, _("It read before:"), evidence=now)
        self._below = [before, old]

    def _mark(self, block: Block, evidence: Evidence) -> None:
        """A mark of an earlier correction, or a sentence struck through then."""
        fate = self._fate_of(evidence)
        if fate.kind in TAKEN_OUT:
            if block.kind is BlockKind.TEXT:
                self._done.append(block)
            else:
                self.is_new = True
        elif block.kind is BlockKind.TEXT and fate.span is not None and fate.new is not None:
            self.is_new = True
            self.fates.append(fate)
            self._done += _returned(fate, fate.new, fate.span, self._today)
        else:
            self._done.append(block)

    def _drop_lead(self, fate: Fate) -> None:
        """Take away the first line above a sentence where it tells what no longer stands."""
        leads = [n for n, block in enumerate(self._done) if block.kind is BlockKind.LEAD]
        if not leads:
            return
        block, is_next = self._done[leads[-1]], leads[-1] == len(self._done) - 1
        gone = fate.kind in TAKEN_OUT or (fate.kind is FateKind.GONE and is_next)
        if not gone and fate.old is not None and fate.new is not None:
            was, now = fate.old.title, fate.new.title
            if was and now and was in block.text:  # a headline is told as it is printed
                self._done[leads[-1]] = replace(block, text=block.text.replace(was, now))
                return
        if gone or _tells_gone(block.text, fate):
            del self._done[leads[-1]]


def _returned(fate: Fate, article: Article, span: Span, today: date) -> list[Block]:
    """A sentence that had been taken out, and stands in its article again."""
    words = _("Back {day}: this stands in the article again.").format(day=spoken_day(today))
    evidence = Evidence(article.key, span)
    return [
        Block(BlockKind.FOOTER, words, evidence=evidence),
        Block(BlockKind.QUOTE, span.of(article.text), evidence=evidence),
        Block(BlockKind.SOURCE, article_line(article), url=article.url),
    ]


def _buttons(
    rows: Sequence[Sequence[Button]], moved: Mapping[Evidence, Evidence | None]
) -> tuple[tuple[Button, ...], ...]:
    """The buttons under what was put right: none hands on the old words, those to the sentences
    around lead to where they stand now."""
    codes = {_code(old): now for old, now in moved.items()}
    kept: list[tuple[Button, ...]] = []
    for row in rows:
        buttons = [b for b in (_moved(button, codes) for button in row) if b is not None]
        if buttons:
            kept.append(tuple(buttons))
    return tuple(kept)


def _moved(button: Button, codes: Mapping[str, Evidence | None]) -> Button | None:
    if button.copy is not None or button.share is not None:
        return None
    link = button.start or button.share or ""
    kind, _colon, code = (button.press or link.replace("_", ":")).partition(":")
    if kind not in ("ctx", "par", "c", "q"):
        return button
    place = ":".join(code.split(":")[:3])
    if place not in codes:
        return button
    now = codes[place]
    if now is None:
        return None
    if link:
        moved = place_link(kind, now.version, now.span)
        return replace(button, start=button.start and moved, share=button.share and moved)
    return replace(button, press=f"{kind}:{_code(now)}{code.removeprefix(place)}")


def _code(evidence: Evidence) -> str:
    return f"{evidence.version}:{evidence.span.start}:{evidence.span.end}"


def _source(block: Block, fate: Fate) -> list[Block]:
    """The line of source as it is right now; none for an article that may not be named."""
    if fate.kind in TAKEN_OUT:
        return []
    if fate.old is None or fate.new is None or fate.kind is FateKind.SAME:
        return [block]
    if fate.speakers is not None:
        return [replace(block, text=article_line(fate.new), url=fate.new.url)]
    parts = block.text.split(" · ")
    kept = [part for part in parts if holds_headline(part) or not _tells_gone(part, fate)]
    text = " · ".join(kept or parts)
    for was, now in (
        (fate.old.source, fate.new.source),
        (fate.old.title, fate.new.title),
        (_day(fate.old.day), _day(fate.new.day)),
    ):
        if was and now and was != now:
            text = text.replace(was, now)
    return [replace(block, text=text, url=fate.new.url)]


def _tells_gone(text: str, fate: Fate) -> bool:
    """Whether words of ours tell a figure, a day or a name that the sentence no longer has."""
    found = (re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in fate.gone_words)
    return any(found)


def _day(day: date | None) -> str:
    return spoken_day(day) if day is not None else ""


# ---------------------------------------------------------------------------------- words
def fate_words(fate: Fate) -> str:
    """What has become of a sentence, in one."""
    match fate.kind:
        case FateKind.PURGED:
            return _("the article that it was from has been deleted for good.")
        case FateKind.REMOVED:
            return _("the article that it was from is no longer in my store.")
        case FateKind.GONE:
            return _("the article no longer has this sentence.")
        case FateKind.CITED:
            return " ".join(_cited_words(change) for change in fate.changes)
        case FateKind.SAME:
            return _("the sentence stands as it was.")
    if fate.speakers is not None:
        old, new = fate.speakers
        return _("these are words of {new}, not of {old}.").format(new=new, old=old)
    for kind in (ChangeKind.FIGURE, ChangeKind.DATE):
        for change in fate.changes:
            if change.kind is kind and change.old and change.new:
                return _("the article now says {new}, before {old}.").format(
                    new=_values(change.new), old=_values(change.old)
                )
    return _("the article now puts it in other words.")


def _cited_words(change: Change) -> str:
    old, new = _values(change.old), _values(change.new)
    if change.field == "published":
        if not old or not new:
            return _("the day of the article was wrong.")
        return _("the article is of {new}, not of {old}.").format(
            new=_spoken(new), old=_spoken(old)
        )
    if not old or not new:
        return _("the outlet of the article was wrong.")
    return _("the article is {new}’s, not {old}’s.").format(new=new, old=old)


def _spoken(value: str) -> str:
    try:
        return spoken_day(date.fromisoformat(value[:10]))
    except ValueError:
        return value


def _values(values: Sequence[str]) -> str:
    text = ", ".join(values)
    return text if len(text) <= LONGEST_VALUE_CHARS else text[: LONGEST_VALUE_CHARS - 1] + "…"


def put_right(store: Store, reply: Reply, today: date) -> Reply:
    """`reply`, made of what was kept of an earlier answer, with each sentence as it stands now."""
    return amend(reply, evidence_fates(Fates(store)), today).reply


def evidence_fates(fates: Fates) -> FateOf:
    """What looks up the fate of an evidence, each once."""
    known: dict[Evidence, Fate] = {}

    def fate_of(evidence: Evidence) -> Fate:
        if evidence not in known:
            known[evidence] = fates.look_up(evidence.version, evidence.span)
        return known[evidence]

    return fate_of
