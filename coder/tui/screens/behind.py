"""The excerpts behind a number, whichever number it is: read, gone through, opened."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from rich.cells import cell_len
from textual import getters, work
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from coder.errors import CoderError
from coder.model import Viewer
from coder.tui.messages import ExcerptPointed
from coder.tui.widgets.excerpt_list import ExcerptItem, ExcerptList
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import clipped, one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.model import Coder
    from coder.ops.study import Study
    from coder.tui.app import CoderApp


class Behind(Protocol):
    """What was found behind a number."""

    @property
    def total(self) -> int:
        """All excerpts, also those that are not listed."""


class BehindRow(Protocol):
    """One excerpt of it."""

    @property
    def ref(self) -> str:
        """Its reference; empty where it is none."""

    @property
    def transcript(self) -> str:
        """Name of its transcript; empty for a record."""


B = TypeVar("B", bound=Behind)
R = TypeVar("R", bound=BehindRow)


class BehindScreen(Screen[None], Generic[B, R]):
    """Excerpts in a list; Enter opens one in its transcript, Escape goes back to the number.

    Args:
        title: What is listed, in words.
    """

    CSS_PATH = ["../panels.tcss", "behind.tcss"]  # noqa: RUF012 - Textual says list
    AUTO_FOCUS = "ExcerptList"
    NEEDS_EXCERPT: ClassVar[tuple[str, ...]] = ("open", "move")
    """Actions that want an excerpt at the cursor."""

    about = getters.query_one("#about", Static)
    empty = getters.query_one("#empty", Static)
    listed = getters.query_one(ExcerptList)

    if TYPE_CHECKING:
        app: CoderApp

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title_words = title
        self.behind: B | None = None
        self._is_reading = False
        self._is_late = False
        """Whether something was changed since the reading that goes on was begun."""

    # Of a child.

    @abstractmethod
    def fetch(self, study: Study, viewer: Viewer) -> B:
        """Find what is behind; called in a thread with a connection of its own."""

    @property
    @abstractmethod
    def rows(self) -> Sequence[R]:
        """The excerpts that were found."""

    @abstractmethod
    def items(self) -> list[ExcerptItem]:
        """These as they are listed."""

    @property
    def empty_words(self) -> str:
        """What is said where nothing is found."""
        return "nothing is here any more"

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
        if self.is_mounted and self.behind is not None:
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
            self._read(self.app.coder.alias if self.app.coder else "")

    @work(thread=True, group="behind")
    def _read(self, alias: str) -> None:
        worker = get_current_worker()
        found: B | CoderError
        try:
            with self.app.study.again() as study:
                found = self.fetch(study, Viewer(alias))
        except CoderError as error:
            found = error
        if not worker.is_cancelled:
            self.app.call_from_thread(self._found, found)

    def _found(self, found: B | CoderError) -> None:
        if not self.is_mounted:
            return
        is_late, self._is_reading, self._is_late = self._is_late, False, False
        if isinstance(found, CoderError):
            self.app.tell(str(found), is_warning=True)
        else:
            self.behind = found
            self.show()
        if is_late:
            self.read()

    # What is shown.

    @property
    def row(self) -> R | None:
        """The excerpt at the cursor."""
        rows = self.rows
        return rows[self.listed.place] if self.listed.place < len(rows) else None

    def show(self) -> None:
        """Show the excerpts, with the cursor where it was."""
        rows, items = self.rows, self.listed.items
        refs = [row.ref for row in rows]
        here = items[self.listed.place].ref if items else ""
        place = refs.index(here) if here in refs else self.listed.place
        self.listed.show(self.items(), place)
        self.listed.reveal(bool(rows))
        self.empty.display = not rows
        self.empty.update(
            Content(self.empty_words if self.behind is not None else "reading \u2026")
        )
        self._show_about()
        self.refresh_bindings()

    def _show_about(self) -> None:
        if not self.is_mounted:
            return
        shown, total = len(self.rows), self.behind.total if self.behind is not None else 0
        number = f"{self.listed.place + 1} of {shown}" if shown else ""
        if total > shown:
            number += f" (the first of {total:,})"
        room = max(self.size.width - cell_len(number) - 3, 0)
        title = clipped(one_line(self.title_words), room)
        gap = " " * max(room - cell_len(title), 0)
        self.about.update(Content.assemble((f" {title}", "bold"), f"{gap} {number} "), layout=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only an excerpt that is there can be opened."""
        return bool(self.rows) if action in self.NEEDS_EXCERPT else True

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
        """Back to the number."""
        self.dismiss()

    # Opening.

    async def action_open(self) -> None:
        """The excerpt in its transcript, as the coder who looks has coded it."""
        row = self.row
        if row is None:
            return
        if not row.ref:
            self.app.tell("this person was asked nothing here")
        elif not row.transcript:
            self.app.tell(f"{row.ref} is a record and has no transcript: coder show {row.ref}")
        elif self.app.coder is None:
            self.ask_and(self.action_open)
        else:
            await self._open(row, self.app.coder)

    async def _open(self, row: R, coder: Coder) -> None:
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
    async def ask_and(self, go_on: Callable[[], Awaitable[None]]) -> None:
        """Choose who codes, then go on."""
        if await self.app.choose_coder():
            await go_on()
