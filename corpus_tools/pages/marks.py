"""A raw text as markup with its edits in their place: removals in <del>, insertions in <ins>, long stretches folded.

Nothing is left out and nothing is there twice: without <del> and summaries the text is the clean text, without <ins> and
summaries the raw one, both as :func:`with_codes` writes them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from markupsafe import Markup, escape

from corpus_tools.document import Edit

# Kinds that move blanks or exchange letters one by one: hundreds in a report, and nothing is lost by them.
QUIET = frozenset({"layout", "script"})
# Characters: what is longer is folded, and so much of it stays in sight at either end.
LONG, ENDS = 400, 80
_GAP = re.compile(r"(?:\n\s*){3}")  # blank lines in what a rule removed: shown as blanks, they would fill screens
# Untouched paragraphs on either side of an edit that stay open; fewer than so many in a row are not worth folding.
CONTEXT, FEW = 1, 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: kept (``kind`` is empty, ``old`` equals ``new``) or changed by ``n`` edits from ``index`` on."""

    old: str
    new: str
    kind: str = ""
    rule: str = ""
    index: int = -1
    n: int = 1


Row = list[Piece]


def with_codes(text: str) -> str:
    """The text with what has no shape, steers the direction of writing or cannot stand in a page written as ⟨U+200B⟩."""
    if text.isprintable():
        return text
    return "".join(c if c in "\n\t" or c.isprintable() or _blank(c) else f"⟨U+{ord(c):04X}⟩" for c in text)


def _blank(character: str) -> bool:
    return unicodedata.category(character) == "Zs"


def pieces(raw: str, edits: Sequence[Edit]) -> Iterator[Piece]:
    """Cut ``raw`` into kept lines and changes; letters converted one after another are one change."""
    at = 0
    merged: list[Piece] = []
    for index, edit in enumerate(edits):
        piece = Piece(raw[edit.start : edit.end], edit.inserted, edit.kind, edit.rule, index)
        last = merged[-1] if merged else None
        if last and edit.start == at and (last.kind, last.rule, edit.kind) == ("script", edit.rule, "script"):
            merged[-1] = replace(last, old=last.old + piece.old, new=last.new + piece.new, n=last.n + 1)
        else:
            yield from merged
            yield from (Piece(line, line) for line in raw[at : edit.start].splitlines(keepends=True))
            merged = [piece]
        at = edit.end
    yield from merged
    yield from (Piece(line, line) for line in raw[at:].splitlines(keepends=True))


def rows(parts: Sequence[Piece]) -> Iterator[Row]:
    """Paragraphs: a row ends with a line break of the clean text, or with one of the raw text that no line went across."""
    row: Row = []
    fresh = True  # the clean text stands at the start of a line
    for piece, after in zip(parts, _following(parts), strict=True):
        row.append(piece)
        fresh = piece.new.endswith("\n") if piece.new else fresh
        if piece.new.endswith("\n") or (piece.old.endswith("\n") and (fresh or after in ("", "\n"))):
            yield row
            row = []
    if row:
        yield row


def _following(parts: Sequence[Piece]) -> list[str]:
    """The character with which the clean text goes on after each piece, or nothing."""
    after = [""]
    for piece in reversed(parts[1:]):
        after.append(piece.new[:1] or after[-1])
    return after[: len(parts)][::-1]


def text(
    raw: str, edits: Sequence[Edit], *, classes: Mapping[str, int], anchors: Mapping[int, str], notes: Mapping[str, str]
) -> Markup:
    """Markup of one file's text: each edit an element of class ``e`` (``data-n`` where it stands for several edits).

    ``classes`` gives each kind a number for its class ``k…``, ``anchors`` an id to the edits (by index) that are linked.
    ``notes`` are the summaries of what is folded: ``untouched`` and ``removed`` (of ``n`` paragraphs and ``chars``
    characters, and ``rules``) and ``middle`` (of ``chars``).
    """
    return _Writer(classes, anchors, notes).blocks(list(rows(list(pieces(raw, edits)))))


