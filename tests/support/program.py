"""Running `newsbot`: within the test, which is quick, or as a process of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: exit code, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The JSON Lines on stdout."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def row(self) -> dict[str, Any]:
        """The one JSON line on stdout."""
        (row,) = self.rows
        return row


def newsbot(*arguments: str | Path, stdin: str | bytes = b"") -> Outcome:
    """How `newsbot` ends with these arguments, run within this process by its front door."""
    from bot.__main__ import main

    data = stdin.encode() if isinstance(stdin, str) else stdin
    streams = [io.TextIOWrapper(io.BytesIO(b), encoding="utf-8") for b in (data, b"", b"")]
    old = sys.stdin, sys.stdout, sys.stderr, sys.argv
    sys.stdin, sys.stdout, sys.stderr = streams
    sys.argv = ["newsbot", *map(str, arguments)]
    code: object = 0
    try:
        main()
    except SystemExit as leaving:
        code = leaving.code
    finally:
        sys.stdin, sys.stdout, sys.stderr, sys.argv = old
    out, err = (_written(stream) for stream in streams[1:])
    return Outcome(cast(int, code or 0), out, err)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return cast(io.BytesIO, stream.buffer).getvalue().decode()


def start(
    *arguments: str | Path, folder: Path, environment: dict[str, str] | None = None
) -> subprocess.Popen[str]:
    """`newsbot` as a process of its own, started in `folder`, its streams as pipes."""
    return start_python("-m", "bot", *arguments, folder=folder, environment=environment)


def start_python(
    *arguments: str | Path, folder: Path, environment: dict[str, str] | None = None
) -> subprocess.Popen[str]:
    """Python with these arguments as a process of its own, able to import the project."""
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def finished(process: subprocess.Popen[str], stdin: str = "") -> Outcome:
    """How `process` ends once it was given `stdin`."""
    out, err = process.communicate(stdin, timeout=120)
    return Outcome(process.returncode, out, err)
