"""Backups are one file that opens; restoring keeps what was there, damaged or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.errors import StudyProblem
from coder.ops.coding import press_code
from coder.ops.corpus import add_coder, coder_named
from coder.ops.study import Study, backup_study, open_study, restore_study
from tests.factories import make_study
from tests.replaying import dump, dump_of


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    """A closed study with one coding."""
    with make_study(tmp_path) as study:
        add_coder(study, "AL")
        press(study, "effort")
        return study.path


def press(study: Study, code: str) -> None:
    press_code(study, coder_named(study, "AL"), "T-1:1", "cause", code)


def test_backup_of_an_open_study_is_one_file_that_opens(coded: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept.coder"
    with open_study(coded) as study:
        press(study, "taught")  # still in the log only
        backup_study(study, target)
        there = dump(study)
    assert [p.name for p in tmp_path.glob("kept*")] == ["kept.coder"]
    assert target.read_bytes()[18:20] == b"\1\1", "in no need of a log: it can be read anywhere"
    assert dump_of(target) == there


def test_backup_never_replaces_a_file(coded: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept.coder"
    target.write_text("something dear")
    with open_study(coded) as study, pytest.raises(StudyProblem, match="already there"):
        backup_study(study, target)
    assert target.read_text() == "something dear"


def test_backup_into_no_folder(coded: Path, tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "kept.coder"
    with open_study(coded) as study, pytest.raises(StudyProblem, match=r"kept\.coder: cannot be"):
        backup_study(study, target)


def backup_and_go_on(path: Path, target: Path) -> tuple[str, str]:
    """What is in the backup, and what is in the study after one more code."""
    with open_study(path) as study:
        backup_study(study, target)
        then = dump(study)
        press(study, "taught")
        return then, dump(study)


def test_restore_keeps_what_was_there(coded: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept.backup"
    then, later = backup_and_go_on(coded, target)
    before = target.read_bytes()
    kept = restore_study(target, coded)
    assert dump_of(coded) == then
    assert kept is not None
    assert dump_of(kept) == later
    assert target.read_bytes() == before, "the backup is only read"


def test_restored_over_copies_do_not_look_like_studies(coded: Path, tmp_path: Path) -> None:
    """Commands look for the only study in a folder."""
    target = tmp_path / "kept.backup"
    backup_and_go_on(coded, target)
    first, second = restore_study(target, coded), restore_study(target, coded)
    assert first is not None
    assert second is not None
    assert first != second
    assert list(tmp_path.glob("*.coder")) == [coded]


def test_restore_where_nothing_is(coded: Path, tmp_path: Path) -> None:
    target = tmp_path / "new.coder"
    assert restore_study(coded, target) is None
    assert dump_of(target) == dump_of(coded)


@pytest.mark.parametrize("damage", ["header", "page"])
def test_restore_over_a_damaged_study(coded: Path, tmp_path: Path, damage: str) -> None:
    target = tmp_path / "kept.backup"
    then, _ = backup_and_go_on(coded, target)
    data = bytearray(coded.read_bytes())
    data[: 50 if damage == "header" else 0] = b"x" * (50 if damage == "header" else 0)
    if damage == "page":
        data[3 * 4096 : 6 * 4096] = b"\xff" * 3 * 4096
    coded.write_bytes(data)
    coded.with_name("test.coder-wal").write_bytes(b"a log that fits nothing")
    kept = restore_study(target, coded)
    assert dump_of(coded) == then
    assert kept is not None
    assert kept.stat().st_size == len(data)


def test_restore_is_refused_while_another_window_has_the_study(coded: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept.backup"
    backup_and_go_on(coded, target)
    with open_study(coded) as window:
        before = dump(window)
        with pytest.raises(StudyProblem, match="open in another window"):
            restore_study(target, coded)
        press(window, "hard")
    assert dump_of(coded) != before
    assert list(tmp_path.glob("test.coder*")) == [coded]


def test_restore_from_something_else(coded: Path, tmp_path: Path) -> None:
    before = dump_of(coded)
    other = tmp_path / "notes.txt"
    other.write_text("not a backup")
    with pytest.raises(StudyProblem, match="not a study"):
        restore_study(other, coded)
    with pytest.raises(StudyProblem, match="no backup"):
        restore_study(tmp_path / "none", coded)
    damaged = tmp_path / "damaged.backup"
    data = bytearray(coded.read_bytes())
    data[4096 * 5 : 4096 * 8] = b"\xff" * 4096 * 3
    damaged.write_bytes(data)
    with pytest.raises(StudyProblem, match="is damaged"):
        restore_study(damaged, coded)
    assert dump_of(coded) == before
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == [
        "damaged.backup",
        "notes.txt",
        "test.coder",
    ]
