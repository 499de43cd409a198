"""How well pages are told from their frames: clean text against known main text, beside four other extractors.

    python benchmarks/extraction.py FOLDER... [--worst 5] [--no-peers]

Each FOLDER holds pages (NAME.html) with their main text (NAME.gold.txt), in one folder a site, or named SITE__n.html.
Characters are compared by the longest common subsequence, after NFKC and without white space. Printed are the means over
pages: F1 of all pages, of the sites that numbers were chosen on and of the third that was kept out (by the site's name alone),
precision, recall and F1 of each folder. "with the site" means that lines were learnt from all pages of the folders.
The other extractors get the decoded page, and the title that they find stands above their text, as it does in the main
text. Needs: pip install '.[bench]'
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import mean
from zlib import crc32

from scoring import overlap

from corpus_tools.building.prepare import edits_of, frame_of
from corpus_tools.cleaning.edits import apply
from corpus_tools.cleaning.templates import known_lines, learn
from corpus_tools.config import Config
from corpus_tools.errors import Rejected
from corpus_tools.reading import read
from corpus_tools.reading.encoding import declared_charset, decode

AS_FOUND = Config(script="keep")
Scores = dict[Path, tuple[float, float, float]]


def alone(path: Path) -> str:
    try:
        page = read(path)
    except Rejected:
        return ""
    return apply(page.text, edits_of(page, config=AS_FOUND))


def with_the_site(paths: list[Path]) -> Callable[[Path], str]:
    pages = {path: read(path) for path in paths}
    frames = {path: frame_of(page, str(path)) for path, page in pages.items()}
    learnt = learn(frames.values())

    def clean(path: Path) -> str:
        known = known_lines(frames[path], learnt)
        return apply(pages[path].text, edits_of(pages[path], config=AS_FOUND, known=known))

    return clean


def source(path: Path) -> str:
    data = path.read_bytes()
    return decode(data, declared=declared_charset(data))[0]


def under_title(title: str | None, text: str | None) -> str:
    text = text or ""
    return text if not title or title in text[:200] else f"{title}\n{text}"


def trafilatura(path: Path) -> str:
    from trafilatura import bare_extraction

    found = bare_extraction(source(path), include_comments=False, with_metadata=True)
    return under_title(found.title, found.text) if found else ""


def readability(path: Path) -> str:
    from lxml.html import fromstring
    from readability import Document

    try:
        document = Document(source(path))
        return under_title(document.short_title(), fromstring(document.summary()).text_content())
    except Exception:  # it raises errors of its own, of lxml and of Python alike; the page then counts as empty
        return ""


def justext(path: Path) -> str:
    """No stop words, which it has none of for Chinese, and short lengths: the best setting known for Chinese."""
    from justext import justext as run

    options = {"length_low": 20, "length_high": 40, "stopwords_low": 0, "stopwords_high": 0}
    return "\n".join(p.text for p in run(source(path), frozenset(), **options) if not p.is_boilerplate)


def resiliparse(path: Path) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(source(path), main_content=True)


def site(path: Path) -> str:
    return path.name.partition("__")[0] if "__" in path.name else path.parent.name


def kept_out(path: Path) -> bool:
    return crc32(site(path).encode()) % 3 == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--worst", type=int, default=0, help="how many of the worst pages to name")
    parser.add_argument("--no-peers", action="store_true", help="only ours")
    args = parser.parse_args()
    of_folder = {
        folder: [page for page in sorted(folder.rglob("*.html")) if gold(page).exists()] for folder in args.folders
    }
    pages = [page for found in of_folder.values() for page in found]
    tools: dict[str, Callable[[Path], str]] = {"corpus_tools": alone, "... with the site": with_the_site(pages)}
    if not args.no_peers:
        tools |= {f.__name__: f for f in (trafilatura, readability, justext, resiliparse)}
    wanted = {page: gold(page).read_text("utf-8") for page in pages}
    print(f"{len(pages)} pages, {sum(map(kept_out, pages))} of them of sites kept out")
    print(
        f"{'':20} {'all':>5} {'tuned':>6} {'kept out':>9}" + "".join(f"  {f.name + ' P R F1':>20}" for f in of_folder)
    )
    for name, tool in tools.items():
        scores = {page: overlap(tool(page), wanted[page]) for page in pages}
        print(f"{name:20} {row(scores)}" + "".join(f"  {columns(scores, found):>20}" for found in of_folder.values()))
        for page in sorted(pages, key=lambda p: scores[p])[: args.worst if tool is alone else 0]:
            print(f"    {scores[page][0]:.3f} {site(page)} {page.name}")


def gold(page: Path) -> Path:
    return page.with_name(page.stem + ".gold.txt")


def row(scores: Scores) -> str:
    out, tuned = ([s[0] for page, s in scores.items() if kept_out(page) is which] for which in (True, False))
    return f"{mean(out + tuned):.3f} {mean(tuned):6.3f} {mean(out):9.3f}"


def columns(scores: Mapping[Path, tuple[float, float, float]], pages: list[Path]) -> str:
    f1, precision, recall = (mean(column) for column in zip(*(scores[page] for page in pages), strict=True))
    return f"{precision:.3f} {recall:.3f} {f1:.3f}"


if __name__ == "__main__":
    main()
