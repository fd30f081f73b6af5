"""Undo and redo: what can be taken back, and what stands in the way.

An action can be taken back as long as no later live action touched what it touched, or what
stands on that: codes on an excerpt it made, an excerpt split after it was coded. An undo can be
taken back (redo) as long as, besides, no earlier action of that kind was taken back since. The
refusal names what is in the way. So what the live actions give, replayed in order, is always a
whole state, and nothing of anybody else's is lost on the way.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coder.errors import NotAllowed
from coder.model import Viewer
from coder.store import blind, codebooks
from coder.store.journal import ENTRY, NEWEST_TOGGLE, WHOLE, Entry, Transaction, entry_of
from coder.store.keys import answer_of, below, first_part, sorting_of
from coder.store.objects import KINDS

_SORTED = ("pile", "sorting")
_ANSWERS = ("coding", "decision", "memo", "settlement", "flag")


def newest_undoable(db: sqlite3.Connection, actor: str) -> Entry | None:
    """The actor's newest live action."""
    row = db.execute(
        f"{ENTRY} FROM entry e WHERE e.actor = ? AND e.uid = e.root"
        f" AND {NEWEST_TOGGLE} IS NOT 'undo' ORDER BY e.lamport DESC, e.uid DESC LIMIT 1",
        (actor,),
    ).fetchone()
    return entry_of(row) if row is not None else None


def newest_redoable(db: sqlite3.Connection, actor: str) -> Entry | None:
    """The undo to take back next: the actor's newest one still standing.

    A new action ends the chance to redo what was undone before it.
    """
    row = db.execute(
        f"{ENTRY} FROM entry e WHERE e.actor = :actor AND e.kind = 'undo'"
        " AND e.lamport > coalesce((SELECT max(lamport) FROM entry"
        "   WHERE actor = :actor AND uid = root), 0)"
        " AND e.uid = (SELECT uid FROM entry x WHERE x.root = e.root"
        "   ORDER BY x.lamport DESC, x.uid DESC LIMIT 1)"
        " ORDER BY e.lamport DESC, e.uid DESC LIMIT 1",
        {"actor": actor},
    ).fetchone()
    return entry_of(row) if row is not None else None


def action_of(db: sqlite3.Connection, entry: Entry) -> Entry:
    """The action at the bottom of a chain of undo and redo."""
    return entry if entry.uid == entry.root else _find(db, entry.root)


@dataclass(frozen=True, slots=True)
class _Range:
    """Objects that one object stands or falls with."""

    low: str
    high: str
    kinds: tuple[str, ...]


def _neighbours(kind: str, key: str) -> Iterator[_Range]:
    """Where a later change is in the way of putting an object back."""
    yield _Range(key, key, (kind,))
    if kind == "unit":
        yield _Range(*below(key), _ANSWERS)
    elif kind == "transcript":
        yield _Range(*below(key), ("memo",))
    elif kind in _SORTED:
        # One person's sorting is taken back move by move: a code put in a pile stands on the pile.
        yield _Range(*below(sorting_of(key)), _SORTED)
    elif kind in _ANSWERS:
        unit = first_part(key)
        yield _Range(unit, unit, ("unit",))
        if kind == "settlement":
            # Two people may settle the same: then the later one's stands.
            yield _Range(*below(key.rpartition("|")[0]), ("settlement",))
        elif kind not in ("memo", "flag"):
            # A code and the decision that the set is coded belong together.
            answer = answer_of(key)
            yield _Range(answer, answer, ("decision",))
            yield _Range(*below(answer), ("coding", "memo"))


