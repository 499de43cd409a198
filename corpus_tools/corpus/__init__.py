"""Many files as one corpus: prepared one by one, built incrementally, stored as Parquet, opened as views."""
