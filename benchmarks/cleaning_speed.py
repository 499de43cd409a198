"""How fast texts are cleaned, which cleaner costs what, and how long a web page takes beside trafilatura.

    python benchmarks/cleaning_speed.py [FOLDER...] [--pages FOLDER...] [--size BYTES] [--repeat N]

Texts are those of all readable files in FOLDER (raw/ by default); pages are the ten .html files of --pages (by default the
same folders) whose size is nearest to --size. Prints, on one core, megabytes of raw text (UTF-8) cleaned a second: the median
of N runs and their spread; milliseconds per cleaner over all rounds; and for each page the time from bytes to clean text
against trafilatura.extract, in interleaved pairs. Needs, for the pages: pip install '.[bench]'
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter

from corpus_tools.building.prepare import edits_of
from corpus_tools.cleaning import CLEANERS
from corpus_tools.cleaning.edits import Cleaner, apply, clean
from corpus_tools.config import Config
from corpus_tools.document import Edit
from corpus_tools.errors import Rejected
from corpus_tools.reading import read, read_bytes

RAW = Path(__file__).parents[1] / "raw"
PAGES = 10
SIMPLIFIED = Config()


def seconds(work: Callable[..., object], *args: object) -> float:
    start = perf_counter()
    work(*args)
    return perf_counter() - start


def texts_in(folders: Sequence[Path]) -> list[str]:
    texts = []
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        try:
            texts.append(read(path).text)
        except Rejected:
            continue
    return texts


def clean_all(texts: Iterable[str], cleaners: Sequence[Cleaner] = CLEANERS) -> None:
    for text in texts:
        clean(text, cleaners)


def timed(cleaner: Cleaner, cost: Counter[str]) -> Cleaner:
    def run(text: str) -> list[Edit]:
        start = perf_counter()
        found = list(cleaner(text))
        cost[cleaner.__name__] += perf_counter() - start
        return found

    return run


def throughput(texts: list[str], repeat: int) -> None:
    size = sum(len(text.encode("utf-8", "replace")) for text in texts) / 1e6
    clean_all(texts[:1])  # patterns are compiled once
    rates = sorted(size / seconds(clean_all, texts) for _ in range(repeat))
    print(f"{len(texts)} texts, {size:.1f} MB: {median(rates):.1f} MB/s ({rates[0]:.1f} to {rates[-1]:.1f})")
    cost: Counter[str] = Counter()
    clean_all(texts, [timed(cleaner, cost) for cleaner in CLEANERS])
    for name, spent in cost.most_common():
        print(f"    {name:24}{1000 * spent:9.1f} ms {spent / cost.total():6.1%}")


def ours(data: bytes) -> None:
    page = read_bytes(data, "page.html")
    apply(page.text, edits_of(page, config=SIMPLIFIED))


def against_trafilatura(pages: Iterable[Path], repeat: int) -> None:
    from trafilatura import extract

    ratios = []
    for path in pages:
        data = path.read_bytes()
        ours(data), extract(data)
        pairs = [(seconds(ours, data), seconds(extract, data)) for _ in range(repeat)]
        mine, theirs = (1000 * median(column) for column in zip(*pairs, strict=True))
        ratios += [a / b for a, b in pairs]
        print(
            f"    {len(data) / 1000:6.1f} kB {mine:7.1f} ms, trafilatura {theirs:7.1f} ms: {mine / theirs:.2f}  {path.name}"
        )
    if ratios:
        ratios.sort()
        low, high = ratios[len(ratios) // 10], ratios[-1 - len(ratios) // 10]
        print(f"a page takes {median(ratios):.2f} of trafilatura's time (eight in ten pairs {low:.2f} to {high:.2f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[RAW])
    parser.add_argument("--pages", nargs="+", type=Path, help="where to look for pages")
    parser.add_argument("--size", type=int, default=60_000, help="bytes that a page should have")
    parser.add_argument("--repeat", type=int, default=5)
    args = parser.parse_args()
    throughput(texts_in(args.folders), args.repeat)
    if find_spec("trafilatura") is None:
        print("trafilatura is not installed: no comparison of pages")
        return
    pages = {page for folder in args.pages or args.folders for page in folder.rglob("*.html")}
    nearest = sorted(pages, key=lambda page: (abs(page.stat().st_size - args.size), page))
    against_trafilatura(nearest[:PAGES], args.repeat)


if __name__ == "__main__":
    main()
