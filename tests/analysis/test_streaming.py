"""Analyses go through a corpus part by part, here or on a cluster: the parts, and where they are counted, change no number."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from weakref import WeakSet

import numpy as np
import pandas as pd
import pytest
import small_corpus
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from scipy.sparse import csr_matrix, vstack

from corpus_tools.analysis import concordance, counts, grouping, keywords, slogans, style, themes, topics, trends
from corpus_tools.corpus import store
from corpus_tools.corpus.corpus import Corpus, load
from corpus_tools.corpus.counted import BLANK, Part
from corpus_tools.errors import AnalysisError, MissingPackageError, StoreError

BODY = (
    "推动 高质量发展 ， 河谷 生态 水渠 梯田 {}",
    "乡村振兴 要 靠 科普 ， 高质量发展 要 靠 {} 。",
    "河谷 水渠 {} 梯田 生态 渔业 茶园 ， 乡村振兴",
)
EXTRA = ("学校", "医院", "茶园", "渔业", "水渠")
NOTES = "高质量发展 是 提法"


def report(number: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A report of some paragraphs, every third one with a note below it, and its sections."""
    lines = [BODY[(number + n) % 3].format(EXTRA[number * n % 5]) for n in range(1 + number % 4)]
    ends = [sum(len(line.replace(" ", "")) + 1 for line in lines)]
    tenses = ["plan" if number % 2 else "review"]
    if number % 3 == 0:
        lines.append(NOTES)
        ends.append(ends[-1] + len(NOTES.replace(" ", "")))
        tenses.append("notes")
    bounds = zip([0, *ends], ends, strict=False)
    sections = [
        {"doc_id": f"d{number:03d}", "section": n, "tense": tense, "start": a, "end": b}
        for n, (tense, (a, b)) in enumerate(zip(tenses, bounds, strict=True))
    ]
    sections[-1]["end"] = len("\n".join(lines).replace(" ", ""))
    entry = {"words": "\n".join(lines), "year": 2018 + number % 4, "level": ("city", "county")[number % 2]}
    return entry, sections


def written(folder: Path, parts: int) -> Corpus:
    reports = [report(number) for number in range(24)]
    sections = [section for _, found in reports for section in found]
    return small_corpus.make(folder, [entry for entry, _ in reports], sections=sections, parts=parts)


ANALYSES: dict[str, Callable[[Corpus], pd.DataFrame]] = {
    "matrix": lambda corpus: counted(counts.matrix(corpus)),
    "matrix of sections": lambda corpus: counted(counts.matrix(corpus, unit="section")),
    "pairs": lambda corpus: counted(counts.matrix(corpus, n=2, min_documents=2)),
    "keyness": lambda corpus: keywords.keyness(corpus, by="year"),
    "slogans": lambda corpus: slogans.count(corpus, by="year"),
    "slogans by tense": lambda corpus: slogans.count(corpus, by="tense"),
    "hits": lambda corpus: slogans.hits(corpus, "高质量发展"),
    "together": lambda corpus: slogans.together(corpus, slogan="高质量发展", min_documents=1),
    "rates": lambda corpus: trends.rate(corpus, ["高质量发展", "水渠"]),
    "rates of words": lambda corpus: trends.rate(corpus, ["水渠", "科普"], unit="word"),
    "themes": lambda corpus: themes.count(corpus, by="level"),
    "missed": lambda corpus: themes.missed(corpus, unit="slogan", min_documents=1),
}


def counted(matrix: counts.TermMatrix) -> pd.DataFrame:
    return matrix.units.assign(words=matrix.words, **pd.DataFrame(matrix.counts.toarray(), columns=matrix.terms))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return written(tmp_path_factory.mktemp("whole"), 1)


