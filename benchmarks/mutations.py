"""Ten thousand broken and dangerous files, built: what crashed, what hung, and which file was lost.

    python benchmarks/mutations.py [--files N] [--seed S] [--jobs J] [FOLDER…]

Changes the files of raw/ (and of the folders given) at random, adds each danger of tests/fuzzing/ and a folder of odd
names, links, pipes and devices, and builds it. Prints crashes, files over the limit of time, files that are neither in
documents nor in rejected, outcomes that are not the expected ones, documents whose edits cannot be undone, all reasons, and
the largest memory of a worker. The first three must be 0: the exit code says so.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

from corpus_tools.building.build import build
from corpus_tools.building.check import check
from corpus_tools.building.inputs import readable
from corpus_tools.config import Config

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "fuzzing"))

from danger import READ  # noqa: E402
from dangers import DANGERS  # noqa: E402
from mutants import mutants, samples  # noqa: E402
from odd_files import odd_files  # noqa: E402

HARMED = ("crashed", "internal_error")


def fill(raw: Path, args: argparse.Namespace) -> dict[str, frozenset[str]]:
    """Write all files; gives for each name, as the build must show it, the outcomes that are right; none for any."""
    expected: dict[str, frozenset[str]] = {}
    for number, (name, data) in enumerate(mutants(samples([ROOT / "raw", *args.folders]), args.files, seed=args.seed)):
        folder = raw / f"mutants-{number % 40:02d}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        expected[f"{folder.name}/{name}"] = frozenset()
    (raw / "dangers").mkdir(parents=True)
    for danger in DANGERS:
        (raw / "dangers" / danger.name).write_bytes(danger.make())
        expected[f"dangers/{danger.name}"] = danger.outcomes
    (raw / "odd").mkdir()
    for odd in odd_files(raw / "odd"):
        expected[readable(f"odd/{odd.name}")] = frozenset([odd.outcome])
    return expected


def outcomes(out: Path) -> list[tuple[str, str, str]]:
    """What became of each file: its name, the stage, and READ or the reason."""
    documents = pq.read_table(out / "documents.parquet", columns=["source"])["source"].to_pylist()
    rejected = pq.read_table(out / "rejected.parquet", columns=["source", "stage", "reason"]).to_pylist()
    return [(name, "done", READ) for name in documents] + [(r["source"], r["stage"], r["reason"]) for r in rejected]


def unexpected(found: list[tuple[str, str, str]], expected: dict[str, frozenset[str]]) -> list[str]:
    """Dangers that ended otherwise than they must; what was read may be refused later, by cleaning."""
    wrong = []
    for name, stage, outcome in found:
        right = expected.get(name) or {outcome}
        if outcome not in right and not (READ in right and stage == "clean"):
            wrong.append(f"{name}: {outcome}")
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder, "raw"), Path(folder, "out")
        raw.mkdir()
        expected = fill(raw, args)
        start = time.perf_counter()
        result = build(raw, out, config=Config(jobs=args.jobs), progress=sys.stderr.isatty())
        seconds = time.perf_counter() - start
        found = outcomes(out)
        problems = check(out)
    names = Counter(name for name, _, _ in found)
    lost = sorted((Counter(expected.keys()) - names) + (names - Counter(expected.keys())))
    harmed = [name for name, _, outcome in found if outcome in HARMED]
    late = [name for name, stage, outcome in found if (stage, outcome) == ("run", "timeout")]
    odd = unexpected(found, expected)
    print(f"{len(expected):,} files in {seconds:,.0f} s: {result.documents:,} documents")
    for title, list_ in (
        ("crashes", harmed), ("over the limit of time", late), ("unaccounted for", lost), ("other outcomes than expected", odd),
    ):  # fmt: skip
        print(f"{title}: {len(list_)}", *(f"\n  {name!r}" for name in list_[:20]))
    print("undo and hashes:", f"{len(problems)} wrong")
    print("reasons:", ", ".join(f"{reason} {n:,}" for reason, n in Counter(o for _, _, o in found).most_common()))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000  # this process has held all the files it made
    print(f"largest memory of a worker: {peak:,.0f} MB")
    sys.exit(bool(harmed or late or lost))


if __name__ == "__main__":
    main()
