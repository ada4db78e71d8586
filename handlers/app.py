"""Builds the Telegram bot and runs it until it is told to stop.

We poll and dispatch by ourselves rather than through `telegram.ext`; why is written down in
docs/decisions/0003-own-polling-loop.md.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import os
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.config import Config, TelegramConfig
from bot.errors import StoreError
from bot.locales import ENGLISH
from bot.logs import discreet_logs
from bot.store import inbox, outbox
from bot.store.log_names import get_log_key
from bot.store.results import forget_results
from bot.store.store import Store
from bot.talk.commands import COMMANDS
from bot.talk.desks import Job
from bot.talk.languages import find_language
from handlers.alarm import Alarm
from handlers.answering import Talk
from handlers.arrivals import Arrivals
from handlers.context import DaemonThreads, StoreThread
from handlers.delivery import Delivery
from handlers.errors import TokenRefusedError, retry_seconds
from handlers.groups import Identity
from handlers.health import Health
from handlers.inline import Abroad, InlineDesk
from handlers.metrics import Metrics
from handlers.photos import Easel
from handlers.polling import Polling
from handlers.pump import Pump
from handlers.rates import Rates
from handlers.server import CannotListenError
from handlers.team import TeamMenus
from handlers.ticker import Ticker
from handlers.updates import UpdateReader
from handlers.watchdog import DeafError, watch
from handlers.watchpost import Watchpost
from handlers.webhook import Webhook, WebhookRefusedError

LOG = logging.getLogger(__name__)

CONNECTIONS = 64
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
WORK_STOP_SECONDS = 3.5  # a stop gives the answers in hand this long,
SEND_STOP_SECONDS = 3.0  # and the messages that are ready this long: under 10 s in all
CLEAN_SECONDS = 6 * 3600.0
WORDS_KEPT = timedelta(days=2)  # longer than Telegram may deliver an update again
ROWS_KEPT = timedelta(days=30)
AGAIN_SECONDS = 3600.0  # deaf again within this time after a new start: that did not help

REFUSED = (
    "Telegram refuses the bot token. Check NEWSBOT_TELEGRAM_TOKEN (telegram.token in the "
    "configuration), or get a new one from @BotFather."
)
DEAF = (
    "Telegram answers, but brings no updates, also after a new start within the program. "
    "Start newsbot again; nothing is lost."
)


def run(
    config: Config,
    conversation: Talk,
    store: Store,
    rates: Rates | None = None,
    jobs: Sequence[Job] = (),
) -> int:
    """The exit code, once SIGINT or SIGTERM came (0) or serving is of no use (1).

    Blocks. Wants the main thread, for the signals.
    """
    try:
        asyncio.run(_run_until_signal(config, conversation, store, rates, jobs))
    except TokenRefusedError:
        words = REFUSED
    except DeafError:
        words = DEAF
    except CannotListenError as error:
        words = f"telegram.webhook.listen: {error}."
    except WebhookRefusedError as error:
        words = f"telegram.webhook: Telegram refuses it: {error}."
    else:
        return 0
    sys.stderr.write(f"{words}\n")
    return 1


async def _run_until_signal(
    config: Config, conversation: Talk, store: Store, rates: Rates | None, jobs: Sequence[Job]
) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # some systems have no such handlers
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await serve(config, conversation, store, stop, rates, jobs)


async def serve(
    config: Config,
    talk: Talk,
    store: Store,
    stop: asyncio.Event,
    rates: Rates | None = None,
    jobs: Sequence[Job] = (),
) -> None:
    """Serve until `stop` is set, and end within 10 s of it.

    When polling goes deaf, all but the store is built anew, once within an hour.

    Raises TokenRefusedError, DeafError, CannotListenError and WebhookRefusedError.
    """
    # Host names are looked up in these threads, which may hang when there is no network.
    asyncio.get_running_loop().set_default_executor(DaemonThreads(8, "names"))
    # Else the library answers with a deprecated kind of number, and a warning each time.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    last_deaf = -math.inf
    metrics = Metrics()
    while True:
        try:
            return await _serve_once(config, talk, store, stop, rates, jobs, metrics)
        except DeafError:
            now = time.monotonic()
            if now - last_deaf < AGAIN_SECONDS:
                raise
            last_deaf = now
            LOG.error("Telegram answers, but brings no updates; all connections are made anew")


async def _serve_once(
    config: Config,
    talk: Talk,
    store: Store,
    stop: asyncio.Event,
    rates: Rates | None,
    jobs: Sequence[Job],
    metrics: Metrics,
) -> None:
    telegram = config.telegram
    token, secret = telegram.token.reveal(), telegram.webhook.secret.reveal()
    log_key = await asyncio.to_thread(get_log_key, store)
    with discreet_logs((token, secret), log_key):
        polls = HTTPXRequest(connection_pool_size=1)
        bot = Bot(
            token,
            base_url=telegram.base_url,
            base_file_url=telegram.base_file_url,
            request=HTTPXRequest(connection_pool_size=CONNECTIONS, read_timeout=15),
            get_updates_request=polls,
        )
        inline: InlineDesk | None = None
        try:
            if await _until(stop, _introduced(bot)):
                with (
                    contextlib.closing(StoreThread(store, metrics)) as thread,
                    contextlib.closing(Easel()) as easel,
                ):
                    delivery = Delivery(
                        bot, thread, rates, admins=telegram.admins, metrics=metrics, easel=easel
                    )
                    me = Identity(bot.id, bot.username, frozenset(c.name for c in COMMANDS))
                    team = TeamMenus(bot, thread, telegram.admins)
                    await team.load()
                    reader = UpdateReader(bot, me, telegram.admins, team.roles)
                    alarm = Alarm(bot, telegram.admins, await _owners_language(thread, telegram))
                    pump = Pump(
                        bot, thread, talk, reader, delivery, metrics, team.renew, alarm=alarm
                    )
                    inline = InlineDesk(bot, talk if isinstance(talk, Abroad) else None, metrics)
                    arrivals = Arrivals(thread, pump, inline.take, alarm=alarm)
                    ticker = Ticker(jobs, thread, delivery.wake)
                    health = Health(thread, arrivals, lambda: pump.waiting)
                    watchpost = Watchpost(config.health.listen, health, metrics)
                    around = [
                        team.run(),
                        _clean(thread),
                        ticker.run(),
                        health.run(),
                        watchpost.run(),
                    ]
                    if telegram.webhook.url:
                        hook = Webhook(bot, telegram.webhook, arrivals, health)
                        await _work(hook.run, None, pump, delivery, around, health, stop)
                    else:
                        url = f"{telegram.base_url}{token}"
                        polling = Polling(bot, polls, url, arrivals, alarm, metrics)
                        dog = watch(polling, bot)
                        await _work(polling.run, dog, pump, delivery, around, health, stop)
        finally:
            if inline is not None:
                await inline.finish()
            with contextlib.suppress(TimeoutError, TelegramError, RuntimeError):
                async with asyncio.timeout(1):
                    await bot.shutdown()


async def _owners_language(store: StoreThread, telegram: TelegramConfig) -> str:
    """The code of the language in which the owner is spoken to."""
    if not telegram.admins:
        return ENGLISH
    owner = f"tg:{telegram.admins[0]}"
    return await store.write(lambda connection: find_language(connection, owner))


async def _introduced(bot: Bot) -> None:
    """Returns when Telegram knows us; no network is waited out. Raises TokenRefusedError."""
    wait, told = FIRST_WAIT_SECONDS, False
    while True:
        try:
            await bot.initialize()
        except InvalidToken:
            raise TokenRefusedError from None
        except RetryAfter as error:
            wait = retry_seconds(error)
        except TelegramError as error:
            if not told:
                LOG.warning("Telegram cannot be reached (%s); trying on", error)
                told = True
        else:
            LOG.info("I am @%s", bot.username)
            return
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT_SECONDS)


async def _work(
    receive: Callable[[], Coroutine[Any, Any, None]],
    watching: Coroutine[Any, Any, None] | None,
    pump: Pump,
    delivery: Delivery,
    around: Sequence[Coroutine[Any, Any, None]],
    health: Health,
    stop: asyncio.Event,
) -> None:
    """Run the parts until `stop`, then end them in an order that loses nothing."""
    vital = [asyncio.create_task(delivery.run())]
    if watching is not None:
        vital.append(asyncio.create_task(watching))
    others = [asyncio.create_task(coroutine) for coroutine in around]

    async def take_up_and_receive() -> None:
        await pump.take_up()
        health.is_ready = True
        await receive()

    try:
        await _until(stop, take_up_and_receive(), *vital)
    finally:
        LOG.info("stopping")
        health.is_ready = False
        pump.stop_taking()
        await pump.finish(WORK_STOP_SECONDS)
        await delivery.finish(SEND_STOP_SECONDS)
        for task in (*vital, *others):
            task.cancel()
        await asyncio.gather(*vital, *others, return_exceptions=True)
        await delivery.abandon()


async def _until(
    stop: asyncio.Event, work: Coroutine[Any, Any, None], *vital: asyncio.Task[None]
) -> bool:
    """Whether `work` ended before `stop` was set; it is cancelled when that comes first.

    Raises what `work` or one of the `vital` tasks raises: the program must not live on deaf.
    """
    working, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({working, stopping, *vital}, return_when=asyncio.FIRST_COMPLETED)
        for task in (working, *vital):
            if task.done():
                task.result()
        return working.done()
    finally:
        for waiting in (working, stopping):
            waiting.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


async def _clean(store: StoreThread) -> None:
    """Drop what need not be kept, now and then: people's words first."""
    while True:
        now = datetime.now(UTC)
        with contextlib.suppress(StoreError):
            await store.write(
                lambda c, now=now: inbox.forget_updates(  # type: ignore[misc]
                    c, words=now - WORDS_KEPT, rows=now - ROWS_KEPT
                )
            )
            await store.write(
                lambda c, now=now: outbox.forget_letters(c, now - WORDS_KEPT)  # type: ignore[misc]
            )
            await store.write(lambda c, now=now: forget_results(c, now))  # type: ignore[misc]
        await asyncio.sleep(CLEAN_SECONDS)
