"""Numbers with their intervals: the value as a bar, the interval as a line, the figures beside."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events

from coder.tui.comparison import Figure
from coder.tui.messages import FigurePointed
from coder.tui.widgets.line_list import LineList
from coder.tui.widgets.wrapping import one_line, padded

LONGEST_LABEL = 28
NARROWEST_BAR = 8
ENOUGH_BAR = 32
"""Cells of a bar that shows what it is to show; a name that is cut shows less than it should."""
WIDEST_BAR = 60

BAR, LINE, LOW, HIGH, VALUE, ZERO = "\u2501", "\u2500", "\u251c", "\u2524", "\u25cf", "\u250a"


class IntervalBars(LineList, can_focus=True):
    """Statistics, and one of them code by code, on one scale; the cursor stands on one line."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "interval-bars--head",
        "interval-bars--label",
        "interval-bars--number",
        "interval-bars--count",
        "interval-bars--bar",
        "interval-bars--line",
        "interval-bars--quiet",
        "interval-bars--cursor",
    }

    def __init__(self) -> None:
        super().__init__()
        self.figures: Sequence[Figure] = ()
        self.place = 0

    def show(self, figures: Sequence[Figure], place: int) -> None:
        """Show figures, with the cursor on one of them."""
        self.figures = figures
        self.point(place)

    def point(self, place: int) -> None:
        """Put the cursor on a line, or on the nearest that has something to say."""
        step = 1 if place >= self.place else -1
        last = max(len(self.figures) - 1, 0)
        place = min(max(place, 0), last)
        below, above = [*range(place, last + 1)], [*range(place, -1, -1)]
        around = [*above, *below] if step < 0 else [*below, *above]
        known = enumerate(self.figures)
        said = {n for n, one in known if one.label and not one.is_head}
        self.place = next((n for n in around if n in said), 0)
        self._go_to_cursor()
        self.refresh()

    @property
    def figure(self) -> Figure | None:
        """The line at the cursor."""
        return self.figures[self.place] if self.figures else None

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._go_to_cursor()
        self.refresh()

    def _go_to_cursor(self) -> None:
        height = self.size.height
        if self.place <= 1:
            self.go_to(0)
        elif self.place < self.top:
            self.go_to(self.place)
        elif height and self.place >= self.top + height:
            self.go_to(self.place - height + 1)
        else:
            self.go_to(self.top)

    def on_click(self, event: events.Click) -> None:
        """A click points at a line."""
        number = self.top + event.y
        if number < len(self.figures):
            self.post_message(FigurePointed(number))

    @property
    def line_count(self) -> int:
        """A line for each figure."""
        return len(self.figures)

    @property
    def more_style(self) -> Style:
        """As the heads."""
        return self._look("head")

    # Painting.

    @property
    def _from(self) -> float:
        """Where the scale begins: at 0, or at a quarter below 0 that shows everything."""
        lowest = [
            one.low if one.low is not None else one.estimate
            for one in self.figures
            if one.estimate is not None
        ]
        least = min((low for low in lowest if low is not None), default=0.0)
        return max(min(floor(least * 4) / 4, 0.0), -1.0)

    def _widths(self, width: int) -> tuple[int, int, int, int]:
        """Columns of label, counts, numbers and bar.

        The bar gives way first; what it has more than enough of goes to labels that are longer.
        """
        shown = [one for one in self.figures if not one.is_quiet]
        longest = max((cell_len(one_line(f.label)) for f in shown), default=0)
        label = min(longest, LONGEST_LABEL)
        counts = max((cell_len(f.counts) for f in shown), default=0)
        numbers = max((cell_len(f.numbers) for f in shown), default=0)
        counts += 2 if counts else 0
        room = width - 2 - label - counts - numbers - 4
        if room < 0:
            label = max(label + room, 6)
        more = min(longest - label, max(room - ENOUGH_BAR, 0))
        label, bar = label + more, min(room - more, WIDEST_BAR)
        return label, counts, numbers, bar if bar >= NARROWEST_BAR else 0

    def paint_line(self, number: int, width: int) -> list[Segment]:
        """A head, or a figure with its bar."""
        one = self.figures[number]
        is_here = number == self.place
        ground = Style(bgcolor=self._look("cursor").bgcolor) if is_here else Style()
        lead = "\u203a " if is_here else "  "
        if one.is_quiet:
            return [
                Segment(padded(lead + one_line(one.label), width), self._look("quiet") + ground)
            ]
        label, counts, numbers, bar = self._widths(width)
        head = "head" if one.is_head else ""
        words = padded(one_line(one.label), label) + "  "
        out = [
            Segment(lead + words, self._look(head or ("cursor" if is_here else "label")) + ground),
            Segment(one.counts.rjust(max(counts - 2, 0)), self._look(head or "count") + ground),
            Segment("  " if counts else "", self.look() + ground),
            Segment(padded(one.numbers, numbers) + "  ", self._look(head or "number") + ground),
        ]
        if bar:
            out += self._scale(bar, ground) if one.is_head else self._bar(one, bar, ground)
        return [*out, Segment(" " * width, self.look() + ground)] if is_here else out

    def _scale(self, width: int, ground: Style) -> list[Segment]:
        start = f"{self._from:g}".replace("-", "\u2212")
        marks = [" "] * width
        marks[: len(start)] = start
        marks[-1] = "1"
        zero = self._at(0, width)
        if zero > len(start):
            marks[zero] = "0"
        return [Segment("".join(marks), self._look("head") + ground)]

    def _at(self, value: float, width: int) -> int:
        share = (value - self._from) / (1 - self._from)
        return min(max(round(share * (width - 1)), 0), width - 1)

    def _bar(self, one: Figure, width: int, ground: Style) -> list[Segment]:
        """From nought to the value a bar, from end to end of the interval a line."""
        if one.estimate is None:
            return []
        zero, value = self._at(0, width), self._at(one.estimate, width)
        marks, looks = [" "] * width, ["line"] * width
        marks[zero] = ZERO
        for place in range(min(zero, value), max(zero, value) + 1):
            marks[place], looks[place] = BAR, "bar"
        if one.low is not None and one.high is not None:
            low, high = self._at(one.low, width), self._at(one.high, width)
            for place in range(low, high + 1):
                marks[place], looks[place] = LINE, "line"
            marks[low], marks[high] = LOW, HIGH
        marks[value], looks[value] = VALUE, "bar"
        return [
            Segment(mark, self._look(look) + ground)
            for mark, look in zip(marks, looks, strict=True)
        ]

    def _look(self, name: str) -> Style:
        return self.look(f"interval-bars--{name}")
