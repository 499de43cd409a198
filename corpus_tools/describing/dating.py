"""The years in which a report can have been delivered, by what does not move when a site moves its figures forward.

Sites move all four-digit years of a page by the same amount; words stay: formulae, congresses, plan periods, leaders,
anniversaries, years in Chinese numerals. Each is a witness with its own earliest and latest year. Facts: data/dating.toml,
data/sessions.toml, data/slogans.csv.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus_tools.data import toml
from corpus_tools.describing.sessions import number, party_year, people_year
from corpus_tools.language.lexicon import lean, matched
from corpus_tools.language.slogans import slogans

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

# A claimed year is contradicted from this weight of witnesses on, less the weight that speaks against every other year.
ENOUGH = 1.0
# A short text may look back with its one plan or congress: there a second witness must agree.
ENOUGH_OF_SHORT, LONG = 1.5, 6000
HEAD = 300  # characters: a congress's session that is named here is the one that the report was made to
# Years of a plan before its first and after its last one in which it is the newest that a report names, measured on the
# reports of the State Council 1954–2026 and the provinces 2025/26: the seventh (1986) in 1981, the sixteenth (2031) in 2026.
AHEAD, BEHIND = 5, 1
FIRST_REGULAR = 12  # from the Party's 12th congress (1982) on they meet every five years
SECOND = 2  # the first plan is history that is told ever since
FIVE_YEARLY = 6  # the plans before were spoken of long before and followed each other with gaps
SHORT = 5000  # characters: the beginning of a report may name the old congress only, the whole names the new one
LAW_FIRST = 1986  # the first plan to spread knowledge of the law (一五普法); each takes five years
# A text of so many characters names something at most so many years old (measured: 6 in both, mostly 0 or 1).
SILENCE = ((10_000, 6), (4_000, 8))
NEWS = ("formula", "event", "congress", "session")
SPOKEN = 6  # fewer different formulae and events: a text of one subject, which has little occasion for new ones
NUMERALS = 4  # different years in Chinese numerals: fewer are quotations
AROUND = 24  # characters beside a year in which the thing it belongs to is named
SHIFTED = 3  # a year stated later by less may be another plan's, a congress's or a province's own goal

_NUMBER = r"[一二三四五六七八九十]{1,3}"
_PLAN = re.compile(r"五(?:[”\"」』’](?![^，。；]{0,4}(?:法|环境))|(?=时期|期间|规划|计划|末|纲要)|年(?:计划|规划))")
_WHICH = re.compile(
    rf"(?:[“\"「『‘]|(?<![第〇零一二三四五六七八九十百\d]))(?P<plan>(?:二?十)?[一二三四五六七八九]?)\Z|第(?P<full>{_NUMBER})个\Z"
)
_COMPARED = re.compile(r"(?:比|较|同|于|超过|相当)(?:整个|全部)?\Z")  # 比“八五”时期增长: a figure to compare with
_LAW = re.compile(r"五[”\"」』’]?(?:普法|法[制治]宣传)")
# From the second letter on: the first stands alone so that the engine can skip to it.
_CONGRESS = re.compile(
    r"[党共中二十](?:(?:(?<=党)的?|(?<=共)产党)(?P<party>(?:二?十)?[一二三四五六七八九]|二?十)大(?![项类个])"
    rf"|(?<=中)国共产党第(?P<full>{_NUMBER})次(?:全国)?代表大会"
    r"|(?<![一二三四五六七八九十].)(?:(?<=二)十[一二三四五六七八九]?|(?<=十)[一二三四五六七八九])大(?=精神|报告|召开|胜利|[、和]))"
)
_OTHER_BODY = re.compile(r"(?:工会|团|妇女|妇联|文联|科协|作协|侨联|残联|工商联|记协)的?\Z")
_PLENUM = re.compile(r"届(?:[一二三四五六七八九]中(?:全会)?[、和])*([一二三四五六七八九十]{1,2})中全会")
_COMMITTEE = re.compile(rf"(?<![一二三四五六七八九十]){_NUMBER}\Z")
_AHEAD = re.compile(r"(?:迎接|喜迎|即将|将要|将召开|筹备)[^。；]{0,12}\Z")
_AHEAD_AFTER = re.compile(r"\A[”\"]?(?:的)?(?:胜利)?(?:即将|将|召开之年|召开的一年|召开在即)")
_SESSION = re.compile(
    rf"[第一二三四五六七八九十](?:(?<=第){_NUMBER}届全国人民代表大会第|(?<!第)[一二三四五六七八九十]{{0,2}}届全国人大)({_NUMBER})次会议"
)
_HERE = re.compile(r"在(?:中华人民共和国)?\Z")
_CELEBRATED = (
    "[庆纪迎喜隆恰正今明](?:(?<=庆)祝|(?<=纪)念|(?<=迎)[接来]|(?<=喜)迎|(?<=隆)重|(?<=恰)逢|(?<=正)值|(?<=[今明])年是)"
    r"[^。；\n]{0,14}?"
)
_FIVE_YEARS = re.compile("五年来|五年间|过去(?:的)?五年|五年(?:的)?工作")
_NUMERAL_YEAR = re.compile(r"([一二])([九〇○零])([〇○零一二三四五六七八九])([〇○零一二三四五六七八九])年")
_FOUR_DIGITS = re.compile(r"\d(?<!\d\d)\d{3}(?!\d)")
_DIGIT_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}


class Evidence(NamedTuple):
    """A witness: its kind (a key of ``weights`` in data/dating.toml), its wording and where it stands in the text.

    ``start``: offset in characters, -1 for what is missing rather than found. ``earliest`` and ``latest``: the years
    of delivery that go with it, None for no bound. ``note``: why, in a short sentence.
    """

    kind: str
    found: str
    start: int
    earliest: int | None
    latest: int | None
    note: str

    def fits(self, year: int) -> bool:
        """Say whether a report of ``year`` can say this."""
        return (self.earliest is None or year >= self.earliest) and (self.latest is None or year <= self.latest)


@lru_cache(maxsize=1)  # the interval and the flag of one document ask one after the other
def evidence(text: str) -> tuple[Evidence, ...]:
    """Every witness of a clean text in simplified characters, by kind; a wording that comes again stands once."""
    found = [witness for finder in FINDERS for witness in finder(text)]
    return (*found, *_silence(text, found))


def interval(found: Iterable[Evidence]) -> tuple[int | None, int | None]:
    """First and last possible year of delivery, None for no bound.

    Every witness votes, with its weight, against the years it does not go with. Possible are the years that least weight
    speaks against, so that a stray word is outvoted; where two sides weigh the same, both stay possible.
    """
    weights = _by_bounds(found)
    years = _turning_points(weights)
    if not years:
        return None, None
    against = _against(weights, years)
    least = min(against)
    best = [year for year, weight in zip(years, against, strict=True) if weight == least]
    return (None if best[0] == years[0] else best[0]), (None if best[-1] == years[-1] else best[-1])


def contradicted(text: str, year: int, found: Iterable[Evidence] | None = None) -> tuple[Evidence, ...]:
    """The witnesses against a claimed year; empty where they are too few, or others speak against every year.

    ``found``: what :func:`evidence` gave for ``text``, where it is known already.
    """
    witnesses = evidence(text) if found is None else tuple(found)
    weights = _by_bounds(witnesses)
    against, *others = _against(weights, [year, *_turning_points(weights)])
    if against - min(others, default=0.0) < (ENOUGH if len(text) >= LONG else ENOUGH_OF_SHORT):
        return ()
    return tuple(w for w in witnesses if not w.fits(year))


def _by_bounds(witnesses: Iterable[Evidence]) -> dict[tuple[int | None, int | None], float]:
    """Witnesses of the same years as one, with the sum of their weights."""
    weights: dict[tuple[int | None, int | None], float] = {}
    for w in witnesses:
        bounds = w.earliest, w.latest
        weights[bounds] = weights.get(bounds, 0.0) + _facts()["weights"][w.kind]
    return weights


def _against(weights: dict[tuple[int | None, int | None], float], years: list[int]) -> list[float]:
    """What speaks against each of these years."""
    against = [0.0] * len(years)
    for (earliest, latest), weight in weights.items():
        for place, year in enumerate(years):
            if (earliest is not None and year < earliest) or (latest is not None and year > latest):
                against[place] += weight
    return against


def _turning_points(weights: dict[tuple[int | None, int | None], float]) -> list[int]:
    """All bounds and the years beside them: the first and the last stand for every year beyond."""
    return sorted({y + beside for bounds in weights for y in bounds if y is not None for beside in (-1, 0, 1)})


def _formulae(text: str) -> Iterator[Evidence]:
    """Formulae and events, in one pass over the text without white space and quotation marks."""
    letters, places = lean(text)
    automaton, known = _automaton()
    seen = set[str]()
    for which, start, end in automaton.find_matches_as_indexes(letters):
        kind, name, year, note = known[which]
        if year is not None and name not in seen:
            seen.add(name)
            yield Evidence(kind, letters[start:end], int(places[start]), year, None, note)


@cache
def _automaton() -> tuple[AhoCorasick, list[tuple[str, str, int | None, str]]]:
    """All formulae and events; those that say nothing (no year, low confidence, several readings, two letters,
    mere figures) only cover shorter ones."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    forms: dict[str, tuple[str, str, int | None, str]] = {}
    for name, year in _facts()["events"].items():
        for form in name.split("|"):
            forms[matched(form)] = ("event", name, year, f"nobody spoke of it before {year}")
    for slogan in slogans():
        certain = slogan.year is not None and slogan.confidence != "low" and not slogan.is_conditional
        for form in slogan.forms:
            year = slogan.year if certain and len(form) > 2 and not form.isdigit() else None
            forms[form] = ("formula", slogan.slogan, year, f"in use since {year}: {slogan.occasion}")
    return AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest), list(forms.values())


