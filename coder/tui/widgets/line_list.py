"""Lines in a box, scrolled without a scroll bar: the ground of the panels beside the transcript."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Iterable
from typing import ClassVar, Self

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from coder.tui.widgets.kept_lines import KeptLines

KEPT = 1000
"""Painted lines that are remembered by what stands on them."""


class LineList(KeptLines):
    """Paints its lines one by one and remembers which is at the top.

    Not a ScrollView: there a changed height is a layout of the whole screen (measured: 35 ms a
    key where this takes 5). A mark in the last cell says that there is more below.
    """

    indent: ClassVar[int] = 0
    """Free cells at either side of a line."""

    def __init__(self) -> None:
        super().__init__()
        self.top = 0
        self._strips: dict[int, Strip] = {}
        self._known: dict[Hashable, Strip] = {}
        self._width = self._height = -1

    @property
    @abstractmethod
    def line_count(self) -> int:
        """How many lines there are."""

    @abstractmethod
    def paint_line(self, number: int, width: int) -> list[Segment]:
        """What stands on a line."""

    def line_key(self, number: int) -> Hashable:
        """Everything that shows on a line, where it is worth finding it again; else None."""
        return None

    def notify_style_update(self) -> None:
        """Another theme, or another state such as focus."""
        super().notify_style_update()
        self._strips.clear()
        self._known.clear()

    @property
    def more_style(self) -> Style:
        """Of the mark that there is more below."""
        return self.look()

    def on_resize(self) -> None:
        """Lay out what is shown for the new size."""

    def reveal(self, is_shown: bool) -> None:
        """Show or hide the box.

        What it was given while it was hidden met no size, and Textual tells of none where the box
        comes back as large as it went: so it is laid out once more.
        """
        if is_shown != self.display:
            self.display = is_shown
            if is_shown:
                self.call_after_refresh(self.on_resize)

    def go_to(self, top: int) -> None:
        """Put a line at the top, as far as there are lines to fill the box."""
        top = min(max(top, 0), max(self.line_count - self.size.height, 0))
        if top != self.top:
            self.top = top
            self.refresh()

    def refresh_lines(self, numbers: Iterable[int]) -> None:
        """Paint some lines again, those that are on screen."""
        width, height = self.size
        rows = [number - self.top for number in numbers]
        regions = [Region(0, row, width, 1) for row in rows if 0 <= row < height]
        if regions:
            self.refresh(*regions)

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Paint some lines again, or all of them."""
        if not regions:
            self._strips.clear()
        for region in regions:
            for y in region.line_range:
                self._strips.pop(y, None)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel."""
        event.stop()
        self.go_to(self.top + 2)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel, back."""
        event.stop()
        self.go_to(self.top - 2)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the box."""
        width, self._height = self.size
        if width != self._width:
            self._width = width
            self._strips.clear()
            self._known.clear()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the box, kept until it is to be painted again."""
        strip = self._strips.get(y)
        if strip is None:
            strip = self._strips[y] = self._find(y)
        return strip

    def _find(self, y: int) -> Strip:
        number = self.top + y
        if not 0 <= number < self.line_count:
            return self._paint(y)
        what = self.line_key(number)
        if what is None:
            return self._paint(y)
        key = what, y == self._height - 1 and number < self.line_count - 1
        strip = self._known.get(key)
        if strip is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            strip = self._known[key] = self._paint(y)
        return strip

    def _paint(self, y: int) -> Strip:
        number = self.top + y
        room = max(self._width - 2 * self.indent, 0)
        if 0 <= number < self.line_count:
            strip = Strip(self.paint_line(number, room)).adjust_cell_length(room, self.look())
            if y == self._height - 1 and number < self.line_count - 1:
                more = Strip([Segment("\u25be", self.more_style)], 1)
                strip = Strip.join([strip.crop(0, room - 1), more])
        else:
            strip = Strip.blank(room, self.look())
        if self.indent:
            free = Strip.blank(self.indent, Style(bgcolor=self.look().bgcolor))
            strip = Strip.join([free, strip, free])
        return strip
