"""One small function per family of damage: report lines in, damaged lines out.

Every function takes the lines as (role, text) pairs and a seeded random generator and returns new lines. The functions
of ``MARKS`` change what can never be recovered, so the expected text shows them too; those of ``FAMILIES`` plant what
a cleaner should take out or put right. A line break inside a text is a wrongly broken line.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path
from random import Random

Lines = list[tuple[str, str]]
Damage = Callable[[Lines, Random], Lines]

STRINGS = tomllib.loads((Path(__file__).resolve().parent / "damage.toml").read_text("utf-8"))
PINYIN = {pair[0]: pair[1:] for pair in STRINGS["pinyin"].split()}
HAN = "\u4e00-\u9fff"
GAP = re.compile(rf"(?<=[{HAN}]{{4}})(?=[{HAN}]{{4}})")  # inside a run of characters, well away from punctuation
YEAR = re.compile(r"20\d\d(?=年)")
FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
HALF_WIDTH = str.maketrans("，：；！？（）", ",:;!?()")


def _paragraphs(lines: Lines, rng: Random, count: int) -> list[int]:
    """Return up to ``count`` indices of paragraphs that are long enough to be damaged, in order."""
    long = [i for i, (role, text) in enumerate(lines) if role == "para" and len(text) > 60]
    return sorted(rng.sample(long, min(count, len(long))))


def _change(lines: Lines, rng: Random, count: int, *, change: Callable[[str], str]) -> Lines:
    """Apply ``change`` to ``count`` paragraphs."""
    chosen = set(_paragraphs(lines, rng, count))
    return [(role, change(text) if i in chosen else text) for i, (role, text) in enumerate(lines)]


def _insert(text: str, rng: Random, what: str) -> str:
    """Put ``what`` between two characters in the middle of a phrase; leave a text without such a place alone."""
    places = [match.start() for match in GAP.finditer(text)]
    if not places:
        return text
    at = rng.choice(places)
    return text[:at] + what + text[at:]


def _after_stop(text: str, rng: Random, what: str) -> str:
    """Put ``what`` behind a comma or a stop inside the paragraph."""
    places = [match.end() for match in re.finditer("[，。；,;]", text[:-1])]
    at = rng.choice(places) if places else len(text)
    return text[:at] + what + text[at:]


# Marks: lost for good, seen in the expected text too.


def mask_names(lines: Lines, rng: Random) -> Lines:
    """Asterisks where a filter met a name of the leadership."""
    return [(role, re.sub("习近平|(?<=中国)共产党", "***", text)) for role, text in lines]


def mask_congress(lines: Lines, rng: Random) -> Lines:
    """XX for the number of a party congress."""
    return [(role, re.sub("党的(?:十八|十九|二十)大", "党的XX大", text)) for role, text in lines]


def mask_year(lines: Lines, rng: Random) -> Lines:
    """20XX for every year."""
    return [(role, re.sub(r"20\d\d(?=[年—])", "20XX", text)) for role, text in lines]


def lost_word(lines: Lines, rng: Random) -> Lines:
    """A word deleted outright."""
    lost = re.compile("(?<=过去的一)年|(?<=新的一)年|(?<=一)年(?=来)|(?<=各项)工作")
    return [(role, lost.sub("", text)) for role, text in lines]


def half_width(lines: Lines, rng: Random) -> Lines:
    """Half-width punctuation throughout, as a re-typed text has it."""
    return [(role, text.translate(HALF_WIDTH)) for role, text in lines]


def full_width_digits(lines: Lines, rng: Random) -> Lines:
    """Full-width digits in some paragraphs."""
    return _change(lines, rng, 4, change=lambda text: text.translate(FULL_WIDTH))


def truncated(lines: Lines, rng: Random) -> Lines:
    """The text ends in the middle of a word, about a tenth before its end."""
    last = [i for i, (role, text) in enumerate(lines) if role == "para" and len(text) > 60 and i < len(lines) - 2][-1]
    text = lines[last][1]
    at = [match.start() for match in GAP.finditer(text)][-1]
    return [*lines[:last], ("para", text[:at])]


# Families: planted behind the expected text's back.


def hidden_notice(lines: Lines, rng: Random) -> Lines:
    """A notice of hidden content inside a word."""
    notice = rng.choice(STRINGS["notices"])
    return _change(lines, rng, 2, change=lambda text: _insert(text, rng, notice))


def dotted_watermark(lines: Lines, rng: Random) -> Lines:
    """A site's name with dots between its characters, behind a comma."""
    mark = rng.choice(STRINGS["watermarks"])
    return _change(lines, rng, 2, change=lambda text: _after_stop(text, rng, mark))


