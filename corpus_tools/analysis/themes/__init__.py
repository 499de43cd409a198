"""Themes: dictionaries of what reports speak of, counted, followed, and defended.

``dictionary.py`` says what a theme is, ``matching.py`` where its terms stand, ``counting.py`` how much of reports speaks of it.
``defending.py`` shows what a dictionary covers, where its themes overlap and what each term does, ``missing.py`` what it
misses; ``sampling.py`` draws paragraphs to be coded by hand, ``agreement.py`` compares coders and dictionary.
"""

from corpus_tools.analysis.themes.agreement import agreement as agreement
from corpus_tools.analysis.themes.counting import count as count
from corpus_tools.analysis.themes.counting import documents as documents
from corpus_tools.analysis.themes.counting import trend as trend
from corpus_tools.analysis.themes.defending import coverage as coverage
from corpus_tools.analysis.themes.defending import overlap as overlap
from corpus_tools.analysis.themes.defending import terms as terms
from corpus_tools.analysis.themes.dictionary import dictionary as dictionary
from corpus_tools.analysis.themes.missing import missed as missed
from corpus_tools.analysis.themes.sampling import sample as sample

__all__ = [
    "agreement",
    "count",
    "coverage",
    "dictionary",
    "documents",
    "missed",
    "overlap",
    "sample",
    "terms",
    "trend",
]
