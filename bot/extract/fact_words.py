"""Word tables for facts: the verbs and nouns that tell of agreements, votes, deaths and plans."""

from __future__ import annotations

from dataclasses import dataclass

from bot.text.tables import phrase_set, word_set


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that tells of a fact: its kind, its status when done, and its subject's part."""

    lemma: str
    kind: str
    status: str
    part: str
    object_part: str = ""
    """The part of a name that follows as object ("appointed"); empty: none is read."""


def _forms(lemma: str) -> dict[str, str]:
    """The forms of the regular verb `lemma` and which form each is."""
    if lemma.endswith("e"):
        past, gerund = lemma + "d", lemma[:-1] + "ing"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        past, gerund = lemma[:-1] + "ied", lemma + "ing"
    else:
        past, gerund = lemma + "ed", lemma + "ing"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        third = lemma[:-1] + "ies"
    else:
        third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    return {lemma: "base", third: "present", past: "past", gerund: "gerund"}


_IRREGULAR = {
    "ban": "banned:past banning:gerund",
    "choose": "choose:base chooses:present chose:past chosen:past choosing:gerund",
    "die": "die:base dies:present died:past dying:gerund",
    "fire": "fired:past",
    "jail": "jailed:past",
    "murder": "murdered:past murdering:gerund",
    "execute": "executed:past",
    "opt": "opt:base opts:present opted:past opting:gerund",
    "plan": "plan:base plans:present planned:past planning:gerund",
    "slay": "slain:past slew:past",
    "uphold": "uphold:base upholds:present upheld:past upholding:gerund",
    "overturn": "overturn:base overturns:present overturned:past overturning:gerund",
    "sign": "sign:base signs:present signed:past signing:gerund inked:past",
    "vow": "vow:base vows:present vowed:past vowing:gerund",
    "cancel": "cancel:base cancels:present cancelled:past canceled:past cancelling:gerund",
    "acquit": "acquit:base acquits:present acquitted:past",
    "veto": "veto:base vetoes:present vetoed:past vetoing:gerund",
    "intend": "intend:base intends:present intended:past",
}

_TABLE: tuple[tuple[str, str, str, str, str], ...] = (
    # kind, status when done, the subject's part, the object's part, lemmas
    ("agreement", "agreed", "agrees", "", "agree"),
    ("agreement", "signed", "signs", "", "sign ratify initial"),
    ("decision", "agreed", "decides", "", "decide opt resolve choose"),
    ("decision", "agreed", "decides", "", "approve authorize authorise adopt enact greenlight"),
    ("decision", "agreed", "decides", "", "ban outlaw impose repeal nullify rescind"),
    ("decision", "rejected", "rejects", "", "veto"),
    ("decision", "suspended", "decides", "", "suspend postpone cancel scrap halt shelve delay"),
    ("decision", "rejected", "rejects", "", "reject"),
    ("vote", "happened", "votes", "", "vote"),
    ("ruling", "happened", "rules", "", "rule overturn uphold"),
    ("ruling", "happened", "rules", "of", "convict acquit sentence indict"),
    ("appointment", "happened", "appoints", "appointed", "appoint nominate elect hire inaugurate"),
    ("resignation", "happened", "resigns", "", "resign"),
    ("resignation", "happened", "dismisses", "of", "oust sack fire"),
    ("arrest", "happened", "arrests", "arrested", "arrest detain apprehend jail"),
    ("death", "happened", "died", "", "die"),
    ("death", "happened", "kills", "died", "kill murder assassinate slay execute"),
    ("launch", "happened", "launches", "", "launch unveil"),
    ("plan", "planned", "plans", "", "plan intend"),
    ("promise", "planned", "promises", "of", "promise pledge vow"),
    ("demand", "demanded", "demands", "of", "demand urge"),
)


def _verb_forms() -> dict[str, tuple[Verb, str]]:
    table: dict[str, tuple[Verb, str]] = {}
    for kind, status, part, object_part, lemmas in _TABLE:
        for lemma in lemmas.split():
            verb = Verb(lemma, kind, status, part, object_part)
            forms = _forms(lemma)
            if lemma in _IRREGULAR:
                forms = dict(pair.split(":") for pair in _IRREGULAR[lemma].split())
            for form, tense in forms.items():
                table[form] = (verb, tense)
    return table


VERBS: dict[str, tuple[Verb, str]] = _verb_forms()
"""Each form of the verbs that tell of a fact, with the verb and "base", "present", "past" or
"gerund"."""

AGREEMENT_NOUNS = word_set(
    """
    agreement agreements deal deals accord accords pact pacts treaty treaties truce ceasefire
    cease-fire armistice settlement compromise memorandum consensus contract contracts
    """
)
"""Nouns for what parties agree on."""

