"""What stands in a window too small for anything else: one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.screen import Screen
from textual.widgets import Static

from coder.tui.surroundings import LEAST_HEIGHT, LEAST_WIDTH, is_too_small

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.tui.app import CoderApp


class SmallScreen(Screen[None]):
    """Lies over everything, and takes no code key, until there is room again."""

    if TYPE_CHECKING:
        app: CoderApp

    def compose(self) -> ComposeResult:
        """What to do."""
        key = self.app.shown_key("app.quit")
        yield Static(
            f"make the window larger: {LEAST_WIDTH} by {LEAST_HEIGHT} or more ({key} quits)",
            markup=False,
        )

    def on_screen_resume(self) -> None:
        """A dialog that lay above is gone."""
        self.look()

    def on_resize(self, event: events.Resize) -> None:
        """There may be room now."""
        self.look()

    def look(self) -> None:
        """Go away where there is room."""
        if self.is_current and self.is_mounted and not is_too_small(self.app.size):
            self.dismiss()
