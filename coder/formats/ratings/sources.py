"""The files of ratings on disk: opened once, read only as far as somebody asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.errors import UsageError
from coder.formats.files import named, read_bytes
from coder.formats.ratings.careful import SheetTable, empty
from coder.formats.ratings.columns import Table
from coder.formats.ratings.options import HowToRead
from coder.formats.ratings.quick import DelimitedTable
from coder.formats.sheets import Sheet, read_sheets
from coder.formats.wording import did_you_mean, listed, shown

LARGEST = 1024 * 1024 * 1024
"""Bytes of a text file: some fifty million ratings. Workbooks stay under the limit of all files."""

QUICK_FROM = 256 * 1024
"""Bytes of a text file from which on importing pyarrow costs less than it saves."""


@dataclass(frozen=True)
class Source:
    """One file.

    Args:
        file: As the user named it, made printable.
        text: A large CSV or TSV file, of which only the header has been taken apart; else None.
        sheets: The sheets with something in them; of ``text`` the header only.
    """

    file: str
    text: DelimitedTable | None
    sheets: tuple[Sheet, ...]

    def whole(self) -> tuple[Sheet, ...]:
        """The sheets with all their rows."""
        return (self.text.whole(),) if self.text else self.sheets


def open_source(path: Path, how: HowToRead, quick_from: int = QUICK_FROM) -> Source:
    """Read a file, of large texts only what is needed to recognise them.

    Args:
        path: A .csv, .tsv or .xlsx file.
        how: Names the sheet, where it is to be a certain one.
        quick_from: Size in bytes from which on pyarrow is asked.

    Raises:
        BadInput: The file cannot be read, or nothing stands in it.
        UsageError: There is no such sheet.
    """
    if path.suffix.lower() in (".csv", ".tsv") and _is_large(path, quick_from):
        data = read_bytes(path, LARGEST)
        if not data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            table = DelimitedTable(path, data)
            return Source(named(path), table, (table.preview,))
    sheets = tuple(sheet for sheet in read_sheets(path) if sheet.rows)
    if not sheets:
        raise empty(named(path))
    return Source(named(path), None, _only_sheet(sheets, how.sheet))


def _is_large(path: Path, quick_from: int) -> bool:
    try:
        return path.is_file() and path.stat().st_size >= quick_from
    except OSError:
        return False  # the ordinary reader says what is wrong


def _only_sheet(sheets: tuple[Sheet, ...], name: str) -> tuple[Sheet, ...]:
    if not name:
        return sheets
    if found := tuple(sheet for sheet in sheets if sheet.name == name):
        return found
    names = [sheet.name for sheet in sheets if sheet.name]
    hint = did_you_mean(name, names) or f"there are {listed([shown(n) for n in names])}"
    if not names:
        hint = "only workbooks have sheets: leave out --sheet"
    raise UsageError(f"{sheets[0].file}: there is no sheet {shown(name)}", hint)


def tables_of(source: Source) -> Sequence[Table]:
    """The tables of a file: one, or as many as a workbook has sheets."""
    return [source.text] if source.text else [SheetTable(sheet) for sheet in source.sheets]
