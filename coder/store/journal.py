"""The append-only journal: every change and its entry are one transaction.

An entry is what one person did with one key press or command; its changes say, object by
object, what was before and what after. Undo and redo append entries of their own that put the
other side back (see ``taking_back``). Order is (Lamport counter, uid): wall clocks and row
numbers mean nothing.

An action is *live* while the newest undo or redo that names it is not an undo. The state is
always what the live actions, replayed in order, give.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from coder.store.keys import SEPARATOR, below
from coder.store.plain import plain_errors
from coder.store.states import ObjectKind, State

FORMAT = 1
"""Version of the states in ``change``; a newer program may write more fields."""

WHOLE = "*"
"""The field of a change that makes or removes a whole object."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal."""

    uid: str
    lamport: int
    actor: str
    """Uid of the coder, or empty for the program itself (making a study)."""
    at: str
    kind: str
    words: str
    undoes: str
    """Uid of the entry that this one takes back; empty for an action."""
    root: str
    """Uid of the action at the bottom of a chain of undo and redo; its own for an action."""


@dataclass(slots=True)
class Transaction:
    """The changes of one entry while they are being made."""

    db: sqlite3.Connection
    changes: list[tuple[str, str, str, str | None, str | None]] = field(default_factory=list)
    kind: str = ""
    """What kind of action it is; may be said once that is known."""
    words: str = ""
    """What was done, for the log and the toast: "put Current teaching on AF-T01-Y1:7"."""
    undoes: str = ""
    root: str = ""
    entry: str = ""
    """Uid of the entry, once written; empty where nothing changed."""

    def read(self, kind: str, key: str) -> State | None:
        """The present state of an object."""
        return _kind(kind).read(self.db, key)

    def put(self, kind: str, key: str, state: State | None) -> None:
        """Give an object a state and note what it was; nothing is noted where nothing changes."""
        of_kind = _kind(kind)
        before = of_kind.read(self.db, key)
        if before == state:
            return
        of_kind.write(self.db, key, state)
        if before is None or state is None:
            self.changes.append((kind, key, WHOLE, _json(before), _json(state)))
            return
        for name in sorted(before.keys() | state.keys()):
            old, new = before.get(name), state.get(name)
            if old != new:
                self.changes.append((kind, key, name, _json(old), _json(new)))


def _kind(name: str) -> ObjectKind:
    # Deferred: every kind of object has code of its own, and the first frame writes none.
    from coder.store.objects import KINDS

    return KINDS[name]


def _json(value: object) -> str | None:
    if value is None:
        return None
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@contextmanager
def immediate(db: sqlite3.Connection, path: Path, *, keep: bool = True) -> Iterator[None]:
    """One write transaction, or a part of the one under way that can fail on its own.

    ``BEGIN IMMEDIATE`` waits for another writer up to the busy timeout; a deferred one that
    reads before it writes would fail at once beside a second window.

    Args:
        db: The study.
        path: Its file, for messages.
        keep: False to take everything back at the end.
    """
    begin, end, back = "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"
    if db.in_transaction:
        begin, end, back = "SAVEPOINT part", "RELEASE part", "ROLLBACK TO part"
    with plain_errors(path):
        try:
            db.execute(begin)
            yield
            if not keep:
                db.execute(back)
            if db.in_transaction:
                db.execute(end)
        except BaseException:
            # A full disk may have rolled back already.
            if db.in_transaction:
                db.execute(back)
            raise


def append(db: sqlite3.Connection, done: Transaction, *, uid: str, actor: str, at: str) -> None:
    """Write the entry of a transaction, if it changed anything; inside the same transaction."""
    if not done.changes:
        return
    (lamport,) = db.execute("SELECT coalesce(max(lamport), 0) + 1 FROM entry").fetchone()
    (row,) = db.execute(
        "INSERT INTO entry (uid, lamport, actor, at, kind, words, format, undoes, root)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            uid,
            lamport,
            actor,
            at,
            done.kind,
            done.words,
            FORMAT,
            done.undoes or None,
            done.root or uid,
        ),
    ).fetchone()
    db.executemany(
        "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(row, position, *change) for position, change in enumerate(done.changes)],
    )
    done.entry = uid


ENTRY = (
    "SELECT e.uid, e.lamport, e.actor, e.at, e.kind, e.words,"
    " coalesce(e.undoes, '') AS undoes, e.root"
)
"""The columns of an entry called ``e``, for ``entry_of``."""

