import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from pieces import mixed

from corpus_tools.characters import narrow
from corpus_tools.errors import DataError, MissingPackageError
from corpus_tools.language.engines import rjieba
from corpus_tools.language.script import signs, simplify
from corpus_tools.language.segment import line_cutter, segment, segmenter, setting
from corpus_tools.language.tagging import tag

OPTIONS = [
    {},
    {"hmm": True},
    {"collocations": "keep"},
    {"numbers": "split"},
    {"formulae": "parts"},
    {"formulae": "whole"},
    {"standard": "jieba"},
    {"standard": "jieba", "formulae": "whole", "numbers": "join"},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@given(text=mixed)
@settings(max_examples=100, deadline=None)
def test_tokens_join_to_the_text(options: dict[str, str], text: str) -> None:
    tokens = segment(text, **options)  # type: ignore[arg-type]
    assert "".join(tokens) == text
    assert "" not in tokens


@given(mixed)
@settings(max_examples=200, deadline=None)
def test_engines_agree_on_the_standard_of_reports(text: str) -> None:
    assert segment(text, engine="rjieba") == segment(text, engine="jieba")


@given(mixed)
@settings(max_examples=200, deadline=None)
def test_full_width_is_cut_as_half_width_is(text: str) -> None:
    assert [narrow(token) for token in segment(text)] == segment(narrow(text))


def test_half_a_surrogate_pair_is_a_token() -> None:
    assert segment("科协\ud800发展") == ["科协", "\ud800", "发展"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("占50.3%，共20余万人次", "占|50.3%|，|共|20余万|人次"),
        ("2021年3月5日", "2021年|3月|5日"),
        ("投入1.3亿元", "投入|1.3亿|元"),
        ("15部、1300多个、第37个、第四届", "15|部|、|1300多|个|、|第37|个|、|第四|届"),
        ("一是几个", "一|是|几|个"),
        ("发电300万千瓦时", "发电|300万|千瓦时"),
        ("建成1,200户", "建成|1,200|户"),
        ("２０２１年", "２０２１年"),
        ("二〇二一年一千二百万吨", "二〇二一年|一千二百万|吨"),
        ("2021-2025年", "2021|-|2025年"),
        ("2024年底", "2024年底"),
        ("2024年初步", "2024年|初步"),
        ("PM2.5和5G", "PM2.5|和|5G"),
        ("实施863计划", "实施|863计划"),
        ("“第二个结合”", "“|第二个结合|”"),
        ("20世纪90年代以来", "20世纪|90年代|以来"),
        ("一九九○年代", "一九九○年代"),
        ("增长百分之十二点五，约三分之二", "增长|百分之十二点五|，|约|三分之二"),
        ("二十多年、十余个、三十项", "二十多|年|、|十余|个|、|三十|项"),
        ("“1+6+N”体系", "“|1+6+N|”|体系"),
        ("“5610”、13710", "“|5610|”|、|13710"),
    ],
)
def test_numbers_and_dates(text: str, expected: str) -> None:
    assert segment(text) == expected.split("|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增强“四个意识”、做到“两个维护”", "增强|“|四个意识|”|、|做到|“|两个维护|”"),
        ("以习近平新时代中国特色社会主义思想为指导", "以|习近平|新时代中国特色社会主义思想|为|指导"),
        ("贯彻落实党的二十大精神", "贯彻|落实|党的二十大|精神"),
        ("省科协推动高质量发展", "省|科协|推动|高质量发展"),
        ("我市全市省委市级", "我|市|全市|省委|市级"),
        ("科普教育基地和科技工作者", "科普教育基地|和|科技工作者"),
        ("召开县科协全委会", "召开|县|科协|全委会"),
        ("“i科普”进社区", "“|i科普|”|进社区"),
        ("招商引资守正创新", "招商引资|守正创新"),
        ("党支部领导班子志愿者", "党支部|领导班子|志愿者"),
    ],
)
def test_words_of_the_genre(text: str, expected: str) -> None:
    assert segment(text) == expected.split("|")


def test_a_users_word_is_kept_and_a_frequency_of_nought_takes_apart(tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("云溪县科协\n科普教育基地 0\n", "utf-8")
    assert segment("云溪县科协科普教育基地", dictionary=own) == ["云溪县科协", "科普", "教育", "基地"]
    own.write_text("云溪县 3000\n", "utf-8")
    assert "云溪县" in segment("云溪县科协", dictionary=own)


def test_options_are_named() -> None:
    assert segment("深入开展科协工作", collocations="keep") == ["深入开展", "科协工作"]
    assert segment("深入开展科协工作") == ["深入", "开展", "科协", "工作"]
    assert segment("共20余万人", numbers="split") == ["共", "20", "余万", "人"]
    assert segment("加快发展新质生产力", formulae="parts") == ["加快", "发展", "新", "质", "生产力"]
    assert segment("加快发展新质生产力") == ["加快", "发展", "新质生产力"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共建“一带一路”倡议", "共建“一带一路”|倡议"),
        ("坚持“三个代表”重要思想", "坚持|“三个代表”重要思想"),
        ("学习“三个代表”", "学习|“|三个代表|”"),
        ("推进改革、开放式办学", "推进|改革|、|开放式|办学"),
        ("改革、开放", "改革、开放"),
    ],
)
def test_whole_formulae_keep_their_punctuation(text: str, expected: str) -> None:
    assert segment(text, formulae="whole") == expected.split("|")


