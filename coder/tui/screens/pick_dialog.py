"""A dialog in which one of many is found by typing; what it lists is its child's business."""

from __future__ import annotations

from abc import abstractmethod
from asyncio import Event
from collections.abc import Sequence
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from coder.tui.messages import ChoicePicked
from coder.tui.widgets.choice_list import ChoiceList, Part
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import clipped, one_line, wrapped

WIDE_FROM = 110
"""Columns, as on the coding screen: from there on its panels stand beside the text."""


class PickDialog(ModalScreen[None]):
    """A line to type in above what fits; arrows choose, Enter takes.

    Args:
        title: What is chosen.
        typed: What stands in the line at first.
    """

    CSS_PATH = "pickers.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "take it", id="pick.take", priority=True),
        Binding("down,ctrl+n", "move(1)", "down", show=False, id="pick.down", priority=True),
        Binding("up,ctrl+p", "move(-1)", "up", show=False, id="pick.up", priority=True),
        Binding("pagedown", "move(10)", "ten down", show=False, id="pick.page", priority=True),
        Binding("pageup", "move(-10)", "ten up", show=False, id="pick.back", priority=True),
        Binding("escape", "close", "close", id="pick.close", priority=True),
    ]
    PLACEHOLDER = ""

    line = getters.query_one(Input)
    listed = getters.query_one(ChoiceList)
    head = getters.query_one("#head", Static)
    about = getters.query_one("#about-it", Static)

    def __init__(self, title: str, typed: str = "") -> None:
        super().__init__()
        self._title = title
        self._typed = typed
        self._listed_for: str | None = None

    def compose(self) -> ComposeResult:
        """Title and count, the line, the list, a word about the line at the cursor."""
        # Not by breakpoints: those come a layout later (20 ms of what opening takes).
        self.set_class(self.app.size.width >= WIDE_FROM, "-wide")
        with Vertical(id="picker"):
            yield Static(id="head", markup=False)
            yield Input(self._typed, placeholder=self.PLACEHOLDER, compact=True)
            yield ChoiceList()
            yield Static(id="about-it", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        """Ready to type from the first key on."""
        self.set_focus(self.line)
        self._refilter()

    def on_resize(self) -> None:
        """Beside the text where there is room for it now."""
        self.set_class(self.app.size.width >= WIDE_FROM, "-wide")
        self.call_after_refresh(self._moved)

    def on_input_changed(self, message: Input.Changed) -> None:
        """List what fits."""
        message.stop()
        self._refilter()

    def _refilter(self) -> None:
        if self.line.value != self._listed_for:
            self._listed_for = self.line.value
            count = self.find(self.line.value)
            self.listed.show(count, self.parts, self.begin_at(self.line.value))
            self._moved()

    def show_count(self, words: str) -> None:
        """Title and how many fit."""
        head = Content.assemble((one_line(self._title), "bold"), f"   {words}")
        self.head.update(head, layout=False)

    def _moved(self) -> None:
        found = self._is_at_one
        words = self.words_about(self.listed.cursor) if found else self.words_if_none()
        room = self.about.content_size
        self.about.update(shortened(words, room.width, room.height), layout=False)

    @property
    def _is_at_one(self) -> bool:
        return self.listed.line_count > 0 and self.listed.cursor >= 0

    async def _all_read(self) -> None:
        """Wait for letters typed just before, which may still be in the line's queue."""
        read_all = Event()
        self.line.call_next(read_all.set)
        await read_all.wait()
        self._refilter()

    async def action_move(self, step: int) -> None:
        """Move through the list."""
        await self._all_read()
        self.listed.move(step)
        self._moved()

    async def action_take(self) -> None:
        """Take the line at the cursor."""
        await self._all_read()
        if self._is_at_one:
            await self.take(self.listed.cursor)

    async def on_choice_picked(self, message: ChoicePicked) -> None:
        """A line was clicked."""
        message.stop()
        await self.take(message.place)

    def action_close(self) -> None:
        """Take nothing."""
        self.dismiss()

    # What a child says.

    def begin_at(self, typed: str) -> int:
        """Where the cursor stands in what fits, -1 for nowhere yet; the closest comes first."""
        return 0

    def words_if_none(self) -> Content:
        """What there is to say where the cursor is on nothing."""
        return Content("")

    @abstractmethod
    def find(self, typed: str) -> int:
        """Look for what was typed, and give how many lines there are now."""

    @abstractmethod
    def parts(self, number: int, width: int) -> Sequence[Part]:
        """What stands on a line."""

    @abstractmethod
    def words_about(self, number: int) -> Content:
        """A word more about a line."""

    @abstractmethod
    async def take(self, number: int) -> None:
        """Do what taking a line means, before the next key is read."""


def shortened(words: Content, width: int, rows: int) -> Content:
    """As much of the words as fits, with an ellipsis where there are more."""
    starts = wrapped(words.plain, width) if width > 0 and rows > 0 else []
    if len(starts) <= rows:
        return words
    last = words.plain[starts[rows - 1] : starts[rows]]
    kept = clipped(f"{last.rstrip()} \u2026", width).rstrip("\u2026").rstrip()
    return words[: starts[rows - 1] + len(kept)] + "\u2026"
