"""Pages as content systems make them: the frame around an article, piece by piece."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from typing import Any

from tests.support.cms_stories import OUTLET, News

HOST = "https://portcourier.example"
DAY = "2025-03-03"
TIME = "2025-03-03T14:05:00+02:00"
LATER = "2025-03-05T08:30:00+02:00"
NAV = (
    "<header class='site-header'><a class='logo' href='/'>The Port Courier</a>"
    "<nav><ul><li><a href='/'>Home</a></li><li><a href='/local'>Local</a></li>"
    "<li><a href='/business'>Business</a></li><li><a href='/sport'>Sport</a></li>"
    "<li><a href='/login'>Log in</a></li><li><a href='/subscribe'>Subscribe</a></li></ul></nav>"
    "</header>"
)
FOOTER = (
    "<footer class='site-footer'><p>© 2025 The Port Courier. All rights reserved.</p>"
    "<ul><li><a href='/about'>About us</a></li><li><a href='/privacy'>Privacy policy</a></li>"
    "<li><a href='/terms'>Terms of use</a></li><li><a href='/contact'>Contact</a></li></ul>"
    "</footer>"
)
RELATED = (
    "<section class='related'><h2>More from Local</h2><ul>"
    "<li><a href='/a/1'><h3>Market hall gets a new roof</h3></a></li>"
    "<li><a href='/a/2'><h3>Tram line 4 late again after a signal fault</h3></a></li>"
    "<li><a href='/a/3'><h3>Swimming pool stays shut until June</h3></a></li></ul></section>"
)
NEWSLETTER = (
    "<div class='newsletter-signup'><h4>Sign up for our morning newsletter</h4>"
    "<p>Get the latest news straight to your inbox every morning. You can unsubscribe at any "
    "time.</p><form><input type='email'><button>Sign up</button></form></div>"
)
COOKIES = (
    "<div id='cookie-banner' class='cookie-consent' role='dialog'><p>We and our 214 partners use "
    "cookies to store and access data on your device. You can accept all cookies or change your "
    "cookie settings at any time.</p><button>Accept all</button></div>"
)
COMMENTS = (
    "<section id='comments' class='comments'><h2>3 comments</h2>"
    "<div class='comment'><p class='comment-author'>harbourfan</p><p>I took that boat every week "
    "when I was a student, and nobody ever understood why they gave it up in the first place.</p>"
    "</div><div class='comment'><p class='comment-author'>Nils</p><p>Let us see whether they keep "
    "their word this time. I for one do not believe it until I stand on deck.</p></div>"
    "<form><textarea></textarea><button>Post comment</button></form></section>"
)
ADVERT = "<div class='ad advertisement'><span>Advertisement</span></div>"


def page(
    body: str,
    *,
    head: str = "",
    title: str = "",
    language: str = "en",
    nav: str = NAV,
    footer: str = FOOTER,
    doctype: str = "<!DOCTYPE html>",
    attributes: str = "",
) -> str:
    """A whole document."""
    return (
        f"{doctype}<html lang='{language}'{attributes}><head><meta charset='utf-8'>"
        f"<title>{html.escape(title)}</title>{head}</head><body>{nav}{body}{footer}</body></html>"
    )


def paragraphs(news: News, between: Iterable[str] = ()) -> str:
    """The paragraphs in markup; what is in `between` stands after the second, third, …"""
    more = list(between)
    parts = []
    for number, paragraph in enumerate(news.paragraphs):
        parts.append(f"<p>{html.escape(paragraph, quote=False)}</p>")
        if number and more:
            parts.append(more.pop(0))
    return "\n".join(parts)


def json_ld(*items: Mapping[str, Any] | list[Any], raw: str | None = None) -> str:
    """A JSON-LD block for each of `items`, or `raw` as it is."""
    blocks = [raw] if raw is not None else [json.dumps(item, ensure_ascii=False) for item in items]
    return "".join(f"<script type='application/ld+json'>{block}</script>" for block in blocks)


def article_data(news: News, **more: Any) -> dict[str, Any]:
    """A schema.org article."""
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": news.title,
        "datePublished": TIME,
        "dateModified": LATER,
        "author": {"@type": "Person", "name": "Ines Roca"},
        "publisher": {"@type": "Organization", "name": OUTLET},
        **more,
    }


def metas(news: News, **more: str) -> str:
    """Open Graph and article tags; a keyword's "__" stands for ":", an empty value leaves out."""
    told = {
        "og:type": "article",
        "og:title": news.title,
        "og:site_name": OUTLET,
        "article:published_time": TIME,
        "article:modified_time": LATER,
        "article:author": "Ines Roca",
        "article:section": "Local",
    }
    told |= {name.replace("__", ":"): value for name, value in more.items()}
    return "".join(
        f"<meta property='{name}' content='{html.escape(value, quote=True)}'>"
        for name, value in told.items()
        if value
    )
