"""Methods: what a paper's appendix needs: methods with their parameters and sources, versions, fingerprints, how to cite."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeGuard

from corpus_tools import data
from corpus_tools.analysis.topics.material import MIN_WORDS
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.corpus.store import file_sha256, text_sha256
from corpus_tools.pages import shell
from corpus_tools.pages.marks import with_codes
from corpus_tools.pages.sections import Part, keywords, themes
from corpus_tools.version import __version__

COMPUTED = ("numpy", "scipy", "pandas", "pyarrow", "scikit-learn", "ahocorasick-rs", "opencc", "matplotlib", "jinja2")
KNOWLEDGE = ("slogans.csv", "themes.toml", "stopwords.txt", "words.txt", "courtesies.toml", "flags.toml")
RECORD = 2000  # characters of a manifest entry; longer ones (lists of all inputs) are for the file itself
DIGITS = 16  # of a digest: enough to tell two files apart


def part(corpus: Corpus, parts: dict[str, Part], *, own: Iterable[str | Path] = ()) -> Part:
    """Values that the texts about methods name, versions, digests, settings, the view, and the record of the build.

    ``parts`` are the other sections, which say what they really used; ``own`` are files of the user's that they read.
    """
    manifest = corpus.manifest
    record = {key: value for key, value in manifest.items() if len(json.dumps(value, default=str)) <= RECORD}
    return {
        "values": _values(parts),
        "versions": [("corpus_tools", __version__), ("Python", platform.python_version()), *_versions()],
        "build": sorted((str(name), str(number)) for name, number in manifest.get("versions", {}).items()),
        "options": sorted((key, str(value)) for key, value in manifest.get("options", {}).items() if value is not None),
        "view": with_codes(".".join(corpus.view)),
        "knowledge": [
            *((name, text_sha256(data.text(name))[:DIGITS]) for name in KNOWLEDGE),
            *((with_codes(Path(name).name), file_sha256(Path(name))[:DIGITS]) for name in own),
        ],
        "fingerprints": _fingerprints(corpus),
        "manifest": json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True, default=str),
        "cite": shell.read("report/cite.bib").replace("VERSION", __version__),
    }


def is_file(chosen: object) -> TypeGuard[str | Path]:
    """Whether what was chosen is a file of the user's, and no shipped set, list of names or frame."""
    return isinstance(chosen, str | Path) and Path(chosen).is_file()


def _values(parts: dict[str, Part]) -> dict[str, Any]:
    """What the texts about methods leave open; a dash where the section could not be computed."""
    found, counted = parts["topics"], parts["themes"]
    return {
        "k": found.get("k", "–"),
        "refits": found.get("refits", "–"),
        "min_words": MIN_WORDS,
        "resamples": themes.RESAMPLES,
        "terms": keywords.TERMS,
        "themes": counted.get("themes", "–"),
        "theme_terms": counted.get("terms", "–"),
    }


def _versions() -> list[tuple[str, str]]:
    return [(name, version(name)) for name in COMPUTED]


def _fingerprints(corpus: Corpus) -> dict[str, str]:
    """SHA-256 of the folder's manifest, and of the documents that this page is about: their names and clean texts."""
    pairs = zip(corpus.documents["doc_id"], corpus.documents["text_sha256"], strict=True)
    documents = "\n".join(sorted({f"{doc_id} {digest}" for doc_id, digest in pairs}))
    return {
        "manifest": file_sha256(corpus.folder / "manifest.json"),
        "documents": hashlib.sha256(documents.encode()).hexdigest(),
        "identity": str(corpus.manifest["identity"]),
    }
