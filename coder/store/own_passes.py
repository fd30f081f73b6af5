"""What one coder said of the same units in several passes."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from coder.model import Status, Viewer
from coder.store.blind import visible
from coder.store.keys import ORDINARY_PASS, answer_key, below


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """One coder's answer to a code set for one unit, in one pass."""

    ref: str
    transcript: str
    participant: str
    year: str
    question: str
    record: str
    """Reference, where the unit is a record; else empty."""
    pass_: int
    at: str
    """When it was decided that the set is finished."""
    latest: str
    """When anything was last changed about it; codes taken off leave no trace but the journal's."""
    status: Status
    codes: frozenset[str]


def own_answers(
    db: sqlite3.Connection, viewer: Viewer, code_set: str, coder: str
) -> list[OwnAnswer]:
    """Every answer of a coder to a code set (uid) that the viewer may see, unit by unit.

    When something was last changed is told of answers in ordinary coding; those of a round are
    changed only in it.
    """
    uid = db.execute("SELECT uid FROM coder WHERE alias = ?", (coder,)).fetchone()
    answer, behind = below(answer_key("", code_set, uid[0] if uid else "", ORDINARY_PASS))
    rows = db.execute(
        f"""
        SELECT u.ref, coalesce(t.name, '') AS transcript, coalesce(p.uid, '') AS participant,
            u.year, u.question, iif(u.kind = 'record', u.ref, '') AS record, d.pass, d.at,
            max(d.at, coalesce((SELECT max(e.at) FROM change x JOIN entry e ON e.id = x.entry
                WHERE x.object_key BETWEEN u.uid || :answer AND u.uid || :behind
                AND x.object_kind = 'coding'), ''))
                AS latest,
            d.status, coalesce((SELECT group_concat(k.name, char(31)) FROM coding g
                JOIN code k ON k.id = g.code WHERE g.unit = d.unit AND g.code_set = d.code_set
                AND g.coder = d.coder AND g.pass = d.pass), '') AS codes
        FROM decision d JOIN unit u ON u.id = d.unit
        LEFT JOIN transcript t ON t.id = u.transcript
        LEFT JOIN participant p ON p.id = u.participant
        WHERE d.code_set = (SELECT id FROM code_set WHERE uid = :set)
        AND d.coder = (SELECT id FROM coder WHERE alias = :coder)
        AND u.is_live AND (t.id IS NULL OR t.is_live) AND {visible(db, viewer, "d")}
        ORDER BY t.name, u.start, u.ref, d.pass
        """,
        {
            "set": code_set,
            "coder": coder,
            "viewer": viewer.alias,
            "answer": answer,
            "behind": behind,
        },
    )
    return [
        OwnAnswer(
            **{k: row[k] for k in ("ref", "transcript", "participant", "year", "question")},
            record=row["record"],
            pass_=row["pass"],
            at=row["at"],
            latest=row["latest"],
            status=row["status"],
            codes=frozenset(name for name in row["codes"].split("\x1f") if name),
        )
        for row in rows
    ]
