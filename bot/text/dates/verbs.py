"""The verbs and helpers that tell which way a clause looks in time."""

from __future__ import annotations

from typing import Final

MODALS: Final = frozenset(
    "will shall would could might may can must should wouldn't couldn't shouldn't cannot "
    "won't can't".split()
)
BARE_MODALS: Final = frozenset("will would shall can may might must".split())
"""Modals before a form that could be past ("will shut")."""
PRESENT_AUXILIARIES: Final = frozenset(
    "is are am has have haven't having isn't aren't hasn't".split()
)
PASSIVE_HELPERS: Final = frozenset("be been being is are was were get gets got am".split())
FORWARD_WORDS: Final = frozenset(
    "scheduled due slated planned poised upcoming expected deadline forthcoming looming "
    "tentatively forecast plans planning hopes intends aims vows expects".split()
)
SCHEDULE_VERBS: Final = frozenset(
    "flies fly speaks addresses delivers presents testifies publishes unveils welcomes "
    "receives inaugurates screens travels takes begin begins start starts open opens close "
    "closes end ends expire expires take arrive arrives leave leaves meet meets face faces "
    "resume resumes return returns vote votes head heads reopen reopens premiere premieres "
    "air airs come comes commence commences sit sits run runs depart departs visit visits "
    "play plays celebrate celebrates mark marks decide decides turn turns retire retires "
    "elect elects step steps gather gathers travel resign resigns appear appears kick kicks "
    "hold holds host hosts convene convenes go goes launch launches".split()
)
TRANSPARENT_HEADS: Final = frozenset(
    "managed failed began started continued refused declined able unable had used went came "
    "helped tried sought met gathered arrived traveled travelled flew returned marched "
    "rallied turned voted moved appeared took appears seemed forced stopped stood rose rushed "
    "assembled convened joined visited".split()
)
"""Verbs whose infinitive happened when they did ("failed to agree on Tuesday")."""
BARE_PARTICIPLES: Final = frozenset(
    "accused charged convicted known led backed owned based killed held suspected wanted "
    "named called dubbed chaired hosted organized organised sponsored proposed jailed injured "
    "wounded elected appointed brokered mediated displaced".split()
)
"""Participles that follow a noun without a helper ("the man accused of ... will appear")."""
ADJECTIVES_IN_ED: Final = frozenset(
    "united need indeed speed seed feed breed exceed proceed succeed hundred sacred armed "
    "alleged so-called bleed weed creed greed freed-up naked beloved wicked ragged rugged".split()
)
PAST_FORMS: Final = frozenset(
    "said told took went came gave got made met saw held left led won lost fell rose ran "
    "began became brought built bought broke burned caught chose cut-off dealt drew drove "
    "fled flew fought found forbade forgot froze grew heard hid hit-out knew laid lay lent "
    "lit meant paid rang rode sank sang sat sent shook shot shone showed shrank sold sought "
    "sped spent spoke stole stood struck stuck swam swore swept swung taught thought threw "
    "understood withdrew woke wore wrote overcame overthrew overtook undertook bore blew bid "
    "drank dug ate felt kept slept wept dreamt hung spun split spread withstood arose awoke "
    "forgave mistook put shut let quit".split()
)
NOT_AFTER_TO: Final = frozenset(
    "the a an his her its their our my your this that these those all some any each every no "
    "him them us me it more about over nearly at least one two three four five six seven "
    "eight nine ten power work date death end war justice prison jail court parliament office "
    "safety school hospital church bed market victory defeat life peace normal mind light "
    "trial sea town home face custody exile hand age earth food water health part full top "
    "bottom north south east west both another which whom what where when and or so up two- "
    "thirds half".split()
)
"""Words that show the "to" before them to be a preposition."""
VERBS_IN_S_OR_ING: Final = frozenset("bring sing ring swing cling focus feed need proceed".split())
NOT_BEFORE_VERB: Final = frozenset(
    "the a an his her its their our my your this that these those of some any each every no "
    "or in on at by with for from new early first second last next was is has had us as 's "
    "many more most".split()
)
"""Words after which a verb's present form is a noun ("the start")."""
LEADING_VERBS: Final = frozenset(
    "is are was were be been remained pulled stayed points percent comfortably well far put "
    "finished came narrowly just slightly".split()
)
CALLING_VERBS: Final = frozenset(
    "called calls calling urged urges announced scheduled ordered proposed planned set "
    "summoned invited convened declared threatened".split()
)
CALLED_EVENTS: Final = frozenset(
    "strike strikes protest protests rally rallies vote votes election elections referendum "
    "boycott march marches demonstration demonstrations walkout runoff ballot talks summit "
    "session hearing walkouts sit-in vigil parade".split()
)
SET_FOR: Final = frozenset(
    "set planned scheduled slated forecast due called fixed booked tipped expected convened "
    "billed earmarked rescheduled predicted pencilled penciled".split()
)
PUT_OFF_VERBS: Final = frozenset(
    "postponed rescheduled delayed deferred moved adjourned shifted pushed".split()
)
OWNED_OUTCOMES: Final = frozenset(
    "victory victories win wins defeat loss losses death arrest resignation killing".split()
)
"""What has happened once someone owns it: "his victory on Tuesday"."""
