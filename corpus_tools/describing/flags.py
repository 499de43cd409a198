"""Flags: what is wrong with a report and stays so. Their names and meanings stand in data/flags.toml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from corpus_tools.characters import HAN, common_characters, count_han
from corpus_tools.data import toml, wording
from corpus_tools.describing import dating
from corpus_tools.describing.years import masked_year
from corpus_tools.document import Document
from corpus_tools.errors import DataError
from corpus_tools.language.codes import EVERY, codes, letters
from corpus_tools.language.script import Sign, mirrored, signs
from corpus_tools.placeholders import placeholders

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

# Below this many Chinese characters a text is a stub: the shortest real resolution seen has 420, stubs have under 100.
SHORT = 200
# Share of common characters among the letters outside ASCII: 346 clean texts have .993 or more, GBK read as another
# encoding has .51 at most.
MOJIBAKE, UNREADABLE = 0.95, 0.6
LETTERS = 20  # fewer say nothing of a share
COMMON, RARE = 1, 2
TAIWAN = 2  # different words of Taiwan's usage: one alone (資訊) is said on the mainland too
SPUN = 3  # different phrases of data/spun.toml; no real report has one
HEAD = 800  # characters: a title with the lines around it
# Two reports in one file: Chinese characters above and below the second salutation; the shortest report seen has 600.
REPORT = 500
LAST_LINE = 40  # a shorter last line may be a signature, a heading or an item of a list
CREDIT = 8  # what agencies put behind the last stop is shorter: 新华社发, 记者 王某
STORY = 15  # turns of speech with inverted commas (他说：“…”); reports quote slogans, not talk
OTHER_GENRES = ("news", "resolution", "template")
# A date line or a signature shows when a report was said; a heading's year may be one that is planned.
SAID = ("delivered", "adopted", "signed")
# The edits that tell of a flag, beside those of the kind ``page``: few of the hundreds that a text may have.
TELLING = frozenset(("neighbours", "paywall", "second-copy", "tag-before-title"))
KEYS = {"meaning", "text", "title", "examples", "keeps"}

_ORDINAL = r"[一二三四五六七八九十\d]{1,3}"
_NOUN = "(?:报告|总结|讲话|计划|要点|范文|大全|精选|汇报|材料|发言|合集)"
_PIECE = re.compile(
    rf"(?m)^[【\[(（]?(?:篇{_ORDINAL}|第{_ORDINAL}篇(?=[^，。；\n]{{0,40}}{_NOUN}|.?$)|范[文本]{_ORDINAL})[】\])）]?(?=[\s:：、]|$)"
    rf"|(?<=[\s告结话]) ?篇{_ORDINAL}$"
)
_PIECES = re.compile(
    rf"(?m)^[^，。；\n]{{0,60}}{_NOUN}[^，。；\n]{{0,12}}?"
    r"(?:(?<!\d)\d{1,3}|[二三四五六七八九十]{1,2})篇"
    r"(?:[)）】\]]|[(（]第\d+/\d+页[)）])?$|\d{1,3}篇[(（]第\d{1,3}/\d{1,3}页|[(（【\[](?:精选|大全|通用|优秀|最新|推荐)\d{1,3}篇[)）】\]]"
    rf"|{_NOUN}[^，。；、\n]{{0,6}}[(（【\[]\d{{1,3}}篇[)）】\]]"
)
_GREETING = re.compile(r"(?:尊敬的|各位|同志们).{0,40}[:：]")
_PAGER = re.compile(
    r"(?<!\d)2(?!\d)[\s\d\[\]|…]{0,60}下一页|上一页[\s\d\[\]|…<>\xa0]{0,60}(?<!\d)[12](?!\d)|第\s?[2-9]\s?页\s?[/,，]?\s?共\s?\d{1,2}\s?页"
)
_PAGE_OF = re.compile(rf"(?m)^[^，。；\n]{{0,60}}[{HAN}][(（](?:[2-9]|1\d)[)）](?:\s*[_|｜\-—].{{0,40}})?$")
_PAGE_ADDRESS = re.compile(r"\d{5,}_(?:[2-9]|1\d)\.s?html?$")
_CLOSED = re.compile(r"[。！？；：!?;:.…”’」』）)》】\]]\Z")
_TALK = re.compile("[说道问答喊叫][:：,，]?\\s?[“「]")
_OFFICE_FILE = re.compile("\\A.{0,200}(?:ࡱ|\\bbjbj)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag: its meaning for a person, the patterns that raise it, and texts that prove them."""

    name: str
    meaning: str
    text: tuple[re.Pattern[str], ...]
    title: tuple[re.Pattern[str], ...]
    examples: tuple[str, ...]
    keeps: tuple[str, ...]


