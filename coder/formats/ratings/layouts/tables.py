"""A sheet as a header with rows below it, and complaints that name the cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coder.errors import BadInput
from coder.formats.sheets import Row, Sheet
from coder.formats.tables import unguard
from coder.formats.wording import closest, shown

HEADER_SEARCHED = 10
"""Rows of a workbook among which the header is looked for: a title may stand above it."""


def plain(title: str) -> str:
    """A column title without case, and with one blank for blanks, underscores and hyphens."""
    return re.sub(r"[\s_-]+", " ", title).strip().casefold()


@dataclass(frozen=True, eq=False)
class RatingTable:
    """One sheet whose first row with two cells or more is the header.

    Args:
        sheet: Where it stands.
        row: Number of the header row.
        titles: As written, without blanks around them.
        names: The same, made `plain`.
        rows: The rows below.
    """

    sheet: Sheet
    row: int
    titles: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[Row, ...]

    def find(self, *names: str) -> int | None:
        """The first column that is called one of these, the earlier name before the later."""
        return next((self.names.index(name) for name in names if name in self.names), None)

    def called(self, title: str, option: str) -> int:
        """The column that the user named."""
        if title in self.titles:
            return self.titles.index(title)
        if plain(title) in self.names:
            return self.names.index(plain(title))
        near = closest(title, self.titles)
        raise BadInput(
            f"{self.sheet.place}, row {self.row}: no column {shown(title)}",
            f'did you mean {option} "{near}"?' if near else f"correct {option}",
        )

    def cell(self, row: Row, at: int | None) -> str:
        """A cell without guard and blanks around it; nothing where there is no such cell."""
        if at is None or at >= len(row.cells):
            return ""
        text = row.cells[at].strip()
        return unguard(text).strip() if text[:1] == "'" else text

    def place(self, row: Row, at: int | None = None) -> str:
        """File, sheet, row and column, as complaints begin."""
        where = f"{self.sheet.place}, row {row.number}"
        return where if at is None else f"{where}, column {shown(self.titles[at])}"

    def body(self, used: Sequence[int | None]) -> Iterator[Row]:
        """The rows, each checked in the columns that are read.

        Raises:
            BadInput: Two columns of one name, a row too long or too short, a cell that the
                spreadsheet program broke or turned into a date, or no row at all.
        """
        columns = [at for at in used if at is not None]
        for at in columns:
            if self.names.count(self.names[at]) > 1:
                raise BadInput(
                    f"{self.sheet.place}, row {self.row}: two columns are called "
                    f"{shown(self.titles[at])}",
                    "rename one",
                )
        if not self.rows:
            raise BadInput(f"{self.sheet.place}: a header and no rows below it", "add the rows")
        for row in self.rows:
            self._check(row, columns)
            yield row

    def _check(self, row: Row, columns: Sequence[int]) -> None:
        here = len(row.cells)
        extra = any(cell.strip() for cell in row.cells[len(self.titles) :])
        if extra or (here < len(self.titles) and not self.sheet.name):
            raise BadInput(
                f"{self.place(row)}: {here} cell{'' if here == 1 else 's'} under "
                f"{len(self.titles)} columns",
                "give every row as many cells as the header; put cells that hold the separator "
                "between quotation marks",
            )
        for at in columns:
            if at in row.broken:
                raise BadInput(
                    f"{self.place(row, at)}: an error or a formula that was never computed",
                    "correct it, or paste its value",
                )
            if at in row.dates:
                raise BadInput(
                    f"{self.place(row, at)}: the spreadsheet turned this into the date "
                    f"{row.cells[at]}",
                    "format the column as text and type it again",
                )


def tables_of(sheets: Sequence[Sheet], only: str = "") -> list[RatingTable]:
    """The sheets that have a header, or only the one of this name."""
    chosen = [sheet for sheet in sheets if not only or sheet.name == only]
    return [table for sheet in chosen if (table := _table(sheet)) is not None]


def _table(sheet: Sheet) -> RatingTable | None:
    searched = sheet.rows[:HEADER_SEARCHED] if sheet.name else sheet.rows[:1]
    for at, row in enumerate(searched):
        titles = [unguard(cell).strip() for cell in row.cells]
        while titles and not titles[-1]:
            titles.pop()
        if sum(map(bool, titles)) > 1:
            names = tuple(plain(title) for title in titles)
            return RatingTable(sheet, row.number, tuple(titles), names, sheet.rows[at + 1 :])
    return None


def files_of(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """The files, each once, in the order given."""
    return tuple(dict.fromkeys(sheet.file for sheet in sheets))


def sheet_notes(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """What was assumed when the files were opened."""
    return tuple(note for sheet in sheets for note in sheet.notes)
