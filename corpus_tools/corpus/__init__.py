"""A corpus folder: its tables, and views of it."""
