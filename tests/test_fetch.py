"""Fetching over real connections on loopback: bounds of size, time and place, and courtesy."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.errors import FetchError
from bot.intake.fetch import Fetcher, check_status, parse_retry_after
from bot.intake.robots import parse_robots
from bot.intake.web_settings import WebSettings
from tests.support.sites import Answer, Asked, Site, fetcher, redirect, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({"/a": Answer("<p>hello</p>")}) as site:
        yield site


def refusal(fetch: Fetcher, address: str) -> str:
    """The sentence with which `address` is refused."""
    with pytest.raises(FetchError) as caught:
        fetch.get(address)
    assert caught.value.reason.endswith(".")
    assert "Traceback" not in caught.value.reason
    return caught.value.reason


# ------------------------------------------------------------------------------- asking
def test_request_names_the_host_and_says_who_asks(site: Site) -> None:
    found = fetcher(user_agent="newsbot (+https://about.example)").get(site.url("/a?b=c"))
    assert (found.status, found.body, found.kind) == (200, b"<p>hello</p>", "text/html")
    request = site.asked[-1]
    assert request.path == "/a?b=c"
    assert request.headers["host"] == f"news.example:{site.port}"
    assert request.headers["user-agent"] == "newsbot (+https://about.example)"
    assert "cookie" not in request.headers


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"hello " * 999)),
        ("x-gzip", gzip.compress(b"hello " * 500) + gzip.compress(b"hello " * 499)),
        ("gzip", gzip.compress(b"hello " * 999) + b"\0" * 99),
        ("deflate", zlib.compress(b"hello " * 999)),
        ("deflate", zlib.compress(b"hello " * 999)[2:-4]),
        ("identity", b"hello " * 999),
    ],
    ids=["gzip", "two parts", "padding", "deflate", "deflate without head", "plain"],
)
def test_packed_reply_is_unpacked(site: Site, encoding: str, packed: bytes) -> None:
    site.pages["/z"] = Answer(packed, headers={"Content-Encoding": encoding})
    assert fetcher().get(site.url("/z")).body == b"hello " * 999


def test_redirects_are_followed_and_told(site: Site) -> None:
    site.pages["/old"] = redirect("/older", 301)
    site.pages["/older"] = redirect(site.url("/a", "www.news.example"), 308)
    site.pages["/for-now"] = redirect("/old", 302)
    found = fetcher().get(site.url("/old"))
    assert found.url == found.moved_to == site.url("/a", "www.news.example")
    found = fetcher().get(site.url("/for-now"))
    assert (found.url, found.moved_to) == (site.url("/a", "www.news.example"), None)


# ------------------------------------------------------------------------------- places
def test_loopback_is_refused_without_the_setting(site: Site) -> None:
    plain = Fetcher(WebSettings(), resolve=lambda host, port: ["127.0.0.1"])
    for address in (
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "https://n.example",
    ):
        assert "private network" in refusal(plain, address)
    assert "port" in refusal(plain, site.url())
    assert not site.asked


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        ("http://10.0.0.5/", "private network"),
        ("http://169.254.169.254/latest/meta-data/", "private network"),
        ("http://inside.example/", "private network"),
        ("http://[::ffff:10.0.0.5]/", "private network"),
        ("file:///etc/passwd", "http://"),
        ("gopher://127.0.0.1/", "http://"),
        ("http://ann:hush@news.example/", "user name"),
        ("http://news.example:x/", "no address"),
    ],
)
def test_redirect_to_a_forbidden_place_is_refused(site: Site, goal: str, words: str) -> None:
    site.pages["/r"] = redirect(goal)
    reason = refusal(fetcher(names={"inside.example": ["10.1.2.3"]}), site.url("/r"))
    assert words in reason
    assert reason.startswith("The server leads on")
    assert "hush" not in reason


def test_name_that_turns_inward_between_two_redirects_is_refused(site: Site) -> None:
    places = iter([["127.0.0.1"], ["127.0.0.1"], ["192.168.7.7"]])  # robots, first, second
    rebinding = Fetcher(fetcher().settings, resolve=lambda host, port: next(places))
    site.pages["/again"] = redirect("/a?inner")
    assert "private network" in refusal(rebinding, site.url("/again"))
    assert site.paths() == ["/again"]


def test_name_that_changes_after_the_check_is_not_looked_up_again(site: Site) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    rebinding = Fetcher(fetcher(respect_robots=False).settings, resolve=resolve)
    assert rebinding.get(site.url("/a")).status == 200
    assert asked == ["news.example"]
    assert "private network" in refusal(rebinding, site.url("/a"))


def test_redirects_end(site: Site) -> None:
    site.pages["/circle"] = redirect("/circle")
    assert "circle" in refusal(fetcher(), site.url("/circle"))
    site.pages["/n"] = lambda asked: redirect(f"/n?{len(site.asked)}")
    assert "more than 5 times" in refusal(fetcher(), site.url("/n"))


# --------------------------------------------------------------------------------- size
def endless() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    while True:
        yield b"<p>more</p>" * 5000


def endless_heads() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"X-More: more and more\r\n" * 500


def bomb() -> bytes:
    return gzip.compress(b"\0" * 100_000_000, compresslevel=1)


TOO_LARGE = {
    "endless": (Answer(raw=endless), "larger than 1 MB"),
    "announced": (
        Answer(raw=lambda: iter([b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx"])),
        "larger than 1 MB",
    ),
    "bomb": (Answer(bomb(), headers={"Content-Encoding": "gzip"}), "larger than 1 MB"),
    "bomb in a bomb": (
        Answer(gzip.compress(bomb()), headers={"Content-Encoding": "gzip, gzip"}),
        "cannot be read",
    ),
    "brotli": (Answer(b"xxx", headers={"Content-Encoding": "br"}), "cannot be read"),
    "broken gzip": (Answer(b"xxx", headers={"Content-Encoding": "gzip"}), "broken"),
    "half a gzip": (
        Answer(gzip.compress(b"hello" * 99)[:-9], headers={"Content-Encoding": "gzip"}),
        "broken",
    ),
    "endless heads": (Answer(raw=endless_heads), "does not speak HTTP"),
    "no http": (Answer(raw=lambda: iter([b"SSH-2.0-hello\r\n"] * 3)), "does not speak HTTP"),
    "nothing": (Answer(raw=lambda: iter([])), "does not speak HTTP"),
    "cut short": (
        Answer(raw=lambda: iter([b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"])),
        "broke off",
    ),
}


@pytest.mark.parametrize(("answer", "words"), TOO_LARGE.values(), ids=TOO_LARGE.keys())
def test_what_a_hostile_server_sends_is_refused(site: Site, answer: Answer, words: str) -> None:
    site.pages["/x"] = answer
    assert words in refusal(fetcher(megabytes=1), site.url("/x"))


# --------------------------------------------------------------------------------- time
def slow_body() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    for _ in range(200):
        time.sleep(0.05)
        yield b"x"


def slow_heads() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(200):
        time.sleep(0.05)
        yield b"X-%d: y\r\n" % number


def silent() -> Iterator[bytes]:
    time.sleep(3)
    yield b""


@pytest.mark.parametrize("raw", [slow_body, slow_heads, silent], ids=lambda f: f.__name__)
def test_server_that_dawdles_is_left(site: Site, raw: object) -> None:
    site.pages["/slow"] = Answer(raw=raw)  # type: ignore[arg-type]
    reason = refusal(fetcher(seconds=0.4, respect_robots=False), site.url("/slow"))
    assert "too slow" in reason


def test_redirects_share_one_time(site: Site) -> None:
    def step(asked: Asked) -> Answer:
        time.sleep(0.2)
        return redirect(f"/step?{len(site.asked)}")

    site.pages["/step"] = step
    hasty = fetcher(seconds=0.5, redirects=20, respect_robots=False)
    assert "too slow" in refusal(hasty, site.url("/step"))


def test_nobody_there_is_told() -> None:
    assert "cannot be reached" in refusal(fetcher(), "http://news.example:1/")
    assert "no server of that name" in refusal(fetcher(), "http://nowhere.example/")


# ----------------------------------------------------------------------------- courtesy
def test_robots_are_asked_once_and_kept_to(site: Site) -> None:
    site.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /private\n")
    site.pages["/private/x"] = Answer("hidden")
    polite = fetcher()
    polite.get(site.url("/a"))
    polite.get(site.url("/a"))
    assert [request.path for request in site.asked] == ["/robots.txt", "/a", "/a"]
    assert "robots.txt" in refusal(polite, site.url("/private/x"))
    assert fetcher(respect_robots=False).get(site.url("/private/x")).body == b"hidden"


def test_robots_of_a_redirects_goal_are_kept_to(site: Site) -> None:
    with serving({"/robots.txt": Answer("User-agent: *\nDisallow: /")}) as other:
        site.pages["/r"] = redirect(other.url("/b", "other.example"))
        assert "robots.txt" in refusal(fetcher(), site.url("/r"))
        assert not other.paths()


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (500, False), (503, False), (429, False)]
)
def test_site_that_fails_to_give_robots_is_left_alone(
    site: Site, status: int, *, allowed: bool
) -> None:
    site.pages["/robots.txt"] = Answer(status=status)
    if allowed:
        assert fetcher().get(site.url("/a")).status == 200
    else:
        assert "robots.txt cannot be read" in refusal(fetcher(), site.url("/a"))


def test_one_host_is_not_asked_faster_than_allowed(site: Site) -> None:
    now = [100.0]
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    polite = fetcher(host_seconds=2, respect_robots=False, clock=lambda: now[0], sleep=sleep)
    for host in ("one.example", "one.example", "two.example", "one.example"):
        polite.get(site.url("/a", host))
    assert waits == [2, 2]


ROBOTS = {
    "empty": ("", "/a", True),
    "all closed": ("User-agent: *\nDisallow: /", "/a", False),
    "nothing closed": ("User-agent: *\nDisallow:", "/a", True),
    "other program": ("User-agent: otherbot\nDisallow: /", "/a", True),
    "own group before all": (
        "User-agent: *\nDisallow: /\n\nUser-agent: Newsbot/2\nDisallow: /b",
        "/a",
        True,
    ),
    "groups share rules": ("User-agent: otherbot\nUser-agent: newsbot\nDisallow: /a", "/a", False),
    "longest decides": ("User-agent: *\nDisallow: /a\nAllow: /a/news", "/a/news/1", True),
    "allow wins a tie": ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
    "wildcard": ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
    "end mark": ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
    "two wildcards": ("User-agent: *\nDisallow: /*/print/*x", "/news/print/axb", False),
    "query": ("User-agent: *\nDisallow: /*?page=", "/news?page=2", False),
    "percent signs": ("User-agent: *\nDisallow: /caf%C3%A9", "/caf%c3%a9/1", False),
    "letters beyond ASCII": ("User-agent: *\nDisallow: /café", "/caf%C3%A9/1", False),
    "comment": ("User-agent: * # all\nDisallow: /a # not this", "/a", False),
    "mark at the start": ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
    "a page instead": ("<html><body>User-agent: none</body></html>", "/a", True),
    "rules before any group": ("Disallow: /", "/a", True),
}


@pytest.mark.parametrize(("text", "path", "allowed"), ROBOTS.values(), ids=ROBOTS.keys())
def test_robots_rules(text: str, path: str, *, allowed: bool) -> None:
    assert parse_robots(text.encode(), "newsbot").allows(path) is allowed


def test_hostile_robots_are_read_in_time() -> None:
    rules = parse_robots(
        b"User-agent: *\nDisallow: /" + b"*a" * 900 + b"\n" + b"x\n" * 99_000, "n"
    )
    assert rules.allows("/" + "a" * 4000 + "b" * 4000) is False
    rules = parse_robots(b"User-agent: *\nDisallow: /" + b"*a" * 900 + b"*c$", "n")
    assert rules.allows("/" + "a" * 8000) is True


# -------------------------------------------------------------------------------- words
@pytest.mark.parametrize("status", [204, 400, 401, 402, 403, 404, 410, 429, 451, 500, 503])
def test_status_is_told_in_a_sentence(site: Site, status: int) -> None:
    site.pages["/s"] = Answer(status=status, headers={"Retry-After": "7", "Content-Length": "0"})
    with pytest.raises(FetchError, match=str(status)) as caught:
        check_status(fetcher().get(site.url("/s")))
    assert (caught.value.status, caught.value.retry_seconds) == (status, 7)


NOW = datetime(2025, 3, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Mon, 03 Mar 2025 12:10:00 GMT", 600),
        ("Mon, 03 Mar 2025 11:00:00 GMT", 0),
        ("999999999999999999", 7 * 86400),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("Mon, 99 Foo 2025", None),
    ],
)
def test_retry_after_is_read(words: str, seconds: float | None) -> None:
    assert parse_retry_after(words, NOW) == seconds
