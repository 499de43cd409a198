"""What is read off real reports, with their file names replaced by numbers: year, level, place, kind; and how fast.

    python benchmarks/describing.py ../shared/corpus

The folder's MANIFEST.csv says what each file is. Year: right, wrong or unknown, of the files whose year it gives. Level and
place: of provincial and local reports. Kind: work reports lost, and resolutions and policy documents counted as one. Speed:
megabytes (UTF-8) of clean text a second in one process, of every part of the description alone (flags look for the witnesses of
the year again then) and of all.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from corpus_tools.building.prepare import prepare
from corpus_tools.config import Config
from corpus_tools.describing.dates import dates
from corpus_tools.describing.dating import evidence
from corpus_tools.describing.flags import flags
from corpus_tools.describing.issuers import issuer
from corpus_tools.describing.kinds import report_kind
from corpus_tools.describing.sections import sections
from corpus_tools.describing.titles import report_title
from corpus_tools.describing.years import report_year
from corpus_tools.document import Document
from corpus_tools.errors import Rejected
from corpus_tools.language.gazetteer import places

REPORTS = ("provincial", "provincial_docx", "local", "state_council", "state_council_alt", "state_council_scraped")
OTHERS = ("npc_resolution", "policy_doc")
PLAIN = Config(standard="jieba", hmm=False)

Row = dict[str, str]


def main() -> None:
    folder = Path(sys.argv[1])
    with (folder / "MANIFEST.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = [(row, described(folder / row["file"], number)) for number, row in enumerate(rows)]
    documents = [(row, document) for row, document in found if document]
    print(f"{len(found)} files, {len(found) - len(documents)} rejected")
    years(documents)
    levels_and_places(documents)
    kinds(documents)
    speed([document for _, document in documents])


def described(path: Path, number: int) -> Document | None:
    try:
        return prepare(path.read_bytes(), f"{number:04}{path.suffix}", config=PLAIN)
    except Rejected:
        return None


def years(documents: list[tuple[Row, Document]]) -> None:
    dated = [(row, document) for row, document in documents if row["year"]]
    outcome = Counter(
        "right" if d.year == int(r["year"]) else "unknown" if d.year is None else "wrong" for r, d in dated
    )
    print(f"year, of {len(dated)} dated files: {dict(outcome)}, right {outcome['right'] / len(dated):.3f}")
    print(f"  read off: {dict(Counter(d.year_basis for _, d in dated).most_common())}")
    for row, document in dated:
        if document.year != int(row["year"]):
            print(f"  {row['file']}: {row['year']}, found {document.year} ({document.year_basis})")


def levels_and_places(documents: list[tuple[Row, Document]]) -> None:
    names = {place.short or place.name: place.name for place in places() if place.level == "province"}
    right = total = 0
    for row, document in documents:
        if row["kind"] not in ("provincial", "provincial_docx", "local"):
            continue
        local = row["kind"] == "local"
        wanted = ("county", row["region"]) if local else ("province", names[row["region"]])
        total += 1
        right += (document.level, document.place) == wanted
        if (document.level, document.place) != wanted:
            print(f"  {row['file']}: {document.level} {document.place}, wanted {wanted}")
    print(f"level and place, of {total} provincial and local reports: right {right / total:.3f}")


def kinds(documents: list[tuple[Row, Document]]) -> None:
    for group in (*REPORTS, "cpc_congress", *OTHERS):
        counted = Counter(str(document.kind) for row, document in documents if row["kind"] == group)
        print(f"kind of {group}: {dict(counted)}")


def speed(documents: list[Document]) -> None:
    texts = [(document, document.text) for document in documents]
    size = sum(len(text.encode()) for _, text in texts) / 1e6

    def timed(name: str, work: Callable[[Document, str], object]) -> None:
        start = time.perf_counter()
        for document, text in texts:
            work(document, text)
        seconds = time.perf_counter() - start
        print(f"  {name:12} {size / seconds:7.1f} MB a second")

    print(f"speed over {size:.1f} MB of clean text:")
    parts: dict[str, Callable[[Document, str], object]] = {
        "title": lambda d, text: report_title(text),
        "sections": lambda d, text: sections(text),
        "year": lambda d, text: report_year(text, d.title, headings=tuple(s.heading for s in d.sections)),
        "dates": lambda d, text: list(dates(text)),
        "issuer": lambda d, text: issuer(d.title, text),
        "kind": lambda d, text: report_kind(d.title, text),
        "dating": lambda d, text: evidence(text),
        "flags": lambda d, text: flags(d, text=text),
    }
    for work in parts.values():
        work(*texts[0])  # lists are read once a process
    for name, work in parts.items():
        timed(name, work)
    timed("all", lambda d, text: [work(d, text) for work in parts.values()])


if __name__ == "__main__":
    main()
