"""Which stored article is meant: by number, id, link, headline, or the message replied to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.locales import _
from bot.model import Article
from bot.newsroom import Newsroom
from bot.store.articles import find_removed, look_up_id, look_up_newest
from bot.talk.buttons import MOST_NUMBER, in_rows
from bot.talk.finding import ARTICLES_SHOWN as SHOWN
from bot.talk.finding import find_named
from bot.talk.lines import article_line
from bot.talk.marked import find_in_message
from bot.talk.replies import Block, BlockKind, Button, Incoming, Reply, Role, told
from bot.text.words import STOP_TERMS, terms_of

RESTORE = "restore"
OF_STORED = ("edit", "correct")
"""The commands that change an article, which a removed one cannot be."""
REMOVED_LOOKED_AT = 500  # headlines; what was removed long before has its number
NUMBER_IN = re.compile(r"#([0-9]{1,18})\b")


class Naming:
    """Finds the article that a command, a button or a reply speaks of."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._store = newsroom.store

    def named(self, incoming: Incoming, typed: str, command: str) -> Article | Reply:
        """The article that is meant, by what was typed or by the message replied to; or what is
        said where there is none, or several."""
        if not typed and incoming.reply_to:
            number = NUMBER_IN.search(incoming.reply_to)
            if number and (article := self.by_number(number.group(1))) is not None:
                return article
            if (found := find_in_message(self._newsroom, incoming.reply_to)) is not None:
                return found.article
        if (
            not typed
            and command == RESTORE
            and (removed := find_removed(self._store, limit=SHOWN))
        ):
            return _choice(removed, command)
        if not typed:
            return told(
                _(
                    "Which article? Send /{command} with its number, its link or words of its "
                    "headline (“/{command} #12”), or send /{command} in reply to an answer from "
                    "it."
                ).format(command=command)
            )
        found_ones = find_named(self._newsroom, typed)
        by_words = NUMBER_IN.fullmatch(typed) is None
        if by_words and (command == RESTORE or not found_ones):
            found_ones = self._removed(typed) or found_ones
        if not found_ones:
            return told(
                _(
                    "I have no article with the number, id, link or headline “{words}”. /search "
                    "WORDS looks into the texts."
                ).format(words=typed[:60])
            )
        if len(found_ones) > 1:
            return _choice(found_ones, command)
        (article,) = found_ones
        if article.removed is not None and command in OF_STORED:
            return told(
                _("#{number} is removed: {article}. It can be changed once it is back.").format(
                    number=article.key, article=article_line(article)
                ),
                Button(_("Bring it back"), f"back:{article.key}"),
            )
        return article

    def _removed(self, typed: str) -> list[Article]:
        """The removed articles whose headline has all the words typed."""
        terms = set(terms_of(typed)) - STOP_TERMS
        removed = find_removed(self._store, limit=REMOVED_LOOKED_AT) if terms else []
        return [a for a in removed if terms <= set(terms_of(a.title or ""))]

    def by_number(self, number: str) -> Article | None:
        """The article, as it is now, of the version with this number in the store."""
        if not (number.isascii() and number.isdigit()) or int(number) > MOST_NUMBER:
            return None
        article_id = look_up_id(self._store, int(number))
        return look_up_newest(self._store, article_id) if article_id else None

    def on_article(
        self, role: Role, act: Callable[[Incoming, Article], Reply]
    ) -> Callable[[Incoming, str], Reply | None]:
        """What a button does whose code names an article by a version's number."""

        def press(incoming: Incoming, code: str) -> Reply | None:
            if not incoming.role.may(role):
                return Reply(toast=_("You may not do that any more."))
            article = self.by_number(code)
            if article is None:
                return Reply(toast=_("That article is no longer in the store."))
            return replace(act(incoming, article), edits=True)

        return press


def told_article(
    lead: str,
    article: Article,
    then: str,
    *,
    words: str = "",
    undo: int | None = None,
) -> Reply:
    """What was done to an article, with the buttons that make sense then."""
    blocks = [Block(BlockKind.LEAD, lead), Block(BlockKind.TEXT, article_line(article))]
    if words:
        blocks.append(Block(BlockKind.TEXT, words))
    buttons = [Button(_("Undo"), f"undo:{undo}")] if undo is not None else []
    buttons += {
        "open": [Button(_("Open it"), f"ctx:{article.key}:0:0")],
        "back": [Button(_("Bring it back"), f"back:{article.key}")],
        "purge": [],
    }[then]
    return Reply(tuple(blocks), (tuple(buttons),) if buttons else ())


def is_version(text: str) -> bool:
    """Whether `text` is a number such as a version or a page has."""
    return text.isascii() and text.isdigit() and len(text) < 10


def _choice(articles: Sequence[Article], command: str) -> Reply:
    """The articles that may be meant, each with a button that does to it what was asked."""
    shown = articles[:SHOWN]
    lines = [f"#{a.key} · {article_line(a)}" for a in shown]
    words = _("Which one? Send /{command} with its number.").format(command=command)
    buttons = [Button(f"#{a.key}", f"cmd:/{command} #{a.key}") for a in shown]
    return Reply(told("\n".join([words, *lines])).blocks, in_rows(buttons))
