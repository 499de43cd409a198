"""One file through all stages: the only place that knows their order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from corpus_tools.characters import HAN
from corpus_tools.cleaning import cleaners
from corpus_tools.cleaning.edits import apply, clean, compose, difference, record, settle
from corpus_tools.cleaning.extract import PAGES, markup, outside_body
from corpus_tools.cleaning.mojibake import shifted_bytes
from corpus_tools.cleaning.sites import Ruling, ruling, site_rules
from corpus_tools.cleaning.templates import Frame, frame
from corpus_tools.config import Config
from corpus_tools.corpus.store import doc_id
from corpus_tools.describing import dating
from corpus_tools.describing.dates import delivered
from corpus_tools.describing.flags import flags, unreadable
from corpus_tools.describing.issuers import issuer
from corpus_tools.describing.kinds import COLLECTION, report_kind
from corpus_tools.describing.provenance import origin, published, stated_lines, stated_titles
from corpus_tools.describing.sections import sections
from corpus_tools.describing.titles import report_title
from corpus_tools.describing.years import period, report_year, reviewed_and_planned, years_of_title
from corpus_tools.document import Document, Edit, Page
from corpus_tools.errors import Rejected
from corpus_tools.language.script import detect, simplify
from corpus_tools.language.segment import line_cutter, setting
from corpus_tools.reading import read_bytes

_CHINESE = re.compile(f"[{HAN}]")


def prepare(data: bytes, source: str, *, config: Config, known: frozenset[int] = frozenset()) -> Document:
    """Turn the bytes of one file into a Document; raises Rejected with the stage and the reason.

    ``known`` are lines of the file that stand on other pages of its site (see :func:`frame_of`).
    """
    page = read_bytes(data, source)
    said_by_rule = ruling_of(page, config=config)
    edits = edits_of(page, config=config, known=known, by_rule=said_by_rule)
    text = apply(page.text, edits)
    if unreadable(text):
        raise Rejected("clean", "unreadable", "the letters make no language: a binary file or a wrong encoding")
    if not _CHINESE.search(text):
        raise Rejected("clean", "no_chinese", "no Chinese character is left in the text")
    plain = simplify(text)  # what follows is written in simplified letters; offsets are the same
    title = report_title(plain, *stated_titles(page.meta), page.title)
    parts = sections(plain)
    said = stated_lines(page.text, edits)
    headings = tuple(section.heading for section in parts)
    year = report_year(plain, title, headings=headings, file_name=Path(source).stem)
    reviewed, planned = reviewed_and_planned(headings)
    summed_up, ahead = years_of_title(title)
    earliest, latest = dating.interval(dating.evidence(plain))
    kind, by = report_kind(title, plain), issuer(title, plain)
    document = Document(
        doc_id=doc_id(source),
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        format=page.format,
        encoding=page.encoding,
        undecodable=page.undecodable,
        raw=page.text,
        text=text,
        edits=edits,
        script=detect(page.text).script,
        url=page.url,
        site=page.host.removeprefix("www.") or None,
        published=published(page.meta, said, stated=said_by_rule.date),
        origin=origin(page.meta, said, stated=said_by_rule.source),
        title=title,
        year=year.year,
        year_basis=year.basis,
        delivered=delivered(plain),
        period=period(title),
        reviewed_year=reviewed or summed_up,
        planned_year=planned or ahead,
        earliest_year=earliest,
        latest_year=latest,
        kind=kind,
        organisation=by.organisation,
        level=by.level,
        place=by.place,
        province=by.province,
        event=by.event,
        session=by.session,
        speaker=by.speaker,
        sections=parts,
        tokens=words_in(text, config=config),
        flags=("site_rule_failed",) if said_by_rule.failed else (),
    )
    found = flags(document, text=plain)
    return replace(document, flags=found, kind=COLLECTION if COLLECTION in found else kind)


def frame_of(page: Page, source: str) -> Frame:
    """What a file shows of its site; its folder names the site where nothing in it does."""
    return frame(_simplified(page), folder=PurePosixPath(source).parent.as_posix())


def ruling_of(page: Page, *, config: Config) -> Ruling:
    """What the rule of a page's site says of it; an empty one where there is none."""
    return ruling(page, site_rules(config.sites))


def around(page: Page, by_rule: Ruling, known: frozenset[int] = frozenset()) -> Iterable[Edit]:
    """Point at what stands around the report: as the rule of its site says, else as it is worked out."""
    if by_rule.rule:
        return by_rule.edits
    return outside_body(_simplified(page), known) if page.format in PAGES else ()


def edits_of(
    page: Page, *, config: Config, known: frozenset[int] = frozenset(), by_rule: Ruling | None = None
) -> tuple[Edit, ...]:
    """All changes that lead from a page to its clean text: what stands around it, shifted bytes, the script, the cleaners.

    ``by_rule`` is what the rule of the page's site says, looked up where it is not given.
    """
    raw = page.text
    by_rule = by_rule or ruling_of(page, config=config)
    found = settle(raw, (*around(page, by_rule, known), *markup(page)))
    text = apply(raw, found)
    mended = clean(text, (shifted_bytes,))
    found, text = compose(found, mended), apply(text, mended)
    while True:
        simple = simplify(text)
        found = compose(found, list(difference(text, simple, kind="script", rule="traditional")))
        cleaned = clean(simple, cleaners(known, masks=config.masks))
        found, text = compose(found, cleaned), apply(simple, cleaned)
        if simplify(text) == text:  # what was mixed may be traditional without the line of a site
            break
    if config.script == "keep":
        found = _as_found(raw, found)
    return record(raw, found)


def _simplified(page: Page) -> Page:
    """The page in simplified letters, letter for letter, so that offsets stay."""
    text = simplify(page.text)
    return page if text == page.text else replace(page, text=text, title=simplify(page.title or "") or None)


def _as_found(raw: str, edits: Sequence[Edit]) -> list[Edit]:
    """Leave out the conversion of letters; the rest was found on simplified text, letter for letter as long as the raw."""
    return [e for e in edits if e.kind != "script" or e.end - e.start != len(e.inserted)]


def words_in(text: str, *, config: Config) -> tuple[tuple[str, ...], ...]:
    """The words of each line as they are counted: in the standard of reports with narrow letters and figures."""
    return tuple(map(tuple, line_cutter(setting(**config.cutting))(text)))
