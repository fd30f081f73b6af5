"""Spreadsheets of records: units without a transcript, one or several rows each.

A column ``id`` (or ``unit``, ``record``) holds what the record is called where it comes from;
``text``, ``year`` and ``participant`` say what they say. Codes stand in one column per code set
(wide form: several with semicolons between them), or in a column ``code`` with one row per code
(long form, with ``coder`` and perhaps ``code_set``). Every other column is an attribute.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coder.errors import BadInput, UsageError
from coder.formats.codings_table.table import plain_title
from coder.formats.files import named
from coder.formats.sheets import Row, Sheet, read_sheets
from coder.formats.tables import unguard
from coder.formats.wording import did_you_mean, listed, shown

ROLES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "unit", "record"),
    "text": ("text",),
    "year": ("year",),
    "participant": ("participant",),
    "coder": ("coder",),
    "code": ("code", "codes"),
    "code_set": ("code_set", "set"),
    "memo": ("memo",),
}
"""What a column can be besides a code set or an attribute, with the titles that say so."""

ATTRIBUTE = "attribute"
"""What a column is mapped to that is called like a code set and is none."""

LONGEST_ID = 80
HEADER_SEARCHED = 10
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_WITHOUT_LINES = ("id", "year", "participant", "coder", "code", "code_set")


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One row, before anybody has looked whether its codes are in a codebook."""

    row_number: int
    """As a spreadsheet program counts, from 1."""
    cells: Mapping[str, str]
    """By role; a role that no column has is not there."""
    codes: Mapping[str, str]
    """Cells of the columns that hold codes, by title."""
    attributes: Mapping[str, str]
    """Cells of every other column, by title; blank ones too."""


@dataclass(frozen=True, slots=True)
class RecordsTable:
    """What a spreadsheet of records says."""

    file: str
    place: str
    """File and sheet, as messages begin."""
    form: Literal["long", "wide", "plain"]
    """``plain`` holds no codes."""
    rows: tuple[RecordRow, ...]
    titles: Mapping[str, str]
    """Title of the column of each role that there is."""
    code_columns: Mapping[str, tuple[str, ...]]
    """Title of each column of codes, with the code sets that it feeds."""
    attribute_columns: tuple[str, ...]
    notes: tuple[str, ...]


def read_records(
    path: str | Path,
    code_sets: Collection[str],
    columns: Mapping[str, tuple[str, ...]] | None = None,
) -> RecordsTable:
    """Read records from a .csv, .tsv or .xlsx file.

    Args:
        path: The file.
        code_sets: Ids of the code sets that a column may be called like.
        columns: What columns are that their titles do not say: one or several code sets, one or
            several roles such as ``participant``, or ``attribute``.

    Raises:
        BadInput: No header with an id, a row without one, a cell that cannot be taken.
        UsageError: ``columns`` names a column that is not there, or what no column can be.
    """
    sheets = [sheet for sheet in read_sheets(path) if sheet.rows]
    if not sheets:
        raise BadInput(f"{named(path)}: nothing stands in it", "it needs a row of column names")
    wanted = dict(columns or {})
    found = [(sheet, at) for sheet in sheets if (at := _header_at(sheet, wanted)) is not None]
    if not found:
        raise _no_header(sheets[0])
    sheet, at = found[0]
    header = _Header(sheet, sheet.rows[at], code_sets, wanted)
    body = sheet.rows[at + 1 :]
    if not body:
        raise BadInput(f"{sheet.place}: a header and no rows below it", "add the records")
    notes = list(sheet.notes)
    if len(found) > 1:
        others = ", ".join(shown(other.name) for other, _ in found[1:])
        notes.append(f"read sheet {shown(sheet.name)} only; {others} look like records too")
    form: Literal["long", "wide", "plain"] = "wide" if header.codes else "plain"
    return RecordsTable(
        file=sheet.file,
        place=sheet.place,
        form="long" if "code" in header.roles else form,
        rows=tuple(header.read(row) for row in body),
        titles={role: header.titles[at] for role, at in header.roles.items()},
        code_columns={header.titles[at]: sets for at, sets in header.codes.items()},
        attribute_columns=tuple(header.titles[at] for at in header.attributes),
        notes=tuple(notes),
    )


