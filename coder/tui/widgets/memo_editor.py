"""The editor for memos: letters of every script, as they are typed."""

from __future__ import annotations

from unicodedata import category

from textual import events
from textual.widgets import TextArea


class MemoEditor(TextArea):
    """A text area that also takes characters which only join or part others.

    Persian and several Indian scripts are not spelt without them, nor are emoji of several parts;
    as keys they count as not printable, and would be lost.
    """

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]
        if event.character and len(event.character) == 1 and category(event.character) == "Cf":
            event.stop()
            event.prevent_default()
            self._restart_blink()
            self.replace(event.character, *self.selection, maintain_selection_offset=False)
