"""The reply to whether certain words were said: by whom, in these words or others, where first."""

from __future__ import annotations

import itertools
import re

from bot.answer.quote_check import FEWEST_WORDS
from bot.answer.result import Answer, Match, MatchKind, Response, State
from bot.locales import N_, _, ngettext
from bot.locales.days import spoken_day
from bot.model import Polarity, QuoteKind
from bot.talk.buttons import context_buttons, copy_button, in_rows, share_button
from bot.talk.leads import shortened
from bot.talk.lines import article_line, coverage_line, named, source_line
from bot.talk.replies import Block, BlockKind, Button, Evidence, Reply
from bot.talk.selecting import FindingsOf
from bot.text.names import fold_name, same_person_shape, surname
from bot.text.wording import Difference, DifferenceKind, find_wording, read_given
from bot.text.words import STOP_TERMS, find_words

DIFFERENCES_SHOWN = 6
REPEATS_SHOWN = 3  # later articles with the words, in full; more are listed
LISTED = 5
SHOWN_CHARS = 160  # of words that were left out or added

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot)\b|n['’]t\b", re.I
)
_FIGURE = re.compile(r"\d")
_AFTER_CUE = frozenset("on in at to that by during after before when as for with from".split())


def check_reply(
    response: Response, findings_of: FindingsOf | None = None, number: int = 0
) -> Reply:
    """What a person reads about words that were checked; `number` is that of the kept result."""
    wrong = [Button(_("Wrong?"), f"bad:{number}:0")] if number else []
    if response.state is State.NOTHING:
        return _nothing(response, findings_of)
    best = response.answers[0]
    repeats = _later(response.answers)
    blocks = [
        Block(BlockKind.LEAD, shortened(_lead(best, response.claimed))),
        _quoted(best),
        _source(best, findings_of, 1 if repeats else 0),
        Block(BlockKind.TEXT, _manner(best)),
    ]
    if told := _differences(best):
        blocks.append(Block(BlockKind.TEXT, told))
    blocks += _repeats(best, repeats, findings_of)
    shown = [best, *repeats[:REPEATS_SHOWN]]
    buttons = [*context_buttons(shown), *copy_button(best, _("Copy")), share_button(best), *wrong]
    return Reply(tuple(blocks), in_rows(buttons), state=response.state)


def _later(answers: tuple[Answer, ...]) -> list[Answer]:
    """The other places of the words, the earliest first."""
    return sorted(answers[1:], key=lambda a: str(a.article.published or "9999"))


def _quoted(answer: Answer) -> Block:
    match, span = answer.match, answer.span
    stressed = None
    if match is not None and span.overlaps(match.span) and not match.span.covers(span):
        start, end = max(match.span.start, span.start), min(match.span.end, span.end)
        stressed = type(span)(start - span.start, end - span.start)
    evidence = Evidence(answer.article.key, span)
    return Block(BlockKind.QUOTE, answer.text, evidence=evidence, stressed=stressed)


def _source(answer: Answer, findings_of: FindingsOf | None, number: int) -> Block:
    findings = findings_of(answer.article) if findings_of is not None else None
    # Others that print it are told one by one below.
    line = source_line(answer, findings, number, with_others=False)
    return Block(BlockKind.SOURCE, line, url=answer.article.url)


# ----------------------------------------------------------------------------- how it is said
def _lead(best: Answer, claimed: str | None) -> str:
    """Who said it, and whether that is who was named."""
    match = best.match
    assert match is not None
    changed = match.kind is MatchKind.CHANGED
    names = {"who": named(best), "claimed": claimed}
    names["outlet"] = best.article.source or _("the article")
    if best.quote is None:
        words = _no_quote(claimed=claimed is not None, changed=changed)
    elif not names["who"]:
        words = _nobody_named(claimed=claimed is not None, changed=changed)
    elif claimed is None:
        words = _("{who}: in other words") if changed else _("{who}: word for word")
    else:
        names["who"] = f"{names['who']}," if "," in (names["who"] or "") else names["who"]
        verdicts = _VERDICTS[best.quote.polarity if best.quote.polarity in _VERDICTS else None]
        same = is_same_speaker(claimed, best)
        words = _(verdicts[(0 if same else 2) + int(changed)])
    return words.format(**names)


def _no_quote(*, claimed: bool, changed: bool) -> str:
    """That the words are nobody's but the reporter's."""
    if claimed and changed:
        return _("No quote of {claimed}: it is {outlet}’s own report, in other words")
    if claimed:
        return _("No quote of {claimed}: it is {outlet}’s own report, word for word")
    if changed:
        return _("Nobody is quoted with this: it is {outlet}’s own report, in other words")
    return _("Nobody is quoted with this: it is {outlet}’s own report, word for word")


