"""Methods that know numbers, not corpora: each from a published source, which its docstring names."""
