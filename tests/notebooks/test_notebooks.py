"""The notebooks run from the top, say what is true in two languages, and the stored .ipynb is the .py beside it."""

from __future__ import annotations

import contextlib
import csv
import os
import re
import shutil
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import corpus_tools

jupytext = pytest.importorskip("jupytext", reason="jupytext is not installed (extra test)")
nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed (extra test)")
nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed (it comes with nbclient)")
openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed (extra excel)")
pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
pytest.importorskip("ipykernel", reason="ipykernel is not installed (extra test)")
pytest.importorskip("ruptures", reason="ruptures is not installed (extra changes)")

ROOT = Path(__file__).parents[2]
EXPECTED = ROOT / "tests" / "expected"
BOOKS = ROOT / "notebooks"
# The last first: a notebook that leaned on one before it would find nothing there.
SCRIPTS = sorted(BOOKS.glob("*.py"), reverse=True)
each_script = pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
# A path from the root of a file system, or of a Windows drive; not the end of a tag or an address (</td>, https://…).
ABSOLUTE = re.compile(r"(?<![\w<:/.…])/[A-Za-z_~][\w.\-]*/[\w.\-]+|\b[A-Za-z]:\\{1,2}\w|~/\w|file:/")
LARGEST = 600_000  # bytes: more is slow to open and to compare
LONGEST = 4  # lines of a markdown cell that hold something
WIDEST = 100  # characters of a line of code: more is cut off on a screen
WIDTHS = {"column": 84, "page": 174}  # millimetres that journals print


