"""Packs the fonts of the pictures: from DejaVu's own files what the scripts need that we draw.

    python -m tools.pack_fonts FOLDER

FOLDER holds DejaVuSans.ttf and DejaVuSans-Bold.ttf, as any system's package of them does. Only
letters that a plain line of glyphs shows rightly are kept: what is in the packed font is what can
be drawn. Wants fonttools, which nothing else does.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).parents[1] / "bot" / "pictures" / "fonts"
NAMES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
RANGES = (
    *((0x20, 0x7E), (0xA0, 0x24F)),  # Latin
    *((0x2B9, 0x2BC), (0x2C6, 0x2C7)),
    *((0x370, 0x3FF), (0x1F00, 0x1FFF)),  # Greek
    *((0x400, 0x482), (0x48A, 0x52F)),  # Cyrillic
    *((0x531, 0x589), (0x10D0, 0x10FF)),  # Armenian, Georgian
    *((0x5BE, 0x5BE), (0x5D0, 0x5F4)),  # Hebrew without points
    *((0x60C, 0x60C), (0x61B, 0x61F), (0x621, 0x64A), (0x660, 0x66F), (0x671, 0x6D5)),  # Arabic
    *((0x6EE, 0x6FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),  # and its joined forms
    (0x1E00, 0x1EFF),  # Latin with more marks
    *((0x2010, 0x2027), (0x202F, 0x205F), (0x2070, 0x209F), (0x20A0, 0x20BF)),  # marks, currencies
    *((0x2100, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF)),  # signs, arrows
    (0xFB00, 0xFB06),
)


def main() -> None:
    """Write the packed fonts into the package."""
    folder = Path(sys.argv[1])
    wanted = [code for first, last in RANGES for code in range(first, last + 1)]
    for name in NAMES:
        options = Options()
        options.hinting = False  # letters are drawn large, and alike everywhere
        options.layout_features = []
        options.drop_tables += ["GSUB", "GPOS", "GDEF"]
        options.notdef_outline = True
        font = TTFont(folder / name)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=wanted)
        subsetter.subset(font)
        font.save(TARGET / name)
        print(f"{name}: {len(font.getBestCmap())} letters, {(TARGET / name).stat().st_size:,} B")


if __name__ == "__main__":
    main()
