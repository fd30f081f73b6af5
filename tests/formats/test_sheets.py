"""Spreadsheet files become rows of text with the numbers that the user sees."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coder.errors import BadInput
from coder.formats.sheets import read_sheets


def saved(path: Path, rows: Mapping[str, object], hidden: tuple[str, ...] = ()) -> Path:
    """A workbook with these cells, addressed as ``sheet!B3``."""
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    for address, value in rows.items():
        name, _, cell = address.partition("!")
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        sheet[cell] = value
    for name in hidden:
        book[name].sheet_state = "hidden"
    book.save(path)
    return path


def refused(path: Path) -> str:
    with pytest.raises(BadInput) as error:
        read_sheets(path)
    assert str(path) in error.value.message
    assert "\n" not in str(error.value)
    assert error.value.hint
    return error.value.message


def test_csv_rows_are_numbered_as_a_spreadsheet_numbers_them(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('\ufeffa,b\r\n\r\n"two\r\nlines",x\r\n ,\r\nlast,"say ""yes"""\r\n'.encode())
    (sheet,) = read_sheets(path)
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ("a", "b")),
        (3, ("two\r\nlines", "x")),
        (5, ("last", 'say "yes"')),
    ]
    assert (sheet.name, sheet.place) == ("", str(path))


@pytest.mark.parametrize(
    ("name", "text", "notes"),
    [
        ("a.csv", "a;b\nc;d\n", ("semicolons",)),
        ("a.csv", "a\tb\nc\td\n", ("tabs",)),
        ("a.tsv", "a\tb\nc\td\n", ()),
        ("a.CSV", "a,b\rc,d\r", ()),
    ],
)
def test_separators_and_line_ends(
    tmp_path: Path, name: str, text: str, notes: tuple[str, ...]
) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    (sheet,) = read_sheets(path)
    assert [row.cells for row in sheet.rows] == [("a", "b"), ("c", "d")]
    assert len(sheet.notes) == len(notes)
    assert all(word in note for word, note in zip(notes, sheet.notes, strict=True))


def test_a_workbook_gives_visible_sheets_and_typed_text(tmp_path: Path) -> None:
    cells = {
        "codes!B3": "x",
        "codes!C3": 3,
        "codes!D3": 2.5,
        "codes!E3": True,
        "codes!F3": date(2024, 3, 4),
        "codes!G3": time(1, 2),
        "secret!A1": "hidden",
        "second!A1": "y",
    }
    path = saved(tmp_path / "a.xlsx", cells, hidden=("secret",))
    first, second = read_sheets(path)
    (row,) = first.rows
    assert (row.number, row.cells) == (3, ("", "x", "3", "2.5", "TRUE", "2024-03-04", "01:02:00"))
    assert row.dates == {5, 6}
    assert [first.name, second.name] == ["codes", "second"]
    assert first.place == f'{path}, sheet "codes"'


def test_errors_and_uncomputed_formulas_are_not_taken_for_blanks(tmp_path: Path) -> None:
    cells = {"s t!A1": "a", "s t!B1": "b", "s t!A2": "=B9", "s t!B3": "#N/A", "s t!B2": "x"}
    path = saved(tmp_path / "a.xlsx", cells)
    (sheet,) = read_sheets(path)
    assert [(row.number, sorted(row.broken)) for row in sheet.rows] == [(1, []), (2, [0]), (3, [1])]


def test_files_that_are_no_spreadsheet(tmp_path: Path) -> None:
    def file(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    assert "ends in .csv, .tsv or .xlsx" in refused(file("a.ods", b"x"))
    assert "has no ending" in refused(file("codings", b"x"))
    assert "the file is empty" in refused(file("a.csv", b"\n \n"))
    assert "the file is empty" in refused(file("a.xlsx", b""))
    assert "this is a workbook" in refused(file("b.csv", b"PK\x03\x04rest"))
    assert "cannot be read" in refused(file("b.xlsx", b"just text"))
    assert "cannot be read" in refused(file("c.xlsx", b"PK\x03\x04broken"))
    assert "no such file" in refused(tmp_path / "nowhere.csv")
    assert "UTF-16" in refused(file("u.csv", "a,b\n".encode("utf-16")))
    latin = file("l.csv", "excerpt,code\nAF:1,caf\xe9\n".encode("latin-1"))
    assert ", line 2, column 9: byte 0xE9 is not UTF-8" in refused(latin)


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", {"s!A1": "x"})
    data = path.read_bytes()
    for size in (len(data) // 4, len(data) // 2, len(data) - 30):
        path.write_bytes(data[:size])
        assert "cannot be read" in refused(path)


def test_a_workbook_with_broken_xml_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", {"s!A1": "=1+1"})
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    path.write_bytes(out.getvalue())
    assert "cannot be read" in refused(path)


@pytest.mark.parametrize(
    ("marker", "words"),
    [("EncryptedPackage", "protected by a password"), ("Workbook", "an old .xls workbook")],
)
def test_the_old_container_is_told_apart(tmp_path: Path, marker: str, words: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600) + marker.encode("utf-16-le"))
    assert words in refused(path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('a,b\nc,d\n"never closed,e\nf,g\n', "row 3: a quotation mark that opens here"),
        ('a,b\n"c"d,e\n', "row 2: text follows a closing quotation mark"),
    ],
)
def test_quotation_marks_gone_wrong_are_named_by_row(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    assert words in refused(path)


def test_a_file_name_cannot_give_orders_to_the_terminal(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as error:
        read_sheets(tmp_path / "a\x1b[31m\n.csv")
    assert "\x1b" not in str(error.value)
    assert "\n" not in str(error.value)
