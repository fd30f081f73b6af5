"""The tree of a codebook, with a cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events

from coder.tui.book_lines import BookLine
from coder.tui.messages import CodePointed
from coder.tui.widgets.line_list import LineList
from coder.tui.widgets.wrapping import padded


class BookTree(LineList, can_focus=True):
    """Sets and codes, with keys, signs and how often this coder has put each on."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "book-tree--head",
        "book-tree--category",
        "book-tree--key",
        "book-tree--name",
        "book-tree--gone",
        "book-tree--uses",
        "book-tree--cursor",
        "book-tree--productive",
        "book-tree--unproductive",
        "book-tree--mixed",
        "book-tree--none",
        "book-tree--quiet",
    }

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[BookLine] = ()
        self.cursor = 0

    def show(self, lines: Sequence[BookLine], place: tuple[str, str]) -> None:
        """Show a book, with the cursor on a set or code, or where it was if that is gone."""
        self.lines = lines
        places = [line.place for line in lines]
        self.point(places.index(place) if place in places else self.cursor)
        self.refresh()

    def point(self, number: int) -> None:
        """Put the cursor on a line, and keep it in sight."""
        before, self.cursor = self.cursor, min(max(number, 0), max(len(self.lines) - 1, 0))
        height = self.size.height
        if self.cursor < self.top:
            self.go_to(self.cursor)
        elif height and self.cursor >= self.top + height:
            self.go_to(self.cursor - height + 1)
        else:
            self.go_to(self.top)
        self.refresh_lines((before, self.cursor))

    @property
    def current(self) -> BookLine | None:
        """The line at the cursor."""
        return self.lines[self.cursor] if self.lines else None

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.point(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there."""
        number = self.top + event.y
        if 0 <= number < len(self.lines):
            self.post_message(CodePointed(*self.lines[number].place))

    @property
    def line_count(self) -> int:
        """Sets and codes."""
        return len(self.lines)

    @property
    def more_style(self) -> Style:
        """As a head."""
        return self._look("head")

    def paint_line(self, number: int, width: int) -> list[Segment]:
        """One set or code."""
        line = self.lines[number]
        is_at = number == self.cursor
        ground = Style(bgcolor=self._look("cursor").bgcolor) if is_at else Style()
        lead = "\u203a" if is_at else " "
        if not line.code:
            return [Segment(padded(f"{lead}{line.name}", width), self._look("head") + ground)]
        uses = f" {line.uses} " if line.uses else "  "
        indent = "  " * line.depth
        room = max(width - len(lead) - len(indent) - 4 - len(uses), 0)
        kind = "gone" if line.is_gone else "category" if line.is_category else "name"
        mark = "\u25be" if line.is_category else line.key or " "
        tone = "gone" if line.is_gone else line.tone
        return [
            Segment(f"{lead}{indent}", self._look("name") + ground),
            Segment(f"{mark} ", self._look("key") + ground),
            Segment(f"{line.sign} ", self._look(tone) + ground),
            Segment(padded(line.name, room), self._look(kind) + ground),
            Segment(uses, self._look("uses") + ground),
        ]

    def _look(self, name: str) -> Style:
        return self.look(f"book-tree--{name}")
