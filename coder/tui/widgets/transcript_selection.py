"""What is selected in a transcript, and how keys and mouse change it. Pure, no Textual."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coder.model import Span
from coder.tui.widgets.transcript_layout import Row
from coder.tui.widgets.transcript_units import Edge, Step, TranscriptUnits


@dataclass(frozen=True, slots=True)
class Selection:
    """One stretch of words, never empty, that begins and ends with units.

    Of a single unit it is what other programs call the cursor.
    """

    start: int
    stop: int
    moving: Edge = "stop"
    """The end that extending moves."""
    is_cursor: bool = True
    """Whether it was gone to as a whole, not put together by moving its ends."""

    @classmethod
    def of(cls, unit: Span, moving: Edge = "stop") -> Selection:
        """A unit, or any span from one unit to another, as selected."""
        return cls(unit.start, unit.stop, moving)

    @property
    def span(self) -> Span:
        """What would be cut, and what is shown as selected."""
        return Span(self.start, self.stop)

    @property
    def head(self) -> int:
        """The code point to keep in sight."""
        return self.start if self.moving == "start" else self.stop - 1

    def part_of(self, row: Row) -> tuple[int, int] | None:
        """The part of a row's words that is selected; None where none is."""
        start, stop = max(self.start, row.start), min(self.stop, row.stop)
        return (start, stop) if row.kind == "words" and start < stop else None

    def moved(self, units: TranscriptUnits, step: Step, by: int) -> Selection:
        """The unit after (1) or before (-1) it.

        Where it holds several, going on enters a cursor at its beginning and going back at its
        end; what was put together collapses to its end, or to its beginning.
        """
        first = units.at(step, self.start)
        last = units.at(step, self.stop - 1)
        if first is None or last is None:
            return self
        if first != last or not first.start <= self.start < self.stop <= first.stop:
            return Selection.of(first if (by > 0) == self.is_cursor else last)
        if by > 0:
            return Selection.of(units.first_after(step, first.start) or first)
        return Selection.of(units.last_before(step, first.start) or first)

    def extended(self, units: TranscriptUnits, step: Step, by: int) -> Selection:
        """The moving end a unit on (1) or back (-1); what would be empty grows the other way."""
        changed = self.with_end(units, step, self.moving, by)
        if changed is not self or (self.moving == "stop") == (by > 0):
            return changed
        other: Edge = "start" if self.moving == "stop" else "stop"
        return self.with_end(units, step, other, by)

    def with_end(self, units: TranscriptUnits, step: Step, edge: Edge, by: int) -> Selection:
        """One end a unit on (1) or back (-1); itself where nothing would be left."""
        place = self.start if edge == "start" else self.stop
        find = units.first_after if by > 0 else units.last_before
        unit = find(step, place, edge)
        if unit is None:
            return self
        return self.to(unit, edge)

    def to(self, unit: Span, edge: Edge) -> Selection:
        """From its other end to the start, or stop, of a unit; itself where that is behind."""
        if edge == "start" and unit.start < self.stop:
            return replace(self, start=unit.start, moving=edge, is_cursor=False)
        if edge == "stop" and unit.stop > self.start:
            return replace(self, stop=unit.stop, moving=edge, is_cursor=False)
        return self


def dragged(anchor: Span, here: Span) -> Selection:
    """From the unit at which a drag began to the one under the mouse, both included."""
    moving: Edge = "start" if here.start < anchor.start else "stop"
    return Selection(min(anchor.start, here.start), max(anchor.stop, here.stop), moving, False)
