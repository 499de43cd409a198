"""Numbers and dates written as one word: 20余万, 1.3亿, 50.3%, 百分之五十, 2021年, 3月, 90年代, 第37, 一千二百万, 1+6+N."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus_tools.language.dictionary import in_one_block

_HAN_DIGIT = "〇○零一二三四五六七八九"
_HAN_NUMBER = f"[{_HAN_DIGIT}两十百千万亿点]"
# 余, 多 and the powers of ten belong to the number before them unless they begin another word.
_OVER = r"余(?![杭姚额热])|多(?![样元措边极])"
_POWERS = rf"(?:{_OVER}|[十亿兆]|百(?!分)|千(?![瓦米克伏安帕焦赫卡])|万(?!众))"
_YEAR = r"(?:(?<![0-9.][0-9])[0-9]{3}年(?!代)(?![均鉴检])(?:[底末](?!端)|初(?![步期级始中])|度(?!假))?)"
_MONTH = r"(?:(?:(?<=1)[0-2]|(?<=0)[1-9]|(?<=[1-9]))月(?:[份底末]|初(?![步期级始中]))?)"
_DAY = r"(?:(?:(?<=3)[01]|(?<=[12])[0-9]|(?<=0)[1-9]|(?<=[1-9]))日(?![均报常益产照供处元本]))"
_SPAN = r"(?:[0-9]{0,3}年代|[0-9]?世纪)"
_THOUSANDS = r"(?:[0-9]{0,2}(?:,[0-9]{3})++(?![0-9])(?:\.[0-9]++)?+)"
_DECIMALS = r"(?:[0-9]*+(?:\.[0-9]++)++)"
_NUMBER = rf"(?:{_THOUSANDS}|{_DECIMALS})(?:[%‰]|{_POWERS}++)?+|[0-9]*+(?:[%‰]|{_POWERS}++)"
# A number inside a word with Latin letters (G20, PM2.5) is not a number of its own.
_START = r"(?<![A-Za-z0-9.][0-9])"
_PART = rf"分之(?:[0-9]++(?:\.[0-9]++)?+|{_HAN_NUMBER}++)"


def numerals(known: Iterable[str], *, measures: str) -> re.Pattern[str]:
    """Return a pattern whose one group matches the numbers and dates of a text, each to be one word.

    ``known`` are words of the dictionary: those with a number in them (863计划, 第二个结合), or with a character that no
    engine takes into a word (7·20), are matched whole. An ordinal (第四) stands apart before one of the characters of
    ``measures``. A plain number is left to the engine, which keeps it together anyway.
    """
    branches = [
        rf"(?<=[0-9]){_START}(?:[0-9]*+(?:\+[0-9A-Za-z]++)++|{_SPAN}|{_YEAR}|{_MONTH}|{_DAY}|{_NUMBER})",
        rf"(?<=第)(?:[0-9]++(?:\.[0-9]++)*+|[{_HAN_DIGIT}十百千]++(?=[{measures}]))",
        rf"(?<=[{_HAN_DIGIT}])[{_HAN_DIGIT}]{{3}}年代?",
        rf"(?<=[二三四五六七八九])十年代|(?<=[百千万]){_PART}|(?<=[二三四五六七八九十]){_PART}",
        rf"(?<=[一二两三四五六七八九])(?=[{_HAN_DIGIT}两]{{0,3}}[十百千万亿])(?!十年代)(?:[{_HAN_DIGIT}两十百千万亿]++(?:{_OVER})|[{_HAN_DIGIT}两十百千万亿]{{2,}}+(?!分之))",
        rf"(?<=[十百千])(?:{_OVER})",
        r"(?<=[A-Za-z])(?<![A-Za-z0-9][A-Za-z])[A-Za-z]*+[0-9]++(?:\.[0-9]++)++",
    ]
    # The first character stands alone, so that the regex engine can skip to it, and the second is looked at before the
    # branches are tried: ten times and then twice as fast.
    starts = rf"0-9第{_HAN_DIGIT}两十百千万A-Za-z"
    seconds = rf"0-9.,%‰+{_HAN_DIGIT}两十百千万亿兆点余多年月日世分A-Za-z"
    pattern = re.compile(f"([{starts}](?=[{seconds}])(?:{'|'.join(branches)}))")
    whole = {word for word in known if len(word) > 1 and (pattern.search(word) or not in_one_block(word))}
    if not whole:
        return pattern
    longest_first = sorted(whole, key=lambda word: (-len(word), word))
    first, second = ("".join(sorted({re.escape(word[place]) for word in whole})) for place in (0, 1))
    words = [rf"(?<={re.escape(word[0])}){re.escape(word[1:])}" for word in longest_first]
    return re.compile(f"([{starts}{first}](?=[{seconds}{second}])(?:{'|'.join(words + branches)}))")