def _plans(text: str) -> Iterator[Evidence]:
    """The newest five-year plan that is named, and the newest plan to spread knowledge of the law."""
    named: dict[int, tuple[int, str]] = {}
    for m in _PLAN.finditer(text):
        which = _WHICH.search(text, max(0, m.start() - 5), m.start())
        whole = m.group().startswith("五年")  # 第十个五年计划, not 十五年规划
        count = number((which["full"] if whole else which["plan"]) or "") if which else 0
        if which and count and not _COMPARED.search(text, max(0, which.start() - 4), which.start()):
            named.setdefault(count, (which.start(), text[which.start() : m.end()]))
    if (newest := max(named, default=0)) >= SECOND:
        first, last = _plan(newest)
        earliest = first - AHEAD if newest >= FIVE_YEARLY else None
        note = f"the newest plan named is that of {first}–{last}"
        yield Evidence("plan", named[newest][1], named[newest][0], earliest, last + BEHIND, note)
    laws = {number(text[m.start() - 1]): m for m in reversed(list(_LAW.finditer(text, 1)))}
    if newest := max(laws, default=0):
        first, m = LAW_FIRST + 5 * (newest - 1), laws[newest]
        note = f"the newest plan to spread knowledge of the law is that of {first}–{first + 4}"
        yield Evidence("plan", text[m.start() - 1 : m.end()], m.start() - 1, first - 1, first + 5 + BEHIND, note)


