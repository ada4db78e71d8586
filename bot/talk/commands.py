"""The commands: one list that the handlers, the menu, the help and the documents are made from."""

from __future__ import annotations

from dataclasses import dataclass

from bot.talk.replies import Role


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what is typed after the slash, what it does, and who may use it."""

    name: str
    summary: str
    usage: str = ""
    role: Role = Role.READER
    menu: bool = True
    team_menu: bool = True
    """Whether the team's menus hold it, too: they make room for what only the team may do."""


COMMANDS: tuple[Command, ...] = (
    Command("start", "what I do, with questions to try", menu=False),
    Command(
        "ask",
        "ask a question; a question without a command works as well",
        "QUESTION",
        team_menu=False,
    ),
    Command("who", "who did, said or is something", "DID WHAT", team_menu=False),
    Command(
        "said",
        "what somebody said, about a topic if you name it",
        "NAME [about TOPIC]",
        team_menu=False,
    ),
    Command("person", "who somebody is, and all they said", "NAME", menu=False),
    Command("agreed", "what was agreed, decided or signed", "[TOPIC]", team_menu=False),
    Command("when", "when something is or was", "WHAT", menu=False),
    Command(
        "check",
        "whether somebody said it: who, when, in which words",
        "QUOTE",
        team_menu=False,
    ),
    Command(
        "timeline",
        "what somebody said by day, and where their word turns",
        "NAME [on TOPIC]",
        menu=False,
    ),
    Command(
        "compare",
        "two people or outlets on one topic, side by side",
        "NAME and NAME on TOPIC",
        menu=False,
    ),
    Command(
        "latest",
        "the newest articles, of one outlet if you name it",
        "[OUTLET]",
        team_menu=False,
    ),
    Command("digest", "the news of a day or a week, each thing said once", "[TOPIC] [WHEN]"),
    Command("search", "the articles that hold your words", "WORDS"),
    Command(
        "article",
        "one article: headline, first sentence, who is quoted",
        "ID, LINK or HEADLINE",
        menu=False,
    ),
    Command(
        "follow",
        "tell me what is new on somebody or something",
        "NAME, TOPIC or QUESTION [without WORDS] [WHEN]",
    ),
    Command("subs", "what this chat follows: change, pause, stop", "[@CHANNEL or WORDS]"),
    Command("unfollow", "stop following something", "NAME or TOPIC", menu=False),
    Command(
        "settings",
        "time zone, quiet hours, sound, length",
        "[@CHANNEL] [time zone CITY]",
        menu=False,
    ),
    Command("language", "the language that I speak here", "[LANGUAGE]", menu=False),
    Command("sources", "the outlets, and how many articles of each", menu=False),
    Command("why", "how I found the last answer", menu=False),
    Command("new", "forget what we were talking about", team_menu=False),
    Command("help", "how to ask, and all commands"),
    Command("privacy", "what I keep about you, and how to delete it", menu=False),
    Command("forget", "delete your questions, or all that I keep about you", menu=False),
    Command(
        "add", "add an article: a text, link or file, or in reply to one", "[TEXT]", Role.EDITOR
    ),
    Command("feed", "the feeds that are followed", "[add ADDRESS]", Role.EDITOR, menu=False),
    Command("done", "the article is complete", role=Role.EDITOR, menu=False),
    Command("undo", "take back your last act", role=Role.EDITOR),
    Command("edit", "correct a field of a stored article", "ARTICLE [FIELD: VALUE]", Role.EDITOR),
    Command("remove", "take an article out of search and answers", "ARTICLE", Role.EDITOR),
    Command("restore", "bring a removed article back", "ARTICLE", Role.EDITOR, menu=False),
    Command(
        "purge", "delete an article for good, with its traces", "ARTICLE", Role.OWNER, menu=False
    ),
    Command(
        "history",
        "the versions of an article, and who did what to it",
        "ARTICLE",
        Role.VIEWER,
        menu=False,
    ),
    Command(
        "changes",
        "what a version of an article changed",
        "ARTICLE [VERSION]",
        Role.VIEWER,
        menu=False,
    ),
    Command("reports", "answers that people call wrong", role=Role.VIEWER),
    Command("audit", "who did what to the store", role=Role.VIEWER),
    Command(
        "invite",
        "a link that makes somebody editor or viewer",
        "[editor|viewer]",
        Role.OWNER,
        menu=False,
    ),
    Command("roles", "who may do what, and buttons that change it", role=Role.OWNER),
    Command(
        "stats",
        "what was asked, what found nothing, and the store",
        "[DAYS]",
        Role.EDITOR,
        menu=False,
    ),
    Command(
        "broadcast",
        "a note to everybody who talks with the bot",
        "TEXT",
        Role.OWNER,
        menu=False,
    ),
    Command("cancel", "stop what you began", menu=False),
)
EXAMPLES = {
    "who": "/who called the strike",
    "said": "/said Lindqvist about gas",
    "agreed": "/agreed on the railway",
    "when": "/when is the strike",
}
"""The commands that stand for the beginning of a question, each with an example."""

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Ask", ("ask", "who", "said", "agreed", "when", "check", "timeline", "compare")),
    ("Look around", ("latest", "search", "person", "article", "sources")),
    ("Keep up", ("digest", "follow", "subs", "unfollow", "settings", "language")),
    ("This talk", ("start", "why", "new", "cancel", "privacy", "forget", "help")),
    (
        "Articles",
        (
            "add",
            "done",
            "undo",
            "edit",
            "remove",
            "restore",
            "purge",
            "history",
            "changes",
            "feed",
        ),
    ),
    ("The team", ("reports", "audit", "stats", "roles", "invite", "broadcast")),
)
"""The commands by what they are for, as the help lists them."""
UNLISTED = frozenset({"ask", "who", "said", "agreed", "when", "start", "help", "done", "unfollow"})
"""Left out of the short help: plain words do the same, or the bot names them where they matter."""
BARE_COMMANDS = frozenset({"start", "undo", "cancel", "settings", "subs", "sources", "privacy"})
"""What works without the slash as well: one word that asks nothing about the news."""


def commands_for(role: Role) -> tuple[Command, ...]:
    """The commands that somebody of this role may use."""
    return tuple(c for c in COMMANDS if is_allowed(c, role))


def menu_for(role: Role) -> tuple[Command, ...]:
    """The commands in the menu of somebody of this role; what only they may do comes first."""
    mine = [c for c in commands_for(role) if c.menu]
    if role is not Role.READER:
        mine = [c for c in mine if c.team_menu or c.role is not Role.READER]
    return tuple(sorted(mine, key=lambda c: c.role is Role.READER))


def is_allowed(command: Command, role: Role) -> bool:
    """Whether somebody of this role may use `command`."""
    return role.may(command.role)


def refusal(command: Command) -> str:
    """What somebody is told who may not use `command`."""
    who = {Role.OWNER: "the owner", Role.VIEWER: "the team"}.get(command.role, "editors")
    return f"Only {who} can use /{command.name}. You can ask me anything, though."
