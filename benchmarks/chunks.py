"""What a build costs on paper: a chunk of files and a part measured, and what the client holds for each file.

    python benchmarks/chunks.py RAW [--files 256] [--client 100000] [--reports 10000000] [--threads 400]

Prepares --files files of RAW in chunks as a worker does, puts a part together from them, lets a client list, plan and note
--client files whose work nobody does, and compares --client signatures. Prints seconds, bytes and memory of each, and from
these what --reports reports take on a cluster of --threads threads. Seconds are those of one core of this machine.
Needs a system with /proc.
"""

from __future__ import annotations

import argparse
import gc
import pickle
import resource
import tempfile
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from corpus_tools.building import build as building
from corpus_tools.building.chunks import FILES, Batch, Finish, Job, chunked, work
from corpus_tools.building.duplicates import duplicates
from corpus_tools.building.frames import Glance, Keep, digest, glance
from corpus_tools.building.identity import identity
from corpus_tools.building.inputs import Files
from corpus_tools.building.journal import Seen
from corpus_tools.building.parts import FILES_PER_PART
from corpus_tools.building.signatures import HASHES
from corpus_tools.building.staging import Assembly, Naming, stage
from corpus_tools.cleaning.templates import Frame
from corpus_tools.config import Config
from corpus_tools.corpus import store
from corpus_tools.document import Document

Answer = TypeVar("Answer")


class Clock:
    """Seconds of this process, and of memory what it holds more than before."""

    def __init__(self) -> None:
        gc.collect()
        self.began, self.held = time.process_time(), _held()

    def __call__(self, files: int) -> tuple[float, float]:
        """Seconds and bytes for each file."""
        seconds = time.process_time() - self.began
        gc.collect()
        return seconds / files, (_held() - self.held) / files


def _held() -> int:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def worker(raw: Path, folder: Path, wanted: int) -> dict[str, float]:
    """Seconds and bytes for each file on a worker, in order of the work."""
    files, config = Files(raw), Config(jobs=1)
    names = list(islice(files.looks, wanted))
    glances = [Glance(files.path(s), s, files.looks[s]) for s in names]
    jobs = [Job(files.path(s), s, files.looks[s], config) for s in names]
    work(jobs[0])  # loads the dictionaries
    found: dict[str, float] = {"raw bytes": sum(look.size for look in files.looks.values()) / len(files.looks)}
    clock = Clock()
    seen = [(job, glance(job)) for job in glances]
    Keep(folder / "frames", "")(seen)
    found["glance"], _ = clock(len(names))
    found["frame numbers"] = sum(len(one.lines) + len(one.prose) for _, (_, one) in seen) / len(names)
    sent, answered, documents = 0, 0, 0
    batches = {}
    clock = Clock()
    prepare = 0.0
    for chunk in chunked(jobs, parts=1, most=FILES):
        began = time.process_time()
        done = [(job, work(job)) for job in chunk]
        prepare += time.process_time() - began
        batch = Finish(folder / "journal")(done)
        documents += sum(isinstance(result.outcome, Document) for _, result in done)
        sent, answered = sent + len(pickle.dumps(chunk)), answered + len(pickle.dumps(batch))
        batches[folder / "journal" / (batch.name or "")] = frozenset(batch.written)
    whole, _ = clock(len(names))
    found |= {"prepare": prepare / len(names), "rows, batch": whole - prepare / len(names)}
    found |= {"task bytes": sent / len(names), "answer bytes": answered / len(names)}
    found["batch bytes"] = _bytes(folder / "journal") / len(names)
    task = Assembly(0, folder / "staged", folder, (), frozenset(), batches)
    clock = Clock()
    stage(task)
    found["assemble"], _ = clock(len(names))
    found["corpus bytes"] = _bytes(folder / "staged") / len(names)
    found["assembly bytes"] = len(pickle.dumps(task)) / len(names)
    clock = Clock()
    stage(Naming(0, folder / "staged", folder / "staged", {}))
    found["name"], _ = clock(len(names))
    return found


