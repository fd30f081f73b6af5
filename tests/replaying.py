"""The journal read by hand: what the live actions give, and what the tables hold.

Written without the code that undoes and redoes, so that each checks the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coder.ops.study import Study, open_study
from coder.store.objects import KINDS

Objects = dict[tuple[str, str], dict[str, Any]]


def dump(study: Study) -> str:
    """Everything in the study's tables, as SQL."""
    return "\n".join(study.store.db.iterdump())


def dump_of(path: Path) -> str:
    """Everything in the tables of a study that nobody has open."""
    with open_study(path) as study:
        return dump(study)


def replayed(study: Study) -> Objects:
    """The state that the changes of the live actions give in (Lamport, uid) order."""
    db = study.store.db
    entries = db.execute("SELECT * FROM entry ORDER BY lamport, uid").fetchall()
    is_live: dict[str, bool] = {}
    for entry in entries:
        is_live[entry["root"]] = entry["kind"] != "undo"
    objects: Objects = {}
    for entry in entries:
        if entry["uid"] != entry["root"] or not is_live[entry["root"]]:
            continue
        changes = db.execute(
            "SELECT * FROM change WHERE entry = ? ORDER BY position", (entry["id"],)
        )
        for change in changes:
            where = (change["object_kind"], change["object_key"])
            after = None if change["after"] is None else json.loads(change["after"])
            if change["field"] != "*":
                objects[where] = {**objects[where], change["field"]: after}
            elif after is None:
                del objects[where]
            else:
                objects[where] = after
    return objects


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


def assert_tables_are_what_the_journal_says(study: Study) -> None:
    """Every object has the replayed state, and no table holds one that the journal lacks."""
    objects = replayed(study)
    for (kind, key), state in objects.items():
        assert KINDS[kind].read(study.store.db, key) == state, (kind, key)
    counted = dict.fromkeys(_ROWS, 0)
    for kind, _ in objects:
        counted[kind] += 1
    assert {kind: _count(study, rows) for kind, rows in _ROWS.items()} == counted


def _count(study: Study, rows: str) -> int:
    return int(study.store.db.execute(f"SELECT count(*) FROM {rows}").fetchone()[0])


def assert_answers_are_whole(study: Study) -> None:
    """What must hold of codings, decisions and memos however they came about."""
    assert not list(_broken(study))


def _broken(study: Study) -> Iterator[tuple[Any, ...]]:
    db = study.store.db
    # A decision says "coded" where codes are, and only there; a set that takes one code has one.
    for row in db.execute(
        "SELECT 'decision', d.status, count(g.id) AS codes FROM decision d LEFT JOIN coding g"
        " ON (g.unit, g.code_set, g.coder, g.pass) = (d.unit, d.code_set, d.coder, d.pass)"
        " GROUP BY d.unit, d.code_set, d.coder, d.pass HAVING (d.status = 'coded') <> (codes > 0)"
    ):
        yield tuple(row)
    for row in db.execute(
        "SELECT 'exclusive', g.unit, g.code_set, g.coder FROM coding g JOIN version_set s"
        " ON s.version = g.version AND s.code_set = g.code_set WHERE s.mode <> 'multi'"
        " GROUP BY g.unit, g.code_set, g.coder, g.pass HAVING count(*) > 1"
    ):
        yield tuple(row)
    for row in db.execute(
        "SELECT 'memo', target FROM memo WHERE target_kind = 'coding'"
        " AND target NOT IN (SELECT uid FROM coding)"
    ):
        yield tuple(row)
    for row in db.execute("PRAGMA foreign_key_check"):
        yield tuple(row)
