"""Which addresses may be asked for."""

from __future__ import annotations

import ipaddress

import pytest

from bot.errors import FetchError
from bot.intake.addresses import AddressRules, check_url, find_addresses, is_public, within

INSIDE = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1
127.255.255.254 168.63.129.16 169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255
192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255
198.51.100.7 203.0.113.7 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::2 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:10.0.0.1 64:ff9b::7f00:1
64:ff9b::808:808 64:ff9b:1::a00:1 100::1 2001::1 2001:2::1 2001:10::1 2001:20::1 2001:db8::1
2002:7f00:1::1 2002:808:808::1 3fff::1 4000::1 5f00::1 fc00::1 fd00:ec2::254 fdff::1 fe80::1
fec0::1 ff02::1 ff0e::1 2620:4f:8000::1
""".split()
PUBLIC = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1
169.253.255.255 169.255.0.1 172.15.255.255 172.32.0.1 192.0.1.1 192.167.255.255 192.169.0.1
198.17.255.255 198.20.0.1 223.255.255.255 2001:4860:4860::8888 2606:4700::1111 2a00:1450::1
""".split()


@pytest.mark.parametrize("address", INSIDE)
def test_address_inside_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_address_outside_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("answers", [[a] for a in INSIDE] + [["8.8.8.8", "10.0.0.1"]], ids=str)
def test_name_with_any_answer_inside_is_refused(answers: list[str]) -> None:
    rules = AddressRules(resolve=lambda host, port: answers)
    with pytest.raises(FetchError, match="private network"):
        find_addresses("news.example", 80, rules)


@pytest.mark.parametrize(
    "host",
    "127.1 127.0.1 0177.0.0.1 0x7f.0.0.1 0x7f000001 2130706433 017700000001 10.1 0 0x0".split(),
)
def test_number_in_an_odd_spelling_is_refused_unasked(host: str) -> None:
    rules = AddressRules(resolve=lambda host, port: pytest.fail("no name is looked up here"))
    with pytest.raises(FetchError, match="private network"):
        find_addresses(host, 80, rules)


REFUSED = {
    "file": ("file:///etc/passwd", "http://"),
    "ftp": ("ftp://news.example/a", "http://"),
    "gopher": ("gopher://127.0.0.1:6379/_x", "http://"),
    "data": ("data:text/html,hello", "http://"),
    "javascript": ("javascript:alert(1)", "http://"),
    "no_scheme": ("news.example/a", "http://"),
    "two_slashes": ("//news.example/a", "http://"),
    "password": ("http://ann:hush@news.example/", "user name or password"),
    "user": ("http://ann@news.example/", "user name or password"),
    "backslash": ("http://news.example\\@127.0.0.1/", "user name or password"),
    "no_host": ("http:///a", "no server"),
    "zone": ("http://[fe80::1%25eth0]/", "no server"),
    "space_in_host": ("http://news .example/", "no server"),
    "tab": ("http://news\t.example/", "no address"),
    "port_word": ("http://news.example:http/", "no address"),
    "two_ports": ("http://127.0.0.1:80:90/", "no address"),
    "wide_digits": ("http://１２７.0.0.1/", "no address"),
    "ssh_port": ("http://news.example:22/", "port 22"),
    "database_port": ("https://news.example:5432/", "port 5432"),
    "endless": ("http://news.example/" + "a" * 10_000, "longer"),
    "half_character": ("http://news.example/\ud800", "no address"),
    "empty": ("", "http://"),
}


@pytest.mark.parametrize(("address", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_address_that_may_not_be_asked_for_is_told(address: str, words: str) -> None:
    with pytest.raises(FetchError, match=words) as caught:
        check_url(address, AddressRules())
    assert caught.value.reason.endswith((".", ")."))
    assert "hush" not in caught.value.reason


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("https://news.example/a?b=c#d", "news.example", 443),
        (" HTTP://News.Example:80/ ", "news.example", 80),
        ("http://bücher.example/ä", "xn--bcher-kva.example", 80),
        ("https://[2606:4700::1111]/", "2606:4700::1111", 443),
        ("http://news.example:8080/", "news.example", 8080),
    ],
)
def test_address_that_may_be_asked_for(address: str, host: str, port: int) -> None:
    target = check_url(address, AddressRules(frozenset({8080})))
    assert (target.host, target.port) == (host, port)
    assert not target.url.fragment


def test_loopback_is_reached_only_where_the_rules_allow_it() -> None:
    tests = AddressRules(allow_loopback=True, resolve=lambda host, port: ["127.0.0.1"])
    assert find_addresses("news.example", 8000, tests)
    with pytest.raises(FetchError, match="private network"):
        find_addresses("10.0.0.1", 80, tests)
    with pytest.raises(FetchError, match="private network"):
        find_addresses("8.8.8.8", 8000, tests)


@pytest.mark.parametrize(
    "answers", [[], OSError("none"), ["no number"], UnicodeError("label too long")], ids=repr
)
def test_name_that_leads_nowhere_is_told(answers: list[str] | Exception) -> None:
    def resolve(host: str, port: int) -> list[str]:
        if isinstance(answers, Exception):
            raise answers
        return answers

    with pytest.raises(FetchError, match="no server of that name"):
        find_addresses("news.example", 80, AddressRules(resolve=resolve))


def test_a_name_service_that_hangs_is_left_behind() -> None:
    import threading

    hangs = threading.Event()
    with pytest.raises(TimeoutError):
        within(0.05, lambda host, port: [str(hangs.wait(20))], "news.example", 80)
    hangs.set()
