"""A few columns of a spreadsheet, cell by cell, for whoever knows what they mean."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from coder.errors import BadInput
from coder.formats.files import named
from coder.formats.sheets import read_sheets
from coder.formats.tables import unguard
from coder.formats.wording import listed, shown


@dataclass(frozen=True, slots=True)
class ChosenColumns:
    """The columns that were found, each with the row number and text of every cell."""

    place: str
    """File and sheet, as messages begin."""
    columns: Mapping[str, tuple[tuple[int, str], ...]]
    """By title; blank cells too."""


def read_chosen(
    path: str | Path, titles: Collection[str], also: Collection[str] = ()
) -> ChosenColumns:
    """Read the columns that are called so from the first sheet that has one of them.

    Args:
        path: A .csv, .tsv or .xlsx file.
        titles: At least one of these must be there.
        also: These are read too where they are there.

    Raises:
        BadInput: None of the columns is there, or nothing below them, or a formula was never
            computed.
    """
    sheets = [sheet for sheet in read_sheets(path) if sheet.rows]
    for sheet in sheets:
        header = [unguard(cell).strip() for cell in sheet.rows[0].cells]
        at = {title: header.index(title) for title in (*titles, *also) if title in header}
        if not set(at) & set(titles):
            continue
        if len(sheet.rows) == 1:
            raise BadInput(f"{sheet.place}: a header and no rows below it", "add the rows")
        for row in sheet.rows[1:]:
            for title, column in at.items():
                if column in row.broken:
                    raise BadInput(
                        f"{sheet.place}, row {row.number}, column {shown(title)}: an error or a"
                        " formula that was never computed",
                        "correct it, or paste its value",
                    )
        return ChosenColumns(
            sheet.place,
            {
                title: tuple(
                    (
                        row.number,
                        unguard(row.cells[column]).strip() if column < len(row.cells) else "",
                    )
                    for row in sheet.rows[1:]
                )
                for title, column in at.items()
            },
        )
    raise BadInput(
        f"{named(path)}: no column is called {listed(sorted(titles))}",
        "name the column after the code set",
    )
