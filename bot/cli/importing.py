"""Many articles into the store: read by several processes, stored in their order, resumable."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.cli.sources import Step
from bot.errors import IntakeError
from bot.model import day_of

if TYPE_CHECKING:
    from bot.model import Draft, Findings
    from bot.newsroom import Added, Newsroom
    from bot.worker import ReadingCrew

AHEAD = 4  # articles for each process that are read ahead, so that none waits for another


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: stored as `added`, or refused for `reason`."""

    step: Step
    added: Added | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A row whose turn has not come: known already, refused, or being read.

    `older` is the version that it repeats, where a newer one took its place.
    """

    step: Step
    outcome: Outcome | None = None
    draft: Draft | None = None
    reading: Future[Findings] | None = None
    article_id: str = ""
    older: Added | None = None


def import_rows(
    newsroom: Newsroom, steps: Iterable[Step], crew: ReadingCrew | None
) -> Iterator[Outcome]:
    """What became of each row, in their order; each is stored by then, or refused.

    With a `crew` its processes read ahead, while rows that are stored already pass at once.
    Without one each article is read here. Stopped at any point, it can be begun again: what was
    stored is found unchanged.
    """
    waiting: deque[_Waiting] = deque()
    repeated: list[_Waiting] = []
    current: set[int] = set()  # the versions that this run brought, or found to be the newest
    coming: Counter[str] = Counter()  # ids that are being read: their rows must not overtake
    most = AHEAD * crew.size if crew else 0
    for step in steps:
        row = _begin(newsroom, step, crew, coming)
        if row.older is not None:
            repeated.append(row)
            continue
        waiting.append(row)
        while waiting and (len(waiting) > most or _is_ready(waiting[0])):
            yield _finish(newsroom, waiting.popleft(), crew, coming, current)
    while waiting:
        yield _finish(newsroom, waiting.popleft(), crew, coming, current)
    for row in repeated:
        yield _settle(newsroom, row, current)


def _begin(
    newsroom: Newsroom, step: Step, crew: ReadingCrew | None, coming: Counter[str]
) -> _Waiting:
    if step.row.draft is None:
        return _Waiting(step, Outcome(step, reason=step.row.fault or "This is no article."))
    draft = newsroom.settled(step.row.draft)
    article_id = newsroom.id_of(draft)
    if not coming[article_id] and (same := newsroom.look_up_same(draft)):
        return _Waiting(step, Outcome(step, same))
    if not coming[article_id] and (older := newsroom.look_up_older(draft)):
        return _Waiting(step, None, draft, None, article_id, older)
    coming[article_id] += 1
    reading = crew.read(draft.text, day_of(draft.published)) if crew else None
    return _Waiting(step, None, draft, reading, article_id)


def _is_ready(waiting: _Waiting) -> bool:
    return waiting.outcome is not None or waiting.reading is None or waiting.reading.done()


def _finish(
    newsroom: Newsroom,
    waiting: _Waiting,
    crew: ReadingCrew | None,
    coming: Counter[str],
    current: set[int],
) -> Outcome:
    outcome = waiting.outcome or _stored(newsroom, waiting, crew, coming)
    if outcome.added is not None:
        current.add(outcome.added.key)
    return outcome


def _settle(newsroom: Newsroom, repeated: _Waiting, current: set[int]) -> Outcome:
    """What becomes of a row that repeats an older version of its article.

    A file that holds both versions changes nothing when it is read again; one that holds the
    older alone goes back to it.
    """
    draft = repeated.draft
    newest = newsroom.look_up_newest(repeated.article_id)
    if draft is None or (newest is not None and newest.key in current):
        return Outcome(repeated.step, repeated.older)
    try:
        added = newsroom.add(draft)
    except IntakeError as error:
        return Outcome(repeated.step, reason=error.reason)
    current.add(added.key)
    return Outcome(repeated.step, added)


def _stored(
    newsroom: Newsroom, waiting: _Waiting, crew: ReadingCrew | None, coming: Counter[str]
) -> Outcome:
    if waiting.draft is None:
        return Outcome(waiting.step, reason="This is no article.")
    coming[waiting.article_id] -= 1
    if not coming[waiting.article_id]:
        del coming[waiting.article_id]
    try:
        if waiting.reading is None or crew is None:
            return Outcome(waiting.step, newsroom.add(waiting.draft))
        findings = waiting.reading.result()
        return Outcome(waiting.step, newsroom.add_read(waiting.draft, findings, quick=crew.quick))
    except IntakeError as error:
        return Outcome(waiting.step, reason=error.reason)
    except CancelledError:
        return Outcome(waiting.step, reason="The import was stopped before this was read.")
