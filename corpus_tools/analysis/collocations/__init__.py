"""Collocations: which words stand near a word, and the network of words that stand together.

``windows.py`` counts words in and out of windows, document by document; ``nearby.py`` and ``networks.py`` make the tables.
"""

from corpus_tools.analysis.collocations.nearby import around as around
from corpus_tools.analysis.collocations.networks import network as network

__all__ = ["around", "network"]
