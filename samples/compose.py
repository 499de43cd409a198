"""Puts one invented report together from passages: a spec goes in, a list of (role, text) lines comes out.

Slots in passages: ``{name}`` is a value of the place or year, ``{12-40}`` a whole number, ``{1.2-4.8}`` a number with
as many decimals, ``<a|b>`` one of the alternatives. Years before a passage (``"12-17 …"``) are the
years under review in ``review`` tables and the report's years elsewhere.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from figures import indicators

HERE = Path(__file__).resolve().parent
NUMERALS = "零一二三四五六七八九十"
THEMES = {
    "kexie": [
        "yinling",
        "chuangxin",
        "kepu",
        "nongcun",
        "xuehui",
        "zhiku",
        "rencai",
        "qingshao",
        "zuzhi",
        "shuzi",
        "dangjian",
    ],
    "zhengfu": [
        "jingji",
        "gongye",
        "nongye",
        "chengjian",
        "gaige",
        "shengtai",
        "minsheng",
        "wenhua",
        "anquan",
        "zishen",
    ],
    "gonghui": ["gh_jingsai", "gh_weiquan", "gh_bangfu", "gh_jianhui"],
    "fulian": ["fl_yinling", "fl_fazhan", "fl_weiquan", "fl_jiating", "fl_gaige"],
    "fayuan": ["fy_xingshi", "fy_minshi", "fy_weimin", "fy_gaige", "fy_duiwu"],
}
TWICE = ("jingji", "gh_", "fl_", "fy_")  # themes that need two paragraphs: figures, and bodies with few themes
ONE_TABLE_PLANS = {"gonghui": "gh", "fulian": "fl", "fayuan": "fy"}
WHO = {"kexie": "委员", "zhengfu": "代表", "gonghui": "委员", "fulian": "执委", "fayuan": "代表"}
ORG = {"kexie": "科协常委会", "zhengfu": "人民政府", "gonghui": "总工会常委会", "fulian": "妇联", "fayuan": "法院"}
SPEAKERS = ["周砚舟", "陆怀远", "沈青禾", "秦望川", "许知行", "顾明夷", "梁思齐", "宋若谷", "韩立本", "唐海澄"]
ABOVE = {
    "province": ("国家", "全国", "党中央、国务院", "中国科协"),
    "city": ("省", "全省", "省委、省政府", "省科协"),
    "county": ("市", "全市", "市委、市政府", "市科协"),
    "district": ("市", "全市", "市委、市政府", "市科协"),
}
BELOW = {"province": "市县", "city": "县区", "county": "乡镇", "district": "街道"}

Lines = list[tuple[str, str]]


@dataclass
class Spec:
    """One row of reports.csv: what report to write."""

    stem: str
    place: str
    body: str
    year: int
    kind: str
    headings: str = "own"
    title: str = "a"
    extra: dict[str, Any] = field(default_factory=dict)


class Composer:
    """Draws passages, the least used first, so that two reports seldom share one."""

    def __init__(self) -> None:
        self.bank: dict[str, Any] = {"review": {}, "plan": {}}
        for path in sorted((HERE / "passages").glob("*.toml")):
            for part, table in tomllib.loads(path.read_text("utf-8")).items():
                self.bank.setdefault(part, {}).update(table)
        self.places = tomllib.loads((HERE / "places.toml").read_text("utf-8"))["place"]
        self.used: Counter[str] = Counter()

    def write(self, spec: Spec) -> Lines:
        """Return the lines of the undamaged report; roles are title, meta, salute, head1, head2, para and sign."""
        writer = _Writer(self, spec)
        lines = writer.lines()
        if spec.extra.get("dash"):
            after = next(i for i, (role, _) in enumerate(lines) if role == "para") + 1
            lines.insert(after, ("para", writer.common("dash")))
        return lines


class _Writer:
    """The state of one report while it is written."""

    def __init__(self, composer: Composer, spec: Spec) -> None:
        self.composer, self.spec, self.bank = composer, spec, composer.bank
        self.rng = random.Random(f"{spec.stem}/{spec.year}")
        self.past = spec.year if spec.kind == "summary" else spec.year - 1
        self.slots, self.drawn = self._slots(), set[str]()
        self.style = self.rng.choice(["（{}）", "（{}）", "{}."])

    def lines(self) -> Lines:
        """Return the whole report by its kind."""
        kinds = {"speech": self._speech, "summary": self._summary, "plan": self._plan}
        return kinds.get(self.spec.kind, self._report)()

    def _slots(self) -> dict[str, str]:
        spec, place, bank = self.spec, self.composer.places[self.spec.place], self.bank
        level, key = place["suffix"], str(self.spec.year)
        upper, all_upper, upper_party, upper_body = ABOVE[place["level"]]
        return indicators(place["gdp2011"], year=self.past) | {
            "P": place["name"], "PL": place["name"] + level, "L": level, "U": upper, "UA": all_upper,
            "UW": upper_party, "UK": upper_body, "S": BELOW[place["level"]], "Y": key, "LY": str(self.past),
            "camp": place["campaign"], "ind": place["industry"][0], "ind2": place["industry"][1],
            "who": WHO[spec.body], "org": level + ORG[spec.body], "guide": bank["guide"][key],
            "spirit": bank["spirit"][key], "mark": bank["mark"][key], "mark_y": f"{key}年是{bank['mark'][key]}",
            **{name: place[name] for name in ("crop", "park", "river", "road", "hill")},
        }  # fmt: skip

    def fill(self, text: str) -> str:
        """Fill slots, draw numbers and choose alternatives of one passage."""
        text = re.sub(r"<([^<>|]*\|[^<>]*)>", lambda m: self.rng.choice(m[1].split("|")), text)
        text = re.sub(r"\{([\d.]+)-([\d.]+)\}", self._number, text)
        return re.sub(r"\{(\w+)\}", lambda m: self.slots[m[1]], text)

    def _number(self, match: re.Match[str]) -> str:
        low, high = match[1], match[2]
        digits = len(low.partition(".")[2])
        if digits:
            return f"{self.rng.uniform(float(low), float(high)):.{digits}f}"
        step = 10 if int(low) >= 300 else 1
        return str(self.rng.randrange(int(low), int(high) + 1, step))

    def draw(self, texts: list[str], year: int) -> str | None:
        """Return the least used passage that fits ``year``, filled, or None where none fits."""
        fitting = [text for text in texts if _fits(text, year) and text not in self.drawn]
        if not fitting:
            return None
        least = min(self.composer.used[text] for text in fitting)
        choice = self.rng.choice([text for text in fitting if self.composer.used[text] == least])
        self.composer.used[choice] += 1
        self.drawn.add(choice)
        return self.fill(choice.split(" ", 1)[1])

    def common(self, part: str) -> str:
        """Draw from a table of tongyong.toml by body, else from its ``all`` list."""
        table = self.bank[part]
        text = self.draw(table.get(self.spec.body, table.get("all", [])), self.spec.year)
        assert text, (part, self.spec.body, self.spec.year)
        return text

    def _section(self, part: str, theme: str, number: int) -> Lines:
        table, year = self.bank[part][theme], self.past if part == "review" else self.spec.year
        texts = [self.draw(table["texts"], year)]
        if part == "review" and (theme.startswith(TWICE) or self.rng.random() < 0.3):
            texts.append(self.draw(table["texts"], year))
        head = self.draw(table["heads"], year)
        return self._headed(head, [text for text in dict.fromkeys(texts) if text], number)

    def _headed(self, head: str | None, texts: list[str], number: int) -> Lines:
        """Set a heading over its paragraphs, in the way of the report: own line, run in, bare or none."""
        if not texts or not head:
            return [("para", text) for text in texts]
        mark = self.style.format(NUMERALS[number] if self.style != "{}." else number)
        if self.spec.headings == "run":
            return [("para", f"{mark}{head}。{texts[0]}"), *(("para", text) for text in texts[1:])]
        head = head if self.spec.headings == "bare" else mark + head
        return [("head2", head), *(("para", text) for text in texts)]

    def sections(self, part: str, themes: list[str]) -> Lines:
        """Return numbered sections of ``part``; themes without a fitting passage are left out."""
        lines: Lines = []
        number = 0
        for theme in themes:
            block = self._section(part, theme, number + 1) if theme in self.bank[part] else []
            number += bool(block)
            lines += block
        return lines

    def _themes(self, count: int) -> list[str]:
        """Choose ``count`` themes, in their order, always with the first."""
        themes = THEMES[self.spec.body]
        chosen = {themes[0], *self.rng.sample(themes[1:], min(count - 1, len(themes) - 1))}
        return [theme for theme in themes if theme in chosen]

    def _report(self) -> Lines:
        spec, key = self.spec, ONE_TABLE_PLANS.get(self.spec.body)
        review = self.sections("review", self._themes(8))
        more = self.bank["more"].get(spec.body, [])
        extra = [self.draw(more, self.past) for _ in range(4 if key else 1)]
        review += [("para", text) for text in extra if text]
        plan = self._plans(7)
        greeting = f"各位{WHO[spec.body]}" + ("：" if spec.body in ("zhengfu", "fayuan") else "、同志们：")
        return [
            *self._head(), ("salute", greeting), ("para", self.common("opening")),
            ("head1", f"一、{self.past}年工作回顾"), ("para", self.common("overview")), *review,
            *(self._table() if spec.extra.get("table") else []),
            ("para", self.common("results")), ("para", self.common("problems")),
            ("head1", f"二、{spec.year}年主要工作"), ("para", self.common("situation")),
            ("para", self.common("require")), *plan, ("para", self.common("closing")),
        ]  # fmt: skip

    def _table(self) -> Lines:
        """A table of figures in the middle of the report: one line a row, cells joined by tabs."""
        rows = self.bank["table"].get(self.spec.body, self.bank["table"]["kexie"])
        return [("table", self.fill(row)) for row in rows]

    def _plans(self, count: int) -> Lines:
        key = ONE_TABLE_PLANS.get(self.spec.body)
        if not key:
            return self.sections("plan", self._themes(count))
        table = self.bank["plan"][key]
        texts = [self.fill(text.split(" ", 1)[1]) for text in table["texts"] if _fits(text, self.spec.year)]
        heads = [head.split(" ", 1)[1] for head in table["heads"]]
        parts = [texts[:1], texts[1:2], texts[2:]]
        return [line for i, head in enumerate(heads) for line in self._headed(head, parts[i], i + 1)]

    def _head(self) -> Lines:
        """Title, occasion and speaker."""
        spec, slots, rng = self.spec, self.slots, self.rng
        term, session = self._session()
        month = rng.choice([1, 2, 3])
        if spec.year == 2020:  # congresses met before the epidemic, associations after its first wave
            month = 1 if spec.body in ("zhengfu", "fayuan") else 4
        day = f"{spec.year}年{month}月{rng.randrange(6, 28)}日"
        speaker = rng.choice(SPEAKERS)
        full = slots["PL"]
        if spec.body in ("zhengfu", "fayuan"):
            court = {"市": "中级", "省": "高级"}.get(slots["L"], "")
            what = "政府工作报告" if spec.body == "zhengfu" else f"{full}{court}人民法院工作报告"
            who = f"{full}人民政府{slots['L']}长" if spec.body == "zhengfu" else f"{full}{court}人民法院院长"
            title = what if spec.title == "a" or spec.body == "fayuan" else f"{spec.year}年{full}{what}"
            occasion = f"——{day}在{full}第{term}届人民代表大会第{session}次会议上"
            return [("title", title), ("meta", occasion), ("meta", f"{who}　{speaker}")]
        body = {"kexie": "科协", "gonghui": "总工会", "fulian": "妇联"}[spec.body]
        meeting = "执行委员会第{}次会议" if spec.body == "fulian" else "委员会第{}次全体会议"
        title = f"在{full}{body}第{term}届{meeting.format(session)}上的工作报告"
        if spec.title == "b":
            title = f"{spec.year}年{full}{body}全委会工作报告"
        return [("title", title), ("meta", f"（{day}）"), ("meta", f"{slots['L']}{body}主席　{speaker}")]

    def _session(self) -> tuple[str, str]:
        """Number of the term and of its session; masked places mask them too."""
        place, year = self.composer.places[self.spec.place], self.spec.year
        if place["name"].lower() == "xx":
            return place["name"], place["name"]
        start = max(first for first in (2012, 2017, 2022) if first <= year)
        return _numeral(place["congress"] + (start - 2012) // 5), _numeral(year - start + 1)

    def _speech(self) -> Lines:
        spec, slots, speech = self.spec, self.slots, self.bank["speech"]
        term, session = self._session()
        lines: Lines = [
            ("title", f"在{slots['PL']}科协{term}届{session}次全委会议上的讲话"),
            ("meta", f"（{spec.year}年{self.rng.choice([1, 2, 3])}月{self.rng.randrange(6, 28)}日）"),
            ("salute", "同志们："), ("para", str(self.draw(speech["opening"], spec.year))),
            ("para", self.common("overview")),
        ]  # fmt: skip
        for number, head in enumerate(speech["heads"]):
            lines.append(("head1", head))
            texts = [self.draw(speech["texts"], spec.year) for _ in range(3)]
            if number == 0:
                texts.insert(0, self.common("situation"))
            if number == 1:
                texts += [self.draw(self.bank["plan"][t]["texts"], spec.year) for t in ("chuangxin", "kepu", "rencai")]
            lines += [("para", text) for text in dict.fromkeys(texts) if text]
        return [*lines, ("para", str(self.draw(speech["closing"][:1], spec.year)))]

    def _summary(self) -> Lines:
        half, slots = self.bank["half"], self.slots
        full = f"{slots['PL']}科学技术协会"
        plan = self.sections("plan", self._themes(10))
        return [
            ("title", f"{full}{self.spec.year}年上半年工作总结及下半年工作计划"),
            ("para", str(self.draw(half["opening"], self.spec.year))), ("head1", "一、上半年主要工作"),
            *self.sections("review", self._themes(10)), ("head1", "二、存在的问题"),
            ("para", str(self.draw(half["problem"], self.spec.year))), ("head1", "三、下半年工作计划"), *plan,
            ("para", str(self.draw(half["closing"], self.spec.year))), ("sign", full),
            ("sign", f"{self.spec.year}年{self.rng.choice([6, 7])}月{self.rng.randrange(3, 28)}日"),
        ]  # fmt: skip

    def _plan(self) -> Lines:
        half, slots, year = self.bank["half"], self.slots, self.spec.year
        full = f"{slots['PL']}科学技术协会"
        lines: Lines = [("title", f"{full}{year}年工作要点"), ("para", str(self.draw(half["point"], year)))]
        number = 0
        for theme in THEMES["kexie"]:
            texts = [self.draw(self.bank["plan"][theme]["texts"], year) for _ in range(2)]
            kept = [text for text in dict.fromkeys(texts) if text]
            if not kept:
                continue
            number += 1
            head = self.draw(self.bank["plan"][theme]["heads"], year)
            lines.append(("head1", f"{_numeral(number)}、{head}"))
            lines += [("para", f"{i}．{text}") for i, text in enumerate(kept, start=1)]
        lines.append(("head1", f"{_numeral(number + 1)}、加强组织保障，确保任务落实"))
        steps = [str(self.draw(half["steps"], year)) for _ in range(5)]
        lines += [("para", f"{i}．{text}") for i, text in enumerate(steps, start=1)]
        return [
            *lines,
            ("para", str(self.draw(half["tail"], year))),
            ("sign", full),
            ("sign", f"{year}年2月{16 + number}日"),
        ]


def _fits(text: str, year: int) -> bool:
    first, last = text.split(" ", 1)[0].split("-")
    return int(first) <= year - 2000 <= int(last)


def _numeral(number: int) -> str:
    """Chinese numeral of 1 to 19."""
    return NUMERALS[number] if number <= 10 else f"十{NUMERALS[number - 10]}"
