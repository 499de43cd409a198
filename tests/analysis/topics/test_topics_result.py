"""What can be asked of topics once they are found."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from planted_topics import FISH, ROAD, WOOD, paragraphs, topic_of

from corpus_tools.analysis import topics
from corpus_tools.analysis.topics import engines, naming
from corpus_tools.errors import AnalysisError, StoreError


@pytest.fixture
def reports(make):
    """Six reports a year, of 2020 all fish and half wood in 2021; every other one of a county."""
    documents = []
    for number in range(12):
        year, half = 2020 + number // 6, number % 2
        theme = WOOD if year == 2021 and half else FISH
        documents.append(
            {"words": paragraphs(theme, 6, number), "year": year, "level": "county" if half else "city"},
        )
    return make(documents)


@pytest.fixture
def found(reports):
    return topics.fit(reports, k=2, max_share=0.9)


def test_prevalence_has_the_interval_of_a_mean_over_documents(reports, found):
    wood = topic_of(found, "造林")
    by_year = found.by("year").set_index(["topic", "year"]).loc[wood]
    shares = found.documents[found.documents["topic"] == wood].set_index("doc_id")["share"]
    years = reports.documents.set_index("doc_id")["year"]
    assert by_year.loc[2021, "share"] == pytest.approx(shares[years == 2021].mean())
    assert by_year.loc[2021, "share"] == pytest.approx(0.5, abs=0.02)
    assert by_year.loc[2021, "low"] < 0.5 < by_year.loc[2021, "high"]
    assert by_year.loc[2020, "share"] < 0.02
    assert by_year["n"].tolist() == [6, 6]


def test_several_columns_make_groups(found):
    frame = found.by(["year", "level"])
    assert frame[["year", "level"]].drop_duplicates().to_numpy().tolist() == [
        [2020, "city"], [2020, "county"], [2021, "city"], [2021, "county"],
    ]  # fmt: skip
    wood = frame[(frame["topic"] == topic_of(found, "造林")) & (frame["year"] == 2021)].set_index("level")["share"]
    assert wood["county"] > 0.95
    assert wood["city"] < 0.05


def test_no_interval_of_a_share_ends_above_all(found):
    """Of three reports a year all are of one theme, which a score interval for rates would take for up to twice as many."""
    by_level = found.by(["year", "level"])
    assert (by_level["n"] == 3).all()
    assert by_level["high"].max() <= 1
    assert (by_level["low"].dropna() >= 0).all()


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda found: found.by("colour"), "cannot group by 'colour'"),
        (lambda found: found.by("year", resamples=0), "resamples is 0"),
        (lambda found: found.words_by("year", top=0), "top is 0"),
    ],
)
def test_what_cannot_be_asked_is_refused(found, ask, says):
    with pytest.raises(AnalysisError, match=says):
        ask(found)


def test_words_of_a_topic_in_each_group(make):
    """In 2021 fish is spoken of with other words than in 2020; the topic is one, as some paragraphs hold both."""
    early, late = FISH[:3], FISH[3:]
    documents = [{"words": paragraphs(early, 5, n) + "\n" + paragraphs(FISH, 3, n), "year": 2020} for n in range(4)]
    documents += [{"words": paragraphs(late, 5, n) + "\n" + paragraphs(FISH, 3, n), "year": 2021} for n in range(4)]
    documents += [{"words": paragraphs(WOOD, 8, n), "year": 2020 + n % 2} for n in range(4)]
    corpus = make(documents)
    found = topics.fit(corpus, k=2, max_share=1.0)
    fish = topic_of(found, "渔业")
    words = found.words_by("year", top=3)
    mine = words[words["topic"] == fish].groupby("year")["term"].agg(set)
    assert mine[2020] == set(early)
    assert mine[2021] == set(late)
    first = words[(words["topic"] == fish) & (words["year"] == 2020)]
    assert (first["lift"] > 1).all()
    assert words[words["year"] == 2020]["n"].unique().tolist() == [6]


def test_a_topic_does_not_get_the_words_of_those_it_stands_beside(make):
    """In 2021 every paragraph is half fish and half wood, and still no word of the one is the other's."""
    mixed = [" ".join(paragraphs(FISH, 3, n).split() + paragraphs(WOOD, 3, n).split()) for n in range(5)]
    documents = [
        {"words": "\n".join([paragraphs(theme, 6, n)]), "year": 2020} for n in range(3) for theme in (FISH, WOOD)
    ]
    corpus = make([*documents, *({"words": text, "year": 2021} for text in mixed)])
    found = topics.fit(corpus, k=2, max_share=1.0, seeds=1)
    words = found.words_by("year", top=6)
    for theme in (FISH, WOOD):
        mine = words[words["topic"] == topic_of(found, theme[0])]
        assert set(mine["term"]) == set(theme)
        assert mine[mine["year"] == 2021]["units"].unique() == pytest.approx([2.5], abs=0.5)
    counts = pd.Series(" ".join(mixed).split()).value_counts()
    of = words[(words["year"] == 2021) & (words["topic"] == topic_of(found, "渔业"))].set_index("term")["weight"]
    assert of["渔业"] == pytest.approx(counts["渔业"] / counts[FISH].sum(), abs=0.01)


