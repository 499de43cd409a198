"""OpenCC's own test cases for t2s and tw2s, through our door.

    python benchmarks/opencc_cases.py OPENCC_SOURCE       the unpacked source distribution of the installed version

Printed for each configuration: cases that OpenCC itself passes, those of them that ``simplify(variant=…)`` passes, and those
that ``simplify`` in its default (auto: only traditional lines, each as long as before) gives the same answer for, with the
differences.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import opencc

from corpus_tools.language.script import simplify


def main() -> None:
    source = (Path(sys.argv[1]) / "test" / "testcases" / "testcases.json").read_text("utf-8")
    cases = json.loads(re.sub(r"(?m)^\s*//.*$|,(?=\s*[}\]])", "", source))["cases"]  # with comments and last commas
    for variant in ("t2s", "tw2s"):
        wanted = [(case["input"], case["expected"][variant]) for case in cases if variant in case["expected"]]
        convert = opencc.OpenCC(variant).convert
        passed = [(text, expected) for text, expected in wanted if convert(text) == expected]
        ours = [(text, expected) for text, expected in passed if simplify(text, variant=variant) == expected]
        auto = [(text, expected, simplify(text)) for text, expected in passed]
        same = sum(found == expected for _, expected, found in auto)
        print(
            f"{variant}: {len(wanted)} cases, OpenCC passes {len(passed)}, simplify(variant) {len(ours)}, auto {same}"
        )
        for text, expected, found in auto:
            if found != expected:
                print(f"    {text}\n      expected {expected}\n      auto     {found}")


if __name__ == "__main__":
    main()
