"""What a question asks: its intent, its words and their kind, the phrases given in quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.answer.intents import Intent, cue_classes_in, read_intent
from bot.answer.phrasals import Phrasal, find_phrasals
from bot.model import DateMention
from bot.text.dates import find_question_dates
from bot.text.words import Word, find_words, fold

MAX_QUESTION_CHARS = 2_000  # what is longer is a paste, not a question; the rest is not read
MAX_PHRASES = 4  # phrases in quotation marks that are looked up: each costs a search
MAX_TERMS = 40  # words that take part in the search


# Words that only say what kind of answer is wanted: they must not outweigh names and topic.
_FRAME_WORDS = frozenset(
    """
    say says said sayd tell tells told speak spoke talk who what when where why how which whom
    whose wat waht hwo wen quote quotes quoted comment comments remark remarks statement statements
    reaction react reacted latest news update updates summary date day time location exactly
    happen happened happening hapened please show give know anything something about regarding
    everything concerning word words exact got get ever also many much did do does
    dose dos hav name names call calls wich
    abot abt
    article articles story report reports reported read asked ask want wants else since according
    """.split()
)
# Asked where or when, these say only that something did.
_EVENT_WORDS = frozenset(["held", "hold", "take", "took", "taking", "place", "located", "happens"])
# In these questions a word for the kind of thing asked for ("in which city") is no topic.
_KIND_WORDS = {
    Intent.WHERE: frozenset("city town place venue".split()),
    Intent.WHEN: frozenset("year month weekday".split()),
}
_LATER = re.compile(r"\b(later|afterwards|subsequently|next)$")
_MEASURES = re.compile(r"\bhow (long|large|big|high|tall|old|strong|far|fast|heavy|wide|often)\b")
_FOLLOW_UP_START = re.compile(
    r"^(?:and|but|so|then|ok|what about|how about|who else|what else|where else|why|why not|"
    r"for how long|how long|since when|until when|by whom|by who|with whom|says who|who said that|"
    r"in (?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december))\b"
)
PRONOUNS = frozenset("he she they it him her them his its their hers theirs".split())
_QUOTED = re.compile(
    r"[\"“”„«»]([^\"“”„«»]{3,300})[\"“”„«»]|(?:^|[\s(])['‘]([^'‘’]+(?:['’]\w[^'‘’]*)*)['’](?=$|[\s?.,!)])"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read: what is asked, and with which words.

    `words` are the words that name people and topic; `frame` those that only ask.
    `phrases` were given in quotation marks. `dates` are its words of time.
    """

    text: str
    intent: Intent
    words: tuple[Word, ...]
    frame: tuple[Word, ...]
    phrases: tuple[str, ...]
    dates: tuple[DateMention, ...]
    leans: bool
    """Whether it begins like the next message in a talk ("and …", "who else")."""
    cue_classes: frozenset[str] = frozenset()
    """The classes of cue that it asks for ("who denied")."""
    has_pronoun: bool = False
    """Whether a pronoun in it stands for somebody or something named before."""
    phrasals: Mapping[int, Phrasal] = field(default_factory=dict)
    """Its words that a small word gives their meaning ("take over"), by where they start."""
    asks_later: bool = False
    """Whether it asks for what came after the last answer ("what did she say later")."""


def parse_question(text: str, now: datetime) -> Question:
    """What `text` asks, read at the time `now`."""
    text = " ".join(text[:MAX_QUESTION_CHARS].split())
    plain = fold(text).strip(" ?!.")
    quoted = (match.group(1) or match.group(2) for match in _QUOTED.finditer(text))
    phrases = tuple(dict.fromkeys(p for p in quoted if len(p.split()) > 1))[:MAX_PHRASES]
    bare = plain
    for phrase in phrases:
        bare = bare.replace(fold(phrase), " … ")
    intent = read_intent(" ".join(bare.split()), has_phrases=bool(phrases))
    content: list[Word] = []
    frame: list[Word] = []
    seen: set[str] = set()
    measure = _MEASURES.search(plain)
    words = find_words(text)
    phrasals = find_phrasals(words)
    later = _LATER.search(plain)
    for word in words:
        if word.span.start in phrasals:
            content.append(word)
            seen.add(word.term)
            continue
        if (measure is not None and word.folded == measure.group(1)) or (
            word.is_stop
            or (later is not None and word.folded == later.group(1))
            or word.folded in _FRAME_WORDS
            or word.folded in _KIND_WORDS.get(intent, ())
            or (intent in (Intent.WHERE, Intent.WHEN) and word.folded in _EVENT_WORDS)
        ):
            frame.append(word)
        elif word.term not in seen:
            seen.add(word.term)
            content.append(word)
    dates = tuple(find_question_dates(text, now))
    pronoun = any(w.folded in PRONOUNS for w in frame)
    leans = bool(_FOLLOW_UP_START.match(plain))
    return Question(
        text=text,
        intent=intent,
        words=tuple(content[:MAX_TERMS]),
        frame=tuple(frame),
        phrases=phrases,
        dates=dates,
        leans=leans,
        cue_classes=cue_classes_in(w.folded for w in (*content, *frame)),
        has_pronoun=pronoun,
        phrasals=phrasals,
        asks_later=later is not None,
    )
