"""The excerpts behind a cell of the agreement screen: read them, open them, settle them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import getters, work
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

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
from coder.tui.messages import ExcerptPointed
from coder.tui.screens.agreement_commands import EXCERPT_COMMANDS
from coder.tui.widgets.excerpt_list import ExcerptItem, ExcerptList
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import clipped, one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.model import Coder
    from coder.ops.coding import Done
    from coder.ops.rounds import Round
    from coder.tui.app import CoderApp


class ComparedScreen(Screen[None]):
    """What two coders made of the same words.

    Args:
        comparison: What they are compared on.
        cells: Categories of the first and the second; none for wherever they differ.
        title: What is listed, in words.
        in_round: The round they were coded in; None for ordinary coding.
    """

    CSS_PATH = "agreement.tcss"
    AUTO_FOCUS = "ExcerptList"
    DECLARED = EXCERPT_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(EXCERPT_COMMANDS)

    about = getters.query_one("#about", Static)
    empty = getters.query_one("#empty", Static)
    listed = getters.query_one(ExcerptList)

    if TYPE_CHECKING:
        app: CoderApp

    def __init__(
        self,
        comparison: Comparison,
        cells: Sequence[tuple[str, str]],
        title: str,
        in_round: Round | None = None,
    ) -> None:
        super().__init__()
        self.comparison = comparison
        self.cells = cells
        self.title_words = title
        self.in_round = in_round
        self.behind = Behind((), 0)
        self._is_read = False
        self._is_reading = False
        self._is_late = False
        """Whether something was changed since the reading that goes on was begun."""

    def compose(self) -> ComposeResult:
        """A line about what is listed, the excerpts, the keys."""
        yield Static(id="about", markup=False)
        yield ExcerptList()
        yield Static(id="empty", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Read them in a thread: a large study takes seconds."""
        self.show()
        self.read()

    def on_screen_resume(self) -> None:
        """Back from an excerpt, where something may have been coded."""
        if self.is_mounted and self._is_read:
            self.read()

    def on_resize(self) -> None:
        """The line above depends on the width."""
        self.call_after_refresh(self._show_about)

    def study_changed(self) -> None:
        """Something was changed elsewhere."""
        self.read()

    def read(self) -> None:
        """Read the excerpts, after the reading that goes on if there is one."""
        if self._is_reading:
            self._is_late = True
        else:
            self._is_reading = True
            self._read(self._alias)

    @property
    def _alias(self) -> str:
        return self.app.coder.alias if self.app.coder else ""

    @work(thread=True, group="behind")
    def _read(self, alias: str) -> None:
        worker = get_current_worker()
        found: Behind | CoderError
        try:
            with self.app.study.again() as study:
                found = excerpts_behind(study, Viewer(alias), self.comparison, self.cells)
        except CoderError as error:
            found = error
        if not worker.is_cancelled:
            self.app.call_from_thread(self._found, found)

    def _found(self, found: Behind | CoderError) -> None:
        if not self.is_mounted:
            return
        is_late, self._is_reading, self._is_late = self._is_late, False, False
        if isinstance(found, CoderError):
            self.app.tell(str(found), is_warning=True)
        else:
            self.behind, self._is_read = found, True
            self.show()
        if is_late:
            self.read()

    # What is shown.

    @property
    def code_set(self) -> CodeSet:
        """The set that was answered."""
        return find_set(self.app.study, self.comparison.code_set)[1]

    @property
    def row(self) -> ComparedExcerpt | None:
        """The excerpt at the cursor."""
        rows = self.behind.rows
        return rows[self.listed.place] if self.listed.place < len(rows) else None

    def show(self) -> None:
        """Show the excerpts, with the cursor where it was."""
        refs = [row.ref for row in self.behind.rows]
        items = self.listed.items
        here = items[self.listed.place].ref if items else ""
        place = refs.index(here) if here in refs else self.listed.place
        self.listed.show(items_of(self.code_set, self.behind.rows), place)
        self.listed.reveal(bool(refs))
        self.empty.display = not refs
        words = "nothing is here any more" if self._is_read else "reading \u2026"
        if self._is_read and not self.cells:
            words = "the two agree on every unit"
        self.empty.update(Content(words))
        self._show_about()
        self.refresh_bindings()

    def _show_about(self) -> None:
        if not self.is_mounted:
            return
        shown, total = len(self.behind.rows), self.behind.total
        number = f"{self.listed.place + 1} of {shown}" if shown else ""
        if total > shown:
            number += f" (the first of {total:,})"
        room = max(self.size.width - cell_len(number) - 3, 0)
        title = clipped(one_line(self.title_words), room)
        gap = " " * max(room - cell_len(title), 0)
        self.about.update(Content.assemble((f" {title}", "bold"), f"{gap} {number} "), layout=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only an excerpt that is there can be opened or settled."""
        if action in ("open", "settle", "move"):
            return bool(self.behind.rows)
        return True

    # Moving.

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self.listed.point(self.listed.place + step)
        self._show_about()

    async def on_excerpt_pointed(self, message: ExcerptPointed) -> None:
        """An excerpt was clicked."""
        message.stop()
        self.listed.point(message.place)
        self._show_about()
        if message.is_opened:
            await self.action_open()

    def action_leave(self) -> None:
        """Back to the cell."""
        self.dismiss()

    # Opening.

    async def action_open(self) -> None:
        """The excerpt in its transcript, as the coder who looks has coded it."""
        row = self.row
        if row is None:
            return
        if not row.transcript:
            self.app.tell(f"{row.ref} is a record and has no transcript: coder show {row.ref}")
        elif self.app.coder is None:
            self._ask_and(self.action_open)
        else:
            await self._open(row, self.app.coder)

    async def _open(self, row: ComparedExcerpt, coder: Coder) -> None:
        from coder.tui.screens.coding import CodingScreen
        from coder.tui.sitting import Sitting
        from coder.tui.trail import Spot

        here = self.app.in_round
        in_round = here if here is not None and row.ref in here.units else None
        sitting = self.app.attempt(lambda: Sitting(self.app.study, coder, row.transcript, in_round))
        if sitting is not None:
            screen = CodingScreen(sitting)
            screen.start_at = Spot(row.transcript, row.ref)
            await self.app.push_screen(screen)

    @work(exclusive=True, group="coder")
    async def _ask_and(self, go_on: Callable[[], Awaitable[None]]) -> None:
        """Choose who codes, then go on."""
        if await self.app.choose_coder():
            await go_on()

    # Settling.

    async def action_settle(self) -> None:
        """Ask for the settled answer and the reason."""
        from coder.tui.screens.settling import SettleDialog

        row = self.row
        if row is None:
            return
        coder = self.app.coder
        if coder is None:
            self._ask_and(self.action_settle)
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
            self.app.tell("first choose who you are: C on the home screen", is_warning=True)
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
            tuple((one.coder, _in_words(code_set, one.status, one.codes)) for one in row.answers),
            _in_words(code_set, row.settled.status, row.settled.codes) if row.settled else "",
        )
        for row in rows
    ]


def _in_words(code_set: CodeSet, status: str, codes: frozenset[str]) -> str:
    """An answer, its codes in the order of the book."""
    names = [code.name for code in code_set.codes if code.id in codes]
    known = {code.id for code in code_set.codes}
    return ", ".join([*names, *sorted(codes - known)]) or status.replace("_", " ")
