"""Joining what was broken: lines wrapped at a width, paragraphs in pieces, sentences cut by a page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from corpus_tools.characters import HAN
from corpus_tools.cleaning.lines import (
    BEGINS,
    BLANKS,
    DATE_LINE,
    HEADING_MARK,
    SENTENCE_MARK,
    TextLine,
    is_heading,
    is_prose,
    is_tidy,
    salutation,
    split_lines,
)
from corpus_tools.data import wording
from corpus_tools.document import Edit

_COMMA = re.compile("[，,、]")
_SENTENCE_OR_LINE_END = re.compile(f"{SENTENCE_MARK.pattern}|\n")
_CLAUSE_MARK = re.compile("[，,。；;！？!?]")
_OPEN_END = re.compile(rf"[{HAN}\dA-Za-z%％，,、（(《“‘—\-]\Z")
_ENDED = re.compile("[。！？；：!?;:…][”’」』)）]?\\Z")
_OPEN_QUOTE = re.compile("[“‘《〈（(「『【]\\Z")
_NARROW = re.compile("[^\u2e80-\U0010ffff“”‘’—…·]+")
_OPENS = re.compile(rf"[{HAN}\d０-９“‘《（(A-Za-z]")
_CLOSING = "，,、。；;：:！!？?）)》”’」』】"
_CLOSES = re.compile(f"[{_CLOSING}]")
_OPENED_BY = {"”": "“", "’": "‘", "》": "《", "）": "（", ")": "(", "」": "「", "』": "『", "】": "【"}
# A bracket or a title that a line break cuts holds at most so many characters, and no end of a sentence.
_CUT_BRACKET = re.compile(r"[（(《][^（()）《》“”。；！？\n]{1,40}\Z")
_CUT_BRACKET_REST = re.compile(r"[^（()）《》“”。；！？\n]{1,40}[）)》]")
_SET_OFF = re.compile("[\u3000 \xa0]{2}\\Z")
_ESCAPED_BLANK = re.compile(r"<U\+00A0>|&(?:nbsp|e[mn]sp)")
# 一、 or 一是 alone on a line: what it numbers stands on the next one.
_MARK_ALONE = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、，,是要]|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．])"
)
# Wrapped lines differ by a tenth or less: marks that may not begin a line pull a character or two down.
WRAP_SLACK = 10
# A text sets its paragraphs off by blank lines or indents when so many of them are; short resolutions have four.
SET_OFF = 4
# The first sentence of a paragraph, set in bold and by a converter on a line of its own, is a short one: of 343 in reports of
# the State Council 336 are no longer.
LEAD = 40
# Pairs of lines that show a habit of a text, where two or three would be chance.
HABIT = 8
_NAME = re.compile(f"[{HAN}]{{2,4}}")
_DATE_LINE_OPEN = re.compile(rf"{DATE_LINE}(?!.*会议?上)[^。；]*在[^。；]*\Z")
_DATED = re.compile(r"[（(]?[\d０-９〇○零一二三四五六七八九]{4}年.{1,8}[日月号][)）]?")
# A name of an organisation is rarely longer; a longer end of a paragraph without a stop is joined as before.
SIGNATURE = 24
# So few letters between a mark and the end or the beginning of a line are seldom a clause of their own (认真履行维, 护职工).
CUT = 5
# Lines of verse are short, mostly five or seven letters and a mark; a broken line of prose is rarely beside another such one.
VERSE = 15


@cache
def _title_noun() -> re.Pattern[str]:
    return re.compile(rf"(?:{wording('title_nouns')})\Z")


def join_wrapped(text: str) -> Iterator[Edit]:
    """Join the lines of a text that was wrapped at a fixed width; indents, where it has them, begin its paragraphs."""
    lines = split_lines(text)
    # each line with its indent, but for the first
    whole = [row for piece in text.split("\n") if (row := piece.rstrip(BLANKS))]
    whole[:1] = [line.text for line in lines[:1]]
    full = _full_lines(whole)
    if full is None:
        return
    gaps = ["", *(text[a.end : b.start] for a, b in pairwise(lines))]
    indented = sum(map(_is_indented, gaps)) >= 3
    block: list[TextLine] = []
    for i, line in enumerate(lines):
        block.append(line)
        if i + 1 < len(lines) and full[i] and _wraps_on(line.text, lines[i + 1].text, gaps[i + 1], indented=indented):
            continue
        # entries of a list may be of one length as well
        if any(_CLAUSE_MARK.search(x.text) for x in block):
            yield from (Edit(a.end, b.start, "", "layout", "wrapped-line") for a, b in pairwise(block))
        block = []


def _wraps_on(line: str, below: str, gap: str, *, indented: bool) -> bool:
    """Say whether a line that runs to the width goes on with the one ``below``."""
    starts = _is_indented(gap) or _stands_alone(line) or salutation().match(below)
    ended = _ENDED.search(line) and (not indented or BEGINS.match(below))
    return gap.count("\n") == 1 and not starts and not ended


def _is_indented(gap: str) -> bool:
    return bool(re.search("\u3000|  $", gap))


def join_pieces(text: str) -> Iterator[Edit]:
    """Join lines inside the paragraphs of a text that sets its paragraphs off from each other by blank lines or indents.

    A converter that puts links and bold words on lines of their own leaves such texts.
    """
    lines = split_lines(text)
    if is_tidy(text, lines) and "<" not in text and "&" not in text:
        return  # one block, as nothing parts it
    blocks = _blocks(text, lines)
    if len(blocks) <= SET_OFF:
        return
    inner = [(line.text, below.text) for block in blocks for line, below in pairwise(block)]
    pieces = sum(_is_piece(*pair) for pair in inner)
    apart = len(blocks) > len(inner)
    if not (apart or 2 * pieces > len(inner)):
        return
    in_pieces = apart and pieces >= HABIT
    leads = apart and sum(_is_lead(*pair) for pair in inner) >= HABIT
    for block in blocks:
        whole = block[0].text
        for i in range(len(block) - 1):
            line, below = block[i], block[i + 1]
            if _goes_on(whole, [x.text for x in block[i:]], leads=leads, in_pieces=in_pieces):
                whole += below.text
                yield Edit(line.end, below.start, "", "layout", "broken-line")
            else:
                whole = below.text


def _blocks(text: str, lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Runs of lines between blank lines or indents. A line that holds but a zero-width space is the place of a link: no blank."""
    blocks = [list(lines[:1])]
    for line, below in pairwise(lines):
        gap = text[line.end : below.start]
        if (gap != "\n" and _is_set_off(gap)) or (below.text[0] in "<&" and _ESCAPED_BLANK.match(below.text)):
            blocks.append([])
        blocks[-1].append(below)
    return blocks


