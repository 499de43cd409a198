"""Word documents: everything a reader of them sees, tables included; no bomb, no outside entity, no password."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus_tools.errors import Rejected
from corpus_tools.reading import read_bytes


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_body(xml: str) -> bytes:
    """A document whose body holds the given WordprocessingML."""
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent>{xml}</w:sdtContent></w:sdt>"))
    return saved(document)


def rezipped(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return buffer.getvalue()


def swollen(size: int) -> bytes:
    blank = b" " * size
    return rezipped(saved(sample()), lambda name, data: data + blank if name == "word/document.xml" else data)


def reason(data: bytes) -> str:
    with pytest.raises(Rejected) as refusal:
        read_bytes(data, "a.docx")
    assert refusal.value.stage == "read"
    return refusal.value.reason


def sample() -> docx.document.Document:
    document = docx.Document()
    document.add_paragraph("云岭市政府工作报告", style="Title")
    document.add_heading("一、回顾", 1)
    document.add_paragraph("第一行\n第二行\t后")
    table = document.add_table(rows=2, cols=3)
    for row, texts in zip(table.rows, [("指标", "单位", "数值"), ("粮食", "万吨", "12")], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_heading("二、打算", 2)
    return document


def test_paragraphs_headings_and_tables_in_order() -> None:
    page = read_bytes(saved(sample()), "a.docx")
    assert [(line.tag, page.text[line.start : line.end]) for line in page.lines] == [
        ("title", "云岭市政府工作报告"), ("h1", "一、回顾"), ("p", "第一行"), ("p", "第二行\t后"),
        ("tr", "指标\t单位\t数值"), ("tr", "粮食\t万吨\t12"), ("h2", "二、打算"),
    ]  # fmt: skip
    assert (page.format, page.encoding, page.undecodable) == ("docx", None, 0.0)


def test_merged_cells_once_and_nested_tables_too() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    merged = table.cell(0, 0).merge(table.cell(0, 1))
    merged.text = "合并"
    table.cell(0, 2).text = "右"
    inner = table.cell(1, 0).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "内甲", "内乙"
    table.cell(1, 1).text = "外"
    assert read_bytes(saved(document), "a.docx").text == "合并\t右\n内甲\t内乙\n外"


def test_a_report_inside_a_one_cell_table_keeps_its_paragraphs() -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "第一段。"
    cell.add_paragraph("第二段。")
    assert read_bytes(saved(document), "a.docx").text == "第一段。\n第二段。"


def test_links_insertions_and_controls_are_read_deletions_and_hidden_text_are_not() -> None:
    run = "<w:r>{}<w:t>{}</w:t></w:r>"
    xml = (
        f"<w:p>{run.format('', '甲')}<w:ins>{run.format('', '乙')}</w:ins>"
        "<w:del><w:r><w:delText>丙</w:delText></w:r></w:del>"
        f"<w:hyperlink>{run.format('', '丁')}</w:hyperlink>{run.format('<w:rPr><w:vanish/></w:rPr>', '戊')}"
        f"<w:smartTag>{run.format('', '己')}</w:smartTag><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        "<w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:r><w:t>庚</w:t></w:r></w:p>"
    )
    page = read_bytes(with_body(xml), "a.docx")
    assert page.text == "甲乙丁己\n庚"
    assert [line.tag for line in page.lines] == ["p", "h2"]


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    xml = (
        f"<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert read_bytes(with_body(xml), "a.docx").text == "正文\n框内"


def test_word_is_known_by_its_content() -> None:
    assert read_bytes(saved(sample()), "报告.doc").format == "docx"
    assert read_bytes(saved(sample()), "报告.txt").format == "docx"


@pytest.mark.parametrize("kind", ["ms-word.document.macroEnabled", "ms-word.template.macroEnabledTemplate"])
def test_documents_with_macros_are_read(kind: str) -> None:
    plain = b"openxmlformats-officedocument.wordprocessingml.document.main"
    other = f"{kind}.main".encode()
    macro = rezipped(saved(sample()), lambda name, data: data.replace(plain, other) if "Types" in name else data)
    assert read_bytes(macro, "a.docm").text == read_bytes(saved(sample()), "a.docx").text


def test_a_document_without_text_is_empty() -> None:
    assert reason(saved(docx.Document())) == "empty"


def test_a_zip_bomb_is_refused_unopened() -> None:
    bomb = swollen(30_000_000)
    assert len(bomb) < 200_000
    assert reason(bomb) == "zip_bomb"


def test_an_entry_that_lies_about_its_size_is_refused() -> None:
    bomb = swollen(5_000_000)
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        true = archive.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    assert bomb.count(true) == 2  # in the entry's own head and in the directory
    assert reason(bomb.replace(true, (100).to_bytes(4, "little"))) == "damaged"


def poisoned(entities: str, text: str) -> bytes:
    """The sample with a document type that declares entities, and a text that uses them."""

    def change(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        head, _, body = data.decode().partition("?>")
        return f"{head}?><!DOCTYPE d [{entities}]>{body.replace('第一行', text)}".encode()

    return rezipped(saved(sample()), change)


def test_outside_entities_are_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("秘密", encoding="utf-8")
    address = (tmp_path / "secret").as_uri()
    page = read_bytes(poisoned(f'<!ENTITY x SYSTEM "{address}">', "安全&x;"), "a.docx")
    assert "安全" in page.text
    assert "秘密" not in page.text


def test_inner_entities_do_not_grow() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    with suppress(Rejected):  # newer libxml2 refuses the file, older ones leave the entity unresolved
        assert len(read_bytes(poisoned(f'<!ENTITY e0 "长">{levels}', "安全&e8;"), "a.docx").text) < 1000


def test_damaged_archives_are_damaged() -> None:
    data = saved(sample())
    assert reason(data[:-100]) == "damaged"
    assert reason(rezipped(data, lambda name, part: b"<w:" if name == "word/document.xml" else part)) == "damaged"


def test_other_archives_are_unsupported() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert reason(buffer.getvalue()) == "unsupported"


def test_a_password_is_named() -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
    assert reason(ole + "EncryptedPackage".encode("utf-16-le") + b"\0" * 64) == "encrypted"
    zipped = bytearray(saved(sample()))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = zipped.find(mark)
        while place >= 0:
            zipped[place + offset] |= 1
            place = zipped.find(mark, place + 4)
    assert reason(bytes(zipped)) == "encrypted"
