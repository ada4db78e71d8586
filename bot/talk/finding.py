"""Articles by outlet, by words, by headline: /latest, /search and /article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.intake.identity import canonical_url
from bot.locales import _, ngettext
from bot.model import Article
from bot.newsroom import Newsroom
from bot.store.articles import look_up_id, look_up_newest
from bot.store.search import search_articles
from bot.talk.buttons import in_rows
from bot.talk.lines import article_line
from bot.talk.pages import SOURCES_SHOWN, article_page
from bot.talk.replies import Block, BlockKind, Button, Reply, Role, told
from bot.text.similar import nearest
from bot.text.words import STOP_TERMS, find_words, fold, terms_of

ARTICLES_SHOWN = 6  # two rows of buttons
ARTICLES_LOOKED_AT = 40
OUTLET_LIKE = 75.0  # similarity from which an outlet is taken for the one that was typed
MOST_WORDS = 12
_NUMBER = re.compile(r"#?([0-9]{1,18})")


def latest_reply(newsroom: Newsroom, typed: str) -> Reply:
    """The newest articles, of one outlet where `typed` names it."""
    source = _look_up_outlet(newsroom, typed) if typed else None
    if typed and source is None:
        return _latest_about(newsroom, typed)
    articles = newsroom.latest(limit=ARTICLES_SHOWN, source=source)
    if not articles:
        return told(_("There is no article yet."))
    lead = _("The newest articles of {outlet}") if source else _("The newest articles")
    return _listed(lead.format(outlet=source), articles)


def _latest_about(newsroom: Newsroom, typed: str) -> Reply:
    """The newest articles with the words typed, which name no outlet."""
    terms = _asked_terms(typed)
    found = _find_articles(newsroom, terms) if terms else []
    full = [a for a in found if set(terms) <= set(terms_of(f"{a.title or ''} {a.text}"))]
    if not full:
        words = _("No outlet is called “{typed}”, and no article holds these words.")
        known = ", ".join(name for name, _count in newsroom.sources()[:SOURCES_SHOWN])
        if known:
            words = _(
                "No outlet is called “{typed}”, and no article holds these words. Outlets here: "
                "{outlets}."
            )
        return told(words.format(typed=typed[:60], outlets=known))
    full.sort(key=lambda a: a.day or date.min, reverse=True)
    lead = _("No outlet is called “{typed}”. The newest with these words")
    return _listed(lead.format(typed=typed[:60]), full)


def _asked_terms(typed: str) -> list[str]:
    """The words that count in what was typed, as the index knows them."""
    return [t for t in dict.fromkeys(terms_of(typed)) if t not in STOP_TERMS][:MOST_WORDS]


def search_reply(newsroom: Newsroom, typed: str) -> Reply:
    """The articles that hold the words typed: all of them where any does, else some."""
    terms = _asked_terms(typed)
    if not terms:
        return told(_("Which words? For example: /search harbour strike"))
    read = _respelt(newsroom, typed)
    if read:
        terms = _asked_terms(" ".join(read.get(word, word) for word in _words(typed)))
    found = _find_articles(newsroom, terms)
    if not found:
        return told(_("No article holds any of these words: {typed}").format(typed=typed[:100]))
    full = [a for a in found if set(terms) <= set(terms_of(f"{a.title or ''} {a.text}"))]
    lead = _found_lead(len(full or found), has_all=bool(full))
    reply = _listed(lead, (full or found)[:ARTICLES_SHOWN])
    if not read:
        return reply
    shown = Block(BlockKind.TEXT, _("Read as: {read}").format(read=", ".join(read.values())))
    return replace(reply, blocks=(*reply.blocks, shown))


def _found_lead(count: int, *, has_all: bool) -> str:
    """How many articles hold the words, all of them or some."""
    if has_all and count >= ARTICLES_LOOKED_AT:
        words = ngettext(
            "More than {n} article holds your words",
            "More than {n} articles hold your words",
            count,
        )
    elif has_all:
        words = ngettext("{n} article holds your words", "{n} articles hold your words", count)
    elif count >= ARTICLES_LOOKED_AT:
        words = ngettext(
            "More than {n} article holds some of your words, none all of them",
            "More than {n} articles hold some of your words, none all of them",
            count,
        )
    else:
        words = ngettext(
            "{n} article holds some of your words, none all of them",
            "{n} articles hold some of your words, none all of them",
            count,
        )
    return words.format(n=count)


def _words(typed: str) -> list[str]:
    return [word.folded for word in find_words(typed)[:MOST_WORDS]]


def _respelt(newsroom: Newsroom, typed: str) -> dict[str, str]:
    """The words typed that the store does not know, with the word of the store that was meant."""
    near = {word: newsroom.answerer.respelt(word) for word in dict.fromkeys(_words(typed))}
    return {word: meant for word, meant in near.items() if meant}


def article_reply(newsroom: Newsroom, typed: str, role: Role = Role.READER) -> Reply:
    """One article, by its id, its link or words of its headline; several to choose from, or what
    to do where there is none."""
    if not typed:
        return told(
            _("Which article? Send words of its headline, its link or id: /article bridge opens")
        )
    chosen = [a for a in find_named(newsroom, typed) if a.removed is None]
    if not chosen and (found := _find_articles(newsroom, _asked_terms(typed))):
        return _listed(_("No headline has all these words. Nearest"), found[:3])
    if not chosen:
        return told(
            _(
                "I have no article with the id, link or headline “{typed}”. "
                "/search WORDS looks into the texts, /latest lists the newest."
            ).format(typed=typed[:60])
        )
    if len(chosen) == 1:
        return article_page(newsroom, chosen[0], role)
    return _listed(_("Which one?"), chosen[:ARTICLES_SHOWN])


def find_named(newsroom: Newsroom, typed: str) -> list[Article]:
    """The articles that `typed` names, as they are now: by their number ("#815", or "815" where
    that is no id), their id (also of those that were removed), their link, or words of their
    headline."""
    store = newsroom.store
    number = _NUMBER.fullmatch(typed)
    by_number = look_up_id(store, int(number.group(1))) if number else None
    address = canonical_url(typed) if typed.startswith(("http://", "https://")) else None
    first = by_number if typed.startswith("#") else None
    for article_id in (first, typed, address, by_number):
        if article_id and (article := look_up_newest(store, article_id)) is not None:
            return [article]
    terms = _asked_terms(typed)
    found = _find_articles(newsroom, terms)
    linked = [a for a in found if a.url and a.url.rstrip("/") == typed.rstrip("/")]
    titled = [a for a in found if terms and set(terms) <= set(terms_of(a.title or ""))]
    return linked or titled


def _find_articles(newsroom: Newsroom, terms: Sequence[str]) -> list[Article]:
    hits = search_articles(newsroom.store, terms, limit=ARTICLES_LOOKED_AT)
    found = (newsroom.look_up_version(hit.row) for hit in hits)
    return [article for article in found if article is not None]


def _look_up_outlet(newsroom: Newsroom, typed: str) -> str | None:
    """The outlet that was meant: its name, a part of it, or a slip of the pen."""
    names = {fold(name): name for name, _count in newsroom.sources()}
    wanted = fold(" ".join(typed.split())).removeprefix("from ").removeprefix("of ")
    if wanted in names:
        return names[wanted]
    inside = [name for folded, name in names.items() if wanted in folded]
    if len(inside) == 1:
        return inside[0]
    bare = {folded.removeprefix("the "): name for folded, name in names.items()}
    near = nearest(wanted.removeprefix("the "), list(bare), limit=1, at_least=OUTLET_LIKE)
    return bare[near[0][0]] if near else None


def _listed(lead: str, articles: Sequence[Article]) -> Reply:
    """Articles as numbered lines, with a button for each; as many as a message bears."""
    blocks = [Block(BlockKind.LEAD, lead)]
    buttons: list[Button] = []
    for number, article in enumerate(articles[:ARTICLES_SHOWN], 1):
        line = f"{number}. {article_line(article)}"
        blocks.append(Block(BlockKind.TEXT, line, url=article.url))
        buttons.append(
            Button(_("Article {number}").format(number=number), f"ctx:{article.key}:0:0")
        )
    return Reply(tuple(blocks), in_rows(buttons))
