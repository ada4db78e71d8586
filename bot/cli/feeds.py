"""`newsbot feeds`: follow feeds, poll them, and take lists of them in and out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.options import DONE, FAILED, Globals, global_options, open_newsroom, tell
from bot.errors import BotError, IntakeError, StoreRefusedError

if TYPE_CHECKING:
    from bot.config import Config
    from bot.feeds.rhythm import FeedSettings
    from bot.feeds.rounds import FeedRounds
    from bot.newsroom import Newsroom
    from bot.store.feeds import Feed

_JSON = click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout.")


@click.group()
@global_options
def feeds() -> None:
    """Follow RSS, Atom and JSON feeds. `newsbot run` polls them by itself."""


@feeds.command("list")
@_JSON
@global_options
@click.pass_obj
def list_feeds(shared: Globals, *, as_json: bool) -> None:
    """Show the feeds that are followed, and how their last poll went."""
    from bot.store.feeds import count_articles, find_feeds

    with open_newsroom(shared) as newsroom:
        followed = find_feeds(newsroom.store)
        counts = count_articles(newsroom.store)
    for feed in followed:
        row = _row(feed, counts.get(feed.id, 0))
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(feed, row))
    if not followed:
        tell("No feed is followed. Add one: newsbot feeds add https://…")


@feeds.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL…")
@click.option("--outlet", help="The outlet's name for the articles; else the page's own word.")
@click.option("--topic", help="The topic of the articles; else the page's own word.")
@_JSON
@global_options
@click.pass_obj
def add(
    shared: Globals,
    urls: tuple[str, ...],
    outlet: str | None,
    topic: str | None,
    *,
    as_json: bool,
) -> None:
    """Follow the feed at each URL, or the one that the page there names."""
    failed = False
    with _rounds(shared) as (newsroom, rounds):
        for url in urls:
            row: dict[str, Any] = {"source": url}
            try:
                feed = rounds.follow(url, newsroom.clock(), outlet=outlet, topic=topic)
                row |= {"status": "added", "id": feed.id, "url": feed.url, "title": feed.title}
                words = f"added      {feed.id} {feed.name} ({feed.url})"
            except (IntakeError, StoreRefusedError) as error:
                row |= {"status": "refused", "reason": str(error)}
                words = f"refused    {url}: {error}"
                failed = True
            click.echo(json.dumps(row, ensure_ascii=False) if as_json else words)
    sys.exit(FAILED if failed else DONE)


@feeds.command()
@click.argument("names", nargs=-1, required=True, metavar="NUMBER|URL…")
@global_options
@click.pass_obj
def remove(shared: Globals, names: tuple[str, ...]) -> None:
    """Follow feeds no more; their articles stay."""
    from bot.store.feeds import remove_feed

    _each(shared, names, lambda newsroom, feed: remove_feed(newsroom.store, feed.id), "removed")


@feeds.command()
@click.argument("names", nargs=-1, required=True, metavar="NUMBER|URL…")
@global_options
@click.pass_obj
def pause(shared: Globals, names: tuple[str, ...]) -> None:
    """Leave feeds alone until `newsbot feeds resume`."""
    from bot.store.feeds import FeedState, change_feed

    _each(
        shared,
        names,
        lambda newsroom, feed: change_feed(newsroom.store, feed.id, state=FeedState.PAUSED),
        "paused",
    )


@feeds.command()
@click.argument("names", nargs=-1, required=True, metavar="NUMBER|URL…")
@global_options
@click.pass_obj
def resume(shared: Globals, names: tuple[str, ...]) -> None:
    """Poll feeds again that were paused, or that were given up."""
    from bot.feeds.rounds import resume_feed

    _each(
        shared,
        names,
        lambda newsroom, feed: resume_feed(newsroom.store, feed.id, newsroom.clock()),
        "resumed",
    )


@feeds.command("set")
@click.argument("name", metavar="NUMBER|URL")
@click.option("--outlet", help="The outlet's name for the articles; \"\" for the page's own word.")
@click.option("--topic", help='The topic of the articles; "" for the page\'s own word.')
@global_options
@click.pass_obj
def set_feed(shared: Globals, name: str, outlet: str | None, topic: str | None) -> None:
    """Name the outlet or the topic of what a feed will bring."""
    from bot.store.feeds import change_feed

    changes = {
        key: value.strip() or None
        for key, value in (("outlet", outlet), ("topic", topic))
        if value is not None
    }
    if not changes:
        raise click.UsageError("Name what to set: --outlet or --topic.")
    _each(
        shared,
        (name,),
        lambda newsroom, feed: change_feed(newsroom.store, feed.id, **changes),
        "set",
    )


@feeds.command()
@click.argument("names", nargs=-1, metavar="[NUMBER|URL]…")
@click.option("--all", "everything", is_flag=True, help="Poll also what is not due yet.")
@_JSON
@global_options
@click.pass_obj
def poll(shared: Globals, names: tuple[str, ...], *, everything: bool, as_json: bool) -> None:
    """Poll the feeds that are due, or those named, and store what is new."""
    from bot.feeds.rounds import Round
    from bot.store.feeds import FeedState, find_feeds, find_untold_news

    with _rounds(shared) as (newsroom, rounds):
        only = [_find(newsroom, name).id for name in names] or None
        if everything:
            only = [f.id for f in find_feeds(newsroom.store) if f.state is FeedState.ACTIVE]
        done = Round()
        told = {item.id for item in find_untold_news(newsroom.store, limit=10_000)}
        while True:
            one = rounds.poll(newsroom.clock(), only=only)
            only = None if only is None else []
            done += one
            if not one.more:
                break
        for item in find_untold_news(newsroom.store, limit=10_000):
            if item.id not in told:
                tell(item.words)
        if as_json:
            row = {f.name: getattr(done, f.name) for f in fields(done) if f.name != "more"}
            click.echo(json.dumps(row))
        else:
            click.echo(_summary(done))
    sys.exit(FAILED if done.failed else DONE)


@feeds.command("import")
@click.argument("file", metavar="FILE|-")
@_JSON
@global_options
@click.pass_obj
def import_list(shared: Globals, file: str, *, as_json: bool) -> None:
    """Follow the feeds of another reader's list (OPML); - reads standard input."""
    from bot.feeds.exchange import import_opml

    data = _read(file)
    with open_newsroom(shared) as newsroom:
        imported = import_opml(newsroom, data, newsroom.clock())
    if as_json:
        click.echo(json.dumps(asdict(imported), ensure_ascii=False))
    else:
        for url, reason in imported.refused:
            click.echo(f"refused    {url}: {reason}")
        click.echo(f"{imported.added} added, {imported.known} followed already")
    sys.exit(FAILED if imported.refused else DONE)


