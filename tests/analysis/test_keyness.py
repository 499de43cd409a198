from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import small_corpus
from scipy import stats

from corpus_tools.analysis import keywords
from corpus_tools.analysis.words import ANY, WordFilter
from corpus_tools.errors import AnalysisError, DataError

OLD = ["河谷 商品 计划", "商品 计划 计划", "商品 河谷 河谷 河谷"]
NEW = ["河谷 创新", "创新 创新 生态", "河谷 生态 创新 创新", "创新 河谷"]
DOCUMENTS = [{"words": words, "year": 1984, "level": "city"} for words in OLD] + [
    {"words": words, "year": 2024, "level": "county"} for words in NEW
]


@pytest.fixture
def corpus(make):
    return make(DOCUMENTS, parts=2)


def row(frame: pd.DataFrame, term: str, **keys: object) -> pd.Series:
    for name, value in keys.items():
        frame = frame[frame[name] == value]
    found = frame[frame["term"] == term]
    assert len(found) == 1
    return found.iloc[0]


def test_a_row_worked_out_by_hand(corpus):
    new = row(keywords.keyness(corpus, by="year", min_documents=1), "创新", year=2024)
    assert (new["count"], new["count_reference"]) == (6, 0)
    assert (new["documents"], new["documents_reference"], new["n"], new["n_reference"]) == (4, 0, 4, 3)
    assert new["per_10k"] == pytest.approx(6 / 22 * 10_000)  # 11 words of two characters
    assert new["length_ratio"] == pytest.approx((22 / 4) / (20 / 3))
    assert new["per_10k_reference"] == 0
    # 0 stands as 20 / 42 of one occurrence: (6 / 22) / ((20 / 42) / 20) = 6 · 42 / 22
    assert new["log_ratio"] == pytest.approx(np.log2(6 * 42 / 22))
    g2 = stats.chi2_contingency([[6, 5], [0, 10]], lambda_="log-likelihood", correction=False)[0]
    assert new["g2"] == pytest.approx(g2)
    assert new["bic"] == pytest.approx(g2 - np.log(21))
    assert new["p_value"] == pytest.approx(1 / 35)  # all 4 that say it are the group of 4 of 7; half of 2 / 35
    assert new["range"] == 1
    # words of the four: 2, 3, 4, 2; 创新: 1, 2, 2, 1
    observed, share = np.array([1, 2, 2, 1]) / 6, np.array([2, 3, 4, 2]) / 11
    assert new["dp_norm"] == pytest.approx(np.abs(observed - share).sum() / 2 / (1 - 2 / 11))


def test_of_two_groups_each_is_the_others_reference(corpus):
    frame = keywords.keyness(corpus, by="year", min_documents=1)
    old, new = (frame[frame["year"] == year].set_index("term").sort_index() for year in (1984, 2024))
    assert list(old.index) == list(new.index) == ["创新", "商品", "河谷", "生态", "计划"]
    np.testing.assert_allclose(old["log_ratio"], -new["log_ratio"])
    np.testing.assert_allclose(old["log_ratio_low"], -new["log_ratio_high"])
    np.testing.assert_allclose(old["lrc"], -new["lrc"])
    for name in ("g2", "p_value", "q_value"):
        np.testing.assert_allclose(old[name], new[name])
    assert (old["count"] == new["count_reference"]).all()


def test_a_reference_corpus_is_the_same_as_a_second_group(corpus):
    by = keywords.keyness(corpus, by="year", min_documents=1).query("year == 2024").drop(columns="year")
    versus = keywords.keyness(corpus.where(year=2024), reference=corpus.where(year=1984), min_documents=1)
    pd.testing.assert_frame_equal(by.reset_index(drop=True), versus, check_dtype=False)


def test_documents_on_both_sides_count_in_the_corpus_alone(corpus):
    apart = keywords.keyness(corpus.where(year=2024), reference=corpus.where(year=1984), min_documents=1)
    pd.testing.assert_frame_equal(keywords.keyness(corpus.where(year=2024), reference=corpus, min_documents=1), apart)
    with pytest.raises(AnalysisError, match="nothing is left"):
        keywords.keyness(corpus, reference=corpus.where(year=1984))


def test_a_reference_of_another_folder_is_matched_by_its_words(corpus, tmp_path: Path):
    other = small_corpus.make(tmp_path / "other", [{"words": words} for words in [*OLD, "渔业 渔业"]])
    frame = keywords.keyness(corpus.where(year=2024), reference=other, min_documents=1)
    assert row(frame, "渔业")["count_reference"] == 2
    assert row(frame, "河谷")[["count", "count_reference"]].tolist() == [3, 4]
    assert row(frame, "创新")["n_reference"] == 4


def test_sorted_by_the_bound_that_is_sure(corpus):
    for _, of in keywords.keyness(corpus, by="year", min_documents=1).groupby("year"):
        assert (of["lrc"].diff().dropna() <= 0).all()
    new = keywords.keyness(corpus, by="year", min_documents=1).query("year == 2024")
    assert new["term"].iloc[0] == "创新"
    assert set(new["term"].iloc[-2:]) == {"商品", "计划"}


