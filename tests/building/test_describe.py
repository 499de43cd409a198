"""What files say of themselves, as a table; and what a corpus holds."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.errors import AnalysisError, ConfigError

REPORT = (
    "云溪县政府工作报告\n——2013年3月4日在云溪县第十五届人民代表大会第三次会议上\n县长 林岚\n各位代表：\n"
    "现在，我代表县人民政府向大会报告工作，请予审议。\n一、2012年工作回顾\n过去一年，我们学习党的十八大精神，修路三十里。\n"
    "二、2013年工作任务\n贯彻落实科学发展观，办好实事。\n"
)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT, "utf-8")
    (folder / "b.txt").write_text("云溪县科协的报告\n各位委员：\n我们办了讲座。\n", "utf-8")
    (folder / "c.txt").write_text("", "utf-8")
    return folder


@pytest.fixture
def said(raw: Path) -> pd.DataFrame:
    return ct.describe.files([raw])


def test_each_field_comes_with_its_words(said: pd.DataFrame) -> None:
    of_a = said[said["file"].str.endswith("a.txt")]
    fields = of_a.drop_duplicates("field").set_index("field")["value"].to_dict()
    expected = {
        "title": "云溪县政府工作报告", "year": "2013", "delivered": "2013-03-04", "reviewed_year": "2012",
        "planned_year": "2013", "kind": "work_report", "organisation": "政府", "level": "county", "place": "云溪县",
        "event": "人民代表大会", "session": "第十五届第三次", "speaker": "林岚", "script": "simplified",
    }  # fmt: skip
    assert {name: fields.get(name) for name in expected} == expected
    assert "province" not in fields  # an invented place lies in none
    words = of_a.set_index("field")["found"]
    assert (words["year"], words["speaker"]) == ("delivered", "县长 林岚")
    text = REPORT.rstrip("\n")
    placed = of_a[of_a["start"].notna()]
    assert all(text[start:].startswith(found) for start, found in zip(placed["start"], placed["found"], strict=True))


def test_dates_sections_and_evidence_are_rows(said: pd.DataFrame) -> None:
    of_a = said[said["file"].str.endswith("a.txt")].groupby("field")["value"].agg(list)
    assert of_a["date"] == ["delivered 2013-03-04"]
    assert of_a["section"] == ["1 review", "1 plan"]
    assert any(value.startswith("formula 2003–") for value in of_a["evidence"])  # 科学发展观


def test_what_is_unknown_has_no_row_and_what_is_rejected_says_why(said: pd.DataFrame) -> None:
    of_b = set(said[said["file"].str.endswith("b.txt")]["field"])
    assert not of_b & {"year", "delivered", "speaker", "province"}
    of_c = said[said["file"].str.endswith("c.txt")]
    assert of_c[["field", "value"]].values.tolist() == [["rejected", "empty"]]
    with pytest.raises(ConfigError, match=r"none\.txt"):
        ct.describe.files(["none.txt"])


def test_coverage_counts_what_is_unknown_and_adds_up(raw: Path, tmp_path: Path) -> None:
    ct.build(raw, tmp_path / "out", config=ct.Config(jobs=1), progress=False)
    corpus = ct.load(tmp_path / "out")
    found = ct.describe.coverage(corpus, by=["year", "place", "organisation"])
    rows = found.assign(value=found["value"].fillna("unknown")).set_index(["column", "value"])["documents"]
    assert rows["year"].to_dict() == {"2013": 1, "unknown": 1}
    assert rows["place"].to_dict() == {"云溪县": 2}
    assert rows["organisation"].to_dict() == {"政府": 1, "科协": 1}
    assert (found.groupby("column")["documents"].sum() == len(corpus)).all()
    assert (found.groupby("column")["n_han"].sum() == corpus.n_han.sum()).all()
    assert found.groupby("column")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    assert ct.describe.coverage(corpus, by="year")["documents"].sum() == 2
    for wrong in ([], ["flags"]):
        with pytest.raises(AnalysisError):
            ct.describe.coverage(corpus, by=wrong)
    with pytest.raises(AnalysisError, match="no column 'yaer'"):
        ct.describe.coverage(corpus, by=["yaer"])


def test_the_year_is_estimated_for_a_row_of_documents_or_a_text(raw: Path, tmp_path: Path) -> None:
    ct.build(raw, tmp_path / "out", config=ct.Config(jobs=1), progress=False)
    row = ct.load(tmp_path / "out").documents.set_index("source").loc["a.txt"]
    found = ct.dating.estimate(row)
    assert list(found.columns) == ["kind", "found", "start", "earliest", "latest", "note", "against"]
    assert "科学发展观" in set(found["found"])
    assert not found["against"].any()
    assert found["start"].dropna().is_monotonic_increasing
    assert ct.dating.estimate(REPORT)["found"].tolist() == found["found"].tolist()
    first, last = found.attrs["interval"]
    assert first <= 2013 <= last
    assert (row["earliest_year"], row["latest_year"]) == (first, last)


def test_a_year_that_was_moved_is_contradicted(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    moved = REPORT.replace("2013", "2023").replace("2012", "2022").replace("二、", "做好“十二五”规划实施。\n二、")
    (tmp_path / "raw" / "moved.txt").write_text(moved, "utf-8")
    (tmp_path / "raw" / "right.txt").write_text(moved.replace("2023", "2013").replace("2022", "2012"), "utf-8")
    ct.build(tmp_path / "raw", tmp_path / "out", config=ct.Config(jobs=1), progress=False)
    documents = ct.load(tmp_path / "out", duplicates=True).documents.set_index("source")
    assert "year_contradicted" in documents.loc["moved.txt", "flags"]
    assert "year_contradicted" not in documents.loc["right.txt", "flags"]
    against = ct.dating.estimate(documents.loc["moved.txt"])
    assert against[against["against"]]["found"].str.contains("十二五").any()


def test_several_reports_in_one_file_are_no_work_report(tmp_path: Path) -> None:
    pieces = "\n".join(f"篇{number}\n各位委员：\n我们办了讲座{number}场，请予审议。" for number in "一二三")
    (tmp_path / "a.txt").write_text(f"科协工作报告（精选3篇）\n{pieces}\n", "utf-8")
    said = ct.describe.files([tmp_path / "a.txt"]).set_index("field")["value"]
    assert said["kind"] == "collection"
    assert "collection" in said[["flag"]].tolist()
