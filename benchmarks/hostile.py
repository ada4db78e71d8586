"""Ask about made-up articles full of markup, emoji, right-to-left and unseen characters, and hold
every message that comes of it to Telegram's limits.

    python benchmarks/hostile.py [--articles 2000]
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

# In the place of this folder, whose telegram.py would be taken for the library of that name.
sys.path[0] = str(Path(__file__).parents[1])

from tests.support.hostile import send_all  # noqa: E402 - found by the line above


def main() -> None:
    """Print how much was sent and how near the limits it came; fails at the first breach."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--articles", type=int, default=2_000)
    count = parser.parse_args().articles
    began = time.monotonic()
    figures = send_all(count)
    print(f"{count} articles, {figures.replies} replies, {figures.presses} presses")
    print(f"{figures.messages} messages, none over a limit, in {time.monotonic() - began:.0f} s")
    print(f"{'':24} {'most':>8} {'limit':>8}")
    print(f"{'UTF-16 units':24} {figures.utf16:8} {4096:8}")
    print(f"{'entities':24} {figures.entities:8} {100:8}")
    print(f"{'bytes before parsing':24} {figures.html_bytes:8} {32768:8}")


if __name__ == "__main__":
    main()
