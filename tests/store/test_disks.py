"""What goes wrong around a study: locks, full disks, places without leave to write, crashes.

Each gives one line and leaves the study as it was; what was coded before a crash is there.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coder.errors import CoderError, StudyProblem
from coder.model import Viewer
from coder.ops.coding import press_code, worksheet, write_memo
from coder.ops.corpus import add_coder, coder_named
from coder.ops.history import log
from coder.ops.study import Study, open_study
from coder.store import plain
from tests.factories import make_study
from tests.replaying import dump, dump_of

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A small closed study with one coder."""
    with make_study(tmp_path) as study:
        add_coder(study, "AL")
        return study.path


def press(study: Study) -> None:
    press_code(study, coder_named(study, "AL"), "T-1:1", "cause", "effort")


def codes_on_the_first(study: Study) -> list[str]:
    work = worksheet(study, coder_named(study, "AL"), "T-1")[0]
    return [coding.code for coding in work.codings]


@contextlib.contextmanager
def another_process(code: str, *args: Path) -> Iterator[subprocess.Popen[str]]:
    """Another Python at work; it is past its first print when this begins."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, args)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


HOLDS_THE_LOCK = """
    import sqlite3, sys
    db = sqlite3.connect(sys.argv[1], isolation_level=None)
    db.execute("BEGIN IMMEDIATE")
    print("ready", flush=True)
    sys.stdin.read()
"""


def test_locked_by_another_process(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "BUSY_SECONDS", 0.05)
    with open_study(path) as study:
        before = dump(study)
        with another_process(HOLDS_THE_LOCK, path):
            with pytest.raises(StudyProblem, match="another program has been writing") as refusal:
                press(study)
            assert str(path) in refusal.value.message
            assert worksheet(study, coder_named(study, "AL"), "T-1"), "reading goes on"
            assert dump(study) == before
        press(study)
        assert codes_on_the_first(study) == ["effort"]


def test_a_study_opens_for_reading_while_another_process_writes(path: Path) -> None:
    with another_process(HOLDS_THE_LOCK, path), open_study(path) as study:
        assert codes_on_the_first(study) == []


def test_waits_for_another_process_to_finish(path: Path) -> None:
    """A second window that is writing for a moment is not an error."""
    code = HOLDS_THE_LOCK.replace("sys.stdin.read()", "sys.stdin.readline(); db.execute('COMMIT')")
    with open_study(path) as study, another_process(code, path) as other:
        assert other.stdin is not None
        other.stdin.write("\n")
        other.stdin.flush()
        press(study)
        assert codes_on_the_first(study) == ["effort"]


def test_disk_full_by_sqlites_own_limit(path: Path) -> None:
    with open_study(path) as study:
        before = dump(study)
        pages = study.store.db.execute("PRAGMA page_count").fetchone()[0]
        study.store.db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StudyProblem, match="the disk is full; nothing of this change"):
            write_memo(study, coder_named(study, "AL"), "excerpt", "T-1:1", "long " * 50_000)
        assert dump(study) == before
        study.store.db.execute(f"PRAGMA max_page_count = {pages + 1000}")
        press(study)
        assert codes_on_the_first(study) == ["effort"]


def test_no_file_may_grow_any_more(path: Path) -> None:
    """A limit on file sizes fails writes as a full disk does, deep in the write-ahead log."""
    with open_study(path) as study:
        before = dump(study)
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
        try:
            with pytest.raises(StudyProblem, match=r"nothing of this change was kept") as refusal:
                write_memo(study, coder_named(study, "AL"), "excerpt", "T-1:1", "long " * 100_000)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert "full" in refusal.value.message
        assert dump(study) == before
        press(study)
    with open_study(path) as study:
        assert codes_on_the_first(study) == ["effort"]


def in_a_child_without_rights(action: Callable[[], object]) -> str:
    """What an action says in a process that may not write here; empty where nothing is refused.

    Tests may run as root, who may write anywhere.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        said = "no refusal"
        try:
            if os.geteuid() == 0:
                os.setuid(NOBODY)
            action()
        except CoderError as refusal:
            said = refusal.message
        except BaseException as error:
            said = repr(error)
        finally:
            os.write(writing, said.encode())
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        return pipe.read().decode()


