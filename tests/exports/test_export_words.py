"""One word a line: CoNLL-U and vertical files, read by readers of their own."""

from __future__ import annotations

import html
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_corpus import make

import corpus_tools as ct
from corpus_tools.analysis.style.sentences import ends
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import StoreError
from corpus_tools.exports.annotated import _upos

UPOS = "ADJ|ADP|ADV|AUX|CCONJ|DET|INTJ|NOUN|NUM|PART|PRON|PROPN|PUNCT|SCONJ|SYM|VERB|X"
WORDS = [
    "科普",
    "要",
    "。",
    "！”",
    "？？",
    "”",
    "\u3000",
    "\t",
    "\xa0",
    "\x85",
    "a\u3000b",
    "AB",
    "２０",
    "|",
    "\\",
    "_",
    "#",
    "<g/>",
    "&",
]
SPACES = {r"\s": " ", r"\t": "\t", r"\n": "\n", r"\r": "\r", r"\p": "|", r"\\": "\\"}


def sentences(path: Path) -> list[tuple[dict[str, str], list[list[str]]]]:
    """Comments and lines of each sentence, as the format's description says."""
    found = []
    content = path.read_bytes().decode("utf-8")
    assert content.endswith("\n\n")
    for block in content.removesuffix("\n\n").split("\n\n"):
        lines = block.split("\n")
        comments = [line for line in lines if line.startswith("# ")]
        assert lines[: len(comments)] == comments
        words = [line.split("\t") for line in lines[len(comments) :]]
        assert [word[0] for word in words] == [str(number) for number in range(1, len(words) + 1)]
        assert all(len(word) == 10 and "" not in word for word in words)
        # As the validator of Universal Dependencies asks.
        assert all(column == column.strip() for word in words for column in word)
        assert all(re.fullmatch(UPOS, word[3]) and word[5:9] == ["_"] * 4 for word in words)
        found.append((dict(line[2:].split(" = ", 1) for line in comments), words))
    return found


def unescaped(text: str) -> str:
    return re.sub(
        r"\\([stnrp\\]|u([0-9A-F]{4}))", lambda found: chr(int(found[2], 16)) if found[2] else SPACES[found[0]], text
    )


def joined(words: list[list[str]], *, plain: bool) -> str:
    """The text: with ``plain`` by SpaceAfter=No alone, else with all that MISC says of white space."""
    pieces = []
    for _, form, *_, misc in words:
        said = dict(part.split("=", 1) for part in misc.split("|")) if misc != "_" else {}
        after = "" if said.get("SpaceAfter") == "No" else " "
        if plain:
            pieces += [form, after]
        else:
            pieces += [
                unescaped(said.get("SpacesBefore", "")),
                unescaped(said.get("SpacesInToken", form)),
                unescaped(said["SpacesAfter"]) if "SpacesAfter" in said else after,
            ]
    return "".join(pieces)


def test_a_corpus_as_conll(reports: Corpus, tmp_path: Path) -> None:
    found = sentences(ct.export(reports, tmp_path / "x.conllu", to="conll"))
    assert [comments["text"] for comments, _ in found] == [
        *("工作报告", "一、回顾", "开展科普。", "二、任务", "加强科普；"),
        *("云川县报告", "主席 周砚。", "请审议！”", "谢谢", "=1+1", "'=是“a,b”"),
    ]
    comments, words = found[5]
    assert {name: comments[name] for name in ("newdoc id", "newpar id", "sent_id", "year", "source", "level")} == {
        "newdoc id": "d000", "newpar id": "d000-p1", "sent_id": "d000-s1", "year": "2020", "source": "b/云川.html",
        "level": "county",
    }  # fmt: skip
    assert [name for name in found[7][0] if name.startswith("new")] == []
    assert found[6][0]["newpar id"] == "d000-p2"
    assert [word[1] for word in found[6][1]] == ["主席", "周砚", "。"]
    assert found[6][1][0][9] == r"SpacesAfter=\u3000"
    assert words[-1][9] == r"SpacesAfter=\n"
    assert found[8][1][-1][9] == "SpaceAfter=No"


