"""Transcripts, the people in them, and what a reader of a file hands over."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from coder.model.span import Span


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says until somebody else speaks."""

    number: int
    """Counted from 1 in the order of the file; never changes."""
    speaker: str
    """The tag in the file, such as ``T1`` or ``INT``."""
    span: Span
    """The whole turn, with time, tag and marker."""
    words: Span
    """What was said, without time, tag and marker."""
    seconds: float | None = None
    """Time from the start of the recording, where the file gives one."""
    question: str = ""
    """The id of a question marker ``{Q-WHY}`` that opens the turn, without braces."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence inside one turn's words."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who stands behind a tag in one transcript."""

    tag: str
    person: str
    """Participant or interviewer id, such as ``T01`` or ``R2``."""
    is_interviewer: bool


@dataclass(frozen=True, slots=True)
class Participant:
    """A person under a pseudonym, as described in one school year."""

    id: str
    pseudonym: str
    year: str
    attributes: Mapping[str, str]
    """Role, district, school and whatever else the header or people.csv gives."""


@dataclass(frozen=True, slots=True)
class TranscriptDraft:
    """One interview as read from a file, before it enters a study.

    The text is the body after the header, NFC, with LF line ends and no byte order mark; every
    span points into it.
    """

    name: str
    """The transcript id of the header; equals the file name without its ending."""
    text: str
    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]
    participants: tuple[Participant, ...]
    year: str
    wave: str
    date: str
    metadata: Mapping[str, object]
    """Header fields that have no column of their own, as plain data."""
    source_name: str
    source_sha256: str
    source_format: str
    notes: tuple[str, ...] = ()
    """What the reader changed or could not parse, one plain sentence each."""

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def speaker(self, tag: str) -> Speaker | None:
        """Who speaks under a tag, or None for a tag that the header does not name."""
        return next((s for s in self.speakers if s.tag == tag), None)


@dataclass(frozen=True, slots=True)
class Transcript:
    """One interview as it stands in a study, at its current revision."""

    name: str
    revision: str
    """Content id of the text."""
    text: str
    turns: tuple[Turn, ...]
    sentences: tuple[Sentence, ...]
    speakers: Mapping[str, Speaker]
    """By tag."""
    participants: tuple[Participant, ...]
    year: str
    wave: str
    date: str
    metadata: Mapping[str, object] = field(default_factory=dict)

    def is_interviewer(self, tag: str) -> bool:
        """Whether a tag belongs to an interviewer; False for a tag nobody described."""
        speaker = self.speakers.get(tag)
        return speaker is not None and speaker.is_interviewer
