"""The interviews that ship can be read, and are as long as the codebook of samples says."""

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
FILES = [
    path
    for path in sorted(FOLDER.glob("*"))
    if path.suffix in READABLE_ENDINGS and path.stem in TURNS
]


def test_there_are_samples() -> None:
    assert FILES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_sample(path: Path) -> None:
    draft = read_transcript(path)
    assert len(draft.turns) == TURNS[draft.name]
    assert draft.metadata["synthetic"] is True
    assert {turn.speaker for turn in draft.turns} == {speaker.tag for speaker in draft.speakers}
    for note in draft.notes:
        # Anything else would be a slip in a file that is to show how it is done.
        assert note.startswith(("the header is that of", "a byte order mark", "line ends"))
