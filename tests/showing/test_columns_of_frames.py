"""data/columns.toml knows every column that a public function returns, in its order, and none that there is not."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, get_type_hints

import pandas as pd
import pyarrow.parquet as pq
import pytest
from pandas import DataFrame

import corpus_tools as ct
from corpus_tools.corpus import store
from corpus_tools.showing import columns as known

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]
TERMS = ["高质量发展", "新质生产力"]
FEW = ct.WordFilter(length=2)
# What public functions return besides frames. A class with frames in it must be in HOLDERS.
PLAIN = {
    "BuildReport", "Config", "Corpus", "None", "Path", "Periods", "Sample", "Script", "Table", "Topics", "bool",
    "dict[str, Rejected]", "list[Script]", "list[Sign]", "list[str]", "list[tuple[str, str | None]]", "str",
    "tuple[csr_matrix, list[str]]",
}  # fmt: skip
TABLES = {f"Corpus.{name}": name for name in ("documents", "sections", "edits", "vocabulary", "rejected")}


def members(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The functions of a public name: itself, or those of a module."""
    if not isinstance(value, ModuleType):
        if inspect.isfunction(value):
            yield name, value
        return
    public = getattr(value, "__all__", None) or [n for n in vars(value) if not n.startswith("_")]
    for member in public:
        found = getattr(value, member)
        if inspect.isfunction(found) and (hasattr(value, "__all__") or found.__module__ == value.__name__):
            yield f"{name}.{member}", found


def functions() -> dict[str, Any]:
    """Every public function but those that draw."""
    return {full: found for name in ct.__all__ if name != "plot" for full, found in members(name, getattr(ct, name))}


def holders() -> tuple[type, ...]:
    return ct.topics.Topics, get_type_hints(ct.topics.periods)["return"], get_type_hints(ct.themes.sample)["return"]


def frames_of_classes() -> set[str]:
    """Fields, properties and methods of what holds frames."""
    found = set()
    for kind in (*holders(), ct.Corpus):
        fields = {name for name, said in vars(kind).get("__annotations__", {}).items() if "DataFrame" in str(said)}
        for name, member in inspect.getmembers_static(kind):
            function = getattr(member, "func", getattr(member, "fget", member))
            if not name.startswith("_") and inspect.isfunction(function) and "DataFrame" in str(returned(function)):
                fields.add(name)
        found |= {f"{kind.__name__}.{name}" for name in fields}
    return found


def returned(function: Any) -> str:
    return str(inspect.signature(function).return_annotation)


