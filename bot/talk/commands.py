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


COMMANDS: tuple[Command, ...] = (
    Command("start", "what I do, with questions to try", menu=False),
    Command("ask", "ask a question; a question without a command works as well", "QUESTION"),
    Command("latest", "the newest articles, of one outlet if you name it", "[OUTLET]"),
    Command("article", "one article: headline, first paragraph, what was found", "ID"),
    Command("sources", "the outlets, and how many articles of each"),
    Command("new", "forget what we were talking about"),
    Command("help", "how to ask, and all commands"),
    Command("add", "add an article: a text, a file, or in reply to one", "[TEXT]", Role.EDITOR),
    Command("done", "the article is complete", role=Role.EDITOR, menu=False),
    Command("cancel", "stop what you began", menu=False),
)


def commands_for(role: Role) -> tuple[Command, ...]:
    """The commands that somebody of this role may use."""
    return tuple(c for c in COMMANDS if c.role is Role.READER or role is not Role.READER)
