"""Reading room: the bytes of one file become a Page; nothing is judged, nothing a reader would see is dropped."""

from corpus_tools.reading.reader import FORMATS, read, read_bytes, read_file

__all__ = ["FORMATS", "read", "read_bytes", "read_file"]
