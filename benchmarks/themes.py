"""Themes: what each term of the shipped dictionaries does in a corpus, and what is wrong with them there.

    python benchmarks/themes.py CORPUS [--themes general] [--within sentence]   # summary: never seen, lift below 1, one term
    python benchmarks/themes.py CORPUS --terms                                  # every term
    python benchmarks/themes.py CORPUS --years NAME… --where COLUMN=VALUE       # share of paragraphs a year

CORPUS is a folder made by ``corpus-tools build``. The dictionaries were chosen on such reports: this is no test of them.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

import corpus_tools as ct
from corpus_tools.cli.app import load_corpus

ONE_TERM = 0.5  # share of the hits of a theme above which one term is the theme
SHOWN = [
    "theme",
    "term",
    "weight",
    "count",
    "documents",
    "first_year",
    "share",
    "excluded",
    "across",
    "n",
    "lift",
    "why",
]


def summary(frame: pd.DataFrame) -> None:
    never, low = frame["count"] == 0, frame["lift"] < 1
    plain = frame["why"] == ""
    print(f"{frame['theme'].nunique()} themes, {len(frame)} terms")
    print(f"never seen: {never.sum()}, of them without a reason {(never & plain).sum()}")
    print(f"lift below 1: {low.sum()} of {frame['lift'].notna().sum()}, of them without a reason {(low & plain).sum()}")
    for what, rows in (("never seen", frame[never & plain]), ("lift below 1", frame[low & plain])):
        if len(rows):
            print(f"{what}: {', '.join(rows['theme'] + ':' + rows['term'])}")
    one = frame[frame["share"] > ONE_TERM]
    print(f"themes of which one term has more than half: {', '.join(one['theme'] + ' ' + one['term']) or 'none'}")
    print(
        f"places that do not count: {frame['excluded'].sum()} inside exclusions, {frame['across'].sum()} across words,"
    )
    print(f"beside {frame['count'].sum()} hits")
    print(f"median lift: {frame['lift'].median():.2f}")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--themes", default="general")
    parser.add_argument("--within", default="paragraph")
    parser.add_argument("--terms", action="store_true")
    parser.add_argument("--years", nargs="+", metavar="NAME")
    parser.add_argument("--where", action="append", metavar="COLUMN=VALUE")
    args = parser.parse_args(arguments)
    corpus = load_corpus(args.corpus, args.where)
    print(corpus)
    if args.years:
        frame = ct.themes.trend(corpus, args.years, within=args.within)
        print(frame.pivot(index="year", columns="theme", values="share_paragraphs")[args.years].round(3).to_string())
        return
    frame = ct.themes.terms(corpus, themes=args.themes, within=args.within)
    if args.terms:
        print(frame[SHOWN].round({"share": 3, "lift": 2}).to_string(index=False))
    summary(frame)
    whole = ct.themes.coverage(corpus, themes=args.themes, within=args.within).iloc[-1]
    print(
        f"touched by any theme: {whole['share_paragraphs']:.3f} of {args.within}s, {whole['share_han']:.3f} of characters"
    )


if __name__ == "__main__":
    main()
