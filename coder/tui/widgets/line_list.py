"""Lines in a box, scrolled without a scroll bar: the ground of the panels beside the transcript."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class LineList(Widget):
    """Paints its lines one by one and remembers which is at the top.

    Not a ScrollView: there a changed height is a layout of the whole screen (measured: 35 ms a
    key where this takes 5). A mark in the last cell says that there is more below.
    """

    def __init__(self) -> None:
        super().__init__()
        self.top = 0
        self._looks: dict[str, Style] = {}

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def paint_line(self, number: int, width: int) -> list[Segment]:
        """What stands on a line."""
        raise NotImplementedError

    def look(self, component: str = "") -> Style:
        """The style of a component, or of the box itself; worked out once per change of theme.

        Textual works it out at every call (0.1 ms: a quarter of what a key press took).
        """
        style = self._looks.get(component)
        if style is None:
            style = self.get_component_rich_style(component) if component else self.rich_style
            self._looks[component] = style
        return style

    def notify_style_update(self) -> None:
        """Another theme, or another state such as focus."""
        super().notify_style_update()
        self._looks.clear()

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

    def refresh_line(self, number: int) -> None:
        """Paint one line again, if it is on screen."""
        if 0 <= number - self.top < self.size.height:
            self.refresh(Region(0, number - self.top, self.size.width, 1))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel."""
        event.stop()
        self.go_to(self.top + 2)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel, back."""
        event.stop()
        self.go_to(self.top - 2)

    def render_line(self, y: int) -> Strip:
        """One line of the box."""
        width, number = self.size.width, self.top + y
        if not 0 <= number < self.line_count:
            return Strip.blank(width, self.look())
        strip = Strip(self.paint_line(number, width)).adjust_cell_length(width, self.look())
        if y == self.size.height - 1 and number < self.line_count - 1:
            more = Strip([Segment("\u25be", self.more_style)], 1)
            return Strip.join([strip.crop(0, width - 1), more])
        return strip