def _is_set_off(gap: str) -> bool:
    gap = gap.replace("\u200b\n", "")
    return gap.count("\n") > 1 or bool(_SET_OFF.search(gap))


def _goes_on(whole: str, lines: list[str], *, leads: bool, in_pieces: bool) -> bool:
    """Say whether the paragraph that reads ``whole`` down to ``lines[0]`` goes on below it."""
    line, below = lines[:2]
    if salutation().match(line) or salutation().match(below):
        return False
    if BEGINS.match(below) and not _MARK_ALONE.fullmatch(below) and (BEGINS.match(line) or line[-1] not in "，,、"):
        return False
    if _MARK_ALONE.fullmatch(line):
        return True
    if _ENDED.search(line):
        return leads and (whole != line or _is_lead(line, below))
    if is_heading(whole) or (
        line[-1] in "，," and min(len(line), len(below)) > 4 and max(len(line), len(below)) <= VERSE
    ):
        return False
    rest = "".join(lines[1:])
    return (_is_piece(whole, rest) or (in_pieces and bool(_OPEN_END.search(line)))) and bool(SENTENCE_MARK.search(rest))


def _is_piece(line: str, rest: str) -> bool:
    """Say whether ``line`` surely stops inside a sentence, which goes on with ``rest``."""
    if _CLOSES.match(rest):
        return not _ENDED.search(line)
    open_end = _OPEN_END.search(line) and not is_heading(line)
    return bool(open_end and (_COMMA.search(line) or SENTENCE_MARK.search(line)))


