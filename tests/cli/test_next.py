"""Walking through excerpts from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calling import Call


@pytest.fixture
def in_study(call: Call, sample: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """The program on a copy of the sample study, as AL."""
    monkeypatch.setenv("CODER_STUDY", str(sample))
    monkeypatch.setenv("CODER_CODER", "AL")
    return call


def test_the_reference_and_the_quote_are_printed(in_study: Call) -> None:
    answer = in_study("next")
    assert answer.code == 0
    ref, _, words = answer.out.partition("\n\n")
    assert ref == "AF-P01-Y1:6  P1 Q-WHY"
    assert words.startswith("I shall give you the answer that my figures give.")
    after = in_study("next", "--after", "AF-P01-Y1:6", "--json")
    (row,) = json.loads(after.out)["rows"]
    assert row["excerpt"].startswith("AF-P01-Y1:")
    assert row["excerpt"] != "AF-P01-Y1:6"


def test_flags_codes_and_disagreements_are_walked_through(in_study: Call) -> None:
    in_study("flag", "AF-T01-Y1:7", "quotable")
    assert in_study("next", "--flagged").out.startswith("AF-T01-Y1:7  ")
    assert in_study("next", "--flagged", "quotable").out.startswith("AF-T01-Y1:7  ")
    assert in_study("next", "--code", "open_task").out.startswith("AF-C01-Y1:10  ")
    assert in_study("next", "--disagreement").out.startswith("AF-T01-Y1:11  ")


def test_nothing_left_is_said_and_is_exit_code_1(in_study: Call) -> None:
    answer = in_study("next", "--flagged", "discuss", "--after", "AF-T01-Y1:7")
    assert answer.code == 1
    assert answer.out == ""
    assert answer.err == "no excerpt after AF-T01-Y1:7 is flagged discuss\n"


def test_two_things_at_once_are_refused(in_study: Call) -> None:
    words = in_study("next", "--open", "--code", "open_task").one_line(2)
    assert words == "coder: look for one thing at a time (--open, --flagged, --code CODE ...)"
