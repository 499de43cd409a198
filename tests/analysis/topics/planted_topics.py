"""Paragraphs of planted themes, so that what must be found is known beforehand; about invented places."""

from __future__ import annotations

import numpy as np

FISH = ["渔业", "捕捞", "渔港", "渔船", "鱼苗", "水产"]
WOOD = ["林业", "造林", "树种", "林场", "苗圃", "护林"]
TOWN = ["社区", "街道", "老旧小区", "物业", "网格", "居民"]
ROAD = ["公路", "桥梁", "隧道", "路面", "车站", "货运"]


def paragraphs(words, count, seed):
    """So many paragraphs of sixteen words each, drawn by chance from a theme's."""
    random = np.random.default_rng(seed)
    return "\n".join(" ".join(random.choice(words, 16)) for _ in range(count))


def topic_of(found, word):
    """The topic in which a word has the most weight."""
    of = found.terms[found.terms["term"] == word]
    return int(of.loc[of["weight"].idxmax(), "topic"])
