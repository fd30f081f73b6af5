"""The dialog of an export: which files, and where."""

from __future__ import annotations

from asyncio import Event
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult


@dataclass(frozen=True, slots=True)
class Kind:
    """Files that can be asked for, as ``coder export`` is told of them."""

    words: str
    formats: tuple[str, ...]
    raw: bool = False


KINDS = (
    Kind("a workbook, and every table as a CSV file", ("xlsx", "csv")),
    Kind("a workbook only (XLSX)", ("xlsx",)),
    Kind("CSV files only, one for each table", ("csv",)),
    Kind("CSV files for scripts: texts like =1+1 without an apostrophe", ("csv",), raw=True),
)


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What is to be written, and where."""

    kind: Kind
    place: str
    """A folder as typed."""

    @property
    def folder(self) -> Path:
        """The folder; ``~`` is one's own."""
        return Path(self.place.strip()).expanduser()


class ExportDialog(ModalScreen[ExportOrder | None]):
    """Asks which files to write, and where.

    Args:
        order: What is offered.
        note: What is not in the files; empty for nothing.
        problem: Why the last answer would not do.
    """

    CSS_PATH = ["dialogs.tcss", "forms.tcss"]  # noqa: RUF012 - Textual says list
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "write them", id="export.take", priority=True),
        Binding("down", "step(1)", "which files", id="export.down", priority=True),
        Binding("up", "step(-1)", "which files", id="export.up", show=False, priority=True),
        Binding("escape", "close", "close", id="export.close", priority=True),
    ]

    kinds = getters.query_one(OptionList)
    line = getters.query_one(Input)

    def __init__(self, order: ExportOrder, note: str = "", problem: str = "") -> None:
        super().__init__()
        self._order = order
        self._note = note
        self._problem = problem

    def compose(self) -> ComposeResult:
        """The kinds of files, the folder, what is wrong, the keys."""
        with Vertical(id="dialog", classes="-form"):
            yield Static("Export the tables", id="title", markup=False)
            if self._note:
                yield Static(one_line(self._note), classes="note", markup=False)
            yield OptionList(*(Option(Content(kind.words)) for kind in KINDS), compact=True)
            yield Static("In which folder; it is made if need be:", classes="note", markup=False)
            yield Input(self._order.place, compact=True, select_on_focus=False)
            problem = Static(one_line(self._problem), id="problem", classes="problem", markup=False)
            problem.display = bool(self._problem)
            yield problem
            yield KeyLine()

    def on_mount(self) -> None:
        """The folder can be typed, the files chosen, from the first key on."""
        self.kinds.can_focus = False
        self.kinds.highlighted = KINDS.index(self._order.kind)
        self.set_focus(self.line)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """A kind was clicked: chosen, not yet written."""
        message.stop()

    def action_step(self, step: int) -> None:
        """Choose other files."""
        place = (self.kinds.highlighted or 0) + step
        self.kinds.highlighted = min(max(place, 0), len(KINDS) - 1)

    async def action_take(self) -> None:
        """Write them there, down to the last letter typed."""
        read_all = Event()
        self.line.call_next(read_all.set)
        await read_all.wait()
        if self.line.value.strip():
            self.dismiss(ExportOrder(KINDS[self.kinds.highlighted or 0], self.line.value))

    def action_close(self) -> None:
        """Write nothing."""
        self.dismiss(None)
