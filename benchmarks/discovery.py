"""How many slogans of a report are found, against lists made by hand.

    python benchmarks/discovery.py SEEDS benchmarks/annotated/seed_slogans.csv [--top 100] [--missed]
    python benchmarks/discovery.py FOLDER benchmarks/annotated/unseen_slogans.csv [--second LIST]

Each file is a corpus of its own, of which the best candidates are asked. Strict: a candidate is right when it is a slogan of
the list after punctuation is removed. Recall of core slogans (tier A) and of all (A and B); precision counts both tiers as
right. ``seed_slogans.csv`` was made before anything was tuned, and rules were then mended by what was missed in it;
``unseen_slogans.csv`` was not looked at. ``--second`` scores a second reader's list against the first instead.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections import defaultdict
from pathlib import Path

import corpus_tools as ct
from corpus_tools.analysis.phrases import normalise

KINDS = ("formula", "numeral", "quoted", "parallel")


def key(text: str) -> str:
    return "".join(filter(str.isalnum, normalise(text)))


def read(path: Path) -> dict[str, dict[str, tuple[str, str]]]:
    """Of each file its slogans: key → tier and kind."""
    found: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            found[row["file"]][key(row["slogan"])] = row["tier"], row["kind"]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("annotated", type=Path)
    parser.add_argument("--top", type=int, default=100)
    parser.add_argument("--second", type=Path, metavar="LIST")
    parser.add_argument("--missed", action="store_true")
    args = parser.parse_args()
    gold = read(args.annotated)
    if args.second:
        agreement(gold, read(args.second))
        return
    with tempfile.TemporaryDirectory() as out:
        ct.build(args.folder, out)
        corpus = ct.load(out, duplicates=True)
        total = [0] * 5
        kinds = {kind: [0, 0] for kind in KINDS}
        print(f"{'file':44} {'given':>5} {'recall A':>8} {'recall':>7} {'precision':>9}")
        for file, slogans in gold.items():
            (source,) = [s for s in corpus.documents["source"] if s.startswith(file) or s == file]
            frame = ct.slogans.discover(corpus.where(source=source), top=args.top)
            given = {key(text): kind for text, kind in zip(frame["candidate"], frame["kind"], strict=True)}
            core = {slogan for slogan, (tier, _) in slogans.items() if tier == "A"}
            right = given.keys() & slogans.keys()
            sums = [len(core & right), len(core), len(right), len(slogans), len(given)]
            total = [a + b for a, b in zip(total, sums, strict=True)]
            print(row(file, sums))
            for slogan, (_, kind) in slogans.items():
                kinds[kind][0] += slogan in given
                kinds[kind][1] += 1
            if args.missed:
                print("  missed A:", "|".join(s for s in slogans if s in core and s not in given))
                print("  missed B:", "|".join(s for s in slogans if s not in core and s not in given))
                print("  wrong:", "|".join(f"{s}({kind[0]})" for s, kind in given.items() if s not in slogans))
        print(row("all", total))
        print("recall by kind:", ", ".join(f"{kind} {a / b:.2f} of {b}" for kind, (a, b) in kinds.items() if b))


def agreement(first: dict[str, dict[str, tuple[str, str]]], second: dict[str, dict[str, tuple[str, str]]]) -> None:
    print(f"{'file':44} {'given':>5} {'recall A':>8} {'recall':>7} {'precision':>9}")
    for file, others in second.items():
        slogans = first[file]
        core, right = {s for s, (tier, _) in slogans.items() if tier == "A"}, others.keys() & slogans.keys()
        print(row(file, [len(core & right), len(core), len(right), len(slogans), len(others)]))


def row(name: str, sums: list[int]) -> str:
    core_right, core, right, slogans, given = sums
    return f"{name:44} {given:5} {core_right / core:8.3f} {right / slogans:7.3f} {right / max(1, given):9.3f}"


if __name__ == "__main__":
    main()
