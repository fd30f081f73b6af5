"""Moving through a transcript: from excerpt to excerpt, by lines, by sentences."""

from __future__ import annotations

from textual import events

from coder.tui.messages import ExcerptChosen, SentenceMoved
from coder.tui.widgets.transcript_page import TranscriptPage


class TranscriptView(TranscriptPage, can_focus=True, inherit_bindings=False):
    """A transcript page on which one can go about; keys are the screen's business."""

    # Moving.

    def choose(self, index: int, *, reveal: bool = True) -> None:
        """Make an excerpt the current one."""
        if not self.marks:
            return
        index = min(max(index, 0), len(self.marks) - 1)
        self._drop_sentence()
        if index != self.current:
            before, self.current = self.current, index
            self._refresh_excerpt(before)
            self._refresh_excerpt(index)
            self.post_message(ExcerptChosen(index))
        if reveal and not self._is_seen_whole(index):
            self.reveal()

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
        seen = [index for index in range(len(self.marks)) if self._seen_rows(index)]
        if seen:
            self.choose(seen[0] if direction >= 0 else seen[-1], reveal=False)

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

    def on_click(self, event: events.Click) -> None:
        """A click makes the excerpt under it the current one."""
        if self._layout is None:
            return
        index = self._layout.excerpt_at(int(self.scroll_offset.y) + event.y)
        if index is not None:
            self.choose(index, reveal=False)

    # Sentences.

    def move_sentence(self, step: int, *, is_extending: bool = False) -> None:
        """Move the sentence cursor; it starts at the first sentence of the answer."""
        layout = self._layout
        if layout is None or not layout.sentences:
            return
        before = self.selected_sentences
        if self.sentence is None:
            self.sentence = self._first_sentence()
        else:
            self.sentence = min(max(self.sentence + step, 0), len(layout.sentences) - 1)
        if not is_extending or self._sentence_anchor is None:
            self._sentence_anchor = self.sentence
        head, anchor = self.sentence, self._sentence_anchor
        self._refresh_sentences(before)
        self._refresh_sentences(self.selected_sentences)
        index = self._excerpt_of_sentence(head)
        if index is not None and index != self.current:
            self.choose(index, reveal=False)
            self.sentence, self._sentence_anchor = head, anchor
        self._keep_in_sight(layout.rows_of_sentence(head))
        self.post_message(SentenceMoved(head))

    def put_cursor(self, place: int) -> None:
        """Put the sentence cursor on the sentence at a place of the text."""
        layout = self._layout
        head = layout.sentence_at(place) if layout else None
        if layout is None or head is None:
            return
        index = self._excerpt_of_sentence(head)
        self._drop_sentence()
        if index is not None:
            self.choose(index, reveal=False)
        self.sentence = self._sentence_anchor = head
        self._refresh_sentences(self.selected_sentences)
        self.show_place(layout.sentences[head].span.start)
        self.post_message(SentenceMoved(head))

    def leave_sentences(self) -> bool:
        """Put the sentence cursor away; whether there was one."""
        was_there = self.sentence is not None
        self._drop_sentence()
        return was_there

    def _drop_sentence(self) -> None:
        if self.sentence is not None:
            chosen = self.selected_sentences
            self.sentence = self._sentence_anchor = None
            self._refresh_sentences(chosen)
            self.post_message(SentenceMoved(None))

    def _first_sentence(self) -> int:
        layout = self._layout
        mark = self.current_mark
        if layout is None or mark is None:
            return 0
        inside = layout.sentences_in(mark.span)
        answers = (number for number in inside if not self._is_question(number))
        first = next(iter([*answers, *inside]), None)
        return first if first is not None else layout.sentence_at(mark.span.start) or 0

    def _is_question(self, sentence: int) -> bool:
        """Whether an interviewer says it."""
        layout, transcript = self._layout, self.transcript
        if layout is None or transcript is None:
            return False
        row = layout.rows[layout.row_at(layout.sentences[sentence].span.start)]
        return transcript.is_interviewer(transcript.turns[row.turn].speaker)

    def _excerpt_of_sentence(self, sentence: int) -> int | None:
        if self._layout is None:
            return None
        start = self._layout.sentences[sentence].span.start
        row = self._layout.rows[self._layout.row_at(start)]
        if self.current in row.excerpts:
            return self.current
        return row.excerpts[0] if row.excerpts else None

    def _keep_in_sight(self, rows: range) -> None:
        top, height = int(self.scroll_offset.y), self.size.height
        if rows.start < top + 1:
            self._scroll_to_row(rows.start - 1)
        elif rows.stop > top + height - 1:
            self._scroll_to_row(rows.stop + 1 - height)
