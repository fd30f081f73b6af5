"""Working lists and progress from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import Call


@pytest.fixture
def in_study(call: Call, sample: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """The program on a copy of the sample study, as AL."""
    monkeypatch.setenv("CODER_STUDY", str(sample))
    monkeypatch.setenv("CODER_CODER", "AL")
    return call


def rows(answer: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(answer)["rows"]
    return found


def test_a_list_is_printed_with_question_and_state(in_study: Call) -> None:
    assert in_study("queue", "--open", "--count").out == "13 excerpts in 4 transcripts\n"
    answer = in_study("queue", "--open", "--role", "teacher", "--question", "Q-WHY")
    assert answer.out.startswith("Needs work, teacher, Q-WHY: ")
    found = rows(in_study("queue", "--open", "--json").out)
    assert len(found) == 13
    assert {row["state"] for row in found} <= {"open", "started"}
    assert [row["excerpt"] for row in found] == sorted(
        (row["excerpt"] for row in found), key=lambda ref: (ref.split(":")[0], int(ref[-1]))
    )
    assert rows(in_study("queue", "--open", "--count", "--json").out) == [
        {"excerpts": 13, "transcripts": 4}
    ]


def test_filters_that_are_given_again_and_others_together(in_study: Call) -> None:
    both = rows(in_study("queue", "--role", "teacher", "--role", "coach", "--json").out)
    one = rows(in_study("queue", "--role", "teacher", "--json").out)
    assert 0 < len(one) < len(both)
    in_one = rows(in_study("queue", "--role", "teacher", "--transcript", "AF-T01-Y1", "--json").out)
    assert {row["transcript"] for row in in_one} == {"AF-T01-Y1"}
    in_study("flag", "AF-T01-Y1:7", "quotable")
    assert [r["excerpt"] for r in rows(in_study("queue", "--flagged", "--json").out)] == [
        "AF-T01-Y1:7"
    ]
    assert in_study("queue", "--flagged", "discuss").err == "no excerpts: flagged discuss\n"
    coded = in_study("queue", "--code", "open_task", "--shuffle", "5", "--csv").out.splitlines()
    assert coded == in_study("queue", "--code", "open_task", "--shuffle", "5", "--csv").out.split()
    in_order = in_study("queue", "--code", "open_task", "--csv").out.splitlines()
    assert sorted(coded) == sorted(in_order)
    assert coded != in_order


def test_in_an_open_round_the_states_are_of_the_round(in_study: Call) -> None:
    opened = in_study("round", "new", "R1", "--coders", "AL,RR", "--transcripts", "CL-T06-Y2")
    assert opened.code == 0
    found = rows(in_study("queue", "--round", "R1", "--open", "--json").out)
    assert found
    first = found[0]["excerpt"]
    assert in_study("done", first, "--round", "R1").code == 0
    assert [row["excerpt"] for row in rows(in_study("queue", "--round", "R1", "--json").out)] == [
        row["excerpt"] for row in found
    ]
    left = rows(in_study("queue", "--round", "R1", "--open", "--json").out)
    assert [row["excerpt"] for row in left] == [row["excerpt"] for row in found[1:]]
    in_study("round", "close", "R1", "--unfinished")
    after = rows(in_study("queue", "--round", "R1", "--json").out)
    assert {row["state"] for row in after} == {"finished"}


def test_progress_by_transcript_and_set(in_study: Call) -> None:
    answer = in_study("progress")
    assert answer.code == 0
    assert "Progress of AL by transcript" in answer.out
    assert "too few excerpts" in answer.err
    each, whole = json.loads(in_study("progress", "--json").out)
    attribution = [row for row in each["rows"] if row["code_set"] == "attribution"]
    (total,) = [row for row in whole["rows"] if row["code_set"] == "attribution"]
    assert total["asked"] == sum(row["asked"] for row in attribution) == 28
    assert total["finished"] == sum(row["finished"] for row in attribution) == 21
    assert total["share"] == 0.75


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--open", "--revisit"), "--open or --revisit, not both"),
        (("--wave", "wintr"), "no excerpt has the wave wintr"),
        (("--round", "R9"), "there is no round R9"),
        (("--code", "open_tsk"), "there is no code open_tsk"),
    ],
)
def test_mistakes_are_one_line(in_study: Call, words: tuple[str, ...], complaint: str) -> None:
    answer = in_study("queue", *words)
    assert answer.code == 2
    assert complaint in answer.err
    assert answer.err.count("\n") == 1
