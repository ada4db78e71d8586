"""Pages of news sites that hold no article, in the shapes that they come in."""

from __future__ import annotations

import html
from collections.abc import Iterator

from tests.support.cms import COOKIES, NAV, RELATED, TIME, article_data, json_ld, metas, page
from tests.support.cms_stories import BANK, CHESS, FERRY, MILL, OUTLET, RADAR, WATER, News

ALL = (FERRY, MILL, WATER, RADAR, CHESS, BANK)


def other_pages() -> Iterator[tuple[str, str, str, str]]:
    """(name, markup, path, a word of the refusal) of each."""
    yield from _walls()
    yield from _lists()
    yield from _errors()
    yield from _services()
    yield from _live()


def _stub(news: News, wall: str, head: str = "", shown: int = 1, language: str = "en") -> str:
    text = "".join(f"<p>{html.escape(p)}</p>" for p in news.paragraphs[:shown])
    body = (
        f"<main><article><h1>{news.title}</h1>{text}<div class='paywall'>{wall}</div></article>"
        f"</main>{RELATED}"
    )
    return page(body, head=metas(news) + head, title=f"{news.title} | {OUTLET}", language=language)


def _walls() -> Iterator[tuple[str, str, str, str]]:
    closed = json_ld(article_data(FERRY, isAccessibleForFree=False))
    strings = json_ld(article_data(FERRY, isAccessibleForFree="False"))
    walls = {
        "subscribers only": (
            "<h3>This article is for subscribers only</h3><p>Subscribe to continue reading. "
            "Already a subscriber? <a href='/login'>Log in</a>.</p>",
            "",
        ),
        "said in the data": ("<p>Become part of it.</p><a href='/s'>See offers</a>", closed),
        "said in the data as a word": ("<a href='/s'>See offers</a>", strings),
        "register to read": (
            "<p>Register for free to read on. It takes one minute.</p><button>Register</button>",
            "",
        ),
        "articles used up": (
            "<p>You have read your 3 free articles this month. Subscribe to keep reading.</p>",
            "",
        ),
        "rest is hidden": ("<p>To read the full story, subscribe or sign in.</p>", ""),
    }
    for name, (wall, head) in walls.items():
        yield f"paywall: {name}", _stub(FERRY, wall, head), "/local/a", "subscrib"
    foreign = {
        "de": "<p>Jetzt weiterlesen mit C+. Dieser Artikel ist nur für Abonnenten.</p>",
        "fr": "<p>Cet article est réservé aux abonnés. Il vous reste 80 % à lire.</p>",
        "es": "<p>Contenido exclusivo para suscriptores. Suscríbete para seguir leyendo.</p>",
        "it": "<p>Questo articolo è riservato agli abbonati. Abbonati per continuare.</p>",
        "nl": "<p>Dit artikel is alleen voor abonnees. Neem een abonnement.</p>",
        "pt": "<p>Conteúdo exclusivo para assinantes. Assine para continuar lendo.</p>",
    }
    for language, wall in foreign.items():
        yield (
            f"paywall: {language}",
            _stub(MILL, wall, language=language),
            "/local/a",
            "subscrib",
        )
    two = _stub(BANK, "<p>Subscribe to read the rest of this article.</p>", shown=2)
    yield "paywall after two paragraphs", two, "/local/a", "subscrib"
    yield (
        "cookie wall",
        page(f"<main>{COOKIES}</main>", title=OUTLET, nav=""),
        "/local/a",
        "cookie",
    )
    german = (
        "<main><div class='cmp'><h2>Wir verwenden Cookies</h2><p>Wir und unsere 187 Partner "
        "verwenden Cookies und verarbeiten Daten auf Ihrem Gerät. Mit Klick auf „Alle "
        "akzeptieren“ stimmen Sie zu, oder Sie nutzen die Seite mit einem Pur-Abo ohne Werbung "
        "für 4,99 Euro im Monat.</p><button>Alle akzeptieren</button></div></main>"
    )
    yield "cookie wall: de", page(german, title=OUTLET, nav="", language="de"), "/a", "cookie"
    login = (
        "<main><h1>Log in</h1><form action='/login' method='post'><label>E-mail</label>"
        "<input type='email' name='e'><label>Password</label><input type='password' name='p'>"
        "<button>Log in</button></form><p>Forgotten your password? We will send you a new one to "
        "the address with which you have registered.</p><p>New here? Create an account in one "
        "minute and read three articles a month for nothing.</p></main>"
    )
    yield "login page", page(login, title=f"Log in | {OUTLET}"), "/login?next=/local/a", "log in"
    robot = (
        "<main><h1>Just a moment…</h1><p>Checking your browser before accessing the site. This "
        "process is automatic. Your browser will redirect to the page you requested shortly.</p>"
        "</main>"
    )
    yield "browser check", page(robot, title="Just a moment...", nav="", footer=""), "/a", ""
    captcha = (
        "<main><h1>Are you a robot?</h1><p>We have noticed unusual activity from your network. To "
        "go on, please click the box below to let us know that you are not a robot.</p></main>"
    )
    yield "captcha", page(captcha, title="Are you a robot?", nav=""), "/local/a", ""
    script = (
        "<div id='root'></div><noscript>You need to enable JavaScript to run this app.</noscript>"
    )
    yield "script needed", page(script, title=OUTLET, nav="", footer=""), "/local/a", ""
    adblock = (
        "<main><h2>Please turn off your ad blocker</h2><p>Our reporting is paid for by "
        "advertising. Please turn off your ad blocker to read on, or take out a subscription.</p>"
        "</main>"
    )
    yield "ad blocker", page(adblock, title=OUTLET), "/local/a", ""


