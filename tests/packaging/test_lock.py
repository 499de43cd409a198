"""The lock holds all of a development environment, within the bounds of pyproject.toml, and nothing of where it was made."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from locked import BASE, EXTRAS, LOCK, PYTHONS, ROOT, SYSTEMS, WHEELS, chosen, needed, pins
from packaging.utils import canonicalize_name
from packaging.version import Version

HERE = [(python, system) for python in PYTHONS for system in SYSTEMS]
ASKED = [*BASE, *EXTRAS["test"], *EXTRAS["lint"]]
# An address, a host, a folder of a machine, an option of pip that names one of these.
PLACES = re.compile(
    r"\w+://\S*|\b[\w-]+\.(?:org|com|net|io|cn|dev|local)\b|(?:^|\s)(?:/|~/|[A-Za-z]:\\)\S+| @ \S+"
    r"|--(?:extra-index-url|index-url|find-links|trusted-host|index)\b",
    re.MULTILINE,
)


def test_it_is_the_lock_of_these_pythons() -> None:
    classifiers = (ROOT / "pyproject.toml").read_text("utf-8")
    assert re.findall(r"Python :: (3\.\d+)", classifiers) == list(PYTHONS)


@pytest.mark.parametrize("path", [LOCK, WHEELS], ids=lambda path: path.name)
def test_it_names_no_host_and_no_folder(path: Path) -> None:
    assert PLACES.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://mirror.example/simple",
        "# from pypi.org",
        "numpy @ file:///srv/numpy.whl",
        "--find-links /srv/wheels",
        "-e C:\\work\\main",
    ],
)
def test_a_host_or_a_folder_would_be_found(line: str) -> None:
    assert PLACES.findall(f"numpy==2.4.6\n{line}\n") != []


@pytest.mark.parametrize(("python", "system"), HERE)
def test_every_requirement_is_locked_within_its_bounds(python: str, system: str) -> None:
    locked = chosen(python, system)
    for asked in ASKED:
        pin = locked.get(canonicalize_name(asked.name))
        assert pin is not None, f"{asked.name} is not locked: python tools/make_lock.py"
        assert pin.version in asked.specifier, f"{asked} is locked at {pin.version}: python tools/make_lock.py"


def test_every_pin_has_hashes() -> None:
    assert [pin.name for pin in pins() if not pin.hashes] == []


def test_what_installed_packages_need_is_locked() -> None:
    """An independent way: the packages' own metadata, where the installed version is the locked one."""
    locked = chosen(f"{sys.version_info[0]}.{sys.version_info[1]}", sys.platform)
    seen = 0
    for asker, asked in needed([*BASE, *EXTRAS["test"]]):
        if asker is None or Version(asker.version) == locked[canonicalize_name(asker.name)].version:
            pin = locked.get(canonicalize_name(asked.name))
            assert pin is not None, f"{asked.name} is not locked, and {asker.name if asker else 'the project'} needs it"
            assert pin.version in asked.specifier, f"{asker} needs {asked}, locked is {pin.version}"
            seen += 1
    assert seen > len(BASE) + len(EXTRAS["test"]) - 1
