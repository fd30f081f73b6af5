"""What a command wrote, in a page as large as the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.output_view import OutputView
from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.tui.app import CoderApp
    from coder.tui.subcommand import Outcome

CELLS = 16
"""A step sideways."""


class CommandOutput(ModalScreen[None]):
    """A page to read and to scroll both ways.

    Args:
        outcome: What the command wrote, and how it ended.
    """

    IS_OUTPUT = True
    """The next command can be typed here."""

    CSS_PATH = "command_line.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "rows(1)", "down", id="output.down", show=False, priority=True),
        Binding("up,k", "rows(-1)", "up", id="output.up", show=False, priority=True),
        Binding("pagedown,space", "pages(1)", "next page", id="output.page", priority=True),
        Binding("pageup,b", "pages(-1)", "back", id="output.back", priority=True),
        Binding("home,g", "ends(-1)", "top", id="output.top", show=False, priority=True),
        Binding("end,G", "ends(1)", "end", id="output.end", priority=True),
        Binding("right", "aside(1)", "to the right", id="output.right", priority=True),
        Binding("left", "aside(-1)", "to the left", id="output.left", show=False, priority=True),
        Binding("c", "copy", "copy all", id="output.copy", priority=True),
        Binding(
            "escape,q,enter", "close", "close", key_display="Esc", id="output.close", priority=True
        ),
    ]

    pane = getters.query_one(OutputView)

    if TYPE_CHECKING:
        app: CoderApp

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self._outcome = outcome

    def compose(self) -> ComposeResult:
        """The command, what it wrote, the keys."""
        lines = self._outcome.lines
        ended = f"  exit code {self._outcome.exit_code}" if self._outcome.exit_code else ""
        count = f"{len(lines)} line{'' if len(lines) == 1 else 's'}"
        name = one_line(self._outcome.line).removeprefix("coder ")
        yield Static(f"coder {name}   {count}{ended}", id="head", markup=False)
        yield OutputView(lines)
        yield KeyLine()

    def on_mount(self) -> None:
        """Scrolled from the first key on."""
        self.set_focus(self.pane)
        self.call_after_refresh(self.refresh_bindings)

    def action_rows(self, rows: int) -> None:
        """By lines."""
        self.pane.go_to(self.pane.top + rows)

    def action_pages(self, pages: int) -> None:
        """By screens; a line stays to hold on to."""
        self.pane.go_to(self.pane.top + pages * max(self.pane.size.height - 1, 1))

    def action_ends(self, side: int) -> None:
        """To the first line, or the last."""
        self.pane.go_to(self.pane.line_count if side > 0 else 0)

    def action_aside(self, side: int) -> None:
        """Sideways, where lines are wider than the window."""
        self.pane.go_aside(side * CELLS)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether there is anything at the side, or below."""
        if action == "aside":
            return self.pane.is_wide
        if action in ("pages", "ends"):
            return self.pane.line_count > self.pane.size.height
        return True

    def action_copy(self) -> None:
        """Put all of it on the clipboard, where the terminal allows it."""
        self.app.copy_to_clipboard(self._outcome.text)
        self.app.tell("copied, where the terminal allows it")

    def action_close(self) -> None:
        """Back to work."""
        self.dismiss()
