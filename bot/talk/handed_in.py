"""What an editor hands in, read: the text itself, or the page that a short post points to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.errors import IntakeError
from bot.intake.identity import canonical_url, is_address
from bot.intake.pastes import read_paste
from bot.locales import _
from bot.model import Draft
from bot.newsroom import Newsroom
from bot.talk.cards import look_up_article
from bot.talk.lines import article_line
from bot.talk.replies import Button, Origin, Reply, told

TEASER_WORDS = 60
"""A forwarded post with a link and fewer words than this points to the article, it is not it."""
_LINK = re.compile(r"https?://[^\s<>\"”’)\]]{4,2000}")
_TAIL = ".,;:!?…"


def read_handed_in(
    newsroom: Newsroom, text: str, links: Sequence[str], origin: Origin | None
) -> tuple[Draft, str]:
    """The article in what was handed in, and a remark on where it is from.

    Raises IntakeError.
    """
    bare = text.strip()
    if is_address(bare):
        return read_page(newsroom, bare), ""
    found = list(dict.fromkeys(links))
    if origin is not None and not found:
        found = list(dict.fromkeys(links_in(text)))
    remark = ""
    if found and len(text.split()) < TEASER_WORDS:
        fetched = newsroom.fetch(found[0])
        if fetched.draft is not None:
            draft = fetched.draft
            if draft.published is None and origin is not None:
                draft = replace(draft, published=origin.written)
            return draft, _("Read from the link in the post.")
        remark = _("The link in it was not read: {why}").format(why=fetched.refusal)
    draft = read_paste(text)
    if draft.url is None and len(found) == 1:
        draft = replace(draft, url=found[0])
    if origin is not None:
        draft = _from_origin(draft, origin)
        remark = remark or _("Forwarded from {name}.").format(name=origin.name)
    return draft, remark


def read_page(newsroom: Newsroom, address: str) -> Draft:
    """The article of the page there. Raises IntakeError."""
    fetched = newsroom.fetch(address)
    if fetched.draft is None:
        raise IntakeError(
            _("{refusal} You can paste the article's text, or send it as a file.").format(
                refusal=fetched.refusal
            )
        )
    return fetched.draft


def look_up_linked(newsroom: Newsroom, text: str, links: Sequence[str]) -> Reply | None:
    """What is said where the one link of a short post is stored already."""
    found = list(dict.fromkeys(links or links_in(text)))
    if len(found) != 1 or len(text.split()) >= TEASER_WORDS:
        return None
    article = look_up_article(newsroom, canonical_url(found[0]))
    if article is None:
        return None
    words = _("The link is stored already as #{number}: {article}. Nothing has changed.")
    if article.removed:
        words = _(
            "The link is stored already as #{number}: {article}. It was removed: /restore "
            "brings it back. Nothing has changed."
        )
    again = Button(_("Read the page again"), f"fetch:{article.key}")
    return told(
        words.format(number=article.key, article=article_line(article)),
        Button(_("Open it"), f"ctx:{article.key}:0:0"),
        again,
    )


def links_in(text: str) -> tuple[str, ...]:
    """The addresses that stand in the beginning of `text`."""
    return tuple(found.group().rstrip(_TAIL) for found in _LINK.finditer(text[:20_000]))


def _from_origin(draft: Draft, origin: Origin) -> Draft:
    """`draft` with what the post it came as tells, where the text itself does not."""
    source = origin.name if origin.is_channel else None
    return replace(
        draft,
        source=draft.source or source,
        published=draft.published or origin.written,
        url=draft.url or origin.url,
    )
