"""A command line run in this process: what it printed, and the frames behind it."""

from __future__ import annotations

import contextlib
import inspect
import io
import shlex
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import pandas as pd
from verbs import places_of

from corpus_tools import cli


@dataclass
class Ran:
    """What a command line did: its exit code, what it printed, the frames that its function returned and it showed."""

    code: int = 0
    words: str = ""
    returned: list[pd.DataFrame] = field(default_factory=list)
    shown: list[pd.DataFrame] = field(default_factory=list)


def run(verb: str, line: str, folder: Path) -> Ran:
    ran, out, err = Ran(), io.StringIO(), io.StringIO()
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.chdir(folder))
        stack.enter_context(mock.patch.object(sys, "argv", shlex.split(line)))
        for owner, name in places_of(verb):
            stack.enter_context(mock.patch.object(owner, name, _noting(getattr(owner, name), ran)))
        for module in vars(cli).values():
            if inspect.ismodule(module) and "show" in vars(module):
                stack.enter_context(mock.patch.object(module, "show", _noting_shown(module.show, ran)))
        stack.enter_context(contextlib.redirect_stdout(out))
        stack.enter_context(contextlib.redirect_stderr(err))
        try:
            cli.main()
        except SystemExit as left:
            ran.code = int(left.code or 0)
    ran.words = out.getvalue() + err.getvalue()
    return ran


def _noting(function: Any, ran: Ran) -> Any:
    def call(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        if isinstance(result, pd.DataFrame):
            ran.returned.append(result)
        return result

    return call


def _noting_shown(show: Any, ran: Ran) -> Any:
    def call(frame: pd.DataFrame, *rest: Any) -> Any:
        ran.shown.append(frame)
        return show(frame, *rest)

    return call
