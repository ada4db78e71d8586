"""The hall: wires reading, storing and answering together for the conversation and the commands.

Owns no logic of its own; each step is a room's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answer.accounts import Wanted, read_wanted, set_out
from bot.answer.asked_quotes import read_asked
from bot.answer.compose import Answerer
from bot.answer.quote_check import check_quote
from bot.answer.result import Frame, Response, State
from bot.answer.spread import Spread, spread_of
from bot.digest import Digest, Digests, Interest, InterestKind, Length
from bot.digest.alerts import Answered, answer_changed, good_answers
from bot.digest.compose import load_told
from bot.errors import ArticleNotFoundError, BotError, VerbatimError
from bot.intake.files import parse_whole, read_path, read_source
from bot.intake.identity import identify
from bot.intake.readers import Readers
from bot.intake.rows import Parser, Row
from bot.intake.web_settings import WebSettings
from bot.link import registry
from bot.link.matters import telling_of
from bot.link.outcomes import Followed, follow_up, is_plan
from bot.link.previews import Preview
from bot.link.witnesses import Witnesses, find_witnesses
from bot.locales.said import say
from bot.model import Article, Changes, Draft, Findings, Span
from bot.reading import EXTRACTOR_VERSION, QUICK_EXTRACTOR, READ_CHARS, Reader, read_text
from bot.shelving import Note, Shelving, settled
from bot.store import articles as shelf
from bot.store import putting, removal
from bot.store.articles import Coverage
from bot.store.findings import get_findings
from bot.store.named import IndexedName
from bot.store.putting import Added
from bot.store.removal import Purged
from bot.store.search import find_versions_with
from bot.store.store import Store
from bot.text.fingerprint import body_words, fingerprint
from bot.text.words import STOP_TERMS, terms_of

if TYPE_CHECKING:
    from bot.intake.fetch import Fetcher
    from bot.intake.fetch_article import Fetched

SAMPLES_KEY = "samples"
ANSWERS_WATCHED = 20  # of a saved question; what is new may stand far down
PREVIEW = timedelta(days=7)

Clock = Callable[[], datetime]
Web = Callable[[], "Fetcher"]


def now_utc() -> datetime:
    """The present moment, aware."""
    return datetime.now(UTC)


def open_web(settings: WebSettings | None = None, readers: Readers | None = None) -> Web:
    """What gives the fetcher with `settings` and `readers`, made when it is first asked for:
    most commands need none, and it takes time to import."""

    @cache
    def web() -> Fetcher:
        from bot.intake.fetch import Fetcher

        return Fetcher(settings, readers)

    return web


@dataclass(frozen=True, slots=True)
class Newsroom:
    """What the conversation and the commands may do with one store."""

    store: Store
    answerer: Answerer
    digests: Digests
    reader: Reader = read_text
    clock: Clock = now_utc
    web: Web = open_web()
    parser: Parser = parse_whole

    @classmethod
    def over(
        cls,
        store: Store,
        reader: Reader = read_text,
        clock: Clock = now_utc,
        web: WebSettings | None = None,
        parser: Parser = parse_whole,
        readers: Readers | None = None,
    ) -> Newsroom:
        """The newsroom of `store`, which uses the web as `web` says; `reader`, `parser` and
        `readers` read articles, files, and pages and feeds, perhaps in another process."""
        web_of = open_web(web, readers)
        return cls(store, Answerer(store), Digests(store), reader, clock, web_of, parser)

    # --------------------------------------------------------------------------- files
    def read_file(self, name: str, data: bytes) -> Iterator[Row]:
        """The articles in a file called `name` whose content is `data`, a row each; what cannot be
        read is a row with its fault. Nothing is stored."""
        return read_source(name, data, self.parser)

    def read_path(self, path: Path) -> Iterator[Row]:
        """The articles in the file at `path`, as `read_file` gives them."""
        return read_path(path, self.parser)

    # ------------------------------------------------------------------------ articles
    def add(self, draft: Draft, *, sample: bool = False, note: Note | None = None) -> Added:
        """Store `draft` with all its findings, or nothing of it.

        It is found to be unchanged, a new version (`changes` tells what changed), a near copy of
        another outlet's article (`linked_to`) or new. `note` writes down what became of it, in
        the transaction that stores it; what it raises undoes both. Raises IntakeError (it cannot
        be stored as it is) and StoreError.
        """
        return self._shelving.add(draft, None, EXTRACTOR_VERSION, sample=sample, note=note)

    def settled(self, draft: Draft) -> Draft:
        """`draft` as it is stored: a day of publication still to come counts as today."""
        return settled(draft, self.clock().date())

    def look_up_newest(self, article_id: str) -> Article | None:
        """The newest version of the article, also of one that was removed."""
        return shelf.look_up_newest(self.store, article_id)

    @staticmethod
    def id_of(draft: Draft) -> str:
        """The id that `draft` has by itself."""
        return identify(draft)

    def look_up_same(self, draft: Draft) -> Added | None:
        """What `add` would say where the store holds just this; else None. Reads nothing anew."""
        return putting.is_unchanged(self.store, identify(draft), self.settled(draft))

    def look_up_older(self, draft: Draft) -> Added | None:
        """The version of the article that is just this, where a newer one took its place."""
        return putting.look_up_older(self.store, identify(draft), self.settled(draft))

    def add_read(self, draft: Draft, findings: Findings, *, quick: bool = False) -> Added:
        """Store a settled `draft`, whose `findings` were made elsewhere from its text and day, as
        `add` does. Those of a `quick` reading are made anew by `reindex`."""
        extractor = QUICK_EXTRACTOR if quick else EXTRACTOR_VERSION
        return self._shelving.add(draft, findings, extractor)

    def preview_article(self, draft: Draft) -> Preview:
        """What `add` would make of `draft`, with its findings; nothing is stored.

        Raises IntakeError.
        """
        return self._shelving.preview(draft)

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
        return self._shelving.edit_fields(article_id, note=note, **fields)

    @property
    def _shelving(self) -> Shelving:
        return Shelving(self.store, self.reader, self.clock().date())

    def remove(self, article_id: str) -> bool:
        """Whether the article was there to be taken out of search and answers; it is kept, and
        can be restored. Raises ArticleNotFoundError."""
        return removal.remove_article(self.store, article_id, self.clock())

    def restore_article(self, article_id: str) -> bool:
        """Whether the article had been removed; it is back. Raises ArticleNotFoundError."""
        return removal.restore_article(self.store, article_id, self.clock())

    def purge(self, article_id: str) -> Purged:
        """Take the article away for good, with its versions and findings and whatever quoted it.

        Rewrites the whole file: a minute for a hundred thousand articles. Raises
        ArticleNotFoundError.
        """
        return removal.purge_article(self.store, article_id, self.clock())

    def history(self, article_id: str) -> list[Article]:
        """Every version of the article, the oldest first, also of one that was removed.

        Raises ArticleNotFoundError.
        """
        return shelf.find_history(self.store, article_id)

    def changes(self, article_id: str, from_version: int | None, to_version: int) -> Changes:
        """What changed between two versions of the article; from the one before, for None.

        Raises ArticleNotFoundError.
        """
        return self._shelving.changes(article_id, from_version, to_version)

    def fetch(self, address: str) -> Fetched:
        """The article at a web address as a draft, or the sentence that says why there is none.

        Nothing is stored; the network is used for up to the time that the settings allow.
        """
        from bot.intake.fetch_article import fetch_article

        return fetch_article(address, self.web())

    def reindex(self) -> Iterator[tuple[int, int]]:
        """Make the findings of an older extractor anew, an article a step: (done, of how many).

        Can be stopped at any step and taken up again.
        """
        keys = list(shelf.find_outdated(self.store, EXTRACTOR_VERSION))
        for done, key in enumerate(keys, 1):
            article = shelf.look_up_version(self.store, key)
            if article is not None:
                findings = self.reader(article.text, article.day)
                prints = fingerprint(body_words(article.text, article.title))
                putting.replace_findings(self.store, article, findings, EXTRACTOR_VERSION, prints)
            yield done, len(keys)

    def get_article(
        self, article_id: str, version: int | None = None, *, removed: bool = False
    ) -> Article:
        """The article with this id; one that was removed only with `removed`.

        Raises ArticleNotFoundError.
        """
        return shelf.get_article(self.store, article_id, version, removed=removed)

    def look_up_version(self, key: int) -> Article | None:
        """The article version with this number in the store."""
        return shelf.look_up_version(self.store, key)

    def get_findings(self, article: Article) -> Findings:
        """What was found in `article`."""
        return get_findings(self.store, article.key)

    def latest(self, *, limit: int, source: str | None = None) -> list[Article]:
        """The newest articles, newest first."""
        return shelf.find_latest(self.store, limit=limit, source=source)

    def coverage(self) -> Coverage:
        """How many articles there are, and when the newest was published."""
        return shelf.get_coverage(self.store)

    def sources(self) -> Sequence[tuple[str, int]]:
        """The outlets with their number of articles, most first."""
        return shelf.find_sources(self.store)

    def backup(self, target: Path) -> None:
        """Copy the store to `target` while it is in use."""
        self.store.backup(target)

    # ----------------------------------------------------------------------- questions
    def ask(
        self, question: str, now: datetime, *, frame: Frame | None = None, limit: int = 10
    ) -> Response:
        """What the store says to `question`, asked at `now` after what `frame` holds; whether
        words are in it that the question wants checked (“did Ines Roca say ‘…’”), or a timeline
        or comparison that it asks for."""
        asked = read_asked(question)
        if asked is not None:
            response = self.check_quote(asked.words, claimed=asked.claimed, limit=limit)
            return replace(response, question=question)
        wanted = read_wanted(question)
        if wanted is not None:
            response = self.set_out(wanted, now, question)
            if all(account.is_known for account in response.accounts):
                return response
        return self.answerer.answer(question, now, frame=frame, limit=limit)

    def set_out(self, wanted: Wanted, now: datetime, question: str = "") -> Response:
        """What was said by day, or by two side by side, as `wanted` says."""
        return set_out(
            question,
            wanted,
            self.store,
            lambda topic, limit: self.answerer.answer(topic, now, limit=limit),
        )

    def spread(
        self, wanted: Wanted, now: datetime, zone: tzinfo, question: str = ""
    ) -> Spread | None:
        """What `wanted` has by day in a time zone; None where no article tells of it."""
        response = self.set_out(wanted, now, question)
        return spread_of(wanted, response, self.store, zone)

    def check_quote(self, text: str, *, claimed: str | None = None, limit: int = 10) -> Response:
        """Where the words `text`, said to be of `claimed`, stand in the store, and how they
        differ."""
        return check_quote(text, self.store, claimed=claimed, limit=limit)

    # ------------------------------------------------------------------------- digests
    def digest(
        self,
        what: Interest,
        since: datetime,
        until: datetime,
        *,
        length: Length = Length.MEDIUM,
        already: Collection[str] = (),
    ) -> Digest:
        """What came in from `since` up to `until` for somebody who follows `what`, without what
        the told keys `already` hold."""
        answers: list[tuple[int, Span]] = []
        if what.kind is InterestKind.QUESTION:
            good = good_answers(self.answers_to(what, until))
            answers = [(a.article.key, a.span) for a in good]
        return self.digests.compose(
            what, since, until, length=length, already=already, answers=answers
        )

    def preview(self, what: Interest, now: datetime) -> Digest:
        """What following `what` would have brought in the week before `now`, in short."""
        return self.digest(what, now - PREVIEW, now, length=Length.SHORT)

    def answers_to(self, question: Interest, now: datetime) -> list[Answered]:
        """The sentences that answer a saved question now, best first; none where that is not
        sure."""
        response = self.ask(question.text, now, limit=ANSWERS_WATCHED)
        if response.state is not State.FOUND:
            return []
        return [Answered(a.article, a.span, a.score) for a in response.answers]

    def changed_answers(
        self, question: Interest, now: datetime, old: Collection[str]
    ) -> tuple[Answered, ...]:
        """The answers to a saved question that say what those of `old` (told keys) did not."""
        answers = self.answers_to(question, now)
        return answer_changed(old, answers, load_told(self.store, old))

    # --------------------------------------------------------------------------- people
    def find_names(self, typed: str) -> list[IndexedName]:
        """The names in the store that `typed` may mean, in any spelling, most mentioned first."""
        return registry.find_names(self.store, typed)

    def holds_words(self, words: str) -> bool:
        """Whether some article holds all the telling words of `words`, in any form."""
        terms = [t for t in terms_of(words) if t not in STOP_TERMS]
        return bool(find_versions_with(self.store, terms))

    def find_people(self, typed: str) -> list[registry.Profile]:
        """Whom `typed` may mean, with what the store has of each; several where nothing tells
        them apart."""
        return registry.find_people(self.store, typed)

    def look_up_person(self, anchor: tuple[int, int]) -> registry.Profile | None:
        """The one whom the mention at `anchor` (version, start) means."""
        return registry.look_up_person(self.store, anchor)

    # -------------------------------------------------------------------- across articles
    def is_plan(self, article: Article, span: Span) -> bool:
        """Whether the sentence at `span` tells of something still to come at its time."""
        return is_plan(telling_of(article, self.get_findings(article), span))

    def follow_up(self, article: Article, span: Span) -> Followed:
        """What later articles tell of the promise or plan at `span`."""
        return follow_up(self.store, article, self.get_findings(article), span)

    def find_witnesses(self, article: Article, span: Span) -> Witnesses:
        """Every report of what the sentence at `span` tells, newest first."""
        return find_witnesses(self.store, article, self.get_findings(article), span)

    def verify(self, key: int, span: Span, text: str) -> None:
        """Return when `text` is byte for byte what version `key` holds at `span`.

        This is the gate that each quoted sentence passes before it leaves the program.
        Raises VerbatimError.
        """
        article = shelf.look_up_version(self.store, key)
        in_bounds = article is not None and 0 <= span.start < span.end <= len(article.text)
        if article is None or not in_bounds or span.of(article.text) != text:
            raise VerbatimError(
                say(
                    "A sentence that is not in the stored article was held back; nothing was sent."
                )
            )


__all__ = [
    "EXTRACTOR_VERSION",
    "QUICK_EXTRACTOR",
    "READ_CHARS",
    "Added",
    "ArticleNotFoundError",
    "BotError",
    "Coverage",
    "Newsroom",
    "Preview",
    "Purged",
    "Reader",
    "Response",
    "now_utc",
    "read_text",
]
