"""The memo dialog: a real editor for notes of several lines."""

from __future__ import annotations

from asyncio import Event
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from coder.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from textual.app import ComposeResult


class MemoDialog(ModalScreen[None]):
    """An editor for one memo.

    Escape keeps, because a hand that wants out should not lose words; what was kept can be
    taken back with undo.

    Args:
        title: What the memo is about.
        body: What stands there already.
        keep: Takes the text, before the next key is read; False where it cannot be kept, and
            the words stay in the editor.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "keep", "keep and close", id="memo.keep", priority=True),
        Binding("ctrl+g", "discard", "close without keeping", id="memo.discard", priority=True),
    ]

    editor = getters.query_one(TextArea)

    def __init__(self, title: str, body: str, keep: Callable[[str], bool]) -> None:
        super().__init__()
        self._title = title
        self._body = body
        self._keep = keep

    def compose(self) -> ComposeResult:
        """A title, the editor, the two ways out."""
        with Vertical(id="dialog", classes="-tall"):
            yield Static(self._title, id="title", markup=False)
            yield TextArea(self._body, soft_wrap=True, show_line_numbers=False, compact=True)
            yield KeyLine()

    def on_mount(self) -> None:
        """Go on writing where the text ends, from the first key on."""
        self.set_focus(self.editor)
        self.editor.move_cursor(self.editor.document.end)

    async def action_keep(self) -> None:
        """Close and keep what is written, down to the last letter."""
        # Letters typed just before may still wait in the editor's queue.
        read_all = Event()
        self.editor.call_next(read_all.set)
        await read_all.wait()
        if self._keep(self.editor.text):
            self.dismiss()

    def action_discard(self) -> None:
        """Close and leave the memo as it was."""
        self.dismiss()
