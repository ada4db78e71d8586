"""Fetching from the web: politely, within bounds, and never from inside the operator's network.

One rule for each request, robots.txt and redirects included: the address is checked, the
connection goes to the checked number, all is over at the deadline, and what comes is capped.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore
import httpx

from bot.errors import FetchError
from bot.intake.addresses import AddressRules, Resolver, Target, check_url, look_up_host
from bot.intake.fetch_connection import CheckedNetwork, Deadline
from bot.intake.readers import Readers
from bot.intake.robots import ALL_ALLOWED, NONE_ALLOWED, Robots, parse_robots
from bot.intake.unpacking import ENCODINGS, read_body
from bot.intake.web_settings import PRODUCT, WebSettings
from bot.locales.said import say

_ROBOTS_SECONDS = 10.0
_ROBOTS_KEPT_SECONDS = 24 * 3600.0  # RFC 9309: not longer than a day
_ROBOTS_FAILED_SECONDS = 600.0  # a site that fails to give it is asked again after this
_MOST_HOSTS = 5_000  # so many hosts are remembered; then all are forgotten
_MOST_REDIRECTS_OF_ROBOTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_LONGEST_RETRY_SECONDS = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Resource:
    """What a server sent: `url` is where it was found after all redirects."""

    url: str
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    """With names in small letters; the first of each name."""
    moved_to: str | None = None
    """The address to ask for from now on, where every redirect was meant for good."""

    @property
    def kind(self) -> str:
        """The media type in small letters, such as "text/html"; "" where none is told."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Fetcher:
    """Fetches addresses. Any thread may; what sites said of robots is remembered for all."""

    def __init__(
        self,
        settings: WebSettings | None = None,
        readers: Readers | None = None,
        *,
        resolve: Resolver = look_up_host,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.settings = settings or WebSettings()
        self.readers = readers or Readers()
        """Who reads what was fetched."""
        self._rules = AddressRules(
            frozenset(self.settings.ports), self.settings.allow_loopback, resolve
        )
        self._clock = clock
        self._sleep = sleep
        self._guard = threading.Lock()
        self._robots: dict[str, tuple[float, Robots]] = {}
        self._free_at: dict[str, float] = {}
        self._tls: ssl.SSLContext | None = None

    def get(
        self,
        address: str,
        *,
        accept: str = "*/*",
        headers: Sequence[tuple[str, str]] = (),
        robots: bool = True,
    ) -> Resource:
        """What stands at `address`, whatever its status; redirects are followed.

        Raises FetchError: it may not be asked for, cannot be reached, or sends too much, too
        slowly or without end.
        """
        deadline = Deadline.after(self.settings.seconds)
        target = check_url(address, self._rules)
        for_good = True
        seen: list[str] = []
        while len(seen) <= self.settings.redirects:
            try:
                found, waited = self._step(target, deadline, accept, headers, robots=robots)
            except FetchError as error:
                if not seen:
                    raise
                raise _led_on(error) from error
            deadline = Deadline(deadline.at + waited, deadline.seconds)
            seen.append(str(target.url))
            if not is_redirect(found):
                moved = seen[-1] if len(seen) > 1 and for_good else None
                return replace(found, moved_to=moved)
            for_good = for_good and found.status in _FOR_GOOD
            target = self._follow(target, found)
            if str(target.url) in seen:
                raise FetchError(say("The address leads in a circle."))
        raise FetchError(
            say("The address leads on more than {n} times.", n=self.settings.redirects)
        )

    # ------------------------------------------------------------------------- one step
    def _step(
        self,
        target: Target,
        deadline: Deadline,
        accept: str,
        headers: Sequence[tuple[str, str]],
        *,
        robots: bool,
    ) -> tuple[Resource, float]:
        """What the server of `target` answers, asked in its turn, and the seconds waited for it.

        Raises FetchError.
        """
        if robots and self.settings.respect_robots:
            self._check_robots(target, deadline)
        waited = self._wait_for_turn(target.host)
        later = Deadline(deadline.at + waited, deadline.seconds)
        return self._request(target, later, accept, headers), waited

    def _follow(self, target: Target, found: Resource) -> Target:
        """Where the redirect `found` leads on to. Raises FetchError."""
        try:
            goal = str(target.url.join(found.headers["location"]))
        except (httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise FetchError(say("The server leads on to no address that can be read.")) from error
        try:
            return check_url(goal, self._rules)
        except FetchError as error:
            raise _led_on(error) from error

    def _request(
        self,
        target: Target,
        deadline: Deadline,
        accept: str,
        headers: Sequence[tuple[str, str]],
    ) -> Resource:
        """What the server of `target` answers, without following it on. Raises FetchError."""
        url = target.url
        most_bytes = self.settings.megabytes * 2**20
        asked = [
            ("Host", url.netloc.decode("ascii")),
            ("User-Agent", self.settings.user_agent),
            ("Accept", accept),
            ("Accept-Encoding", ENCODINGS),
            ("Connection", "close"),
            *headers,
        ]
        core = httpcore.URL(
            scheme=url.raw_scheme,
            host=url.raw_host,
            port=url.port,
            target=url.raw_path,
        )
        network = CheckedNetwork(self._rules, deadline)
        try:
            with (
                httpcore.ConnectionPool(
                    ssl_context=self._tls_context(target), network_backend=network
                ) as pool,
                pool.stream("GET", core, headers=asked) as reply,
            ):
                told = _headers(reply.headers)
                if reply.status in _REDIRECTS or reply.status == 304:
                    return Resource(str(url), reply.status, b"", told)
                length = told.get("content-length", "")
                if length.isdigit() and len(length) < 20 and int(length) > most_bytes:
                    raise FetchError(
                        say(
                            "What stands at this address is larger than {n} MB.",
                            n=most_bytes // 2**20,
                        )
                    )
                packing = told.get("content-encoding", "")
                body = read_body(reply.iter_stream(), packing, most_bytes)
                return Resource(str(url), reply.status, body, told)
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise deadline.passed() from error
        except httpcore.ConnectError as error:
            raise FetchError(_why_unreached(error), unreached=True) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise FetchError(
                say("The server broke off, or does not speak HTTP."), unreached=True
            ) from error
        except httpcore.UnsupportedProtocol as error:  # unreachable while check_url holds
            raise FetchError(say("Only http:// and https:// are fetched.")) from error
        except (OSError, UnicodeError, ValueError) as error:
            raise FetchError(say("The server cannot be reached."), unreached=True) from error

    def _tls_context(self, target: Target) -> ssl.SSLContext | None:
        if target.url.scheme != "https":
            return None
        with self._guard:
            if self._tls is None:
                self._tls = httpx.create_ssl_context(trust_env=False)
            return self._tls

    # ------------------------------------------------------------------------- courtesy
    def _wait_for_turn(self, host: str) -> float:
        """The seconds waited until `host` may be asked again."""
        with self._guard:
            if len(self._free_at) > _MOST_HOSTS:
                self._free_at.clear()
            now = self._clock()
            turn = max(now, self._free_at.get(host, now))
            self._free_at[host] = turn + self.settings.host_seconds
        if turn > now:
            self._sleep(turn - now)
        return turn - now

    def _check_robots(self, target: Target, deadline: Deadline) -> None:
        """Return when the site's robots.txt allows us to fetch `target`. Raises FetchError."""
        site = f"{target.url.scheme}://{target.url.netloc.decode('ascii')}"
        with self._guard:
            until, rules = self._robots.get(site, (0.0, ALL_ALLOWED))
            known = site in self._robots and until > self._clock()
        if not known:
            rules, keep = self._fetch_robots(f"{site}/robots.txt", deadline)
            with self._guard:
                if len(self._robots) > _MOST_HOSTS:
                    self._robots.clear()
                self._robots[site] = (self._clock() + keep, rules)
        if rules is NONE_ALLOWED:
            raise FetchError(
                say(
                    "The site's robots.txt cannot be read at the moment, so nothing is fetched "
                    "from it. Try again later."
                ),
                unreached=True,
            )
        if not rules.allows(target.url.raw_path.decode("ascii")):
            raise FetchError(say("The site asks programs not to fetch this page (robots.txt)."))

    def _fetch_robots(self, address: str, deadline: Deadline) -> tuple[Robots, float]:
        """The rules at `address`, and for how many seconds they hold.

        A file that is not there allows all; one that the server fails to give allows nothing.
        Raises FetchError where the server cannot be asked at all.
        """
        deadline = Deadline.after(min(_ROBOTS_SECONDS, deadline.left()))
        target = check_url(address, self._rules)
        for _ in range(_MOST_REDIRECTS_OF_ROBOTS + 1):
            found = self._request(target, deadline, "text/plain", ())
            if is_redirect(found):
                target = self._follow(target, found)
                continue
            if found.status == 200:
                return parse_robots(found.body, PRODUCT), _ROBOTS_KEPT_SECONDS
            if found.status == 429 or found.status >= 500:
                return NONE_ALLOWED, _ROBOTS_FAILED_SECONDS
            break
        return ALL_ALLOWED, _ROBOTS_KEPT_SECONDS


def is_redirect(found: Resource) -> bool:
    """Whether the server leads on to another address."""
    return found.status in _REDIRECTS and bool(found.headers.get("location"))


def _led_on(error: FetchError) -> FetchError:
    """`error`, told of an address that nobody gave but the server."""
    return FetchError(
        say("The server leads on to another address. {why}", why=error.reason),
        unreached=error.unreached,
    )


def check_status(found: Resource) -> None:
    """Return when the server gave what was asked for. Raises FetchError with a sentence else."""
    status = found.status
    if status == 200:
        return
    words = {
        401: say("The site asks to log in (401)."),
        402: say("The site asks to pay (402)."),
        403: say("The site refuses programs like this one (403)."),
        404: say("There is no page at this address (404)."),
        410: say("The page was taken away (410)."),
        429: say("The site asks to come back later (429)."),
        451: say("The page is blocked for legal reasons (451)."),
    }.get(status)
    if words is None and status >= 500:
        words = say(
            "The site has trouble of its own ({status}). Try again later.", status=str(status)
        )
    raise FetchError(
        words or say("The site did not give the page ({status}).", status=str(status)),
        status=status,
        retry_seconds=parse_retry_after(found.headers.get("retry-after", ""), datetime.now(UTC)),
    )


def parse_retry_after(words: str, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks to wait, at most a week; None for no such."""
    words = words.strip()
    if words.isascii() and words.isdigit():
        return min(float(words[:12]), _LONGEST_RETRY_SECONDS)
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - now).total_seconds()), _LONGEST_RETRY_SECONDS)


def _headers(raw: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    told: dict[str, str] = {}
    for name, value in raw:
        told.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return told


def _why_unreached(error: Exception) -> str:
    chain: BaseException | None = error
    while chain is not None:
        if isinstance(chain, ssl.SSLError):
            return say("The server has no valid certificate, so it is not trusted.")
        chain = chain.__cause__ or chain.__context__
    return say("The server cannot be reached.")
