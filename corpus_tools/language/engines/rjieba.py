"""jieba in Rust: the tokens of jieba 0.42.1 at many times its speed.

Four things differ in the package, and are mended here: pure-ASCII words that it keeps together, ideographs that it takes
into a word and jieba does not, words of frequency 0, and the sum of frequencies after words were added. Whatever else may
differ in a version to come is found by trying it on ``data/engine_probes.toml``, once a process.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from corpus_tools.data import toml
from corpus_tools.errors import MissingPackageError, WrongPackageError
from corpus_tools.language.engines import jieba_dictionary
from corpus_tools.language.engines.contract import Cut, with_force_split
from corpus_tools.language.lexicon import Word

# jieba 0.42.1, finalseg: how text without Han characters is cut. rjieba keeps more of it together.
_ALPHANUMERIC = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
_JOINED = re.compile(r"(?<![a-zA-Z0-9])[a-zA-Z0-9]++[._\-][a-zA-Z0-9._\-%+#&]*")
# Ideographs that jieba 0.42.1 gives one by one and rjieba takes into its blocks; and halves of surrogate pairs, which a
# Rust string cannot hold.
_APART = re.compile("[\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\ud800-\udfff\U00020000-\U0003ffff]")
# No dictionary word can hold it, so that its frequency changes the sum of all and nothing else.
_NO_WORD = "\ue000"
# What rjieba's frequencies add up to: B超 stands twice in the dictionary, and jieba counts it twice.
_HELD = jieba_dictionary.TOTAL - 3


def make(entries: Sequence[Word], *, hmm: bool, model: str | None = None) -> Cut:
    """Return a ``cut`` that gives jieba's tokens; WrongPackageError where the installed rjieba gives others."""
    _check_identity()
    return _cut(entries, hmm=hmm)


def _cut(entries: Sequence[Word], *, hmm: bool) -> Cut:
    engine = _with_words(tuple(entries), hmm=hmm) if entries else plain()
    has_word = engine.has_word

    def raw(text: str) -> list[str]:
        tokens: list[str] = engine.cut(text, hmm)
        return tokens

    def whole(text: str) -> list[str]:
        return _ascii_like_jieba(raw, has_word, text) if hmm else raw(text)

    def cut(text: str) -> list[str]:
        return _with_apart(whole, text) if _APART.search(text) else whole(text)

    return with_force_split(cut, entries) if hmm else cut


@cache
def plain() -> Any:
    """rjieba's engine with its own dictionary, shared by all who add nothing to it."""
    return _engine()


def _engine() -> Any:
    try:
        import rjieba
    except ImportError:
        raise MissingPackageError("engine 'rjieba'", "rjieba") from None
    return rjieba.Jieba()


@cache
def _check_identity() -> None:
    """Try the installed rjieba on texts whose tokens jieba 0.42.1 has told."""
    for hmm, key in ((True, "hmm"), (False, "no_hmm")):
        cut = _cut((), hmm=hmm)
        for tokens in toml("engine_probes.toml")[key]:
            if (found := cut("".join(tokens))) != tokens:
                raise WrongPackageError(
                    f"the installed rjieba cuts {'|'.join(found)} where jieba 0.42.1 cuts {'|'.join(tokens)}: install "
                    "another version (0.2.2 gives jieba's tokens), or choose engine = 'jieba'"
                )


@lru_cache(maxsize=8)
def _with_words(entries: tuple[Word, ...], *, hmm: bool) -> Any:
    """Return rjieba's engine with these words added as jieba's own ``load_userdict`` adds them; nobody adds more to it."""
    pieces = {piece for e in entries if e.freq is None for piece in _substrings(e.word)}
    beginnings = {e.word[:end] for e in entries if e.freq == 0 for end in range(1, len(e.word))}
    known = jieba_dictionary.frequencies(pieces | beginnings | {e.word for e in entries})
    gone = {e.word for e in entries if e.freq == 0 and len(e.word) > 1 and e.word in known}
    # A word that shall come apart may keep a record of probability nought, unless the HMM asks whether there is such a
    # word, or no shorter word begins where it does.
    words = known.keys() - gone
    if gone and (hmm or not all(any(word[:end] in words for end in range(1, len(word))) for word in gone)):
        adding = _Adding(_engine_without(gone), known, held=_HELD - sum(known[w] for w in gone))
    else:
        adding = _Adding(_engine(), known, held=_HELD)
    for entry in entries:
        adding.add(entry)
    adding.balance()
    return adding.engine