def _plan(which: int) -> tuple[int, int]:
    first, last = _facts()["plans"].get(str(which)) or (1981 + 5 * (which - 6), 1985 + 5 * (which - 6))
    return first, last


def _congresses(text: str) -> Iterator[Evidence]:
    """The newest congress of the Party or plenum of its committee that is named; the next one bounds the year."""
    named: dict[int, list[re.Match[str]]] = {}
    for m in _CONGRESS.finditer(text):
        # 党的十八大以来 is an era without an end, 工会十七大 another body's.
        if text.startswith("以来", m.end()) or _OTHER_BODY.search(text, max(0, m.start() - 8), m.start()):
            continue
        named.setdefault(number(m["party"] or m["full"] or m.group()[:-1]), []).append(m)
    plenums = _plenums(text)
    if plenums:
        yield _plenum(text, max(plenums.items()), max(named, default=0))
    newest = max(named, default=0)
    if newest < FIRST_REGULAR or newest < max((n for n, _ in plenums), default=0):
        return  # older ones are history, told again and again
    year = party_year(newest)
    if all(
        _AHEAD.search(text[max(0, m.start() - 14) : m.start()]) or _AHEAD_AFTER.match(text, m.end())
        for m in named[newest]
    ):
        yield _at("congress", named[newest][0], (year - 1, year), f"the congress of {year} is still to come")
    else:
        note = f"the newest congress named is that of {year}"
        review = len(text) < SHORT  # five years told of in the spring after them
        yield _at("congress", named[newest][0], (year - 1, party_year(newest + 1) + review), note)


