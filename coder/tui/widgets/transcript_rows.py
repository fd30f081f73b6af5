"""Rows of a transcript as they are painted, each kept until something that shows on it changes."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from coder.model import Span
from coder.tui.marks import ExcerptMark
from coder.tui.widgets.kept_lines import KeptLines
from coder.tui.widgets.kept_scroll_bar import KeptScrollBar
from coder.tui.widgets.transcript_hits import Hits
from coder.tui.widgets.transcript_layout import TranscriptLayout
from coder.tui.widgets.transcript_painter import COMPONENTS, TranscriptPainter
from coder.tui.widgets.transcript_selection import Selection

READING_LINE = 6
"""Where a chosen excerpt does not show whole, it is put a sixth down the screen."""

KEPT_LOOKS = 4
"""Of one row: as current, as not, and what a selection made of it last."""


class TranscriptRows(KeptLines, ScrollView, can_focus=True, inherit_bindings=False):
    """Paints the rows that are on screen, or will be next, and keeps them.

    What is on the rows, and which of them are on screen, is the business of the page.
    """

    ALLOW_SELECT = False
    """Textual's own selecting with the mouse knows nothing of the text behind the rows."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"transcript-view--{name}" for name in COMPONENTS}

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[ExcerptMark] = []
        self.current: int = 0
        self._around: list[tuple[int, ...]] = []
        """For each excerpt those in which it lies."""
        self.selection: Selection | None = None
        """The words that are selected; None while nothing is."""
        self.hits = Hits()
        """Places marked in the text, such as what a search found."""
        self._painter: TranscriptPainter | None = None
        self._strips: dict[int, dict[object, Strip]] = {}
        """By row and by what changes with the cursor: to and fro, nothing is painted twice."""
        self._styles_now: dict[tuple[str, bool], Style] = {}

    @property
    def _layout(self) -> TranscriptLayout | None:
        return self._painter.layout if self._painter else None

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """Ours, made when it is first asked for."""
        if self._vertical_scrollbar is None:
            bar = KeptScrollBar(self.scrollbar_size_vertical)
            bar.display = False
            self._vertical_scrollbar = bar
            self.app._start_widget(self, bar)
        return super().vertical_scrollbar

    def notify_style_update(self) -> None:
        """Another theme: nothing painted before can be used."""
        super().notify_style_update()
        self._strips.clear()
        self._styles_now.clear()

    def _look(self, name: str, is_current: bool) -> Style:
        key = (name, is_current)
        style = self._styles_now.get(key)
        if style is None:
            style = self.get_component_rich_style(f"transcript-view--{name}")
            if is_current:
                ground = self.get_component_rich_style("transcript-view--current").bgcolor
                style += Style(bgcolor=ground)
            style = self._styles_now[key] = self.coloured(style)
        return style

    def _refresh_excerpt(self, index: int) -> None:
        if self._layout is not None:
            self._refresh_rows(self._layout.rows_of_excerpt(index))

    def _refresh_words(self, start: int, stop: int) -> None:
        if self._layout is not None and start < stop:
            self._refresh_rows(self._layout.rows_of(Span(start, stop)))

    def _refresh_rows(self, *parts: range) -> None:
        top, height = int(self.scroll_offset.y), self.size.height
        ends = [(max(rows.start - top, 0), min(rows.stop - top, height)) for rows in parts]
        # Without the scroll bar, which would be painted with them.
        width = self.virtual_size.width
        regions = [Region(0, start, width, stop - start) for start, stop in ends if start < stop]
        if regions:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """One line of the screen, kept until something that shows on it changes."""
        return self.strips_at(range(y, y + 1))[0]

    def strips_at(self, which: range) -> list[Strip]:
        """Several lines of the screen."""
        top = int(self.scroll_offset.y)
        return [self._strip(top + y) for y in which]

    def prepare(self, index: int) -> None:
        """Paint what will show when an excerpt becomes the current one, and keep it."""
        layout = self._layout
        if layout is None or not 0 <= index < len(self.marks):
            return
        rows, height, top = layout.rows_of_excerpt(index), self.size.height, self.scroll_offset.y
        if not top <= rows.start <= rows.stop <= top + height:
            top = max(rows.start - height // READING_LINE, 0)
        console = self.app.console
        for number in range(int(top), min(int(top) + height, len(layout))):
            self._strip(number, index).render(console)

    def _strip(self, number: int, at: int | None = None) -> Strip:
        """A row as it looks now, or as it would with another excerpt as the current one."""
        painter = self._painter
        if painter is None or not 0 <= number < len(painter.layout):
            return Strip.blank(self.virtual_size.width, self._look("words", False))
        row = painter.layout.rows[number]
        index = self.current if at is None else at
        current = index if self.marks and index in row.excerpts else None
        chosen = self.selection.part_of(row) if self.selection else None
        hits = self.hits.on(row)
        painted = self._strips.setdefault(number, {})
        seen_as = current, chosen, hits
        strip = painted.get(seen_as)
        if strip is None:
            if len(painted) >= KEPT_LOOKS:
                painted.clear()
            strip = painted[seen_as] = painter.paint(number, row, current, chosen, hits)
        return strip

    def _strips_moved(self, index: int, before: int, after: int) -> dict[int, dict[object, Strip]]:
        """What is painted already, at its place under another number of label rows."""
        if self._layout is None or self._around[index]:
            return {}
        rows = self._layout.rows_of_excerpt(index)
        labels = rows[len(rows) - before :]
        top, height = int(self.scroll_offset.y), self.size.height
        # What was read long ago is painted again where it is wanted: it is less work than to move.
        near = range(top - height, top + 2 * height)
        return {
            number + (after - before if number >= labels.start else 0): strip
            for number, strip in self._strips.items()
            if number in near and number not in rows[:2] and number not in labels
        }
