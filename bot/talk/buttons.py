"""The buttons under an answer: what each sends back, and how that is read again.

A code names an article version and a place in it, or a kept result and its page, so it means the
same after a restart. Telegram carries at most 64 bytes of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer.result import Answer, SpokenBy
from bot.locales import N_, _
from bot.model import Span
from bot.talk.replies import Button
from bot.text.names import surname

PRESS_BYTES = 64  # what a Telegram button can carry
COPY_UTF16 = 256  # what a Telegram button can put on the clipboard
ROW = 3
LONGEST_SURNAME_CHARS = 24
MOST_SUGGESTED = 1  # more would be cut to nothing in a phone's row
MOST_NUMBER = 2**63 - 1
CARD_BUTTON = "pic"
ASK = "ask"
"""A payload that leads to nothing but the first page."""

REASONS = {
    "said": N_("Not what was said"),
    "person": N_("Wrong person"),
    "date": N_("Wrong date"),
    "old": N_("Old news"),
    "off": N_("Not my question"),
}
"""What may be wrong with an answer: the code's word and the label."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of an article version, and the result and page that it was shown in (0: none)."""

    version: int
    span: Span
    result: int = 0
    page: int = 0

    @property
    def code(self) -> str:
        whole = f"{self.version}:{self.span.start}:{self.span.end}"
        return f"{whole}:{self.result}:{self.page}" if self.result else whole


def parse_place(code: str) -> Place | None:
    """The place that a code names after its first word; None for anything else."""
    numbers = _numbers(code)
    if numbers is None or len(numbers) not in (3, 5):
        return None
    version, start, end, *shown = numbers
    return Place(version, Span(start, end), *shown)


def parse_page(code: str) -> tuple[int, int, str] | None:
    """(result, page, what follows) of a code such as "17:0" or "17:0:date"."""
    result, _colon, rest = code.partition(":")
    page, _colon, more = rest.partition(":")
    numbers = _numbers(f"{result}:{page}")
    return (numbers[0], numbers[1], more) if numbers is not None else None


def _numbers(code: str) -> list[int] | None:
    parts = code.split(":")
    if not all(part.isascii() and part.isdigit() and len(part) <= 19 for part in parts):
        return None
    numbers = [int(part) for part in parts]
    return numbers if all(number <= MOST_NUMBER for number in numbers) else None


def context_buttons(shown: Sequence[Answer], result: int = 0, page: int = 0) -> list[Button]:
    """A Context button for each answer, numbered where there are several."""
    numbered = len(shown) > 1
    return [
        Button(
            _("Context {n}").format(n=n) if numbered else _("Context"),
            f"ctx:{Place(answer.article.key, answer.span, result, page).code}",
        )
        for n, answer in enumerate(shown, 1)
    ]


def copy_button(answer: Answer, label: str) -> list[Button]:
    """A button that copies the sentence with its source, and with the link where that fits; none
    where the sentence would not fit whole."""
    who = answer.speaker.name if answer.speaker is not None else None
    day = answer.article.day.isoformat() if answer.article.day is not None else None
    source = ", ".join(part for part in (who, answer.article.source, day) if part)
    text = f"{answer.text} — {source}" if source else answer.text
    linked = f"{text} {answer.article.url}" if answer.article.url else text
    for whole in (linked, text):
        if len(whole.encode("utf-16-le", "surrogatepass")) // 2 <= COPY_UTF16:
            return [Button(label, copy=whole)]
    return []


def card_button(answer: Answer, label: str) -> Button:
    """A button that makes a picture of the sentence."""
    return Button(label, f"{CARD_BUTTON}:{Place(answer.article.key, answer.span).code}")


def place_link(kind: str, version: int, span: Span) -> str:
    """What names a place in a link of this kind: "q" the sentence there, "c" those around it."""
    return f"{kind}_{version}_{span.start}_{span.end}"


def share_button(answer: Answer) -> Button:
    """A button that offers the sentence for a chat of one's choice."""
    return Button(_("Share"), share=place_link("q", answer.article.key, answer.span))


def with_share(
    rows: tuple[tuple[Button, ...], ...], shown: Sequence[Answer]
) -> tuple[tuple[Button, ...], ...]:
    """`rows` with a button that shares the one sentence shown, at the end of the first row that
    has room; what reports an answer as wrong stays last."""
    if len(shown) != 1:
        return rows
    for number, row in enumerate(rows):
        if len(row) < ROW:
            at = len(row) - any((b.press or "").startswith("bad:") for b in row[-1:])
            grown = (*row[:at], share_button(shown[0]), *row[at:])
            return (*rows[:number], grown, *rows[number + 1 :])
    return rows


def with_save(
    rows: tuple[tuple[Button, ...], ...], result: int, page: int
) -> tuple[tuple[Button, ...], ...]:
    """`rows` with a button that saves what is shown: where a row has room, else as the fourth in
    the one with the shortest labels; what reports an answer as wrong stays last."""
    if not rows:
        return rows
    free = [n for n, row in enumerate(rows) if len(row) < ROW]
    number = min(free or range(len(rows)), key=lambda n: max(len(b.label) for b in rows[n]))
    row = rows[number]
    at = len(row) - any((b.press or "").startswith("bad:") for b in row[-1:])
    grown = (*row[:at], Button(_("Save"), f"save:{result}:{page}"), *row[at:])
    return (*rows[:number], grown, *rows[number + 1 :])


def page_button(label: str, result: int, page: int) -> Button:
    """A button that shows this page of a result in the place of what is shown."""
    return Button(label, f"res:{result}:{page}")


def reason_buttons(result: int, page: int) -> tuple[tuple[Button, ...], ...]:
    """What may be wrong, in two rows, and the way back."""
    buttons = [
        *(Button(_(label), f"bad:{result}:{page}:{word}") for word, label in REASONS.items()),
        page_button(_("Back"), result, page),
    ]
    return in_rows(buttons)


def suggestion_buttons(questions: Sequence[str]) -> list[Button]:
    """Questions to tap; those that no button can carry are left out."""
    fitting = [q for q in questions if len(f"ask:{q}".encode()) <= PRESS_BYTES]
    return [Button(q, f"ask:{q}") for q in fitting[:MOST_SUGGESTED]]


def person_button(person: SpokenBy, result: int, number: int) -> Button:
    """The button that chooses this one among people of one surname."""
    role = f", {person.role}" if person.role else ""
    return Button(f"{person.name}{role}", f"one:{result}:{number}")


def about_button(name: str, version: int, start: int) -> Button:
    """The button that leads to the page of the one whom the mention at `start` means."""
    last = (surname(name) or name).split()[-1]
    return Button(
        _("About {last}").format(last=last[:LONGEST_SURNAME_CHARS]), f"per:{version}:{start}"
    )


def in_rows(buttons: Sequence[Button], width: int = ROW) -> tuple[tuple[Button, ...], ...]:
    """`buttons` in rows of `width`."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))
