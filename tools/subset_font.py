"""Cut Noto Sans SC down to the font that corpus_tools ships.

    python tools/subset_font.py NotoSansSC-Regular.ttf OFL.txt

Source: Noto Sans SC Regular (SIL Open Font License 1.1), for instance the file in the ``zhplot`` wheel, with the
OFL.txt beside it. A variable font is fixed at weight 400 first. Kept: GB2312, the frequent half of Big5 (level 1),
ASCII, Latin-1, punctuation, symbols, circled numbers, full-width forms, and the characters of data/fonts/extra.txt
(names and older forms seen in reports outside both sets). Dropped: hinting, layout tables, vertical metrics: charts
and a page do not use them. All of Big5 would make the file 5.5 MB instead of 3.1.

The OFL reserves the name 'Source' for the unmodified font, and two fonts of one name confuse a font list, so the
subset is called ``Corpus Tools Sans SC``. The same input gives the same bytes.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FAMILY = "Corpus Tools Sans SC"
FOLDER = Path(__file__).parents[1] / "corpus_tools" / "data" / "fonts"
TARGET = FOLDER / "CorpusToolsSansSC-Regular.ttf"
LIMIT = 3 * 2**20  # bytes; what the wheel may spend on it
TRAIL_GB = range(0xA1, 0xFF)
TRAIL_BIG5 = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
# Blocks taken whole: ASCII and Latin-1, general punctuation, superscripts, currency, number forms and arrows,
# operators, circled and bracketed numbers, shapes, CJK punctuation, bracketed Han numbers, full-width forms.
BLOCKS = [
    (0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2044), (0x2070, 0x2089), (0x20A0, 0x20BF), (0x2150, 0x2199),
    (0x2200, 0x2265), (0x2460, 0x249B), (0x25A0, 0x2611), (0x3000, 0x301F), (0x3220, 0x3243),
    (0xFF01, 0xFF65), (0xFFE0, 0xFFE6),
]  # fmt: skip


def two_byte(codec: str, lead: range, trail: range | list[int]) -> set[int]:
    """Code points that a double-byte codec can say with these lead and trail bytes."""
    text = (bytes((a, b)).decode(codec, "ignore") for a in lead for b in trail)
    return {ord(character) for character in text if len(character) == 1}


def wanted() -> set[int]:
    """Every code point the shipped font should hold, if the source has it."""
    points = two_byte("gb2312", range(0xA1, 0xF8), TRAIL_GB) | two_byte("big5", range(0xA1, 0xC7), TRAIL_BIG5)
    points |= {point for first, last in BLOCKS for point in range(first, last + 1)}
    return points | {ord(character) for character in (FOLDER / "extra.txt").read_text("utf-8") if character > " "}


def cut(font: TTFont) -> None:
    """Keep the wanted characters, without hinting and layout."""
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "gasp", "prep", "fpgm", "cvt "]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)


def rename(font: TTFont) -> None:
    """Give the subset its own name; copyright, trademark and licence lines stay."""
    new = {1: FAMILY, 3: f"{FAMILY} subset", 4: f"{FAMILY} Regular", 6: TARGET.stem}
    for record in font["name"].names:
        if record.nameID in new:
            record.string = new[record.nameID]


def main(source: str, licence: str) -> None:
    """Write the subset and its licence into data/fonts."""
    font = TTFont(source, recalcTimestamp=False)
    if "fvar" in font:
        font = instancer.instantiateVariableFont(font, {"wght": 400})
    cut(font)
    rename(font)
    font.save(TARGET)
    size = TARGET.stat().st_size
    if size > LIMIT:
        raise SystemExit(f"{TARGET.name}: {size} bytes, more than {LIMIT}")
    shutil.copyfile(licence, FOLDER / "OFL.txt")
    print(f"{TARGET}: {size} bytes, {len(font.getBestCmap())} characters")


if __name__ == "__main__":
    main(*sys.argv[1:])
