"""Sentences of every kind that may end up on a quote card, made by dice; all invented."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SEED = 500
_WORDS = {
    "english": "the harbour minister said on Tuesday that “no ship will wait” for more than an "
    "hour, and nobody asked why; costs rose by 12.5% to £3,400 a day – or so they say".split(),
    "german": "Fährgesellschaften kündigten gestern überraschend an, größere Schiffe ab März "
    "„nicht mehr“ einzusetzen".split(),
    "vietnamese": "Bộ trưởng nói rằng cảng sẽ mở cửa vào thứ Hai tuần tới".split(),
    "greek": "Ο υπουργός είπε ότι κανένα πλοίο δεν θα περιμένει πάνω από μία ώρα".split(),
    "russian": "Министр сказал, что ни одно судно не будет ждать больше часа".split(),
    "armenian": "Նախարարը ասաց, որ ոչ մի նավ չի սպասի".split(),
    "georgian": "მინისტრმა თქვა რომ არც ერთი გემი არ დაელოდება".split(),
    "hebrew": "השר אמר ביום שלישי ששום ספינה לא תחכה יותר משעה (12 דקות), לדבריו".split(),
    "arabic": "قال الوزير إن أي سفينة لن تنتظر أكثر من ساعة، بعد 12 يوما (الثلاثاء)".split(),
    "hebrew-within": "the minister called it “שלום” and sat down again without a word".split(),
    "emoji": "the ferry is back 🚢 and the crew 👩‍🔧 waved ❤️ at 🇪🇺 everybody".split(),
    "chinese": ["部长星期二说，任何船只都不会等待超过一小时。", "没有人问为什么。"],
    "hindi": "मंत्री ने कहा कि कोई जहाज़ नहीं रुकेगा".split(),
    "thai": "รัฐมนตรีกล่าวว่าจะไม่มีเรือลำใดต้องรอ".split(),
    "pointed-hebrew": "הַשַּׂר אָמַר שֶׁשׁוּם סְפִינָה לֹא תְּחַכֶּה".split(),
    "marks": "the q̃ueen of x̌aro s̩aid n̈o to all of them".split(),
    "decomposed": unicodedata.normalize(
        "NFD", "le ministère a dénoncé « une manœuvre » de l'armée"
    ).split(),
    "mixed-figures": "he said שלום 12 times (twice אחת) and left".split(),
    "controls": "he \u202esaid\u202c \u2067nothing\u2069 at all".split(),
}
DRAWN = frozenset(
    "english german vietnamese greek russian armenian georgian hebrew arabic hebrew-within "
    "decomposed unseen blanks url".split()
)
"""Kinds that can be drawn, while they are short enough."""
NEVER = frozenset(
    "emoji chinese hindi thai pointed-hebrew marks mixed-figures controls unbroken endless".split()
)
SHORT_CHARS = 400  # of a quote of a kind that can be drawn, surely short enough


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its kind."""

    kind: str
    text: str


def sentences(count: int = 500) -> Iterator[Sentence]:
    """`count` sentences, the same ones each time, every kind among them again and again."""
    dice = random.Random(SEED)
    kinds = sorted(DRAWN | NEVER)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        yield Sentence(kind, _MADE.get(kind, _of_words)(dice, kind))


def _of_words(dice: random.Random, kind: str) -> str:
    words = _WORDS[kind]
    if kind in NEVER:
        return " ".join(words * dice.randint(1, 3))
    count = dice.choice((3, 8, 20, 40, 80, 110))
    start = dice.randrange(len(words))
    return " ".join((words * (count // len(words) + 2))[start : start + count])


def _unseen(dice: random.Random, _kind: str) -> str:
    words = ["im\u00admi\u00adgra\u00adtion", "head\u200bline", "word\u2060word", "\ufeffplain"]
    return " ".join(dice.choice(words) for _number in range(dice.randint(3, 30)))


def _blanks(dice: random.Random, _kind: str) -> str:
    blanks = [" ", "  ", "\t", "\n", "\u00a0", "\u2009", "\u202f", "\r\n", "\u3000"]
    words = dice.choices(_WORDS["english"], k=dice.randint(4, 40))
    return "".join(word + dice.choice(blanks) for word in words) + "end."


def _url(dice: random.Random, _kind: str) -> str:
    parts = "-".join(dice.choices(_WORDS["german"][1:4], k=dice.randint(3, 20)))
    return f"See https://harbourpost.example/2025/03/{parts}?a=1&b=2 for all of it."


def _unbroken(dice: random.Random, _kind: str) -> str:
    return "He said " + "Donaudampfschiff" * dice.randint(4, 9) + "."


def _endless(dice: random.Random, _kind: str) -> str:
    return " ".join(dice.choices(_WORDS["english"], k=dice.randint(250, 2_000)))


_MADE: dict[str, Callable[[random.Random, str], str]] = {
    "unseen": _unseen,
    "blanks": _blanks,
    "url": _url,
    "unbroken": _unbroken,
    "endless": _endless,
}
