"""What adding ten files to many costs: files read, and time and memory against the first build, in one run.

    python benchmarks/incremental.py N RAW

Copies the files of RAW under new names until there are N, builds, adds ten, and builds again. Prints one line a build; times
are ratios to the first. Needs a system with /proc or getrusage.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import tempfile
import time
from pathlib import Path

from corpus_tools.building.build import build
from corpus_tools.building.inputs import sources


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", type=int)
    parser.add_argument("raw", type=Path)
    args = parser.parse_args()
    files = itertools.cycle([path for _, path in sources(args.raw)])
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder, "raw"), Path(folder, "out")
        raw.mkdir()
        first = 0.0
        for name, more in (("first build", args.n), ("nothing new", 0), ("ten more", 10)):
            for number in range(more):
                source = next(files)
                (raw / f"{name[:3]}{number:07d}{source.suffix}").write_bytes(source.read_bytes())
            start = time.perf_counter()
            result = build(raw, out, progress=False)
            seconds = time.perf_counter() - start
            first = first or seconds
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
            print(
                f"{name}: {result.done:,} files read, {result.skipped:,} not, {seconds / first:.3f} of the first build's time,"
                f" {peak:,.0f} MB at most in the main process so far"
            )


if __name__ == "__main__":
    main()
