"""Slogans (提法): counted, found, dated, and followed through their lives.

``lexicon.py`` says which are looked for, ``matching.py`` where they stand, ``counting.py`` how often and in how many documents.
``discovery.py`` finds those that no lexicon has: ``surface.py`` by how they are written in one report, ``recurrence.py`` by what
returns across reports. ``lifecycle.py`` follows them through the years, ``diffusion.py`` through the levels; ``company.py`` says
which stand together, ``succession.py`` which take another's place.
"""

from corpus_tools.analysis.slogans.company import together as together
from corpus_tools.analysis.slogans.counting import count as count
from corpus_tools.analysis.slogans.counting import hits as hits
from corpus_tools.analysis.slogans.diffusion import adoption as adoption
from corpus_tools.analysis.slogans.diffusion import diffusion as diffusion
from corpus_tools.analysis.slogans.discovery import discover as discover
from corpus_tools.analysis.slogans.lexicon import add as add
from corpus_tools.analysis.slogans.lexicon import lexicon as lexicon
from corpus_tools.analysis.slogans.lifecycle import course as course
from corpus_tools.analysis.slogans.lifecycle import lifecycle as lifecycle
from corpus_tools.analysis.slogans.succession import replacements as replacements

__all__ = [
    "add",
    "adoption",
    "count",
    "course",
    "diffusion",
    "discover",
    "hits",
    "lexicon",
    "lifecycle",
    "replacements",
    "together",
]
