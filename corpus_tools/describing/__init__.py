"""What a text says of itself: title, year, kind, issuer, sections. Nothing here is read from outside the text."""
