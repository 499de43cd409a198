"""Measures the quality of cleaning on fixed sets of files, and keeps the floors that it may not fall below.

    python tests/quality/measure.py                     print what each set scores now, beside its floor
    python tests/quality/measure.py --raise             pin what is better now than the floor
    python tests/quality/measure.py --lower SET REASON  pin what is worse now; the reason stands in floors.toml for good

A score is the mean over the files of precision, recall or F1 of their characters (benchmarks/scoring.py). The digest of a set is
that of all its raw and expected texts: scores of another set say nothing.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tomllib
from collections.abc import Callable
from hashlib import sha256
from math import floor
from pathlib import Path
from statistics import mean
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
FLOORS = Path(__file__).with_name("floors.toml")
HEAD = "# Floors of the quality of cleaning. Written by tests/quality/measure.py, checked by test_floors.py.\n"
sys.path.insert(0, str(ROOT / "benchmarks"))

import state_council  # noqa: E402
from extraction import alone, gold, with_the_site  # noqa: E402
from scoring import overlap  # noqa: E402

from corpus_tools.building.batch import clean_file  # noqa: E402
from corpus_tools.building.prepare import edits_of  # noqa: E402
from corpus_tools.cleaning.edits import apply  # noqa: E402
from corpus_tools.cleaning.sites import Ruling  # noqa: E402
from corpus_tools.config import Config  # noqa: E402
from corpus_tools.reading import read  # noqa: E402


class Set(NamedTuple):
    """Files with what should come of each, how they are cleaned, and how the expected text is read."""

    pairs: list[tuple[Path, Path]]
    clean: Callable[[Path], str]
    expected: Callable[[Path], str] = lambda path: path.read_text("utf-8")


def samples() -> Set:
    with (ROOT / "tests" / "expected" / "index.csv").open(encoding="utf-8", newline="") as index:
        raw = [ROOT / "raw" / row["path"] for row in csv.DictReader(index)]
    return Set([(path, ROOT / "tests" / "expected" / f"{path.stem}.txt") for path in raw], cleaned)


def site_pages(clean: Callable[[Path], str]) -> Set:
    pages = sorted((ROOT / "tests" / "sites").glob("*.html"))
    return Set([(page, page.with_suffix(".txt")) for page in pages], clean)


def shared_pages(folder: str, cleaner: Callable[[list[Path]], Callable[[Path], str]]) -> Set:
    pages = [page for page in sorted((SHARED / folder).rglob("*.html")) if gold(page).exists()]
    return Set([(page, gold(page)) for page in pages], cleaner(pages))


def shared_dumps() -> Set:
    known = SHARED / "corpus" / "state_council"
    dumps = sorted((SHARED / "corpus" / "state_council_scraped").glob("*.txt"))
    pairs = [(d, known / d.name) for d in dumps if (known / d.name).exists() and d.stem not in state_council.INCOMPLETE]
    return Set(pairs, cleaned, state_council.without_licence)


def cleaned(path: Path) -> str:
    return clean_file(path).text


def worked_out(path: Path) -> str:
    """A page whose site's rule is not looked at."""
    page = read(path)
    return apply(page.text, edits_of(page, config=Config(), by_rule=Ruling()))


OWN: dict[str, Callable[[], Set]] = {
    "samples": samples,
    "site_pages_by_rule": lambda: site_pages(cleaned),
    "site_pages_worked_out": lambda: site_pages(worked_out),
}
ON_SHARED: dict[str, Callable[[], Set]] = {
    "shared_pages": lambda: shared_pages("html", lambda pages: alone),
    "shared_site_pages": lambda: shared_pages("html_sites", lambda pages: alone),
    "shared_site_pages_together": lambda: shared_pages("html_sites", with_the_site),
    "shared_dumps": shared_dumps,
}


def measured(name: str) -> dict[str, float | str]:
    """Precision, recall and F1 of a set, cut to four decimals, with its size and digest."""
    of = (OWN | ON_SHARED)[name]()
    scores = [overlap(of.clean(raw), of.expected(expected)) for raw, expected in of.pairs]
    f1, precision, recall = (floor(mean(column) * 1e4) / 1e4 for column in zip(*scores, strict=True))
    return {"files": len(of.pairs), "digest": digest(of), "precision": precision, "recall": recall, "f1": f1}


def digest(of: Set) -> str:
    total = sha256()
    for raw, expected in of.pairs:
        for path in (raw, expected):
            total.update(sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def floors() -> dict[str, dict[str, float | str]]:
    return tomllib.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}


def pin(found: dict[str, dict[str, float | str]]) -> None:
    tables = (
        f"[{name}]\n" + "".join(f"{k} = {v if not isinstance(v, str) else repr(v)}\n" for k, v in row.items())
        for name, row in found.items()
    )
    FLOORS.write_text(HEAD + "\n" + "\n".join(tables), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="better", action="store_true")
    parser.add_argument("--lower", nargs=2, metavar=("SET", "REASON"))
    args = parser.parse_args()
    pinned = floors()
    for name in OWN | (ON_SHARED if SHARED.exists() else {}):
        now, before = measured(name), pinned.get(name, {})
        print(name, now, "floor:", {k: before[k] for k in ("precision", "recall", "f1") if k in before})
        same = not before or before["digest"] == now["digest"]
        if args.better and same and all(now[k] >= before.get(k, 0) for k in ("precision", "recall", "f1")):
            pinned[name] = {**before, **now}
        if args.lower and args.lower[0] == name:
            pinned[name] = {**now, "lowered": f"{before.get('lowered', '')} {args.lower[1]}".strip()}
    if args.better or args.lower:
        pin(pinned)


if __name__ == "__main__":
    main()
