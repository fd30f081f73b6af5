"""The schema, in numbered steps that are never edited once released.

Integer ``id`` columns are row numbers inside one file and mean nothing outside it; what has an
identity across copies of a study carries it in ``uid`` (or in a natural key).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x43445231
"""``CDR1``: tells a study from any other SQLite file."""

MIGRATION_SET = "coder"

FIRST_SCHEMA = """
CREATE TABLE study (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE coder (
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
    alias TEXT NOT NULL UNIQUE, name TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE codebook_version (
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, book TEXT NOT NULL, label TEXT NOT NULL,
    title TEXT NOT NULL, body TEXT NOT NULL, added_at TEXT NOT NULL) STRICT;
CREATE TABLE code_set (
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, book TEXT NOT NULL, name TEXT NOT NULL,
    UNIQUE (book, name)) STRICT;
CREATE TABLE code (
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, book TEXT NOT NULL, name TEXT NOT NULL,
    UNIQUE (book, name)) STRICT;
CREATE TABLE version_set (
    version INTEGER NOT NULL REFERENCES codebook_version,
    code_set INTEGER NOT NULL REFERENCES code_set,
    position INTEGER NOT NULL, title TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('exclusive', 'multi', 'ordinal')), rule TEXT NOT NULL,
    PRIMARY KEY (version, code_set)) STRICT, WITHOUT ROWID;
CREATE TABLE version_code (
    version INTEGER NOT NULL REFERENCES codebook_version, code INTEGER NOT NULL REFERENCES code,
    code_set INTEGER NOT NULL REFERENCES code_set, position INTEGER NOT NULL, title TEXT NOT NULL,
    valence TEXT NOT NULL CHECK (valence IN ('productive', 'unproductive', 'mixed', 'none')),
    codable INTEGER NOT NULL CHECK (codable IN (0, 1)), level INTEGER,
    PRIMARY KEY (version, code)) STRICT, WITHOUT ROWID;
CREATE TABLE code_replacement (
    version INTEGER NOT NULL REFERENCES codebook_version, code INTEGER NOT NULL REFERENCES code,
    replaced_by INTEGER NOT NULL REFERENCES code,
    PRIMARY KEY (version, code, replaced_by)) STRICT, WITHOUT ROWID;

CREATE TABLE participant (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE person_year (
    id INTEGER PRIMARY KEY, participant INTEGER NOT NULL REFERENCES participant,
    year TEXT NOT NULL, pseudonym TEXT NOT NULL, UNIQUE (participant, year)) STRICT;
CREATE TABLE attribute (
    person_year INTEGER NOT NULL REFERENCES person_year ON DELETE CASCADE,
    name TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (person_year, name)) STRICT, WITHOUT ROWID;

CREATE TABLE transcript (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
    is_live INTEGER NOT NULL CHECK (is_live IN (0, 1)),
    revision INTEGER REFERENCES revision, year TEXT NOT NULL, wave TEXT NOT NULL,
    date TEXT NOT NULL, metadata TEXT NOT NULL) STRICT;
CREATE TABLE revision (
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
    transcript INTEGER NOT NULL REFERENCES transcript, number INTEGER NOT NULL,
    text TEXT NOT NULL, text_sha256 TEXT NOT NULL, words INTEGER NOT NULL, turns INTEGER NOT NULL,
    source_name TEXT NOT NULL, source_sha256 TEXT NOT NULL, source_format TEXT NOT NULL,
    added_at TEXT NOT NULL, UNIQUE (transcript, number)) STRICT;
CREATE TABLE speaker (
    revision INTEGER NOT NULL REFERENCES revision, tag TEXT NOT NULL, person TEXT NOT NULL,
    is_interviewer INTEGER NOT NULL CHECK (is_interviewer IN (0, 1)),
    PRIMARY KEY (revision, tag)) STRICT, WITHOUT ROWID;
CREATE TABLE turn (
    revision INTEGER NOT NULL REFERENCES revision, number INTEGER NOT NULL,
    speaker TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    words_start INTEGER NOT NULL, words_stop INTEGER NOT NULL, seconds REAL,
    question TEXT NOT NULL, PRIMARY KEY (revision, number),
    CHECK (start <= words_start AND words_start <= words_stop AND words_stop <= stop)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE sentence (
    revision INTEGER NOT NULL REFERENCES revision, number INTEGER NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL CHECK (start < stop),
    PRIMARY KEY (revision, number)) STRICT, WITHOUT ROWID;

CREATE TABLE unit (
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, ref TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('excerpt', 'record')),
    is_live INTEGER NOT NULL CHECK (is_live IN (0, 1)),
    transcript INTEGER REFERENCES transcript, revision INTEGER REFERENCES revision,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, speaker TEXT NOT NULL,
    participant INTEGER REFERENCES participant, year TEXT NOT NULL,
    question TEXT NOT NULL, plan TEXT NOT NULL, source TEXT, external_id TEXT, text TEXT,
    CHECK (start <= stop),
    CHECK ((kind = 'excerpt') = (revision IS NOT NULL)),
    CHECK ((kind = 'record') = (external_id IS NOT NULL))) STRICT;
CREATE INDEX unit_transcript ON unit (transcript, is_live, start, stop);
CREATE INDEX unit_participant ON unit (participant, year);

CREATE TABLE round (
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL CHECK (purpose IN ('training', 'reliability')),
    version INTEGER NOT NULL REFERENCES codebook_version, sample TEXT NOT NULL,
    opened_at TEXT NOT NULL, closed_at TEXT) STRICT;
CREATE TABLE round_coder (
    round INTEGER NOT NULL REFERENCES round, coder INTEGER NOT NULL REFERENCES coder,
    PRIMARY KEY (round, coder)) STRICT, WITHOUT ROWID;
CREATE TABLE round_unit (
    round INTEGER NOT NULL REFERENCES round, unit INTEGER NOT NULL REFERENCES unit,
    PRIMARY KEY (round, unit)) STRICT, WITHOUT ROWID;
CREATE INDEX round_unit_unit ON round_unit (unit, round);

CREATE TABLE coding (
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
    unit INTEGER NOT NULL REFERENCES unit, code_set INTEGER NOT NULL REFERENCES code_set,
    code INTEGER NOT NULL REFERENCES code, coder INTEGER NOT NULL REFERENCES coder,
    pass INTEGER NOT NULL, version INTEGER NOT NULL REFERENCES codebook_version,
    origin TEXT NOT NULL CHECK (origin IN ('hand', 'load', 'boundary', 'suggestion')),
    at TEXT NOT NULL, UNIQUE (unit, code, coder, pass)) STRICT;
CREATE INDEX coding_unit ON coding (unit, code_set, coder, pass, code);
CREATE TABLE decision (
    unit INTEGER NOT NULL REFERENCES unit, code_set INTEGER NOT NULL REFERENCES code_set,
    coder INTEGER NOT NULL REFERENCES coder, pass INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('coded', 'nothing', 'not_applicable')),
    version INTEGER NOT NULL REFERENCES codebook_version,
    at TEXT NOT NULL, PRIMARY KEY (unit, code_set, coder, pass)) STRICT, WITHOUT ROWID;
CREATE INDEX decision_set ON decision (code_set, pass, unit, coder, status);
CREATE TABLE memo (
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
    target_kind TEXT NOT NULL CHECK (target_kind IN ('coding', 'excerpt', 'transcript', 'code')),
    target TEXT NOT NULL, coder INTEGER NOT NULL REFERENCES coder,
    body TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE INDEX memo_target ON memo (target_kind, target, coder);
CREATE TABLE settlement (
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
    unit INTEGER NOT NULL REFERENCES unit, code_set INTEGER NOT NULL REFERENCES code_set,
    status TEXT NOT NULL CHECK (status IN ('coded', 'nothing', 'not_applicable')),
    coder INTEGER NOT NULL REFERENCES coder, version INTEGER NOT NULL REFERENCES codebook_version,
    why TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (unit, code_set)) STRICT;
CREATE TABLE settlement_code (
    settlement INTEGER NOT NULL REFERENCES settlement ON DELETE CASCADE,
    code INTEGER NOT NULL REFERENCES code,
    PRIMARY KEY (settlement, code)) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, lamport INTEGER NOT NULL,
    actor TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, words TEXT NOT NULL,
    format INTEGER NOT NULL, undoes TEXT, root TEXT NOT NULL) STRICT;
CREATE INDEX entry_order ON entry (lamport, uid);
CREATE INDEX entry_actor ON entry (actor, lamport, uid);
CREATE INDEX entry_root ON entry (root, lamport, uid);
CREATE TABLE change (
    entry INTEGER NOT NULL REFERENCES entry, position INTEGER NOT NULL,
    object_kind TEXT NOT NULL, object_key TEXT NOT NULL, field TEXT NOT NULL,
    before TEXT, after TEXT, PRIMARY KEY (entry, position)) STRICT, WITHOUT ROWID;
CREATE INDEX change_object ON change (object_key, object_kind);
CREATE TRIGGER entry_is_permanent BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'journal entries are permanent'); END;
CREATE TRIGGER entry_is_never_rewritten BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'journal entries are never rewritten'); END;
CREATE TRIGGER entry_is_never_replaced BEFORE INSERT ON entry
    WHEN EXISTS (SELECT 1 FROM entry WHERE uid = NEW.uid OR id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'journal entries are never replaced'); END;
