"""A twin of Telegram's Bot API for the tests: real HTTP, real limits, faults on demand.

async with BotApi() as twin:            # or: with running_twin() as running, in a thread
    ada = twin.person("Ada")
    ada.sends("who resigned?")
    seen = await twin.reply_in(ada)
"""

from tests.support.botapi.faults import Fault, Faults, Rates
from tests.support.botapi.people import Group, Person
from tests.support.botapi.threads import BotApiThread, running_twin
from tests.support.botapi.twin import TOKEN, BotApi, Call
from tests.support.botapi.world import Press, Seen

__all__ = [
    "TOKEN",
    "BotApi",
    "BotApiThread",
    "Call",
    "Fault",
    "Faults",
    "Group",
    "Person",
    "Press",
    "Rates",
    "Seen",
    "running_twin",
]
