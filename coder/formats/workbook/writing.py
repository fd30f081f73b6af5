"""Several tables as one .xlsx file; the same tables give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from coder.errors import BadInput
from coder.formats.atomic import write_atomic
from coder.formats.tables import Table
from coder.formats.workbook.charts import Chart, check_chart, insert_chart
from coder.formats.workbook.fitting import sheet_name, xml_text
from coder.formats.workbook.one_sheet import HEADER_ROW, OneSheet, Styles

MOST_ROWS = 1_048_576 - 100
"""Rows of a sheet, less title, header and notes."""

MOST_COLUMNS = 16_384 - 20
"""Columns of a sheet, less the room for a chart."""


@dataclass(frozen=True, slots=True)
class Properties:
    """What a workbook says about itself in its file properties."""

    title: str = ""
    author: str = ""
    comments: str = ""
    """Program, study and codebook versions belong here."""
    created: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    """UTC; never the clock, so that the same study gives the same bytes."""


def write_workbook(
    target: str | Path | BinaryIO,
    sheets: Sequence[Table],
    *,
    about: Table | None = None,
    charts: Sequence[Chart] = (),
    properties: Properties | None = None,
) -> None:
    """Write tables as the sheets of an .xlsx file, whole or not at all.

    Each sheet has the title of its table in the first row, the column titles in the second
    (frozen, with a filter), then the rows, and the notes below. Text is always written as text:
    a cell ``=1+1`` stays these four characters. Characters that XML forbids become � and are
    counted in a note.

    Args:
        target: A path, or an open binary file.
        sheets: The tables, in the order of the sheets.
        about: A table for a cover sheet "About", such as study, versions and method.
        charts: Drawn to the right of their tables.
        properties: For the file properties.

    Raises:
        BadInput: A table has more rows or columns than a sheet can hold.
        StudyProblem: The file could not be written.
        ValueError: A chart names a table or column that is not there, or two tables have the
            same name.
    """
    data = workbook_bytes(sheets, about=about, charts=charts, properties=properties)
    if isinstance(target, str | Path):
        write_atomic(Path(target), data)
    else:
        target.write(data)


def workbook_bytes(
    sheets: Sequence[Table],
    *,
    about: Table | None = None,
    charts: Sequence[Chart] = (),
    properties: Properties | None = None,
) -> bytes:
    """The bytes that ``write_workbook`` writes; raises what it raises, but StudyProblem."""
    # Deferred: 60 ms, and only exports need it.
    from xlsxwriter import Workbook

    tables = {table.name: table for table in sheets}
    if len(tables) < len(sheets):
        raise ValueError("two tables with the same name")
    for table in [*sheets, *([about] if about else [])]:
        _check_size(table)
    for chart in charts:
        check_chart(chart, tables)
    properties = properties or Properties()
    out = io.BytesIO()
    book = Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
        },
    )
    book.set_properties(
        {
            "title": xml_text(properties.title),
            "author": xml_text(properties.author),
            "comments": xml_text(properties.comments),
            "created": properties.created.astimezone(UTC),
        }
    )
    styles = Styles(book)
    names: list[str] = []
    if about:
        names.append("About")
        OneSheet(book.add_worksheet("About"), about, styles).write(is_cover=True)
    for table in sheets:
        names.append(sheet_name(table.name, names))
        sheet = book.add_worksheet(names[-1])
        OneSheet(sheet, table, styles).write(is_cover=False)
        row = HEADER_ROW
        for chart in charts:
            if chart.sheet == table.name:
                row = insert_chart(book, sheet, chart, table, HEADER_ROW, row)
    book.close()
    return out.getvalue()


def _check_size(table: Table) -> None:
    if len(table.rows) > MOST_ROWS or len(table.columns) > MOST_COLUMNS:
        size = f"{len(table.rows):,} rows and {len(table.columns):,} columns"
        raise BadInput(
            f"table {table.name}: {size} do not fit on a sheet", "export it as csv instead"
        )
