"""What the running bot does for its owner unasked: copies of the store, and word when the news
grow old."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.errors import BotError, ConfigError
from bot.locales import _, ngettext
from bot.newsroom import Newsroom
from bot.store.meta import get_meta, set_meta
from bot.store.stats import look_up_newest_added
from bot.talk.desks import NOTHING_DUE, Job, Outgoing
from bot.talk.languages import speaking_to
from bot.talk.replies import Block, BlockKind, Notice, Reply, told

LOG = logging.getLogger(__name__)

LOOK_SECONDS = 300.0  # how often a job looks whether something is due
LAST_BACKUP = "last_backup"
LAST_STALE = "last_stale_notice"
STALE_AGAIN = timedelta(hours=24)
_COPY = re.compile(r"newsbot-\d{8}T\d{6}Z\.db")


@dataclass(frozen=True, slots=True)
class Backups:
    """Where copies of the store go, how far apart, and how many stay."""

    folder: Path
    every: timedelta
    keep: int


def backups_of(folder: str, hours: int, keep: int) -> Backups | None:
    """The settings of the copies; None for no folder. Raises ConfigError where it is none."""
    if not folder:
        return None
    if not Path(folder).is_dir():
        raise ConfigError([f"backup.folder: there is no folder {folder}. Create it first."])
    return Backups(Path(folder), timedelta(hours=hours), keep)


def housekeeping_jobs(
    newsroom: Newsroom, owner: str | None, backups: Backups | None, stale_after: timedelta | None
) -> tuple[Job, ...]:
    """The jobs of the house; `owner` names the chat that hears of trouble."""
    jobs = []
    if backups is not None:
        jobs.append(
            Job("backup", LOOK_SECONDS, lambda now: _back_up(newsroom, owner, backups, now))
        )
    if stale_after is not None and owner is not None:
        jobs.append(
            Job(
                "freshness",
                LOOK_SECONDS,
                lambda now: _tell_stale(newsroom, owner, stale_after, now),
            )
        )
    return tuple(jobs)


def stale_words(newsroom: Newsroom, now: datetime, stale_after: timedelta) -> str | None:
    """That no article has come in for long, in words; None while the news are fresh."""
    newest = look_up_newest_added(newsroom.store)
    if newest is None or now - newest <= stale_after:
        return None
    hours = int((now - newest).total_seconds() // 3600)
    if hours < 72:
        return ngettext(
            "No article has come in for {n} hour, so newer things are missing here.",
            "No article has come in for {n} hours, so newer things are missing here.",
            hours,
        ).format(n=hours)
    return ngettext(
        "No article has come in for {n} day, so newer things are missing here.",
        "No article has come in for {n} days, so newer things are missing here.",
        hours // 24,
    ).format(n=hours // 24)


def with_stale_warning(reply: Reply, words: str | None) -> Reply:
    """`reply`, with the warning under it where it answers a question."""
    if words is None or reply.state is None or not reply.blocks:
        return reply
    return replace(reply, blocks=(*reply.blocks, Block(BlockKind.FOOTER, words)))


# --------------------------------------------------------------------------------- backups
def _back_up(newsroom: Newsroom, owner: str | None, backups: Backups, now: datetime) -> Outgoing:
    last = _moment(newsroom, LAST_BACKUP)
    if last is not None and now - last < backups.every and last <= now:
        return NOTHING_DUE
    try:
        made = make_backup(newsroom, backups, now)
    except (BotError, OSError) as error:
        LOG.error("the backup failed: %s", error)
        if owner is None:
            return NOTHING_DUE
        with speaking_to(newsroom.store, owner):
            words = _(
                "The backup of the store failed: {error} It is tried again every five minutes."
            ).format(error=error)
        return Outgoing((Notice(owner, f"backup-failed:{now:%Y-%m-%d}", told(words)),))
    LOG.info("the store was copied to %s", made)
    return Outgoing(settle=lambda connection: set_meta(connection, LAST_BACKUP, now.isoformat()))


def make_backup(newsroom: Newsroom, backups: Backups, now: datetime) -> Path:
    """The new copy; copies beyond those that stay are deleted, oldest first, once it is whole.

    Raises StoreError and OSError.
    """
    target = backups.folder / f"newsbot-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.db"
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)  # of a copy that was broken off
    newsroom.backup(part)
    part.replace(target)
    copies = sorted(path for path in backups.folder.iterdir() if _COPY.fullmatch(path.name))
    for old in copies[: -backups.keep]:
        old.unlink(missing_ok=True)
    return target


# ------------------------------------------------------------------------------- freshness
def _tell_stale(newsroom: Newsroom, owner: str, stale_after: timedelta, now: datetime) -> Outgoing:
    with speaking_to(newsroom.store, owner):
        words = stale_words(newsroom, now, stale_after)
        advice = _("Check the feeds and whoever adds articles. Answers say so, too.")
    last = _moment(newsroom, LAST_STALE)
    if words is None or (last is not None and timedelta() <= now - last < STALE_AGAIN):
        return NOTHING_DUE
    notice = Notice(owner, f"stale:{now:%Y-%m-%dT%H}", told(f"{words} {advice}"))
    return Outgoing(
        (notice,), lambda connection: set_meta(connection, LAST_STALE, now.isoformat())
    )


def _moment(newsroom: Newsroom, key: str) -> datetime | None:
    value = get_meta(newsroom.store, key)
    return datetime.fromisoformat(value) if value else None
