"""The standing pages of the conversation: start, help, the outlets, an article, privacy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.locales import N_, _, ngettext
from bot.locales.days import spoken_day
from bot.locales.numbers import spoken_number
from bot.model import Article, NameKind, day_of
from bot.newsroom import Newsroom
from bot.store import corrections as shelf
from bot.talk.article_findings import findings_blocks, findings_buttons
from bot.talk.commands import (
    GROUPS,
    UNLISTED,
    Command,
    commands_for,
    summary_of,
    usage_of,
)
from bot.talk.languages import questions_hint
from bot.talk.lines import article_line, coverage_line
from bot.talk.replies import Block, BlockKind, Button, Evidence, Reply, Role
from bot.text.names import same_person_shape
from bot.text.words import fold

IN_GROUP = N_(
    "In a group I hear what names me or replies to me; type a question after my name, or reply to "
    "an answer."
)
SOURCES_SHOWN = 30
NAMES_SHOWN = 8


def start_reply(
    newsroom: Newsroom, role: Role, questions: list[str], *, in_group: bool = False
) -> Reply:
    """The first page: what I do, what I do not, and questions that have answers; in a group, how
    to speak to me there."""
    cover = newsroom.coverage()
    outlets = len(newsroom.sources())
    if not cover.articles:
        lines = [_("I answer questions about the news. The store holds no article yet.")]
        if role.may(Role.EDITOR):
            lines.append(_("Send /add to put in the first one."))
        return Reply(tuple(Block(BlockKind.TEXT, line) for line in lines))
    blocks = [
        Block(
            BlockKind.TEXT,
            ngettext(
                "I answer questions about the news from {n} outlet with the exact sentence and "
                "its source. Just type, in your own words.",
                "I answer questions about the news from {n} outlets with the exact sentence and "
                "its source. Just type, in your own words.",
                outlets,
            ).format(n=outlets),
        ),
        Block(
            BlockKind.TEXT,
            _("I do not guess: if it is in no article, I say so. /help tells more."),
        ),
        *_hint(),
        *([Block(BlockKind.TEXT, _(IN_GROUP))] if in_group else []),
        Block(BlockKind.FOOTER, coverage_line(cover.articles, cover.newest)),
    ]
    buttons = tuple((Button(question, press=f"ask:{question}"),) for question in questions)
    return Reply(tuple(blocks), buttons)


def _hint() -> list[Block]:
    """That questions are to be asked in English, for whom it is another language."""
    hint = questions_hint()
    return [Block(BlockKind.TEXT, hint)] if hint is not None else []


def help_reply(role: Role, typed: str = "", *, inline: bool = False) -> Reply:
    """How to ask, and what else there is, short enough for a phone; with "all" every command that
    this person may use, with the name of one that one. `inline` tells that I answer in other
    chats, too."""
    word = fold(typed).strip("/ .!?")
    mine = {command.name: command for command in commands_for(role)}
    if word in mine:
        return Reply((Block(BlockKind.TEXT, _command_line(mine[word])),))
    if word in ("all", "commands", "all commands"):
        return _all_commands(mine)
    blocks = [
        Block(BlockKind.LEAD, _("Ask about the news, in your own words.")),
        *_hint(),
        Block(
            BlockKind.TEXT,
            _(
                "“what did the mayor say about the bridge”, “when is the strike”, “how many were "
                "evacuated”, “who is Lindqvist”. Then go on: “and for how long?” Put exact words "
                "in quotation marks."
            ),
        ),
        Block(
            BlockKind.TEXT,
            _(
                "Every answer is a sentence of a stored article, word for word, with its source. "
                "When I have nothing, I say so."
            ),
        ),
        Block(
            BlockKind.TEXT,
            _(
                "I also tell you by myself: “tell me when Lindqvist says something on gas”, “send "
                "me the news on the flood every morning at 7”."
            ),
        ),
    ]
    if inline:
        words = _("In any other chat: type my name and a question, and choose what to send there.")
        blocks.append(Block(BlockKind.TEXT, words))
    for group, names in GROUPS:
        shown = [f"/{name}" for name in names if name in mine and name not in UNLISTED]
        if shown:
            blocks.append(Block(BlockKind.TEXT, f"{_(group)}: {' '.join(shown)}"))
    return Reply(tuple(blocks), ((Button(_("All commands"), "cmd:/help all"),),))


def _all_commands(mine: dict[str, Command]) -> Reply:
    blocks = [Block(BlockKind.LEAD, _("All commands"))]
    for group, names in GROUPS:
        if shown := [_command_line(mine[name]) for name in names if name in mine]:
            blocks.append(Block(BlockKind.TEXT, "\n".join([f"{_(group)}:", *shown])))
    return Reply(tuple(blocks))


def _command_line(command: Command) -> str:
    usage = f" {usage_of(command)}" if command.usage else ""
    return f"/{command.name}{usage} – {summary_of(command)}"


def sources_reply(newsroom: Newsroom) -> Reply:
    """The outlets in the store, with how many articles each."""
    sources = newsroom.sources()
    if not sources:
        return Reply((Block(BlockKind.TEXT, _("There is no article yet.")),))
    lines = [f"{name}: {spoken_number(count)}" for name, count in sources[:SOURCES_SHOWN]]
    if len(sources) > SOURCES_SHOWN:
        lines.append(_("… and {n} more.").format(n=len(sources) - SOURCES_SHOWN))
    return Reply((Block(BlockKind.LEAD, _("Outlets")), Block(BlockKind.TEXT, "\n".join(lines))))


def article_page(newsroom: Newsroom, article: Article, role: Role = Role.READER) -> Reply:
    """One article: headline, first sentence, who is quoted and named; for the team its number
    and what can be done to it."""
    findings = newsroom.get_findings(article)
    blocks = [
        Block(BlockKind.LEAD, article.title or _("(no headline)")),
        Block(BlockKind.TEXT, article_line(article), url=article.url),
    ]
    if (updated := _updated(article)) is not None:
        blocks.append(Block(BlockKind.TEXT, updated))
    lede = [s for s in findings.sentences if s.of(article.text).strip() != (article.title or "")]
    if article.removed is not None:  # its sentences are no longer the store's to quote
        blocks.append(
            Block(BlockKind.TEXT, _("It was removed: no search and no answer finds it."))
        )
    elif lede:
        blocks.append(
            Block(
                BlockKind.QUOTE, lede[0].of(article.text), evidence=Evidence(article.key, lede[0])
            )
        )
    people = _distinct(m.name for m in findings.names if m.kind is NameKind.PERSON)
    speakers = _distinct(
        _fuller(q.speaker.name, people) for q in findings.quotes if q.speaker and q.speaker.name
    )
    if speakers:
        blocks.append(
            Block(
                BlockKind.TEXT,
                _("Quoted here: {names}.").format(names=", ".join(speakers[:NAMES_SHOWN])),
            )
        )
    others = [n for n in people if not any(same_person_shape(n, other) for other in speakers)]
    if others:
        blocks.append(
            Block(
                BlockKind.TEXT,
                _("Also named: {names}.").format(names=", ".join(others[:NAMES_SHOWN])),
            )
        )
    rows: list[tuple[Button, ...]] = []
    if article.removed is None:
        blocks += findings_blocks(findings)
        rows.append(findings_buttons(article, findings))
    if shelf.count_public(newsroom.store, article.id):
        corrections = Button(_("Corrections"), f"corr:0:{article.key}")
        rows = [(*rows[0], corrections)] if rows else [(corrections,)]
    rows = [row for row in rows if row]
    if not role.may(Role.VIEWER):
        return Reply(tuple(blocks), tuple(rows))
    blocks.append(
        Block(
            BlockKind.FOOTER,
            _("#{key}, version {version}").format(key=article.key, version=article.version),
        )
    )
    acts = [Button(_("History"), f"hist:{article.key}")]
    if role.may(Role.EDITOR):
        acts.insert(0, Button(_("Edit"), f"ed:{article.key}"))
        acts.append(Button(_("Remove"), f"rm:{article.key}"))
    return Reply(tuple(blocks), (*rows, tuple(acts)))


def _distinct(names: Iterable[str]) -> list[str]:
    """`names` in order, each bearer once: a surname alone goes where a fuller name is."""
    kept: list[str] = []
    for name in dict.fromkeys(names):
        known = next((n for n, other in enumerate(kept) if same_person_shape(name, other)), None)
        if known is None:
            kept.append(name)
        elif " " not in kept[known]:
            kept[known] = name
    return kept


def _fuller(name: str, people: Sequence[str]) -> str:
    """The one fuller name among `people` that a surname alone may stand for, else `name`."""
    bearers = [other for other in people if same_person_shape(name, other)]
    return bearers[0] if " " not in name and len(bearers) == 1 else name


def _updated(article: Article) -> str | None:
    """When its outlet changed it last, in a sentence; None where it tells nothing of the kind."""
    when, day = article.modified, day_of(article.modified)
    if when is None or day is None or (article.day is not None and day < article.day):
        return None
    if isinstance(when, datetime):
        return _("Updated {day} {time} UTC.").format(day=spoken_day(day), time=f"{when:%H:%M}")
    return _("Updated {day}.").format(day=spoken_day(day))


def privacy_reply(role: Role) -> Reply:
    """What is kept about a person, for how long, and a button that deletes it."""
    lines = [
        _(
            "Your questions and my answers to them are kept for about a year, so that the buttons "
            "under the answers go on working, with the number of your account but not your name."
        ),
        _(
            "Your messages as they came in are dropped after two days. Of each chat I keep what "
            "the last question was about; /new drops that."
        ),
        _(
            "Which sentences stand in my messages to this chat is kept for about a month, so that "
            "they can be put right when an article is corrected."
        ),
        _(
            "What you follow, when you want to hear of it and what you were told already is kept "
            "until you unfollow it; if you block me, for 30 days."
        ),
        _("Sentences that you save are kept until you remove them: /saved"),
        _("What you report as wrong is kept until an editor has looked at it, and after."),
        _("What you type after my name in other chats is not kept."),
        _(
            "Whoever runs me may make copies of my store; what you delete is in them until they "
            "are deleted. My log holds neither your words nor the number of your account."
        ),
        _("Nothing is passed on to anybody, and no question leaves this program to be answered."),
    ]
    if role is not Role.READER:
        lines.append(
            _(
                "What you do to the store is kept in an audit that the team can read, with the "
                "number and name of your account."
            )
        )
    blocks = [Block(BlockKind.LEAD, _("What I keep about you"))]
    blocks += [Block(BlockKind.TEXT, line) for line in lines]
    return Reply(
        tuple(blocks),
        (
            (Button(_("See all of it"), press="cmd:/mydata"),),
            (Button(_("Delete my questions"), press="forget:ask"),),
        ),
    )
