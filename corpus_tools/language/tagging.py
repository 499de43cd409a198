"""Words of a text with their parts of speech, token by token."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from corpus_tools.characters import narrow
from corpus_tools.language import dictionary
from corpus_tools.language.segment import Setting, segmenter, setting, stamp, words_of
from corpus_tools.language.vocabulary import NUMBER, describer


def tag(text: str, **options: Any) -> list[tuple[str, str | None]]:
    """Cut ``text`` (options of ``segment``) and give each word its part of speech, in the tags of jieba's dictionary.

    A word has one part of speech wherever it stands, the one that ``vocabulary.parquet`` has for it too; there is one
    exception that needs its neighbour: a measure word behind a number is ``q`` (五 家, but 专家 之 家). jieba's own tagger
    looks at neighbours of words that its dictionary does not know; benchmarks/parts_of_speech.py says of how many tokens
    that changes the tag. Where a text matters word by word, use a trained tagger.
    """
    how = setting(**options)
    describe, measures = describer_of(how), frozenset(dictionary.measures())
    tagged: list[tuple[str, str | None]] = []
    after_number = False
    for word in segmenter(how)(text):
        kind, pos = describe(narrow(word))
        tagged.append((word, "q" if after_number and word in measures else pos))
        after_number = kind == NUMBER
    return tagged


def describer_of(how: Setting) -> Callable[[str], tuple[str, str | None]]:
    """The function that tells the kind and the part of speech of a word under these settings; made once a process."""
    return _made(how, stamp(how))


@lru_cache(maxsize=8)
def _made(how: Setting, stamp: tuple[int, int]) -> Callable[[str], tuple[str, str | None]]:
    return describer({word: entry.word for word, entry in words_of(how).items()})