def _is_lead(line: str, below: str) -> bool:
    """Say whether ``line`` may be the first sentence of the paragraph below, set in bold."""
    return line.endswith("。") and len(line) <= LEAD and is_prose(below) and not HEADING_MARK.match(line)


def join_broken(text: str) -> Iterator[Edit]:
    """Join lines that a page broke inside a sentence."""
    lines = split_lines(text)
    open_lines = [i for i, pair in enumerate(pairwise(lines)) if not _is_whole(pair[0].text, pair[1].text)]
    broken = {i: _broken_between(lines, i) for i in open_lines}
    undecided = [i for i in open_lines if broken[i] is None]
    habits = _Habits(text, {lines[i].text[-1] for i in undecided}) if undecided else None
    for i in open_lines:
        said = broken[i]
        if habits.joins(lines[i].text, lines[i + 1].text) if habits and said is None else said:
            yield Edit(lines[i].end, lines[i + 1].start, "", "layout", "broken-line")


class _Habits:
    """How the sentences of a text begin and which letters follow those that are asked for."""

    def __init__(self, text: str, letters: set[str]) -> None:
        lines = "\n".join([line.text for line in split_lines(text)])
        self.openings = Counter([part.strip()[:2] for part in _SENTENCE_OR_LINE_END.split(lines)])
        found = re.finditer(f"[{re.escape(''.join(letters))}]", text)
        self.pairs = Counter([text[m.start() : m.start() + 2] for m in found])

    def joins(self, line: str, below: str) -> bool:
        """Say whether the habits of the text speak for a break inside a sentence, not for a stop that was left out.

        Sentences may begin as ``below`` does no more often than its first letter follows the last of ``line``; and behind
        a line without a sentence, which may be a topic, these letters meet elsewhere or a clause was cut short.
        """
        meet = self.pairs[line[-1] + below[0]]
        if self.openings[below[:2]] - 1 > meet:
            return False
        tail, head = _CLAUSE_MARK.split(line)[-1], _CLAUSE_MARK.split(below)[0]
        cut = min(len(tail), len(head)) <= CUT or bool(re.search(r"[\dA-Za-z（(《—\-]\Z", tail))
        return bool(meet) or cut or bool(SENTENCE_MARK.search(line))


def _is_whole(line: str, below: str) -> bool:
    """Say of most lines, and fast, what :func:`_broken_between` would say: a sentence ends and none goes on below."""
    return line[-1] in "。；！？" and len(below) > 1 and below[0] not in _CLOSING


def _broken_between(lines: Sequence[TextLine], i: int) -> bool | None:
    """Say whether a sentence was broken below line ``i``; None where only the habits of the text can tell."""
    line, below = lines[i].text, lines[i + 1].text
    if _OPEN_QUOTE.search(line, len(line) - 1) or (_CUT_BRACKET.search(line) and _CUT_BRACKET_REST.match(below)):
        return True
    if _CLOSES.match(below):
        return bool(re.search(rf"[{HAN}\dA-Za-z%％”》）)」]\Z", line)) or _leaves_open(line, below[0])
    if re.search("[A-Za-z]\\Z", line) and re.fullmatch(r"\d(?:\.\d)?", below):  # a subscript: PM, 2.5
        return is_prose(line)
    if len(below) == 1 and _title_noun().search(line + below) and not _title_noun().search(line):
        return True
    if (
        BEGINS.match(below)
        or salutation().match(below)
        or not _OPEN_END.search(line, len(line) - 1)
        or not _OPENS.match(below)
        or _signs(lines, i + 1)
    ):
        return False
    if _DATE_LINE_OPEN.match(line) and re.search(r"会议?上\Z", below):
        return True
    if i + 2 < len(lines) and len(below) <= 30 and is_prose(line) and re.match("[，,、。；;！!]", lines[i + 2].text):
        return True
    if _is_list(lines, i):
        return False
    if re.search("[，,、]\\Z", line):
        return (is_prose(line) or is_prose(below)) and not _is_verse(lines, i)
    return None if _is_running(line) and not _stands_alone(line) else False


