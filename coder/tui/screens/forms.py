"""Dialogs that ask for words: a form of a few fields, a choice from a list, a page to read."""

from __future__ import annotations

from asyncio import Event
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a form asks for."""

    name: str
    label: str
    value: str = ""
    is_long: bool = False
    """Several lines."""
    hint: str = ""


class FormDialog(ModalScreen[None]):
    """Asks for a few words at once; what will not do is said, and the words stay.

    Args:
        title: What the form is about.
        fields: What it asks for.
        keep: Takes the answers by name, before the next key is read; gives what is wrong with
            them, or nothing.
        note: What there is to know before.
    """

    CSS_PATH = ["dialogs.tcss", "forms.tcss"]  # noqa: RUF012 - Textual says list
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "keep", id="form.keep", priority=True),
        Binding("tab", "app.focus_next", "next field", id="form.next", priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
        Binding("escape", "close", "close without keeping", id="form.close", priority=True),
    ]

    problem = getters.query_one("#problem", Static)

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        keep: Callable[[Mapping[str, str]], str],
        note: str = "",
    ) -> None:
        super().__init__()
        self._title = title
        self._fields = fields
        self._keep = keep
        self._note = note
        self._warned = False

    def compose(self) -> ComposeResult:
        """The title, the fields with their labels, what is wrong, the keys."""
        is_long = any(field.is_long for field in self._fields)
        with Vertical(id="dialog", classes="-form -long" if is_long else "-form"):
            yield Static(one_line(self._title), id="title", markup=False)
            if self._note:
                yield Static(self._note, classes="note", markup=False)
            with VerticalScroll(id="fields", can_focus=False):
                for field in self._fields:
                    yield Static(field.label, classes="label", markup=False)
                    if field.is_long:
                        yield TextArea(
                            field.value,
                            id=f"field-{field.name}",
                            soft_wrap=True,
                            show_line_numbers=False,
                            compact=True,
                        )
                    else:
                        yield Input(
                            field.value,
                            id=f"field-{field.name}",
                            placeholder=field.hint,
                            compact=True,
                            select_on_focus=field is not self._fields[0],
                        )
            yield Static(id="problem", classes="problem", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        """Write in the first field from the first key on."""
        self.problem.display = False
        first = self.query_one(f"#field-{self._fields[0].name}")
        self.set_focus(first, scroll_visible=False)
        # Else the cursor of the first field scrolls its label out of sight.
        self.call_after_refresh(self.query_one("#fields").scroll_home, animate=False)
        if isinstance(first, TextArea):
            first.move_cursor(first.document.end)

    def _answers(self) -> dict[str, str]:
        found = {}
        for field in self._fields:
            widget = self.query_one(f"#field-{field.name}")
            found[field.name] = (
                widget.text if isinstance(widget, TextArea) else getattr(widget, "value", "")
            )
        return found

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter in a line keeps the form."""
        message.stop()
        self._take()

    async def action_keep(self) -> None:
        """Keep what is written, down to the last letter."""
        await self._letters_are_read()
        self._take()

    async def action_close(self) -> None:
        """Leave things as they were; words that would be lost are asked for twice."""
        await self._letters_are_read()
        is_changed = any(self._answers()[field.name] != field.value for field in self._fields)
        if is_changed and not self._warned:
            self._warned = True
            self._complain("not kept yet: Ctrl+S keeps it, Esc again closes without keeping")
        else:
            self.dismiss()

    async def _letters_are_read(self) -> None:
        # Letters typed just before may still wait in the field's queue.
        if self.focused is not None:
            read_all = Event()
            self.focused.call_next(read_all.set)
            await read_all.wait()

    def _take(self) -> None:
        problem = self._keep(self._answers())
        if problem:
            self._complain(problem)
        else:
            self.dismiss()

    def _complain(self, words: str) -> None:
        self.problem.update(one_line(words))
        self.problem.display = True


