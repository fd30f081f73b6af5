"""The command palette: Textual's, which says what to do where it finds nothing."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette
from textual.content import Content
from textual.widgets.option_list import Option

NOTHING = "no command has these words: Esc, then ? lists all keys"


class CoderPalette(CommandPalette):
    """The command palette."""

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()

        def show_nothing() -> None:
            self._list_visible = bool(search_value)
            if search_value:
                nothing = Option(Content(NOTHING), disabled=True, id=self._NO_MATCHES)
                self.query_one(CommandList).add_option(nothing)

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, show_nothing)
