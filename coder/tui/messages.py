"""Messages that cross widgets; in the past tense, about what a person did."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class ExcerptChosen(Message):
    """Another excerpt is the current one."""

    index: int
    """Place among the transcript's excerpts."""


@dataclass
class SelectionChanged(Message):
    """Words are selected now, or none are any more, or the keys move by something else."""


@dataclass
class CodePointed(Message):
    """The code cursor stands on another code."""

    code_set: str
    code: str


@dataclass
class CodePicked(Message):
    """A code was clicked or taken from the list: put it on or take it off."""

    code_set: str
    code: str


@dataclass
class TranscriptPicked(Message):
    """A transcript of the list is to be opened."""

    name: str


@dataclass
class HeapPointed(Message):
    """A heap of the sorting screen is to be shown: loose, a pile, discarded."""

    heap: int


@dataclass
class HeapCodePointed(Message):
    """The cursor of the sorting screen stands on another code of the heap."""

    place: int


@dataclass
class ChoicePicked(Message):
    """A line of a list was clicked: take it."""

    place: int
