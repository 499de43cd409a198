"""The parts of a report: its headings, how deep they lie, and whether they look back or ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from corpus_tools.data import toml, wording
from corpus_tools.describing.titles import report_title
from corpus_tools.describing.years import WORK_HEADING, arabic
from corpus_tools.document import Section

# The mark of a heading, outermost first as most reports nest them; depth follows the order of first use in each text.
_MARKS = {
    "part": r"第[一二三四五六七八九十]{1,3}(?:部分|[章篇])",
    "piece": r"【?篇[一二三四五六七八九十\d]{1,3}】?(?=[\s:：、]|$)",
    "han": r"[一二三四五六七八九十]{1,3}[、.．]",
    "ordinal": r"第[一二三四五六七八九十]{1,3}[，,、]",
    "bracket": r"[（(][一二三四五六七八九十]{1,3}[)）]",
    "figure": r"\d{1,2}[、.．](?!\d)",
    "bracket_figure": r"[（(]\d{1,2}[)）]",
}
_MARK = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _MARKS.items()))
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_STOP = re.compile("[。：:；;！!]")
LONGEST = 60


class _Heading(NamedTuple):
    start: int
    mark: str
    words: str


def sections(text: str) -> tuple[Section, ...]:
    """Cut clean text into sections; together they cover it from the first character to the last.

    A heading stands alone on its line, or opens a paragraph with its mark (then it ends at the first stop). The text
    before the first heading is depth 0 with an empty heading. A heading without words of its own tense takes its
    parent's, the outermost the title's where the whole is a plan or a summary. Items of a list are no headings: numbered
    sentences of several clauses that follow one another.
    """
    title = report_title(text) or ""
    found = list(_headings(text, title))
    whole = _tense(title) if re.search(rf"(?:{wording('titles_of_one_tense')})$", title) else None
    own = [whole or "other", *_own_tenses([h.words for h in found])]
    if not found or found[0].start > 0:
        found.insert(0, _Heading(0, "", ""))
    else:
        del own[0]
    ends = [*(h.start for h in found[1:]), len(text)]
    return tuple(_sections(found, own, ends=ends, whole=whole or "other"))


def _sections(found: list[_Heading], own: list[str | None], *, ends: list[int], whole: str) -> Iterator[Section]:
    marks: list[str] = []
    tenses = [whole]
    for heading, tense, end in zip(found, own, ends, strict=True):
        if heading.mark == "notes" or (heading.mark == "year" and marks[:1] == ["notes"]):
            marks.clear()  # notes stand below the whole report, whatever part came last
        if heading.mark and heading.mark not in marks:
            marks.append(heading.mark)
        depth = marks.index(heading.mark) + 1 if heading.mark else 0
        del marks[depth:], tenses[max(depth, 1) :]
        if depth:
            within = tenses[-1] == "notes"  # an entry of the notes is one, whatever it explains (…行动计划)
            tenses.append(tenses[-1] if within else tense or tenses[-1])
        yield Section(depth, heading.words, tenses[-1], heading.start, end)


def _headings(text: str, title: str) -> Iterator[_Heading]:
    lines = text.split("\n")
    marks = [(found.lastgroup or "") if (found := _MARK.match(line)) else "" for line in lines]
    at = 0
    for i, line in enumerate(lines):
        words = _STOP.split(line[: LONGEST + 1])[0] if marks[i] else ""
        if marks[i] and len(words) <= LONGEST and not _is_item(lines, marks, i):
            yield _Heading(at, marks[i], words)
        elif i and not marks[i] and len(line) <= 30 and line not in title and (found := _unnumbered().fullmatch(line)):
            yield _Heading(at, "notes" if found.group("notes") else "year", line.rstrip("：:"))
        at += len(line) + 1


def _is_item(lines: list[str], marks: list[str], i: int) -> bool:
    """A numbered line that is one sentence: of a list where it ends in ；, or has several clauses and stands among its like."""
    line = lines[i].rstrip()
    if line[-1] not in "。；;" or _STOP.search(line[:-1]):
        return False
    among = any(0 <= j < len(lines) and marks[j] == marks[i] for j in (i - 1, i + 1))
    return line[-1] != "。" or (among and bool(re.search("[，,]", line)))


@cache
def _unnumbered() -> re.Pattern[str]:
    """Headings without a number that reports set in pairs (2021年工作回顾, 2022年主要工作), and that of the notes."""
    named = rf"[^，。；：:\s]{{2,16}}(?:{wording('headings')})"
    notes = rf"(?P<notes>(?:附件?\d{{0,2}}[:：]?\s?)?(?:{wording('headings_of_notes')})[:：]?)"
    return re.compile(rf"(?:20|19)\d\d年(?!\d{{1,2}}月(?:$|\d{{1,2}}日))[^，。；：:]{{2,24}}(?<!报告)|{named}|{notes}")


def _own_tenses(headings: list[str]) -> Iterator[str | None]:
    """The tense of each heading by its own words, None without; 2022年主要工作 plans where 2021 is looked back upon."""
    said = [arabic(heading) for heading in headings]
    years = {int(year) for heading in said for year in _YEAR.findall(heading)}
    reviewed = False
    for heading, in_figures in zip(headings, said, strict=True):
        tense = _tense(heading)
        work = WORK_HEADING.search(in_figures)
        if work and (reviewed or int(work.group(1)) - 1 in years):
            tense = "plan"
        elif work:
            tense = "review"
        reviewed = reviewed or tense == "review"
        yield tense


def _tense(heading: str) -> str | None:
    return next((tense for tense, pattern in _tenses().items() if pattern.search(heading)), None)


@cache
def _tenses() -> dict[str, re.Pattern[str]]:
    return {tense: re.compile("|".join(patterns)) for tense, patterns in toml("tenses.toml").items()}
