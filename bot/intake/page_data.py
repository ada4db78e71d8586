"""The structured data in a page: JSON-LD as sites write it, and what of it is the page's own."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

HtmlElement: TypeAlias = Any
"""A node of lxml, which comes without types."""
Item: TypeAlias = dict[str, Any]

_BLOCK_CHARS = 500_000
"""A longer block is a catalogue of a site, not the facts of one article."""
_MOST_ITEMS = 500
_LIST_KEYS = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "liveBlogUpdate")
"""Where the page's own item may lie within another; what is in an `itemListElement` is others'."""
_WRAPPERS = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)")
_WRAPPERS_END = re.compile(r"(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*$")
_LOOSE_COMMA = re.compile(r",(?=\s{0,50}[}\]])")

ARTICLE_TYPES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle "
    "OpinionNewsArticle ReviewNewsArticle AskPublicNewsArticle AdvertiserContentArticle "
    "BlogPosting Report LiveBlogPosting SatiricalArticle ScholarlyArticle TechArticle".split()
)


def find_items(tree: HtmlElement) -> list[Item]:
    """The objects of the JSON-LD blocks of a page, those within others as well, in order.

    A property that only refers to another object (`@id`) holds that object instead.
    """
    items: list[Item] = []
    for script in tree.iter("script"):
        content = script.text or ""
        if "ld+json" not in (script.get("type") or "").lower() or len(content) > _BLOCK_CHARS:
            continue
        for item in _unfold(_parse(content)):
            items.append(item)
            if len(items) >= _MOST_ITEMS:
                break
    known = {i["@id"]: i for i in items if isinstance(i.get("@id"), str) and len(i) > 1}
    return [{key: _resolved(value, known) for key, value in item.items()} for item in items]


def _parse(content: str) -> Any:
    """The value in a block, with the usual mistakes forgiven; None for what cannot be read."""
    content = _WRAPPERS_END.sub("", _WRAPPERS.sub("", content)).strip().rstrip(";")
    for text in (content, _LOOSE_COMMA.sub("", content)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _unfold(value: Any, depth: int = 0) -> Iterator[Item]:
    if depth > 4:
        return
    if isinstance(value, list):
        for part in value[:_MOST_ITEMS]:
            yield from _unfold(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _LIST_KEYS:
            yield from _unfold(value.get(key), depth + 1)


def _resolved(value: Any, known: dict[str, Item]) -> Any:
    if isinstance(value, dict) and set(value) == {"@id"} and isinstance(value["@id"], str):
        return known.get(value["@id"], value)
    if isinstance(value, list):
        return [_resolved(part, known) for part in value[:_MOST_ITEMS]]
    return value


def types_of(item: Item) -> set[str]:
    """The names of its types, without the vocabulary's address."""
    kinds = item.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return {re.split(r"[/#:]", kind)[-1] for kind in kinds if isinstance(kind, str)}


def words_of(value: Any) -> str | None:
    """The first text in `value` on one line, or None; a text may be escaped once too often."""
    if isinstance(value, list):
        value = next((part for part in value if isinstance(part, str)), None)
    if not isinstance(value, str):
        return None
    return " ".join(html.unescape(value).split())[:500] or None


def names_of(value: Any) -> list[str]:
    """The names of the persons or bodies in `value`, which may be texts, objects or lists."""
    if isinstance(value, list):
        return [name for part in value[:20] for name in names_of(part)]
    if isinstance(value, dict):
        return names_of(value.get("name"))
    name = words_of(value)
    return [name] if name and not re.match(r"https?://|www\.|@", name) else []
