"""Reading a transcript: everything that moves through it and changes nothing."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from coder.tui.messages import ExcerptChosen, SelectionChanged
from coder.tui.sitting import Sitting
from coder.tui.widgets.quick_frames import QuickScreen
from coder.tui.widgets.transcript_view import TranscriptView

if TYPE_CHECKING:
    from coder.tui.app import CoderApp
    from coder.tui.widgets.transcript_units import Edge, Step


class ReadingScreen(QuickScreen):
    """A screen around one transcript; what is done with the excerpts is its child's business."""

    @cached_property
    def view(self) -> TranscriptView:
        """The text. Looked for once: Textual would look for it a dozen times at every key."""
        return self.query_one(TranscriptView)

    if TYPE_CHECKING:
        app: CoderApp

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self._arrived_at = -1

    @property
    def index(self) -> int:
        """The place of the current excerpt."""
        return self.view.current

    def go_to(self, place: int, *, reveal: bool = True) -> None:
        """Make an excerpt the current one, and show what belongs to it in the same frame."""
        self.view.choose(place, reveal=reveal)
        self.arrive()

    def arrive(self) -> None:
        """Show what belongs to the current excerpt."""
        self._arrived_at = self.index

    def on_excerpt_chosen(self, message: ExcerptChosen) -> None:
        """The mouse or scrolling made another excerpt the current one."""
        message.stop()
        self._follow()

    def _follow(self) -> None:
        if self._arrived_at != self.index:
            self.taken_along()
            self.arrive()
        else:
            # At once, not when the message comes: it would take a second frame.
            self.show_selection()

    def taken_along(self) -> None:
        """Told when scrolling, selecting or the mouse has made another excerpt the current one."""

    def action_step(self, step: int) -> None:
        """Go some excerpts on."""
        self.go_to(self.index + step)

    async def action_step_open(self, step: int) -> None:
        """Go to an excerpt that needs work."""
        place = self.sitting.next_open(self.index, step)
        if place is None:
            self.app.tell("nothing is left to do in this transcript")
        else:
            self.go_to(place)

    def action_ends(self, place: int) -> None:
        """Go to the first (0) or last (-1) excerpt."""
        self.go_to(place if place >= 0 else len(self.sitting.works) - 1)

    def action_rows(self, rows: int) -> None:
        """Scroll by lines."""
        self.view.scroll_rows(rows)
        self._follow()

    def action_pages(self, pages: int) -> None:
        """Scroll by screens."""
        self.view.scroll_pages(pages)
        self._follow()

    # Selecting.

    @property
    def selection_in_words(self) -> str:
        """By what the keys select now; empty while nothing is selected."""
        return f"by {self.view.moved_by}" if self.view.selection else ""

    def on_selection_changed(self, message: SelectionChanged) -> None:
        """Words are selected now, or none are any more, or the keys move by something else."""
        message.stop()
        self.show_selection()

    def show_selection(self) -> None:
        """Show by what the keys select."""

    def action_next_select_step(self) -> None:
        """Select by sentences, words, characters in turn."""
        self.view.next_step()
        if self.view.selection is None:
            self.view.move_cursor(1)
            self._follow()

    def action_select_move(self, by: int, step: Step | None = None) -> None:
        """Move the cursor, by default by what was chosen last."""
        self.view.move_cursor(by, step)
        self._follow()

    def action_select_extend(self, by: int, step: Step | None = None) -> None:
        """Move the end of the selection that was moved last."""
        self.view.extend(by, step)
        self._follow()

    def action_select_edge(self, edge: Edge, by: int) -> None:
        """Move the start or the stop of the selection."""
        self.view.extend(by, edge=edge)
        self._follow()

    def action_select_end(self, edge: Edge) -> None:
        """Select the first or the last words of the excerpt."""
        self.view.go_to_end(edge)
        self._follow()

    def action_select_to(self, edge: Edge) -> None:
        """Select as far as the first or last words of the excerpt."""
        self.view.go_to_end(edge, is_extending=True)
        self._follow()

    def action_select_excerpt(self) -> None:
        """Select the current excerpt as it is."""
        self.view.select_excerpt()
