"""Every journalled object as plain data: how its state is read and how a state is written.

A state is a dictionary of plain values whose references are uids or natural keys, never row
numbers, so that a journal entry means the same in every copy of a study. ``None`` is "not there".
Undo, redo and (later) merge need nothing but these pairs of functions.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any, Protocol

from coder.errors import NotAllowed

State = dict[str, Any]

KEY_SEPARATOR = "|"


def compound_key(*parts: str | int) -> str:
    """The key of an object that has no uid of its own."""
    return KEY_SEPARATOR.join(map(str, parts))


class ObjectKind(Protocol):
    """How one kind of object is read from and written to the tables."""

    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        """The object's present state, or None if it is not there."""

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        """Make the object have this state."""


def _one(db: sqlite3.Connection, sql: str, *values: object) -> State | None:
    row = db.execute(sql, values).fetchone()
    return dict(row) if row is not None else None


def row_number(db: sqlite3.Connection, table: str, column: str, value: str) -> int:
    """The row that holds a uid or name in this file.

    Raises:
        NotAllowed: It is not there (it was undone, or never came along).
    """
    row = db.execute(f"SELECT id FROM {table} WHERE {column} = ?", (value,)).fetchone()
    if row is None:
        raise NotAllowed(f"this stands on a {table.replace('_', ' ')} that is not in the study")
    return int(row[0])


class _CoderKind:
    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        return _one(db, "SELECT alias, name FROM coder WHERE uid = ?", key)

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        if state is None:
            db.execute("DELETE FROM coder WHERE uid = ?", (key,))
        else:
            db.execute(
                "INSERT INTO coder (uid, alias, name) VALUES (:uid, :alias, :name)"
                " ON CONFLICT (uid) DO UPDATE SET alias = :alias, name = :name",
                {"uid": key, **state},
            )


class _SettingKind:
    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        return _one(db, "SELECT value FROM study WHERE key = ?", key)

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        if state is None:
            db.execute("DELETE FROM study WHERE key = ?", (key,))
        else:
            db.execute(
                "INSERT INTO study VALUES (:key, :value)"
                " ON CONFLICT (key) DO UPDATE SET value = :value",
                {"key": key, **state},
            )


class _PersonYearKind:
    """Key ``T01|2023-24``; the participant row itself is an immutable name and stays."""

    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        person, year = key.rsplit(KEY_SEPARATOR, 1)
        row = db.execute(
            "SELECT y.id, y.pseudonym FROM person_year y"
            " JOIN participant p ON p.id = y.participant WHERE p.uid = ? AND y.year = ?",
            (person, year),
        ).fetchone()
        if row is None:
            return None
        attributes = db.execute(
            "SELECT name, value FROM attribute WHERE person_year = ? ORDER BY name", (row["id"],)
        )
        return {"pseudonym": row["pseudonym"], "attributes": dict(attributes.fetchall())}

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        person, year = key.rsplit(KEY_SEPARATOR, 1)
        db.execute("INSERT INTO participant (uid) VALUES (?) ON CONFLICT DO NOTHING", (person,))
        participant = row_number(db, "participant", "uid", person)
        if state is None:
            db.execute(
                "DELETE FROM person_year WHERE participant = ? AND year = ?", (participant, year)
            )
            return
        (row,) = db.execute(
            "INSERT INTO person_year (participant, year, pseudonym) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET pseudonym = excluded.pseudonym RETURNING id",
            (participant, year, state["pseudonym"]),
        ).fetchone()
        db.execute("DELETE FROM attribute WHERE person_year = ?", (row,))
        db.executemany(
            "INSERT INTO attribute VALUES (?, ?, ?)",
            [(row, name, value) for name, value in state["attributes"].items()],
        )


class _TranscriptKind:
    """Key is the name; its revisions are immutable and stay when it is not there."""

    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        state = _one(
            db,
            "SELECT r.uid AS revision, t.year, t.wave, t.date, t.metadata FROM transcript t"
            " JOIN revision r ON r.id = t.revision WHERE t.name = ? AND t.is_live",
            key,
        )
        if state is not None:
            state["metadata"] = json.loads(state["metadata"])
        return state

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        if state is None:
            db.execute("UPDATE transcript SET is_live = 0 WHERE name = ?", (key,))
            return
        db.execute(
            "UPDATE transcript SET is_live = 1, revision = ?, year = ?, wave = ?, date = ?,"
            " metadata = ? WHERE name = ?",
            (
                row_number(db, "revision", "uid", state["revision"]),
                state["year"],
                state["wave"],
                state["date"],
                json.dumps(state["metadata"], sort_keys=True, ensure_ascii=False),
                key,
            ),
        )


