"""The command line: exit codes, what goes to which stream, and that every verb does what its function does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from command import ROOT, run

from corpus_tools.language.slogans import slogans

VERBS = (
    *("build", "clean", "explain", "sites", "scripts", "describe", "words", "check", "demo"),
    *("coverage", "slogans", "keywords", "themes", "topics", "trends", "report"),
)
DAMAGED = (
    "您好,欢迎访问云帆文档\n2019年云渡县科协全委会工作报告\n各位委员：\n"
    "我向大会报告工作，请予审议，弘扬协 当前隐藏内容免费查看同精神，推动科普工作。\n"
)


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_each_verb(verb: str) -> None:
    result = run(verb, "--help")
    assert result.returncode == 0
    assert result.stdout.startswith("Usage: ")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['corpus-tools', 'trends', 'rate', '--help']\n"
        "from corpus_tools.cli import app\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'numpy', 'pyarrow', 'matplotlib', 'sklearn', 'scipy', 'lxml', 'jieba', 'rjieba', 'opencc', 'docx'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert result.stdout.splitlines()[-1] == "[]"


def test_the_front_door_is_lazy_and_complete() -> None:
    code = (
        "import sys, corpus_tools as ct\n"
        "heavy = {'pandas', 'numpy', 'pyarrow', 'matplotlib', 'sklearn', 'jieba', 'lxml'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "import corpus_tools.pages\n"
        "assert set(ct.__all__) <= set(dir(ct))\n"
        "assert all(getattr(ct, name) is not None for name in ct.__all__)\n"
        "assert callable(ct.report) and callable(ct.plot.trend) and callable(ct.slogans.count)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_building_again_reads_nothing(out: Path) -> None:
    result = run("build", ROOT / "raw", out)
    assert result.returncode == 3
    assert "0 files done now, 93 unchanged" in result.stderr


def test_check_is_content(out: Path) -> None:
    result = run("check", out, "--raw", ROOT / "raw")
    assert (result.returncode, result.stdout) == (0, "")
    assert "0 findings" in result.stderr


def test_check_of_a_damaged_folder_fails(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(DAMAGED, "utf-8")
    assert run("build", tmp_path / "raw", tmp_path / "out").returncode == 0
    part = tmp_path / "out" / "edits.parquet" / "part-0000.parquet"
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    result = run("check", tmp_path / "out", "--format", "csv")
    assert result.returncode == 1
    assert result.stdout.splitlines()[1] == "edits.parquet/part-0000.parquet,changed since the build"


def test_slogans_as_csv(out: Path) -> None:
    frame = pd.read_csv(
        StringIO(run("slogans", "count", out, "--by", "year", "--top", "500", "--format", "csv").stdout)
    )
    rows = frame[frame["slogan"] == "新质生产力"].set_index("year")["documents"]
    assert rows[rows > 0].index.min() == 2024


def test_keywords_as_json(out: Path) -> None:
    rows = json.loads(
        run("keywords", "tfidf", out, "--where", "kind=work_report", "--top", "5", "--format", "json").stdout
    )
    assert len(rows) == 5
    assert {"term", "score", "count", "documents"} <= rows[0].keys()


def test_topics_and_trends_and_pictures(out: Path, tmp_path: Path) -> None:
    topics = pd.read_csv(StringIO(run("topics", "fit", out, "--seeds", "1", "-k", "5", "-f", "csv").stdout))
    assert topics["topic"].nunique() == 5
    shares = pd.read_csv(
        StringIO(run("topics", "fit", out, "--seeds", "1", "-k", "5", "--by", "year", "-f", "csv").stdout)
    )
    assert shares.groupby("year")["share"].sum().round(6).eq(1).all()
    result = run(
        "trends", "rate", out, "脱贫攻坚", "--where", "year=2015:2020", "-f", "csv", "--plot", tmp_path / "t.png"
    )
    assert pd.read_csv(StringIO(result.stdout))["year"].tolist() == [2015, 2016, 2017, 2018, 2019, 2020]
    assert (tmp_path / "t.png").read_bytes().startswith(b"\x89PNG")
    assert run("keywords", "tfidf", out, "--plot", tmp_path / "k.svg").returncode == 0
    assert "<svg" in (tmp_path / "k.svg").read_text("utf-8")


def test_report_writes_where_it_is_told(out: Path, tmp_path: Path) -> None:
    result = run("report", out, "--to", tmp_path / "page.html", "--where", "organisation=科协")
    assert result.returncode == 0
    assert str(tmp_path / "page.html") in result.stderr
    assert (tmp_path / "page.html").read_text("utf-8").lstrip().lower().startswith("<!doctype html>")


def test_clean_writes_texts_and_edits(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("clean", "a.txt", "empty.txt", "--to", "done", cwd=tmp_path)
    assert result.returncode == 3
    assert "rejected empty.txt: empty" in result.stderr
    assert (tmp_path / "done" / "a.txt").read_text("utf-8") == (
        "2019年云渡县科协全委会工作报告\n各位委员：\n我向大会报告工作，请予审议，弘扬协同精神，推动科普工作。\n"
    )
    edits = [json.loads(line) for line in (tmp_path / "done" / "edits.jsonl").read_text("utf-8").splitlines()]
    removed = [(e["file"], e["kind"], e["removed"]) for e in edits if e["kind"] != "layout"]
    assert removed == [
        ("a.txt", "site", "您好,欢迎访问云帆文档"),
        ("a.txt", "injection", " 当前隐藏内容免费查看"),
    ]
    assert not (tmp_path / "done" / "empty.txt").exists()


def test_masks_and_script_are_options(tmp_path: Path) -> None:
    (tmp_path / "m.txt").write_text(
        "縣科協工作報告\n堅持以***新時代中國特色社會主義思想為指導，開展科學普及活動，服務發展。\n", "utf-8"
    )
    for options, expected in (
        ((), "坚持以***新时代中国特色社会主义思想为指导，开展科学普及活动，服务发展。"),
        (("--masks", "restore"), "坚持以习近平新时代中国特色社会主义思想为指导，开展科学普及活动，服务发展。"),
        (("--script", "keep"), "堅持以***新時代中國特色社會主義思想為指導，開展科學普及活動，服務發展。"),
    ):
        assert run("clean", "m.txt", "--to", "done", *options, cwd=tmp_path).returncode == 0
        assert (tmp_path / "done" / "m.txt").read_text("utf-8").splitlines()[1] == expected


def test_two_files_of_one_name_are_not_written_over_each_other(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(DAMAGED, "utf-8")
    result = run("clean", tmp_path / "x" / "a.txt", tmp_path / "y" / "a.txt", "--to", tmp_path / "done")
    assert result.returncode == 2
    assert "would be written to one file" in result.stderr


def test_explain_marks_what_is_removed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    result = run("explain", tmp_path / "a.txt")
    assert "line 1 · site/greeting\n[-您好,欢迎访问云帆文档-]" in result.stdout
    assert "弘扬协[- 当前隐藏内容免费查看-]同精神" in result.stdout
    rows = json.loads(run("explain", tmp_path / "a.txt", "-f", "json").stdout)
    assert [(row["line"], row["rule"]) for row in rows] == [(1, "greeting"), (4, "hidden-content")]


def test_explain_writes_a_page_about_many_files(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / "raw" / "empty.txt").write_bytes(b"")
    result = run("explain", "--html", "raw/a.txt", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, "")
    assert "review: review.html" in result.stderr
    assert "您好,欢迎访问云帆文档</del>" in (tmp_path / "review.html").read_text("utf-8")
    result = run("explain", "raw", "--to", "pages/en.html", "--lang", "en", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (3, "")
    assert "rejected raw/empty.txt: empty" in result.stderr
    assert "Review of removals" in (tmp_path / "pages" / "en.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("check", "nowhere"), 1, "is no corpus"),
        (("build", "nowhere", "out"), 2, "is not a folder"),
        (("clean", "nowhere.txt", "--to", "out"), 2, "no such file"),
        (("explain", "empty.txt"), 1, "read: empty"),
        (("explain", "empty.txt", "empty2.txt"), 2, "no such file"),
        (("explain", "."), 2, "2 files: add --html"),
        (("explain", ".", "--to", "page.txt"), 2, "must end in .html"),
        (("explain", "page.html", "--to", "page.html"), 2, "would be written over"),
        (("explain", ".", "--html", "-f", "csv"), 2, "leave them out"),
        (("build",), 2, "Missing argument"),
        (("clean", "empty.txt", "--to", "out", "--masks", "guess"), 2, "Invalid value"),
        (("clean", "empty.txt", "--to", "empty.txt"), 1, "empty.txt: File exists"),
        (("slogans", "count", "nowhere", "--top", "0"), 2, "Invalid value"),
        (("trends", "rate", "nowhere", "科普", "--plot", "x.docx"), 2, "must end in .png, .svg, .pdf"),
        (("words",), 2, "name a list, or terms"),
        (("words", "nofile.txt"), 2, "nofile.txt: no such file"),
        (("keywords", "tfidf", ".", "--pos", ","), 2, "--pos ',': names nothing"),
        (("words", "科协", "--conflicts"), 2, "--conflicts looks at a dictionary"),
        (("words", "科协", "--dictionary", "none.txt"), 2, "no such file"),
        (("keywords", "tfidf", "nowhere", "--by", "year", "--plot", "x.png"), 2, "draws no groups"),
    ],
)
def test_errors_are_one_line(tmp_path: Path, args: tuple[str, ...], code: int, words: str) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "page.html").write_text("<p>工作报告</p>", "utf-8")
    result = run(*args, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (code, "")
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_small_corpora_have_answers_or_reasons(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(DAMAGED, "utf-8")
    run("build", tmp_path / "raw", tmp_path / "out")
    assert run("keywords", "tfidf", tmp_path / "out", "-f", "csv").stdout.count("\n") > 3
    assert run("report", tmp_path / "out", "--to", tmp_path / "page.html").returncode == 0
    topics = run("topics", "fit", "-k", "5", tmp_path / "out")
    assert topics.returncode == 1
    assert "no topics are possible" in topics.stderr


def test_a_collected_file_cannot_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("当前位置：首页\x1b]0;x\x07\n云渡县科协工作报告\n", "utf-8")
    assert "\x1b" not in run("explain", tmp_path / "a.txt", "--layout").stdout


def test_settings_come_from_corpus_toml(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "科协工作报告\n坚持以***新时代中国特色社会主义思想为指导，推动科普工作，服务发展。\n", "utf-8"
    )
    (tmp_path / "corpus.toml").write_text('masks = "restore"\n', "utf-8")
    run("clean", "a.txt", "--to", "done", cwd=tmp_path)
    assert "以习近平新时代" in (tmp_path / "done" / "a.txt").read_text("utf-8")
    run("clean", "a.txt", "--to", "done", "--masks", "keep", cwd=tmp_path)
    assert "以***新时代" in (tmp_path / "done" / "a.txt").read_text("utf-8")
    (tmp_path / "corpus.toml").write_text('mask = "restore"\n', "utf-8")
    result = run("clean", "a.txt", "--to", "done", cwd=tmp_path)
    assert result.returncode == 2
    assert "corpus.toml: unknown key 'mask'; did you mean 'masks'?" in result.stderr
    (tmp_path / "corpus.toml").write_text('masks = "guess"\n', "utf-8")
    assert "corpus.toml: masks = 'guess': must be one of keep, restore" in run("explain", "a.txt", cwd=tmp_path).stderr


def test_sites_lists_rules_and_says_which_holds(tmp_path: Path) -> None:
    rules = pd.read_csv(StringIO(run("sites", "-f", "csv").stdout)).set_index("name")
    assert (rules.loc["wechat", "hosts"], rules.loc["wechat", "body"]) == ("mp.weixin.qq.com", "#js_content")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "yunzhou.toml").write_text('fingerprint = "div.yunzhou"\nbody = "div.yunzhou"\n', "utf-8")
    prose = "过去一年，我们服务企业三百家，举办讲座四十场，群众满意度稳步提升，各项任务如期完成，成绩来之不易。"
    (tmp_path / "a.html").write_text(
        f"<h1>云州市工作报告</h1><div class=yunzhou><p>{prose}</p></div><p>页脚</p>", "utf-8"
    )
    (tmp_path / "b.txt").write_text(prose, "utf-8")
    (tmp_path / "c.txt").write_bytes(b"")
    result = run("sites", "a.html", "b.txt", "c.txt", "--sites", "own", "-f", "json", cwd=tmp_path)
    assert result.returncode == 3
    assert [(r["file"], r["rule"], r["lines"], r["kept"], r["reason"]) for r in json.loads(result.stdout)] == [
        ("a.html", "yunzhou", 3, 2, None),
        ("b.txt", None, 1, 1, None),
        ("c.txt", None, 0, 0, "empty"),
    ]
    assert "site:yunzhou" in run("explain", "a.html", "--sites", "own", cwd=tmp_path).stdout
    (tmp_path / "own" / "yunzhou.toml").write_text('fingerprint = "div.yunzhou"\nbody = "div > p"\n', "utf-8")
    for command in (("clean", "b.txt", "--to", "done"), ("build", "own", "out"), ("sites",)):
        result = run(*command, "--sites", "own", cwd=tmp_path)
        assert (result.returncode, result.stdout) == (1, "")
        assert "yunzhou.toml: body: 'div > p': only tags" in result.stderr


def test_words_say_how_terms_are_cut(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("云溪新路 n\n科协工作\n", "utf-8")
    found = pd.read_csv(StringIO(run("words", "科协工作", "第一议题", "-f", "csv").stdout))
    assert found["words"].tolist() == ["科协|工作", "第一议题"]
    own = pd.read_csv(StringIO(run("words", "--dictionary", "own.txt", "-f", "csv", cwd=tmp_path).stdout))
    assert own[["words", "source"]].values.tolist() == [["云溪新路", "own.txt"], ["科协工作", "own.txt"]]
    listed = pd.read_csv(StringIO(run("words", "own.txt", "-f", "csv", cwd=tmp_path).stdout))
    assert listed["words"].tolist() == ["云|溪|新路", "科协|工作"]
    conflicts = run("words", "--conflicts", "--dictionary", "own.txt", "-f", "csv", cwd=tmp_path)
    assert pd.read_csv(StringIO(conflicts.stdout))[["word", "kind"]].values.tolist() == [["科协工作", "overrides"]]
    assert "1 conflicts in own.txt" in conflicts.stderr


def test_a_build_with_ones_own_words_tells_of_conflicts(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("云溪新路 n\n科协工作\n", "utf-8")
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(DAMAGED + "走好云溪新路，做好科协工作。\n", "utf-8")
    built = run("build", "raw", "out", "--dictionary", "own.txt", cwd=tmp_path)
    assert built.returncode == 0
    assert "1 conflicts of your dictionary: corpus-tools words --conflicts" in built.stderr
    words = pd.read_parquet(tmp_path / "out" / "vocabulary.parquet").set_index("word")
    assert {"云溪新路", "科协工作"} <= set(words.index)
    assert words.loc["云溪新路", ["kind", "pos"]].tolist() == ["han", "n"]


def test_describe_says_what_files_say_of_themselves(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("2019年云渡县科协工作报告\n各位委员：\n我向大会报告工作，请予审议。\n", "utf-8")
    result = run("describe", "a.txt", "-f", "csv", cwd=tmp_path)
    assert result.returncode == 0
    said = pd.read_csv(StringIO(result.stdout)).set_index("field")["value"]
    assert said[["year", "kind", "level", "place"]].tolist() == ["2019", "work_report", "county", "云渡县"]
    (tmp_path / "b.txt").write_bytes(b"")
    assert run("describe", "a.txt", "b.txt", cwd=tmp_path).returncode == 3


def test_coverage_and_tenses(out: Path) -> None:
    found = pd.read_csv(StringIO(run("coverage", out, "--by", "kind,place", "-f", "csv").stdout))
    assert set(found["column"]) == {"kind", "place"}
    assert (found.groupby("column")["documents"].sum() == 89).all()
    by_tense = pd.read_csv(StringIO(run("slogans", "count", out, "--by", "tense", "-f", "csv").stdout))
    assert {"review", "plan"} <= set(by_tense["tense"])
    plans = pd.read_csv(
        StringIO(run("slogans", "count", out, "--where", "tense=plan", "--top", "999", "-f", "csv").stdout)
    )
    counted = by_tense[by_tense["tense"] == "plan"].set_index("slogan")["count"]
    assert plans.set_index("slogan")["count"][counted.index].to_dict() == counted.to_dict()


def test_scripts_say_how_files_are_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("縣科協開展科普活動，堅持戰斗。\n县科协的报告。\n", "utf-8")
    whole = run("scripts", "a.txt", "-f", "csv", cwd=tmp_path)
    assert whole.returncode == 0
    assert whole.stdout.splitlines()[1:] == ["a.txt,mixed,6,3,斗→鬥,,"]
    lines = pd.read_csv(StringIO(run("scripts", "a.txt", "--lines", "-f", "csv", cwd=tmp_path).stdout))
    assert lines["script"].tolist() == ["traditional", "simplified"]
    (tmp_path / "b.txt").write_bytes(b"")
    assert run("scripts", "a.txt", "b.txt", cwd=tmp_path).returncode == 3


def test_which_words_are_counted_is_asked_by_options(out: Path) -> None:
    forms = {form for slogan in slogans() for form in slogan.forms}  # counted whatever is asked

    def keywords(*options: str) -> set[str]:
        found = pd.read_csv(StringIO(run("keywords", "tfidf", out, "--top", "200", "-f", "csv", *options).stdout))
        return set(found["term"])

    assert min(map(len, keywords("--length", "5") - forms)) == 5
    assert {term[0] for term in keywords("--pattern", "科.*") - forms} == {"科"}
    tags = pd.read_parquet(out / "vocabulary.parquet").drop_duplicates("word").set_index("word")["pos"]
    assert set(tags[list(keywords("--pos", "v,ns") - forms)].str[0]) == {"v", "n"}
    assert "我们" in keywords("--stopwords", "none", "--pattern", "我们")
    wrong = run("keywords", "tfidf", out, "--stopwords", "weather")
    assert wrong.returncode == 1
    assert "no layer 'weather'" in wrong.stderr


def test_demo_says_where_to_look(tmp_path: Path) -> None:
    result = run("demo", ROOT / "raw", tmp_path / "out")
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "out" / "report.html").is_file()
    assert str(tmp_path / "out" / "report.html") in result.stderr
    assert "rejected rejects/" in result.stderr
    assert "2 of the documents repeat another (column duplicate_of); 89 are counted" in result.stderr
    assert "copy of the repository" in run("demo", cwd=tmp_path).stderr
    proposed = result.stderr.strip().rpartition("corpus-tools ")[2].split()
    assert run(*proposed).returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT")
def test_ctrl_c_keeps_what_is_finished(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(400):
        text = (ROOT / "tests" / "expected" / "2024-report.txt").read_text("utf-8")
        (raw / f"{number}.txt").write_text(f"{number}\n{text}", "utf-8")
    command = [sys.executable, "-m", "corpus_tools.cli", "build", str(raw), str(tmp_path / "out"), "--jobs", "1"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    journal = tmp_path / "out" / ".build" / "journal"
    while process.poll() is None and not list(journal.glob("*/*.zip")):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    words = process.communicate()[1]
    assert process.returncode == 130, words
    assert "run the same command to go on" in words
    again = subprocess.run([*command], cwd=ROOT, capture_output=True, text=True, check=False)
    done = int(again.stderr.split(" files done now")[0].split()[-1])
    assert 0 < done < 400
    assert "400 documents" in again.stderr
