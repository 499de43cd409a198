"""The language room: which script a text is in, what its words are, and the lists of knowledge behind both.

``script.py`` tells traditional from simplified text and simplifies what is traditional; ``segment.py`` cuts a text into
words whose concatenation is the text; ``lexicon.py`` reads slogans, words and stop words from ``corpus_tools/data``.
"""
