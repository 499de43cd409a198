"""Short names of topics, all different: their first words, and a formula where one stands among them."""

from __future__ import annotations

import pandas as pd

from corpus_tools.language.slogans import slogans

PARTS = 3
AMONG = 15  # first words a name is chosen from
FORMULA = range(4, 9)  # characters of a formula that is short enough for a name


def labels(terms: pd.DataFrame, topics: int) -> list[str]:
    """A name for each of so many topics, whose ``terms`` are topic, term, rank; words that name one name no other if possible.

    A topic without words is named by its number, and by it as well where all its words name another.
    """
    formulae = {form for slogan in slogans() for form in slogan.forms if len(form) in FORMULA}
    named: list[str] = []
    used: set[str] = set()
    for topic in range(1, topics + 1):
        words = terms.loc[terms["topic"] == topic].sort_values("rank")["term"].head(AMONG).tolist()
        formula = next((word for word in words if word in formulae and word not in used), None)
        parts = _apart(words, formula, used)
        label = "·".join(parts) or str(topic)
        for word in words:
            if label in named and word not in parts:
                label += f"·{word}"
        used.update(parts)
        named.append(label if label not in named else f"{label}·{topic}")
    return named


def _apart(words: list[str], formula: str | None, used: set[str]) -> list[str]:
    """The first words that neither hold nor stand in each other, those that name another topic last, and the formula."""
    parts: list[str] = []
    for word in sorted(words, key=lambda word: word in used):
        others = [*parts, *([formula] if formula else [])]
        if len(others) < PARTS and not any(word in other or other in word for other in others):
            parts.append(word)
    return [*parts, *([formula] if formula else [])]
