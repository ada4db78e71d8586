"""What a question asks: its intent, its words and their kind, the phrases given in quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model import DateMention
from bot.text.dates import find_question_dates
from bot.text.words import Word, find_words, fold

MAX_QUESTION_CHARS = 2_000  # what is longer is a paste, not a question; the rest is not read
MAX_TERMS = 40  # words that take part in the search


class Intent(StrEnum):
    SAID_BY = "said_by"
    WHO_SAID = "who_said"
    AGREED = "agreed"
    WHEN = "when"
    WHERE = "where"
    WHO = "who"
    HOW_MANY = "how_many"
    WHY = "why"
    WHAT_HAPPENED = "what_happened"
    LATEST = "latest"
    LIST = "list"
    COMPARE = "compare"
    TIMELINE = "timeline"
    QUOTE_CHECK = "quote_check"
    OTHER = "other"


# Verbs of saying as people type them; in _SPOKEN those that are no common nouns or other verbs.
_SPOKEN = (
    r"(?:say|says|said|sayd|tell|tells|told|tweet|tweets|tweeted|twit|twitt|twitted|claimed|warn|"
    r"warns|warned|think|thinks|thought|write|wrote|argue|argues|argued|deny|denies|denied|admit|"
    r"admits|admitted|announce|announced|replied|respond|responds|responded|react|reacted|"
    r"commented|joked|stated|insist|insists|insisted|mention|mentioned|explain|explained|suggest|"
    r"suggested|compare|compared|describe|described|predict|predicted|accuse|accused|criticise|"
    r"criticize|criticized|criticised|propose|proposed|pledge|pledged|promise|promised|demand|"
    r"demanded|want|wants|wanted|threaten|threatened|complain|complained)"
)
_SAY = (
    _SPOKEN[:-1]
    + r"|claim|claims|call|calls|called|post|posted|answer|answered|reply|comment|joke|"
    r"state|ask|asked|blame|blamed|praise|praised|liken|likened|dismissed|rejected)"
)
_QUESTION_RULES: tuple[tuple[Intent, re.Pattern[str]], ...] = tuple(
    (intent, re.compile(pattern))
    for intent, pattern in (
        (
            Intent.LATEST,
            r"\b(?:latest|newest|news (?:on|about|from|of)|any news|update(?:s)? on|summar|"
            r"catch me up|what'?s new)\b|\bnews$|\blatest$|\bupdate$",
        ),
        (
            Intent.WHEN,
            r"^(?:and |so )?(?:when|wen|whn)\b|\b(?:what|which|wat) (?:date|day|year|month|time|"
            r"weekday)\b|\b(?:since|until|by)$|\b(?:last|first) day\b|\bsince when\b|\buntil when\b|\bby when\b|\bdate$|\bwhen$",
        ),
        (
            Intent.WHERE,
            r"^(?:and |so )?(?:where|were(?= in\b| is\b| was the\b| did\b))\b|\bwhere\b.*\b(?:held|"
            r"happen|take place|located)\b|"
            r"\bwhere (?:was|is|were|did|do|does)\b|"
            r"\blocation$|\b(?:what|which) (?:city|town|place|country|state|venue|stadium|"
            r"hotel|store|shop|building|street|region)\b|\bwhere(?: exactly)?$",
        ),
        (
            Intent.HOW_MANY,
            r"\bhow (?:many|much|meny|mutch|big|large|deep|long|old|high|tall|far|fast|heavy|often|"
            r"wide|strong)\b|\b(?:what|wat) (?:percentage|number|share|proportion|price|amount|"
            r"score|age)\b|\b(?:score|price|weight|cost|salary|death toll|number|total|count)$|"
            r"^(?:number|price|cost|amount) of\b",
        ),
        (
            Intent.WHY,
            r"^(?:and |so |but )?(?:why|y|wy)\b|\bwhat (?:caused|led to)\b|\breason|\bhow come\b",
        ),
        (
            Intent.WHO_SAID,
            rf"\b(?:who|hwo|whos|which \w+(?: \w+)?|what \w+) (?:has |had |was it |have )?(?:\w+ly )?{_SAY}\b|"
            r"\bwho (?:is|was) (?:quoted|the source)|\bwhose (?:words|quote)|\bsaid by who",
        ),
        (
            Intent.AGREED,
            r"\bwhat (?:was|were|is|are|has been|have|has|had|did|do|does)\b.*\b(?:agree|agreed|"
            r"decide|decided|settled|signed|vote|voted|resolved?)\b",
        ),
        (
            Intent.SAID_BY,
            rf"\b(?:what|wat|waht|how)(?:'s| s)? (?:did|does|do|has|have|had|is|was|were|are)?\b.*"
            rf"\b{_SPOKEN}\b|^what (?:did|does|do) (?:\w+ ){1, 3}(?:call|answer|reply|ask|blame)\b|"
            rf"\bdid .* {_SPOKEN}\b|\b(?:reaction|response|statement|quotes?|comments?|remarks?|words|"
            r"opinion|view|views|position|stance)\b|^(?:what|how) (?:did|does) .* (?:react|respond|put it)\b|"
            r"\baccording to\b|^(?:he|she|they) sa(?:id|ys)\b",
        ),
        (
            Intent.AGREED,
            r"\b(?:agree|agreed|agreement|agre|deal|accord|pact|treaty|decide|decided|decision|"
            r"vote|voted|ruling|ruled|verdict|signed?|approved?|settle|settlement)\b",
        ),
        (
            Intent.WHO,
            r"^(?:and |so |but )?(?:who|whos|hwo|whom|whose)\b|\bwho$|\bwhich (?:\w+ ){0,2}(?:person|man|"
            r"woman|politician|minister|senator|company|team|player|country|judge|actor|party|"
            r"group|\w+(?:er|or|ist|ian|man|ant)s?)\b|\bwho else\b|\bnames?$|^name of\b",
        ),
        (
            Intent.WHAT_HAPPENED,
            r"\bwhat (?:has |is |had )?(?:happen|hapen|going on|went on|took place|became)|"
            r"^what (?:is|was|are|were)\b|\bwhat about\b",
        ),
    )
)
# Words that only say what kind of answer is wanted: they must not outweigh names and topic.
_FRAME_WORDS = frozenset(
    """
    say says said sayd tell tells told speak spoke talk who what when where why how which whom
    whose wat waht hwo wen quote quotes quoted comment comments remark remarks statement statements
    reaction react reacted latest news update updates summary date day time location exactly
    happen happened happening hapened please show give know anything something about regarding
    concerning word words exact got get ever also many much did do does
    dose dos hav name names call calls
    article articles story report reports reported read asked ask want wants else
    """.split()
)
# Asked where or when, these say only that something did.
_EVENT_WORDS = frozenset(["held", "hold", "take", "took", "taking", "place", "located", "happens"])
_MEASURES = re.compile(r"\bhow (long|large|big|high|tall|old|strong|far|fast|heavy|wide|often)\b")
_FOLLOW_UP_START = re.compile(
    r"^(?:and|but|so|then|ok|what about|how about|who else|what else|where else|why|why not|"
    r"for how long|how long|since when|until when|by whom|by who|with whom|says who|who said that|"
    r"in (?:january|february|march|april|may|june|july|august|september|october|november|december))\b"
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
    has_pronoun: bool = False
    """Whether a pronoun in it stands for somebody or something named before."""


def parse_question(text: str, now: datetime) -> Question:
    """What `text` asks, read at the time `now`."""
    text = " ".join(text[:MAX_QUESTION_CHARS].split())
    plain = fold(text).strip(" ?!.")
    phrases = tuple(
        phrase
        for match in _QUOTED.finditer(text)
        if len((phrase := (match.group(1) or match.group(2))).split()) > 1
    )
    bare = plain
    for phrase in phrases:
        bare = bare.replace(fold(phrase), " … ")
    intent = _find_intent(" ".join(bare.split()), phrases)
    content: list[Word] = []
    frame: list[Word] = []
    seen: set[str] = set()
    measure = _MEASURES.search(plain)
    for word in find_words(text):
        if (measure is not None and word.folded == measure.group(1)) or (
            word.is_stop
            or word.folded in _FRAME_WORDS
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
        text, intent, tuple(content[:MAX_TERMS]), tuple(frame), phrases, dates, leans, pronoun
    )


def _find_intent(plain: str, phrases: tuple[str, ...]) -> Intent:
    for intent, pattern in _QUESTION_RULES:
        if pattern.search(plain):
            return intent
    return Intent.WHO_SAID if phrases else Intent.OTHER
