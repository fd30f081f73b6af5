"""The append-only journal: every change and its entry are one transaction.

An entry is what one person did with one key press or command; its changes say, object by
object, what was before and what after. Undo and redo append entries of their own that put the
other side back. Order is (Lamport counter, uid): wall clocks and row numbers mean nothing.

An action is *live* while the newest undo or redo that names it is not an undo. Undoing is
refused where another live action that came later touched one of the same objects, and where
something new stands on what would go; so the state is always what the live actions, replayed in
order, give.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from coder.errors import NotAllowed
from coder.store.connect import plain_errors
from coder.store.objects import KINDS, State, what_stands_on

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
    words: str = ""
    """What was done, for the log and the toast: "put Current teaching on AF-T01-Y1:7"."""
    undoes: str = ""
    root: str = ""
    entry: str = ""
    """Uid of the entry, once written; empty where nothing changed."""

    def read(self, kind: str, key: str) -> State | None:
        """The present state of an object."""
        return KINDS[kind].read(self.db, key)

    def put(self, kind: str, key: str, state: State | None) -> None:
        """Give an object a state and note what it was; nothing is noted where nothing changes."""
        before = KINDS[kind].read(self.db, key)
        if before == state:
            return
        KINDS[kind].write(self.db, key, state)
        if before is None or state is None:
            self.changes.append((kind, key, WHOLE, _json(before), _json(state)))
            return
        for name in sorted(before.keys() | state.keys()):
            old, new = before.get(name), state.get(name)
            if old != new:
                self.changes.append((kind, key, name, _json(old), _json(new)))


def _json(value: object) -> str | None:
    if value is None:
        return None
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@contextmanager
def immediate(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One write transaction.

    ``BEGIN IMMEDIATE`` waits for another writer up to the busy timeout; a deferred one that
    reads before it writes would fail at once beside a second window.
    """
    with plain_errors(path):
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.execute("COMMIT")
        except BaseException:
            # A full disk may have rolled back already.
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


def append(
    db: sqlite3.Connection, done: Transaction, *, uid: str, actor: str, at: str, kind: str
) -> None:
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
            kind,
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


_ENTRY = "SELECT uid, lamport, actor, at, kind, words, coalesce(undoes, '') AS undoes, root"
_TOGGLES = (
    "(SELECT kind FROM entry x WHERE x.root = e.root AND x.uid <> x.root"
    " ORDER BY x.lamport DESC, x.uid DESC LIMIT 1)"
)


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(**{name: row[name] for name in Entry.__slots__})


def newest_undoable(db: sqlite3.Connection, actor: str) -> Entry | None:
    """The actor's newest live action."""
    row = db.execute(
        f"{_ENTRY} FROM entry e WHERE actor = ? AND uid = root"
        f" AND {_TOGGLES} IS NOT 'undo' ORDER BY lamport DESC, uid DESC LIMIT 1",
        (actor,),
    ).fetchone()
    return _entry(row) if row is not None else None


def newest_redoable(db: sqlite3.Connection, actor: str) -> Entry | None:
    """The undo to take back next: the actor's newest one still standing.

    A new action ends the chance to redo what was undone before it.
    """
    row = db.execute(
        f"{_ENTRY} FROM entry e WHERE actor = :actor AND kind = 'undo'"
        " AND lamport > coalesce((SELECT max(lamport) FROM entry"
        "   WHERE actor = :actor AND uid = root), 0)"
        f" AND uid = (SELECT uid FROM entry x WHERE x.root = e.root"
        "   ORDER BY x.lamport DESC, x.uid DESC LIMIT 1)"
        " ORDER BY lamport DESC, uid DESC LIMIT 1",
        {"actor": actor},
    ).fetchone()
    return _entry(row) if row is not None else None


