"""What becomes of an article that comes in or is corrected: unchanged, a new version, another
outlet's copy, or new."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.intake.identity import identify
from bot.link.changes import compare_versions
from bot.link.copies import Place, find_place
from bot.link.previews import Preview, find_doubts
from bot.model import Changes, Draft, Findings, Kept, day_of
from bot.reading import EXTRACTOR_VERSION, Reader
from bot.store import articles as shelf
from bot.store import putting
from bot.store.findings import get_findings
from bot.store.putting import Added, AddStatus
from bot.store.store import Store
from bot.text.dates import settle_published

Note = Callable[[sqlite3.Connection, Added], None]
"""Writes down what became of an article, in the transaction that stores it."""


@dataclass(frozen=True, slots=True)
class Shelving:
    """Puts articles into `store`, read by `reader`, on the day that it is `today`."""

    store: Store
    reader: Reader
    today: date

    def add(
        self,
        draft: Draft,
        findings: Findings | None,
        extractor: int,
        *,
        sample: bool = False,
        note: Note | None = None,
    ) -> Added:
        read = day_of(draft.published)
        place, same = self._place(draft)
        if same is not None:
            if note is not None:
                with self.store.write() as connection:
                    note(connection, same)
            return same
        if findings is None or (place.draft.text, day_of(place.draft.published)) != (
            draft.text,
            read,
        ):
            extractor = EXTRACTOR_VERSION
            findings = self.reader(place.draft.text, day_of(place.draft.published))
        with self.store.write() as connection:
            added = putting.put_article(
                self.store,
                place.article_id,
                place.draft,
                findings,
                extractor=extractor,
                sample=sample,
                prints=place.prints,
                copy_of=place.copy_of,
            )
            if note is not None:
                note(connection, added)
        if added.status != "updated" or added.version < 2:
            return added
        return replace(added, changes=self.changes(added.article_id, None, added.version))

    def preview(self, draft: Draft) -> Preview:
        """What `add` would make of `draft`, with its findings; nothing is stored.

        Raises IntakeError.
        """
        place, same = self._place(draft)
        draft = place.draft
        findings = self.reader(draft.text, day_of(draft.published))
        doubts = find_doubts(draft, findings)
        if same is not None:
            return Preview("unchanged", same.article_id, same.version, draft, findings, doubts)
        older = shelf.look_up_newest(self.store, place.article_id)
        if older is None:
            status: AddStatus = "linked" if place.copy_of else "added"
            return Preview(status, place.article_id, 1, draft, findings, doubts, place.copies)
        newer = putting.article_of(draft, place.article_id, older.version + 1)
        changes = compare_versions(older, get_findings(self.store, older.key), newer, findings)
        return Preview(
            "updated", older.id, newer.version, draft, findings, doubts, place.copies, changes
        )

    def _place(self, draft: Draft) -> tuple[Place, Added | None]:
        """Where `draft` belongs, and what `add` says where it is stored already."""
        article_id = identify(draft)
        draft = settled(draft, self.today)
        if same := putting.is_unchanged(self.store, article_id, draft):
            return Place(article_id, draft), same
        is_known = shelf.look_up_newest(self.store, article_id) is not None
        if is_known:
            draft = putting.with_corrections(self.store, article_id, draft)
        place = find_place(self.store, article_id, draft, is_known=is_known)
        if place.article_id == article_id:
            return place, None
        draft = putting.with_corrections(self.store, place.article_id, place.draft)
        place = replace(place, draft=draft)
        return place, putting.is_unchanged(self.store, place.article_id, draft)

    def edit_fields(
        self,
        article_id: str,
        *,
        note: Note | None = None,
        **fields: str | date | datetime | None,
    ) -> Added:
        """Correct fields of an article by hand: `title`, `source`, `published`, `author`, `url`,
        `section`, `standfirst`; None empties one. The text stays.

        It is a new version, with findings made anew where the date changed; `note` is as for
        `add`, and not called where nothing changes. When the article comes again as it was, what
        was corrected stays. Raises ArticleNotFoundError, and StoreRefusedError for a field that
        there is not.
        """
        article = shelf.get_article(self.store, article_id)
        draft = putting.corrected(article, fields)
        if same := putting.is_unchanged(self.store, article_id, draft):
            return same
        draft = settled(replace(draft, kept=Kept(0, edited=True)), self.today)
        findings = get_findings(self.store, article.key)
        if day_of(draft.published) != article.day:
            findings = self.reader(draft.text, day_of(draft.published))
        place = find_place(self.store, article_id, draft, is_known=True)
        with self.store.write() as connection:
            added = putting.put_article(
                self.store,
                article_id,
                draft,
                findings,
                extractor=EXTRACTOR_VERSION,
                prints=place.prints,
                copy_of=place.copy_of,
            )
            if note is not None:
                note(connection, added)
        return replace(added, changes=self.changes(article_id, article.version, added.version))

    def changes(self, article_id: str, from_version: int | None, to_version: int) -> Changes:
        """What changed between two versions of the article; from the one before, for None.

        Raises ArticleNotFoundError.
        """
        to = shelf.get_article(self.store, article_id, to_version, removed=True)
        if from_version is None:
            earlier = [
                v.version
                for v in shelf.find_history(self.store, article_id)
                if v.version < to_version
            ]
            from_version = max(earlier, default=to_version)
        old = shelf.get_article(self.store, article_id, from_version, removed=True)
        return compare_versions(
            old, get_findings(self.store, old.key), to, get_findings(self.store, to.key)
        )


def settled(draft: Draft, today: date) -> Draft:
    """`draft`; published today where it says that it will be later, and marked so."""
    day, was_clamped = settle_published(day_of(draft.published), today)
    if not was_clamped:
        return draft
    return replace(draft, published=day, published_given=draft.published)
