"""The turns of a transcript's body: where each begins, who speaks, which words are theirs.

How a line is read:

* A line at the left margin that begins with a tag of the header and a colon opens a turn. A time
  may stand before the tag, ``[00:14:02] T1:``, or after it, ``T1 (00:14:02):``. A question marker
  may follow, ``INT: {Q-WHY} ...``.
* Every other line goes on with the turn above: indented lines always do, and so do lines after a
  blank line, which begin a new paragraph of the same turn.
* A line at the margin which looks like the opening of somebody whom the header does not name is an
  error, because its words would otherwise be put into the mouth of the person before. It does so

  - after a time: ``[00:14:02] Xyz:`` where the words before the colon could be a name;
  - without a time, only after a blank line (anywhere, in a file that writes its turns without
    blank lines): a short tag in capitals (``T2:``), a word for a speaker (``Speaker 3:``), a title
    and a name (``Ms. Reyes:``), or nearly a tag of the header (``int:`` for ``INT``).

  Anything else with a colon, such as ``Well: no``, is prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.errors import BadInput
from coder.formats.base import Notes, complaint
from coder.formats.transcripts.tags import could_be_a_name, seems_a_tag
from coder.formats.wording import did_you_mean, listed, shown
from coder.model import Span, Speaker, Turn

MARKER = re.compile(r"\{(Q-[A-Za-z0-9][A-Za-z0-9_-]*)\}")
"""A question marker such as ``{Q-WHY}``."""

_TIME = r"\d{1,3}(?::\d{1,2}){1,2}(?:[.,]\d{1,3})?"
_GAP = r"[ \t]*"
_UNKNOWN = re.compile(
    rf"(?:\[(?P<time>{_TIME})\]{_GAP})?"
    rf"(?P<tag>[^\s:\[\](){{}}][^:\[\](){{}}]{{0,39}}?){_GAP}(?:\({_TIME}\){_GAP})?:(?=\s|$)",
    re.ASCII,
)
_TIMED = re.compile(rf"\[{_TIME}\]", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the body that is not blank."""

    number: int
    """Line of the file."""
    start: int
    words: str
    after_blank: bool
    opening: re.Match[str] | None


def seconds_of(clock: str) -> float | None:
    """Seconds of a time written ``HH:MM:SS`` or ``MM:SS``, or None where there is no such time."""
    *hours, minutes, seconds = clock.replace(",", ".").split(":")
    if float(seconds) >= 60 or (hours and int(minutes) >= 60):
        return None
    return int(hours[0] if hours else 0) * 3600 + int(minutes) * 60 + float(seconds)


def without_marker(text: str, words: Span) -> tuple[str, Span]:
    """The question id that opens these words, or an empty string, and the words after it."""
    trimmed = words.trimmed(text)
    marker = MARKER.match(text, trimmed.start, trimmed.stop)
    if marker is None:
        return "", trimmed
    return marker[1], Span(marker.end(), trimmed.stop).trimmed(text)


def note_markers(
    text: str, words: Span, question: str, is_participant: bool, line: int, notes: Notes
) -> None:
    """Mention markers that open no excerpt.

    Args:
        text: The text that the span points into.
        words: What was said in the turn, after the marker.
        question: The id of the marker that opens the turn.
        is_participant: Whether a participant speaks.
        line: The line of the file on which the turn begins.
        notes: Gets the remarks.
    """
    if question and is_participant:
        remark = f"the marker {{{question}}} stands in a participant's turn and opens no excerpt"
        notes.add(remark, line)
    for stray in MARKER.finditer(text, words.start, words.stop):
        at = line + text.count("\n", words.start, stray.start())
        notes.add(f"the marker {stray[0]} does not follow the tag: read as words", at)
    said = words.of(text)
    if said.startswith("{Q") and not MARKER.match(said):
        notes.add(f"{shown(said[:20])} is no question marker such as {{Q-WHY}}", line)


def read_turns(
    text: str, speakers: Sequence[Speaker], path: Path, lines: Sequence[int], notes: Notes
) -> tuple[Turn, ...]:
    """Cut a body into turns.

    Args:
        text: The body; the spans point into it.
        speakers: Everybody whom the header names.
        path: The file, for complaints.
        lines: The line of the file that each line of the body has there.
        notes: Gets what was read in a way that the writer may not have meant.

    Raises:
        BadInput: Words that belong to nobody, an unknown tag, a turn without words, a bad time.
    """
    return _TurnReader(text, speakers, path, lines, notes).read()


