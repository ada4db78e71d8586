"""Builders of files for the tests: PDF and Word documents, archives, and broken ones of each."""

from __future__ import annotations

import gzip
import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

HEADLINE = "Tide mill at Ostrow turns again"
PARAGRAPHS = (
    "The tide mill at Ostrow ground its first flour in forty years on Saturday, and the bakers "
    "of three villages stood in line for it.",
    "“My grandfather stopped the wheel with his own hands,” said Hanne Brodersen, who runs the "
    "mill now. “I only had to let it go.”",
    "The county paid 180,000 crowns for the new wheel. School classes may come from 5 May.",
)
ARTICLE = "\n\n".join((HEADLINE, *PARAGRAPHS))


def pdf(pages: Sequence[Sequence[str]], *, compress: bool = True) -> bytes:
    """A PDF with these lines on these pages, in the way that simple writers make them."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"
    objects.append(font)
    kids = []
    for lines in pages:
        shown = b"".join(
            b"(" + _escaped(line) + b") Tj T*\n" if line else b"T*\n" for line in lines
        )
        content = b"BT /F1 11 Tf 14 TL 60 780 Td\n" + shown + b"ET"
        head = b""
        if compress:
            content, head = zlib.compress(content), b" /Filter /FlateDecode"
        kids.append(len(objects) + 2)
        objects.append(
            b"<< /Length %d%s >>\nstream\n" % (len(content), head) + content + b"\nendstream"
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    refs = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), refs)
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def _escaped(line: str) -> bytes:
    data = line.encode("cp1252", "replace")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def encrypted_pdf() -> bytes:
    """A PDF that only a password opens."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([[HEADLINE]])))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{}</w:body>'
    "</w:document>"
)


def docx(paragraphs: Sequence[str], *, raw: str = "", **files: bytes) -> bytes:
    """A Word document with these paragraphs, then `raw` markup; `files` stand beside it."""
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        for text in paragraphs
    )
    return archive(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": _DOCUMENT.format(body + raw).encode(),
            **{name.replace("__", "/"): data for name, data in files.items()},
        }
    )


def archive(files: dict[str, bytes]) -> bytes:
    """A ZIP archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


def locked(data: bytes) -> bytes:
    """A ZIP archive whose files say that they are encrypted."""
    out = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = out.find(mark)
        while place >= 0:
            out[place + at] |= 1
            place = out.find(mark, place + 4)
    return bytes(out)


def liar(data: bytes, count: int) -> bytes:
    """A ZIP archive whose end record counts so many files."""
    at = data.rfind(b"PK\x05\x06")
    return data[: at + 8] + struct.pack("<HH", count, count) + data[at + 12 :]


def _packed_spaces(megabytes: int) -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1) as packed:
        for _ in range(megabytes):
            packed.write(b" " * 1_000_000)
    return out.getvalue()


def _zipped_spaces(name: str, megabytes: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open(name, "w") as file:
        for _ in range(megabytes):
            file.write(b" " * 1_000_000)
    return out.getvalue()


def hostile_files(seed: int = 8128) -> Iterator[tuple[str, bytes]]:
    """Two hundred files (name, content) that are no article, or broken: bombs, cut and scrambled
    files, wrong endings, empty ones, macros, passwords, pictures, and some of 19 MB."""
    chance = random.Random(seed)
    row = json.dumps({"text": ARTICLE}).encode()
    good = {
        "pdf": pdf([[HEADLINE, *PARAGRAPHS]]),
        "docx": docx([HEADLINE, *PARAGRAPHS]),
        "zip": archive({"a.txt": ARTICLE.encode(), "b.json": row}),
        "json.gz": gzip.compress(row),
    }
    for kind, data in good.items():  # 4 x 30
        for n in range(15):
            yield f"cut{n}.{kind}", data[: chance.randrange(2, len(data) - 1)]
        for n in range(15):
            scrambled = bytearray(data)
            for _ in range(chance.randrange(5, 60)):
                scrambled[chance.randrange(4, len(data))] = chance.randrange(256)
            yield f"scrambled{n}.{kind}", bytes(scrambled)
    endings = ("txt", "md", "html", "json", "jsonl", "csv", "pdf", "docx", "zip", "txt.gz")
    for ending in endings:  # 3 x 10
        yield f"empty.{ending}", b""
        yield f"noise.{ending}", b"\x00\x01" + chance.randbytes(4_000)
        yield f"picture.{ending}", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + chance.randbytes(300)
    old_office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + chance.randbytes(2_000)
    for ending in ("doc", "docx", "txt", "xls", "docm"):
        yield f"old.{ending}", old_office
    yield (
        "macros.docx",
        docx([HEADLINE], word__vbaProject__bin=b"x").replace(b"vbaProject/bin", b"vbaProject.bin"),
    )
    yield "macros.docm", good["docx"]
    yield "locked.pdf", encrypted_pdf()
    yield "locked.zip", locked(good["zip"])
    yield "locked.docx", locked(good["docx"])
    yield "scan.pdf", pdf([[], []])
    yield "book.pdf", pdf([["A page of it."]] * 201)
    yield "no-text.docx", docx([])
    laughs = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '" + "&a;" * 500 + "'>]>"
    yield (
        "laughs.docx",
        archive({"word/document.xml": (laughs + _DOCUMENT.format("&b;" * 500)).encode()}),
    )
    packed = _packed_spaces(80)
    for ending in ("txt", "html", "json", "jsonl", "csv", "pdf", "docx", "zip"):
        yield f"bomb.{ending}.gz", packed
    yield "bomb.zip", _zipped_spaces("a.txt", 80)
    yield "bomb.docx", _zipped_spaces("word/document.xml", 80)
    yield "bomb.pdf", pdf([["a" * 40_000_000]])
    del packed
    yield "nested.zip", archive({"a.zip": archive({"b.zip": good["zip"]})})
    yield "liar.zip", liar(good["zip"], 65_000)
    yield "many.zip", archive({f"{n}/": b"" for n in range(30_000)})
    yield "deep.json", b"[" * 19_000_000
    yield "lists.json", b"[" + b"[]," * 6_000_000 + b"[]]"
    yield "object.json", b'{"a":[' + b"[]," * 6_000_000 + b"[]]}"
    yield "long-line.jsonl", b'{"text": "' + b"x" * 19_000_000
    yield "long-field.csv", b'title,text\na,"' + b"x" * 19_000_000
    yield "no-columns.csv", b"1;2;3\n4;5;6\n"
    yield "long.txt", b"word " * 3_800_000
    yield "tags.html", b"<p>" * 6_000_000
    yield "noise.html", b"<html><body>" + b"<div a='" * 2_000_000
    yield "19mb.pdf", b"%PDF-1.7\n" + chance.randbytes(19_000_000)
    yield "19mb.docx", b"PK\x03\x04" + chance.randbytes(19_000_000)
    yield "19mb.zip", b"PK\x03\x04" + b"PK\x01\x02" * 4_500_000 + b"PK\x05\x06"
    yield "19mb", chance.randbytes(19_000_000)
    for ending in ("exe", "png", "mp4", "rar", "7z", "odt", "epub", "pptx", "db"):
        yield f"thing.{ending}", chance.randbytes(500)
