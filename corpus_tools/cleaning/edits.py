"""The edit core: cleaners point, one place applies, and what was applied can always be undone.

A cleaner is a function ``text -> Iterable[Edit]`` that changes nothing. :func:`clean` runs an ordered tuple of them, each
on what the ones before it left, and brings all they pointed at into one list in coordinates of the raw text. For every
raw text and every tuple of cleaners ``undo(apply(raw, edits), edits) == raw``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, compress
from operator import ne

from corpus_tools.document import Edit

__all__ = ["Cleaner", "Edit", "apply", "clean", "compose", "difference", "record", "undo"]

Cleaner = Callable[[str], Iterable[Edit]]

# Each round works on what the last one left. Ordinary reports settle in two or three rounds (the last finds nothing);
# a text that still moves after this many is left as it then stands.
ROUNDS = 12


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return ``text`` with ``edits`` (sorted, not overlapping, in its coordinates) carried out."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (text[at : edit.start], edit.inserted)
        at = edit.end
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
    return tuple(
        Edit(start, end, inserted, kind, rule, removed)
        for start, end, inserted, kind, rule, _ in edits
        if (removed := raw[start:end]) != inserted
    )


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
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if not 0 <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit outside the text of {len(text)} characters: {edit}")
        if edit.start < at or edit.inserted == text[edit.start : edit.end]:
            continue
        if settled and edit.start == edit.end == settled[-1].start == settled[-1].end:
            continue
        settled.append(edit)
        at = edit.end
    return settled


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Join edits raw -> middle and edits middle -> result into edits raw -> result.

    Where an edit of ``second`` reaches into what ``first`` inserted they become one edit with the kind and rule of the
    later. A removal of ``first`` that lies inside an edit of ``second`` keeps its own name: the later edit is parted around it.
    """
    if not (first and second):
        return [*first, *second]
    return list(_joined(first, second))


def _joined(first: Sequence[Edit], second: Sequence[Edit]) -> Iterator[Edit]:
    # middle minus raw coordinate, for text before first[i]; and where, in the middle, first[i] ends
    shifts = list(accumulate((len(e.inserted) - e.end + e.start for e in first), initial=0))
    ends = [e.start + shift + len(e.inserted) for e, shift in zip(first, shifts, strict=False)]
    i = 0
    held: Edit | None = None  # the last joined edit; tail: what of first's insertion stands behind it, still in reach
    tail, tail_at = "", 0
    for later in second:
        start, end, inserted, rest = -1, -1, later.inserted, ""
        if held is not None:
            if later.start < tail_at + len(tail):
                start, end = held.start, held.end
                inserted = held.inserted + tail[: later.start - tail_at] + later.inserted
                rest = tail[max(0, later.end - tail_at) :]
            else:
                yield held._replace(inserted=held.inserted + tail) if tail else held
        if start < 0:
            untouched = bisect_right(ends, later.start, i)
            if untouched > i:
                yield from first[i:untouched]
                i = untouched
            start = later.start - shifts[i]
        while not rest and i < len(first) and first[i].start + shifts[i] < later.end:
            earlier, at = first[i], first[i].start + shifts[i]
            if not earlier.inserted:
                if earlier.start > start or inserted:
                    yield Edit(start, earlier.start, inserted, later.kind, later.rule)
                yield earlier
                start, inserted = earlier.end, ""
            else:
                if at < later.start:
                    start, inserted = earlier.start, earlier.inserted[: later.start - at] + inserted
                rest = earlier.inserted[max(0, later.end - at) :]
            end = earlier.end
            i += 1
        held = Edit(start, end if rest else max(end, later.end - shifts[i]), inserted, later.kind, later.rule)
        tail, tail_at = rest, later.end
    if held is not None:
        yield held._replace(inserted=held.inserted + tail) if tail else held
    yield from first[i:]


def difference(before: str, after: str, *, kind: str, rule: str) -> Iterator[Edit]:
    """Yield the edits that turn ``before`` into ``after``, line by line; lines of one length differ letter by letter."""
    old, new = before.split("\n"), after.split("\n")
    if len(old) != len(new):
        yield Edit(0, len(before), after, kind, rule)
        return
    at = 0
    for a, b in zip(old, new, strict=True):
        if a != b:
            spans = _letters(a, b) if len(a) == len(b) else _opcodes(a, b)
            yield from (Edit(at + i, at + j, text, kind, rule) for i, j, text in spans)
        at += len(a) + 1


def _letters(a: str, b: str) -> Iterator[tuple[int, int, str]]:
    """One edit a letter, so that a later edit that begins between two of them touches only its own."""
    for i in compress(range(len(a)), map(ne, a, b)):
        yield i, i + 1, b[i]


def _opcodes(a: str, b: str) -> Iterator[tuple[int, int, str]]:
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield i, j, b[k:m]
