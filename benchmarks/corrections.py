"""How a correction reaches 200 earlier answers: `python -m benchmarks.corrections [KILLS]`.

At Telegram's rates (one message a second in a chat, 25 in all, 20 a minute in a group), which the
twin enforces, over HTTP, the program killed so often while the correction travels.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.support.corrected import travel

PEOPLE, GROUPS = 190, 10


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as folder:
        run = travel(Path(folder), people=PEOPLE, groups=GROUPS, kills=kills, real_rates=True)
    lines = [
        f"{PEOPLE} private chats and {GROUPS} groups, {kills} kills: all right and told after "
        f"{run.seconds:.1f} s",
        f"edits {run.edits}, notices {run.notices}, messages in groups {run.group_messages}",
        f"refused for being too fast (429): {run.refused}",
        f"told twice: {run.in_flight} with a send in flight at a kill, {len(run.doubled)} without",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
