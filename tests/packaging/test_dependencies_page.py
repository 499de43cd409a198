"""docs/dependencies.md says of each dependency what pyproject.toml, the lock and the package itself say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution

from locked import BASE, EXTRAS, ROOT, files, installed, pins
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_sdist_filename, parse_wheel_filename

PAGE = ROOT / "docs" / "dependencies.md"
# How families of licences are named, in SPDX expressions, classifiers and free words.
FAMILIES = {
    "AGPL": r"AGPL|Affero",
    "LGPL": r"LGPL|Lesser",
    "GPL": r"(?<![AL])GPL|GNU General",
    "MPL": r"MPL|Mozilla",
    "Apache": r"Apache",
    "BSD": r"BSD",
    "MIT": r"\bMIT\b",
    "ISC": r"\bISC",
    "PSF": r"PSF|Python Software Foundation",
}
BINDING = {"AGPL", "LGPL", "GPL"}


def rows(*columns: str) -> list[dict[str, str]]:
    """The table of the page that has these columns."""
    found = []
    lines = iter(PAGE.read_text("utf-8").splitlines())
    for line in lines:
        if _cells(line) == list(columns):
            next(lines)
            for row in lines:
                if not row.startswith("|"):
                    break
                found.append(dict(zip(columns, _cells(row), strict=True)))
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []


def base() -> list[dict[str, str]]:
    return rows("package", "bound", "what for", "why this bound", "licence", "files")


def brought() -> list[dict[str, str]]:
    return rows("package", "licence")


def extras() -> list[dict[str, str]]:
    return rows("package", "extra", "bound", "what for", "why this bound", "licence")


def bound(one: Requirement) -> str:
    return f"`{one.specifier}`" if one.specifier else "`*`"


def test_the_base_install_and_its_bounds() -> None:
    assert [(row["package"], row["bound"]) for row in base()] == [(one.name, bound(one)) for one in BASE]


def test_the_extras_and_their_bounds() -> None:
    asked: dict[tuple[str, str], list[str]] = {}
    for extra, ones in EXTRAS.items():
        for one in ones:
            asked.setdefault((one.name, bound(one)), []).append(extra)
    assert {(row["package"], row["bound"]): row["extra"].split(", ") for row in extras()} == asked


def test_a_bound_has_its_reason_and_an_upper_one_too() -> None:
    assert [row["package"] for row in [*base(), *extras()] if not row["why this bound"] or not row["what for"]] == []
    above = [one.name for one in BASE for part in one.specifier if part.operator != ">="]
    assert above == ["jieba"]


def test_what_these_bring_is_what_the_lock_brings() -> None:
    listed = {canonicalize_name(_parsed(file)) for file in files()}
    assert [row["package"] for row in brought()] == sorted(listed - {canonicalize_name(one.name) for one in BASE})


def _parsed(file: str) -> str:
    return (parse_wheel_filename(file) if file.endswith(".whl") else parse_sdist_filename(file))[0]


def test_the_kinds_of_files() -> None:
    kinds: dict[str, str] = {}
    for file in files():
        kind = "source" if not file.endswith(".whl") else "Python" if file.endswith("-none-any.whl") else "compiled"
        kinds[_parsed(file)] = "compiled once" if "-abi3-" in file else kind
    assert {row["package"]: row["files"] for row in base()} == {
        one.name: kinds[canonicalize_name(one.name)] for one in BASE
    }


def test_licences_are_those_that_the_packages_state() -> None:
    """What the page says holds for the versions of the lock; a newer one may only not bind what uses it."""
    locked = {(pin.name, str(pin.version)) for pin in pins()}
    wrong, seen = [], 0
    for row in [*base(), *brought(), *extras()]:
        one = installed(row["package"])
        if one is not None:
            seen += 1
            said, known = stated(one), families(row["licence"])
            if ((canonicalize_name(one.name), one.version) in locked and known - said) or (said - known) & BINDING:
                wrong.append((row["package"], row["licence"], said))
    assert wrong == []
    assert seen >= len(BASE)


def test_no_licence_binds_what_uses_it() -> None:
    chosen = [*base(), *brought(), *(row for row in extras() if row["extra"] != "bench")]
    assert [row["package"] for row in chosen if families(row["licence"]) & BINDING] == []


def families(words: str) -> set[str]:
    return {name for name, pattern in FAMILIES.items() if re.search(pattern, words)}


def stated(one: Distribution) -> set[str]:
    """The families that a distribution's metadata names."""
    return {name for words in _licences(one) for name in families(words)}


def _licences(one: Distribution) -> Iterator[str]:
    yield one.metadata.get("License-Expression") or ""
    yield from (line for line in one.metadata.get_all("Classifier") or () if line.startswith("License ::"))
    yield (one.metadata.get("License") or "")[:100]  # some put the whole text there: its name comes first