CREATE TRIGGER change_is_permanent BEFORE DELETE ON change
    BEGIN SELECT RAISE(ABORT, 'journal changes are permanent'); END;
CREATE TRIGGER change_is_only_erased BEFORE UPDATE ON change
    WHEN NEW.before IS NOT NULL OR NEW.after IS NOT NULL
    OR (NEW.entry, NEW.position, NEW.object_kind, NEW.object_key, NEW.field)
    IS NOT (OLD.entry, OLD.position, OLD.object_kind, OLD.object_key, OLD.field)
    BEGIN SELECT RAISE(ABORT, 'journal changes can only be erased'); END;
CREATE TRIGGER change_is_never_replaced BEFORE INSERT ON change
    WHEN EXISTS (SELECT 1 FROM change WHERE entry = NEW.entry AND position = NEW.position)
    BEGIN SELECT RAISE(ABORT, 'journal changes are never replaced'); END;
CREATE TABLE place (
    coder INTEGER NOT NULL REFERENCES coder, transcript INTEGER NOT NULL REFERENCES transcript,
    unit INTEGER REFERENCES unit, PRIMARY KEY (coder, transcript)) STRICT, WITHOUT ROWID;
"""


PILES = """
CREATE TABLE pile (
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
    code_set INTEGER NOT NULL REFERENCES code_set, coder INTEGER NOT NULL REFERENCES coder,
    name TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
CREATE INDEX pile_set ON pile (code_set, coder, position);
CREATE TABLE sorting (
    code_set INTEGER NOT NULL REFERENCES code_set, coder INTEGER NOT NULL REFERENCES coder,
    code INTEGER NOT NULL REFERENCES code, place INTEGER NOT NULL,
    pile INTEGER REFERENCES pile, at TEXT NOT NULL,
    PRIMARY KEY (code_set, coder, code, place)) STRICT, WITHOUT ROWID;
"""
"""How each coder sorts the codes of a set; a code without a pile here lies on the discard pile,
one that is not here is loose."""


RECORDS = """
CREATE TABLE unit_attribute (
    unit INTEGER NOT NULL REFERENCES unit ON DELETE CASCADE,
    name TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (unit, name)) STRICT, WITHOUT ROWID;
"""
"""What is known of a record, as columns of the table that it came in say."""


DESK = """
CREATE TABLE flag (
    unit INTEGER NOT NULL REFERENCES unit, coder INTEGER NOT NULL REFERENCES coder,
    name TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (unit, coder, name)) STRICT, WITHOUT ROWID;
CREATE INDEX flag_name ON flag (name, coder, unit);
CREATE TABLE draft (
    coder INTEGER NOT NULL REFERENCES coder, target_kind TEXT NOT NULL, target TEXT NOT NULL,
    body TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (coder, target_kind, target)) STRICT, WITHOUT ROWID;
ALTER TABLE place ADD COLUMN top INTEGER;
"""
"""What lies on a coder's desk: flags on units; memos not kept yet and the place in the text, which
are neither journalled nor merged."""


def _first(db: Database) -> None:
    # One statement at a time: executescript would commit behind the migration's back.
    for statement in _statements(FIRST_SCHEMA):
        db.execute(statement)


def _piles(db: Database) -> None:
    for statement in _statements(PILES):
        db.execute(statement)


def _records(db: Database) -> None:
    for statement in _statements(RECORDS):
        db.execute(statement)


def _desk(db: Database) -> None:
    for statement in _statements(DESK):
        db.execute(statement)


STEPS: tuple[tuple[str, Callable[[Database], None]], ...] = (
    ("m001_first", _first),
    ("m002_piles", _piles),
    ("m003_records", _records),
    ("m004_desk", _desk),
)
"""Name and function of every step, in order; the count is the file's ``user_version``."""


def _statements(script: str) -> list[str]:
    """Split a script at the semicolons that end a statement, keeping triggers whole."""
    out: list[str] = []
    lines: list[str] = []
    for line in script.splitlines():
        lines.append(line)
        statement = "\n".join(lines).strip()
        inside_trigger = statement.startswith("CREATE TRIGGER") and not statement.endswith("END;")
        if statement.endswith(";") and not inside_trigger:
            out.append(statement)
            lines = []
    return out


def apply_pending(db: Database) -> None:
    """Bring a study up to the newest step; each step and its record are one transaction."""
    from sqlite_utils import Migrations

    migrations = Migrations(MIGRATION_SET)
    for name, step in STEPS:
        migrations(name=name)(step)
    migrations.apply(db)
    db.execute(f"PRAGMA user_version = {len(STEPS)}")
