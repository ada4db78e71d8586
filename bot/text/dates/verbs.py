"""The verbs and helpers that tell which way a clause looks in time."""

from __future__ import annotations

from typing import Final

MODALS: Final = frozenset(
    "will shall would could might may can must should wouldn't couldn't shouldn't cannot "
    "won't can't".split()
)
PRESENT_AUXILIARIES: Final = frozenset("is are am has have having isn't aren't hasn't".split())
PASSIVE_HELPERS: Final = frozenset("be been being is are was were get gets got am".split())
FORWARD_WORDS: Final = frozenset(
    "scheduled due slated planned poised upcoming expected deadline forthcoming looming tentatively "
    "plans planning hopes intends aims vows expects".split()
)
SCHEDULE_VERBS: Final = frozenset(
    "begin begins start starts open opens close closes end ends expire expires take takes arrive "
    "arrives leave leaves meet meets face faces resume resumes return returns vote votes head "
    "heads kick kicks hold holds host hosts convene convenes go goes launch launches".split()
)
TRANSPARENT_HEADS: Final = frozenset(
    "managed failed began started continued refused declined able unable had used went came "
    "helped tried sought met gathered arrived traveled travelled flew returned marched rallied "
    "turned voted moved appeared took appears seemed forced stopped stood rose rushed "
    "assembled convened joined visited".split()
)
"""Verbs whose infinitive happened when they did ("failed to agree on Tuesday")."""
BARE_PARTICIPLES: Final = frozenset(
    "accused charged convicted known led backed owned based killed held suspected wanted named "
    "called dubbed chaired hosted organized organised sponsored proposed jailed injured wounded "
    "elected appointed brokered mediated displaced".split()
)
"""Participles that follow a noun without a helper ("the man accused of ... will appear")."""
ADJECTIVES_IN_ED: Final = frozenset(
    "united need indeed speed seed feed breed exceed proceed succeed hundred sacred armed "
    "alleged so-called bleed weed creed greed freed-up naked beloved wicked ragged rugged".split()
)
PAST_FORMS: Final = frozenset(
    "said told took went came gave got made met saw held left led won lost fell rose ran began "
    "became brought built bought broke burned caught chose cut-off dealt drew drove fled flew "
    "fought found forbade forgot froze grew heard hid hit-out knew laid lay lent lit meant paid "
    "rang rode sank sang sat sent shook shot shone showed shrank sold sought sped spent spoke "
    "stole stood struck stuck swam swore swept swung taught thought threw understood withdrew "
    "woke wore wrote overcame overthrew overtook undertook bore blew bid drank dug ate "
    "felt kept slept wept dreamt hung spun split spread withstood arose awoke forgave mistook "
    "put shut let quit".split()
)