@dataclass(frozen=True, slots=True)
class _Taking:
    """One undo or redo under way."""

    done: Transaction
    target: Entry
    """The action (for undo) or the undo entry (for redo) to take back."""
    root: Entry
    viewer: Viewer

    @property
    def is_redo(self) -> bool:
        return self.target.uid != self.root.uid

    def refuse(self, why: str, hint: str = "") -> NotAllowed:
        what = f"do “{self.root.words}” again" if self.is_redo else f"undo “{self.root.words}”"
        return NotAllowed(f"cannot {what}: {why}", hint)

    def refuse_because_of(self, later: Entry) -> NotAllowed:
        """A refusal that names what is in the way, unless that is hidden in a blind round."""
        db = self.done.db
        if later.uid in blind.hidden_entries(db, self.viewer):
            return self.refuse("something came after it that is hidden while a round is open")
        row = db.execute("SELECT alias FROM coder WHERE uid = ?", (later.actor,)).fetchone()
        if row is None or row["alias"] == self.viewer.alias:
            return self.refuse(f"“{later.words}” came after it", "take that back first")
        return self.refuse(
            f"“{later.words}” by {row['alias']} came after it",
            f"{row['alias']} has to take that back first",
        )

    def in_the_way(self, where: _Range) -> Entry | None:
        """The newest entry that stands in the way among some objects."""
        marks = ", ".join("?" * len(where.kinds))
        rows = self.done.db.execute(
            f"{ENTRY}, {NEWEST_TOGGLE} AS toggled FROM change c JOIN entry e ON e.id = c.entry"
            f" WHERE c.object_key BETWEEN ? AND ? AND c.object_kind IN ({marks})"
            " AND e.root <> ? AND (e.lamport, e.uid) > (?, ?)"
            " ORDER BY e.lamport DESC, e.uid DESC",
            (
                where.low,
                where.high,
                *where.kinds,
                self.root.uid,
                self.root.lamport,
                self.root.uid,
            ),
        )
        for row in rows:
            entry = entry_of(row)
            if entry.uid == entry.root:
                if row["toggled"] != "undo":
                    return entry
            elif self.is_redo and _order(entry) > _order(self.target):
                then, now = self._was_live(entry.root), row["toggled"] != "undo"
                if then != now and _order(_find(self.done.db, entry.root)) < _order(self.root):
                    return entry
        return None

    def _was_live(self, root: str) -> bool:
        """Whether an action was live when the target was undone."""
        row = self.done.db.execute(
            "SELECT kind FROM entry WHERE root = ? AND uid <> root AND (lamport, uid) < (?, ?)"
            " ORDER BY lamport DESC, uid DESC LIMIT 1",
            (root, self.target.lamport, self.target.uid),
        ).fetchone()
        return row is None or row["kind"] != "undo"


def put_back(done: Transaction, target: Entry, viewer: Viewer) -> None:
    """Put back what stood before an entry, noting it in the transaction under way.

    Args:
        done: The transaction of the new undo or redo entry.
        target: The action (for undo) or the undo entry (for redo) to take back.
        viewer: Who asks; the reason for a refusal may be hidden from them.

    Raises:
        NotAllowed: Something later is in the way, naming it.
    """
    db = done.db
    taking = _Taking(done, target, _find(db, target.root), viewer)
    rows = db.execute(
        "SELECT c.* FROM change c JOIN entry e ON e.id = c.entry WHERE e.uid = ?"
        " ORDER BY c.position DESC",
        (target.uid,),
    ).fetchall()
    if any(row["before"] is None and row["after"] is None for row in rows):
        raise taking.refuse("its text was erased")
    objects = dict.fromkeys((row["object_kind"], row["object_key"]) for row in rows)
    ranges = dict.fromkeys(r for kind, key in objects for r in _neighbours(kind, key))
    for where in ranges:
        later = taking.in_the_way(where)
        if later is not None:
            raise taking.refuse_because_of(later)
    _keep_what_is_used(taking, rows)
    for row in rows:
        _put_field_back(taking, row)
    # A code made while reading comes back together with what it was put on.
    settings = (row["before"] for row in rows if row["object_kind"] == "setting")
    brought = {version for value in settings for version in _versions(value)}
    for kind, key in objects:
        state = KINDS[kind].read(db, key)
        if state is None:
            _refuse_to_pull_ground(taking, kind, key)
        elif taking.is_redo and "version" in state and state["version"] not in brought:
            _refuse_lost_version(taking, state["version"])


def _put_field_back(taking: _Taking, row: sqlite3.Row) -> None:
    done = taking.done
    kind, key, name = row["object_kind"], row["object_key"], row["field"]
    before = json.loads(row["before"]) if row["before"] is not None else None
    after = json.loads(row["after"]) if row["after"] is not None else None
    now = done.read(kind, key)
    stands = now == after if name == WHOLE else now is not None and now.get(name) == after
    if not stands:
        raise taking.refuse_because_of(_newest_on(done.db, kind, key))
    try:
        if name == WHOLE:
            done.put(kind, key, before)
        elif now is not None:
            done.put(kind, key, {**now, name: before})
    except NotAllowed as error:
        raise taking.refuse(error.message, error.hint) from error