def calls(corpus: ct.Corpus, folder: Path) -> dict[str, list[Callable[[], DataFrame]]]:
    """For each name the calls that bring all columns it can have."""
    by_tense = corpus.by_tense()
    report = next((ROOT / "raw").rglob("*.htm*"))
    (folder / "user.txt").write_text("科普 1000000\n科普 1000001\n", "utf-8")
    numbers = pd.DataFrame({"mine": 1.0}, index=pd.Index(corpus.documents["doc_id"], name="doc_id"))
    topics = ct.topics.fit(corpus, k=3, seeds=2, max_share=0.9, min_words=5)
    sectioned = ct.topics.fit(by_tense, k=2, unit="section", seeds=1, max_share=0.9, min_words=5)
    guided = ct.topics.guided(corpus, {"科普": ["科普", "讲座"]}, free=2, seeds=2, max_share=0.9, min_words=5)
    mixed = ct.topics.fit(corpus, k=2, method="dmr", covariate="level", seeds=1, max_share=0.9, min_words=5)
    periods = ct.topics.periods(corpus, k=2, width=5, seeds=2, max_share=0.9, min_words=5)
    sample = ct.themes.sample(corpus, themes=["科普"], n=4)
    coded = sample.sheet.assign(coder_1=1, coder_2=[0, 1, 1, 0])
    groups = {"groups": ("national", "city")}
    return {
        "check": [lambda: ct.check(corpus.folder)],
        "clean": [lambda: ct.clean([report], to=folder / "clean")],
        "collocations.around": [
            lambda: ct.collocations.around(corpus, "科普", by="level", min_count=1, min_documents=1)
        ],
        "collocations.network": [lambda: ct.collocations.network(corpus, top=5)],
        "columns": [lambda: ct.columns("n")],
        "conflicts": [lambda: ct.conflicts(ct.Config(dictionary=str(folder / "user.txt")))],
        "dating.estimate": [lambda: ct.dating.estimate("党的二十大以来，我们坚持高质量发展。")],
        "describe.coverage": [lambda: ct.describe.coverage(corpus)],
        "describe.files": [lambda: ct.describe.files([report])],
        "explain": [lambda: ct.explain(report)],
        "keywords.frequencies": [lambda: ct.keywords.frequencies(corpus, by=["level", "tense"])],
        "keywords.keyness": [lambda: ct.keywords.keyness(corpus, by="level")],
        "keywords.textrank": [lambda: ct.keywords.textrank(corpus), lambda: ct.keywords.textrank(corpus, by="level")],
        "keywords.tfidf": [lambda: ct.keywords.tfidf(corpus, by="year")],
        "kwic": [lambda: ct.kwic(corpus, "科普")],
        "scripts": [lambda: ct.scripts([report], lines=True)],
        "sites": [lambda: ct.sites(), lambda: ct.sites([report])],
        "slogans.adoption": [lambda: ct.slogans.adoption(corpus, TERMS)],
        "slogans.count": [lambda: ct.slogans.count(corpus, by="year")],
        "slogans.course": [lambda: ct.slogans.course(corpus)],
        "slogans.diffusion": [lambda: ct.slogans.diffusion(corpus)],
        "slogans.discover": [lambda: ct.slogans.discover(corpus)],
        "slogans.hits": [lambda: ct.slogans.hits(corpus, "高质量发展")],
        "slogans.lexicon": [lambda: ct.slogans.lexicon()],
        "slogans.lifecycle": [lambda: ct.slogans.lifecycle(corpus)],
        "slogans.replacements": [lambda: ct.slogans.replacements(corpus, min_documents=1, resamples=5)],
        "slogans.together": [lambda: ct.slogans.together(corpus)],
        "style.documents": [lambda: ct.style.documents(by_tense)],
        "style.measure": [lambda: ct.style.measure(corpus)],
        "themes.agreement": [lambda: ct.themes.agreement(coded, sample.key, resamples=20)],
        "themes.count": [lambda: ct.themes.count(corpus, by="year")],
        "themes.coverage": [lambda: ct.themes.coverage(corpus, by="level")],
        "themes.dictionary": [lambda: ct.themes.dictionary()],
        "themes.documents": [lambda: ct.themes.documents(corpus, themes=["科普", "三农"])],
        "themes.missed": [lambda: ct.themes.missed(corpus)],
        "themes.overlap": [lambda: ct.themes.overlap(corpus)],
        "themes.terms": [lambda: ct.themes.terms(corpus)],
        "themes.trend": [
            lambda m=m: ct.themes.trend(corpus, ["科普"], measure=m) for m in ("share_paragraphs", "rate", "share")
        ],
        "topics.choose": [lambda: ct.topics.choose(corpus, (2, 3), seeds=2, max_share=0.9, min_words=5)],
        "trends.adjusted": [
            *(lambda m=m: ct.trends.adjusted(corpus, TERMS, measure=m) for m in ("rate", "share")),
            lambda: ct.trends.adjusted(corpus, numbers, measure="mean"),
        ],
        "trends.bursts": [lambda: ct.trends.bursts(corpus, TERMS)],
        "trends.changes": [lambda: ct.trends.changes(corpus, TERMS, resamples=20)],
        "trends.compare": [
            *(lambda m=m: ct.trends.compare(corpus, TERMS, measure=m, **groups) for m in ("rate", "share")),
            lambda: ct.trends.compare(corpus, numbers, measure="mean", **groups),
        ],
        "trends.contrast": [
            *(lambda m=m: ct.trends.contrast(corpus, TERMS, measure=m, **groups) for m in ("rate", "share")),
            lambda: ct.trends.contrast(corpus, numbers, measure="mean", **groups),
        ],
        "trends.movement": [lambda: ct.trends.movement(corpus, TERMS, resamples=20)],
        "trends.rate": [
            *(lambda m=m: ct.trends.rate(corpus, TERMS, measure=m, moving=3) for m in ("rate", "share")),
            lambda: ct.trends.rate(corpus, numbers, measure="mean"),
        ],
        "words": [lambda: ct.words(TERMS)],
        "Topics.by": [lambda: topics.by("year")],
        "Topics.by_covariate": [lambda: mixed.by_covariate],
        "Topics.choice": [lambda: ct.topics.choose(corpus, (2,), seeds=2, max_share=0.9, min_words=5)],
        "Topics.documents": [lambda: topics.documents, lambda: sectioned.documents],
        "Topics.examples": [lambda: topics.examples, lambda: sectioned.examples],
        "Topics.labels": [lambda: topics.labels, lambda: guided.labels],
        "Topics.positions": [lambda: topics.positions()],
        "Topics.quality": [lambda: topics.quality],
        "Topics.refits": [lambda: topics.refits],
        "Topics.terms": [lambda: topics.terms],
        "Topics.transform": [lambda: topics.transform(corpus), lambda: sectioned.transform(by_tense)],
        "Topics.words_by": [lambda: topics.words_by("level")],
        "Periods.links": [lambda: periods.links],
        "Periods.periods": [lambda: periods.periods],
        "Periods.terms": [lambda: periods.terms],
        "Periods.topics": [lambda: periods.topics],
        "Sample.key": [lambda: sample.key],
        "Sample.sheet": [lambda: sample.sheet],
        **{full: [lambda name=name: getattr(corpus, name)] for full, name in TABLES.items()},
    }


