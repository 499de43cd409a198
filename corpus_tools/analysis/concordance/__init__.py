"""Concordance: every place of a word, phrase, slogan, regular expression or pattern of words, with what stands around it.

``queries.py`` says what a query means and finds its places: ``wordings.py`` in texts, with the tables of ``letters.py``,
``words.py`` in words; ``patterns.py`` reads patterns of words. ``kwic.py`` makes the table.
"""

from corpus_tools.analysis.concordance.kwic import kwic as kwic

__all__ = ["kwic"]
