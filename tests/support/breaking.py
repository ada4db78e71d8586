"""A bot whose conversation breaks at each message, with its words in the error.

`python -m tests.support.breaking`, with the settings in the environment as for `newsbot run`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.config import load_config
from bot.logs import set_up_logging
from bot.store.store import Store
from bot.talk.replies import Incoming, Reply
from handlers.app import run


class Breaking:
    """Raises errors that quote what was said, one caused by the other."""

    def handle(self, incoming: Incoming) -> Reply:
        try:
            raise KeyError(incoming.text)
        except KeyError as error:
            raise ValueError(f"{incoming.person} said {incoming.text}") from error


def main() -> int:
    set_up_logging(sys.stderr, verbose=True, as_json=False)
    config = load_config(None)
    with Store(Path(config.store)) as store:
        return run(config, Breaking(), store)


if __name__ == "__main__":
    sys.exit(main())
