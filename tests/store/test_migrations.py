"""Older files are brought up to date, after a backup, step by whole step."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coder.errors import StudyProblem
from coder.model import Viewer
from coder.ops.coding import put_code
from coder.ops.corpus import add_coder
from coder.ops.records import import_records, list_records
from coder.ops.sorting import put_into
from coder.ops.study import check_study, open_study
from coder.store import Store, connect, migrations
from coder.store.connect import schema_digest
from tests.factories import make_study

if TYPE_CHECKING:
    from sqlite_utils import Database

KNOWN = migrations.STEPS
NEWEST = len(KNOWN)


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
    use_steps(
        monkeypatch,
        (*KNOWN, *((f"m{n:03}_test", step) for n, step in enumerate(steps, start=NEWEST + 1))),
    )


def use_steps(monkeypatch: pytest.MonkeyPatch, steps: Sequence[tuple[str, object]]) -> None:
    """As if these were the steps there are."""
    monkeypatch.setattr(migrations, "STEPS", steps)
    monkeypatch.setattr(connect, "STEPS", steps)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        wrapped = connect._sqlite_utils_database(db)
        for _, step in steps:
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
        assert store.format() == NEWEST + 2
        assert "colour" in columns(store)
        assert store.counts()["excerpts"] == 4
    (backup,) = older.parent.glob("test.coder.*")
    monkeypatch.undo()
    with closing(Store.open(backup)) as store:
        assert store.format() == NEWEST
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
        made = [*(name for name, _ in KNOWN), f"m{NEWEST + 1:03}_test"]
        assert names == made, "the step before it is whole, and stays"
        assert db.execute("PRAGMA user_version").fetchone()[0] == NEWEST
    monkeypatch.undo()
    backups = sorted(older.parent.glob("test.coder.*"))
    assert len(backups) == 2, "the first backup is not replaced by what came half way"
    with closing(Store.open(backups[0])) as store:
        assert store.counts()["excerpts"] == 4

    newer_program(monkeypatch, add_colour, add_shelf)
    with closing(Store.open(older)) as store:
        assert store.format() == NEWEST + 2
        assert store.counts()["excerpts"] == 4


def test_steps_have_names_of_their_own() -> None:
    assert len({name for name, _ in KNOWN}) == len(KNOWN)


def test_a_study_of_the_first_release_gets_piles_and_keeps_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_steps(monkeypatch, KNOWN[:1])
    with make_study(tmp_path) as study:
        al = add_coder(study, "AL")
        put_code(study, al, "T-1:1", "cause", "taught")
        assert study.store.format() == 1
    monkeypatch.undo()
    with open_study(study.path) as newer:
        assert newer.store.format() == NEWEST
        assert put_into(newer, al, "cause", ["taught"], "Time").entry
        assert "as the journal says" in check_study(newer)[0]
    (backup,) = tmp_path.glob("test.coder.*")
    assert backup.name == f"test.coder.before-format-{NEWEST}"
    with open_study(backup) as upgraded:
        assert upgraded.store.counts()["codings"] == 1


def test_a_study_from_before_records_takes_them_after_an_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_steps(monkeypatch, KNOWN[: [name for name, _ in KNOWN].index("m003_records")])
    with make_study(tmp_path) as study:
        path = study.path
    monkeypatch.undo()
    table = tmp_path / "lessons.csv"
    table.write_text("id,district,vision\nL1,North,3\n", encoding="utf-8")
    with open_study(path) as newer:
        assert newer.store.format() == NEWEST
        report = import_records(newer, table, coder="AL", question="Q-WHY")
        assert (report.added, report.codes) == (1, 1)
        assert "as the journal says" in check_study(newer)[0]
        assert [record.unit.ref for record in list_records(newer, Viewer())] == ["lessons:L1"]
