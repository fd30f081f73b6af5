"""The study file: what it is, what it refuses to be, and that it is one file to carry."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from coder.errors import StudyProblem
from coder.ops.corpus import add_coder
from coder.store import Store, connect, migrations
from coder.store.connect import SCHEMA_DIGEST, schema_digest
from tests.factories import make_study
from tests.replaying import dump_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A small closed study."""
    with make_study(tmp_path) as study:
        return study.path


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The file in the hands of somebody else's program."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        yield db


def pragma(store: Store, name: str) -> object:
    return store.db.execute(f"PRAGMA {name}").fetchone()[0]


def test_file_says_what_it_is_and_how_it_is_kept(path: Path) -> None:
    with closing(Store.open(path)) as store:
        assert pragma(store, "application_id") == 0x43445231
        assert pragma(store, "user_version") == len(migrations.STEPS)
        assert pragma(store, "foreign_keys") == 1
        assert pragma(store, "journal_mode") == "wal"
        assert pragma(store, "synchronous") == 2
        assert pragma(store, "trusted_schema") == 0


def test_a_second_connection_keeps_it_the_same_way(path: Path) -> None:
    with closing(Store.open(path)) as store, closing(store.again()) as other:
        for name in ("foreign_keys", "journal_mode", "synchronous", "trusted_schema"):
            assert pragma(other, name) == pragma(store, name)


def test_every_table_of_ours_is_strict(path: Path) -> None:
    with raw(path) as db:
        tables = db.execute("PRAGMA table_list").fetchall()
    ours = {t[1]: t[5] for t in tables if not t[1].startswith(("sqlite_", "_sqlite_"))}
    assert len(ours) > 20
    assert set(ours.values()) == {1}


def test_schema_digest_is_that_of_the_steps(path: Path) -> None:
    with raw(path) as db:
        assert schema_digest(db) == SCHEMA_DIGEST


def test_foreign_keys_hold(path: Path) -> None:
    with closing(Store.open(path)) as store, pytest.raises(sqlite3.IntegrityError):
        store.db.execute("INSERT INTO round_unit VALUES (7, 7)")


def test_nothing_but_the_one_file_is_left_after_the_last_close(tmp_path: Path) -> None:
    study = make_study(tmp_path)
    window = study.again()
    study.close()
    assert sorted(p.name for p in tmp_path.glob("*.coder*"))[0] == "test.coder"
    window.close()
    assert [p.name for p in tmp_path.glob("*.coder*")] == ["test.coder"]


def test_a_window_that_closes_folds_its_changes_into_the_file(tmp_path: Path) -> None:
    """Whoever copies the file while another window is open has them."""
    study = make_study(tmp_path)
    with closing(study.store.again()):
        add_coder(study, "AL")
        study.close()
        copy = Path(shutil.copy(study.path, tmp_path / "copy.coder"))
    with closing(Store.open(copy)) as store:
        assert store.counts()["coders"] == 1


def test_a_second_connection_that_only_read_is_no_change_elsewhere(tmp_path: Path) -> None:
    with make_study(tmp_path) as study:
        add_coder(study, "AL")
        study.changed_elsewhere()
        with study.again() as other:
            assert other.codebook.id == study.codebook.id
        assert not study.changed_elsewhere()
        with study.again() as other:
            add_coder(other, "RR")
        assert study.changed_elsewhere()


def test_closing_twice_does_no_harm(path: Path) -> None:
    store = Store.open(path)
    store.close()
    store.close()
    assert dump_of(path)