def test_each_column_and_several_make_groups(corpus):
    assert set(keywords.keyness(corpus, by="level")["level"]) == {"city", "county"}
    both = keywords.keyness(corpus, by=["level", "year"])
    assert both[["level", "year"]].drop_duplicates().to_numpy().tolist() == [["city", 1984], ["county", 2024]]


def test_documents_of_unknown_group_are_on_no_side(make):
    corpus = make([*DOCUMENTS, {"words": "创新 " * 20 + "创新", "year": None}])
    assert row(keywords.keyness(corpus, by="year"), "创新", year=1984)["count_reference"] == 6


def test_a_term_of_documents_on_no_side_has_no_row(make):
    unknown = [{"words": "渔业 创新", "year": None}] * 3
    frame = keywords.keyness(make([*DOCUMENTS, *unknown]), by="year", min_documents=3)
    assert set(frame["term"]) == {"河谷", "创新", "商品"}
    every = keywords.keyness(make([*DOCUMENTS, *unknown]), by="year", min_documents=1)
    assert (every["count"] + every["count_reference"] > 0).all()
    part = make([*DOCUMENTS, {"words": "渔业", "year": 2030}]).where(year=[1984, 2024])
    assert "渔业" not in set(keywords.keyness(part, by="year", min_documents=1)["term"])


def test_a_reference_that_never_says_the_words_counts_0(corpus):
    for n, pattern in ((1, "创新|生态"), (2, "创新")):
        frame = keywords.keyness(
            corpus.where(year=2024), reference=corpus.where(year=1984), n=n, words=WordFilter(pattern=pattern),
            min_documents=1,
        )  # fmt: skip
        assert (frame["count"] > 0).all()
        assert frame["count_reference"].tolist() == [0] * len(frame)
        assert frame["n_reference"].tolist() == [3] * len(frame)


def test_a_reference_without_a_chinese_character_gives_no_p(make):
    corpus = make([*DOCUMENTS, {"words": "GDP", "year": 2030, "level": "village"}])
    frame = keywords.keyness(
        corpus.where(level=["city", "county"]), by="year", reference=corpus.where(level="village"), min_documents=1
    )
    assert (frame["n_reference"] == 0).all()
    assert frame["p_value"].isna().all()


def test_a_list_of_sequences_is_refused(corpus):
    # Its characters are counted twice in it, so that every rate would be half of what it is.
    with pytest.raises(AnalysisError, match="list of sequences"):
        keywords.keyness(corpus, reference=keywords.frequencies(corpus, n=2), n=2)


def test_permutations_on_request_can_be_repeated(corpus):
    options = {"by": "year", "min_documents": 1, "test": "permutation"}
    first, again = (keywords.keyness(corpus, **options, seed=4) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    # Of 35 choices of 4 documents this one has the third largest log ratio, 1.680 standard errors: without any 创新 a side's
    # error is large, and two choices that leave one of the six there stand at 1.680 too.
    assert row(first, "创新", year=2024)["p_value"] == pytest.approx(3 / 35, abs=0.02)
    assert row(first, "河谷", year=2024)["p_value"] > 0.3


def test_against_a_frequency_list(corpus, tmp_path: Path):
    listed = pd.DataFrame({"term": ["创新", "河谷", "商品"], "count": [10, 40, 50]})
    frame = keywords.keyness(corpus.where(year=2024), reference=listed, min_documents=1)
    new = row(frame, "创新")
    assert (new["count"], new["count_reference"]) == (6, 10)
    assert new["log_ratio"] == pytest.approx(np.log2((6 / 22) / (10 / 200)))
    assert frame[["documents_reference", "n_reference", "length_ratio"]].isna().all(axis=None)
    assert 0 < new["p_value"] < 0.05
    lines = tmp_path / "list.txt"
    lines.write_text("创新 10 n\n河谷\t40\n\n商品,50\n", "utf-8")
    pd.testing.assert_frame_equal(keywords.keyness(corpus.where(year=2024), reference=lines, min_documents=1), frame)
    table = tmp_path / "list.csv"
    listed.assign(documents=3).to_csv(table, index=False, quoting=csv.QUOTE_NONNUMERIC)
    pd.testing.assert_frame_equal(keywords.keyness(corpus.where(year=2024), reference=table, min_documents=1), frame)


def test_fields_beyond_the_head_do_not_shift_a_list(corpus, tmp_path: Path):
    table = tmp_path / "list.csv"
    table.write_text("term,count\n创新,10,7\n河谷,40,9\n", "utf-8")
    frame = keywords.keyness(corpus.where(year=2024), reference=table, min_documents=1)
    assert (row(frame, "创新")["count_reference"], row(frame, "河谷")["count_reference"]) == (10, 40)


def test_a_list_of_the_corpus_itself_shows_no_difference(corpus):
    frame = keywords.keyness(corpus, reference=keywords.frequencies(corpus), min_documents=1)
    np.testing.assert_allclose(frame["log_ratio"], 0, atol=1e-12)
    assert (frame["lrc"] == 0).all()
    np.testing.assert_allclose(frame["g2"], 0, atol=1e-9)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("创新 10\n河谷\n", ":2: '河谷' is no line"),
        ("", "counts nothing"),
        ("term,count\n创新,-1\n", "'创新' has the count -1"),
        ("term,count\n创新,inf\n", "'创新' has the count inf"),
        ("创新 1,234\n", ":1: '创新 1,234' is no line"),
        ('term,count\n"创新,1\n', "is no table"),
        ("GDP 5\n", "no Chinese word"),
    ],
)
def test_a_list_that_is_none_names_the_line(corpus, tmp_path: Path, lines, says):
    path = tmp_path / "list.txt"
    path.write_text(lines, "utf-8")
    with pytest.raises(DataError, match=says):
        keywords.keyness(corpus, reference=path)


