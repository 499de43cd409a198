"""The notebooks run from the top, say what is true, and the stored .ipynb is the .py beside it."""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

import corpus_tools

jupytext = pytest.importorskip("jupytext", reason="jupytext is not installed (dependency group test)")
nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed (dependency group test)")
nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed (it comes with nbclient)")
pytest.importorskip("ipykernel", reason="ipykernel is not installed (dependency group test)")

ROOT = Path(__file__).parents[2]
EXPECTED = ROOT / "tests" / "expected"
SCRIPTS = sorted((ROOT / "notebooks").glob("*.py"))
# A path from the root of a file system, or of a Windows drive; not the end of a tag or an address (</td>, https://…).
ABSOLUTE = re.compile(r"(?<![\w<:/.…])/[A-Za-z_~][\w.\-]*/[\w.\-]+|\b[A-Za-z]:\\{1,2}\w|~/\w|file:/")
LARGEST = 600_000  # bytes: more is slow to open and to compare


class Run:
    """One notebook, run in a copy of the folders it uses."""

    def __init__(self, script: Path, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "raw", folder / "raw")
        shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
        self.raw_before = _files(folder / "raw")
        self.book = jupytext.read(folder / "notebooks" / script.name)
        nbclient.NotebookClient(
            self.book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder / "notebooks")}}
        ).execute()


@pytest.fixture(scope="module", params=SCRIPTS, ids=lambda script: script.stem)
def run(request, tmp_path_factory):
    # The kernel is a process of its own: it must find the package under test wherever that lies.
    package = str(Path(corpus_tools.__file__).parents[1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")])))
        # The folder's name is one that no output could hold by chance.
        return Run(request.param, tmp_path_factory.mktemp("checkout-zxqv"))


@pytest.fixture(scope="module")
def first_look(run):
    if not (run.folder / "processed" / "trend.csv").exists():
        pytest.skip("another notebook")
    return run


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def outputs(book) -> list:
    return [output for cell in book.cells if cell.cell_type == "code" for output in cell.outputs]


def texts(book) -> list[str]:
    """Everything a notebook's outputs say in words: what was printed, and results as text and HTML (no pictures)."""
    said = []
    for output in outputs(book):
        said.append(output.get("text", ""))
        said += [value for kind, value in output.get("data", {}).items() if kind.startswith("text/")]
    return [text for text in said if text]


def unique_reports() -> list[dict[str, str]]:
    """The sample reports without the copies of the one that is there three times."""
    with (EXPECTED / "index.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if "same" not in row["families"].split(";")]


# 巩固拓展脱贫攻坚成果 is another slogan, of later years.
APART = {"脱贫攻坚": "(?<!巩固拓展)(?<!巩固)脱贫攻坚"}


def planted(term: str) -> Counter[int]:
    """How often a slogan stands in the expected clean texts of each year, inside no longer one."""
    found: Counter[int] = Counter()
    for row in unique_reports():
        if row["year"]:
            text = (EXPECTED / f"{Path(row['path']).stem}.txt").read_text("utf-8")
            found[int(row["year"])] += len(re.findall(APART.get(term, term), text))
    return found


def trend_of(run: Run, term: str) -> dict[int, dict[str, str]]:
    with (run.folder / "processed" / "trend.csv").open(encoding="utf-8-sig", newline="") as file:
        return {int(row["year"]): row for row in csv.DictReader(file) if row["term"] == term}


def test_a_notebook_says_nothing_on_standard_error(run):
    assert [output.text for output in outputs(run.book) if output.get("name") == "stderr"] == []
    assert [text for text in texts(run.book) if "Warning" in text] == []


def test_a_notebook_touches_no_raw_file(run):
    assert _files(run.folder / "raw") == run.raw_before


def test_outputs_of_a_run_hold_no_path_of_the_machine(run):
    assert [text for text in texts(run.book) if "checkout-zxqv" in text or ABSOLUTE.search(text)] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_the_stored_notebook_has_the_cells_of_the_script(script):
    stored = nbformat.read(script.with_suffix(".ipynb"), as_version=4)
    wanted = jupytext.read(script)
    assert [(cell.cell_type, cell.source) for cell in stored.cells] == [(c.cell_type, c.source) for c in wanted.cells]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_the_stored_notebook_was_run_from_the_top_and_is_fit_to_be_shown(script):
    path = script.with_suffix(".ipynb")
    stored = nbformat.read(path, as_version=4)
    code = [cell for cell in stored.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert [
        output for output in outputs(stored) if output.output_type == "error" or output.get("name") == "stderr"
    ] == []
    assert [text for text in texts(stored) if ABSOLUTE.search(text)] == []
    assert path.stat().st_size < LARGEST


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in /home/someone/processed; done", True),
        ("'/tmp/x/y.py:21: Warning'", True),
        (r"C:\Users\x", True),
        ("~/corpus", True),
        ("<td>a</td></tr>", False),
        ("https://example.org/a/b", False),
        ("../raw/wenku/gl-0042.txt", False),
        ("cmsdump/t0_118.txt", False),
    ],
)
def test_what_counts_as_an_absolute_path(text, found):
    assert bool(ABSOLUTE.search(text)) == found


def test_first_look_counts_every_report_once(first_look):
    reports = unique_reports()
    assert len(reports) == 89  # 91 in the index, one of them there three times
    assert any(text.startswith(f"Corpus({len(reports)} reports, 2012–2025") for text in texts(first_look.book))


def test_first_look_shows_both_refused_files_and_why(first_look):
    shown = next(text for text in texts(first_look.book) if "rejects/empty.txt" in text)
    assert "rejects/0a1b2c.doc" in shown
    assert "91 documents, rejected: {'empty': 1, 'unsupported': 1}\n" in texts(first_look.book)


def test_first_look_does_nothing_twice(first_look):
    assert f"0 files done now, {len(first_look.raw_before) - 1} unchanged\n" in texts(
        first_look.book
    )  # without README.md


def test_first_look_finds_nothing_wrong_with_its_corpus(first_look):
    assert "0 findings\n" in texts(first_look.book)


@pytest.mark.parametrize("term", ["脱贫攻坚", "新质生产力"])
def test_a_slogan_has_hits_in_the_years_it_was_planted_in_and_in_no_other(first_look, term):
    trend, wanted = trend_of(first_look, term), planted(term)
    assert list(trend) == list(range(2012, 2026))
    assert {year for year, row in trend.items() if int(row["count"])} == {year for year, n in wanted.items() if n}


def test_the_newest_slogan_comes_late_and_the_old_one_leads_at_first(first_look):
    new, old = trend_of(first_look, "新质生产力"), trend_of(first_look, "科学发展观")
    assert all(
        float(row["rate"]) == float(row["low"]) == 0 < float(row["high"]) for year, row in new.items() if year < 2023
    )
    assert int(new[2025]["count"]) == planted("新质生产力")[2025] == 15
    assert max(old, key=lambda year: float(old[year]["rate"])) in (2012, 2013)
    assert all(float(row["low"]) <= float(row["rate"]) <= float(row["high"]) for row in [*new.values(), *old.values()])


def test_first_look_leaves_a_page_a_table_and_a_picture(first_look):
    processed = first_look.folder / "processed"
    assert "乡村振兴" in (processed / "report.html").read_text("utf-8")
    assert (processed / "slogans.pdf").read_bytes().startswith(b"%PDF")
    pictures = [output for output in outputs(first_look.book) if "image/png" in output.get("data", {})]
    assert len(pictures) == 3
