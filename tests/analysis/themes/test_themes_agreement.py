"""Samples for coders, and what their codes say of each other and of the dictionary."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import cohen_kappa_score

from corpus_tools.analysis import themes
from corpus_tools.analysis.statistics import intervals
from corpus_tools.analysis.themes.agreement import kappa
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

Make = Callable[..., Corpus]

MINE = pd.DataFrame({"theme": ["水利", "水利", "农田"], "term": ["水渠", "堤坝", "稻田"]})


@pytest.fixture
def corpus(make: Make) -> Corpus:
    """Of 60 paragraphs 12 hold 水利 and 3 农田."""
    lines = [f"修水渠{'很' * n}长。" for n in range(12)] + [f"种稻田{'好' * n}。" for n in range(3)]
    lines += [f"别的话{'多' * n}。" for n in range(45)]
    return make([{"words": "甲", "text": "\n".join(lines[n::4])} for n in range(4)])


def test_what_is_drawn(corpus: Corpus) -> None:
    sheet, key = themes.sample(corpus, themes=MINE, n=10, coders=3)
    assert list(sheet.columns) == ["item", "theme", "text", "coder_1", "coder_2", "coder_3"]
    assert sheet["item"].tolist() == list(range(1, len(sheet) + 1)) == key["item"].tolist()
    found = key.groupby(["theme", "verdict"]).agg(
        n=("item", "size"), population=("population", "first"), drawn=("drawn", "first")
    )
    assert found.to_dict("index") == {
        ("水利", True): {"n": 5, "population": 12, "drawn": 5},
        ("水利", False): {"n": 5, "population": 48, "drawn": 5},
        ("农田", True): {"n": 3, "population": 3, "drawn": 3},  # there are no more
        ("农田", False): {"n": 5, "population": 57, "drawn": 5},
    }
    for item, (text, theme, verdict) in enumerate(zip(sheet["text"], sheet["theme"], key["verdict"], strict=True)):
        assert (("水渠" if theme == "水利" else "稻田") in text) == verdict, item
    assert not sheet.duplicated(["theme", "text"]).any()


def test_the_key_leads_back_to_the_text(corpus: Corpus) -> None:
    sheet, key = themes.sample(corpus, themes=MINE, n=8)
    texts = dict(zip(corpus.documents["doc_id"], corpus.documents["text"], strict=True))
    for text, doc_id, paragraph in zip(sheet["text"], key["doc_id"], key["paragraph"], strict=True):
        assert texts[doc_id].split("\n")[paragraph] == text


def test_coders_do_not_see_what_the_dictionary_says(corpus: Corpus) -> None:
    sheet, key = themes.sample(corpus, themes=MINE, n=20)
    assert not {"verdict", "population", "drawn"} & set(sheet.columns)
    water = key[key["theme"] == "水利"]["verdict"].to_numpy()
    assert (water[1:] != water[:-1]).sum() > 3  # in random order, not all that hold it first


def test_the_draw_depends_on_seed_and_theme_alone(corpus: Corpus) -> None:
    both, one = (themes.sample(corpus, themes=of, n=10, seed=4) for of in (MINE, MINE.iloc[:2]))
    assert both.sheet[both.sheet["theme"] == "水利"]["text"].tolist() == one.sheet["text"].tolist()
    assert themes.sample(corpus, themes=MINE, n=10, seed=5).sheet["text"].tolist() != both.sheet["text"].tolist()


def test_sentences_can_be_drawn(make: Make) -> None:
    report = make([{"words": "甲", "text": "修水渠。别的话。\n又修堤坝！再说。"}])
    sheet, key = themes.sample(report, themes=MINE.iloc[:2], n=4, within="sentence")
    rows = zip(key["paragraph"], key["piece"], sheet["text"], key["verdict"], strict=True)
    assert sorted(rows) == [
        (0, 0, "修水渠。", True), (0, 1, "别的话。", False), (1, 0, "又修堤坝！", True), (1, 1, "再说。", False),
    ]  # fmt: skip


def test_kappa_of_a_known_table() -> None:
    # Two readers of fifty applications: 20 both yes, 15 both no, 5 and 10 apart. .70 agree, .50 would by chance: .40.
    assert kappa(np.asarray([[15.0, 10], [5, 20]])) == pytest.approx(0.4)
    assert np.isnan(kappa(np.asarray([[7.0, 0], [0, 0]])))
    assert kappa(np.asarray([[[5.0, 0], [0, 5]], [[0, 5], [5, 0]]])).tolist() == [1, -1]


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=40))
def test_kappa_is_that_of_scikit_learn(codes: list[tuple[bool, bool]]) -> None:
    a, b = np.asarray(codes, dtype=int).T
    if len({*a, *b}) < 2:
        return
    ours = float(kappa(np.bincount(2 * a + b, minlength=4).reshape(2, 2).astype(float)))
    assert ours == pytest.approx(cohen_kappa_score(a, b))
    assert ours <= 1


def coded(yes: list[int], of: list[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A sheet of one theme: of paragraphs found, and of those not found, so many that the coder says speak of it."""
    verdict = [True] * of[0] + [False] * of[1]
    codes = [1] * yes[0] + [0] * (of[0] - yes[0]) + [1] * yes[1] + [0] * (of[1] - yes[1])
    sheet = pd.DataFrame({"item": range(1, sum(of) + 1), "theme": "水利", "text": "…", "coder_1": codes})
    key = sheet[["item", "theme"]].assign(verdict=verdict, population=[200 if found else 1800 for found in verdict])
    return sheet, key


