"""What charts say in Chinese and in English: the same things, and never both at once."""

from __future__ import annotations

import re
from string import Formatter

import pandas as pd
import pytest
from gallery import FRAMES, RATES, seen

from corpus_tools import plot
from corpus_tools.analysis.style.measures import MEASURES
from corpus_tools.data import toml
from corpus_tools.document import TENSES
from corpus_tools.errors import AnalysisError
from corpus_tools.plot.levels import LEVELS
from corpus_tools.showing.values import named_columns, names_of

WORDS = [(table, key, word) for table, words in toml("plot_words.toml").items() for key, word in words.items()]
HAN = re.compile("[\u3400-\u9fff：；（）—]+")
# Names of measures and statistics, which are the same in both languages.
IN_BOTH = {"TF-IDF", "logDice", "log", "q", "p", "k", "C_V", "NPMI", "MATTR", "MTLD"}


@pytest.mark.parametrize(("table", "key", "word"), WORDS, ids=lambda value: value if isinstance(value, str) else "")
def test_every_word_is_there_in_both_languages_and_takes_the_same_in(table, key, word):
    assert set(word) == {"zh", "en"}
    fields = {lang: {field for _, field, _, _ in Formatter().parse(text) if field} for lang, text in word.items()}
    assert fields["zh"] == fields["en"]
    assert HAN.findall(word["en"]) == []
    assert set(re.findall("[A-Za-z_-]+", re.sub(r"\{.*?\}", "", word["zh"]))) <= IN_BOTH


def cells(chart: str) -> list[str]:
    """The texts of a chart's frames, the longest first."""
    values = {cell for frame in FRAMES[chart][0] for column in frame for cell in frame[column].astype(object)}
    found = {cell for cell in values if isinstance(cell, str)}
    pieces = {part for cell in found for part in re.split(r"[·…]|^\d{4}年", cell)}
    return sorted(found | pieces, key=len, reverse=True)


@pytest.mark.parametrize("chart", sorted(FRAMES))
def test_what_a_chart_says_of_its_own_is_of_one_language(chart):
    said = {}
    for lang in ("zh", "en"):
        texts = [text.get_text() for text in seen(getattr(plot, chart)(*FRAMES[chart][0], lang=lang).figure)]
        # A title that is cut short is no cell, but begins as one does.
        texts = [re.sub(r"^[^　]*…", "", text) for text in texts]
        said[lang] = [re.sub("|".join(map(re.escape, filter(None, cells(chart)))), "", text) for text in texts]
    assert [text for text in said["en"] if HAN.search(text.replace("　", ""))] == []
    latin = {word for text in said["zh"] for word in re.findall("[A-Za-z_-]{2,}", text)}
    assert latin <= IN_BOTH


@pytest.mark.parametrize("chart", sorted(FRAMES))
def test_an_unknown_language_is_an_error_that_says_which_there_are(chart):
    with pytest.raises(AnalysisError, match="lang is 'de'; it can be 'zh' or 'en'"):
        getattr(plot, chart)(*FRAMES[chart][0], lang="de")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_that_a_build_can_say_of_a_document_has_a_name(lang):
    kinds = toml("kinds.toml")
    assert list(names_of("level", lang)) == list(LEVELS)
    assert set(names_of("kind", lang)) == {*kinds["kind"], "collection"}
    assert set(names_of("organisation", lang)) == set(kinds["organisation"])
    assert set(names_of("event", lang)) == set(kinds["event"])
    assert set(names_of("tense", lang)) == set(TENSES)
    assert set(names_of("measure", lang)) == set(MEASURES)


def test_names_of_values_are_of_one_language_and_tell_values_apart():
    for column in named_columns():
        for lang in ("zh", "en"):
            assert len(set(names_of(column, lang).values())) == len(names_of(column, lang))
        for value, name in names_of(column, "en").items():
            assert HAN.findall(name.removesuffix(f"({value})")) == []
        assert {word for name in names_of(column, "zh").values() for word in re.findall("[A-Za-z_]+", name)} <= IN_BOTH
    assert names_of("term", "zh") == {}


@pytest.mark.parametrize(
    ("lang", "names"),
    [("zh", {"回顾（4 篇）", "部署（4 篇）"}), ("en", {"review (documents: 4)", "plan (documents: 4)"})],
)
def test_groups_of_tenses_are_named_in_the_language(lang, names):
    frame = RATES[RATES["year"] == 2015].drop(columns="year")
    frame = pd.concat([frame.assign(tense=tense) for tense in ("review", "plan")])[
        ["tense", "term", "rate", "n"]
    ].assign(n=4)
    assert {label.get_text() for label in plot.intervals(frame, lang=lang).get_yticklabels()} == names


def test_two_sides_of_a_comparison_are_named_in_the_language():
    pairs = {
        ("review", "plan"): "差（回顾 − 部署）",
        ("plan", "work_report"): "差（计划 − 工作报告）",
        ("甲", "city"): "差（甲 − 市级）",
    }
    for (a, b), said in pairs.items():
        frame = FRAMES["comparison"][0][0].assign(a=a, b=b)
        assert said in {text.get_text() for text in seen(plot.comparison(frame).figure)}


def test_measures_of_style_are_named_where_the_column_says_that_they_are_measures():
    frame = RATES.rename(columns={"term": "measure", "rate": "value"}).replace({"云溪新路": "formulas"})
    titles = [panel.get_title(loc="left") for panel in plot.small_multiples(frame, value="value").child_axes]
    assert titles == ["提法占比", "青岚行动", "“两河”治理"]
    of_terms = frame.rename(columns={"measure": "term"})
    assert plot.small_multiples(of_terms, value="value").child_axes[0].get_title(loc="left") == "formulas"


@pytest.mark.parametrize(
    ("most", "labels"),
    [
        (1.0, ["0%", "20%", "40%", "60%", "80%", "100%"]),
        (0.05, ["0%", "1%", "2%", "3%", "4%", "5%"]),
        (0.1, ["0%", "2%", "4%", "6%", "8%", "10%"]),
    ],
)
def test_percentages_have_no_decimals_that_say_nothing(most, labels):
    frame = pd.DataFrame({"year": [2019, 2020], "term": "云溪", "share": [0, most / 1.05]})
    ax = plot.trend(frame)
    ax.set_ylim(0, most)
    ax.figure.draw_without_rendering()
    assert [text.get_text() for text in ax.get_yticklabels()] == labels


def test_percentages_have_the_decimals_that_tell_them_apart():
    frame = pd.DataFrame({"year": [2019, 2020], "term": "云溪", "share": [0.0, 0.1]})
    ax = plot.trend(frame)
    ax.set_yticks([0, 0.025, 0.05])
    ax.figure.draw_without_rendering()
    assert [text.get_text() for text in ax.get_yticklabels()] == ["0.0%", "2.5%", "5.0%"]
