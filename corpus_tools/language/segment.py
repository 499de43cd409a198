"""Cutting a text into words: jieba's own tokens, or the words that reports are counted by.

Every engine is one function in ENGINES that returns a ready ``cut``. The tokens of a text always join to the text.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from corpus_tools.errors import DataError
from corpus_tools.language import lexicon
from corpus_tools.language.numerals import numerals
from corpus_tools.placeholders import PLACEHOLDER

Cut = Callable[[str], list[str]]

STANDARDS = ("reports", "jieba")
# HMM joins single characters that no dictionary joins. Of 100 such words drawn from 7 693 in 299 000 tokens of reports
# 43 were words and 57 were not (五|是, 我|区, 一|批), and its one clear gain, decimals, is a rule here.
HMM_BY_STANDARD = {"reports": False, "jieba": True}

# jieba 0.42.1, finalseg: how text without Han characters is cut. rjieba keeps more of it together.
_ALPHANUMERIC = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
_JOINED = re.compile(r"[a-zA-Z0-9]+[._\-][a-zA-Z0-9._\-%+#&]*")
# Ideographs that jieba 0.42.1 gives one by one and rjieba takes into its blocks; and halves of surrogate pairs, which a
# Rust string cannot hold.
_APART = re.compile("[\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\ud800-\udfff\U00020000-\U0003ffff]")


def segment(
    text: str,
    *,
    standard: str = "reports",
    engine: str | None = None,
    hmm: bool | None = None,
    dictionary: Path | None = None,
) -> list[str]:
    """Cut ``text`` into words, white space and punctuation included: ``"".join(segment(text)) == text``.

    See ``segmenter`` for the options; use it directly where many texts are cut.
    """
    return segmenter(standard, engine=engine, hmm=hmm, dictionary=dictionary)(text)


def segmenter(
    standard: str = "reports",
    *,
    engine: str | None = None,
    hmm: bool | None = None,
    dictionary: Path | None = None,
) -> Cut:
    """Return the function that cuts a text into words; it is made once per process and setting.

    ``standard="jieba"`` gives exactly the tokens of jieba 0.42.1's ``lcut``. ``"reports"`` adds the terms of the genre
    and the standing formulae, takes apart entries that glue two words (深入|开展), joins numbers and dates (20余万, 50.3%,
    2021年), and keeps what stands for something hidden whole (XX, ***, 20XX年). ``engine`` is a name in ENGINES (default:
    rjieba, or jieba where that is missing), ``hmm`` whether unknown words are guessed (default: yes for "jieba", no for
    "reports"), ``dictionary`` a user's list in jieba's format. DataError for an unknown name or a broken list.
    """
    if standard not in STANDARDS:
        raise DataError(f"unknown standard {standard!r}: choose one of {', '.join(STANDARDS)}")
    if engine is None:
        engine = "rjieba" if find_spec("rjieba") else "jieba"
    if engine not in ENGINES:
        raise DataError(f"unknown engine {engine!r}: choose one of {', '.join(ENGINES)}")
    hmm = HMM_BY_STANDARD[standard] if hmm is None else hmm
    stamp = dictionary.stat().st_mtime_ns if dictionary else 0
    return _made(standard, engine, hmm, dictionary, stamp)


@lru_cache(maxsize=8)
def _made(standard: str, engine: str, hmm: bool, dictionary: Path | None, stamp: int) -> Cut:
    own = lexicon.word_list(dictionary) if dictionary else ()
    if standard == "jieba":
        return ENGINES[engine](own, hmm)
    entries = (*_report_entries(), *own)
    return _with_numerals(ENGINES[engine](entries, hmm), [e.word for e in entries if e.freq != 0])


def _report_entries() -> Iterator[lexicon.Word]:
    """Yield what "reports" changes in the engine's dictionary: glued entries out, then terms and formulae in."""
    terms = [w for w in lexicon.word_list() if not _is_measure(w)]
    formulae = list(_formulae({w.word for w in terms if w.tag == "nr"}))
    keep = {w.word for w in terms} | set(formulae)
    yield from (lexicon.Word(word, 0, None) for word in lexicon.split_list() if word not in keep)
    yield from terms
    yield from (lexicon.Word(form, None, "l") for form in formulae)


