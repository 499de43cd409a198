"""The language room: which script a text is in, what its words are, and the lists of knowledge behind both.

``script.py`` tells traditional from simplified text and simplifies what is traditional. ``segment.py`` cuts a text into words
whose concatenation is the text: an engine of ``engines/``, the words of ``dictionary.py``, and what is one word by rule
(``atoms.py``, ``numerals.py``). ``vocabulary.py`` says what a word is, ``tagging.py`` what it is where it stands,
``diagnosis.py`` why a term is cut as it is. ``lexicon.py`` reads words and stop words, ``slogans.py`` standing formulae,
``gazetteer.py`` places, from ``corpus_tools/data``. ``codes.py`` has a text as numbers, for tables that tell of
all its letters at once.
"""
