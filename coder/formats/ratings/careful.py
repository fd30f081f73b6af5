"""Columns from rows, cell by cell, with complaints that name the exact one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import PurePath

from coder.errors import BadInput
from coder.formats.ratings.columns import Column, Columns, Head, Table
from coder.formats.sheets import Row, Sheet
from coder.formats.tables import unguard
from coder.formats.wording import shown

HEADER_SEARCHED = 10
"""Rows of a workbook among which the header is looked for: a title may stand above it."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class SheetTable(Table):
    """A sheet whose rows have been read already."""

    def __init__(self, sheet: Sheet) -> None:
        at = header_place(sheet)
        row = sheet.rows[at]
        self._sheet, self._rows = sheet, sheet.rows[at + 1 :]
        self.head = Head(
            sheet.file,
            sheet.place,
            row.number,
            titles_of(row),
            PurePath(sheet.file).stem,
            sheet.notes,
            sheet.name,
        )

    def read(self, places: Collection[int], names: Sequence[int] = ()) -> Columns:
        import numpy as np

        for row in self._rows:
            self._check(row)
        columns = {at: self._column(at, at in names) for at in sorted(places)}
        numbers = np.array([row.number for row in self._rows], dtype=np.int64)
        return Columns(self.head, numbers, columns)

    def _column(self, at: int, is_name: bool) -> Column:
        import numpy as np

        place: dict[str, int] = {}
        title = self.head.titles[at]
        are_dates = is_name and all(at in row.dates for row in self._rows)
        found = np.empty(len(self._rows), dtype=np.int64)
        for position, row in enumerate(self._rows):
            text = unguard(row.cells[at]) if at < len(row.cells) else ""
            if not text.strip():
                text = ""
            self._check_cell(row, at, text, are_dates)
            found[position] = place.setdefault(text, len(place))
        return Column(title, tuple(place), found, place.get("", -1))

    def _check(self, row: Row) -> None:
        """Stop at a row that does not fit under the header."""
        titles, here = self.head.titles, len(row.cells)
        if here == len(titles) and all(titles):
            return
        where = f"{self.head.place}, row {row.number}"
        extra = any(cell.strip() for cell in row.cells[len(titles) :])
        if extra or here < len(titles):
            while not extra and here and not row.cells[here - 1].strip():
                here -= 1
            hint = "put cells that hold the separator between quotation marks"
            if titles.count("") > 1:
                hint = 'where two rows name the columns, make one of them, such as "AL: loss"'
            raise BadInput(
                f"{where}: {here} cell{'' if here == 1 else 's'} under {len(titles)} columns",
                f"give every row as many cells as the header; {hint}",
            )
        for at, cell in enumerate(row.cells[: len(titles)]):
            if at and not titles[at] and cell.strip():
                raise BadInput(f"{where}: {shown(cell)} has no column name above it", "name it")

    def _check_cell(self, row: Row, at: int, text: str, are_dates: bool) -> None:
        """Stop at a cell that is not what its author has typed."""
        if at in row.broken:
            what, hint = "an error or a formula that was never computed", "paste its value"
        elif at in row.dates and not are_dates:
            what = f"the spreadsheet turned this into the date {text}"
            hint = "format the column as text and type it again"
        elif bad := CONTROL.search(text):
            what, hint = f"control character U+{ord(bad.group()):04X}", "delete it"
        else:
            return
        raise BadInput(f"{self.head.cell(row.number, self.head.titles[at])}: {what}", hint)


def header_place(sheet: Sheet) -> int:
    """Position of the row with the names of the columns.

    In a workbook a title may stand above it, alone in its row; in a text the word with which some
    spreadsheet programs note the separator.
    """
    if not sheet.name:
        first = titles_of(sheet.rows[0])
        return int(first in (("sep=",), ("sep=", "")) and len(sheet.rows) > 1)
    searched = enumerate(sheet.rows[:HEADER_SEARCHED])
    return next((at for at, row in searched if sum(map(bool, titles_of(row))) > 1), 0)


def titles_of(row: Row) -> tuple[str, ...]:
    """The names in a header row, without guards, blanks around them and unnamed columns behind."""
    titles = [unguard(cell).strip() for cell in row.cells]
    while titles and not titles[-1]:
        titles.pop()
    return tuple(titles)


def empty(file: str) -> BadInput:
    """A file with no row that holds anything."""
    return BadInput(f"{file}: nothing stands in it", "it needs a row of column names")