def test_a_word_that_no_engine_could_find_is_found(tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("7·20\n“八八”战略\n", "utf-8")
    assert segment("自7·20以来推进“八八”战略", dictionary=own) == ["自", "7·20", "以来", "推进", "“八八”战略"]


def test_unknown_names_are_refused() -> None:
    with pytest.raises(DataError, match="unknown engine 'thulac': choose one of rjieba, jieba, pkuseg"):
        setting(engine="thulac")
    with pytest.raises(DataError, match="unknown standard 'pku'"):
        setting("pku")
    with pytest.raises(DataError, match="unknown formulae 'all': choose one of words, parts, whole"):
        setting(formulae="all")


def test_an_engine_is_made_once() -> None:
    assert line_cutter(setting("jieba")) is line_cutter(setting("jieba", engine="rjieba"))


def test_jieba_is_used_where_rjieba_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_tools.language.engines.find_spec", lambda name: None)
    assert setting() == setting(engine="jieba")


@given(mixed)
@settings(max_examples=200, deadline=None)
def test_lines_are_cut_as_the_text_is(text: str) -> None:
    text = text.replace("\r", "")
    words = [word for words in line_cutter()(text) for word in (*words, "\n")]
    assert words[:-1] == segment(narrow(text))


@given(mixed)
@settings(max_examples=200, deadline=None)
def test_a_line_has_its_own_words(text: str) -> None:
    lines = list(line_cutter()(text))
    assert ["".join(line) for line in lines] == narrow(text).split("\n")


@pytest.mark.parametrize("text", ["20XX\n年工作", "二○XX\n\n年工作", "三个代表\n重要思想"])
@pytest.mark.parametrize("formulae", ["words", "whole"])
def test_no_word_goes_across_the_end_of_a_line(text: str, formulae: str) -> None:
    how = setting(formulae=formulae)
    assert ["".join(line) for line in line_cutter(how)(text)] == text.split("\n")
    assert segmenter(how)(text).count("\n") == text.count("\n")


@pytest.mark.parametrize("run", ["一" * 200_000, "1" * 200_000, "a1" * 100_000])
@pytest.mark.parametrize("standard", ["reports", "jieba"])
def test_a_long_run_of_one_kind_is_cut_at_once(run: str, standard: str) -> None:
    cut = segmenter(setting(standard))
    cut(run[:100])
    start = time.process_time()
    assert "".join(cut(run)) == run
    assert time.process_time() - start < 60  # in the square of its length it would be three minutes; it is a blink


def test_halves_of_surrogate_pairs_go_through_every_door() -> None:
    text = "縣科協\udcff開展\ud800學術"
    assert "".join(segment(text, formulae="whole")) == text
    assert simplify(text) == "县科协\udcff开展\ud800学术"
    assert simplify(text, variant="t2s") == "县科协\udcff开展\ud800学术"
    assert signs(text) == []


def test_measure_words_are_single_characters() -> None:
    assert ("条件", "n") in tag("满足5条件")
    assert dict(tag("五家企业"))["家"] == "q"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"hmm": "yes"}, "must be True or False"),
        ({"engine": "rjieba:model"}, "rjieba takes no model"),
        ({"dictionary": "nope.txt"}, "nope.txt: No such file"),
        ({"dictionary": "."}, "directory"),
    ],
)
def test_options_that_cannot_be_are_refused(options: dict[str, str], says: str) -> None:
    with pytest.raises(DataError, match=says):
        segment("科协", **options)


def test_a_missing_rjieba_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    rjieba.plain.cache_clear()
    with pytest.raises(MissingPackageError, match="pip install 'rjieba'"):
        rjieba.plain()


def test_words_have_parts_of_speech_and_measure_words_need_a_number() -> None:
    assert tag("科协推动２０２１年5家企业") == [
        ("科协", "n"), ("推动", "v"), ("２０２１年", "t"), ("5", "m"), ("家", "q"), ("企业", "n"),
    ]  # fmt: skip
    assert tag("第一批专家之家")[1:] == [("批", "q"), ("专家", "n"), ("之", "u"), ("家", "q")]
