"""Responses as replies: one line of extracted fields, the sentence, who, when and where, and the
buttons under it, page by page."""

from __future__ import annotations

from collections.abc import Collection

from bot.answer.intents import Intent
from bot.answer.result import Answer, Response, State
from bot.locales import _
from bot.model import NameKind
from bot.talk.account_pages import account_reply
from bot.talk.answer_blocks import answer_blocks
from bot.talk.buttons import (
    ROW,
    about_button,
    context_buttons,
    copy_button,
    page_button,
    person_button,
    suggestion_buttons,
    with_save,
    with_share,
)
from bot.talk.check_pages import check_reply
from bot.talk.fact_lines import fact_line, settled_fact
from bot.talk.following_up import onward_buttons
from bot.talk.foreign import is_foreign
from bot.talk.leads import find_lead
from bot.talk.lines import coverage_line
from bot.talk.pictures import with_card
from bot.talk.replies import Block, BlockKind, Button, Reply
from bot.talk.results import Result
from bot.talk.selecting import (
    ANSWERS_SHOWN,
    GOOD_SECOND,
    FindingsOf,
    first_page,
    fitting,
    wants_several,
)
from bot.talk.subjects import follow_label, subject_of
from bot.talk.turns import changed_blocks, turn_between
from bot.text.names import fold_name
from bot.text.words import find_words

WORD_CHARS = 40  # shown of a word that no article holds
GOOD_MORE = 0.9
"""Where one sentence is the answer, others are worth a tap at this share of its score: scores
of a question lie close together, and below stands what only shares its words."""


def reply_to_question(
    response: Response,
    findings_of: FindingsOf | None = None,
    *,
    kept: Result | None = None,
    number: int = 0,
    page: int = 0,
) -> Reply:
    """What a person reads for `response`.

    Fields that only the articles' findings tell are in it where `findings_of` is given. A response
    that the store keeps as result `number` has buttons to its further pages.
    """
    if response.intent is Intent.QUOTE_CHECK:
        return check_reply(response, findings_of, number)
    if response.accounts:
        return account_reply(response, findings_of)
    pages = pages_of(response, findings_of)
    page = min(page, len(pages) - 1)
    shown = pages[page]
    blocks = _opening(response, shown, findings_of, page)
    numbered = len(shown) > 1
    for place, answer in enumerate(shown, 1):
        if numbered and response.intent is Intent.AGREED and findings_of is not None:
            blocks += _agreement(answer, findings_of, {block.text for block in blocks})
        blocks += answer_blocks(answer, findings_of, place if numbered else 0)
    if page == 0:
        if response.state is State.FOUND and findings_of is not None:
            blocks += turn_between(shown, findings_of)
            if len(shown) == 1:
                blocks += changed_blocks(shown[0], response.answers[1:], findings_of)
        blocks += _sequel(response, shown)
        blocks += _closing(response, shown)
    rest = sum(map(len, pages[page + 1 :]))
    suggestions = kept.suggestions if kept is not None and page == 0 else ()
    about = _about(shown, findings_of) if number else []
    follow = _follow(response, shown, findings_of, number)
    onward = onward_buttons(shown, response, findings_of) if number else []
    buttons = _buttons(shown, number, page, rest, suggestions, about, follow, onward)
    if number:
        buttons = with_share(with_card(buttons, shown), shown)
        if shown:
            buttons = with_save(buttons, number, page)
    return Reply(tuple(blocks), buttons)


def _agreement(answer: Answer, findings_of: FindingsOf, told: Collection[str]) -> list[Block]:
    """A line that says who agreed on what and when, above one sentence of several; none where
    it is `told` already."""
    fact = settled_fact(answer, findings_of(answer.article))
    line = fact_line(fact, answer) if fact is not None else ""
    return [Block(BlockKind.TEXT, line)] if line and line not in told else []


