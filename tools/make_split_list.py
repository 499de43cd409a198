"""Makes corpus_tools/data/split.txt: the entries of jieba's dictionary that glue two words.

    python tools/make_split_list.py

Words of four characters whose halves are both more frequent words (20 times more frequent where the whole is no rarity),
and numerals with their measure word (一个, 亿元). What words.txt, slogans.csv or places.csv holds stays whole all the same.
"""

from __future__ import annotations

import re
from importlib.resources import files

from corpus_tools.language.engines import jieba_dictionary

HEAD = """\
# Generated: entries of jieba 0.42.1's dictionary that glue two words; the "reports" standard takes them out of the dictionary.
# Made by tools/make_split_list.py, which tells the rule. What words.txt, slogans.csv or places.csv holds stays whole.
"""
NAMES, OTHERS, ORDINARY = ("nr", "ns", "nt", "nz"), "mtq", {"n", "vn", "v", "j"}
# jieba's dictionary holds a mass import of collocations with this frequency: 深入开展, 贯彻落实, 生态环境. Their tags were
# guessed (严格执行 is a person, 中央财政 an organisation); of a real name's halves few are words of a hundred occurrences.
RARE, TIMES, COMMON = 3, 20, 100
MEASURES = "个项部届次场名家位批件条种座所台辆只张份篇首幅户亩吨元倍期轮支套颗艘架栋年天岁"
NUMERAL = re.compile(
    rf"(?![百千万](?![元吨亩]))(?:[一二两三四五六七八九十百千万几数]+[{MEASURES}]|[百千万亿]+[元吨亩])"
)
DATE = re.compile(r"[一二三四五六七八九]{3,}年|三九天")


def glued_words() -> list[str]:
    """The entries of the installed jieba's dictionary that the rule names, in order."""
    entries = {word: (freq, tag) for word, freq, tag in jieba_dictionary.entries()}
    return sorted(word for word in entries if is_glued(word, entries) or is_numeral(word))


def is_glued(word: str, entries: dict[str, tuple[int, str]]) -> bool:
    """Whether a word of four characters is two words; ``entries`` has frequency and part of speech of each word."""
    freq, tag = entries[word]
    if len(word) != 4 or tag[0] in OTHERS:
        return False
    half = min(entries.get(word[:2], (0, ""))[0], entries.get(word[2:], (0, ""))[0])
    if tag[:2] in NAMES:
        return freq <= RARE and half >= COMMON
    if freq <= RARE:
        return half > freq
    return half >= TIMES * freq and tag in ORDINARY and not word.endswith("主义")


def is_numeral(word: str) -> bool:
    """Whether a word is a number with its measure word."""
    return len(word) <= 4 and bool(NUMERAL.fullmatch(word)) and not DATE.fullmatch(word)


if __name__ == "__main__":
    path = files("corpus_tools") / "data" / "split.txt"
    path.write_text(HEAD + "".join(f"{word}\n" for word in glued_words()), "utf-8")
