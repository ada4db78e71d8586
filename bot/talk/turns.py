"""Word that somebody said otherwise on another day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.answer.result import Answer
from bot.link.matters import Telling, telling_of, told_by
from bot.link.stances import Side, Turn, find_turn
from bot.locales import _
from bot.locales.days import spoken_day
from bot.talk.lines import source_line
from bot.talk.replies import Block, BlockKind, Evidence
from bot.talk.selecting import FindingsOf
from bot.text.names import fold_name, surname


def turn_line(turn: Turn, before: Answer, after: Answer | None = None) -> str:
    """In words, how somebody's word turned from what they had said before; `after` is told with
    its day where it does not stand right above."""
    on = after.article.day if after is not None else None
    if turn.kind is None:
        words = _("⇄ The figure changes: “{earlier}” {before}, “{later}” {now}.")
    elif turn.kind is Side.BACK:
        words = _("⇄ Taken back: “{earlier}” {before}, “{later}” {now}.")
    elif after is not None:
        words = _("⇄ It turns: “{earlier}” {before}, “{later}” {now}.")
    else:
        words = _("⇄ Here it turns: “{earlier}” {before}, “{later}” {now}.")
    return words.format(
        earlier=turn.earlier,
        before=_on(before.article.day) or _("before"),
        later=turn.later,
        now=_on(on) or _("now"),
    )


def _on(day: date | None) -> str:
    """The day of a saying within a sentence ("on 18 Mar 2025"); empty for none."""
    return _("on {day}").format(day=spoken_day(day)) if day is not None else ""


def changed_blocks(
    first: Answer, others: tuple[Answer, ...], findings_of: FindingsOf
) -> list[Block]:
    """What the speaker of an answer said otherwise on another day, where any of `others` is
    such; it is told once."""
    day = first.article.day
    if first.speaker is None or day is None:
        return []
    own = _telling(first, findings_of)
    for other in others:
        on = other.article.day
        if on is None or on == day or not _is_same_speaker(first, other):
            continue
        telling = _telling(other, findings_of)
        turn = find_turn(telling, own) if on < day else find_turn(own, telling)
        if turn is None:
            continue
        words = _("⇄ Later, on {day}, otherwise: “{words}”.")
        if on < day:
            words = _("⇄ Earlier, on {day}, otherwise: “{words}”.")
        text = words.format(day=spoken_day(on), words=turn.earlier if on < day else turn.later)
        evidence = Evidence(other.article.key, other.span)
        line = source_line(other, findings_of(other.article))
        return [
            Block(BlockKind.TEXT, text),
            Block(BlockKind.QUOTE, other.text, evidence=evidence),
            Block(BlockKind.SOURCE, line, url=other.article.url),
        ]
    return []


def turn_between(shown: Sequence[Answer], findings_of: FindingsOf) -> list[Block]:
    """A line that says where somebody's word turns between two answers that are shown; nothing
    where it does not."""
    dated = [a for a in shown if a.article.day is not None and a.speaker is not None]
    dated.sort(key=lambda a: str(a.article.published))
    tellings = [_telling(a, findings_of) for a in dated]
    for n, later in enumerate(dated):
        for m in range(n):
            earlier = dated[m]
            if earlier.article.day == later.article.day or not _is_same_speaker(earlier, later):
                continue
            if (turn := find_turn(tellings[m], tellings[n])) is not None:
                return [Block(BlockKind.TEXT, turn_line(turn, earlier, later))]
    return []


def _telling(answer: Answer, findings_of: FindingsOf) -> Telling:
    findings = findings_of(answer.article)
    return told_by(telling_of(answer.article, findings, answer.span), answer.quote, findings)


def _is_same_speaker(a: Answer, b: Answer) -> bool:
    if a.speaker is None or b.speaker is None:
        return False
    last = fold_name(surname(a.speaker.name))
    return bool(last) and last == fold_name(surname(b.speaker.name))
