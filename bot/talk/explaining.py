"""How the last answer was found, in plain words."""

from __future__ import annotations

import re

from bot.answer.intents import Intent
from bot.answer.result import State
from bot.talk.lines import article_line
from bot.talk.replies import Block, BlockKind, Reply, Role
from bot.talk.results import Result

LINES_SHOWN = 3
_TOLD_ABOVE = ("Read as ", "Sure to ")
_SCORES = re.compile(r"\d+\. scores ")
_KINDS = {
    Intent.SAID_BY: "what somebody said",
    Intent.WHO_SAID: "who said something",
    Intent.AGREED: "what was agreed",
    Intent.WHEN: "when something is",
    Intent.WHERE: "where something is",
    Intent.WHO: "who somebody is or who did something",
    Intent.HOW_MANY: "how many or how much",
    Intent.WHY: "why something is so",
    Intent.WHAT_HAPPENED: "what happened",
    Intent.LATEST: "what is new",
    Intent.QUOTE_CHECK: "whether somebody said these words",
}
_STATES = {
    State.FOUND: "I was sure enough to answer.",
    State.CLOSE: "I was not sure enough to call it the answer.",
    State.NOTHING: "Nothing came near enough, so I gave no answer.",
}


def why_reply(result: Result, role: Role) -> Reply:
    """What the last question was read as, what was compared, and why the answer is the answer;
    with the weights of each sign for the team."""
    response = result.response
    kind = _KINDS.get(response.intent, "a question of no special kind")
    lines = [f"You asked “{response.question[:200]}”. I read it as: {kind}."]
    if response.read_as:
        read = ", ".join(f"“{typed}” as {name}" for typed, name in response.read_as)
        lines.append(f"I read {read}.")
    if response.missing:
        missing = ", ".join(f"“{word}”" for word in response.missing)
        lines.append(f"No article here holds {missing}.")
    lines.append(_STATES[response.state])
    answers = response.answers or response.nearest
    if answers:
        best = answers[0]
        lines.append(
            f"Best of {len(answers)}: {best.score:.0%} sure, from {article_line(best.article)}."
        )
    told = [line for line in response.explanation if not line.startswith(_TOLD_ABOVE)]
    if not role.may(Role.VIEWER):
        told = [line for line in told if not _SCORES.match(line)]
    lines += told[:LINES_SHOWN]
    blocks = [Block(BlockKind.LEAD, "How I found it")]
    blocks += [Block(BlockKind.TEXT, line) for line in lines]
    return Reply(tuple(blocks))