@feeds.command("export")
@click.argument("file", metavar="FILE|-")
@global_options
@click.pass_obj
def export_list(shared: Globals, file: str) -> None:
    """Write all feeds as a list that other readers take (OPML); - writes standard output."""
    from bot.feeds.exchange import export_opml

    with open_newsroom(shared) as newsroom:
        data = export_opml(newsroom)
    if file == "-":
        click.echo(data, nl=False)
        return
    try:
        with Path(file).open("xb") as target:
            target.write(data)
    except FileExistsError:
        raise StoreRefusedError(f"{file} exists already. Name a new file.") from None
    tell(f"The feeds were written to {file}.")


# ------------------------------------------------------------------------------- helpers
@contextmanager
def _rounds(shared: Globals) -> Iterator[tuple[Newsroom, FeedRounds]]:
    from bot.feeds.rounds import FeedRounds

    with open_newsroom(shared) as newsroom:
        yield newsroom, FeedRounds(newsroom, feed_settings(shared.load()))


def feed_settings(config: Config) -> FeedSettings:
    """How feeds are polled, as the configuration says it."""
    from bot.feeds.rhythm import FeedSettings

    return FeedSettings(**{f.name: getattr(config.feeds, f.name) for f in fields(FeedSettings)})


def _each(shared: Globals, names: tuple[str, ...], act: Any, done: str) -> None:
    """Do `act` with each feed that is named; one that is not there stops no other."""
    failed = False
    with open_newsroom(shared) as newsroom:
        for name in names:
            try:
                feed = _find(newsroom, name)
                act(newsroom, feed)
                click.echo(f"{done:10} {feed.id} {feed.name}")
            except BotError as error:
                click.echo(f"refused    {name}: {error}")
                failed = True
    sys.exit(FAILED if failed else DONE)


def _find(newsroom: Newsroom, name: str) -> Feed:
    """The feed with this number or address. Raises StoreRefusedError."""
    from bot.store.feeds import get_feed, look_up_feed

    if name.isascii() and name.isdigit() and len(name) < 19:
        return get_feed(newsroom.store, int(name))
    feed = look_up_feed(newsroom.store, name)
    if feed is None:
        raise StoreRefusedError(f"There is no feed {name}.")
    return feed


def _read(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise IntakeError(f"{file} cannot be read ({reason}).") from error


def _row(feed: Feed, articles: int) -> dict[str, Any]:
    def when(moment: datetime | None) -> str | None:
        return moment.isoformat(timespec="seconds") if moment else None

    return {
        "id": feed.id,
        "url": feed.url,
        "title": feed.title,
        "outlet": feed.outlet,
        "topic": feed.topic,
        "state": feed.state.value,
        "articles": articles,
        "polled": when(feed.polled),
        "succeeded": when(feed.succeeded),
        "next_due": when(feed.next_due),
        "failures": feed.failures,
        "fault": feed.fault,
    }


def _line(feed: Feed, row: dict[str, Any]) -> str:
    state = feed.state.value if not feed.failures or feed.state != "active" else "failing"
    count = f"{row['articles']} article{'' if row['articles'] == 1 else 's'}"
    parts = [f"{feed.id:4} {state:8} {count:13} {feed.name}"]
    parts += [f"({feed.url})"] if feed.title else []
    parts += [f"- {feed.fault}"] if feed.fault else []
    return " ".join(parts)


def _summary(done: Any) -> str:
    """A round in words, without what did not happen."""
    words = [f"{done.polled} polled"]
    for name in ("unchanged", "failed"):
        if count := getattr(done, name):
            words.append(f"{count} {name}")
    articles = ", ".join(
        f"{count} {name}"
        for name, count in (
            ("added", done.added),
            ("updated", done.updated),
            ("known", done.known),
            ("refused", done.refused),
        )
        if count
    )
    return f"Feeds: {', '.join(words)}. Articles: {articles or 'nothing new'}."
