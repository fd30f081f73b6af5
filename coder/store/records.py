"""Records: units without a transcript, each known by where it is from and what it is called there.

Every query here finds records by the index of units over their transcript, which they have none
of, so a study without records pays nothing for them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from coder.model import Span, Unit, content_id
from coder.store.states import State

ARE_RECORDS = "u.transcript IS NULL AND u.is_live AND u.kind = 'record'"
"""Of live units called ``u``."""


@dataclass(frozen=True, slots=True)
class Record:
    """A recommendation, a lesson, a survey answer: a unit with what is known of it."""

    unit: Unit
    source: str
    external_id: str
    text: str
    """Empty where the record has none."""
    year: str
    attributes: Mapping[str, str]


def add_record_row(
    db: sqlite3.Connection, source: str, external_id: str, text: str, question: str
) -> str:
    """Write the immutable part of a record, not yet live, and return its uid.

    A record that was there once comes back under its old reference. One that was taken back
    may have come with a wrong text, so while it is not there it takes a new one.
    """
    uid = content_id("record", source, external_id)
    db.execute(
        "INSERT INTO unit (uid, ref, kind, is_live, start, stop, speaker, year, question, plan,"
        " source, external_id, text) VALUES (?, ?, 'record', 0, 0, ?, '', '', ?, '', ?, ?, ?)"
        " ON CONFLICT (uid) DO UPDATE SET text = excluded.text, stop = excluded.stop"
        " WHERE NOT is_live",
        (uid, f"{source}:{external_id}", len(text), question, source, external_id, text or None),
    )
    return uid


def state_of(db: sqlite3.Connection, row: int) -> State:
    """What of a record can change: whose it is, when, what it is asked, and its attributes."""
    person, year, question = db.execute(
        "SELECT coalesce(p.uid, ''), u.year, u.question FROM unit u"
        " LEFT JOIN participant p ON p.id = u.participant WHERE u.id = ?",
        (row,),
    ).fetchone()
    attributes = db.execute("SELECT name, value FROM unit_attribute WHERE unit = ?", (row,))
    return {
        "participant": person,
        "year": year,
        "question": question,
        "attributes": dict(attributes.fetchall()),
    }


def write_state(db: sqlite3.Connection, row: int, state: State) -> None:
    """Give a record a state; the row of a participant is an immutable name and stays."""
    if state["participant"]:
        db.execute(
            "INSERT INTO participant (uid) VALUES (?) ON CONFLICT DO NOTHING",
            (state["participant"],),
        )
    db.execute(
        "UPDATE unit SET year = ?, question = ?,"
        " participant = (SELECT id FROM participant WHERE uid = ?) WHERE id = ?",
        (state["year"], state["question"], state["participant"], row),
    )
    db.execute("DELETE FROM unit_attribute WHERE unit = ?", (row,))
    db.executemany(
        "INSERT INTO unit_attribute VALUES (?, ?, ?)",
        [(row, name, value) for name, value in state["attributes"].items()],
    )


def has_records(db: sqlite3.Connection) -> bool:
    """Whether a study holds any live record; costs microseconds."""
    return db.execute(f"SELECT 1 FROM unit u WHERE {ARE_RECORDS} LIMIT 1").fetchone() is not None


def known_text(db: sqlite3.Connection, uid: str) -> str | None:
    """The text of a live record (empty where it has none); None where there is no such record."""
    row = db.execute(
        "SELECT coalesce(text, '') FROM unit WHERE uid = ? AND is_live", (uid,)
    ).fetchone()
    return str(row[0]) if row is not None else None


def sources_with(db: sqlite3.Connection, external_id: str) -> list[str]:
    """Every source that has a live record of this external id."""
    rows = db.execute(
        f"SELECT u.source FROM unit u WHERE {ARE_RECORDS} AND u.external_id = ? ORDER BY u.source",
        (external_id,),
    )
    return [row[0] for row in rows]


def read_records(db: sqlite3.Connection) -> tuple[Record, ...]:
    """Every live record with its attributes, by source and in the order in which they came."""
    attributes = read_attributes(db)
    rows = db.execute(
        "SELECT u.uid, u.ref, u.stop, coalesce(p.uid, '') AS participant, u.year, u.question,"
        " u.source, u.external_id, coalesce(u.text, '') AS text FROM unit u"
        f" LEFT JOIN participant p ON p.id = u.participant WHERE {ARE_RECORDS}"
        " ORDER BY u.source, u.id"
    )
    return tuple(
        Record(
            unit=Unit(
                id=row["uid"],
                ref=row["ref"],
                kind="record",
                transcript="",
                span=Span(0, row["stop"]),
                speaker="",
                participant=row["participant"],
                question=row["question"],
                plan="",
            ),
            source=row["source"],
            external_id=row["external_id"],
            text=row["text"],
            year=row["year"],
            attributes=attributes.get(row["ref"], {}),
        )
        for row in rows
    )


def read_attributes(db: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """The attributes of every live record that has any, by reference."""
    found: dict[str, dict[str, str]] = {}
    rows = db.execute(
        "SELECT u.ref, a.name, a.value FROM unit u JOIN unit_attribute a ON a.unit = u.id"
        f" WHERE {ARE_RECORDS} ORDER BY u.id, a.name"
    )
    for ref, name, value in rows:
        found.setdefault(ref, {})[name] = value
    return found
