"""The words of each document, and where they stand in its text: tokens, sentences, paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import StoreError

Integers = npt.NDArray[np.int32]


class Token(NamedTuple):
    """A word: ``form`` as it stands in the text, ``word`` a row of the vocabulary; white space ``before`` (the first of a text
    only) and ``after`` it."""

    form: str
    word: int
    before: str
    after: str


class Words:
    """The words of a corpus, asked for document by document."""

    def __init__(self, corpus: Corpus) -> None:
        tokens, vocabulary = corpus.tokens, corpus.vocabulary
        self.ids = tokens.ids
        self.word: list[str] = vocabulary["word"].tolist()
        self.kind: list[str] = vocabulary["kind"].tolist()
        self.pos: list[str | None] = vocabulary["pos"].astype(object).where(vocabulary["pos"].notna(), None).tolist()
        self._lengths = vocabulary["word"].str.len().to_numpy(dtype=np.int64)
        self._starts, self._ends = np.concatenate([[0], tokens.ends]), tokens.ends
        self._order = np.argsort(tokens.document, kind="stable")
        self._of = np.searchsorted(tokens.document[self._order], np.arange(len(corpus) + 1))

    def lines(self, row: int) -> list[Integers]:
        """For each line that is counted of a document the words in it, as rows of the vocabulary."""
        paragraphs = self._order[self._of[row] : self._of[row + 1]]
        return [self.ids[self._starts[one] : self._ends[one]] for one in paragraphs]

    def of(self, row: int) -> Integers:
        """All words of a document."""
        return np.concatenate([np.empty(0, dtype=np.int32), *self.lines(row)])

    def count(self, row: int) -> int:
        """How many they are, punctuation included."""
        return sum(map(len, self.lines(row)))

    def apart(self, row: int) -> str:
        """The text of a document as it is counted, words with a blank between them, white space left out."""
        return "\n".join(
            " ".join(word for i in line.tolist() if (word := "".join(self.word[i].split()))) for line in self.lines(row)
        )

    def paragraphs(self, row: int, text: str) -> Iterator[list[list[Token]]]:
        """The paragraphs of a document, each a list of sentences, each a list of tokens; empty lines are none.

        ``text`` is what is exported of the document: forms and the white space around them, joined, are this text. Sentences end
        as in ``analysis.style.sentences``, and with each line.
        """
        return _paragraphs(self._tokens(row, text))

    def _tokens(self, row: int, text: str) -> list[tuple[list[Token], set[int]]]:
        """For each line with a word its tokens, and the numbers of those that end a sentence."""
        from corpus_tools.analysis.style.sentences import ends  # brings scipy, for which other forms need not wait

        found: list[tuple[list[Token], set[int]]] = []
        gap = ""
        lines = text.split("\n") if text else []
        for number, (line, ids) in enumerate(zip(lines, self._checked(row, lines), strict=True)):
            gap += "\n" if number else ""
            tokens, closed, at = list[Token](), set[int](), 0
            borders = ends(line)
            for word, length in zip(ids.tolist(), self._lengths[ids].tolist(), strict=True):
                form, at = line[at : at + length], at + length
                if form.isspace():
                    gap += form
                    continue
                _follow(found, tokens, gap)
                tokens.append(Token(form, word, gap if not found and not tokens else "", ""))
                gap = ""
                while borders and borders[0] <= at:
                    borders.pop(0)
                    closed.add(len(tokens) - 1)
            if tokens:
                found.append((tokens, closed))
        _follow(found, [], gap)
        return found

    def _checked(self, row: int, lines: list[str]) -> list[Integers]:
        words = self.lines(row) if lines else []
        if [int(self._lengths[ids].sum()) for ids in words] != [len(line) for line in lines]:
            raise StoreError("the words of a document are not those of its text: the corpus is damaged; build it again")
        return words


def _follow(found: list[tuple[list[Token], set[int]]], tokens: list[Token], gap: str) -> None:
    """Write white space behind the last token before it, if there is one."""
    last = tokens or (found[-1][0] if found else [])
    if last and gap:
        last[-1] = last[-1]._replace(after=gap)


def _paragraphs(lines: list[tuple[list[Token], set[int]]]) -> Iterator[list[list[Token]]]:
    for tokens, closed in lines:
        sentences, start = [], 0
        for end in sorted({number + 1 for number in closed} | {len(tokens)}):
            sentences.append(tokens[start:end])
            start = end
        yield sentences
