"""Dictionaries of themes: what a file may say, and that the shipped ones are what they promise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.analysis import themes
from corpus_tools.analysis.phrases import normalise
from corpus_tools.analysis.themes.dictionary import KEYS, known
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError, DataError

Make = Callable[..., Corpus]

GOOD = """
["水利"]
english = "water works"
terms = ["水渠", "堤坝", "河流"]
exclusions = ["堤坝公园"]
weights = { "河流" = 0.5 }
why = { "河流" = "also scenery", "堤坝公园" = "a park" }
"""


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "mine.toml"
    file.write_text(text, "utf-8")
    return file


def test_a_file_as_a_frame(tmp_path: Path) -> None:
    frame = themes.dictionary(written(tmp_path, GOOD))
    assert frame.to_dict("list") == {
        "theme": ["水利"] * 3, "english": ["water works"] * 3, "term": ["水渠", "堤坝", "河流"], "weight": [1.0, 1.0, 0.5],
        "exclusions": ["", "堤坝公园", ""], "why": ["", "", "also scenery"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('["水利"]\nterm = ["水渠"]', "水利: unknown key 'term'"),
        ('["水利"]\nterms = []', "水利, terms: a theme needs at least one"),
        ('["水利"]\nterms = "水渠"', "水利, terms: must be a list of phrases"),
        ('["水利"]\nterms = ["水渠", "水 渠"]', "水利, terms: '水 渠' stands twice"),
        ('["水利"]\nterms = ["水渠", "“”"]', "水利, terms: '“”' has no character"),
        ('["水利"]\nterms = ["水渠"]\nexclusions = ["堤坝公园"]', "水利, exclusions: '堤坝公园' holds no term"),
        ('["水利"]\nterms = ["水渠"]\nexclusions = ["水渠"]', "水利, exclusions: '水渠' is a term of the theme"),
        ('["水利"]\nterms = ["水渠"]\nweights = { "水渠" = 0 }', "水利, weights, 水渠: 0 is no weight"),
        ('["水利"]\nterms = ["水渠"]\nweights = { "水渠" = 1.5 }', "水利, weights, 水渠: 1.5 is no weight"),
        ('["水利"]\nterms = ["水渠"]\nweights = { "水渠" = true }', "水利, weights, 水渠: True is no weight"),
        ('["水利"]\nterms = ["水渠"]\nweights = { "水沟" = 1 }', "水利, weights: '水沟' is none of its terms"),
        ('["水利"]\nterms = ["水渠"]\nwhy = { "水沟" = "x" }', "水利, why: '水沟' is none of its phrases"),
        ('["水利"]\nterms = ["水渠"]\nwhy = "x"', "水利, why: must be a table"),
        (
            '["水利"]\nterms = ["水渠"]\nfor = ["cities"]',
            "水利, for: ['cities'] must be a list of some of general, association",
        ),
        ('["水利"]\nterms = ["水渠"]\nfor = "general"', "水利, for: 'general' must be a list"),
        ('terms = ["水渠"]', "terms: is no table"),
        ("", "holds no theme"),
        ('["水利"]\nterms = ["水*"]', "水利, terms: '水*' has a wildcard"),
        ('["水利"]\nterms = ["水(渠|沟)"]', "水利, terms: '水(渠|沟)' has a wildcard"),
        ('["水利"]\nterms = ["水渠"]\nexclusions = ["水渠?"]', "水利, exclusions: '水渠?' has a wildcard"),
        ('[水利]\nterms = ["水渠"]', 'between straight marks ("三农")'),
        ('["水利"]\nterms = ["水渠"，"堤坝"]', "plain commas between"),
        ('["水利"\n', "mine.toml"),
    ],
)
def test_a_bad_file_is_named_with_theme_and_key(tmp_path: Path, text: str, says: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(DataError) as error:
        themes.dictionary(file)
    assert str(error.value).startswith(str(file))
    assert says in str(error.value)


def test_an_unknown_key_names_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=", ".join(KEYS)):
        themes.dictionary(written(tmp_path, '["水利"]\nwords = ["水渠"]'))


def test_themes_by_name_by_set_and_as_a_frame() -> None:
    assert [theme.name for theme in known(["港澳台", "三农", "港澳台"])] == ["港澳台", "三农"]
    assert [theme.name for theme in known("三农")] == ["三农"]
    frame = themes.dictionary("general")
    assert [theme.name for theme in known(frame[frame["theme"] == "港澳台"])] == ["港澳台"]
    with pytest.raises(AnalysisError, match=r"no theme '三家'; themes are 三农, .*general, association"):
        known(["三农", "三家"])
    with pytest.raises(AnalysisError, match="no themes"):
        known([])
    with pytest.raises(DataError, match="nowhere"):
        known("nowhere.toml")


@pytest.mark.parametrize("name", ["general", "association"])
def test_a_frame_is_the_same_dictionary_also_from_a_file(tmp_path: Path, name: str) -> None:
    frame = themes.dictionary(name)
    pd.testing.assert_frame_equal(themes.dictionary(frame), frame)
    frame.to_csv(tmp_path / "themes.csv", index=False)
    pd.testing.assert_frame_equal(themes.dictionary(pd.read_csv(tmp_path / "themes.csv")), frame, check_dtype=False)
    for theme, again in zip(known(name), known(frame), strict=True):
        assert set(again.exclusions) == set(theme.exclusions)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda frame: frame.drop(columns="term"), "no column 'term'"),
        (lambda frame: frame.assign(colour="red"), "unknown column 'colour'"),
        (lambda frame: frame.iloc[:0], "has no row"),
        (lambda frame: frame.assign(weight=2), "is no weight"),
        (lambda frame: pd.concat([frame, frame]), "stands twice"),
        (lambda frame: frame.assign(theme=["三农", None, *["三农"] * (len(frame) - 2)]), "a row without a theme"),
    ],
)
def test_a_bad_frame(change: Any, says: str) -> None:
    with pytest.raises(DataError, match=says):
        known(change(themes.dictionary(["三农"])))


def test_a_frame_needs_only_themes_and_terms() -> None:
    (theme,) = known(pd.DataFrame({"theme": ["水利"], "term": ["水渠"]}))
    assert (theme.name, theme.english, theme.terms[0].weight, theme.exclusions) == ("水利", "", 1.0, ())


def test_columns_that_a_file_leaves_blank(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"theme": ["水利", "水利"], "english": "", "term": ["水渠", "河流"], "exclusions": "", "why": ""}
    )
    frame.to_csv(tmp_path / "mine.csv", index=False)
    again = themes.dictionary(pd.read_csv(tmp_path / "mine.csv"))  # blank columns are read as missing numbers
    assert again[["english", "exclusions", "why"]].to_numpy().tolist() == [[""] * 3] * 2


def test_what_is_hidden_is_no_wildcard() -> None:
    (theme,) = known(pd.DataFrame({"theme": ["水利"], "term": ["**水库"]}))
    assert theme.terms[0].written == "**水库"


@pytest.mark.parametrize(("name", "least"), [("general", 20), ("association", 12)])
def test_the_shipped_sets(name: str, least: int) -> None:
    frame = themes.dictionary(name)
    sizes = frame.groupby("theme").size()
    assert len(sizes) >= least
    assert sizes.min() >= 12
    assert (frame["english"] != "").all()
    # A weight is a judgement, and says on what it rests.
    assert (frame.loc[frame["weight"] < 1, "why"] != "").all()


def test_the_themes_that_were_asked_for() -> None:
    general = set(themes.dictionary("general")["theme"])
    asked = "科技 科普 人才 智库 党建 乡村振兴 生态 民生 安全 疫情 数字 改革 三农 港澳台 教育 就业 医疗卫生 社会保障 住房 开放"
    assert set(asked.split()) <= general
    association = set(themes.dictionary("association")["theme"])
    assert {"科普", "学术交流", "智库", "人才", "党建", "志愿服务", "表彰举荐"} <= association


def test_no_english_name_stands_twice() -> None:
    names = [
        theme.english for theme in {theme.name: theme for theme in (*known("general"), *known("association"))}.values()
    ]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("theme", "other", "own"),
    [
        ("党建", "统筹经济建设、政治建设、文化建设，推进民主政治建设。", "把党的政治建设摆在首位。"),
        ("教育", "加强纪律教育和自我教育，开展“三严三实”专题教育。", "教育公平稳步推进。"),
        ("就业", "对外劳务合作扩大。", "劳务输出增加。"),
        ("工业", "耕种收综合机械化率提高。", "机械行业回升。"),
        ("廉政", "加强劳动保障监察。", "加强行政监察。"),
        ("基层治理", "建好开源社区。", "建好社区。"),
        ("国防", "反对军事威胁。", "加强军事训练。"),
        ("港澳台", "珠江口东西两岸来往多，建设“三通两平台”。", "两岸来往多。"),
        ("外交", "办好中俄蒙展会。", "中俄关系稳定。"),
        ("安全", "向消防救援队伍致谢。", "消防设施齐全。"),
    ],
)
def test_what_only_looks_like_a_theme(make: Make, theme: str, other: str, own: str) -> None:
    corpus = make([{"words": "甲", "text": f"{other}\n{own}"}])
    (found,) = themes.count(corpus, themes=[theme]).to_dict("records")
    assert (found["hits"], found["paragraphs"]) == (1, 1)


def test_a_formula_that_opens_a_report_is_no_party_building(make: Make) -> None:
    text = "以习近平新时代中国特色社会主义思想为指导，按省委、省政府要求，在各级党委领导下，做好工作。"
    (found,) = themes.count(make([{"words": "甲", "text": text}]), themes=["党建"]).to_dict("records")
    assert (found["hits"], found["count"], found["paragraphs"]) == (2, 0.8, 0)


SHARED = Path(__file__).parents[4] / "shared"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="no real reports beside this checkout")
def test_a_term_that_no_real_report_says_has_a_reason(tmp_path: Path) -> None:
    files = [*SHARED.glob("corpus/*/*.txt"), *SHARED.glob("seeds/*.txt")]
    lines = {line for file in files for line in file.read_text("utf-8", errors="ignore").splitlines()}
    text = "\n".join(map(normalise, lines))
    unsaid = {
        term.written for theme in known("general") for term in theme.terms if term.form not in text and not term.why
    }
    assert not unsaid
    ct.build(SHARED / "seeds", tmp_path)  # what only associations say, in their reports once these are clean
    found = themes.terms(
        ct.load(tmp_path), themes=[theme.name for theme in known("association") if len(theme.sets) == 1]
    )
    assert found.loc[(found["count"] == 0) & (found["why"] == ""), "term"].tolist() == []
