"""Codebook versions: immutable once added, each known by its content."""

from __future__ import annotations

import base64
import json
import sqlite3
import zlib
from dataclasses import dataclass
from functools import cache

from coder.model import Codebook, content_id
from coder.store.journal import NEWEST_TOGGLE, WHOLE


@cache
def set_uid(book: str, code_set: str) -> str:
    """The identity of a code set across versions and copies."""
    return content_id("set", book, code_set)


@cache
def code_uid(book: str, code: str) -> str:
    """The identity of a code across versions and copies."""
    return content_id("code", book, code)


def add_version(db: sqlite3.Connection, book: Codebook, at: str) -> str:
    """Write a version unless it is there, and return its uid."""
    uid = book.content_id
    known = db.execute("SELECT 1 FROM codebook_version WHERE uid = ?", (uid,)).fetchone()
    if known is not None:
        return uid
    (version,) = db.execute(
        "INSERT INTO codebook_version (uid, book, label, title, body, added_at)"
        " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        (
            uid,
            book.id,
            book.version,
            book.title,
            _packed(json.dumps(book.to_dict(), sort_keys=True, ensure_ascii=False)),
            at,
        ),
    ).fetchone()
    for position, code_set in enumerate(book.code_sets):
        set_row = _row(db, "code_set", set_uid(book.id, code_set.id), book.id, code_set.id)
        db.execute(
            "INSERT INTO version_set VALUES (?, ?, ?, ?, ?, ?)",
            (version, set_row, position, code_set.title, code_set.mode, code_set.rollup.rule),
        )
        for place, code in enumerate(code_set.codes):
            code_row = _row(db, "code", code_uid(book.id, code.id), book.id, code.id)
            db.execute(
                "INSERT INTO version_code VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    version,
                    code_row,
                    set_row,
                    place,
                    code.name,
                    code.valence,
                    int(code.codable),
                    code.level,
                ),
            )
            for heir in code.replaced_by:
                heir_row = _row(db, "code", code_uid(book.id, heir), book.id, heir)
                db.execute(
                    "INSERT INTO code_replacement VALUES (?, ?, ?)", (version, code_row, heir_row)
                )
    return uid


def _row(db: sqlite3.Connection, table: str, uid: str, book: str, name: str) -> int:
    db.execute(
        f"INSERT INTO {table} (uid, book, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (uid, book, name),
    )
    (row,) = db.execute(f"SELECT id FROM {table} WHERE uid = ?", (uid,)).fetchone()
    return int(row)


def read_version(db: sqlite3.Connection, uid: str) -> Codebook | None:
    """The codebook with this content id."""
    row = db.execute("SELECT body FROM codebook_version WHERE uid = ?", (uid,)).fetchone()
    return Codebook.from_dict(json.loads(_unpacked(row[0]))) if row is not None else None


PACKED_FROM = 20_000
"""Characters from which a body is packed. Whoever makes codes while reading makes a version with
each: 300 of them took 19 MB, and take 2."""


def _packed(body: str) -> str:
    if len(body) < PACKED_FROM:
        return body
    return base64.b85encode(zlib.compress(body.encode(), 1)).decode()


def _unpacked(body: str) -> str:
    # A body that is not packed is an object in JSON; packed ones begin with zlib's first byte.
    return body if body.startswith("{") else zlib.decompress(base64.b85decode(body)).decode()


def meanings(db: sqlite3.Connection, book: str, code: str) -> set[tuple[str, str]]:
    """Code set and name of a code in every version that has had it."""
    rows = db.execute(
        "SELECT DISTINCT s.name, x.title FROM version_code x JOIN code_set s ON s.id = x.code_set"
        " WHERE x.code = (SELECT id FROM code WHERE uid = ?)",
        (code_uid(book, code),),
    )
    return {(row[0], row[1]) for row in rows}


def list_versions(db: sqlite3.Connection) -> list[tuple[str, str, str, str]]:
    """Uid, book id, label and title of every version, oldest first."""
    rows = db.execute("SELECT uid, book, label, title FROM codebook_version ORDER BY id")
    return [(r["uid"], r["book"], r["label"], r["title"]) for r in rows]


def known_codes(db: sqlite3.Connection, book: str) -> frozenset[str]:
    """Every code id that any version of a book in this study has had, undone ones too."""
    rows = db.execute("SELECT name FROM code WHERE book = ?", (book,))
    return frozenset(row[0] for row in rows)


def known_labels(db: sqlite3.Connection, book: str) -> frozenset[str]:
    """The labels of all versions of a book."""
    rows = db.execute("SELECT label FROM codebook_version WHERE book = ?", (book,))
    return frozenset(row[0] for row in rows)


def was_coded(db: sqlite3.Connection, book: str, code: str) -> bool:
    """Whether anybody ever coded or settled with a code, even if it was taken back."""
    row = db.execute(
        "SELECT 1 FROM change WHERE object_kind IN ('coding', 'settlement')"
        " AND (instr(after, :code) OR instr(before, :code)) LIMIT 1",
        {"code": code_uid(book, code)},
    ).fetchone()
    return row is not None


@dataclass(frozen=True, slots=True)
class Move:
    """A live action by which books of the study went over to other versions."""

    at: str
    actor: str
    """Alias; empty for the program itself."""
    words: str
    why: str
    before: dict[str, str]
    """Content id of the current version, by book id."""
    after: dict[str, str]


WHY = "codebook_why"
"""Begins the setting that keeps the reason of an edit; its number follows."""


def moves(db: sqlite3.Connection) -> list[Move]:
    """Every live change of what versions are current, oldest first."""
    rows = db.execute(
        "SELECT e.at, coalesce((SELECT alias FROM coder WHERE uid = e.actor), '') AS actor,"
        " e.words, c.field, c.before, c.after, coalesce((SELECT x.after FROM change x"
        "  WHERE x.entry = e.id AND x.object_kind = 'setting' AND x.object_key LIKE ? || '|%'),"
        "  '') AS why FROM change c JOIN entry e ON e.id = c.entry"
        f" WHERE c.object_key = 'codebooks' AND c.object_kind = 'setting' AND e.uid = e.root"
        f" AND {NEWEST_TOGGLE} IS NOT 'undo' ORDER BY e.lamport, e.uid",
        (WHY,),
    )
    return [
        Move(
            at=row["at"],
            actor=row["actor"],
            words=row["words"],
            why=json.loads(row["why"])["value"] if row["why"] else "",
            before=_current(row["field"], row["before"]),
            after=_current(row["field"], row["after"]),
        )
        for row in rows
    ]


def _current(field: str, state: str | None) -> dict[str, str]:
    if state is None:
        return {}
    found = json.loads(state)
    current: dict[str, str] = json.loads(found["value"] if field == WHOLE else found)
    return current
