"""A finished table: typed columns, rows, a title and notes, ready for any file or screen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Kind = Literal["text", "count", "percent", "number", "date"]
"""What a column holds.

``text`` people's words and names; ``count`` whole numbers; ``percent`` shares from 0 to 1;
``number`` other numbers, such as coefficients and means; ``date`` dates, or ISO 8601 texts.
"""

NUMERIC: frozenset[Kind] = frozenset({"count", "percent", "number"})

Cell = str | int | float | date | None
"""None, and any number that is not finite, means that there is no value."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    key: str
    """Name for programs: the header of CSV and the field of JSON."""
    title: str
    """Name for people: the header on screen, in Markdown and in a workbook."""
    kind: Kind = "text"
    width: int = 0
    """Characters in a workbook; 0 takes the width of the content."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under typed columns.

    Raises:
        ValueError: Two columns with one key, or a row with more or fewer cells than columns.
    """

    name: str
    """Short and unique among the tables of an export; becomes the name of a sheet or file."""
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    """What a reader must know beside the numbers, one plain sentence each."""

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if len(set(keys)) != len(keys):
            raise ValueError(f"table {self.name}: two columns with the same key in {keys}")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(keys):
                raise ValueError(
                    f"table {self.name}, row {number}: {len(row)} of {len(keys)} cells"
                )


def value_of(cell: Cell) -> Cell:
    """The cell as a plain Python value: numpy numbers unpacked, not-a-number as None."""
    if cell is None or type(cell) is str or type(cell) is int:
        return cell
    unpack = getattr(cell, "item", None)
    value: Cell = unpack() if callable(unpack) else cell
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def number_text(value: int | float) -> str:
    """A number with all its digits and never an exponent: 0.00001, not 1e-05.

    A float is given by its shortest form that reads back as the same float.
    """
    if isinstance(value, float):
        if value == 0:
            return "0.0"
        text = format(Decimal(repr(value)), "f")
        return text if "." in text else f"{text}.0"
    return str(int(value))


def data_text(cell: Cell, kind: Kind) -> str:
    """A cell for a program to read: shares from 0 to 1, ISO dates, nothing for None."""
    value = value_of(cell)
    if value is None:
        return ""
    if isinstance(value, date):
        return _iso(value)
    if isinstance(value, int | float):
        if kind == "count" and isinstance(value, float) and value.is_integer():
            return str(int(value))
        return number_text(float(value) if kind == "percent" else value)
    return value


def page_text(cell: Cell, kind: Kind) -> str:
    """A cell for a person to read.

    Percents have one decimal (``45.5%``), other floats three, both rounded half up as spreadsheet
    programs do; None is an en dash among numbers and blank among texts and dates.
    """
    value = value_of(cell)
    if value is None:
        return "–" if kind in NUMERIC else ""
    if isinstance(value, date):
        return _iso(value)
    if isinstance(value, str):
        return value
    if kind == "percent":
        return f"{_rounded(Decimal(repr(value)) * 100, 1)}%"
    if isinstance(value, int) or (kind == "count" and value.is_integer()):
        return str(int(value))
    return _rounded(Decimal(repr(value)), 3)


def _rounded(number: Decimal, decimals: int) -> str:
    # Over the shortest decimal form: 0.0625 is 6.3%, as in a workbook, where :.1f says 6.2.
    rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:f}"


def _iso(value: date) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat()