def test_a_list_in_another_encoding_or_without_columns_says_so(corpus, tmp_path: Path):
    path = tmp_path / "list.txt"
    path.write_bytes("创新 10".encode("gbk"))
    with pytest.raises(DataError, match="UTF-8"):
        keywords.keyness(corpus, reference=path)
    with pytest.raises(DataError, match="lacks count"):
        keywords.keyness(corpus, reference=pd.DataFrame({"term": ["创新"]}))
    with pytest.raises(DataError, match="cannot be read"):
        keywords.keyness(corpus, reference=tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({}, "nothing to compare with"),
        ({"by": "year", "test": "t"}, "can be 'mann-whitney' or 'permutation'"),
        ({"by": "colour"}, "cannot group by 'colour'"),
        ({"by": "year", "min_documents": 9}, "in at least 9"),
        ({"by": "year", "resamples": 0}, "at least 1"),
        ({"by": "kind"}, "known kind"),
    ],
)
def test_questions_without_an_answer_say_why(corpus, options, says):
    with pytest.raises(AnalysisError, match=says):
        keywords.keyness(corpus, **options)
    with pytest.raises(AnalysisError, match="of one year"):
        keywords.keyness(corpus.where(year=1984), by="year")


@pytest.mark.parametrize("verb", [keywords.frequencies, keywords.tfidf])
def test_a_top_of_no_rows_is_refused(corpus, verb):
    for top in (0, -1):
        with pytest.raises(AnalysisError, match=f"top is {top}"):
            verb(corpus, top=top)


def test_one_report_a_year_has_p_but_no_interval(make):
    years = [{"words": f"河谷 生态 {'创新' if year > 2020 else '商品'}", "year": year} for year in range(2011, 2031)]
    frame = keywords.keyness(make(years), by="year", min_documents=1)
    last = row(frame, "创新", year=2030)
    assert (last["n"], last["n_reference"]) == (1, 19)
    assert np.isnan(last[["log_ratio_low", "lrc", "dp_norm"]].astype(float)).all()
    # one of 10 equal documents among 20: P(in the group) = 1/2, half of it and none above
    assert last["p_value"] == pytest.approx(2 * 0.25)


def test_frequencies_by_hand(corpus):
    frame = keywords.frequencies(corpus, by="year")
    assert frame[frame["year"] == 2024][["term", "count", "documents"]].to_numpy().tolist() == [
        ["创新", 6, 4], ["河谷", 3, 3], ["生态", 2, 2],
    ]  # fmt: skip
    new = row(frame, "创新", year=2024)
    assert new["per_10k"] == pytest.approx(6 / 22 * 10_000)
    assert new["per_10k_low"] < new["per_10k"] < new["per_10k_high"]
    assert keywords.frequencies(corpus, n=2, top=1)[["term", "count"]].to_numpy().tolist() == [["创新 创新", 2]]
    whole = keywords.frequencies(corpus)
    assert whole["count"].sum() == 21
    assert whole["count"].tolist() == sorted(whole["count"], reverse=True)


def test_all_terms_at_once_have_the_intervals_of_each_alone(corpus):
    whole = keywords.frequencies(corpus, by="year")
    best = whole.groupby("year").head(1).reset_index(drop=True)
    pd.testing.assert_frame_equal(keywords.frequencies(corpus, by="year", top=1), best, check_exact=True)


def test_tense_makes_groups(make):
    text = "回顾\n河谷 河谷\n打算\n创新 河谷"
    ends = [len(part.replace(" ", "")) for part in ("回顾\n河谷 河谷\n", text)]
    sections = [
        {"doc_id": f"d00{i}", "section": s, "depth": 1, "tense": tense, "start": start, "end": end}
        for i in range(3)
        for s, (tense, start, end) in enumerate([("review", 0, ends[0]), ("plan", ends[0], ends[1])])
    ]
    frame = keywords.keyness(
        make([{"words": text, "year": 2020 + i} for i in range(3)], sections=sections), by="tense", words=ANY
    )
    assert row(frame, "创新", tense="plan")[["count", "count_reference", "n"]].tolist() == [3, 0, 3]
    assert row(frame, "回顾", tense="plan")["log_ratio"] < 0
