"""What a page is where it is no article: a wall, a stub, a list, an error, a service, a live blog.

Each rule asks for more where the page calls itself an article, since articles are written about
paywalls, missing pages and live music as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from bot.intake.page_data import ARTICLE_TYPES, HtmlElement
from bot.intake.page_facts import PageFacts, host_of
from bot.locales import N_
from bot.locales.said import Said, say

EMPTY = N_("The page shows no article text.")
WALL = N_("The page asks to log in, subscribe or accept cookies; it shows no article.")
STUB = N_("The page shows only the beginning of the article; the rest is for subscribers.")
LIVE = N_("This is a live blog, which changes all the time; add its articles one by one.")
ERROR = N_("The page says that there is no article here: it was not found or is not available.")
SERVICE = N_("This is a service page of the site, not an article.")
LIST = N_(
    "This is a list of articles, not an article. Add one of them; editors can follow "
    "the feed of the page with /feed add."
)
LITTLE = N_("The page does not call itself an article, and holds too little text to be one.")
OTHER = N_("This page holds something else than an article ({kind}).")

_WALL_CHARS = 700
"""A text as short as this that speaks of logging in or of cookies is a wall, not an article."""
_PROSE_CHARS = 100
"""A paragraph as long as this of an article may speak of walls without being one."""
_STUB_CHARS = 2_000
"""A text as short as this with a subscriber's notice beside it is a stub: measured on own pages
alone, whole articles have three times as much."""
_CLOSED_CHARS = 1_000
"""The same, where only the page's data say that it is not free."""
_ERROR_CHARS = 1_500
_PARAGRAPHS = 3
"""A page that neither calls itself an article nor tells a day needs so many paragraphs …"""
_PARAGRAPH_CHARS = 60
"""… that are as long as this; services and notices have fewer."""
_NOTICE_CHARS = 400
_TEASERS = 4
_TEASER_CHARS = 1_200
_HEADLINE_CHARS = 20
_POSTS = 5
_MOST_LINKS = 3_000

