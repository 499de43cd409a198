"""The rule that made data/split.txt, run again on the installed jieba's dictionary."""

import re
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from corpus_tools.language import lexicon
from corpus_tools.language.segment import segment

NAMES, OTHERS, ORDINARY = ("nr", "ns", "nt", "nz"), "mtq", {"n", "vn", "v", "j"}
# jieba's dictionary holds a mass import of collocations with this frequency: 深入开展, 贯彻落实, 生态环境.
RARE, TIMES = 3, 20
MEASURES = "个项部届次场名家位批件条种座所台辆只张份篇首幅户亩吨元倍期轮支套颗艘架栋年天岁"
NUMERAL = re.compile(
    rf"(?![百千万](?![元吨亩]))(?:[一二两三四五六七八九十百千万几数]+[{MEASURES}]|[百千万亿]+[元吨亩])"
)
DATE = re.compile(r"[一二三四五六七八九]{3,}年|三九天")


def dictionary() -> dict[str, tuple[int, str]]:
    spec = find_spec("jieba")
    assert spec
    assert spec.submodule_search_locations
    lines = (Path(spec.submodule_search_locations[0]) / "dict.txt").read_text("utf-8").splitlines()
    return {word: (int(freq), tag) for word, freq, tag in (line.split() for line in lines)}


def is_glued(word: str, entries: dict[str, tuple[int, str]]) -> bool:
    freq, tag = entries[word]
    if len(word) != 4 or tag[:2] in NAMES or tag[0] in OTHERS:
        return False
    half = min(entries.get(word[:2], (0, ""))[0], entries.get(word[2:], (0, ""))[0])
    if freq <= RARE:
        return half > freq
    return half >= TIMES * freq and tag in ORDINARY and not word.endswith("主义")


def is_numeral(word: str) -> bool:
    return len(word) <= 4 and bool(NUMERAL.fullmatch(word)) and not DATE.fullmatch(word)


def test_split_list_is_what_the_rule_gives() -> None:
    entries = dictionary()
    expected = {word for word in entries if is_glued(word, entries) or is_numeral(word)}
    assert set(lexicon.split_list()) == expected


def test_split_list_is_sorted_and_unique() -> None:
    text = (files("corpus_tools") / "data" / "split.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines == sorted(set(lines))


def test_glued_words_come_apart_and_listed_ones_do_not() -> None:
    assert segment("深入开展宣传教育") == ["深入", "开展", "宣传", "教育"]
    assert segment("社会主义知识分子守正创新") == ["社会主义", "知识分子", "守正创新"]
