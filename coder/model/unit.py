"""What is coded: excerpts of transcripts, and records that have no transcript."""

from __future__ import annotations

from dataclasses import dataclass

from coder.model.span import Span

PLANS = ("answer", "turn", "paragraph", "sentence", "whole")
"""Segmentation plans; ``hand`` marks excerpts that a person made."""


@dataclass(frozen=True, slots=True)
class ExcerptDraft:
    """A span that a plan proposes, before it has a reference."""

    span: Span
    speaker: str
    """Tag of the person whose words are coded; the first one where several answer."""
    plan: str
    question: str = ""
    """The marker that opened it, such as ``Q-WHY``; empty where the text has none."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One excerpt or record of a study."""

    id: str
    """Content id: of revision, span and speaker, or of source and external id."""
    ref: str
    """Human reference ``AF-T01-Y1:12``; never used again for another unit."""
    kind: str
    """``excerpt`` or ``record``."""
    transcript: str
    """Empty for a record."""
    span: Span
    """Of the transcript's text, or of the record's own text."""
    speaker: str
    participant: str
    """Empty where the speaker is no participant."""
    question: str
    plan: str
    is_retired: bool = False
    """Split, joined or dropped: kept for history, counted nowhere."""