_WALL_WORDS = re.compile(
    r"\b(?:(?:log|sign) ?in (?:to|or)|subscribe to (?:continue|read|keep)"
    r"|(?:register|subscribe) (?:now|to)|already (?:a|have an?) (?:subscriber|account|member)"
    r"|subscribers? only|enable (?:javascript|cookies)|(?:accept|use|uses|our) (?:all )?cookies"
    r"|cookie (?:policy|settings|preferences)|are you a (?:robot|human)"
    r"|verify (?:that )?you are (?:a )?human|access (?:denied|to this page)"
    r"|unusual (?:traffic|activity)|just a moment|checking your browser"
    r"|turn off your ad ?blocker|forgot(?:ten)? your password"
    r"|(?:verwenden|nutzen) (?:\w+ )?cookies|utilisons des cookies|utilizamos (?:las )?cookies"
    r"|utilizziamo (?:i )?cookie|gebruiken (?:\w+ )?cookies|usamos cookies|używamy (?:\w+ )?cookie"
    r"|bruker (?:informasjonskapsler|cookies)|använder (?:\w+ )?cookies)\b",
    re.IGNORECASE,
)
_STUB_WORDS = re.compile(
    r"to (?:continue|keep) reading|to read (?:on\b|(?:the|this) (?:full|whole|rest|entire))"
    r"|(?:account|subscribe|register|sign in|log in) to read (?:this|the) (?:article|story)"
    r"|to continue, (?:please )?(?:log|sign|subscribe)"
    r"|(?:for|only to) (?:our )?subscribers(?: only)?\b|subscribers?[- ]only|subscriber exclusive"
    r"|free articles? (?:this|left|remaining|per)|(?:premium|exclusive) (?:content|article)\b"
    r"|unlock (?:this|the (?:full )?) ?(?:article|story)"
    r"|(?:jetzt )?weiterlesen mit|nur für abonnent|exklusiv für abonnent|abonnenten vorbehalten"
    r"|réservée?s? (?:aux|à nos) abonnés|pour lire la suite|il vous reste \d+ ?% "
    r"|(?:solo|exclusivo|sólo) para (?:suscriptores|abonados)|para seguir leyendo"
    r"|riservat[oai] agli abbonati|per continuare a leggere"
    r"|alleen voor abonnees|lees verder met|exclusivo para assinantes|para continuar lendo"
    r"|tylko dla (?:subskrybentów|prenumeratorów)|endast för prenumeranter|kun for abonnenter"
    r"|только для подписчиков",
    re.IGNORECASE,
)
_ERROR_TITLE = re.compile(
    r"(?:error|fehler|erreur)?[ :-]{0,3}(?:40[0-9]|41[0-9]|451|50[0-9])\b.{0,60}"
    r"|(?:.{0,40}\b)?(?:page|article|story|content)(?: is| was)? ?"
    r"(?:not found|cannot be found|no longer (?:available|exists?)|unavailable"
    r"|(?:was|has been) removed|does not exist|missing)\W*"
    r"|not found|(?:oops|sorry)\b.{0,60}|access denied.{0,40}|forbidden|unavailable.{0,60}"
    r"|internal server error|bad gateway|service unavailable|something went wrong\W*"
    r"|(?:under |site )?maintenance|we[’']ll be (?:right |)back.{0,20}|be right back"
    r"|seite (?:wurde )?nicht gefunden\W*|nicht gefunden|page (?:introuvable|non trouvée)\W*"
    r"|página no encontrada\W*|pagina non trovata\W*|pagina niet gevonden\W*"
    r"|página não encontrada\W*|sidan (?:kunde inte hittas|hittades inte)\W*"
    r"|страница не найдена\W*|nie znaleziono strony\W*",
    re.IGNORECASE,
)
_SERVICE_TITLE = re.compile(
    r"(?:our |the )?(?:privacy|cookies?|data protection)(?: and cookies?)? "
    r"(?:policy|notice|statement|settings)|privacy|cookies"
    r"|terms(?: (?:of (?:use|service|sale)|(?:and|&) conditions))?"
    r"|(?:about|contact)(?: us)?|imprint|impressum|kontakt|über uns|datenschutz(?:erklärung)?|agb"
    r"|nutzungsbedingungen|mentions légales|politique de confidentialité|qui sommes-nous"
    r"|política de (?:privacidad|privacidade|cookies)|aviso legal|contacto|informativa privacy"
    r"|advertise(?: with us)?|newsletters?|subscribe|subscriptions?|abonnements?|abo"
    r"|log ?in|sign in|sign up|register|anmelden|einloggen|se connecter|my account|site ?map"
    r"|help(?: cent(?:er|re))?|faqs?|frequently asked questions|search"
    r"|accessibility(?: statement)?|careers|jobs|corrections policy"
    r"|editorial (?:standards|guidelines)|archive",
    re.IGNORECASE,
)
_OTHER_KINDS = {
    "Product": N_("a product"),
    "Recipe": N_("a recipe"),
    "JobPosting": N_("a job"),
    "Event": N_("an event"),
    "QAPage": N_("questions and answers"),
    "FAQPage": N_("questions and answers"),
    "DiscussionForumPosting": N_("a forum"),
    "ProfilePage": N_("a profile"),
    "SearchResultsPage": N_("search results"),
    "ContactPage": N_("contact"),
    "AboutPage": N_("a page about the site"),
    "CheckoutPage": N_("a shop"),
    "VideoObject": N_("a video"),
    "AudioObject": N_("a recording"),
    "PodcastEpisode": N_("a podcast"),
    "ImageGallery": N_("pictures"),
    "Quiz": N_("a quiz"),
}
_LISTS = frozenset({"CollectionPage", "ItemList", "SearchResultsPage"})
_SHORT_CHARS = 1_500
"""A page of another kind that holds more text than this may carry an article all the same."""
_LIVE_WORDS = re.compile(
    r"\blive ?(?:blog|ticker|updates?|coverage|feed)\b|\bas it happened\b|[–|:-] live\b|^live[:|] "
    r"|\bliveticker\b|\ben direct\b|\ben vivo\b|\bdirect :|\bin diretta\b|\bao vivo\b"
    r"|\bминута за минутой\b|\bонлайн-трансляция\b",
    re.IGNORECASE,
)
_LIVE_PATH = re.compile(r"/live(?:blog|ticker)?s?(?:/|-|$)", re.IGNORECASE)
_SUFFIX = re.compile(r" [|•–—-] ([^|•–—]{2,60})$")
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")


