"""Words whose full stop need not end a sentence, and words that begin one."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    """mr mrs ms mx dr drs prof rev hon st ste sgt cpl pvt capt cpt cmdr cdr col lt maj gen brig
    adm ens gov sen sens rep reps pres amb atty insp supt det dep asst assoc treas mt ft pte
    messrs mme mlle fr sr sra srta msgr esp chap spc pfc msg ssgt cllr cong vs v ald comm commr
    lieut govs gens profs revs hons spkr min"""
)
"""What stands before a name: its stop ends a sentence only before a word that begins one."""

BEFORE_NUMBERS = _words(
    """no nos art sec ch fig figs p pp vol par para pt rm sect op ed eq ex jan feb mar apr jun jul
    aug sep sept oct nov dec approx ca c est al"""
)
"""What stands before a number ("No. 5", "Nov. 5"): its stop ends a sentence before a word."""

AFTER_NAMES = _words(
    """inc corp co cos ltd llc llp plc jr bros dept univ assn assoc intl natl govt ave blvd rd
    hwy dist bldg mfg
    ala ariz ark calif colo conn del fla ga ill ind kan kans ky la mass md mich minn miss mo
    mont neb nebr nev okla ore pa penn tenn tex va vt wash wis wisc wyo ont que alta
    etc e.g i.e cf viz u.s u.k u.n e.u u.a.e u.s.a d.c n.y n.j n.h n.m n.c n.d s.c s.d w.va r.i
    p.r b.c l.a a.k.a ph.d m.d b.a m.a j.d m.b.a r.n d.d.s a.d u.s.s.r n.b s.a n.v"""
)
"""What stands after a name or for one: its stop ends a sentence only before a word that begins
one, since a further name may follow as well ("U.S. Senate", "Calif. Democrat")."""

CLOCK = frozenset({"a.m", "p.m", "am", "pm"})
"""The halves of the day: a capital after them begins a sentence unless it names zone or day."""

AFTER_CLOCK = _words(
    """et est edt ct cst cdt mt mst mdt pt pst pdt gmt bst utc cet cest ist jst eastern central
    mountain pacific local monday tuesday wednesday thursday friday saturday sunday mon tue tues
    wed thu thur thurs fri sat sun"""
)

STARTERS = _words(
    """a an the this that these those there here he she it we you they i his her its our your
    their my who what when where why how which whose whom and but or so yet nor if as at by for
    from in into of on to with without after before since until while during although though
    because despite even also still however moreover meanwhile instead then thus therefore both
    all any each every some many most more much few several no none not only other others another
    such one two three under over between among amid against about according once now today
    yesterday tomorrow later earlier last next is are was were do does did has have had can could
    will would should may might must let it's he's she's that's there's they're we're we've i'm
    i've i'll don't asked given unlike like critics officials police analysts supporters reports
    further additionally finally first second perhaps maybe yes well either neither whether nearly
    almost just along alongside"""
)
"""Words that begin sentences and are rarely part of a name; in lower case."""

REPORTING = _words(
    """said says asked asks replied replies told tells added adds wrote writes shouted shouts
    cried tweeted exclaimed demanded wondered yelled joked quipped answered responded declared
    insisted continued concluded remarked inquired warned argued"""
)
"""Verbs after which what was said may have come before ("…?" Smith asked)."""

NAMES_WITH_MARKS = frozenset({"Yahoo!", "Yum!", "E!", "Jeopardy!", "Jeb!", "Wham!", "Bravo!"})
"""Names that end in a mark; those that a text itself shows in mid-sentence are added to them."""
