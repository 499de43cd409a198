"""Invented economic figures of a place and year; they follow one growth path, so reports of one place agree."""

from __future__ import annotations

# Growth of regional product by year, per cent: invented, shaped after the country's slowdown and the 2020 dip.
GROWTH = {
    2012: 11.2, 2013: 10.1, 2014: 9.0, 2015: 8.4, 2016: 8.1, 2017: 7.9, 2018: 7.4, 2019: 6.9, 2020: 2.6, 2021: 8.3,
    2022: 3.5, 2023: 5.7, 2024: 5.4, 2025: 5.2,
}  # fmt: skip
FIRST = 2011


def indicators(gdp2011: float, *, year: int) -> dict[str, str]:
    """Return the figures of ``year`` (review) and the targets of the year after as slot values.

    ``gdp2011`` is in units of 亿元; incomes are in 元, rates in per cent.
    """
    wealth = 0.85 + gdp2011 % 7 / 20  # incomes differ between places, from a sixth below to a fifth above
    gdp, urban, rural = gdp2011, 20150 * wealth, 7480 * wealth
    for past in range(FIRST + 1, year + 1):
        gdp, urban, rural = gdp * (1 + GROWTH[past] / 100), urban * _income(past), rural * (_income(past) + 0.011)
    growth = GROWTH.get(year, 13.1)
    rate = _income(year) * 100 - 100
    return {
        "gdp": f"{gdp:.1f}", "gdpg": f"{growth:.1f}", "gdpt": _target(year),
        "fis": f"{gdp * 0.084:.2f}", "fisg": f"{growth * 1.12:.1f}", "fist": f"{max(growth * 0.9, 3):.0f}",
        "indg": f"{growth * 1.09:.1f}", "invg": f"{growth * 1.6 + 1:.1f}", "retg": f"{growth * 1.15 + 0.6:.1f}",
        "incu": f"{urban:.0f}", "incr": f"{rural:.0f}", "incug": f"{rate:.1f}", "incrg": f"{rate + 1.1:.1f}",
    }  # fmt: skip


def _income(year: int) -> float:
    """Growth factor of urban incomes: a little under that of the product, never below two per cent."""
    return 1 + max(GROWTH.get(year, 13.1) * 0.93, 2.0) / 100


def _target(year: int) -> str:
    """The whole or half per cent a government would promise after ``year``."""
    return f"{round(max(GROWTH.get(year, 13.1) * 0.95, 5.5) * 2) / 2:g}"
