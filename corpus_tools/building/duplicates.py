"""The same report again: whole reports that repeat another, exactly or nearly or in part, of which one is counted.

Every document is compared with the one that is kept, never with another copy: so no chain of small differences joins
two reports. Candidates are those that share hashes of their signatures; each is then compared on the whole signature.
Bands of hashes (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, ch. 3) find what is alike as a whole only,
not a page of a report; looking single hashes up finds both, and the rarest ones keep it cheap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from corpus_tools import progress
from corpus_tools.building.signatures import Signature, likeness

# Measured on 247 files of 136 reports, 1954-2026: transcriptions of one report have .88 or more in common, or .97 of the
# shorter one is inside the other; different reports .12 and .26, resolutions about a report .44 of another resolution.
NEAR = 0.7
# Two years of one issuer can be written on one pattern; a copy whose year was moved has .9 and more of its runs left.
NEAR_IN_ANOTHER_YEAR = 0.85
PART = 0.85
# Fewer runs than this are a stub or a formula: such texts are duplicates only where they are the same.
FEWEST = 200
# A resolution has .71 of its 430 runs in the report that it is about; the shortest report has 600 characters.
FEWEST_OF_PART = 600
# Runs that an estimate for a part must rest on: a part of less than a twentieth of a report is not found.
SAMPLED = 24
# Such a text is not this report alone, or not as it was written, however long it is.
UNSOUND = frozenset({"collection", "mojibake", "retitled", "spun", "year_contradicted"})
# Shares of the longest copy's runs from which a copy is as complete: what one has more is a signature, or a site's frame.
COMPLETE = 0.95

# Hashes by which a document can be found, and by which it looks others up.
_FINDABLE, _ASKED = 128, 64
# Documents looked at under its hashes, the rarest first: enough for any report; a formula's hash would list all.
_BUDGET, _RAREST = 5000, 32
_SHARED, _COMPARED = 3, 8  # hashes that make a candidate, and candidates that are compared: the most alike
_CLEANEST = 8  # copies of a group that are tried as the one to keep


class Duplicate(NamedTuple):
    """Which document is kept instead (``of``: doc_id), why (``kind``), and how alike the two are (0 to 1).

    ``exact``: the same clean text. ``near``: ``similarity`` is the share of runs of five characters in both of those in either.
    ``part``: the share of this document's runs that are in the kept one.
    """

    of: str
    kind: str
    similarity: float


class _Text(NamedTuple):
    doc_id: str
    text: str  # its hash
    year: int | None
    place: str | None  # only where it is a known one: XX市 may be any
    flags: frozenset[str]
    signature: Signature
    cleanness: tuple[int, int, int, str]  # the lowest is the cleanest

    @property
    def sound(self) -> bool:
        return UNSOUND.isdisjoint(self.flags)


def duplicates(documents: pa.Table, signatures: pa.Table) -> dict[str, Duplicate]:
    """Name, for each document that repeats another, the one that is kept.

    Kept is a sound one (none of the flags ``UNSOUND``), the longest, and of those about as long the cleanest: fewest flags,
    masks, edits, then the first by source. ``documents``: doc_id, source, text_sha256, year, place, province, flags, n_masks,
    n_edits. ``signatures``: the table of that name. Neither's order matters. Returns what is known of each doc_id not kept.
    """
    texts = _texts(documents, signatures)
    first: dict[str, _Text] = {}
    for one in texts:
        first.setdefault(one.text, one)
    copies = dict(_near(list(first.values())))
    found = {}
    for one in texts:
        kept = first[one.text]
        if kept.doc_id in copies:
            found[one.doc_id] = copies[kept.doc_id]
        elif kept is not one:
            found[one.doc_id] = Duplicate(kept.doc_id, "exact", 1.0)
    return found


def _texts(documents: pa.Table, signatures: pa.Table) -> list[_Text]:
    """All documents: the sound ones first, then the longest, then the cleanest."""
    columns = zip(*(signatures[name].to_pylist() for name in ("doc_id", "runs")), strict=True)
    hashes = _lists(signatures["hashes"])
    known = {doc_id: Signature(runs, lowest) for (doc_id, runs), lowest in zip(columns, hashes, strict=True)}
    texts = [_text(row, known[row["doc_id"]]) for row in documents.to_pylist()]
    return sorted(texts, key=lambda one: (not one.sound, -one.signature.runs, one.cleanness))


def _text(row: dict[str, Any], signed: Signature) -> _Text:
    place = row["place"] if row["province"] else None
    cleanness = (len(row["flags"]), row["n_masks"], row["n_edits"], row["source"])
    return _Text(row["doc_id"], row["text_sha256"], row["year"], place, frozenset(row["flags"]), signed, cleanness)


def _lists(column: pa.ChunkedArray) -> Iterator[npt.NDArray[np.uint32]]:
    for chunk in column.chunks:
        ends = np.cumsum(chunk.value_lengths().to_numpy(zero_copy_only=False))
        yield from np.split(chunk.flatten().to_numpy(), ends)[:-1]


def _near(texts: Sequence[_Text]) -> Iterator[tuple[str, Duplicate]]:
    """Compare each text with those found before it that repeat none; yields the doc_id of each that is not kept."""
    texts = [one for one in texts if one.signature.runs >= FEWEST]
    index = _Index([one.signature.hashes for one in texts])
    groups: dict[int, list[_Text]] = {}
    for number, one in enumerate(progress.steps(texts, "duplicates", unit="documents")):
        alike = [(found.similarity, -n) for n in index.candidates(number) if (found := compare(one, texts[n]))]
        if alike:
            index.drop(number)
            groups[-max(alike)[1]].append(one)
        else:
            groups[number] = [one]
    for group in groups.values():
        yield from _repeating(group)


def _repeating(group: Sequence[_Text]) -> Iterator[tuple[str, Duplicate]]:
    """Choose the one to keep of a group whose first is the longest; all others must be like that one as well."""
    longest = group[0]
    complete = [
        one for one in group if one.sound == longest.sound and one.signature.runs >= COMPLETE * longest.signature.runs
    ]
    for kept in (*sorted(complete, key=lambda one: one.cleanness)[:_CLEANEST], longest):
        copies = {one.doc_id: compare(one, kept) for one in group if one is not kept}
        if None not in copies.values():
            yield from ((doc_id, found) for doc_id, found in copies.items() if found)
            return


def compare(one: _Text, kept: _Text) -> Duplicate | None:
    """Say whether a text repeats a kept one; what another place made of a report is a report of its own."""
    if None not in (one.place, kept.place) and one.place != kept.place:
        return None
    both, inside, sampled = likeness(one.signature, kept.signature)
    another_year = None not in (one.year, kept.year) and one.year != kept.year
    if both >= (NEAR_IN_ANOTHER_YEAR if another_year else NEAR):
        return Duplicate(kept.doc_id, "near", both)
    # What stands in a collection is a report of its own, and so is what a report of another year quotes at length.
    part = FEWEST_OF_PART <= one.signature.runs <= kept.signature.runs and sampled >= SAMPLED
    if part and inside >= PART and not another_year and "collection" not in kept.flags:
        return Duplicate(kept.doc_id, "part", inside)
    return None


class _Index:
    """Which texts have a hash, for texts numbered in the order in which they are preferred."""

    def __init__(self, hashes: Sequence[npt.NDArray[np.uint32]]) -> None:
        self._asked = [lowest[:_ASKED] for lowest in hashes]
        lengths = [min(len(lowest), _FINDABLE) for lowest in hashes]
        flat = np.concatenate([np.zeros(0, np.uint32), *(lowest[:_FINDABLE] for lowest in hashes)])
        order = np.argsort(flat, kind="stable")
        self._hashes = flat[order]
        self._texts = np.repeat(np.arange(len(hashes)), lengths)[order]
        self._kept = np.ones(len(hashes), dtype=bool)

    def drop(self, number: int) -> None:
        """Have a text no longer found."""
        self._kept[number] = False

    def candidates(self, number: int) -> list[int]:
        """The texts before this one that were not dropped and share most hashes with it, at least three."""
        asked = self._asked[number]
        starts, ends = (np.searchsorted(self._hashes, asked, side) for side in ("left", "right"))
        many = ends - starts
        rarest = np.argsort(many, kind="stable")
        enough = max(int(np.searchsorted(np.cumsum(many[rarest]), _BUDGET)), _RAREST)
        sharing = np.concatenate([self._texts[starts[i] : ends[i]] for i in rarest[:enough]])
        sharing = sharing[(sharing < number) & self._kept[sharing]]
        found, shared = np.unique(sharing, return_counts=True)
        best = np.argsort(-shared, kind="stable")[:_COMPARED]
        return [int(found[i]) for i in best if shared[i] >= _SHARED]
