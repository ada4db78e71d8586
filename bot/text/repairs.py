"""Repairs of characters: what damaged text means, found as edits `(start, end, new)`."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

# ------------------------------------------------------------------------------- mojibake
_TAIL = "".join(
    sorted(
        {bytes([b]).decode("cp1252", "ignore") for b in range(0x80, 0xC0)}
        | {chr(b) for b in range(0x80, 0xC0)} - {""}
    )
)
"""How the later bytes of a UTF-8 character look when read as Windows-1252 or Latin-1."""

_PUNCTUATION = "‘’“”–—…‹›«»"
"""Tail characters that may well stand beside an accented capital in a good text ("CAFÉ”")."""

_TAIL_CLASS = "[" + re.escape(_TAIL) + "]"
_SAFE_TAIL_CLASS = "[" + re.escape("".join(set(_TAIL) - set(_PUNCTUATION))) + "]"

_MOJIBAKE = re.compile(
    # General punctuation, currency and letter-like signs: nobody writes "â€" on purpose.
    rf"â[€\x80‚\x82„\x84†\x86]{_TAIL_CLASS}"
    # Latin letters with accents. Within a word any tail is damage; elsewhere only a safe one.
    rf"|[ÂÃÄÅ]{_SAFE_TAIL_CLASS}"
    rf"|(?<=[A-Za-z])[ÃÄÅ]{_TAIL_CLASS}(?=[A-Za-z])"
    # Emoji, the byte order mark, ligatures.
    rf"|ð[Ÿ\x9f]{_TAIL_CLASS}{{2}}|ï»¿|ï¬[\x80-\x86€‚ƒ„…†]"
    # Quotation marks and dashes read as Mac Roman.
    r"|‚Ä[úùôòìî¶¢]"
)
_MOJIBAKE_HINT = re.compile("[ÂÃÄÅâðï‚]")


def find_mojibake(text: str) -> Iterator[tuple[int, int, str]]:
    """Edits that decode UTF-8 which was read as Windows-1252, Latin-1 or Mac Roman.

    Each sequence is judged by itself, so that good text beside it is safe and places stay exact.
    """
    if text.isascii() or not _MOJIBAKE_HINT.search(text):
        return
    for match in _MOJIBAKE.finditer(text):
        new = _decode(match.group())
        if new is not None:
            yield match.start(), match.end(), new


def _decode(damaged: str) -> str | None:
    """What `damaged` was before it was decoded wrongly, or None where it is no such thing."""
    try:
        if damaged[0] == "‚":
            return damaged.encode("mac_roman").decode("utf-8")
        raw = b"".join(_byte(char) for char in damaged)
        return raw.decode("utf-8")
    except UnicodeError:
        return None


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


# -------------------------------------------------------------------------------- accents
_APART = re.compile(r"[A-Za-z][\u0300-\u0308\u030a-\u030c\u0327\u0328]")


def find_apart(text: str) -> Iterator[tuple[int, int, str]]:
    """Edits that join a letter with the accent written after it as a character of its own."""
    if text.isascii():
        return
    for match in _APART.finditer(text):
        new = unicodedata.normalize("NFC", match.group())
        if len(new) == 1:
            yield match.start(), match.end(), new


# --------------------------------------------------------------------------------- debris
_BREAK_TAGS = frozenset({"br", "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"})
_TAG_NAMES = (
    "tweet|a|b|i|u|em|strong|span|img|blockquote|sup|sub|small|figure|figcaption|iframe|font|cite"
    "|br|p|div|li|ul|ol|h[1-6]"
)
_DEBRIS = re.compile(
    # The bound on a tag's inside keeps a text full of "<a" linear.
    rf"</?(?P<tag>{_TAG_NAMES})(?:[\s/][^<>]{{0,1000}})?>"
    r"|(?P<entity>&(?:amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|[mn]dash|hellip|#\d{1,6}"
    r"|#x[\da-f]{1,5});)"
    r"|(?P<gone>[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffc]"
    r"|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f])"
    r"|(?P<crlf>\r\n)"
    # Markdown: a link's address, a heading's signs, the stars of bold type.
    r"|(?<![\]\w])!?\[(?P<linked>[^\[\]\n]{1,300})\]\((?:https?:|mailto:|/|#)[^()\s]{0,1000}\)"
    r"|(?P<stars>\*\*\*?(?=\w)|(?<=[\w.,!?])\*\*\*?)|(?P<heading>^(?:(?:#{1,6}|>)[ ]+)++(?=\S))"
    r"|(?P<doubled>``|''|‘‘|’’|(?<=[\w.,!?…])\"\"|\"\"(?=\w)|““|””|\"“|”\")",
    re.IGNORECASE | re.MULTILINE,
)
_DEBRIS_HINT = re.compile(
    r"[<&\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc]"
    r"|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
    r"|\r\n|\]\(|\*\*|^[#>]|``|''|‘‘|’’|\"\"|““|””|\"“|”\"",
    re.MULTILINE,
)
_ONE_MARK = {
    "``": '"',
    "''": '"',
    '""': '"',
    "‘‘": "“",
    "’’": "”",
    "““": "“",
    "””": "”",
    '"“': "“",
    '”"': "”",
}


def find_debris(text: str) -> Iterator[tuple[int, int, str]]:
    """Edits that take out tags and characters without width, and settle entities, line ends
    and doubled marks."""
    if not _DEBRIS_HINT.search(text):
        return
    for match in _DEBRIS.finditer(text):
        found = match.group()
        if match.group("linked"):
            if found[0] == "!":
                yield match.start(), match.end(), ""
            else:
                yield match.start(), match.start("linked"), ""
                yield match.end("linked"), match.end(), ""
            continue
        new = _cleaned(match.lastgroup or "", found, match)
        if new != found:
            yield match.start(), match.end(), new


def _cleaned(kind: str, found: str, match: re.Match[str]) -> str:
    if kind == "tag":
        return "\n" if match.group("tag").lower() in _BREAK_TAGS else ""
    if kind == "entity":
        new = html.unescape(found)
        return "" if new == "\0" or "\ud800" <= new <= "\udfff" else new
    if kind == "crlf":
        return "\n"
    if kind == "doubled":
        return _ONE_MARK[found]
    return ""


# --------------------------------------------------------------------- one for one repairs
_ONE_FOR_ONE = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000\t\v\f", " "),
        **{chr(code): " " for code in range(0x2000, 0x200B)},
        **dict.fromkeys("\r\u0085\u2028\u2029", "\n"),
        "＂": '"',
        "❝": "“",
        "❞": "”",
        "‟": "“",
        "❛": "‘",
        "❜": "’",
    }
)
_ODD = re.compile("[\u00a0\u1680\u202f\u205f\u3000\t\v\f\u2000-\u200a\r\u0085\u2028\u2029＂❝❞‟❛❜]")
_TURNED_OPEN = re.compile(r"(?:(?<=\s)|^)”(?=\w)")
_TURNED_CLOSE = re.compile(r"(?<=[\w.,!?…])“(?=[\s.,;:)]|$)")
_TURNED_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[‘`´](?=[^\W\d_])")


def straighten(text: str) -> str:
    """`text`, of the same length, with odd spaces and line ends plain and turned marks righted.

    A mark is righted only where its neighbours leave no doubt: a closing mark right before a
    word, an opening one right after it, an opening one as apostrophe.
    """
    if _ODD.search(text):
        text = text.translate(_ONE_FOR_ONE)
    if "”" in text:
        text = _TURNED_OPEN.sub("“", text)
    if "“" in text:
        text = _TURNED_CLOSE.sub("”", text)
    if "‘" in text or "`" in text or "´" in text:
        text = _TURNED_APOSTROPHE.sub("’", text)
    return text
