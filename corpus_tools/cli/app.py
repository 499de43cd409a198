"""The program: what its verbs share, and how errors leave it."""

from __future__ import annotations

import os
import re
import sys
from difflib import get_close_matches
from enum import Enum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus_tools.cli.help import Verbs
from corpus_tools.errors import AnalysisError, ConfigError, CorpusToolsError
from corpus_tools.version import __version__

if TYPE_CHECKING:
    import pandas as pd

    from corpus_tools.config import Config
    from corpus_tools.corpus.corpus import Corpus

app = typer.Typer(
    cls=Verbs, add_completion=False, rich_markup_mode=None, no_args_is_help=True, pretty_exceptions_enable=False
)

FEW = 20  # values of a column that an error can name
NUMBER = r"\d+(?:\.\d+)?"
DONE, FAILED, USAGE, SOME_REJECTED, INTERRUPTED = 0, 1, 2, 3, 130


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Clean collected Chinese work reports, keep them as a corpus, and count what they say.

    Begin with 'demo' in a copy of the repository, or with 'build RAW OUT' on your own files; then ask OUT. Each verb's
    --help says what comes out of it and shows a line that works. Tables go to standard output, words to standard error.

    Exit 0: done. 1: failed, the reason is said. 2: wrong use, the right one is said. 3: done, but some files were rejected.
    """
    if show:
        typer.echo(__version__)
        raise typer.Exit(DONE)


def main() -> None:
    """Run the command line; errors made on purpose are one line, without a traceback."""
    _write_utf8()
    try:
        code = app(standalone_mode=False)
        if code == INTERRUPTED:
            say("stopped; a build keeps what it has finished: run the same command to go on")
        sys.exit(code)
    except ConfigError as error:
        say(f"error: {error}")
        sys.exit(USAGE)
    except CorpusToolsError as error:
        say(f"error: {error}")
        sys.exit(FAILED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(FAILED)
    except OSError as error:
        say(f"error: {error.filename or 'a file'}: {error.strerror or error}")
        sys.exit(FAILED)
    except Exception as error:
        if not hasattr(error, "show"):  # the command line's own errors can show themselves
            raise
        error.show()
        sys.exit(USAGE)


def _write_utf8() -> None:
    """Files and pipes get UTF-8, whatever the code page of the machine; what PYTHONIOENCODING says holds."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.isatty() and "PYTHONIOENCODING" not in os.environ:
            stream.reconfigure(encoding="utf-8")


def say(words: str) -> None:
    """Tell the person something: on standard error, so that data stay alone on standard output."""
    typer.echo(words, err=True)


def settings_of(path: Path | None, **given: Any) -> Config:
    """The settings of corpus.toml, and above them those that the command line gives."""
    from corpus_tools.config import read_config

    return read_config(path, **{k: v.value if isinstance(v, Enum) else v for k, v in given.items()})


def load_corpus(out: Path, where: list[str] | None, *, notes: bool = False) -> Corpus:
    """Open a corpus and keep the documents that meet every ``--where``."""
    from corpus_tools.corpus.corpus import load

    corpus = whole = load(out, notes=notes)
    for number, condition in enumerate(where or [], start=1):
        column, equals, value = condition.partition("=")
        if not equals:
            raise ConfigError(f"--where {condition}: write COLUMN=VALUE or COLUMN=FROM:TO")
        corpus = corpus.where(**{column: _wanted(whole, column, value)})
        if not len(corpus):
            asked = " and ".join(f"--where {one}" for one in (where or [])[:number])
            raise AnalysisError(f"no document of {out} meets {asked}{_values(whole, column, value)}")
    return corpus


def _values(corpus: Corpus, column: str, text: str) -> str:
    """What may have been meant by a value that no document has: one like it, or the few there are."""
    if column not in corpus.described:
        return ""
    values = sorted(map(str, _there(corpus.described, column)))
    if not text or text in values:  # there are such documents, or none is unknown
        return ""
    if near := get_close_matches(text, values):
        return f"; did you mean {' or '.join(near)}?"
    return f"; {column} is {', '.join(values)}" if 0 < len(values) <= FEW else ""


def _wanted(corpus: Corpus, column: str, text: str) -> Any:
    """What ``where`` takes: nothing for what is unknown, a value, several with commas between, or those between two bounds.

    A value that has a comma in it is one; each of several must be there, or a slip would leave out documents unseen.
    """
    from pandas.api.types import is_numeric_dtype

    documents, parts = corpus.described, text.split(",")
    if column not in documents:
        return parts
    if not text:
        return parts if column == "flags" else None
    found: dict[str, list[Any]]
    if is_numeric_dtype(documents[column]):
        found = {part: _numbers(documents[column], part) for part in parts}
    else:
        values = set(_there(documents, column))
        parts = [text] if text in values else parts
        found = {part: [part] if part in values else [] for part in parts}
    for part in parts if len(parts) > 1 else ():
        if not found[part]:
            raise AnalysisError(f"--where {column}={text}: no document has {part!r}{_values(corpus, column, part)}")
    return [value for part in parts for value in found[part]]


def _there(documents: pd.DataFrame, column: str) -> list[Any]:
    """The values of a column that some document has, each once; of flags each by itself."""
    return list(documents[column].explode().dropna().unique())


def _numbers(column: pd.Series[Any], text: str) -> list[float]:
    """Those of a column's values that are a number, or between two bounds, either of which may be left out."""
    text = f"{text}:{text}" if re.fullmatch(NUMBER, text) else text
    bounds = re.fullmatch(rf"({NUMBER})?:({NUMBER})?", text)
    if bounds is None or text == ":":
        raise ConfigError(
            f"--where {column.name}={text}: {column.name} holds numbers; write {column.name}=NUMBER, FROM:TO, FROM: or "
            f":TO, or nothing behind = for what is unknown"
        )
    start, end = float(bounds[1] or "-inf"), float(bounds[2] or "inf")
    if start > end:
        raise ConfigError(f"--where {column.name}={text}: {bounds[1]} comes after {bounds[2]}")
    return [value for value in column.dropna().unique() if start <= value <= end]
