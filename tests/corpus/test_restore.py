from __future__ import annotations

import pandas as pd
import pytest

from corpus_tools.corpus.restore import restored
from corpus_tools.document import Edit


def test_a_raw_text_comes_back_whatever_the_order_of_the_rows():
    frame = pd.DataFrame(
        [
            {"doc_id": "d", "start": 7, "end": 9, "removed": "漁業", "inserted": "渔业", "kind": "script", "rule": "t"},
            {"doc_id": "d", "start": 0, "end": 4, "removed": "打印本页", "inserted": "", "kind": "site", "rule": "b"},
        ]
    )
    raw, edits = restored("我县的渔业", frame)
    assert raw == "打印本页我县的漁業"
    assert edits == [Edit(0, 4, "", "site", "b", "打印本页"), Edit(7, 9, "渔业", "script", "t", "漁業")]


def test_edits_of_another_text_are_an_error():
    frame = pd.DataFrame([{"start": 0, "end": 1, "removed": "甲", "inserted": "乙", "kind": "k", "rule": "r"}])
    with pytest.raises(ValueError, match="not what this edit left"):
        restored("丙", frame)