@pytest.fixture(scope="module")
def found(corpus: ct.Corpus, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """The columns of each frame, an index with a name among them."""
    made = calls(corpus, tmp_path_factory.mktemp("frames"))
    frames = {name: [call() for call in of] for name, of in made.items()}
    return {
        name: [[*filter(None, frame.index.names), *map(str, frame.columns)] for frame in of]
        for name, of in frames.items()
    }


def declared(name: str) -> list[str]:
    """The columns that columns.toml has for it: Corpus.edits is the table edits, Topics.choice what choose returns."""
    return list(known.frames()[{**TABLES, "Topics.choice": "topics.choose"}.get(name, name)].columns)


def entry(column: str) -> str:
    return "coder_N" if column.startswith("coder_") else column


def test_every_public_function_is_called_here(found: dict[str, list[list[str]]]) -> None:
    frames = {name for name, function in functions().items() if "DataFrame" in returned(function)}
    assert frames | frames_of_classes() | {"Corpus.documents"} == set(found)


def test_nothing_else_that_is_public_holds_frames() -> None:
    others = {
        returned(function).strip("'\"") for function in functions().values() if "DataFrame" not in returned(function)
    }
    assert others - {"Iterator[Date]"} <= PLAIN, "a new kind of result: does it hold frames?"


def test_frames_have_the_columns_that_are_declared_in_their_order(found: dict[str, list[list[str]]]) -> None:
    asked = {*store.SCHEMAS["documents"].names, "tense"}
    themes = set(ct.themes.dictionary()["theme"])
    for name, frames in found.items():
        listed = declared(name)
        for columns in frames:
            own = [entry(column) for column in columns]
            if "<theme>" in listed:
                own = [column for column in own if column not in themes]
            others = [column for column in own if column not in listed]
            assert not others or ("<by>" in listed and set(others) <= asked), (name, others)
            rest = list(dict.fromkeys(column for column in own if column in listed))
            assert rest == [column for column in listed if column in rest], name


def test_no_column_is_declared_that_no_frame_has(found: dict[str, list[list[str]]]) -> None:
    for name, frames in found.items():
        had = {entry(column) for columns in frames for column in columns}
        assert set(declared(name)) - had - {"<by>", "<theme>"} == set(), name
    everywhere = {column for frame in known.frames().values() for column in frame.columns}
    assert everywhere - {"<by>", "<theme>"} == set(known.all_columns())
    assert set(known.frames()) - set(known.tables()) == {name for name in found if name not in TABLES} - {
        "Topics.choice"
    }


def test_tables_on_disk_are_those_of_the_schemas(corpus: ct.Corpus) -> None:
    assert {name: list(known.frames()[name].columns) for name in known.tables()} == {
        name: schema.names for name, schema in store.SCHEMAS.items()
    }
    stored = pq.read_table(store.part_path(corpus.folder, "tokens", 0), partitioning=None)
    assert stored.column_names == ["doc_id", "paragraph", "word_ids"]
