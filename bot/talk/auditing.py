"""The audit as people read it: who did what to the store, newest first, page by page."""

from __future__ import annotations

from dataclasses import replace

from bot.locales.days import spoken_day
from bot.store.articles import look_up_newest
from bot.store.audit import Act, count_acts, find_acts
from bot.store.store import Store
from bot.talk.desks import Desk
from bot.talk.replies import Block, BlockKind, Button, Incoming, Reply, Role, told
from bot.talk.team import Team

ACTS_SHOWN = 12
MOST_PAGES_DIGITS = 6
TARGET_CHARS = 80
TOLD = {
    "publish": "published {}",
    "import": "published {}",
    "edit": "corrected {}",
    "remove": "removed {}",
    "restore": "brought {} back",
    "purge": "deleted {} for good",
    "undo": "undid the last change to {}",
    "discard": "discarded {}",
    "invite": "invited: {}",
    "take back": "took back {}",
    "join": "joined: {}",
    "role": "changed the role of {}",
    "report": "settled {}",
    "follow": "followed the feed {}",
    "pause": "paused the feed {}",
    "resume": "resumed the feed {}",
    "drop": "removed the feed {}",
    "name": "named what comes from the feed {}",
    "list": "took in the list of feeds {}",
}
"""Each act as it is told; one without words here stands as it is kept."""


def auditing_desk(team: Team, store: Store) -> Desk:
    """The desk where the team reads what was done."""

    def turn(incoming: Incoming, rest: str) -> Reply | None:
        if not incoming.role.may(Role.VIEWER) or not rest.isdigit():
            return None
        page = int(rest[:MOST_PAGES_DIGITS])
        return replace(audit_reply(team, store, page), edits=True)

    return Desk(commands={"audit": lambda _, __: audit_reply(team, store)}, buttons={"aud": turn})


def audit_reply(team: Team, store: Store, page: int = 0) -> Reply:
    """One page of the acts, newest first."""
    count = count_acts(store)
    if not count:
        return told("Nobody has changed anything yet.")
    last = (count - 1) // ACTS_SHOWN
    page = min(page, last)
    acts = find_acts(store, limit=ACTS_SHOWN, offset=page * ACTS_SHOWN)
    plural = "s" if count > 1 else ""
    where = f", page {page + 1} of {last + 1}" if last else ""
    blocks = [Block(BlockKind.LEAD, f"Audit: {count:,} act{plural}{where}")]
    blocks += [Block(BlockKind.TEXT, act_line(team, act)) for act in acts]
    buttons = []
    if page:
        buttons.append(Button("Newer", f"aud:{page - 1}"))
    if page < last:
        buttons.append(Button("Older", f"aud:{page + 1}"))
    return Reply(tuple(blocks), (tuple(buttons),) if buttons else ())


def act_line(team: Team, act: Act, *, short: bool = False) -> str:
    """One act in words ("22 Nov 2026 14:05 · Mia · corrected #12 “Ferry sails” (date)").

    In a `short` one its target goes without saying.
    """
    assert act.at is not None
    target = "it" if short else _named(team, act)
    told_as = TOLD.get(act.act, f"{act.act} {{}}").format(target)
    if act.act == "role":
        told_as += f": {act.detail.get('was')} → {act.detail.get('is')}"
    if fields := act.detail.get("fields"):
        told_as += f" ({', '.join(fields)})"
    if outcome := act.detail.get("outcome"):
        told_as += f": {outcome}"
    if act.after is not None:
        told_as += f", version {act.after}"
    if act.undone:
        told_as += " (undone)"
    who = team.name_of(act.person) if not act.name else act.name
    return f"{spoken_day(act.at.date())} {act.at:%H:%M} · {who} · {told_as}"


def _named(team: Team, act: Act) -> str:
    """What the act was done to: a person by name, an article by number and headline."""
    if act.act == "role":
        return team.name_of(act.target)
    article = look_up_newest(team.store, act.target)
    if article is None:
        return act.target[:TARGET_CHARS]
    return f"#{article.key}" + (f" “{article.title[:TARGET_CHARS]}”" if article.title else "")
