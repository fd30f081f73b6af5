"""Every journalled object as plain data: how its state is read and how a state is written.

A state is a dictionary of plain values whose references are uids or natural keys, never row
numbers, so that a journal entry means the same in every copy of a study. ``None`` is "not there".
Undo, redo and (later) merge need nothing but these pairs of functions.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from coder.errors import NotAllowed
from coder.store import records
from coder.store.answers import CodingKind, DecisionKind, MemoKind, SettlementKind
from coder.store.flags import FlagKind
from coder.store.keys import SEPARATOR
from coder.store.sortings import PileKind, SortingKind
from coder.store.states import ObjectKind, State, one, row_number


class _CoderKind:
    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        return one(db, "SELECT alias, name FROM coder WHERE uid = ?", key)

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
        return one(db, "SELECT value FROM study WHERE key = ?", key)

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        if key == "codebooks":
            self._keep_what_rounds_use(db, state)
        if state is None:
            db.execute("DELETE FROM study WHERE key = ?", (key,))
        else:
            db.execute(
                "INSERT INTO study VALUES (:key, :value)"
                " ON CONFLICT (key) DO UPDATE SET value = :value",
                {"key": key, **state},
            )

    def _keep_what_rounds_use(self, db: sqlite3.Connection, state: State | None) -> None:
        """A round freezes the version it is coded under: by edit, undo or redo it stays current."""
        before = self.read(db, "codebooks")
        then, now = (json.loads(one["value"]) if one else {} for one in (before, state))
        for name, book, label in db.execute(
            "SELECT r.name, v.book, v.label FROM round r JOIN codebook_version v"
            " ON v.id = r.version WHERE r.closed_at IS NULL ORDER BY r.id"
        ).fetchall():
            if then.get(book) != now.get(book):
                raise NotAllowed(
                    f"the round {name} is open and is coded under {book} {label}",
                    "close the round first",
                )


class _PersonYearKind:
    """Key ``T01|2023-24``; the participant row itself is an immutable name and stays."""

    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        person, year = key.rsplit(SEPARATOR, 1)
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
        person, year = key.rsplit(SEPARATOR, 1)
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
    """Key is the name; its revisions are immutable and stay when it is not there.

    Who speaks under which tag is of the header, not of the text: the same text may come back
    under a corrected header.
    """

    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        state = one(
            db,
            "SELECT r.uid AS revision, t.year, t.wave, t.date, t.metadata FROM transcript t"
            " JOIN revision r ON r.id = t.revision WHERE t.name = ? AND t.is_live",
            key,
        )
        if state is not None:
            state["metadata"] = json.loads(state["metadata"])
            speakers = db.execute(
                "SELECT s.tag, s.person, s.is_interviewer FROM speaker s"
                " JOIN revision r ON r.id = s.revision WHERE r.uid = ?",
                (state["revision"],),
            )
            state["speakers"] = {tag: [person, bool(asks)] for tag, person, asks in speakers}
        return state

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        if state is None:
            db.execute("UPDATE transcript SET is_live = 0 WHERE name = ?", (key,))
            return
        revision = row_number(db, "revision", "uid", state["revision"])
        db.execute(
            "UPDATE transcript SET is_live = 1, revision = ?, year = ?, wave = ?, date = ?,"
            " metadata = ? WHERE name = ?",
            (
                revision,
                state["year"],
                state["wave"],
                state["date"],
                json.dumps(state["metadata"], sort_keys=True, ensure_ascii=False),
                key,
            ),
        )
        db.execute("DELETE FROM speaker WHERE revision = ?", (revision,))
        db.executemany(
            "INSERT INTO speaker VALUES (?, ?, ?, ?)",
            [(revision, tag, who, int(asks)) for tag, (who, asks) in state["speakers"].items()],
        )
        # Excerpts carry their person and year so that tables group without a join.
        db.execute(
            "UPDATE unit SET year = ?, participant = (SELECT p.id FROM speaker s"
            " JOIN participant p ON p.uid = s.person WHERE s.revision = unit.revision"
            " AND s.tag = unit.speaker AND NOT s.is_interviewer) WHERE revision = ?",
            (state["year"], revision),
        )


class _UnitKind:
    """Key is the uid; span, reference and text are immutable.

    Of an excerpt only being there changes. Whose a record is, and what else is known of it, came
    with a table that may be corrected, so these are its state.
    """

    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        row = one(db, "SELECT id, ref, kind FROM unit WHERE uid = ? AND is_live", key)
        if row is None:
            return None
        if row["kind"] == "excerpt":
            return {"ref": row["ref"]}
        return {"ref": row["ref"], **records.state_of(db, row["id"])}

    def write(self, db: sqlite3.Connection, key: str, state: State | None) -> None:
        if state is not None:
            row = db.execute(
                "SELECT t.name FROM unit u JOIN transcript t ON t.id = u.transcript"
                " WHERE u.uid = ? AND NOT t.is_live",
                (key,),
            ).fetchone()
            if row is not None:
                raise NotAllowed(f"its transcript {row['name']} was taken out of the study")
        db.execute("UPDATE unit SET is_live = ? WHERE uid = ?", (int(state is not None), key))
        if state is not None and "attributes" in state:
            records.write_state(db, row_number(db, "unit", "uid", key), state)


class _RoundKind:
    def read(self, db: sqlite3.Connection, key: str) -> State | None:
        state = one(
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
        if state is None and self._is_coded(db, key):
            raise NotAllowed("somebody has coded in this round")
        for name in ("coder", "unit"):
            db.execute(
                f"DELETE FROM round_{name} WHERE round = (SELECT id FROM round WHERE uid = ?)",
                (key,),
            )
        if state is None:
            db.execute("DELETE FROM round WHERE uid = ?", (key,))
            return
        if state["closed_at"] is None:
            self._check_version(db, state)
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

    def _check_version(self, db: sqlite3.Connection, state: State) -> None:
        """An open round is coded under a version that is current, or it could not be frozen."""
        row = db.execute("SELECT value FROM study WHERE key = 'codebooks'").fetchone()
        if row is None or state["version"] not in json.loads(row[0]).values():
            raise NotAllowed(f"the codebook of the round {state['name']} has changed meanwhile")

    def _is_coded(self, db: sqlite3.Connection, key: str) -> bool:
        return any(
            db.execute(
                f"SELECT 1 FROM {table} x JOIN round o ON o.id = x.pass WHERE o.uid = ? LIMIT 1",
                (key,),
            ).fetchone()
            for table in ("coding", "decision")
        )


KINDS: Mapping[str, ObjectKind] = {
    "coder": _CoderKind(),
    "setting": _SettingKind(),
    "person_year": _PersonYearKind(),
    "transcript": _TranscriptKind(),
    "unit": _UnitKind(),
    "coding": CodingKind(),
    "decision": DecisionKind(),
    "memo": MemoKind(),
    "settlement": SettlementKind(),
    "round": _RoundKind(),
    "flag": FlagKind(),
    "pile": PileKind(),
    "sorting": SortingKind(),
}
