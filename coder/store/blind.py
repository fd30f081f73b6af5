"""Who may not see what while a round is open.

Hidden is everything that another coder said of a unit of an open round: from the coders of that
round, and from a reader who did not say who they are. A name that no coder has counts as nobody.
"""

from __future__ import annotations

import sqlite3

from coder.model import Viewer
from coder.store.keys import SEPARATOR, below, sorting_key

_IS_BLIND_TO_ROUND = (
    "(NOT EXISTS (SELECT 1 FROM coder WHERE alias = :viewer) OR EXISTS"
    " (SELECT 1 FROM round_coder rc JOIN coder me ON me.id = rc.coder"
    "  WHERE rc.round = o.id AND me.alias = :viewer))"
)


def visible(db: sqlite3.Connection, viewer: Viewer, row: str) -> str:
    """A condition in SQL that holds for rows which the reader ``:viewer`` may see.

    Args:
        db: The study.
        viewer: The reader; the condition is all the shorter where nothing is hidden from them.
        row: Alias of a table with columns ``unit`` and ``coder``.
    """
    if not is_blind(db, viewer):
        return " 1"
    return (
        " NOT EXISTS (SELECT 1 FROM round_unit ru JOIN round o ON o.id = ru.round"
        f"  WHERE ru.unit = {row}.unit AND o.closed_at IS NULL"
        f"  AND {row}.coder IS NOT (SELECT id FROM coder WHERE alias = :viewer)"
        f"  AND {_IS_BLIND_TO_ROUND})"
    )


def visible_on_transcript(db: sqlite3.Connection, viewer: Viewer, row: str) -> str:
    """As ``visible``, for what stands on a whole transcript: it may speak of a unit in it.

    Args:
        db: The study.
        viewer: The reader.
        row: Alias of a table with columns ``transcript`` and ``coder``.
    """
    inside = f"JOIN unit u ON u.id = ru.unit WHERE u.transcript = {row}.transcript AND"
    return _visible_outside(db, viewer, row, "JOIN round_unit ru ON ru.round = o.id " + inside)


def visible_on_book(db: sqlite3.Connection, viewer: Viewer, row: str) -> str:
    """As ``visible``, for what stands on a code: it may speak of what is being coded with it.

    Args:
        db: The study.
        viewer: The reader.
        row: Alias of a table with columns ``book`` and ``coder``.
    """
    inside = f"WHERE v.book = {row}.book AND"
    return _visible_outside(
        db, viewer, row, "JOIN codebook_version v ON v.id = o.version " + inside
    )


def _visible_outside(db: sqlite3.Connection, viewer: Viewer, row: str, inside: str) -> str:
    if not is_blind(db, viewer):
        return " 1"
    return (
        f" NOT EXISTS (SELECT 1 FROM round o {inside} o.closed_at IS NULL"
        f"  AND {row}.coder IS NOT (SELECT id FROM coder WHERE alias = :viewer)"
        f"  AND {_IS_BLIND_TO_ROUND})"
    )


def is_blind(db: sqlite3.Connection, viewer: Viewer) -> bool:
    """Whether an open round hides something from this viewer."""
    return bool(blind_round(db, viewer))


def blind_round(db: sqlite3.Connection, viewer: Viewer) -> str:
    """Name of an open round that hides something from this viewer, or empty."""
    row = db.execute(
        f"SELECT o.name FROM round o WHERE o.closed_at IS NULL AND {_IS_BLIND_TO_ROUND}"
        " ORDER BY o.name LIMIT 1",
        {"viewer": viewer.alias},
    ).fetchone()
    return str(row[0]) if row is not None else ""


def is_blind_in(db: sqlite3.Connection, viewer: Viewer, number: int) -> bool:
    """Whether a round, by its number, is open and hides what its coders do from this viewer."""
    row = db.execute(
        "SELECT 1 FROM round o WHERE o.id = :round AND o.closed_at IS NULL"
        f" AND {_IS_BLIND_TO_ROUND}",
        {"viewer": viewer.alias, "round": number},
    ).fetchone()
    return row is not None


