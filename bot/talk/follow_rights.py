"""Who may change what a chat follows: a person in private, the admins of a group or channel."""

from __future__ import annotations

from bot.locales import N_, _
from bot.store.sent import ABROAD
from bot.store.settings import place_of
from bot.talk.buttons import ASK
from bot.talk.replies import Button, Incoming, Reply, told

ADMINS_ONLY = N_(
    "Only the admins of this group can change that here. For yourself you can: write to me in "
    "private."
)
NOT_ADMIN_THERE = N_("Only admins of {name} can change what it follows.")
NOT_ADMIN_OF_UNNAMED = N_("Only admins of that chat can change what it follows.")
NO_CHAT = N_(
    "I cannot see {name}. Make me an admin of the channel, with the right to post messages, and "
    "try again."
)
NO_WRITING = N_(
    "I may not post in {name}. Make me an admin there, with the right to post messages, and try "
    "again."
)


def is_private(chat: str) -> bool:
    """Whether one person alone talks here; groups and channels have negative numbers, and what
    stands in other people's chats a name of its own."""
    return not place_of(chat).startswith(("tg:-", f"{ABROAD}:"))


def refuse(incoming: Incoming, chat: str) -> Reply | None:
    """What keeps this person from changing what `chat` follows: None where nothing does, else a
    refusal, or the wish to know their rights."""
    if is_private(chat) and place_of(chat) == place_of(incoming.chat):
        return None
    place = place_of(chat)
    rights = incoming.rights
    if rights is None or place not in (rights.chat, rights.asked):
        return Reply(asks_rights=place)
    if rights.manages:
        return None
    if place == place_of(incoming.chat):
        if incoming.button is not None:
            return Reply(toast=_(ADMINS_ONLY))
        return told(_(ADMINS_ONLY), Button(_("Ask me in private"), start=ASK))
    if not rights.title:
        return _refused(incoming, _(NOT_ADMIN_OF_UNNAMED))
    return _refused(incoming, _(NOT_ADMIN_THERE).format(name=rights.title))


def find_channel(incoming: Incoming, name: str) -> tuple[str, str] | Reply:
    """(chat, title) of the channel `name` ("@harbour") that this person may set up, or the reply
    that says why not."""
    rights = incoming.rights
    if rights is None or rights.asked != name:
        return Reply(asks_rights=name)
    if not rights.chat:
        return told(_(NO_CHAT).format(name=name))
    if not rights.manages:
        return told(_(NOT_ADMIN_THERE).format(name=name))
    if not rights.writes:
        return told(_(NO_WRITING).format(name=name))
    return rights.chat, rights.title or name


def _refused(incoming: Incoming, words: str) -> Reply:
    return Reply(toast=words) if incoming.button is not None else told(words)
