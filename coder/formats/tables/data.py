"""Tables for programs: CSV, TSV and JSON. Same table, same text."""

from __future__ import annotations

import json
import re
from datetime import date

from coder.formats.tables.table import NUMERIC, Cell, Kind, Table, data_text, value_of

JSON_SCHEMA = "coder/table/1"

_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n]")


def guard(text: str) -> str:
    """A text that no spreadsheet program takes for a formula.

    An apostrophe goes before ``= + - @``, tab and line ends at the start, and before apostrophes
    that already stand there, so that ``unguard`` always gives back what was written.
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguard(text: str) -> str:
    """The text without the apostrophe that ``guard`` put there."""
    return text[1:] if _GUARDED.match(text) else text


def to_csv(table: Table, raw: bool = False) -> str:
    """The table as CSV: column keys, then rows; LF line ends, no notes.

    Percents are shares from 0 to 1 with all digits, None is an empty cell.

    Args:
        table: What to write.
        raw: Leave out the apostrophe that keeps text from being run as a formula. For programs
            that read every cell as it stands, never for a spreadsheet.
    """
    return _delimited(table, ",", raw)


def to_tsv(table: Table, raw: bool = False) -> str:
    """The table with tabs between the cells; otherwise as ``to_csv``."""
    return _delimited(table, "\t", raw)


def to_json(table: Table) -> str:
    """The table as one JSON object: columns, rows as objects by column key, notes.

    Percents are shares from 0 to 1; None is null; dates are ISO 8601 texts.
    """
    rows = [
        {
            column.key: _json_value(cell, column.kind)
            for column, cell in zip(table.columns, row, strict=True)
        }
        for row in table.rows
    ]
    whole = {
        "schema": JSON_SCHEMA,
        "name": table.name,
        "title": table.title,
        "columns": [{"key": c.key, "title": c.title, "kind": c.kind} for c in table.columns],
        "rows": rows,
        "notes": list(table.notes),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _delimited(table: Table, separator: str, raw: bool) -> str:
    lines = [[column.key if raw else guard(column.key) for column in table.columns]]
    for row in table.rows:
        cells = []
        for column, cell in zip(table.columns, row, strict=True):
            text = data_text(cell, column.kind)
            # A number that is negative is no formula; a text in a column of numbers may be.
            is_text = column.kind not in NUMERIC or isinstance(cell, str)
            cells.append(guard(text) if is_text and not raw else text)
        lines.append(cells)
    return "".join(_line(cells, separator) for cells in lines)


def _line(cells: list[str], separator: str) -> str:
    if cells == [""]:
        return '""\n'  # an empty line would be no row at all
    return separator.join(_quoted(cell, separator) for cell in cells) + "\n"


def _quoted(cell: str, separator: str) -> str:
    if any(mark in cell for mark in (separator, '"', "\n", "\r")) or cell != cell.strip():
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _json_value(cell: Cell, kind: Kind) -> str | int | float | None:
    value = value_of(cell)
    if isinstance(value, float) and kind == "count" and value.is_integer():
        return int(value)
    return data_text(value, kind) if isinstance(value, date) else value
