"""Small interview files for the tests."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from coder.errors import BadInput
from coder.formats.transcripts import read_transcript
from coder.model import TranscriptDraft

HEADER = """\
transcript: X-1
study: demo
protocol: teacher-winter/3
date: 2024-02-06
wave: winter
year: 2023-24
participants:
  - {id: T01, speaker: T1, pseudonym: Ms. Okafor, role: teacher, district: A, school: S}
interviewers:
  - {id: R2, speaker: INT}
redaction: none
"""
"""Eleven lines; the body of a file with it begins at line 15."""

BODY = "[00:00:12] INT: {Q-WHY} Why?\n\n[00:00:17] T1: Because.\n"


def headed(body: str = BODY, header: str = HEADER) -> str:
    """A whole file."""
    return f"---\n{header}---\n\n{body}"


def write(folder: Path, content: str | bytes, name: str = "X-1.txt") -> Path:
    """Put a file into a folder, byte for byte."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def captions(folder: Path, cues: str, header: str | None = HEADER, name: str = "X-1.vtt") -> Path:
    """Put captions and the header beside them into a folder."""
    if header is not None:
        write(folder, header, "X-1.yaml")
    return write(folder, "WEBVTT\n\n" + textwrap.dedent(cues), name)


def refusal(path: Path) -> str:
    """What the reader says about a file that it cannot take: one line that names the file."""
    with pytest.raises(BadInput) as caught:
        read_transcript(path)
    said = str(caught.value)
    assert "\n" not in said
    assert path.stem in said
    return said.replace(f"{path.parent}/", "")


def read_or_refuse(path: Path) -> tuple[TranscriptDraft | None, str]:
    """A draft, or what the reader says instead; any other error is a fault of the program."""
    try:
        return read_transcript(path), ""
    except BadInput as error:
        return None, str(error)


def lines_of(body: str) -> range:
    """The lines of a file that is a body and nothing else."""
    return range(1, body.count("\n") + 2)
