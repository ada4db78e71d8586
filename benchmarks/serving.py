"""The bot of a benchmark, in a process of its own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.support.botapi import TOKEN, BotApi


@contextlib.contextmanager
def bot_process(
    script: str, twin: BotApi, path: Path, kind: str
) -> Iterator[subprocess.Popen[str]]:
    """The bot that `script --serve KIND` runs over the store at `path`, told to talk to the twin;
    killed at the end."""
    environment = {
        **os.environ,
        "OPENBLAS_NUM_THREADS": "1",
        "NEWSBOT_STORE": str(path),
        "NEWSBOT_TELEGRAM_TOKEN": TOKEN,
        "NEWSBOT_TELEGRAM_BASE_URL": twin.base_url,
        "NEWSBOT_TELEGRAM_BASE_FILE_URL": twin.base_file_url,
    }
    process = subprocess.Popen(
        [sys.executable, script, "--serve", kind],
        cwd=path.parent,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
