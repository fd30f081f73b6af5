"""What a journalled object is: plain data under a key, read from and written to the tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Protocol, cast

from coder.errors import NotAllowed

State = dict[str, Any]


class ObjectKind(Protocol):
    """How one kind of object is read from and written to the tables."""

    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        """The object's present state, or None if it is not there."""

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        """Make the object have this state."""


def one(db: sqlite3.Connection, sql: str, *values: object) -> State | None:
    """The only row of a query as a state, or None."""
    row = db.execute(sql, values).fetchone()
    return dict(row) if row is not None else None


def row_numbers(db: sqlite3.Connection, *wanted: tuple[str, str]) -> Sequence[int]:
    """The rows that hold some uids, of a table each: pairs of a table's name and a uid.

    Raises:
        NotAllowed: One is not there (it was undone, or never came along).
    """
    parts = ", ".join([f"(SELECT id FROM {table} WHERE uid = ?)" for table, _ in wanted])
    found: tuple[int | None, ...] = tuple(
        db.execute(f"SELECT {parts}", [uid for _, uid in wanted]).fetchone()
    )
    for (table, _), row in zip(wanted, found, strict=True):
        if row is None:
            raise _missing(table)
    return cast(tuple[int, ...], found)


def row_number(db: sqlite3.Connection, table: str, column: str, value: str) -> int:
    """The row that holds a uid or name in this file.

    Raises:
        NotAllowed: It is not there (it was undone, or never came along).
    """
    row = db.execute(f"SELECT id FROM {table} WHERE {column} = ?", (value,)).fetchone()
    if row is None:
        raise _missing(table)
    return int(row[0])


def _missing(table: str) -> NotAllowed:
    return NotAllowed(f"this stands on a {table.replace('_', ' ')} that is not in the study")
