"""Terms over the years: how often, since when, where more than elsewhere; a document is one observation throughout.

``terms.py`` says what is counted, ``estimates.py`` turns it into rates, shares and means with intervals, ``rates.py``
lays them beside the years, ``adjusting.py`` takes the mix of documents out, ``changing.py`` finds changes, ``comparing.py``
compares two groups.
"""

from corpus_tools.analysis.trends.adjusting import adjusted as adjusted
from corpus_tools.analysis.trends.changing import bursts as bursts
from corpus_tools.analysis.trends.changing import changes as changes
from corpus_tools.analysis.trends.changing import movement as movement
from corpus_tools.analysis.trends.comparing import compare as compare
from corpus_tools.analysis.trends.comparing import contrast as contrast
from corpus_tools.analysis.trends.rates import rate as rate

__all__ = ["adjusted", "bursts", "changes", "compare", "contrast", "movement", "rate"]
