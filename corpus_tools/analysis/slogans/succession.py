"""Which slogan took another's place: one falls out of use as the other comes into use, between the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy
from scipy.sparse import csr_matrix, diags

from corpus_tools import progress
from corpus_tools.analysis import counts, grouping, phrases
from corpus_tools.analysis.slogans.lexicon import Lexicon, known
from corpus_tools.analysis.slogans.matching import UNDECIDED, About, Matcher, abouts, check_names, matcher
from corpus_tools.analysis.statistics.bootstrap import BLOCK, Floats
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

Integers = npt.NDArray[np.int64]

SLOT = range(2, 5)  # characters of a slot on one side: a verb (贯彻) to a verb with its adverb (全面贯彻)
AROUND = 15  # characters on each side that say what the talk is of, about one clause
_CLAUSE_END = re.compile(r"[^\w、]")  # in normalised text; parallel slogans are apart by 、
_SHOWN = 3  # slots named in a row
_COLUMNS = [
    "old", "new", "slot", "similarity", "theme", "fall", "rise", "crossing", "association", "score", "p_value", "q_value",
    "documents_old", "documents_new",
]  # fmt: skip
_YEARS = 3  # between two years every correlation is 1, -1 or none


@progress.bar("replacements")
def replacements(
    corpus: Corpus,
    *,
    slogan: str | None = None,
    by: str = "year",
    min_documents: int = 5,
    lexicon: Lexicon = None,
    resamples: int = 100,
    seed: int = 0,
) -> pd.DataFrame:
    """Pairs of slogans of which the ``new`` one rises as the ``old`` one falls, in the same slot; with ``slogan``, its own.

    One row a pair that shares a slot. ``slot``, what both stand between most (``贯彻落实…|…为指导``: the 2 to 4 characters of
    the same clause before or after); ``similarity`` of their slots (cosine, 0 to 1, of the documents in which each slot
    stands, square roots, times the square of idf over slogans); ``theme``, the same of the pairs of characters within 15
    on either side, times idf. Movement is that of the share of documents that hold each (longest match), a year, between
    the first and last year of use of either: ``crossing``, the year from which the new one leads; ``fall`` and ``rise``,
    by how much the mean share is lower, or higher, from then on; ``association``, Pearson's r of both shares, below 0.
    Years without documents are gaps and count nowhere. ``score`` = sqrt(similarity · theme) · -association ranks the rows:
    narrow surroundings find what has the same function, wide ones what has the same subject (Levy and Goldberg 2014), and
    坚持 stands before anything. ``p_value``, ``q_value``; ``documents_old``, ``documents_new``.

    ``p_value``: how often a pair scores as high when the histories are dealt out anew, ``resamples`` times, among slogans in
    about as many documents, surroundings staying where they are (Mantel 1967; pairs of like numbers of documents pooled).
    Years are not permuted: a slogan's history is one run, so that most pairs that have nothing to do with each other
    would pass. ``q_value`` is Benjamini and Hochberg's over all pairs of slogans in ``min_documents`` documents each; with
    ``slogan``, over its pairs. Searching all pairs finds many by chance: rows are candidates to read in ``slogans.hits``,
    and a q below .05 is rather to be had of a question asked beforehand, about one slogan.

    Give it reports of one kind (``corpus.where(level="national")``): where provinces join in one year only, their slogans
    rise in that year. ``by``: a column of years. AnalysisError for a slogan that is not in the lexicon, another ``by``, an
    empty corpus and fewer than 3 years that have documents.
    """
    counts.check_options(resamples=resamples)
    entries = known(lexicon)
    check_names(() if slogan is None else (slogan,), entries)
    wanted = matcher(entries)
    years, code = _years(corpus, by)
    bags = _bags(corpus, wanted, code >= 0)
    documents = np.bincount(bags.slogan, minlength=len(wanted.names))
    decided = np.asarray([not name.endswith(UNDECIDED) for name in wanted.names])
    often = np.flatnonzero((documents >= max(1, min_documents)) & decided)
    held = csr_matrix((np.ones(len(bags.slogan)), (code[bags.document], bags.slogan)), (len(years), len(wanted.names)))
    shares = held[:, often].T.toarray() / np.bincount(code[code >= 0], minlength=len(years))
    pairs = _compared(_opposite(shares, years), bags, often, documents[often], resamples=resamples, seed=seed)
    names = np.asarray(wanted.names, dtype=object)[often]
    pairs = pairs.assign(**{name: names[pairs[name]] for name in ("old", "new")})
    family = len(often) * (len(often) - 1) // 2
    if slogan is not None:
        pairs, family = pairs[(pairs["old"] == slogan) | (pairs["new"] == slogan)], max(0, len(often) - 1)
    pairs = pairs.assign(q_value=_controlled(pairs["p_value"].to_numpy(), family))
    pairs = pairs.sort_values(["score", "old", "new"], ascending=[False, True, True], ignore_index=True)
    return pairs[_COLUMNS]


def _years(corpus: Corpus, by: str) -> tuple[Integers, Integers]:
    """The years that have documents, and which of them is each document's, -1 where it is unknown."""
    by = grouping.one(by)
    groups = grouping.groups(corpus, by)
    years = groups.keys[by]
    if not pd.api.types.is_integer_dtype(years):
        raise AnalysisError(f"{by!r} is no column of years")
    if len(years) < _YEARS:
        raise AnalysisError(f"these documents are of {len(years)} year(s); replacements need at least {_YEARS}")
    return years.to_numpy(dtype=np.int64), groups.code