def _teasers(with_sentences: bool) -> str:
    return "".join(
        f"<article class='teaser'><a href='/a/{n}'><h2>{news.title}</h2></a>"
        + (f"<p>{html.escape(news.paragraphs[0])}</p>" if with_sentences else "")
        + "<time datetime='2025-03-03'>3 March</time></article>"
        for n, news in enumerate(ALL * 2)
    )


def _lists() -> Iterator[tuple[str, str, str, str]]:
    site = metas(FERRY, og__type="website", og__title=OUTLET, article__published_time="")
    front = page(f"<main>{_teasers(True)}</main>", head=site, title=f"{OUTLET} – news", nav=NAV)
    yield "front page", front, "/", "list"
    yield (
        "front page without tags",
        page(f"<main>{_teasers(True)}</main>", title=OUTLET),
        "/",
        "list",
    )
    links = page(f"<main>{_teasers(False)}</main>", title=OUTLET)
    yield "front page of headlines", links, "/", ""
    section = f"<main><h1>Local news</h1>{_teasers(True)}<a href='?page=2'>Next page</a></main>"
    yield "section", page(section, head=site, title=f"Local | {OUTLET}"), "/local/", "list"
    listed = json_ld({"@type": "CollectionPage", "name": "Harbour"})
    tag = f"<main><h1>Topic: Harbour</h1>{_teasers(True)}</main>"
    yield "topic", page(tag, head=listed, title=f"Harbour | {OUTLET}"), "/topic/harbour", "list"
    lead = (
        "<main><h1>Sport</h1><p>All about sport on the coast: results, tables and reports from "
        f"our correspondents in Port Ellis, Tarnow and Harrow Vale.</p>{_teasers(True)}</main>"
    )
    yield "section with an introduction", page(lead, title=f"Sport | {OUTLET}"), "/sport", "list"
    author = (
        "<main><h1>Ines Roca</h1><p>Ines Roca has covered the coast for The Port Courier since "
        f"2009. She lives in Port Ellis with two cats.</p>{_teasers(True)}</main>"
    )
    profile = json_ld({"@type": "ProfilePage", "mainEntity": {"@type": "Person"}})
    yield "author", page(author, head=profile, title=f"Ines Roca | {OUTLET}"), "/author/ines", ""
    found = f"<main><h1>Search results for “mill”</h1><p>12 results</p>{_teasers(True)}</main>"
    yield "search", page(found, title="Search results"), "/search?q=mill", "list"
    items = "".join(
        f"<li><span>{n % 24:02}:05</span> <a href='/a/{n}'>{ALL[n % 6].title}</a></li>"
        for n in range(40)
    )
    ticker = f"<main><h1>Latest</h1><ul>{items}</ul></main>"
    yield "ticker of headlines", page(ticker, title=f"Latest | {OUTLET}"), "/latest", ""


def _errors() -> Iterator[tuple[str, str, str, str]]:
    lost = {
        "en": (
            "Page not found",
            "Sorry, the page you are looking for does not exist or has been moved. Perhaps you "
            "can find what you need with our search, or on our front page.",
        ),
        "404": (
            "Error 404",
            "We could not find that page. It may have been removed, or the address was mistyped "
            "by whoever set the link. Try our front page instead.",
        ),
        "de": (
            "Seite nicht gefunden",
            "Die von Ihnen aufgerufene Seite gibt es leider nicht oder nicht mehr. Vielleicht "
            "finden Sie über unsere Suche, was Sie gesucht haben.",
        ),
        "fr": (
            "Page introuvable",
            "La page que vous recherchez n’existe pas ou n’est plus disponible. Vous pouvez "
            "revenir à la page d’accueil ou utiliser la recherche.",
        ),
        "es": (
            "Página no encontrada",
            "Lo sentimos, la página que busca no existe o ha sido eliminada. Puede volver a la "
            "portada o utilizar el buscador.",
        ),
    }
    for name, (title, words) in lost.items():
        body = f"<main><h1>{title}</h1><p>{words}</p></main>{RELATED}"
        yield f"soft 404: {name}", page(body, title=f"{title} | {OUTLET}"), "/local/a", "not"
    down = (
        "<main><h1>We’ll be back soon</h1><p>Our website is down for maintenance at the moment. "
        "We are sorry for the inconvenience and expect to be back within the hour.</p></main>"
    )
    yield "maintenance", page(down, title="Maintenance", nav=""), "/local/a", ""
    taken = (
        "<main><h1>This article is no longer available</h1><p>The article was removed for legal "
        "reasons, or because the right to show it has ended. We are sorry.</p></main>"
    )
    yield "taken down", page(taken, title=OUTLET), "/local/a", ""
    region = (
        "<main><h1>Access denied</h1><p>We recognise that you are trying to access this website "
        "from a country to which we cannot grant access at this time.</p></main>"
    )
    yield "region", page(region, title="451: Unavailable"), "/local/a", ""
    server = (
        "<main><h1>Internal server error</h1><p>The server encountered an unexpected condition "
        "that prevented it from answering the request. Please try again later.</p></main>"
    )
    yield "server error", page(server, title="500", nav="", footer=""), "/local/a", ""
    yield "empty body", page("", title=OUTLET, nav="", footer=""), "/local/a", ""
    yield "frame alone", page("<main></main>", title=OUTLET), "/local/a", ""


