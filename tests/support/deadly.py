"""A bot whose conversation says everything back, but ends the process at the word "die".

`python -m tests.support.deadly`, with the settings in the environment as for `newsbot run`.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from pathlib import Path

from bot.config import load_config
from bot.store.store import Store
from bot.talk.replies import Block, BlockKind, Incoming, Reply
from handlers.app import run


class Deadly:
    """Answers after a moment, so that several chats are at work when it ends."""

    def handle(self, incoming: Incoming) -> Reply:
        text = incoming.text or ""
        time.sleep(0.5 if text == "slow" else 0.2 if text == "die" else 0.0)
        if text == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        return Reply((Block(BlockKind.TEXT, text),))


def main() -> int:
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    config = load_config(None)
    with Store(Path(config.store)) as store:
        return run(config, Deadly(), store)


if __name__ == "__main__":
    sys.exit(main())
