"""Painting that keeps what it has painted."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class KeptLines(Widget):
    """A widget of lines that it keeps as they go to the terminal.

    Textual wraps each line that is painted again in a new strip, for borders and padding that
    these widgets have none of, and so loses what the old one knew: its colours on this terminal
    and its escape sequences (measured: three quarters of what a key press cost). A subclass gives
    the same strip from ``render_line`` as long as the line is the same, made of what ``look``
    gives.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every widget
        super().__init__(id=id)
        self._looks: dict[str, Style] = {}

    def notify_style_update(self) -> None:
        """Another theme, or another state such as focus."""
        super().notify_style_update()
        self._looks.clear()

    def look(self, component: str = "") -> Style:
        """The style of a component, or of the widget itself, in the colours of this terminal.

        Worked out once per change of theme; Textual works out the style at every call (0.1 ms: a
        quarter of what a key press took) and its colours for every line.
        """
        style = self._looks.get(component)
        if style is None:
            style = self.get_component_rich_style(component) if component else self.rich_style
            style = self._looks[component] = self.coloured(style)
        return style

    def coloured(self, style: Style) -> Style:
        """A style in the colours of this terminal."""
        segments = [Segment(" ", style)]
        for one in self.get_line_filters():
            segments = one.apply(segments, self.background_colors[1])
        return segments[0].style or style

    def strips_at(self, which: range) -> list[Strip]:
        """Several lines of the widget."""
        return [self.render_line(y) for y in which]

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the widget."""
        if self.styles.gutter or self.styles.opacity != 1.0:
            return super().render_lines(crop)
        left, right = crop.column_span
        strips = self.strips_at(crop.line_range)
        if left == 0:
            # Narrower ones are of a size that was, until the widget is told of the new one.
            return [strip.adjust_cell_length(right, self.look()) if strip.cell_length != right
                    else strip for strip in strips]  # fmt: skip
        return [strip.crop(left, right) for strip in strips]
