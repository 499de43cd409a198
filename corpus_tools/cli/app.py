"""The program: what its verbs share, and how errors leave it."""

from __future__ import annotations

import os
import re
import sys
from enum import Enum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus_tools.errors import AnalysisError, ConfigError, CorpusToolsError
from corpus_tools.version import __version__

if TYPE_CHECKING:
    from corpus_tools.config import Config
    from corpus_tools.corpus.corpus import Corpus

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, pretty_exceptions_enable=False)

NUMBER = r"\d+(?:\.\d+)?"
DONE, FAILED, USAGE, SOME_REJECTED, INTERRUPTED = 0, 1, 2, 3, 130


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Clean collected Chinese work reports, keep them as a corpus, and count what they say."""
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

    corpus = load(out, notes=notes)
    for condition in where or []:
        column, equals, value = condition.partition("=")
        if not equals:
            raise ConfigError(f"--where {condition}: write COLUMN=VALUE or COLUMN=FROM:TO")
        corpus = corpus.where(**{column: _wanted(corpus, column, value)})
        if not len(corpus):
            raise AnalysisError(f"no document of {out} meets --where {condition}")
    return corpus


def _wanted(corpus: Corpus, column: str, text: str) -> Any:
    """What ``where`` takes: words as they are; of a column of numbers a number, or all of its values between two bounds."""
    from pandas.api.types import is_numeric_dtype

    documents = corpus.documents
    if column not in documents or not is_numeric_dtype(documents[column]):
        return text
    bounds = re.fullmatch(rf"({NUMBER})?:({NUMBER})?", text)
    if bounds is None or text == ":":
        return float(text) if re.fullmatch(NUMBER, text) else text
    start, end = float(bounds[1] or "-inf"), float(bounds[2] or "inf")
    if start > end:
        raise ConfigError(f"--where {column}={text}: {bounds[1]} comes after {bounds[2]}")
    return [value for value in documents[column].dropna().unique() if start <= value <= end]
