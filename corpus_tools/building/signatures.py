"""A report's signature: so few numbers that a corpus' can be held side by side, and enough to say how alike two are.

Broder, On the Resemblance and Containment of Documents (1997): of the hashes of all runs of five characters the lowest
are kept. Where both signatures know every hash up to a limit, these are a random sample of both reports, the same runs
of both, and the shares in the sample estimate the shares in the reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_tools.characters import HAN, narrow
from corpus_tools.document import Section
from corpus_tools.language.script import simplify

# Characters a run has. In five, unrelated reports share .02 of their runs and two years of one issuer up to .12.
RUN = 5
# Hashes a signature has at most, 2 kB. The share of a page in a report of five pages is then known to .02 (standard error).
HASHES = 512

_NOT_COUNTED = re.compile(f"[^0-9{HAN}]+")
# The increment and multipliers of splitmix64 (Steele, Lea and Flood 2014), whose outputs pass for random bits.
_STEP, _FIRST, _SECOND = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


class Signature(NamedTuple):
    """``runs``: how many different runs of five characters the report has. ``hashes``: uint32, the lowest, ascending."""

    runs: int
    hashes: npt.NDArray[np.uint32]


class Likeness(NamedTuple):
    """How alike two reports are, as estimated from ``sampled`` runs of the one that is seen less of.

    ``both``: runs in both of the runs in either (0 to 1; Broder's resemblance, Jaccard's index). ``inside``: of the runs of
    the report with fewer, those that are in the other too (0 to 1; containment).
    """

    both: float
    inside: float
    sampled: int


def signature(text: str, sections: Sequence[Section] = ()) -> Signature:
    """Sum up a clean text without its sections of tense ``notes``, which one site prints and another leaves out."""
    hashes = _hashes(letters(text, sections))
    return Signature(len(hashes), hashes[:HASHES])


def letters(text: str, sections: Sequence[Section] = ()) -> str:
    """What copies of a report have in common: its Chinese letters, simplified, and its figures in half width.

    White space, punctuation, Latin letters and masks differ from site to site. Figures stay as they are: without them the
    reports of two years whose author changed little but the figures would be one.
    """
    text = simplify(text)
    for section in sorted(sections, key=lambda s: s.start, reverse=True):
        if section.tense == "notes":
            text = text[: section.start] + text[section.end :]
    return _NOT_COUNTED.sub("", narrow(text))


def likeness(one: Signature, other: Signature) -> Likeness:
    """Compare two reports by what both signatures know: every hash up to the lower of their last ones."""
    limits = [s.hashes[-1] for s in (one, other) if s.runs > len(s.hashes)]
    fewer, more = sorted((one, other), key=lambda s: s.runs)
    seen, against = (
        s.hashes[: np.searchsorted(s.hashes, min(limits), "right")] if limits else s.hashes for s in (fewer, more)
    )
    if not len(seen) or not len(against):
        return Likeness(0.0, 0.0, 0)
    places = np.minimum(np.searchsorted(against, seen), len(against) - 1)
    common = int(np.count_nonzero(against[places] == seen))
    return Likeness(common / (len(seen) + len(against) - common), common / len(seen), min(len(seen), len(against)))


def _hashes(text: str) -> npt.NDArray[np.uint32]:
    """A hash of each different run of characters, ascending."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    runs = max(len(codes) - RUN + 1, 0)
    mixed = np.zeros(runs, dtype=np.uint64)
    for place in range(RUN):
        mixed = _mix(mixed + _STEP + codes[place : place + runs])
    hashes = np.sort((mixed >> np.uint64(32)).astype(np.uint32))
    return hashes[
        np.flatnonzero(np.diff(hashes, prepend=hashes[:1] - np.uint32(1)))
    ]  # np.unique takes ten times as long


def _mix(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    numbers = (numbers ^ (numbers >> np.uint64(30))) * _FIRST
    numbers = (numbers ^ (numbers >> np.uint64(27))) * _SECOND
    return numbers ^ (numbers >> np.uint64(31))
