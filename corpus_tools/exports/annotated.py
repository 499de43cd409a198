"""One word a line: CoNLL-U for parsers and treebank tools, vertical files for Sketch Engine and other corpus managers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from corpus_tools import data, progress
from corpus_tools.exports.cells import flat
from corpus_tools.exports.material import Material, Record
from corpus_tools.exports.words import Token, Words
from corpus_tools.language.vocabulary import MARK

_SPACE = re.compile(r"\s+")
# As UDPipe writes white space into MISC, where a bar would begin the next entry; other white space by its code, as no column may
# end with a blank.
_WRITTEN = {" ": r"\s", "\t": r"\t", "\n": r"\n", "\r": r"\r", "|": r"\p", "\\": r"\\"}
_ESCAPED = re.compile(r"[\s|\\]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def write_conll(path: Path, material: Material) -> None:
    """Write CoNLL-U: FORM as in the text, LEMMA as counted (half-width), XPOS jieba's tag, UPOS where that is sure."""
    _write(path, material, _conll)


def write_vertical(path: Path, material: Material) -> None:
    """Write a vertical file: word, tag, lemma; doc, p and s as structures, g where no blank stands between two words."""
    _write(path, material, _vertical)


def _write(path: Path, material: Material, lines: Any) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in progress.steps(material.records(), "export", unit="documents", total=len(material.corpus)):
            file.writelines(f"{line}\n" for line in lines(record, material.words))


def _known(record: Record) -> Iterator[tuple[str, str]]:
    """What is known of a document besides its text, each on one line."""
    for name, value in record.values.items():
        if name != "text" and value is not None and value != []:
            yield name, _SPACE.sub(" ", str(flat(value)))


def _conll(record: Record, words: Words) -> Iterator[str]:
    doc_id, number = record.values["doc_id"], 0
    known = (f"# {name} = {value}" for name, value in _known(record) if name != "doc_id")
    before = [f"# newdoc id = {doc_id}", *known]
    for at, paragraph in enumerate(words.paragraphs(record.row, record.values["text"]), 1):
        before.append(f"# newpar id = {doc_id}-p{at}")
        for sentence in paragraph:
            number += 1
            text = "".join(token.form + token.after for token in sentence)
            yield from (*before, f"# sent_id = {doc_id}-s{number}", f"# text = {_SPACE.sub(' ', text).strip()}")
            yield from (_conll_line(place, token, words) for place, token in enumerate(sentence, 1))
            yield ""
            before = []


def _conll_line(place: int, token: Token, words: Words) -> str:
    word, tag = words.word[token.word], words.pos[token.word]
    form = _spaced(token.form)
    upos = _upos(word, tag, words.kind[token.word])
    return "\t".join([str(place), form, _spaced(word), upos, tag or "_", "_", "_", "_", "_", _misc(token, form)])


def _misc(token: Token, form: str) -> str:
    found = [
        f"SpacesBefore={_written(token.before)}" if token.before else "",
        "SpaceAfter=No" if not token.after else "",
        f"SpacesAfter={_written(token.after)}" if token.after not in ("", " ") else "",
        f"SpacesInToken={_written(token.form)}" if form != token.form else "",
    ]
    return "|".join(filter(None, found)) or "_"


@lru_cache(maxsize=10_000)
def _written(text: str) -> str:
    return _ESCAPED.sub(lambda found: _WRITTEN.get(found[0], f"\\u{ord(found[0]):04X}"), text)


@cache
def _tags() -> dict[str, dict[str, str]]:
    return data.toml("upos.toml")


@lru_cache(maxsize=100_000)
def _upos(word: str, tag: str | None, kind: str) -> str:
    if kind == MARK:
        categories = {unicodedata.category(character)[0] for character in word}
        return "PUNCT" if categories == {"P"} else "SYM" if categories <= {"P", "S"} else "X"
    return _tags()["words"].get(word) or _tags()["tags"].get(tag or "", "X")


def _name(column: str) -> str:
    """A column as the name of an attribute."""
    return "id" if column == "doc_id" else re.sub(r"\W", "_", column)


def _vertical(record: Record, words: Words) -> Iterator[str]:
    known = (f'{_name(name)}="{_attribute(value)}"' for name, value in _known(record))
    yield f"<doc {' '.join(known)}>"
    for paragraph in words.paragraphs(record.row, record.values["text"]):
        yield "<p>"
        glued = False
        for sentence in paragraph:
            yield from ["<g/>", "<s>"] if glued else ["<s>"]
            for place, token in enumerate(sentence):
                if glued and place:
                    yield "<g/>"
                cells = (token.form, words.pos[token.word] or "X", words.word[token.word])
                yield "\t".join(map(_cell, cells))
                glued = not token.after
            yield "</s>"
        yield "</p>"
    yield "</doc>"


def _attribute(value: str) -> str:
    return value.translate(_ENTITIES).replace('"', "&quot;")


@lru_cache(maxsize=100_000)
def _cell(text: str) -> str:
    return _spaced(text).translate(_ENTITIES)


@lru_cache(maxsize=100_000)
def _spaced(text: str) -> str:
    return _SPACE.sub(" ", text)