def _services() -> Iterator[tuple[str, str, str, str]]:
    long = "".join(
        f"<h2>{n}. Processing</h2><p>We process data of the kind {n} on the basis of your consent "
        "and of our legitimate interest in a safe and useful website. You may object at any time "
        "by writing to the address given below.</p>"
        for n in range(1, 9)
    )
    for title, path in (
        ("Privacy policy", "/privacy"),
        ("Terms and conditions", "/terms"),
        ("Cookie policy", "/cookies"),
        ("Datenschutzerklärung", "/datenschutz"),
    ):
        body = f"<main><h1>{title}</h1>{long}</main>"
        yield f"service: {title}", page(body, title=f"{title} | {OUTLET}"), path, "service"
    about = (
        "<main><h1>About us</h1><p>The Port Courier was founded in 1899 and is read in 41 towns "
        "along the coast. It belongs to its staff.</p><p>Our newsroom counts 34 people. You reach "
        "us by telephone from eight to six, or by letter.</p></main>"
    )
    yield "service: about", page(about, title=f"About us | {OUTLET}"), "/about", "service"
    contact = about.replace("About us", "Contact")
    yield "service: contact", page(contact, title=f"Contact | {OUTLET}"), "/contact", "service"
    letters = (
        "<main><h1>Newsletters</h1><p>Choose from our newsletters and have the news of the day in "
        "your inbox before breakfast.</p><p>Morning Courier: what matters today, every weekday at "
        "six.</p><p>Harbour Notes: ships, tides and people, each Friday.</p></main>"
    )
    yield "service: newsletters", page(letters, title=f"Newsletters | {OUTLET}"), "/nl", "service"
    kinds = {
        "Product": "A raincoat in four colours. It keeps you dry in any weather on the coast.",
        "Recipe": "Cut the onions and fry them in butter until they are golden, then add fish.",
        "JobPosting": "We are looking for an editor for our desk in Tarnow, full time, from May.",
        "Event": "The harbour festival begins on Friday at noon with a parade of old ships.",
        "QAPage": "How do I tie a bowline? Make a small loop, and bring the end up through it.",
        "FAQPage": "How do I cancel? Write to us at any time; the last day of the month counts.",
        "DiscussionForumPosting": "I have been wondering whether anybody still takes the tram 4.",
    }
    for kind, words in kinds.items():
        data = json_ld({"@context": "https://schema.org", "@type": kind, "name": words[:20]})
        body = f"<main><h1>{words[:24]}</h1><p>{words}</p><p>{words} Really.</p></main>"
        yield f"kind: {kind}", page(body, head=data, title=OUTLET), "/x/1", ""
    video = (
        "<main><h1>Watch: storm at the pier</h1><video src='/v.mp4'></video><p>Waves break over "
        "the pier of Port Ellis.</p></main>"
    )
    data = json_ld({"@type": "VideoObject", "name": "Storm", "uploadDate": TIME})
    yield "video alone", page(video, head=data, title="Storm at the pier"), "/video/1", ""


def _live() -> Iterator[tuple[str, str, str, str]]:
    posts = "".join(
        f"<div class='live-post'><time datetime='2025-03-03T{20 - n}:15:00Z'>{20 - n}:15</time>"
        f"<h3>{ALL[n % 6].title}</h3><p>{html.escape(ALL[n % 6].paragraphs[n % 4])}</p></div>"
        for n in range(9)
    )
    body = f"<main><article><h1>Storm on the coast: live updates</h1>{posts}</article></main>"
    data = json_ld(article_data(FERRY, **{"@type": "LiveBlogPosting", "coverageStartTime": TIME}))
    yield "live blog by its data", page(body, head=data, title="Storm"), "/live/storm", "live"
    head = metas(FERRY, og__title="Storm on the coast: live updates")
    yield "live blog by its looks", page(body, head=head, title="Storm – live"), "/a/storm", "live"
    plain = body.replace(": live updates", "")
    yield "live blog by its posts", page(plain, head=head, title="Storm"), "/live/storm", "live"
    german = body.replace("live updates", "Liveticker zum Sturm")
    yield "live blog: de", page(german, title="Sturm im Liveticker"), "/a/storm", "live"