class ChoiceDialog(ModalScreen[str | None]):
    """Asks for one of a list, which typing narrows down.

    Args:
        title: The question.
        choices: Id and words of each.
        chosen: Id of the one that is marked at first; else the first.
    """

    CSS_PATH = ["dialogs.tcss", "forms.tcss"]  # noqa: RUF012 - Textual says list
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "take it", id="choice.take", priority=True),
        Binding("down", "step(1)", "down", show=False, priority=True),
        Binding("up", "step(-1)", "up", show=False, priority=True),
        Binding("escape", "close", "close", id="choice.close", priority=True),
    ]

    listed = getters.query_one(OptionList)

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], chosen: str = "") -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._chosen = chosen
        self._shown: Sequence[tuple[str, str]] = choices
        self._words = ""

    def compose(self) -> ComposeResult:
        """The question, a line to narrow it down, the list."""
        with Vertical(id="dialog", classes="-form"):
            yield Static(one_line(self._title), id="title", markup=False)
            yield Input(placeholder="type to find", compact=True)
            yield OptionList(compact=True)
            words = "none has these words" if self._choices else "there is none"
            yield Static(words, id="nothing", classes="note", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        """All of them at first."""
        self.listed.can_focus = False
        self._list("")
        ids = [choice for choice, _ in self._choices]
        if self._chosen in ids:
            self.listed.highlighted = ids.index(self._chosen)

    def _list(self, words: str) -> None:
        self._words = words
        wanted = words.casefold().split()
        self._shown = [
            (choice, text)
            for choice, text in self._choices
            if all(word in f"{choice} {text}".casefold() for word in wanted)
        ]
        self.listed.clear_options()
        self.listed.add_options([Option(Content(one_line(text))) for _, text in self._shown])
        self.listed.highlighted = 0 if self._shown else None
        self.query_one("#nothing").display = not self._shown

    def on_input_changed(self, message: Input.Changed) -> None:
        """Narrow the list down."""
        message.stop()
        self._list(message.value)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """One was clicked."""
        message.stop()
        self.dismiss(self._shown[message.option_index][0])

    def action_step(self, step: int) -> None:
        """Up and down the list."""
        if self._shown:
            place = (self.listed.highlighted or 0) + step
            self.listed.highlighted = min(max(place, 0), len(self._shown) - 1)

    async def action_take(self) -> None:
        """Take the one that is marked."""
        field = self.query_one(Input)
        read_all = Event()
        field.call_next(read_all.set)
        await read_all.wait()
        if field.value != self._words:
            self._list(field.value)
        if self._shown:
            self.dismiss(self._shown[self.listed.highlighted or 0][0])

    def action_close(self) -> None:
        """None of them."""
        self.dismiss(None)


class PageDialog(ModalScreen[None]):
    """A page to read.

    Args:
        title: What it is.
        write: Gives the page for a width in cells.
    """

    CSS_PATH = ["dialogs.tcss", "forms.tcss"]  # noqa: RUF012 - Textual says list
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "close", "close", key_display="Esc", id="page.close"),
        Binding("j", "scroll(1)", "down", show=False, id="page.down"),
        Binding("k", "scroll(-1)", "up", show=False, id="page.up"),
    ]

    def __init__(self, title: str, write: Callable[[int], str]) -> None:
        super().__init__()
        self._title = title
        self._write = write

    def compose(self) -> ComposeResult:
        """The title and the page."""
        width = max(self.app.size.width * 9 // 10 - 10, 40)
        with VerticalScroll(id="dialog", classes="-page"):
            yield Static(one_line(self._title), id="title", markup=False)
            yield Static(self._write(min(width, 110)), id="page", markup=False)
        yield KeyLine()

    def action_close(self) -> None:
        """Back to work."""
        self.dismiss()

    def action_scroll(self, rows: int) -> None:
        """Scroll with the letters too."""
        self.query_one("#dialog", VerticalScroll).scroll_relative(y=rows * 3, animate=False)
