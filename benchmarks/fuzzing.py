"""Inputs that a coverage-guided fuzzer finds: readers and the edit core must refuse or obey their laws, whatever the bytes.

    pip install '.[fuzz]'
    python benchmarks/fuzzing.py readers|edits [--seconds 60] [--keep FOLDER]

An input that raises anything but Rejected, breaks a law, takes over 20 seconds or over 2 GB ends the run: it is kept in
FOLDER (default: the working directory) and becomes a test. Atheris watches which branches of this package and of pypdf an
input reaches; FOLDER also holds those inputs that reached new ones, from which the next run goes on.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["corpus_tools", "pypdf"]):
    from corpus_tools.building.prepare import edits_of
    from corpus_tools.cleaning.edits import apply, compose, record, settle, undo
    from corpus_tools.config import Config
    from corpus_tools.document import Edit, Page
    from corpus_tools.errors import Rejected
    from corpus_tools.reading import read_bytes

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "fuzzing"))

from danger import REPORT
from page_dangers import mail, page
from pdf_dangers import pdf
from word_dangers import word

SUFFIXES = (".txt", ".md", ".html", ".mht", ".docx", ".pdf", ".doc", "")


def readers(data: bytes) -> None:
    """The first byte chooses the file's ending."""
    if not data:
        return
    try:
        found = read_bytes(data[1:], f"a{SUFFIXES[data[0] % len(SUFFIXES)]}")
    except Rejected:
        return
    assert found.text.encode().decode() == found.text
    assert found.text.strip()
    assert all(0 <= line.start <= line.end <= len(found.text) for line in found.lines)


def edits(data: bytes) -> None:
    """A text is cleaned, and edits at places that its own bytes name are settled, composed and undone."""
    raw = data.decode("utf-8", "ignore").replace("\r", "")
    found = edits_of(Page(raw, "txt"), config=Config())
    assert undo(apply(raw, found), found) == raw
    first = _pointed(raw, data)
    middle = apply(raw, first)
    second = _pointed(middle, data[::-1])
    both = compose(first, second)
    assert apply(raw, both) == apply(middle, second)
    whole = record(raw, both)
    assert undo(apply(raw, whole), whole) == raw


def _pointed(text: str, data: bytes) -> list[Edit]:
    places = [(byte * (len(text) + 1)) >> 8 for byte in data[:24]]
    pairs = zip(places[::2], places[1::2], strict=False)
    return settle(text, [Edit(min(a, b), max(a, b), "新" * (a % 3), "kind", "rule") for a, b in pairs])


TARGETS = {"readers": readers, "edits": edits}
SEEDS = {
    "readers": [
        *(bytes([0]) + REPORT.encode(codec) for codec in ("utf-8", "gbk", "utf-16", "hz")),
        bytes([2]) + page("<table><tr><td>甲<td>乙</table><pre>丙\n丁</pre><a href=x>戊</a>", "<meta charset=utf-8>"),
        bytes([3]) + mail(page("")),
        bytes([4]) + word("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
        bytes([5]) + pdf(),
    ],
    "edits": [REPORT.encode(), REPORT.replace("，", "， ").replace("工作", "工 作").encode()],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    found = args.keep or Path(tempfile.mkdtemp())
    found.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[args.target]):
        (found / f"seed-{args.target}-{number}").write_bytes(seed)
    prefix = f"{args.keep or Path.cwd()}/"
    limits = [f"-max_total_time={args.seconds}", "-timeout=20", "-rss_limit_mb=2000", "-max_len=8192"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={prefix}", str(found)], TARGETS[args.target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
