"""Times in a table for a screen; files have them in UTC."""

from __future__ import annotations

from dataclasses import replace

from coder.formats.tables.table import Cell, Table

UTC_MARK = " (UTC)"
"""Ends the title of a column of times."""


def with_local_times(table: Table) -> Table:
    """The table as somebody reads it who looks at a clock: times to the minute, where they are."""
    times = [column.kind == "date" for column in table.columns]
    if not any(times):
        return table
    # Deferred: comparing two files needs nothing of the model.
    from coder.model.times import local_minute

    def here(cell: Cell) -> Cell:
        return local_minute(cell) if isinstance(cell, str) else cell

    columns = tuple(
        replace(column, title=column.title.removesuffix(UTC_MARK)) if is_time else column
        for column, is_time in zip(table.columns, times, strict=True)
    )
    rows = tuple(
        tuple(here(cell) if is_time else cell for cell, is_time in zip(row, times, strict=True))
        for row in table.rows
    )
    return replace(table, columns=columns, rows=rows)
