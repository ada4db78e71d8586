"""`newsbot doctor`: what the operator must know, a line a subject, each fault with what to do."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.options import DONE, FAILED, Globals, fail, global_options, open_newsroom
from bot.errors import BotError, StoreError
from bot.pictures import is_available as can_draw
from bot.store import inbox, outbox

if TYPE_CHECKING:
    from bot.config import Config
    from bot.newsroom import Newsroom
    from bot.store.store import Store

SILENCE = timedelta(minutes=3)  # a bot that hears Telegram notes so at least once a minute
CLOCK_SLACK = timedelta(minutes=10)
LEAST_FREE_MB = 200  # below this a write-ahead log or a copy may not fit
LATE_BACKUPS = 2  # times the rhythm
ASK_SECONDS = 10.0
_TOKEN = re.compile(r"[0-9]{6,12}:[A-Za-z0-9_-]{30,64}")
_COPY = re.compile(r"newsbot-(\d{8}T\d{6})Z\.db")


@dataclass(frozen=True, slots=True)
class Finding:
    """A line: of what, how it is, and what to do about it; `is_wrong` makes the exit code 1."""

    subject: str
    state: str
    advice: str = ""
    is_wrong: bool = False


@click.command()
@click.option(
    "--running",
    is_flag=True,
    help="For health checks: also wrong when no bot over this store hears Telegram now; the store "
    "is not read through.",
)
@click.option("--telegram", is_flag=True, help="Ask Telegram whether it takes the token.")
@global_options
@click.pass_obj
def doctor(shared: Globals, *, running: bool, telegram: bool) -> None:
    """Check configuration, store, index, copies, disk, clock and token, and say what to do; exit
    code 1 when something is wrong."""
    try:
        config = shared.load()
    except BotError as error:
        fail(error)
    wrong = False
    for finding in _findings(shared, config, running=running, telegram=telegram):
        sign = "WRONG: " if finding.is_wrong else ""
        advice = f"; {finding.advice}" if finding.advice else ""
        click.echo(f"{sign}{finding.subject}: {finding.state}{advice}")
        wrong = wrong or finding.is_wrong
    sys.exit(FAILED if wrong else DONE)


def _findings(
    shared: Globals, config: Config, *, running: bool, telegram: bool
) -> Iterator[Finding]:
    yield Finding("configuration", "in order")
    if can_draw():
        yield Finding("pictures", "can be drawn")
    else:
        advice = "`pip install 'newsbot[pictures]'` installs what draws"
        yield Finding("pictures", "none, the words go out alone", advice)
    path = Path(config.store)
    now = shared.clock()()
    yield from _of_disk(path)
    yield from _of_backups(config, now)
    if not path.exists() and not config.store.startswith("postgresql:"):
        # A store that was named should be there.
        state = f"there is none at {config.store} yet"
        yield Finding("store", state, "`newsbot add` makes it", is_wrong=bool(shared.db))
    else:
        try:
            with open_newsroom(shared) as newsroom:
                yield from _of_store(config, newsroom, now, quick=running)
                yield from _of_bot(newsroom.store, now, running=running)
        except StoreError as error:
            yield Finding("store", str(error), is_wrong=True)
    yield from _of_token(config, ask=telegram)


# ------------------------------------------------------------------------------------- store
def _of_store(
    config: Config, newsroom: Newsroom, now: datetime, *, quick: bool
) -> Iterator[Finding]:
    from bot.newsroom import EXTRACTOR_VERSION
    from bot.store.articles import find_outdated
    from bot.store.soundness import find_damage
    from bot.store.stats import look_up_newest_added

    cover = newsroom.coverage()
    count = f"{cover.articles:,} article{'s' if cover.articles != 1 else ''}"
    damage = [] if quick else find_damage(newsroom.store)
    subject = f"store {config.store}"
    if damage:
        advice = "keep the file, and `newsbot restore` the newest copy that is sound"
        yield Finding(subject, f"{count}; {'; '.join(damage)}", advice, is_wrong=True)
    else:
        yield Finding(subject, count if quick else f"{count}, in order")
    if quick:
        return
    outdated = sum(1 for _ in find_outdated(newsroom.store, EXTRACTOR_VERSION))
    if outdated:
        yield Finding(
            "findings", f"{outdated:,} of them are an older program's", "`newsbot reindex`"
        )
    newest = look_up_newest_added(newsroom.store)
    if newest is None:
        return
    if newest > now + CLOCK_SLACK:
        yield Finding(
            "clock",
            f"it says {now:%Y-%m-%d %H:%M} UTC, but an article came in at "
            f"{newest:%Y-%m-%d %H:%M} UTC",
            "set it right (`timedatectl set-ntp true`)",
            is_wrong=True,
        )
    else:
        yield Finding("clock", f"{now:%Y-%m-%d %H:%M} UTC, after all that is stored")
    hours = config.freshness.hours
    if hours and now - newest > timedelta(hours=hours):
        yield Finding(
            "news",
            f"the newest article came in {(now - newest).days} days ago",
            "look at the feeds (`newsbot feeds list`)",
        )


def _of_disk(path: Path) -> Iterator[Finding]:
    folder = path.absolute().parent
    if not folder.is_dir():
        return  # the store itself says so
    free = shutil.disk_usage(folder).free / 1e6
    size = path.stat().st_size / 1e6 if path.is_file() else 0.0
    state = f"{free:,.0f} MB free beside the store of {size:,.1f} MB"
    if not os.access(folder, os.W_OK | os.X_OK):
        advice = "give the bot's account the right to write there"
        yield Finding("disk", f"the folder {folder} may not be written", advice, is_wrong=True)
    elif free < LEAST_FREE_MB:
        yield Finding("disk", state, "free some space", is_wrong=True)
    elif free < 2 * size:
        yield Finding("disk", state, "an upgrade copies the store: twice its size is wise")
    else:
        yield Finding("disk", state)


def _of_backups(config: Config, now: datetime) -> Iterator[Finding]:
    if not config.backup.folder:
        advice = "set backup.folder, and the running bot makes one a day"
        yield Finding("copies", "none are made by themselves", advice)
        return
    folder = Path(config.backup.folder)
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        state = f"the folder {folder} is not there, or may not be written"
        yield Finding("copies", state, "create it for the bot's account", is_wrong=True)
        return
    times = sorted(m[1] for m in (_COPY.fullmatch(path.name) for path in folder.iterdir()) if m)
    if not times:
        yield Finding("copies", f"none in {folder} yet", "the running bot makes the first one")
        return
    last = datetime.strptime(times[-1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    state = f"{len(times)} in {folder}, the newest of {last:%Y-%m-%d %H:%M} UTC"
    if now - last > LATE_BACKUPS * timedelta(hours=config.backup.hours):
        advice = "the bot does not run, or the log says why it failed"
        yield Finding("copies", state, advice, is_wrong=True)
    else:
        yield Finding("copies", state)


# ---------------------------------------------------------------------------------- telegram
def _of_bot(store: Store, now: datetime, *, running: bool) -> Iterator[Finding]:
    """Whether a bot over `store` hears Telegram, what waits and what was given up."""
    last = inbox.look_up_last_poll(store.read())
    if last is None:
        yield Finding("telegram", "no bot has run over this store", is_wrong=running)
        return
    heard = now - last < SILENCE
    ago = max(int((now - last).total_seconds()), 0)
    told = f"{ago} s ago" if ago < 600 else f"{ago // 60} min ago"
    hint = "" if heard else "the bot does not run, or has no way to Telegram"
    yield Finding("telegram", f"last heard {told}", hint, is_wrong=running and not heard)
    yield from _of_abilities(inbox.look_up_abilities(store.read()))
    updates = inbox.count_updates(store.read())
    letters = outbox.count_letters(store.read())
    waiting = sum(letters.get(state, 0) for state in ("due", "sending", "unsure"))
    aside = updates.get("poison", 0)
    yield Finding(
        "inbox",
        f"{updates.get('new', 0)} waiting, {aside} set aside after {inbox.MOST_TRIES} tries",
        "the log tells why, by the reference" if aside else "",
    )
    yield Finding("outbox", f"{waiting} waiting, {letters.get('failed', 0)} given up")


def _of_abilities(found: inbox.Abilities | None) -> Iterator[Finding]:
    """Whether the bot answers in other people's chats, and how that is switched on."""
    if found is None:
        return
    for what, is_on, how in (
        ("inline mode", found.inline, "/setinline at @BotFather"),
        ("guest mode", found.guests, "the settings of @BotFather's own app"),
    ):
        yield Finding(what, "on" if is_on else "off", "" if is_on else f"{how} switches it on")


