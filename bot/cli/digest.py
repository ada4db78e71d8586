"""`newsbot digest`: what a subscriber would get, as text or as JSON."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from bot.cli.options import Globals, global_options, open_newsroom, parse_now, tell

if TYPE_CHECKING:
    from bot.digest import Digest, Interest

DEFAULT_WINDOW = timedelta(days=1)


@click.command()
@click.option("--topic", help="News on a topic: all of these words, in any form.")
@click.option("--person", help="News of a person.")
@click.option("--phrase", help="News that holds these words, one after another.")
@click.option("--outlet", help="News of one outlet.")
@click.option("--question", help="What answers a question.")
@click.option("--about", default="", help="Only what the person or outlet has on this.")
@click.option("--without", multiple=True, help="A word or phrase to leave out; may be repeated.")
@click.option("--since", help="ISO 8601; a day before --until, when not given.")
@click.option("--until", help="ISO 8601; now, when not given.")
@click.option("--length", type=click.Choice(["short", "medium", "long"]), default="medium")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, a line a sentence.")
@global_options
@click.pass_obj
def digest(
    shared: Globals,
    topic: str | None,
    person: str | None,
    phrase: str | None,
    outlet: str | None,
    question: str | None,
    about: str,
    without: tuple[str, ...],
    since: str | None,
    until: str | None,
    length: str,
    *,
    as_json: bool,
) -> None:
    """Print what is new: all of it, or on one topic, person, phrase, outlet or question."""
    from bot.digest import InterestKind, Length, make_interest
    from bot.talk.digest_pages import digest_reply, nothing_new
    from bot.talk.plain import render_plain

    given = {
        InterestKind.TOPIC: topic,
        InterestKind.PERSON: person,
        InterestKind.PHRASE: phrase,
        InterestKind.OUTLET: outlet,
        InterestKind.QUESTION: question,
    }
    named = [(kind, words) for kind, words in given.items() if words is not None]
    if len(named) > 1:
        raise click.UsageError("Name one of --topic, --person, --phrase, --outlet, --question.")
    kind, words = named[0] if named else (InterestKind.EVERYTHING, "")
    what = make_interest(kind, words, about=about, without=without)
    end = parse_now(until, "--until") if until else shared.clock()()
    begin = parse_now(since, "--since") if since else end - DEFAULT_WINDOW
    if begin >= end:
        raise click.UsageError("--since must lie before --until.")
    with open_newsroom(shared) as newsroom:
        made = newsroom.digest(what, begin, end, length=Length(length))
        if as_json:
            for line in digest_as_json(made):
                click.echo(json.dumps(line, ensure_ascii=False))
            if made.is_empty:
                tell(nothing_new(made))
        else:
            click.echo(render_plain(digest_reply(made)))


def digest_as_json(made: Digest) -> list[dict[str, Any]]:
    """The lines of `newsbot digest --json`, one for each sentence."""
    from bot.cli.json_shapes import moment

    lines: list[dict[str, Any]] = []
    for number, story in enumerate(made.stories, 1):
        for line in story.lines:
            article = line.article
            shape: dict[str, Any] = {
                "interest": interest_as_json(made.interest),
                "story": number,
                "update": story.is_update,
                "story_since": moment(story.since),
                "kind": line.kind.value,
                "text": line.text,
                "article_id": article.id,
                "version": article.version,
                "sha256": article.sha256,
                "title": article.title,
                "source": article.source,
                "url": article.url,
                "published": moment(article.published),
                "start": line.span.start,
                "end": line.span.end,
            }
            if line.speaker:
                shape["speaker"] = {"name": line.speaker}
                if line.role:
                    shape["speaker"]["role"] = line.role
            if line.note:
                shape["note"] = line.note
            if line.also:
                shape["also"] = [other.id for other in line.also]
            lines.append(shape)
    return lines


def interest_as_json(interest: Interest) -> dict[str, Any]:
    """What a digest is about, as JSON."""
    from bot.digest import dump_interest

    return {name: value for name, value in dump_interest(interest).items() if value}