@settings(max_examples=30)
@given(
    st.lists(
        st.lists(
            st.sampled_from(WORDS),
            min_size=1, max_size=9,
        ),
        min_size=1, max_size=5,
    )
)  # fmt: skip
def test_words_and_spaces_give_the_text(tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]]) -> None:
    folder = tmp_path_factory.mktemp("conll")
    corpus = make(folder / "out", [{"words": "\n".join(map(" ".join, lines))}, {"words": "尾"}])
    text = "\n".join(map("".join, lines))
    found = sentences(ct.export(corpus, folder / "x.conllu", to="conll"))
    assert found.pop()[0]["newdoc id"] == "d001"
    told = "".join(joined(words, plain=False) for _, words in found)
    if text.strip():
        assert told == text
        assert [re.sub(r"\s+", " ", joined(words, plain=True)).strip() for _, words in found] == [
            comments["text"] for comments, _ in found
        ]
    # Every sentence ends with a mark or with its line.
    for (_, words), (following, _) in pairwise(found):
        assert re.search("[。！？][”]*$", words[-1][1]) or "newpar id" in following or words[-1][1] == "”"
    vertical = ct.export(corpus, folder / "x.vert", to="vertical").read_text("utf-8")
    assert _of_vertical(vertical)[0] == re.sub(r"\s+", " ", text).strip()


def _of_vertical(content: str) -> list[str]:
    """The text of each document, white space as one blank."""
    texts: list[str] = []
    for line in content.removesuffix("\n").split("\n"):
        if line.startswith("<doc "):
            texts.append("")
        elif line == "<g/>":
            texts[-1] = texts[-1].removesuffix(" ")
        elif not re.fullmatch("</?(doc|p|s)>", line):
            form, tag, lemma = map(html.unescape, line.split("\t"))
            assert tag
            assert lemma
            texts[-1] += f"{form} "
    return [text.strip() for text in texts]


def test_a_corpus_as_vertical(reports: Corpus, tmp_path: Path) -> None:
    corpus = Corpus(reports.folder, reports.documents.assign(title='a<b> "c" & d\te'))
    lines = ct.export(corpus, tmp_path / "x.vert", to="vertical").read_text("utf-8").splitlines()
    heads = [line for line in lines if line.startswith("<doc ")]
    assert 'id="d001" source="a/2.txt"' in heads[0]
    assert 'title="a&lt;b&gt; &quot;c&quot; &amp; d e"' in heads[0]
    assert " level=" not in heads[0]
    at = lines.index("主席\tn\t主席")
    assert lines[at - 2 : at + 6] == ["<p>", "<s>", "主席\tn\t主席", lines[at + 1], "<g/>", "。\tx\t。", "</s>", "<g/>"]
    assert sum(line == "</doc>" for line in lines) == 3


@pytest.mark.parametrize(
    ("word", "tag", "kind", "expected"),
    [
        ("科普", "n", "han", "NOUN"), ("是", "v", "han", "AUX"), ("会", "v", "han", "X"), ("推进", "v", "han", "VERB"),
        ("工作", "vn", "han", "X"), ("，", "x", "mark", "PUNCT"), ("+", "x", "mark", "SYM"), ("20", "m", "number", "NUM"),
        ("***", "x", "hidden", "X"), ("某词", None, "han", "X"),
    ],
)  # fmt: skip
def test_parts_of_speech_where_they_are_sure(word: str, tag: str | None, kind: str, expected: str) -> None:
    assert _upos(word, tag, kind) == expected


def test_words_of_another_text_are_an_error(tmp_path: Path) -> None:
    broken: list[dict[str, Any]] = [{"words": "科普 工作", "text": "科普工"}]
    with pytest.raises(StoreError, match="damaged"):
        ct.export(make(tmp_path / "out", broken), tmp_path / "x.conllu", to="conll")


def test_where_sentences_end() -> None:
    assert ends("开会。”好！？完") == [4, 7]
    assert ends("一、回顾") == []