def _of_token(config: Config, *, ask: bool) -> Iterator[Finding]:
    token = config.telegram.token.reveal()
    if not token:
        state = "no token is set"
        advice = "`newsbot run` needs one, `newsbot chat` does not"
        yield Finding("telegram", state, advice, is_wrong=ask)
        return
    admins = len(config.telegram.admins)
    state = f"a token is set, {admins} admin{'' if admins == 1 else 's'}"
    if not _TOKEN.fullmatch(token):
        advice = "it does not look like one (123456:ABC…); copy it again from @BotFather"
        yield Finding("telegram", state, advice, is_wrong=True)
    elif not admins:
        yield Finding("telegram", state, "nobody can add articles; set telegram.admins")
    else:
        yield Finding("telegram", state)
    if ask:
        yield _asked(config, token)


def _asked(config: Config, token: str) -> Finding:
    """What Telegram says of the token, and of our clock."""
    from email.utils import parsedate_to_datetime

    import httpx

    try:
        answer = httpx.get(f"{config.telegram.base_url}{token}/getMe", timeout=ASK_SECONDS)
        told = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        state = f"it cannot be reached ({type(error).__name__})"
        return Finding("telegram", state, "look at the network and any proxy", is_wrong=True)
    if not told.get("ok"):
        advice = "get a new token from @BotFather"
        return Finding("telegram", "it refuses the token", advice, is_wrong=True)
    name = told["result"].get("username", "")
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return Finding("telegram", f"it takes the token of @{name}")
    apart = abs(datetime.now(UTC) - theirs)
    if apart > CLOCK_SLACK:
        state = f"it takes the token of @{name}, but its clock is {apart} apart from ours"
        return Finding("telegram", state, "set the clock right", is_wrong=True)
    return Finding("telegram", f"it takes the token of @{name}, and our clocks agree")
