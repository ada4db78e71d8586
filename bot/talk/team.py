"""Who may do what: roles by numeric id, invitations by a link that works once, and the audit."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import quote

from bot.locales import N_, _
from bot.locales.days import spoken_day
from bot.store.audit import Act, put_act
from bot.store.meta import get_meta
from bot.store.results import MOST_ID
from bot.store.roles import (
    Invitation,
    Member,
    drop_role,
    find_invitations,
    find_members,
    look_up_invitation,
    look_up_role,
    put_invitation,
    put_role,
    use_invitation,
)
from bot.store.store import Store
from bot.talk.desks import Desk
from bot.talk.languages import speaking_to
from bot.talk.replies import Block, BlockKind, Button, Incoming, Notice, Reply, Role, told

USERNAME_KEY = "telegram_username"
"""Under this name the bot goes in links; noted when Telegram has told it."""
INVITATION = "i_"  # how the payload of an invitation's link begins
INVITATION_LASTS = timedelta(hours=48)
TOKEN_BYTES = 18  # 24 characters of a link: not to be guessed in 48 hours
MEMBERS_SHOWN = 12  # each has a row of buttons
GIVEN = (Role.EDITOR, Role.VIEWER)
"""The roles that an invitation can give; the owner is set in the configuration."""
_WORDS = {
    Role.READER: N_("reader"),
    Role.VIEWER: N_("viewer"),
    Role.EDITOR: N_("editor"),
    Role.OWNER: N_("owner"),
}
_MAY = {
    Role.VIEWER: N_(
        "A viewer may read the reports, the audit and the history of articles, and change nothing."
    ),
    Role.EDITOR: N_("An editor may add, correct and remove articles, and settle reports."),
}
_YOU_ARE = {
    Role.VIEWER: N_(
        "You are a viewer now: you may read the reports, the audit and the history of articles, "
        "and change nothing. /help"
    ),
    Role.EDITOR: N_(
        "You are an editor now: you may add, correct and remove articles, and settle reports. "
        "/help"
    ),
}
_WELCOME = {
    Role.VIEWER: N_(
        "Welcome: you are a viewer now. You may read the reports, the audit and the history of "
        "articles, and change nothing. /help"
    ),
    Role.EDITOR: N_(
        "Welcome: you are an editor now. You may add, correct and remove articles, and settle "
        "reports. /help"
    ),
}
_YOU_ARE_ALREADY = {
    Role.READER: N_("You are a reader already; the invitation is not used."),
    Role.VIEWER: N_("You are a viewer already; the invitation is not used."),
    Role.EDITOR: N_("You are an editor already; the invitation is not used."),
    Role.OWNER: N_("You are an owner already; the invitation is not used."),
}
_INVITE = {Role.VIEWER: N_("Invite a viewer"), Role.EDITOR: N_("Invite an editor")}
_INVITATION = {
    Role.VIEWER: N_("Invitation {n}: a viewer"),
    Role.EDITOR: N_("Invitation {n}: an editor"),
}
_TAKEN = {
    Role.VIEWER: N_("{name} has taken invitation {n}: a viewer. /roles"),
    Role.EDITOR: N_("{name} has taken invitation {n}: an editor. /roles"),
}
_OPENER_MAY = {
    Role.VIEWER: N_(
        "It works once, until {when}. Whoever opens it may read the reports, the audit and the "
        "history of articles, and change nothing."
    ),
    Role.EDITOR: N_(
        "It works once, until {when}. Whoever opens it may add, correct and remove articles, and "
        "settle reports."
    ),
}
_IS_NOW = {Role.VIEWER: N_("{name} is a viewer now."), Role.EDITOR: N_("{name} is an editor now.")}
_MAKE = {Role.VIEWER: N_("Make {name} viewer"), Role.EDITOR: N_("Make {name} editor")}


def act_by(incoming: Incoming, act: str, target: str) -> Act:
    """An act of whoever sent `incoming`, for the audit."""
    return Act(incoming.person, act, target, incoming.chat, incoming.name[:64])


class Team:
    """The people who may do more than ask, as configuration and store have it.

    Without `admins` a face has settled already what somebody may do at least.
    """

    def __init__(self, store: Store, admins: Sequence[int] | None = None) -> None:
        self.store = store
        self._by_configuration: dict[str, Role] | None = None
        if admins is not None:
            self._by_configuration = {
                f"tg:{number}": Role.EDITOR if place else Role.OWNER
                for place, number in enumerate(dict.fromkeys(admins))
            }

    def settled(self, incoming: Incoming) -> Incoming:
        """`incoming` with the role that its person has at this moment."""
        least = incoming.role
        if self._by_configuration is not None:
            least = self._by_configuration.get(incoming.person, Role.READER)
        given = _role(look_up_role(self.store, incoming.person))
        role = given if given.may(least) else least
        return incoming if role is incoming.role else replace(incoming, role=role)

    def fixed(self) -> dict[str, Role]:
        """The people whose role stands in the configuration, the owner first."""
        return dict(self._by_configuration or {})

    def editors(self) -> list[str]:
        """The persons who may settle reports; a person's name is that of their private chat."""
        found = [m.person for m in self.members() if _role(m.role).may(Role.EDITOR)]
        return list(dict.fromkeys([*self.fixed(), *found]))

    def members(self) -> list[Member]:
        """The people who were given a role in the conversation."""
        return find_members(self.store.read())

    def name_of(self, person: str) -> str:
        """How somebody is called, as far as they did anything here; else their number."""
        read = self.store.read()
        for sql in (
            "SELECT name FROM roles WHERE person = ? AND name != ''",
            "SELECT name FROM audit WHERE person = ? AND name != '' ORDER BY id DESC LIMIT 1",
        ):
            if row := read.execute(sql, (person,)).fetchone():
                return str(row[0])
        if person.startswith("tg:"):
            return person.removeprefix("tg:")
        return _("the {place}").format(place=person)