@cache
def known_flags() -> dict[str, Flag]:
    """Read data/flags.toml; DataError names the flag that breaks its schema."""
    return {name: _flag(name, table) for name, table in toml("flags.toml").items()}


def _flag(name: str, table: dict[str, Any]) -> Flag:
    unknown = table.keys() - KEYS
    if unknown or not isinstance(table.get("meaning"), str):
        raise DataError(f"data/flags.toml: [{name}] needs a meaning and may have {sorted(KEYS)}, not {sorted(unknown)}")
    text, title = (tuple(map(re.compile, table.get(key, ()))) for key in ("text", "title"))
    return Flag(name, table["meaning"], text, title, tuple(table.get("examples", ())), tuple(table.get("keeps", ())))


def flags(document: Document, *, text: str) -> tuple[str, ...]:
    """Names of all flags of a document, in the order of the alphabet; ``text`` is its clean text, simplified."""
    telling = tuple(e for e in document.edits if e.kind == "page" or e.rule in TELLING)
    document = replace(document, edits=telling)
    return tuple(sorted({*document.flags, *_by_pattern(document, text), *_decided(document, text)}))


def unreadable(text: str) -> bool:
    """Say whether clean text is no language at all: a binary file, or one encoding read as another, taken for text."""
    return bool(_OFFICE_FILE.match(text)) or _share_of_common(text) < UNREADABLE


def _by_pattern(document: Document, text: str) -> Iterator[str]:
    for flag in known_flags().values():
        in_title = any(pattern.search(document.title or "") for pattern in flag.title)
        if in_title or any(pattern.search(text) for pattern in flag.text):
            yield flag.name


def _decided(document: Document, text: str) -> Iterator[str]:
    for name, holds in DECIDED.items():
        if holds(document, text):
            yield name


def _collection(document: Document, text: str) -> bool:
    tags = "\n".join(e.removed or "" for e in document.edits if e.rule == "tag-before-title")
    lines = text.split("\n")
    named = "\n".join(line for line in lines if "篇" in line or "范文" in line or "范本" in line)
    pieces = {found.group().strip("【】[]()（）第") for found in _PIECE.finditer(named)}
    head = f"{text[:HEAD]}\n{tags}"
    return len(pieces) >= 2 or bool("篇" in head and _PIECES.search(head)) or _two_reports(lines)


def _two_reports(lines: list[str]) -> bool:
    """A second title and salutation with a report's length above and below them."""
    greeted = [i for i, line in enumerate(lines) if line.endswith(("：", ":")) and _GREETING.fullmatch(line)]
    before = list(accumulate(map(len, lines), initial=0))
    titled = [i for i in greeted if before[i] >= REPORT and any(map(_is_title, lines[max(0, i - 5) : i]))]
    if not titled:
        return False
    above = list(accumulate(map(count_han, lines), initial=0))
    return any(min(above[i], above[-1] - above[i]) >= REPORT for i in titled)


def _is_title(line: str) -> bool:
    return bool(re.fullmatch(rf"[^，。；：、]{{2,40}}(?:{wording('title_nouns')})(?:[(（][^)）]{{0,20}}[)）])?", line))


def _not_a_report(document: Document, text: str) -> bool:
    return document.kind in OTHER_GENRES or (document.kind is None and len(_TALK.findall(text)) >= STORY)


