"""Updates that are put off: more questions came than may be asked at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable

from bot.errors import StoreError
from bot.store import inbox
from bot.store.inbox import InboxRow
from handlers.context import StoreThread

LOG = logging.getLogger(__name__)

STORE_RETRY_SECONDS = 2.0


class Turns:
    """Offers updates again when their turn has come. They stay unfinished in the inbox, so that a
    restart takes them up: at once then, since the count of questions begins anew, too."""

    def __init__(self, store: StoreThread, offer: Callable[[InboxRow], None]) -> None:
        self._store = store
        self._offer = offer
        self._waiting: set[asyncio.Task[None]] = set()
        self._last: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._in_turn: set[int] = set()

    def take_up(self, update_ids: Iterable[int]) -> None:
        """These were put off by an earlier run: they have their turn as soon as they come."""
        self._in_turn.update(update_ids)

    def put_off(self, row: InboxRow, person: str, seconds: float) -> None:
        """Offer `row` again after so many seconds, and after what `person` asked in its chat
        before: turns may lie closer to each other than the disk is even, and a question leans on
        the one before it."""
        line = (row.chat, person)
        task = asyncio.create_task(self._wait(row, seconds, self._last.get(line)))
        self._last[line] = task
        self._waiting.add(task)

        def forget(ended: asyncio.Task[None]) -> None:
            self._waiting.discard(ended)
            if self._last.get(line) is ended:
                del self._last[line]

        task.add_done_callback(forget)

    def has_come(self, row: InboxRow) -> bool:
        """Whether `row` was put off and has its turn now."""
        return row.update_id in self._in_turn

    def is_done(self, row: InboxRow) -> None:
        """Forget `row`, which is answered or put off anew."""
        self._in_turn.discard(row.update_id)

    async def abandon(self) -> None:
        """Offer nothing more; the next run takes up what waits."""
        for task in list(self._waiting):
            task.cancel()
        await asyncio.gather(*self._waiting, return_exceptions=True)

    async def _wait(
        self, row: InboxRow, seconds: float, before: asyncio.Task[None] | None
    ) -> None:
        await asyncio.sleep(seconds)
        if before is not None:
            await asyncio.wait({before})
        while True:
            try:
                is_open = await self._store.write(lambda c: inbox.is_open(c, row.update_id))
                break
            except StoreError as error:
                LOG.error("The store cannot be used; answers wait: %s", error)
                await asyncio.sleep(STORE_RETRY_SECONDS)
        if is_open:  # unless the person had it forgotten
            self._in_turn.add(row.update_id)
            self._offer(row)
