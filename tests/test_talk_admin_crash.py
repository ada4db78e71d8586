"""An editor's work while `newsbot run` is killed: nothing is half, and the cards go on working."""

from __future__ import annotations

import json
import random
import sqlite3
import time
from pathlib import Path

from tests.support.botapi import Person, running_twin
from tests.support.botapi.bots import BotProcess

OWNER = 6_000_000_004
ROUNDS = 1
NAMES = ("Asta",)
ROWS = 25


def paste(number: int) -> str:
    """An article of its own, unlike the others."""
    name = NAMES[number]
    return (
        f"{name} Lund opens bakery number {number}\n\n{number + 1} May 2025\n\n"
        f"“We bake {number + 20} loaves a night,” said {name} Lund, who runs the new bakery in "
        f"street {number}. The town paid {number + 3},000 crowns.\n"
    )


def roads() -> bytes:
    """A file of short articles."""
    told = (
        {"id": f"road-{n}", "text": f"Road {n} is closed, said Kim Dahl."} for n in range(ROWS)
    )
    return "".join(json.dumps(row) + "\n" for row in told).encode()


def rows(process: BotProcess, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(process.store_path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_a_kill_in_the_middle_of_publishing_leaves_nothing_half(tmp_path: Path) -> None:
    """The program dies at a random moment after a tap, and in the middle of a file."""
    chance = random.Random(118)
    with running_twin() as running:
        twin = running.twin
        olga: Person = twin.person("Olga", id=OWNER)
        with BotProcess(twin, tmp_path, admins=[OWNER]) as process:
            for number in range(ROUNDS):
                olga.sends(f"/add {paste(number)}")
                card = twin.wait_for_reply(olga, timeout_seconds=30)
                assert card.labels[0] == "Publish"
                before = [seen.message_id for seen in twin.from_bot(olga)]
                olga.presses("Publish", on=card)
                time.sleep(chance.uniform(0.0, 0.4))
                process.kill()
                process.start()
                done = twin.wait_for_reply(olga, timeout_seconds=30)
                assert done.message_id == card.message_id
                assert done.text.startswith("Published as #")
                assert [seen.message_id for seen in twin.from_bot(olga)] == before
            olga.sends_document("roads.jsonl", roads())
            card = twin.wait_for_reply(olga, timeout_seconds=20)
            assert f"{ROWS} articles in roads.jsonl" in card.text
            olga.presses("Publish all", on=card)
            assert twin.wait_for_reply(olga, timeout_seconds=20).text.startswith("Publishing")
            time.sleep(chance.uniform(0.0, 0.2))
            process.kill()
            assert rows(process, "SELECT count(*) FROM versions") < [(ROUNDS + ROWS,)]
            process.start()
            done = twin.wait_for(
                lambda: next((s for s in twin.from_bot(olga) if "new." in s.text), None),
                timeout_seconds=60,
            )
            assert (done.message_id, f"{ROWS} new." in done.text) == (card.message_id, True)
            assert process.stop()[0] == 0
        published = rows(process, "SELECT version FROM versions")
        assert published == [(1,)] * (ROUNDS + ROWS)
        acts = rows(process, "SELECT act, count(*) FROM audit GROUP BY act ORDER BY act")
        assert acts == [("import", 1), ("publish", ROUNDS)]
        assert rows(process, "SELECT DISTINCT state FROM drafts") == [("done",)]
        assert rows(process, "SELECT count(data) FROM draft_rows") == [(0,)]
        assert rows(process, "SELECT DISTINCT state FROM inbox") == [("done",)]
