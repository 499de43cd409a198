"""What pyproject.toml asks for, what requirements/ holds, and what is installed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LOCK, WHEELS = ROOT / "requirements" / "dev.lock", ROOT / "requirements" / "base-wheels.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
BASE = [Requirement(line) for line in PROJECT["dependencies"]]
EXTRAS = {name: [Requirement(line) for line in lines] for name, lines in PROJECT["optional-dependencies"].items()}

PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}


class Pin(NamedTuple):
    """One version of a package, the environments that it is for, and the SHA-256 of its files."""

    name: str
    version: Version
    marker: Marker | None
    hashes: frozenset[str]


def pins() -> list[Pin]:
    lines = LOCK.read_text("utf-8").replace("\\\n", " ").splitlines()
    return [_pin(line) for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _pin(line: str) -> Pin:
    asked = Requirement(line.split(" --hash", 1)[0])
    (one,) = asked.specifier
    assert one.operator == "==", line
    return Pin(
        canonicalize_name(asked.name),
        Version(one.version),
        asked.marker,
        frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})\b", line)),
    )


def environment(python: str, system: str) -> dict[str, str]:
    """The values of markers on a system of today: the newest patch of its Python."""
    return {
        "python_version": python,
        "python_full_version": f"{python}.99",
        "sys_platform": system,
        "platform_system": SYSTEMS[system],
        "os_name": "nt" if system == "win32" else "posix",
        "platform_machine": "x86_64",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }


def chosen(python: str, system: str) -> dict[str, Pin]:
    """The pins that hold there, by name; no name has two."""
    values, found = environment(python, system), {}
    for pin in pins():
        if pin.marker is None or pin.marker.evaluate(values):
            assert pin.name not in found, f"{pin.name} is locked twice for {python} on {system}"
            found[pin.name] = pin
    return found


def files() -> dict[str, str]:
    """The files of the base install with their SHA-256."""
    lines = WHEELS.read_text("utf-8").splitlines()
    return {name: sha256 for sha256, name in (line.split() for line in lines if not line.startswith("#"))}


def installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def needs(one: Distribution, extras: frozenset[str] = frozenset()) -> Iterator[Requirement]:
    """What an installed distribution needs here, with these of its extras."""
    for requirement in map(Requirement, one.requires or ()):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras}):
            yield requirement


def needed(first: list[Requirement]) -> Iterator[tuple[Distribution | None, Requirement]]:
    """All that these need here, by what is installed: who asks (none: the project) and for what."""
    waiting, met = [(None, one) for one in first], set()
    while waiting:
        asker, asked = waiting.pop()
        yield asker, asked
        found = installed(asked.name)
        met_as = (canonicalize_name(asked.name), frozenset(asked.extras))
        if found is not None and met_as not in met:
            met.add(met_as)
            waiting += [(found, one) for one in needs(found, met_as[1])]