REACH_VERBS = word_set(
    """
    reach reached reaching reaches strike struck striking strikes sign signed signing signs
    clinch clinched clinching broker brokered brokering conclude concluded concluding seal
    sealed sealing secure secured securing ink inked finalize finalized finalise finalised
    forge forged forging make made making makes cut hammer hammered hash hashed win won
    announce announced announcing announces enter entered entering negotiate negotiated
    established complete completed cement cemented yield yielded produce produced arrange arranged
    """
)
"""Verbs that bring an agreement about."""

SEEK_VERBS = word_set(
    """
    seek seeking seeks sought discuss discussed discussing negotiating negotiates pursue
    pursuing want wants wanted wanting hope hopes hoped hoping propose proposed proposing
    proposes offer offered offering push pushed pushing mull mulling weigh weighing consider
    considering
    """
)
"""Verbs that leave an agreement open."""

REFUSE_VERBS = word_set(
    """
    reject rejected rejecting rejects refuse refused refusing refuses scrap scrapped abandon
    abandoned cancel cancelled canceled tear tore torn terminate terminated renounce renounced
    block blocked quit leave left withdraw withdrew withdrawn break
    broke broken collapse collapsed
    """
)
"""Verbs that turn an agreement down or end it."""

BILLS = word_set(
    """
    bill bills law laws legislation measure measures resolution resolutions budget amendment
    amendments act reform reforms statute ordinance referendum proposal motion package rule
    rules ban sanctions plan treaty deal tax taxes stimulus
    """
)
"""What a parliament passes."""

COURTS = phrase_set(
    """
    court, courts, judge, judges, justice, justices, jury, juries, tribunal, panel, magistrate,
    arbitrator, regulator, commission, supreme, appeals, circuit, board, umpire, referee
    """
)
"""Who rules."""

NEGATIONS = word_set(
    """
    not no never nor neither without cannot n't hardly barely nobody none
    """
)
REFUSALS = word_set(
    """
    refuse refused refuses refusing decline declined declines declining fail failed fails
    failing unable inability unwilling reluctant yet deny denied denies denying stopped prevented
    """
)
"""Words before "to" or a gerund that turn the verb after them into its opposite."""
MANAGING = word_set("manage managed manages managing proceeded went voted chose helped got came")
"""Words before "to" after which the deed was done ("managed to agree")."""
SEEMING = word_set(
    """
    appear appears appeared seem seems seemed try tries tried trying attempt attempts attempted
    seek seeks sought want wants wanted hope hopes hoped begin begins began continue continued
    need needs needed like refuse refused refuses decline declined declines fail failed fails
    """
)
"""Other verbs that rule an infinitive; its subject is theirs."""
REPORTING = word_set(
    """
    said says say saying told tells announced announces confirmed believes believe believed
    thinks think thought reported reports claims claimed added noted argued argues insists
    insisted shows showed show suggests suggested means knows know knew hopes hoped fears
    feared expects
    """
)
"""Verbs with a clause of its own behind them."""
MODALS = word_set("would could might may should must can shall ought")
FUTURES = word_set("will won't shall 'll ’ll")
PLANNING = word_set(
    """
    plan plans planned planning expected expects expect scheduled set due slated intend intends
    intended prepare preparing prepared poised ready likely going about aims hopes vowed
    pledged promised promises agreed agree agrees
    """
)
"""Words before "to" that make the verb after it a plan."""
GOVERNORS = MANAGING | SEEMING | PLANNING
"""All verbs that rule an infinitive."""
CONDITIONALS = word_set("if whether unless lest assuming suppose")
AUXILIARIES = word_set(
    """
    is are was were be been being has have had having do does did 's 've 'd ’s ’ve ’d get gets
    got
    """
)
ADVERBS = word_set(
    """
    also already just then now finally later still never ever even only formally officially
    reportedly recently overwhelmingly unanimously narrowly initially ultimately eventually
    previously repeatedly quickly quietly publicly privately tentatively both all each once
    twice again soon most more very subsequently jointly mutually largely generally always
    often since long too
    """
)
"""Words between subject and verb that tell nothing of the fact; so do words in "-ly"."""
PRONOUNS = word_set("he she they it we i you who that which this these those him her them")
BREAKS = frozenset(',;:—–()"“”')
"""Marks at which a clause may end."""

REACHED = word_set(
    """
    reached struck signed clinched brokered concluded sealed secured inked finalized finalised
    forged made announced hammered negotiated completed agreed approved
    """
)
"""Participles that tell, after "was", that an agreement came about."""

SIGNED_THINGS = (
    AGREEMENT_NOUNS
    | BILLS
    | word_set(
        """
    order orders lease decree declaration charter pledge waiver warrant executive
    contract papers extension protocol communique
    """
    )
)
"""What one signs; "signs of trouble" are none."""

ADOPTED_THINGS = BILLS | word_set(
    """
    standards standard practice policy policies strategy recommendation recommendations
    approach rules guidelines platform constitution measures position framework code system
    model
    """
)
"""What one adopts by decision; a child is adopted otherwise."""

