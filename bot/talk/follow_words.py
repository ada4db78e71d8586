"""What somebody wants to follow, stop or see, read from their own words; values in, values out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.talk.rhythm_words import LONGEST_CHARS, RhythmWords, find_rhythm
from bot.talk.time_abroad import timing_in_english


class WishKind(StrEnum):
    FOLLOW = "follow"
    STOP = "stop"
    LIST = "list"
    PAUSE = "pause"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted: `what` in words, as `read_interest` takes them; for a pause, how long."""

    kind: WishKind
    what: str = ""
    when: RhythmWords | None = None
    question: bool = False
    """Whether `what` is a question whose answer is to be watched."""
    target: str = ""
    """The channel that it is for ("@harbour"), where one is named."""


_PLEASE = r"(?:(?:please|pls|hey|hi|ok|and|can you|could you|would you|i want you to)[ ,]+){0,3}"
_TOLD = r"(?:tell|notify|alert|ping|inform|message|text|warn|remind) me"
_WHEN = r"(?:when(?:ever)?|if|as soon as|once|every time|each time|the moment)"
_ON = r"(?:about|on|of|regarding|concerning)"
_NEWS = (
    r"(?:(?:all|any|the|every|some|more|an?|my)\s+)*(?:latest\s+|newest\s+|new\s+|top\s+)?"
    r"(?:news|updates?|headlines?|stories|articles?|reports?|digest|summary|overview|everything|"
    r"anything|something|quotes?|statements?|what['’]?s new)(?:\s+(?:digest|summary|updates?))?"
)
_SAYING = (
    r"(?:says?|said|speaks?|talks?|comments?|mentions?|tweets?|announces?|denies|states?|"
    r"is quoted|makes? a statement|answers?|reacts?)"
)
_SAYS = re.compile(
    rf"(?P<who>.{{2,80}}?)\s+{_SAYING}(?:\s+(?:something|anything|sth|again|new|more|out|it|"
    rf"that|this|a word|words))*(?:\s+(?:{_ON}|to)\s+(?P<about>.+))?",
    re.I,
)
_THERE_IS = re.compile(
    rf"(?:there(?:['’]s| is| are)|you (?:have|get|find|see)|i get)\s+{_NEWS}"
    rf"(?:\s+(?:{_ON}|from|by)\s+(?P<what>.+))?",
    re.I,
)
_APPEARS = re.compile(
    r"(?P<what>.+?)\s+(?:is|are|gets?|appears?|comes? up|shows up)"
    r"(?:\s+(?:again|mentioned|named|reported|in the news|in the papers|quoted))*",
    re.I,
)
_IN_NEWS = re.compile(r"\b(?:mentioned|named|quoted|in the news|in the papers|comes? up)$", re.I)
_ASKS_WHEN = re.compile(rf"{_PLEASE}(?:{_TOLD}|let me know) {_WHEN}\s+(?P<what>.+)", re.I)
_ASKS_ON = re.compile(
    rf"{_PLEASE}(?:(?:notify|alert|ping|inform) me (?:{_ON}|to)|"
    rf"keep me (?:posted|updated|informed|up to date)(?: (?:{_ON}|with))?|"
    rf"keep an eye on|set (?:up )?(?:an? )?alerts? (?:for|{_ON})|alert (?:for|on))\s+(?P<what>.+)",
    re.I,
)
_SEND = re.compile(
    rf"{_PLEASE}(?:i(?: woul|['’])?d? ?(?:like|want|need)|send|give|bring|get|mail|tell|show)"
    rf"(?: me)? {_NEWS}(?:\s+(?:{_ON}|from|by|for|with)\s+(?P<what>.+))?",
    re.I,
)
_TELL_OFTEN = re.compile(
    rf"{_PLEASE}(?:tell|send|give|bring|show|mail)(?: me)? (?:{_ON}|more {_ON})\s+(?P<what>.+)",
    re.I,
)
"""A wish where words of a rhythm follow ("tell me about rail on weekdays at 18:45")."""
_FOLLOW = re.compile(
    rf"{_PLEASE}(?:i(?: woul|['’])?d? ?(?:like|want) to )?"
    rf"(?:follow(?! up\b)|subscribe(?: me)?(?: to)?|track|watch(?: out)?(?: for)?)\s+"
    rf"(?:{_NEWS}\s+(?:{_ON}|from)\s+)?(?P<what>.+)",
    re.I,
)
_STOP = re.compile(
    rf"{_PLEASE}(?:unfollow|unsubscribe(?: me)?(?: from)?|stop (?:following|sending(?: me)?|"
    rf"telling me|notifying me|alerting me|watching|tracking)(?: {_ON})?|"
    rf"(?:don['’]?t|do not) (?:send|tell|notify)(?: me)?)\b\s*(?:{_NEWS}\s+(?:{_ON}|from)\s+)?"
    rf"(?P<what>.*)",
    re.I,
)
_LIST = re.compile(
    rf"{_PLEASE}(?:what (?:do|am) i (?:follow|following|subscribed to)|"
    rf"(?:(?:show|list)(?: me)? )?(?:all )?my (?:follows?|subscriptions?|alerts?|digests?)|"
    rf"what (?:alerts|subscriptions|follows) do i have)",
    re.I,
)
_PAUSE = re.compile(
    rf"{_PLEASE}(?:pause|snooze|mute|stop)(?: (?:all|everything|it all|all of them|my alerts|"
    rf"all alerts|my follows|my digests?|all digests?|the digests?|messages|sending))?"
    rf"(?P<what>(?: for .{{1,20}}| until .{{1,30}})?)",
    re.I,
)
_RESUME = re.compile(
    rf"{_PLEASE}(?:resume|unpause|unmute|i['’]?m back|i am back)"
    rf"(?: (?:all|everything|my alerts|my follows|sending))?",
    re.I,
)
_CHANNEL = re.compile(r"(?:^|\s)(?:(?:in|for|to|into)\s+)?(@[A-Za-z]\w{3,31})(?=$|[\s,.])")
_POLITE = re.compile(r"(?:can|could|would) you ", re.I)
_QUESTION = re.compile(
    r"(?:who|what|when|where|why|how|which|whose|whom|did|does|do|is|are|was|were|will|has|have|"
    r"can|could|should)\b",
    re.I,
)
SHORT_ANSWER_WORDS = 6
"""A longer message is no answer to what was asked, but a question of its own."""
PLACE_WORDS = 3
_NO_PLACE = frozenset(
    "latest news headlines follow unfollow pause resume stop help hi hello".split()
)
EVERYTHING = "all news"


