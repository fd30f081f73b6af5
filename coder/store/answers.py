"""What coders say of units, as journalled objects: codings, decisions, memos, settlements."""

from __future__ import annotations

import sqlite3

from coder.errors import NotAllowed
from coder.store.keys import ORDINARY_PASS, SEPARATOR, first_part, last_part
from coder.store.states import State, one, row_number, row_numbers


def pass_name(db: sqlite3.Connection, pass_: int) -> str:
    """How a pass is called in keys: ``0``, or the uid of the round with this row number.

    Raises:
        NotAllowed: There is no such round.
    """
    if pass_ == 0:
        return ORDINARY_PASS
    row = db.execute("SELECT uid FROM round WHERE id = ?", (pass_,)).fetchone()
    if row is None:
        raise NotAllowed(f"there is no round with the number {pass_} in the study")
    return str(row[0])


def _pass_number(db: sqlite3.Connection, name: str) -> int:
    return 0 if name == ORDINARY_PASS else row_number(db, "round", "uid", name)


def live_unit(db: sqlite3.Connection, uid: str) -> int:
    """The row of a unit that is there, in a transcript that is there.

    Raises:
        NotAllowed: It is not.
    """
    row = db.execute(
        "SELECT u.id, u.is_live AND (t.id IS NULL OR t.is_live), u.ref FROM unit u"
        " LEFT JOIN transcript t ON t.id = u.transcript WHERE u.uid = ?",
        (uid,),
    ).fetchone()
    if row is None:
        raise NotAllowed("this stands on an excerpt that is not in the study")
    if not row[1]:
        raise NotAllowed(f"{row[2]} was split, joined, dropped or taken out of the study")
    return int(row[0])


class CodingKind:
    """Key ``unit|set|coder|pass|uid``."""

    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        return one(
            db,
            "SELECT k.uid AS code, v.uid AS version, g.origin, g.at FROM coding g"
            " JOIN code k ON k.id = g.code JOIN codebook_version v ON v.id = g.version"
            " WHERE g.uid = ?",
            last_part(key),
        )

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        unit, code_set, coder, pass_, uid = key.split(SEPARATOR)
        db.execute("DELETE FROM coding WHERE uid = ?", (uid,))
        if state is not None:
            unit_row, number = live_unit(db, unit), _pass_number(db, pass_)
            rows = row_numbers(
                db,
                ("code_set", code_set),
                ("code", state["code"]),
                ("coder", coder),
                ("codebook_version", state["version"]),
            )
            db.execute(
                "INSERT INTO coding (uid, unit, pass, code_set, code, coder, version, origin, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (uid, unit_row, number, *rows, state["origin"], state["at"]),
            )


class DecisionKind:
    """Key ``unit|set|coder|pass``."""

    _WHERE = (
        " WHERE unit = (SELECT id FROM unit WHERE uid = ?)"
        " AND code_set = (SELECT id FROM code_set WHERE uid = ?)"
        " AND coder = (SELECT id FROM coder WHERE uid = ?) AND pass = ?"
    )

    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        unit, code_set, coder, pass_ = key.split(SEPARATOR)
        return one(
            db,
            "SELECT status, (SELECT uid FROM codebook_version v WHERE v.id = version) AS version,"
            " at FROM decision" + self._WHERE,
            unit,
            code_set,
            coder,
            _pass_number(db, pass_),
        )

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        unit, code_set, coder, pass_ = key.split(SEPARATOR)
        number = _pass_number(db, pass_)
        if state is None:
            db.execute("DELETE FROM decision" + self._WHERE, (unit, code_set, coder, number))
            return
        unit_row = live_unit(db, unit)
        rows = row_numbers(
            db, ("code_set", code_set), ("coder", coder), ("codebook_version", state["version"])
        )
        db.execute(
            "INSERT INTO decision (unit, pass, code_set, coder, version, status, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " status = excluded.status, version = excluded.version, at = excluded.at",
            (unit_row, number, *rows, state["status"], state["at"]),
        )


class MemoKind:
    """Key: what it stands on, then its uid."""

    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        return one(
            db,
            "SELECT m.target_kind, m.target, c.uid AS coder, m.body, m.at FROM memo m"
            " JOIN coder c ON c.id = m.coder WHERE m.uid = ?",
            last_part(key),
        )

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        uid = last_part(key)
        db.execute("DELETE FROM memo WHERE uid = ?", (uid,))
        if state is None:
            return
        if state["target_kind"] in ("excerpt", "coding"):
            live_unit(db, first_part(key))
        coder = row_number(db, "coder", "uid", state["coder"])
        db.execute(
            "INSERT INTO memo (uid, target_kind, target, coder, body, at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (uid, state["target_kind"], state["target"], coder, state["body"], state["at"]),
        )


class SettlementKind:
    """Key ``unit|set|uid``."""

    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        uid = last_part(key)
        state = one(
            db,
            "SELECT t.status, c.uid AS coder, v.uid AS version, t.why, t.at FROM settlement t"
            " JOIN coder c ON c.id = t.coder JOIN codebook_version v ON v.id = t.version"
            " WHERE t.uid = ?",
            uid,
        )
        if state is not None:
            codes = db.execute(
                "SELECT k.uid FROM settlement_code x JOIN settlement t ON t.id = x.settlement"
                " JOIN code k ON k.id = x.code WHERE t.uid = ? ORDER BY k.uid",
                (uid,),
            )
            state["codes"] = [row[0] for row in codes]
        return state

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        unit, code_set, uid = key.split(SEPARATOR)
        db.execute("DELETE FROM settlement WHERE uid = ?", (uid,))
        if state is None:
            return
        (row,) = db.execute(
            "INSERT INTO settlement (uid, unit, code_set, status, coder, version, why, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                uid,
                live_unit(db, unit),
                row_number(db, "code_set", "uid", code_set),
                state["status"],
                row_number(db, "coder", "uid", state["coder"]),
                row_number(db, "codebook_version", "uid", state["version"]),
                state["why"],
                state["at"],
            ),
        ).fetchone()
        db.executemany(
            "INSERT INTO settlement_code VALUES (?, ?)",
            [(row, row_number(db, "code", "uid", code)) for code in state["codes"]],
        )
