"""A transcript on the screen: margin, words, excerpts with their labels; nothing moves here."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from textual import events
from textual.geometry import Size

from coder.model import Span, Transcript
from coder.tui.marks import ExcerptMark
from coder.tui.widgets.transcript_hits import Hits
from coder.tui.widgets.transcript_layout import TranscriptLayout, any_overlap, around_each
from coder.tui.widgets.transcript_margin import Margin
from coder.tui.widgets.transcript_painter import TranscriptPainter, flow_labels
from coder.tui.widgets.transcript_rows import READING_LINE, TranscriptRows
from coder.tui.widgets.transcript_units import TranscriptUnits

BELOW_A_PLACE = 2
"""Rows that stay below a place that is shown: a line to type in may lie over them."""

ROOMY_FROM = 28
"""From this many lines an empty one parts excerpts."""


class TranscriptPage(TranscriptRows):
    """Shows one transcript and its excerpts, one of which is current.

    It knows nothing of a study: ``show`` gives it everything, ``remark`` one changed excerpt.
    """

    DEFAULT_CSS = """
    TranscriptPage {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.transcript: Transcript | None = None
        self._units: TranscriptUnits | None = None

    # What is shown.

    def show(self, transcript: Transcript, marks: Sequence[ExcerptMark], current: int = 0) -> None:
        """Show a transcript from the excerpt that is to be current."""
        self.transcript = transcript
        self.marks = list(marks)
        self.current = min(max(current, 0), max(len(self.marks) - 1, 0))
        self.selection = None
        self._units = TranscriptUnits(transcript)
        self.hits = Hits()
        self._lay_out()
        self.reveal()

    def reshow(self, marks: Sequence[ExcerptMark], current: int) -> None:
        """Show other excerpts of the same transcript without moving what is being read."""
        top = self._place_at_top()
        self.marks = list(marks)
        self.current = min(max(current, 0), max(len(self.marks) - 1, 0))
        self._lay_out()
        self._put_at_top(*top)

    def remark(self, index: int, mark: ExcerptMark) -> None:
        """Show one excerpt's new state; only its own rows are painted again."""
        self.marks[index] = mark
        painter = self._painter
        if painter is None:
            return
        before, after = painter.label_rows[index], self._flow_labels(index, painter.margin)
        painter.label_rows[index] = after
        if len(before) == len(after):
            # The state sign on the second row, and the labels at the end; not the words between.
            rows = painter.layout.rows_of_excerpt(index)
            parts = rows[:2], rows[-len(after) :]
            for number in chain(*parts):
                self._strips.pop(number, None)
            self._refresh_rows(*parts)
        else:
            # More or fewer rows of labels: everything below moves, and looks as before.
            moved = self._strips_moved(index, len(before), len(after))
            top, first = self.scroll_y, painter.layout.rows_of_excerpt(index).start
            layout = painter.layout.with_labels_of(index, len(after))
            self._take_layout(layout, self.virtual_size.width)
            self._strips = moved
            if self.scroll_y == top:
                # To the foot of the screen, where a text that got shorter leaves a row behind.
                self._refresh_rows(range(first, int(top) + self.size.height))
            else:
                self.refresh()
            if index == self.current:
                self._keep_current_in_sight()

    def show_hits(self, hits: Hits) -> None:
        """Mark places in the text; rows on which nothing changes are not painted again."""
        self.hits = hits
        self.refresh()

    def show_place(self, place: int) -> None:
        """Bring a place of the text to the reading line, unless it can be seen."""
        if self._layout is None:
            return
        row, top = self._layout.row_at(place), int(self.scroll_offset.y)
        if not top <= row < top + self.size.height - BELOW_A_PLACE:
            self._scroll_to_row(row - self.size.height // READING_LINE)

    def keep_above(self, rows: int) -> bool:
        """Bring the current excerpt out from under so many rows at the foot of the screen.

        Returns:
            Whether it is; at the end of the text there may be nothing more to scroll.
        """
        free = self.screen.size.height - rows - self.region.y
        found = self._seen_rows(self.current)
        if found and found.stop - int(self.scroll_offset.y) > free:
            self.reveal()
            found = self._seen_rows(self.current)
        top = int(self.scroll_offset.y)
        return found.stop - top <= free or found.start - top <= self.size.height // READING_LINE

    @property
    def place_at_top(self) -> int:
        """Code point at the top of the screen."""
        return self._place_at_top()[0]

    def excerpt_at(self, place: int) -> int | None:
        """The innermost excerpt at a place of the text; the current one before any other."""
        if self._layout is None or not self._layout.rows:
            return None
        found = self._layout.rows[self._layout.row_at(place)].excerpts
        return self.current if self.current in found else next(iter(found), None)

    @property
    def current_mark(self) -> ExcerptMark | None:
        """The current excerpt, if there is any."""
        return self.marks[self.current] if self.marks else None

    # Layout.

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        transcript = self.transcript
        if transcript is None or width <= 0:
            return
        highest = max((mark.number for mark in self.marks), key=len, default="")
        spans = [mark.span for mark in self.marks]
        self._around = around_each(spans)
        bars = 2 if any_overlap(spans) else 1
        margin = Margin.for_view(transcript, highest, width, bars)
        label_rows = [self._flow_labels(index, margin) for index in range(len(self.marks))]
        layout = TranscriptLayout(
            transcript.text,
            transcript.turns,
            spans,
            margin.words,
            headings=[self._shows_heading(index) for index in range(len(self.marks))],
            label_rows=[len(rows) for rows in label_rows],
            has_gaps=self._is_roomy,
            earlier=self._painter.layout if self._painter else None,
        )
        self._painter = TranscriptPainter(
            transcript, self.marks, layout, margin, self.size.width, label_rows, self._look, width
        )
        self._use_layout(layout)

    def _shows_heading(self, index: int) -> bool:
        """Whether there is a question to show that no excerpt around this one shows."""
        heading = self.marks[index].heading
        return bool(heading) and all(self.marks[i].heading != heading for i in self._around[index])

    def _flow_labels(self, index: int, margin: Margin) -> list[list[int]]:
        """Rows of labels; without labels one that parts excerpts, but none inside another one."""
        mark = self.marks[index]
        is_inside = bool(self._around[index])
        return [] if is_inside and not mark.labels else flow_labels(mark, margin, self.size.width)

    def _use_layout(self, layout: TranscriptLayout) -> None:
        self._take_layout(layout, self.scrollable_content_region.width)
        self.refresh()

    def _take_layout(self, layout: TranscriptLayout, width: int) -> None:
        if self._painter is not None:
            self._painter.layout = layout
        self._strips.clear()
        size = Size(width, len(layout))
        if size.width == self.virtual_size.width and self.show_vertical_scrollbar:
            # No reactive: that lays out the whole screen, on which nothing else moves.
            self.set_reactive(TranscriptPage.virtual_size, size)
            if self.scroll_y + self.size.height > len(layout):
                self.scroll_y = self.validate_scroll_y(self.scroll_y)
        else:
            self.virtual_size = size
        if self._vertical_scrollbar is not None:
            # At once: Textual tells it after the next frame, which would take another one.
            self._vertical_scrollbar.window_virtual_size = len(layout)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap to the new width and keep the place that is being read."""
        if self.transcript is None:
            return
        layout, width = self._layout, self.scrollable_content_region.width
        if layout is None:
            self._lay_out()
            self.reveal()
            return
        if self.virtual_size.width != width or layout.has_gaps != self._is_roomy:
            top = self._place_at_top()
            self._lay_out()
            self._put_at_top(*top)
        self._keep_current_in_sight()
        if self.selection is not None:
            self._keep_in_sight(self.selection.head)

    @property
    def _is_roomy(self) -> bool:
        return self.size.height >= ROOMY_FROM

    def _keep_current_in_sight(self) -> None:
        """Bring the current excerpt back where a part of it that could show does not."""
        layout = self._layout
        if layout is None or self._is_seen_whole(self.current):
            return
        rows = layout.rows_of_excerpt(self.current)
        if len(rows) <= self.size.height:
            top = int(self.scroll_offset.y)
            is_below = rows.stop > top + self.size.height
            self._scroll_to_row(rows.stop - self.size.height if is_below else rows.start)
        elif not self._seen_rows(self.current):
            self.reveal()

    def _keep_in_sight(self, place: int) -> None:
        """Scroll no more than it takes to show a place of the text, and a row beyond it."""
        if self._layout is None:
            return
        row = self._layout.row_at(place)
        top, height = int(self.scroll_offset.y), self.size.height
        if row < top + 1:
            self._scroll_to_row(row - 1)
        elif row > top + height - 2:
            self._scroll_to_row(row + 2 - height)

    def _place_at_top(self) -> tuple[int, int]:
        """Code point of the first row of words on screen, and the row it is on."""
        if self._layout is None:
            return 0, 0
        top = int(self.scroll_offset.y)
        for number in range(top, len(self._layout)):
            row = self._layout.rows[number]
            if row.kind == "words":
                return row.start, number - top
        return len(self._layout.text), 0

    def _put_at_top(self, place: int, rows_above: int) -> None:
        if self._layout is not None:
            self._scroll_to_row(self._layout.row_at(place) - rows_above)
            self._keep_current_in_sight()

    def _scroll_to_row(self, row: int) -> None:
        self.scroll_to(y=max(row, 0), animate=False, force=True, immediate=True)

    # What is seen.

    def is_current_on_screen(self) -> bool:
        """Whether any row of the current excerpt can be seen."""
        return bool(self._layout) and bool(self._seen_rows(self.current))

    def _is_seen_whole(self, index: int) -> bool:
        return self._layout is not None and (
            self._seen_rows(index) == self._layout.rows_of_excerpt(index)
        )

    def _seen_rows(self, index: int) -> range:
        if self._layout is None:
            return range(0)
        rows = self._layout.rows_of_excerpt(index)
        top = int(self.scroll_offset.y)
        return range(max(rows.start, top), min(rows.stop, top + self.size.height))

    def reveal(self) -> None:
        """Bring the current excerpt to the reading line."""
        if self._layout is None:
            return
        rows = self._layout.rows_of_excerpt(self.current)
        if rows:
            self._scroll_to_row(rows.start - self.size.height // READING_LINE)

    @property
    def selected_span(self) -> Span | None:
        """The words that are shown as selected, and would be cut."""
        return self.selection.span if self.selection else None
