"""How the web is used; apart from the fetching itself, which is slow to import."""

from __future__ import annotations

from dataclasses import dataclass

PRODUCT = "newsbot"
"""Our name in robots.txt."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How the web is used; the operator's settings under `web` have these names and defaults."""

    user_agent: str = PRODUCT
    seconds: float = 20
    """For one address in all, redirects included."""
    megabytes: int = 10
    """What one address may send, unpacked."""
    redirects: int = 5
    host_seconds: float = 1
    """Between two requests to one host."""
    respect_robots: bool = True
    ports: tuple[int, ...] = ()
    """Beside 80 and 443."""
    allow_loopback: bool = False
    """Whether this machine itself may be asked, at any port: for tests."""
    archive: str = ""
    """The folder where the markup of each article is kept; empty: it is not kept."""