def _sequel(response: Response, shown: list[Answer]) -> list[Block]:
    """What later articles tell of what the first answer announces, where that is asked for."""
    held = {(a.article.key, a.span.start) for a in shown}
    later = [a for a in response.sequel if (a.article.key, a.span.start) not in held]
    if not later:
        return []
    blocks = [Block(BlockKind.TEXT, _("What later articles tell:"))]
    for answer in later:
        blocks += answer_blocks(answer)
    return blocks


def choice_reply(result: Result, number: int) -> Reply:
    """The question which of several people is meant, with a button for each and one for all."""
    people = result.people
    words = {
        2: _("Two people are named {surname} here: which one?"),
        3: _("Three people are named {surname} here: which one?"),
    }.get(len(people), _("Several people are named {surname} here: which one?"))
    surnames = {fold_name(person.name).split()[-1] for person in people}
    if len(surnames) > 1:
        words = _("Several people may be meant: which one?")
    lead = Block(BlockKind.LEAD, words.format(surname=people[0].name.split()[-1]))
    buttons = [person_button(person, number, place) for place, person in enumerate(people)]
    everyone = page_button(_("Both") if len(people) == 2 else _("All"), number, 0)
    return Reply((lead,), (*((button,) for button in buttons), (everyone,)))


# --------------------------------------------------------------------------------- blocks
def _opening(
    response: Response, shown: list[Answer], findings_of: FindingsOf | None, page: int
) -> list[Block]:
    if page:
        return [Block(BlockKind.LEAD, _("Further down, page {page}").format(page=page + 1))]
    if response.state is State.FOUND:
        lead = find_lead(response, findings_of) if response.answers else None
        return [Block(BlockKind.LEAD, lead.text)] if lead is not None else []
    if response.premise is not None:
        lead_words = no_report(response.premise)
        if shown:
            lead_words = f"{lead_words} {_('I do find:')}"
        return [Block(BlockKind.LEAD, lead_words)]
    if response.speechless is not None:
        nothing_said = _("I find nothing that {name} said on that.")
        lead_words = nothing_said.format(name=response.speechless)
        if shown:
            lead_words = f"{lead_words} {_('I do find:')}"
        return [Block(BlockKind.LEAD, lead_words)]
    if response.state is State.CLOSE:
        words = _("I am not sure that this answers it. The closest I have:")
        return [Block(BlockKind.LEAD, words)]
    blocks = [Block(BlockKind.LEAD, _("I have nothing on that."))]
    if is_foreign(response.question):
        words = _("I understand questions in English so far; the articles are English, too.")
        return [*blocks, Block(BlockKind.TEXT, words)]
    if response.missing:
        words = ", ".join(
            _("“{words}”").format(words=word[:WORD_CHARS]) for word in response.missing[:3]
        )
        blocks.append(
            Block(BlockKind.TEXT, _("No article here mentions {words}.").format(words=words))
        )
    if shown:
        blocks.append(Block(BlockKind.TEXT, _("The nearest that I do have:")))
    return blocks


def no_report(premise: str) -> str:
    """The sentence that says that nothing here reports `premise`."""
    if not premise:
        return _("I find no report of that.")
    return _("I find no report that {premise}.").format(premise=premise)


def _closing(response: Response, shown: list[Answer]) -> list[Block]:
    blocks: list[Block] = []
    if response.read_as:
        read = ", ".join(dict.fromkeys(name for _typed, name in response.read_as))
        blocks.append(Block(BlockKind.TEXT, _("Read as: {read}").format(read=read)))
    if response.state is not State.FOUND or not shown:
        blocks.append(Block(BlockKind.FOOTER, coverage_line(response.articles, response.newest)))
    return blocks


# ---------------------------------------------------------------------------------- pages
def pages_of(response: Response, findings_of: FindingsOf | None = None) -> list[list[Answer]]:
    """The answers page by page; the first page is what is shown at once, and may be empty."""
    if response.state is State.NOTHING:
        near = [a for a in response.nearest[:1] if _shares_words(response, a)]
        return [near]
    answers = list(response.answers)
    if not answers:
        return [[]]
    first = _first_page(response, findings_of)
    share = GOOD_SECOND if wants_several(response) else GOOD_MORE
    floor = share * answers[0].score
    rest = [a for a in answers if a not in first and a.score >= floor]
    pages = [first]
    while rest:
        page = fitting(rest, ANSWERS_SHOWN)
        rest = [a for a in rest if a not in page]
        pages.append(page)
    return pages


