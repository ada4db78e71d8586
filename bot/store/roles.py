"""Who may change the store: the people with a role, and the invitations that give one."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.store.store import Store


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who was given a role: by whom, when, and the name they had then."""

    person: str
    role: str
    name: str
    since: datetime
    given_by: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that gives a role to the first who opens it."""

    id: int
    role: str
    given_by: str
    chat: str
    expires: datetime


def look_up_role(store: Store, person: str) -> str | None:
    """The role that `person` was given; None for a reader."""
    row = store.read().execute("SELECT role FROM roles WHERE person = ?", (person,)).fetchone()
    return row["role"] if row else None


def find_members(connection: sqlite3.Connection) -> list[Member]:
    """Everybody who was given a role, the longest here first."""
    rows = connection.execute(
        "SELECT person, role, name, since, given_by FROM roles ORDER BY since, person"
    )
    return [
        Member(
            r["person"], r["role"], r["name"], datetime.fromisoformat(r["since"]), r["given_by"]
        )
        for r in rows
    ]


def put_role(connection: sqlite3.Connection, member: Member) -> None:
    """Give a role; it takes the place of an earlier one."""
    connection.execute(
        "INSERT INTO roles (person, role, name, since, given_by) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (person) DO UPDATE SET role = excluded.role, given_by = excluded.given_by",
        (member.person, member.role, member.name, _stamp(member.since), member.given_by),
    )


def drop_role(connection: sqlite3.Connection, person: str) -> bool:
    """Whether `person` had a role, which is gone now."""
    return bool(connection.execute("DELETE FROM roles WHERE person = ?", (person,)).rowcount)


# -------------------------------------------------------------------------- invitations
def put_invitation(
    connection: sqlite3.Connection,
    token: str,
    role: str,
    given_by: str,
    chat: str,
    now: datetime,
    expires: datetime,
) -> int:
    """The number of a new invitation; `token` is the hash of what its link holds."""
    number = connection.execute(
        "INSERT INTO invitations (token, role, given_by, chat, made, expires) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (token, role, given_by, chat, _stamp(now), _stamp(expires)),
    ).lastrowid
    assert number is not None
    return number


def look_up_invitation(
    connection: sqlite3.Connection, token: str, now: datetime
) -> Invitation | None:
    """The invitation with this hash, unless it is used or expired."""
    row = connection.execute(
        "SELECT id, role, given_by, chat, expires FROM invitations "
        "WHERE token = ? AND used IS NULL AND expires > ?",
        (token, _stamp(now)),
    ).fetchone()
    return _invitation(row) if row else None


def use_invitation(connection: sqlite3.Connection, number: int, now: datetime) -> None:
    """Nobody can use this invitation any more."""
    connection.execute(
        "UPDATE invitations SET used = ? WHERE id = ? AND used IS NULL", (_stamp(now), number)
    )


def find_invitations(connection: sqlite3.Connection, now: datetime) -> list[Invitation]:
    """The invitations that somebody could still use, oldest first."""
    rows = connection.execute(
        "SELECT id, role, given_by, chat, expires FROM invitations "
        "WHERE used IS NULL AND expires > ? ORDER BY id",
        (_stamp(now),),
    )
    return [_invitation(row) for row in rows]


def _invitation(row: sqlite3.Row) -> Invitation:
    expires = datetime.fromisoformat(row["expires"])
    return Invitation(row["id"], row["role"], row["given_by"], row["chat"], expires)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
