"""The excerpts behind a cell of the agreement screen: read them, open them, settle them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from coder.errors import CoderError
from coder.model import CodeSet, Viewer
from coder.ops import history
from coder.ops.agreement_excerpts import (
    Behind,
    ComparedExcerpt,
    Comparison,
    excerpts_behind,
)
from coder.ops.settling import settle
from coder.ops.study import find_set
from coder.tui.commands import bindings
from coder.tui.screens.agreement_commands import EXCERPT_COMMANDS
from coder.tui.screens.behind import BehindScreen
from coder.tui.widgets.excerpt_list import ExcerptItem

if TYPE_CHECKING:
    from coder.ops.coding import Done
    from coder.ops.rounds import Round
    from coder.ops.study import Study


class ComparedScreen(BehindScreen[Behind, ComparedExcerpt]):
    """What two coders made of the same words.

    Args:
        comparison: What they are compared on.
        cells: Categories of the first and the second; none for wherever they differ.
        title: What is listed, in words.
        in_round: The round they were coded in; None for ordinary coding.
    """

    DECLARED = EXCERPT_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(EXCERPT_COMMANDS)
    NEEDS_EXCERPT = ("open", "settle", "move")

    def __init__(
        self,
        comparison: Comparison,
        cells: Sequence[tuple[str, str]],
        title: str,
        in_round: Round | None = None,
    ) -> None:
        super().__init__(title)
        self.comparison = comparison
        self.cells = cells
        self.in_round = in_round

    def fetch(self, study: Study, viewer: Viewer) -> Behind:
        """The units in these cells."""
        return excerpts_behind(study, viewer, self.comparison, self.cells)

    @property
    def rows(self) -> Sequence[ComparedExcerpt]:
        """The units that were found."""
        return self.behind.rows if self.behind is not None else ()

    def items(self) -> list[ExcerptItem]:
        """These with both answers."""
        return items_of(self.code_set, self.rows)

    @property
    def empty_words(self) -> str:
        """What is said where nothing is found."""
        return super().empty_words if self.cells else "the two agree on every unit"

    @property
    def code_set(self) -> CodeSet:
        """The set that was answered."""
        return find_set(self.app.study, self.comparison.code_set)[1]

    # Settling.

    async def action_settle(self) -> None:
        """Ask for the settled answer and the reason."""
        from coder.tui.screens.settling import SettleDialog

        row = self.row
        if row is None:
            return
        coder = self.app.coder
        if coder is None:
            self.ask_and(self.action_settle)
            return
        name = self.comparison.code_set

        def keep(codes: Sequence[str], why: str) -> str:
            try:
                done = settle(self.app.study, coder, row.ref, name, codes, why)
            except CoderError as error:
                return str(error)
            self._did(done)
            return ""

        (item,) = items_of(self.code_set, [row])
        await self.app.push_screen(SettleDialog(self.code_set, row, item, keep))

    def action_undo(self) -> None:
        """Take back this coder's last action."""
        self._take_back(history.undo)

    def action_redo(self) -> None:
        """Take back this coder's last undo."""
        self._take_back(history.redo)

    def _take_back(self, verb: Callable[..., Done]) -> None:
        coder = self.app.coder
        if coder is None:
            key = self.app.shown_key("home.coder")
            self.app.tell(f"first choose who you are: {key} on the home screen", is_warning=True)
            return
        done = self.app.attempt(lambda: verb(self.app.study, coder))
        if done is not None:
            self._did(done)

    def _did(self, done: Done) -> None:
        self.app.tell(done.words)
        self.read()


def items_of(code_set: CodeSet, rows: Sequence[ComparedExcerpt]) -> list[ExcerptItem]:
    """Excerpts as they are listed, answers by the names of their codes."""
    return [
        ExcerptItem(
            row.ref,
            row.question,
            row.words,
            tuple(
                (one.coder, answer_words(code_set, one.status, one.codes)) for one in row.answers
            ),
            answer_words(code_set, row.settled.status, row.settled.codes) if row.settled else "",
        )
        for row in rows
    ]


def answer_words(code_set: CodeSet, status: str, codes: frozenset[str]) -> str:
    """An answer, its codes in the order of the book."""
    names = [code.name for code in code_set.codes if code.id in codes]
    known = {code.id for code in code_set.codes}
    return ", ".join([*names, *sorted(codes - known)]) or status.replace("_", " ")
