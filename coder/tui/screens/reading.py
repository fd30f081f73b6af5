"""Reading a transcript: everything that moves through it and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters
from textual.screen import Screen

from coder.tui.messages import ExcerptChosen
from coder.tui.sitting import Sitting
from coder.tui.widgets.quick_frames import QuickCompositor
from coder.tui.widgets.transcript_view import TranscriptView

if TYPE_CHECKING:
    from coder.tui.app import CoderApp


class ReadingScreen(Screen[None]):
    """A screen around one transcript; what is done with the excerpts is its child's business."""

    view = getters.query_one(TranscriptView)

    if TYPE_CHECKING:
        app: CoderApp

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._compositor = QuickCompositor()
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
            self.arrive()

    def action_step(self, step: int) -> None:
        """Go some excerpts on."""
        self.go_to(self.index + step)

    def action_step_open(self, step: int) -> None:
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

    def action_sentence(self, step: int) -> None:
        """Move the sentence cursor."""
        self.view.move_sentence(step)
        self._follow()

    def action_extend(self, step: int) -> None:
        """Select sentences."""
        self.view.move_sentence(step, is_extending=True)
        self._follow()
