"""A correction reaches earlier answers, in private chats and groups, once each over a kill."""

from __future__ import annotations

from pathlib import Path

from tests.support.corrected import travel


def test_a_correction_reaches_everybody_once_over_a_kill(tmp_path: Path) -> None:
    run = travel(tmp_path, people=20, groups=2, kills=1)
    assert run.doubled == []
    assert run.group_messages == 2
    assert run.tracebacks == 0
