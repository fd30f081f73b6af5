"""Paints one row of a transcript: from layout, margin and marks to a strip of cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from coder.model import Transcript
from coder.tui.marks import STATE_SIGNS, ExcerptMark, Label
from coder.tui.widgets.transcript_hits import Part, with_hits
from coder.tui.widgets.transcript_layout import Row, TranscriptLayout
from coder.tui.widgets.transcript_margin import Margin, flow
from coder.tui.widgets.wrapping import clipped, drawn, one_line, padded, visible

COMPONENTS = (
    "words",
    "interviewer",
    "margin",
    "heading",
    "number",
    "bar",
    "bar-current",
    "current",
    "selected",
    "finished",
    "productive",
    "unproductive",
    "mixed",
    "none",
    "quiet",
    "hit",
    "hit-here",
)
"""Names of the styles, for the view's component classes."""

OVERLAP_SIGNS = (" ", "\u2502", "\u2551")
"""Beside the bar of an excerpt: that no other one, one other or several hold the row too."""

Look = Callable[[str, bool], Style]
"""Gives the style of a name, on the ground of the current excerpt or not."""


def flow_labels(mark: ExcerptMark, margin: Margin, width: int) -> list[list[int]]:
    """Which of an excerpt's labels stand on which of its rows; at least one row."""
    room = max(width - margin.labels - 1, 4)
    return flow([min(cell_len(label.text) + 2, room) for label in mark.labels], room)


