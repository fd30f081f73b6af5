"""Small dialogs: who codes, and what failed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from coder.errors import CoderError
from coder.model import Coder
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult


class CoderDialog(ModalScreen[str | None]):
    """Asks who codes: somebody the study knows, or a new short name.

    Args:
        coders: Those the study has.
        problem: Why the last answer would not do.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "only look round", id="who.close")
    ]

    alias = getters.query_one(Input)

    def __init__(self, coders: Sequence[Coder], problem: str = "") -> None:
        super().__init__()
        self._coders = coders
        self._problem = problem

    def compose(self) -> ComposeResult:
        """The coders there are, and a line for a new one."""
        with Vertical(id="dialog"):
            yield Static("Who is coding?", id="title", markup=False)
            if self._coders:
                yield OptionList(*(Option(_about(coder)) for coder in self._coders), compact=True)
                yield Static("or somebody new:", classes="note", markup=False)
            else:
                yield Static(
                    "Your codes are kept under a short name, such as your initials.",
                    classes="note",
                    markup=False,
                )
            yield Input(placeholder="AL", max_length=12, compact=True)
            if self._problem:
                yield Static(self._problem, classes="problem", markup=False)
            yield KeyLine()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Somebody the study knows."""
        message.stop()
        self.dismiss(self._coders[message.option_index].alias)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Somebody new; an empty line is no answer."""
        message.stop()
        if message.value.strip():
            self.dismiss(message.value.strip())

    def action_close(self) -> None:
        """No answer."""
        self.dismiss(None)


def _about(coder: Coder) -> Content:
    return Content.assemble((one_line(coder.alias), "bold"), "  ", one_line(coder.name))


class FailureDialog(ModalScreen[None]):
    """Says what failed and what to do next; the words can be selected and copied.

    Args:
        error: What the study said.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "close", "close", id="failure.close"),
        Binding("c", "copy", "copy the words", id="failure.copy"),
    ]

    def __init__(self, error: CoderError) -> None:
        super().__init__()
        self._error = error

    def compose(self) -> ComposeResult:
        """What is wrong, and the next step."""
        with Vertical(id="dialog"):
            yield Static("That did not work", id="title", markup=False)
            yield Static(self._error.message, classes="problem", markup=False)
            if self._error.hint:
                yield Static(self._error.hint, classes="note", markup=False)
            yield KeyLine()

    def action_close(self) -> None:
        """Go on."""
        self.dismiss()

    def action_copy(self) -> None:
        """Put the words on the clipboard, where the terminal allows it."""
        self.app.copy_to_clipboard(str(self._error))
