"""How often a report whose figures were moved forward is caught by its words, and one that was not is accused.

    python benchmarks/dating.py FOLDER [--fast]
    python benchmarks/dating.py FOLDER --slogans

FOLDER holds MANIFEST.csv (file, kind, year) and its files. Every four-digit year in figures (19xx, 20xx) of a report is moved by
the same amount, words stay; the claimed year is the one that the describing code reads off the moved text, under a file
name that says nothing (``--fast``: the true year plus the shift). Untouched are all files, of resolutions and plans too.
Texts cut to their first characters, and untouched ones cut in pieces, show how much text it takes. The years and lengths
of corpus_tools/describing/dating.py were chosen on these texts: the figures say how well it fits them, not how well it will
do elsewhere.
``--slogans`` prints every formula of data/slogans.csv, of confidence high or medium, that stands in a report before its year.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from corpus_tools.building.prepare import prepare
from corpus_tools.config import Config
from corpus_tools.data import toml
from corpus_tools.describing.dating import contradicted, evidence
from corpus_tools.describing.sessions import number
from corpus_tools.language.lexicon import matched
from corpus_tools.language.script import simplify
from corpus_tools.language.slogans import Slogan, slogans

SHIFTS = (1, 2, 3, 5, 7, 15)
LENGTHS = (500, 1000, 2000, 4000)
# Work reports of a known year, each once; the other folders hold the same reports in other transcriptions or encodings.
REPORTS = ("state_council", "provincial", "provincial_docx", "local")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SESSION = re.compile("第(.{1,3})届全国人民代表大会第(.{1,2})次会议")
_CONGRESS = re.compile(r"cpc_congress/(\d\d)_")


class Known(NamedTuple):
    """A file of known year: its kind, and its clean text in simplified characters."""

    file: str
    kind: str
    year: int
    text: str


def known(folder: Path) -> Iterator[Known]:
    """All files whose year is known from the manifest, a resolution's session or a congress's number."""
    with (folder / "MANIFEST.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for i, row in enumerate(rows):
        path = folder / row["file"]
        document = _prepared(path.read_bytes(), f"{i:04}{path.suffix}")
        year = int(row["year"]) if row["year"] else _year_of(row["file"]) or document[0]
        if year:
            yield Known(row["file"], row["kind"], year, simplify(document[1]))


def _prepared(raw: bytes, name: str) -> tuple[int | None, str]:
    document = prepare(raw, name, config=Config(standard="jieba", hmm=False))
    return document.year, document.text


def _year_of(file: str) -> int | None:
    tables = toml("sessions.toml")
    if m := _SESSION.search(file):
        year: int = tables["people"][str(number(m[1]))][number(m[2]) - 1]
        return year
    m = _CONGRESS.search(file)
    return tables["party"][str(int(m[1]))] if m else None


def shifted(text: str, by: int) -> str:
    """The text with all its four-digit years in figures moved."""
    return _YEAR.sub(lambda m: str(int(m[0]) + by), text)


def accused(files: list[Known], length: int | None = None) -> list[Known]:
    """The untouched files whose true year is contradicted."""
    return [k for k in files if contradicted(k.text[:length], k.year)]


class Caught(NamedTuple):
    """Of the reports whose figures were moved: how many are flagged, and how many there are.

    ``right``: those whose true year was read all the same, from words; they count as not flagged. ``unread``: no year.
    """

    flagged: int
    total: int
    right: int
    unread: int

    @property
    def share(self) -> float:
        return self.flagged / self.total


def _pieces(text: str, length: int) -> list[str]:
    return [text[i : i + length] for i in range(0, len(text), length)]


def caught(files: list[Known], by: int, *, length: int | None = None, read: bool = False) -> Caught:
    """Move the figures of every report; ``read``: the claimed year is read off the text.

    A text without a year in figures cannot be moved and is left out.
    """
    flagged = total = right = unread = 0
    for k in files:
        text = shifted(k.text[:length], by)
        if k.kind not in REPORTS or text == k.text[:length]:
            continue
        total += 1
        year = _prepared(text.encode(), "0001.txt")[0] if read else k.year + by
        right += year == k.year
        unread += year is None
        flagged += year is not None and bool(contradicted(text, year))
    return Caught(flagged, total, right, unread)


def too_early(files: list[Known]) -> Iterator[tuple[Known, str, Slogan]]:
    """Every form of a certain slogan that stands in a file older than its year."""
    automaton, forms = _forms()
    for k in files:
        text = matched(k.text)
        for which in {hit[0] for hit in automaton.find_matches_as_indexes(text)}:
            form, slogan = forms[which]
            if slogan.year and slogan.confidence != "low" and k.year < slogan.year:
                yield k, form, slogan


@cache
def _forms() -> tuple[AhoCorasick, list[tuple[str, Slogan]]]:
    forms = [(form, slogan) for slogan in slogans() for form in slogan.forms]
    return AhoCorasick([form for form, _ in forms], matchkind=MatchKind.LeftmostLongest), forms


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--slogans", action="store_true")
    parser.add_argument("--fast", action="store_true")
    options = parser.parse_args()
    files = list(known(options.folder))
    if options.slogans:
        found = list(too_early(files))
        for k, form, slogan in found:
            print(f"{k.file}: {form} ({slogan.slogan}, {slogan.year}) in {k.year}")
        print(f"{len(found)} formulae before their year in {len(files)} files")
        return
    _print_figures(files, read=not options.fast)


def _print_figures(files: list[Known], *, read: bool) -> None:
    wrong = accused(files)
    print(f"untouched: {len(wrong)} of {len(files)} flagged ({len(wrong) / len(files):.1%})", *(k.file for k in wrong))
    for length in LENGTHS:
        print(f"untouched, first {length} characters: {len(accused(files, length))} of {len(files)} flagged")
        pieces = [k._replace(text=piece) for k in files if k.kind in REPORTS for piece in _pieces(k.text, length)]
        print(f"untouched, pieces of {length} characters: {len(accused(pieces))} of {len(pieces)} flagged")
    for by in SHIFTS:
        c = caught(files, by, read=read)
        print(
            f"+{by}: {c.flagged} of {c.total} flagged ({c.share:.1%}); {c.right} claim the true year, {c.unread} none"
        )
        parts = (f"{length} characters {caught(files, by, length=length).share:.1%}" for length in LENGTHS)
        print("    true year + shift, first", ", ".join(parts))
    start = time.perf_counter()
    for k in files:
        evidence(k.text)
    size = sum(len(k.text.encode()) for k in files) / 1e6
    print(f"{size / (time.perf_counter() - start):.1f} MB/s on one core")


if __name__ == "__main__":
    main()
