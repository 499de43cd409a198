"""Write the lock of the development environment, and the wheels of the base install: python tools/make_lock.py.

Wants uv (`pip install uv`), the newest of everything that pyproject.toml allows, and the network. Neither file names the index
that it was made from: a hash says what a file is, wherever it comes from.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

ROOT = Path(__file__).parents[1]
LOCK, WHEELS = ROOT / "requirements" / "dev.lock", ROOT / "requirements" / "base-wheels.txt"
EXTRAS = ("test", "lint")
# What the build of the project's own metadata reads.
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "corpus_tools/version.py", "corpus_tools/data/fonts/OFL.txt")
PYTHONS = ((3, 11), (3, 12), (3, 13))
# The oldest systems that have a wheel of everything; a newer system takes the wheels of older ones.
GLIBC, MACOS = (2, 28), (14, 0)
PLATFORMS = {
    "Linux, x86-64": [f"manylinux_2_{minor}_x86_64" for minor in range(GLIBC[1], 4, -1)],
    "Linux, ARM": [f"manylinux_2_{minor}_aarch64" for minor in range(GLIBC[1], 16, -1)],
    "macOS, ARM": list(mac_platforms(MACOS, "arm64")),
    "Windows, x86-64": ["win_amd64"],
}
HEAD = """\
# All packages of a development environment (base and the extras test and lint), each with the hashes of its files, for
# Python 3.11 to 3.13 on Linux, macOS and Windows:
#     pip install --require-hashes -r requirements/dev.lock && pip install --no-deps -e .
# Made by: python tools/make_lock.py
"""
WHEELS_HEAD = """\
# Of each package of the base install the files that fit Python 3.11 to 3.13 on the systems of tools/make_lock.py, which makes
# this list: SHA-256, file.
"""


def main() -> None:
    """Solve in a folder of its own, and keep what is of use."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in SOURCES:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, folder / file)
        project = folder / "pyproject.toml"
        project.write_text(_reduced(project.read_text("utf-8")), "utf-8")
        _uv(folder, "lock")
        everything = _exported(folder, EXTRAS)
        base = re.findall(r"^([\w.-]+)==", _exported(folder, ()), re.MULTILINE)
        packages = tomllib.loads((folder / "uv.lock").read_text("utf-8"))["package"]
    LOCK.parent.mkdir(exist_ok=True)
    LOCK.write_text(HEAD + everything, "utf-8")
    files = sorted(file for package in packages if package["name"] in base for file in _files(package))
    WHEELS.write_text(WHEELS_HEAD + "".join(f"{sha256}  {name}\n" for name, sha256 in files), "utf-8")


def _reduced(project: str) -> str:
    """The project without its other extras: uv solves for all at once, and one may hold old versions of what all use."""
    before, title, after = project.partition("[project.optional-dependencies]\n")
    extras, end, rest = after.partition("\n[")
    kept = [line for line in extras.splitlines(keepends=True) if line.split(" = ", 1)[0] in EXTRAS]
    return "".join([before, title, *kept, end, rest])


def _uv(folder: Path, *words: str) -> str:
    command = ["uv", *words, "--no-config", "--quiet"]
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout


def _exported(folder: Path, extras: tuple[str, ...]) -> str:
    """What pip reads: the base install with these extras, without the project itself."""
    chosen = [word for extra in extras for word in ("--extra", extra)]
    return _uv(
        folder, "export", "--frozen", "--no-emit-project", "--no-header", "--format", "requirements.txt", *chosen
    )


def _files(package: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The wheels of a package that pip would take on some Python and system; its source where there is no wheel."""
    wheels = {file["url"].rsplit("/", 1)[1]: file["hash"].removeprefix("sha256:") for file in package.get("wheels", [])}
    tags = {name: parse_wheel_filename(name)[3] for name in wheels}
    taken = {_best(tags, list(_tags(python, system))) for python, system in product(PYTHONS, PLATFORMS)} - {None}
    yield from ((name, sha256) for name, sha256 in wheels.items() if name in taken)
    if not taken:
        yield package["sdist"]["url"].rsplit("/", 1)[1], package["sdist"]["hash"].removeprefix("sha256:")


def _best(wheels: Mapping[str, frozenset[Tag]], supported: Sequence[Tag]) -> str | None:
    """The wheel with the first tag that is supported, or None where none fits."""
    return next((name for tag in supported for name, tags in wheels.items() if tag in tags), None)


def _tags(python: tuple[int, int], system: str) -> Iterator[Tag]:
    """The tags that pip supports there, best first (PEP 425)."""
    platforms = PLATFORMS[system]
    yield from cpython_tags(python, platforms=platforms)
    yield from compatible_tags(python, interpreter=f"cp{python[0]}{python[1]}", platforms=platforms)


if __name__ == "__main__":
    main()
