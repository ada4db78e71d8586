"""Word documents (.docx) as articles: their paragraphs, without comments, notes and deletions."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from bot.errors import IntakeError
from bot.intake import limits
from bot.intake.pastes import read_paste
from bot.locales import N_
from bot.locales.said import say
from bot.model import Draft

_MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}

_MACROS = N_("This document holds macros. Save it without them (.docx) and send that.")
NO_DOCUMENT = N_("This is no Word document, whatever its ending says.")


def read_docx(data: bytes) -> Draft:
    """The article in a Word document; its text is the paragraphs, a blank line apart.

    Nothing in it is run, and nothing outside it is looked up. Raises IntakeError for what is no
    document, holds macros, or is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            xml = _main_part(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise IntakeError(say(NO_DOCUMENT)) from error
    except (NotImplementedError, RuntimeError) as error:
        raise IntakeError(
            say("The document is protected by a password, or packed oddly.")
        ) from error
    paragraphs = [text for p in _paragraphs(xml) if (text := p.strip())]
    if not paragraphs:
        raise IntakeError(say("The document holds no text."))
    return read_paste("\n\n".join(paragraphs))


def _main_part(package: zipfile.ZipFile) -> bytes:
    names = set(package.namelist())
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise IntakeError(say(_MACROS))
    if _MAIN not in names:
        raise IntakeError(say(NO_DOCUMENT))
    info = package.getinfo(_MAIN)
    too_large = IntakeError(
        say(
            "The document's text takes more than {n} MB unpacked.",
            n=limits.DOCUMENT_BYTES // 2**20,
        )
    )
    if info.file_size > limits.DOCUMENT_BYTES or (
        info.file_size > limits.RATIO_FROM_BYTES
        and info.file_size > limits.PACKED_RATIO * max(info.compress_size, 1)
    ):
        raise too_large
    with package.open(info) as part:
        xml = part.read(limits.DOCUMENT_BYTES + 1)
    if len(xml) > limits.DOCUMENT_BYTES:
        raise too_large
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise IntakeError(
            say("The document defines words of its own (DTD), which no writer does.")
        )
    return xml


def _paragraphs(xml: bytes) -> Iterator[str]:
    """The text of each paragraph in the body, in order; text boxes stand where they hang."""
    from lxml import etree

    events = etree.iterparse(
        io.BytesIO(xml),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    parts: list[list[str]] = []
    chars = skipped = 0
    try:
        for event, element in events:
            if element.tag == _FALLBACK:
                skipped += 1 if event == "start" else -1
            elif skipped:
                pass
            elif event == "start" and element.tag == f"{_W}p":
                parts.append([])
            elif event == "end" and parts:
                parts[-1].append(_told(element))
                if element.tag == f"{_W}p":
                    text = "".join(parts.pop())
                    chars += len(text)
                    if chars > limits.ARTICLE_CHARS:
                        raise IntakeError(
                            say(
                                "The document has more than {n} characters.",
                                n=limits.ARTICLE_CHARS,
                            )
                        )
                    yield text
            if event == "end":
                element.clear()
    except etree.XMLSyntaxError as error:
        raise IntakeError(say("The document is broken: its text cannot be read.")) from error


def _told(element: Any) -> str:
    if element.tag == f"{_W}t":
        return str(element.text or "")
    return _BREAKS.get(element.tag, "")
