"""A list to choose from: lines of several looks, one of which has the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events

from coder.tui.messages import ChoicePicked
from coder.tui.widgets.line_list import LineList
from coder.tui.widgets.wrapping import clipped

Part = tuple[str, str]
"""Words fit for one line, and the name of their look."""

Line = Callable[[int, int], Sequence[Part]]
"""Gives the parts of a line of this number, for this many cells."""

LOOKS = (
    "name",
    "quiet",
    "key",
    "hit",
    "productive",
    "unproductive",
    "mixed",
    "none",
    "cursor",
)


class ChoiceList(LineList, can_focus=False):
    """Shows lines that are made when they are painted: a thousand cost no more than ten.

    The cursor is a sign in front as well as a ground.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"choice-list--{name}" for name in LOOKS}

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0
        self._count = 0
        self._line: Line = lambda number, width: ()

    def show(self, count: int, line: Line, cursor: int = 0) -> None:
        """Show so many lines, with the cursor on one of them, or on none where it is -1."""
        self._count, self._line = count, line
        self.cursor = min(max(cursor, -1), max(count - 1, 0))
        self.top = 0
        self._keep_in_sight()
        self.refresh()

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        return self._count

    def move(self, step: int) -> None:
        """Move the cursor."""
        before = self.cursor
        self.cursor = min(max(before + step, 0), max(self._count - 1, 0))
        self.refresh_lines((before, self.cursor))
        self._keep_in_sight()

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        if self.cursor < self.top:
            self.go_to(self.cursor)
        elif self.cursor >= self.top + self.size.height:
            self.go_to(self.cursor - self.size.height + 1)

    def on_click(self, event: events.Click) -> None:
        """A click takes a line."""
        number = self.top + event.y
        if number < self._count:
            self.move(number - self.cursor)
            self.post_message(ChoicePicked(number))

    def paint_line(self, number: int, width: int) -> list[Segment]:
        """One line, as much of it as fits."""
        is_here = number == self.cursor
        ground = self.look("choice-list--cursor") if is_here else self.look()
        segments = [Segment("\u203a " if is_here else "  ", ground)]
        room = width - 3
        for text, name in self._line(number, room):
            shown = clipped(text, room)
            room -= cell_len(shown)
            look = self.look(f"choice-list--{name}")
            segments.append(Segment(shown, look + ground if is_here else look))
            if room <= 0:
                break
        return [*segments, Segment(" " * max(room + 1, 1), ground)]