@pytest.fixture
def others_may_look(tmp_path: Path) -> Iterator[None]:
    """Lets a user without rights reach the temporary folder, though not write there."""
    changed = {}
    for folder in (tmp_path, *tmp_path.parents):
        mode = folder.stat().st_mode
        if folder.owner() == Path(tmp_path).owner() and not mode & 0o001:
            changed[folder] = mode
            folder.chmod(mode | 0o055)
    tmp_path.chmod(0o555)
    yield
    tmp_path.chmod(0o755)
    for folder, mode in changed.items():
        folder.chmod(mode)


def open_and_press(path: Path) -> None:
    with open_study(path) as study:
        press(study)


@pytest.mark.usefixtures("others_may_look")
def test_a_folder_that_cannot_be_written(path: Path) -> None:
    path.chmod(0o644)
    said = in_a_child_without_rights(lambda: open_and_press(path))
    assert said.startswith(str(path))
    assert "cannot be" in said


@pytest.mark.usefixtures("others_may_look")
def test_a_file_that_cannot_be_read(path: Path) -> None:
    path.chmod(0o600 if os.geteuid() == 0 else 0o000)
    said = in_a_child_without_rights(lambda: open_study(path))
    assert said.startswith(str(path))
    assert "cannot be" in said


@pytest.mark.usefixtures("others_may_look")
def test_a_new_study_in_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    said = in_a_child_without_rights(lambda: make_study(tmp_path, ()))
    assert said.startswith(str(tmp_path / "test.coder"))
    assert "cannot be" in said


def test_a_connection_that_may_only_read_says_so(path: Path) -> None:
    with open_study(path) as study:
        before = dump(study)
        study.store.db.execute("PRAGMA query_only = ON")
        with pytest.raises(StudyProblem, match="cannot be written here"):
            press(study)
        assert dump(study) == before


PRESSES_AND_DIES = """
    import os, signal, sys
    from pathlib import Path
    from coder.ops.coding import press_code
    from coder.ops.corpus import coder_named
    from coder.ops.study import open_study
    study = open_study(Path(sys.argv[1]))
    print("ready", flush=True)
    press_code(study, coder_named(study, "AL"), "T-1:1", "cause", "effort")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_coded_is_there_after_a_crash(path: Path) -> None:
    with another_process(PRESSES_AND_DIES, path) as process:
        assert process.wait() == -signal.SIGKILL
    assert path.with_name("test.coder-wal").stat().st_size > 0
    with open_study(path) as study:
        assert codes_on_the_first(study) == ["effort"]
        assert log(study, Viewer("AL"))[0].words == "put Effort on T-1:1"
    assert [p.name for p in path.parent.glob("test.coder*")] == ["test.coder"]


def test_a_crash_in_the_middle_of_a_change_leaves_nothing_of_it(path: Path) -> None:
    code = PRESSES_AND_DIES.replace(
        "press_code(",
        "study.store.db.execute('BEGIN IMMEDIATE'); press_code(",
    )
    before = dump_of(path)
    with another_process(code, path) as process:
        assert process.wait() == -signal.SIGKILL
    assert dump_of(path) == before


def test_an_interruption_in_the_middle_of_a_change_leaves_nothing_of_it(path: Path) -> None:
    with open_study(path) as study:
        before = dump(study)
        with pytest.raises(KeyboardInterrupt):
            _rename_and_be_interrupted(study)
        assert dump(study) == before
        press(study)


def _rename_and_be_interrupted(study: Study) -> None:
    with study.store.change("", "setting") as done:
        done.put("setting", "name", {"value": "half"})
        raise KeyboardInterrupt


def test_a_clock_that_fails_leaves_nothing_of_a_change(path: Path) -> None:
    """Whatever goes wrong between the first write and the entry takes the writes along."""

    def broken() -> str:
        raise RuntimeError("no clock")

    with open_study(path) as study:
        before = dump(study)
        study.store.clock = broken
        with pytest.raises(RuntimeError, match="no clock"):
            press(study)
        assert dump(study) == before
