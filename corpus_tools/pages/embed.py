"""What makes the page complete in itself: figures as SVG, and a font with the characters that the page shows."""

from __future__ import annotations

import base64
import io
import logging
from collections import Counter

from corpus_tools.plot import fonts

# Most frequent characters that get a glyph in the page: some 300 bytes each, so the font stays under 1 MB of text; a
# page that shows more (long removed texts) leaves the rare ones to the reader's own fonts.
MOST = 2500


def font_face(text: str) -> str:
    """CSS that embeds the shipped font, cut to the characters of ``text``, as WOFF."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    common = Counter(character for character in text if character.isprintable()).most_common(MOST)
    font = TTFont(fonts.shipped_path(), recalcTimestamp=False)
    options = Options()
    options.glyph_names = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*range(0x20, 0x7F), 0x2212, *(ord(character) for character, _ in common)])
    subsetter.subset(font)
    font.flavor = "woff"
    target = io.BytesIO()
    font.save(target)
    data = base64.b64encode(target.getvalue()).decode("ascii")
    source = f'url(data:font/woff;base64,{data}) format("woff")'
    return f'@font-face {{ font-family: "{fonts.SHIPPED}"; src: {source}; font-display: block; }}'
