"""What has become of a sentence that was told: the same still, changed, gone, or taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.link.changes import compare_versions
from bot.model import Article, Change, ChangeKind, Changes, Findings, Span
from bot.store.articles import look_up_id, look_up_newest, look_up_version
from bot.store.findings import get_findings
from bot.store.store import Store
from bot.text.names import fold_name
from bot.text.words import fold

COMPARISONS_KEPT = 32  # of two versions, for the round at hand
LONGEST_TIMES = 3  # a new sentence longer than so many times the old one is shown in part
CITED_FIELDS = ("source", "published")
"""What a line of source tells besides the headline, which outlets polish at all hours."""


class FateKind(StrEnum):
    """What has become of a sentence."""

    SAME = "same"
    CITED = "cited"
    """The sentence stands; an editor has corrected its outlet or day."""
    CHANGED = "changed"
    GONE = "gone"
    REMOVED = "removed"
    PURGED = "purged"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a sentence: where it stands now, in which article version, and what changed.

    `old` is the version that it was told from and `place` its span there; there is no `old` once
    the article may not be quoted. `speakers` are (before, now), where they differ.
    """

    kind: FateKind
    place: Span
    old: Article | None = None
    new: Article | None = None
    span: Span | None = None
    changes: tuple[Change, ...] = ()
    speakers: tuple[str, str] | None = None
    since: date | None = None
    """The day on which it became so, as far as that is known."""

    @property
    def is_news(self) -> bool:
        return self.kind is not FateKind.SAME

    @property
    def gone_words(self) -> tuple[str, ...]:
        """Figures, dates and names that the sentence no longer has."""
        words = [
            word
            for change in self.changes
            if change.kind in (ChangeKind.FIGURE, ChangeKind.DATE)
            for word in change.old
        ]
        if self.speakers is not None:
            words.append(self.speakers[0])
        return tuple(words)


class Fates:
    """Looks up fates in one store; versions are compared once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._compared: dict[tuple[int, int], tuple[Changes, Findings, Findings]] = {}

    def look_up(self, version: int, place: Span) -> Fate:
        """What has become of the sentence at `place` in this article version."""
        article_id = look_up_id(self._store, version)
        if article_id is None:
            return Fate(FateKind.PURGED, place)
        old = look_up_version(self._store, version)
        newest = look_up_newest(self._store, article_id)
        if old is None or newest is None or newest.removed is not None:
            gone = newest.removed.date() if newest is not None and newest.removed else None
            return Fate(FateKind.REMOVED, place, since=gone)
        if newest.key == version:
            return Fate(FateKind.SAME, place, old, newest, place)
        return self.between(old, newest, place)

    def between(self, old: Article, new: Article, place: Span) -> Fate:
        """What has become of the sentence at `place` in `old`, in a newer version."""
        changes, old_found, new_found = self.compared(old, new)
        since = new.added.date()
        touched = [
            c for c in changes.changes if c.old_span is not None and c.old_span.overlaps(place)
        ]
        material = tuple(c for c in touched if is_material(c) and not _is_same(old, new, c))
        if not material:
            cited = _cited(changes) if new.edited else ()
            kind = FateKind.CITED if cited else FateKind.SAME
            return Fate(kind, place, old, new, _same_words(old, new, place), cited, since=since)
        spans = [c.new_span for c in touched if c.new_span is not None]
        if not spans:
            return Fate(FateKind.GONE, place, old, new, None, material, since=since)
        span = _hull(spans, len(place))
        speakers = _other_speaker(_speakers(old_found, place), _speakers(new_found, span))
        return Fate(FateKind.CHANGED, place, old, new, span, material, speakers, since)

    def compared(self, old: Article, new: Article) -> tuple[Changes, Findings, Findings]:
        """What changed between two versions, with the findings of both."""
        pair = (old.key, new.key)
        if pair not in self._compared:
            if len(self._compared) >= COMPARISONS_KEPT:
                self._compared.clear()
            found = get_findings(self._store, old.key), get_findings(self._store, new.key)
            self._compared[pair] = (compare_versions(old, found[0], new, found[1]), *found)
        return self._compared[pair]


def is_material(change: Change) -> bool:
    """Whether a change of a sentence is more than another spacing, comma or capital."""
    if change.kind is ChangeKind.FIELD:
        return change.field in CITED_FIELDS
    exact = change.kind in (ChangeKind.FIGURE, ChangeKind.DATE)
    return _bare(change.old, exact=exact) != _bare(change.new, exact=exact)


def _is_same(old: Article, new: Article, change: Change) -> bool:
    """Whether the whole sentences differ in no letter and no figure, whatever was found in
    them."""
    if change.old_span is None or change.new_span is None:
        return False
    was, now = change.old_span.of(old.text), change.new_span.of(new.text)
    return _bare([was], exact=True) == _bare([now], exact=True)


def _bare(words: Sequence[str], *, exact: bool) -> str:
    """Letters and digits alone; of figures the point, too, which 1.5 has and 15 has not."""
    return "".join(c for c in fold(" ".join(words)) if c.isalnum() or (exact and c == "."))


def _cited(changes: Changes) -> tuple[Change, ...]:
    return tuple(c for c in changes.of_kind(ChangeKind.FIELD) if c.field in CITED_FIELDS)


def _same_words(old: Article, new: Article, place: Span) -> Span | None:
    """Where the very words stand in the new version, nearest to where they stood."""
    words = place.of(old.text)
    before = new.text.rfind(words, 0, place.end)
    after = new.text.find(words, place.start)
    starts = [at for at in (before, after) if at >= 0]
    if not words or not starts:
        return None
    start = min(starts, key=lambda at: abs(at - place.start))
    return Span(start, start + len(words))


def _hull(spans: Sequence[Span], chars: int) -> Span:
    """What covers the new sentences, or the first alone where that would be far longer than what
    was told."""
    ordered = sorted(set(spans))
    whole = Span(ordered[0].start, max(span.end for span in ordered))
    return whole if len(whole) <= LONGEST_TIMES * max(chars, 1) else ordered[0]


def _speakers(findings: Findings, place: Span) -> tuple[str, ...]:
    """Who speaks in a sentence, by name, in order."""
    names = [
        quote.speaker.name
        for quote in findings.quotes
        if quote.speaker is not None and quote.speaker.name and quote.span.overlaps(place)
    ]
    return tuple(dict.fromkeys(names))


def _other_speaker(was: Sequence[str], now: Sequence[str]) -> tuple[str, str] | None:
    """(before, now) where somebody else speaks; None where one of them still does."""
    if not was or not now or {fold_name(n) for n in was} & {fold_name(n) for n in now}:
        return None
    return was[0], now[0]