def why_no_article(
    tree: HtmlElement,
    facts: PageFacts,
    title: str | None,
    paragraphs: Sequence[str],
    url: str | None,
) -> Said | None:
    """The sentence that says why the page is no article; None where it is one.

    `paragraphs` is what was found of its text.
    """
    body = "\n".join(paragraphs)
    titles = [t for t in (title, facts.headings[0] if facts.headings else None) if t]
    if _is_live(tree, facts, titles, url):
        return say(LIVE)
    if not facts.is_article or len(body) < _ERROR_CHARS:
        names = [_bare(t, facts.outlet) for t in titles]
        strict = facts.is_article and len(body) > _NOTICE_CHARS
        if any(_ERROR_TITLE.fullmatch(n) for n in names) and not strict:
            return say(ERROR)
    if not facts.is_article and any(
        _SERVICE_TITLE.fullmatch(_bare(t, facts.outlet)) for t in titles
    ):
        return say(WALL if _asks_password(tree) else SERVICE)
    if not facts.types & ARTICLE_TYPES and len(body) < _SHORT_CHARS:
        for kind, words in _OTHER_KINDS.items():
            if kind in facts.types:
                return say(OTHER, kind=say(words))
    if _is_list(tree, facts, paragraphs, url):
        return say(LIST)
    if not facts.is_article and len(body) < _WALL_CHARS and _WALL_WORDS.search(body):
        return say(WALL)
    is_closed = facts.is_free is False and len(body) < _CLOSED_CHARS
    if is_closed or (facts.is_free is None and len(body) < _STUB_CHARS and _has_notice(tree)):
        return say(STUB)
    if url and not facts.is_article and facts.published is None:
        prose = [p for p in paragraphs if len(p) >= _PARAGRAPH_CHARS]
        if len(prose) < _PARAGRAPHS:
            return say(WALL if _asks_password(tree) else LITTLE)
    short = "\n".join(p for p in paragraphs if len(p) < _PROSE_CHARS)
    return say(WALL) if len(body) < _WALL_CHARS and _WALL_WORDS.search(short) else None


def why_empty(tree: HtmlElement | None) -> Said:
    """Why a page shows no text at all."""
    words = " ".join(tree.itertext())[:5000] if tree is not None else ""
    if tree is not None and any(
        _ERROR_TITLE.fullmatch(_bare(" ".join("".join(t.itertext()).split())[:200], None))
        for t in (*tree.iter("title"), *tree.iter("h1"))
    ):
        return say(ERROR)
    return say(WALL if _WALL_WORDS.search(words) else EMPTY)


def _bare(title: str, outlet: str | None) -> str:
    """`title` without the outlet's name at its end."""
    title = " ".join(title.split())
    match = _SUFFIX.search(title)
    if match and (not outlet or _plain(match.group(1)) == _plain(outlet)):
        title = title[: match.start()]
    return title.strip(" .!…")


def _is_live(tree: HtmlElement, facts: PageFacts, titles: Sequence[str], url: str | None) -> bool:
    if "LiveBlogPosting" in facts.types:
        return True
    told = [*titles, facts.social_title or ""]
    named = any(_LIVE_WORDS.search(t) for t in told) or bool(
        _LIVE_PATH.search(urlsplit(url or "").path if url else "")
    )
    if not named:
        return False
    posts = 0
    for element in tree.iter("time"):
        words = "".join(element.itertext())[:40]
        posts += bool(_CLOCK.search(words) or "T" in (element.get("datetime") or ""))
    return posts >= _POSTS