class _Bags(NamedTuple):
    """What stands around each slogan in each document: one bag for both.

    ``document`` and ``slogan`` of each; ``slots`` and ``around``, bags × texts of 0 and 1; ``texts`` of the slots.
    """

    document: Integers
    slogan: Integers
    slots: csr_matrix
    around: csr_matrix
    texts: list[str]


def _bags(corpus: Corpus, wanted: Matcher, dated: npt.NDArray[np.bool_]) -> _Bags:
    slots, around = dict[str, int](), dict[str, int]()
    keys, in_slots, in_around = list[tuple[int, int]](), list[list[int]](), list[list[int]]()
    texts = progress.steps(phrases.simplified(corpus), "matching", unit="documents")
    for number, (text, about) in enumerate(zip(texts, abouts(corpus), strict=True)):
        for slogan, sides in _surroundings(text, about, wanted).items() if dated[number] else ():
            keys.append((number, slogan))
            in_slots.append(_numbered(slots, (slot for both in sides for slot in _slots(*both))))
            in_around.append(_numbered(around, (pair for both in sides for pair in _around(*both))))
    document, slogan_of = np.asarray(keys, dtype=np.int64).reshape(-1, 2).T
    matrices = [phrases.matrix(rows, columns=len(of)) for rows, of in ((in_slots, slots), (in_around, around))]
    return _Bags(document, slogan_of, matrices[0], matrices[1], list(slots))


def _surroundings(text: str, about: About, wanted: Matcher) -> dict[int, list[tuple[str, str]]]:
    """For each slogan of a text what stands before and after it, within its paragraph."""
    found: dict[int, list[tuple[str, str]]] = {}
    for paragraph in text.split("\n"):
        clean = phrases.normalise(paragraph)
        for slogan, start, end in phrases.longest(wanted.places_in(clean, paragraph, about)):
            found.setdefault(slogan, []).append((clean[max(0, start - AROUND) : start], clean[end : end + AROUND]))
    return found


def _slots(before: str, after: str) -> list[str]:
    """The ends of the clause before and the beginnings of that after, where it is long enough."""
    left, right = _CLAUSE_END.split(before[-SLOT[-1] :])[-1], _CLAUSE_END.split(after[: SLOT[-1]])[0]
    return [f"{left[-n:]}…" for n in SLOT if n <= len(left)] + [f"…{right[:n]}" for n in SLOT if n <= len(right)]


