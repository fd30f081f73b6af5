"""Spreadsheets of records: which column is what, and cells that cannot be taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from coder.errors import BadInput
from coder.formats.chosen_columns import read_chosen
from coder.formats.records_table import read_records

SETS = ("state", "score")


def write(folder: Path, text: str, name: str = "r.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def workbook(folder: Path, *rows: list[object]) -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    path = folder / "r.xlsx"
    made.save(path)
    return path


def test_titles_say_what_columns_are(tmp_path: Path) -> None:
    text = "Unit,Text,School Year,Participant,State,score,Note\n1,Words,24,P1,full,3,x\n"
    table = read_records(write(tmp_path, text), SETS)
    assert table.titles == {"id": "Unit", "text": "Text", "participant": "Participant"}
    assert table.code_columns == {"State": ("state",), "score": ("score",)}
    assert table.attribute_columns == ("School Year", "Note")
    assert table.form == "wide"
    (row,) = table.rows
    assert (row.row_number, row.cells["id"], row.codes) == (2, "1", {"State": "full", "score": "3"})
    assert row.attributes == {"School Year": "24", "Note": "x"}


@pytest.mark.parametrize(
    ("name", "text", "notes"),
    [
        ("r.tsv", "id\tnote\n1\ta,b\n", 0),
        ("r.csv", "id;note\n1;a,b\n", 1),
        ("r.csv", '\ufeffid,note\r\n1,"a,b"\r\n\r\n', 0),
        ("r.csv", 'id,note\n\'1,"a,b"\n', 0),
    ],
)
def test_other_ways_to_write_the_same(tmp_path: Path, name: str, text: str, notes: int) -> None:
    table = read_records(write(tmp_path, text, name), SETS)
    assert [dict(row.attributes) for row in table.rows] == [{"note": "a,b"}]
    assert table.form == "plain"
    assert len(table.notes) == notes


def test_texts_keep_their_lines_and_are_nfc(tmp_path: Path) -> None:
    text = 'id,text\n1,"Cafe\u0301\r\nsecond line "\n'
    (row,) = read_records(write(tmp_path, text), SETS).rows
    assert row.cells["text"] == "Caf\u00e9\nsecond line"


def test_a_guard_against_formulas_comes_off(tmp_path: Path) -> None:
    (row,) = read_records(write(tmp_path, "id,note\n1,'=1+1\n"), SETS).rows
    assert row.attributes == {"note": "=1+1"}


def test_a_workbook_keeps_dates_as_attributes_and_refuses_them_as_ids(tmp_path: Path) -> None:
    from datetime import date

    day = date(2024, 1, 16)
    (row,) = read_records(workbook(tmp_path, ["id", "date"], [7, day]), SETS).rows
    assert (row.cells["id"], row.attributes["date"]) == ("7", "2024-01-16")
    with pytest.raises(BadInput, match='column "id": the spreadsheet turned this into the date'):
        read_records(workbook(tmp_path, ["id", "note"], [day, "x"]), SETS)


def test_a_formula_that_was_never_computed(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match='row 2, column "note": an error or a formula'):
        read_records(workbook(tmp_path, ["id", "note"], [1, "=A1"]), SETS)
    with pytest.raises(BadInput, match='row 2, column "state": an error or a formula'):
        read_chosen(workbook(tmp_path, ["id", "state"], [1, "=A1"]), ["state"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('id,year\n1,"2023\n24"\n', 'column "year": "2023 24" runs over two lines'),
        ("id,,note\n1,b,a\n", '"b" has no column name above it'),
        ("id,note\n1\n", "1 cells under 2 columns"),
        ("note\n1\n", "no column id, unit or record among"),
        ('id,note\n1,"open\n', "never closed"),
    ],
)
def test_cells_that_cannot_be_taken(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_records(write(tmp_path, text), SETS)
    assert words in str(refused.value)
    assert "r.csv" in str(refused.value)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes("id,note\n1,caf\u00e9\n".encode("latin-1"))
    with pytest.raises(BadInput, match="is not UTF-8"):
        read_records(path, SETS)


def test_chosen_columns_take_what_is_there(tmp_path: Path) -> None:
    found = read_chosen(
        write(tmp_path, "a,state,label\n1,full,x\n2,,x\n"), ["state", "score"], ["label"]
    )
    assert found.columns == {"state": ((2, "full"), (3, "")), "label": ((2, "x"), (3, "x"))}
    with pytest.raises(BadInput, match="no column is called score"):
        read_chosen(write(tmp_path, "a,label\n1,x\n"), ["score"], ["label"])