def _is_list(
    tree: HtmlElement, facts: PageFacts, paragraphs: Sequence[str], url: str | None
) -> bool:
    """Whether most of the text found stands in teasers: boxes with a headline that leads on."""
    teasers = 0
    texts: set[str] = set()
    here = _plain_address(url or "", url or "")
    for count, link in enumerate(tree.iter("a")):
        if count > _MOST_LINKS:
            break
        goal = link.get("href") or ""
        headline = _headline_of(link)
        if headline is None or not goal or _plain_address(goal, url or "") == here:
            continue
        if url and _host_from(goal, url) != host_of(url):
            continue
        teasers += 1
        texts |= _texts_around(headline)
    if teasers < _TEASERS:
        return False
    listed = sum(_plain(p) in texts for p in paragraphs)
    is_root = url is not None and urlsplit(url).path in ("", "/")
    is_called_list = bool(facts.types & _LISTS) or is_root or facts.og_type == "website"
    share = listed / max(1, len(paragraphs))
    if facts.types & ARTICLE_TYPES and not is_root:
        return share > 0.8
    return share >= (0.34 if is_called_list else 0.5)


def _headline_of(link: HtmlElement) -> HtmlElement | None:
    """The heading that `link` stands in or holds, or the link where its words are a headline."""
    parent = link.getparent()
    for element in (parent, *link.iter("h2", "h3", "h4")):
        if element is not None and element.tag in ("h2", "h3", "h4"):
            return element
    if parent is None or parent.tag in ("p", "span", "b", "i", "strong", "em"):
        return None
    return link if len("".join(link.itertext()).strip()) >= _HEADLINE_CHARS else None


def _texts_around(headline: HtmlElement) -> set[str]:
    """What stands in the teaser with this headline: the widest box around it that is still
    short, and the boxes within."""
    box = headline
    texts = {_plain("".join(box.itertext()))}
    for _ in range(3):
        parent = box.getparent()
        if parent is None or parent.tag in ("main", "body") or _is_wide(parent):
            break
        box = parent
        texts.add(_plain("".join(box.itertext())))
    return texts | {_plain("".join(e.itertext())) for e in box.iter("p", "h2", "h3", "h4", "span")}


def _is_wide(element: HtmlElement) -> bool:
    """Whether `element` holds more than one teaser does."""
    return _size(element) > _TEASER_CHARS or sum(1 for _ in element.iter("p")) > 2


def _size(element: HtmlElement) -> int:
    size = 0
    for piece in element.itertext():
        size += len(piece)
        if size > _TEASER_CHARS:
            break
    return size


def _has_notice(tree: HtmlElement) -> bool:
    """Whether a short piece of the page says that the rest is for subscribers."""
    for element in tree.iter("p", "div", "span", "h2", "h3", "h4", "strong", "a", "button"):
        if element.tag == "div" and len(element):
            continue
        words = "".join(element.itertext())[: _NOTICE_CHARS + 1]
        if len(words) <= _NOTICE_CHARS and _STUB_WORDS.search(words):
            return True
    return False


def _asks_password(tree: HtmlElement) -> bool:
    return any((e.get("type") or "").lower() == "password" for e in tree.iter("input"))


def _plain(words: str) -> str:
    """The letters and digits of `words` alone: what is a space in one place is a tag elsewhere."""
    return "".join(re.findall(r"\w+", words.lower()))


def _plain_address(goal: str, base: str) -> str:
    try:
        return urljoin(base, goal).partition("#")[0].partition("?")[0].rstrip("/")
    except ValueError:
        return goal


def _host_from(goal: str, base: str | None) -> str:
    """The host that `goal` leads to, seen from `base`."""
    try:
        return host_of(urljoin(base or "", goal))
    except ValueError:
        return ""
