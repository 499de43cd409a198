"""Which characters are Chinese: one definition for cleaning, counting and rates."""

from __future__ import annotations

import re

# CJK ideographs with extensions and compatibility forms, as the inside of a regular expression's [...].
HAN = "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\U00020000-\\U0003ffff"

_HAN = re.compile(f"[{HAN}]")


def count_han(text: str) -> int:
    """How many Chinese characters a text holds; marks and figures are none."""
    return len(_HAN.findall(text))
