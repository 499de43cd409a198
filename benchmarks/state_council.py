"""How well noisy page dumps come clean: each year's dump, cleaned, against another transcription of the same report.

    python benchmarks/state_council.py FOLDER

FOLDER holds state_council_scraped/YEAR.txt (dumps) and state_council/YEAR.txt (clean transcriptions, whose licence tail is
cut here; both are compared in simplified characters). Prints F1, precision and recall of each year's characters, by longest
common subsequence after NFKC and without white space, and their mean over the years whose dump is complete.
Needs: pip install '.[bench]'
"""

from __future__ import annotations

import argparse
from pathlib import Path
from statistics import mean

from scoring import overlap

from corpus_tools.building.batch import clean_file
from corpus_tools.language.script import simplify

# Of these years the dump is one page of several.
INCOMPLETE = ("2006", "2007", "2008", "2009")
# With these words the licence begins that stands below a transcription.
LICENCE = "\n本作品是中华人民共和国的"


def scores(folder: Path) -> dict[str, tuple[float, float, float]]:
    """F1, precision and recall of each year that is there in both transcriptions."""
    found = {}
    for dump in sorted((folder / "state_council_scraped").glob("*.txt")):
        known = folder / "state_council" / dump.name
        if known.exists():
            found[dump.stem] = overlap(clean_file(dump).text, without_licence(known))
    return found


def without_licence(known: Path) -> str:
    return simplify(known.read_text("utf-8").partition(LICENCE)[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    found = scores(parser.parse_args().folder)
    for year, (f1, precision, recall) in found.items():
        note = " (one page of several)" if year in INCOMPLETE else ""
        print(f"{year}: F1 {f1:.4f}, precision {precision:.4f}, recall {recall:.4f}{note}")
    complete = [score for year, score in found.items() if year not in INCOMPLETE]
    f1, precision, recall = (mean(column) for column in zip(*complete, strict=True))
    print(f"{len(complete)} complete years: F1 {f1:.4f}, precision {precision:.4f}, recall {recall:.4f}")


if __name__ == "__main__":
    main()
