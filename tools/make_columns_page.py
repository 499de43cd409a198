"""Write docs/columns.md from corpus_tools/data/columns.toml: python tools/make_columns_page.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus_tools.showing.columns import BY, Meaning, frames, meaning_of, tables

PAGE = Path(__file__).parents[1] / "docs" / "columns.md"
HEAD = """# Columns

What every column means, of the tables on disk and of every frame that a function returns. The same is to be had where one works:

```python
rates = ct.trends.rate(corpus, "科普")
ct.columns("lrc")                                   # one column
ct.columns(rates)                                   # those of a frame
ct.columns("sections", lang="zh")                   # of a table on disk, in Chinese
ct.table(rates, caption="科普", rows=2, lang="en")   # in a notebook its heads say what they mean
```

`corpus-tools columns lrc`, `corpus-tools columns trends.rate` and `corpus-tools columns` alone print it. This page is made from
`corpus_tools/data/columns.toml` by `python tools/make_columns_page.py`.

A frame has those of its columns that its options ask for. `by` stands for the columns that were grouped by: any of
`documents`, and `tense`. Unknown and missing is null: NaN, `<NA>` or None. Intervals are 95 % intervals over documents
([trends](trends.md#measures-and-intervals)).
"""
ON_DISK = "Tables on disk"
ON_DISK_HEAD = """
The schemas, with types, stand in `corpus_tools/corpus/store.py`; what holds of the folder in
[the corpus folder](corpus-folder.md).
`corpus.documents`, `corpus.sections`, `corpus.edits`, `corpus.vocabulary` and `corpus.rejected` are the same tables as frames.
"""
# Headings of the parts, and what returns the frames in them.
PARTS = {
    "Columns": ("columns",),
    "Files and words": ("check", "clean", "explain", "sites", "scripts", "describe", "dating", "words", "conflicts"),
    "Concordance and collocations": ("kwic", "collocations"),
    "Keywords": ("keywords",),
    "Slogans": ("slogans",),
    "Themes": ("themes", "Sample"),
    "Topics": ("topics", "Topics", "Periods"),
    "Trends": ("trends",),
    "Style": ("style",),
}


def page() -> str:
    """The whole page."""
    parts = [HEAD, f"## {ON_DISK}\n{ON_DISK_HEAD}"]
    for name in tables():
        rows = [(column, meaning_of(column, name)) for column in frames()[name].columns]
        parts.append(f"### {name}\n\n{frames()[name].row.en}\n\n{_table(rows)}")
    for title, makers in PARTS.items():
        names = [name for name in frames() if name not in tables() and name.split(".")[0] in makers]
        lists = "\n".join(f"- `{name}`: {frames()[name].row.en} {_list(frames()[name].columns)}" for name in names)
        parts.append(f"## {title}\n\n{lists}\n\n{_table(list(_rows(names)), several=len(names) > 1)}")
    return "\n".join(parts)


def _list(columns: tuple[str, ...]) -> str:
    named = {BY: "those of `by`", "<theme>": "one column a theme"}
    return ", ".join(named.get(column, column) for column in columns) + "."


def _rows(names: list[str]) -> Iterator[tuple[str, Meaning, str]]:
    """Each column of these frames in order, once for each thing that it means, with the frames in which it does."""
    columns = dict.fromkeys(column for name in names for column in frames()[name].columns if not column.startswith("<"))
    for column in columns:
        where = dict[Meaning, list[str]]()
        for name in names:
            if column in frames()[name].columns:
                where.setdefault(meaning_of(column, name), []).append(f"`{name}`")
        yield from ((column, meaning, ", ".join(found)) for meaning, found in where.items())


def _table(rows: list[tuple[str, Meaning] | tuple[str, Meaning, str]], *, several: bool = False) -> str:
    heads = ["column", "中文", "unit", "meaning", *(["in"] if several else [])]
    lines = [heads, ["---"] * len(heads)]
    for column, meaning, *found in rows:
        lines.append([column, meaning.label.zh, meaning.unit.en, meaning.sentence.en, *(found if several else [])])
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
