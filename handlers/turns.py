"""Updates that are put off: more questions came than may be asked at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

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
        self._in_turn: set[int] = set()

    def put_off(self, row: InboxRow, seconds: float) -> None:
        """Offer `row` again after so many seconds."""
        task = asyncio.create_task(self._wait(row, seconds))
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

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

    async def _wait(self, row: InboxRow, seconds: float) -> None:
        await asyncio.sleep(seconds)
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
