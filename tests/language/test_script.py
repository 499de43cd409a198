from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.errors import CorpusToolsError, DataError
from corpus_tools.language.codes import codes, letters
from corpus_tools.language.script import (
    Script,
    WrongPackageError,
    _perhaps_traditional,
    _told_apart,
    check_opencc,
    detect,
    detect_lines,
    mirrored,
    signs,
    simplify,
)

SHARED = Path(__file__).parents[2].parent / "shared"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the real reports are not here")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("學術交流", Script("traditional", 2, 0)),
        ("学术交流", Script("simplified", 0, 2)),
        ("工作中心 2021", Script("none", 0, 0)),
        ("", Script("none", 0, 0)),
        ("后里干台面著瞭", Script("none", 0, 0)),
        ("学术學術", Script("mixed", 2, 2)),
    ],
)
def test_detect(text: str, expected: Script) -> None:
    assert detect(text) == expected


@given(st.text(st.sampled_from("學术國国后里系\n𠀀\ud800a，") | st.characters(), max_size=40))
def test_letters_of_each_script_are_counted(text: str) -> None:
    traditional, simplified = _told_apart()
    found = detect(text)
    assert found.traditional == sum(letter in traditional for letter in text)
    assert found.simplified == sum(letter in simplified for letter in text)


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_code_points_and_back(text: str) -> None:
    assert codes(text).tolist() == list(map(ord, text))
    assert letters(codes(text)) == text


def test_every_traditional_letter_is_looked_for() -> None:
    found = _perhaps_traditional()
    assert all(found.search(letter) for letter in _told_apart()[0])
    assert not any(found.search(letter) for letter in _told_apart()[1] if letter <= "\uffff")


def test_a_few_traditional_letters_do_not_make_a_text_traditional() -> None:
    assert detect("云溪县学会开展学术报告" * 5 + "國").script == "simplified"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("著力推動顯著進步，著名專家", "着力推动显著进步，著名专家"),
        ("昇腾集群、乾县、明瞭、瞭望、执著", "昇腾集群、乾县、明瞭、瞭望、执著"),
        ("產業與爲農服務，生産", "产业与为农服务，生产"),
        ("推動高品質發展，指明瞭方向，過上高品質生活", "推动高质量发展，指明了方向，过上高品质生活"),
        ("推动高品质发展", "推动高品质发展"),
        ("陳昇與楊聯陞", "陈昇与杨联陞"),
        ("昇騰芯片，畢昇發明活字，提昇水準，乾縣與乾燥", "昇腾芯片，毕昇发明活字，提升水准，乾县与干燥"),
        ("雲溪縣\r\n科學技術協會\n", "云溪县\r\n科学技术协会\n"),
    ],
)
def test_simplify(text: str, expected: str) -> None:
    assert simplify(text) == expected


def test_only_traditional_lines_of_a_mixed_text_are_converted() -> None:
    assert simplify("云溪县学会，昇腾集群\n雲溪縣學會，著力發展") == "云溪县学会，昇腾集群\n云溪县学会，着力发展"


def test_each_line_has_a_script_of_its_own() -> None:
    found = detect_lines("云溪县学会\n\n雲溪縣學會")
    assert [line.script for line in found] == ["simplified", "none", "traditional"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("發揮戰斗堡壘作用", [("mirror", 3, "斗", "鬥")]),
        ("發揮戰鬥堡壘作用", []),
        ("聯系與服務，示范縣", [("mirror", 1, "系", "繫"), ("mirror", 7, "范", "範")]),
        ("這裡的幹部關於複雜製造的準備", []),
        ("运用资讯软体，戰斗", []),
        ("運用資訊與軟體", [("taiwan", 2, "資訊", "信息"), ("taiwan", 5, "軟體", "软件")]),
        ("学会\n發揮戰斗精神", [("mirror", 6, "斗", "鬥")]),
        ("学会交流", []),
    ],
)
def test_signs_of_a_conversion(text: str, expected: list[tuple[str, int, str, str]]) -> None:
    assert sorted(signs(text)) == sorted(expected)