class TeamOffice:
    """Invitations and roles."""

    def __init__(self, team: Team, store: Store, clock: Callable[[], datetime]) -> None:
        self._team = team
        self._store = store
        self._clock = clock

    def desk(self) -> Desk:
        """The desk where the owner says who may change the store."""
        return Desk(
            commands={"invite": self.invite, "roles": lambda *_asked: self.roles()},
            buttons={"inv": self.press_invite, "role": self.press_role},
        )

    # ---------------------------------------------------------------------- invitations
    def invite(self, incoming: Incoming, rest: str) -> Reply:
        """A link for one new editor or viewer."""
        if incoming.chat != incoming.person:
            return told(
                _("Please ask me for an invitation in our private chat: its link is secret.")
            )
        words = rest.lower().split()
        role = next((r for r in GIVEN if _names(r) & {*words}), None)
        if role is None:
            lines = [_("Whom do you want to invite?"), *(_(_MAY[r]) for r in GIVEN)]
            return told(" ".join(lines), *_invite_buttons())
        token = secrets.token_urlsafe(TOKEN_BYTES)
        now = self._clock()
        expires = now + INVITATION_LASTS
        with self._store.write() as connection:
            number = put_invitation(
                connection, _hash(token), role.value, incoming.person, incoming.chat, now, expires
            )
            put_act(
                connection, act_by(incoming, "invite", f"{role.value}, invitation {number}"), now
            )
        return self._link_reply(role, token, number, expires)

    def _link_reply(self, role: Role, token: str, number: int, expires: datetime) -> Reply:
        payload = f"{INVITATION}{token}"
        until = _moment(expires)
        lead = Block(BlockKind.LEAD, _(_INVITATION[role]).format(n=number))
        username = get_meta(self._store, USERNAME_KEY)
        link = f"https://t.me/{username}?start={payload}" if username else f"/start {payload}"
        words = _("Let them send me this line: {link}")
        if username:
            words = _("Send this link to one person: {link}")
        blocks = (
            lead,
            Block(BlockKind.TEXT, words.format(link=link)),
            Block(BlockKind.TEXT, _(_OPENER_MAY[role]).format(when=until)),
        )
        buttons = [Button(_("Copy the link"), copy=link)]
        if username:
            share = f"https://t.me/share/url?url={quote(link, safe='')}"
            buttons.append(Button(_("Send it to somebody"), url=share))
        buttons.append(Button(_("Take it back"), f"inv:back:{number}"))
        return Reply(blocks, (tuple(buttons),))

    def press_invite(self, incoming: Incoming, rest: str) -> Reply | None:
        """What the buttons of an invitation do."""
        if not incoming.role.may(Role.OWNER):
            return None
        word, __, number = rest.partition(":")
        if word != "back":
            return replace(self.invite(incoming, word), edits=True)
        now = self._clock()
        with self._store.write() as connection:
            open_ones = {i.id for i in find_invitations(connection, now)}
            if _number(number) not in open_ones:
                return Reply(toast=_("That invitation is used or expired already."))
            use_invitation(connection, _number(number), now)
            put_act(connection, act_by(incoming, "take back", f"invitation {number}"), now)
        words = _("Invitation {n} is taken back; its link is dead.").format(n=number)
        return replace(told(words), edits=True)

    def accept(self, incoming: Incoming, token: str) -> Reply:
        """What somebody gets who opens an invitation's link."""
        now = self._clock()
        with self._store.write() as connection:
            invitation = look_up_invitation(connection, _hash(token), now)
            if invitation is None:
                return told(
                    _(
                        "This invitation is used or expired. Ask for a new one. You can ask me "
                        "anything about the news meanwhile."
                    )
                )
            if incoming.chat != incoming.person:
                return told(_("Please open this invitation in a private chat with me."))
            role = _role(invitation.role)
            if incoming.role.may(role):
                return told(_(_YOU_ARE_ALREADY[incoming.role]))
            use_invitation(connection, invitation.id, now)
            member = Member(
                incoming.person, role.value, incoming.name[:64], now, invitation.given_by
            )
            put_role(connection, member)
            put_act(
                connection, act_by(incoming, "join", f"{role.value}, {_invited(invitation)}"), now
            )
        who = incoming.name or incoming.person.removeprefix("tg:")
        with speaking_to(self._store, invitation.chat):
            taken = _(_TAKEN[role]).format(name=who, n=invitation.id)
        notice = Notice(invitation.chat, f"joined:{invitation.id}", told(taken))
        return replace(told(_(_WELCOME[role])), notices=(notice,), new_roles=(incoming.person,))

    # ---------------------------------------------------------------------------- roles
    def roles(self) -> Reply:
        """Everybody with a role, with buttons that change it, and the open invitations."""
        blocks = [Block(BlockKind.LEAD, _("Who may do what"))]
        for person, role in self._team.fixed().items():
            name = self._team.name_of(person)
            blocks.append(
                Block(
                    BlockKind.TEXT,
                    _("{name} · {role}, set in the configuration").format(
                        name=name, role=role_word(role)
                    ),
                )
            )
        rows: list[tuple[Button, ...]] = []
        members = [m for m in self._team.members() if m.person not in self._team.fixed()]
        for place, member in enumerate(members[:MEMBERS_SHOWN], 1):
            name = self._team.name_of(member.person)
            blocks.append(
                Block(
                    BlockKind.TEXT,
                    _("{place}. {name} · {role} since {day}").format(
                        place=place,
                        name=name,
                        role=role_word(member.role),
                        day=spoken_day(member.since.date()),
                    ),
                )
            )
            number = member.person.removeprefix("tg:")
            other = Role.VIEWER if member.role == Role.EDITOR else Role.EDITOR
            rows.append(
                (
                    Button(_(_MAKE[other]).format(name=name), f"role:{other.value}:{number}"),
                    Button(_("Take {name} out").format(name=name), f"role:none:{number}"),
                )
            )
        if (rest := len(members) - MEMBERS_SHOWN) > 0:
            blocks.append(Block(BlockKind.TEXT, _("… and {n} more.").format(n=rest)))
        for invitation in find_invitations(self._store.read(), self._clock())[:MEMBERS_SHOWN]:
            until = _moment(invitation.expires)
            words = _("Invitation {n} · {role} · open until {when}").format(
                n=invitation.id, role=role_word(invitation.role), when=until
            )
            blocks.append(Block(BlockKind.TEXT, words))
            label = _("Take back invitation {n}").format(n=invitation.id)
            rows.append((Button(label, f"inv:back:{invitation.id}"),))
        if len(blocks) == 1:
            blocks.append(Block(BlockKind.TEXT, _("Nobody but you.")))
        rows.append(_invite_buttons())
        return Reply(tuple(blocks), tuple(rows))

    def press_role(self, incoming: Incoming, rest: str) -> Reply | None:
        """What the buttons under /roles do."""
        if not incoming.role.may(Role.OWNER):
            return None
        word, __, number = rest.partition(":")
        person = number if ":" in number or not number.isdigit() else f"tg:{number}"
        now = self._clock()
        with self._store.write() as connection:
            member = next((m for m in find_members(connection) if m.person == person), None)
            if member is None:
                return replace(self.roles(), edits=True, toast=_("They have no role any more."))
            name = self._team.name_of(person)
            if word == "none":
                drop_role(connection, person)
                toast = _("{name} may only ask now.").format(name=name)
            elif word in GIVEN:
                given = replace(member, role=word, given_by=incoming.person)
                put_role(connection, given)
                toast = _(_IS_NOW[Role(word)]).format(name=name)
            else:
                return None
            detail = {"was": member.role, "is": word if word in GIVEN else Role.READER.value}
            act = replace(act_by(incoming, "role", person), detail=detail)
            number_of_act = put_act(connection, act, now)
        with speaking_to(self._store, person):
            news = _("You are no longer in the team. /help")
            if word in GIVEN:
                news = _(_YOU_ARE[Role(word)])
            notice = Notice(person, f"role:{number_of_act}", told(news))
        listed = replace(self.roles(), edits=True, toast=toast)
        return replace(listed, notices=(notice,), new_roles=(person,))


