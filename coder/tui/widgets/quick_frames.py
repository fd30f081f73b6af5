"""Frames that cost what changed, not what surrounds it.

Textual puts a frame together from every widget in the rectangle around all changes, line by line
in pieces. A code's key changes a line at the top, some in a panel and some far down in the text:
all but the whole screen, for a dozen lines (measured: nine tenths of what a key cost).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import sleep
from typing import TYPE_CHECKING

from rich.control import Control
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import Compositor, CompositorUpdate
from textual.geometry import Region
from textual.screen import Screen

from coder.tui.widgets.kept_lines import KeptLines
from coder.tui.widgets.rows_in_place import FrameInPlace, row_in_place

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.segment import Segment
    from textual.binding import BindingsMap
    from textual.dom import DOMNode
    from textual.strip import Strip
    from textual.widget import Widget


A_TURN = 0.00005
"""Seconds: as long as a thread needs to be woken."""


class PieceUpdate(CompositorUpdate):
    """Lines with the places they go to; no two share a cell."""

    def __init__(self, lines: list[tuple[int, int, Strip]]) -> None:
        self.lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """As segments, for an app that prints them; ours writes what ``render_segments`` gives."""
        yield from (segment for _, _, strip in self.lines for segment in _segments(strip))

    def render_segments(self, console: Console) -> str:
        """As what a terminal is sent."""
        return "".join([row_in_place(x, y, strip, console) for x, y, strip in self.lines])


def _segments(strip: Strip) -> Iterator[Segment]:
    yield from strip


class QuickCompositor(Compositor):
    """Asks each widget for just those of its lines that changed and that nothing covers."""

    def render_full_update(self, simplify: bool = False) -> FrameInPlace:
        """Everything, with what stands beside doubtful signs in its columns."""
        update = super().render_full_update(simplify)
        return FrameInPlace(update.strips, update.region)

    def render_partial_update(self) -> PieceUpdate | None:  # type: ignore[override]
        """What changed since the last frame; None where nothing did."""
        screen = self.size.region
        changed = [region.intersection(screen) for region in self._dirty_regions]
        self._dirty_regions.clear()
        widgets = [
            (widget, whole, whole.intersection(clip))
            for widget, (whole, clip) in self.visible_widgets.items()
        ]
        lines: list[tuple[int, int, Strip]] = []
        for region in _apart(changed):
            lines += _lines_in(region, widgets)
        return PieceUpdate(lines) if lines else None


def _lines_in(
    region: Region, widgets: Iterable[tuple[Widget, Region, Region]]
) -> Iterator[tuple[int, int, Strip]]:
    """The lines of a region, from the widget in front to what it leaves uncovered.

    Args:
        region: Of the screen.
        widgets: Each with where it is, and what of that can be seen; the one in front first.
    """
    left = [region]
    for widget, whole, seen in widgets:
        parts = [part.intersection(seen) for part in left if part.overlaps(seen)]
        for part in parts:
            strips = widget.render_lines(part.translate((-whole.x, -whole.y)))
            for y, strip in zip(part.line_range, strips, strict=False):
                yield part.x, y, strip
        if parts == left:
            return
        if parts:
            left = [rest for part in left for rest in _without(part, seen)]


class QuickScreen(Screen[None]):
    """A screen that can show at once what a key has changed."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = self._quick = QuickCompositor()
        self._chain: list[tuple[DOMNode, BindingsMap]] = []
        self._chain_of: tuple[Widget | None, object] = (None, None)

    @property
    def _binding_chain(self) -> list[tuple[DOMNode, BindingsMap]]:
        """Where a key is looked for, kept as long as the focus stays in one of our panels.

        Textual copies all tables of keys at every key, and asks for each key of each whether a
        widget further in would take it as a letter; a panel takes none.
        """
        focused, keymap = self.focused, self.app._keymap
        if not isinstance(focused, KeptLines):
            return super()._binding_chain
        if self._chain_of[0] is not focused or self._chain_of[1] is not keymap:
            self._chain, self._chain_of = super()._binding_chain, (focused, keymap)
        return self._chain

    def paint_now(self) -> None:
        """Write a frame of what has changed until now, unless the layout has to be done first.

        Else each changed widget waits until it is idle, tells the screen, and the screen waits
        until it is idle itself (measured: half a millisecond of the two a cursor move takes).
        """
        if self is not self.app.screen or self.app._batch_count or self.app.is_inline:
            return
        seen = self._compositor.visible_widgets
        if any(one._layout_required or one._scroll_required for one in (self, *seen)):
            return
        changed = {one for one in seen if one._repaint_required}
        for one in changed:
            one._repaint_required = False
        if changed:
            self._compositor.update_widgets(changed | self._dirty_widgets)
            self._dirty_widgets.clear()
            update = self._quick.render_partial_update()
            if update is not None:
                self._send(update)
            self.app._update_mouse_over(self)

    def _send(self, update: PieceUpdate) -> None:
        """Send a frame to the terminal in one piece.

        Textual sends its beginning, its lines and its end one by one to the thread that writes,
        which then takes its turns in the middle of our work.
        """
        app = self.app
        driver = app._driver
        if driver is None or app.is_headless or sys.platform == "win32":
            app._display(self, update)
            return
        cursor = Control.move_to(*self.outer_size.clamp_offset(app.cursor_position)).segment.text
        frame = update.render_segments(app.console) + cursor
        driver.write(f"{SYNC_START}{frame}{SYNC_END}" if app._sync_available else frame)
        # The thread that writes gets its turn now, not when all that is left to tidy up is done.
        sleep(A_TURN)


def _apart(regions: Iterable[Region]) -> list[Region]:
    """Regions that cover the same cells, each cell once."""
    found: list[Region] = []
    for region in sorted(regions, key=lambda region: -region.area):
        parts = [region]
        for other in found:
            parts = [rest for part in parts for rest in _without(part, other)]
        found += [part for part in parts if part]
    return found


def _without(region: Region, hole: Region) -> list[Region]:
    """What is left of a region: above and below the hole, and at its sides."""
    inner = region.intersection(hole)
    if not inner:
        return [region]
    x, y, width, _ = region
    rest = (
        Region(x, y, width, inner.y - y),
        Region(x, inner.bottom, width, region.bottom - inner.bottom),
        Region(x, inner.y, inner.x - x, inner.height),
        Region(inner.right, inner.y, region.right - inner.right, inner.height),
    )
    return [part for part in rest if part.width > 0 and part.height > 0]
