"""All keys of a screen with the keys of the codes, made from the declarations; typing filters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from rich.cells import cell_len
from textual import getters
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from coder.model import Codebook
from coder.tui.commands import Command, declared_on, keys_in_words
from coder.tui.key_words import filled
from coder.tui.marks import REVISIT_SIGN, SET_SIGNS, STATE_SIGNS, VALENCE_SIGNS, short_title
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import one_line, wrapped

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.tui.app import CoderApp

KEY_WIDTH = 14
DIALOG_WIDTH = 92

Part = str | tuple[str, str]


class Row(NamedTuple):
    """Something to look up, under a heading."""

    heading: str
    words: str
    """What is searched."""
    parts: Sequence[Part]


class HelpScreen(ModalScreen[None]):
    """Help for the screen below.

    Args:
        screen: The screen it is about.
        app: The app, whose commands work everywhere.
    """

    CSS_PATH = ["dialogs.tcss", "help.tcss"]  # noqa: RUF012 - Textual says list
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1", "close", "close", key_display="Esc", id="help.close", priority=True),
        *(
            Binding(
                key, f"scroll({rows})", words, show=bool(words), id=f"help.{key}", priority=True
            )
            for key, rows, words in (
                ("down", 3, "down"),
                ("up", -3, "up"),
                ("pagedown", 15, ""),
                ("pageup", -15, ""),
            )
        ),
    ]

    line = getters.query_one(Input)
    found = getters.query_one("#found", Static)

    def __init__(self, screen: Screen[Any], app: CoderApp) -> None:
        super().__init__()
        sitting = getattr(screen, "sitting", None)
        self._book: Codebook | None = sitting.book if sitting else None
        self._commands = [*declared_on(screen), *_of_focused(screen), *declared_on(app)]
        self._remapped = app.remapped
        self._shown_key = app.shown_key
        self._rows: Sequence[Row] = ()

    def compose(self) -> ComposeResult:
        """A line to type in; keys by group, then codes by set, then the signs."""
        with Vertical(id="dialog", classes="-help"):
            yield Input(placeholder="Keys of this screen: type to search", compact=True)
            with VerticalScroll(can_focus=False):
                yield Static(id="found", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        """Everything, until something is typed."""
        self.set_focus(self.line)
        self._read()

    def on_resize(self) -> None:
        """Long sentences break elsewhere."""
        self.call_after_refresh(self._read)

    def _read(self) -> None:
        self._rows = [*self._keys()]
        if self._book is not None:
            self._rows = [*self._rows, *_codes(self._book), *_signs()]
        self._show()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Only what has all the words; a second question mark closes as the first one opened."""
        message.stop()
        if message.value == "?":
            self.dismiss()
        else:
            self._show()

    def _show(self) -> None:
        words = self.line.value.casefold().split()
        parts: list[Part] = []
        heading = ""
        for row in self._rows:
            if all(word in row.words for word in words):
                if row.heading != heading:
                    heading = row.heading
                    parts.append((f"{chr(10) if parts else ''}{heading}\n", "bold $accent"))
                parts += row.parts
        if not parts:
            parts = ["nothing has all these words"]
        self.found.update(Content.assemble(*parts))

    def _keys(self) -> Iterator[Row]:
        for command in self._commands:
            keys = keys_in_words(command, self._remapped)
            about = filled(command.help, self._shown_key)
            words = f"{keys} {command.title} {about} {command.group}".casefold()
            yield Row(command.group, words, self._row(command.title, about, keys or "(palette)"))

    def _row(self, title: str, about: str, keys: str) -> list[Part]:
        """Keys, what they do, and a sentence more beside it or, where it is long, below."""
        width = min(self.app.size.width * 9 // 10, DIALOG_WIDTH) - KEY_WIDTH - 8
        row: list[Part] = [
            (f"{keys}{' ' * max(KEY_WIDTH - cell_len(keys), 1)}", "bold"),
            title,
        ]
        if len(title) + 2 + len(about) <= width:
            return [*row, (f"  {about}\n", "$turn-margin")]
        starts = wrapped(about, width)
        lines = [about[a:b].rstrip() for a, b in zip(starts, [*starts[1:], None], strict=True)]
        below = "".join(f"{' ' * KEY_WIDTH}{line}\n" for line in lines)
        return [*row, "\n", (below, "$turn-margin")]

    def action_close(self) -> None:
        """Back to work."""
        self.dismiss()

    def action_scroll(self, rows: int) -> None:
        """Scroll by keys that are no letters."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)


def _of_focused(screen: Screen[Any]) -> Iterator[Command]:
    """Keys of the list or text that has the focus, which no command declares."""
    widget = screen.focused
    if widget is None or not type(widget).__module__.startswith("coder."):
        return
    keys: dict[tuple[str, str, str], list[str]] = {}
    for key, found in widget._bindings.key_to_bindings.items():
        for binding in found:
            if binding.description and binding.id:
                about = binding.id, binding.action, binding.description
                keys.setdefault(about, []).append(key)
    for (id_, action, title), its in keys.items():
        yield Command(id_, action, ",".join(its), title, "", group="In the list")


def _codes(book: Codebook) -> Iterator[Row]:
    for code_set in book.code_sets:
        heading = f"Codes: {short_title(code_set)} ({code_set.mode})"
        for code in code_set.offered:
            tone = "neutral" if code.valence == "none" else code.valence
            name, short = one_line(code.name), one_line(code.short)
            parts: list[Part] = [
                (f"  {code.key or ' '} ", "bold"),
                (f"{VALENCE_SIGNS[code.valence]} ", f"bold ${tone}-sign"),
                name,
                (f"  {short}\n", "$turn-margin"),
            ]
            yield Row(heading, f"{code.key} {name} {short} {heading}".casefold(), parts)


def _signs() -> Iterator[Row]:
    valences = [f"{sign} {name}" for name, sign in VALENCE_SIGNS.items() if name != "none"]
    states = [f"{sign} {name.replace('_', ' ')}" for name, sign in STATE_SIGNS.items()]
    rows = (
        ("codes", "  ".join([*valences, f"{VALENCE_SIGNS['none']} neither"])),
        ("excerpts", "  ".join(states) + f"  {REVISIT_SIGN} to revisit"),
        (
            "code sets",
            f"{SET_SIGNS['coded']} coded  {SET_SIGNS['nothing']} nothing applies  "
            f"{SET_SIGNS['not_applicable']} not asked here  {SET_SIGNS['open']} open",
        ),
    )
    for name, words in rows:
        yield Row("Signs", f"signs {name} {words}", [(f"{name:10}", "bold"), f"{words}\n"])
