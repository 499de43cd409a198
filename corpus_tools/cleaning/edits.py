"""The edit core: cleaners point, one place applies, and what was applied can always be undone.

A cleaner is a function ``text -> Iterable[Edit]`` that changes nothing. :func:`clean` runs an ordered tuple of them, each
on what the ones before it left, and brings all they pointed at into one list in coordinates of the raw text. For every
raw text and every tuple of cleaners ``undo(apply(raw, edits), edits) == raw``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

import numpy as np

from corpus_tools.document import Edit

__all__ = ["Cleaner", "Edit", "apply", "clean", "compose", "difference", "record", "undo"]

Cleaner = Callable[[str], Iterable[Edit]]

# Each round works on what the last one left. Ordinary reports settle in two or three rounds (the last finds nothing);
# a text that still moves after this many is left as it then stands.
ROUNDS = 12
# Without a call of Edit's own constructor, which takes half as long again: of a traditional text there are thousands.
_new = tuple.__new__


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return ``text`` with ``edits`` (sorted, not overlapping, in its coordinates) carried out."""
    parts: list[str] = []
    at = 0
    for start, end, inserted, _, _, _ in edits:
        if at < start:
            parts.append(text[at:start])
        parts.append(inserted)
        at = end
    parts.append(text[at:])
    return "".join(parts)


def undo(text: str, edits: Sequence[Edit]) -> str:
    """Return the raw text that recorded ``edits`` turned into ``text``.

    Raises ValueError where an edit does not know what it removed (see :func:`record`) or ``text`` is not their result.
    """
    parts: list[str] = []
    at = raw_at = 0
    for edit in edits:
        if edit.removed is None or len(edit.removed) != edit.end - edit.start:
            raise ValueError(f"this edit does not know what it removed: {edit}")
        kept = edit.start - raw_at
        if text[at + kept : at + kept + len(edit.inserted)] != edit.inserted:
            raise ValueError(f"the text is not what this edit left: {edit}")
        parts += (text[at : at + kept], edit.removed)
        at += kept + len(edit.inserted)
        raw_at = edit.end
    parts.append(text[at:])
    return "".join(parts)