HOLDING = word_set(
    """
    calls requires provides allows includes gives ends will commits obliges would sets limits
    covers gave gives lets means cuts binds aims took takes came comes
    """
)
"""Verbs after "the deal" that tell what it holds."""

TIME_WORDS = word_set(
    """
    late early earlier last this next in on at by monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october
    november december week month year night morning afternoon evening yesterday today today
    instead then also unanimously ultimately the minute moment end
    """
)
"""Words that may stand between "agreed" or "decided" and its "to"."""

BODIES = word_set(
    """
    senate house congress parliament committee commission council board court assembly
    legislature lawmakers lawmaker legislators senators members delegates shareholders party
    panel cabinet knesset bundestag duma union unions workers board states chamber mps lords
    commons republicans democrats government governments ministers country countries nations un
    """
)
"""Who votes as a body, so that "will vote" tells a date and not an opinion."""

PHRASE_VERBS: dict[str, tuple[str, str, str, str, str]] = {
    # first word -> what must follow, kind, status, the subject's part, the object's part
    "step": ("down|aside", "resignation", "happened", "resigns", ""),
    "stepped": ("down|aside", "resignation", "happened", "resigns", ""),
    "stepping": ("down|aside", "resignation", "happened", "resigns", ""),
    "steps": ("down|aside", "resignation", "happened", "resigns", ""),
    "passed": ("away", "death", "happened", "died", ""),
    "sworn": ("in", "appointment", "happened", "appointed", ""),
    "pleaded": ("guilty|innocent", "ruling", "happened", "pleads", ""),
    "insist": ("on", "demand", "demanded", "demands", ""),
    "insists": ("on", "demand", "demanded", "demands", ""),
    "insisted": ("on", "demand", "demanded", "demands", ""),
    "insisting": ("on", "demand", "demanded", "demands", ""),
    "call": ("for|on", "demand", "demanded", "demands", "of"),
    "calls": ("for|on", "demand", "demanded", "demands", "of"),
    "called": ("for|on", "demand", "demanded", "demands", "of"),
    "calling": ("for|on", "demand", "demanded", "demands", "of"),
    "pushed": ("for", "demand", "demanded", "demands", ""),
    "pushing": ("for", "demand", "demanded", "demands", ""),
    "rolled": ("out", "launch", "happened", "launches", ""),
    "charged": ("with", "arrest", "happened", "charges", ""),
    "scheduled": ("to|for", "plan", "planned", "plans", ""),
    "slated": ("to|for", "plan", "planned", "plans", ""),
    "strike": ("down", "ruling", "happened", "rules", ""),
    "struck": ("down", "ruling", "happened", "rules", ""),
}

NOUN_FACTS: dict[str, tuple[str, str]] = {
    # noun -> kind, status; read only where something follows that tells what it is about
    "decision": ("decision", "agreed"),
    "vote": ("vote", "happened"),
    "votes": ("vote", "happened"),
    "ruling": ("ruling", "happened"),
    "verdict": ("ruling", "happened"),
    "resignation": ("resignation", "happened"),
    "appointment": ("appointment", "happened"),
    "nomination": ("appointment", "happened"),
    "arrest": ("arrest", "happened"),
    "death": ("death", "happened"),
    "deaths": ("death", "happened"),
    "plan": ("plan", "planned"),
    "plans": ("plan", "planned"),
    "promise": ("promise", "planned"),
    "pledge": ("promise", "planned"),
    "vow": ("promise", "planned"),
    "demand": ("demand", "demanded"),
    "demands": ("demand", "demanded"),
    "condition": ("condition", "demanded"),
    "insistence": ("demand", "demanded"),
    "call": ("demand", "demanded"),
    "calls": ("demand", "demanded"),
    "exchange": ("plan", "planned"),
    "exchanges": ("plan", "planned"),
}

TALKS = word_set("talks negotiations discussions consultations")
TALKS_AHEAD = word_set(
    "will planned scheduled upcoming future next further preparatory begin start initiate open "
    "resume convene launch follow new fresh meant planning due set"
)
"""Words beside "talks" that put them into the future."""
TALKS_OVER = word_set("collapsed failed broke stalled suspended halted cancelled canceled ended")
STRESSING = word_set(
    "emphasize emphasizes emphasized emphasise emphasised stress stresses stressed underline "
    "underlined underscore underscored reiterated highlighted stipulated stipulates stipulate"
)
"""Verbs of a demand when "the need for", "the importance of" or conditions follow."""
NEEDS = word_set("importance need necessity urgency condition conditions demand demands terms")

PASSING = word_set("pass passes passed passing")
TRIGGERS = (
    frozenset(VERBS)
    | frozenset(PHRASE_VERBS)
    | frozenset(NOUN_FACTS)
    | AGREEMENT_NOUNS
    | PASSING
    | TALKS
    | STRESSING
    | word_set("named insistence dead cast")
)
"""Words without which a sentence is not read for facts."""
