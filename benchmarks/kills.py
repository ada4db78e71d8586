"""Kill the running bot again and again while people ask, and see that nobody goes unanswered.

    python benchmarks/kills.py [--kills 20]

Once polling, once behind a webhook, each at that many random moments (SIGKILL). A question may be
answered twice only where its send was in flight at a kill.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

# In the place of this folder, whose telegram.py would be taken for the library of that name.
sys.path[0] = str(Path(__file__).parents[1])

from tests import test_telegram_crash, test_webhook_crash  # noqa: E402 - found by the line above
from tests.support.botapi import running_twin  # noqa: E402


def main() -> None:
    """Print how many asked and how many were answered twice; fails where one is lost."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--kills", type=int, default=20)
    kills = parser.parse_args().kills
    for name, module in (("polling", test_telegram_crash), ("webhook", test_webhook_crash)):
        began = time.monotonic()
        with running_twin() as running, tempfile.TemporaryDirectory() as folder:
            asked, twice = module.outlive_kills(running.twin, Path(folder), kills)
        took = time.monotonic() - began
        print(
            f"{name}: {kills} kills, {asked} asked, 0 lost, {twice} answered twice, {took:.0f} s"
        )


if __name__ == "__main__":
    main()