def put_back(done: Transaction, target: Entry) -> None:
    """Put back what stood before an entry, noting it in the transaction under way.

    Args:
        done: The transaction of the new undo or redo entry.
        target: The action (for undo) or the undo entry (for redo) to take back.

    Raises:
        NotAllowed: A later live change stands on one of its objects, naming that change.
    """
    db = done.db
    rows = db.execute(
        "SELECT c.* FROM change c JOIN entry e ON e.id = c.entry WHERE e.uid = ?"
        " ORDER BY c.position DESC",
        (target.uid,),
    ).fetchall()
    objects = {(row["object_kind"], row["object_key"]) for row in rows}
    for kind, key in sorted(objects):
        later = _later_live(db, kind, key, target.root)
        if later is not None:
            raise NotAllowed(
                f"cannot take back “{target.words}”: “{later.words}” came after it",
                "take that back first",
            )
    for row in rows:
        if row["before"] is None and row["after"] is None:
            raise NotAllowed(f"cannot take back “{target.words}”: its text was erased")
        _put_field_back(done, row, target)
    for kind, key in sorted(objects):
        if KINDS[kind].read(db, key) is None:
            words = what_stands_on(db, kind, key)
            if words:
                raise NotAllowed(f"cannot take back “{target.words}”: {words}")


def _later_live(db: sqlite3.Connection, kind: str, key: str, root: str) -> Entry | None:
    row = db.execute(
        f"{_ENTRY} FROM entry e JOIN change c ON c.entry = e.id"
        " WHERE c.object_key = ? AND c.object_kind = ? AND e.uid = e.root AND e.uid <> ?"
        " AND (e.lamport, e.uid) > (SELECT lamport, uid FROM entry WHERE uid = ?)"
        f" AND {_TOGGLES} IS NOT 'undo' ORDER BY e.lamport DESC, e.uid DESC LIMIT 1",
        (key, kind, root, root),
    ).fetchone()
    return _entry(row) if row is not None else None


def _put_field_back(done: Transaction, row: sqlite3.Row, target: Entry) -> None:
    kind, key, name = row["object_kind"], row["object_key"], row["field"]
    before = json.loads(row["before"]) if row["before"] is not None else None
    after = json.loads(row["after"]) if row["after"] is not None else None
    now = done.read(kind, key)
    stands = now == after if name == WHOLE else now is not None and now.get(name) == after
    if not stands:
        raise NotAllowed(
            f"cannot take back “{target.words}”: what it changed has changed since",
            "look at coder log",
        )
    if name == WHOLE:
        done.put(kind, key, before)
    elif now is not None:
        done.put(kind, key, {**now, name: before})


def entries(db: sqlite3.Connection, limit: int) -> list[tuple[Entry, bool]]:
    """The newest entries first, each with whether it is live (an undo is where it stands)."""
    rows = db.execute(
        f"{_ENTRY}, {_TOGGLES} AS toggled FROM entry e ORDER BY lamport DESC, uid DESC LIMIT ?",
        (limit,),
    )
    return [(_entry(row), row["toggled"] != "undo") for row in rows]


def find_entry(db: sqlite3.Connection, uid: str) -> Entry | None:
    """The entry with this uid."""
    row = db.execute(f"{_ENTRY} FROM entry e WHERE uid = ?", (uid,)).fetchone()
    return _entry(row) if row is not None else None


def blind_entries(db: sqlite3.Connection, viewer: str) -> set[str]:
    """Uids of entries by other coders of an open round, which this viewer may not read.

    An entry is hidden whole where it touches a coding, decision or memo: its words name codes.
    """
    rows = db.execute(
        "SELECT DISTINCT e.uid FROM round o JOIN round_coder rc ON rc.round = o.id"
        " JOIN coder c ON c.id = rc.coder JOIN entry e ON e.actor = c.uid"
        " JOIN change x ON x.entry = e.id"
        " WHERE o.closed_at IS NULL AND c.alias <> :viewer AND (:viewer = '' OR EXISTS"
        "  (SELECT 1 FROM round_coder m JOIN coder k ON k.id = m.coder"
        "   WHERE m.round = o.id AND k.alias = :viewer))"
        " AND x.object_kind IN ('coding', 'decision', 'memo', 'settlement')",
        {"viewer": viewer},
    )
    return {row[0] for row in rows}
