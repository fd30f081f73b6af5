"""Whether the tables are what the journal says, object by object."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter

from coder.store.journal import NEWEST_TOGGLE, WHOLE
from coder.store.objects import KINDS
from coder.store.states import State

_ROWS = {
    "coder": "coder",
    "setting": "study",
    "person_year": "person_year",
    "transcript": "transcript WHERE is_live",
    "unit": "unit WHERE is_live",
    "coding": "coding",
    "decision": "decision",
    "memo": "memo",
    "settlement": "settlement",
    "round": "round",
    "flag": "flag",
    "pile": "pile",
    "sorting": "(SELECT DISTINCT code_set, coder, code FROM sorting)",
}
"""What of each kind is there."""


def differences(db: sqlite3.Connection, tell: Callable[[int], None]) -> dict[str, int]:
    """How many objects of each kind are not as the live actions of the journal left them.

    An object whose journal text was erased counts as it stands.

    Args:
        db: The study.
        tell: Told now and then how many objects have been looked at.
    """
    found = dict.fromkeys(_ROWS, 0)
    there = dict.fromkeys(_ROWS, 0)
    for number, (kind, key, expected) in enumerate(_replayed(db)):
        if number % 1000 == 0:
            tell(number)
        now = KINDS[kind].read(db, key)
        there[kind] += now is not None
        found[kind] += expected is not _ERASED and now != expected
    for kind, rows in _ROWS.items():
        (count,) = db.execute(f"SELECT count(*) FROM {rows}").fetchone()
        found[kind] += count - there[kind]
    return {kind: number for kind, number in found.items() if number}


_ERASED: State = {}


def _replayed(db: sqlite3.Connection) -> Iterator[tuple[str, str, State | None]]:
    """Every object that the journal names, with what its live actions give."""
    rows = db.execute(
        "SELECT c.object_kind, c.object_key, c.field, c.before, c.after,"
        f" {NEWEST_TOGGLE} IS NOT 'undo' AS is_live"
        " FROM change c JOIN entry e ON e.id = c.entry WHERE e.uid = e.root"
        " ORDER BY c.object_key, c.object_kind, e.lamport, e.uid, c.position"
    )
    for (kind, key), changes in groupby(rows, itemgetter(0, 1)):
        yield kind, key, _fold(list(changes))


def _fold(changes: list[sqlite3.Row]) -> State | None:
    if any(row["before"] is None and row["after"] is None for row in changes):
        return _ERASED
    state: State | None = None
    for row in changes:
        if not row["is_live"]:
            continue
        after = None if row["after"] is None else json.loads(row["after"])
        state = after if row["field"] == WHOLE else {**(state or {}), row["field"]: after}
    return state
