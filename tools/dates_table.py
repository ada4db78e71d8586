"""Writes docs/dates.md: the rules of the reader of dates, with an example each from the tests.

python tools/dates_table.py          prints the page
python tools/dates_table.py --write  puts it into docs/dates.md
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from bot.model import Span
from bot.text.dates import find_dates

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "data" / "dates_gold.jsonl"
PAGE = ROOT / "docs" / "dates.md"
HEAD = """# How dates are read

Made by `python tools/dates_table.py --write` from tests/data/dates_gold.jsonl; edit that, or the
words in the tool.

## What a value means

- `2025-03-18` a day, `2025-03` a month, `2025` a year, `2025-03-18T15:00` a time as printed (no
  zone is added; `T15:00` where no day is near), `2025-03-18/2025-04-16` first and last day, both
  included. Weeks run from Monday to Sunday, seasons are three whole months (winter begins in
  December), decades and centuries are intervals (the 19th century is 1801 to 1900).
- No value: it cannot be known from the text. What is no date has no mention at all.
- Relative days count from the dateline's day ("PARIS, May 3 (Reuters)"), else from the day of
  publication. A clause that looks back takes the last such day, one that looks ahead the next;
  the day of publication itself counts both ways. "last" and "next" leave it out.
- A day without a year that lies within 45 days of publication is that day, whatever the tense.
- "for 30 days" has 30 days, the first of them the day of the act. "within 10 days" reaches from
  the day named before it to ten days later. "the past three weeks" are the 21 days up to and with
  the day of publication.
- "two weeks ago" is the week that holds that day, "three months ago" a month, "three years ago" a
  year. "more than 20 years ago" has no value.

## What a span covers

The expression itself: with "early", "late", "the end of", "earlier" before it, with the part of
the day after it, with "from", "between", "for", "within" where they make it a stretch; without
"on", "in", "at", "since", "by". "the" belongs to it before decades, centuries, seasons and
quarters, and before "past", "next", "following" and "same". A day and a clock time side by side
are one mention.

## What is left alone

Ages, anniversaries, lengths of time with no first day ("for ten years", "a 30-day truce"), habits
("on Sundays", "every Friday"), people and things with a month's or day's name (Theresa May, the
Sunday Times, Super Tuesday), verbs ("may", "march"), scores, prices, versions, numbers of things.

## Rules
"""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def render() -> str:
    """The page."""
    lines = [
        HEAD,
        "| rule (`how`) | grain | example | published | value |",
        "|---|---|---|---|---|",
    ]
    seen = set()
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, published = row["text"], date.fromisoformat(row["published"])
        for found in find_dates(text, [Span(0, len(text))], published):
            if found.how in seen:
                continue
            seen.add(found.how)
            start, end = found.span.start, found.span.end
            example = f"{text[:start]}**{text[start:end]}**{text[end:]}"
            day = f"{WEEKDAYS[published.weekday()]} {published}"
            value = f"`{found.value}`" if found.value else "none"
            lines.append(f"| {found.how} | {found.grain} | {example} | {day} | {value} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        PAGE.write_text(render(), encoding="utf-8")
    else:
        print(render(), end="")