def test_precision_and_recall_by_hand() -> None:
    (row,) = themes.agreement(*coded([16, 2], [20, 40])).to_dict("records")
    assert (row["a"], row["b"], row["n"]) == ("coder_1", "dictionary", 60)
    assert row["agreement"] == (16 + 38) / 60
    assert row["precision"] == 0.8
    # 200 · 16/20 = 160 rightly found, 1800 · 2/40 = 90 missed.
    assert row["recall"] == pytest.approx(160 / 250)
    low, high = intervals.wilson(np.asarray([0.8]), 20)
    assert (row["precision_low"], row["precision_high"]) == (pytest.approx(low[0]), pytest.approx(high[0]))
    # By chance: the coder says 18 of 60, the dictionary 20.
    chance = (18 * 20 + 42 * 40) / 3600
    assert row["kappa"] == pytest.approx((0.9 - chance) / (1 - chance))
    assert row["kappa_low"] < row["kappa"] < row["kappa_high"]


def test_the_interval_of_recall_is_that_of_both_halves() -> None:
    (row,) = themes.agreement(*coded([16, 2], [20, 40]), resamples=200_000).to_dict("records")
    # The same by integrating over the miss rate: P(recall < r) = P(found < r/(1-r) · missed).
    grid = (np.arange(4000) + 0.5) / 4000
    missed = 1800 * stats.beta.ppf(grid, 2.5, 38.5)
    for bound, level in ((row["recall_low"], 0.025), (row["recall_high"], 0.975)):
        chance = stats.beta.cdf(np.minimum(bound / (1 - bound) * missed / 200, 1), 16.5, 4.5).mean()
        assert chance == pytest.approx(level, abs=0.003)


def test_nothing_missed_leaves_a_doubt() -> None:
    (row,) = themes.agreement(*coded([20, 0], [20, 40])).to_dict("records")
    assert (row["recall"], row["recall_high"], row["precision"], row["precision_high"]) == (1, 1, 1, 1)
    assert 0.5 < row["recall_low"] < 0.95
    assert row["precision_low"] == pytest.approx(intervals.wilson(np.ones(1), 20).low[0])