def _page_of_several(document: Document, text: str) -> bool:
    frame = "\n".join(e.removed or "" for e in document.edits if e.kind == "page")
    pager = any(e.rule == "neighbours" and re.search("[上下]一页", e.removed or "") for e in document.edits)
    addresses = (document.url or "", document.source)
    return bool(
        pager
        or ("页" in frame and _PAGER.search(frame))
        or any(_PAGE_ADDRESS.search(address) for address in addresses)
        or _PAGE_OF.search(f"{document.title or ''}\n{document.raw[:HEAD]}")
    )


def _spun(document: Document, text: str) -> bool:
    return len({which for which, _, _ in _spun_phrases().find_matches_as_indexes(text, overlapping=True)}) >= SPUN


@cache
def _spun_phrases() -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick

    return AhoCorasick(toml("spun.toml")["phrases"])


def _truncated(document: Document, text: str) -> bool:
    """A paywall was cut, or the last line above the notes is running text that no mark closes."""
    if any(e.rule == "paywall" for e in document.edits):
        return True
    notes = next((s.start for s in document.sections if s.tense == "notes"), len(text))
    last = text[:notes].rstrip("\n").rpartition("\n")[2]
    rest = re.split("[。！？]", last)[-1]
    if len(last) < LAST_LINE or len(rest) < CREDIT or _CLOSED.search(last) or not re.search("[，、；。]", last):
        return False
    return not re.search(rf"(?:{wording('title_nouns')})(?:——|$)", rest)


def _year_after_publication(document: Document, text: str) -> bool:
    if not document.published or not document.year or document.year_basis not in SAID:
        return False
    return document.year > int(document.published[:4])


def _year_contradicted(document: Document, text: str) -> bool:
    return document.year is not None and bool(dating.contradicted(text, document.year))


def _signs(document: Document) -> tuple[Sign, ...]:
    return () if document.script == "simplified" else _signs_of(document.raw)


@lru_cache(maxsize=1)
def _signs_of(raw: str) -> tuple[Sign, ...]:
    return tuple(signs(raw))


@lru_cache(maxsize=1)
def _share_of_common(text: str) -> float:
    numbers = codes(text)
    kinds = _commonness().take(numbers)
    rare = sum(map(str.isalpha, letters(numbers[kinds == RARE])))
    total = rare + int(np.count_nonzero(kinds == COMMON))
    return 1 - rare / total if rare and total >= LETTERS else 1.0


@cache
def _commonness() -> npt.NDArray[np.uint8]:
    """By code point: common letter, neither common nor ASCII, or anything else."""
    known = common_characters()
    kinds = np.full(EVERY, RARE, np.uint8)
    kinds[:0x80] = kinds[codes("".join(known))] = 0
    kinds[codes("".join(filter(str.isalpha, known)))] = COMMON
    return kinds


# Each takes the document and its clean text, simplified. `short` counts no further than it must.
DECIDED: dict[str, Callable[[Document, str], bool]] = {
    "collection": _collection,
    "masked": lambda document, text: any(placeholders(text)),
    "masked_year": lambda document, text: masked_year((document.title or "") + text[:1000]),
    "mojibake": lambda document, text: _share_of_common(text) < MOJIBAKE,
    "not_a_report": _not_a_report,
    "page_of_several": _page_of_several,
    "mirror_script": lambda document, text: mirrored(document.raw, _signs(document)),
    "site_rule_failed": lambda document, text: "site_rule_failed" in document.flags,  # known before there is a document
    "short": lambda document, text: count_han(text[: SHORT * 4]) < SHORT,
    "spun": _spun,
    "taiwan_words": lambda document, text: len({s.found for s in _signs(document) if s.kind == "taiwan"}) >= TAIWAN,
    "text_repeated": lambda document, text: any(e.rule == "second-copy" for e in document.edits),
    "truncated": _truncated,
    "year_after_publication": _year_after_publication,
    "year_contradicted": _year_contradicted,
}
