"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from coder.errors import StudyProblem
from coder.formats.atomic import atomic, write_atomic


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write_half(path: Path, failure: BaseException) -> None:
    with atomic(path) as file:
        file.write(b"half")
        raise failure


def test_writes_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_atomic(path, b"one\r\n")
    write_atomic(path, b"two\r\n")
    assert path.read_bytes() == b"two\r\n"
    assert names(tmp_path) == ["a.csv"]


def test_a_block_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    with pytest.raises(KeyError):
        write_half(path, KeyError())
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.csv"]


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_half(tmp_path / "a.csv", KeyboardInterrupt())
    assert names(tmp_path) == []


def test_full_disk_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StudyProblem, match=r"a\.csv: cannot be written: the disk is full"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.csv"]


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(StudyProblem, match="there is no such folder"):
        write_atomic(tmp_path / "no" / "a.csv", b"x")


def test_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(StudyProblem, match="a folder of that name"):
        write_atomic(tmp_path / "a.csv", b"x")


def test_name_too_long(tmp_path: Path) -> None:
    with pytest.raises(StudyProblem, match="too long"):
        write_atomic(tmp_path / ("a" * 300), b"x")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StudyProblem, match="you may not write there"):
        write_atomic(tmp_path / "a.csv", b"x")
    tmp_path.chmod(0o700)


def test_write_protected_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root would be let through
    with pytest.raises(StudyProblem, match="you may not write there"):
        write_atomic(path, b"x")
    assert path.read_bytes() == b"old"


def test_other_files_troubles_are_not_ours(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), atomic(tmp_path / "a.csv") as file:
        file.write((tmp_path / "missing").read_bytes())
    assert names(tmp_path) == []


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_permissions_are_kept_or_follow_the_umask(tmp_path: Path) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_bytes(b"old")
    kept.chmod(0o640)
    write_atomic(kept, b"x")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640
    plain, fresh = tmp_path / "plain.csv", tmp_path / "fresh.csv"
    plain.write_bytes(b"x")
    write_atomic(fresh, b"x")
    assert fresh.stat().st_mode == plain.stat().st_mode


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
def test_a_link_goes_on_pointing(tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomic(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_folder_that_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StudyProblem, match="you may not write there"):
        write_atomic(tmp_path / "a.csv", b"x")
    assert names(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_or_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "p.yaml"
    os.mkfifo(pipe)
    with pytest.raises(StudyProblem, match=r"p\.yaml: cannot be written: is no ordinary file"):
        write_atomic(pipe, b"x")
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]
