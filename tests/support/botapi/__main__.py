"""`python -m tests.support.botapi --port N`: talk to a bot from a terminal."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import time

from tests.support.botapi.people import Person
from tests.support.botapi.twin import TOKEN, BotApi
from tests.support.botapi.world import Seen

HELP = (
    "Type a message. `#2` presses button 2 of the bot's last message, `@file PATH` sends a file."
)


def shown(seen: Seen) -> str:
    """A message of the bot as lines for a terminal."""
    lines = [f"bot ({'edited ' if seen.edits else ''}{seen.message_id}):"]
    lines += [f"  {line}" for line in seen.text.splitlines()]
    lines += [f"  [{number} {label}]" for number, label in enumerate(seen.labels, start=1)]
    return "\n".join(lines)


def say(twin: BotApi, person: Person, line: str) -> None:
    """Does what a line of the terminal asks for."""
    if line.startswith("#") and line[1:].isdigit():
        labels = twin.last_from_bot(person).labels
        if 0 < int(line[1:]) <= len(labels):
            person.presses(labels[int(line[1:]) - 1])
    elif line.startswith("@file "):
        with open(line.removeprefix("@file ").strip(), "rb") as file:  # noqa: PTH123 - a typed path
            person.sends_document(file.name.rsplit("/", 1)[-1], file.read())
    elif line:
        person.sends(line)


async def show_replies(twin: BotApi, person: Person) -> None:
    while True:
        with contextlib.suppress(AssertionError):
            seen = await twin.reply_in(person, timeout_seconds=3600)
            sys.stdout.write(shown(seen) + "\n")
            sys.stdout.flush()


async def main(port: int, person_id: int) -> None:
    # Ids go on growing over restarts, as Telegram's do: a bot answers each of them only once.
    async with BotApi(port=port, first_update_id=int(time.time())) as twin:
        person = twin.person("You", id=person_id)
        sys.stdout.write(
            f"NEWSBOT_TELEGRAM_TOKEN={TOKEN}\nNEWSBOT_TELEGRAM_BASE_URL={twin.base_url}\n"
            f"NEWSBOT_TELEGRAM_BASE_FILE_URL={twin.base_file_url}\n"
            f"NEWSBOT_TELEGRAM_ADMINS={person_id}\n{HELP}\n"
        )
        sys.stdout.flush()
        showing = asyncio.create_task(show_replies(twin, person))
        while line := await asyncio.to_thread(sys.stdin.readline):
            say(twin, person, line.strip())
        await asyncio.sleep(2)
        showing.cancel()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--person", type=int, default=4711, help="your numeric id")
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(arguments.port, arguments.person))
