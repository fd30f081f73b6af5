"""Which excerpt, and which coding there, took the place of one that is gone.

The journal knows: whatever split, joined or resized an excerpt made the new ones in the same
entry, and an undo brings the old ones back in the entry that takes the new ones away.
"""

from __future__ import annotations

import sqlite3


def live_successor(db: sqlite3.Connection, ref: str) -> str:
    """The live excerpt that stands where one was, itself where it still stands.

    Args:
        db: The study.
        ref: The excerpt.

    Returns:
        Its reference, of several the first in the text; empty where nothing took its place.
    """
    passed: set[str] = set()
    row = _unit(db, "ref = ?", ref)
    while row is not None and row["uid"] not in passed:
        if row["is_live"]:
            return str(row["ref"])
        passed.add(row["uid"])
        row = _made_instead(db, row)
    return ""


def _unit(db: sqlite3.Connection, condition: str, value: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = db.execute(
        f"SELECT uid, ref, is_live, transcript, start, stop FROM unit WHERE {condition}", (value,)
    ).fetchone()
    return row


def _made_instead(db: sqlite3.Connection, gone: sqlite3.Row) -> sqlite3.Row | None:
    """The first excerpt that shares words with one that is gone and came when it went."""
    row: sqlite3.Row | None = db.execute(
        "SELECT u.uid, u.ref, u.is_live, u.transcript, u.start, u.stop"
        " FROM change c JOIN unit u ON u.uid = c.object_key"
        " WHERE c.entry = (SELECT e.id FROM change o JOIN entry e ON e.id = o.entry"
        "  WHERE o.object_kind = 'unit' AND o.object_key = :uid"
        "  ORDER BY e.lamport DESC, e.uid DESC LIMIT 1)"
        " AND c.object_kind = 'unit' AND c.after IS NOT NULL AND u.uid <> :uid"
        " AND u.transcript = :transcript AND u.start < :stop AND u.stop > :start"
        " ORDER BY u.start, u.stop LIMIT 1",
        dict(gone),
    ).fetchone()
    return row


def coding_successor(db: sqlite3.Connection, uid: str) -> tuple[str, str]:
    """Where a coding stands now.

    Args:
        db: The study.
        uid: The coding.

    Returns:
        The reference of the excerpt, and the uid of the coding of the same coder with the same
        code there, itself where it still stands. Either is empty where there is none.
    """
    row = db.execute(
        "SELECT u.ref, u.is_live, g.coder, g.code, g.pass FROM coding g"
        " JOIN unit u ON u.id = g.unit WHERE g.uid = ?",
        (uid,),
    ).fetchone()
    if row is None:
        return "", ""
    if row["is_live"]:
        return str(row["ref"]), uid
    ref = live_successor(db, row["ref"])
    found = db.execute(
        "SELECT g.uid FROM coding g JOIN unit u ON u.id = g.unit"
        " WHERE u.ref = ? AND g.coder = ? AND g.code = ? AND g.pass = ?",
        (ref, row["coder"], row["code"], row["pass"]),
    ).fetchone()
    return ref, str(found[0]) if found is not None else ""
