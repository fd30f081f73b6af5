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
class CellPointed(Message):
    """The cursor of a heat table stands on another cell."""

    row: int
    column: int


@dataclass
class CellPicked(Message):
    """What is behind the cell at the cursor is to be shown."""


@dataclass
class FigurePointed(Message):
    """The cursor of the figures stands on another line."""

    place: int


@dataclass
class ExcerptPointed(Message):
    """The cursor stands on another excerpt of a list, or the one it stands on is to be opened."""

    place: int
    is_opened: bool = False


@dataclass
class ChoicePicked(Message):
    """A line of a list was clicked: take it."""

    place: int
