"""Hostile articles: whatever they hold, no message about them breaks a limit of Telegram's.

`python benchmarks/hostile.py` does the same for 2,000 of them.
"""

from __future__ import annotations

from tests.support.hostile import send_all


def test_no_message_over_hostile_articles_breaks_a_limit() -> None:
    figures = send_all(120)
    assert figures.messages >= figures.replies >= 240
    assert figures.presses >= 120
    # The limits were neared: the articles did hold what breaks messages.
    assert 3_000 < figures.utf16 <= 4_096
    assert 80 < figures.entities <= 100
    assert 16_000 < figures.html_bytes <= 32_768
