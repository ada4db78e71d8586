"""The commands: one list that the handlers, the menu, the help and the documents are made from."""

from __future__ import annotations

from dataclasses import dataclass

from bot.locales import N_, _
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
    Command("start", N_("what I do, with questions to try"), menu=False),
    Command(
        "ask",
        N_("ask a question; a question without a command works as well"),
        N_("QUESTION"),
        team_menu=False,
    ),
    Command("who", N_("who did, said or is something"), N_("DID WHAT"), team_menu=False),
    Command(
        "said",
        N_("what somebody said, about a topic if you name it"),
        N_("NAME [about TOPIC]"),
        team_menu=False,
    ),
    Command("person", N_("who somebody is, and all they said"), N_("NAME"), menu=False),
    Command("agreed", N_("what was agreed, decided or signed"), N_("[TOPIC]"), team_menu=False),
    Command("when", N_("when something is or was"), N_("WHAT"), menu=False),
    Command(
        "check",
        N_("whether somebody said it: who, when, in which words"),
        N_("QUOTE"),
        team_menu=False,
    ),
    Command(
        "timeline",
        N_("what somebody said by day, and where their word turns; with plot as a picture"),
        N_("[plot] NAME [on TOPIC]"),
        menu=False,
    ),
    Command(
        "compare",
        N_("two people or outlets on one topic, side by side"),
        N_("NAME and NAME on TOPIC"),
        menu=False,
    ),
    Command(
        "card",
        N_("a sentence as a picture to pass on: of my last answer, or of a question"),
        N_("[QUESTION]"),
        menu=False,
    ),
    Command(
        "latest",
        N_("the newest articles, of one outlet if you name it"),
        N_("[OUTLET]"),
        team_menu=False,
    ),
    Command(
        "digest", N_("the news of a day or a week, each thing said once"), N_("[TOPIC] [WHEN]")
    ),
    Command("search", N_("the articles that hold your words"), N_("WORDS")),
    Command(
        "article",
        N_("one article: headline, first sentence, who is quoted"),
        N_("ID, LINK or HEADLINE"),
        menu=False,
    ),
    Command(
        "follow",
        N_("tell me what is new on somebody or something"),
        N_("NAME, TOPIC or QUESTION [without WORDS] [WHEN]"),
    ),
    Command("subs", N_("what this chat follows: change, pause, stop"), N_("[@CHANNEL or WORDS]")),
    Command("unfollow", N_("stop following something"), N_("NAME or TOPIC"), menu=False),
    Command(
        "settings",
        N_("time zone, quiet hours, sound, length"),
        N_("[@CHANNEL] [time zone CITY]"),
        menu=False,
    ),
    Command("language", N_("the language that I speak here"), N_("[LANGUAGE]"), menu=False),
    Command("saved", N_("the sentences that you saved"), N_("[WORDS or export]"), menu=False),
    Command("save", N_("save the last answer, or the one you reply to"), menu=False),
    Command(
        "corrections",
        N_("what had to be put right, and how it read"),
        N_("[ARTICLE]"),
        menu=False,
    ),
    Command("sources", N_("the outlets, and how many articles of each"), menu=False),
    Command("why", N_("how I found the last answer"), menu=False),
    Command("new", N_("forget what we were talking about"), team_menu=False),
    Command("help", N_("how to ask, and all commands")),
    Command("privacy", N_("what I keep about you, and how to delete it"), menu=False),
    Command("mydata", N_("all that I keep about you, also as a file"), N_("[file]"), menu=False),
    Command("export", N_("what was asked and answered here, as a file"), menu=False),
    Command("forget", N_("delete your questions, or all that I keep about you"), menu=False),
    Command(
        "add",
        N_("add an article: a text, link or file, or in reply to one"),
        N_("[TEXT]"),
        Role.EDITOR,
    ),
    Command(
        "feed", N_("the feeds that are followed"), N_("[add ADDRESS]"), Role.EDITOR, menu=False
    ),
    Command("done", N_("the article is complete"), role=Role.EDITOR, menu=False),
    Command("undo", N_("take back your last act"), role=Role.EDITOR),
    Command(
        "edit",
        N_("correct a field of a stored article"),
        N_("ARTICLE [FIELD: VALUE]"),
        Role.EDITOR,
    ),
    Command(
        "correct",
        N_("put an article right: text, field or a note for its readers"),
        N_("ARTICLE [NOTE]"),
        Role.EDITOR,
        menu=False,
    ),
    Command("remove", N_("take an article out of search and answers"), N_("ARTICLE"), Role.EDITOR),
    Command("restore", N_("bring a removed article back"), N_("ARTICLE"), Role.EDITOR, menu=False),
    Command(
        "purge",
        N_("delete an article for good, with its traces"),
        N_("ARTICLE"),
        Role.OWNER,
        menu=False,
    ),
    Command(
        "history",
        N_("the versions of an article, and who did what to it"),
        N_("ARTICLE"),
        Role.VIEWER,
        menu=False,
    ),
    Command(
        "changes",
        N_("what a version of an article changed"),
        N_("ARTICLE [VERSION]"),
        Role.VIEWER,
        menu=False,
    ),
    Command("reports", N_("answers that people call wrong"), role=Role.VIEWER),
    Command("audit", N_("who did what to the store"), role=Role.VIEWER),
    Command(
        "invite",
        N_("a link that makes somebody editor or viewer"),
        N_("[editor|viewer]"),
        Role.OWNER,
        menu=False,
    ),
    Command("roles", N_("who may do what, and buttons that change it"), role=Role.OWNER),
    Command(
        "stats",
        N_("what was asked, what found nothing, and the store"),
        N_("[DAYS]"),
        Role.EDITOR,
        menu=False,
    ),
    Command(
        "broadcast",
        N_("a note to everybody who talks with the bot"),
        N_("TEXT"),
        Role.OWNER,
        menu=False,
    ),
    Command("cancel", N_("stop what you began"), menu=False),
)
MODEL_SAYING = "Lindqvist about gas"
EXAMPLES = {
    "who": "/who called the strike",
    "said": f"/said {MODEL_SAYING}",
    "agreed": "/agreed on the railway",
    "when": "/when is the strike",
}
"""The commands that stand for the beginning of a question, each with an example."""

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Ask"), ("ask", "who", "said", "agreed", "when", "check", "timeline", "compare", "card")),
    (N_("Look around"), ("latest", "search", "person", "article", "sources", "corrections")),
    (
        N_("Keep up"),
        ("digest", "follow", "subs", "unfollow", "saved", "save", "settings", "language"),
    ),
    (
        N_("This talk"),
        ("start", "why", "new", "cancel", "privacy", "mydata", "export", "forget", "help"),
    ),
    (
        N_("Articles"),
        (
            "add",
            "done",
            "undo",
            "edit",
            "correct",
            "remove",
            "restore",
            "purge",
            "history",
            "changes",
            "feed",
        ),
    ),
    (N_("The team"), ("reports", "audit", "stats", "roles", "invite", "broadcast")),
)
"""The commands by what they are for, as the help lists them."""
UNLISTED = frozenset(
    {"ask", "who", "said", "agreed", "when", "start", "help", "done", "unfollow", "save"}
)
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
    words = {
        Role.OWNER: _("Only the owner can use /{name}. You can ask me anything, though."),
        Role.VIEWER: _("Only the team can use /{name}. You can ask me anything, though."),
    }.get(command.role, _("Only editors can use /{name}. You can ask me anything, though."))
    return words.format(name=command.name)


def summary_of(command: Command) -> str:
    """What `command` does, in the language that is spoken."""
    return _(command.summary)


def usage_of(command: Command) -> str:
    """What may be typed after `command`, in the language that is spoken; may be empty."""
    return _(command.usage) if command.usage else ""
