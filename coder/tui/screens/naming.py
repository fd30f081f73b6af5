"""Dialogs that ask for a name: of a code, a pile; typed, chosen, or picked from an excerpt."""

from __future__ import annotations

from asyncio import Event
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.input import Selection
from textual.widgets.option_list import Option

from coder.tui.picking import Picking, matching
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.quote_view import QuoteView
from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

MOST_CHOICES = 50
"""Names listed at once; typing a word more finds the others."""


class _NameDialog(ModalScreen[None]):
    """A line for a name, kept before the next key is read.

    Args:
        title: What is to be named.
        keep: Takes the name; False where it will not do, and the dialog stays open.
    """

    CSS_PATH = ["../panels.tcss", "dialogs.tcss"]  # noqa: RUF012 - Textual says list

    line = getters.query_one(Input)

    def __init__(self, title: str, keep: Callable[[str], bool]) -> None:
        super().__init__()
        self._title = title
        self._keep = keep

    async def action_keep(self) -> None:
        """Close with the name, down to the last letter typed."""
        read_all = Event()
        self.line.call_next(read_all.set)
        await read_all.wait()
        if self._keep(self.chosen):
            self.dismiss()

    @property
    def chosen(self) -> str:
        """The name as it stands."""
        return self.line.value

    def action_close(self) -> None:
        """Name nothing."""
        self.dismiss()


class NameDialog(_NameDialog):
    """Asks for a name, and offers those there are while it is typed.

    Args:
        title: What is to be named.
        keep: Takes the name; False where it will not do, and the dialog stays open.
        names: Those there are.
        value: What stands in the line at first.
        note: A sentence below the title.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "take it", id="name.keep", priority=True),
        Binding("down", "choose(1)", "choose", id="name.down", priority=True),
        Binding("up", "choose(-1)", "choose", id="name.up", priority=True, show=False),
        Binding("escape", "close", "close", id="name.close", priority=True),
    ]

    choices = getters.query_one(OptionList)

    def __init__(
        self,
        title: str,
        keep: Callable[[str], bool],
        names: Sequence[str] = (),
        *,
        value: str = "",
        note: str = "",
    ) -> None:
        super().__init__(title, keep)
        self._names = names
        self._value = value
        self._note = note
        self._shown: Sequence[str] = ()

    def compose(self) -> ComposeResult:
        """Title, line, names."""
        with Vertical(id="dialog"):
            yield Static(self._title, id="title", markup=False)
            if self._note:
                yield Static(self._note, classes="note", markup=False)
            yield Input(self._value, compact=True)
            yield OptionList(compact=True)
            yield KeyLine()

    def on_mount(self) -> None:
        """Ready to type from the first key on."""
        self.choices.can_focus = False
        self.set_focus(self.line)
        self._show()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Offer what fits."""
        message.stop()
        self._show()

    def _show(self) -> None:
        found = matching("" if self.line.value == self._value else self.line.value, self._names)
        self._shown = found[:MOST_CHOICES]
        self.choices.clear_options()
        self.choices.add_options([Option(Content(one_line(name))) for name in self._shown])
        self.choices.display = bool(self._shown)

    def action_choose(self, step: int) -> None:
        """Go through the names; above the first is what was typed."""
        if not self._shown:
            return
        place = self.choices.highlighted
        before = -1 if place is None else place
        after = min(max(before + step, -1), len(self._shown) - 1)
        self.choices.highlighted = None if after < 0 else after

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """A name was clicked."""
        message.stop()
        if self._keep(self._shown[message.option_index]):
            self.dismiss()

    @property
    def chosen(self) -> str:
        """The name at the cursor, else what was typed."""
        place = self.choices.highlighted
        return self.line.value if place is None else self._shown[place]


class InVivoDialog(_NameDialog):
    """Picks a code's name from what was said.

    Args:
        title: Which excerpt.
        picking: Its words.
        keep: Takes the name; False where it will not do, and the dialog stays open.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "make it", id="vivo.keep", priority=True),
        Binding("down", "sentence(1)", "sentence", id="vivo.down", priority=True),
        Binding("up", "sentence(-1)", "sentence", id="vivo.up", priority=True, show=False),
        Binding("right", "trim(1, 0)", "begin later", id="vivo.right", priority=True),
        Binding("left", "trim(0, 1)", "end earlier", id="vivo.left", priority=True),
        Binding(
            "shift+left",
            "trim(-1, 0)",
            "begin earlier",
            id="vivo.earlier",
            priority=True,
            show=False,
        ),
        Binding(
            "shift+right", "trim(0, -1)", "end later", id="vivo.later", priority=True, show=False
        ),
        Binding("escape", "close", "close", id="vivo.close", priority=True),
    ]

    quote = getters.query_one(QuoteView)

    def __init__(self, title: str, picking: Picking, keep: Callable[[str], bool]) -> None:
        super().__init__(title, keep)
        self._picking = picking

    def compose(self) -> ComposeResult:
        """Title, what was said, the line with the chosen words."""
        with Vertical(id="dialog", classes="-tall"):
            yield Static(self._title, id="title", markup=False)
            yield QuoteView()
            yield Static(
                "\u2192 and \u2190 drop words, with Shift they take them back; or type.",
                classes="note",
                markup=False,
            )
            yield Input(compact=True)
            yield KeyLine()

    def on_mount(self) -> None:
        """The first sentence, ready to be trimmed or typed over."""
        self.set_focus(self.line)
        self._show()

    def _show(self) -> None:
        self.quote.show(self._picking)
        self.line.value = one_line(" ".join(self._picking.words.split()))
        # All of it selected: what is typed takes its place.
        self.line.selection = Selection(0, len(self.line.value))

    @property
    def chosen(self) -> str:
        """The chosen words as they stand, also those that a terminal cannot show; or the typed."""
        words = " ".join(self._picking.words.split())
        return words if self.line.value == one_line(words) else self.line.value

    def action_sentence(self, step: int) -> None:
        """Choose another sentence."""
        self._picking = self._picking.at_sentence(step)
        self._show()

    def action_trim(self, front: int, back: int) -> None:
        """Drop or take back a word at the front or the back."""
        self._picking = self._picking.trimmed(front=front, back=back)
        self._show()
