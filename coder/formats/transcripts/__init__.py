"""Interview files in, drafts of transcripts out.

``read_transcript`` is the door; which reader answers is settled by content, then by ending.
"""

from __future__ import annotations

import os
from pathlib import Path

from coder.formats.base import TranscriptReader, choose_reader, load_text, require_ending
from coder.formats.transcripts.captions import CaptionsReader
from coder.formats.transcripts.headed import HeadedReader
from coder.formats.transcripts.header import WAVES
from coder.formats.transcripts.people import KNOWN_ROLES
from coder.model import TranscriptDraft

__all__ = ["KNOWN_ROLES", "READABLE_ENDINGS", "READERS", "WAVES", "read_transcript"]

READERS: tuple[TranscriptReader, ...] = (HeadedReader(), CaptionsReader())
"""Every form of transcript that can be read, in the order in which they are asked."""

READABLE_ENDINGS = tuple(sorted({ending for reader in READERS for ending in reader.endings}))
"""What a walk through a folder should hand to ``read_transcript``."""


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
