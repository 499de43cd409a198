"""Would a trained classifier of lines tell pages from their frames better than cleaning/extract.py does?

    python benchmarks/line_classifier.py FOLDER...

Trains logistic regression and gradient boosting (scikit-learn) on what the lines of pages look like (length, marks, links,
tags, names of ids and classes, the text and links of the containers around, the lines before and after), on four fifths of
the sites at a time, and scores the pages of the fifth that was left out. A line is labelled as text where its characters
stand in the known main text. Printed is the mean F1 of the pages after the other cleaners, as in extraction.py.
Needs: pip install '.[bench]'
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
from extraction import alone, gold, site
from scoring import overlap, plain
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from corpus_tools.cleaning import CLEANERS
from corpus_tools.cleaning.edits import apply, clean
from corpus_tools.document import Line, Page
from corpus_tools.reading import read

GOOD = re.compile(r"content|artic|text|zoom|trs_|editor|detail|main|body|post|entry|story|news", re.IGNORECASE)
BAD = re.compile(
    r"nav|menu|foot|head|comment|side|relat|share|copyright|hot|rank|recommend|top|link|banner|login|search|list|tool|tag|crumb",
    re.IGNORECASE,
)
CHROME = re.compile(
    "版权|©|ICP|编辑[:：]|来源|作者[:：]|时间[:：]|转载|点击|收藏|分享|打印|登录|评论|留言|首页|上一篇|更多|相关|推荐|声明"
)
COMMAS, STOPS, CELLS = (
    re.compile("[，,、；;]"),
    re.compile("[。！？!?]"),
    r"(?:p|h\d|li|tr|td|span|strong|b|a|dd|dt|ul|ol)\b",
)
NEAR = (0, 2, 4, 5)  # the columns of a line that its neighbours see too
MODELS: dict[str, Callable[[], Any]] = {
    "logistic regression": lambda: make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=500)),
    "gradient boosting": lambda: HistGradientBoostingClassifier(max_depth=4, max_iter=150, learning_rate=0.08),
}


def features(page: Page) -> np.ndarray:
    texts = [page.text[line.start : line.end] for line in page.lines]
    around = [containers(line.path) for line in page.lines]
    prose, linked, size = (defaultdict[str, float](float) for _ in range(3))
    for line, text, paths in zip(page.lines, texts, around, strict=True):
        for path in set(paths):
            size[path] += len(text)
            linked[path] += line.links * len(text)
            prose[path] += len(text) * (line.links < 0.5 and len(text) >= 20 and bool(STOPS.search(text)))
    whole = max(sum({path: prose[path] for paths in around for path in paths[-1:]}.values()), 1.0)
    rows = []
    for i, (line, text, paths) in enumerate(zip(page.lines, texts, around, strict=True)):
        shares = [(prose[p] / whole, linked[p] / (size[p] or 1), prose[p] / (size[p] or 1)) for p in paths]
        rows.append([*look(line, text), i / len(texts), *(value for share in shares for value in share)])
    own = np.array(rows, dtype=float).reshape(len(texts), -1)
    padded = np.pad(own[:, NEAR], ((2, 2), (0, 0)))
    return np.hstack([own, *(padded[k : k + len(own)] for k in (0, 1, 3, 4))])


def look(line: Line, text: str) -> list[float]:
    near = ">".join(line.path.split(">")[-2:])
    tags = [line.tag in tags for tags in (("p",), ("li",), ("h1", "h2", "h3"), ("td", "tr"))]
    names = [bool(p.search(where)) for p in (GOOD, BAD) for where in (near, line.path)]
    marks = [min(len(COMMAS.findall(text)), 8), min(len(STOPS.findall(text)), 5), text.rstrip()[-1:] in "。！？”"]
    chrome = bool(CHROME.search(text))
    return [
        np.log1p(len(text)),
        len(text) >= 30,
        line.links,
        line.links > 0.5,
        *marks,
        chrome,
        chrome and len(text) < 40,
        *tags,
        *names,
    ]


def containers(path: str) -> list[str]:
    parts = path.split(">")
    if re.match(CELLS, parts[-1]):
        parts = parts[:-1]
    return [">".join(parts[: max(len(parts) - k, 0)]) for k in range(3)]


def labels(page: Page, known: str) -> list[bool]:
    texts = [plain(page.text[line.start : line.end]) for line in page.lines]
    sure = [i for i, text in enumerate(texts) if len(text) >= 12 and text in known]
    first, last = (sure[0] - 3, sure[-1]) if sure else (0, -1)
    return [i in sure or (bool(text) and text in known and first <= i <= last) for i, text in enumerate(texts)]


def cleaned(page: Page, chosen: np.ndarray) -> str:
    text = "\n".join(page.text[line.start : line.end] for line, kept in zip(page.lines, chosen, strict=True) if kept)
    return apply(text, clean(text, CLEANERS))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    paths = [p for folder in parser.parse_args().folders for p in sorted(folder.rglob("*.html")) if gold(p).exists()]
    wanted = [gold(path).read_text("utf-8") for path in paths]
    pages = [read(path) for path in paths]
    x, y = [features(page) for page in pages], [labels(p, plain(w)) for p, w in zip(pages, wanted, strict=True)]
    print(f"cleaning/extract.py   {mean(overlap(alone(p), w)[0] for p, w in zip(paths, wanted, strict=True)):.3f}")
    for name, model in MODELS.items():
        scores = []
        for train, test in GroupKFold(5).split(paths, groups=[site(path) for path in paths]):
            fitted = model().fit(np.vstack([x[i] for i in train]), np.concatenate([y[i] for i in train]))
            chosen = {i: fitted.predict_proba(x[i])[:, 1] > 0.35 for i in test}
            scores += [overlap(cleaned(pages[i], chosen[i]), wanted[i])[0] for i in test]
        print(f"{name:20}  {mean(scores):.3f}")


if __name__ == "__main__":
    main()
