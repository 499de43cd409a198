"""How well words are cut, against sentences segmented by hand.

    python benchmarks/segmentation.py [--pkuseg MODEL] [--errors OPTIONS]

The hundred sentences of tests/language/segmented are from the invented samples. Two people segmented them apart by the
standard of docs/words.md (first.txt, second.txt) and agreed on one reading (agreed.txt). A word is right where both its
ends are. Precision, recall and F1 over all words but punctuation; "seen" are the first fifty sentences, whose errors were
looked at when rules were made, "unseen" the other fifty.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from itertools import accumulate, pairwise
from pathlib import Path

from corpus_tools.language.segment import segmenter, setting

FOLDER = Path(__file__).parents[1] / "tests" / "language" / "segmented"
SETTINGS: dict[str, dict[str, object]] = {
    "reports": {},
    "reports, hmm": {"hmm": True},
    "reports, collocations=keep": {"collocations": "keep"},
    "reports, numbers=split": {"numbers": "split"},
    "reports, formulae=parts": {"formulae": "parts"},
    "reports, formulae=whole": {"formulae": "whole"},
    "reports, engine=jieba": {"engine": "jieba"},
    "jieba": {"standard": "jieba"},
    "jieba, no hmm": {"standard": "jieba", "hmm": False},
    "jieba, collocations=split": {"standard": "jieba", "collocations": "split"},
    "jieba, formulae=words": {"standard": "jieba", "formulae": "words"},
}

Sentences = list[list[str]]


def read(name: str) -> Sentences:
    return [line.split(" ") for line in (FOLDER / name).read_text("utf-8").splitlines()]


def spans(words: list[str]) -> set[tuple[int, int]]:
    """Where the words of a sentence begin and end; punctuation left out, which nobody can cut wrongly."""
    ends = list(accumulate(map(len, words), initial=0))
    return {span for word, span in zip(words, pairwise(ends), strict=True) if any(map(str.isalnum, word))}


def score(found: Sentences, gold: Sentences) -> tuple[float, float, float]:
    """Precision, recall and F1 over all sentences."""
    pairs = [(spans(f), spans(g)) for f, g in zip(found, gold, strict=True)]
    right = sum(len(f & g) for f, g in pairs)
    precision, recall = right / sum(len(f) for f, _ in pairs), right / sum(len(g) for _, g in pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def cut_all(cut: Callable[[str], list[str]], gold: Sentences) -> Sentences:
    return [cut("".join(words)) for words in gold]


def row(name: str, found: Sentences, gold: Sentences) -> str:
    half = len(gold) // 2
    precision, recall, f1 = score(found, gold)
    seen, unseen = score(found[:half], gold[:half])[2], score(found[half:], gold[half:])[2]
    return f"{name:30} {precision:6.3f} {recall:6.3f} {f1:6.3f} {seen:6.3f} {unseen:6.3f}"


def errors(found: Sentences, gold: Sentences) -> Counter[str]:
    """What was cut otherwise than by hand, in the first fifty sentences."""
    wrong: Counter[str] = Counter()
    for f, g in list(zip(found, gold, strict=True))[: len(gold) // 2]:
        text = "".join(g)
        ends = [set(accumulate(map(len, words), initial=0)) for words in (f, g)]
        for start, end in pairwise(sorted(ends[0] & ends[1])):
            cuts = ["|".join(text[a:b] for a, b in pairwise(sorted(e for e in es if start <= e <= end))) for es in ends]
            if cuts[0] != cuts[1]:
                wrong[f"{cuts[0]}  by hand {cuts[1]}"] += 1
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pkuseg", metavar="MODEL")
    parser.add_argument("--errors", choices=SETTINGS)
    args = parser.parse_args()
    gold = read("agreed.txt")
    if args.errors:
        cut = segmenter(setting(**SETTINGS[args.errors]))
        print("\n".join(f"{n} {what}" for what, n in errors(cut_all(cut, gold), gold).most_common()))
        return
    if args.pkuseg:
        SETTINGS["reports, pkuseg"] = {"engine": f"pkuseg:{args.pkuseg}"}
    print(f"{'':30} {'P':>6} {'R':>6} {'F1':>6} {'seen':>6} {'unseen':>6}")
    for name, options in SETTINGS.items():
        print(row(name, cut_all(segmenter(setting(**options)), gold), gold))
    print(row("second annotator", read("second.txt"), read("first.txt")), "(against the first)")


if __name__ == "__main__":
    main()