def blind_transcripts(db: sqlite3.Connection, viewer: Viewer) -> set[str]:
    """Names of the transcripts in which an open round hides something from this viewer."""
    rows = db.execute(
        "SELECT DISTINCT t.name FROM round o JOIN round_unit ru ON ru.round = o.id"
        " JOIN unit u ON u.id = ru.unit JOIN transcript t ON t.id = u.transcript"
        f" WHERE o.closed_at IS NULL AND {_IS_BLIND_TO_ROUND}",
        {"viewer": viewer.alias},
    )
    return {str(name) for (name,) in rows}


def blind_round_on(db: sqlite3.Connection, viewer: Viewer, ref: str) -> str:
    """Name of an open round that hides from this viewer what others say of a unit, or empty."""
    row = db.execute(
        "SELECT o.name FROM unit u JOIN round_unit ru ON ru.unit = u.id"
        " JOIN round o ON o.id = ru.round"
        f" WHERE u.ref = :ref AND o.closed_at IS NULL AND {_IS_BLIND_TO_ROUND}"
        " ORDER BY o.name LIMIT 1",
        {"viewer": viewer.alias, "ref": ref},
    ).fetchone()
    return str(row[0]) if row is not None else ""


def hidden_entries(db: sqlite3.Connection, viewer: Viewer) -> set[str]:
    """Uids of journal entries whose words this viewer may not read, because they name codes.

    Those are what others did to codings, decisions, memos and settlements on units that are in
    an open round; and their memos on codes and whole transcripts, which may speak of such units.
    """
    units = db.execute(
        "SELECT DISTINCT u.uid FROM round o JOIN round_unit ru ON ru.round = o.id"
        f" JOIN unit u ON u.id = ru.unit WHERE o.closed_at IS NULL AND {_IS_BLIND_TO_ROUND}",
        {"viewer": viewer.alias},
    ).fetchall()
    hidden: set[str] = set()
    for (unit,) in units:
        rows = db.execute(
            "SELECT e.uid FROM change c JOIN entry e ON e.id = c.entry"
            " WHERE c.object_key BETWEEN ? AND ?"
            " AND e.actor IS NOT (SELECT uid FROM coder WHERE alias = ?)",
            (*below(unit), viewer.alias),
        )
        hidden.update(row[0] for row in rows)
    if units:
        rows = db.execute(
            "SELECT e.uid FROM change c JOIN entry e ON e.id = c.entry"
            " WHERE c.object_kind = 'memo'"
            " AND e.actor IS NOT (SELECT uid FROM coder WHERE alias = ?)"
            " AND NOT EXISTS (SELECT 1 FROM unit u"
            "  WHERE u.uid = substr(c.object_key, 1, instr(c.object_key, ?) - 1))",
            (viewer.alias, SEPARATOR),
        )
        hidden.update(row[0] for row in rows)
    return hidden


def others_sorting(db: sqlite3.Connection, viewer: Viewer) -> set[str]:
    """Uids of journal entries in which others sort codes into piles.

    Their words name piles, and who reads those before having sorted sorts like them. A reader who
    did not say who they are has no sorting of their own to protect.
    """
    pairs = db.execute(
        "SELECT s.uid, c.uid FROM code_set s, coder c WHERE c.alias <> :viewer"
        " AND EXISTS (SELECT 1 FROM coder WHERE alias = :viewer)",
        {"viewer": viewer.alias},
    ).fetchall()
    found: set[str] = set()
    for code_set, coder in pairs:
        rows = db.execute(
            "SELECT e.uid FROM change c JOIN entry e ON e.id = c.entry"
            " WHERE c.object_key BETWEEN ? AND ? AND c.object_kind IN ('pile', 'sorting')",
            below(sorting_key(code_set, coder)),
        )
        found.update(row[0] for row in rows)
    return found
