"""``corpus-tools kwic``, ``collocations around`` and ``network``, on the sample reports."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from command import run

from corpus_tools.analysis import collocations
from corpus_tools.analysis.concordance import kwic
from corpus_tools.cleaning.edits import undo
from corpus_tools.corpus.corpus import load
from corpus_tools.document import Edit


def table(*args: str | Path) -> pd.DataFrame:
    result = run(*args, "-f", "csv")
    assert result.returncode == 0, result.stderr
    return pd.read_csv(StringIO(result.stdout))


def test_kwic_is_the_function(out: Path) -> None:
    frame = kwic(load(out), "高质量发展", width=12, sort=("left", "year"))
    shown = table("kwic", out, "高质量发展", "--width", "12", "--sort", "left,year")
    assert shown["hit"].tolist() == frame["hit"].tolist()
    assert shown.columns.tolist() == frame.columns.tolist()
    result = run("kwic", out, "/v 发展", "--kind", "pattern", "--sample", "3", "-f", "json")
    assert len(json.loads(result.stdout)) == 3
    assert "places of a pattern in" in result.stderr


def test_a_concordance_has_its_node_in_one_column(out: Path) -> None:
    from rich.cells import cell_len

    lines = run("kwic", out, "发展", "--kind", "word", "--sample", "20").stdout.splitlines()
    assert len(lines) == 20
    starts = set()
    for line in lines:
        before = line.split("  发展  ")[:-1]
        starts |= {cell_len("  发展  ".join(before[: n + 1])) for n in range(len(before))}
        assert cell_len(line) <= 200
    assert len(starts) <= 2  # context may hold the node between blanks, hardly ever


def test_real_nodes_come_from_where_they_say(out: Path) -> None:
    corpus = load(out)
    columns = ["start", "end", "inserted", "kind", "rule", "removed"]
    edits = dict(iter(corpus.edits.groupby("doc_id")[columns]))
    for query, kind in (("科协", "phrase"), ("发展", "word")):
        frame = kwic(corpus, query, kind=kind, sample=200)
        for row in frame.merge(corpus.documents[["doc_id", "text"]], on="doc_id").itertuples():
            assert row.text[row.start : row.end] == row.node
            of = edits.get(row.doc_id, pd.DataFrame(columns=columns))
            raw = undo(row.text, [Edit(*edit) for edit in of.itertuples(index=False)])
            touched = of[(of["start"] < row.raw_end) & (of["end"] > row.raw_start)]
            if touched.empty:
                assert raw[row.raw_start : row.raw_end] == row.node


def test_collocations_are_the_function(out: Path) -> None:
    frame = collocations.around(load(out), "发展", kind="word", window="sentence")
    shown = table("collocations", "around", out, "发展", "--kind", "word", "--window", "sentence", "--top", "9")
    assert shown["collocate"].tolist() == frame["collocate"].head(9).tolist()
    assert shown.columns.tolist() == frame.columns.tolist()
    grouped = table("collocations", "around", out, "发展", "--kind", "word", "--by", "level,tense", "--top", "2")
    assert grouped.groupby(["level", "tense"]).size().max() == 2
    assert run("collocations", "around", out, "发展", "--window", "page").returncode == 2


def test_a_network_is_a_list_of_edges(out: Path) -> None:
    shown = table("collocations", "network", out, "--top", "12", "--edges", "20")
    assert shown.columns.tolist()[:3] == ["source", "target", "count"]
    assert len(shown) == 20
    assert len(set(shown["source"]) | set(shown["target"])) <= 12
    pair = table("collocations", "network", out, "发展", "经济", "--within", "sentence")
    assert set(pair.loc[0, ["source", "target"]]) == {"发展", "经济"}


@pytest.mark.parametrize(
    "args",
    [
        ("kwic", "乡村振兴", "--sample", "15"),
        ("collocations around", "发展", "--kind", "word"),
        ("collocations network", "--top", "20", "--edges", "30"),
    ],
)
def test_pictures(out: Path, tmp_path: Path, args: tuple[str, ...]) -> None:
    picture = tmp_path / "picture.png"
    verb, *rest = args
    result = run(*verb.split(), out, *rest, "--plot", picture)
    assert result.returncode == 0, result.stderr
    assert picture.stat().st_size > 5_000


def test_bad_queries_are_one_line(out: Path) -> None:
    result = run("kwic", out, "坚持 *{3,1} 领导", "--kind", "pattern")
    assert result.returncode == 1
    assert result.stderr.strip().endswith("坚持 ▸*◂{3,1} 领导")
