"""Assembles the sample reports: damaged files in raw/, what a perfect cleaning gives in tests/expected/.

    python samples/assemble.py [--root DIR]

Reads reports.csv (one row a file), passages/, places.toml, sites.toml and damage.toml beside this script. The expected
texts are written from the undamaged lines, before any cleaner or damage is involved. Every run gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import tomllib  # noqa: E402

import damage  # noqa: E402
import render  # noqa: E402
from compose import SPEAKERS, Composer, Lines, Spec  # noqa: E402

ORGANISATIONS = {"kexie": "科协", "zhengfu": "政府", "gonghui": "工会", "fulian": "妇联", "fayuan": "法院"}
FULL_NAMES = {
    "kexie": "科学技术协会", "zhengfu": "人民政府", "gonghui": "总工会", "fulian": "妇女联合会", "fayuan": "人民法院",
}  # fmt: skip
COMMON_FORMS = str.maketrans("爲衆羣啓", "為眾群啟")  # OpenCC's s2t prefers forms that mirror sites do not use
OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(range(256)) * 8  # a binary .doc as it starts


def main() -> None:
    """Write everything below ``--root`` (the project's root unless told otherwise)."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=Path, default=HERE.parent)
    root = parser.parse_args().root
    rows = list(csv.DictReader((HERE / "reports.csv").open(encoding="utf-8", newline="")))
    composer, sites = Composer(), tomllib.loads((HERE / "sites.toml").read_text("utf-8"))
    written: dict[str, Lines] = {}
    index = [_one(row, composer=composer, sites=sites, written=written, root=root) for row in rows]
    _save(root / "raw/rejects/empty.txt", b"")
    _save(root / "raw/rejects/0a1b2c.doc", OLE_HEADER)
    _save_index(root / "tests/expected/index.csv", index)
    readme = (HERE / "raw_readme.md").read_text("utf-8").replace("{table}", _family_table(index))
    _save(root / "raw/README.md", readme.encode("utf-8"))


def _one(
    row: dict[str, str], *, composer: Composer, sites: dict[str, Any], written: dict[str, Lines], root: Path
) -> dict[str, str]:
    """Write one raw file and its expected text; return its row of the index."""
    path, extra = Path(row["path"]), dict(pair.split("=") for pair in row["extra"].split())
    families = row["damage"].split()
    rng = random.Random(f"damage/{path.stem}")
    lines = written[extra["same"]] if "same" in extra else _compose(row, composer, extra)
    lines = _apply(damage.MARKS, families, lines, rng)
    written[path.stem] = lines
    site = sites["html" if path.suffix in (".html", ".htm", ".mhtml") else "text"][row["site"]]
    values = _values(row, composer, lines, rng)
    raw = _apply(damage.FAMILIES, families, lines, rng)
    _save(root / "raw" / path, _encode(raw, path=path, row=row, site=site, values=values, trad="trad" in extra))
    expected = _expected(lines)
    _save(root / "tests/expected" / f"{path.stem}.txt", expected.encode("utf-8"))
    return _index_row(row, lines, [*families, *site["families"], *extra.keys() & {"trad", "table", "same"}], composer)


def _apply(table: dict[str, damage.Damage], names: list[str], lines: Lines, rng: random.Random) -> Lines:
    """Apply the named functions of ``table`` in order; one that changes nothing is a mistake in the plan."""
    for name in (name for name in names if name in table):
        changed = table[name](lines, rng)
        if changed == lines:
            raise SystemExit(f"{name} changes nothing in {lines[0][1]}")
        lines = changed
    return lines


def _compose(row: dict[str, str], composer: Composer, extra: dict[str, str]) -> Lines:
    if row["kind"] in ("resolution", "news"):
        title, *rest = composer.bank["distractor"][row["kind"]]
        return [("title", title), *(("meta" if text.startswith("（") else "para", text) for text in rest)]
    spec = Spec(
        stem=Path(row["path"]).stem, place=row["place"], body=row["body"], year=int(row["year"]), kind=row["kind"],
        title=row["title"], headings=row["headings"], extra={"table": "table" in extra, "dash": "dash" in extra},
    )  # fmt: skip
    lines = composer.write(spec)
    if "speaker" in extra:
        lines = [(role, re.sub("|".join(SPEAKERS), extra["speaker"], text)) for role, text in lines]
    return lines


def _values(row: dict[str, str], composer: Composer, lines: Lines, rng: random.Random) -> dict[str, str]:
    """Return what a site's frame says of the report: title, dates of upload, neighbours' years, numbers."""
    place, year = composer.places[row["place"]], int(row["year"])
    full = place["name"] + place["suffix"]
    month = rng.randrange(4, 13) if row["upload"] != row["year"] else 7 if row["kind"] == "summary" else 3
    heads = "\n".join(text for role, text in lines if role in ("head1", "head2"))
    return {
        "title": lines[0][1], "year": str(year), "prev": str(year - 1), "next": str(year + 1), "place": full,
        "upload": f"{row['upload'] or year}-{month:02d}-{rng.randrange(1, 28):02d}",
        "org": full + FULL_NAMES[row["body"]],
        "id": str(rng.randrange(10**6, 10**8)), "mm": str(rng.randrange(10, 59)), "outline": heads,
        "slug": f"{rng.randrange(16**10):010x}", "editor": rng.choice(["何小雨", "董小满", "柳如眉"]),
    }  # fmt: skip


def _encode(
    raw: Lines, *, path: Path, row: dict[str, str], site: dict[str, Any], values: dict[str, str], trad: bool
) -> bytes:
    """Return the bytes of the raw file by its suffix and encoding."""
    if path.suffix == ".docx":
        return render.word(raw, site, values)
    encoding = row["encoding"] or "utf-8"
    if path.suffix in (".html", ".htm", ".mhtml"):
        text = render.page(raw, site, values | {"charset": {"gb18030": "gbk"}.get(encoding, encoding)})
    elif path.suffix == ".md":
        text = render.markdown(raw, site, values)
    else:
        text = render.text(raw, site, values, rng=random.Random(f"layout/{path.stem}"))
    if trad:
        text = _traditional(text)
    if path.suffix == ".mhtml":
        return render.mhtml(text, f"http://www.{values['slug']}.example/zfxxgk/{values['id']}.html")
    # a page that claims gb2312 is in truth gb18030, as on most old sites
    encoding = "gb18030" if encoding == "gb2312" else encoding
    return text.encode(encoding, "xmlcharrefreplace" if encoding == "big5" else "strict")


def _traditional(text: str) -> str:
    """Convert character by character like a mirror site; refuse a text that does not come back the same."""
    import opencc

    converted = str(opencc.OpenCC("s2t").convert(text)).translate(COMMON_FORMS)
    for back in ("t2s", "tw2s"):
        if opencc.OpenCC(back).convert(converted) != text:
            raise SystemExit(f"{back} does not give the simplified text back: choose other words")
    return converted


def _expected(lines: Lines) -> str:
    return "\n".join(text for _, text in lines) + "\n"


def _index_row(row: dict[str, str], lines: Lines, families: list[str], composer: Composer) -> dict[str, str]:
    masked = "mask_year" in families
    place = composer.places[row["place"]]
    return {
        "path": row["path"], "title": lines[0][1], "year": "" if masked else row["year"], "kind": row["kind"],
        "organisation": ORGANISATIONS[row["body"]], "level": place["level"].replace("district", "county"),
        "place": place["name"] + place["suffix"], "families": ";".join(sorted(set(families))),
    }  # fmt: skip


def _family_table(index: list[dict[str, str]]) -> str:
    """Return a Markdown table of the families of damage and the files each of them is in."""
    families = sorted({family for row in index for family in row["families"].split(";") if family})
    rows = [
        f"| {family} | " + " · ".join(row["path"] for row in index if family in row["families"].split(";")) + " |"
        for family in families
    ]
    return "\n".join(["| family | files |", "| --- | --- |", *rows])


def _save(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _save_index(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["path"]))


if __name__ == "__main__":
    main()
