"""How coders sort codes into piles: as journalled objects, and read for screens and statistics.

Each pile and each sorted code is an object of its own, so that moving one of three hundred codes
writes one small line to the journal. All of one coder's sorting of a set stands under one key:
nothing that anybody else does is ever in the way of taking a move back, and nobody's sorting is
written by another.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from coder.errors import NotAllowed
from coder.store.keys import SEPARATOR, last_part
from coder.store.states import State, one, row_number


class PileKind:
    """Key ``set|coder|uid``."""

    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        return one(db, "SELECT name, position FROM pile WHERE uid = ?", last_part(key))

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        code_set, coder, uid = key.split(SEPARATOR)
        if state is None:
            used = db.execute(
                "SELECT 1 FROM sorting WHERE pile = (SELECT id FROM pile WHERE uid = ?)", (uid,)
            )
            if used.fetchone() is not None:
                raise NotAllowed("there are codes in this pile")
            db.execute("DELETE FROM pile WHERE uid = ?", (uid,))
            return
        db.execute(
            "INSERT INTO pile (uid, code_set, coder, name, position)"
            " VALUES (:uid, :code_set, :coder, :name, :position)"
            " ON CONFLICT (uid) DO UPDATE SET name = :name, position = :position",
            {
                "uid": uid,
                "code_set": row_number(db, "code_set", "uid", code_set),
                "coder": row_number(db, "coder", "uid", coder),
                **state,
            },
        )


class SortingKind:
    """Key ``set|coder|code``; a state without piles is the discard pile, no state is loose."""

    _WHERE = (
        " WHERE s.code_set = (SELECT id FROM code_set WHERE uid = ?)"
        " AND s.coder = (SELECT id FROM coder WHERE uid = ?)"
        " AND s.code = (SELECT id FROM code WHERE uid = ?)"
    )

    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        rows = db.execute(
            "SELECT p.uid, s.at FROM sorting s LEFT JOIN pile p ON p.id = s.pile"
            + self._WHERE
            + " ORDER BY s.place",
            key.split(SEPARATOR),
        ).fetchall()
        if not rows:
            return None
        return {"piles": [row[0] for row in rows if row[0] is not None], "at": rows[0][1]}

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        parts = key.split(SEPARATOR)
        db.execute("DELETE FROM sorting AS s" + self._WHERE, parts)
        if state is None:
            return
        code_set, coder, code = parts
        where = (
            row_number(db, "code_set", "uid", code_set),
            row_number(db, "coder", "uid", coder),
            row_number(db, "code", "uid", code),
        )
        piles = [row_number(db, "pile", "uid", uid) for uid in state["piles"]]
        db.executemany(
            "INSERT INTO sorting VALUES (?, ?, ?, ?, ?, ?)",
            [(*where, place, pile, state["at"]) for place, pile in enumerate(piles or [None])],
        )


@dataclass(frozen=True, slots=True)
class Pile:
    """A named pile of one coder."""

    uid: str
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Sorting:
    """One coder's piles for a set, in order, and where each sorted code lies."""

    piles: tuple[Pile, ...]
    places: Mapping[str, tuple[str, ...]]
    """Uids of the piles by code id, in the order in which it was put there; none is discarded."""


def read_sorting(db: sqlite3.Connection, code_set: str, coder: str) -> Sorting:
    """One coder's sorting of a set, by uids; empty where there is none."""
    which = {"set": code_set, "coder": coder}
    piles = db.execute(
        "SELECT p.uid, p.name, p.position FROM pile p JOIN code_set s ON s.id = p.code_set"
        " JOIN coder c ON c.id = p.coder WHERE s.uid = :set AND c.uid = :coder"
        " ORDER BY p.position, p.uid",
        which,
    )
    places: dict[str, tuple[str, ...]] = {}
    for code, pile in db.execute(
        "SELECT k.name, p.uid FROM sorting x JOIN code_set s ON s.id = x.code_set"
        " JOIN coder c ON c.id = x.coder JOIN code k ON k.id = x.code"
        " LEFT JOIN pile p ON p.id = x.pile WHERE s.uid = :set AND c.uid = :coder"
        " ORDER BY k.name, x.place",
        which,
    ):
        places[code] = places.get(code, ()) + ((pile,) if pile is not None else ())
    return Sorting(tuple(Pile(*row) for row in piles), places)


def sorters(db: sqlite3.Connection, code_set: str) -> list[str]:
    """Aliases of everybody who has sorted a code of a set (uid)."""
    rows = db.execute(
        "SELECT alias FROM coder WHERE id IN (SELECT x.coder FROM sorting x"
        " JOIN code_set s ON s.id = x.code_set WHERE s.uid = ?) ORDER BY alias",
        (code_set,),
    )
    return [row[0] for row in rows]


def sorted_sets(db: sqlite3.Connection) -> list[str]:
    """Uids of the sets of which somebody has sorted a code."""
    rows = db.execute(
        "SELECT uid FROM code_set WHERE id IN (SELECT code_set FROM sorting) ORDER BY uid"
    )
    return [row[0] for row in rows]
