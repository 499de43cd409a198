from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib import font_manager
from matplotlib.figure import Figure

from corpus_tools.plot import fonts

FOLDER = fonts.shipped_path().parent


def two_byte(codec, lead, trail):
    pairs = (bytes((a, b)).decode(codec, "ignore") for a in lead for b in trail)
    return {character for character in pairs if len(character) == 1}


@pytest.fixture
def bare(monkeypatch):
    """A machine without any Chinese font, and with matplotlib's own settings."""
    entries = [e for e in font_manager.fontManager.ttflist if e.name.startswith("DejaVu")]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", entries)
    with mpl.rc_context():
        mpl.rcdefaults()
        yield


def test_the_shipped_font_holds_what_it_promises():
    held = fonts._characters(str(fonts.shipped_path()))
    gb2312 = two_byte("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))
    big5 = two_byte("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])
    assert len(gb2312) == 6763
    signs = "0123456789abcXYZ％−±·—…①⑳㈠、。，；：？！“”‘’《》「」『』【】（）〇　"
    assert {c for c in gb2312 | set(signs) if ord(c) not in held} == set()
    assert sum(ord(c) not in held for c in big5 if "一" <= c <= "鿿") == 0
    assert {"镕", "喆", "堃"} <= {chr(point) for point in held}


def test_the_shipped_font_is_small_and_carries_its_licence():
    from fontTools.ttLib import TTFont

    assert fonts.shipped_path().stat().st_size <= 3 * 2**20
    names = TTFont(fonts.shipped_path())["name"]
    licence = (FOLDER / "OFL.txt").read_text("utf-8")
    assert "Adobe" in names.getDebugName(0)
    assert "Reserved Font Name 'Source'" in licence.splitlines()[0]
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    # A reserved name may not stand in the name of a changed font, and no other font should be mistaken for it.
    assert names.getDebugName(1) == fonts.SHIPPED
    assert "Source" not in names.getDebugName(1)


@pytest.mark.usefixtures("bare")
def test_without_an_installed_font_the_shipped_one_is_used():
    assert fonts.families() == [fonts.SHIPPED, fonts.LATIN]


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(
    "setting", [{"font.family": ["Mine"]}, {"font.family": ["sans-serif"], "font.sans-serif": ["Mine"]}]
)
def test_the_user_s_font_comes_first_if_it_has_chinese(setting):
    font_manager.fontManager.ttflist.append(
        font_manager.FontEntry(fname=str(fonts.shipped_path()), name="Mine", weight=400)
    )
    with mpl.rc_context(setting):
        assert fonts.families() == ["Mine", fonts.LATIN]
    with mpl.rc_context({"font.family": ["DejaVu Serif"]}):
        assert fonts.families() == [fonts.SHIPPED, fonts.LATIN]


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("file", ["gone.ttf", "damaged.ttf"])
def test_a_font_that_cannot_be_read_is_passed_over(file, tmp_path: Path):
    (tmp_path / "damaged.ttf").write_bytes(b"no font")
    font_manager.fontManager.ttflist.append(
        font_manager.FontEntry(fname=str(tmp_path / file), name="SimHei", weight=400)
    )
    assert fonts.families()[0] == fonts.SHIPPED


@pytest.mark.usefixtures("bare")
def test_an_installed_family_is_found_by_name():
    font_manager.fontManager.ttflist.append(
        font_manager.FontEntry(fname=str(fonts.shipped_path()), name="SimHei", weight=400)
    )
    assert fonts.families() == ["SimHei", fonts.LATIN]
    assert fonts.families(shipped=True) == [fonts.SHIPPED, fonts.LATIN]


def test_missing_names_the_characters_no_font_has():
    assert fonts.missing(["工作 −1 报告", "\U00020000"], fonts.families(shipped=True)) == {"\U00020000"}


def test_dressing_changes_no_setting():
    before = dict(mpl.rcParams)
    ax = Figure().add_subplot()
    ax.set_title("标题")
    fonts.dress(ax, fonts.families())
    assert dict(mpl.rcParams) == before
    assert ax.title.get_fontfamily() == fonts.families()
