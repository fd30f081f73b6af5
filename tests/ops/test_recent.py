"""Studies opened recently: where they are, and nothing of what is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.errors import StudyProblem, UsageError
from coder.ops.recent import MOST, forget, forget_all, last_coder, read_recent, remember


def at(second: int) -> str:
    return f"2024-02-06T10:00:{second:02}Z"


def test_the_one_opened_last_is_first_and_stands_once(tmp_path: Path) -> None:
    file = tmp_path / "state" / "studies.json"
    assert read_recent(file) == []
    one, two = tmp_path / "one.coder", tmp_path / "two.coder"
    for second, path in enumerate((one, two, one)):
        remember(file, path, "AL" if second else "", lambda second=second: at(second))  # type: ignore[misc]
    assert [(row.path, row.at, row.coder) for row in read_recent(file)] == [
        (one, at(2), "AL"),
        (two, at(1), "AL"),
    ]
    assert "test" not in file.read_text(encoding="utf-8").replace(str(tmp_path), "")


def test_only_so_many_are_remembered(tmp_path: Path) -> None:
    file = tmp_path / "studies.json"
    for number in range(MOST + 3):
        remember(file, tmp_path / f"{number}.coder")
    names = [row.path.stem for row in read_recent(file)]
    assert names == [str(number) for number in range(MOST + 2, 2, -1)]


def test_why_one_cannot_be_opened(tmp_path: Path) -> None:
    file, there = tmp_path / "studies.json", tmp_path / "there.coder"
    there.touch()
    for path in (there, tmp_path / "gone.coder", tmp_path / "folder" / "gone.coder"):
        remember(file, path)
    assert [row.problem for row in read_recent(file)] == [
        "its folder is not there",
        "the file is not there",
        "",
    ]


def test_forgetting_leaves_the_study(tmp_path: Path) -> None:
    file, one = tmp_path / "studies.json", tmp_path / "one.coder"
    one.touch()
    remember(file, one)
    with pytest.raises(UsageError, match=r"two.coder is not among"):
        forget(file, [tmp_path / "two.coder"])
    assert forget(file, [one]) == 1
    assert read_recent(file) == []
    assert one.exists()
    remember(file, one)
    assert forget_all(file) == 1
    assert not file.exists()
    assert forget_all(file) == 0


@pytest.mark.parametrize("said", ["{", "[]", '{"studies": 3}'])
def test_a_damaged_list_is_named(tmp_path: Path, said: str) -> None:
    file = tmp_path / "studies.json"
    file.write_text(said, encoding="utf-8")
    with pytest.raises(UsageError, match=r"studies.json"):
        read_recent(file)
    assert forget_all(file) == 0, "forgetting all mends it"


def test_where_it_cannot_be_kept_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises((StudyProblem, UsageError)):
        remember(tmp_path / "file" / "studies.json", tmp_path / "one.coder")


def test_who_coded_last_stays_until_somebody_else_does(tmp_path: Path) -> None:
    file, study = tmp_path / "studies.json", tmp_path / "one.coder"
    assert last_coder(file, study) == ""
    for coder, last in (("AL", "AL"), ("", "AL"), ("RR", "RR"), ("", "RR")):
        remember(file, study, coder)
        assert last_coder(file, study) == last
    assert last_coder(file, tmp_path / "two.coder") == ""
