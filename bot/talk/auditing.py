"""The audit as people read it: who did what to the store, newest first, page by page."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.locales import N_, _, ngettext
from bot.locales.days import spoken_day
from bot.locales.numbers import spoken_number
from bot.store.articles import look_up_newest
from bot.store.audit import Act, count_acts, find_acts
from bot.store.store import Store
from bot.talk.desks import Desk
from bot.talk.replies import Block, BlockKind, Button, Incoming, Reply, Role, told
from bot.talk.team import Team, role_word

ACTS_SHOWN = 12
MOST_PAGES_DIGITS = 6
TARGET_CHARS = 80
TOLD = {
    "publish": N_("published {what}"),
    "import": N_("published {what}"),
    "edit": N_("corrected {what}"),
    "note": N_("wrote a note for the readers of {what}"),
    "remove": N_("removed {what}"),
    "restore": N_("brought {what} back"),
    "purge": N_("deleted {what} for good"),
    "undo": N_("undid the last change to {what}"),
    "discard": N_("discarded {what}"),
    "invite": N_("invited: {what}"),
    "take back": N_("took back {what}"),
    "join": N_("joined: {what}"),
    "role": N_("changed the role of {what}"),
    "report": N_("settled {what}"),
    "follow": N_("followed the feed {what}"),
    "pause": N_("paused the feed {what}"),
    "resume": N_("resumed the feed {what}"),
    "drop": N_("removed the feed {what}"),
    "name": N_("named what comes from the feed {what}"),
    "list": N_("took in the list of feeds {what}"),
}
"""Each act as it is told; one without words here stands as it is kept."""
TOLD_SHORT = {
    "publish": N_("published it"),
    "import": N_("published it"),
    "edit": N_("corrected it"),
    "remove": N_("removed it"),
    "restore": N_("brought it back"),
    "purge": N_("deleted it for good"),
    "undo": N_("undid the last change to it"),
}
"""Each act on an article whose page names it already."""
_KEPT = re.compile(
    r"(?P<draft>draft) (?P<n>\d+)|report (?P<report>\d+)"
    r"|(?:(?P<role>editor|viewer), )?invitation (?P<invitation>\d+)"
)
"""What the audit keeps in English and tells in the reader's language."""


def auditing_desk(team: Team, store: Store) -> Desk:
    """The desk where the team reads what was done."""

    def turn(incoming: Incoming, rest: str) -> Reply | None:
        if not incoming.role.may(Role.VIEWER) or not rest.isdigit():
            return None
        page = int(rest[:MOST_PAGES_DIGITS])
        return replace(audit_reply(team, store, page), edits=True)

    return Desk(
        commands={"audit": lambda __, ___: audit_reply(team, store)}, buttons={"aud": turn}
    )


def audit_reply(team: Team, store: Store, page: int = 0) -> Reply:
    """One page of the acts, newest first."""
    count = count_acts(store)
    if not count:
        return told(_("Nobody has changed anything yet."))
    last = (count - 1) // ACTS_SHOWN
    page = min(page, last)
    acts = find_acts(store, limit=ACTS_SHOWN, offset=page * ACTS_SHOWN)
    lead = ngettext("Audit: {n} act", "Audit: {n} acts", count).format(n=spoken_number(count))
    if last:
        lead = _("{count}, page {page} of {pages}").format(
            count=lead, page=page + 1, pages=last + 1
        )
    blocks = [Block(BlockKind.LEAD, lead)]
    blocks += [Block(BlockKind.TEXT, act_line(team, act)) for act in acts]
    buttons = []
    if page:
        buttons.append(Button(_("Newer"), f"aud:{page - 1}"))
    if page < last:
        buttons.append(Button(_("Older"), f"aud:{page + 1}"))
    return Reply(tuple(blocks), (tuple(buttons),) if buttons else ())


def act_line(team: Team, act: Act, *, short: bool = False) -> str:
    """One act in words ("22 Nov 2026 14:05 · Mia · corrected #12 “Ferry sails” (date)").

    In a `short` one its target goes without saying.
    """
    assert act.at is not None
    if short and act.act in TOLD_SHORT:
        told_as = _(TOLD_SHORT[act.act])
    elif words := TOLD.get(act.act):
        told_as = _(words).format(what=_named(team, act))
    else:
        told_as = f"{act.act} {_named(team, act)}"
    if act.act == "role":
        was, now = (str(act.detail.get(when)) for when in ("was", "is"))
        told_as += f": {role_word(was)} → {role_word(now)}"
    if fields := act.detail.get("fields"):
        told_as += f" ({', '.join(_(str(field)) for field in fields)})"
    if outcome := act.detail.get("outcome"):
        told_as += f": {_(str(outcome))}"
    if act.after is not None:
        told_as = _("{what}, version {version}").format(what=told_as, version=act.after)
    if act.undone:
        told_as = _("{what} (undone)").format(what=told_as)
    who = team.name_of(act.person) if not act.name else act.name
    return f"{spoken_day(act.at.date())} {act.at:%H:%M} · {who} · {told_as}"


def _named(team: Team, act: Act) -> str:
    """What the act was done to: a person by name, an article by number and headline."""
    if act.act == "role":
        return team.name_of(act.target)
    article = look_up_newest(team.store, act.target)
    if article is None:
        return _in_words(act.target)[:TARGET_CHARS]
    if not article.title:
        return f"#{article.key}"
    return _("#{number} “{title}”").format(number=article.key, title=article.title[:TARGET_CHARS])


def _in_words(target: str) -> str:
    """A target that the audit keeps in English words, in the language that is spoken."""
    match = _KEPT.fullmatch(target)
    if match is None:
        return target
    if match["draft"]:
        return _("draft {n}").format(n=match["n"])
    if match["report"]:
        return _("report {n}").format(n=match["report"])
    if match["role"]:
        return _("{role}, invitation {n}").format(
            role=role_word(match["role"]), n=match["invitation"]
        )
    return _("invitation {n}").format(n=match["invitation"])
