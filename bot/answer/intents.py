"""What kind of answer a question wants, read from its words as people type them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum


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
    "say|says|said|sayd|tell|tells|told|tweet|tweets|tweeted|twit|twitt|twitted|claimed|warn|"
    "warns|warned|think|thinks|thought|write|wrote|argue|argues|argued|deny|denies|denied|admit|"
    "admits|admitted|announce|announced|replied|respond|responds|responded|react|reacted|"
    "commented|joked|stated|insist|insists|insisted|mention|mentioned|explain|explained|suggest|"
    "suggested|compare|compared|describe|described|predict|predicted|accuse|accused|criticise|"
    "criticize|criticized|criticised|propose|proposed|pledge|pledged|promise|promised|demand|"
    "demanded|want|wants|wanted|threaten|threatened|complain|complained"
)
_SAY = (
    f"{_SPOKEN}|claim|claims|call|calls|called|post|posted|answer|answered|reply|comment|joke|"
    "state|ask|asked|blame|blamed|praise|praised|liken|likened|dismissed|rejected"
)
_PERSON_WORDS = (
    r"person|man|woman|politician|minister|senator|company|team|player|country|judge|actor|party|"
    r"group|\w+(?:er|or|ist|ian|man|ant)s?"
)

# With these a whole sentence begins that asks; what comes in its last word is only its topic.
_ASKING = (
    r"(?:and |so |but )?(?:who|whom|what|when|where|why|how|which|did|does|do|is|was|are|were|has|"
    r"have|had|will|would|can|could|should|may|might)\b"
)

# In this order: the first intent with a pattern that is found in the question has it.
_PATTERNS: tuple[tuple[Intent, tuple[str, ...]], ...] = (
    (Intent.WHEN, (r"^(?:and )?(?:since|until|till|by) (?:when|wen|whn)\b",)),
    (Intent.HOW_MANY, (r"^(?:and |so |but )?how (?:many|much)\b(?!.* (?:by|since|until) when$)",)),
    (Intent.SAID_BY, (r"^(?:and |so |but )?what (?:did|does) [^?]{2,60}? say (?:about|on|to)\b",)),
    (
        Intent.LATEST,
        (
            r"^(?:what(?:'?s| is| are)? )?(?:the )?(?:very )?(?:latest|lastest|newest)\b",
            r"\b(?:latest|lastest|newest)(?: news| updates?)? (?:on|about|from|with|in|of|re)\b",
            r"\b(?:latest|lastest|newest)$",
            r"\b(?:any )?news (?:on|about|from|of)\b",
            r"\bupdates? on\b",
            r"\bsummar",
            r"^(?:(?:please|can you|could you) )?(?:sum up|sum it up|recap|brief me|fill me in)\b",
            r"\b(?:recap|rundown|round-?up)\b",
            r"\bcatch me up\b",
            r"\bwhat'?s new\b",
            rf"^(?!{_ASKING}).*\b(?:news|updates?)$",
        ),
    ),
    (
        Intent.WHEN,
        (
            r"^(?:and |so )?(?:when|wen|whn)\b",
            r"\b(?:what|which|wat) (?:date|day|year|month|time|weekday)\b",
            r"\b(?:since|until|by)$",
            r"\b(?:last|first) day\b",
            r"\b(?:since|until|by) when\b",
            r"\b(?:(?<!to )date|when)$",
            rf"^(?!{_ASKING}).*\bdeadline$",
            r"^(?:and )?what(?:'?s| is| was) the deadline\b",
            r"\b(?:opening|closing) (?:hours|times)\b",
            rf"^(?!{_ASKING}).*(?<!to )\bdate \w+$",
            rf"^(?!{_ASKING})(?!.*\bhow\b).*(?<!last |this |next |past )(?<!new )(?<!\d )"
            r"\byears?$",
        ),
    ),
    (
        Intent.WHERE,
        (
            r"^(?:and |so )?where\b",
            r"^(?:and |so )?were (?:in|is|was|did|do|does|are|were)\b",  # a slip for "where"
            r"\bwhere (?:was|is|were|did|do|does)\b",
            r"\bwhere(?: exactly)?$",
            r"\blocation$",
            rf"^(?!{_ASKING}).*(?<!islamic )\b(?:city|town|hometown|venue|birthplace)$",
            r"\b(?:what|which) (?:city|town|place|country|state|venue|stadium|hotel|store|shop|"
            r"building|street|region|(?:cit|count)(?:y|ies)|towns|states|bases?|venues|stores|shops)\b",
            r"\bwhich (?:\w+ ){1,2}(?:city|town|place|country|venue|store|shop)\b",
        ),
    ),
    (
        Intent.HOW_MANY,
        (
            r"\bhow (?:many|much|meny|mutch|big|large|deep|long|old|high|tall|far|fast|heavy|"
            r"often|wide|strong)\b",
            r"\b(?:what|wat) (?:percentage|number|share|proportion|price|amount|score|age)\b",
            r"\b(?:score|price|weight|cost|salary|death toll|number|total|count|"
            r"value|worth|age)$",
            rf"^(?!{_ASKING}).*\bpercent(?:age)?$",
            r"^(?:number|price|cost|amount) of\b",
            r"\bwhat (?:did|does|do|will|would|has|is|was|were|are) .*\b(?:cost|costs|price|worth|"
            r"score|salary|fee|fine|percentage|number|toll|turnout|temperature)\b",
        ),
    ),
    (
        Intent.WHY,
        (
            r"^(?:and |so |but )?(?:why|y|wy)\b",
            r"\bwhat (?:caused|led to)\b",
            r"\breason\b",
            r"\bhow come\b",
            r"\bon (?:what|which) grounds?\b",
            r"\bwhat(?:'s| is| was| were)? (?:the )?(?:cause|motive|reasons?)\b",
            r"\bwhat (?:makes|made|drove|drives|prompted|prompts|triggered|sparked|forced|pushed|"
            r"explains|explained|motivated|led|worries|worried|bothers|bothered)\b",
            r"\bcause of\b",
        ),
    ),
    (Intent.WHO, (r"^(?:and |so |but )?who (?:has |had )?(?:decid|sign|approv|rul)ed\b",)),
    (Intent.WHAT_HAPPENED, (r"^what (?:has |had )?happen", r"^wh?at hap+ened\b")),
    (
        Intent.WHO_SAID,
        (
            r"\b(?:who|hwo|whos|which \w+(?: \w+)?|what \w+) "
            rf"(?:has |had |was it |have )?(?:\w+ly )?(?:{_SAY})\b",
            r"\bwho (?:is|was) (?:quoted|the source)",
            r"\bwhose (?:words|quote)",
            r"\bsaid by who",
        ),
    ),
    (
        Intent.AGREED,
        (
            r"\bwhat (?:was|were|is|are|has been|have|has|had|did|do|does)\b.*\b(?:agree|agreed|"
            r"decide|decided|settled|signed|vote|voted|resolved?)\b",
        ),
    ),
    (
        Intent.SAID_BY,
        (
            r"\b(?:what|wat|waht|how)(?:'s| s)? (?:did|does|do|has|have|had|is|was|were|are)?\b"
            rf".*\b(?:{_SPOKEN})\b",
            r"^what (?:did|does|do) (?:\w+ ){1,3}(?:call|answer|reply|ask|blame)\b",
            rf"\bdid .* (?:{_SPOKEN})\b",
            r"\b(?:reaction|response|comeback|retort|rejoinder|statement|quotes?|comments?|remarks?|words|opinion|views?|"
            r"position|stance)\b",
            r"^(?:and )?what (?:else )?(?:did|does|do|is|are|was|were) .*\bask(?:ed|ing)? for\b",
            r"^(?:what|how) (?:did|does) .* (?:react|respond|put it|defend)\b",
            r"\baccording to\b",
            r"^(?:he|she|they) sa(?:id|ys)\b",
        ),
    ),
    (
        Intent.AGREED,
        (
            r"\b(?:agree|agreed|agreement|agre|deal|accord|pact|treaty|decide|decided|decision|"
            r"vote|voted|ruling|ruled|verdict|signed?|approved?|settle|settlement)\b",
        ),
    ),
    (
        Intent.WHO,
        (
            r"^(?:and |so |but )?(?:who|whos|hwo|whom|whose)\b",
            r"\bwho(?: else)?$",
            rf"\bwhich (?:\w+ ){{0,2}}(?:{_PERSON_WORDS})\b",
            r"\bwho else\b",
            r"\bnames?$",
            r"^(?:the )?(?:name|head|leader|boss|chief|owner|author|founder|winner|maker) of\b",
            rf"^(?!{_ASKING}).*\b(?:operator|owner|author|founder|winner|director|successor)$",
            r"^(?:owner|author|founder|winner|successor)\b",
            r"\bwhich (?:\w+ ){0,2}(?:paper|newspaper|outlet|channel|network|site|agency|firm|"
            r"brand|club|union|bank|university|magazine|programme|program|show)\b",
        ),
    ),
    (
        Intent.WHAT_HAPPENED,
        (
            r"\bwhat (?:has |is |had )?(?:happen|hapen|going on|went on|took place|became)",
            r"^what (?:is|was|are|were)\b",
            r"\bwhat about\b",
        ),
    ),
)
_SAYING = re.compile(_SAY)
_RULES = tuple(
    (intent, re.compile("|".join(f"(?:{p})" for p in patterns))) for intent, patterns in _PATTERNS
)


def is_saying(word: str) -> bool:
    """Whether the folded `word` is a verb of saying or thinking."""
    return _SAYING.fullmatch(word) is not None


def read_intent(plain: str, *, has_phrases: bool) -> Intent:
    """The intent of a question in folded letters, from which quoted phrases were taken out."""
    for intent, pattern in _RULES:
        if pattern.search(plain):
            return intent
    return Intent.WHO_SAID if has_phrases else Intent.OTHER


# Verbs in questions, by the class of cue that answers them ("who denied it").
_CUE_VERBS = {
    "denies": "deny denies denied denying refute refuted",
    "warns": "warn warns warned warning threaten threatened",
    "promises": "promise promises promised pledge pledged vow vowed",
    "accuses": "accuse accuses accused allege alleged blame blames blamed",
    "admits": "admit admits admitted acknowledge acknowledged concede conceded",
    "urges": "urge urges urged recommend recommended propose proposed",
    "orders": "demand demands demanded order ordered insist insisted",
    "praises": "praise praises praised welcome welcomed hail hailed thank thanked",
    "denounces": "criticise criticised criticize criticized condemn condemned slam slammed "
    "mock mocked attack attacked ridicule ridiculed",
    "confirms": "confirm confirms confirmed",
    "predicts": "predict predicts predicted expect expects expected forecast",
    "opposes": "oppose opposes opposed reject rejects rejected",
    "endorses": "endorse endorses endorsed support supports supported back backed",
    "jokes": "joke jokes joked",
    "announces": "announce announces announced reveal revealed",
    "claims": "claim claims claimed argue argued",
    "wants": "want wants wanted hope hopes hoped",
    "asks": "ask asks asked question questioned",
    "declines": "decline declined refuse refused",
}
_CUE_OF_VERB = {verb: cue for cue, verbs in _CUE_VERBS.items() for verb in verbs.split()}


def cue_classes_in(words: Iterable[str]) -> frozenset[str]:
    """The classes of cue that a question's verbs ask for ("who denied …": denies)."""
    return frozenset(_CUE_OF_VERB[word] for word in words if word in _CUE_OF_VERB)