def test_words_count_the_documents_that_have_shares(make):
    reports = [{"words": paragraphs(theme, 6, n), "year": 2020} for n in range(3) for theme in (FISH, WOOD)]
    found = topics.fit(make([*reports, {"words": "渔业 短段", "year": 2020}]), k=2, max_share=1.0, seeds=1)
    assert found.words_by("year")["n"].unique().tolist() == [6] == found.by("year")["n"].unique().tolist()


def test_shares_by_tense_are_those_of_the_sections(make):
    """Each report looks back on fish and plans for wood."""
    texts = [(paragraphs(FISH, 4, n), paragraphs(WOOD, 4, n)) for n in range(4)]
    sections = []
    for number, (back, ahead) in enumerate(texts):
        lengths = [len(part.replace(" ", "")) for part in (back, ahead)]
        of = {"doc_id": f"d{number:03d}", "depth": 1, "heading": ""}
        sections.append(of | {"section": 0, "tense": "review", "start": 0, "end": lengths[0] + 1})
        sections.append(of | {"section": 1, "tense": "plan", "start": lengths[0] + 1, "end": sum(lengths) + 1})
    corpus = make([{"words": "\n".join(parts)} for parts in texts], sections=sections)
    found = topics.fit(corpus, k=2, max_share=1.0)
    by_tense = found.by("tense").set_index(["tense", "topic"])["share"]
    assert by_tense["review", topic_of(found, "渔业")] > 0.95
    assert by_tense["plan", topic_of(found, "造林")] > 0.95
    whole = found.documents.groupby("topic")["share"].mean()
    assert whole.to_numpy() == pytest.approx([0.5, 0.5], abs=0.02)


def test_the_documents_they_were_found_in_get_the_same_shares_again(reports, found):
    again = found.transform(reports)
    pd.testing.assert_frame_equal(again[["doc_id", "topic"]], found.documents[["doc_id", "topic"]])
    assert again["share"].to_numpy() == pytest.approx(found.documents["share"].to_numpy(), abs=0.01)


def test_new_documents_are_shared_out_and_unknown_words_passed_over(found, tmp_path):
    import small_corpus

    new = small_corpus.make(
        tmp_path / "new",
        [
            {"doc_id": "fish", "words": paragraphs([*FISH, "智慧渔场"], 3, 1)},
            {"doc_id": "both", "words": paragraphs(FISH, 3, 1) + "\n" + paragraphs(WOOD, 3, 2)},
            {"doc_id": "road", "words": paragraphs(ROAD, 3, 1)},
        ],
    )
    shares = found.transform(new).pivot_table(index="doc_id", columns="topic", values="share")
    assert shares.index.tolist() == ["both", "fish"]  # of roads these topics know nothing
    assert shares.loc["fish", topic_of(found, "渔业")] > 0.95
    assert shares.loc["both", topic_of(found, "造林")] == pytest.approx(0.5, abs=0.03)
    with pytest.raises(AnalysisError, match="no document of this corpus"):
        found.transform(new.where(doc_id="road"))


@pytest.mark.parametrize("method", ["nmf", "lda"])
def test_topics_are_saved_and_read_without_pickle(reports, tmp_path, method):
    found = topics.fit(reports, k=2, max_share=0.9, method=method, seeds=2)
    folder = found.save(tmp_path / "topics")
    assert {path.suffix for path in folder.iterdir()} == {".parquet", ".json"}
    again = topics.load(folder, reports)
    for frame in ("terms", "documents", "labels", "quality", "refits", "examples"):
        pd.testing.assert_frame_equal(getattr(again, frame), getattr(found, frame), check_dtype=False)
    assert again.transform(reports).equals(found.transform(reports))
    assert again.by("year").equals(found.by("year"))
    assert repr(again) == repr(found)


def test_topics_without_their_corpus_say_what_is_missing(reports, found, tmp_path):
    again = topics.load(found.save(tmp_path / "topics"))
    assert len(again.transform(reports)) == len(found.documents)
    with pytest.raises(AnalysisError, match="without their corpus"):
        again.by("year")


def test_topics_are_not_joined_with_another_corpus(reports, found, tmp_path):
    """The same names, other texts: what was found in the one says nothing of the other."""
    import small_corpus

    folder = found.save(tmp_path / "topics")
    other = small_corpus.make(tmp_path / "other", [{"words": paragraphs(ROAD, 5, n), "year": 2020} for n in range(12)])
    for corpus in (other, reports.where(year=2020)):
        with pytest.raises(StoreError, match="another view of it"):
            topics.load(folder, corpus)
    assert len(topics.load(folder).transform(reports.where(year=2020))) == 12
    again = topics.load(topics.load(folder).save(tmp_path / "again"), reports)
    assert again.by("year").equals(found.by("year"))


