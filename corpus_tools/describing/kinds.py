"""What a document is, which organisation issued it and on which level."""

from __future__ import annotations

import re
from functools import cache

from corpus_tools.data import toml

HEAD = 1000
_FOR = re.compile(r"(?:代表|受)([^，。；]{2,30}?)(?:委托|[，,]?向(?:大会|全会|会议|各位)|[，,]?(?:作|做|报告))")
_WE = {
    "province": "[全我]省|全区各族|自治区",
    "city": "[全我]市",
    "county": "[全我]县|[全我]区(?!域)",
    "township": "[全我](?:乡|镇)",
}


@cache
def _tables() -> dict[str, dict[str, list[re.Pattern[str]]]]:
    tables = toml("kinds.toml")
    return {
        column: {value: [re.compile(p) for p in patterns] for value, patterns in values.items()}
        for column, values in tables.items()
    }


def report_kind(title: str | None) -> str | None:
    """work_report, speech, summary, plan, resolution, news or template; None where the title does not say."""
    return _first("kind", title or "")


def organisation(title: str | None, text: str) -> str | None:
    """The kind of body that reports (科协, 政府, 政协, …), from the title, else from whom the speaker says to speak for."""
    return _first("organisation", title or "") or _first("organisation", _spoken_for(text))


def level(title: str | None, text: str) -> str | None:
    """national, province, city, county or township: from the title, the body spoken for, or how the text says "we"."""
    return _first("level", title or "") or _first("level", _spoken_for(text)) or _self_reference(text)


def _spoken_for(text: str) -> str:
    """The lines above the salutation (where and by whom it was said), and the body in whose name the speaker reports."""
    above = re.split("各位|同志们", text[:HEAD])[0]
    found = _FOR.search(text[:HEAD])
    return (above[:150] if above != text[:HEAD] else "") + "\n" + (found.group(1) if found else "")


def _self_reference(text: str) -> str | None:
    counts = {level: len(re.findall(pattern, text)) for level, pattern in _WE.items()}
    best = max(counts, key=lambda level: counts[level])
    return best if counts[best] >= 3 else None


def _first(column: str, text: str) -> str | None:
    for value, patterns in _tables()[column].items():
        if any(p.search(text) for p in patterns):
            return value
    return None
