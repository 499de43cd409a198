"""The base install needs no compiler: each of its packages comes as a wheel, or is Python alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from locked import BASE, PYTHONS, ROOT, chosen, files, installed, needed
from packaging.utils import canonicalize_name, parse_sdist_filename, parse_wheel_filename

# The one package without a wheel; its source holds Python and a dictionary.
PURE_SOURCE = "jieba"
COMPILED = {".so", ".pyd", ".dylib", ".dll", ".c", ".cpp", ".pyx", ".rs"}
# The oldest systems that are promised (docs/dependencies.md): a wheel says the oldest that it runs on.
MACHINES = {
    "Linux, x86-64": ("linux", re.compile(r"manylinux_2_(\d+)_x86_64"), 28),
    "Linux, ARM": ("linux", re.compile(r"manylinux_2_(\d+)_aarch64"), 28),
    "macOS, ARM": ("darwin", re.compile(r"macosx_(\d+)_\d+_(?:arm64|universal2)"), 14),
    "Windows, x86-64": ("win32", re.compile(r"win_amd6(4)"), 4),
}


def base(python: str, system: str) -> set[str]:
    """The packages of the base install that are locked there: those of which a file is listed."""
    listed = {canonicalize_name(name) for name, _, _ in map(parsed, files())}
    return {name for name in chosen(python, system) if name in listed}


def parsed(file: str) -> tuple[str, str, object]:
    if file.endswith(".tar.gz"):
        name, version = parse_sdist_filename(file)
        return name, str(version), None
    name, version, _, tags = parse_wheel_filename(file)
    return name, str(version), tags


def fits(tags: object, python: str, machine: str) -> bool:
    """Whether a wheel can be installed, by PEP 425: its Python and ABI, and its system no newer than promised."""
    _, pattern, newest = MACHINES[machine]
    minor = int(python.split(".")[1])
    for tag in tags:  # type: ignore[attr-defined]
        exact = tag.interpreter == f"cp3{minor}" and tag.abi in (f"cp3{minor}", "none")
        stable = tag.abi == "abi3" and int(tag.interpreter[3:]) <= minor
        pure = tag.interpreter == "py3" and tag.abi == "none"
        known = pattern.fullmatch(tag.platform)
        if (exact or stable or pure) and (tag.platform == "any" or (known and int(known[1]) <= newest)):
            return True
    return False


def without_wheel(python: str, machine: str) -> Iterator[str]:
    system = MACHINES[machine][0]
    locked = chosen(python, system)
    for name in base(python, system):
        pin = locked[name]
        usable = [
            file
            for file, sha256 in files().items()
            for found, version, tags in [parsed(file)]
            if found == name
            and version == str(pin.version)
            and sha256 in pin.hashes
            and tags
            and fits(tags, python, machine)
        ]
        if not usable:
            yield name


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("python", PYTHONS)
def test_a_wheel_of_everything_but_one(python: str, machine: str) -> None:
    assert list(without_wheel(python, machine)) == [PURE_SOURCE]


def test_all_of_the_base_install_is_listed() -> None:
    """By the metadata of what is installed here, with what that needs in turn."""
    listed = {parsed(file)[0] for file in files()}
    asked = {canonicalize_name(one.name) for _, one in needed(BASE)}
    assert {canonicalize_name(one.name) for one in BASE} <= asked
    assert asked - listed == set()


def test_the_one_without_a_wheel_is_python_alone() -> None:
    (source,) = (file for file in files() if not file.endswith(".whl"))
    assert parsed(source)[0] == PURE_SOURCE
    one = installed(PURE_SOURCE)
    assert one is not None
    assert "Root-Is-Purelib: true" in (one.read_text("WHEEL") or "")
    names = [str(file) for file in one.files or ()]
    assert "jieba/__init__.py" in names
    assert [name for name in names if any(name.endswith(suffix) for suffix in COMPILED)] == []


def test_the_project_itself_is_python_alone() -> None:
    package = ROOT / "corpus_tools"
    assert [path.name for path in package.rglob("*") if path.suffix in COMPILED] == []
    assert 'build-backend = "hatchling.build"' in (ROOT / "pyproject.toml").read_text("utf-8")