@settings(deadline=None)  # the first call loads OpenCC
@given(
    st.lists(
        st.sampled_from(["發揮戰斗作用", "聯系群眾", "運用資訊", "学会", "", "昇騰，後面與里面", "頭發\ud800乾燥"]),
        max_size=8,
    )
)
def test_each_line_has_the_signs_that_it_has_alone(lines: list[str]) -> None:
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
    alone = [
        sign._replace(start=at + sign.start) for at, line in zip(starts, lines, strict=True) for sign in signs(line)
    ]
    assert signs("\n".join(lines)) == alone


def test_a_habit_of_wrong_letters_is_a_mirror_site() -> None:
    converted = "發揮戰斗堡壘作用，聯系群眾，示范帶動，志愿服務，領導干部\n" * 2
    careful = "發揮戰鬥堡壘作用，聯繫群眾，示範帶動，志願服務，領導幹部\n" * 2
    assert mirrored(converted, signs(converted))
    assert not mirrored(careful, signs(careful))
    assert not mirrored("戰斗\n", signs("戰斗\n"))


def test_variants_can_be_named() -> None:
    assert simplify("著力發展", variant="t2s") == "著力发展"
    assert simplify("著力發展", variant="tw2s") == "着力发展"
    assert simplify("昇腾", variant="t2s") == "升腾"  # as OpenCC has it, simplified text too
    with pytest.raises(DataError, match="unknown variant 'tw2sp'"):
        simplify("學術", variant="tw2sp")


@settings(deadline=None)  # the first call loads OpenCC
@given(st.text(alphabet=st.sampled_from("著力顯名學協會黨乾燥瞭望里裡後后發髮臺台為爲産产业\n\r，。A1"), max_size=40))
def test_every_line_keeps_its_length(text: str) -> None:
    assert [len(line) for line in simplify(text).split("\n")] == [len(line) for line in text.split("\n")]


@settings(deadline=None)  # the first call loads OpenCC
@given(st.text(max_size=60))
def test_what_is_simplified_stays_so(text: str) -> None:
    once = simplify(text)
    assert simplify(once) == once


def test_the_lookalike_is_named() -> None:
    lookalike = SimpleNamespace(OpenCC=type("OpenCC", (), {}))
    with pytest.raises(WrongPackageError, match="pip uninstall opencc-python-reimplemented") as error:
        check_opencc(lookalike)
    assert isinstance(error.value, ImportError)
    assert isinstance(error.value, CorpusToolsError)
    old = SimpleNamespace(OpenCC=type("OpenCC", (type("Compiled", (), {}),), {}), __version__="1.0.6")
    with pytest.raises(WrongPackageError):
        check_opencc(old)


@pytest.mark.shared
@needs_shared
def test_the_traditional_seed_comes_out_simplified() -> None:
    text = next((SHARED / "seeds").glob("004_*.txt")).read_text("utf-8")
    simple = simplify(text)
    assert detect(text).script == "traditional"
    assert detect(simple) == Script("simplified", 0, detect(simple).simplified)
    assert simple.count("着力") == 5
    assert "著" not in simple
    assert len(simple) == len(text)


@pytest.mark.shared
@needs_shared
def test_real_reports_have_the_script_that_a_reader_sees() -> None:
    # looked at: two congress papers and one transcription
    traditional = {"cpc_congress/03_1.txt", "cpc_congress/07_1.txt", "state_council/1954.txt"}
    for file in sorted((SHARED / "corpus").rglob("*.txt")):
        if file.parent.name != "encodings":
            found = detect(file.read_bytes().decode("utf-8", "replace")).script
            name = f"{file.parent.name}/{file.name}"
            assert found == ("traditional" if name in traditional else "simplified"), name
