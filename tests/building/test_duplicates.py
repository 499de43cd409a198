"""The same report again: copies fall together, reports do not, and one of each is kept."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.building import duplicates as module
from corpus_tools.building.batch import clean_file
from corpus_tools.building.build import build
from corpus_tools.building.check import check
from corpus_tools.building.duplicates import Duplicate, duplicates
from corpus_tools.building.publish import Publisher
from corpus_tools.building.signatures import HASHES, RUN, letters, likeness, signature
from corpus_tools.building.staging import Assembly, Naming, stage
from corpus_tools.characters import common_characters, count_han
from corpus_tools.config import Config
from corpus_tools.corpus import store
from corpus_tools.corpus.corpus import load
from corpus_tools.describing.sections import sections
from corpus_tools.document import Section

LETTERS = sorted(c for c in common_characters() if count_han(c) and c.encode("gb2312", "ignore"))
FORMULA = "各位委员，同志们：现在我代表常务委员会向大会作工作报告，请予审议，并请列席人员提出意见。"
SHARED = Path(__file__).parents[3] / "shared" / "corpus"


@cache
def report(number: int, paragraphs: int = 16) -> str:
    """A report as no other: a formula, then paragraphs of a hundred letters drawn at random."""
    chance = random.Random(number)
    return "\n".join([FORMULA, *("".join(chance.choices(LETTERS, k=100)) + "。" for _ in range(paragraphs))])


def beginning(text: str, share: float) -> str:
    return text[: int(len(text) * share)]


def entry(source: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "source": source,
        "text": text,
        "year": None,
        "place": None,
        "province": None,
        "flags": [],
        "n_masks": 0,
        "n_edits": 0,
        "sections": [],
        **more,
    }


def found(*entries: dict[str, Any]) -> dict[str, Duplicate]:
    """What is a duplicate among documents that are named after their source."""
    signed = [signature(e["text"], e["sections"]) for e in entries]
    keys = ("source", "year", "place", "province", "flags", "n_masks", "n_edits")
    columns: dict[str, list[Any]] = {key: [e[key] for e in entries] for key in keys}
    documents = pa.table(
        {
            **columns,
            "year": pa.array(columns["year"], pa.int16()),
            "place": pa.array(columns["place"], pa.string()),
            "province": pa.array(columns["province"], pa.string()),
            "flags": pa.array(columns["flags"], pa.list_(pa.string())),
            "doc_id": columns["source"],
            "text_sha256": [store.text_sha256(e["text"]) for e in entries],
        }
    )
    hashes = pa.array([one.hashes for one in signed], pa.list_(pa.uint32()))
    runs = [one.runs for one in signed]
    return duplicates(documents, pa.table({"doc_id": columns["source"], "runs": runs, "hashes": hashes}))


def kinds(*entries: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {source: (copy.of, copy.kind) for source, copy in found(*entries).items()}


def test_the_same_text_is_there_once() -> None:
    assert found(*(entry(name, report(1)) for name in "bac"), entry("d", report(2))) == {
        "b": Duplicate("a", "exact", 1.0),
        "c": Duplicate("a", "exact", 1.0),
    }


def test_what_another_place_made_of_a_report_is_one_of_its_own() -> None:
    here, there = ({"place": place, "province": "山西省"} for place in ("长治市", "晋城市"))
    copy = report(1) + "\n" + FORMULA
    assert kinds(entry("a", report(1), **here), entry("b", copy, **there)) == {}
    assert kinds(entry("a", report(1), **here), entry("b", copy, **here)) == {"b": ("a", "near")}
    # A masked place may be any, and a name that is in no list may be misread.
    assert kinds(entry("a", report(1), **here), entry("b", copy, place="XX市")) == {"b": ("a", "near")}


def test_what_differs_from_site_to_site_makes_no_other_report() -> None:
    told = "我们在２０１９年组织科学普及活动三百场，发展会员1200名，县区学会的经费逐年增长。\n" + report(1)
    copy = told.replace("２０１９", "2019").replace("，", " ").replace("。", "\n\n")
    assert letters(told) == letters(copy)
    assert letters("我們在２０１９年組織科學普及活動") == "我们在2019年组织科学普及活动"
    assert found(entry("a", told), entry("b", copy)) == {"b": Duplicate("a", "near", 1.0)}
    framed = "青岚新闻网首页下载客户端\n" + told + "\n责任编辑江远山，扫一扫在手机打开当前页"
    assert kinds(entry("a", told), entry("b", framed, n_edits=1)) == {"b": ("a", "near")}


def test_a_page_of_a_report_is_part_of_it() -> None:
    whole = report(1, 60)
    first, last = beginning(whole, 0.2), whole[-2000:]
    pages = (entry("1", first, flags=["page_of_several"]), entry("9", last))
    assert kinds(*pages, entry("whole", whole)) == {"1": ("whole", "part"), "9": ("whole", "part")}
    assert kinds(*pages) == {}
    # A page's copy names the whole, not the other page.
    assert kinds(*pages, entry("2", first + "完"), entry("whole", whole))["2"] == ("whole", "part")


def test_what_a_collection_holds_stays_a_report() -> None:
    both = report(1) + report(2)
    collected = entry("both", both, flags=["collection"])
    assert kinds(entry("1", report(1)), entry("2", report(2)), collected) == {}
    assert kinds(
        entry("1", report(1), year=2015), entry("2", report(2), year=2016), entry("both", both, year=2016)
    ) == {"2": ("both", "part")}


def test_two_years_on_one_pattern_are_two_reports_and_a_moved_year_is_none() -> None:
    def pattern(year: int, chance: random.Random) -> str:
        lines = (
            f"{year}年全市{line[:12]}达到{chance.randint(100, 9999)}个，{line[12:24]}增长{chance.randint(10, 99)}人"
            for line in report(1, 60).split("\n")
        )
        return "\n".join(lines)

    one, other = (pattern(year, random.Random(year)) for year in (2015, 2016))
    assert kinds(entry("a", one, year=2015), entry("b", other, year=2016)) == {}
    shifted = FORMULA + one.replace("2015年全市", "全市") + "2015年"
    moved = shifted.replace("2015", "2022")
    assert kinds(entry("a", shifted, year=2015), entry("b", moved, year=2022)) == {"b": ("a", "near")}


def test_no_chain_of_copies_joins_two_reports() -> None:
    # Each has replaced another seventh of the first one's paragraphs: neighbours are alike, the ends are not.
    old, new = report(1, 28).split("\n"), report(2, 28).split("\n")
    steps = ["\n".join(new[: 4 * n] + old[4 * n :]) for n in range(7)]
    copies = found(*(entry(str(n), text) for n, text in enumerate(steps)))
    signed = [signature(text) for text in steps]
    assert all(likeness(a, b).both > module.NEAR for a, b in pairwise(signed))
    assert len(copies) < len(steps) - 1
    for source, copy in copies.items():
        assert likeness(signed[int(source)], signed[int(copy.of)]).both >= module.NEAR


def test_short_texts_are_duplicates_only_where_they_are_the_same() -> None:
    text = report(1, 1)
    assert kinds(entry("a", text), entry("b", text + "完"), entry("c", text)) == {"c": ("a", "exact")}
    assert kinds(entry("a", "谢谢"), entry("b", "好"), entry("c", "谢谢"), entry("d", "1")) == {"c": ("a", "exact")}


def test_notes_do_not_count() -> None:
    text, notes = report(1), "\n" + report(2)
    parts = [Section(0, "", "review", 0, len(text)), Section(1, "名词解释", "notes", len(text), len(text + notes))]
    assert letters(text + notes, parts) == letters(text)
    assert kinds(entry("a", text), entry("b", text + notes, sections=parts, n_edits=1)) == {"b": ("a", "near")}


@pytest.mark.parametrize(
    ("kept", "copy"),
    [
        ({}, {"flags": ["mojibake"]}),
        ({"flags": ["short", "masked"]}, {"flags": ["spun"]}),
        ({"flags": ["masked"], "n_masks": 3}, {"text": beginning(report(1), 0.9)}),
        ({"n_masks": 3, "n_edits": 9}, {"flags": ["truncated"]}),
        ({"n_edits": 9}, {"n_masks": 1}),
        ({"n_edits": 1}, {"n_edits": 2}),
    ],
)
def test_the_soundest_then_the_longest_then_the_cleanest_is_kept(kept: dict[str, Any], copy: dict[str, Any]) -> None:
    better, worse = entry("z", report(1) + "完", **kept), entry("a", **({"text": report(1)} | copy))
    assert found(better, worse).keys() == found(worse, better).keys() == {"a"}


def test_a_crowd_of_copies_and_formulae_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BUDGET", 20)
    copies = [entry(f"copy{n:03d}", report(1) + f"第{n}号") for n in range(60)]
    others = [entry(f"other{n:03d}", report(2 + n)) for n in range(60)]
    kept = {copy.of for copy in found(*copies, *others).values()}
    assert found(*copies, *others).keys() == {e["source"] for e in copies} - kept
    assert len(kept) == 1


def test_many_reports_of_one_opening_stay_apart() -> None:
    opening = report(0, 6)
    assert kinds(*(entry(str(n), opening + report(n, 14)) for n in range(1, 12))) == {}


@given(st.text(alphabet=["科", "协", "工", "作", "報", "1", "９", "。", " ", "\U00020000", "\ud800"], max_size=40))
def test_a_signature_is_made_of_any_text(text: str) -> None:
    one = signature(text)
    runs = {letters(text)[n : n + RUN] for n in range(len(letters(text)) - RUN + 1)}
    assert one.runs == len(one.hashes) == len(runs)
    assert likeness(one, one)[:2] == ((1.0, 1.0) if runs else (0.0, 0.0))


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 60))
@settings(deadline=None, max_examples=40)
def test_shares_are_estimated_well(first: int, second: int, common: int) -> None:
    texts = [report(2, common) + report(3, first), report(2, common) + report(4, second)]
    runs = [{t[n : n + RUN] for n in range(len(t) - RUN + 1)} for t in map(letters, texts)]
    alike = likeness(*map(signature, texts))
    assert alike.both == pytest.approx(len(runs[0] & runs[1]) / len(runs[0] | runs[1]), abs=0.1)
    if alike.sampled > HASHES // 4:
        assert alike.inside == pytest.approx(len(runs[0] & runs[1]) / min(map(len, runs)), abs=0.15)


DRAWN = st.builds(
    lambda number, share, end, year, flags, edits: {
        "text": beginning(report(number), share) + end, "year": year, "flags": flags, "n_edits": edits,
    },
    st.integers(1, 3), st.sampled_from([0.2, 0.5, 0.8, 0.9, 1.0]), st.sampled_from(["", "完", report(2), report(3, 4)]),
    st.sampled_from([None, 2015, 2016]), st.sampled_from([[], ["spun"], ["collection"], ["truncated"]]), st.integers(0, 2),
)  # fmt: skip


@given(st.lists(DRAWN, min_size=1, max_size=8), st.randoms())
@settings(deadline=None, max_examples=60)
def test_groups_are_a_partition_with_one_keeper_in_whatever_order(drawn: list[Any], chance: random.Random) -> None:
    # The copies come behind by their names too: of the same text the first is the one that is compared.
    entries = [entry(f"{n:02}", **one) for n, one in enumerate(drawn)]
    copies = found(*entries)
    assert found(*chance.sample(entries, len(entries))) == copies
    kept = {e["source"] for e in entries} - copies.keys()
    assert kept
    assert {copy.of for copy in copies.values()} <= kept
    again = [entry(f"{n + len(drawn):02}", **one) for n, one in enumerate(drawn)]
    assert len(found(*entries, *again)) == len(entries) * 2 - len(kept)


def test_a_build_names_near_copies_and_grows_to_the_same(
    tmp_path: Path, contents: Callable[[Path], dict[str, str]]
) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    line = "青岚市科协今年{}，为科技工作者办成了{}这件实事。"
    chance = random.Random(0)
    text = "2019年青岚市科协工作报告\n" + "\n".join(
        line.format("".join(chance.choices(LETTERS, k=40)), "".join(chance.choices(LETTERS, k=8))) for _ in range(30)
    )
    (raw / "a.txt").write_text(beginning(text, 0.4), "utf-8")
    (raw / "b.txt").write_text(text.replace("科技工作者", "科学工作者", 2), "utf-8")
    build(raw, out, config=Config(jobs=1), progress=False)
    (raw / "c.txt").write_text(text + "\n让我们团结起来，为建设科技强市而努力奋斗！\n", "utf-8")
    build(raw, out, config=Config(jobs=1), progress=False)
    build(raw, tmp_path / "whole", config=Config(jobs=1), progress=False)
    assert contents(out) == contents(tmp_path / "whole")
    rows = load(out, duplicates=True).documents.set_index("source")
    kept = rows["duplicate_of"].isna()
    assert load(out).documents["source"].tolist() == kept[kept].index.tolist()
    assert len(load(out)) == 1
    assert rows["duplicate_kind"].dropna().tolist() == ["part", "near"]
    assert rows["duplicate_similarity"].dropna().between(0.9, 1).all()
    assert len(check(out, raw=raw)) == 0


def test_a_worker_that_was_given_up_and_writes_its_part_late_takes_no_name_back(
    tmp_path: Path, contents: Callable[[Path], dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, out, calm = (tmp_path / name for name in ("raw", "out", "calm"))
    raw.mkdir()
    for name in ("a.txt", "b.txt"):
        (raw / name).write_text(report(1), "utf-8")
    build(raw, calm, config=Config(jobs=1), progress=False)
    assert load(calm, duplicates=True).documents["duplicate_kind"].count() == 1
    staged, parts = Publisher._stage, list[Assembly]()

    def late(self: Publisher, tasks: Sequence[Assembly | Naming], name: str) -> dict[str, str]:
        found = staged(self, tasks, name)
        for part in parts:
            stage(part)
        parts.extend(task for task in tasks if isinstance(task, Assembly))
        return found

    monkeypatch.setattr(Publisher, "_stage", late)
    build(raw, out, config=Config(jobs=1), progress=False)
    assert parts
    assert contents(out) == contents(calm)


def test_check_finds_a_duplicate_of_nothing_and_a_wrong_signature(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(raw, out, config=Config(jobs=1), progress=False)
    tables = store.read_part(out, 0)
    documents, signed = tables["documents"].to_pylist(), tables["signatures"].to_pylist()
    documents[-1]["duplicate_of"] = "0" * 16
    documents[0]["duplicate_kind"] = "near"
    signed[1]["hashes"][0] += 1
    planted = {"documents": store.table("documents", documents), "signatures": store.table("signatures", signed)}
    manifest = store.manifest(out)
    manifest["parts"] |= store.write_part(out, planted, part=0)
    store.write_json(out / "manifest.json", manifest)
    assert sorted(check(out)["finding"]) == [
        "duplicate_of and duplicate_kind do not go together",
        "its signature is not that of its text",
        "the document it repeats is not kept",
    ]


REAL = [SHARED / f"{folder}/{year}.txt" for year in (1975, 2006, 2007, 2013)
        for folder in ("state_council", "state_council_oneline", "state_council_scraped")]  # fmt: skip


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real reports beside a developer's checkout are missing")
def test_transcriptions_of_real_reports_fall_together_and_years_do_not() -> None:
    resolutions = sorted((SHARED / "npc_resolutions").glob("*.txt"))
    files = [
        *REAL,
        *sorted((SHARED / "local").glob("*.txt")),
        *sorted((SHARED / "provincial").glob("*.txt")),
        *resolutions,
    ]
    texts = {path: clean_file(path).text for path in files}
    entries = [entry(str(path), text, sections=sections(text)) for path, text in texts.items()]
    copies = found(*entries)
    group = {path: copies[str(path)].of if str(path) in copies else str(path) for path in files}
    for one, other in combinations(files, 2):
        assert (group[one] == group[other]) == (one in REAL and one.name == other.name)
