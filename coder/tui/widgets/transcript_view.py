"""Selecting words of a transcript, from the keyboard and with the mouse."""

from __future__ import annotations

from textual import events

from coder.model import Span
from coder.tui.messages import SelectionChanged
from coder.tui.widgets.transcript_reader import TranscriptReader
from coder.tui.widgets.transcript_selection import Selection, dragged
from coder.tui.widgets.transcript_units import STEPS, Edge, Step


class TranscriptView(TranscriptReader, can_focus=True, inherit_bindings=False):
    """A transcript in which words can be selected; keys are the screen's business.

    What is selected is a span of the text, and what is painted is looked up from it: scrolling,
    another width or other excerpts leave it as it is.
    """

    def __init__(self) -> None:
        super().__init__()
        self.step: Step = "sentence"
        """By what the keys move when they say nothing else."""
        self.moved_by: Step = "sentence"
        """By what they moved last: so fine are the ends then moved."""
        self._pressed_at: Span | None = None
        """The character on which a mouse button went down."""
        self._was_dragged = False

    def choose(self, index: int, *, reveal: bool = True) -> None:
        """Make an excerpt the current one, and put away what is selected."""
        self.leave_selection()
        super().choose(index, reveal=reveal)

    # From the keyboard.

    def next_step(self) -> None:
        """Move by sentences, words, characters in turn."""
        self.step = self.moved_by = STEPS[(STEPS.index(self.step) + 1) % len(STEPS)]
        self.post_message(SelectionChanged())

    def move_cursor(self, by: int, step: Step | None = None) -> None:
        """Go a unit on (1) or back (-1); the first time, to the first of what is answered."""
        units = self._units
        step = self.moved_by = step or self.step
        if units is None:
            return
        if self.selection is None:
            first = self._first(step)
            self.select(Selection.of(first) if first else None)
        else:
            self.select(self.selection.moved(units, step, by), is_going=True)

    def put_cursor(self, place: int) -> None:
        """Go to the sentence at a place of the text."""
        unit = self._units.at("sentence", place) if self._units else None
        if unit is not None:
            self.show_place(unit.start)
            self.select(Selection.of(unit), is_going=True)

    def extend(self, by: int, step: Step | None = None, edge: Edge | None = None) -> None:
        """Move an end of what is selected a unit on or back.

        Args:
            by: 1 or -1.
            step: A unit of what; by default of what was chosen, or with an edge, moved by last.
            edge: Which end; by default the one moved last.
        """
        units, selection = self._units, self.selection
        step = self.moved_by = step or (self.moved_by if edge else self.step)
        if units is None or selection is None:
            self.move_cursor(by, step)
        elif edge is None:
            self.select(selection.extended(units, step, by))
        else:
            self.select(selection.with_end(units, step, edge, by))

    def go_to_end(self, edge: Edge, *, is_extending: bool = False) -> None:
        """To the first or the last unit of the current excerpt, or select as far as there."""
        unit = self._first(self.step) if edge == "start" else self._last(self.step)
        if unit is None:
            return
        if is_extending and self.selection is not None:
            self.select(self.selection.to(unit, edge))
        else:
            self.select(Selection.of(unit), is_going=True)

    def select_excerpt(self) -> None:
        """Select all that the current excerpt shows, to move its ends from there."""
        mark = self.current_mark
        words = self._units.within(mark.span) if self._units and mark else None
        if words is not None:
            self.select(Selection.of(words))

    def words_shown(self, span: Span) -> Span | None:
        """From the first to the last character of a span that can be seen and selected."""
        return self._units.within(span) if self._units else None

    def leave_selection(self) -> bool:
        """Select nothing; whether anything was selected."""
        was_there = self.selection is not None
        self.select(None)
        return was_there

    def select(self, selection: Selection | None, *, is_going: bool = False) -> None:
        """Show something as selected, and keep its moving end in sight.

        The current excerpt stays while a part of it is selected, so that what is done to it
        is done to the one that was looked at; with ``is_going`` it is the one gone to.
        """
        before, self.selection = self.selection, selection
        if selection == before:
            return
        self._paint_change(before, selection)
        if selection is not None:
            self._follow(selection, is_going=is_going)
            self._keep_in_sight(selection.head)
            if is_going:
                # Of what is longer than the screen, the beginning.
                self._keep_in_sight(selection.start)
        if (before is None) != (selection is None):
            self.post_message(SelectionChanged())

    def _paint_change(self, before: Selection | None, after: Selection | None) -> None:
        """Paint again the rows on which something changed, and no others."""
        if before and after and before.span.overlap(after.span):
            self._refresh_words(*sorted((before.start, after.start)))
            self._refresh_words(*sorted((before.stop, after.stop)))
            return
        for selection in (before, after):
            if selection is not None:
                self._refresh_words(selection.start, selection.stop)

    def _follow(self, selection: Selection, *, is_going: bool) -> None:
        mark, layout = self.current_mark, self._layout
        if mark is None or layout is None:
            return
        is_inside = mark.span.start <= selection.head < mark.span.stop
        if is_inside or (not is_going and mark.span.overlap(selection.span)):
            return
        index = layout.excerpt_at(layout.row_at(selection.head))
        if index is not None:
            self._make_current(index)

    def _first(self, step: Step) -> Span | None:
        """The first unit of what is answered in the current excerpt, else of what is asked."""
        units, mark, transcript = self._units, self.current_mark, self.transcript
        if units is None or transcript is None:
            return None
        if mark is None:
            return units.first_after(step, -1)
        words = units.within(mark.span)
        if words is None:
            return None
        answers = (
            turn.words.overlap(words)
            for turn in transcript.turns
            if not transcript.is_interviewer(turn.speaker)
        )
        answer = next((units.within(span) for span in answers if span), None) or words
        return units.at(step, answer.start)

    def _last(self, step: Step) -> Span | None:
        units, mark = self._units, self.current_mark
        if units is None:
            return None
        if mark is None:
            return units.last_before(step, len(self.transcript.text) if self.transcript else 0)
        words = units.within(mark.span)
        return units.at(step, words.stop - 1) if words else None

    # With the mouse.

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A drag may begin here."""
        self._was_dragged = False
        self._pressed_at = self._character_at(event.x, event.y) if event.button == 1 else None
        if self._pressed_at is not None:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """A drag selects characters; past the edge it scrolls."""
        if self._pressed_at is None or self._units is None:
            return
        if not event.button:
            self._let_go()
            return
        if not 0 <= event.y < self.size.height:
            self._scroll_to_row(int(self.scroll_offset.y) + (1 if event.y > 0 else -1))
        here = self._character_at(event.x, min(max(event.y, 0), self.size.height - 1))
        if here is not None and (self._was_dragged or here != self._pressed_at):
            self._was_dragged = True
            self.select(dragged(self._pressed_at, here))

    def on_mouse_up(self) -> None:
        """A drag ends."""
        self._let_go()

    def _let_go(self) -> None:
        self._pressed_at = None
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """A click makes an excerpt the current one; two select a word, three a sentence."""
        if self._layout is None or self._was_dragged:
            return
        if event.chain > 1 and self._units is not None:
            here = self._character_at(event.x, event.y)
            step: Step = "word" if event.chain == 2 else "sentence"
            unit = self._units.at(step, here.start) if here else None
            if unit is not None:
                self.select(Selection.of(unit), is_going=True)
            return
        index = self._layout.excerpt_at(int(self.scroll_offset.y) + event.y)
        if index is not None:
            self.choose(index, reveal=False)

    def _character_at(self, x: int, y: int) -> Span | None:
        """The character under a cell, else the last one before it; None above all words."""
        painter, units = self._painter, self._units
        if painter is None or units is None:
            return None
        place = painter.place_at(int(self.scroll_offset.y) + y, x)
        return None if place is None else units.at("character", place)