@dataclass(frozen=True, slots=True)
class _Writer:
    classes: Mapping[str, int]
    anchors: Mapping[int, str]
    notes: Mapping[str, str]

    def blocks(self, found: Sequence[Row]) -> Markup:
        """Rows in order; runs that are far from any edit, and long runs of removed lines, are folded."""
        states = _states(found)
        write = {"far": self.far, "gone": self.gone, "near": self.near}
        runs = groupby(range(len(found)), key=lambda i: states[i])
        return _joined(write[state]([found[i] for i in numbers]) for state, numbers in runs)

    def near(self, run: Sequence[Row]) -> Markup:
        return _joined(self.row(row) for row in run)

    def far(self, run: Sequence[Row]) -> Markup:
        """Untouched paragraphs, folded unless they are few."""
        lines = [row for row in run if not _empty(row)]
        if len(lines) < FEW and _size(lines) <= LONG:
            return self.near(run)
        note = self.notes["untouched"].format(n=f"{len(lines):,}", chars=f"{_size(lines):,}")
        return _fold("rest", note, _joined(self.row(row, cut=False) for row in run))

    def gone(self, run: Sequence[Row]) -> Markup:
        """Removed lines; of many the first and the last stay in sight."""
        first, last = _ends(run)
        hidden = run[first:last]
        if not hidden or _size(run) <= LONG:
            return self.lines(run)
        counts = Counter(name for row in hidden for name in _names(row))
        rules = ", ".join(f"{name} ×{n}" for name, n in counts.most_common())
        lines = sum(not _empty(row) for row in hidden)
        note = self.notes["removed"].format(n=f"{lines:,}", chars=f"{_size(hidden):,}", rules=rules)
        return self.lines(run[:first]) + _fold("more", note, self.lines(hidden)) + self.lines(run[last:])

    def lines(self, run: Sequence[Row]) -> Markup:
        """Removed lines, of which those that the same rule removed one after another carry its name once."""
        out: list[Markup] = []
        before = ""
        for row in run:
            out.append(self.row(row, before=before))
            before = next(reversed(_names(row)), before)
        return _joined(out)

    def row(self, row: Row, *, cut: bool = True, before: str = "") -> Markup:
        """One paragraph; with ``cut`` a long stretch of it that is kept is folded but for its ends.

        A change whose rule is the one of the change before it (``before`` the paragraph) carries no name.
        """
        out: list[Markup] = []
        joins = _joins(row)
        for quiet, run in groupby(row, key=lambda piece: not piece.kind or piece.kind in QUIET):
            part = list(run)
            if quiet and cut and _length(part) > LONG:
                head, middle, tail = _parted(part)
                note = self.notes["middle"].format(chars=f"{_length(middle):,}")
                out += (self.run(head, joins), _fold("mid", note, self.run(middle, joins)), self.run(tail, joins))
                before = ""
            else:
                out.append(self.run(part, joins, before=before))
                before = next(reversed(_names(part)), before)
        return Markup('<div class="{}">{}</div>').format("l b" if _empty(row) else "l", _joined(out))

    def run(self, part: Iterable[Piece], joins: Collection[int], *, before: str = "") -> Markup:
        """Pieces as they stand; ``joins`` are the edits (by index) that have a kept part of their line on both sides."""
        out: list[Markup] = []
        for piece in part:
            if not piece.kind:
                out.append(escape(with_codes(piece.old)))
            elif piece.kind in QUIET:
                out.append(self.change(piece, _shape(piece, joins=piece.index in joins)))
            else:
                name = f"{piece.kind}/{piece.rule}"
                out.append(self.change(piece, " s" if name == before else ""))
                before = name
        return _joined(out)

    def change(self, piece: Piece, mark: str) -> Markup:
        """The element of an edit; where it both removes and inserts, the insertion follows as a second one."""
        number = self.classes[piece.kind]
        mark += " w" if _GAP.search(piece.old) and piece.kind not in QUIET else ""
        head = Markup('class="e k{}{}" title="{}"').format(number, mark, with_codes(f"{piece.kind}/{piece.rule}"))
        if piece.index in self.anchors:
            head += Markup(' id="{}"').format(self.anchors[piece.index])
        if piece.n > 1:
            head += Markup(' data-n="{}"').format(piece.n)
        if not piece.old:
            return Markup("<ins {}>{}</ins>").format(head, self.inside(piece.new))
        out = Markup("<del {}>{}</del>").format(head, self.inside(piece.old))
        if piece.new:
            out += Markup('<ins class="k{}">{}</ins>').format(number, self.inside(piece.new))
        return out

    def inside(self, changed: str) -> Markup:
        """Changed characters, of many only the first and the last in sight."""
        if len(changed) <= LONG:
            return escape(with_codes(changed))
        head, middle, tail = (with_codes(part) for part in (changed[:ENDS], changed[ENDS:-ENDS], changed[-ENDS:]))
        note = self.notes["middle"].format(chars=f"{len(changed) - 2 * ENDS:,}")
        return escape(head) + _fold("more", note, escape(middle)) + escape(tail)


