"""Charts of words: keyness, dispersion, clouds, networks."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest
from gallery import EDGES, HITS, KEYS, covered, ink, outside, seen
from matplotlib import pyplot as plt
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

from corpus_tools import plot
from corpus_tools.errors import AnalysisError, MissingPackageError
from corpus_tools.plot import canvas, cloud, keys


def rows(ax):
    """Names of rows from the top down."""
    low, high = ax.get_ylim()
    assert low > high
    return [label.get_text() for label in ax.get_yticklabels()]


def points(ax):
    return [c for c in ax.collections if isinstance(c, PathCollection)]


def test_keys_above_go_down_to_keys_below_by_the_conservative_log_ratio():
    ax = plot.keyness(KEYS.sample(frac=1, random_state=1))
    # 青岚 is above the reference but for all that is known as often said there; 等于 is as often said and is no key.
    assert rows(ax) == ["云溪", "新路", "青岚", "渡口", "水车"]
    assert rows(plot.keyness(KEYS, top=1)) == ["云溪", "水车"]


def test_points_stand_at_the_rates_and_zero_at_the_edge_with_its_name():
    ax = plot.keyness(KEYS)
    reference, group = points(ax)
    assert group.get_offsets()[:, 0][:4].tolist() == [8, 2, 1, 3]
    assert reference.get_offsets()[:, 0][[0, 2, 3, 4]].tolist() == [0.5, 0.9, 9, 6]
    edge = {group.get_offsets()[4, 0], reference.get_offsets()[1, 0]}
    assert len(edge) == 1
    (zero,) = edge
    left, right = ax.get_xlim()
    assert left < zero < 0.5 / 1.5
    assert right > 9
    labels = dict(zip(ax.get_xticks(), [text.get_text() for text in ax.get_xticklabels()], strict=True))
    assert labels[zero] == "0"
    assert {"1", "5"} <= set(labels.values())
    assert all(float(label) == pytest.approx(tick) for tick, label in labels.items() if label != "0")


def test_rates_without_a_zero_have_no_edge():
    ax = plot.keyness(KEYS[(KEYS["per_10k"] > 0) & (KEYS["per_10k_reference"] > 0)])
    assert "0" not in [text.get_text() for text in ax.get_xticklabels()]
    assert "左缘 0：未出现" not in [text.get_text() for text in ax.get_legend().get_texts()]


def test_what_is_not_sure_is_hollow_and_sides_have_colours():
    ax = plot.keyness(KEYS)
    _, group = points(ax)
    blue, orange = canvas.COLOURS[0].lower(), canvas.COLOURS[1].lower()
    assert [to_hex(c) for c in group.get_facecolors()] == [blue, blue, "#ffffff", "#ffffff", orange]
    assert [to_hex(c) for c in group.get_edgecolors()] == [blue, blue, blue, orange, orange]
    untested = plot.keyness(KEYS.drop(columns=["q_value", "lrc"]))
    assert {to_hex(c) for c in points(untested)[1].get_facecolors()} == {"#ffffff"}
    assert not any("q" in text.get_text() for text in untested.get_legend().get_texts())


def test_log_ratios_are_written_with_a_sign_and_their_bound():
    written = {text.get_text() for text in plot.keyness(KEYS).texts}
    assert {"对数比（保守值）", "+4.00（+3.10）", "−6.00（−4.50）", "+0.15（0）"} <= written
    assert "−6.00" in {text.get_text() for text in plot.keyness(KEYS.drop(columns="lrc")).texts}
    assert "+4.00 (+3.10)" in {text.get_text() for text in plot.keyness(KEYS, lang="en").texts}
    assert keys._signed(-0.001) == "0"


def test_rates_of_all_sizes_have_plain_numbers():
    for least, most in ((0.004, 300.0), (3.0, 4.0), (0.02, 0.9)):
        frame = KEYS[:1].assign(per_10k=most, per_10k_reference=least)
        labels = [text.get_text() for text in plot.keyness(frame).get_xticklabels()]
        assert len(labels) >= 2, (least, most)
        assert all(label.replace(".", "").isdigit() for label in labels)


def test_one_group_at_a_time():
    with pytest.raises(AnalysisError, match="several groups in column 'year'"):
        plot.keyness(KEYS.assign(year=["2020"] * 3 + ["2021"] * 3))
    with pytest.raises(AnalysisError, match="several rows"):
        plot.keyness(pd.concat([KEYS, KEYS]))
    with pytest.raises(AnalysisError, match="no term is said more or less"):
        plot.keyness(KEYS.assign(log_ratio=0.0))


def test_ticks_stand_where_hits_are_in_the_rows_of_their_documents():
    ax = plot.dispersion(HITS)
    assert rows(ax) == [
        "云溪市政府工作报告　2019",
        "青岚县政府工作报告　2021",
        "一份没有年份而标题很长很长很长很…　年份不详",
    ]
    lines = [c for c in ax.collections if isinstance(c, LineCollection)]
    found = {
        (to_hex(c.get_color()[0]), round(s[0][0], 2), round(s.mean(axis=0)[1]))
        for c in lines[:2]
        for s in c.get_segments()
    }
    first, second = (colour.lower() for colour in canvas.COLOURS[:2])
    assert found == {(first, 0.0, 1), (first, 0.25, 0), (first, 1.0, 2), (second, 0.5, 0), (second, 0.75, 1)}
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["云溪", "新路"]
    assert plot.dispersion(HITS.drop(columns="query")).get_legend() is None


def test_documents_of_one_s_whole_corpus_have_rows():
    many = pd.concat([HITS[:1].assign(doc_id=str(n)) for n in range(120)])
    ax = plot.dispersion(many, ax=plot.figure("column"))
    texts = seen(ax.figure)
    assert len([label for label in ax.get_yticklabels() if label in texts]) == 120
    assert covered(texts) == []
    with pytest.raises(AnalysisError, match=r"121 documents .*at most 120"):
        plot.dispersion(pd.concat([many, HITS[1:2]]))


def test_hits_that_cannot_be_placed():
    with pytest.raises(AnalysisError, match="from 0 to 1"):
        plot.dispersion(HITS.assign(position=12))
    with pytest.raises(AnalysisError, match=r"5 terms in a row .*at most 4"):
        plot.dispersion(HITS.assign(query=list("甲乙丙丁戊")))


CLOUD = pd.DataFrame({"term": ["云溪", "新路", "青岚", "水车"], "score": [9.0, 4.0, 0.0, -2.0]})


def word_patches(ax):
    return {patch.get_gid(): patch for patch in ax.patches if isinstance(patch, PathPatch)}


def test_a_cloud_has_the_words_above_zero_level_and_the_greater_the_larger():
    patches = word_patches(plot.word_cloud(CLOUD))
    assert list(patches) == ["云溪", "新路"]
    sizes = {word: patch.get_path().get_extents() for word, patch in patches.items()}
    assert sizes["云溪"].height > sizes["新路"].height
    assert all(
        box.width > 1.5 * box.height for box in sizes.values()
    )  # two square characters side by side, none turned
    assert {to_hex(patch.get_facecolor()) for patch in patches.values()} <= {c.lower() for c in canvas.COLOURS}


def test_words_of_a_cloud_do_not_touch_and_lie_in_it():
    terms = [a + b for a in "云青水渡" for b in "溪岚车口路"]
    ax = plot.word_cloud(pd.DataFrame({"term": terms, "count": range(60, 60 - len(terms), -1)}))
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    times = np.zeros((int(bottom / 2), int(right / 2)), dtype=int)
    for patch in word_patches(ax).values():
        box = patch.get_path().get_extents()
        assert left <= box.x0 < box.x1 <= right
        assert top <= box.y0 < box.y1 <= bottom
        alone = Figure(figsize=(right / 200, bottom / 200), dpi=100)
        alone.add_axes((0, 0, 1, 1), xlim=(left, right), ylim=(bottom, top), frame_on=False, xticks=[], yticks=[])
        alone.axes[0].add_patch(PathPatch(patch.get_path(), color="black", linewidth=0))
        times += ink(alone)[: times.shape[0], : times.shape[1]]
    assert len(word_patches(ax)) == len(terms)
    assert times.max() == 1


def test_the_seed_of_a_cloud_decides_where_words_lie():
    first, second = (word_patches(plot.word_cloud(CLOUD, seed=seed)) for seed in (1, 2))
    assert first["云溪"].get_path().vertices.tolist() != second["云溪"].get_path().vertices.tolist()


def test_words_without_room_are_counted(monkeypatch):
    monkeypatch.setattr(cloud, "SMALLEST", 40)
    ax = plot.word_cloud(pd.DataFrame({"term": [f"云溪新路{n}" for n in range(20)], "count": 5}))
    drawn = len(word_patches(ax))
    assert 0 < drawn < 20
    assert f"另有 {20 - drawn} 词未能排入" in ax.get_xlabel()


@pytest.mark.parametrize(
    ("frame", "options", "says"),
    [
        (CLOUD.assign(score=-1.0), {}, "no score is greater than 0"),
        (CLOUD, {"top": 0}, "from 1 to 150"),
        (CLOUD.assign(term=["\U00020000", *"甲乙丙"]), {}, "lacks \U00020000"),
        (pd.concat([CLOUD, CLOUD]), {}, "several rows"),
        (CLOUD, {"value": "weight"}, "no column 'weight'"),
    ],
)
def test_clouds_that_cannot_be_drawn(frame, options, says):
    with pytest.raises(AnalysisError, match=says):
        plot.word_cloud(frame, **options)


def test_a_network_has_its_pairs_and_the_stronger_is_wider():
    ax = plot.network(EDGES)
    (lines,) = (c for c in ax.collections if isinstance(c, LineCollection))
    nodes = points(ax)[0].get_offsets()
    names = ["云溪", "新路", "青岚", "水车", "渡口"]
    assert [text.get_text() for text in ax.texts] == names
    for segment, (source, target) in zip(lines.get_segments(), EDGES[["source", "target"]].to_numpy(), strict=True):
        assert segment.tolist() == [nodes[names.index(source)].tolist(), nodes[names.index(target)].tolist()]
    assert np.diff(lines.get_linewidths()).max() < 0
    sizes = points(ax)[0].get_sizes()  # strength: 15, 16.5, 13.5, 3, 3
    assert np.argsort(-sizes, kind="stable").tolist() == [1, 0, 2, 3, 4]


def test_a_network_is_the_same_for_the_same_seed():
    def places(seed):
        return points(plot.network(EDGES, seed=seed))[0].get_offsets().tolist()

    assert places(3) == places(3)
    assert places(3) != places(4)


def test_labels_of_a_dense_network_do_not_cover_each_other():
    rng = np.random.default_rng(0)
    names = [f"云溪新路{n}号" for n in range(45)]
    pairs = [(names[n], names[rng.integers(n)], rng.uniform(5, 12)) for n in range(1, 45)]
    pairs += [(names[0], names[n], 4.0) for n in range(1, 45) if (names[n], names[0]) not in {p[:2] for p in pairs}]
    ax = plot.network(pd.DataFrame(pairs, columns=EDGES.columns))
    texts = seen(ax.figure)
    assert covered(texts) == []
    assert outside(texts, ax.figure) == []


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (pd.concat([EDGES, EDGES.rename(columns={"source": "target", "target": "source"})]), "paired twice"),
        (EDGES.assign(target=EDGES["source"]), "paired with itself"),
        (EDGES.assign(log_dice=0.0), "greater than 0"),
        (EDGES.assign(log_dice=np.nan), "greater than 0"),
        (pd.DataFrame([("中", f"第{n}", 1.0) for n in range(80)], columns=EDGES.columns), "81 words are too many"),
        (
            pd.DataFrame(
                [("中", f"第{n}个很长的名字没有地方可以放在这张图里", 1.0) for n in range(50)], columns=EDGES.columns
            ),
            "do not fit",
        ),
    ],
)
def test_networks_that_cannot_be_drawn(frame, says):
    with pytest.raises(AnalysisError, match=says):
        plot.network(frame)


@pytest.mark.parametrize("chart", ["bars", "keyness"])
def test_a_chart_of_no_rows_is_refused(chart):
    with pytest.raises(AnalysisError, match="top is 0"):
        getattr(plot, chart)(KEYS, top=0)


def test_zero_and_the_first_number_do_not_touch_in_a_column():
    rows = [("新时代云溪青岚特色新路思想", 12.4, 2.4, 2.4), ("云溪", 5.8, 0.0, 6.5), ("青岚", 0.118, 2.9, -4.6)]
    frame = pd.DataFrame(rows, columns=["term", "per_10k", "per_10k_reference", "log_ratio"])
    texts = seen(plot.keyness(frame.assign(lrc=frame["log_ratio"] / 2), ax=plot.figure("column")).figure)
    assert {"0", "1", "10"} <= {text.get_text() for text in texts}
    assert covered(texts) == []


@pytest.mark.parametrize(
    ("package", "chart", "frame"), [("wordcloud", "word_cloud", CLOUD), ("networkx", "network", EDGES)]
)
def test_a_missing_package_is_named_with_the_extra_that_brings_it(monkeypatch, package, chart, frame):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingPackageError, match=r"corpus-tools\[pictures\]"):
        getattr(plot, chart)(frame)
    assert plt.get_fignums() == []
