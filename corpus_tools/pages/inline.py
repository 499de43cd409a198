"""Data that stand in a page for its script to read."""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import Markup

# What could end the block (</script>, <!--), what a line of a script may not hold, and halves of letters, which no file can.
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def json_block(data: Any) -> Markup:
    """Data as JSON that may stand in a ``<script type="application/json">``: nothing in it can end the block.

    Chinese letters stay as they are, so that the font of the page has them. ValueError for NaN and infinity.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def size(data: Any) -> int:
    """Bytes that data take as a part of such a block."""
    return len(json_block(data).encode()) + len(",")