def _substrings(word: str) -> set[str]:
    return {word[i:j] for i in range(len(word)) for j in range(i + 1, len(word) + 1)}


def _engine_without(gone: Collection[str]) -> Any:
    import rjieba

    engine: Any = rjieba.Jieba.empty()  # type: ignore[no-untyped-call]
    for word, freq, tag in jieba_dictionary.entries():
        if word not in gone:
            engine.add_word(word, freq, tag)
    return engine


class _Adding:
    """An engine that words are added to, with both sums of frequencies: jieba's, which forgets nothing, and rjieba's.

    Where two cuts of a text are equally probable the sums decide which of them rounds up, so they are kept equal.
    """

    def __init__(self, engine: Any, known: Mapping[str, int], *, held: int) -> None:
        self.engine, self.known, self.held = engine, dict(known), held
        self.total = jieba_dictionary.TOTAL

    def add(self, entry: Word) -> None:
        word, before = entry.word, self.known.get(entry.word, 0)
        freq = self._suggested(word) if entry.freq is None else entry.freq
        self.known[word] = freq
        self.total += freq
        if freq == 0 and len(word) > 1 and not (before and self.engine.has_word(word)):
            return
        # A single character can always stand alone: jieba reads its nought as one.
        kept = freq or int(len(word) == 1)
        self.engine.add_word(word, kept, entry.tag)
        self.held += kept - before

    def balance(self) -> None:
        """Make rjieba's sum what jieba's is."""
        self.engine.add_word(_NO_WORD, self.total - self.held, None)

    def _suggested(self, word: str) -> int:
        """The lowest frequency that keeps a word whole when it stands alone: jieba's ``suggest_freq``, to the last bit."""
        self.balance()
        pieces = self.engine.cut(word, False)
        if pieces == [word] and word not in self.known:
            return 1 if _begins_a_word(word) else 2
        probability = 1.0
        for piece in pieces:
            probability *= self.known.get(piece, 1) / self.total
        return max(int(probability * self.total) + 1, self.known.get(word, 1))


def _begins_a_word(text: str) -> bool:
    return f"\n{text}" in "\n" + jieba_dictionary.path().read_text("utf-8")


def _with_apart(cut: Cut, text: str) -> list[str]:
    """Return the tokens of ``text`` where every ideograph that jieba does not know is a token of its own."""
    tokens: list[str] = []
    done = 0
    for found in _APART.finditer(text):
        if found.start() > done:
            tokens += cut(text[done : found.start()])
        tokens.append(found.group())
        done = found.end()
    return tokens + (cut(text[done:]) if done < len(text) else [])


def _ascii_like_jieba(raw: Cut, has_word: Callable[[str], bool], text: str) -> list[str]:
    """Return rjieba's tokens with the ASCII words that it keeps together (2-3, a.b.c) cut by jieba's rule.

    Only lines that hold such a word are looked at token by token: no token crosses the end of a line.
    """
    tokens: list[str] = []
    done = 0
    for run in _JOINED.finditer(text):
        if run.start() < done or len(_ALPHANUMERIC.split(run.group())) <= 3:  # 3: one piece between two empty ends
            continue
        start = max(text.rfind("\n", done, run.start()) + 1, done)
        end = text.find("\n", run.end()) + 1 or len(text)
        tokens += raw(text[done:start])
        for token in raw(text[start:end]):
            tokens += _ALPHANUMERIC.split(token) if token.isascii() and not has_word(token) else (token,)
        done = end
    if not done:
        return raw(text)
    return [token for token in tokens if token] + raw(text[done:])
