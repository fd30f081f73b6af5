"""Flags on units, such as "discuss": as journalled objects, and read."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from coder.model import Viewer
from coder.store.answers import live_unit
from coder.store.blind import visible
from coder.store.keys import SEPARATOR
from coder.store.states import State, one, row_number


class FlagKind:
    """Key ``unit|coder|name``."""

    _WHERE = (
        " WHERE unit = (SELECT id FROM unit WHERE uid = ?)"
        " AND coder = (SELECT id FROM coder WHERE uid = ?) AND name = ?"
    )

    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        return one(db, "SELECT at FROM flag" + self._WHERE, *key.split(SEPARATOR))

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        unit, coder, name = key.split(SEPARATOR)
        db.execute("DELETE FROM flag" + self._WHERE, (unit, coder, name))
        if state is not None:
            where = (live_unit(db, unit), row_number(db, "coder", "uid", coder), name)
            db.execute("INSERT INTO flag VALUES (?, ?, ?, ?)", (*where, state["at"]))


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag that somebody put on a unit."""

    ref: str
    transcript: str
    """Empty for a record."""
    coder: str
    name: str
    at: str


def flags_seen(
    db: sqlite3.Connection, viewer: Viewer, *, transcript: str = "", name: str = ""
) -> list[Flag]:
    """Every flag on a live unit that this viewer may see, in text order.

    Args:
        db: The study.
        viewer: Who is looking; flags of others on units of an open round are hidden.
        transcript: Only of this one.
        name: Only flags of this name.
    """
    rows = db.execute(
        "SELECT u.ref, coalesce(t.name, '') AS transcript, c.alias AS coder, f.name, f.at"
        " FROM flag f JOIN unit u ON u.id = f.unit JOIN coder c ON c.id = f.coder"
        " LEFT JOIN transcript t ON t.id = u.transcript"
        " WHERE u.is_live AND (t.id IS NULL OR t.is_live)"
        " AND (:transcript = '' OR t.name = :transcript) AND (:name = '' OR f.name = :name)"
        f" AND {visible(db, viewer, 'f')}"
        " ORDER BY transcript, u.start, u.ref, c.alias, f.name",
        {"transcript": transcript, "name": name, "viewer": viewer.alias},
    )
    return [Flag(**dict(row)) for row in rows]


def own_flags_in(db: sqlite3.Connection, coder: str, transcript: str) -> dict[str, list[str]]:
    """Names of one coder's flags by the reference of the unit, in a transcript."""
    found: dict[str, list[str]] = {}
    for ref, name in db.execute(
        "SELECT u.ref, f.name FROM transcript t JOIN unit u ON u.transcript = t.id"
        " JOIN flag f ON f.unit = u.id JOIN coder c ON c.id = f.coder"
        " WHERE t.name = ? AND u.is_live AND c.uid = ? ORDER BY u.ref, f.at, f.name",
        (transcript, coder),
    ):
        found.setdefault(ref, []).append(name)
    return found


def own_flags_on(db: sqlite3.Connection, coder: str, ref: str) -> list[str]:
    """Names of one coder's flags on a unit, the oldest first."""
    rows = db.execute(
        "SELECT f.name FROM unit u JOIN flag f ON f.unit = u.id JOIN coder c ON c.id = f.coder"
        " WHERE u.ref = ? AND c.uid = ? ORDER BY f.at, f.name",
        (ref, coder),
    )
    return [row[0] for row in rows]


def flag_names(db: sqlite3.Connection, coder: str) -> list[str]:
    """Every name that a coder has on a flag now, the most used first."""
    rows = db.execute(
        "SELECT f.name FROM flag f JOIN coder c ON c.id = f.coder WHERE c.uid = ?"
        " GROUP BY f.name ORDER BY count(*) DESC, f.name",
        (coder,),
    )
    return [row[0] for row in rows]


def flaggers_of(db: sqlite3.Connection, ref: str) -> list[str]:
    """Uids of everybody who flagged a unit."""
    rows = db.execute(
        "SELECT DISTINCT c.uid FROM unit u JOIN flag f ON f.unit = u.id"
        " JOIN coder c ON c.id = f.coder WHERE u.ref = ? ORDER BY c.uid",
        (ref,),
    )
    return [row[0] for row in rows]
