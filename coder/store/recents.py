"""What a coder worked with last, from the newest entries of the journal.

Only their own doing and only their own answers: who loads a table of somebody else's codings is
not shown which codes those were.
"""

from __future__ import annotations

import sqlite3


def recent_codes(db: sqlite3.Connection, coder: str, limit: int) -> list[str]:
    """Uids of the codes a coder put on last, the newest first.

    Args:
        db: The study.
        coder: Uid.
        limit: How many puts to look back on, not how many codes.
    """
    rows = db.execute(
        "SELECT json_extract(x.after, '$.code') FROM entry e JOIN change x ON x.entry = e.id"
        " WHERE e.actor = :coder AND x.object_kind = 'coding' AND x.field = '*'"
        " AND x.after IS NOT NULL AND x.object_key LIKE '%|' || :coder || '|%'"
        " ORDER BY e.lamport DESC, e.uid DESC LIMIT :limit",
        {"coder": coder, "limit": limit},
    )
    return list(dict.fromkeys(row[0] for row in rows))


def recent_transcripts(db: sqlite3.Connection, coder: str, limit: int) -> list[str]:
    """Names of the transcripts a coder did something in last, the newest first.

    Args:
        db: The study.
        coder: Uid.
        limit: How many changes to look back on, not how many transcripts.
    """
    rows = db.execute(
        "SELECT (SELECT t.name FROM unit u JOIN transcript t ON t.id = u.transcript"
        "  WHERE u.uid = substr(x.object_key, 1, instr(x.object_key, '|') - 1))"
        " FROM entry e JOIN change x ON x.entry = e.id WHERE e.actor = :coder"
        " AND x.object_kind IN ('coding', 'decision', 'flag')"
        " AND x.object_key LIKE '%|' || :coder || '|%'"
        " ORDER BY e.lamport DESC, e.uid DESC LIMIT :limit",
        {"coder": coder, "limit": limit},
    )
    return list(dict.fromkeys(row[0] for row in rows if row[0]))
