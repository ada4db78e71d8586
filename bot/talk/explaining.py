"""How the last answer was found, in plain words."""

from __future__ import annotations

from bot.answer.intents import Intent
from bot.answer.result import Response, State
from bot.locales import N_, _, ngettext
from bot.locales.numbers import spoken_share
from bot.talk.lines import article_line
from bot.talk.replies import Block, BlockKind, Reply, Role
from bot.talk.results import Result

LINES_SHOWN = 3
_KIND = 0
_SURENESS = 2
"""Lines of an explanation that are told above in other words: what a question was read as, and,
but for words that were checked, how sure the answer is."""
_SCORES = 3  # the first line with the weights of each sign, which are for the team
_READ_AS = {
    Intent.SAID_BY: N_("I read it as: what somebody said."),
    Intent.WHO_SAID: N_("I read it as: who said something."),
    Intent.AGREED: N_("I read it as: what was agreed."),
    Intent.WHEN: N_("I read it as: when something is."),
    Intent.WHERE: N_("I read it as: where something is."),
    Intent.WHO: N_("I read it as: who somebody is or who did something."),
    Intent.HOW_MANY: N_("I read it as: how many or how much."),
    Intent.WHY: N_("I read it as: why something is so."),
    Intent.WHAT_HAPPENED: N_("I read it as: what happened."),
    Intent.LATEST: N_("I read it as: what is new."),
    Intent.QUOTE_CHECK: N_("I read it as: whether somebody said these words."),
}
_OTHER = N_("I read it as: a question of no special kind.")
_STATES = {
    State.FOUND: N_("I was sure enough to answer."),
    State.CLOSE: N_("I was not sure enough to call it the answer."),
    State.NOTHING: N_("Nothing came near enough, so I gave no answer."),
}


def why_reply(result: Result, role: Role) -> Reply:
    """What the last question was read as, what was compared, and why the answer is the answer;
    with the weights of each sign for the team."""
    response = result.response
    asked = _("You asked “{question}”.").format(question=response.question[:200])
    lines = [f"{asked} {_(_READ_AS.get(response.intent, _OTHER))}"]
    if response.read_as:
        read = ", ".join(
            _("“{typed}” as {name}").format(typed=typed, name=name)
            for typed, name in response.read_as
        )
        lines.append(_("I read {words}.").format(words=read))
    if response.missing:
        missing = ", ".join(_("“{words}”").format(words=word) for word in response.missing)
        lines.append(_("No article here holds {words}.").format(words=missing))
    lines.append(_(_STATES[response.state]))
    answers = response.answers or response.nearest
    if answers:
        best = answers[0]
        words = ngettext(
            "Best of {n}: {share} sure, from {article}.",
            "Best of {n}: {share} sure, from {article}.",
            len(answers),
        )
        share, line = spoken_share(best.score), article_line(best.article)
        lines.append(words.format(n=len(answers), share=share, article=line))
    lines += _explained(response, with_scores=role.may(Role.VIEWER))[:LINES_SHOWN]
    blocks = [Block(BlockKind.LEAD, _("How I found it"))]
    blocks += [Block(BlockKind.TEXT, line) for line in lines]
    return Reply(tuple(blocks))


def _explained(response: Response, *, with_scores: bool) -> list[str]:
    """The lines of the explanation that say more than was told."""
    lines = list(enumerate(response.explanation))
    if response.intent is Intent.QUOTE_CHECK:
        return [line for place, line in lines if place != _KIND]
    return [
        line
        for place, line in lines
        if place not in (_KIND, _SURENESS) and (with_scores or place < _SCORES)
    ]
