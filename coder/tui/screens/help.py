"""All keys of a screen with the keys of the codes, made from the declarations."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from coder.model import Codebook
from coder.tui.commands import Command, declared_on, keys_in_words
from coder.tui.marks import REVISIT_SIGN, SET_SIGNS, STATE_SIGNS, VALENCE_SIGNS, short_title
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import one_line, wrapped

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.tui.app import CoderApp

KEY_WIDTH = 14
DIALOG_WIDTH = 92

Part = str | tuple[str, str]


class HelpScreen(ModalScreen[None]):
    """Help for the screen below.

    Args:
        screen: The screen it is about.
        app: The app, whose commands work everywhere.
    """

    CSS_PATH = ["dialogs.tcss", "help.tcss"]  # noqa: RUF012 - Textual says list
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q", "close", "close", key_display="Esc", id="help.close"),
        Binding("j", "scroll(1)", "down", show=False, id="help.down"),
        Binding("k", "scroll(-1)", "up", show=False, id="help.up"),
    ]

    def __init__(self, screen: Screen[Any], app: CoderApp) -> None:
        super().__init__()
        sitting = getattr(screen, "sitting", None)
        self._book: Codebook | None = sitting.book if sitting else None
        self._commands = [*declared_on(screen), *declared_on(app)]
        self._remapped = app.remapped

    def compose(self) -> ComposeResult:
        """Keys by group, then codes by set, then the signs."""
        with VerticalScroll(id="dialog", classes="-help"):
            yield Static("Keys", id="title", markup=False)
            yield Static(Content.assemble(*self._keys()), id="keys", markup=False)
            if self._book is not None:
                yield Static(Content.assemble(*_codes(self._book)), id="codes", markup=False)
                yield Static(Content.assemble(*_signs()), id="signs", markup=False)
        yield KeyLine()

    def _keys(self) -> list[Part]:
        parts: list[Part] = []
        for group, commands in groupby(self._commands, lambda command: command.group):
            parts.append((f"{group}\n" if not parts else f"\n{group}\n", "bold $accent"))
            for command in commands:
                parts += self._row(command)
        return parts

    def _row(self, command: Command) -> list[Part]:
        """Keys, what they do, and a sentence more beside it or, where it is long, below."""
        keys = keys_in_words(command, self._remapped)
        width = min(self.app.size.width * 9 // 10, DIALOG_WIDTH) - KEY_WIDTH - 8
        row: list[Part] = [
            (f"{keys}{' ' * max(KEY_WIDTH - cell_len(keys), 1)}", "bold"),
            command.title,
        ]
        if len(command.title) + 2 + len(command.help) <= width:
            return [*row, (f"  {command.help}\n", "$turn-margin")]
        starts = wrapped(command.help, width)
        lines = [
            command.help[a:b].rstrip() for a, b in zip(starts, [*starts[1:], None], strict=True)
        ]
        below = "".join(f"{' ' * KEY_WIDTH}{line}\n" for line in lines)
        return [*row, "\n", (below, "$turn-margin")]

    def action_close(self) -> None:
        """Back to work."""
        self.dismiss()

    def action_scroll(self, rows: int) -> None:
        """Scroll with the letters too."""
        self.query_one("#dialog", VerticalScroll).scroll_relative(y=rows * 3, animate=False)


def _codes(book: Codebook) -> list[Part]:
    parts: list[Part] = [("\nCodes\n", "bold $accent")]
    for code_set in book.code_sets:
        parts.append((f"{short_title(code_set)} ({code_set.mode})\n", "bold"))
        for code in code_set.offered:
            tone = "neutral" if code.valence == "none" else code.valence
            parts += [
                (f"  {code.key or ' '} ", "bold"),
                (f"{VALENCE_SIGNS[code.valence]} ", f"bold ${tone}-sign"),
                one_line(code.name),
                (f"  {one_line(code.short)}\n", "$turn-margin"),
            ]
    return parts


def _signs() -> list[Part]:
    valences = [f"{sign} {name}" for name, sign in VALENCE_SIGNS.items() if name != "none"]
    states = [f"{sign} {name.replace('_', ' ')}" for name, sign in STATE_SIGNS.items()]
    return [
        ("\nSigns\n", "bold $accent"),
        ("codes     ", "bold"),
        "  ".join([*valences, f"{VALENCE_SIGNS['none']} neither"]) + "\n",
        ("excerpts  ", "bold"),
        "  ".join(states) + f"  {REVISIT_SIGN} to revisit\n",
        ("code sets ", "bold"),
        f"{SET_SIGNS['coded']} coded  {SET_SIGNS['nothing']} nothing applies  "
        f"{SET_SIGNS['not_applicable']} not asked here  {SET_SIGNS['open']} open\n",
    ]
