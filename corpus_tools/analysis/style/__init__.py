"""How reports are written: how varied their words, how long their sentences, how much of them formula or copied.

``measures.py`` has the measures by their names, ``material.py`` what they are taken of, ``sentences.py`` finds sentences and
which were said before, ``tables.py`` makes the frames: of each document, and of groups with intervals.
"""

from corpus_tools.analysis.style.tables import documents as documents
from corpus_tools.analysis.style.tables import measure as measure

__all__ = ["documents", "measure"]