def test_a_new_study_never_replaces_a_file(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(StudyProblem, match="already there"):
        Store.create(path)
    assert path.read_bytes() == before


def test_a_new_study_is_not_put_beside_a_stray_log(tmp_path: Path) -> None:
    stray = tmp_path / "new.coder-wal"
    stray.write_bytes(b"log")
    with pytest.raises(StudyProblem, match=r"new\.coder-wal lies there without its study"):
        Store.create(tmp_path / "new.coder")
    assert stray.read_bytes() == b"log"


def test_a_new_study_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(StudyProblem, match="no folder"):
        Store.create(tmp_path / "nowhere" / "new.coder")


def test_a_failed_start_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(db: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(migrations, "STEPS", (("m001_first", fails),))
    with pytest.raises(KeyboardInterrupt):
        Store.create(tmp_path / "new.coder")
    assert list(tmp_path.iterdir()) == []


# What is refused.


def refused(path: Path, words: str) -> StudyProblem:
    """Opening is refused in one line that names the file, and the file is left as it was."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StudyProblem, match=words) as refusal:
        Store.open(path)
    assert str(path) in refusal.value.message
    assert "\n" not in str(refusal.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    return refusal.value


def test_missing(tmp_path: Path) -> None:
    assert "coder new" in refused(tmp_path / "none.coder", "there is no study").hint


def test_missing_with_a_stray_log(tmp_path: Path) -> None:
    (tmp_path / "lost.coder-wal").write_bytes(b"what the study had not folded in")
    refused(tmp_path / "lost.coder", r"lost\.coder-wal lies there without it")


def test_a_folder(tmp_path: Path) -> None:
    refused(tmp_path, "is a folder")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"x", "not a study"),
        (b"A study of teachers, in plain words. " * 100, "not a study"),
        (b"SQLite format 3\0" + bytes(500), "not a study"),
    ],
)
def test_something_else(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "other.coder"
    path.write_bytes(content)
    refused(path, words)
    assert [p.name for p in tmp_path.iterdir()] == ["other.coder"]


def test_somebody_elses_database(tmp_path: Path) -> None:
    path = tmp_path / "other.coder"
    with raw(path) as db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")
    refused(path, "an SQLite file, but not a study")


def test_names_with_signs_that_mean_something_in_addresses(tmp_path: Path) -> None:
    path = tmp_path / "100% #1 ü?.coder"
    Store.create(path).close()
    Store.open(path).close()
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_study_of_a_newer_program(path: Path) -> None:
    with raw(path) as db:
        db.execute(f"PRAGMA user_version = {len(migrations.STEPS) + 1}")
    assert "newer coder" in refused(path, "made by a newer program").hint


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON coding BEGIN DELETE FROM coding; END",
        "CREATE TRIGGER _sqlite_t AFTER INSERT ON coding BEGIN DELETE FROM coding; END",
        "CREATE TRIGGER t AFTER INSERT ON _sqlite_migrations BEGIN DELETE FROM coding; END",
        "CREATE VIEW v AS SELECT * FROM coding",
        "CREATE TABLE extra (a)",
        "CREATE TABLE _sqlite_extra (a)",
        "CREATE INDEX extra ON coding (at)",
        "ALTER TABLE coding ADD COLUMN extra TEXT",
        "DROP TRIGGER entry_is_permanent",
        "DROP INDEX coding_unit",
    ],
)
def test_a_schema_that_is_not_ours(path: Path, statement: str) -> None:
    with raw(path) as db:
        db.execute(statement)
    refused(path, "did not make")


def test_a_damaged_page(path: Path) -> None:
    with raw(path) as db:
        page = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'unit'").fetchone()[0]
        size = db.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(path.read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(data)
    assert "restore" in refused(path, "is damaged").hint


def test_a_file_that_was_cut_short(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    refused(path, "is damaged")


def test_damage_in_a_study_too_large_to_check_on_opening_is_told_when_it_is_met(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "QUICK_CHECK_BYTES", 0)
    with raw(path) as db:
        page = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'turn'").fetchone()[0]
        size = db.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(path.read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(data)
    with closing(Store.open(path)) as store:
        for read in (
            lambda: store.db.execute("SELECT * FROM turn").fetchone(),
            lambda: store.db.execute("SELECT * FROM turn").fetchall(),
            lambda: list(store.db.execute("SELECT * FROM unit LEFT JOIN turn ON 1")),
            store.check,
        ):
            with pytest.raises(StudyProblem, match="is damaged"):
                read()


def test_a_disk_without_write_ahead_logs(path: Path) -> None:
    """SQLite's dot-file locking is what some network disks need; logs do not work with it."""
    uri = f"{path.as_uri()}?vfs=unix-dotfile"
    with raw(path) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    with (
        closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as db,
        pytest.raises(StudyProblem, match="cannot keep a write-ahead log"),
    ):
        connect._use_wal(db, path)
