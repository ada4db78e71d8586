"""The text in a feed's entries, which comes as a piece of HTML or as plain words."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>|&(?:#?\w{1,30});")
_MOST_CHARS = 500_000
_MOST_TAGS = 20_000
_BLOCKS = frozenset(
    "p div li ul ol h1 h2 h3 h4 h5 h6 blockquote pre section article header footer table tr td th "
    "dl dt dd figure figcaption hr".split()
)
_NO_TEXT = frozenset(
    "script style template noscript iframe form figcaption svg object embed video audio".split()
)


def read_markup(value: str, *, is_html: bool | None = None) -> str:
    """The paragraphs in `value`, a blank line apart.

    Whether it is HTML is seen from its looks unless told; "" for markup that cannot be read.
    """
    value = value[:_MOST_CHARS].replace("\0", "")
    if is_html is None:
        is_html = bool(_MARKUP.search(value))
    if not is_html:
        return _tidy(value)
    if value.count("<") > _MOST_TAGS:
        return ""
    try:
        tree = html.fragment_fromstring(value, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    pieces: list[str] = []
    skipping: Any = None
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skipping is None and name in _NO_TEXT:
                skipping = element
            if skipping is not None:
                continue
            pieces.append("\n\n" if name in _BLOCKS else "\n" if name == "br" else "")
            pieces.append(_flat(element.text))
            continue
        if event == "end":
            if skipping is element:
                skipping = None
            elif skipping is None and name in _BLOCKS:
                pieces.append("\n\n")
        if skipping is None and element is not tree:
            pieces.append(_flat(element.tail))
    return _tidy("".join(pieces))


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _tidy(text: str) -> str:
    """`text` with lines trimmed and one blank line between its paragraphs."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n\n".join(line for line in lines if line)


def plain_words(text: str | None) -> str:
    """The words of `text` in small letters, so that a mark or a space makes no other text."""
    return " ".join(re.findall(r"\w+", (text or "").lower()))
