"""Slogans (提法): counted, found, dated, and followed through their lives.

``matching.py`` says where a slogan of the lexicon stands; ``counting.py`` how often and in how many documents.
"""

from corpus_tools.analysis.slogans.counting import count as count
from corpus_tools.analysis.slogans.counting import hits as hits
from corpus_tools.analysis.slogans.company import together as together
from corpus_tools.analysis.slogans.discovery import discover as discover
from corpus_tools.analysis.slogans.succession import replacements as replacements
from corpus_tools.analysis.slogans.lexicon import lexicon as lexicon

__all__ = ["count", "discover", "hits", "lexicon", "replacements", "together"]
