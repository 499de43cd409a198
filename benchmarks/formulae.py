"""How many standing formulae stay one word.

    python benchmarks/formulae.py ../shared/corpus ../shared/facts/formulae.csv [--missed N]

Every place where a formula or a declared variant stands in the texts, the longest from the left (quotation marks around it
are not part of it), and whether it is exactly one token. "can be a word": the forms that the default keeps whole when it
can (no punctuation, quotation mark or leader's name inside, no longer variant of a form that is a slogan itself).
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from corpus_tools.language import dictionary
from corpus_tools.language.script import simplify
from corpus_tools.language.segment import segmenter, setting

# Each report once: the other folders hold the same texts in other forms.
FOLDERS = ("anomalies", "cpc_congress", "local", "npc_resolutions", "policy_docs", "provincial", "state_council")
SETTINGS = {
    "jieba": {"standard": "jieba"},
    "reports, formulae=parts": {"formulae": "parts"},
    "reports (formulae=words)": {},
    "reports, formulae=whole": {"formulae": "whole"},
}


def forms(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    found = [form.strip() for row in rows for form in (row["canonical"], *row["variants"].split("|"))]
    return list(dict.fromkeys(_without_quotes(form) for form in found if form))


def _without_quotes(form: str) -> str:
    """“三农” is 三农, “三反”“五反” stays."""
    return form[1:-1] if form[0] == "“" and form[-1] == "”" and form.count("“") == 1 else form


def lines(folder: Path) -> Iterator[str]:
    for name in FOLDERS:
        for file in sorted((folder / name).glob("*.txt")):
            yield from simplify(file.read_text("utf-8", "replace")).split("\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("formulae", type=Path)
    parser.add_argument("--missed", type=int, default=0, metavar="N")
    args = parser.parse_args()
    wanted = forms(args.formulae)
    automaton = AhoCorasick(wanted, matchkind=MatchKind.LeftmostLongest)
    places = [(line, found) for line in lines(args.corpus) if (found := automaton.find_matches_as_indexes(line))]
    words = dictionary.formulae().keys() | dictionary.terms().keys()
    can_be = {number for number, form in enumerate(wanted) if form in words}
    total = sum(len(found) for _, found in places)
    some = sum(number in can_be for _, found in places for number, _, _ in found)
    print(f"{len(wanted)} forms, {total} places; of forms that can be a word {some}")
    for name, options in SETTINGS.items():
        cut, kept, kept_some, missed = segmenter(setting(**options)), 0, 0, Counter[str]()
        for line, found in places:
            ends = list(accumulate(map(len, cut(line)), initial=0))
            tokens = set(pairwise(ends))
            for number, start, end in found:
                whole = (start, end) in tokens
                kept += whole
                kept_some += whole and number in can_be
                if not whole:
                    missed[wanted[number]] += 1
        print(f"{name:26} all {kept / total:6.3f}   can be a word {kept_some / some:6.3f}")
    print(*(f"{n} {form}" for form, n in missed.most_common(args.missed)), sep="\n")


if __name__ == "__main__":
    main()
