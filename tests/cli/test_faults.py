"""A fault of the program: two lines, and a file that holds none of a study's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.cli import faults
from coder.errors import StudyProblem
from tests.cli.calling import Call

SECRET = "they never practise at home"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "state" / "faults"
    monkeypatch.setattr(faults, "faults_folder", lambda: found)
    monkeypatch.delenv("CODER_DEBUG", raising=False)
    return found


@pytest.fixture
def broken(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coder.ops import corpus

    def listed(*_: object) -> None:
        words = SECRET
        try:
            raise ZeroDivisionError("division by zero")
        except ZeroDivisionError as error:
            raise KeyError(words) from error

    monkeypatch.setattr(corpus, "list_people", listed)


@pytest.mark.usefixtures("broken")
def test_a_fault_is_two_lines_and_a_file_without_words_of_the_study(
    call: Call, folder: Path
) -> None:
    answer = call("people", "--study", "sample.coder")
    assert answer.code == 1
    assert answer.out == ""
    first, second = answer.err.splitlines()
    assert first.startswith("coder: a fault of the program (KeyError at coder/cli/corpus_cmds.py:")
    assert "a change is kept whole or not at all" in first
    (file,) = folder.glob("*.txt")
    assert str(file) in second
    details = file.read_text()
    assert SECRET not in answer.err + details
    assert "sample" not in details
    assert "ZeroDivisionError: division by zero" in details
    assert "which led to:" in details
    assert f"KeyError: ({len(repr(SECRET))} characters left out" in details
    assert "in listed" in details


@pytest.mark.usefixtures("broken")
def test_whoever_asks_sees_all_of_it(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODER_DEBUG", "1")
    assert f"KeyError: '{SECRET}'" in call("people").err


@pytest.mark.usefixtures("broken")
def test_the_last_few_are_kept(call: Call, folder: Path) -> None:
    folder.mkdir(parents=True)
    for number in range(9):
        (folder / f"2020010{number}-000000-1.txt").write_text("old")
    call("people")
    names = sorted(file.name for file in folder.iterdir())
    assert len(names) == faults.FILES_KEPT
    assert names[0] == "20200105-000000-1.txt"
    assert names[-1] > "2026"


@pytest.mark.usefixtures("broken")
def test_a_file_that_cannot_be_written_is_named(call: Call, folder: Path) -> None:
    folder.parent.write_text("a file, where a folder should be")
    answer = call("people")
    assert answer.code == 1
    assert f"the details cannot be written: {folder}" in answer.err.splitlines()[1]
    assert "CODER_DEBUG=1 prints them next time" in answer.err


def test_what_the_app_did_not_catch_but_can_be_mended_is_said_in_its_own_words() -> None:
    from coder.errors import Fault

    try:
        try:
            raise StudyProblem("the disk is full", "make room")
        except StudyProblem as error:
            raise Fault from error
    except Fault as fault:
        first, second = faults.lines_on(fault)
    assert first == (
        "the disk is full (make room): the app ended; all that showed as coded is saved"
    )
    assert second.endswith("coder open goes on")


def test_faults_in_a_group_are_all_there(folder: Path) -> None:
    faults.lines_on(ExceptionGroup("several", [ValueError(SECRET), TypeError("no len()")]))
    (file,) = folder.glob("*.txt")
    assert "TypeError: no len()" in file.read_text()
    assert SECRET not in file.read_text()
