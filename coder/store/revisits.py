"""Answers given under older versions of a codebook whose meaning has changed since."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from coder.model import Status, Viewer
from coder.store.blind import visible
from coder.store.codebooks import code_uid, set_uid

Doubt = tuple[str, str, str]
"""Version, code set and code that are in question; no code for every answer to the set."""


@dataclass(frozen=True, slots=True)
class OlderAnswer:
    """What one coder said of a unit and code set, with the versions it was said under."""

    ref: str
    transcript: str
    """Empty for a record."""
    code_set: str
    coder: str
    status: Status
    version: str
    """Content id of the version it was decided under."""
    codes: tuple[tuple[str, str], ...]
    """Code ids, each with the content id of the version it was put on under."""


def versions_used(db: sqlite3.Connection, book: str) -> list[str]:
    """Content ids of the versions of a book that something of ordinary coding is decided under."""
    rows = db.execute(
        "SELECT v.uid FROM codebook_version v WHERE v.book = ? AND EXISTS"
        " (SELECT 1 FROM decision d WHERE d.version = v.id AND d.pass = 0) ORDER BY v.id",
        (book,),
    )
    return [row[0] for row in rows]


def older_answers(
    db: sqlite3.Connection, viewer: Viewer, book: str, doubts: Sequence[Doubt], *, coder: str = ""
) -> list[OlderAnswer]:
    """Ordinary answers of live units to which any of the doubts applies, in text order.

    Args:
        db: The study.
        viewer: Who is looking.
        book: Id of the codebook.
        doubts: What is in question.
        coder: Alias of the only coder wanted; empty for all that the viewer may see.
    """
    wanted = [
        (version, set_uid(book, code_set), code_uid(book, code) if code else None)
        for version, code_set, code in doubts
    ]
    rows = db.execute(
        f"""
        WITH doubt AS (SELECT v.id AS version, s.id AS code_set, k.id AS code
            FROM json_each(:doubts) j
            JOIN codebook_version v ON v.uid = json_extract(j.value, '$[0]')
            JOIN code_set s ON s.uid = json_extract(j.value, '$[1]')
            LEFT JOIN code k ON k.uid = json_extract(j.value, '$[2]')
            WHERE json_extract(j.value, '$[2]') IS NULL OR k.id IS NOT NULL)
        SELECT u.ref, coalesce(t.name, '') AS transcript, s.name AS code_set, c.alias AS coder,
            d.status, v.uid AS version, coalesce((SELECT group_concat(said, ' ') FROM
                (SELECT k.name || '@' || w.uid AS said FROM coding g JOIN code k ON k.id = g.code
                 JOIN codebook_version w ON w.id = g.version WHERE g.unit = d.unit
                 AND g.code_set = d.code_set AND g.coder = d.coder AND g.pass = d.pass
                 ORDER BY g.id)), '') AS said
        FROM decision d JOIN unit u ON u.id = d.unit
        LEFT JOIN transcript t ON t.id = u.transcript
        JOIN code_set s ON s.id = d.code_set JOIN coder c ON c.id = d.coder
        JOIN codebook_version v ON v.id = d.version
        WHERE d.pass = 0 AND u.is_live AND (t.id IS NULL OR t.is_live)
            AND (:coder = '' OR c.alias = :coder) AND {visible(db, viewer, "d")}
            AND EXISTS (SELECT 1 FROM doubt x WHERE x.version = d.version
                AND x.code_set = d.code_set AND (x.code IS NULL OR EXISTS
                    (SELECT 1 FROM coding g WHERE g.unit = d.unit AND g.code_set = d.code_set
                     AND g.coder = d.coder AND g.pass = d.pass AND g.code = x.code)))
        ORDER BY t.name, u.start, u.stop, u.ref, c.alias, s.id
        """,
        {"doubts": json.dumps(wanted), "viewer": viewer.alias, "coder": coder},
    )
    return [
        OlderAnswer(
            **{k: row[k] for k in ("ref", "transcript", "code_set", "coder", "version")},
            status=cast(Status, row["status"]),
            codes=tuple(_code(said) for said in row["said"].split()),
        )
        for row in rows
    ]


def _code(said: str) -> tuple[str, str]:
    code, _, version = said.partition("@")
    return code, version


def own_uses(db: sqlite3.Connection, coder: str, book: str) -> list[tuple[str, int]]:
    """The different sets of codes a coder has put on live units, with how many units have them.

    Args:
        db: The study.
        coder: Alias.
        book: Id of the codebook.

    Returns:
        Code ids parted by blanks, and the number of units; ordinary coding only.
    """
    rows = db.execute(
        "SELECT codes, count(*) FROM (SELECT group_concat(k.name, ' ') AS codes FROM coding g"
        " JOIN code k ON k.id = g.code JOIN coder c ON c.id = g.coder JOIN unit u ON u.id = g.unit"
        " LEFT JOIN transcript t ON t.id = u.transcript WHERE c.alias = ? AND k.book = ?"
        " AND g.pass = 0 AND u.is_live AND (t.id IS NULL OR t.is_live) GROUP BY g.unit)"
        " GROUP BY codes",
        (coder, book),
    )
    return [(row[0], row[1]) for row in rows]
