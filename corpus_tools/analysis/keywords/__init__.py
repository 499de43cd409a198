"""Words that mark out a document, or a group of documents against others."""

from corpus_tools.analysis.keywords.frequency import frequencies as frequencies
from corpus_tools.analysis.keywords.keyness import keyness as keyness
from corpus_tools.analysis.keywords.textrank import textrank as textrank
from corpus_tools.analysis.keywords.weighting import tfidf as tfidf

__all__ = ["frequencies", "keyness", "textrank", "tfidf"]