class Nobody:
    """Workers who do nothing: they take tasks, and answer as if the work were done."""

    width = 1

    def __init__(self, numbers: int) -> None:
        lines, prose = (array("q", range(numbers // 2)) for _ in range(2))
        self.frame = Frame("url:site.example", lines, prose)
        self.seconds = 0.0  # of what workers would do

    def run(self, function: Any, chunks: Iterable[Sequence[Any]], finish: Any) -> Iterator[Any]:
        for number, chunk in enumerate(chunks):
            pickle.dumps(chunk)
            if function is glance:
                began = time.process_time()
                answer = finish([(job, (job.looked, self.frame)) for job in chunk])
                self.seconds += time.process_time() - began
                yield answer
            else:
                seen = {job.source: Seen(*job.looked, f"{number:064x}", digest(job.site_lines)) for job in chunk}
                yield Batch(f"{number:024x}.zip", seen, {}, 0)


def client(folder: Path, n: int, numbers: int) -> list[tuple[str, float, float]]:
    """Seconds and bytes for each file on the client: what it does, in order."""
    raw, out = folder / "listed", folder / "planned"
    identity(Config())  # loads the dictionaries
    for number in range(n):
        place = raw / f"网站{number // 1000:05d}"
        if number % 1000 == 0:
            place.mkdir(parents=True)
        (place / f"二〇二三年工作报告-{number:08d}.html").touch()
    rows = []
    clock = Clock()
    files = Files(raw)
    rows.append(("list the files", *clock(n)))
    clock = Clock()
    (out / ".build").mkdir(parents=True)
    nobody = Nobody(numbers)
    at_work: Any = building._Build(out, files, Config(), nobody, lambda: None, retry=False)
    at_work._look_at_sites()
    seconds, held = clock(n)
    rows.append(("sites' frames", seconds - nobody.seconds / n, held))
    clock = Clock()
    waiting = sorted(files.looks)
    at_work._prepare(waiting)
    rows.append(("plan chunks, note results", *clock(n)))
    clock = Clock()
    store.write_json(out / "manifest.json", {"inputs": {s: seen.sha256 for s, seen in at_work.seen.items()}})
    store.write_json(out / "seen.json", at_work.seen)
    rows.append(("write the manifest and notes", *clock(n)))
    return rows


def compared(n: int) -> tuple[float, float]:
    """Seconds and bytes for each document whose signature is compared, with the memory at its most."""
    chance = np.random.default_rng(0)
    names = [f"{number:016x}" for number in range(n)]
    rows = [
        {
            "doc_id": s,
            "source": s,
            "text_sha256": s * 4,
            "year": 2020,
            "place": None,
            "province": None,
            "flags": [],
            "n_masks": 0,
        }
        for s in names
    ]
    documents = pa.Table.from_pylist([{**row, "n_edits": 3} for row in rows])
    numbers = np.sort(chance.integers(0, 2**32, (n, HASHES), dtype=np.uint32), axis=1)
    lists = pa.ListArray.from_arrays(np.arange(0, n * HASHES + 1, HASHES, dtype=np.int32), numbers.ravel())
    signatures = pa.table([names, pa.array([3000] * n, pa.int32()), lists], schema=store.SCHEMAS["signatures"])
    del rows, numbers
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    clock = Clock()
    duplicates(documents, signatures)
    seconds, _ = clock(n)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return seconds, (max(most - before, 0) + documents.nbytes + signatures.nbytes) / n


def _alone(function: Callable[..., Answer], *args: Any) -> Answer:
    """Call a function in a process of its own: memory that was used and freed before would hide what it takes."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *args).result()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("raw", type=Path)
    for name, number in (("files", 256), ("client", 100_000), ("reports", 10_000_000), ("threads", 400)):
        parser.add_argument(f"--{name}", type=int, default=number)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for sub in ("frames", "journal"):
            (folder / sub).mkdir()
        found = _alone(worker, args.raw, folder, args.files)
        listed = _alone(client, folder, args.client, round(found["frame numbers"]))
        alike = _alone(compared, args.client)
    print("one file on a worker:")
    for key in ("glance", "prepare", "rows, batch", "assemble", "name"):
        print(f"  {key:15} {found[key] * 1000:8.2f} ms")
    for key in ("raw bytes", "batch bytes", "corpus bytes", "task bytes", "answer bytes", "assembly bytes"):
        print(f"  {key:15} {found[key]:8,.0f}")
    print(f"  {'frame numbers':15} {found['frame numbers']:8,.0f}")
    print(f"one file on the client, of {args.client:,}:")
    for what, seconds, held in [*listed, ("compare signatures", *alike)]:
        print(f"  {what:29} {seconds * 1e6:8.1f} µs {held:8,.0f} bytes")
    _on_paper(args, found, [*listed, ("compare signatures", *alike)])


def _on_paper(args: Any, found: dict[str, float], client_rows: list[tuple[str, float, float]]) -> None:
    n, threads = args.reports, args.threads
    spread = sum(found[key] for key in ("glance", "prepare", "rows, batch", "assemble", "name")) * n / threads
    alone = sum(seconds for _, seconds, _ in client_rows) * n
    listed, frames, results, written, alike = (max(held, 0) for _, _, held in client_rows)
    held = (listed + results + max(frames, written, alike)) * n  # frames go before signatures come
    parts = 1 << max(0, -(-n // FILES_PER_PART) - 1).bit_length()
    tables, gigabyte = len(store.SCHEMAS), 1e9
    print(f"{n:,} reports on {threads} threads:")
    print(
        f"  workers {spread / 3600:.1f} h, client {alone / 3600:.1f} h on top of it; client's memory {held / gigabyte:.0f} GB"
    )
    print(f"  raw {found['raw bytes'] * n / gigabyte:,.0f} GB, journal {found['batch bytes'] * n / gigabyte:,.0f} GB,"
          f" corpus {found['corpus bytes'] * n / gigabyte:,.0f} GB")  # fmt: skip
    print(f"  {-(-n // FILES):,} batches while it runs; {parts:,} parts in {parts * tables:,} files")
    through = sum(found[key] for key in ("task bytes", "answer bytes", "assembly bytes")) * n
    print(f"  through the scheduler {through / gigabyte:.1f} GB in all")


if __name__ == "__main__":
    main()
