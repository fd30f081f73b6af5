"""Agreement by part, by person, by round, of one coder and beside settled answers, as commands."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.calling import Call, caller


@pytest.fixture
def call(
    sample_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Call:
    path = tmp_path / "sample.coder"
    shutil.copy(sample_file, path)
    monkeypatch.setenv("CODER_STUDY", str(path))
    return caller(capfd)


def test_parts_persons_and_rounds(call: Call) -> None:
    for line in ("--per role --people", "--per round", "--listwise --per question"):
        answer = call("agree", "--csv", "--interval", "none", *line.split())
        assert answer.code == 0, answer
        rows = list(csv.DictReader(io.StringIO(answer.out)))
        assert ("person" in {row["level"] for row in rows}) == ("--people" in line)
    assert "listwise" not in answer.err.lower(), "of two coders nothing more is left out"


def test_the_rounds_of_a_study_are_named(call: Call) -> None:
    answer = call("agree", "--interval", "none")
    assert "reliability-1 (19 units), reliability-2 (5 units)" in answer.err
    assert "3 disagreements: 2 to AL, 1 to RR" in answer.err


def test_disagreements_of_a_round(call: Call) -> None:
    answer = call("disagreements", "--round", "reliability-2", "--all", "--csv")
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert {row["code_set"] for row in rows} >= {"tasks", "engagement"}
    assert "tasks: 3 disagreements: 3 to AL" in answer.err
    open_one = call("disagreements", "--round", "practice", "--coder", "AL")
    assert "the round practice is open" in open_one.one_line(2 if open_one.code == 2 else 1)


def test_beside_settled_answers(call: Call) -> None:
    answer = call("agree", "--against-settled")
    assert answer.out.count("Training feedback, not agreement") >= 2
    assert "kappa" not in answer.out.lower()
    tables = json.loads(call("agree", "--against-settled", "--json").out)
    assert {table["schema"] for table in tables} == {"coder/table/1"}


def test_one_coder_twice_and_what_does_not_go_together(call: Call) -> None:
    assert "AL has coded nothing twice" in call("agree", "--self", "AL", "--coder", "AL").one_line(
        2
    )
    # To nobody in particular it is not said: a round is open.
    assert "not shown to you" in call("agree", "--self", "AL").one_line(1)
    for line in (
        "--self AL --against-settled",
        "--self AL --coders AL,RR",
        "--self AL --per role",
        "--against-settled --people",
    ):
        assert "are two comparisons" in call("agree", *line.split()).one_line(2)
    assert "nothing has the attribute rol" in call("agree", "--per", "rol").one_line(2)


def test_each_round_has_tables_of_its_own(call: Call) -> None:
    answer = call("agree", "--per", "round", "--by-code", "--interval", "none")
    for name in ("reliability-1", "reliability-2"):
        assert f"Agreement of AL and RR, round {name}\n" in answer.out
        assert f"Agreement of AL and RR code by code, round {name}\n" in answer.out
    alone = call("agree", "--round", "reliability-1", "--interval", "none").out.splitlines()
    shown = answer.out.splitlines()
    for line in alone[1:]:
        assert line in shown