def test_a_half_that_nobody_coded_has_no_precision() -> None:
    sheet, key = coded([16, 2], [20, 40])
    (row,) = themes.agreement(sheet.iloc[:22], key).to_dict("records")
    assert np.isnan(row["precision"])
    assert np.isnan(row["recall"])
    assert row["n"] == 22


def test_the_bootstrap_of_kappa_covers() -> None:
    """Sheets of sixty items, of a coder who is right nine times of ten: its interval holds the true kappa nearly always."""
    random, inside = np.random.default_rng(1), 0
    truth = kappa(np.asarray([[0.45, 0.05], [0.05, 0.45]]))
    for seed in range(200):
        a = random.random(60) < 0.5
        b = a ^ (random.random(60) < 0.1)
        sheet = pd.DataFrame({"item": range(60), "theme": "水利", "coder_1": a.astype(int), "coder_2": b.astype(int)})
        (row,) = themes.agreement(sheet, resamples=400, seed=seed).to_dict("records")
        inside += row["kappa_low"] <= truth <= row["kappa_high"]
    assert inside / 200 > 0.89


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_from_a_spreadsheet_and_back(corpus: Corpus, tmp_path: Path, encoding: str) -> None:
    sheet, key = themes.sample(corpus, themes=MINE, n=12)
    sheet.to_csv(tmp_path / "sheet.csv", index=False, encoding=encoding)
    key.to_csv(tmp_path / "key.csv", index=False, encoding=encoding)
    filled = pd.read_csv(tmp_path / "sheet.csv", encoding=encoding, dtype=object)
    filled["coder_1"] = key["verdict"].astype(int).astype(str)
    filled["coder_2"] = filled["coder_1"]
    filled.loc[0, "coder_2"] = " "  # a blank cell is not coded
    filled.loc[1, "coder_2"] = str(1 - int(filled.loc[1, "coder_1"]))
    filled.sample(frac=1, random_state=0).to_csv(tmp_path / "sheet.csv", index=False, encoding=encoding)
    frame = themes.agreement(tmp_path / "sheet.csv", tmp_path / "key.csv").set_index(["theme", "a", "b"])
    assert frame.loc[("水利", "coder_1", "dictionary"), ["n", "kappa", "precision", "recall"]].tolist() == [12, 1, 1, 1]
    assert frame.loc[("水利", "coder_1", "coder_2"), ["n", "agreement"]].tolist() == [11, 10 / 11]
    assert frame.loc[("水利", "coder_2", "dictionary"), "n"] == 11
    assert frame.loc[("农田", "coder_1", "coder_2"), "n"] == 9


def test_as_text_and_as_numbers_is_the_same(corpus: Corpus, tmp_path: Path) -> None:
    sheet, key = themes.sample(corpus, themes=MINE, n=12)
    sheet = sheet.assign(coder_1=key["verdict"].astype(int), coder_2=1)
    expected = themes.agreement(sheet, key)
    for more in ({"dtype": str}, {}):  # "False" as text would be true if it were only asked whether it is empty
        for name, frame in (("sheet", sheet), ("key", key)):
            frame.to_csv(tmp_path / f"{name}.csv", index=False)
        again = [pd.read_csv(tmp_path / f"{name}.csv", **more) for name in ("sheet", "key")]
        pd.testing.assert_frame_equal(themes.agreement(*again), expected)
        pd.testing.assert_frame_equal(themes.agreement(again[0], key), expected)
    # Who says yes to all: of 60 paragraphs the dictionary finds 12, and 3.
    assert expected["recall"].dropna().tolist() == pytest.approx([1, 12 / 60, 1, 3 / 60])


