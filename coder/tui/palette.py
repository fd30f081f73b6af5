"""The command palette: Textual's, which says what to do where it finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.command import CommandList, CommandPalette
from textual.content import Content
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from coder.tui.app import CoderApp


class CoderPalette(CommandPalette):
    """The command palette."""

    if TYPE_CHECKING:
        app: CoderApp

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()

        def show_nothing() -> None:
            self._list_visible = bool(search_value)
            if search_value:
                key = self.app.shown_key("app.help")
                words = f"no command has these words; outside, {key} lists all keys"
                nothing = Option(Content(words), disabled=True, id=self._NO_MATCHES)
                self.query_one(CommandList).add_option(nothing)

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, show_nothing)
