"""What a site's robots.txt allows, read as RFC 9309 says.

Of our own: `urllib.robotparser` knows neither wildcards nor the rule that the longest match
decides, and Protego makes regular expressions of a stranger's patterns. Matching here takes time
in proportion to the path, whatever the pattern.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

ROBOTS_BYTES = 500 * 1024
"""So much of the file counts; the RFC asks for at least this."""

_MOST_RULES = 5_000
_RULE_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of robots.txt: the paths that begin as `pattern` does are allowed, or not."""

    pattern: str
    allows: bool


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one program at one site; without rules all is allowed."""

    rules: tuple[Rule, ...] = ()

    def allows(self, path: str) -> bool:
        """Whether `path` (with its query) may be fetched: the longest rule that matches decides,
        and "allow" where two are as long."""
        path = _normal(path)
        best: Rule | None = None
        for rule in self.rules:
            longer = best is None or len(rule.pattern) > len(best.pattern)
            as_long = best is not None and len(rule.pattern) == len(best.pattern)
            if (longer or (as_long and rule.allows)) and _matches(rule.pattern, path):
                best = rule
        return best is None or best.allows


ALL_ALLOWED = Robots()
NONE_ALLOWED = Robots((Rule("/", allows=False),))


def parse_robots(data: bytes, product: str) -> Robots:
    """The rules of a robots.txt for the program `product`; those for all where it is not named."""
    product = product.lower()
    own: list[Rule] = []
    common: list[Rule] = []
    named = False
    groups: list[str] = []
    in_rules = False
    for line in data[:ROBOTS_BYTES].decode("utf-8-sig", "replace").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if in_rules:
                groups, in_rules = [], False
            groups.append(value.partition("/")[0].strip().lower())
            named = named or groups[-1] == product
        elif key in ("allow", "disallow"):
            in_rules = True
            if not value or len(value) > _RULE_CHARS:
                continue
            rule = Rule(_normal(value), key == "allow")
            if product in groups:
                own.append(rule)
            elif "*" in groups:
                common.append(rule)
    return Robots(tuple((own if named else common)[:_MOST_RULES]))


def _normal(path: str) -> str:
    """`path` with each character that needs it written as %XX, and no other."""
    return quote(unquote_to_bytes(path.replace("%2F", "%252F").replace("%2f", "%252F")), "/*$?&=%")


def _matches(pattern: str, path: str) -> bool:
    """Whether `path` begins as `pattern` does: "*" stands for anything, "$" at its end for the
    path's end."""
    ends = pattern.endswith("$")
    pieces = (pattern[:-1] if ends else pattern).split("*")
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    if len(pieces) == 1:
        return not ends or at == len(path)
    for piece in pieces[1:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    last = pieces[-1]
    if ends:
        return len(path) - len(last) >= at and path.endswith(last)
    return path.find(last, at) >= 0
