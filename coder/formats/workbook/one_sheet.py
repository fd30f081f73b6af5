"""One table on its way into one worksheet."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from coder.formats.tables import Cell, Column, Kind, Table, cell_width, page_text
from coder.formats.tables.table import NUMERIC, value_of
from coder.formats.workbook.fitting import Fitter, as_date

TITLE_ROW, HEADER_ROW = 0, 1
LINE_HEIGHT = 15
"""Points."""

HIGHEST = 409
"""Points; no row of a sheet can be higher."""

WIDEST = 60
"""Characters; wider texts are wrapped."""

A4 = 9

NUMBER_FORMATS: Mapping[Kind, str] = {
    "text": "@",  # stays text even when somebody edits the cell
    "count": "#,##0",
    "percent": "0.0%",
    "number": "0.000",
    "date": "yyyy-mm-dd",
}


class Styles:
    """The cell formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.note = book.add_format({"text_wrap": True, "valign": "top", "italic": True})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top"})
        self.header: dict[Kind, Any] = {}
        self.cell: dict[Kind, Any] = {}
        for kind, number_format in NUMBER_FORMATS.items():
            side = {"align": "right" if kind in NUMERIC else "left"}
            header = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
            self.header[kind] = book.add_format(header | side)
            cell = {"num_format": number_format, "valign": "top", "text_wrap": kind == "text"}
            self.cell[kind] = book.add_format(cell | side)


@dataclass(slots=True)
class OneSheet:
    """A worksheet and the table that goes there."""

    sheet: Any
    table: Table
    styles: Styles
    fitter: Fitter = field(default_factory=Fitter)
    widths: list[int] = field(init=False)
    """Of the columns, in characters; measured once, as every cell of the table is looked at."""

    def __post_init__(self) -> None:
        self.widths = [self._width(at, column) for at, column in enumerate(self.table.columns)]

    def write(self, *, is_cover: bool) -> None:
        """Title, header, rows, notes, and how it looks on screen and paper."""
        self.sheet.write_string(TITLE_ROW, 0, self.fitter.fit(self.table.title), self.styles.title)
        for at, column in enumerate(self.table.columns):
            title = self.fitter.fit(column.title)
            self.sheet.write_string(HEADER_ROW, at, title, self.styles.header[column.kind])
            self.sheet.set_column(at, at, self.widths[at])
        for number, row in enumerate(self.table.rows, start=HEADER_ROW + 1):
            for at, (column, cell) in enumerate(zip(self.table.columns, row, strict=True)):
                self._write_cell(number, at, column.kind, cell)
            self._give_height(number, row)
        self.sheet.set_row(HEADER_ROW, LINE_HEIGHT * self._header_lines())
        below = HEADER_ROW + len(self.table.rows) + 2
        notes = [self.fitter.fit(note) for note in self.table.notes]
        for row_of_note, note in enumerate([*notes, *self.fitter.notes()], start=below):
            self._write_note(row_of_note, note)
        if self.table.columns:
            self._set_up_screen(is_cover)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&L&A&R&P / &N")

    def _set_up_screen(self, is_cover: bool) -> None:
        from xlsxwriter.utility import xl_range

        right = len(self.table.columns) - 1
        last = HEADER_ROW + max(len(self.table.rows), 1)
        # Ids such as 007 are text on purpose: no green corners.
        self.sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, last, right)})
        if not is_cover:
            self.sheet.freeze_panes(HEADER_ROW + 1, 0)
            self.sheet.autofilter(HEADER_ROW, 0, last, right)
            self.sheet.repeat_rows(HEADER_ROW)

    def _write_cell(self, row: int, at: int, kind: Kind, cell: Cell) -> None:
        look = self.styles.cell[kind]
        value = value_of(cell)
        if kind == "date" and isinstance(value, str):
            value = as_date(value)
        if value is None:
            self.sheet.write_blank(row, at, None, look)
        elif isinstance(value, date) and value.year >= 1900:
            has_time = isinstance(value, datetime)
            self.sheet.write_datetime(row, at, value, self.styles.moment if has_time else look)
        elif isinstance(value, int | float) and kind != "text":
            self.sheet.write_number(row, at, value, look)
        else:
            text = self.fitter.fit(page_text(value, "text"))
            self.sheet.write_string(row, at, text, self.styles.cell["text"])

    def _give_height(self, number: int, row: Sequence[Cell]) -> None:
        """As many lines as its longest text takes.

        Said outright, because LibreOffice does not grow the rows of such a file by itself: long
        texts lay over those of the row below.
        """
        most = 1
        for cell, column in zip(row, self.widths, strict=True):
            # A width counts digits; letters take less.
            width = column + column // 10
            if isinstance(cell, str) and (len(cell) > width or "\n" in cell):
                lines = [textwrap.wrap(line, width) or [""] for line in cell.splitlines()]
                most = max(most, sum(map(len, lines)))
        if most > 1:
            self.sheet.set_row(number, min(LINE_HEIGHT * most, HIGHEST))

    def _write_note(self, row: int, note: str) -> None:
        right = len(self.table.columns) - 1
        if right > 0:
            width = max(sum(self.widths), 20)
            self.sheet.merge_range(row, 0, row, right, "", self.styles.note)
            self.sheet.set_row(row, LINE_HEIGHT * (1 + cell_width(note) // width))
        self.sheet.write_string(row, 0, note, self.styles.note)

    def _header_lines(self) -> int:
        """Lines that the longest title takes; two characters go to the button of the filter.

        Said outright, because LibreOffice does not grow the row of a wrapped header by itself.
        """
        lines = [
            len(textwrap.wrap(column.title, max(width - 2, 1)))
            for column, width in zip(self.table.columns, self.widths, strict=True)
        ]
        return max([1, *lines])

    def _width(self, at: int, column: Column) -> int:
        """Characters: as wide as the longest line, within reason."""
        if column.width:
            return column.width
        # Two more than a word of the title: the header carries the button of the filter.
        widest = max([6, *(cell_width(word) + 2 for word in column.title.split())])
        for row in self.table.rows:
            for line in page_text(row[at], column.kind).splitlines():
                widest = max(widest, cell_width(line) + 2)
        return min(widest, WIDEST)