def _fold(name: str, note: str, inside: Markup) -> Markup:
    return Markup('<details class="{}"><summary>{}</summary>{}</details>').format(name, with_codes(note), inside)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _joins(row: Row) -> Collection[int]:
    """The edits of a row, by index, that have kept or inserted text before and after them."""
    kept = [i for i, piece in enumerate(row) if piece.new]
    return {piece.index for piece in row[kept[0] + 1 : kept[-1]]} if kept else set()


def _shape(piece: Piece, *, joins: bool) -> str:
    """The class of a quiet change: ``j`` joins lines, ``r`` is another change of line breaks, ``q`` one of blanks."""
    if piece.kind == "script":
        return ""
    if "\n" not in piece.old + piece.new:
        return " q"
    return " j" if joins and not piece.new else " r"


def _names(row: Row) -> list[str]:
    return [f"{piece.kind}/{piece.rule}" for piece in row if piece.kind and piece.kind not in QUIET]


def _loud(row: Row) -> bool:
    return bool(_names(row))


def _gone(row: Row) -> bool:
    """Whether nothing of a paragraph is left, and not for being blank."""
    return _loud(row) and not any(piece.new.strip() for piece in row)


def _empty(row: Row) -> bool:
    return not any(piece.old.strip() or piece.new.strip() for piece in row)


def _size(found: Iterable[Row]) -> int:
    """Characters of the raw text, line breaks and blanks at the ends of a piece not counted."""
    return sum(len(piece.old.strip()) for row in found for piece in row)


def _length(part: Iterable[Piece]) -> int:
    return sum(len(piece.old) for piece in part)


def _states(found: Sequence[Row]) -> list[str]:
    """What each row is: ``gone``, ``near`` an edit, or ``far``; a blank row is what stands before it, and parts no run."""
    full = [i for i, row in enumerate(found) if not _empty(row)]
    loud = [place for place, i in enumerate(full) if _loud(found[i])]
    near = {full[place] for at in loud for place in range(max(0, at - CONTEXT), min(len(full), at + CONTEXT + 1))}
    states: list[str] = []
    for i, row in enumerate(found):
        if _empty(row) and not _loud(row) and states:
            states.append(states[-1])
        else:
            states.append("gone" if _gone(row) else "near" if i in near or _loud(row) else "far")
    return states


def _ends(run: Sequence[Row]) -> tuple[int, int]:
    """How many rows at the start, and from which one on at the end, hold about as many characters as stay in sight."""
    upto = list(accumulate((_size([row]) for row in run), initial=0))
    first = next((i for i, size in enumerate(upto) if size >= ENDS), len(run))
    last = next((i for i in range(len(run), -1, -1) if upto[-1] - upto[i] >= ENDS), 0)
    return first, max(first, last)


def _parted(part: Sequence[Piece]) -> tuple[Row, Row, Row]:
    """The two ends of a kept stretch and what lies between them; changes of letters and blanks in it stay whole."""
    head, rest = _cut(part, ENDS)
    middle, tail = _cut(rest, _length(rest) - ENDS)
    return head, middle, tail


def _cut(part: Sequence[Piece], at: int) -> tuple[Row, Row]:
    before: Row = []
    for i, piece in enumerate(part):
        if at <= 0:
            return before, list(part[i:])
        if len(piece.old) > at and not piece.kind:
            left, right = piece.old[:at], piece.old[at:]
            return [*before, Piece(left, left)], [Piece(right, right), *part[i + 1 :]]
        before.append(piece)
        at -= len(piece.old)
    return before, []
