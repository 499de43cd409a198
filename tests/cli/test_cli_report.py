"""``corpus-tools report``: its options reach the page."""

from __future__ import annotations

from pathlib import Path

from command import run


def test_options_reach_the_page(out: Path, tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text('["会务"]\nenglish = "meetings"\nterms = ["会议"]\n', "utf-8")
    page, again = tmp_path / "deep" / "page.html", tmp_path / "again.html"
    options = ("--lang", "en", "-k", "3", "--themes", own, "--where", "organisation=科协", "--where", "year=2019:2021")
    assert run("report", out, "--to", page, *options).returncode == 0
    text = page.read_text("utf-8")
    assert '<html lang="en">' in text
    assert text.count('<article id="topic-') == 3
    assert "meetings" in text
    assert "mine.toml" in text
    assert str(tmp_path) not in text
    assert run("report", out, "--to", again, *options).returncode == 0
    assert again.read_bytes() == page.read_bytes()


def test_what_cannot_be_done_is_said_before_anything_is_written(out: Path, tmp_path: Path) -> None:
    for options, said in (
        (("--themes", "渔"), "no theme '渔'"),
        (("--alone",), "name your own with --lexicon"),
        (("--where", "year=1900"), "no document of"),
    ):
        result = run("report", out, "--to", tmp_path / "page.html", *options)
        assert result.returncode in (1, 2)
        assert said in result.stderr
        assert not (tmp_path / "page.html").exists()
