"""Topics: groups of words that stand in the same paragraphs, how steady they are, and how much of each document they take."""

from corpus_tools.analysis.topics.choosing import choose as choose
from corpus_tools.analysis.topics.fitting import fit as fit
from corpus_tools.analysis.topics.guiding import guided as guided
from corpus_tools.analysis.topics.periods import periods as periods
from corpus_tools.analysis.topics.result import Topics as Topics
from corpus_tools.analysis.topics.storing import load as load

__all__ = ["Topics", "choose", "fit", "guided", "load", "periods"]
