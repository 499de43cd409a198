"""Whether copies of a report are found, no two reports are taken for one, and how long many take.

    python benchmarks/duplicates.py FOLDER [--made MADE]

Builds a corpus of FOLDER's reports under numbers for names. Files with the same region and year in their names are one
report (state_council*, encodings and anomalies: the State Council's of that year). Prints pairs found, missed and false,
and how pairs lie around the thresholds, by their signatures. MADE is a folder of many files to take the time of.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations
from pathlib import Path

import pandas as pd
import pyarrow as pa

from corpus_tools.building.build import build
from corpus_tools.building.duplicates import FEWEST, FEWEST_OF_PART, duplicates
from corpus_tools.building.signatures import Likeness, Signature, letters, likeness, signature
from corpus_tools.config import Config
from corpus_tools.corpus import store
from corpus_tools.corpus.corpus import load
from corpus_tools.document import Section
from corpus_tools.reading import read_bytes

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def report_of(path: Path) -> str:
    """A name for the report that a file holds."""
    stem = path.name.split(".")[0].removesuffix("_scraped").removesuffix("_state_council")
    return f"state council {stem}" if re.fullmatch(r"\d{4}", stem) else stem


def corpus_of(folder: Path) -> tuple[pd.DataFrame, list[Sequence[Section]]]:
    """Documents with a column ``report``, and the sections of each."""
    files = sorted(p for p in folder.glob("*/*") if p.suffix in (".txt", ".docx"))
    with tempfile.TemporaryDirectory() as place:
        raw, out = Path(place, "raw"), Path(place, "out")
        raw.mkdir()
        for number, path in enumerate(files):
            (raw / f"{number:04d}{path.suffix}").write_bytes(path.read_bytes())
        build(raw, out, config=Config(jobs=2), progress=False)
        corpus = load(out, duplicates=True)
        documents, rows = corpus.documents, corpus.sections
    number_of = documents["source"].str[:4].astype(int)
    documents = documents.assign(
        report=[report_of(files[i]) for i in number_of], file=[str(files[i]) for i in number_of]
    )
    found = defaultdict(list)
    for row in rows.itertuples():
        found[row.doc_id].append(Section(row.depth, row.heading, row.tense, row.start, row.end))
    return documents, [found[name] for name in documents["doc_id"]]


def pairs_found(documents: pd.DataFrame) -> None:
    kept = documents["duplicate_of"].fillna(documents["doc_id"])
    rows = list(zip(documents["report"], kept, documents["file"], strict=True))
    found = missed = false = 0
    for (report, keeper, file), (other, its_keeper, its_file) in combinations(rows, 2):
        found += report == other and keeper == its_keeper
        if (report == other) != (keeper == its_keeper):
            missed, false = missed + (report == other), false + (report != other)
            print(f"  {'missed' if report == other else 'FALSE'}: {file}  {its_file}")
    print(
        f"{len(documents)} files of {documents['report'].nunique()} reports: {found} pairs of copies found, {missed} missed,"
    )
    print(f"  {false} false; kinds: {documents['duplicate_kind'].value_counts().to_dict()}")


def spread(documents: pd.DataFrame, signatures: Sequence[Signature]) -> None:
    """Print how many pairs lie where."""
    both: dict[bool, Counter[float]] = defaultdict(Counter)
    inside: dict[bool, Counter[float]] = defaultdict(Counter)
    rows = list(zip(documents["report"], signatures, strict=True))
    for (report, one), (other, another) in combinations(rows, 2):
        alike = likeness(one, another)
        if min(one.runs, another.runs) >= FEWEST:
            both[report == other][int(alike.both * 20) / 20] += 1
        if min(one.runs, another.runs) >= FEWEST_OF_PART:
            inside[report == other][int(alike.inside * 20) / 20] += 1
    print("pairs by what they share, from the value on: in both of one report, of two; inside of one report, of two")
    for low in (n / 20 for n in range(20, -1, -1)):
        print(f"  {low:.2f} {both[True][low]:6} {both[False][low]:6} {inside[True][low]:6} {inside[False][low]:6}")


def most_alike(documents: pd.DataFrame, signatures: Sequence[Signature]) -> float:
    rows = [row for row in zip(documents["report"], signatures, strict=True) if row[1].runs >= FEWEST]
    return max(likeness(a, b).both for (one, a), (other, b) in combinations(rows, 2) if one != other)


def moved(text: str, years: int) -> str:
    return YEAR.sub(lambda year: str(int(year[0]) + years), text)


def changes(documents: pd.DataFrame, sections: Iterable[Sequence[Section]], signatures: Sequence[Signature]) -> None:
    texts = list(zip(documents["text"], sections, strict=True))
    folded = [signature(re.sub(r"\d", "0", letters(text, parts))) for text, parts in texts]
    print(f"most alike of two reports: {most_alike(documents, signatures):.3f}; were all figures one:", end=" ")
    print(f"{most_alike(documents, folded):.3f}")
    alike: list[Likeness] = [
        likeness(one, signature(moved(text, 7), parts)) for one, (text, parts) in zip(signatures, texts, strict=True)
    ]
    lowest = (
        pd.Series([found.both for found, one in zip(alike, signatures, strict=True) if one.runs >= FEWEST])
        .quantile([0, 0.01, 0.05, 0.5])
        .round(3)
        .tolist()
    )
    print(f"copies with all years moved by 7 share (lowest, 1 %, 5 %, median): {lowest}")


def of_file(path: Path) -> tuple[Signature, str, float]:
    text = read_bytes(path.read_bytes(), path.name).text
    start = time.process_time()
    return signature(text), store.text_sha256(text), time.process_time() - start


def seconds(folder: Path) -> None:
    """Print how long the signatures and the comparing of all files of a folder take."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    start = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        made = list(pool.map(of_file, files, chunksize=50))
    wall, names = time.perf_counter() - start, [f"{number:08d}" for number in range(len(files))]
    documents = pa.table(
        {
            "doc_id": names, "source": names, "text_sha256": [text for _, text, _ in made],
            "year": pa.nulls(len(files), pa.int16()), "flags": pa.array([[]] * len(files), pa.list_(pa.string())),
            "n_masks": [0] * len(files), "n_edits": [0] * len(files),
            "place": pa.nulls(len(files), pa.string()), "province": pa.nulls(len(files), pa.string()),
        }
    )  # fmt: skip
    hashes = pa.array([one.hashes for one, _, _ in made], pa.list_(pa.uint32()))
    table = pa.table({"doc_id": names, "runs": [one.runs for one, _, _ in made], "hashes": hashes})
    start = time.perf_counter()
    found = duplicates(documents, table)
    print(
        f"{len(files):,} files: {wall:.1f} s to read and sign in two processes, of which {sum(s for *_, s in made) / 2:.1f} s"
    )
    print(
        f"  for signatures; {time.perf_counter() - start:.1f} s to compare; {Counter(d.kind for d in found.values())}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--made", type=Path)
    args = parser.parse_args()
    documents, sections = corpus_of(args.folder)
    signatures = [signature(text, parts) for text, parts in zip(documents["text"], sections, strict=True)]
    pairs_found(documents)
    spread(documents, signatures)
    changes(documents, sections, signatures)
    if args.made:
        seconds(args.made)


if __name__ == "__main__":
    main()
