"""The topics on the page: map, cards, examples, years; and corpora that have none."""

from __future__ import annotations

import re
from random import Random

import pytest
import small_corpus
from test_report_page import HANDLER, NASTY, THEMES, Tags, page_of, themed

from corpus_tools.analysis.topics.quality import NOTES
from corpus_tools.pages import figures, shell
from corpus_tools.pages.sections import shown, topics


@pytest.fixture
def themes(tmp_path):
    """Four documents, each of a theme of its own, in 2018 and 2020."""
    return small_corpus.make(tmp_path / "c", [themed(2018 + i % 2 * 2, i) for i in range(4)])


def text_of(page):
    return " ".join(" ".join(Tags(page).text).split())


def test_a_card_says_what_a_topic_is_made_of(themes):
    part = topics.part(themes, lang="zh", k=4)
    cards = part["cards"]
    assert [card["topic"] for card in cards] == [1, 2, 3, 4]
    assert {frozenset(card["terms"][:5]) for card in cards} == {frozenset(theme.split()) for theme in THEMES}
    assert (part["refits"], part["paragraphs"], part["chosen"]) == (2, 48, False)
    for card in cards:
        assert card["documents"] == 1
        assert "one document" in card["notes"]
        (name, text), *_ = card["examples"]
        assert name == f"云川县科协工作报告 ({card['course']['in']})"
        assert all(word in "".join(card["terms"]) for word in re.findall("..", text.rstrip("…"))[:5])
        # The documents of a year are of two themes, so that a topic has half of one year, and all of one document.
        assert card["course"]["most"] == pytest.approx(0.5, abs=0.01)
        assert card["leading"][0] == (name, pytest.approx(1, abs=0.02))


def test_years_are_shaded_by_their_shares_and_gaps_are_no_rows(themes):
    part = topics.part(themes, lang="zh", k=4)
    assert [(year, n) for year, n, _ in part["years"]] == [(2018, 2), (2020, 2)]
    for _, _, cells in part["years"]:
        assert sum(share for share, _ in cells) == pytest.approx(1)
        assert sorted(shade for _, shade in cells) == [0, 0, topics.SHADES, topics.SHADES]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_has_a_map_whose_labels_lead_to_cards(themes, tmp_path, lang):
    page = page_of(themes, tmp_path, k=4, lang=lang)
    tags = Tags(page).tags
    cards = [attributes["id"] for tag, attributes in tags if tag == "article"]
    links = [attributes["xlink:href"] for tag, attributes in tags if tag == "a" and "xlink:href" in attributes]
    assert cards == ["topic-1", "topic-2", "topic-3", "topic-4"]
    assert sorted(links) == [f"#{card}" for card in cards]
    words = shell.words(lang)
    said = text_of(page)
    assert words["topic_notes"]["one document"] in said
    assert words["topics_refits"].format(n=2) in said
    assert page.split('class="cards"')[1].split("</section>")[0].count('class="spark"') == 4


def test_every_note_of_a_topic_has_words_in_both_languages():
    for lang in ("zh", "en"):
        assert shell.words(lang)["topic_notes"].keys() == NOTES.keys()


def test_markup_in_paragraphs_and_titles_is_shown_as_text(tmp_path):
    documents = []
    for number, theme in enumerate(THEMES):
        words = Random(number).choices(theme.split(), k=16)
        lines = "\n".join(" ".join([NASTY, *words, HANDLER]) for _ in range(12))
        documents.append({"words": lines, "year": 2018 + number, "title": f"{NASTY}{number}\u202e"})
    page = page_of(small_corpus.make(tmp_path / "c", documents), tmp_path, k=4)
    tags = Tags(page)
    # The page's own script, and its data, which no browser runs.
    assert [attributes.get("type") for tag, attributes in tags.tags if tag == "script"].count(None) == 1
    assert "img" not in {tag for tag, _ in tags.tags}
    quotes = page.split('class="cards"')[1].split("</section>")[0].split("<blockquote>")[1:]
    assert len(quotes) == 4  # one document a topic
    for quote in quotes:
        assert quote.startswith("&lt;script&gt;alert(1)&lt;/script&gt;")
    assert "\u202e" not in page
    assert "⟨U+202E⟩" in page


def test_long_paragraphs_are_cut():
    assert shown.excerpt(" 长文 ", 160) == "长文"
    assert shown.excerpt("长" * 160, 160) == "长" * 160
    assert shown.excerpt("长" * 161, 160) == "长" * 159 + "…"


def test_a_line_of_shares_breaks_where_there_are_no_years():
    line = figures.sparkline({2018: 0.1, 2019: 0.2, 2021: 0.05}, first=2018, last=2021)
    # x from 2 to 238 in three steps; y from 42 (0) to 2 (0.2).
    assert re.findall(' d="([^"]*)"', line) == ["M2 22L80.67 2", "M238 32h0"]
    assert re.findall(' d="([^"]*)"', figures.sparkline({2018: 0.0}, first=2018, last=2018)) == ["", "M2 42h0"]


@pytest.mark.parametrize("years", [[None] * 4, [2019, None, None, None]])
def test_documents_of_unknown_year_have_topics_and_no_course(tmp_path, years):
    corpus = small_corpus.make(tmp_path / "c", [themed(year, i) for i, year in enumerate(years)])
    part = topics.part(corpus, lang="zh", k=4)
    assert len(part["years"]) == sum(year is not None for year in years)
    assert all((card["course"] is None) == (not part["years"]) for card in part["cards"])
    page_of(corpus, tmp_path, k=4)


def test_a_year_whose_documents_are_too_short_for_topics_has_no_row(tmp_path):
    documents = [themed(None, i) for i in range(4)] + [{"words": "渔业", "year": 2019}, {"words": "林业", "year": 2020}]
    corpus = small_corpus.make(tmp_path / "c", documents)
    assert topics.part(corpus, lang="zh", k=4)["years"] == []
    page_of(corpus, tmp_path, k=4)


def test_two_documents_have_topics_whose_stability_is_unknown(tmp_path):
    corpus = small_corpus.make(tmp_path / "c", [themed(2018, 0), themed(2019, 1)])
    page = page_of(corpus, tmp_path, k=2, lang="en")
    assert "nothing tells whether topics are stable" in text_of(page)
    assert "found again" not in text_of(page.split('class="cards"')[1])


def test_the_number_of_topics_follows_from_the_paragraphs(tmp_path):
    def number(paragraphs):
        return topics._number_of_topics(small_corpus.make(tmp_path / str(paragraphs), [themed(2018, 0, paragraphs)]))

    assert [number(n) for n in (1, 299, 300, 1200)] == [5, 5, 6, 20]
    short = {"words": "\n".join(["渔业 捕捞 ， 。 、 ； ： ！ ？ （ ） 《 》 “ ” …"] * 300), "year": 2018}
    assert topics._number_of_topics(small_corpus.make(tmp_path / "short", [short])) == 5
