"""What notebooks show of a corpus, a build, topics, periods and a sample; and the text forms beside."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import small_corpus

import corpus_tools as ct
from corpus_tools.building.build import BuildReport
from corpus_tools.corpus.views import call


def plain(shown: str) -> str:
    """The text of it, a blank for every tag."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", shown)))


def test_a_corpus_says_what_it_holds(corpus: ct.Corpus) -> None:
    shown = corpus._repr_html_()
    text = plain(shown)
    for said in (
        "Corpus(20 reports, 2010–2019, 4 places)", "文献 reports 20", "年份 years 2010–2019", "地区 places 4",
        "文种 kinds work_report 20", "层级 levels national 10 · city 10", "重复而不计 duplicates left out 0",
        "被拒文件 rejected files 1 (empty 1 )", "视图 view 全部 the whole folder", "注释 notes 不计 not counted",
        f"Chinese characters counted {sum(len(re.findall('[一-鿿]', t)) for t in corpus.documents['text']):,}",
        f"with punctuation) {corpus.documents['n_tokens'].sum():,}",
    ):  # fmt: skip
        assert said in text, said
    assert re.findall(r"<title>(\d+): (\d+)</title>", shown) == [(str(year), "2") for year in range(2010, 2020)]
    assert repr(corpus) == "Corpus(20 reports, 2010–2019, 4 places)"


def test_a_view_says_which(corpus: ct.Corpus) -> None:
    view = corpus.where(level="city", year=range(2010, 2015)).without(place=["云溪东市"]).where(tense="plan")
    text = plain(view._repr_html_())
    assert "where(level='city', year=range(2010, 2015)).without(place=['云溪东市']).where(tense=['plan'])" in text
    assert "时态 tenses plan" in text
    assert "with punctuation" not in text  # words are counted of whole texts
    assert "duplicates left out 0" in text
    assert corpus.view == ()
    assert corpus.where().view == ()
    assert corpus.by_tense().by_tense().view == ("by_tense()",)
    assert plain(corpus.by_tense()._repr_html_()).count("reports 20") == 1


def test_years_without_documents_are_gaps(corpus: ct.Corpus) -> None:
    shown = corpus.where(year=[2010, 2013])._repr_html_()
    bars = [float(x) for x in re.findall(r'<rect x="([\d.]+)"', shown)]
    assert len(bars) == 2
    width = float(re.findall(r'<rect [^>]*width="([\d.]+)"', shown)[0]) + 2
    assert (bars[1] - bars[0]) / width == pytest.approx(3)


def test_an_empty_corpus_is_shown_too(corpus: ct.Corpus) -> None:
    text = plain(corpus.where(level="county")._repr_html_())
    assert "文献 reports 0" in text
    assert "年份 years –" in text


def test_unknown_values_and_duplicates_are_counted(corpus: ct.Corpus) -> None:
    documents = corpus.documents.assign(year=corpus.documents["year"].where(corpus.documents.index > 2))
    documents["kind"] = documents["kind"].where(documents.index > 4)
    documents.loc[0, "duplicate_of"] = "d001"
    text = plain(ct.Corpus(corpus.folder, documents, notes=True)._repr_html_())
    assert "年份未知 year unknown 3" in text
    assert "work_report 15 · 未知 unknown 5" in text
    assert "其中重复 duplicates among them 1" in text
    assert "计入 counted" in text


def test_what_is_collected_is_escaped(corpus: ct.Corpus) -> None:
    evil = "<img src=x onerror=alert(1)>"
    documents = corpus.documents.assign(kind=evil, level=evil, place=evil)
    shown = ct.Corpus(corpus.folder, documents, view=(f"where(kind={evil!r})",))
    shown.rejected = corpus.rejected.assign(reason=evil)
    assert "<img" not in shown._repr_html_()
    assert html.escape(evil, quote=True) in shown._repr_html_()


def test_a_view_holds_every_value_and_shows_the_first(corpus: ct.Corpus) -> None:
    view = corpus.where(doc_id=(f"d{n:03d}" for n in range(50)))
    assert view.view == (f"where(doc_id={[f'd{n:03d}' for n in range(50)]})",)
    shown = html.unescape(view._repr_html_())
    assert "where(doc_id=['d000', 'd001'" in shown
    assert "…)" in shown
    assert "'d049'" not in shown


def test_a_call_can_be_made_again() -> None:
    years = pd.Series([2019, 2020])
    asked = {"year": years, "place": {"乙", "甲", None}, "level": "city", "month": range(3), "day": [np.int64(4)]}
    assert call("where", asked) == (
        "where(year=[2019, 2020], place={'乙', '甲', None}, level='city', month=range(0, 3), day=[4])"
    )
    assert call("where", {}) == ""


def test_duplicates_are_those_of_the_documents_that_are_here(tmp_path: Path) -> None:
    rows = [("a", "city", None), ("b", "city", "a"), ("c", "county", None), ("d", "county", "c"), ("e", "city", "c")]
    documents = [{"words": "渔业", "doc_id": name, "level": level, "duplicate_of": of} for name, level, of in rows]
    small_corpus.make(tmp_path / "c", documents)
    every = ct.load(tmp_path / "c", duplicates=True)
    # Of the counties d repeats c and is here; e repeats c and is left out; b repeats what is not here.
    for corpus, left_out, among in (
        (every.where(level="county"), 1, "其中重复 duplicates among them 1"),
        (every, 0, "其中重复 duplicates among them 3"),
        (every.where(level="city"), 0, "其中重复 duplicates among them 1"),
        (ct.load(tmp_path / "c").where(level="city"), 1, ""),
    ):
        text = plain(corpus._repr_html_())
        assert f"duplicates left out {left_out} " in text
        assert among in text
        assert bool(among) == ("duplicates among them" in text)


def test_a_build_says_what_it_did() -> None:
    report = BuildReport(Path("/home/someone/processed"), 1200, {"empty": 2, "<b>": 1}, done=30, skipped=1173)
    text = plain(report._repr_html_())
    assert "documents 1,200" in text
    assert "rejected files 3 (empty 2 · <b> 1 )" in text
    assert "done now 30" in text
    assert "someone" not in text
    assert "conflicts" not in text
    assert "conflicts of your dictionary 4" in plain(replace(report, conflicts=4)._repr_html_())


def test_topics_are_a_table_of_their_words(corpus: ct.Corpus) -> None:
    topics = ct.topics.fit(corpus, k=3, seeds=2, max_share=0.9, min_words=5)
    shown = topics._repr_html_()
    text = plain(shown)
    assert repr(topics) in text
    for number in (1, 2, 3):
        words = topics.terms[(topics.terms["topic"] == number) & (topics.terms["rank"] <= 10)]["term"]
        assert " ".join(words) in text
    assert "Mean share" not in text
    assert "主题在各文献中份额的均值。" in html.unescape(shown)  # of labels, not the share of documents


def test_periods_are_a_table_of_periods_and_one_of_links(corpus: ct.Corpus) -> None:
    periods = ct.topics.periods(corpus, k=2, width=5, seeds=2, max_share=0.9, min_words=5)
    text = plain(periods._repr_html_())
    assert repr(periods) in text
    assert "2010–2014" in text
    assert "；".join(periods.topics[periods.topics["period"] == "2010–2014"]["label"]) in text
    assert text.count("共 2 行") >= 1


def test_a_sample_does_not_show_its_key(corpus: ct.Corpus) -> None:
    sample = ct.themes.sample(corpus, themes=["科普"], n=4)
    text = plain(sample._repr_html_())
    assert "verdict" not in text
    assert "coder_1" in text
    assert "共 4 行" in text
