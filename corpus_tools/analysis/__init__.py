"""Questions to a corpus: every one is ``verb(corpus, *, options) -> DataFrame``, tidy, with documented columns."""
