"""Going about in a transcript: from excerpt to excerpt, by lines."""

from __future__ import annotations

from asyncio import TimerHandle, get_running_loop

from textual import events

from coder.tui.messages import ExcerptChosen
from coder.tui.widgets.transcript_page import TranscriptPage

A_MOMENT = 0.02
"""Seconds."""


class TranscriptReader(TranscriptPage, can_focus=True, inherit_bindings=False):
    """A transcript page on which one can go about; keys are the screen's business."""

    _preparing: TimerHandle | None = None

    def prepare_soon(self, index: int) -> None:
        """Paint in a moment, when the key that was pressed has shown, what the next may need."""
        if self._preparing is not None:
            self._preparing.cancel()
        self._preparing = get_running_loop().call_later(A_MOMENT, self.prepare, index)

    def on_unmount(self) -> None:
        """Nothing will show any more."""
        if self._preparing is not None:
            self._preparing.cancel()

    def choose(self, index: int, *, reveal: bool = True) -> None:
        """Make an excerpt the current one."""
        if not self.marks:
            return
        index = min(max(index, 0), len(self.marks) - 1)
        self._make_current(index)
        if reveal and not self._is_seen_whole(index):
            self.reveal()

    def _make_current(self, index: int) -> None:
        if index != self.current:
            before, self.current = self.current, index
            self._refresh_excerpt(before)
            self._refresh_excerpt(index)
            self.post_message(ExcerptChosen(index))

    def scroll_rows(self, rows: int) -> None:
        """Scroll by rows; the current excerpt stays one that can be seen, as in a pager."""
        self._scroll_to_row(int(self.scroll_offset.y) + rows)
        self._stay_with_what_is_seen(rows)

    def scroll_pages(self, pages: int) -> None:
        """Scroll by screens less two rows to hold on to."""
        self.scroll_rows(pages * max(self.size.height - 2, 1))

    def _stay_with_what_is_seen(self, direction: int) -> None:
        if self._layout is None or not self.marks or self._seen_rows(self.current):
            return
        top = int(self.scroll_offset.y)
        rows = self._layout.rows[top : top + self.size.height]
        seen = {index for row in rows for index in row.excerpts}
        if seen:
            self._make_current(min(seen) if direction >= 0 else max(seen))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The scroll bar and the wheel take the current excerpt along too."""
        super().watch_scroll_y(old_value, new_value)
        if self.is_vertical_scrollbar_grabbed:
            self._stay_with_what_is_seen(int(new_value - old_value))

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_rows(3)

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_rows(-3)
