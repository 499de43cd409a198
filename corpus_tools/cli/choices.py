"""From what options say to what functions take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, overload

from corpus_tools.errors import ConfigError

if TYPE_CHECKING:
    from corpus_tools.analysis.slogans.lexicon import Lexicon
    from corpus_tools.analysis.themes.dictionary import Themes
    from corpus_tools.analysis.words import WordFilter


def words_of(
    stopwords: str, length: int, pos: str | None, pattern: str | None, *, kinds: tuple[str, ...] | None = None
) -> WordFilter:
    """Which words are counted, as the options say; without ``kinds`` content words."""
    from corpus_tools.analysis.words import CONTENT, WordFilter

    layers = {"all": None, "none": ()}.get(stopwords, listed("--stopwords", stopwords))
    parts = listed("--pos", pos)
    return WordFilter(stopwords=layers, length=length, kinds=kinds or CONTENT.kinds, pos=parts, pattern=pattern)


@overload
def listed(option: str, text: str) -> tuple[str, ...]: ...


@overload
def listed(option: str, text: None) -> None: ...


def listed(option: str, text: str | None) -> tuple[str, ...] | None:
    """The names in an option, with commas between; ConfigError where it names nothing."""
    if text is None:
        return None
    parts = tuple(part.strip() for part in text.split(",") if part.strip())
    if not parts:
        raise ConfigError(f"{option} {text!r}: names nothing")
    return parts


def lexicon_of(file: Path | None, *, alone: bool) -> Lexicon:
    """The slogans that options name; ConfigError where none would be left."""
    if alone and file is None:
        raise ConfigError("--alone leaves out all shipped slogans: name your own with --lexicon FILE")
    from corpus_tools.analysis.slogans import lexicon

    return lexicon(file, shipped=False) if alone else file


def themes_of(which: str) -> Themes:
    """What the option names: a set or file as it is, else names of themes."""
    if which in ("general", "association") or which.lower().endswith(".toml"):
        return which
    return listed("--themes", which)


def pair(option: str, text: str | None) -> tuple[str, str] | None:
    """The two names in an option, None where it was not given; ConfigError for another number of them."""
    names = listed(option, text)
    if names is not None and len(names) != 2:
        raise ConfigError(f"{option} {text!r}: name two, with a comma between")
    return (names[0], names[1]) if names else None
