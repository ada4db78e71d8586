"""The standing pages of the conversation: start, help, the outlets, an article, privacy."""

from __future__ import annotations

from bot.model import Article, NameKind
from bot.newsroom import Newsroom
from bot.talk.commands import GROUPS, UNLISTED, Command, commands_for
from bot.talk.lines import article_line, coverage_line
from bot.talk.replies import Block, BlockKind, Button, Evidence, Reply, Role
from bot.text.words import fold

SOURCES_SHOWN = 30
NAMES_SHOWN = 8


def start_reply(newsroom: Newsroom, role: Role, questions: list[str]) -> Reply:
    """The first page: what I do, what I do not, and questions that have answers."""
    cover = newsroom.coverage()
    outlets = len(newsroom.sources())
    if not cover.articles:
        lines = ["I answer questions about the news. The store holds no article yet."]
        if role.may(Role.EDITOR):
            lines.append("Send /add to put in the first one.")
        return Reply(tuple(Block(BlockKind.TEXT, line) for line in lines))
    plural = "s" if outlets != 1 else ""
    blocks = [
        Block(
            BlockKind.TEXT,
            f"I answer questions about the news from {outlets} outlet{plural} with the exact "
            "sentence and its source. Just type, in your own words.",
        ),
        Block(
            BlockKind.TEXT, "I do not guess: if it is in no article, I say so. /help tells more."
        ),
        Block(BlockKind.FOOTER, coverage_line(cover.articles, cover.newest)),
    ]
    buttons = tuple((Button(question, press=f"ask:{question}"),) for question in questions)
    return Reply(tuple(blocks), buttons)


def help_reply(role: Role, typed: str = "") -> Reply:
    """How to ask, and what else there is, short enough for a phone; with "all" every command that
    this person may use, with the name of one that one."""
    word = fold(typed).strip("/ .!?")
    mine = {command.name: command for command in commands_for(role)}
    if word in mine:
        return Reply((Block(BlockKind.TEXT, _command_line(mine[word])),))
    if word in ("all", "commands", "all commands"):
        return _all_commands(mine)
    blocks = [
        Block(BlockKind.LEAD, "Ask about the news, in your own words."),
        Block(
            BlockKind.TEXT,
            "“what did the mayor say about the bridge”, “when is the strike”, “how many were "
            "evacuated”, “who is Lindqvist”. Then go on: “and for how long?” Put exact words in "
            "quotation marks.",
        ),
        Block(
            BlockKind.TEXT,
            "Every answer is a sentence of a stored article, word for word, with its source. When "
            "I have nothing, I say so.",
        ),
        Block(
            BlockKind.TEXT,
            "I also tell you by myself: “tell me when Lindqvist says something on gas”, “send me "
            "the news on the flood every morning at 7”.",
        ),
    ]
    for group, names in GROUPS:
        shown = [f"/{name}" for name in names if name in mine and name not in UNLISTED]
        if shown:
            blocks.append(Block(BlockKind.TEXT, f"{group}: {' '.join(shown)}"))
    return Reply(tuple(blocks), ((Button("All commands", "cmd:/help all"),),))


def _all_commands(mine: dict[str, Command]) -> Reply:
    blocks = [Block(BlockKind.LEAD, "All commands")]
    for group, names in GROUPS:
        if shown := [_command_line(mine[name]) for name in names if name in mine]:
            blocks.append(Block(BlockKind.TEXT, "\n".join([f"{group}:", *shown])))
    return Reply(tuple(blocks))


def _command_line(command: Command) -> str:
    usage = f" {command.usage}" if command.usage else ""
    return f"/{command.name}{usage} – {command.summary}"


def sources_reply(newsroom: Newsroom) -> Reply:
    """The outlets in the store, with how many articles each."""
    sources = newsroom.sources()
    if not sources:
        return Reply((Block(BlockKind.TEXT, "There is no article yet."),))
    lines = [f"{name}: {count:,}" for name, count in sources[:SOURCES_SHOWN]]
    if len(sources) > SOURCES_SHOWN:
        lines.append(f"… and {len(sources) - SOURCES_SHOWN} more.")
    return Reply((Block(BlockKind.LEAD, "Outlets"), Block(BlockKind.TEXT, "\n".join(lines))))


def article_page(newsroom: Newsroom, article: Article, role: Role = Role.READER) -> Reply:
    """One article: headline, first sentence, who is quoted and named; for the team its number
    and what can be done to it."""
    findings = newsroom.get_findings(article)
    blocks = [
        Block(BlockKind.LEAD, article.title or "(no headline)"),
        Block(BlockKind.TEXT, article_line(article), url=article.url),
    ]
    lede = [s for s in findings.sentences if s.of(article.text).strip() != (article.title or "")]
    if lede:
        blocks.append(
            Block(
                BlockKind.QUOTE, lede[0].of(article.text), evidence=Evidence(article.key, lede[0])
            )
        )
    speakers = dict.fromkeys(
        q.speaker.name for q in findings.quotes if q.speaker and q.speaker.name
    )
    if speakers:
        blocks.append(
            Block(BlockKind.TEXT, f"Quoted here: {', '.join(list(speakers)[:NAMES_SHOWN])}.")
        )
    others = dict.fromkeys(
        m.name for m in findings.names if m.kind is NameKind.PERSON and m.name not in speakers
    )
    if others:
        blocks.append(
            Block(BlockKind.TEXT, f"Also named: {', '.join(list(others)[:NAMES_SHOWN])}.")
        )
    if not role.may(Role.VIEWER):
        return Reply(tuple(blocks))
    blocks.append(Block(BlockKind.FOOTER, f"#{article.key}, version {article.version}"))
    acts = [Button("History", f"hist:{article.key}")]
    if role.may(Role.EDITOR):
        acts.insert(0, Button("Edit", f"ed:{article.key}"))
        acts.append(Button("Remove", f"rm:{article.key}"))
    return Reply(tuple(blocks), (tuple(acts),))


def privacy_reply(role: Role) -> Reply:
    """What is kept about a person, for how long, and a button that deletes it."""
    lines = [
        "Your questions and my answers to them are kept for about a year, so that the buttons "
        "under the answers go on working, with the number of your account but not your name.",
        "Your messages as they came in are dropped after two days. Of each chat I keep what the "
        "last question was about; /new drops that.",
        "What you follow, when you want to hear of it and what you were told already is kept "
        "until you unfollow it; if you block me, for 30 days.",
        "What you report as wrong is kept until an editor has looked at it, and after.",
        "Nothing is passed on to anybody, and no question leaves this program to be answered.",
    ]
    if role is not Role.READER:
        lines.append(
            "What you do to the store is kept in an audit that the team can read, with the number "
            "and name of your account."
        )
    blocks = [Block(BlockKind.LEAD, "What I keep about you")]
    blocks += [Block(BlockKind.TEXT, line) for line in lines]
    return Reply(tuple(blocks), ((Button("Delete my questions", press="forget:ask"),),))
