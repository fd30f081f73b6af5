"""The sample study: the same every time, and never in the way of somebody's work."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from coder.errors import StudyProblem
from coder.model import Viewer
from coder.ops.coding import press_code
from coder.ops.corpus import coder_named, list_excerpts, list_people, list_transcripts
from coder.ops.rounds import list_rounds
from coder.ops.sample import CODERS, SETTLEMENTS, build_sample, untouched_or_next
from coder.ops.settling import disagreements
from coder.ops.study import check_study, open_study
from coder.paths import shipped
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
        assert len(list_transcripts(study, Viewer())) == 12
        assert disagreements(study, Viewer(), with_settled=True)
        check_study(study)
        assert_answers_are_whole(study)
        assert_tables_are_what_the_journal_says(study)


def test_who_is_in_the_sample(sample_file: Path, tmp_path: Path) -> None:
    with open_study(Path(shutil.copy(sample_file, tmp_path))) as study:
        people = list_people(study, Viewer())
        assert len({(one.id, one.year) for one in people}) == 13
        assert len({one.id for one in people}) == 12
        excerpts = [
            excerpt
            for one in list_transcripts(study, Viewer())
            for excerpt in list_excerpts(study, Viewer(), one.name)
        ]
        # 124 stretches from question to question; in the joint interview 11 have two answers.
        assert len(excerpts) == 135
        joint = [one for one in excerpts if one.ref.startswith("BC-J01-Y1")]
        assert len(joint) == 14 + 11
        assert len({one.speaker for one in joint}) == 2


def test_two_rounds_are_closed_and_one_waits_for_a_newcomer(
    sample_file: Path, tmp_path: Path
) -> None:
    with open_study(Path(shutil.copy(sample_file, tmp_path))) as study:
        rounds = {one.name: one for one in list_rounds(study)}
        assert {name: (one.is_open, one.purpose) for name, one in rounds.items()} == {
            "reliability-1": (False, "reliability"),
            "reliability-2": (False, "reliability"),
            "practice": (True, "training"),
        }
        practice = rounds["practice"]
        assert len(practice.units) == 5
        assert practice.finished == {"AL": 5, "YOU": 0}
        study.use_here(practice.book)
        newcomer = coder_named(study, "YOU")
        press_code(study, newcomer, practice.units[0], "content", "ap_none", practice.number)


def test_every_excerpt_is_coded_with_all_that_its_question_feeds(
    sample_file: Path, tmp_path: Path
) -> None:
    """A forgotten row would look like a person of whom there is no news yet."""
    coded: dict[tuple[str, str], set[str]] = {}
    for path in sorted((shipped("transcripts_sample") / "codings").glob("*.csv")):
        if path.name == SETTLEMENTS:
            continue
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                coded.setdefault((row["excerpt"], row["code_set"]), set()).add(row["coder"])
    assert {coder for coders in coded.values() for coder in coders} == set(CODERS) - {"YOU"}
    asked = set()
    with open_study(Path(shutil.copy(sample_file, tmp_path))) as study:
        for one in list_transcripts(study, Viewer()):
            for excerpt in list_excerpts(study, Viewer(), one.name):
                asked |= {
                    (excerpt.ref, f"{book.id}:{code_set.id}")
                    for book in study.codebooks
                    for code_set in book.sets_fed_by(excerpt.question)
                }
    assert set(coded) == asked


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
