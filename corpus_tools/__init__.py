"""From collected Chinese work reports to a corpus one can trust."""

__version__ = "0.1.0"