def apostrophe(lines: Lines, rng: Random) -> Lines:
    """A stray apostrophe between characters."""
    return _change(lines, rng, 4, change=lambda text: _insert(text, rng, "'"))


def inline_advert(lines: Lines, rng: Random) -> Lines:
    """An advert between two sentences."""
    advert = rng.choice(STRINGS["adverts"])
    return _change(lines, rng, 1, change=lambda text: re.sub("。(?=.)", "。" + advert, text, count=1))


def question_runs(lines: Lines, rng: Random) -> Lines:
    """Question marks that stand for no-break spaces: runs before title and signature, pairs behind a comma."""
    lines = [(role, "?" * 28 + text if role in ("sign", "meta") else text) for role, text in lines]
    return _change(lines, rng, 2, change=lambda text: _after_stop(text, rng, "??"))


def space_escapes(lines: Lines, rng: Random) -> Lines:
    """The escape of a no-break space written out at the start of paragraphs."""
    return [(role, "<U+00A0><U+00A0>" + text if role == "para" else text) for role, text in lines]


def line_escapes(lines: Lines, rng: Random) -> Lines:
    """Escaped line breaks written out before paragraphs."""
    return _change(lines, rng, 3, change=lambda text: "x0dx0ax0dx0a" + text)


def wrapped_some(lines: Lines, rng: Random) -> Lines:
    """A few paragraphs broken inside a phrase, late enough that the first piece is no heading."""
    return _change(lines, rng, 5, change=lambda text: text[:40] + _insert(text[40:], rng, "\n"))


def wrapped_all(lines: Lines, rng: Random) -> Lines:
    """Every paragraph indented and broken at 40 characters, as a terminal or an old mail would."""
    return [(role, _wrap("　　" + text) if role == "para" else text) for role, text in lines]


def _wrap(text: str, width: int = 40) -> str:
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


def split_digits(lines: Lines, rng: Random) -> Lines:
    """Years with a space between their digits, in every other paragraph that names one."""
    dated = [i for i, (role, text) in enumerate(lines) if role == "para" and YEAR.search(text)]
    return [
        (role, YEAR.sub(lambda m: " ".join(m[0]) + " ", text) if i in dated[::2] else text)
        for i, (role, text) in enumerate(lines)
    ]


def page_numbers(lines: Lines, rng: Random) -> Lines:
    """Page numbers that a page break left inside sentences, counting up."""
    for page, index in enumerate(_paragraphs(lines, rng, 3), start=2):
        lines = [(r, _insert(t, rng, f" {page} ") if i == index else t) for i, (r, t) in enumerate(lines)]
    return lines


def spaced_title(lines: Lines, rng: Random) -> Lines:
    """Spaces between the characters of the title and of the speaker's name."""

    def spaced(role: str, text: str) -> str:
        if role == "title":
            return " ".join(text)
        return re.sub(r"(?<=\S)　(.+)", lambda m: "　" + " ".join(m[1]), text)

    return [(role, spaced(role, text)) for role, text in lines]


def image_left(lines: Lines, rng: Random) -> Lines:
    """What is left of an image, on a line of its own."""
    at = _paragraphs(lines, rng, 1)[0]
    return [*lines[:at], ("junk", rng.choice(STRINGS["images"])), *lines[at:]]


