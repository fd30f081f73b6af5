"""What is in a study, and how things are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.errors import UsageError
from coder.model import Coder, Viewer
from coder.ops.corpus import (
    add_coder,
    coder_named,
    find_unit,
    list_coders,
    list_excerpts,
    list_people,
    list_transcripts,
    read_transcript,
)
from coder.ops.history import undo
from coder.ops.study import Study
from tests.factories import make_study

NOBODY = Viewer()


def test_transcripts_by_name_with_their_people(tmp_path: Path) -> None:
    given = (
        {"name": "B-1", "person": "P2", "role": "coach", "district": "South"},
        {"name": "A-1", "person": "P1", "year": "2022-23"},
    )
    with make_study(tmp_path, given) as study:
        first, second = list_transcripts(study, NOBODY)
        assert (first.name, first.year, first.people) == ("A-1", "2022-23", ("Ms. P1",))
        assert (second.name, second.roles, second.districts) == ("B-1", ("coach",), ("South",))
        assert (first.turns, first.excerpts, first.wave, first.date) == (
            9,
            4,
            "winter",
            "2024-02-06",
        )
        words = sum(
            len(turn.words.of(text.text).split())
            for text in [read_transcript(study, NOBODY, "A-1")]
            for turn in text.turns
        )
        assert first.words == words
        undo(study, None)
        assert list_transcripts(study, NOBODY) == ()


def test_a_transcript_as_it_was_read(study: Study) -> None:
    text = read_transcript(study, NOBODY, "T-1")
    assert [turn.number for turn in text.turns] == list(range(1, 10))
    assert text.is_interviewer("INT")
    assert not text.is_interviewer("T1")
    assert [turn.question for turn in text.turns if turn.question] == [
        "Q-WHY",
        "Q-ADJUST",
        "Q-WHY",
        "Q-CLOSE",
    ]
    covered = "".join(sentence.span.of(text.text) for sentence in text.sentences)
    said = "".join(turn.words.of(text.text) for turn in text.turns)
    assert "".join(covered.split()) == "".join(said.split())
    assert [person.id for person in text.participants] == ["P1"]
    assert text.metadata


def test_names_that_are_not_there(study: Study) -> None:
    with pytest.raises(UsageError, match="no transcript T1") as refusal:
        read_transcript(study, NOBODY, "T1")
    assert refusal.value.hint == "did you mean T-1?"
    with pytest.raises(UsageError, match="no transcript T1"):
        list_excerpts(study, NOBODY, "T1")
    with pytest.raises(UsageError, match="no excerpt T-1:77") as refusal:
        find_unit(study, "T-1:77")
    assert "coder excerpts" in refusal.value.hint
    with pytest.raises(UsageError, match="no coder AL in test") as refusal:
        coder_named(study, "AL")
    assert refusal.value.hint == "coder coders add AL makes one"
    add_coder(study, "RR")
    with pytest.raises(UsageError, match="no coder R in test") as refusal:
        coder_named(study, "R")
    assert refusal.value.hint == "did you mean RR?"


def test_coders_by_alias(study: Study) -> None:
    for alias in ("RR", "AL", "É_1-b"):
        add_coder(study, alias, f"name of {alias}")
    assert [coder.alias for coder in list_coders(study)] == ["AL", "RR", "É_1-b"]
    found: Coder = coder_named(study, "AL")
    assert found.name == "name of AL"


def test_people_by_year(tmp_path: Path) -> None:
    given = (
        {"person": "P1", "year": "2023-24", "role": "coach"},
        {"person": "P1", "year": "2022-23"},
        {"person": "P2"},
    )
    with make_study(tmp_path, given) as study:
        people = list_people(study, NOBODY)
        assert [(p.id, p.year, p.attributes["role"]) for p in people] == [
            ("P1", "2022-23", "teacher"),
            ("P1", "2023-24", "coach"),
            ("P2", "2023-24", "teacher"),
        ]
        assert [p.year for p in read_transcript(study, NOBODY, "T-2").participants] == ["2022-23"]
