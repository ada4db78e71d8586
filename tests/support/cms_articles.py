"""Pages that hold an article, in the shapes that content systems give them."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass

from tests.support.cms import (
    ADVERT,
    COMMENTS,
    COOKIES,
    DAY,
    HOST,
    LATER,
    NEWSLETTER,
    RELATED,
    TIME,
    article_data,
    json_ld,
    metas,
    page,
    paragraphs,
)
from tests.support.cms_stories import BANK, CHESS, FERRY, MILL, OTHERS, OUTLET, RADAR, WATER, News


@dataclass(frozen=True, slots=True)
class Shown:
    """A page and what should be read from it."""

    id: str
    html: str
    news: News
    published: str | None = DAY
    """The day; None for a page that tells none."""
    modified: str | None = None
    author: str | None = None
    source: str | None = None
    url: str = f"{HOST}/local/2025/an-article"

    @property
    def begin(self) -> str:
        return self.news.paragraphs[0][:30]

    @property
    def end(self) -> str:
        return self.news.paragraphs[-1][-30:]


def main(news: News, inner: str = "", **parts: str) -> str:
    """`<main><article>` with headline and paragraphs, and what else is told."""
    above, below, after = (parts.get(name, "") for name in ("above", "below", "after"))
    return (
        f"<main><article>{above}<h1>{html.escape(news.title)}</h1>{below}"
        f"{inner or paragraphs(news)}</article>{after}</main>"
    )


def standard(news: News, head: str, body: str | None = None, **frame: str) -> str:
    return page(body or main(news), head=head, title=f"{news.title} | {OUTLET}", **frame)


def article_pages() -> Iterator[Shown]:
    """Every shape once."""
    yield from _by_data()
    yield from _by_markup()
    yield from _by_dates()
    yield from _by_headline()
    yield from _with_clutter()
    yield from _odd()
    yield from _languages()


def _by_data() -> Iterator[Shown]:
    full = {"modified": "2025-03-05", "author": "Ines Roca", "source": OUTLET}
    news = FERRY
    yield Shown("json-ld", standard(news, json_ld(article_data(news))), news, **full)
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "@id": "#site", "name": OUTLET},
            {"@type": "Organization", "@id": "#org", "name": OUTLET},
            {"@type": "Person", "@id": "#ines", "name": "Ines Roca"},
            {"@type": "BreadcrumbList", "itemListElement": []},
            {
                **article_data(news),
                "author": {"@id": "#ines"},
                "publisher": {"@id": "#org"},
                "isPartOf": {"@id": "#site"},
            },
        ],
    }
    yield Shown("json-ld graph", standard(news, json_ld(graph)), news, **full)
    listed = [
        {"@type": "BreadcrumbList"},
        article_data(news, **{"@type": ["NewsArticle", "ReportageNewsArticle"]}),
    ]
    yield Shown("json-ld list", standard(news, json_ld(listed)), news, **full)
    page_of = {
        "@type": "WebPage",
        "datePublished": "2019-01-01",
        "mainEntity": article_data(MILL),
    }
    yield Shown("json-ld main entity", standard(MILL, json_ld(page_of)), MILL, **full)
    authors = article_data(
        MILL, author=[{"@type": "Person", "name": "Ines Roca"}, {"name": "Bo Lind"}]
    )
    yield Shown(
        "json-ld two authors",
        standard(MILL, json_ld(authors)),
        MILL,
        author="Ines Roca, Bo Lind",
    )
    escaped = article_data(WATER, headline=html.escape("Council votes to meter every home & more"))
    text = json.dumps(escaped).replace("}", ",}")
    yield Shown("json-ld trailing commas", standard(WATER, json_ld(raw=text)), WATER)
    text = "//<![CDATA[\n" + json.dumps(article_data(WATER)) + "\n//]]>"
    yield Shown("json-ld in cdata", standard(WATER, json_ld(raw=text)), WATER)
    text = json.dumps(article_data(WATER, description="one")).replace("one", "one\n two\tthree")
    yield Shown("json-ld raw newlines", standard(WATER, json_ld(raw=text)), WATER)
    broken = json_ld(raw='{"@type": "NewsArticle", "datePublished": "2020-01-01')
    yield Shown("json-ld cut, metas whole", standard(WATER, broken + metas(WATER)), WATER)
    others = json_ld(
        {"@type": "Organization", "name": OUTLET, "foundingDate": "1899-05-01"},
        {"@type": "ItemList", "itemListElement": [article_data(MILL, datePublished="2020-01-01")]},
    )
    yield Shown("json-ld of other pieces", standard(BANK, others + metas(BANK)), BANK)
    yield Shown(
        "open graph",
        standard(CHESS, metas(CHESS)),
        CHESS,
        modified="2025-03-05",
        author="Ines Roca",
        source=OUTLET,
    )
    author = metas(CHESS, article__author="https://social.example/ines.roca")
    byline = main(CHESS, below="<p class='byline'>By <a href='/ines'>Ines Roca</a></p>")
    yield Shown("author is an address", standard(CHESS, author, byline), CHESS, author="Ines Roca")
    dublin = (
        f"<meta name='DC.date.issued' content='{DAY}'><meta name='DC.title' content='x'>"
        "<meta name='author' content='Ines Roca'>"
    )
    yield Shown("dublin core", standard(RADAR, dublin), RADAR, author="Ines Roca")
    parsely = f"<meta name='parsely-pub-date' content='{TIME}'>"
    yield Shown("parsely", standard(RADAR, parsely), RADAR)
    sailthru = f"<meta name='sailthru.date' content='{TIME}'>"
    yield Shown("sailthru", standard(RADAR, sailthru), RADAR)


def _by_markup() -> Iterator[Shown]:
    micro = (
        "<main><article itemscope itemtype='https://schema.org/NewsArticle'>"
        f"<h1 itemprop='headline'>{FERRY.title}</h1>"
        "<span itemprop='author' itemscope itemtype='https://schema.org/Person'>"
        "<span itemprop='name'>Ines Roca</span></span>"
        f"<time itemprop='datePublished' datetime='{TIME}'>3 March</time>"
        f"<time itemprop='dateModified' datetime='{LATER}'>5 March</time>"
        f"<div itemprop='articleBody'>{paragraphs(FERRY)}</div></article></main>"
    )
    yield Shown("microdata", standard(FERRY, "", micro), FERRY, modified="2025-03-05")
    amp = standard(
        MILL,
        f"<link rel='canonical' href='{HOST}/local/2025/an-article'>"
        "<style amp-boilerplate>body{visibility:hidden}</style>"
        "<script async src='https://cdn.ampproject.org/v0.js'></script>"
        + json_ld(article_data(MILL)),
        main(MILL, below="<amp-img src='/x.jpg' width='8' height='5'></amp-img>"),
        attributes=" amp",
    )
    yield Shown("amp", amp, MILL, url=f"{HOST}/local/2025/an-article/amp")
    time = main(
        WATER, below=f"<div class='meta'><time datetime='{TIME}'>3 March 2025</time></div>"
    )
    yield Shown("time element", standard(WATER, "", time), WATER)
    words = main(WATER, below="<p class='date'>Monday, 3 March 2025, 14:05</p>")
    yield Shown("date in words", standard(WATER, "", words), WATER)
    divs = (
        "<div id='wrap'><div class='content'><div class='story-head'>"
        f"<h1>{BANK.title}</h1><span class='stamp' data-ts='1741003500'>March 3, 2025</span></div>"
        "<div class='story-text'>"
        + "".join(f"<div class='par'>{p}</div>" for p in BANK.paragraphs)
        + "</div></div></div>"
    )
    yield Shown("divs for paragraphs", standard(BANK, metas(BANK), divs), BANK)
    breaks = f"<div class='article'><h1>{RADAR.title}</h1><div class='text'>" + (
        "<br><br>".join(RADAR.paragraphs) + "</div></div>"
    )
    yield Shown("line breaks for paragraphs", standard(RADAR, metas(RADAR), breaks), RADAR)
    table = (
        "<table width='760'><tr><td width='150'><a href='/'>Home</a><br><a href='/local'>Local</a>"
        f"</td><td><font size='5'><b><h1>{MILL.title}</h1></b></font><font size='2'>"
        f"{paragraphs(MILL)}</font></td></tr></table>"
    )
    yield Shown("table layout", standard(MILL, metas(MILL), table), MILL)
    unclosed = (
        f"<div><article><h1>{CHESS.title}<div class=body><p>" + "<p>".join(CHESS.paragraphs)
    ).replace(CHESS.title, CHESS.title + "</h1>")
    yield Shown("unclosed tags", standard(CHESS, metas(CHESS), unclosed, footer=""), CHESS)
    crossed = main(CHESS).replace("<p>", "<p><b><i>").replace("</p>", "</b></p></i>")
    yield Shown("crossed tags", standard(CHESS, metas(CHESS), crossed), CHESS)
    bare = f"<h1>{FERRY.title}</h1>" + paragraphs(FERRY)
    yield Shown("bare page", page(bare, head=metas(FERRY), title=FERRY.title, nav=""), FERRY)
    upper = main(MILL).replace("<p>", "<P CLASS=TXT>").replace("h1>", "H1>")
    yield Shown("capital tags", standard(MILL, metas(MILL), upper, doctype=""), MILL)
    sections = "<main><article><header><h1>{}</h1></header>{}</article></main>".format(
        FERRY.title,
        "".join(f"<section class='block-text'><p>{p}</p></section>" for p in FERRY.paragraphs),
    )
    yield Shown("a section for each paragraph", standard(FERRY, metas(FERRY), sections), FERRY)


def _by_dates() -> Iterator[Shown]:
    yield Shown(
        "no date",
        standard(FERRY, metas(FERRY, article__published_time="", article__modified_time="")),
        FERRY,
        published=None,
    )
    both = main(
        MILL, below="<p class='dates'>Published 3 March 2025 | Updated 5 March 2025 at 08:30</p>"
    )
    yield Shown("two dates in words", standard(MILL, "", both), MILL)
    times = main(
        MILL,
        below=f"<p>Last updated: <time class='updated' datetime='{LATER}'>5 March</time> "
        f"Published: <time class='published' datetime='{TIME}'>3 March</time></p>",
    )
    yield Shown("update before publication", standard(MILL, "", times), MILL)
    only = metas(WATER, article__modified_time="")
    yield Shown("published alone", standard(WATER, only), WATER)
    day = json_ld(article_data(WATER, datePublished=DAY, dateModified=DAY))
    yield Shown("a day without a time", standard(WATER, day), WATER)
    naive = json_ld(article_data(RADAR, datePublished="2025-03-03 12:05:00"))
    yield Shown("time without a zone", standard(RADAR, naive), RADAR)
    words = metas(RADAR, article__published_time="Mon, 03 Mar 2025 14:05:00 +0200")
    yield Shown("time as in mail", standard(RADAR, words), RADAR)
    late = metas(CHESS, article__published_time="2025-03-03T23:30:00-05:00")
    yield Shown("late in another zone", standard(CHESS, late), CHESS, published="2025-03-04")
    inside = main(
        BANK,
        paragraphs(BANK).replace("the bank announced on Wednesday", "the bank said on 1 May"),
    )
    story = News(
        BANK.title,
        (
            BANK.paragraphs[0].replace(
                "the bank announced on Wednesday", "the bank said on 1 May"
            ),
            *BANK.paragraphs[1:],
        ),
    )
    undated = metas(BANK, article__published_time="", article__modified_time="")
    yield Shown("a date in the text alone", standard(BANK, undated, inside), story, published=None)
    related = RELATED.replace("</h3>", "</h3><time datetime='2024-12-24'>24 December</time>")
    yield Shown(
        "dates of other pieces alone",
        standard(BANK, undated, main(BANK, after=related)),
        BANK,
        published=None,
    )


def _by_headline() -> Iterator[Shown]:
    wrong = metas(FERRY, og__title="The Port Courier – news from the coast since 1899")
    yield Shown("title of the site in og", standard(FERRY, wrong), FERRY)
    teaser = metas(FERRY, og__title="You will not believe which ship comes back")
    yield Shown("another headline for networks", standard(FERRY, teaser), FERRY)
    logo = main(MILL).replace("h1>", "h2>")
    header = f"<header><h1><a href='/'>{OUTLET}</a></h1></header>"
    yield Shown("site's name as heading", standard(MILL, metas(MILL), logo, nav=header), MILL)
    kicker = main(WATER, above="<p class='kicker'>City hall</p>")
    yield Shown("kicker above", standard(WATER, metas(WATER), kicker), WATER)
    inside = main(WATER).replace(
        f"<h1>{WATER.title}", f"<h1><span class='kicker'>City hall</span> {WATER.title}"
    )
    yield Shown("kicker inside the heading", standard(WATER, metas(WATER), inside), WATER)
    nothing = main(CHESS).replace("h1>", "div>")
    yield Shown("no heading", standard(CHESS, metas(CHESS), nothing), CHESS)
    title = page(nothing, title=f"{CHESS.title} - {OUTLET}", head=metas(CHESS, og__title=""))
    yield Shown("headline in the title alone", title, CHESS)


def _with_clutter() -> Iterator[Shown]:
    aside = (
        "<aside class='related-inline'><p>Read more: <a href='/x'>Old mill sold</a></p></aside>"
    )
    photo = (
        "<figure><img src='/a.jpg' alt='A ship'><figcaption>The ship at the quay in February. "
        "Photo: Bo Lind/The Port Courier</figcaption></figure>"
    )
    gallery = (
        "<div class='gallery'>"
        + "".join(
            f"<figure><img src='/{n}.jpg'><figcaption>Picture {n} of 6: guests at the harbour on "
            "Sunday</figcaption></figure>"
            for n in range(1, 7)
        )
        + "</div>"
    )
    share = (
        "<ul class='share-buttons'><li><a href='#'>Share on Facebook</a></li><li><a href='#'>"
        "WhatsApp</a></li><li><a href='#'>Copy link</a></li></ul>"
    )
    author = (
        "<div class='author-bio'><h4>About the author</h4><p>Ines Roca has covered the coast for "
        "The Port Courier since 2009. She lives in Port Ellis with two cats.</p></div>"
    )
    overlay = (
        "<div class='piano-offer'><h3>Support local news</h3><p>Subscribe now for 9 crowns a "
        "month. Already a subscriber? Log in.</p></div>"
    )
    player = "<div class='video-player'><p>Your browser does not support the video tag.</p></div>"
    most_read = (
        "<aside class='sidebar'><h3>Most read</h3><ol>"
        "<li><a href='/1'>Pool shut until June</a></li>"
        "<li><a href='/2'>Cat found after two years</a></li></ol></aside>"
    )
    shapes = {
        "newsletter box": main(FERRY, paragraphs(FERRY, [NEWSLETTER])),
        "links to other pieces": main(FERRY, paragraphs(FERRY, [aside, aside])),
        "pictures": main(FERRY, paragraphs(FERRY, [photo]), below=photo),
        "gallery": main(FERRY, paragraphs(FERRY), after=gallery),
        "comments": main(FERRY, after=COMMENTS),
        "share buttons": main(FERRY, below=share, after=share),
        "author's box": main(FERRY, after=author),
        "adverts": main(FERRY, paragraphs(FERRY, [ADVERT, ADVERT, ADVERT])),
        "cookie banner over it": COOKIES + main(FERRY),
        "offer below the whole text": main(FERRY, after=overlay),
        "video player": main(FERRY, below=player),
        "most read beside it": main(FERRY) + most_read,
        "teasers below it": main(FERRY, after=RELATED + RELATED.replace("/a/", "/b/")),
        "everything at once": COOKIES
        + main(
            FERRY,
            paragraphs(FERRY, [ADVERT + aside, NEWSLETTER, photo]),
            below=share + photo,
            after=author + overlay + RELATED + COMMENTS,
        ),
    }
    for name, body in shapes.items():
        yield Shown(name, standard(FERRY, metas(FERRY), body), FERRY)


def _odd() -> Iterator[Shown]:
    free = json_ld(article_data(BANK, isAccessibleForFree=True))
    yield Shown("free article of a paying site", standard(BANK, free), BANK)
    metered = json_ld(article_data(BANK, isAccessibleForFree=False))
    long = News(BANK.title, (*BANK.paragraphs, *WATER.paragraphs))
    yield Shown("paid article that is shown whole", standard(long, metered), long)
    words = News(
        "Editors ask readers to log in or subscribe",
        (
            "Readers of four regional papers will have to log in or subscribe to read from May, "
            "the publisher Norrvik Press said on Friday in Port Ellis.",
            *BANK.paragraphs[1:],
        ),
    )
    yield Shown("article about paywalls", standard(words, metas(words)), words)
    missing = News(
        "Page not found: archive loses 400 files",
        (
            "The county archive of Harrow Vale has lost 400 files, among them every page of the "
            "land register of 1911, its head Lena Oduya said on Monday.",
            *MILL.paragraphs[1:],
        ),
    )
    yield Shown("article about a missing page", standard(missing, metas(missing)), missing)
    live = News(
        "Live music returns to the old harbour",
        (
            "Live music returns to the old harbour of Port Ellis on 1 May, after a silence of "
            "three summers, the town said on Monday.",
            *FERRY.paragraphs[1:],
        ),
    )
    yield Shown("article about live music", standard(live, metas(live)), live)
    brief = News(
        "Bridge at Lower Stoke open again",
        (
            "The bridge at Lower Stoke is open to cars again after three weeks of repairs, the "
            "county said on Monday.",
            "Lorries must wait until April, when the second lane will be ready as well.",
        ),
    )
    yield Shown("two paragraphs", standard(brief, metas(brief)), brief)


def _languages() -> Iterator[Shown]:
    for language, news in OTHERS.items():
        head = metas(news) + json_ld(article_data(news, inLanguage=language))
        yield Shown(f"language {language}", standard(news, head, language=language), news)
