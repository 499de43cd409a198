"""The page about a corpus: its sections filled in and written in one piece."""

from __future__ import annotations

from pathlib import Path

from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError
from corpus_tools.pages import sections, shell
from corpus_tools.plot.charts import Lang


def report(corpus: Corpus, path: str | Path, *, lang: Lang = "zh", k: int | None = None) -> Path:
    """Write one HTML file about a corpus, complete in itself: no script, no request to the net, its own Chinese font.

    Sections: coverage, what cleaning changed, slogans, keywords of each year, topics, methods and versions. ``k`` is
    the number of topics; by default it follows from the number of paragraphs, and the page says so. A section that
    cannot be computed says why. Everything that comes from a text is escaped. Returns the path. AnalysisError for an
    empty corpus or an unknown ``lang``.
    """
    words = shell.words(lang)
    if not len(corpus):
        raise AnalysisError("this corpus has no documents to report on")
    parts = sections.all_parts(corpus, lang=lang, k=k)
    body = shell.template("body.html").render(w=words, **parts)
    return shell.write(path, body, title=words["title"], lang=words["html_lang"])
