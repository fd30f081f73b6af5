"""A scroll bar that is painted as fast as the lines beside it."""

from __future__ import annotations

from math import ceil
from typing import Self, cast

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

EIGHTHS = 8
"""Parts of a cell by which a bar can be longer or shorter."""


class KeptScrollBar(ScrollBar):
    """Looks and works as Textual's, whose bar goes through three kinds of renderable first.

    Measured: that took a third of what scrolling did, and a code's key may scroll too.
    """

    def __init__(self, thickness: int) -> None:
        self._strips: dict[Segment, Strip] = {}
        self._asked_as: tuple[object, ...] | None = None
        super().__init__(name="vertical", thickness=thickness)

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Paint the bar again where it has changed.

        Textual asks for it after every layout, which has painted it: a second frame for nothing.
        """
        state = self._state
        if layout or recompose or state != self._asked_as:
            self._asked_as = state
            super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self

    @property
    def _state(self) -> tuple[object, ...]:
        height, virtual = self.size.height, self.window_virtual_size
        # As far as it shows, in eighths of a cell: where a long text grows by a row, nothing does.
        thumb = max(1.0, self.window_size * height / virtual) if virtual else 1.0
        hidden = max(virtual - self.window_size, 1)
        start = int((height - thumb) * self.position / hidden * EIGHTHS)
        shown = start, ceil(thumb * EIGHTHS), virtual > self.window_size
        return *shown, self.mouse_over, self.grabbed is not None, height

    def render_lines(self, crop: Region) -> list[Strip]:
        """A part of the bar."""
        bar = cast(ScrollBarRender, self.render())
        style = cast(Style, bar.style)
        assert style.bgcolor is not None, "made of two colours"
        assert style.color is not None, "made of two colours"
        drawn = bar.render_bar(
            size=self.size.height,
            virtual_size=bar.virtual_size,
            window_size=bar.window_size,
            position=bar.position,
            thickness=bar.thickness,
            back_color=style.bgcolor,
            bar_color=style.color,
        )
        strips: list[Strip] = []
        before: Segment | None = None
        for segment in list(drawn.segments)[crop.y : crop.bottom]:
            # Most are the one before again, and to look one up costs ten times as much.
            strips.append(strips[-1] if segment is before else self._strip(segment))
            before = segment
        return strips

    def _strip(self, segment: Segment) -> Strip:
        strip = self._strips.get(segment)
        if strip is None:
            strip = Strip([segment], self.thickness)
            for one in self.get_line_filters():
                strip = strip.apply_filter(one, self.background_colors[1])
            self._strips[segment] = strip
        return strip

    def notify_style_update(self) -> None:
        """Other colours."""
        super().notify_style_update()
        self._strips.clear()
        self._asked_as = None
