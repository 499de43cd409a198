"""What a paper's appendix needs: versions, fingerprints, the citation, and texts without holes."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import numpy
import pytest
import sklearn
import small_corpus
import yaml

from corpus_tools.pages import page
from corpus_tools.pages.sections import methods
from corpus_tools.version import __version__

PARTS = {"topics": {"k": 7, "refits": 2}, "themes": {"themes": 39, "terms": 1587}}


@pytest.fixture
def corpus(tmp_path):
    return small_corpus.make(tmp_path / "c", [{"words": "渔业"}, {"words": "苗圃"}])


def test_versions_are_those_that_are_installed(corpus):
    said = dict(methods.part(corpus, PARTS)["versions"])
    assert said["corpus_tools"] == __version__
    assert said["numpy"] == numpy.__version__
    assert said["scikit-learn"] == sklearn.__version__


def test_the_citation_is_that_of_the_project(corpus):
    cited = methods.part(corpus, PARTS)["cite"]
    project = yaml.safe_load((Path(page.__file__).parents[2] / "CITATION.cff").read_text("utf-8"))
    fields = dict(re.findall(r"(\w+)\s+= \{+(.*?)\}+,?\n", cited))
    assert fields["title"].replace("\\_", "_") == project["title"]
    assert fields["author"] == project["authors"][0]["name"]
    assert fields["year"] == project["date-released"][:4]
    assert fields["license"] == project["license"]
    assert fields["version"] == __version__


def test_fingerprints_tell_corpora_and_views_apart(corpus):
    whole, view = (methods.part(c, PARTS)["fingerprints"] for c in (corpus, corpus.where(doc_id="d000")))
    assert whole["manifest"] == view["manifest"]
    assert whole["manifest"] == hashlib.sha256((corpus.folder / "manifest.json").read_bytes()).hexdigest()
    assert whole["documents"] != view["documents"]
    assert view["documents"] == hashlib.sha256(b"d000 ").hexdigest()  # the made corpus has no digests of texts


def test_a_file_of_ones_own_is_named_with_its_digest(corpus, tmp_path):
    own = tmp_path / "mine.csv"
    own.write_bytes(b"slogan\n")
    assert methods.is_file(own)
    assert not methods.is_file("general")
    assert not methods.is_file(["三农"])
    assert methods.part(corpus, PARTS, own=[own])["knowledge"][-1] == (
        "mine.csv",
        hashlib.sha256(b"slogan\n").hexdigest()[:16],
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_texts_name_what_was_really_used(corpus, lang):
    values = methods.part(corpus, PARTS)["values"]
    said = [method["text"].format(**values) for method in page.words(lang)["methods_list"]]
    assert not any("{" in text for text in said)
    assert any("39" in text and "1587" in text for text in said)
    unknown = methods.part(corpus, {"topics": {"why": "…"}, "themes": {}})["values"]
    assert unknown["k"] == unknown["themes"] == "–"
