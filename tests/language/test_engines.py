"""What every engine keeps, and that the fast one gives jieba's tokens, also with a user's words."""

from __future__ import annotations

import contextlib
import io
import logging
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import EntryPoint
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from pieces import mixed

from corpus_tools.errors import DataError, MissingPackageError, WrongPackageError
from corpus_tools.language import engines
from corpus_tools.language.engines import jieba_dictionary, rjieba
from corpus_tools.language.lexicon import Word, word_list

SENTENCES = Path(__file__).parent / "segmented" / "agreed.txt"
USER_WORDS = "云溪新路\ni科普\n5G-A\n互联网+\n科协工作 5 n\n万万 0\n科普教育 0\n新质 300\n的 0\nGDP 0\n鄂\nPM2.5\n"


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small model of pkuseg, trained on our own sentences."""
    if not find_spec("spacy_pkuseg"):
        pytest.skip("spacy-pkuseg is not installed (the extra 'pkuseg')")
    import spacy_pkuseg

    folder = tmp_path_factory.mktemp("pkuseg")
    with contextlib.redirect_stdout(io.StringIO()), contextlib.chdir(folder):
        spacy_pkuseg.train(str(SENTENCES), str(SENTENCES), str(folder / "model"), train_iter=2)
    return f"pkuseg:{folder / 'model'}"


@pytest.fixture(params=["rjieba", "jieba", "pkuseg"])
def engine(request: pytest.FixtureRequest) -> str:
    if request.param == "pkuseg":
        name: str = request.getfixturevalue("model")
        return name
    return str(request.param)


@cache
def cut_of(engine: str, *words: str) -> engines.Cut:
    return engines.make(engine, [Word(word, None, None) for word in words], hmm=True)


@given(text=mixed)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_tokens_join_to_the_text(engine: str, text: str) -> None:
    tokens = cut_of(engine)(text)
    assert "".join(tokens) == text
    assert "" not in tokens


def test_white_space_and_private_characters_stand_alone(engine: str) -> None:
    tokens = cut_of(engine)("科协 工作\n\ue000发展\r\n\ue001\ue001")
    assert [token for token in tokens if token.isspace() or "\ue000" <= token[0] <= "\uf8ff"] == (
        [" ", "\n", "\ue000", "\r\n", "\ue001", "\ue001"]
    )


def test_words_of_a_user_are_found(engine: str) -> None:
    text = "推进云溪新路建设，云溪新路"
    assert cut_of(engine)(text).count("云溪新路") == 0
    assert cut_of(engine, "云溪新路")(text).count("云溪新路") == 2


def test_the_same_tokens_in_every_thread_and_again(engine: str) -> None:
    cut = cut_of(engine)
    texts = [line.replace(" ", "") for line in SENTENCES.read_text("utf-8").splitlines()]
    once = [cut(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(cut, texts)) == once
    assert [engines.make(engine, [], hmm=True)(text) for text in texts[:10]] == once[:10]


def _in_a_process(engine: str) -> list[str]:
    return cut_of(engine)("学会工作推进科普发展")


def test_the_same_tokens_in_every_process(engine: str) -> None:
    here = _in_a_process(engine)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(_in_a_process, (engine,)) == here
    if hasattr(os, "fork"):
        with multiprocessing.get_context("fork").Pool(1) as pool:
            assert pool.apply(_in_a_process, (engine,)) == here


@pytest.fixture(scope="module")
def user_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("words") / "own.txt"
    path.write_text(USER_WORDS, "utf-8")
    return path


@pytest.fixture(scope="module")
def jieba_with_words(user_words: Path) -> Iterator[Any]:
    """jieba as it is used without us: its own loader, which also fills a set that all tokenizers share."""
    jieba = _jieba()
    tokenizer = jieba.Tokenizer()
    tokenizer.load_userdict(str(user_words))
    yield tokenizer
    jieba.finalseg.Force_Split_Words.clear()


@cache
def _jieba() -> Any:
    jieba = pytest.importorskip("jieba")
    jieba.setLogLevel(logging.CRITICAL)
    return jieba


@cache
def jiebas_own() -> Any:
    return _jieba().Tokenizer()


@cache
def with_words(engine: str, path: Path, hmm: bool) -> engines.Cut:
    return engines.make(engine, word_list(path), hmm=hmm)


@given(text=mixed)
@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize("hmm", [True, False])
def test_rjieba_gives_jiebas_tokens(text: str, hmm: bool) -> None:
    assert cut_plain(hmm)(text) == jiebas_own().lcut(text, HMM=hmm)


@cache
def cut_plain(hmm: bool) -> engines.Cut:
    return engines.make("rjieba", [], hmm=hmm)


@given(text=mixed)
@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize("hmm", [True, False])
def test_engines_give_jiebas_tokens_with_a_users_words(
    user_words: Path, jieba_with_words: Any, text: str, hmm: bool
) -> None:
    expected = jieba_with_words.lcut(text, HMM=hmm)
    for engine in ("rjieba", "jieba"):
        assert with_words(engine, user_words, hmm)(text) == expected, engine


@pytest.mark.parametrize(("text", "apart"), [("万万", ["万", "万"]), ("科普教育的", ["科普", "教育", "的"])])
def test_words_of_frequency_nought_come_apart(user_words: Path, text: str, apart: list[str]) -> None:
    assert with_words("rjieba", user_words, True)(text) == apart


@pytest.mark.parametrize("apart", [False, True])
def test_equal_probabilities_round_as_in_jieba(apart: bool) -> None:
    # 万|万万 and 万万|万 are equally probable. Which one rounds up hangs on what follows and on the last unit of the sum of
    # frequencies, which every added word changes: a sum that is wrong by one fails here.
    texts = [f"万万万{word}" for word in ("人民", "科协", "发展", "国务院", "社会", "经济", "技术", "我们", "进行")]
    for freq in (1, 977, 31_337):
        words = [
            Word("云溪新路", freq, None),
            Word("科协", freq, None),
            *([Word("建立健全", 0, None)] if apart else []),
        ]
        for hmm in (False, True):
            fast, slow = (engines.make(e, words, hmm=hmm) for e in ("rjieba", "jieba"))
            assert [fast(text) for text in texts] == [slow(text) for text in texts]


def test_an_rjieba_that_cuts_otherwise_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rjieba, "toml", lambda name: {"hmm": [["科协", "工作"]], "no_hmm": []})
    rjieba._check_identity.cache_clear()
    with pytest.raises(
        WrongPackageError, match=r"cuts 科协工作 where jieba 0\.42\.1 cuts 科协\|工作.*engine = 'jieba'"
    ):
        engines.make("rjieba", [], hmm=True)
    monkeypatch.undo()
    rjieba._check_identity.cache_clear()
    engines.make("rjieba", [], hmm=True)


@pytest.mark.parametrize("hmm", [True, False])
def test_probes_are_jiebas_tokens(hmm: bool) -> None:
    from corpus_tools.data import toml

    for tokens in toml("engine_probes.toml")["hmm" if hmm else "no_hmm"]:
        assert jiebas_own().lcut("".join(tokens), HMM=hmm) == tokens


def test_unknown_engines_and_missing_models_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DataError, match="unknown engine 'thulac': choose one of rjieba, jieba, pkuseg"):
        engines.make("thulac", [], hmm=True)
    with pytest.raises(DataError, match="pkuseg:DIR"):
        engines.make("pkuseg", [], hmm=True)
    with pytest.raises(DataError, match="no model"):
        engines.make(f"pkuseg:{tmp_path}", [], hmm=True)
    (tmp_path / "weights.npz").touch()
    monkeypatch.setitem(sys.modules, "spacy_pkuseg", None)
    with pytest.raises(MissingPackageError, match=r"pip install 'corpus-tools\[pkuseg\]'"):
        engines.make(f"pkuseg:{tmp_path}", [], hmm=True)


def letters(entries: object, *, hmm: bool, model: str | None) -> Callable[[str], list[str]]:
    return list


def test_an_engine_of_another_package_is_known_by_its_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("letters", f"{__name__}:letters", engines.GROUP)
    monkeypatch.setitem(sys.modules, __name__, sys.modules[letters.__module__])
    monkeypatch.setattr(engines, "entry_points", lambda group: [point] if group == engines.GROUP else [])
    assert engines.make("letters", [], hmm=False)("科协") == ["科", "协"]
    with pytest.raises(DataError, match="choose one of rjieba, jieba, pkuseg, letters"):
        engines.check("words")


def test_the_dictionary_of_jieba_sums_up_to_its_total() -> None:
    assert sum(freq for _, freq, _ in jieba_dictionary.entries()) == jieba_dictionary.TOTAL
    assert jieba_dictionary.frequencies({"科协工作", "没有这个词"}) == {"科协工作": 3}


def test_jieba_is_loaded_late_and_silently(tmp_path: Path) -> None:
    code = (
        "import sys, warnings\n"
        "from corpus_tools.language import segment\n"
        "assert not {'jieba', 'rjieba', 'spacy_pkuseg'} & sys.modules.keys()\n"
        "assert segment.segment('科协发展', engine='jieba') == ['科协', '发展']\n"
        "import jieba\n"
        "assert not jieba.dt.initialized\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={
            "TMPDIR": str(tmp_path),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONPYCACHEPREFIX": str(tmp_path),
        },
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not list(tmp_path.glob("jieba*.cache"))