def roles_of(admins: Sequence[int], members: Iterable[Member]) -> dict[str, Role]:
    """What each person of the team may do: the configuration's word, or the higher one given."""
    roles = {m.person: _role(m.role) for m in members}
    for place, number in enumerate(dict.fromkeys(admins)):
        fixed = Role.EDITOR if place else Role.OWNER
        given = roles.get(f"tg:{number}", Role.READER)
        roles[f"tg:{number}"] = given if given.may(fixed) else fixed
    return roles


def _role(word: str | None) -> Role:
    """The role that a stored word names; none of today's gives no right."""
    return Role(word) if word in list(Role) else Role.READER


def role_word(word: str) -> str:
    """The role that a stored word names, in the language that is spoken."""
    return _(_WORDS[_role(word)])


def _names(role: Role) -> set[str]:
    """How people call a role in a command: in English, and in the language that is spoken."""
    return {role.value, f"{role.value}s", role_word(role).partition("/")[0].lower()}


def _invite_buttons() -> tuple[Button, ...]:
    return tuple(Button(_(_INVITE[role]), f"inv:{role.value}") for role in GIVEN)


def _invited(invitation: Invitation) -> str:
    return f"invitation {invitation.id}"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    return number if number <= MOST_ID else 0


def _moment(moment: datetime) -> str:
    """A moment as people write it ("24 Nov 2026, 14:05 UTC")."""
    return _("{day}, {time} UTC").format(day=spoken_day(moment.date()), time=f"{moment:%H:%M}")
