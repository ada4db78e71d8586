"""Lists of feeds as other readers write them (OPML): read and written without losing anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from bot.errors import IntakeError
from bot.locales.said import say

OPML_BYTES = 5 * 1024 * 1024
"""Some ten thousand feeds; a longer list is none that a person made."""

_MOST_OUTLINES = 10_000
_MOST_DEPTH = 20
OWN = "urn:newsbot:opml"
"""The namespace of what we note beside what other readers know."""

Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outline:
    """One entry of a list: its attributes as they stand, and those of the folders around it, the
    outermost first. `url` is the feed's address; None for a note, a link or an empty folder."""

    attributes: Attributes
    folders: tuple[Attributes, ...] = ()

    @property
    def url(self) -> str | None:
        return self._look_up("xmlurl")

    @property
    def title(self) -> str | None:
        return self._look_up("title") or self._look_up("text")

    @property
    def site(self) -> str | None:
        return self._look_up("htmlurl")

    def own(self, name: str) -> str | None:
        """What we noted ourselves under `name`."""
        return self.attributes.get(f"{{{OWN}}}{name}") or None

    def _look_up(self, name: str) -> str | None:
        """The attribute `name` in whatever letter case; blank ones count as missing."""
        for key, value in self.attributes.items():
            if key.lower() == name and value.strip():
                return value.strip()
        return None


@dataclass(frozen=True, slots=True)
class FeedList:
    """A list of feeds: the elements of its head as (name, text), and its outlines in order."""

    outlines: tuple[Outline, ...]
    head: tuple[tuple[str, str], ...] = field(default=())


def parse_opml(data: bytes) -> FeedList:
    """The list in `data`. Raises IntakeError for what is none."""
    if len(data) > OPML_BYTES:
        raise IntakeError(say("The list of feeds is larger than {n} MB.", n=OPML_BYTES // 2**20))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise IntakeError(say("This is no list of feeds (OPML).")) from error
    body = root.find("body") if root is not None and root.tag == "opml" else None
    if body is None:
        raise IntakeError(say("This is no list of feeds (OPML)."))
    head = root.find("head")
    told = tuple(
        (child.tag, (child.text or "").strip())
        for child in (head if head is not None else ())
        if isinstance(child.tag, str)
    )
    outlines: list[Outline] = []
    for outline in _outlines_in(body, ()):
        outlines.append(outline)
        if len(outlines) > _MOST_OUTLINES:
            raise IntakeError(say("The list holds more than {n} feeds.", n=_MOST_OUTLINES))
    return FeedList(tuple(outlines), told)


def _outlines_in(element: Any, folders: tuple[Attributes, ...]) -> Iterator[Outline]:
    if len(folders) > _MOST_DEPTH:
        raise IntakeError(say("The list's folders are more than {n} deep.", n=_MOST_DEPTH))
    for child in element.iterchildren("outline"):
        outline = Outline(dict(child.attrib), folders)
        inner = list(child.iterchildren("outline"))
        if outline.url is not None or (not inner and child.attrib):
            yield outline
        if inner:
            around = folders if outline.url is not None else (*folders, outline.attributes)
            yield from _outlines_in(child, around)


def write_opml(feeds: FeedList) -> bytes:
    """`feeds` as a document; outlines that follow one another in the same folder share it."""
    uses_own = any(key.startswith(f"{{{OWN}}}") for o in feeds.outlines for key in o.attributes)
    root = etree.Element("opml", nsmap={"newsbot": OWN} if uses_own else None, version="2.0")
    head = etree.SubElement(root, "head")
    for name, text in feeds.head:
        etree.SubElement(head, name).text = text
    body = etree.SubElement(root, "body")
    opened: list[tuple[Attributes, Any]] = []
    for outline in feeds.outlines:
        shared = _shared(opened, outline.folders)
        del opened[shared:]
        for folder in outline.folders[shared:]:
            above = opened[-1][1] if opened else body
            opened.append((folder, etree.SubElement(above, "outline", dict(folder))))
        above = opened[-1][1] if opened else body
        etree.SubElement(above, "outline", dict(outline.attributes))
    etree.indent(root)
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return document + b"\n"


def _shared(opened: Sequence[tuple[Attributes, Any]], folders: Sequence[Attributes]) -> int:
    """How many of the folders that are open are those of the next outline, from the outermost."""
    count = 0
    for (one, _), other in zip(opened, folders, strict=False):
        if one != other:
            break
        count += 1
    return count
