"""What a coder left lying: the place in each transcript, and memos not kept yet.

Neither is journalled, undone or merged; a study without them says the same.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a coder left a transcript."""

    ref: str
    """Of the excerpt that was current; empty where there was none."""
    top: int
    """Code point at the top of the screen."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A memo that was begun and not kept."""

    target_kind: str
    target: str
    """As of a memo: reference, uid, name or id."""
    body: str
    at: str
    """When it was last typed in, in UTC."""
    is_moved: bool = False
    """Whether it was begun on an excerpt, or a code there, of which this took the place."""


def keep_place(db: sqlite3.Connection, coder: str, transcript: str, ref: str, top: int) -> None:
    """Remember where a coder is; nothing where the transcript or the coder is gone."""
    db.execute(
        "INSERT INTO place (coder, transcript, unit, top)"
        " SELECT c.id, t.id, (SELECT id FROM unit WHERE ref = :ref), :top"
        " FROM coder c, transcript t"
        " WHERE c.uid = :coder AND t.name = :transcript"
        " ON CONFLICT DO UPDATE SET unit = excluded.unit, top = excluded.top",
        {"coder": coder, "transcript": transcript, "ref": ref, "top": top},
    )


def read_place(db: sqlite3.Connection, coder: str, transcript: str) -> Place | None:
    """Where a coder left a transcript."""
    row = db.execute(
        "SELECT coalesce(u.ref, ''), coalesce(p.top, 0) FROM place p"
        " JOIN coder c ON c.id = p.coder JOIN transcript t ON t.id = p.transcript"
        " LEFT JOIN unit u ON u.id = p.unit WHERE c.uid = ? AND t.name = ?",
        (coder, transcript),
    ).fetchone()
    return Place(*row) if row is not None else None


def keep_draft(
    db: sqlite3.Connection, coder: str, target_kind: str, target: str, body: str, at: str
) -> None:
    """Remember a memo under way; an empty body forgets it."""
    where = {"coder": coder, "kind": target_kind, "target": target}
    if not body:
        db.execute(
            "DELETE FROM draft WHERE coder = (SELECT id FROM coder WHERE uid = :coder)"
            " AND target_kind = :kind AND target = :target",
            where,
        )
        return
    db.execute(
        "INSERT INTO draft (coder, target_kind, target, body, at)"
        " SELECT id, :kind, :target, :body, :at FROM coder WHERE uid = :coder"
        " ON CONFLICT DO UPDATE SET body = excluded.body, at = excluded.at",
        {**where, "body": body, "at": at},
    )


def drafts_of(db: sqlite3.Connection, coder: str) -> list[Draft]:
    """Every memo under way, the newest first."""
    rows = db.execute(
        "SELECT d.target_kind, d.target, d.body, d.at FROM draft d JOIN coder c ON c.id = d.coder"
        " WHERE c.uid = ? ORDER BY d.at DESC, d.target_kind, d.target",
        (coder,),
    )
    return [Draft(*row) for row in rows]
