"""The text of transcripts whose files have turns but no body: captions and tables.

A turn is written ``[HH:MM:SS] TAG: words`` (whole seconds, rounded down; ``Turn.seconds`` keeps
the fraction), turns are separated by a blank line, and the text ends with a line feed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from coder.errors import BadInput
from coder.formats.base import Notes, SourceText
from coder.formats.files import named
from coder.formats.transcripts.header import Header
from coder.formats.transcripts.turns import note_markers, seconds_of, without_marker
from coder.model import Span, Turn


@dataclass(slots=True)
class Spoken:
    """A turn in the making."""

    line: int
    """Of the file, or row of the table, where it begins."""
    start: str
    """As ``HH:MM:SS`` or ``HH:MM:SS.mmm``; empty where the file gives no time."""
    tag: str
    words: list[str] = field(default_factory=list)
    """In pieces, joined by single spaces."""
    counted_in: str = "line"
    """``line`` or ``row``: what complaints call the place."""


def canonical_body(
    source: SourceText, header: Header, spoken: Iterable[Spoken], notes: Notes
) -> tuple[str, tuple[Turn, ...]]:
    """The text, and the turns in it.

    Raises:
        BadInput: A turn of a question marker and nothing else.
    """
    interviewers = {s.tag for s in header.speakers if s.is_interviewer}
    parts: list[str] = []
    turns: list[Turn] = []
    length = 0
    for number, run in enumerate(spoken, start=1):
        clock = f"[{run.start.partition('.')[0]}] " if run.start else ""
        opening = f"{clock}{run.tag}: "
        said = " ".join(run.words)
        question, words = without_marker(said, Span(0, len(said)))
        if not words:
            place = f"{named(source.path)}, {run.counted_in} {run.line}"
            raise BadInput(
                f"{place}: a marker and no words", f"write them or delete the {run.counted_in}"
            )
        note_markers(said, words, question, run.tag not in interviewers, run.line, notes)
        start = length + len(opening)
        turns.append(
            Turn(
                number=number,
                speaker=run.tag,
                span=Span(length, start + len(said)),
                words=Span(start + words.start, start + words.stop),
                seconds=seconds_of(run.start) if run.start else None,
                question=question,
            )
        )
        parts.append(f"{opening}{said}\n")
        length += len(parts[-1]) + 1
    return "\n".join(parts), tuple(turns)
