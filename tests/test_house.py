"""The house stands: imports run down only, and each dependency has its one door."""

from __future__ import annotations

import ast
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import conftest
from tests.support.program import ROOT

VALUES = frozenset({"bot.model", "bot.errors", "bot.locales"})
BASE = VALUES | {"bot"}  # the package itself holds the version and imports nothing

# Room -> the rooms that it may import, besides itself. What is not named here is no room.
ROOMS: dict[str, frozenset[str]] = {
    "bot": frozenset(),
    "bot.errors": frozenset({"bot.locales"}),
    "bot.locales": frozenset(),
    "bot.logs": VALUES,
    "bot.memory": frozenset(),
    "bot.model": frozenset(),
    "bot.child": frozenset({"bot.logs"}),
    "bot.config": VALUES | {"bot.config_values"},
    "bot.config_values": frozenset(),
    "bot.pictures": frozenset({"bot.child"}),
    "bot.samples": frozenset(),
    "bot.text": VALUES,
    "bot.store": BASE | {"bot.text"},
    "bot.extract": BASE | {"bot.text"},
    "bot.intake": BASE | {"bot.text"},
    "bot.link": BASE | {"bot.text", "bot.store"},
    "bot.answer": BASE | {"bot.text", "bot.store", "bot.link"},
    "bot.digest": BASE | {"bot.text", "bot.store", "bot.link"},
}
_FLOOR = frozenset(ROOMS) - {"bot.samples", "bot.config"}
ROOMS["bot.reading"] = BASE | {"bot.text", "bot.extract"}
ROOMS["bot.shelving"] = _FLOOR | {"bot.reading"}
_FLOOR |= {"bot.reading", "bot.shelving"}
ROOMS["bot.newsroom"] = _FLOOR
ROOMS["bot.worker"] = _FLOOR | {"bot.newsroom"}
ROOMS["bot.feeds"] = _FLOOR | {"bot.newsroom"}
ROOMS["bot.talk"] = _FLOOR | {"bot.newsroom", "bot.feeds"}
ROOMS["bot.cli"] = frozenset(ROOMS)
ROOMS["handlers"] = frozenset(ROOMS) - {"bot.cli", "bot.samples", "bot.worker"}
ROOMS["bot.__main__"] = frozenset(ROOMS)

# Dependency -> where alone it may be imported: a folder's or a file's module.
DOORS = {
    "babel": "bot.locales",
    "telegram": "handlers",
    "sqlite_utils": "bot.store",
    "rapidfuzz": "bot.text.similar",
    "yaml": "bot.config",
    "PIL": "bot.pictures",
    "arabic_reshaper": "bot.pictures.lines",
    "bidi": "bot.pictures.lines",
    "h11": "handlers.server",
    "httpcore": "bot.intake",
    "feedparser": "bot.intake.feeds",
    "pypdf": "bot.intake.pdfs",
}