def _first_page(response: Response, findings_of: FindingsOf | None) -> list[Answer]:
    answers = response.answers
    if response.state is State.CLOSE:
        return fitting(answers, 2)
    lead = find_lead(response, findings_of)
    if lead is not None and lead.answers:
        return fitting(lead.answers, ANSWERS_SHOWN)
    if not wants_several(response):
        return [answers[0]]
    return first_page(response, findings_of)


def _shares_words(response: Response, answer: Answer) -> bool:
    """Whether an answer that came nearest has any word of the question that tells something."""
    asked = {word.term for word in find_words(response.question) if not word.is_stop}
    asked |= {word.term for _typed, read in response.read_as for word in find_words(read)}
    return any(word.term in asked for word in find_words(answer.text))


# -------------------------------------------------------------------------------- buttons
def _about(shown: list[Answer], findings_of: FindingsOf | None) -> list[Button]:
    """The button to the page of whoever speaks in the one answer that is shown."""
    if len(shown) != 1 or findings_of is None or shown[0].speaker is None:
        return []
    wanted = fold_name(shown[0].speaker.name)
    for mention in findings_of(shown[0].article).names:
        if mention.kind is NameKind.PERSON and fold_name(mention.name) == wanted:
            return [about_button(mention.name, shown[0].article.key, mention.span.start)]
    return []


def _follow(
    response: Response, shown: list[Answer], findings_of: FindingsOf | None, number: int
) -> list[Button]:
    """A button that follows who or what the answer is about; where there is none, one that watches
    the question."""
    if not number:
        return []
    if response.state is not State.FOUND:
        return [Button(_("Tell me if that changes"), f"folq:{number}")]
    subject = subject_of(response, findings_of) if shown else None
    return [Button(follow_label(subject), f"folp:{number}")] if subject is not None else []


def _buttons(
    shown: list[Answer],
    number: int,
    page: int,
    rest: int,
    suggestions: tuple[str, ...],
    about: list[Button],
    follow: list[Button],
    further: list[Button],
) -> tuple[tuple[Button, ...], ...]:
    """At most two rows of three: the sentences around, then what else can be done."""
    if not shown:
        return (tuple(follow),) if follow else ()
    contexts = context_buttons(shown, number, page)
    onward: list[Button] = []
    if number and page:
        onward.append(page_button(_("Previous"), number, page - 1))
    if number and rest:
        onward.append(page_button(_("{n} more").format(n=rest), number, page + 1))
    copies = copy_button(shown[0], _("Copy 1") if len(shown) > 1 else _("Copy"))
    onward += copies if len(contexts) == 1 else [*follow, *copies]
    wrong = [Button(_("Wrong?"), f"bad:{number}:{page}")] if number else []
    if len(contexts) == 1:
        first = [*contexts, *onward]
        if further:  # what else is told of this goes before other questions
            extras = [*first, *further, *follow, *about]
            return (tuple(extras[:ROW]), (*extras[ROW : 2 * ROW - len(wrong)], *wrong))
        if suggestions and len(first) < ROW:
            # A question fills its row: who speaks has a button where the first row has room.
            return (
                (*first, *about),
                (*suggestion_buttons(suggestions), *follow, *wrong),
            )
        extras = [*suggestion_buttons(suggestions), *follow] if suggestions else [*about, *follow]
        if len(first) < ROW:
            first, extras = [*first, *extras[:1]], extras[1:]
        return (tuple(first), tuple([*extras, *wrong][:ROW]))
    room = 3 - len(wrong)
    return (tuple(contexts), *((row,) if (row := (*[*further, *onward][:room], *wrong)) else ()))
