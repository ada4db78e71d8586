"""A second set of pages, written when the reader stood: other systems, other habits."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator

from tests.support.cms import HOST, TIME, json_ld, metas, page
from tests.support.cms_articles import Shown
from tests.support.cms_stories import BANK, CHESS, FERRY, MILL, OTHERS, OUTLET, RADAR, WATER, News

ALL = (FERRY, MILL, WATER, RADAR, CHESS, BANK)


def _body(news: News) -> str:
    return "".join(f"<p>{html.escape(p, quote=False)}</p>" for p in news.paragraphs)


def second_articles() -> Iterator[Shown]:
    """Pages with an article."""
    post = (
        "<div id='content'><article class='post'><header class='post-header'>"
        f"<h1 class='post-title'>{MILL.title}</h1><div class='post-meta'>"
        "<time datetime='2025-03-03'>Mar 3, 2025</time> · 3 min read</div></header>"
        f"<section class='post-content'>{_body(MILL)}</section>"
        "<footer class='post-footer'><ul class='post-tags'><li><a href='/tags/fire'>fire</a></li>"
        "</ul><nav class='paginav'><a href='/older'>Older: Pool shut</a></nav></footer></article>"
        "</div>"
    )
    yield Shown("static site", page(post, title=MILL.title, nav=""), MILL)
    deck = (
        f"<header><h1>{FERRY.title}</h1><h2 class='deck'>{FERRY.standfirst}</h2>"
        "<div class='byline'>By <span>Ines Roca</span>, Port Ellis</div>"
        "<span class='timestamp'>Mar 3, 2025 2:05 p.m.</span></header>"
        f"<main class='story'>{_body(FERRY)}</main>"
    )
    yield Shown("standfirst and stamp", page(deck, title=f"{FERRY.title} | {OUTLET}"), FERRY)
    news = OTHERS["de"]
    german = (
        f"<main><h1>{news.title}</h1><p class='stand'>Stand: 05.03.2025, 08:30 Uhr</p>"
        f"<p class='datum'>Veröffentlicht am 03.03.2025 um 14:05 Uhr</p>{_body(news)}</main>"
    )
    yield Shown("German stamps", page(german, title=news.title, language="de"), news)
    britain = (
        f"<main><article><h1>{WATER.title}</h1><div><address>Ines Roca</address></div>"
        "<details><summary>Mon 3 Mar 2025 14.05 CET</summary>Last modified on Wed 5 Mar 2025 "
        f"08.30 CET</details>{_body(WATER)}</article></main>"
    )
    yield Shown("folded dates", page(britain, title=f"{WATER.title} | {OUTLET}"), WATER)
    path = page(f"<main><h1>{RADAR.title}</h1>{_body(RADAR)}</main>", title=RADAR.title)
    path = path.replace(
        "</head>", f"<link rel='canonical' href='{HOST}/local/2025/an-article'></head>"
    )
    yield Shown("day in the address", path, RADAR, url=f"{HOST}/2025/03/03/radar")
    letter = (
        f"<div class='single-post'><article><h1 class='post-title'>{CHESS.title}</h1>"
        "<h3 class='subtitle'>A night in Little Stoke</h3>"
        "<div class='meta'><div>Ines Roca</div><div>Mar 03, 2025</div>"
        f"</div><div class='available-content'><div class='body markup'>{_body(CHESS)}</div></div>"
        "<div class='subscription-widget'><p>Thanks for reading! Subscribe for free to receive "
        "new posts and support my work.</p><form><input type='email'></form></div></article></div>"
    )
    news = News(CHESS.title, ("A night in Little Stoke", *CHESS.paragraphs))
    yield Shown("newsletter platform", page(letter, title=CHESS.title), news)
    data = json.dumps({"props": {"article": {"title": "x", "date": "2020-01-01"}}})
    app = (
        f"<div id='__next'><main><h1 data-testid='headline'>{BANK.title}</h1>"
        + "".join(f"<div data-component='text-block'><p>{p}</p></div>" for p in BANK.paragraphs)
        + f"</main></div><script id='__NEXT_DATA__' type='application/json'>{data}</script>"
    )
    yield Shown("application", page(app, title=BANK.title, head=metas(BANK)), BANK)
    talk = News(
        "“We count litres now”: a talk with Ivo Petrak",
        (
            "Ivo Petrak sat on the council of Tarnow for nine years before he got his meters.",
            "Why did it take so long?",
            "Because pipes are under the ground, and votes are above it. Nobody sees a leak.",
            "What will a family pay?",
            "Less, if it is a family of four and turns the tap off. A family of one pays more.",
            "And the leaks?",
            "They come first. Then come the meters, street by street, and I will be there.",
        ),
    )
    asked = "".join(
        f"<p><strong>{p}</strong></p>" if p.endswith("?") else f"<p>{p}</p>"
        for p in talk.paragraphs
    )
    interview = f"<main><article><h1>{talk.title}</h1>{asked}</article></main>"
    yield Shown("interview", page(interview, head=metas(talk), title=talk.title), talk)
    parts = News(
        FERRY.title,
        (
            FERRY.paragraphs[0],
            "What it costs",
            FERRY.paragraphs[2],
            "A cabin for two: 96 crowns",
            "A car with its driver: 61 crowns",
            "What comes next",
            FERRY.paragraphs[3],
        ),
    )
    listed = (
        f"<main><article><h1>{parts.title}</h1><p>{parts.paragraphs[0]}</p><h2>What it costs</h2>"
        f"<p>{parts.paragraphs[2]}</p><ul><li>{parts.paragraphs[3]}</li><li>{parts.paragraphs[4]}"
        f"</li></ul><h2>What comes next</h2><p>{parts.paragraphs[6]}</p></article></main>"
    )
    yield Shown("sub-headings and a list", page(listed, head=metas(parts), title="x"), parts)
    post_in = (
        "<blockquote class='twitter-tweet'><p>We are open again!</p>— Mill Museum (@millmuseum) "
        "<a href='https://social.example/1'>March 3, 2025</a></blockquote>"
        "<script async src='https://social.example/widgets.js'></script>"
    )
    embed = f"<main><article><h1>{MILL.title}</h1>{_body(MILL)}</article></main>".replace(
        "</p><p>The mill,", f"</p>{post_in}<p>The mill,"
    )
    yield Shown("embedded post", page(embed, head=metas(MILL), title=MILL.title), MILL)
    blog = (
        f"<div class='entry'><h1 class='entry-title'>{WATER.title}</h1><div class='entry-meta'>"
        f"Posted on <a href='/2025/03/03'><time class='entry-date published' datetime='{TIME}'>"
        "March 3, 2025</time></a> by <a rel='author' href='/ines'>Ines Roca</a></div>"
        f"<div class='entry-content'>{_body(WATER)}<div class='sharedaddy'><h3>Share this:</h3>"
        "<ul><li><a href='#'>Click to share on X (Opens in new window)</a></li></ul></div>"
        "<div class='likes'><h3>Like this:</h3><span>Loading...</span></div></div>"
        "<footer class='entry-footer'>Tagged <a href='/t/w'>water</a>"
        "</footer></div><div class='nav-links'><a href='/p'>Previous post</a></div>"
    )
    yield Shown("blog", page(blog, title=f"{WATER.title} – {OUTLET}"), WATER, author="Ines Roca")
    news = OTHERS["fr"]
    french = (
        f"<main><article><h1>{news.title}</h1><p class='meta'>Par Odile Marin</p><p class='date'>"
        "Publié le 3 mars 2025 à 14h05 - Mis à jour le 5 mars 2025 à 8h30</p>"
        f"{_body(news)}</article></main>"
    )
    yield Shown("French stamps", page(french, title=news.title, language="fr"), news)
    two = (
        f"<header><h1 class='site-title'><a href='/'>{OUTLET}</a></h1></header><main><article>"
        f"<h1>{RADAR.title}</h1>{_body(RADAR)}</article></main>"
    )
    yield Shown("two headings", page(two, head=metas(RADAR), title="Radar", nav=""), RADAR)
    entry = (
        f"<h1 id='logo'>Port Ellis Daily</h1><div class='post'><h2 class='entry-title'>"
        f"<a href='/local/2025/an-article'>{CHESS.title}</a></h2>{_body(CHESS)}</div>"
    )
    site = metas(CHESS, og__site_name="Port Ellis Daily")
    yield Shown("linked headline", page(entry, head=site, title=CHESS.title, nav=""), CHESS)
    strict = (
        "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 "
        "Strict//EN' 'http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd'><html "
        "xmlns='http://www.w3.org/1999/xhtml' lang='en'><head><title>x</title>"
        f"{metas(BANK)}</head><body><div id='main'><h1>{BANK.title}</h1>{_body(BANK)}</div></body>"
        "</html>"
    )
    yield Shown("xhtml", strict, BANK)
    note = News(
        MILL.title,
        (
            *MILL.paragraphs,
            "Correction: An earlier version of this article gave the wrong year for the end of "
            "work at the mill.",
        ),
    )
    mended = f"<main><article><h1>{note.title}</h1>{_body(note)}</article></main>"
    yield Shown("correction", page(mended, head=metas(note), title=note.title), note)
    times = json_ld(
        {
            "@context": "http://schema.org",
            "@type": "http://schema.org/NewsArticle",
            "headline": FERRY.title,
            "datePublished": ["2025-03-03T12:05:00Z"],
            "author": "By Ines Roca",
            "publisher": {"name": OUTLET},
        }
    )
    plain = f"<main><h1>{FERRY.title}</h1>{_body(FERRY)}</main>"
    yield Shown("data as lists", page(plain, head=times, title="x"), FERRY, author="Ines Roca")
    hidden = (
        f"<main><article><h1>{WATER.title}</h1>{_body(WATER)}</article><div class='paywall' "
        "style='display:none'><p>Subscribe now for full access. Already a subscriber? Log in</p>"
        "</div></main>"
    )
    yield Shown("hidden offer", page(hidden, head=metas(WATER), title=WATER.title), WATER)


def second_others() -> Iterator[tuple[str, str, str]]:
    """(name, markup, path) of pages without an article."""
    cards = "".join(
        f"<div class='card'><a class='card-link' href='/a/{n}'><span class='card-title'>"
        f"{news.title}</span></a><p class='card-text'>{html.escape(news.paragraphs[0])}</p></div>"
        for n, news in enumerate(ALL * 2)
    )
    yield "cards", page(f"<main>{cards}</main>", title=f"Local | {OUTLET}"), "/local"
    excerpts = "".join(
        f"<div class='post'><h2><a href='/{n}'>{news.title}</a></h2><p>{news.paragraphs[0]} "
        f"[…]</p><p><a class='more' href='/{n}'>Continue reading →</a></p></div>"
        for n, news in enumerate(ALL)
    )
    blog = f"<div id='content'>{excerpts}<a href='/page/2'>Older posts</a></div>"
    yield "blog's front page", page(blog, title="Notes from the coast"), "/blog/"
    plans = (
        "<main><h1>Choose your plan</h1><div><h2>Digital</h2><p>All articles on all your devices "
        "for 9 crowns a month, cancel at any time.</p></div><div><h2>Paper</h2><p>The printed "
        "Courier on your doorstep from Monday to Saturday, with everything digital.</p></div>"
        "</main>"
    )
    yield "offers", page(plans, title=f"Subscribe | {OUTLET}"), "/subscribe"
    before = (
        "<div><h1>Before you continue</h1><p>We use cookies and data to deliver and maintain our "
        "services, track outages and protect against spam, fraud and abuse.</p><p>If you choose "
        "to accept all, we will also use cookies and data to show personalised content.</p></div>"
    )
    yield "consent", page(before, title="Before you continue", nav=""), "/local/a"
    forecast = (
        "<main><h1>Weather for Port Ellis</h1><table><tr><td>Mon</td><td>4°</td></tr></table>"
        "<p>Cloudy with some rain.</p></main>"
    )
    data = json_ld({"@type": "WebPage", "name": "Weather"})
    yield "weather", page(forecast, head=data, title=f"Weather | {OUTLET}"), "/weather"
    leaving = (
        "<main><h1>You are leaving The Port Courier</h1><p>You are about to go to another site, "
        "for which we are not responsible. Click below to continue.</p></main>"
    )
    yield "leaving", page(leaving, title="You are leaving"), "/out?u=x"
    thanks = (
        "<main><h1>Thank you!</h1><p>You have been unsubscribed from our newsletter.</p></main>"
    )
    yield "unsubscribed", page(thanks, title=f"Thank you | {OUTLET}"), "/unsubscribe"
    reset = (
        "<main><h1>Reset your password</h1><p>Enter the e-mail address of your account, and we "
        "will send you a link with which you can choose a new password.</p><form><input "
        "type='email'></form></main>"
    )
    yield "password", page(reset, title=f"Reset your password | {OUTLET}"), "/reset"
    region = "<main><h1>Sorry</h1><p>This content is not available in your region.</p></main>"
    yield "not in the region", page(region, title=OUTLET), "/local/a"
    episodes = "".join(
        f"<li><h3><a href='/podcast/{n}'>Episode {n}: {news.title}</a></h3><p>In this episode we "
        f"talk about it with {n} guests.</p></li>"
        for n, news in enumerate(ALL)
    )
    yield (
        "podcast",
        page(f"<main><h1>Tide talk</h1><ul>{episodes}</ul></main>", title="Tide talk"),
        "/podcast",
    )
    stub = (
        f"<main><article><h1>{BANK.title}</h1>{_body(BANK)[:900]}</p><div class='regwall'><h2>"
        "Create a free account to read this story</h2><p>It takes a minute.</p></div></article>"
        "</main>"
    )
    closed = json_ld({"@type": "NewsArticle", "headline": BANK.title, "isAccessibleForFree": "no"})
    yield "account needed", page(stub, head=closed, title=BANK.title), "/local/a"
    app = (
        "<main><h2>Read this story in our app</h2><p>This story can be read in the app of The "
        "Port Courier only. Download it for your phone or tablet.</p></main>"
    )
    yield "app only", page(app, title=f"{FERRY.title} | {OUTLET}"), "/local/a"
