"""What leaves for other programs: a corpus as files of R, Excel, AntConc, Sketch Engine and SQL, and any frame as a table."""

from corpus_tools.exports.exporting import export as export
from corpus_tools.exports.saving import save as save

__all__ = ["export", "save"]