@dataclass(slots=True)
class TranscriptPainter:
    """What the rows of one view are painted from."""

    transcript: Transcript
    marks: Sequence[ExcerptMark]
    layout: TranscriptLayout
    margin: Margin
    width: int
    """Of a whole row, margin included."""
    label_rows: list[list[list[int]]]
    """For each excerpt the labels on each of its rows."""
    look: Look
    shown: int = 0
    """The width of a row without the cell under the scroll bar; as wide as it is where 0."""

    def __post_init__(self) -> None:
        self.shown = self.shown or self.width

    def paint(
        self,
        number: int,
        row: Row,
        current: int | None,
        chosen: tuple[int, int] | None,
        hits: Sequence[Part] = (),
    ) -> Strip:
        """One row.

        Args:
            number: Which row of the layout.
            row: The row itself.
            current: The current excerpt if the row belongs to it.
            chosen: The part of its words that is selected.
            hits: The parts of its words that are marked.
        """
        is_current = current is not None
        segments = self._gutter(number, row, current)
        used = self.margin.gutter
        counted = len(segments)
        if row.kind == "words":
            segments += self._speaker(row, is_current)
            used += self.margin.speaker
            counted = len(segments)
            words = self._words(row, is_current, chosen)
            segments += self._marked(row, words, hits, is_current) if hits else words
        elif row.kind == "heading":
            segments += self._heading(self.marks[row.excerpts[0]], is_current)
        elif row.kind == "question":
            question = one_line(self.transcript.turns[row.turn].question)
            room = max(self.width - self.margin.gutter - 1, 0)
            segments.append(Segment(clipped(question, room), self.look("margin", is_current)))
        elif row.kind == "labels":
            segments += self._labels(row, is_current)
        used += sum([cell_len(segment.text) for segment in segments[counted:]])
        if used < self.shown:
            segments.append(Segment(" " * (self.shown - used), self.look("words", is_current)))
        strip = Strip(segments, max(used, self.shown))
        return strip if used <= self.shown else strip.crop(0, self.shown)

    def place_at(self, number: int, x: int) -> int | None:
        """The code point under a cell of a row, or the one nearest to it in reading order."""
        rows = self.layout.rows
        if not rows or number < 0:
            return None
        row = rows[min(number, len(rows) - 1)]
        if row.kind != "words":
            is_above = row.kind in ("heading", "question")
            return row.start if is_above else max(row.start - 1, 0)
        column = x - self.margin.gutter - self.margin.speaker
        text = drawn(self.transcript.text[row.start : row.stop])
        for length in range(1, len(text) + 1):
            if cell_len(visible(text[:length])) > column:
                return row.start + length - 1
        return max(row.stop - 1, row.start)

    def _gutter(self, number: int, row: Row, current: int | None) -> list[Segment]:
        """Number and state beside the first two rows of an excerpt, its bar beside all.

        Of several excerpts it is the current one's, else the innermost one's.
        """
        is_current = current is not None
        room = self.margin.number
        blank = self.look("words", is_current)
        if not row.excerpts:
            return [Segment(" " * self.margin.gutter, blank)]
        index = row.excerpts[0] if current is None else current
        mark = self.marks[index]
        rows = self.layout.rows_of_excerpt(index)
        lead, name = "", "number"
        if number == rows.start:
            lead = mark.number
        elif number == rows.start + 1:
            lead = STATE_SIGNS[mark.state]
            name = "finished" if mark.state == "finished" else "number"
        bar = "\u2503" if is_current else "\u2502"
        if number == rows.stop - 1 > rows.start:
            bar = "\u2517" if is_current else "\u2514"
        segments = [
            Segment(padded(lead.rjust(room), room) + " ", self.look(name, is_current)),
            Segment(bar, self.look("bar-current" if is_current else "bar", is_current)),
        ]
        if self.margin.bars > 1:
            others = OVERLAP_SIGNS[min(len(row.excerpts), len(OVERLAP_SIGNS)) - 1]
            segments.append(Segment(others, self.look("bar", is_current)))
        return [*segments, Segment(" ", blank)]

    def _speaker(self, row: Row, is_current: bool) -> list[Segment]:
        turn = self.transcript.turns[row.turn]
        name, time = self.margin.speaker_text(self.transcript, turn, row.part)
        style = self.look("margin", is_current)
        segments = [Segment(padded(name, self.margin.name - 1) + " ", style)]
        if self.margin.time:
            segments.append(Segment(padded(time, self.margin.time), style))
        return segments

    def _words(self, row: Row, is_current: bool, chosen: tuple[int, int] | None) -> list[Segment]:
        speaker = self.transcript.turns[row.turn].speaker
        is_quiet = self.transcript.is_interviewer(speaker)
        style = self.look("interviewer" if is_quiet else "words", is_current)
        text = drawn(self.transcript.text[row.start : row.stop])
        if chosen is None:
            return [Segment(visible(text).rstrip(" "), style)]
        start, stop = chosen[0] - row.start, chosen[1] - row.start
        pieces = [
            (text[:start], style),
            (text[start:stop], style + self.look("selected", False)),
            (text[stop:], style),
        ]
        segments = [Segment(visible(piece), look) for piece, look in pieces if visible(piece)]
        if segments:
            last = segments.pop()
            segments.append(Segment(last.text.rstrip(" "), last.style))
        return segments

    def _marked(
        self, row: Row, words: list[Segment], hits: Sequence[Part], is_current: bool
    ) -> list[Segment]:
        text = drawn(self.transcript.text[row.start : row.stop])
        looks = [self.look(name, is_current) for name in ("hit", "hit-here")]
        parts = [(a - row.start, b - row.start, looks[is_here]) for a, b, is_here in hits]
        return with_hits(words, text, parts)

    def _heading(self, mark: ExcerptMark, is_current: bool) -> list[Segment]:
        room = max(self.width - self.margin.gutter - 1, 0)
        question, gap, ask = clipped(mark.heading, room).partition("  ")
        return [
            Segment(question, self.look("heading", is_current)),
            Segment(gap + ask, self.look("quiet", is_current)),
        ]

    # Labels.

    def _labels(self, row: Row, is_current: bool) -> list[Segment]:
        index = row.excerpts[0]
        blank = self.look("words", is_current)
        segments = [Segment(" " * (self.margin.labels - self.margin.gutter), blank)]
        for place in self.label_rows[index][row.part]:
            segments.append(self._label(self.marks[index].labels[place], is_current))
            segments.append(Segment(" ", blank))
        return segments

    def _label(self, label: Label, is_current: bool) -> Segment:
        room = max(self.width - self.margin.labels - 3, 2)
        style = self.look(label.tone, is_current and label.tone == "quiet")
        return Segment(f" {clipped(label.text, room)} ", style)
