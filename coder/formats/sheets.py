"""Spreadsheets as rows of text: CSV, TSV and XLSX in, with the row numbers a user sees.

What the cells mean is for the reader of codings, people or ratings to say.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from coder.errors import BadInput
from coder.formats.broken_cells import broken_cells
from coder.formats.files import decode_utf8, named, read_bytes
from coder.formats.wording import shown

ENDINGS = (".csv", ".tsv", ".xlsx")

LONGEST_CELL = 4 * 1024 * 1024
"""Characters; the csv module stops at 131,072 unless told."""

_SEPARATOR_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something."""

    number: int
    """As a spreadsheet program counts, from 1, blank rows included."""
    cells: tuple[str, ...]
    dates: frozenset[int] = frozenset()
    """Positions of cells that the spreadsheet keeps as a date or time, not as text."""
    broken: frozenset[int] = frozenset()
    """Positions of cells that only look blank: an error value, or a formula not computed."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, or a whole CSV or TSV file."""

    file: str
    """As the user named it, made printable."""
    name: str
    """Empty for CSV and TSV."""
    rows: tuple[Row, ...]
    """Without the blank ones."""
    notes: tuple[str, ...] = ()
    """What was assumed, one plain sentence each."""

    @property
    def place(self) -> str:
        """File and sheet, as messages begin."""
        return f"{self.file}, sheet {shown(self.name)}" if self.name else self.file


def read_sheets(path: str | Path) -> tuple[Sheet, ...]:
    """The visible sheets of a spreadsheet file; one for CSV and TSV.

    CSV is UTF-8 with commas, or with semicolons or tabs where the first row has only these.

    Raises:
        BadInput: Another ending, an empty or broken file, a password, bytes that are not UTF-8,
            an open quotation mark; names the file and, where there is one, the row.
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        what = shown(ending) if ending else "no ending"
        raise BadInput(
            f"{named(path)}: a spreadsheet ends in .csv, .tsv or .xlsx, this file has {what}",
            "save it as CSV UTF-8 or as .xlsx",
        )
    data = read_bytes(path)
    if not data.strip():
        raise BadInput(f"{named(path)}: the file is empty", "it needs a row of column names")
    if ending == ".xlsx":
        return tuple(_workbook(named(path), data))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise BadInput(f"{named(path)}: this is a workbook, not text", "rename it to end in .xlsx")
    return (read_delimited(named(path), decode_utf8(path, data), ending),)


def read_delimited(file: str, text: str, ending: str) -> Sheet:
    """The rows of a CSV or TSV text that was read already.

    Args:
        file: What messages call it.
        text: The whole of it.
        ending: ``.csv`` or ``.tsv``.

    Raises:
        BadInput: An open quotation mark, or text behind a closing one; names the row.
    """
    separator = "\t" if ending == ".tsv" else separator_of(text)
    rows: list[Row] = []
    # Only ever raised, so whoever else set it higher keeps what they need.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                rows.append(Row(number, tuple(cells)))
    except csv.Error as fault:
        problem, hint = str(fault), "check the quotation marks from here on"
        if "unexpected end" in problem:
            problem = "a quotation mark that opens here or later is never closed"
        elif "expected after" in problem:
            problem = "text follows a closing quotation mark"
            hint = 'inside a cell in quotation marks, write each of them twice: ""'
        raise BadInput(f"{file}, row {number + 1}: {problem}", hint) from fault
    notes: tuple[str, ...] = ()
    if ending == ".csv" and separator != ",":
        notes = (f"{file}: read with {_SEPARATOR_NAMES[separator]} between the cells",)
    return Sheet(file, "", tuple(rows), notes)


def separator_of(text: str) -> str:
    """A comma, unless the first row that holds anything has only semicolons or tabs."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if "," in first:
        return ","
    return max(";\t", key=first.count) if ";" in first or "\t" in first else ","


def _workbook(file: str, data: bytes) -> Iterator[Sheet]:
    # Deferred: a compiled reader that only this needs.
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    if data.startswith(b"\xd0\xcf\x11\xe0"):
        # A password wraps the workbook into the container of the old format.
        what = "is protected by a password" if _is_encrypted(data) else "is an old .xls workbook"
        raise BadInput(f"{file}: the workbook {what}", "save it as .xlsx without a password")
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        broken = broken_cells(data)
        for meta in workbook.sheets_metadata:
            if meta.visible != SheetVisibleEnum.Visible or meta.typ != SheetTypeEnum.WorkSheet:
                continue
            cells = workbook.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
            yield Sheet(file, meta.name, tuple(_rows(cells, broken.get(meta.name, frozenset()))))
    except PasswordError as fault:
        raise BadInput(
            f"{file}: the workbook is protected by a password", "save a copy without one"
        ) from fault
    except (CalamineError, OSError, ValueError, BadZipFile, ParseError) as fault:
        raise BadInput(
            f"{file}: the workbook cannot be read: {shown(str(fault), 80)}",
            "open it in a spreadsheet program and save it again as .xlsx or CSV UTF-8",
        ) from fault


def _is_encrypted(data: bytes) -> bool:
    return "EncryptedPackage".encode("utf-16-le") in data


def _rows(cells: list[list[Any]], broken: AbstractSet[tuple[int, int]]) -> Iterator[Row]:
    for number, row in enumerate(cells, start=1):
        texts = tuple(_text(value) for value in row)
        bad = frozenset(i for i in range(len(row)) if (number, i) in broken)
        if bad or any(text.strip() for text in texts):
            dates = frozenset(
                i for i, v in enumerate(row) if isinstance(v, date | time | timedelta)
            )
            yield Row(number, texts, dates, bad)


def _text(value: Any) -> str:
    """A cell of a workbook as the user would have typed it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        # Workbooks have only one kind of number: 3 comes back as 3.0.
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
