"""Memos as a reader may see them: on excerpts, codings, transcripts and codes."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from coder.model import Viewer
from coder.store.blind import visible, visible_on_book, visible_on_transcript


@dataclass(frozen=True, slots=True)
class SeenMemo:
    """A memo with what it stands on, by names."""

    kind: str
    """``excerpt``, ``coding``, ``transcript`` or ``code``."""
    target: str
    """As the memo names it: uid of unit, coding or code, or name of the transcript."""
    ref: str
    """Of the excerpt or record; empty where it stands on neither, nor on a code there."""
    transcript: str
    code: str
    """Full name ``book:set:code`` of a coding's code, ``book:code`` of a code's; else empty."""
    coder: str
    at: str
    body: str


_EXCERPT = (
    "SELECT m.target_kind AS kind, m.target, u.ref, coalesce(t.name, '') AS transcript,"
    " '' AS code, c.alias AS coder, m.at, m.body, u.start"
    " FROM (SELECT m.*, u.id AS unit FROM memo m JOIN unit u ON u.uid = m.target"
    "  WHERE m.target_kind = 'excerpt') m"
    " JOIN unit u ON u.id = m.unit LEFT JOIN transcript t ON t.id = u.transcript"
    " JOIN coder c ON c.id = m.coder WHERE u.is_live AND (t.id IS NULL OR t.is_live) AND "
)
_CODING = (
    "SELECT m.target_kind AS kind, m.target, u.ref, coalesce(t.name, '') AS transcript,"
    " s.book || ':' || s.name || ':' || k.name AS code, c.alias AS coder, m.at, m.body, u.start"
    " FROM (SELECT m.*, g.unit, g.code_set, g.code FROM memo m JOIN coding g ON g.uid = m.target"
    "  WHERE m.target_kind = 'coding'{on_unit}) m"
    " JOIN unit u ON u.id = m.unit LEFT JOIN transcript t ON t.id = u.transcript"
    " JOIN code_set s ON s.id = m.code_set JOIN code k ON k.id = m.code"
    " JOIN coder c ON c.id = m.coder WHERE u.is_live AND (t.id IS NULL OR t.is_live) AND "
)
_ON_UNIT = (
    " AND m.target IN (SELECT x.uid FROM coding x JOIN unit y ON y.id = x.unit WHERE y.ref = :ref)"
)
"""Else every memo on a coding would be read for those of one unit."""
_TRANSCRIPT = (
    "SELECT m.target_kind AS kind, m.target, '' AS ref, m.name AS transcript, '' AS code,"
    " c.alias AS coder, m.at, m.body, -1 AS start"
    " FROM (SELECT m.*, t.id AS transcript, t.name FROM memo m"
    "  JOIN transcript t ON t.name = m.target"
    "  WHERE m.target_kind = 'transcript' AND t.is_live) m"
    " JOIN coder c ON c.id = m.coder WHERE "
)
_CODE = (
    "SELECT m.target_kind AS kind, m.target, '' AS ref, '' AS transcript,"
    " m.book || ':' || m.name AS code, c.alias AS coder, m.at, m.body, -1 AS start"
    " FROM (SELECT m.*, k.book, k.name FROM memo m JOIN code k ON k.uid = m.target"
    "  WHERE m.target_kind = 'code') m"
    " JOIN coder c ON c.id = m.coder WHERE "
)


def memos_seen(
    db: sqlite3.Connection,
    viewer: Viewer,
    *,
    kind: str = "",
    transcript: str = "",
    ref: str = "",
    code: str = "",
    coder: str = "",
) -> list[SeenMemo]:
    """Every memo that this viewer may see: in text order, those on codes last.

    Args:
        db: The study.
        viewer: Who is looking; what others wrote about an open round is hidden.
        kind: Only those on things of this kind.
        transcript: Only those on this transcript, or in it.
        ref: Only those on this unit and on codes there.
        code: Only those on this code itself (``book:code``).
        coder: Only this coder's (alias).
    """
    arms = {
        "excerpt": (_EXCERPT, visible),
        "coding": (_CODING.format(on_unit=_ON_UNIT if ref else ""), visible),
        "transcript": (_TRANSCRIPT, visible_on_transcript),
        "code": (_CODE, visible_on_book),
    }
    everything = " UNION ALL ".join(
        f"{rows} {condition(db, viewer, 'm')}"
        for name, (rows, condition) in arms.items()
        if kind in ("", name)
    )
    given = {"transcript": transcript, "ref": ref, "code": code, "coder": coder}
    # Only what is asked for: a plain comparison finds its rows by their index.
    wanted = [f"{name} = :{name}" for name, value in given.items() if value]
    wanted += ["kind = 'code'"] if code else []
    rows = db.execute(
        "SELECT kind, target, ref, transcript, code, coder, at, body"
        f" FROM ({everything}) WHERE {' AND '.join(wanted) or '1'}"
        " ORDER BY kind = 'code', transcript, start, ref, kind = 'coding', code, coder, at",
        {**given, "viewer": viewer.alias},
    )
    return [SeenMemo(**dict(row)) for row in rows]
