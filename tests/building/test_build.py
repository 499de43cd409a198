"""Building: nothing lost, nothing done twice, the same bytes however it came about."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from corpus_tools.building import identity as identities
from corpus_tools.building import parts
from corpus_tools.building.build import build
from corpus_tools.building.check import check
from corpus_tools.config import Config
from corpus_tools.corpus import store
from corpus_tools.corpus.corpus import load
from corpus_tools.errors import ConfigError, StoreError

Contents = Callable[[Path], dict[str, str]]
ONE = Config(jobs=1)


@pytest.mark.workers
def test_every_file_is_in_documents_or_in_rejected(raw: Path, tmp_path: Path) -> None:
    result = build(raw, tmp_path / "out", config=ONE, progress=False)
    corpus = load(tmp_path / "out", duplicates=True)
    assert (result.documents, dict(result.rejected), result.done) == (13, {"empty": 1}, 14)
    assert sorted(corpus.documents["source"]) == sorted(
        [f"{'a' if n % 2 else 'b'}/{n:02d}.txt" for n in range(12)] + ["z-copy.txt"]
    )
    assert corpus.rejected[["source", "stage", "reason"]].to_numpy().tolist() == [["empty.txt", "read", "empty"]]
    assert len(check(tmp_path / "out", raw=raw)) == 0


def test_columns_say_what_the_text_says(raw: Path, tmp_path: Path) -> None:
    build(raw, tmp_path / "out", config=ONE, progress=False)
    row = load(tmp_path / "out").where(source="a/03.txt").documents.iloc[0]
    assert row["title"] == "2015年青岚市科协第4次全委会工作报告"
    assert (row["year"], row["year_basis"], row["kind"]) == (2015, "title", "work_report")
    assert (row["organisation"], row["level"], row["script"]) == ("科协", "city", "simplified")
    assert row["n_chars"] == len(row["text"])
    assert row["n_han"] == sum("\u4e00" <= c <= "\u9fff" for c in row["text"])


def test_what_is_hidden_is_counted_and_flagged(raw: Path, tmp_path: Path) -> None:
    text = "在XX市科协××届二次全委会上的报告\n坚持以***新时代中国特色社会主义思想为指导，建成2×35万千瓦机组。\n"
    (raw / "hidden.txt").write_text(text, "utf-8")
    found = {}
    for masks in ("keep", "restore"):
        build(raw, tmp_path / masks, config=Config(jobs=1, masks=masks), progress=False)
        found[masks] = load(tmp_path / masks).documents.set_index("source")[["n_masks", "flags"]]
    assert (found["keep"].loc["hidden.txt", "n_masks"], found["restore"].loc["hidden.txt", "n_masks"]) == (3, 2)
    assert "masked" in found["keep"].loc["hidden.txt", "flags"]
    assert found["keep"].loc["a/03.txt", "n_masks"] == 0
    assert "masked" not in found["keep"].loc["a/03.txt", "flags"]


def test_a_page_states_its_day_and_source_and_own_rules_are_part_of_the_corpus(tmp_path: Path) -> None:
    raw, own, out = tmp_path / "raw", tmp_path / "own", tmp_path / "out"
    raw.mkdir()
    own.mkdir()
    prose = "".join(
        f"<p>第{n}项任务，我们服务企业三百家，举办讲座四十场，群众满意度稳步提升，各项任务如期完成。</p>"
        for n in "一二三"
    )
    (raw / "a.html").write_text(
        '<meta name="ArticleTitle" content="云州市科协工作报告"><meta name="PubDate" content="2021-02-03 09:00">'
        f'<div class="nav"><a href="/">首页</a></div><p>来源：云州日报 作者：江远山</p><div id="text">{prose}</div>',
        "utf-8",
    )
    (own / "yunzhou.toml").write_text('fingerprint = "#text"\nbody = "#text"\n', "utf-8")
    config = Config(jobs=1, sites=str(own))
    build(raw, out, config=config, progress=False)
    row = load(out).documents.iloc[0]
    assert (row["title"], row["published"], row["origin"]) == ("云州市科协工作报告", "2021-02-03", "云州日报")
    assert row["year"] is pd.NA or pd.isna(row["year"])
    assert set(load(out).edits["rule"]) >= {"site:yunzhou"}
    assert build(raw, out, config=config, progress=False).done == 0
    (own / "yunzhou.toml").write_text('fingerprint = "#text"\nbody = "#gone"\n', "utf-8")
    assert build(raw, out, config=config, progress=False).done == 1
    assert list(load(out).documents.iloc[0]["flags"]) == ["short", "site_rule_failed"]


def test_a_report_that_is_there_twice_is_counted_once(raw: Path, tmp_path: Path) -> None:
    build(raw, tmp_path / "out", config=ONE, progress=False)
    everything = load(tmp_path / "out", duplicates=True).documents.set_index("source")
    assert everything["duplicate_of"].dropna().to_dict() == {"z-copy.txt": everything.loc["b/00.txt", "doc_id"]}
    assert len(load(tmp_path / "out")) == 12


def test_a_copy_that_comes_first_by_name_takes_over(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(raw, out, config=ONE, progress=False)
    (raw / "a" / "00-copy.txt").write_text((raw / "z-copy.txt").read_text("utf-8"), "utf-8")
    build(raw, out, config=ONE, progress=False)
    everything = load(out, duplicates=True).documents.set_index("source")
    kept = everything.loc["a/00-copy.txt", "doc_id"]
    assert everything["duplicate_of"].dropna().to_dict() == {"b/00.txt": kept, "z-copy.txt": kept}


def test_words_join_to_the_text_and_are_counted(raw: Path, tmp_path: Path) -> None:
    build(raw, tmp_path / "out", config=ONE, progress=False)
    corpus = load(tmp_path / "out")
    tokens, words = corpus.tokens, corpus.vocabulary["word"].to_numpy()
    starts = [0, *tokens.ends[:-1]]
    joined: dict[int, list[str]] = {}
    for start, end, document in zip(starts, tokens.ends, tokens.document, strict=True):
        joined.setdefault(document, []).append("".join(words[tokens.ids[start:end]]))
    assert ["\n".join(joined[i]) for i in range(len(corpus))] == corpus.documents["text"].tolist()
    everything = load(tmp_path / "out", duplicates=True)
    assert everything.vocabulary["count"].sum() == len(everything.tokens.ids) == everything.documents["n_tokens"].sum()


@pytest.mark.workers
def test_the_number_of_processes_and_the_way_there_do_not_matter(raw: Path, tmp_path: Path, contents: Contents) -> None:
    build(raw, tmp_path / "one", config=ONE, progress=False)
    build(raw, tmp_path / "three", config=Config(jobs=3), progress=False)
    held = tmp_path / "held"
    shutil.move(raw / "a", held)
    build(raw, tmp_path / "grown", config=ONE, progress=False)
    shutil.move(held, raw / "a")
    build(raw, tmp_path / "grown", config=ONE, progress=False)
    assert contents(tmp_path / "one") == contents(tmp_path / "three") == contents(tmp_path / "grown")


def test_only_what_changed_is_read(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(raw, out, config=ONE, progress=False)
    assert build(raw, out, config=ONE, progress=False).done == 0
    (raw / "new.txt").write_text((raw / "z-copy.txt").read_text("utf-8").replace("青岚", "云渡"), "utf-8")
    (raw / "a" / "01.txt").unlink()
    with (raw / "b" / "02.txt").open("a", encoding="utf-8") as file:
        file.write("谢谢大家。\n")
    result = build(raw, out, config=ONE, progress=False)
    assert (result.done, result.skipped, result.removed) == (2, 12, 1)
    sources = set(load(out, duplicates=True).documents["source"])
    assert "new.txt" in sources
    assert "a/01.txt" not in sources
    assert load(out).where(source="b/02.txt").documents["text"].item().endswith("谢谢大家。")
    assert len(check(out, raw=raw)) == 0


def test_a_file_that_was_only_touched_is_read_but_not_prepared_again(
    raw: Path, tmp_path: Path, contents: Contents
) -> None:
    out = tmp_path / "out"
    build(raw, out, config=ONE, progress=False)
    before = contents(out)
    os.utime(raw / "a" / "01.txt", ns=(1, 1))
    assert build(raw, out, config=ONE, progress=False).done == 1
    assert contents(out) == before
    assert build(raw, out, config=ONE, progress=False).done == 0


def test_growing_over_a_part_splits_it(
    raw: Path, tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "FILES_PER_PART", 4)
    moved = tmp_path / "moved"
    shutil.move(raw / "a", moved)
    build(raw, tmp_path / "grown", config=ONE, progress=False)
    shutil.move(moved, raw / "a")
    result = build(raw, tmp_path / "grown", config=ONE, progress=False)
    build(raw, tmp_path / "whole", config=ONE, progress=False)
    assert result.done == 6
    assert store.manifest(tmp_path / "grown")["n_parts"] == 4
    assert contents(tmp_path / "grown") == contents(tmp_path / "whole")
    shutil.rmtree(raw / "a")
    build(raw, tmp_path / "grown", config=ONE, progress=False)
    assert store.manifest(tmp_path / "grown")["n_parts"] == 2
    assert len(check(tmp_path / "grown", raw=raw)) == 0


def test_other_settings_do_everything_anew(raw: Path, tmp_path: Path) -> None:
    build(raw, tmp_path / "out", config=ONE, progress=False)
    assert build(raw, tmp_path / "out", config=Config(jobs=1, masks="restore"), progress=False).done == 14


def test_ones_own_words_are_part_of_the_corpus(raw: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("全民科学 n\n科协工作\n", "utf-8")
    config = Config(jobs=1, dictionary=str(own))
    built = build(raw, tmp_path / "out", config=config, progress=False)
    assert (built.done, built.conflicts) == (14, 1)  # 科协工作 is kept whole against split.txt
    assert build(raw, tmp_path / "out", config=config, progress=False).done == 0
    own.write_text("全民科学 n\n", "utf-8")
    assert build(raw, tmp_path / "out", config=config, progress=False).done == 14


def test_a_model_is_part_of_the_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identities, "segmenter", lambda how: None)
    (tmp_path / "weights.npz").write_bytes(b"one")
    config = Config(engine=f"pkuseg:{tmp_path}")
    before = identities.identity(config)
    assert identities.identity(config) == before
    (tmp_path / "weights.npz").write_bytes(b"another")
    assert identities.identity(config) != before


def test_the_vocabulary_says_what_each_word_is(raw: Path, tmp_path: Path) -> None:
    build(raw, tmp_path / "out", config=ONE, progress=False)
    words = load(tmp_path / "out").vocabulary.set_index("word")[["kind", "pos"]]
    expected = {"科协": ("han", "n"), "2019年": ("date", "t"), "，": ("mark", "x"), "开展": ("han", "v")}
    assert {word: tuple(words.loc[word]) for word in expected} == expected


def test_raw_is_never_written_to(raw: Path, tmp_path: Path) -> None:
    for out in (raw, raw / "out", tmp_path):
        with pytest.raises(ConfigError, match="must not lie in each other"):
            build(raw, out, progress=False)
    with pytest.raises(ConfigError, match="not a folder"):
        build(raw / "a" / "01.txt", tmp_path / "out", progress=False)


def test_odd_names_and_links(raw: Path, tmp_path: Path) -> None:
    (raw / "第一\n行🙂.txt").write_text("云渡县科协工作报告。", "utf-8")
    (raw / "loop").symlink_to(raw, target_is_directory=True)
    (raw / "gone.txt").symlink_to(raw / "nowhere.txt")
    (raw / ".hidden.txt").write_text("不读", "utf-8")
    Path(os.fsdecode(os.fsencode(raw) + b"/\xff\xfe.txt")).write_text("云渡县工会工作报告。", "utf-8")
    build(raw, tmp_path / "out", config=ONE, progress=False)
    corpus = load(tmp_path / "out", duplicates=True)
    assert {"第一\n行🙂.txt", "\\xff\\xfe.txt"} <= set(corpus.documents["source"])
    assert corpus.rejected.set_index("source")["reason"].to_dict() == {"empty.txt": "empty", "gone.txt": "unreadable"}


def test_two_builds_of_one_folder_at_once(raw: Path, tmp_path: Path) -> None:
    from filelock import FileLock

    (tmp_path / "out" / ".build").mkdir(parents=True)
    with FileLock(tmp_path / "out" / ".build" / "lock"), pytest.raises(StoreError, match="another build"):
        build(raw, tmp_path / "out", config=ONE, progress=False)


def test_check_finds_planted_damage(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(raw, out, config=ONE, progress=False)
    path = store.part_path(out, "documents", 0)
    rows = store.read_part(out, 0)["documents"].to_pylist()
    rows[0]["text"] = rows[0]["text"].replace("科协", "工会", 1)
    store.write_part(out, {"documents": store.table("documents", rows)}, part=0)
    assert check(out)["finding"].tolist() == ["changed since the build"]
    manifest = store.manifest(out)
    manifest["parts"][path.relative_to(out).as_posix()] = store.file_sha256(path)
    store.write_json(out / "manifest.json", manifest)
    assert check(out)["finding"].tolist() == [
        "its text is not the one that was built",
        "undoing its edits does not give the raw text",
        "its words do not join to its text",
    ]
    path.unlink()
    assert check(out)["finding"].tolist() == ["missing"]
    (raw / "a" / "01.txt").write_text("改了", "utf-8")
    assert "the raw file has changed since the build" in check(out, raw=raw)["finding"].tolist()


def test_views(raw: Path, tmp_path: Path) -> None:
    build(raw, tmp_path / "out", config=ONE, progress=False)
    corpus = load(tmp_path / "out")
    assert repr(corpus) == "Corpus(12 reports, 2012–2023)"
    assert len(corpus.where(year=range(2015, 2018))) == 3
    assert len(corpus.where(year=[2012, 2023], level="city")) == 2
    assert len(corpus.where(place="青岚市", province=None)) == 12
    assert len(corpus.where(speaker=None)) == 12
    view = corpus.where(year=2020)
    assert set(view.edits["doc_id"]) | set(view.sections["doc_id"]) == set(view.documents["doc_id"])
    assert len(view.tokens.ids) == view.documents["n_tokens"].sum()
    with pytest.raises(ValueError, match="no column 'yaer'"):
        corpus.where(yaer=2012)
    with pytest.raises(StoreError, match="no corpus"):
        load(tmp_path / "raw")


def test_tables_can_be_read_without_this_package(raw: Path, tmp_path: Path) -> None:
    build(raw, tmp_path / "out", config=ONE, progress=False)
    documents = pd.read_parquet(tmp_path / "out" / "documents.parquet")
    tokens = pd.read_parquet(tmp_path / "out" / "tokens.parquet")
    words = pd.read_parquet(tmp_path / "out" / "vocabulary.parquet").set_index("word_id")["word"]
    first = documents.iloc[0]
    paragraphs = tokens[tokens["doc_id"] == first["doc_id"]].sort_values("paragraph")["word_ids"]
    assert "\n".join("".join(words[i] for i in ids) for ids in paragraphs) == first["text"]


def test_a_corpus_of_an_older_format_is_built_anew(
    raw: Path, tmp_path: Path, contents: Callable[[Path], dict[str, str]]
) -> None:
    for out in ("old", "new"):
        build(raw, tmp_path / out, config=ONE, progress=False)
    old = tmp_path / "old"
    manifest = json.loads((old / "manifest.json").read_text("utf-8"))
    (old / "manifest.json").write_text(json.dumps({**manifest, "format": 1, "identity": "1"}), "utf-8")
    (old / "sections.parquet" / "part-0007.parquet").write_bytes(b"left over")
    with pytest.raises(StoreError, match="build it again"):
        load(old)
    assert build(raw, old, config=ONE, progress=False).done == 14
    assert contents(old) == contents(tmp_path / "new")


def test_flagged_documents_can_be_left_out(raw: Path, tmp_path: Path) -> None:
    (raw / "stub.txt").write_text("云州市科协20XX年工作报告\n各位委员：\n我们办了讲座。\n", "utf-8")
    build(raw, tmp_path / "out", config=ONE, progress=False)
    corpus = load(tmp_path / "out")
    flagged = corpus.where(flags=["masked_year", "truncated"]).documents["source"].tolist()
    assert flagged == ["stub.txt"]
    assert set(corpus.without(flags=["masked_year", "truncated"]).documents["source"]) == set(
        corpus.documents["source"]
    ) - {"stub.txt"}
    # What is unknown is not excluded: the stub has no year.
    assert set(corpus.without(year=range(2012, 2024)).documents["source"]) == {"stub.txt"}


def test_all_code_that_a_file_goes_through_is_part_of_the_identity() -> None:
    said = (
        "import sys, corpus_tools.building.chunks; "
        "print(*{n.split('.')[1] for n, m in sys.modules.items() if n.startswith('corpus_tools.') and hasattr(m, '__path__')})"
    )
    rooms = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout.split()
    assert set(rooms) - {"data"} == set(identities.ROOMS)  # of data/ each file is hashed by itself
