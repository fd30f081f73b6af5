"""Which units each code stands on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from coder.model import Viewer
from coder.store.blind import visible


def coded_units(
    db: sqlite3.Connection, viewer: Viewer, book: str
) -> Iterator[tuple[str, int, int | None]]:
    """Code id, unit and transcript, once however many coders put the code on the unit.

    Only live units, and only what the viewer may see.
    """
    rows = db.execute(
        f"""
        SELECT DISTINCT k.name, g.unit, u.transcript
        FROM coding g JOIN code k ON k.id = g.code JOIN unit u ON u.id = g.unit
        LEFT JOIN transcript t ON t.id = u.transcript
        WHERE k.book = :book AND u.is_live AND (t.id IS NULL OR t.is_live)
        AND {visible(db, viewer, "g")}
        """,
        {"book": book, "viewer": viewer.alias},
    )
    return ((name, unit, transcript) for name, unit, transcript in rows)
