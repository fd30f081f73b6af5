"""The form in which two coders record what they agreed on after all."""

from __future__ import annotations

from asyncio import Event
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from coder.model import CodeSet
from coder.ops.agreement_excerpts import ComparedExcerpt
from coder.tui.marks import short_title
from coder.tui.widgets.code_choices import NOTHING, CodeChoices
from coder.tui.widgets.excerpt_list import ExcerptItem
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import clipped, one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

QUOTED = 420
"""Columns of the excerpt's words in the form; half as many on a low screen."""
TALL_FROM = 30


class SettleDialog(ModalScreen[None]):
    """Shows what was said and both answers; asks for the codes that apply, and the reason.

    Args:
        code_set: The set that was answered.
        row: The excerpt.
        item: The same in words.
        keep: Takes codes and reason; gives what is wrong with them, or nothing.
    """

    CSS_PATH = ["dialogs.tcss", "forms.tcss", "agreement.tcss"]  # noqa: RUF012 - Textual says list
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "keep", id="settle.keep", priority=True),
        Binding("space", "choose", "choose", id="settle.toggle", priority=True),
        Binding("down", "move(1)", "down", show=False, id="settle.down", priority=True),
        Binding("up", "move(-1)", "up", show=False, id="settle.up", priority=True),
        Binding("tab", "other", "codes or why", id="settle.other", priority=True),
        Binding("shift+tab", "other", show=False, priority=True),
        Binding("enter", "enter", "go on", show=False, id="settle.enter", priority=True),
        Binding("escape", "close", "close", id="settle.close", priority=True),
    ]

    choices = getters.query_one(CodeChoices)
    reason = getters.query_one(Input)
    problem = getters.query_one("#problem", Static)

    def __init__(
        self,
        code_set: CodeSet,
        row: ComparedExcerpt,
        item: ExcerptItem,
        keep: Callable[[Sequence[str], str], str],
    ) -> None:
        super().__init__()
        self._set = code_set
        self._row = row
        self._item = item
        self._keep = keep
        self._before = frozenset(_chosen_before(row))
        self._warned = False

    def compose(self) -> ComposeResult:
        """The words, who said what, the codes, the reason, what is wrong, the keys."""
        row, item = self._row, self._item
        title = f"Settle {short_title(self._set)} of {row.ref}"
        put_by: dict[str, str] = {}
        for answer in row.answers:
            for code in answer.codes or {NOTHING}:
                put_by[code] = f"{put_by.get(code, '')} {answer.coder}".strip()
        with Vertical(id="dialog"):
            yield Static(one_line(title), id="title", markup=False)
            yield Static(self._said(item), id="said", markup=False)
            yield CodeChoices(self._set, put_by, self._before)
            yield Static("Why, for whoever reads it later", classes="note", markup=False)
            yield Input(compact=True, id="reason")
            yield Static(id="problem", classes="problem", markup=False)
            yield KeyLine()

    def _said(self, item: ExcerptItem) -> Content:
        room = QUOTED if self.app.size.height >= TALL_FROM else QUOTED // 2
        words = clipped(one_line(" ".join(item.words.split())), room)
        parts: list[str | tuple[str, str]] = []
        for coder, answer in item.said:
            parts += [(f"{one_line(coder)}  ", "bold"), f"{one_line(answer)}\n"]
        if item.settled:
            parts += [("settled  ", "bold"), f"{one_line(item.settled)}\n"]
        return Content.assemble(*parts, (f"\u201c{words}\u201d", "italic"))

    def on_mount(self) -> None:
        """The codes first."""
        self.problem.display = False
        self.set_focus(self.choices)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where the reason is written, a space is a space."""
        if action in ("choose", "move"):
            return self.focused is self.choices
        return True

    def action_move(self, step: int) -> None:
        """Up and down the codes."""
        self.choices.move(step)

    def action_choose(self) -> None:
        """Choose the code at the cursor, or choose it no more."""
        self.choices.toggle()

    def action_other(self) -> None:
        """Between codes and reason."""
        self.set_focus(self.reason if self.focused is self.choices else self.choices)
        self.refresh_bindings()

    async def action_enter(self) -> None:
        """From the codes on to the reason; there, keep."""
        if self.focused is self.choices:
            self.action_other()
        else:
            await self.action_keep()

    async def action_keep(self) -> None:
        """Keep what is chosen and written, down to the last letter."""
        await self._letters_are_read()
        chosen, why = self.choices.chosen, self.reason.value.strip()
        if not chosen:
            self._complain("choose the codes that apply, or that nothing does")
        elif not why:
            self._complain("write why: whoever reads the settled answer will ask")
        else:
            codes = [code.id for code in self.choices.codes if code and code.id in chosen]
            problem = self._keep(codes, why)
            if problem:
                self._complain(problem)
            else:
                self.dismiss()

    async def action_close(self) -> None:
        """Leave things as they were; words that would be lost are asked for twice."""
        await self._letters_are_read()
        is_changed = bool(self.reason.value) or self.choices.chosen != self._before
        if is_changed and not self._warned:
            self._warned = True
            self._complain("not kept yet: Ctrl+S keeps it, Esc again closes without keeping")
        else:
            self.dismiss()

    async def _letters_are_read(self) -> None:
        # Letters typed just before may still wait in the field's queue.
        read_all = Event()
        (self.focused or self.reason).call_next(read_all.set)
        await read_all.wait()

    def _complain(self, words: str) -> None:
        self.problem.update(one_line(words))
        self.problem.display = True


def _chosen_before(row: ComparedExcerpt) -> frozenset[str]:
    """What stands when the form opens: the settlement there is, else what both have put."""
    if row.settled is not None:
        return row.settled.codes or frozenset({NOTHING})
    first, second = row.answers
    return first.codes & second.codes
