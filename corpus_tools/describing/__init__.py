"""What a text says of itself; nothing here is read from outside it, but for the lines that cleaning took from around it.

``titles.py``, ``years.py``, ``kinds.py`` and ``issuers.py`` (body, level, meeting, speaker) read the columns of these names;
``places.py`` finds the places that a line names, ``openings.py`` the lines above the salutation, ``sessions.py`` the year of a
numbered congress. ``dates.py`` tells what every date is. ``sections.py`` finds the parts and whether they look back or ahead.
``dating.py`` bounds the year by what a text speaks of, ``flags.py`` says what is wrong with it, ``provenance.py`` what the page
stated.
"""
