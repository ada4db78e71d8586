"""What makes an article the same article: its id."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit, urlunsplit

from bot.model import Draft, day_of

_HASH_CHARS = 16
"""64 bits: among a million articles, two share an id with a chance of one in 37 million."""

_BEGINNING_CHARS = 300
"""So much of a text without a title tells it from others; a later correction rarely reaches it."""

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]{0,30}://|file:)\S{1,4000}", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether `text` is one address, of whatever kind; only some kinds can be fetched."""
    return _ADDRESS.fullmatch(text.strip()) is not None


def identify(draft: Draft) -> str:
    """The id of `draft`: its own, else its canonical URL, else a hash of title, day and outlet.

    Without a title the text's beginning stands for it. The same draft has the same id in every
    run and on every machine.
    """
    if draft.id:
        return draft.id
    if draft.url:
        url = canonical_url(draft.url)
        if url:
            return url
    day = day_of(draft.published)
    what = draft.title or draft.text[:_BEGINNING_CHARS]
    key = "\n".join((_plain(what), day.isoformat() if day else "", _plain(draft.source or "")))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_CHARS]


def canonical_url(url: str) -> str:
    """`url` without what does not tell pages apart: tracking, fragment, the host's letter case.

    An address that cannot be parsed comes back trimmed.
    """
    from courlan import clean_url

    url = "".join(url.split())
    cleaned = clean_url(url) or url
    try:
        parts = urlsplit(cleaned)
        host = (parts.hostname or "") + _port(parts.scheme, parts.port)
    except ValueError:
        return url
    if not parts.scheme or not host:
        return cleaned
    path = parts.path or "/"
    return urlunsplit((parts.scheme.lower(), host.lower(), path, parts.query, ""))


def _port(scheme: str, port: int | None) -> str:
    if port is None or (scheme.lower(), port) in (("http", 80), ("https", 443)):
        return ""
    return f":{port}"


def _plain(words: str) -> str:
    """`words` in lower case without marks, so that a changed quotation mark is no new article."""
    return " ".join(re.findall(r"\w+", words.lower()))
