"""Two articles of our own beside all that is found in them, to be read when it changes.

`python -m tests.test_golden` writes the findings anew; read the difference before you commit it.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bot.cli.json_shapes import extraction_as_json
from bot.model import Draft
from bot.reading import read_text

FOLDER = Path(__file__).parent / "golden"
ARTICLES = {"strait": date(2025, 4, 8), "council": date(2025, 5, 2)}


def findings_of(name: str) -> str:
    """What is found in an article, as lines that can be compared."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    draft = Draft(text, id=name, title=text.split("\n")[0], published=ARTICLES[name])
    found = extraction_as_json(name, draft, read_text(text, ARTICLES[name]))
    kept = {part: found[part] for part in ("quotes", "facts", "dates", "names")}
    lines = []
    for part, items in kept.items():
        for item in items:
            item.pop("confidence", None)  # it may move in the last digits
            span = [item["start"], item["end"]] if "start" in item else item["content"][0]
            item["words"] = text[span[0] : span[1]]
            lines.append(f"{part}: {json.dumps(item, ensure_ascii=False, sort_keys=True)}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", ARTICLES)
def test_findings_are_those_that_were_read(name: str) -> None:
    assert findings_of(name) == (FOLDER / f"{name}.findings").read_text(encoding="utf-8")


if __name__ == "__main__":
    for article in ARTICLES:
        (FOLDER / f"{article}.findings").write_text(findings_of(article), encoding="utf-8")