NEWEST_TOGGLE = (
    "(SELECT x.kind FROM entry x WHERE x.root = e.root AND x.uid <> x.root"
    " ORDER BY x.lamport DESC, x.uid DESC LIMIT 1)"
)
"""Kind of the newest undo or redo of an entry's action; an action is live unless it is undo."""


def entry_of(row: sqlite3.Row) -> Entry:
    """An entry from a row of ``ENTRY``."""
    return Entry(**{name: row[name] for name in Entry.__slots__})


def entries(db: sqlite3.Connection, limit: int) -> list[tuple[Entry, bool]]:
    """The newest entries first, each with whether it is live (an undo is where it stands)."""
    rows = db.execute(
        f"{ENTRY}, {NEWEST_TOGGLE} AS toggled FROM entry e"
        " ORDER BY e.lamport DESC, e.uid DESC LIMIT ?",
        (limit,),
    )
    return [(entry_of(row), row["toggled"] != "undo") for row in rows]


def entries_on(db: sqlite3.Connection, unit: str) -> list[tuple[Entry, bool]]:
    """Every entry that changed a unit (uid) or what stands on it, the newest first.

    Each with whether it is live (an undo is where it stands).
    """
    rows = db.execute(
        f"{ENTRY}, {NEWEST_TOGGLE} AS toggled FROM entry e WHERE e.id IN"
        " (SELECT entry FROM change WHERE object_key = ?"
        "  UNION SELECT entry FROM change WHERE object_key BETWEEN ? AND ?)"
        " ORDER BY e.lamport DESC, e.uid DESC",
        (unit, *below(unit)),
    )
    return [(entry_of(row), row["toggled"] != "undo") for row in rows]


@dataclass(frozen=True, slots=True)
class CodeMove:
    """A code that an entry put on a unit or took off it."""

    entry: str
    code: str
    """Name in its book."""
    coder: str
    """Uid of the coder whose code it is."""
    is_on: bool


def code_moves_on(db: sqlite3.Connection, unit: str) -> list[CodeMove]:
    """Every code that came on or went off a unit (uid), in the order of the journal."""
    rows = db.execute(
        "SELECT e.uid, k.name, c.object_key, c.after IS NOT NULL FROM change c"
        " JOIN entry e ON e.id = c.entry"
        " JOIN code k ON k.uid = json_extract(coalesce(c.after, c.before), '$.code')"
        " WHERE c.object_key BETWEEN ? AND ? AND c.object_kind = 'coding' AND c.field = ?"
        " ORDER BY e.lamport, e.uid, c.position",
        (*below(unit), WHOLE),
    )
    # The key of a coding: unit, set, coder, pass, its own uid.
    return [CodeMove(row[0], row[1], row[2].split(SEPARATOR)[2], bool(row[3])) for row in rows]


def units_of(db: sqlite3.Connection, entry: str) -> list[str]:
    """References of the units that an entry (uid) changed, or on which it changed something."""
    rows = db.execute(
        "SELECT DISTINCT u.ref FROM change c JOIN entry e ON e.id = c.entry"
        " JOIN unit u ON u.uid = substr(c.object_key, 1, instr(c.object_key || '|', '|') - 1)"
        " WHERE e.uid = ? ORDER BY u.id",
        (entry,),
    )
    return [row[0] for row in rows]


def transcripts_of(db: sqlite3.Connection, entry: str) -> list[str]:
    """Names of the transcripts that an entry (uid) changed, or in which it changed something."""
    rows = db.execute(
        "SELECT t.name FROM change c JOIN entry e ON e.id = c.entry"
        " JOIN unit u ON u.uid = substr(c.object_key, 1, instr(c.object_key || '|', '|') - 1)"
        " JOIN transcript t ON t.id = u.transcript WHERE e.uid = :entry"
        # A transcript, or a memo on it.
        " UNION SELECT t.name FROM change c JOIN entry e ON e.id = c.entry"
        " JOIN transcript t"
        "   ON t.name = substr(c.object_key, 1, instr(c.object_key || '|', '|') - 1)"
        " WHERE e.uid = :entry AND c.object_kind IN ('transcript', 'memo') ORDER BY 1",
        {"entry": entry},
    )
    return [row[0] for row in rows]