class _UnitKind:
    """Key is the uid; span, reference and text are immutable, only being there changes."""

    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        return _one(db, "SELECT ref FROM unit WHERE uid = ? AND is_live", key)

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        db.execute("UPDATE unit SET is_live = ? WHERE uid = ?", (int(state is not None), key))


def _live_unit(db: sqlite3.Connection, uid: str) -> int:
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


class _CodingKind:
    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        return _one(
            db,
            "SELECT u.uid AS unit, s.uid AS code_set, k.uid AS code, c.uid AS coder,"
            " g.pass AS pass, v.uid AS version, g.origin, g.at FROM coding g"
            " JOIN unit u ON u.id = g.unit JOIN code_set s ON s.id = g.code_set"
            " JOIN code k ON k.id = g.code JOIN coder c ON c.id = g.coder"
            " JOIN codebook_version v ON v.id = g.version WHERE g.uid = ?",
            key,
        )

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        db.execute("DELETE FROM coding WHERE uid = ?", (key,))
        if state is not None:
            db.execute(
                "INSERT INTO coding (uid, unit, code_set, code, coder, pass, version, origin, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    key,
                    _live_unit(db, state["unit"]),
                    row_number(db, "code_set", "uid", state["code_set"]),
                    row_number(db, "code", "uid", state["code"]),
                    row_number(db, "coder", "uid", state["coder"]),
                    state["pass"],
                    row_number(db, "codebook_version", "uid", state["version"]),
                    state["origin"],
                    state["at"],
                ),
            )


class _DecisionKind:
    """Key ``unit|set|coder|pass``."""

    _WHERE = (
        " WHERE unit = (SELECT id FROM unit WHERE uid = ?)"
        " AND code_set = (SELECT id FROM code_set WHERE uid = ?)"
        " AND coder = (SELECT id FROM coder WHERE uid = ?) AND pass = ?"
    )

    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        unit, code_set, coder, pass_ = key.split(KEY_SEPARATOR)
        return _one(
            db,
            "SELECT status, (SELECT uid FROM codebook_version v WHERE v.id = version) AS version,"
            " at FROM decision" + self._WHERE,
            unit,
            code_set,
            coder,
            int(pass_),
        )

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        unit, code_set, coder, pass_ = key.split(KEY_SEPARATOR)
        if state is None:
            db.execute("DELETE FROM decision" + self._WHERE, (unit, code_set, coder, int(pass_)))
            return
        db.execute(
            "INSERT INTO decision (unit, code_set, coder, pass, status, version, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " status = excluded.status, version = excluded.version, at = excluded.at",
            (
                _live_unit(db, unit),
                row_number(db, "code_set", "uid", code_set),
                row_number(db, "coder", "uid", coder),
                int(pass_),
                state["status"],
                row_number(db, "codebook_version", "uid", state["version"]),
                state["at"],
            ),
        )


class _MemoKind:
    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        return _one(
            db,
            "SELECT m.target_kind, m.target, c.uid AS coder, m.body, m.at FROM memo m"
            " JOIN coder c ON c.id = m.coder WHERE m.uid = ?",
            key,
        )

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        db.execute("DELETE FROM memo WHERE uid = ?", (key,))
        if state is not None:
            coder = row_number(db, "coder", "uid", state["coder"])
            db.execute(
                "INSERT INTO memo (uid, target_kind, target, coder, body, at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (key, state["target_kind"], state["target"], coder, state["body"], state["at"]),
            )