def table_left(lines: Lines, rng: Random) -> Lines:
    """Bars of a table's frame at the ends of paragraphs."""
    return _change(lines, rng, 3, change=lambda text: text + " |")


def pinyin_tone(lines: Lines, rng: Random) -> Lines:
    """Pinyin with tone marks behind characters."""
    return _change(lines, rng, 4, change=lambda text: _pinyin(text, rng, plain=False))


def pinyin_plain(lines: Lines, rng: Random) -> Lines:
    """Pinyin without tone marks behind characters, an emoji among it."""
    return _change(lines, rng, 4, change=lambda text: _pinyin(text, rng, plain=True))


def _pinyin(text: str, rng: Random, *, plain: bool) -> str:
    """Give about one in four of the characters we have a pinyin for that pinyin."""

    def mark(match: re.Match[str]) -> str:
        if rng.random() > 0.25:
            return match[0]
        sound = PINYIN[match[0]]
        return f"{match[0]}({_bare(sound) if plain else sound})"

    return re.sub(f"(?<=[{HAN}])[{''.join(PINYIN)}](?=[{HAN}])", mark, text)


def _bare(sound: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", sound) if not unicodedata.combining(c))


def emoji(lines: Lines, rng: Random) -> Lines:
    """Emoji between characters."""
    return _change(lines, rng, 4, change=lambda text: _insert(text, rng, rng.choice(STRINGS["emoji"])))


def variant_de(lines: Lines, rng: Random) -> Lines:
    """旳 for 的 throughout."""
    return [(role, text.replace("的", "旳") if role == "para" else text) for role, text in lines]


def spaces_before_stops(lines: Lines, rng: Random) -> Lines:
    """A space before commas and stops."""
    return _change(lines, rng, 6, change=lambda text: re.sub(r"(?=[，。,])", " ", text))


def dash_lookalikes(lines: Lines, rng: Random) -> Lines:
    """Two hyphens for a dash before a number or a line, two 一 between characters."""

    def change(text: str) -> str:
        text = re.sub(r"^——", "--", text)
        text = re.sub(rf"(?<=[{HAN}])——(?=[{HAN}])", "一一", text)
        return re.sub(r"(?<=”)——(?=“)", "--", text)

    return [(role, change(text)) for role, text in lines]


def edit_links(lines: Lines, rng: Random) -> Lines:
    """A wiki's edit links behind headings."""
    return [(role, text + rng.choice(["[编辑]", " 编辑"]) if role == "head1" else text) for role, text in lines]


def repeated_title(lines: Lines, rng: Random) -> Lines:
    """The title twice."""
    return [lines[0], *lines] if lines[0][0] == "title" else lines


def glued_head(lines: Lines, rng: Random) -> Lines:
    """Title, salutation and first paragraph on one line."""
    last = next(i for i, (role, _) in enumerate(lines) if role == "para")
    return [("para", "".join(text for _, text in lines[: last + 1])), *lines[last + 1 :]]


def glued_all(lines: Lines, rng: Random) -> Lines:
    """The whole report on one line, only the indents between its paragraphs left."""
    return [("para", lines[0][1] + "".join("　　" + text for _, text in lines[1:]))]


def twice(lines: Lines, rng: Random) -> Lines:
    """The whole report two times."""
    return [*lines, *lines]


MARKS: dict[str, Damage] = {
    f.__name__: f
    for f in (mask_names, mask_congress, mask_year, lost_word, half_width, full_width_digits, truncated)
}  # fmt: skip
FAMILIES: dict[str, Damage] = {
    f.__name__: f
    for f in (
        hidden_notice, dotted_watermark, apostrophe, inline_advert, question_runs, space_escapes, line_escapes,
        wrapped_some, split_digits, page_numbers, spaced_title, image_left, table_left, pinyin_tone, pinyin_plain,
        emoji, variant_de, spaces_before_stops, dash_lookalikes, edit_links, repeated_title, twice, wrapped_all,
        glued_head, glued_all,
    )
}  # fmt: skip