def modules_of(root: Path) -> Iterator[tuple[str, Path]]:
    """(module name, file) for the program's modules under `root`."""
    for top in ("bot", "handlers"):
        for path in sorted((root / top).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """(line, module) for each import in the file, wherever in it, typing's own included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield node.lineno, module
            # `from bot import store` names a room in its second half.
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def is_within(module: str, room: str) -> bool:
    return module == room or module.startswith(room + ".")


def room_of(module: str) -> str | None:
    """The innermost room that `module` is in, if any."""
    return max((r for r in ROOMS if is_within(module, r)), key=len, default=None)


def find_breaches(root: Path) -> list[str]:
    """Every import that runs up, or goes past a door, in the tree at `root`."""
    breaches = []
    for module, path in modules_of(root):
        room = room_of(module)
        if room in (None, "bot") and module != "bot":
            breaches.append(f"{module}: this is no room of the house")
            continue
        assert room is not None
        for line, target in imports_of(path):
            where = f"{module}, line {line}"
            if target.startswith("."):
                breaches.append(f"{where}: a relative import")
            for dependency, door in DOORS.items():
                if is_within(target, dependency) and not is_within(module, door):
                    breaches.append(f"{where}: {dependency} is for {door} alone")
            if not target.startswith(("bot", "handlers")):
                continue
            goal = room_of(target)
            if goal in (None, "bot", room):
                continue
            if goal not in ROOMS[room]:
                breaches.append(f"{where}: {room} must not import {goal}")
    return breaches


def test_arrows_run_down_and_doors_are_kept() -> None:
    assert find_breaches(ROOT) == []


@pytest.mark.parametrize(
    ("file", "line", "words"),
    [
        ("bot/text/words.py", "from bot.store.store import Store", "must not import bot.store"),
        ("bot/store/search.py", "import bot.answer.rank", "must not import bot.answer"),
        ("bot/store/search.py", "from bot import answer", "must not import bot.answer"),
        ("bot/store/search.py", "from bot.extract import quotes", "must not import bot.extract"),
        ("bot/extract/quotes.py", "from bot.intake import files", "must not import bot.intake"),
        ("bot/intake/files.py", "import bot.store", "must not import bot.store"),
        ("bot/answer/rank.py", "import bot.digest", "must not import bot.digest"),
        ("bot/answer/rank.py", "import bot.extract.quotes", "must not import bot.extract"),
        ("bot/newsroom.py", "import bot.talk", "must not import bot.talk"),
        ("bot/talk/pages.py", "import bot.cli.ask", "must not import bot.cli"),
        ("bot/talk/pages.py", "def f():\n    import handlers.app", "must not import handlers"),
        ("bot/cli/chat.py", "from handlers import render", "must not import handlers"),
        ("bot/model.py", "from bot import errors", "must not import bot.errors"),
        ("handlers/app.py", "from bot.cli import chat", "must not import bot.cli"),
        ("bot/talk/pages.py", "from telegram import Bot", "telegram is for handlers"),
        ("bot/answer/rank.py", "import rapidfuzz.fuzz", "rapidfuzz is for bot.text.similar"),
        ("bot/text/names.py", "from rapidfuzz import fuzz", "rapidfuzz is for bot.text.similar"),
        ("bot/link/people.py", "import sqlite_utils", "sqlite_utils is for bot.store"),
        ("bot/cli/options.py", "import yaml", "yaml is for bot.config"),
        ("bot/text/words.py", "from . import names", "a relative import"),
        ("bot/helpers.py", "import re", "no room of the house"),
        ("bot/utils/text.py", "import re", "no room of the house"),
    ],
)
def test_an_upward_arrow_is_found(tmp_path: Path, file: str, line: str, words: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(f"from __future__ import annotations\n\n{line}\n")
    (breach, *_) = find_breaches(tmp_path)
    assert words in breach


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("bot/__main__.py", "import handlers.app, bot.cli.ask, bot.newsroom"),
        ("handlers/app.py", "import telegram, bot.talk.commands, bot.store.inbox, bot.config"),
        ("bot/talk/pages.py", "from bot.newsroom import Newsroom\nfrom bot.model import Span"),
        ("bot/answer/rank.py", "import bot.link.people, bot.store.search, bot.text.words, re"),
        ("bot/text/similar.py", "import rapidfuzz"),
        ("bot/store/schema/desk.py", "import sqlite_utils"),
        ("bot/config.py", "import yaml"),
        ("bot/cli/ask.py", "from bot import __version__\nimport bot.talk.answers"),
    ],
)
def test_a_downward_arrow_passes(tmp_path: Path, file: str, line: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(line)
    assert find_breaches(tmp_path) == []


def test_importing_a_command_loads_no_other_face() -> None:
    """The front door imports subcommands when they are called, so starting stays quick."""
    tree = ast.parse((ROOT / "bot" / "__main__.py").read_text(encoding="utf-8"))
    top = {
        name
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else _names(node))
        if name
    }
    assert not [name for name in top if name.startswith(("handlers", "bot.newsroom", "bot.talk"))]


def _names(node: ast.Import) -> list[str]:
    return [alias.name for alias in node.names]


@pytest.mark.parametrize("address", [("192.0.2.7", 443), ("news.example", 80), ("2001:db8::1", 9)])
def test_a_socket_that_leaves_this_machine_fails(address: tuple[str, int]) -> None:
    with pytest.raises(conftest.NetworkUsedError):
        socket.create_connection(address, timeout=1)
    assert conftest.forget_breaches()
