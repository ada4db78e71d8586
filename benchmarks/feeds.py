"""An hour of 300 feeds from a server on loopback, under a clock that runs as fast as it can.

    python benchmarks/feeds.py [--feeds 300] [--minutes 60]

Most feeds have nothing new, some bring an article every ten minutes, and some are gone, moved,
busy, dead, slow, no feeds any more, or change the ids of their entries with each poll. The rounds
run in a thread as in the bot, and the event loop beside them is asked how late it is.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

# In the place of this folder, whose telegram.py would be taken for the library of that name.
sys.path[0] = str(Path(__file__).parents[1])

from bot.feeds.rounds import FeedRounds, Round  # noqa: E402
from bot.newsroom import Newsroom  # noqa: E402
from bot.store import feeds  # noqa: E402
from bot.store.articles import get_coverage  # noqa: E402
from bot.store.store import Store  # noqa: E402
from tests.support.papers import NOW, Paper, Story  # noqa: E402
from tests.support.sites import Answer, Asked, Site, fetcher, redirect, serving  # noqa: E402
from tests.support.stores import plain_findings  # noqa: E402

KINDS = ("gone", "moved", "busy", "dead", "slow", "no feed", "ids", "news")
SHARE = 30  # of so many feeds one is of each kind above; the others have nothing new
BEAT_SECONDS = 0.01


def serve_feed(site: Site, number: int, kind: str) -> tuple[Paper, str]:
    """A feed of that kind on a host of its own, and its address."""
    paper = Paper(site, f"paper{number}.example")
    paper.publish(Story(f"p{number}/first", f"Bridge {number}", NOW))
    path = f"/feed{number}.xml"
    return paper, paper.serve_with_etag(path)


def turn(site: Site, paper: Paper, number: int, kind: str) -> None:
    """Let the feed be what its kind is, now that it is followed."""
    path = f"/feed{number}.xml"
    if kind == "gone":
        site.pages[path] = Answer("gone", 410)
    elif kind == "moved":
        paper.serve_with_etag(f"/moved{number}.xml")
        site.pages[path] = redirect(f"/moved{number}.xml", 301)
    elif kind == "busy":
        site.pages[path] = Answer("busy", 429, {"Retry-After": "1800"})
    elif kind == "dead":
        site.pages[path] = Answer("not here", 404)
    elif kind == "no feed":
        site.pages[path] = Answer("<html><body>Welcome</body></html>")
    elif kind == "slow":

        def slow(_: Asked) -> Answer:
            time.sleep(0.5)
            return Answer(paper.rss(), headers={"Content-Type": "text/xml"})

        site.pages[path] = slow
    elif kind == "ids":

        def changing(_: Asked) -> Answer:
            named = [replace(s, guid=f"{s.slug}-{len(site.asked)}") for s in paper.stories]
            other = Paper(site, paper.host, named)
            return Answer(other.rss(), headers={"Content-Type": "text/xml"})

        site.pages[path] = changing


async def hour(
    rounds: FeedRounds, papers: dict[int, Paper], kinds: list[str], minutes: int
) -> tuple[Round, list[float]]:
    """The rounds of so many minutes: what they did, and how late each beat of the loop was."""
    done, late, stop = Round(), [0.0], False

    async def beat() -> None:
        while not stop:
            start = time.monotonic()
            await asyncio.sleep(BEAT_SECONDS)
            late.append(time.monotonic() - start - BEAT_SECONDS)

    heart = asyncio.create_task(beat())
    for minute in range(minutes):
        now = NOW + timedelta(minutes=minute)
        if minute % 10 == 9:
            for number, kind in enumerate(kinds):
                if kind == "news":
                    papers[number].publish(
                        Story(f"p{number}/m{minute}", f"Gate {number}/{minute}", now)
                    )
        while True:
            one = await asyncio.to_thread(rounds.poll, now)
            done += replace(one, more=False)
            if not one.more:
                break
    stop = True
    await heart
    return done, late


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--minutes", type=int, default=60)
    options = parser.parse_args()
    kinds = [KINDS[n % SHARE] if n % SHARE < len(KINDS) else "quiet" for n in range(options.feeds)]
    with (
        serving() as site,
        tempfile.TemporaryDirectory() as folder,
        Store(Path(folder) / "feeds.db") as store,
    ):
        web = fetcher(respect_robots=False)
        newsroom = Newsroom.over(store, lambda text, _: plain_findings(text))
        rounds = FeedRounds(replace(newsroom, web=lambda: web))
        papers = {}
        for number, kind in enumerate(kinds):
            papers[number], address = serve_feed(site, number, kind)
            rounds.follow(address, NOW - timedelta(hours=2))
            turn(site, papers[number], number, kind)
        site.asked.clear()
        start, cpu = time.monotonic(), time.process_time()
        done, late = asyncio.run(hour(rounds, papers, kinds, options.minutes))
        wall, used = time.monotonic() - start, time.process_time() - cpu
        polls = Counter(p.split("?")[0] for p in site.paths())
        for hours in (2, 4, 6):  # what was published last comes in later
            while rounds.poll(NOW + timedelta(minutes=options.minutes, hours=hours)).more:
                pass
        print(
            f"{options.feeds} feeds, {options.minutes} minutes in {wall:.1f} s ({used:.1f} s CPU)"
        )
        print(done)
        late.sort()
        usual, worst = late[len(late) * 99 // 100], late[-1]
        print(f"the loop was late by {usual * 1000:.0f} ms (p99), {worst * 1000:.0f} ms at worst")
        for kind in (*KINDS, "quiet"):
            counts = [polls[f"/feed{n}.xml"] for n, k in enumerate(kinds) if k == kind]
            if counts:
                print(
                    f"  {kind:8} {len(counts):4} feeds, polled {min(counts)}–{max(counts)} times"
                )
        news = [item.words for item in feeds.find_untold_news(store, limit=10_000)]
        print(
            f"told: {sum('gone' in w for w in news)} gone, {sum('moved' in w for w in news)} moved"
        )
        expected = options.feeds + kinds.count("news") * len(range(9, options.minutes, 10))
        print(
            f"articles: {get_coverage(store).articles} of {expected}; those of busy servers wait"
        )


if __name__ == "__main__":
    main()
