"""Painting that keeps what it has painted."""

from __future__ import annotations

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class KeptLines(Widget):
    """A widget of lines that it keeps as they went to the terminal.

    Textual wraps each line that is painted again in a new strip, for borders and padding that
    these widgets have none of, and so loses what the old one knew: its colours on this terminal
    and its escape sequences (measured: three quarters of what a key press cost). A subclass gives
    the same strip from ``render_line`` as long as the line is the same.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the widget."""
        if self.styles.gutter or self.styles.opacity != 1.0:
            return super().render_lines(crop)
        width = self.size.width
        ground = self.background_colors[1]
        filters = self.get_line_filters()
        strips = []
        for y in crop.line_range:
            strip = self.render_line(y)
            for one in filters:
                strip = strip.apply_filter(one, ground)
            strips.append(strip)
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips
