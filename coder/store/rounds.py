"""Rounds: who codes which units blind, and what each said in one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round as it stands in the study."""

    number: int
    """Its number as a pass in this file; means nothing elsewhere."""
    uid: str
    name: str
    purpose: str
    """``training`` or ``reliability``."""
    version: str
    """Content id of the codebook version it freezes."""
    sample: Mapping[str, Any]
    opened_at: str
    closed_at: str
    """Empty while it is open."""
    coders: tuple[str, ...]
    """Aliases."""
    units: tuple[str, ...]
    """References, in text order."""


def list_rounds(db: sqlite3.Connection) -> tuple[RoundRow, ...]:
    """Every round, oldest first."""
    rows = db.execute(
        "SELECT r.id, r.uid, r.name, r.purpose, v.uid AS version, r.sample, r.opened_at,"
        " coalesce(r.closed_at, '') AS closed_at FROM round r"
        " JOIN codebook_version v ON v.id = r.version ORDER BY r.opened_at, r.name"
    ).fetchall()
    return tuple(
        RoundRow(
            number=row["id"],
            **{k: row[k] for k in ("uid", "name", "purpose", "version", "opened_at", "closed_at")},
            sample=json.loads(row["sample"]),
            coders=_column(
                db,
                "SELECT c.alias FROM round_coder x JOIN coder c ON c.id = x.coder"
                " WHERE x.round = ? ORDER BY c.alias",
                row["id"],
            ),
            units=_column(
                db,
                "SELECT u.ref FROM round_unit x JOIN unit u ON u.id = x.unit"
                " LEFT JOIN transcript t ON t.id = u.transcript WHERE x.round = ?"
                " ORDER BY t.name, u.start, u.stop, u.ref",
                row["id"],
            ),
        )
        for row in rows
    )


def _column(db: sqlite3.Connection, query: str, number: int) -> tuple[str, ...]:
    return tuple(row[0] for row in db.execute(query, (number,)))


@dataclass(frozen=True, slots=True)
class Seat:
    """Whether somebody may code a unit in a round."""

    round: str
    """Its name."""
    version: str
    is_open: bool
    has_coder: bool
    has_unit: bool


def seat(db: sqlite3.Connection, number: int, coder: str, unit: str) -> Seat | None:
    """The seat of a coder (uid) at a unit (uid) in a round; None where there is no such round."""
    row = db.execute(
        "SELECT r.name, v.uid, r.closed_at IS NULL,"
        " EXISTS (SELECT 1 FROM round_coder x JOIN coder c ON c.id = x.coder"
        "  WHERE x.round = r.id AND c.uid = ?),"
        " EXISTS (SELECT 1 FROM round_unit x JOIN unit u ON u.id = x.unit"
        "  WHERE x.round = r.id AND u.uid = ?)"
        " FROM round r JOIN codebook_version v ON v.id = r.version WHERE r.id = ?",
        (coder, unit, number),
    ).fetchone()
    return Seat(row[0], row[1], *map(bool, row[2:])) if row is not None else None


@dataclass(frozen=True, slots=True)
class RoundAnswer:
    """What one coder said of one unit and code set in a round, by uids."""

    unit: str
    code_set: str
    coder: str
    status: str
    version: str
    at: str
    codings: tuple[tuple[str, str, str, str, str], ...]
    """Uid, code, version, origin and time of each."""
    memos: tuple[tuple[str, str, str], ...]
    """Uid of the coding, body and time of each memo on one."""
    has_ordinary: bool
    """Whether the same coder stands somewhere with it in ordinary coding too."""


def answers_in(db: sqlite3.Connection, number: int) -> list[RoundAnswer]:
    """Everything that was said in a round, in a fixed order."""
    rows = db.execute(
        "SELECT d.unit AS u, d.code_set AS s, d.coder AS c, u.uid AS unit, s.uid AS code_set,"
        " c.uid AS coder, d.status, v.uid AS version, d.at,"
        " EXISTS (SELECT 1 FROM decision e WHERE e.unit = d.unit AND e.code_set = d.code_set"
        "  AND e.coder = d.coder AND e.pass = 0) AS has_ordinary"
        " FROM decision d JOIN unit u ON u.id = d.unit JOIN code_set s ON s.id = d.code_set"
        " JOIN coder c ON c.id = d.coder JOIN codebook_version v ON v.id = d.version"
        " WHERE d.pass = ? AND u.is_live ORDER BY u.uid, s.uid, c.uid",
        (number,),
    ).fetchall()
    return [
        RoundAnswer(
            **{k: row[k] for k in ("unit", "code_set", "coder", "status", "version", "at")},
            codings=tuple(
                tuple(coding)
                for coding in db.execute(
                    "SELECT g.uid, k.uid, v.uid, g.origin, g.at FROM coding g"
                    " JOIN code k ON k.id = g.code JOIN codebook_version v ON v.id = g.version"
                    " WHERE g.unit = ? AND g.code_set = ? AND g.coder = ? AND g.pass = ?"
                    " ORDER BY k.uid",
                    (row["u"], row["s"], row["c"], number),
                )
            ),
            memos=tuple(
                tuple(memo)
                for memo in db.execute(
                    "SELECT g.uid, m.body, m.at FROM coding g JOIN memo m"
                    " ON m.target_kind = 'coding' AND m.target = g.uid AND m.coder = g.coder"
                    " WHERE g.unit = ? AND g.code_set = ? AND g.coder = ? AND g.pass = ?"
                    " ORDER BY g.uid",
                    (row["u"], row["s"], row["c"], number),
                )
            ),
            has_ordinary=bool(row["has_ordinary"]),
        )
        for row in rows
    ]


def finished_in(db: sqlite3.Connection, number: int) -> dict[str, dict[str, set[str]]]:
    """Code set uids decided in a round, by coder alias and unit reference."""
    found: dict[str, dict[str, set[str]]] = {}
    rows = db.execute(
        "SELECT c.alias, u.ref, s.uid FROM decision d JOIN unit u ON u.id = d.unit AND u.is_live"
        " JOIN code_set s ON s.id = d.code_set JOIN coder c ON c.id = d.coder WHERE d.pass = ?",
        (number,),
    )
    for alias, ref, code_set in rows:
        found.setdefault(alias, {}).setdefault(ref, set()).add(code_set)
    return found