def _around(before: str, after: str) -> list[str]:
    pairs = (side[n : n + 2] for side in (before, after) for n in range(len(side) - 1))
    return [pair for pair in pairs if not _CLAUSE_END.search(pair)]


def _numbered(numbers: dict[str, int], texts: Iterable[str]) -> list[int]:
    return sorted({numbers.setdefault(text, len(numbers)) for text in texts})


def _opposite(shares: Floats, years: Integers) -> pd.DataFrame:
    """Pairs of rows of ``shares`` of which one falls as the other, in use later on the whole, rises."""
    middle = shares @ years / shares.sum(axis=1)
    old, new = np.nonzero(middle[:, None] < middle)
    step = max(1, BLOCK // len(years) // 8)  # a dozen arrays of pairs × years at a time
    blocks = [slice(first, first + step) for first in range(0, max(1, len(old)), step)]
    frames = [_moves(shares[old[b]], shares[new[b]], years).assign(old=old[b], new=new[b]) for b in blocks]
    moves = pd.concat(frames, ignore_index=True)
    against = (moves["association"] < 0) & (moves["fall"] > 0) & (moves["rise"] > 0)
    return moves[against].reset_index(drop=True)


def _moves(old: Floats, new: Floats, years: Integers) -> pd.DataFrame:
    """How two shares move, row by row, between the first and the last year in which one of them is above 0."""
    used, place = (old > 0) | (new > 0), np.arange(len(years))
    first, last = used.argmax(axis=1), len(years) - 1 - used[:, ::-1].argmax(axis=1)
    inside = (place >= first[:, None]) & (place <= last[:, None])
    # The new one leads from the year before which the old one's lead has added up to most; not from the first on.
    lead = np.where(inside & (place < last[:, None]), np.cumsum(old - new, axis=1), -np.inf)
    crossing = np.minimum(lead.argmax(axis=1) + 1, len(years) - 1)
    before, after = inside & (place < crossing[:, None]), inside & (place >= crossing[:, None])
    return pd.DataFrame(
        {
            "fall": _mean(old, before) - _mean(old, after),
            "rise": _mean(new, after) - _mean(new, before),
            "crossing": years[crossing],
            "association": np.where(inside.sum(axis=1) >= _YEARS, _correlation(old, new, inside), np.nan),
        }
    )


def _mean(values: Floats, where: npt.NDArray[np.bool_]) -> Floats:
    mean: Floats = (values * where).sum(axis=1) / np.maximum(where.sum(axis=1), 1)
    return mean


def _correlation(a: Floats, b: Floats, where: npt.NDArray[np.bool_]) -> Floats:
    a, b = ((values - _mean(values, where)[:, None]) * where for values in (a, b))
    spread = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    r: Floats = np.divide((a * b).sum(axis=1), spread, out=np.full(len(a), np.nan), where=spread > 1e-12)
    return r


def _compared(
    pairs: pd.DataFrame, bags: _Bags, often: Integers, documents: Integers, *, resamples: int, seed: int
) -> pd.DataFrame:
    """The pairs that share a slot, with what their surroundings have in common and how likely such a score is."""
    slots = _profiles(bags.slots, bags.slogan, _idf(bags.slots, bags.slogan) ** 2, often)
    similarity = _cosines(slots)
    theme = _cosines(_profiles(bags.around, bags.slogan, _idf(bags.around, bags.slogan), often))
    place = pairs["old"].to_numpy(), pairs["new"].to_numpy()
    against = np.zeros_like(similarity)
    against[place] = -pairs["association"]
    pairs = pairs.assign(similarity=similarity[place], theme=theme[place])
    alike = np.sqrt(similarity * theme)
    pairs["score"] = alike[place] * against[place]
    pairs["documents_old"], pairs["documents_new"] = documents[place[0]], documents[place[1]]
    pairs["p_value"] = _mantel(alike, against + against.T, documents, resamples=resamples, seed=seed)[place]
    pairs = pairs[pairs["score"] > 0].reset_index(drop=True)
    return pairs.assign(slot=_shared(slots, pairs["old"].to_numpy(), pairs["new"].to_numpy(), bags.texts))


def _mantel(alike: Floats, against: Floats, documents: Integers, *, resamples: int, seed: int) -> Floats:
    """For each pair the chance of such a product, or a higher one, when the rows and columns of ``against`` are dealt anew."""
    size = np.floor(np.log2(documents)).astype(np.int64)  # as many, or not yet twice as many, are about as many
    a, b = np.triu_indices(len(documents), 1)
    _, group = np.unique(np.sort(np.stack([size[a], size[b]]), axis=0), axis=1, return_inverse=True)
    groups = [np.flatnonzero(group == code) for code in range(int(group.max(initial=-1)) + 1)]
    seen, above = alike[a, b] * against[a, b], np.zeros(len(a))
    random, ordered = np.random.default_rng(seed), np.argsort(size, kind="stable")
    dealt = np.empty_like(ordered)
    for _ in progress.steps(range(resamples), "shuffles", unit="shuffles"):
        dealt[ordered] = np.lexsort((random.random(len(size)), size))
        chance = alike[a, b] * against[dealt[a], dealt[b]]
        for of in groups:
            # A score that is dealt its own history again must count as as high, whatever the last digit.
            above[of] += len(of) - np.searchsorted(np.sort(chance[of]), seen[of] * (1 - 1e-9))
    total = resamples * np.bincount(group, minlength=len(groups))[group] if len(group) else above
    p = np.ones_like(alike)
    p[a, b] = p[b, a] = (1 + above) / (1 + total)
    return p


def _controlled(p: Floats, family: int) -> Floats:
    """Benjamini and Hochberg's q where the rest of the family has p = 1."""
    whole = np.concatenate([p, np.ones(family - len(p))])
    q: Floats = scipy.stats.false_discovery_control(whole)[: len(p)] if family else p
    return q


def _idf(texts: csr_matrix, slogan: Integers) -> Floats:
    """ln(slogans / slogans with the text): what stands beside every slogan tells nothing."""
    used, code = np.unique(slogan, return_inverse=True)
    spread = (grouping.indicator(code, len(used)) @ texts).astype(bool).getnnz(axis=0)
    idf: Floats = np.log(len(used) / np.maximum(spread, 1))
    return idf


def _profiles(texts: csr_matrix, slogan: Integers, weights: Floats, often: Integers) -> csr_matrix:
    """Slogans × texts: roots of the number of documents, weighted, rows of length 1 (or 0)."""
    number = np.full(int(max(slogan.max(initial=0), often.max(initial=0))) + 1, -1)
    number[often] = np.arange(len(often))
    profile = (grouping.indicator(number[slogan], len(often)) @ texts).sqrt() @ diags(weights)
    length = np.sqrt(np.asarray(profile.multiply(profile).sum(axis=1)).ravel())
    return csr_matrix(diags(np.divide(1, length, out=np.zeros(len(often)), where=length > 0)) @ profile)


def _cosines(profiles: csr_matrix) -> Floats:
    cosines: Floats = np.minimum((profiles @ profiles.T).toarray(), 1.0)
    return cosines


def _shared(profiles: csr_matrix, old: Integers, new: Integers, texts: list[str]) -> list[str]:
    """The slots that make two slogans similar, most telling first, without those inside one that is named."""
    common, names = profiles[old].multiply(profiles[new]).tocsr(), list[str]()
    for start, end in pairwise(common.indptr):
        best = np.lexsort((common.indices[start:end], -common.data[start:end]))
        names.append("|".join(_longest([texts[n] for n in common.indices[start:end][best][: 3 * _SHOWN]])[:_SHOWN]))
    return names


def _longest(slots: list[str]) -> list[str]:
    return [slot for slot in slots if not any(slot != other and slot in other for other in slots)]
