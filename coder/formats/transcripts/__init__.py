"""Interview files in, drafts of transcripts out.

``read_transcript`` is the door; which reader answers is settled by content, then by ending.
"""

from __future__ import annotations

import os
from pathlib import Path

from coder.formats.base import TranscriptReader, choose_reader, load_text, require_ending
from coder.formats.transcripts.captions import CaptionsReader
from coder.formats.transcripts.headed import SIDECAR_ENDINGS, HeadedReader, find_sidecar
from coder.formats.transcripts.header import WAVES
from coder.formats.transcripts.people import KNOWN_ROLES
from coder.formats.transcripts.turn_table import TurnTableReader
from coder.model import TranscriptDraft

__all__ = [
    "KNOWN_ROLES",
    "READABLE_ENDINGS",
    "READERS",
    "WAVES",
    "is_for_import",
    "is_header",
    "read_transcript",
]

READERS: tuple[TranscriptReader, ...] = (HeadedReader(), CaptionsReader(), TurnTableReader())
"""Every form of transcript that can be read, in the order in which they are asked."""

READABLE_ENDINGS = tuple(sorted({ending for reader in READERS for ending in reader.endings}))
"""Endings of the files that ``read_transcript`` takes."""


def is_for_import(path: Path) -> bool:
    """Whether a walk through a folder should take a file for a transcript.

    A table may hold anything; one with a header beside it is an interview.

    Raises:
        BadInput: Two headers stand beside it.
    """
    ending = path.suffix.lower()
    if ending in TurnTableReader.endings:
        return find_sidecar(path) is not None
    return ending in READABLE_ENDINGS


def is_header(path: Path) -> bool:
    """Whether a file has the ending of headers that stand beside an interview."""
    return path.suffix.lower() in SIDECAR_ENDINGS


def read_transcript(path: Path) -> TranscriptDraft:
    """Read one interview from a file.

    Args:
        path: The file; its header may stand in a ``.yaml`` of the same name beside it.

    Raises:
        BadInput: The file cannot be taken as it is; says file, line and the next step.
    """
    if os.path.isfile(path):
        # What is missing or a folder is told so by load_text, whatever its ending.
        require_ending(path, READERS)
    source = load_text(path)
    return choose_reader(source, READERS).read(source)