@pytest.fixture(scope="module")
def in_parts(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return written(tmp_path_factory.mktemp("parts"), 5)


@pytest.mark.parametrize("name", ANALYSES)
def test_parts_change_no_number(whole: Corpus, in_parts: Corpus, name: str) -> None:
    assert_frame_equal(ANALYSES[name](whole), ANALYSES[name](in_parts), check_exact=True)


def test_what_is_counted_is_that_of_each_document(in_parts: Corpus) -> None:
    entries = [report(number)[0]["words"].replace(" ", "") for number in range(24)]
    note = NOTES.replace(" ", "")
    assert in_parts.documents["text"].tolist() == entries
    assert in_parts.texts == [text.replace(note, BLANK * len(note)) for text in entries]
    assert in_parts.n_han.tolist() == [sum("一" <= c <= "鿿" for c in text.replace(note, "")) for text in entries]
    words = [entry.split() for entry in (report(n)[0]["words"].replace(NOTES, "") for n in range(24))]
    tokens, names = in_parts.tokens, in_parts.vocabulary["word"].to_numpy()
    of = np.repeat(tokens.document, np.diff(tokens.ends, prepend=0))
    assert [names[tokens.ids[of == row]].tolist() for row in range(24)] == words


def test_columns_are_those_of_the_folder_the_text_in_its_place(in_parts: Corpus) -> None:
    assert list(in_parts.documents.columns) == store.SCHEMAS["documents"].names
    assert list(in_parts.described.columns) == [name for name in store.SCHEMAS["documents"].names if name != "text"]
    stored = store.read(in_parts.folder, "documents").to_pandas().sort_values("source", ignore_index=True)
    assert_frame_equal(in_parts.documents[["doc_id", "text"]], stored[["doc_id", "text"]])


@pytest.mark.parametrize("name", [*ANALYSES, "topics"])
def test_no_analysis_holds_all_texts(in_parts: Corpus, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus, alive, most, begin = load(in_parts.folder), WeakSet[Part](), 0, Part.__init__

    def begun(part: Part, *given: Any) -> None:
        nonlocal most
        begin(part, *given)
        alive.add(part)
        most = max(most, len(alive))

    monkeypatch.setattr(Part, "__init__", begun)
    for what in ("documents", "texts"):
        monkeypatch.setattr(Corpus, what, property(_few))
    if name == "topics":
        topics.fit(corpus, k=2, method="streamed_nmf", seeds=1, min_words=2, max_share=1)
    else:
        ANALYSES[name](corpus)
    assert 1 <= most <= 2


def _few(corpus: Corpus) -> pd.DataFrame:
    """Documents with texts, where these are the examples of two topics."""
    assert len(corpus) <= 6, "all texts were asked for"
    return corpus.described.assign(text="\n" * 9)


def test_a_few_documents_are_read_from_their_parts_alone(in_parts: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    read = list[int]()
    table = store.part_table

    def watched(folder: Path, name: str, part: int, **more: Any) -> Any:
        read.append(part)
        return table(folder, name, part, **more)

    texts = in_parts.documents["text"]
    monkeypatch.setattr(store, "part_table", watched)
    assert in_parts.of(np.array([13, 3])).documents["text"].tolist() == texts[[13, 3]].tolist()
    assert set(read) == {3}  # reports are dealt out over five parts: 3 and 13 lie in one


def test_a_folder_that_was_built_anew_is_told(tmp_path: Path) -> None:
    corpus = written(tmp_path, 5)
    corpus.n_han  # noqa: B018 - where the documents lie is known
    for table in ("documents", "tokens"):
        shutil.rmtree(tmp_path / f"{table}.parquet")
    written(tmp_path, 2)
    with pytest.raises(StoreError, match="built anew since it was opened"):
        corpus.texts  # noqa: B018
    again = load(tmp_path)
    (tmp_path / "tokens.parquet" / "part-0001.parquet").unlink()
    with pytest.raises(StoreError, match="part-0001"):
        counts.matrix(again)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2**32)), min_size=1, max_size=5), st.randoms())
def test_rows_of_parts_are_put_in_order_as_a_plain_stack_would(parts: list[tuple[int, int]], random: Any) -> None:
    matrices = [csr_matrix(np.random.default_rng(seed).poisson(0.7, (rows, 3))) for rows, seed in parts]
    order = list(range(sum(rows for rows, _ in parts)))
    random.shuffle(order)
    expected = vstack(matrices, format="csr")[np.array(order, dtype=np.int64)]
    found = grouping.stacked(matrices, np.array(order, dtype=np.int64))
    assert matrices == []
    assert found.dtype == expected.dtype
    assert np.array_equal(found.toarray(), expected.toarray())


def _words_of_the_first(part: Part, *, wanted: str) -> int:
    if wanted not in part.written[0]:
        raise AnalysisError(f"no {wanted}")
    return part.written[0].count(wanted)


@pytest.fixture(scope="module")
def on_cluster(in_parts: Corpus) -> Iterator[Corpus]:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        yield load(in_parts.folder, cluster=client)


@pytest.mark.once
@pytest.mark.workers
@pytest.mark.parametrize("name", ANALYSES)
def test_a_cluster_finds_the_same(in_parts: Corpus, on_cluster: Corpus, name: str) -> None:
    assert_frame_equal(ANALYSES[name](on_cluster), ANALYSES[name](in_parts), check_exact=True)


@pytest.mark.once
@pytest.mark.workers
def test_views_count_on_the_cluster_and_errors_of_workers_arrive(on_cluster: Corpus) -> None:
    view = on_cluster.where(year=2019)
    found = dict(zip("01234", (n for _, n in view.over_parts(partial(_words_of_the_first, wanted="河"))), strict=False))
    assert list(found.values()) == [part.written[0].count("河") for _, part in view.parts()]
    with pytest.raises(AnalysisError, match="no 海"):
        list(view.over_parts(partial(_words_of_the_first, wanted="海")))


def test_without_dask_the_extra_is_named(in_parts: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingPackageError, match=r"corpus-tools\[cluster\]"):
        load(in_parts.folder, cluster="tcp://127.0.0.1:8786")


def test_style_and_concordance_do_not_depend_on_parts(whole: Corpus, in_parts: Corpus) -> None:
    for ask in (style.documents, lambda corpus: concordance.kwic(corpus, "水渠")):
        assert_frame_equal(ask(whole), ask(in_parts), check_exact=True)
