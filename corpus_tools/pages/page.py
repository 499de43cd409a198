"""The page about a corpus: its sections filled in and written in one piece."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus_tools import progress
from corpus_tools.analysis.slogans.lexicon import Lexicon
from corpus_tools.analysis.themes.dictionary import Themes
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError
from corpus_tools.pages import shell
from corpus_tools.pages.sections import Part, coverage, head, keywords, methods, slogans, topics, trust
from corpus_tools.pages.sections import themes as themes_section
from corpus_tools.showing.languages import Lang
from corpus_tools.showing.values import named_columns, names_of

WORDS = ("words.toml", "report/about.toml", "report/methods.toml")


def report(
    corpus: Corpus,
    path: str | Path,
    *,
    lang: Lang = "zh",
    k: int | None = None,
    themes: Themes | None = None,
    lexicon: Lexicon = None,
) -> Path:
    """Write one HTML file about a corpus, complete in itself: no request to the net, its own Chinese font.

    Sections: coverage, what cleaning changed, slogans, keywords of each year, topics, themes, methods and versions
    (docs/report.md says what each holds). ``lang``, ``"zh"`` or ``"en"``, is the language of its labels. ``k`` is the
    number of topics; by default it follows from the number of paragraphs. ``themes`` is a dictionary as for
    ``ct.themes.dictionary``; by default the shipped set that fits most of the documents. ``lexicon`` are slogans of your
    own as for ``ct.slogans.count``. The page says which it was. A section that cannot be computed says why. Everything that
    comes from a text is escaped. The same corpus and versions give the same bytes. Returns the path. AnalysisError for an
    empty corpus, a view by tense, an unknown ``lang`` or theme; DataError for a bad dictionary or lexicon.
    """
    said = words(lang)
    if not len(corpus):
        raise AnalysisError("this corpus has no documents to report on")
    if "tense" in corpus.documents:
        raise AnalysisError(
            'a view by tense has documents several times: report on corpus.where(tense="plan") and so on'
        )
    sections: dict[str, Callable[[], Part]] = {
        "coverage": lambda: coverage.part(corpus, meanings=said["values"]),
        "trust": lambda: trust.part(corpus),
        "slogans": _or_why(lambda: slogans.part(corpus, lang=lang, lexicon=lexicon)),
        "keywords": _or_why(lambda: keywords.part(corpus)),
        "topics": _or_why(lambda: topics.part(corpus, lang=lang, k=k)),
        "themes": lambda: themes_section.part(corpus, themes=themes),
    }
    parts = {"head": head.part(corpus)}
    with progress.bar("report", unit="sections", total=len(sections)) as bar:
        for name, section in sections.items():
            parts[name] = section()
            bar.done += 1
    parts["methods"] = methods.part(corpus, parts, own=[own for own in (lexicon, themes) if methods.is_file(own)])
    body = shell.template("report/page.html").render(w=said, sections=[*sections, "methods"], **parts)
    style, script = shell.read("report.css") + shell.read("explorer.css"), shell.read("report.js")
    return shell.write(path, body, title=said["title"], lang=said["html_lang"], style=style, script=script)


def words(lang: Lang) -> dict[str, Any]:
    """All words of the page in one language, names of values by column under ``values``; AnalysisError for another one."""
    found: dict[str, Any] = {}
    for name in WORDS:
        found |= shell.words(lang, name)
    more = {"others": found["rest"], "unknown": found["unknown"]}
    return found | {"values": {column: names_of(column, lang) | more for column in named_columns()}}


def _or_why(section: Callable[[], Part]) -> Callable[[], Part]:
    """A section that says why, where it cannot be computed."""

    def computed() -> Part:
        try:
            return section()
        except AnalysisError as error:
            return {"why": str(error)}

    return computed
