"""How far coders agree with each other, and the dictionary with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import StringIO
from itertools import combinations
from pathlib import Path
from typing import TypeAlias
from unicodedata import normalize

import numpy as np
import pandas as pd

from corpus_tools import progress
from corpus_tools.analysis import counts
from corpus_tools.analysis.statistics import bootstrap, intervals
from corpus_tools.analysis.statistics.bootstrap import Floats
from corpus_tools.errors import AnalysisError

# A frame, or the CSV that it was written to and that a spreadsheet may have saved in its own encoding.
Sheet: TypeAlias = pd.DataFrame | str | Path

DICTIONARY = "dictionary"
CODER = "coder_"

_NUMBERS = {"0": 0.0, "1": 1.0, "0.0": 0.0, "1.0": 1.0}
_CODES = _NUMBERS | {"": np.nan}
_VERDICTS = _NUMBERS | {"true": 1.0, "false": 0.0}
_BOUNDS = (2.5, 97.5)
_COLUMNS = [
    *("theme", "a", "b", "n", "agreement", "agreement_low", "agreement_high", "kappa", "kappa_low", "kappa_high"),
    *("precision", "precision_low", "precision_high", "recall", "recall_low", "recall_high"),
]


@progress.bar("agreement")
def agreement(coded: Sheet, key: Sheet | None = None, *, resamples: int = 1000, seed: int = 0) -> pd.DataFrame:
    """Compare what coders wrote into a sheet of :func:`sample`, two by two, and with its ``key`` each with the dictionary.

    One row a theme and pair: ``theme``; ``a``, ``b``, columns of the sheet (those whose names begin with ``coder_``), or
    ``dictionary`` for ``b``; ``n``, items that both coded; ``agreement``, the share of them on which both say the same,
    with Wilson's interval ``agreement_low``, ``agreement_high``; ``kappa``, Cohen's (1960), NaN where both say one and the
    same of all items, with ``kappa_low``, ``kappa_high``, percentiles of ``resamples`` bootstrap draws of the items (with a
    key, of each half of the sample). Beside the dictionary, with the coder for the truth: ``precision``, the share of the
    paragraphs it finds that speak of the theme, with Wilson's ``precision_low``, ``precision_high``; ``recall``, the share
    of the paragraphs of the theme that it finds, in the corpus: each half weighs as many paragraphs as it was drawn from.
    ``recall_low`` to ``recall_high`` is that of as many draws from Jeffreys' posteriors of both halves (Brown, Cai and
    DasGupta 2001). All intervals are of 95 %; NaN for fewer than 3 items, of precision and recall in either half; of recall
    also where the coder finds the theme in no item.

    A code is 1 or 0; a blank cell is not coded, a blank row no item. ``coded`` and ``key`` are frames, or CSV files (UTF-8, or
    GB18030 as Chinese spreadsheets save them; commas, semicolons or tabs between). AnalysisError for another code or verdict, a
    missing column, items that stand twice or are not those of the key, and a sheet that nobody coded.
    """
    counts.check_options(resamples=resamples)
    sheet = _table(coded, ["item", "theme"], "the sheet")
    coders = [str(name) for name in sheet.columns if str(name).startswith(CODER)]
    if not coders:
        raise AnalysisError(f"the sheet has no column whose name begins with {CODER!r}")
    for name in coders:
        sheet[name] = _codes(sheet, name, _CODES, "write 1 (speaks of the theme) or 0, or leave it blank")
    if sheet[coders].isna().all(axis=None):
        raise AnalysisError(f"nobody coded: {', '.join(coders)} are blank; write 1 or 0")
    if key is not None:
        sheet = _with_key(sheet, _table(key, ["item", "theme", "verdict", "population"], "the key"))
    rows = [
        row
        for theme, of in sheet.groupby("theme", sort=False)
        for row in _pairs(str(theme), of, coders, resamples=resamples, seed=seed)
    ]
    return pd.DataFrame(rows, columns=_COLUMNS)


def kappa(table: Floats) -> Floats:
    """Cohen's kappa of tables of two codes by two (first axes: any): agreement beyond that of the margins, 1 at most."""
    n = table.sum(axis=(-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = (table[..., 0, 0] + table[..., 1, 1]) / n
        chance = (table.sum(axis=-1) * table.sum(axis=-2)).sum(axis=-1) / n**2
        found: Floats = np.where(chance < 1, (observed - chance) / (1 - chance), np.nan)
    return found


def _pairs(
    theme: str, of: pd.DataFrame, coders: list[str], *, resamples: int, seed: int
) -> Iterator[dict[str, object]]:
    known = DICTIONARY in of
    for a, b in [*combinations(coders, 2), *((coder, DICTIONARY) for coder in coders if known)]:
        both = of[of[a].notna() & of[b].notna()]
        strata = both[DICTIONARY] if known else pd.Series(0.0, both.index)
        tables = [_table_of(rows[a], rows[b]) for _, rows in both.groupby(strata)] or [np.zeros((2, 2))]
        random = np.random.default_rng(bootstrap.seed_of(seed, (theme, a, b)))
        whole, n = np.sum(tables, axis=0), len(both)
        same = whole[0, 0] + whole[1, 1]
        low, high = intervals.share(np.asarray([same]), n)
        agreed = float(same / n) if n else np.nan
        row: dict[str, object] = {"theme": theme, "a": a, "b": b, "n": n, "agreement": agreed}
        row |= {"agreement_low": float(low[0]), "agreement_high": float(high[0]), "kappa": float(kappa(whole))}
        row |= _kappa_bounds(tables, random, resamples=resamples if n >= intervals.LEAST else 0)
        if b == DICTIONARY:
            row |= _found(both, a, random, resamples=resamples)
        yield row


def _table_of(a: pd.Series[float], b: pd.Series[float]) -> Floats:
    cells = np.bincount((2 * a + b).to_numpy(dtype=np.int64), minlength=4)
    return cells.reshape(2, 2).astype(np.float64)


def _kappa_bounds(tables: list[Floats], random: np.random.Generator, *, resamples: int) -> dict[str, float]:
    """Percentiles over draws of as many items; where a draw has no kappa, both would have said the same of all."""
    drawn = np.zeros((resamples, 2, 2))
    for table in tables:
        n = int(table.sum())
        if n and resamples:
            drawn += random.multinomial(n, table.ravel() / n, size=resamples).reshape(-1, 2, 2)
    found = kappa(drawn)
    found = found[np.isfinite(found)]
    low, high = np.percentile(found, _BOUNDS) if len(found) else (np.nan, np.nan)
    return {"kappa_low": float(low), "kappa_high": float(high)}


def _found(both: pd.DataFrame, coder: str, random: np.random.Generator, *, resamples: int) -> dict[str, float]:
    """Precision and recall of the dictionary, the coder taken for the truth."""
    halves = [both[both[DICTIONARY] == verdict] for verdict in (1, 0)]
    n = [len(half) for half in halves]
    if min(n) < intervals.LEAST:
        return {}
    yes = [float(half[coder].sum()) for half in halves]
    population = [float(half["population"].iloc[0]) for half in halves]
    right, missed = (population[half] * yes[half] / n[half] for half in (0, 1))
    low, high = intervals.share(np.asarray([yes[0]]), n[0])
    draws = [
        population[half] * random.beta(yes[half] + 0.5, n[half] - yes[half] + 0.5, size=resamples) for half in (0, 1)
    ]
    found = {"precision": yes[0] / n[0], "precision_low": float(low[0]), "precision_high": float(high[0])}
    if not right + missed:
        return found
    recall, bounds = right / (right + missed), np.percentile(draws[0] / (draws[0] + draws[1]), _BOUNDS)
    return found | {
        "recall": recall,
        # As Brown, Cai and DasGupta do at both ends: what was seen of all, or of none, cannot be ruled out.
        "recall_low": 0.0 if recall == 0 else float(bounds[0]),
        "recall_high": 1.0 if recall == 1 else float(bounds[1]),
    }


def _table(table: Sheet, columns: list[str], what: str) -> pd.DataFrame:
    # A spreadsheet may save rows below the last that hold nothing.
    frame = (table if isinstance(table, pd.DataFrame) else _read(Path(table))).dropna(how="all").copy()
    if missing := [name for name in columns if name not in frame]:
        raise AnalysisError(
            f"{what} has no column {missing[0]!r}; it is one that sample made, with codes written into it"
        )
    frame["item"] = pd.to_numeric(frame["item"], errors="coerce")
    if frame[["item", "theme"]].isna().any(axis=None):
        raise AnalysisError(f"{what} has a row without the number of an item, or without a theme")
    frame["item"] = frame["item"].astype("int64")
    if frame["item"].duplicated().any():
        raise AnalysisError(f"{what} has item {frame['item'][frame['item'].duplicated()].iloc[0]} twice")
    return frame


def _read(path: Path) -> pd.DataFrame:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = path.read_text(encoding)
            header = text.partition("\n")[0]
            # Spreadsheets save semicolons where the comma is the decimal point.
            return pd.read_csv(StringIO(text), sep=max(",;\t", key=header.count))
        except UnicodeDecodeError:
            continue
        except (OSError, ValueError) as error:
            raise AnalysisError(f"{path}: {error}") from None
    raise AnalysisError(f"{path}: neither UTF-8 nor GB18030; save it as CSV in UTF-8")


def _codes(table: pd.DataFrame, name: str, codes: Mapping[str, float], write: str) -> pd.Series[float]:
    """A column of codes as numbers; a figure may be as wide as a Chinese letter."""
    cells = table[name].map(lambda cell: "" if pd.isna(cell) else normalize("NFKC", str(cell)).strip().lower())
    if (wrong := ~cells.isin(codes)).any():
        item, cell = table.loc[wrong, "item"].iloc[0], table.loc[wrong, name].iloc[0]
        raise AnalysisError(f"{name}, item {item}: {str(cell)!r} is no code; {write}")
    return cells.map(codes).astype("float64")


def _with_key(sheet: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """The sheet with what the dictionary says of each item, 1 or 0, and of how many paragraphs it says so."""
    key[DICTIONARY] = _codes(key, "verdict", _VERDICTS, "sample writes True or False")
    key["population"] = pd.to_numeric(key["population"], errors="coerce")
    if not (key["population"] > 0).all():
        raise AnalysisError("the key has an item without its population: how many paragraphs have the same verdict")
    columns = ["item", "theme", DICTIONARY, "population"]
    joined = sheet.drop(columns=columns[2:], errors="ignore").merge(key[columns], on=["item", "theme"], how="left")
    if (lost := joined[DICTIONARY].isna()).any():
        raise AnalysisError(
            f"the key has no item {joined.loc[lost, 'item'].iloc[0]} of this theme: it is of another sample"
        )
    return joined