def _formulae(leaders: set[str]) -> Iterator[str]:
    """Yield the forms that can be one word: no inner punctuation, no leader's name, three characters or more.

    A variant that only lengthens another form of the same slogan (增强四个意识) would hide it, and is left out. Two
    characters are too short to force: 两重 would cut 双重|两重性 wrongly; those that are words stand in words.txt.
    """
    for slogan in lexicon.slogans():
        for form in slogan.forms:
            longer = form != slogan.forms[0] and any(other in form for other in slogan.forms if other != form)
            if longer or len(form) < 3 or not _ONE_BLOCK.fullmatch(form) or any(name in form for name in leaders):
                continue
            yield form


# What jieba takes as one block (its re_han): a word with any other character in it can never be found.
_ONE_BLOCK = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+")


def _is_measure(word: lexicon.Word) -> bool:
    return word.tag == "q" and len(word.word) == 1


def _with_numerals(cut: Cut, known: Iterable[str]) -> Cut:
    """Return ``cut`` with placeholders, numbers and dates taken out of the text before it, each a word of its own."""
    measures = "".join(w.word for w in lexicon.word_list() if _is_measure(w))
    numbers = numerals(known, measures=measures)

    def cut_between(text: str) -> list[str]:
        return _around(numbers, cut, text)

    return lambda text: _around(PLACEHOLDER, cut_between, text)


def _rjieba(entries: Iterable[lexicon.Word], hmm: bool) -> Cut:
    import rjieba

    engine = rjieba.Jieba()
    for word, freq, tag in entries:
        engine.add_word(word, freq, tag)
    has_word = engine.has_word

    def raw(text: str) -> list[str]:
        tokens: list[str] = engine.cut(text, hmm)
        return tokens

    def whole(text: str) -> list[str]:
        return _cut_like_jieba(raw, has_word, text) if hmm else raw(text)

    return lambda text: _around(_APART, whole, text) if _APART.search(text) else whole(text)


def _cut_like_jieba(raw: Cut, has_word: Callable[[str], bool], text: str) -> list[str]:
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


def _around(apart: re.Pattern[str], cut: Cut, text: str) -> list[str]:
    """Return the tokens of ``text`` where every match of ``apart`` is a token of its own."""
    tokens: list[str] = []
    done = 0
    for found in apart.finditer(text):
        start, end = found.span()
        if start > done:
            tokens += cut(text[done:start])
        tokens.append(text[start:end])
        done = end
    if done < len(text):
        tokens += cut(text[done:])
    return tokens


def _jieba(entries: Iterable[lexicon.Word], hmm: bool) -> Cut:
    tokenizer = _quiet_tokenizer()
    for word, freq, tag in entries:
        if freq == 0:  # add_word(word, 0) would also change a set that all tokenizers of the process share
            tokenizer.FREQ[word] = 0
        else:
            tokenizer.add_word(word, freq, tag)

    def cut(text: str) -> list[str]:
        return list(tokenizer.cut(text, HMM=hmm))

    return cut


def _quiet_tokenizer() -> Any:
    """Return a jieba Tokenizer of our own: no cache file, no log, no warnings, ``jieba.dt`` untouched."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes in jieba's source, pkg_resources
        import jieba
    tokenizer = jieba.Tokenizer()
    with (Path(jieba.__file__).parent / "dict.txt").open("rb") as file:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(file)
    tokenizer.initialized = True
    return tokenizer


ENGINES: dict[str, Callable[[Iterable[lexicon.Word], bool], Cut]] = {"rjieba": _rjieba, "jieba": _jieba}
