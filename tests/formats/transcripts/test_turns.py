"""The body of a headed file: turns, words, markers, and lines that look like a turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.formats.transcripts import read_transcript
from coder.formats.transcripts.turns import seconds_of
from coder.model import TranscriptDraft
from tests.formats.transcripts.interviews import HEADER, headed, refusal, write

FIRST = 15
"""The line on which the body begins."""


def read(folder: Path, body: str, header: str = HEADER) -> TranscriptDraft:
    return read_transcript(write(folder, headed(body, header)))


def said(draft: TranscriptDraft) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.words.of(draft.text)) for turn in draft.turns]


def test_turns_have_numbers_times_spans_and_words(tmp_path: Path) -> None:
    body = (
        "[00:00:12] INT: {Q-WHY} Why is that?\n\n"
        "[01:00:17] T1:  It keeps them,\n  all of them, awake. \n\n\n"
        "INT:And?\n"
    )
    draft = read(tmp_path, body)
    assert draft.text == body
    assert [turn.number for turn in draft.turns] == [1, 2, 3]
    assert [turn.seconds for turn in draft.turns] == [12, 3617, None]
    assert [turn.question for turn in draft.turns] == ["Q-WHY", "", ""]
    assert said(draft) == [
        ("INT", "Why is that?"),
        ("T1", "It keeps them,\n  all of them, awake."),
        ("INT", "And?"),
    ]
    assert [turn.span.of(body) for turn in draft.turns] == [
        "[00:00:12] INT: {Q-WHY} Why is that?",
        "[01:00:17] T1:  It keeps them,\n  all of them, awake.",
        "INT:And?",
    ]
    assert draft.notes == ()
    assert draft.source_format == "headed"


def test_body_is_kept_as_it_is_after_one_blank_line(tmp_path: Path) -> None:
    body = "\n \nINT: a\tb \u00a0\n\n\n T1: x\nT1: [laughs]   \n\n\n"
    assert read(tmp_path, body).text == body


def test_header_needs_no_blank_line_after_it(tmp_path: Path) -> None:
    draft = read_transcript(write(tmp_path, f"---\n{HEADER}---\nINT: a\nT1: b"))
    assert draft.text == "INT: a\nT1: b"


@pytest.mark.parametrize(
    ("clock", "seconds"),
    [
        ("00:14:02", 842),
        ("1:00:00", 3600),
        ("14:02", 842),
        ("100:00:00", 360000),
        ("00:00:01.5", 1.5),
        ("00:00:01,250", 1.25),
        ("00:60:00", None),
        ("00:00:60", None),
    ],
)
def test_seconds_of(clock: str, seconds: float | None) -> None:
    assert seconds_of(clock) == seconds


def test_time_may_follow_the_tag(tmp_path: Path) -> None:
    draft = read(tmp_path, "INT (00:12): Why?\n\nT1 (00:00:17) : Because.\n")
    assert [turn.seconds for turn in draft.turns] == [12, 17]
    assert said(draft) == [("INT", "Why?"), ("T1", "Because.")]


def test_tags_may_be_names(tmp_path: Path) -> None:
    header = HEADER.replace("T1", "Mr. Petrakis").replace("INT", "Interviewer")
    draft = read(tmp_path, "Interviewer: Why?\nMr. Petrakis: Well: no.\n", header)
    assert said(draft) == [("Interviewer", "Why?"), ("Mr. Petrakis", "Well: no.")]


@pytest.mark.parametrize(
    "line",
    [
        "  indented, as the sample has it",
        "untagged, at the margin",
        "Well: no",
        "and then this: a thing",
        "That's 3:1 juice to water",
        "http://example.org",
        "[laughs] We went on",
        "[inaudible 00:14:02] on Thursdays",
        "8:30 is when we start",
        "{{}} =1+1 @SUM -2 [/b]",
        "  XX: indented, so words",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_line_that_goes_on_with_the_turn(tmp_path: Path, line: str, gap: str) -> None:
    draft = read(tmp_path, f"INT: Why?\n\nT1: One.{gap}{line}\n\nINT: So?\n")
    assert said(draft)[1] == ("T1", f"One.{gap}{line}")


def test_capitals_go_on_with_a_turn_where_turns_have_blank_lines(tmp_path: Path) -> None:
    draft = read(tmp_path, "INT: Why?\n\nT1: One.\nNB: it went on\n\nINT: So?\n")
    assert said(draft)[1] == ("T1", "One.\nNB: it went on")


@pytest.mark.parametrize(
    ("body", "line", "tag"),
    [
        ("INT: a\n\nT1: b\n\nT2: c\n", 4, "T2"),
        ("INT: a\nT1: b\nT2: c\nINT: d\n", 2, "T2"),
        ("INT: a\n\nT1: b\n[00:00:09] T2: c\n", 3, "T2"),
        ("INT: a\n\nT1: b\n\n[00:00:09] Ms. Ito: c\n", 4, "Ms. Ito"),
        ("INT: a\n\nT1: b\n\n[00:00:09] speaker2: c\n", 4, "speaker2"),
        ("INT: a\n\nT1: b\n\nSpeaker 2: c\n", 4, "Speaker 2"),
        ("INT: a\n\nT1: b\n\nMs. Reyes-Whitman: c\n", 4, "Ms. Reyes-Whitman"),
        ("INT: a\n\nT1: b\n\nint: c\n", 4, "int"),
        ("INT: a\n\nT1: b\n\nT2 (00:12): c\n", 4, "T2"),
        ("INT2: a\n\nT1: b\n", 0, "INT2"),
    ],
)
def test_a_tag_that_nobody_has(tmp_path: Path, body: str, line: int, tag: str) -> None:
    said_so = refusal(write(tmp_path, headed(body)))
    assert said_so.startswith(
        f'X-1.txt, line {FIRST + line}: nobody in the header has the tag "{tag}"'
    )


def test_a_tag_nearly_right_gets_a_suggestion(tmp_path: Path) -> None:
    assert 'did you mean "INT"?' in refusal(write(tmp_path, headed("INT: a\n\nT1: b\n\nInt: c\n")))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Recorded in the library.\n\nINT: a\n", 'line 15: "Recorded in the library." stands'),
        ("\n\n  INT: a\n", 'line 17: "INT: a" stands before the first turn'),
        ("INT: a\n\nT1:  \n\nINT: b\n", 'line 17: the turn of "T1" has no words'),
        ("INT: {Q-WHY}\n\nT1: a\n", 'line 15: the turn of "INT" has a marker and no words'),
        ("INT: a\n\nT1:", 'line 17: the turn of "T1" has no words'),
        ("[00:61:00] INT: a\n", 'line 15: "00:61:00" is not a time'),
        ("INT: a\n\n[00:1x:00] T1: b\n", 'line 17: "[00:1x:00]" is not a time'),
        ("INT: a\n\n[laughs] T1: b\n", 'line 17: "[laughs]" stands before the tag "T1"'),
        ("", "line 15: there are no turns"),
        ("\n \n", "line 15: there are no turns"),
    ],
)
def test_faults_of_a_body(tmp_path: Path, body: str, expected: str) -> None:
    assert expected in refusal(write(tmp_path, headed(body)))


def test_line_numbers_with_the_header_beside(tmp_path: Path) -> None:
    write(tmp_path, HEADER, "X-1.yaml")
    assert refusal(write(tmp_path, "INT: a\n\nT2: b\n")).startswith("X-1.txt, line 3: nobody")


@pytest.mark.parametrize(
    ("body", "note"),
    [
        ("[00:00:09] INT: a\n\n[00:00:04] T1: b\n", "line 17: the time is earlier"),
        ("INT: a\n\nT1: {Q-WHY} b\n", "line 17: the marker {Q-WHY} stands in a participant's"),
        ("INT: a {Q-WHY} b\n\nT1: c\n", "line 15: the marker {Q-WHY} does not follow the tag"),
        ("INT: a\n  b {Q-WHY} c\n\nT1: c\n", "line 16: the marker {Q-WHY} does not follow"),
        ("INT: {Q_WHY} b\n\nT1: c\n", 'line 15: "{Q_WHY} b" is no question marker'),
        ("INT: a\n\nT1: b\n  INT: c\n", "line 18: is indented and begins with a speaker's tag"),
        ("INT: a\n\nT1: b\n\n[00:00:09] so no\n", "line 19: begins with a time and names no"),
        ("INT: a\n\nT1: b\n\nWell: no\n", 'line 19: begins with "Well:", no tag of the header'),
    ],
)
def test_what_the_writer_may_not_have_meant_is_said(tmp_path: Path, body: str, note: str) -> None:
    notes = read(tmp_path, body).notes
    assert any(found.startswith(note) for found in notes), notes


def test_time_is_compared_with_the_latest_one(tmp_path: Path) -> None:
    draft = read(tmp_path, "[00:00:09] INT: a\nT1: b\n[00:00:04] INT: c\n[00:00:05] T1: d\n")
    assert draft.notes == ("lines 17, 18: the time is earlier than one before it",)


def test_markdown_file(tmp_path: Path) -> None:
    path = write(tmp_path, headed(), "X-1.md")
    assert read_transcript(path).source_name == "X-1.md"
