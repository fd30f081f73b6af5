"""What one coder has in each transcript, counted in a few reads of the whole study."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable

Counts = dict[str, int]
"""By the name of a transcript."""

_HERE = " JOIN transcript t ON t.id = u.transcript WHERE u.is_live AND t.is_live"
_OF_ROUND = " AND (:pass = 0 OR u.id IN (SELECT unit FROM round_unit WHERE round = :pass))"


def seconds(db: sqlite3.Connection) -> dict[str, float]:
    """From the first to the last time that is written in a transcript; none where none is."""
    rows = db.execute(
        "SELECT t.name, max(n.seconds) - min(n.seconds) AS length FROM transcript t"
        " JOIN turn n ON n.revision = t.revision WHERE t.is_live AND n.seconds IS NOT NULL"
        " GROUP BY t.id HAVING length > 0"
    )
    return {name: float(length) for name, length in rows}


def own_flags(db: sqlite3.Connection, coder: str) -> Counts:
    """Flags of one coder on the excerpts; one may have several."""
    return dict(
        db.execute(
            "SELECT t.name, count(*) FROM coder c JOIN flag f ON f.coder = c.id"
            " JOIN unit u ON u.id = f.unit" + _HERE + " AND c.uid = ? GROUP BY t.id",
            (coder,),
        ).fetchall()
    )


def own_memos(db: sqlite3.Connection, coder: str) -> Counts:
    """Memos of one coder on a transcript, its excerpts and the codings of these."""
    rows = db.execute(
        "WITH own AS (SELECT m.target_kind, m.target FROM memo m JOIN coder c ON c.id = m.coder"
        "  WHERE c.uid = ?)"
        " SELECT t.name FROM own JOIN unit u ON own.target_kind = 'excerpt'"
        f" AND u.uid = own.target{_HERE}"
        " UNION ALL SELECT t.name FROM own JOIN coding g ON own.target_kind = 'coding'"
        f" AND g.uid = own.target JOIN unit u ON u.id = g.unit{_HERE}"
        " UNION ALL SELECT t.name FROM own JOIN transcript t ON own.target_kind = 'transcript'"
        " AND t.name = own.target WHERE t.is_live",
        (coder,),
    )
    found: defaultdict[str, int] = defaultdict(int)
    for (name,) in rows:
        found[name] += 1
    return dict(found)


def places(db: sqlite3.Connection, coder: str) -> Counts:
    """The number in its transcript of the excerpt at which a coder left it."""
    return dict(
        db.execute(
            "SELECT t.name, (SELECT count(*) FROM unit w WHERE w.transcript = t.id AND w.is_live"
            "  AND (w.start, w.stop, w.ref) <= (u.start, u.stop, u.ref))"
            " FROM coder c JOIN place p ON p.coder = c.id JOIN unit u ON u.id = p.unit"
            " JOIN transcript t ON t.id = p.transcript AND t.id = u.transcript"
            " WHERE u.is_live AND t.is_live AND c.uid = ?",
            (coder,),
        ).fetchall()
    )


def set_progress(
    db: sqlite3.Connection, coder: str, asked: Iterable[tuple[str, str]], pass_: int = 0
) -> dict[str, dict[str, tuple[int, int]]]:
    """How far one coder is with each code set.

    Args:
        db: The study.
        coder: Uid.
        asked: Pairs of question and code set uid: what the codebook asks of an excerpt.
        pass_: Which pass; 0 is ordinary coding, else only the excerpts of the round count.

    Returns:
        Finished excerpts and all that are asked, by transcript and uid of the set.
    """
    values = {"asked": json.dumps(list(asked)), "coder": coder, "pass": pass_}
    with_asked = (
        "WITH asked AS MATERIALIZED (SELECT json_extract(j.value, '$[0]') AS question,"
        " s.id AS code_set, s.uid FROM json_each(:asked) j"
        " JOIN code_set s ON s.uid = json_extract(j.value, '$[1]')) "
    )
    found: defaultdict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for name, uid, total in db.execute(
        f"{with_asked}SELECT t.name, a.uid, count(*) FROM unit u"
        f" JOIN asked a ON a.question = u.question{_HERE}{_OF_ROUND} GROUP BY t.id, a.code_set",
        values,
    ):
        found[name][uid] = (0, total)
    for name, uid, finished in db.execute(
        f"{with_asked}SELECT t.name, a.uid, count(*) FROM unit u"
        " JOIN asked a ON a.question = u.question"
        " JOIN decision d ON d.unit = u.id AND d.code_set = a.code_set AND d.pass = :pass"
        "  AND d.coder = (SELECT id FROM coder WHERE uid = :coder)"
        f"{_HERE}{_OF_ROUND} GROUP BY t.id, a.code_set",
        values,
    ):
        found[name][uid] = (finished, found[name][uid][1])
    return dict(found)