def record(raw: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Fill ``removed`` of each edit from ``raw`` and drop those that change nothing."""
    recorded: list[Edit] = []
    for edit in edits:
        start, end, inserted, kind, rule, known = edit
        removed = raw[start:end]
        if removed != inserted:
            recorded.append(edit if known == removed else Edit(start, end, inserted, kind, rule, removed))
    return tuple(recorded)


def clean(raw: str, cleaners: Sequence[Cleaner]) -> tuple[Edit, ...]:
    """Run ``cleaners`` in order, and the whole order again until none of them points at anything.

    Returns recorded edits in coordinates of ``raw``, sorted and not overlapping. Because the last round found nothing,
    cleaning the result again changes nothing.
    """
    edits: list[Edit] = []
    text = raw
    done: dict[Cleaner, str] = {}  # the very text in which a cleaner found nothing: it would find nothing again
    for _ in range(ROUNDS):
        before = text
        for cleaner in cleaners:
            if done.get(cleaner) is text:
                continue
            found = settle(text, cleaner(text))
            if found:
                edits = compose(edits, found)
                text = apply(text, found)
            else:
                done[cleaner] = text
        if text == before:
            break
    return record(raw, edits)


def settle(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """Bring one cleaner's edits into order: of two that overlap the earlier, then the longer, stays."""
    settled: list[Edit] = []
    at = 0
    pointed = list(edits)
    if len(pointed) > 1:
        pointed.sort(key=_place)
    for edit in pointed:
        if not 0 <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit outside the text of {len(text)} characters: {edit}")
        if edit.start < at or edit.inserted == text[edit.start : edit.end]:
            continue
        if settled and edit.start == edit.end == settled[-1].start == settled[-1].end:
            continue
        settled.append(edit)
        at = edit.end
    return settled


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, -edit.end


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Join edits raw -> middle and edits middle -> result into edits raw -> result.

    Where an edit of ``second`` reaches into what ``first`` inserted they become one edit with the kind and rule of the
    later. A removal of ``first`` that lies inside an edit of ``second`` keeps its own name: the later edit is parted around it.
    """
    if not (first and second):
        return [*first, *second]
    return list(_joined(first, second))


def _joined(first: Sequence[Edit], second: Sequence[Edit]) -> Iterator[Edit]:
    # middle minus raw coordinate, for text before first[i]; and where, in the middle, first[i] begins and ends
    shifts = list(accumulate([len(inserted) - end + start for start, end, inserted, _, _, _ in first], initial=0))
    begins = [edit[0] + shift for edit, shift in zip(first, shifts, strict=False)]
    ends = [begin + len(edit[2]) for begin, edit in zip(begins, first, strict=True)]
    i = 0
    held: Edit | None = None  # the last joined edit; tail: what of first's insertion stands behind it, still in reach
    tail, tail_at = "", 0
    for later in second:
        start, end, inserted, kind, rule, removed = later
        if held is not None and start < tail_at + len(tail):
            inserted = held.inserted + tail[: start - tail_at] + inserted
            rest = tail[max(0, end - tail_at) :]
            raw_start, raw_end = held.start, held.end
        else:
            if held is not None:
                yield held._replace(inserted=held.inserted + tail)
                held = None
            if i < len(first) and ends[i] <= start:
                untouched = bisect_right(ends, start, i)
                yield from first[i:untouched]
                i = untouched
            shift = shifts[i]
            if i == len(first) or end <= begins[i]:
                yield _new(Edit, (start - shift, end - shift, inserted, kind, rule, removed))
                continue
            raw_start, raw_end, rest = start - shift, -1, ""
        while not rest and i < len(first) and begins[i] < end:
            earlier = first[i]
            if not earlier.inserted:
                if earlier.start > raw_start or inserted:
                    yield Edit(raw_start, earlier.start, inserted, kind, rule)
                yield earlier
                raw_start, inserted = earlier.end, ""
            else:
                if begins[i] < start:
                    raw_start, inserted = earlier.start, earlier.inserted[: start - begins[i]] + inserted
                rest = earlier.inserted[max(0, end - begins[i]) :]
            raw_end = earlier.end
            i += 1
        joined = Edit(raw_start, raw_end if rest else max(raw_end, end - shifts[i]), inserted, kind, rule)
        if rest:
            held, tail, tail_at = joined, rest, end
        else:
            yield joined
            held = None
    if held is not None:
        yield held._replace(inserted=held.inserted + tail)
    yield from first[i:]


def difference(before: str, after: str, *, kind: str, rule: str) -> Iterator[Edit]:
    """Yield the edits that turn ``before`` into ``after``, line by line; lines of one length differ letter by letter."""
    if before == after:
        return
    old, new = before.split("\n"), after.split("\n")
    if len(old) != len(new):
        yield Edit(0, len(before), after, kind, rule)
        return
    # a text all of whose lines are as long as before is looked at in one go
    at_once = [*map(len, old)] == [*map(len, new)]
    at = 0
    for a, b in ((before, after),) if at_once else zip(old, new, strict=True):
        if len(a) == len(b):
            # one edit a letter, so that a later edit that begins between two of them touches only its own
            yield from [_new(Edit, (at + i, at + i + 1, b[i], kind, rule, a[i])) for i in _differing(a, b)]
        else:
            yield from (Edit(at + i, at + j, text, kind, rule) for i, j, text in _opcodes(a, b))
        at += len(a) + 1


def _differing(a: str, b: str) -> list[int]:
    """Where two texts of one length differ."""
    codes, others = (np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32) for text in (a, b))
    places: list[int] = np.flatnonzero(codes != others).tolist()
    return places


def _opcodes(a: str, b: str) -> Iterator[tuple[int, int, str]]:
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield i, j, b[k:m]