def test_as_spreadsheets_save(corpus: Corpus, tmp_path: Path) -> None:
    sheet, key = themes.sample(corpus, themes=MINE, n=12, coders=1)
    sheet = sheet.assign(coder_1=key["verdict"].astype(int))
    expected = themes.agreement(sheet, key)
    text = sheet.to_csv(index=False, sep=";", lineterminator="\r\n")
    (tmp_path / "sheet.csv").write_text(f"{text};;;\r\n;;;\r\n", "utf-8", newline="")  # rows that hold nothing
    key.assign(verdict=key["verdict"].map({True: "TRUE", False: "FALSE"})).to_csv(tmp_path / "key.csv", index=False)
    pd.testing.assert_frame_equal(themes.agreement(tmp_path / "sheet.csv", tmp_path / "key.csv"), expected)
    wide = sheet.assign(coder_1=sheet["coder_1"].map({0: "０", 1: "１"}))
    pd.testing.assert_frame_equal(themes.agreement(wide, key), expected)


def test_a_theme_that_the_coder_finds_nowhere_has_no_recall() -> None:
    (row,) = themes.agreement(*coded([0, 0], [20, 40])).to_dict("records")
    assert (row["precision"], row["precision_low"]) == (0, 0)
    assert np.isnan([row["recall"], row["recall_low"], row["recall_high"]]).all()


def test_without_a_key_only_coders_are_compared(corpus: Corpus) -> None:
    sheet, key = themes.sample(corpus, themes=MINE, n=6, coders=3)
    sheet = sheet.assign(coder_1=1, coder_2=0, coder_3=key["verdict"].astype(int))
    frame = themes.agreement(sheet)
    assert frame[["a", "b"]].drop_duplicates().to_numpy().tolist() == [
        ["coder_1", "coder_2"], ["coder_1", "coder_3"], ["coder_2", "coder_3"],
    ]  # fmt: skip
    assert frame["precision"].isna().all()
    assert frame["kappa"].tolist() == [0] * 6  # who says one thing of all agrees with nobody beyond chance


SHEET = pd.DataFrame({"item": [1, 2, 3], "theme": "水利", "coder_1": [1, 0, 1], "coder_2": [1, 1, None]})
KEY = pd.DataFrame({"item": [1, 2, 3], "theme": "水利", "verdict": [True, False, True], "population": [5, 9, 5]})


@pytest.mark.parametrize(
    ("sheet", "key", "says"),
    [
        (SHEET.assign(coder_2=["1", "是", ""]), None, "coder_2, item 2: '是' is no code; write 1"),
        (SHEET.assign(coder_2=[1, 2, 0]), None, "coder_2, item 2: '2' is no code"),
        (SHEET.drop(columns="theme"), None, "the sheet has no column 'theme'"),
        (SHEET[["item", "theme"]], None, "no column whose name begins with 'coder_'"),
        (SHEET.assign(coder_1=None, coder_2=None), None, "nobody coded"),
        (SHEET.assign(item=[1, 1, 2]), None, "the sheet has item 1 twice"),
        (SHEET, KEY.drop(columns="verdict"), "the key has no column 'verdict'"),
        (SHEET, KEY.iloc[:2], "the key has no item 3"),
        (SHEET, KEY.assign(theme="农田"), "the key has no item 1 of this theme"),
        (
            SHEET,
            KEY.assign(verdict=["是", "否", "是"]),
            "verdict, item 1: '是' is no code; sample writes True or False",
        ),
        (SHEET, KEY.assign(population=[5, None, 5]), "an item without its population"),
        (SHEET.assign(item=[1, None, 3]), None, "the sheet has a row without the number of an item"),
        (SHEET.assign(theme=None), None, "or without a theme"),
        ("nowhere.csv", None, "nowhere"),
    ],
)
def test_sheets_that_cannot_be_compared(sheet: pd.DataFrame, key: pd.DataFrame | None, says: str) -> None:
    with pytest.raises(AnalysisError, match=says):
        themes.agreement(sheet, key)


@pytest.mark.parametrize("options", [{"n": 1}, {"coders": 0}, {"within": "page"}])
def test_samples_that_cannot_be_drawn(corpus: Corpus, options: dict[str, object]) -> None:
    with pytest.raises(AnalysisError):
        themes.sample(corpus, themes=MINE, **options)
