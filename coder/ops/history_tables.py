"""The journal as a table."""

from __future__ import annotations

from collections.abc import Sequence

from coder.formats.tables import Column, Table
from coder.ops.history import LogLine


def log_table(lines: Sequence[LogLine]) -> Table:
    """One line per entry, newest first; what was undone says so."""
    return Table(
        name="log",
        title="Journal",
        columns=(
            Column("lamport", "No.", "count"),
            Column("at", "When (UTC)", "date"),
            Column("actor", "Coder"),
            Column("words", "What"),
            Column("undone", "Undone"),
        ),
        rows=tuple(
            (
                line.lamport,
                line.at,
                line.actor,
                line.words,
                "" if line.is_live or line.kind in ("undo", "redo") else "undone",
            )
            for line in lines
        ),
    )
