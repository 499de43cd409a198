"""Pages of one site in a corpus: each profits from the others, and one build or ten end with the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from corpus_tools.building.batch import clean
from corpus_tools.building.build import build
from corpus_tools.building.check import check
from corpus_tools.config import Config
from corpus_tools.corpus.corpus import load

ONE = Config(jobs=1)
# Nothing in this line says that it is a site's but that it stands on every page.
BANNER = "乡音传四方"


def page(n: int) -> str:
    ground = "甲乙丙丁戊"[n]
    text = (
        f"<p>{ground}县科协举办科普讲座{n + 2}场，{ground}县群众踊跃参加，场场座无虚席，反响热烈；专家当场答疑，有问必答。</p>"
        f"<p>{ground}县建起科普驿站{n + 4}处，每处有专人值守，书报常换常新，农闲时节尤其热闹；{ground}县由此受到表彰。</p>"
    )
    title = f"201{n}年{ground}县科协工作报告"
    return (
        f"<html><head><title>{title}</title><link rel=canonical href='https://xiangyin.example/{n}'></head><body>"
        f"<div id=all><p>{BANNER}</p><h1>{title}</h1><p>各位委员：</p>{text}<p>本页到此为止</p><p>{BANNER}</p></div>"
        "</body></html>"
    )


@pytest.fixture
def pages(tmp_path: Path) -> dict[int, Path]:
    folder = tmp_path / "pages"
    folder.mkdir()
    paths = {n: folder / f"{n}.html" for n in range(3)}
    for n, path in paths.items():
        path.write_text(page(n), "utf-8")
    return paths


def texts(out: Path) -> dict[str, str]:
    return dict(load(out).documents[["source", "text"]].to_numpy())


def test_a_page_alone_keeps_what_only_its_neighbours_could_tell(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "0.html").write_text(page(0), "utf-8")
    build(raw, tmp_path / "out", config=ONE, progress=False)
    assert texts(tmp_path / "out")["0.html"].count(BANNER) == 2


def test_pages_of_a_site_lose_the_lines_they_share_and_keep_their_greetings(
    tmp_path: Path, pages: dict[int, Path]
) -> None:
    out = tmp_path / "out"
    build(pages[0].parent, out, config=ONE, progress=False)
    for n, text in enumerate(texts(out).values()):
        assert text.split("\n")[:2] == [f"201{n}年{'甲乙丙'[n]}县科协工作报告", "各位委员："]
        assert BANNER not in text
        assert len(text.split("\n")) == 4
    assert set(load(out).edits.query(f"removed == {BANNER!r}")["rule"]) == {"template"}
    assert len(check(out, raw=pages[0].parent)) == 0


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_pages_that_come_one_by_one_end_as_in_one_build(
    order: tuple[int, ...], tmp_path: Path, pages: dict[int, Path], contents: Callable[[Path], dict[str, str]]
) -> None:
    build(pages[0].parent, tmp_path / "at-once", config=ONE, progress=False)
    raw, out = tmp_path / "raw", tmp_path / "one-by-one"
    raw.mkdir()
    done = []
    for n in order:
        (raw / f"{n}.html").write_text(page(n), "utf-8")
        done.append(build(raw, out, config=ONE, progress=False).done)
    assert contents(out) == contents(tmp_path / "at-once")
    # The second page tells something of the first, so both are prepared; the third tells nothing new of the two.
    assert done == [1, 2, 1]
    assert build(raw, out, config=ONE, progress=False).done == 0


def test_a_page_that_goes_takes_its_knowledge_along(
    tmp_path: Path, pages: dict[int, Path], contents: Callable[[Path], dict[str, str]]
) -> None:
    out = tmp_path / "out"
    build(pages[0].parent, out, config=ONE, progress=False)
    for n in (1, 2):
        pages[n].unlink()
    build(pages[0].parent, out, config=ONE, progress=False, allow_removal=True)
    assert texts(out)["0.html"].count(BANNER) == 2
    build(pages[0].parent, tmp_path / "anew", config=ONE, progress=False)
    assert contents(out) == contents(tmp_path / "anew")


def test_the_notes_of_a_build_can_be_deleted(
    tmp_path: Path, pages: dict[int, Path], contents: Callable[[Path], dict[str, str]]
) -> None:
    out = tmp_path / "out"
    build(pages[0].parent, out, config=ONE, progress=False)
    before = contents(out)
    (out / ".build" / "frames.parquet").unlink()
    assert build(pages[0].parent, out, config=ONE, progress=False).done == 0
    assert contents(out) == before


def test_files_cleaned_together_know_their_site_too(tmp_path: Path, pages: dict[int, Path]) -> None:
    clean(pages.values(), to=tmp_path / "together", config=ONE)
    clean([pages[0]], to=tmp_path / "alone", config=ONE)
    assert BANNER not in (tmp_path / "together" / "0.txt").read_text("utf-8")
    assert BANNER in (tmp_path / "alone" / "0.txt").read_text("utf-8")
