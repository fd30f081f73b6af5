"""Workbooks out, opened again with two other libraries."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from coder.errors import BadInput, StudyProblem
from coder.formats.tables import Cell, Column, Table
from coder.formats.workbook import (
    Chart,
    Properties,
    sheet_name,
    workbook_bytes,
    write_workbook,
)

COLUMNS = (
    Column("role", "Role"),
    Column("productive", "productive", "count"),
    Column("solely", "solely unproductive", "count"),
    Column("share", "% productive", "percent"),
    Column("kappa", "kappa", "number"),
    Column("day", "first day", "date"),
)
ROLES = Table(
    "attribution_by_role",
    "Attribution by role",
    COLUMNS,
    (
        ("teacher", 2, 2, 0.4, 0.71081, "2024-02-06"),
        ("=1+1", np.int64(5), 3, 5 / 11, None, date(2024, 1, 30)),  # type: ignore[arg-type]
        ("007", 0, None, None, float("nan"), "spring"),
    ),
    ("n counts everyone.", "One coder only."),
)
ABOUT = Table(
    "about", "Demo study", (Column("k", "What"), Column("v", "Value")), (("study", "demo"),)
)
SHARES = Chart("attribution_by_role", "Shares by role", "role", ("productive", "solely"))
COUNTS = Chart("attribution_by_role", "=1+1", "role", ("productive",), "clustered")


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def words(*cells: Cell) -> Table:
    return Table("t", "T", (Column("words", "Words"),), tuple((cell,) for cell in cells))


def test_values_formats_and_frozen_header() -> None:
    book = opened(workbook_bytes([ROLES], about=ABOUT))
    assert book.sheetnames == ["About", "attribution_by_role"]
    sheet = book["attribution_by_role"]
    assert sheet["A1"].value == "Attribution by role"
    assert [cell.value for cell in sheet[2]] == [column.title for column in COLUMNS]
    assert [cell.value for cell in sheet[3]] == [
        "teacher",
        2,
        2,
        0.4,
        0.71081,
        datetime.fromisoformat("2024-02-06"),
    ]
    assert [cell.value for cell in sheet[4]][1:5] == [5, 3, pytest.approx(5 / 11), None]
    assert [cell.value for cell in sheet[5]] == ["007", 0, None, None, None, "spring"]
    formats = ["@", "#,##0", "#,##0", "0.0%", "0.000", "yyyy-mm-dd"]
    assert [cell.number_format for cell in sheet[3]] == formats
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:F5"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$2:$2"
    assert [sheet["A7"].value, sheet["A8"].value] == ["n counts everyone.", "One coder only."]
    assert book["About"]["B3"].value == "demo"
    assert book["About"].freeze_panes is None


def test_another_reader_sees_the_same() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook_bytes([ROLES])))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[2] == ["teacher", 2.0, 2.0, 0.4, 0.71081, date(2024, 2, 6)]
    assert rows[3][0] == "=1+1"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "http://example.org", "007", "1e5", "{=1}", "TRUE"]
)
def test_text_stays_text(text: str) -> None:
    data = workbook_bytes([Table("t", text, (Column("a", text),), ((text,),), (text,))])
    sheet = opened(data).active
    for cell in (sheet["A1"], sheet["A2"], sheet["A3"], sheet["A5"]):
        assert (cell.value, cell.data_type) == (text, "s")
        assert cell.hyperlink is None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    properties = Properties("Demo", "Coder", "coder 0.1.0")
    args: dict[str, Any] = {"about": ABOUT, "charts": [SHARES, COUNTS], "properties": properties}
    first = workbook_bytes([ROLES], **args)
    write_workbook(tmp_path / "a.xlsx", [ROLES], **args)
    out = io.BytesIO()
    write_workbook(out, [ROLES], **args)
    assert (tmp_path / "a.xlsx").read_bytes() == first == out.getvalue()
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert list(tmp_path.iterdir()) == [tmp_path / "a.xlsx"]
    told = opened(first).properties
    assert (told.title, told.creator, told.description) == ("Demo", "Coder", "coder 0.1.0")
    assert told.created == datetime.fromisoformat("2000-01-01")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StudyProblem, match="no such folder"):
        write_workbook(tmp_path / "nowhere" / "a.xlsx", [ROLES])


def test_charts_are_native_and_point_at_the_cells() -> None:
    data = workbook_bytes([ROLES], charts=[SHARES, COUNTS])
    charts = opened(data)["attribution_by_role"]._charts
    shares, counts = charts
    assert (shares.type, shares.grouping) == ("bar", "percentStacked")
    assert (counts.type, counts.grouping) == ("bar", "clustered")
    assert [series.val.numRef.f for series in shares.series] == [
        "attribution_by_role!$B$3:$B$5",
        "attribution_by_role!$C$3:$C$5",
    ]
    assert shares.series[0].cat.strRef.f == "attribution_by_role!$A$3:$A$5"
    below = shares.anchor._from.row + 260 // 20
    assert counts.anchor._from.row > below
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        drawn = archive.read("xl/charts/chart2.xml").decode()
        described = archive.read("xl/drawings/drawing1.xml").decode()
    title = drawn[drawn.index("<c:title>") : drawn.index("</c:title>")]
    assert "<a:t>1+1</a:t>" in title
    assert "<c:f>" not in title
    assert "Bars for productive, solely unproductive" in described


def test_a_chart_of_a_table_without_rows_is_left_out() -> None:
    data = workbook_bytes([Table("attribution_by_role", "T", COLUMNS, ())], charts=[SHARES])
    assert opened(data)["attribution_by_role"]._charts == []


def test_a_chart_that_names_nothing_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="no table nowhere"):
        workbook_bytes([ROLES], charts=[Chart("nowhere", "T", "role", ())])
    with pytest.raises(ValueError, match="no column nothing"):
        workbook_bytes([ROLES], charts=[Chart("attribution_by_role", "T", "role", ("nothing",))])
    with pytest.raises(ValueError, match="same name"):
        workbook_bytes([ROLES, ROLES])


def test_what_a_cell_cannot_hold_is_shown_and_counted() -> None:
    long = "😀" * 20_000
    sheet = opened(workbook_bytes([words("bell \x07 and \ud800", long, "a\r\nb")])).active
    assert sheet["A3"].value == "bell � and �"
    assert len(sheet["A4"].value.encode("utf-16-le")) // 2 <= 32_767
    assert sheet["A4"].value.endswith("…")
    assert sheet["A5"].value == "a\nb"
    assert sheet["A7"].value == (
        "2 characters are shown as �, because a workbook cannot hold them."
    )
    assert sheet["A8"].value.startswith("1 text is cut after 32,766 characters")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(st.characters(), min_size=1, max_size=30), max_size=6))
def test_no_text_breaks_a_workbook(cells: list[str]) -> None:
    title = "".join(cells)[:40]
    table = Table("t", title, (Column("a", title or "A"),), tuple((c,) for c in cells), (title,))
    chart = Chart("t", title, "a", ("a",))
    data = workbook_bytes([table], charts=[chart], properties=Properties(title, title, title))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert len(rows) >= 1 or not title.strip()
    opened(data)


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("attribution: role/year", (), "attribution role year"),
        ("'quoted'", (), "quoted"),
        ("History", (), "History table"),
        ("", (), "Sheet"),
        ("[]:*?/\\", (), "Sheet"),
        ("About", ("about",), "About 2"),
        ("a" * 40, (), "a" * 31),
        ("a" * 40, ("A" * 31,), "a" * 29 + " 2"),
        ("a\x00b", (), "a b"),
    ],
)
def test_sheet_names_are_legal_and_unique(wanted: str, taken: tuple[str, ...], name: str) -> None:
    assert sheet_name(wanted, taken) == name


def test_a_workbook_of_badly_named_tables_opens() -> None:
    names = ["a/b", "A b", "a:b", "About", "x" * 50, "x" * 51]
    tables = [Table(name, name, (Column("a", "A"),), (("v",),)) for name in names]
    book = opened(workbook_bytes(tables, about=ABOUT))
    assert book.sheetnames[:5] == ["About", "a b", "A b 2", "a b 3", "About 2"]
    assert len({name.casefold() for name in book.sheetnames}) == 7


def test_old_dates_times_and_time_zones() -> None:
    column = (Column("d", "D", "date"),)
    cells = (date(1899, 12, 31), datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), "2024-02-30")
    table = Table("t", "T", column, tuple((cell,) for cell in cells))
    sheet = opened(workbook_bytes([table])).active
    assert sheet["A3"].value == "1899-12-31"
    assert sheet["A4"].value == datetime.fromisoformat("2024-01-02T03:04:05")
    assert sheet["A4"].number_format == "yyyy-mm-dd hh:mm:ss"
    assert sheet["A5"].value == "2024-02-30"


def test_a_table_that_does_not_fit_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coder.formats.workbook.writing.MOST_ROWS", 2)
    with pytest.raises(BadInput, match="table attribution_by_role: 3 rows and 6 columns"):
        workbook_bytes([ROLES])


def test_widths_follow_the_content() -> None:
    table = Table(
        "t",
        "T",
        (Column("a", "A"), Column("b", "B", width=33), Column("c", "C")),
        (("x" * 20, "y", "z" * 500),),
    )
    sheet = opened(workbook_bytes([table])).active
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert [round(width) for width in widths] == [23, 34, 61]
    assert sheet["C3"].alignment.wrap_text


def test_rows_are_as_high_as_their_longest_text() -> None:
    sheet = opened(workbook_bytes([words("short", "word " * 40, "one\ntwo\nthree", "w " * 9000)]))
    heights = [sheet.active.row_dimensions[row].height for row in (3, 4, 5, 6)]
    assert heights[:3] == [None, 4 * 15, 3 * 15]
    assert 408 < heights[3] <= 409, "the most that a sheet takes"


def test_no_tables_still_give_a_workbook_that_opens() -> None:
    assert len(opened(workbook_bytes([])).sheetnames) == 1
