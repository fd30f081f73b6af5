"""The twelve interviews that ship can be read, and are as long as their plan says."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.formats.transcripts import READABLE_ENDINGS, read_transcript

FOLDER = Path(__file__).parents[3] / "transcripts_sample"
TURNS = {
    "AF-T01-Y1": 34,
    "AF-T01-Y2": 30,
    "AF-T02-Y1": 26,
    "AF-C01-Y1": 38,
    "AF-P01-Y1": 24,
    "AF-D01-Y1": 22,
    "BC-T03-Y1": 36,
    "BC-T04-Y1": 16,
    "BC-J01-Y1": 40,
    "BC-D02-Y1": 28,
    "CL-P02-Y2": 30,
    "CL-T06-Y2": 24,
}
NOTES = {
    # What the reader has to say of a file; anything else would be a slip in a file that is to
    # show how it is done.
    "AF-T02-Y1": (
        "a byte order mark at the start was left out",
        "line ends of Windows or old Mac files became line feeds",
    ),
    "AF-C01-Y1": ("the header is that of AF-C01-Y1.yaml",),
    "BC-T03-Y1": ("the header is that of BC-T03-Y1.yaml",),
    "BC-J01-Y1": ("the header is that of BC-J01-Y1.yaml",),
    "CL-T06-Y2": ("lines 32, 46, 56, 70: a page header was left out",),
}
FILES = [path for path in sorted(FOLDER.glob("*-Y?.*")) if path.suffix in READABLE_ENDINGS]


def test_all_twelve_are_there() -> None:
    assert sorted(path.stem for path in FILES) == sorted(TURNS)
    assert sum(TURNS.values()) == 348
    assert {path.suffix for path in FILES} == {".csv", ".txt", ".vtt"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_sample(path: Path) -> None:
    draft = read_transcript(path)
    assert len(draft.turns) == TURNS[draft.name]
    assert draft.metadata["synthetic"] is True
    assert {turn.speaker for turn in draft.turns} == {speaker.tag for speaker in draft.speakers}
    assert draft.notes == NOTES.get(draft.name, ())
    assert not any(code in draft.text for code in ("\ufeff", "\r", "Page 2 of 5"))