class Run:
    """One notebook, run in a checkout that it shares with the others."""

    def __init__(self, script: Path, folder: Path) -> None:
        self.name, self.folder = script.stem, folder
        self.book = jupytext.read(folder / "notebooks" / script.name)
        client = nbclient.NotebookClient(
            self.book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder / "notebooks")}}
        )
        with one_core():
            client.execute()

    @property
    def number(self) -> str:
        return self.name[:2]

    def made(self, name: str) -> Path:
        return self.folder / "processed" / "notebooks" / f"{self.number}_{name}"

    def rows(self, name: str) -> list[dict[str, str]]:
        with self.made(name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def sheet(self, name: str) -> list[dict[str, object]]:
        head, *rows = openpyxl.load_workbook(self.made(name)).active.iter_rows(values_only=True)
        return [dict(zip(head, row, strict=True)) for row in rows]


@contextlib.contextmanager
def one_core() -> Iterator[None]:
    """Builds start a process a core, each of which loads every dictionary: for a few files that is most of the work."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})  # the kernel inherits it
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    # The folder's name is one that no output could hold by chance.
    folder = tmp_path_factory.mktemp("checkout-zxqv")
    shutil.copytree(ROOT / "raw", folder / "raw")
    shutil.copytree(BOOKS, folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
    before = _files(folder / "raw") | _files(folder / "notebooks")
    # The kernel is a process of its own: it must find the package under test wherever that lies.
    package = str(Path(corpus_tools.__file__).parents[1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")])))
        yield folder, before


@pytest.fixture(scope="module", params=SCRIPTS, ids=lambda script: script.stem)
def run(request, checkout):
    return Run(request.param, checkout[0])


def _files(folder: Path) -> dict[str, bytes]:
    return {
        f"{folder.name}/{path.relative_to(folder)}": path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def code(book) -> list:
    return [cell for cell in book.cells if cell.cell_type == "code"]


def outputs(book) -> list:
    return [output for cell in code(book) for output in cell.outputs]


def texts(book) -> list[str]:
    """Everything a notebook's outputs say in words: what was printed, and results as text and HTML (no pictures)."""
    said = []
    for output in outputs(book):
        said.append(output.get("text", ""))
        said += [value for kind, value in output.get("data", {}).items() if kind.startswith("text/")]
    return [text for text in said if text]


def pictures(cell) -> int:
    return sum("image/png" in output.get("data", {}) for output in cell.outputs)


# What is right, from the texts that the sample reports were damaged from.


def reports(**wanted: str) -> list[dict[str, str]]:
    """The sample reports of these columns, without the copies of the one that is there three times."""
    with (EXPECTED / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if "same" not in row["families"].split(";")]
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def clean(row: dict[str, str]) -> str:
    return (EXPECTED / f"{Path(row['path']).stem}.txt").read_text("utf-8").rstrip("\n")


# 巩固拓展脱贫攻坚成果 is another slogan, of later years.
APART = {"脱贫攻坚": "(?<!巩固拓展)(?<!巩固)脱贫攻坚"}


def planted(term: str, **wanted: str) -> Counter[int]:
    """How often a slogan stands in the reports of each year, inside no longer one."""
    found: Counter[int] = Counter()
    for row in reports(**wanted):
        if row["year"]:
            found[int(row["year"])] += len(re.findall(APART.get(term, term), clean(row)))
    return found


def test_there_are_eight_and_the_readme_names_each():
    names = sorted(script.stem for script in SCRIPTS)
    assert [name[:3] for name in names] == [f"0{number}_" for number in range(1, 9)]
    assert re.findall(r"\]\((\w+)\.ipynb\)", (BOOKS / "README.md").read_text("utf-8")) == names
    assert sorted(path.stem for path in BOOKS.glob("*.ipynb")) == names


@each_script
def test_cells_are_short_and_speak_two_languages(script):
    cells = jupytext.read(script).cells
    said = [cell.source for cell in cells if cell.cell_type == "markdown"]
    assert said[0].startswith(f"# {script.stem[:2]} ")
    headings = [line for text in said for line in text.splitlines() if line.startswith("#")]
    assert len(headings) >= 6
    for text in [said[0], *headings]:
        assert re.search("[一-鿿]", text), text
        assert re.search("[A-Za-z]{3}", text), text
    assert [text for text in said if len([line for line in text.splitlines() if line.strip()]) > LONGEST] == []
    assert [
        line for cell in cells if cell.cell_type == "code" for line in cell.source.splitlines() if len(line) > WIDEST
    ] == []


@each_script
def test_a_notebook_says_what_may_not_be_concluded(script):
    text = script.read_text("utf-8")
    assert "不能得出的结论" in text
    assert "Not to be concluded" in text


@each_script
def test_a_notebook_names_no_file_of_another(script):
    own = script.stem[:2]
    text = script.read_text("utf-8")
    assert "ct.build(" in text
    assert {name[:2] for name in re.findall(r'out / f?"(\d\d_)', text) + re.findall(r'glob\("(\d\d_)', text)} == {own}


def test_a_notebook_says_nothing_on_standard_error(run):
    assert [output.text for output in outputs(run.book) if output.get("name") == "stderr"] == []
    assert [text for text in texts(run.book) if "Warning" in text] == []


def test_a_notebook_touches_no_file_that_was_there(run, checkout):
    folder, before = checkout
    assert _files(folder / "raw") | _files(folder / "notebooks") == before


def test_outputs_of_a_run_hold_no_path_of_the_machine(run):
    assert [text for text in texts(run.book) if "checkout-zxqv" in text or ABSOLUTE.search(text)] == []


def test_a_notebook_ends_with_a_figure_for_print_and_a_table(run):
    *_, figure, table = code(run.book)
    assert "ct.plot.save(ax, out" in figure.source
    assert pictures(figure) == 1
    assert "ct.save(" in table.source
    (pdf,) = run.made("").parent.glob(f"{run.number}_*.pdf")
    width = float(pypdf.PdfReader(pdf).pages[0].mediabox.width) / 72 * 25.4
    assert min(abs(width - wanted) for wanted in WIDTHS.values()) < 1
    (workbook,) = run.made("").parent.glob(f"{run.number}_*.xlsx")
    assert run.sheet(workbook.name[3:])
    assert list(run.made("").parent.glob(f"{run.number}_*.csv"))


@each_script
def test_the_stored_notebook_has_the_cells_of_the_script(script):
    stored = nbformat.read(script.with_suffix(".ipynb"), as_version=4)
    wanted = jupytext.read(script)
    assert [(cell.cell_type, cell.source) for cell in stored.cells] == [(c.cell_type, c.source) for c in wanted.cells]


@each_script
def test_the_stored_notebook_was_run_from_the_top_and_is_fit_to_be_shown(script):
    path = script.with_suffix(".ipynb")
    stored = nbformat.read(path, as_version=4)
    assert [cell.execution_count for cell in code(stored)] == list(range(1, len(code(stored)) + 1))
    bad = [output for output in outputs(stored) if output.output_type == "error" or output.get("name") == "stderr"]
    assert bad == []
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


def test_the_numbers_are_those_of_the_texts(run):
    check = NUMBERS[run.number]
    check(run)


def build_and_check(run: Run) -> None:
    wanted = reports()
    assert len(wanted) == 89  # 91 in the index, one of them there three times
    printed = "".join(texts(run.book))
    for line in (
        "91 documents, rejected: {'empty': 1, 'unsupported': 1}\n",
        f"0 files done now, {len(_files(run.folder / 'raw')) - 1} unchanged\n",  # without README.md
        "Corpus(89 reports, 2012–2025",
        "rejects/empty.txt",
        "rejects/0a1b2c.doc",
    ):
        assert line in printed
    assert "0 findings\n" in texts(run.book)
    for rows in (run.rows("reports.csv"), run.sheet("reports.xlsx")):
        # The news item about a report does not say its year, and the corpus does not guess it.
        years = Counter(str(row["year"] or "") for row in rows if row["kind"] != "news")
        assert years == Counter(row["year"] for row in wanted if row["kind"] != "news")
        assert {str(row["place"] or "") for row in rows} == {row["place"] for row in wanted}


def what_was_removed(run: Run) -> None:
    of = {row["path"]: row for row in reports()}
    rows = {row["source"]: row for row in run.rows("reports.csv") if row["source"] in of}
    assert len(rows) >= 88  # of three copies the corpus keeps one, the index perhaps another
    assert {source: int(row["characters"]) for source, row in rows.items()} == {s: len(clean(of[s])) for s in rows}
    greeted = next(row for row in run.sheet("rules.xlsx") if row["rule"] == "greeting")
    assert greeted["reports"] == 11  # 12 are planted, one of them in a copy that the corpus leaves out
    assert "True 0 findings\n" in texts(run.book)
    assert "求知范文网" in run.made("review.html").read_text("utf-8")


def keywords_and_concordance(run: Run) -> None:
    of = reports(kind="work_report", organisation="科协")
    assert len(run.rows("concordance.csv")) == sum(clean(row).count("科普") for row in of)
    twenty = next(row for row in run.sheet("keyness.xlsx") if row["term"] == "党的二十大")
    since = [row for row in of if row["year"] and int(row["year"]) >= 2019]
    assert twenty["count"] == sum(clean(row).count("党的二十大") for row in since)
    assert twenty["count_reference"] == 0
    assert any("推动科技馆体系建设" in text for text in texts(run.book)), "a pattern with a gap shows one"


def slogans(run: Run) -> None:
    rows = run.rows("slogans_by_year.csv")
    for term in ("新质生产力", "脱贫攻坚", "科学发展观"):
        counted = {int(row["year"]): int(row["count"]) for row in rows if row["slogan"] == term}
        wanted = planted(term, kind="work_report")
        assert set(counted) == {year for year, count in wanted.items() if count}
        if term == "新质生产力":
            assert counted == +wanted
    lives = {row["slogan"]: row for row in run.sheet("lives.xlsx")}
    assert (lives["新质生产力"]["first"], lives["科学发展观"]["last"]) == (2024, 2014)


def topics_and_themes(run: Run) -> None:
    theme = tomllib.loads((ROOT / "corpus_tools" / "data" / "themes.toml").read_text("utf-8"))["科普"]
    full = [term for term in theme["terms"] if term not in theme["weights"]]
    held = Counter(
        int(row["year"])
        for row in reports(kind="work_report")
        if row["year"] and any(term in clean(row) for term in full)
    )
    rows = [row for row in run.rows("themes_by_year.csv") if row["theme"] == "科普"]
    assert {int(row["year"]): int(row["documents"]) for row in rows} == {y: held[y] for y in range(2012, 2026)}
    for year in range(2012, 2026):
        of_year = [float(row["share"]) for row in run.sheet("topics_by_year.xlsx") if row["year"] == year]
        assert sum(of_year) == pytest.approx(1)


def trends(run: Run) -> None:
    n = Counter(int(row["year"]) for row in reports(kind="work_report") if row["year"])
    rows = {(row["term"], int(row["year"])): row for row in run.rows("rates.csv")}
    wanted = planted("新质生产力", kind="work_report")
    for year in range(2012, 2026):
        new, old = rows["新质生产力", year], rows["科学发展观", year]
        assert int(new["count"]) == wanted[year]
        assert int(new["n"]) == int(old["n"]) == n[year]
        assert float(new["low"]) <= float(new["rate"]) <= float(new["high"])
        if year < 2024:
            assert float(new["low"]) == float(new["rate"]) == 0 < float(new["high"])
    assert any("四个不摘" in text for text in texts(run.book)), "the passage of 2022 that the text speaks of"
    highest = max(range(2012, 2026), key=lambda year: float(rows["科学发展观", year]["rate"]))
    assert highest in (2012, 2013)


def new_files(run: Run) -> None:
    printed = "".join(texts(run.book))
    assert "10 read, 89 unchanged\n96 documents, 3 rejected\n" in printed
    assert "86 of 86 texts unchanged" in printed
    aside = clean(next(row for row in reports() if row["path"] == "gb/sk-2025.txt")).count("新质生产力")
    before = planted("新质生产力")[2025] - aside
    new = sum((BOOKS / "new_files" / name).read_text("utf-8").count("新质生产力") for name in (
        "gb/zf2025-rt.txt", "muyun-kexie/content_202.html",
    ))  # fmt: skip
    rows = {(row["term"], row["year"]): row for row in run.rows("before_and_after.csv")}
    row = rows["新质生产力", "2025"]
    assert (int(row["count"]), int(row["count_after"])) == (before, before + aside + new)
    assert all(
        row["rate"] == row["rate_after"] for (_, year), row in rows.items() if year not in ("2014", "2024", "2025")
    )
    flags = {row["source"]: row["flags"] for row in run.sheet("arrivals.xlsx")}
    assert len(flags) == 9
    assert flags["fanwen/zh-2016-08.txt"] == "year_contradicted"


def your_own_lists(run: Run) -> None:
    rows = run.rows("own_slogans.csv")
    counts: Counter[tuple[str, str]] = Counter()
    for row in reports():
        for name in ("智汇沅泽", "科普栖霄行", "科技兴棠"):
            counts[row["place"], name] += clean(row).count(name)
    assert {(row["place"], row["slogan"]): int(row["count"]) for row in rows} == dict(+counts)
    assert "without the rule: 7  with it: 3\n" in texts(run.book)
    assert tomllib.loads(run.made("muyun.toml").read_text("utf-8"))["drop"] == "div.lead-box"
    weighed = {row["list"]: row for row in run.sheet("own_theme.xlsx")}
    assert weighed["农民 1"]["hits"] == weighed["农民 0.5"]["hits"] > weighed["no 农民"]["hits"]


NUMBERS = {
    "01": build_and_check,
    "02": what_was_removed,
    "03": keywords_and_concordance,
    "04": slogans,
    "05": topics_and_themes,
    "06": trends,
    "07": new_files,
    "08": your_own_lists,
}
