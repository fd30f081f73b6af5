"""What stands left of the words: excerpt numbers and bars, speakers and times. Pure text."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from coder.model import Transcript, Turn
from coder.tui.widgets.wrapping import one_line

WIDE_FROM = 76
"""From this many cells the margin has names in full, and the time beside them."""

LONGEST_NAME = 14
LONGEST_TAG = 6
LONGEST_ROW = 92
"""Rows of more words than this are hard to follow back to their beginning."""


@dataclass(frozen=True, slots=True)
class Margin:
    """How the columns of one view are shared out.

    From the left: excerpt number and bars (the gutter), speaker, time, words.
    """

    number: int
    name: int
    time: int
    words: int
    is_wide: bool
    bars: int = 1
    """2 where excerpts overlap: the second stands for all others."""

    @property
    def gutter(self) -> int:
        """Cells of the number, the bars and the spaces after them."""
        return self.number + 2 + self.bars

    @property
    def speaker(self) -> int:
        """Cells between the gutter and the words."""
        return self.name + self.time

    @property
    def labels(self) -> int:
        """Cells left of the labels: as left of the words, or of the speaker where it is narrow."""
        return self.gutter + (self.speaker if self.is_wide else 0)

    @classmethod
    def for_view(
        cls, transcript: Transcript, highest_number: str, width: int, bars: int = 1
    ) -> Margin:
        """Share out a view of this many cells."""
        is_wide = width >= WIDE_FROM
        times = [clock(turn.seconds) for turn in transcript.turns if turn.seconds is not None]
        longest_time = max(map(len, times), default=0)
        if is_wide:
            names = [speaker_name(transcript, turn.speaker) for turn in transcript.turns]
            name = min(max(map(cell_len, names), default=0), LONGEST_NAME) + 2
            time = longest_time + 2 if longest_time else 0
        else:
            tags = [one_line(turn.speaker) for turn in transcript.turns]
            name = max(min(max(map(cell_len, tags), default=0), LONGEST_TAG), longest_time) + 1
            time = 0
        number = max(len(highest_number), 2)
        words = max(min(width - number - 2 - bars - name - time - 1, LONGEST_ROW), 1)
        return cls(number, name, time, words, is_wide, bars)

    def speaker_text(self, transcript: Transcript, turn: Turn, part: int) -> tuple[str, str]:
        """Name and time to show beside a row of a turn; empty where there is nothing."""
        time = clock(turn.seconds)
        if self.is_wide:
            return (speaker_name(transcript, turn.speaker), time) if part == 0 else ("", "")
        if part == 0:
            return one_line(turn.speaker), ""
        return (time, "") if part == 1 else ("", "")


def speaker_name(transcript: Transcript, tag: str) -> str:
    """The pseudonym behind a tag, or the tag itself for interviewers and strangers."""
    speaker = transcript.speakers.get(tag)
    if speaker is not None:
        for person in transcript.participants:
            if person.id == speaker.person:
                return one_line(person.pseudonym) or one_line(tag)
    return one_line(tag)


def clock(seconds: float | None) -> str:
    """``21:03``, from the first hour on ``1:21:03``; empty where there is no time."""
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def flow(widths: list[int], room: int, gap: int = 1) -> list[list[int]]:
    """Which of the labels of these widths stand together on a row of this many cells."""
    rows: list[list[int]] = [[]]
    used = 0
    for index, width in enumerate(widths):
        if rows[-1] and used + gap + width > room:
            rows.append([])
            used = 0
        used += width + (gap if rows[-1] else 0)
        rows[-1].append(index)
    return rows