def _signs(lines: Sequence[TextLine], i: int) -> bool:
    """Say whether line ``i`` is a signature: a short line without a mark, and below it but a date or nothing."""
    rest = [line.text for line in lines[i : i + 4]]
    signed = next((n for n, line in enumerate(rest) if _DATED.fullmatch(line)), len(rest))
    return 0 < signed <= 3 and all(len(line) <= SIGNATURE and not _CLAUSE_MARK.search(line) for line in rest[:signed])


def _is_list(lines: Sequence[TextLine], i: int) -> bool:
    """Say whether line ``i`` or the one below is one of three or more in a row that are a name each."""
    names = [0 <= j < len(lines) and bool(_NAME.fullmatch(lines[j].text)) for j in range(i - 2, i + 4)]
    return any(all(names[start : start + 3]) for start in range(4))


def _is_verse(lines: Sequence[TextLine], i: int) -> bool:
    """Say whether line ``i`` or the one below is one of two or more short lines."""
    short = [0 <= j < len(lines) and len(lines[j].text) <= VERSE for j in range(i - 1, i + 3)]
    return any(map(all, pairwise(short)))


def _leaves_open(line: str, closing: str) -> bool:
    """Say whether a line opens a bracket or quotation that it does not close."""
    opening = _OPENED_BY.get(closing)
    return opening is not None and line.count(opening) > line.count(closing)


def _is_running(line: str) -> bool:
    """A line that is surely in the middle of a sentence: it has sentences, or several clauses, before its open end."""
    last = SENTENCE_MARK.split(line)[-1]
    return len(line) >= 40 and (last != line or len(_COMMA.findall(line)) >= 2) and len(last) >= 1


def _stands_alone(line: str) -> bool:
    """A numbered heading without a sentence in it."""
    return bool(BEGINS.match(line)) and not SENTENCE_MARK.search(line)


def _columns(line: str) -> int:
    """Width in columns of a terminal: a Chinese character or mark takes two."""
    return 2 * len(line) - sum(map(len, _NARROW.findall(line)))


def _full_lines(lines: list[str]) -> list[bool] | None:
    """Which lines run to the width a text was wrapped at; None where it was not wrapped.

    Programs wrap at so many columns or at so many characters; the measure that more of the lines share is taken.
    """
    # what is asked first is only there to save asking the rest
    open_lines = [i for i, line in enumerate(lines) if len(line) >= 16 and line[-1] != "。" and _is_open(line.strip())]
    marked = sum(bool(_COMMA.search(lines[i]) or SENTENCE_MARK.search(lines[i])) for i in open_lines)
    if len(open_lines) < 8 or 2 * marked < len(open_lines):
        return None
    by_columns = _wrapped(lines, open_lines, size=_columns)
    by_letters = _wrapped(lines, open_lines, size=len)
    if by_columns is None or by_letters is None:
        found = by_columns or by_letters
        return found[1] if found else None
    return max(by_columns, by_letters, key=lambda found: found[0])[1]


def _is_open(line: str) -> bool:
    return len(line) >= 16 and not _ENDED.search(line, len(line) - 2) and not _stands_alone(line)


def _wrapped(lines: list[str], open_lines: list[int], *, size: Callable[[str], int]) -> tuple[float, list[bool]] | None:
    """The share of lines ending no sentence that have one size, and which lines are of it; None where few are."""
    ends = sorted(size(lines[i]) for i in open_lines)
    slack = max(ends[len(ends) // 2] // WRAP_SLACK, 2)
    near = {w: bisect_right(ends, w) - bisect_left(ends, w - slack) for w in set(ends)}
    width = max(near, key=lambda w: (near[w], w))
    if near[width] < 0.6 * len(ends):
        return None
    sizes = [size(line) for line in lines]
    wider = sum(n > width + slack for n in sizes) / len(sizes)
    return None if wider > 0.2 else (near[width] / len(ends), [n >= width - 2 * slack for n in sizes])
