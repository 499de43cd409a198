"""jieba itself: the reference that the fast engine is measured against."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

from corpus_tools.language.engines import jieba_dictionary
from corpus_tools.language.engines.contract import Cut, with_force_split
from corpus_tools.language.lexicon import Word


def make(entries: Sequence[Word], *, hmm: bool, model: str | None = None) -> Cut:
    """Return the ``cut`` of a jieba Tokenizer of our own, with these words added as ``load_userdict`` adds them."""
    tokenizer = _quiet_tokenizer()
    for word, freq, tag in entries:
        if freq == 0:  # add_word(word, 0) would also change a set that all tokenizers of the process share
            tokenizer.FREQ[word] = 0
        else:
            tokenizer.add_word(word, freq, tag)

    def cut(text: str) -> list[str]:
        return list(tokenizer.cut(text, HMM=hmm))

    return with_force_split(cut, entries) if hmm else cut


def _quiet_tokenizer() -> Any:
    """Return a jieba Tokenizer of our own: no cache file, no log, no warnings, ``jieba.dt`` untouched."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes in jieba's source, pkg_resources
        import jieba
    tokenizer = jieba.Tokenizer()
    with jieba_dictionary.path().open("rb") as file:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(file)
    tokenizer.initialized = True
    return tokenizer
