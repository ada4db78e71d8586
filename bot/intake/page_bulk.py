"""What of a large page is no text of it: scripts, styles, drawings, comments, pictures within."""

from __future__ import annotations

import re
from collections.abc import Iterator

BULK_FROM_BYTES = 500_000
"""A smaller page is parsed as it is; of larger ones most is scripts and their data."""

KEPT_DATA_BYTES = 500_000
"""A block of data about the page (JSON-LD) is kept up to this size; a longer one tells of a whole
site."""

_OPENING = re.compile(
    rb"<(?:(?P<comment>!--)|(?P<name>script|style|svg|template)(?=[\s/>]))", re.IGNORECASE
)
"""No element of a page's own, like <svg-icon>, which may be closed by nothing that we look for."""
_CLOSED = re.compile(rb"[^<>]{0,2000}/>")
"""The rest of the tag of a drawing that is closed as soon as it is opened."""
_CLOSING = {
    name: re.compile(rb"</" + name + rb"\s{0,9}>", re.IGNORECASE)
    for name in (b"script", b"style", b"svg", b"template")
}
_COMMENT_END = re.compile(rb"-->")
_DATA_TYPE = re.compile(rb"ld\+json", re.IGNORECASE)
_TAG_BYTES = 500  # so far into a tag its type is looked for
_PICTURE = re.compile(rb"(?<=[\"'(])data:[^\"'()<>]{200,}", re.IGNORECASE)


def without_bulk(page: bytes) -> bytes:
    """`page` without scripts, styles, drawings, comments and the pictures that are written into
    it; a small page as it is.

    What describes the page in data (JSON-LD) stays, where it is of a page's size. An element
    that is never closed stays, too. UTF-16 has a NUL in every sign, so it stays as it is.
    """
    if len(page) <= BULK_FROM_BYTES or b"\0" in page[:100]:
        return page
    parts: list[bytes] = []
    at = 0
    for start, end in _find_bulk(page):
        parts.append(page[at:start])
        at = end
    parts.append(page[at:])
    return _PICTURE.sub(b"", b"".join(parts))


def _find_bulk(page: bytes) -> Iterator[tuple[int, int]]:
    """Where what is left out starts and ends, in order, not overlapping."""
    unclosed: set[bytes] = set()  # no other one can be closed after it: they are not looked for
    at = 0
    while opening := _OPENING.search(page, at):
        start = opening.start()
        name = (opening["name"] or b"").lower()
        closing = None
        if name == b"svg" and (alone := _CLOSED.match(page, opening.end())):
            at = alone.end()
            continue
        if name not in unclosed:
            closing = (_CLOSING[name] if name else _COMMENT_END).search(page, opening.end())
        if closing is None:
            unclosed.add(name)
            at = opening.end()
            continue
        at = closing.end()
        is_data = name == b"script" and _DATA_TYPE.search(page, start, start + _TAG_BYTES)
        if not is_data or at - start > KEPT_DATA_BYTES:
            yield start, at