def _plenums(text: str) -> dict[tuple[int, int], tuple[int, int]]:
    """Each plenum that is named (十八届三中全会 is 18, 3), and where it is first: start and end."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for m in _PLENUM.finditer(text):
        if which := _COMMITTEE.search(text, max(0, m.start() - 4), m.start()):
            found.setdefault((number(which.group()), number(m[1])), (which.start(), m.end()))
    return found


def _plenum(text: str, found: tuple[tuple[int, int], tuple[int, int]], named: int) -> Evidence:
    (which, session), (start, end) = found
    years = _facts()["plenums"].get(str(which), [])
    year = years[session - 1] if session <= len(years) else party_year(which) + min(session - 1, 5)
    newest = which >= FIRST_REGULAR and which >= named and not text.startswith("以来", end)
    latest = party_year(which + 1) if newest else None
    return Evidence("congress", text[start:end], start, year, latest, f"that plenum met in {year}")


def _people(text: str) -> Iterator[Evidence]:
    """The newest session of the National People's Congress: in the report's first lines it is the one that heard it."""
    best: tuple[int, re.Match[str]] | None = None
    for m in _holding("届全国人", _SESSION, text):
        year = people_year(number(m.group().partition("届")[0].removeprefix("第")), number(m[1]))
        if year and (best is None or year > best[0]):
            best = year, m
    if best:
        year, m = best
        heard = m.start() < HEAD and text.startswith("上", m.end()) and bool(_HERE.search(text, 0, m.start()))
        note = f"it met in {year}" + (" and heard this report" if heard else "")
        yield _at("session", m, (year if heard else year - 1, year if heard else None), note)


def _leaders(text: str) -> Iterator[Evidence]:
    """The Centre as it is named, the newest naming only."""
    for pattern, (first, *last) in reversed(_facts()["leaders"].items()):
        if m := re.search(pattern, text):
            yield _at("leader", m, (first, *last), f"the Centre is so named from {first}")
            return


def _anniversaries(text: str) -> Iterator[Evidence]:
    """The newest anniversary that is celebrated: the year itself, the one before and the one after."""
    pattern, bases = _anniversary()
    found = []
    for m in _holding("周年", pattern, text):
        base = next(base for name, base in bases.items() if m[name])
        years = 100 if m["n"] in ("百", "一百", "１００") else int(m["n"]) if m["n"].isdecimal() else number(m["n"])
        if years:
            found.append((base + years, m))
    if found:
        year, m = max(found, key=lambda pair: (pair[0], -pair[1].start()))
        review = 5 if _FIVE_YEARS.search(text) else 1  # a report on five years celebrates what lies as far back
        yield _at("anniversary", m, (year - 1, year + review), f"that anniversary is in {year}")


@cache
def _anniversary() -> tuple[re.Pattern[str], dict[str, int]]:
    table = {f"b{i}": pair for i, pair in enumerate(_facts()["anniversaries"].items())}
    bases = "|".join(f"(?P<{name}>{wording})" for name, (wording, _) in table.items())
    count = r"(?P<n>\d{2,3}|一?百|[一二三四五六七八九]?十[一二三四五六七八九]?)"
    pattern = re.compile(rf"{_CELEBRATED}(?:{bases})[”\"]?{count}周年")
    return pattern, {name: base for name, (_, base) in table.items()}


def _pairs(text: str) -> Iterator[Evidence]:
    """Fixed years stated later than they are: all years of the text in figures have been moved by as much."""
    stated = list(_stated(text))
    shifts = {shift for shift, _, _, _ in stated}
    if not stated or min(shifts) < 1:
        return
    if len(shifts) > 1 or len({what for _, what, _, _ in stated}) < 2:  # one alone may be a place's own, earlier goal
        stated = [pair for pair in stated if min(shifts) >= SHIFTED]
    years = Counter(int(y) for y in _DIGIT_YEAR.findall(text))
    if stated and years:
        shift, _, start, found = min(stated)
        told = years.most_common(1)[0][0] - shift
        note = f"that year is {shift} later than it was, so that the year told of is {told}"
        yield Evidence("pair", found, start, told - 1, told + 1, note)


def _stated(text: str) -> Iterator[tuple[int, int, int, str]]:
    """How much later a fixed year is stated than it was, which one, where, and the wording."""
    for year in _FOUR_DIGITS.finditer(text):
        left = max(0, year.start() - AROUND)
        around = text[left : year.end() + AROUND]
        for which, (wording, pattern, true) in enumerate(_known_pairs()):
            for m in pattern.finditer(around) if wording in around else ():
                if left + m.start("year") == year.start():
                    shift = min((int(year[0]) - y for y in true), key=abs)
                    yield shift, which, left + m.start(), m.group()


@cache
def _known_pairs() -> list[tuple[str, re.Pattern[str], tuple[int, ...]]]:
    also: dict[str, list[int]] = _facts()["pairs_also"]
    return [(_wording(p), re.compile(p), (true, *also.get(str(true), ()))) for p, true in _facts()["pairs"].items()]


def _wording(pattern: str) -> str:
    """The longest run of letters that every match of a pattern holds: what is neither in brackets nor optional."""
    flat = re.sub(r"\[[^]]*\]", " ", pattern)
    while "(" in flat:
        flat = re.sub(r"\([^()]*\)", " ", flat)
    return max(re.split(r"\\.|.[?*{]|\W", flat), key=len)


def _numerals(text: str) -> Iterator[Evidence]:
    """The newest year in Chinese numerals: a report that writes years so names its own, or goals that lie beyond."""
    found = {"".join(_DIGITS.get(c, c) for c in m.groups()): m for m in reversed(list(_NUMERAL_YEAR.finditer(text)))}
    if len(found) >= NUMERALS:
        year = max(found)
        yield _at("numeral", found[year], (None, int(year) + 2), "the newest year in Chinese numerals")


def _silence(text: str, found: list[Evidence]) -> Iterator[Evidence]:
    """Nothing of a long text is newer than some year: it was not made long after it."""
    news = [(w.earliest, w.found) for w in found if w.kind in NEWS and w.earliest is not None]
    lag = next((years for length, years in SILENCE if len(text) >= length), None)
    if lag is None or len(news) < SPOKEN:
        return
    year, wording = max(news)
    if year + lag < _facts()["horizon"]:
        yield Evidence("silence", wording, -1, None, year + lag, f"nothing in the text is newer than {year}")


def _holding(wording: str, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches of a pattern; a text without a wording that all of them hold has none, which is seen thirty times as fast."""
    return pattern.finditer(text) if wording in text else iter(())


def _at(kind: str, m: re.Match[str], years: tuple[int | None, ...], note: str) -> Evidence:
    earliest, latest = (*years, None)[:2]
    return Evidence(kind, m.group(), m.start(), earliest, latest, note)


@cache
def _facts() -> dict[str, Any]:
    return toml("dating.toml")


FINDERS: tuple[Callable[[str], Iterator[Evidence]], ...] = (
    _formulae,
    _plans,
    _congresses,
    _people,
    _leaders,
    _anniversaries,
    _pairs,
    _numerals,
)