def test_a_later_save_leaves_nothing_of_an_earlier_one(reports, tmp_path):
    chosen = topics.fit(reports, k=2, max_share=0.9, seeds=1)
    with_choice = replace(chosen, choice=pd.DataFrame({"k": [2]}))
    folder = with_choice.save(tmp_path / "topics")
    assert topics.load(folder).choice is not None
    assert topics.load(chosen.save(folder)).choice is None
    pd.testing.assert_frame_equal(topics.load(folder).refits, chosen.refits)  # of no fit: the columns alone


@pytest.mark.parametrize("about", ["[]", "{}", "no json"])
def test_a_folder_whose_description_is_damaged_holds_no_topics(found, tmp_path, about):
    folder = found.save(tmp_path / "topics")
    (folder / "topics.json").write_text(about, encoding="utf-8")
    with pytest.raises(StoreError, match="holds no topics"):
        topics.load(folder)


def test_a_folder_of_something_else_is_neither_read_nor_written_over(found, tmp_path):
    (tmp_path / "mine.txt").write_text("notes", encoding="utf-8")
    with pytest.raises(StoreError, match="something else"):
        found.save(tmp_path)
    with pytest.raises(StoreError, match="holds no topics"):
        topics.load(tmp_path)
    folder = found.save(tmp_path / "topics")
    about = json.loads((folder / "topics.json").read_text(encoding="utf-8"))
    (folder / "topics.json").write_text(json.dumps(about | {"format": 99}), encoding="utf-8")
    with pytest.raises(StoreError, match="format 99"):
        topics.load(folder)


def test_like_topics_are_near_on_the_map(make):
    """Boats and ports share half of their words, forests none: distances of 1 − cosine, drawn in two dimensions."""
    boats, ports = [*FISH[:4], "船厂", "船员"], [*FISH[2:], "码头", "泊位"]
    found = topics.fit(
        make([{"words": paragraphs(theme, 20, n)} for n, theme in enumerate([boats, ports, WOOD] * 2)]),
        k=3,
        max_share=1.0,
    )
    places = found.positions().set_index("topic")[["x", "y"]]
    boat, port, wood = (places.loc[topic_of(found, word)] for word in ("船厂", "码头", "造林"))
    assert np.hypot(*(boat - port)) < np.hypot(*(boat - wood))
    assert places.sum().to_numpy() == pytest.approx([0, 0], abs=1e-9)


def test_names_are_different_and_hold_no_word_in_another():
    words = {1: ["科技", "科技创新", "人才"], 2: ["科技", "人才", "成果", "转化"], 3: ["科技", "人才", "科技创新"]}
    terms = pd.DataFrame([(t, word, n + 1) for t, of in words.items() for n, word in enumerate(of)])
    terms.columns = ["topic", "term", "rank"]
    named = naming.labels(terms, 4)
    assert named[0] == "科技·人才"
    assert named[1] == "成果·转化·科技"
    assert len(set(named)) == 4
    assert named[3] == "4"  # a topic without words


def test_names_are_different_even_where_words_are_not():
    terms = pd.DataFrame([(1, "渔业", 1), (2, "渔业", 1), (3, "渔业", 1)], columns=["topic", "term", "rank"])
    assert naming.labels(terms, 3) == ["渔业", "渔业·2", "渔业·3"]


@given(st.integers(2, 5), st.integers(0, 10_000))
def test_shares_by_probabilities_add_up_and_find_pure_units(k, seed):
    from scipy.sparse import csr_matrix

    random = np.random.default_rng(seed)
    loadings = np.kron(np.eye(k), np.full(4, 0.25))  # each topic has four words of its own
    counts = random.integers(1, 9, size=(k, 4 * k)) * (loadings > 0)
    shares = engines.queried(csr_matrix(counts.astype(float)), loadings, prior=0.01)
    assert shares.sum(axis=1) == pytest.approx(np.ones(k))
    total = counts.sum(axis=1)
    assert np.diag(shares) == pytest.approx((total + 0.01) / (total + 0.01 * k), abs=1e-3)


def test_topics_are_saved_over_their_own_and_over_nothing_else(found, tmp_path):
    folder = found.save(tmp_path / "topics")
    (folder / "topics.json").unlink()  # as a save that was cut off leaves it
    found.save(folder)
    (folder / "mine.parquet").write_bytes(b"mine")
    with pytest.raises(StoreError, match=r"something else than topics \(mine\.parquet\)"):
        found.save(folder)
    (tmp_path / "file.txt").write_text("", "utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        found.save(tmp_path / "file.txt" / "topics")


def test_topics_that_lack_what_they_were_made_of_are_none(found, tmp_path):
    folder = found.save(tmp_path / "topics")
    about = json.loads((folder / "topics.json").read_text("utf-8"))
    del about["texts"]
    (folder / "topics.json").write_text(json.dumps(about), "utf-8")
    with pytest.raises(StoreError, match="holds no topics"):
        topics.load(folder)
