"""The page itself: sections filled in, styled, given a font, and written in one piece."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from corpus_tools.corpus.corpus import Corpus
from corpus_tools.corpus.store import atomic
from corpus_tools.errors import AnalysisError
from corpus_tools.pages import embed, sections
from corpus_tools.plot.charts import Lang


def report(corpus: Corpus, path: str | Path, *, lang: Lang = "zh", k: int | None = None) -> Path:
    """Write one HTML file about a corpus, complete in itself: no script, no request to the net, its own Chinese font.

    Sections: coverage, what cleaning changed, slogans, keywords of each year, topics, methods and versions. ``k`` is
    the number of topics; by default it follows from the number of paragraphs, and the page says so. A section that
    cannot be computed says why. Everything that comes from a text is escaped. Returns the path. AnalysisError for an
    empty corpus or an unknown ``lang``.
    """
    words = _words(lang)
    if not len(corpus):
        raise AnalysisError("this corpus has no documents to report on")
    parts = sections.all_parts(corpus, lang=lang, k=k)
    body = _template("body.html").render(w=words, **parts)
    page = _template("page.html").render(
        w=words, body=Markup(body), style=Markup(_read("style.css")), font=Markup(embed.font_face(body))
    )  # body has been escaped, style and font are ours
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic(path) as temporary:
        temporary.write_text(page, "utf-8")
    return path


def _words(lang: str) -> dict[str, Any]:
    known: dict[str, dict[str, Any]] = tomllib.loads(_read("words.toml"))
    if lang not in known:
        raise AnalysisError(f"lang is {lang!r}; it can be {' or '.join(map(repr, known))}")
    return known[lang]


def _read(name: str) -> str:
    return (files("corpus_tools.pages") / "templates" / name).read_text("utf-8")


def _template(name: str) -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_read), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    environment.filters["whole"] = lambda number: f"{int(number):,}"
    environment.filters["percent"] = lambda share: f"{share:.1%}"
    return environment.get_template(name)
