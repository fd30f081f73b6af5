"""Older files are brought up to date, after a backup, step by whole step."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coder.errors import StudyProblem
from coder.store import Store, connect, migrations
from coder.store.connect import schema_digest
from tests.factories import make_study

if TYPE_CHECKING:
    from sqlite_utils import Database

FIRST = migrations.STEPS


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A study of the present format, soon to be an older one."""
    with make_study(tmp_path) as study:
        return study.path


def add_colour(db: Database) -> None:
    db.execute("ALTER TABLE code ADD COLUMN colour TEXT")


def add_shelf(db: Database) -> None:
    db.execute("CREATE TABLE shelf (name TEXT NOT NULL) STRICT")


def fails(db: Database) -> None:
    db.execute("CREATE TABLE half (name TEXT) STRICT")
    db.execute("INSERT INTO half VALUES ('made')")
    raise RuntimeError("the step failed")


def newer_program(monkeypatch: pytest.MonkeyPatch, *steps: object) -> None:
    """As if a later release knew more steps."""
    more = (*FIRST, *((f"m{n:03}_test", step) for n, step in enumerate(steps, start=2)))
    monkeypatch.setattr(migrations, "STEPS", more)
    monkeypatch.setattr(connect, "STEPS", more)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        wrapped = connect._sqlite_utils_database(db)
        for _, step in more:
            if step is not fails:
                step(wrapped)  # type: ignore[operator]
        monkeypatch.setattr(connect, "SCHEMA_DIGEST", schema_digest(db))


def columns(store: Store) -> list[str]:
    return [row["name"] for row in store.db.execute("PRAGMA table_info(code)")]


def test_an_older_study_is_brought_up_to_date_after_a_backup(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer_program(monkeypatch, add_colour, add_shelf)
    with closing(Store.open(older)) as store:
        assert store.format() == 3
        assert "colour" in columns(store)
        assert store.counts()["excerpts"] == 4
    (backup,) = older.parent.glob("test.coder.*")
    monkeypatch.undo()
    with closing(Store.open(backup)) as store:
        assert store.format() == 1
        assert "colour" not in columns(store)
        assert store.counts()["excerpts"] == 4


def test_opening_again_makes_no_second_backup(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newer_program(monkeypatch, add_colour)
    Store.open(older).close()
    before = older.read_bytes()
    Store.open(older).close()
    assert older.read_bytes() == before
    assert len(list(older.parent.glob("test.coder*"))) == 2


def test_a_study_that_was_brought_up_is_refused_by_the_older_program(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer_program(monkeypatch, add_colour)
    Store.open(older).close()
    monkeypatch.undo()
    with pytest.raises(StudyProblem, match="newer program"):
        Store.open(older)


def test_a_failing_step_leaves_nothing_behind(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newer_program(monkeypatch, add_colour, fails)
    for _ in range(2):
        with pytest.raises(RuntimeError, match="the step failed"):
            Store.open(older)
    with closing(sqlite3.connect(older)) as db:
        assert db.execute("SELECT name FROM sqlite_master WHERE name = 'half'").fetchall() == []
        names = [row[0] for row in db.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
        assert names == ["m001_first", "m002_test"], "the step before it is whole, and stays"
        assert db.execute("PRAGMA user_version").fetchone()[0] == 1
    monkeypatch.undo()
    backups = sorted(older.parent.glob("test.coder.*"))
    assert len(backups) == 2, "the first backup is not replaced by what came half way"
    with closing(Store.open(backups[0])) as store:
        assert store.counts()["excerpts"] == 4

    newer_program(monkeypatch, add_colour, add_shelf)
    with closing(Store.open(older)) as store:
        assert store.format() == 3
        assert store.counts()["excerpts"] == 4


def test_steps_have_names_of_their_own() -> None:
    assert len({name for name, _ in FIRST}) == len(FIRST)