def _nobody_named(*, claimed: bool, changed: bool) -> str:
    """That somebody is quoted with the words whom the article does not name."""
    if claimed and changed:
        return _(
            "Not known of {claimed}: {outlet} quotes this, in other words, and does not name who "
            "said it"
        )
    if claimed:
        return _(
            "Not known of {claimed}: {outlet} quotes this, word for word, and does not name who "
            "said it"
        )
    if changed:
        return _("{outlet} quotes this, in other words, and does not name who said it")
    return _("{outlet} quotes this, word for word, and does not name who said it")


_VERDICTS: dict[Polarity | None, tuple[str, str, str, str]] = {
    None: (
        N_("Yes: {who} said it, word for word"),
        N_("Not quite: {who} said it, in other words"),
        N_("Not {claimed}: {who} said it, word for word"),
        N_("Not {claimed}: {who} said it, in other words"),
    ),
    Polarity.DENIED: (
        N_("Yes: {who} denied it, word for word"),
        N_("Not quite: {who} denied it, in other words"),
        N_("Not {claimed}: {who} denied it, word for word"),
        N_("Not {claimed}: {who} denied it, in other words"),
    ),
    Polarity.DECLINED: (
        N_("Yes: {who} declined to say it, word for word"),
        N_("Not quite: {who} declined to say it, in other words"),
        N_("Not {claimed}: {who} declined to say it, word for word"),
        N_("Not {claimed}: {who} declined to say it, in other words"),
    ),
}
"""What is said of the one who was named, in these and in other words, and of another one."""


def is_same_speaker(claimed: str, answer: Answer) -> bool:
    """Whether `claimed` names the speaker of `answer`, by name or by role."""
    speaker = answer.speaker
    if speaker is None:
        return False
    names = [name for name in (speaker.name, speaker.person) if name]
    if any(same_person_shape(claimed, name) for name in names):
        return True
    asked = {w.term for w in find_words(claimed) if w.term not in STOP_TERMS}
    held = {w.term for w in find_words(" ".join([*names, speaker.role or ""]))}
    last = fold_name(surname(claimed)).split()
    is_named = any(last and last[-1] in fold_name(name).split() for name in names)
    return bool(asked) and (asked <= held or (is_named and len(asked) == 1))


def _manner(best: Answer) -> str:
    """Whether the words are the speaker's own, and all of them."""
    match, quote = best.match, best.quote
    assert match is not None
    if quote is None:
        words = _("The words are {outlet}’s own.")
    elif quote.kind is QuoteKind.INDIRECT:
        words = _("Reported speech: the wording is the reporter’s, not a direct quote.")
    elif match.kind is MatchKind.EXACT:
        words = _("Quoted so by {outlet}.")
    elif match.kind is not MatchKind.PART:
        words = _("{outlet} quotes it otherwise than you have it.")
    elif any(d.kind is DifferenceKind.OMITTED for d in match.differences):
        words = _(
            "Quoted so by {outlet}, as part of a longer sentence or quote; what you left out is "
            "marked with points."
        )
    else:
        words = _("Quoted so by {outlet}, as part of a longer sentence or quote.")
    return words.format(outlet=best.article.source or _("the article"))


def _differences(answer: Answer) -> str:
    """Where the given words differ, a line each; empty where they do not."""
    match, text = answer.match, answer.article.text
    if match is None or match.kind is not MatchKind.CHANGED:
        return ""
    lines = [_("How yours differs:")]
    shown = [d for d in match.differences if d.kind is not DifferenceKind.OMITTED]
    lines += [f"– {_told(d, text)}" for d in shown[:DIFFERENCES_SHOWN]]
    if len(shown) > DIFFERENCES_SHOWN:
        n = len(shown) - DIFFERENCES_SHOWN
        more = ngettext("– and in {n} more place", "– and in {n} more places", n)
        lines.append(more.format(n=n))
    if warning := _warning(match, text):
        lines.append(warning)
    return "\n".join(lines)


def _told(difference: Difference, text: str) -> str:
    printed = difference.printed.of(text) if difference.printed is not None else ""
    mine, theirs = _cut(difference.given), _cut(printed)
    if not mine:
        return _("yours leaves out “{words}”").format(words=theirs)
    if not theirs:
        return _("yours adds “{words}”").format(words=mine)
    return _("yours has “{mine}” where it says “{theirs}”").format(mine=mine, theirs=theirs)


