"""What people say to a bot that is no question about the news: a greeting, thanks, a complaint."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.locales import _
from bot.talk.buttons import PRESS_BYTES
from bot.talk.replies import Block, BlockKind, Button, Reply

LONGEST_CHARS = 80  # a longer message is a question, however it begins


class SmallTalk(StrEnum):
    """What somebody means who asks nothing about the news."""

    GREETING = "greeting"
    WELL = "well"  # how are you
    THANKS = "thanks"
    GOODBYE = "goodbye"
    WHO = "who"  # who or what are you
    HELP = "help"
    LATEST = "latest"
    DIGEST = "digest"  # what is new since some day, or a digest
    FOLLOWS = "follows"  # what do I follow
    MORE = "more"
    WRONG = "wrong"
    DOUBT = "doubt"  # is that true, are you sure
    INSULT = "insult"
    FUN = "fun"  # a joke, a poem, a song
    FOND = "fond"  # I love you, are you married
    SUM = "sum"
    WEATHER = "weather"
    CLOCK = "clock"  # the time or the day of today
    NAME = "name"  # what are you called, how old are you
    CHORE = "chore"  # translate this, write me a letter
    WORDLESS = "wordless"


_END = r"[ ,?!.:()]*"
_HELLO = (
    r"(?:hi+|hey+|hello|hallo|hiya|yo|howdy|greetings|hi there|"
    r"good (?:morning|afternoon|evening|day)|morning|evening)"
)
_WELL = (
    r"(?:how are (?:you|things)(?: doing)?(?: today)?|how do you do|how'?s it going|what'?s up)"
)
_PERHAPS = (
    r"(?:(?:please|pls|hey|ok|so|well|and|can you|could you|will you|do you know|would you) )*"
    r"(?:(?:please|pls) )?"
)
_FOOL = (
    r"(?:stupid|dumb|an? (?:total |complete |fucking |bloody )?(?:idiot|moron|fool|joke|"
    r"stupid bot|piece of (?:shit|crap|junk))|idiots?|morons?|useless|rubbish|trash|garbage|crap|"
    r"shit|bad|terrible|awful|horrible|the worst|annoying|boring|pathetic|ridiculous|nonsense|"
    r"bollocks|lame|not (?:very )?(?:smart|clever|helpful|good|useful)|no (?:help|good|use))"
)
_NUMBER = (
    r"(?:\d{1,12}(?:[.,]\d{1,6})?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|"
    r"hundred)"
)
# "9/11" and "2025-03-18" are no sums.
_OPERATOR = (
    r"(?:[+*×÷^]|(?<= )[-x/](?= )|plus|minus|times|divided by|to the power of|per ?cent of|% of)"
)
_SWEAR = (
    r"(?:(?:go )?(?:fuck|screw) (?:off|you|u|yourself|this)|f\W{0,3}ck (?:off|you|u)|fuck|shit|"
    r"damn(?: you| it)?|wtf|bullshit|piss off|shut up|shut the fuck up|go to hell|get lost|"
    r"bugger off|stfu|i hate (?:you|this(?: bot)?)|you suck|this sucks|bad bot|kill yourself)"
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
        rf"(?:[ ,!.]+{_WELL})?",
    ),
    (
        SmallTalk.WELL,
        rf"(?:so |and )?{_WELL}|are you (?:ok|okay|all right|well|happy|tired|alive)",
    ),
    (
        SmallTalk.INSULT,
        rf"(?:oh |you )?{_SWEAR}(?:[ ,!.]+(?:you |u )?{_FOOL})?|"
        rf"(?:you|u|you're|youre|ur|this bot|this thing|this|the bot|what an?)"
        rf"(?: are| is| r|'re)?(?: so| such| really| just| all| totally)* {_FOOL}"
        rf"(?: bot| thing| machine| program)?|(?:stupid|dumb|useless|fucking|bloody)"
        r"(?: useless| stupid)* (?:bot|machine|thing|program|idiot)|idiot|moron|rubbish|useless",
    ),
    (
        SmallTalk.FUN,
        rf"{_PERHAPS}(?:(?:tell|say|give|sing|write|make|know)(?: me| us)? (?:(?:an?|some|another|"
        r"any) )?(?:(?:funny|good|short|little|bad|dad) )*(?:jokes?|story|poem|song|riddle|"
        r"limerick|fairy tale|something funny)|make me laugh|jokes?|entertain me)"
        r"(?: please| for me)?",
    ),
    (
        SmallTalk.FOND,
        r"(?:i |we )?(?:really )?(?:love|like|adore) (?:you|u|this(?: bot)?)(?: so much)?|"
        r"(?:will|would) you (?:marry me|go out with me|be my friend)|are you (?:married|single|"
        r"in love)|do you (?:love|like|hate|miss) me|you are (?:great|the best|awesome|amazing|"
        r"cute|smart|clever|nice|wonderful|funny|so (?:smart|clever|nice|good))|kiss me|"
        r"i miss(?:ed)? you",
    ),
    (
        SmallTalk.SUM,
        rf"(?:(?:what(?:'s| is)?|how much is|calculate|compute|solve) )?(?:{_NUMBER}"
        rf"(?: ?{_OPERATOR} ?{_NUMBER}){{1,6}} ?=?|(?:the )?square root of {_NUMBER}|"
        rf"{_NUMBER} squared)",
    ),
    (
        SmallTalk.WEATHER,
        rf"{_PERHAPS}(?:what(?:'s| is| will)? |how(?:'s| is| will)? |give me |tell me )?"
        r"(?:be )?(?:the )?weather(?: forecast| report)?(?: be)?(?: like)?"
        r"(?: going to be(?: like)?)?"
        r"(?: (?:for )?(?:today|tomorrow|now|outside|tonight|this week|this weekend|here|"
        r"right now))*|(?:will it|is it going to|does it|is it) (?:rain|snow|raining|snowing|"
        r"cold|warm|hot|sunny)(?: (?:today|tomorrow|tonight|now|outside|here))*|"
        r"do i need an? (?:umbrella|coat)(?: (?:today|tomorrow))?",
    ),
    (
        SmallTalk.CLOCK,
        rf"{_PERHAPS}(?:what(?:'s| is)? (?:the )?(?:time|date|day)(?: is it)?(?: now| today)?|"
        r"what (?:time|day|date) is (?:it|today)(?: now| today)?|"
        r"what(?:'s| is) today(?:'s date)?|tell me the (?:time|date))",
    ),
    (
        SmallTalk.NAME,
        r"(?:what(?:'s| is) (?:your|ur) name|do you have a name|what are you called|how old are "
        r"(?:you|u)|where (?:are you from|do you live|are you)|what(?:'s| is) your "
        r"(?:age|favou?rite \w+|opinion|sign)|do you (?:sleep|eat|dream|drink|have (?:feelings|"
        r"friends|a soul|a body))|what do you (?:think|like|want|believe)|who do you vote for)",
    ),
    (
        SmallTalk.CHORE,
        rf"{_PERHAPS}(?:translate|write|draw|paint|compose|code|play|book|order|buy|cook|google) "
        r"(?:me|us|this|that|it|an?|some|my)\b.{0,60}|set an? (?:alarm|timer)\b.{0,40}|"
        r"what(?:'s| is) the meaning of life|how (?:do|can) i (?:cook|bake|lose|fix|install) "
        r".{2,50}",
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
    (
        SmallTalk.DOUBT,
        r"(?:(?:and|but|so|hm+|wait)[ ,]+)?(?:(?:is|was) (?:that|this|it|all that)(?: all)?"
        r"(?: really)? (?:so|true|right|correct|real|a fact)|really|seriously|true|"
        r"are you (?:really |absolutely |quite )?(?:sure|certain)"
        r"(?: (?:of|about) (?:that|this|it))?|"
        r"how (?:sure|certain) are you|can i trust (?:you|that|this|it))",
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


_OFFERING = (SmallTalk.WELL, SmallTalk.FUN, SmallTalk.NAME, SmallTalk.FOND, SmallTalk.CHORE)


def is_offering(kind: SmallTalk) -> bool:
    """Whether questions to tap lead back to the news after such talk."""
    return kind in _OFFERING


def small_reply(kind: SmallTalk, questions: Sequence[str] = ()) -> Reply | None:
    """What is said to talk that asks nothing of the articles, with questions to tap instead; None
    where somebody else answers."""
    words = _words(kind)
    if words is None:
        return None
    if kind is SmallTalk.WEATHER:
        search = Button(_("Search the articles for weather"), "cmd:/search weather")
        return Reply((Block(BlockKind.TEXT, words),), ((search,),))
    fitting = [q for q in questions if len(f"ask:{q}".encode()) <= PRESS_BYTES]
    if fitting:
        words = f"{words} {_('For example:')}"
    buttons = tuple((Button(q, f"ask:{q}"),) for q in fitting)
    return Reply((Block(BlockKind.TEXT, words),), buttons)


def _words(kind: SmallTalk) -> str | None:
    match kind:
        case SmallTalk.THANKS:
            return _("You are welcome. Ask on whenever you like.")
        case SmallTalk.GOODBYE:
            return _("Goodbye. Come back with a question at any time.")
        case SmallTalk.WORDLESS:
            return _("Please send me a question in words.")
        case SmallTalk.WELL:
            return _("I am well, thank you. What would you like to know from the news?")
        case SmallTalk.INSULT:
            return _(
                "I am sorry that I was no help. Ask again in other words, or say “wrong” after an "
                "answer: an editor will look at it."
            )
        case SmallTalk.DOUBT:
            return _(
                "I cannot tell what is true, only what was printed: every sentence of an answer "
                "is as its article has it, and Context shows what stands around it. To see "
                "whether words were said, reply to them with “is this true?”, or type /check and "
                "the words."
            )
        case SmallTalk.FUN:
            return _("I know no jokes, songs or stories: only what the articles say.")
        case SmallTalk.FOND:
            return _("That is kind. I am a program that looks up what the articles say.")
        case SmallTalk.SUM:
            return _("I do no sums: I answer with what the articles say.")
        case SmallTalk.WEATHER:
            return _("I have no forecast of my own: I know only what the articles say.")
        case SmallTalk.CLOCK:
            return _("I answer about the news; the time and the day are on your own clock.")
        case SmallTalk.NAME:
            return _("I am a program without a life of my own. I answer with what articles say.")
        case SmallTalk.CHORE:
            return _("I cannot do that: I answer questions with what the articles say.")
    return None