class _SettlementKind:
    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        state = _one(
            db,
            "SELECT u.uid AS unit, s.uid AS code_set, t.status, c.uid AS coder, v.uid AS version,"
            " t.why, t.at FROM settlement t JOIN unit u ON u.id = t.unit"
            " JOIN code_set s ON s.id = t.code_set JOIN coder c ON c.id = t.coder"
            " JOIN codebook_version v ON v.id = t.version WHERE t.uid = ?",
            key,
        )
        if state is not None:
            codes = db.execute(
                "SELECT k.uid FROM settlement_code x JOIN settlement t ON t.id = x.settlement"
                " JOIN code k ON k.id = x.code WHERE t.uid = ? ORDER BY k.uid",
                (key,),
            )
            state["codes"] = [row[0] for row in codes]
        return state

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        db.execute("DELETE FROM settlement WHERE uid = ?", (key,))
        if state is None:
            return
        (row,) = db.execute(
            "INSERT INTO settlement (uid, unit, code_set, status, coder, version, why, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                key,
                _live_unit(db, state["unit"]),
                row_number(db, "code_set", "uid", state["code_set"]),
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


class _RoundKind:
    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        state = _one(
            db,
            "SELECT r.name, r.purpose, v.uid AS version, r.sample, r.opened_at, r.closed_at"
            " FROM round r JOIN codebook_version v ON v.id = r.version WHERE r.uid = ?",
            key,
        )
        if state is None:
            return None
        state["sample"] = json.loads(state["sample"])
        for name in ("coder", "unit"):
            rows = db.execute(
                f"SELECT o.uid FROM round_{name} x JOIN {name} o ON o.id = x.{name}"
                " JOIN round r ON r.id = x.round WHERE r.uid = ? ORDER BY o.uid",
                (key,),
            )
            state[f"{name}s"] = [row[0] for row in rows]
        return state

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        for name in ("coder", "unit"):
            db.execute(
                f"DELETE FROM round_{name} WHERE round = (SELECT id FROM round WHERE uid = ?)",
                (key,),
            )
        if state is None:
            db.execute("DELETE FROM round WHERE uid = ?", (key,))
            return
        values: Mapping[str, object] = {
            **state,
            "uid": key,
            "sample": json.dumps(state["sample"], sort_keys=True, ensure_ascii=False),
            "version": row_number(db, "codebook_version", "uid", state["version"]),
            "coders": None,
            "units": None,
        }
        (row,) = db.execute(
            "INSERT INTO round (uid, name, purpose, version, sample, opened_at, closed_at)"
            " VALUES (:uid, :name, :purpose, :version, :sample, :opened_at, :closed_at)"
            " ON CONFLICT (uid) DO UPDATE SET name = :name, purpose = :purpose,"
            " version = :version, sample = :sample, opened_at = :opened_at,"
            " closed_at = :closed_at RETURNING id",
            values,
        ).fetchone()
        for name in ("coder", "unit"):
            db.executemany(
                f"INSERT INTO round_{name} VALUES (?, ?)",
                [(row, row_number(db, name, "uid", uid)) for uid in state[f"{name}s"]],
            )


KINDS: Mapping[str, ObjectKind] = {
    "coder": _CoderKind(),
    "setting": _SettingKind(),
    "person_year": _PersonYearKind(),
    "transcript": _TranscriptKind(),
    "unit": _UnitKind(),
    "coding": _CodingKind(),
    "decision": _DecisionKind(),
    "memo": _MemoKind(),
    "settlement": _SettlementKind(),
    "round": _RoundKind(),
}

_STANDING_ON: Mapping[str, tuple[tuple[str, str], ...]] = {
    "unit": (
        *(
            (f"SELECT 1 FROM {table} x JOIN unit u ON u.id = x.unit WHERE u.uid = ?", words)
            for table, words in (
                ("coding", "codes stand on it"),
                ("decision", "somebody has finished it"),
                ("settlement", "it is settled"),
                ("round_unit", "it is in a round"),
            )
        ),
        ("SELECT 1 FROM memo WHERE target_kind = 'excerpt' AND target = ?", "a memo stands on it"),
    ),
    "transcript": (
        (
            "SELECT 1 FROM unit u JOIN transcript t ON t.id = u.transcript"
            " WHERE t.name = ? AND u.is_live",
            "excerpts were made in it",
        ),
        (
            "SELECT 1 FROM memo WHERE target_kind = 'transcript' AND target = ?",
            "a memo stands on it",
        ),
    ),
    "coder": tuple(
        (f"SELECT 1 FROM {table} x JOIN coder c ON c.id = x.coder WHERE c.uid = ?", words)
        for table, words in (
            ("coding", "codes of this coder are in the study"),
            ("decision", "this coder has finished excerpts"),
            ("memo", "memos of this coder are in the study"),
            ("settlement", "this coder has settled disagreements"),
        )
    ),
    "coding": (
        ("SELECT 1 FROM memo WHERE target_kind = 'coding' AND target = ?", "a memo stands on it"),
    ),
}


def what_stands_on(db: sqlite3.Connection, kind: str, key: str) -> str:
    """In words, what would lose its ground if this object went; empty where nothing would."""
    for sql, words in _STANDING_ON.get(kind, ()):
        if db.execute(sql + " LIMIT 1", (key,)).fetchone() is not None:
            return words
    return ""