class _TurnReader:
    """Two passes over the lines: first the openings, then whatever looks like one and is none."""

    def __init__(
        self, text: str, speakers: Sequence[Speaker], path: Path, lines: Sequence[int], notes: Notes
    ) -> None:
        self.text = text
        self.path = path
        self.line_numbers = lines
        self.notes = notes
        self.latest = 0.0
        self.interviewers = {s.tag for s in speakers if s.is_interviewer}
        self.tags = [s.tag for s in speakers]
        names = "|".join(re.escape(tag) for tag in sorted(self.tags, key=len, reverse=True))
        tail = rf"(?P<tag>{names}){_GAP}(?:\((?P<late>{_TIME})\){_GAP})?:"
        self.opening = re.compile(rf"(?:\[(?P<time>{_TIME})\]{_GAP})?{tail}", re.ASCII)
        self.after_bracket = re.compile(rf"\[(?P<inside>[^\]]*)\]{_GAP}{tail}", re.ASCII)
        self.after_indent = re.compile(rf"[ \t]+(?:\[{_TIME}\]{_GAP})?{tail}", re.ASCII)

    def read(self) -> tuple[Turn, ...]:
        lines = self.lines()
        openings = [line for line in lines if line.opening]
        crowded = sum(not line.after_blank for line in openings[1:])
        turns_touch = crowded * 2 > len(openings) - 1
        for place, line in enumerate(lines):
            if line.opening is None:
                self.check_prose(line, line.after_blank or turns_touch, is_first=place == 0)
        if not openings:
            hint = f"begin each turn with one of the tags of the header: {listed(self.tags)}"
            raise complaint(self.path, self.line_numbers[0], "there are no turns", hint)
        ends = [line.start for line in openings[1:]] + [len(self.text)]
        return tuple(
            self.turn(number, line, end)
            for number, (line, end) in enumerate(zip(openings, ends, strict=True), start=1)
        )

    def lines(self) -> list[_Line]:
        found: list[_Line] = []
        start, after_blank = 0, True
        for number, words in zip(self.line_numbers, self.text.split("\n"), strict=True):
            if words.strip():
                found.append(_Line(number, start, words, after_blank, self.opening.match(words)))
            after_blank = not words.strip()
            start += len(words) + 1
        return found

    def check_prose(self, line: _Line, may_open: bool, is_first: bool) -> None:
        """Refuse a line that opens a turn of nobody, and mention one that might be meant to."""
        unknown = _UNKNOWN.match(line.words)
        tag = unknown["tag"] if unknown else ""
        if unknown and (
            could_be_a_name(tag, self.tags)
            if unknown["time"]
            else may_open and seems_a_tag(tag, self.tags)
        ):
            raise self.unknown_tag(line, tag)
        if odd := self.after_bracket.match(line.words):
            raise self.odd_bracket(line, odd)
        if is_first:
            message = f"{shown(line.words)} stands before the first turn"
            hint = f"begin it with a tag of the header: {listed(self.tags)}"
            raise complaint(self.path, line.number, message, hint)
        if self.after_indent.match(line.words):
            remark = "is indented and begins with a speaker's tag: read as part of the turn above"
            self.notes.add(remark, line.number)
        elif _TIMED.match(line.words):
            remark = "begins with a time and names no speaker: read as part of the turn above"
            self.notes.add(remark, line.number)
        elif unknown and may_open and could_be_a_name(tag, self.tags):
            remark = f"begins with {shown(tag + ':')}, no tag of the header: read as words"
            self.notes.add(remark, line.number)

    def unknown_tag(self, line: _Line, tag: str) -> BadInput:
        meant = did_you_mean(tag, self.tags)
        hint = meant or f"the header names {listed(self.tags)}; indent the line if these are words"
        message = f"nobody in the header has the tag {shown(tag)}"
        return complaint(self.path, line.number, message, hint)

    def odd_bracket(self, line: _Line, odd: re.Match[str]) -> BadInput:
        inside = shown(f"[{odd['inside']}]")
        if any(char.isdigit() for char in odd["inside"]):
            return complaint(
                self.path, line.number, f"{inside} is not a time", "write it as [00:14:02]"
            )
        message = f"{inside} stands before the tag {shown(odd['tag'])}"
        return complaint(self.path, line.number, message, f"move it behind '{odd['tag']}:'")

    def turn(self, number: int, line: _Line, end: int) -> Turn:
        assert line.opening is not None
        tag = line.opening["tag"]
        span = Span(line.start, end).trimmed(self.text)
        question, words = without_marker(
            self.text, Span(line.start + line.opening.end(), span.stop)
        )
        if not words:
            has = "a marker and no words" if question else "no words"
            message = f"the turn of {shown(tag)} has {has}"
            raise complaint(self.path, line.number, message, "write them or delete the line")
        seconds = self.seconds(line, line.opening)
        if seconds is not None:
            if seconds < self.latest:
                self.notes.add("the time is earlier than one before it", line.number)
            self.latest = max(seconds, self.latest)
        note_markers(
            self.text, words, question, tag not in self.interviewers, line.number, self.notes
        )
        return Turn(number, tag, span, words, seconds, question)

    def seconds(self, line: _Line, opening: re.Match[str]) -> float | None:
        clock = opening["time"] or opening["late"]
        if not clock:
            return None
        seconds = seconds_of(clock)
        if seconds is None:
            message = f"{shown(clock)} is not a time: minutes and seconds end at 59"
            raise complaint(self.path, line.number, message, "write it as [00:14:02]")
        return seconds
