"""The classes of cues, by the words that make them. A table; the reading of it is in cues.py."""

from __future__ import annotations

CLASS_WORDS: dict[str, str] = {
    # Earlier classes win where a cue holds words of two ("said she agreed", "threatened to sue").
    "denies": """deny denial disavow rebut refute repudiate disclaim dispute contradict""",
    "declines": """decline refuse avoid sidestep dodge deflect demur withhold""",
    "warns": """warn warning caution alert threaten threat fear alarm""",
    "accuses": """accuse accusation allege allegation charge blame fault""",
    "denounces": """denounce condemn criticize criticise criticism slam blast decry attack assail
        rail mock ridicule rebuke rip deride disparage lash castigate scold chide lambaste berate
        attack hit skewer bash knock chastise lament bemoan deplore rap boo object
        complain complaint protest gripe grumble vent apologize challenge""",
    "praises": """praise laud applaud hail congratulate thank commend credit celebrate cheer
        welcome         salute compliment admire tout extol defend""",
    "endorses": """endorse endorsement back support nominate favor favour champion embrace advocate
        side vote""",
    "promises": """promise pledge vow commit commitment swear guarantee assure reassure oath""",
    "agrees": """agree concur accept consent approve ratify acquiesce""",
    "admits": """admit acknowledge concede confess own recognize recognise""",
    "asks": """ask question wonder inquire enquire query request plead appeal beg""",
    "orders": """order demand instruct direct command require rule mandate ban forbid decree
        summon oblige""",
    "urges": """urge call encourage recommend advise advice press push exhort implore counsel
        persuade lobby propose proposal petition""",
    "opposes": """oppose opposition reject dismiss resist disagree veto rebuff spurn""",
    "wants": """want seek hope wish like prefer need desire yearn crave eager aim try demand""",
    "plans": """plan intend intention decide decision resolve consider prepare mull weigh
        contemplate propose set schedule""",
    "predicts": """predict forecast expect project anticipate foresee prophesy estimate
        speculate bet likely""",
    "announces": """announce announcement declare declaration proclaim unveil reveal disclose
        release publish introduce issue launch""",
    "confirms": """confirm verify affirm reaffirm""",
    "reports": """report show find poll survey indicate document record conclude reflect detail
        estimate determine suggest reveal study quote cite list""",
    "claims": """claim assert contend maintain insist argue argument posit purport aver boast brag
        purportedly""",
    "thinks": """think believe know feel consider doubt suspect view regard see imagine suppose
        assume learn understand realize realise decide remember worry concern belief opinion
        thought deem seem guess judge conviction confident reckon""",
    "jokes": """joke quip tease jest deadpan crack""",
    "replies": """reply respond response answer retort counter react shoot""",
    "writes": """write tweet post email e-mail text blog pen letter retweet memo editorial
        op-ed""",
    "explains": """explain clarify elaborate describe characterize characterise outline detail
        illustrate stress emphasize emphasise underscore highlight note point observe""",
    "adds": """add continue""",
    "says": """say tell state statement speak talk remark comment mention according recall recount
        repeat reiterate testify utter quote word interview speech sound voice express recite
        shout yell scream whisper chant call""",
}
"""Base forms by class, in the order in which they are tried."""

REFUSALS = frozenset(
    """decline declined declines declining refuse refused refuses refusing stopped avoided
    avoids""".split()
)
NEGATIONS = frozenset(
    """not never n't didn't doesn't don't hasn't haven't hadn't wouldn't won't couldn't can't
    cannot isn't wasn't aren't weren't nor neither without didn’t doesn’t don’t hasn’t haven’t
    hadn’t wouldn’t won’t couldn’t can’t isn’t wasn’t aren’t weren’t""".split()
)
MODALS = frozenset("would could might may will shall expected likely if unless whether".split())
"""Before a verb of saying they tell that nothing was said yet ("would say", "likely to tell")."""