class _Header:
    """Which column holds what."""

    def __init__(
        self,
        sheet: Sheet,
        row: Row,
        code_sets: Collection[str],
        columns: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.sheet = sheet
        self.titles = [unguard(cell).strip() for cell in row.cells]
        while self.titles and not self.titles[-1]:
            self.titles.pop()
        place = f"{sheet.place}, row {row.number}"
        twice = next((t for t in self.titles if t and self.titles.count(t) > 1), None)
        if twice is not None:
            raise BadInput(f"{place}: two columns are called {shown(twice)}", "rename one")
        self.roles: dict[str, int] = {}
        self.codes: dict[int, tuple[str, ...]] = {}
        _check_columns(columns, self.titles, code_sets)
        for at, title in enumerate(self.titles):
            self._place(at, columns.get(title) or _meant(title, code_sets), place)
        if "code" in self.roles and self.codes:
            both = f"{shown(self.titles[self.roles['code']])} and {shown(next(iter(self._coded)))}"
            raise BadInput(
                f"{place}: codes stand in both columns {both}",
                "keep one code a row, or one column a code set",
            )
        used = {*self.roles.values(), *self.codes}
        self.attributes = [at for at, t in enumerate(self.titles) if t and at not in used]

    @property
    def _coded(self) -> list[str]:
        return [self.titles[at] for at in self.codes]

    def _place(self, at: int, meant: tuple[str, ...], place: str) -> None:
        if not meant or meant == (ATTRIBUTE,):
            return
        if meant[0] not in ROLES:
            self.codes[at] = meant
            return
        for role in meant:
            if role in self.roles:
                both = f"{shown(self.titles[self.roles[role]])} and {shown(self.titles[at])}"
                raise BadInput(f"{place}: {both} both hold the {role}", "rename one")
            self.roles[role] = at

    def read(self, row: Row) -> RecordRow:
        """A row under the header."""
        place = f"{self.sheet.place}, row {row.number}"
        here = len(row.cells)
        if here < len(self.titles) or any(c.strip() for c in row.cells[len(self.titles) :]):
            raise BadInput(
                f"{place}: {here} cells under {len(self.titles)} columns",
                "give every row as many cells as the header; put cells that hold the separator "
                "between quotation marks",
            )
        for at, cell in enumerate(row.cells[: len(self.titles)]):
            if cell.strip() and not self.titles[at]:
                raise BadInput(f"{place}: {shown(cell)} has no column name above it", "name it")
        cells = {role: self._cell(row, at, role) for role, at in self.roles.items()}
        if not cells["id"]:
            title = shown(self.titles[self.roles["id"]])
            raise BadInput(f"{place}, column {title}: blank", "give every record an id")
        if len(cells["id"]) > LONGEST_ID:
            title = shown(self.titles[self.roles["id"]])
            raise BadInput(
                f"{place}, column {title}: an id of {len(cells['id'])} characters",
                f"use up to {LONGEST_ID}",
            )
        return RecordRow(
            row_number=row.number,
            cells=cells,
            codes={self.titles[at]: self._cell(row, at, "code") for at in self.codes},
            attributes={self.titles[at]: self._cell(row, at, "") for at in self.attributes},
        )

    def _cell(self, row: Row, at: int, role: str) -> str:
        where = f"{self.sheet.place}, row {row.number}, column {shown(self.titles[at])}"
        if at in row.broken:
            raise BadInput(
                f"{where}: an error or a formula that was never computed",
                "correct it, or paste its value",
            )
        cell = unguard(row.cells[at]).strip()
        if at in row.dates and role in _WITHOUT_LINES:
            raise BadInput(
                f"{where}: the spreadsheet turned this into the date {cell}",
                "format the column as text and type it again",
            )
        text = unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n"))
        if bad := _CONTROL.search(text):
            raise BadInput(f"{where}: control character U+{ord(bad.group()):04X}", "delete it")
        if "\n" in text and role in _WITHOUT_LINES:
            raise BadInput(f"{where}: {shown(text)} runs over two lines", "write it in one")
        return text


def _meant(title: str, code_sets: Collection[str]) -> tuple[str, ...]:
    """What a title says of its own accord."""
    name = plain_title(title)
    for role, names in ROLES.items():
        if name in names:
            return (role,)
    return (name,) if name in code_sets else ()


def _check_columns(
    columns: Mapping[str, tuple[str, ...]], titles: Collection[str], code_sets: Collection[str]
) -> None:
    for title, meant in columns.items():
        if title not in titles:
            hint = did_you_mean(title, titles) or f"there are {', '.join(t for t in titles if t)}"
            raise UsageError(f"there is no column {shown(title)}", hint)
        for one in meant:
            known = [*code_sets, *ROLES, ATTRIBUTE]
            if len(meant) > 1:
                known = [*ROLES] if meant[0] in ROLES else [*code_sets]
            if one not in known:
                raise UsageError(
                    f"a column cannot be mapped to {shown(one)}",
                    did_you_mean(one, known) or f"say {listed(known)}",
                )


def _header_at(sheet: Sheet, columns: Mapping[str, tuple[str, ...]]) -> int | None:
    """Position of the first row that names a column of ids; a title may stand above it."""
    ids = {title for title, meant in columns.items() if "id" in meant}
    searched = sheet.rows[:HEADER_SEARCHED] if sheet.name else sheet.rows[:1]
    for at, row in enumerate(searched):
        titles = [unguard(cell).strip() for cell in row.cells]
        if any((plain_title(t) in ROLES["id"] and t not in columns) or t in ids for t in titles):
            return at
    return None


def _no_header(sheet: Sheet) -> BadInput:
    first = sheet.rows[0]
    titles = ", ".join(shown(unguard(cell).strip(), 20) for cell in first.cells if cell.strip())
    return BadInput(
        f"{sheet.place}, row {first.number}: no column {listed(ROLES['id'])} among {titles[:120]}",
        "name the column of ids so, or say --map COLUMN=id",
    )
