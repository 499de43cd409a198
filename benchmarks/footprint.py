"""What the base install takes: megabytes by package, and the start of the package and of each verb, against Python's own.

    python benchmarks/footprint.py [--python PROGRAM] [--runs 5]

Installs the project into an environment of its own, from wheels alone but for jieba (docs/dependencies.md), unless it is told
the Python of an environment that has it. A verb is asked for a corpus that is not there: it starts, loads what it needs to
look, and says so. Times are medians, all runs in turn, as ratios to `python -c pass` and `import pandas` of the same run; `±` is
half of what lies between the quartiles, in hundredths of the median.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
BARE, PANDAS = ("-c", "pass"), ("-c", "import pandas")
# Of the packages of an environment: what their files take on disk. Those that made the environment are none of ours.
SIZES = """
import json, sys
from importlib.metadata import distributions
def size(one):
    files = {one.locate_file(file).resolve() for file in one.files or ()}
    return sum(file.stat().st_size for file in files if file.is_file())
print(json.dumps({one.name: size(one) for one in distributions() if one.name not in ("pip", "setuptools", "wheel")}))
"""
# One verb of each name, with a word for each argument that it requires; there is no such folder.
VERBS = """
import json, typer
from corpus_tools.cli import app
def first(command, path):
    if hasattr(command, "commands"):
        name = command.list_commands(None)[0]
        return first(command.commands[name], [*path, name])
    asked = [one for one in command.params if one.param_type_name == "argument" and one.required]
    return [*path, *("nowhere" for _ in asked)]
program = typer.main.get_command(app)
print(json.dumps([first(program.commands[name], [name]) for name in program.list_commands(None)]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", type=Path, help="the Python of an environment that has the package")
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        python = args.python.absolute() if args.python else _installed(Path(name, "environment"))
        _print_sizes(_answer(python, SIZES))
        _print_starts(python, Path(name), runs=args.runs)


def _installed(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--only-binary", ":all:", "--no-binary", "jieba", str(ROOT)]
    subprocess.run(pip, check=True)
    print("installed from wheels, jieba from its source: no compiler was asked for\n")
    return python


def _answer(python: Path, code: str) -> dict[str, int] | list[list[str]]:
    # The code of the asking process must not be on the way: what is asked is the environment.
    found = subprocess.run([str(python), "-I", "-c", code], check=True, stdout=subprocess.PIPE).stdout
    answer: dict[str, int] | list[list[str]] = json.loads(found)
    return answer


def _print_sizes(sizes: dict[str, int] | list[list[str]]) -> None:
    assert isinstance(sizes, dict)
    print("| package | MB |\n| --- | --- |")
    listed = sorted(sizes.items(), key=lambda item: -item[1])
    for name, size in listed:
        if size >= 1e6:
            print(f"| {name} | {size / 1e6:.1f} |")
    small = [size for _, size in listed if size < 1e6]
    print(
        f"| {len(small)} smaller ones | {sum(small) / 1e6:.1f} |\n| all {len(listed)} | {sum(sizes.values()) / 1e6:.0f} |\n"
    )


def _print_starts(python: Path, folder: Path, *, runs: int) -> None:
    program = python.with_name("corpus-tools")
    asked: dict[str, list[str]] = {
        "python -c pass": [str(python), *BARE],
        "import pandas": [str(python), *PANDAS],
        "import corpus_tools": [str(python), "-c", "import corpus_tools"],
        "corpus-tools --help": [str(program), "--help"],
        **{f"corpus-tools {' '.join(words)}": [str(program), *words] for words in _answer(python, VERBS)},
    }
    seconds: dict[str, list[float]] = {name: [] for name in asked}
    for number in range(runs + 1):
        for name, command in asked.items():
            took = _seconds(command, folder)
            if number:  # the first round fills the disk's cache and writes what Python compiles
                seconds[name].append(took)
    middle = {name: statistics.median(times) for name, times in seconds.items()}
    print("| what | of `python -c pass` | of `import pandas` | ± |\n| --- | --- | --- | --- |")
    for name, median in middle.items():
        low, _, high = statistics.quantiles(seconds[name], n=4)
        bare, pandas = median / middle["python -c pass"], median / middle["import pandas"]
        print(f"| `{name}` | {bare:.1f} | {pandas:.2f} | {(high - low) / 2 / median:.0%} |")


def _seconds(command: Sequence[str], folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
