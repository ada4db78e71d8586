"""What people say to a bot that is no question about the news: a greeting, thanks, a complaint."""

from __future__ import annotations

import re
from enum import StrEnum

LONGEST_CHARS = 80  # a longer message is a question, however it begins


class SmallTalk(StrEnum):
    """What somebody means who asks nothing about the news."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    WHO = "who"  # who or what are you
    HELP = "help"
    LATEST = "latest"
    DIGEST = "digest"  # what is new since some day, or a digest
    FOLLOWS = "follows"  # what do I follow
    MORE = "more"
    WRONG = "wrong"
    WORDLESS = "wordless"


_END = r"[ ,?!.:()]*"
_HELLO = (
    r"(?:hi+|hey+|hello|hallo|hiya|yo|howdy|greetings|hi there|"
    r"good (?:morning|afternoon|evening|day)|morning|evening)"
)
_WELL = (
    r"(?:how are (?:you|things)(?: doing)?(?: today)?|how do you do|how'?s it going|what'?s up)"
)
_PLEASED = (
    r"(?:thanks?(?: you| u)?(?: very much| so much| a lot)?|many thanks|thx|ty|cheers|ok(?:ay)?|"
    r"cool|great|good|nice|perfect|fine|super|awesome|wow|got it|i see|all right|alright|"
    r"well done|good bot|yes|yep)"
)
_YOU = r"(?:you|u|newsbot|this|this bot)"
_TIME = (
    r"(?P<time>(?:since )?(?:today|yesterday)|(?:this|last) week)|"
    r"(?:(?:of )?(?:the|this) (?P<span>day|week))"
)
_SAID: tuple[tuple[SmallTalk, str], ...] = (
    (
        SmallTalk.GREETING,
        rf"{_HELLO}(?:[ ,!.]+(?:there|all|everyone|everybody|bot|newsbot|again|friend|{_HELLO}))*"
        rf"(?:[ ,!.]+{_WELL})?|{_WELL}",
    ),
    (SmallTalk.THANKS, rf"{_PLEASED}(?:[ ,!.]+{_PLEASED})*"),
    (
        SmallTalk.GOODBYE,
        r"(?:good ?bye|bye(?:[ -]bye)?|good night|see (?:you|ya)(?: later| tomorrow| soon)?|cu|"
        r"have a (?:nice|good) day)",
    ),
    (
        SmallTalk.WHO,
        rf"(?:who|what) (?:are|r|is) {_YOU}|who (?:made|built|runs) {_YOU}|what'?s this|"
        rf"(?:are|r) {_YOU} (?:an? )?(?:\w+ )?(?:bot|robot|human|person|machine|real|there|"
        r"ai|a\.i\.|chatgpt|gpt|language model)|(?:introduce|tell me about) yourself|"
        r"what do you do",
    ),
    (
        SmallTalk.HELP,
        r"help(?: me)?|commands|menu|how does (?:this|it) work|"
        r"what (?:can|could|should) (?:you|i) (?:do|ask)(?: (?:you|me|here))?|"
        r"how do i ask(?: you)?",
    ),
    (
        SmallTalk.LATEST,
        r"(?:the )?(?:latest|newest|news|headlines)(?: news| articles| headlines)?|"
        r"(?:what'?s|what is|anything|any) (?:new|news)",
    ),
    (
        SmallTalk.DIGEST,
        rf"(?:(?:please )?(?:give|show|tell) me )?(?:(?:what(?:'?s| is| has)? (?:new|changed|"
        rf"happened)|(?:the )?(?:news|headlines))(?: (?:of|for|from))? (?:{_TIME})|"
        r"(?:(?:the|a) )?(?:digest|summary|overview)(?: please)?)",
    ),
    (
        SmallTalk.FOLLOWS,
        r"what (?:do|am) i (?:follow|following|subscribed to)|what do you (?:send|tell) me|"
        r"(?:show )?my (?:follows|subscriptions|alerts|digests)",
    ),
    (
        SmallTalk.MORE,
        r"(?:and |show |tell |give )?(?:me )?(?:some )?more|next(?: one)?|go on|continue|"
        r"what else|anything else|more (?:answers|results|please)|the rest",
    ),
    (
        SmallTalk.WRONG,
        r"(?:no[ ,]+)?(?:(?:that|this|it|your answer|the answer|you)(?:'s| is| are|'re| was)? )?"
        r"(?:all |just |simply )?(?:wrong|incorrect|not (?:right|correct|true|what i asked)|"
        r"false|mistaken)|wrong answer",
    ),
)
_PATTERNS = tuple((kind, re.compile(f"(?:{said}){_END}", re.IGNORECASE)) for kind, said in _SAID)
_TIMES = re.compile(_TIME, re.IGNORECASE)


def parse_small_talk(text: str) -> SmallTalk | None:
    """What is meant by words that are no question about the news; None for a question."""
    if not any(character.isalnum() for character in text):
        asks = set(text.strip()) == {"?"}
        return SmallTalk.HELP if asks else SmallTalk.WORDLESS
    line = " ".join(text[: 2 * LONGEST_CHARS].replace("’", "'").split())
    if len(line) > LONGEST_CHARS:
        return None
    return next((kind for kind, said in _PATTERNS if said.fullmatch(line)), None)


def digest_time(text: str) -> str:
    """The words of time in a wish for the news, as /digest takes them; empty for none."""
    found = _TIMES.search(text)
    if found is None:
        return ""
    return found["time"] or {"day": "today", "week": "this week"}[found["span"].lower()]
