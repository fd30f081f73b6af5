"""The sample study: the same every time, and never in the way of somebody's work."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coder.errors import StudyProblem
from coder.model import Viewer
from coder.ops.coding import press_code
from coder.ops.corpus import coder_named, list_transcripts
from coder.ops.sample import build_sample, untouched_or_next
from coder.ops.settling import disagreements
from coder.ops.study import check_study, open_study
from tests.replaying import assert_answers_are_whole, assert_tables_are_what_the_journal_says, dump


def rows(path: Path) -> list[str]:
    """The study's content, without when its schema was made and what its file is called."""
    with open_study(path) as study:
        name = f"made the study {path.stem}"
        lines = dump(study).replace(name, "made the study").splitlines()
    return [line for line in lines if "_sqlite_migrations" not in line]


def test_the_sample_is_whole(sample_file: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(sample_file, tmp_path))
    with open_study(path) as study:
        assert study.is_sample
        assert len(list_transcripts(study, Viewer())) == 3
        assert disagreements(study, Viewer(), with_settled=True)
        check_study(study)
        assert_answers_are_whole(study)
        assert_tables_are_what_the_journal_says(study)


def test_the_sample_is_the_same_every_time(sample_file: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.coder"
    build_sample(again).close()
    assert rows(again) == rows(sample_file)


def test_the_sample_is_not_built_over_anything(tmp_path: Path) -> None:
    path = tmp_path / "sample.coder"
    path.write_text("mine")
    with pytest.raises(StudyProblem, match="already there"):
        build_sample(path)
    assert path.read_text() == "mine"


def test_a_sample_that_could_not_be_finished_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int, total: int, what: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_sample(tmp_path / "sample.coder", progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_where_the_next_sample_goes(sample_file: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "sample.coder", tmp_path / "sample-2.coder"
    assert untouched_or_next(tmp_path) == (first, False)
    shutil.copy(sample_file, first)
    assert untouched_or_next(tmp_path) == (first, True), "nobody has coded in it"
    with open_study(first) as study:
        ref = disagreements(study, Viewer(), with_settled=True)[0].ref
        press_code(study, coder_named(study, "AL"), ref, "who", "one_class")
    before = rows(first)
    assert untouched_or_next(tmp_path) == (second, False)
    second.write_text("what somebody keeps under this name")
    assert untouched_or_next(tmp_path) == (tmp_path / "sample-3.coder", False)
    assert rows(first) == before
