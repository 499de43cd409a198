"""What every page shares: its words, its templates, and a file that is complete in itself."""

from __future__ import annotations

import base64
import hashlib
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from corpus_tools.corpus.store import atomic
from corpus_tools.errors import StoreError
from corpus_tools.pages import embed
from corpus_tools.pages.inline import json_block
from corpus_tools.showing.languages import check_lang


def words(lang: str, name: str = "words.toml") -> dict[str, Any]:
    """The words of a page in one language; AnalysisError for another one."""
    check_lang(lang)
    known: dict[str, dict[str, Any]] = tomllib.loads(read(name))
    return known[lang]


def read(name: str) -> str:
    """The text of a file in templates/."""
    return (files("corpus_tools.pages") / "templates" / name).read_text("utf-8")


def template(name: str) -> jinja2.Template:
    """A template that escapes whatever it is given and stumbles over what it is not given."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(read), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    environment.filters["whole"] = lambda number: f"{int(number):,}"
    environment.filters["json"] = json_block
    environment.filters["of"] = lambda name, words: words.get(name, name)
    environment.filters["percent"] = lambda share: f"{share:.1%}"
    return environment.get_template(name)


def write(path: str | Path, body: str, *, title: str, lang: str, style: str = "", script: str = "") -> Path:
    """Write a page around ``body``, which has been escaped, and return its path.

    ``style`` comes after the style of all pages. The page allows itself no request, and no script but ``script``, which
    it knows by its hash.
    """
    page = template("page.html").render(
        title=title,
        lang=lang,
        body=Markup(body),
        style=Markup(read("style.css") + style),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii"),
        font=Markup(embed.font_face(body)),
    )
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}") from error
    with atomic(path) as temporary:
        temporary.write_text(page, "utf-8")
    return path