def _cut(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHOWN_CHARS else words[: SHOWN_CHARS - 1].rstrip() + "…"


def _warning(match: Match, text: str) -> str:
    """Word that a difference turns the meaning: a "not" too many or too few, another figure."""
    for difference in match.differences:
        printed = difference.printed.of(text) if difference.printed is not None else ""
        if bool(_NEGATION.search(difference.given)) != bool(_NEGATION.search(printed)):
            return _("That turns the meaning: one of the two says “not”.")
    for difference in match.differences:
        printed = difference.printed.of(text) if difference.printed is not None else ""
        if _FIGURE.search(difference.given) or _FIGURE.search(printed):
            return _("The figures differ.")
    return ""


# --------------------------------------------------------------------------------- repeats
def _repeats(best: Answer, repeats: list[Answer], findings_of: FindingsOf | None) -> list[Block]:
    """Where the words stood first, and how later articles have them."""
    if not repeats:
        return []
    first = min([best, *repeats], key=lambda a: str(a.article.published or "9999"))
    outlet = first.article.source or _("outlet unknown")
    day = f"{spoken_day(first.article.day)}, " if first.article.day is not None else ""
    head = _("First in my articles: {place}. Elsewhere:").format(place=f"{day}{outlet}")
    blocks = [Block(BlockKind.TEXT, head)]
    for place, answer in enumerate(repeats[:REPEATS_SHOWN], 2):
        blocks += [_quoted(answer), _source(answer, findings_of, place)]
        blocks.append(Block(BlockKind.TEXT, drift_line(best, answer)))
    if rest := repeats[REPEATS_SHOWN:]:
        lines = [article_line(answer.article) for answer in rest[:LISTED]]
        more = [_("… and {n} more").format(n=len(rest) - LISTED)] if len(rest) > LISTED else []
        blocks.append(Block(BlockKind.TEXT, "\n".join([_("Also:"), *lines, *more])))
    return blocks


def drift_line(one: Answer, other: Answer) -> str:
    """How `other` words what `one` says: the same, or with words dropped, added or changed, and
    with another verb of saying."""
    assert one.match is not None
    assert other.match is not None
    base, text = one.match.span.of(one.article.text), other.article.text
    wording = find_wording(read_given(base), text)
    parts: list[str] = []
    for difference in wording.differences[:DIFFERENCES_SHOWN] if wording is not None else ():
        printed = _cut(difference.printed.of(text)) if difference.printed is not None else ""
        mine = _cut(difference.given)
        if not mine:
            parts.append(_("adds “{words}”").format(words=printed))
        elif not printed:
            parts.append(_("drops “{words}”").format(words=mine))
        else:
            parts.append(_("“{printed}” for “{mine}”").format(printed=printed, mine=mine))
    cues = [_cue(answer) for answer in (one, other)]
    if all(cues) and cues[0] != cues[1]:
        parts.append(_("told with “{cue}”, not “{other}”").format(cue=cues[1], other=cues[0]))
    if not parts:
        return _("The same words.")
    return _("Beside the first: {differences}.").format(differences="; ".join(parts))


def _cue(answer: Answer) -> str:
    """The verb of saying, without what follows it ("admitted on Friday")."""
    quote = answer.quote
    if quote is None or quote.cue is None:
        return ""
    words = [word.folded for word in find_words(quote.cue.span.of(answer.article.text))]
    return " ".join(itertools.takewhile(lambda word: word not in _AFTER_CUE, words))


# --------------------------------------------------------------------------------- nothing
def _nothing(response: Response, findings_of: FindingsOf | None) -> Reply:
    words = find_words(response.question)
    if len(words) < FEWEST_WORDS:
        return Reply(
            (Block(BlockKind.TEXT, _("Please send at least three words of the quote.")),),
            state=State.NOTHING,
        )
    blocks = [
        Block(BlockKind.LEAD, _("Not in my articles.")),
        Block(
            BlockKind.TEXT,
            _(
                "None of them holds these words, nor most of them. That does not show that they "
                "were never said."
            ),
        ),
    ]
    if all(word.is_stop for word in words):
        blocks[1] = Block(
            BlockKind.TEXT,
            _("These are words that stand everywhere. Please send more of the quote."),
        )
    buttons: tuple[tuple[Button, ...], ...] = ()
    if response.nearest:
        near = response.nearest[0]
        blocks += [
            Block(BlockKind.TEXT, _("The nearest that I do have:")),
            _quoted(near),
            _source(near, findings_of, 0),
        ]
        buttons = in_rows(context_buttons([near]))
    blocks.append(Block(BlockKind.FOOTER, coverage_line(response.articles, response.newest)))
    return Reply(tuple(blocks), buttons, state=State.NOTHING)
