"""Whether a part of speech can be settled once a word: how often jieba's own tagger gives one word several.

    python benchmarks/parts_of_speech.py FOLDER…

jieba.posseg tags what its dictionary knows by the dictionary, and guesses the rest from its neighbours. Printed: tokens,
tokens that do not have the commonest tag of their word (a table of words would tag them otherwise), the words where that
happens most, and the share of tokens where rjieba's table gives posseg's commonest tag.
"""

from __future__ import annotations

import logging
import sys
from collections import Counter, defaultdict
from pathlib import Path

import jieba
import jieba.posseg

from corpus_tools.language.engines import rjieba


def main() -> None:
    jieba.setLogLevel(logging.CRITICAL)
    tags: dict[str, Counter[str]] = defaultdict(Counter)
    for file in sorted(file for folder in sys.argv[1:] for file in Path(folder).glob("*.txt")):
        for pair in jieba.posseg.cut(file.read_text("utf-8", "replace")):
            tags[pair.word][pair.flag] += 1
    total = sum(found.total() for found in tags.values())
    other = {word: found.total() - max(found.values()) for word, found in tags.items() if len(found) > 1}
    print(f"{total} tokens of {len(tags)} words; not of their word's commonest tag: {sum(other.values()) / total:.2%}")
    print("most:", ", ".join(f"{word} {n}" for word, n in Counter(other).most_common(12)))
    engine = rjieba.plain()
    same = sum(
        found.total()
        for word, found in tags.items()
        if [tag for _, tag in engine.tag(word, True)] == [found.most_common(1)[0][0]]
    )
    print(f"rjieba gives the word its commonest tag: {same / total:.2%} of the tokens")


if __name__ == "__main__":
    main()
