"""Files are judged by content, held to limits, and parsed in a process of their own."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from assistant.errors import DocumentReadError
from assistant.records import Document
from ingest.readers import Limits, read_bytes, read_document
from ingest.readers.choose import parse
from ingest.readers.job import Job
from ingest.readers.process import Answer, ParsingProcess, pack, unpack
from tests.ingest.readers.looking import blocks, grid, rewritten, tables, told
from tests.ingest.readers.samples import ROWS, as_docx, as_html, as_pdf, as_xlsx, samples

SAMPLES = samples()


def read(data: bytes, name: str = "fenbridge", limits: Limits | None = None) -> Document:
    """The document, parsed here."""
    return parse(data, Job(name, limits or Limits()))


def packed(**parts: bytes | str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return stream.getvalue()


# ---------------------------------------------------------------- what a file is


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_format_gives_the_same_table_whatever_its_name_says(name: str) -> None:
    (found,) = tables(read(SAMPLES[name], "fenbridge.bin"))
    rows = [row for row in grid(found) if not set("".join(row)) <= set("- ")]
    assert [[text.strip() for text in row] for row in rows] == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_csv_in_any_common_encoding_and_separator(encoding: str, separator: str) -> None:
    rows = [*ROWS, ["2.1", "Write the “guide” – for £5\nand send it", "JB", "June 2026", "Amber"]]
    lines = [separator.join(f'"{words}"' for words in row) for row in rows]
    (found,) = tables(read("\r\n".join(lines).encode(encoding), "fenbridge.csv"))
    assert grid(found) == rows


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_way_through_the_other_process_changes_nothing(name: str) -> None:
    document = read(SAMPLES[name], name)
    assert unpack(pack(Answer(document=document))).document == document
    assert read_bytes(SAMPLES[name], name) == document


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00", "it is a picture"),
        (packed(x="1"), "it is a packed archive"),
        (b"\x00\x01\x02" * 20, "it is not a document of a kind that is known"),
        (b"%PDF-1.7 and nothing more", "it is damaged: its pages cannot be found"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "it is locked with a password"),
        (packed(xl__workbook="", **{"xl/workbook.bin": ""}), "it is a binary workbook"),
        (as_docx()[:3000], "only a piece of it was copied"),
        (rewritten(as_docx(), "word/document.xml", lambda text: text[:-40]), "is not whole"),
        (rewritten(as_xlsx(), "xl/workbook.xml", lambda text: text[:-30]), "cannot be put together"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(data: bytes, why: str) -> None:
    with pytest.raises(DocumentReadError) as refused:
        read(data, "fenbridge.docx")
    message = str(refused.value)
    assert message.startswith("fenbridge.docx: not read, because ")
    assert why in message
    assert message.count(".") >= 3


def test_a_pdf_with_a_password_is_refused() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption("open sesame"))
    canvas.drawString(60, 700, "secret")
    canvas.save()
    with pytest.raises(DocumentReadError, match="locked with a password"):
        read(stream.getvalue())


def test_an_old_word_file_without_a_program_for_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    with pytest.raises(DocumentReadError, match="neither LibreOffice nor antiword is installed"):
        read_bytes(old, "fenbridge.doc")


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_an_old_word_file_is_converted_where_a_program_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "new.docx").write_bytes(as_docx())
    program(tmp_path, "soffice", f'/bin/cp "{tmp_path}/new.docx" old.docx')
    monkeypatch.setenv("PATH", str(tmp_path))
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    document = read_bytes(old, "fenbridge.doc")
    assert grid(tables(document)[0]) == ROWS
    assert "was converted" in told(document)


def test_a_converter_that_fails_is_told_and_not_called_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program(tmp_path, "antiword", "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    with pytest.raises(DocumentReadError, match="the program that converts it failed on it"):
        read_bytes(old, "fenbridge.doc")


def test_antiword_gives_the_table_without_colours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    entries = "".join(f"<row>{''.join(f'<entry>{words}</entry>' for words in row)}</row>" for row in ROWS)
    (tmp_path / "made").write_text(
        '<?xml version="1.0"?><!DOCTYPE book PUBLIC "-//OASIS//DTD DocBook XML V4.1.2//EN" "x.dtd">'
        f"<book><chapter><title>Plan</title><para><informaltable><tgroup cols='5'><tbody>{entries}</tbody></tgroup>"
        "</informaltable></para></chapter></book>",
        encoding="utf-8",
    )
    program(tmp_path, "antiword", f'/bin/cat "{tmp_path}/made"')
    monkeypatch.setenv("PATH", str(tmp_path))
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    document = read_bytes(old, "fenbridge.doc")
    assert blocks(document) == ["Plan"]
    assert grid(tables(document)[0]) == ROWS
    assert "colours" in told(document)


def scan() -> bytes:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(60, 700, "The first page has words")
    canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "white")), 0, 0, 595, 842)
    canvas.showPage()
    canvas.drawString(60, 700, "The last page has words")
    canvas.save()
    return stream.getvalue()


def test_a_scan_is_read_where_tesseract_is_installed_and_marked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "made.pdf").write_bytes(as_pdf())
    program(tmp_path, "tesseract", f'/bin/cp "{tmp_path}/made.pdf" page.pdf')
    monkeypatch.setenv("PATH", str(tmp_path))
    document = read_bytes(scan(), "fenbridge.pdf")
    assert [item.locator.page for item in document.items] == [1, 2, 3]
    (found,) = tables(document)
    assert grid(found) == ROWS
    assert all(row.sure == 0.5 for row in found.rows)
    assert "recognised by a machine" in told(document)


def test_a_scan_stays_reported_where_nothing_is_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Page 2: scanned, not read" in told(read_bytes(scan(), "fenbridge.pdf"))


# ---------------------------------------------------------------- hostile files


def entity(text: str) -> str:
    declared = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]>'
    head, _, rest = text.partition("?>")
    return f"{head}?>{declared}{rest}"


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("fenbridge.docx", "word/document.xml"),
        ("fenbridge.xlsx", "xl/worksheets/sheet1.xml"),
        ("fenbridge.odt", "content.xml"),
        ("fenbridge.ods", "styles.xml"),
    ],
)
def test_a_file_that_declares_entities_is_refused(name: str, part: str) -> None:
    with pytest.raises(DocumentReadError, match="declares entities"):
        read(
            rewritten(
                SAMPLES[name], part, lambda text: entity(f'<?xml version="1.0"?>{text.partition("?>")[2] or text}')
            )
        )


def test_entities_in_a_page_are_not_fetched() -> None:
    page = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body><p>Body &a;</p></body></html>'
    assert "root:" not in str(read(page.encode()).items)


SMALL = Limits()


@pytest.mark.parametrize(
    ("limits", "data", "what"),
    [
        (replace(SMALL, archive_entries=3), as_docx(), "packed parts"),
        (replace(SMALL, unpacked_bytes=1000), as_docx(), "when unpacked"),
        (SMALL, packed(word__document_xml=b"<a>" + b" " * 30_000_000), "packed more tightly"),
        (replace(SMALL, cells=10), as_docx(), "more than 10 cells"),
        (replace(SMALL, cells=10), as_xlsx(), "more than 10 cells"),
        (replace(SMALL, cells=10), SAMPLES["fenbridge.ods"], "more than 10 cells"),
        (replace(SMALL, cells=10), SAMPLES["fenbridge.odt"], "more than 10 cells"),
        (replace(SMALL, cells=10), as_html().encode(), "more than 10 cells"),
        (replace(SMALL, cells=10), as_pdf(), "more than 10 cells"),
        (replace(SMALL, cells=10), SAMPLES["fenbridge.csv"], "more than 10 cells"),
        (replace(SMALL, pages=0), as_pdf(), "pages"),
        (replace(SMALL, nesting=20), b"<html><body>" + b"<div>" * 60 + b"deep", "inside each other"),
    ],
)
def test_each_limit_turns_a_file_away(limits: Limits, data: bytes, what: str) -> None:
    with pytest.raises(DocumentReadError) as refused:
        read(data, "fenbridge", limits)
    assert what in str(refused.value)


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "fenbridge.txt"
    path.write_bytes(b"x" * 1000)
    with pytest.raises(DocumentReadError, match="larger than"):
        read_document(path, replace(SMALL, file_bytes=999))


def test_merged_cells_over_a_whole_sheet_cost_nothing() -> None:
    made, stream = openpyxl.Workbook(), io.BytesIO()
    made.active["A1"] = "Plan"
    made.save(stream)
    merge = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells><pageMargins'
    data = rewritten(stream.getvalue(), "xl/worksheets/sheet1.xml", lambda text: text.replace("<pageMargins", merge))
    with pytest.raises(DocumentReadError, match="cells"):
        read(data)


def deep_tables() -> bytes:
    made, stream = docx.Document(), io.BytesIO()
    place: Any = made
    for _ in range(12):
        place = place.add_table(1, 2)
        place.cell(0, 1).text = "x"
        place = place.cell(0, 0)
    made.save(stream)
    return stream.getvalue()


def test_tables_inside_tables_without_end_are_refused() -> None:
    with pytest.raises(DocumentReadError, match="tables inside tables"):
        read(deep_tables())


# ---------------------------------------------------------------- the process


@pytest.fixture
def process() -> Iterator[Callable[..., ParsingProcess]]:
    started: list[ParsingProcess] = []

    def start(**limits: Any) -> ParsingProcess:
        started.append(ParsingProcess(replace(SMALL, **limits)))
        return started[-1]

    yield start
    for one in started:
        one.close()


def test_a_file_that_takes_too_long_is_given_up(process: Callable[..., ParsingProcess]) -> None:
    with pytest.raises(DocumentReadError, match="takes longer than"):
        process(seconds=0.001).parse(as_pdf(), "fenbridge.pdf")


def test_a_file_that_needs_too_much_memory_is_given_up_and_the_next_one_is_read(
    process: Callable[..., ParsingProcess],
) -> None:
    small = process(memory_bytes=300_000_000)
    rows = b"<tr><td>x</td></tr>" * 900_000
    with pytest.raises(DocumentReadError, match="not read, because"):
        small.parse(b"<html><body><table>" + rows, "fenbridge.html")
    assert grid(tables(small.parse(as_html().encode(), "fenbridge.html"))[0]) == ROWS


def test_progress_is_told_by_page(process: Callable[..., ParsingProcess]) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for number in range(3):
        canvas.drawString(60, 700, f"Page {number}")
        canvas.showPage()
    canvas.save()
    seen: list[tuple[int, int]] = []
    process().parse(stream.getvalue(), "fenbridge.pdf", lambda part, parts: seen.append((part, parts)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


# ---------------------------------------------------------------- characters that nobody sees


def test_invisible_characters_are_taken_out_and_their_place_is_kept() -> None:
    made, stream = docx.Document(), io.BytesIO()
    made.add_paragraph("safe\u200bguarding \u202edrow\u202c and multi\u00adagency")
    made.add_paragraph("plain")
    made.save(stream)
    document = read(stream.getvalue())
    assert blocks(document) == ["safeguarding drow and multiagency", "plain"]
    assert [place.paragraph for place in document.invisible] == [0]


@pytest.mark.parametrize(("kids", "circle"), [(b"3 0 R", False), (b"3 0 R 4 0 R", True), (b"3 0 R 3 0 R", True)])
def test_a_tree_of_pages_that_runs_in_a_circle_is_told(kids: bytes, circle: bool) -> None:
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, kids.count(b"R")),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        b"<< /Type /Pages /Parent 2 0 R /Kids [3 0 R] /Count 1 >>",
    )
    made = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (at, part) for at, part in enumerate(parts, start=1))
    found = read(made + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF", "fenbridge.pdf")
    assert any("circle" in warning.words for warning in found.warnings) == circle


def test_a_message_of_few_lines_is_refused_by_its_name() -> None:
    with pytest.raises(DocumentReadError, match="e-mail"):
        read(b"To: Mate\nSubject: plan\n\nPaint the pier", "fenbridge.eml")


@pytest.mark.parametrize(
    ("place", "told"), [("https://a.example/b.png", True), ("../../b.png", True), ("b.png", False)]
)
def test_pictures_that_stand_elsewhere_are_told(place: str, told: bool) -> None:
    found = read(f"<p>Harbour</p><img src='{place}'>".encode(), "fenbridge.html")
    assert any("elsewhere" in warning.words for warning in found.warnings) == told
