"""How tables and objects look: what columns mean, cells as text, tables and charts for notebooks.

``columns.py`` says what each column means (data/columns.toml), ``values.py`` what its values are called (data/value_words.toml),
``cells.py`` writes one value, ``table.py`` makes of a frame what a notebook shows, ``markup.py`` has the pieces of HTML that
objects show themselves with.
"""