def parse_wish(text: str) -> Wish | None:
    """The wish in a message that is no command; None for a question or anything else.

    "Tell me when Ruud says something on gas" is a wish, "tell me when the strike begins" a
    question: asking for a time, unless it speaks of saying or of news.
    """
    words = " ".join(text.split())
    if not words or len(words) > LONGEST_CHARS:
        return None
    if _LIST.fullmatch(words.strip(" .!?")):
        return Wish(WishKind.LIST)
    if words.endswith("?") and _is_asked(words) and not _POLITE.match(words):
        return None
    words = words.strip(" .!?")
    if (match := _PAUSE.fullmatch(words)) and words.lower() != "stop":
        return Wish(WishKind.PAUSE, match["what"].strip())
    if _RESUME.fullmatch(words):
        return Wish(WishKind.RESUME)
    if match := _STOP.fullmatch(words):
        return Wish(WishKind.STOP, match["what"].strip())
    return _parse_follow(words)


def parse_follow(text: str) -> Wish:
    """The wish of whoever typed `text` after /follow: all of it names what, when and where."""
    words = " ".join(text.split())
    if len(words) > LONGEST_CHARS:
        return Wish(WishKind.FOLLOW, words)
    wish = _parse_follow(words)
    if wish is not None and wish.what:
        return wish
    return _made(words, question=is_question(words))


def _parse_follow(words: str) -> Wish | None:
    if match := _ASKS_WHEN.fullmatch(words):
        told = _of_happening(match["what"])
        asks_time = words.lower().find("tell me when ") >= 0
        if told is None and asks_time:
            return None  # "tell me when the strike begins" asks for a time
        return _made(told or match["what"])
    if match := _ASKS_ON.fullmatch(words):
        return _made(match["what"])
    if match := _FOLLOW.fullmatch(words):
        return _made(match["what"], question=_is_asked(match["what"]))
    if (when := find_rhythm(words)) is None or not when.recurs:
        return None  # "send me the news on gas" wants it now, once
    match = _SEND.fullmatch(when.rest) or _TELL_OFTEN.fullmatch(when.rest)
    return _made(match["what"] or EVERYTHING, when) if match is not None else None


def _of_happening(words: str) -> str | None:
    """What is followed by whoever waits for somebody to speak or for news ("Ruud on gas")."""
    when = find_rhythm(words)
    bare = when.rest if when is not None else words
    tail = words[len(bare) :] if words.startswith(bare) else ""
    if match := _SAYS.fullmatch(bare):
        who = match["who"].strip()
        if who.lower() in ("anybody", "anyone", "somebody", "someone"):
            return f"{match['about'] or ''}{tail}".strip() or None
        return (f"{who} on {match['about']}" if match["about"] else who) + tail
    if match := _THERE_IS.fullmatch(bare):
        return (match["what"] or "") + tail
    match = _APPEARS.fullmatch(bare)
    return match["what"] + tail if match and _IN_NEWS.search(bare) else None


def _made(what: str, when: RhythmWords | None = None, *, question: bool = False) -> Wish:
    """The wish to follow what these words name, without those of time and channel."""
    target = ""
    if match := _CHANNEL.search(what):
        target = match[1]
        what = f"{what[: match.start()]} {what[match.end() :]}"
    found = find_rhythm(what) or find_rhythm(timing_in_english(what))
    if found is not None:
        when, what = found, found.rest
    what = " ".join(what.split()).strip(" ,;.!")
    return Wish(WishKind.FOLLOW, what, when, question, target)


def _is_asked(words: str) -> bool:
    return _QUESTION.match(words) is not None


def is_own_message(text: str) -> bool:
    """Whether a message is no answer to what we asked, but something of its own."""
    words = text.split()
    return (
        not words
        or len(words) > SHORT_ANSWER_WORDS
        or text.rstrip().endswith("?")
        or (_is_asked(text) and len(words) > 1)
    )


def is_place_like(text: str) -> bool:
    """Whether a message that names no place that we know was meant to name one."""
    words = text.split()
    return len(words) <= PLACE_WORDS and words[0].lower() not in _NO_PLACE


def is_question(words: str) -> bool:
    """Whether words to follow are a question whose answer is watched."""
    return words.rstrip().endswith("?") or (_is_asked(words) and len(words.split()) > 2)
