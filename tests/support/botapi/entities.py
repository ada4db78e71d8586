"""Text as Telegram reads it: HTML into entities with the server's own errors, and found entities.

Source: the behaviour of `parse_html` in the public TDLib sources, which the Bot API server uses.
"""

from __future__ import annotations

import re
from typing import Any

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
MOST_ENTITIES = 100  # what goes beyond loses its formatting in silence
SPACES = " \t\r\n\v\f\0"

_NUMBERED = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,9}));?")
_NAMED = re.compile(r"&(lt|gt|amp|quot);?")
_COMMAND = re.compile(r"(?<![\w/@<>])/([A-Za-z0-9_]{1,64})(?:@([A-Za-z][A-Za-z0-9_]{2,31}))?\b")
_MENTION = re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{2,31}\b")
_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"']{1,2000}")
_HASHTAG = re.compile(r"(?<![\w#])#\w{1,64}")

Entity = dict[str, Any]


class ParseError(Exception):
    """The markup is broken; the message is what the server says after "can't parse entities: "."""


def utf16_length(text: str) -> int:
    """How many UTF-16 units `text` takes: what Telegram counts in."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def cut_utf16(text: str, offset: int, length: int) -> str:
    """The part of `text` that starts at UTF-16 `offset` and is `length` units long."""
    data = text.encode("utf-16-le", "surrogatepass")
    return data[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The bare text of `source` and its entities, or a `ParseError` in the server's words."""
    return _HtmlReader(source).read()


class _HtmlReader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.offset = 0
        self.open: list[tuple[str, str, int]] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        source = self.source
        while self.at < len(source):
            character = source[self.at]
            if character == "<":
                if source.startswith("/", self.at + 1):
                    self._close_tag()
                else:
                    self._open_tag()
                continue
            if character == "&":
                character, self.at = _decode(source, self.at)
            else:
                self.at += 1
            self.out.append(character)
            self.offset += utf16_length(character)
        if self.open:
            raise ParseError(
                f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"'
            )
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.out), self.entities

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _here(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _skip(self, characters: str) -> None:
        while self._here() and self._here() in characters:
            self.at += 1

    def _until(self, characters: str) -> str:
        start = self.at
        while self._here() and self._here() not in characters:
            self.at += 1
        return self.source[start : self.at]

    def _unclosed(self, begin: int) -> ParseError:
        return ParseError(f"Unclosed start tag at byte offset {self._byte(begin)}")

    def _open_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self._until(SPACES + ">").lower()
        if not self._here():
            raise self._unclosed(begin)
        if name not in TAGS:
            raise ParseError(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        argument = ""
        while True:
            self._skip(SPACES)
            if self._here() == ">":
                break
            key, value = self._attribute(name, begin)
            argument = _argument(name, key, value) or argument
        self.at += 1
        if name == "span" and argument != "tg-spoiler":
            where = self._byte(begin)
            raise ParseError(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.open.append((name, argument, self.offset))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        key = self._until(SPACES + "=>/\"'")
        if not key:
            if not self._here():
                raise self._unclosed(begin)
            raise ParseError(
                f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}'
            )
        self._skip(SPACES)
        if self._here() != "=":
            return key.lower(), ""
        self.at += 1
        self._skip(SPACES)
        mark = self._here()
        if not mark:
            raise self._unclosed(begin)
        if mark not in "'\"":
            start = self.at
            while self._here() and (self._here().isalnum() or self._here() in ".-"):
                self.at += 1
            if self._here() and self._here() not in SPACES + ">":
                raise ParseError(
                    f"Unexpected end of name token at byte offset {self._byte(start)}"
                )
            return key.lower(), self.source[start : self.at].lower()
        self.at += 1
        raw = self._until(mark)
        if not self._here():
            raise self._unclosed(begin)
        self.at += 1
        return key.lower(), unescape(raw)

    def _close_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise ParseError(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.at += 2
        name = self._until(SPACES + ">")
        self._skip(SPACES)
        if self._here() != ">":
            raise ParseError(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        expected, argument, start = self.open.pop()
        if name and name.lower() != expected:
            raise ParseError(
                f"Unmatched end tag at byte offset {self._byte(begin)}, "
                f'expected "</{expected}>", found "</{name}>"'
            )
        if self.offset > start:
            entity = _entity(expected, argument, start, self.offset - start)
            if entity is not None:
                self.entities.append(entity)


def _argument(tag: str, key: str, value: str) -> str:
    if (tag, key) in {("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "unix")}:
        return value
    if tag in {"span", "code"} and key == "class":
        return value.removeprefix("language-")
    return "expandable" if (tag, key) == ("blockquote", "expandable") else ""


def _entity(tag: str, argument: str, offset: int, length: int) -> Entity | None:
    kind = TAGS[tag]
    entity: Entity = {"type": kind, "offset": offset, "length": length}
    if kind == "text_link":
        if not re.match(r"(?:https?|tg|ton)://[^\s/]|mailto:", argument) and "." not in argument:
            return None  # not an address: the words stay, the link does not
        entity["url"] = argument
    elif kind == "blockquote" and argument:
        entity["type"] = "expandable_blockquote"
    elif kind == "custom_emoji":
        entity["custom_emoji_id"] = argument
    elif kind == "date_time":
        entity["unix_time"] = int(argument) if argument.isdigit() else 0
    elif kind == "code" and argument:
        entity["language"] = argument
    return entity


def _decode(source: str, at: int) -> tuple[str, int]:
    numbered = _NUMBERED.match(source, at)
    if numbered:
        code = int(numbered[1], 16) if numbered[1] else int(numbered[2])
        if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000:
            return chr(code), numbered.end()
    named = _NAMED.match(source, at)
    if named:
        return NAMED[named[1]], named.end()
    return "&", at + 1


def unescape(text: str) -> str:
    """`text` with the few character references that Telegram knows decoded."""
    out: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == "&":
            character, at = _decode(text, at)
            out.append(character)
        else:
            out.append(text[at])
            at += 1
    return "".join(out)


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """`text` without white space at its ends, and the entities moved with it."""
    bare = text.lstrip(SPACES)
    lead = utf16_length(text) - utf16_length(bare)
    bare = bare.rstrip(SPACES)
    room = utf16_length(bare)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, room)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return bare, moved


def found_entities(text: str) -> list[Entity]:
    """The commands, mentions, addresses and hashtags that Telegram finds in plain `text`."""
    found: list[Entity] = []
    for kind, pattern in (
        ("url", _ADDRESS),
        ("bot_command", _COMMAND),
        ("mention", _MENTION),
        ("hashtag", _HASHTAG),
    ):
        for match in pattern.finditer(text):
            offset = utf16_length(text[: match.start()])
            length = utf16_length(match[0])
            if not any(
                offset < other["offset"] + other["length"] and other["offset"] < offset + length
                for other in found
            ):
                found.append({"type": kind, "offset": offset, "length": length})
    return sorted(found, key=lambda entity: entity["offset"])
