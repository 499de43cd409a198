"""Each named danger ends as it must; nothing is fetched, nothing is waited for, nothing on disk is unpickled."""

from __future__ import annotations

import ast
import socket
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from danger import READ, REPORT, Danger, attempt
from dangers import DANGERS
from odd_files import odd_files
from page_dangers import BODY, laughing, mail
from word_dangers import outside

from corpus_tools.building.inputs import readable, sources
from corpus_tools.config import Config
from corpus_tools.errors import Rejected
from corpus_tools.reading import doc, docx, html, layout, mhtml, pdf, read, read_bytes, reader, text
from corpus_tools.reading.reader import MAX_CHARACTERS, MAX_LINES

PACKAGE = Path(__file__).parents[2] / "corpus_tools"


def outcome(data: bytes, name: str) -> str:
    """READ or the reason of the refusal."""
    page = attempt(data, name)
    if isinstance(page, Rejected):
        assert page.stage == "read"
        return page.reason
    assert page.text.encode().decode() == page.text
    assert len(page.text) <= MAX_CHARACTERS
    assert page.text.count("\n") < MAX_LINES
    return READ


@pytest.mark.parametrize("danger", DANGERS, ids=lambda danger: danger.name)
def test_dangers_end_as_they_must(danger: Danger) -> None:
    assert outcome(danger.make(), danger.name) in danger.outcomes


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("halves-in-utf-8.txt", "\ufffd"),
        ("half-of-a-pair-in-utf-16.txt", "\ufffd"),
        ("pairs-of-halves.txt", "\U0001f600"),
    ],
)
def test_halves_of_characters(name: str, shown: str) -> None:
    data = next(danger.make() for danger in DANGERS if danger.name == name)
    page = read_bytes(data, name)
    assert page.text.replace(shown, "").strip() == REPORT.strip()
    assert (page.undecodable == 0) == (shown != "\ufffd")


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def inviting(address: str) -> dict[str, bytes]:
    """Files of each kind that ask for an address."""
    head = f'<!DOCTYPE html SYSTEM "{address}"><html xmlns:xi="http://www.w3.org/2001/XInclude"><head><base href="{address}">'
    asks = f'<link rel=stylesheet href="{address}"><script src="{address}"></script><iframe src="{address}"></iframe>'
    asks += f'<img src="{address}"><object data="{address}"></object><xi:include href="{address}"/>'
    asks += f'<meta http-equiv=refresh content="0;{address}">'
    page = f"{head}</head><body>{BODY}{asks}</body></html>".encode()
    return {
        "a.html": page,
        "a.xhtml": laughing(address),
        "a.mhtml": mail(page),
        "a.docx": outside(address),
        "a.txt": page,
    }


def test_nothing_is_fetched(listener: socket.socket) -> None:
    host, port = listener.getsockname()
    for name, data in inviting(f"http://{host}:{port}/x").items():
        assert outcome(data, name) == READ
    with pytest.raises(BlockingIOError):
        listener.accept()
    with socket.create_connection((host, port)):  # it does hear who comes
        listener.accept()[0].close()


def test_no_other_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("秘密", "utf-8")
    for name, data in inviting(secret.as_uri()).items():
        page = read_bytes(data, name)
        assert "现在，我代表常委会向大会报告工作" in page.text
        assert "秘密" not in page.text


def test_entities_do_not_grow() -> None:
    assert len(read_bytes(laughing(), "a.html").text) < 2 * len(REPORT)


def test_odd_names_links_pipes_and_devices(tmp_path: Path) -> None:
    odd = {readable(name): right for name, right in odd_files(tmp_path)}
    found = {}
    for name, path in sources(tmp_path):
        assert name not in found
        try:
            read(path)
        except Rejected as refusal:
            found[name] = refusal.reason
        else:
            found[name] = READ
    assert found == odd


@cache
def nodes() -> list[tuple[Path, ast.AST]]:
    """All that the package's source consists of."""
    trees = [(path, ast.parse(path.read_text("utf-8"))) for path in sorted(PACKAGE.rglob("*.py"))]
    return [(path, node) for path, tree in trees for node in ast.walk(tree)]


def test_nothing_on_disk_is_unpickled() -> None:
    """The one pickle is the pipe between a process and its own workers."""
    forbidden = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
    importing = set()
    for path, node in nodes():
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if forbidden & {name.partition(".")[0] for name in names}:
            importing.add(path.relative_to(PACKAGE).as_posix())
        if isinstance(node, ast.Call):
            assert not any(word.arg == "allow_pickle" for word in node.keywords), path
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("read_pickle", "to_pickle", "memmap"), path
    assert importing == {"building/worker.py"}


def test_parsers_neither_ask_the_network_nor_resolve_entities() -> None:
    """HTML has no entities of its own; XML is read by one parser that leaves them alone."""
    wanted = {
        "XMLParser": {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False},
        "HTMLParser": {"no_network": True},
    }
    found = []
    for path, node in nodes():
        if isinstance(node, ast.ImportFrom | ast.Import):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            assert not any(m.startswith(("xml.", "html.parser", "docx")) for m in modules), path
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if (name := node.func.attr) in wanted:
                given = {word.arg: word.value.value for word in node.keywords if isinstance(word.value, ast.Constant)}
                assert given.items() >= wanted[name].items(), path
                found.append(name)
            if isinstance(node.func.value, ast.Name) and node.func.value.id == "etree":
                assert name != "parse", path
                assert name not in ("fromstring", "XML", "HTML") or len(node.args) == 2, path
    assert sorted(set(found)) == ["HTMLParser", "XMLParser"]


def test_the_bounds_stand_in_the_documentation() -> None:
    page = (PACKAGE.parent / "docs" / "limits.md").read_text("utf-8")
    refused = page.partition("## What is refused")[2].partition("\n## ")[0]
    bounds = (
        reader.MAX_BYTES, reader.MAX_CHARACTERS, reader.MAX_LINES, text.MAX_TEXT, html.MAX_BYTES, layout.MAX_TAGS,
        mhtml.MAX_LINES, mhtml.MAX_BOUNDARIES, docx.MAX_UNPACKED, docx.MAX_RATIO, docx.RATIO_FROM, docx.MAX_ENTRIES,
        pdf.MAX_PAGES, doc.TIMEOUT, int(Config().seconds), Config().megabytes,
    )  # fmt: skip
    assert [bound for bound in bounds if f"{bound:,}" not in refused] == []
