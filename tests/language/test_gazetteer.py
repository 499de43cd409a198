"""The list of places is sound: codes, levels, names and what belongs to what."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from corpus_tools.language.gazetteer import Place, places


def test_codes_levels_and_names_are_sound() -> None:
    rows = places()
    assert len({(place.code, place.name) for place in rows}) == len(rows)
    assert [place.code for place in rows] == sorted(place.code for place in rows)
    for place in rows:
        assert re.fullmatch(r"\d{6}", place.code)
        assert re.fullmatch(r"[\u4e00-\u9fff]+", place.name)
        assert place.short is None or (place.name.startswith(place.short) and len(place.short) > 1)


def test_every_place_lies_in_a_province_of_its_code() -> None:
    provinces = {place.code[:2]: place.name for place in places() if place.level == "province"}
    assert (
        len(provinces) == 34
    )  # 23 provinces, 5 autonomous regions, 4 municipalities, 2 special administrative regions
    assert all(place.province == provinces[place.code[:2]] for place in places() if place.level != "province")
    prefectures = {place.name for place in places() if place.level == "prefecture"}
    assert {place.prefecture for place in places() if place.prefecture} <= prefectures


@pytest.mark.parametrize(
    ("name", "code", "level", "province", "prefecture"),
    [
        ("山西省", "140000", "province", None, None),
        ("长治市", "140400", "prefecture", "山西省", None),
        ("义乌市", "330782", "county", "浙江省", "金华市"),
        ("海淀区", "110108", "county", "北京市", None),
        ("乾县", "610424", "county", "陕西省", "咸阳市"),
        ("延边朝鲜族自治州", "222400", "prefecture", "吉林省", None),
    ],
)
def test_known_places(name: str, code: str, level: str, province: str | None, prefecture: str | None) -> None:
    found = {(p.code, p.level, p.province, p.prefecture) for p in places() if p.name == name}
    assert (code, level, province, prefecture) in found


def test_short_names_leave_out_what_kind_of_place_it_is() -> None:
    short = {place.name: place.short for place in places()}
    assert short["长治市"] == "长治"
    assert short["内蒙古自治区"] == "内蒙古"
    assert short["乾县"] is None
    assert isinstance(places()[0], Place)


def test_the_numbers_of_places_are_those_of_the_country() -> None:
    counts = Counter(place.level for place in places())
    # 333 prefectures and 2,843 counties at the end of 2023, and those renamed since the 1990s under their old codes.
    assert 333 <= counts["prefecture"] < 400
    assert 2_700 < counts["county"] < 3_200