def _keep_what_is_used(taking: _Taking, rows: Sequence[sqlite3.Row]) -> None:
    """Refuse to send a codebook version away that something was coded under since."""
    if taking.is_redo:
        return  # Going on to a newer version again leaves what was coded under the older one.
    now = {r["object_key"]: _versions(r["after"]) for r in rows if r["object_kind"] == "setting"}
    then = {r["object_key"]: _versions(r["before"]) for r in rows if r["object_kind"] == "setting"}
    for version in sorted(now.get("codebooks", set()) - then.get("codebooks", set())):
        row = taking.done.db.execute(
            f"{ENTRY} FROM entry e WHERE (e.lamport, e.uid) > (?, ?) AND e.uid = e.root"
            f" AND {NEWEST_TOGGLE} IS NOT 'undo' AND EXISTS (SELECT 1 FROM change c"
            "  WHERE c.entry = e.id AND c.object_kind IN"
            "  ('coding', 'decision', 'settlement', 'round') AND instr(c.after, ?)) LIMIT 1",
            (taking.root.lamport, taking.root.uid, version),
        ).fetchone()
        if row is not None:
            raise taking.refuse_because_of(entry_of(row))
        memo = _memo_on_new_code(taking.done.db, version, then.get("codebooks", set()))
        if memo:
            raise taking.refuse_because_of(_newest_on(taking.done.db, "memo", memo))


def _memo_on_new_code(db: sqlite3.Connection, version: str, before: set[str]) -> str:
    """Key of a memo on a code that a version has and none of those before it; or empty."""
    row = db.execute(
        "SELECT k.uid || '|' || m.uid FROM memo m JOIN code k ON k.uid = m.target"
        " JOIN version_code x ON x.code = k.id JOIN codebook_version v ON v.id = x.version"
        " WHERE m.target_kind = 'code' AND v.uid = ? AND NOT EXISTS (SELECT 1 FROM version_code y"
        "  JOIN codebook_version w ON w.id = y.version WHERE y.code = k.id"
        "  AND w.uid IN (SELECT value FROM json_each(?))) LIMIT 1",
        (version, json.dumps(sorted(before))),
    ).fetchone()
    return str(row[0]) if row is not None else ""


def _refuse_lost_version(taking: _Taking, version: str) -> None:
    """Refuse to bring back what was said under a codebook version that is undone meanwhile."""
    known = {uid for move in codebooks.moves(taking.done.db) for uid in move.after.values()}
    if version not in known:
        book = codebooks.read_version(taking.done.db, version)
        name = f"{book.id} {book.version}" if book else "codebook"
        raise taking.refuse(f"the version {name} it belongs to was undone since")


def _versions(value: str | None) -> set[str]:
    """The codebook versions that a state or value of the setting ``codebooks`` names."""
    if value is None:
        return set()
    found = json.loads(value)
    inner = found["value"] if isinstance(found, dict) else found
    try:
        books = json.loads(inner)
    except ValueError:
        return set()
    return set(books.values()) if isinstance(books, dict) else set()


def _refuse_to_pull_ground(taking: _Taking, kind: str, key: str) -> None:
    """Refuse where something stands on an object that is gone now, and its key does not say so."""
    db = taking.done.db
    if kind == "transcript":
        row = db.execute(
            "SELECT u.uid FROM unit u JOIN transcript t ON t.id = u.transcript"
            " WHERE t.name = ? AND u.is_live LIMIT 1",
            (key,),
        ).fetchone()
        if row is not None:
            raise taking.refuse_because_of(_newest_on(db, "unit", row["uid"]))
    elif kind == "unit":
        for row in db.execute(
            "SELECT o.uid, o.name, o.closed_at, u.ref FROM unit u"
            " JOIN round_unit x ON x.unit = u.id JOIN round o ON o.id = x.round WHERE u.uid = ?",
            (key,),
        ).fetchall():
            if row["closed_at"] is None:
                raise taking.refuse(f"{row['ref']} is in the open round {row['name']}")
            later = taking.in_the_way(_Range(row["uid"], row["uid"], ("round",)))
            if later is not None:
                raise taking.refuse_because_of(later)


def _order(entry: Entry) -> tuple[int, str]:
    return entry.lamport, entry.uid


def _find(db: sqlite3.Connection, uid: str) -> Entry:
    return entry_of(db.execute(f"{ENTRY} FROM entry e WHERE e.uid = ?", (uid,)).fetchone())


def _newest_on(db: sqlite3.Connection, kind: str, key: str) -> Entry:
    row = db.execute(
        f"{ENTRY} FROM change c JOIN entry e ON e.id = c.entry"
        " WHERE c.object_key = ? AND c.object_kind = ? ORDER BY e.lamport DESC, e.uid DESC LIMIT 1",
        (key, kind),
    ).fetchone()
    return entry_of(row)
