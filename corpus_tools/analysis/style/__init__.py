"""How reports are written: how varied their words, how long their sentences, how much of them formula or copied."""

from corpus_tools.analysis.style.measuring import documents as documents
from corpus_tools.analysis.style.measuring import measure as measure

__all__ = ["documents", "measure"]
