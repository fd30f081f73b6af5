"""A screen on figures that are made in a thread, and made again when the study changes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from rich.cells import cell_len
from textual import getters, work
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from coder.model import CodeSet, Viewer
from coder.tui.marks import short_title
from coder.tui.widgets.wrapping import clipped

if TYPE_CHECKING:
    from coder.ops.study import Study
    from coder.tui.app import CoderApp

LONGEST_TITLE = 24

What = TypeVar("What", bound=Hashable)
"""The choices that figures are of."""
Said = TypeVar("Said")
"""The figures, or why there are none."""


class LiveScreen(Screen[None], Generic[What, Said]):
    """A screen on the figures of one code set at a time.

    They are made on a connection of their own, one at a time; what was made last stands until the
    next is there, so that nothing waits for a large study.

    Args:
        code_set: Id of the set to begin with; empty for the first.
    """

    sets_line = getters.query_one("#sets", Static)

    if TYPE_CHECKING:
        app: CoderApp

    def __init__(self, code_set: str = "") -> None:
        super().__init__()
        self.set_id = code_set
        self._said: dict[What, Said] = {}
        """The newest of each that were made."""
        self._fresh: set[What] = set()
        self._making: What | None = None
        self._is_late = False
        """Whether something was changed since those that are being made were begun."""

    # What a child says.

    @abstractmethod
    def show(self) -> None:
        """Show what is known of what was chosen, and ask for what is not."""

    @property
    @abstractmethod
    def sets(self) -> Sequence[CodeSet]:
        """The sets there are figures of."""

    @property
    @abstractmethod
    def what(self) -> What:
        """The choices of now."""

    @abstractmethod
    def make(self, study: Study, viewer: Viewer, what: What) -> Said:
        """Make the figures; called in a thread. A refusal is an answer too, not an error."""

    # Making.

    def choose_set(self) -> None:
        """Stay at the set as long as there is one of its id, else begin with the first."""
        ids = [one.id for one in self.sets]
        if self.set_id not in ids:
            self.set_id = next(iter(ids), "")

    def ask(self) -> None:
        """Have the figures made where there are no fresh ones."""
        if self.set_id and self.what not in self._fresh and self._making is None:
            self._making = self.what
            self._make(self.what, self.alias)

    @work(thread=True, group="figures")
    def _make(self, what: What, alias: str) -> None:
        worker = get_current_worker()
        with self.app.study.again() as study:
            said = self.make(study, Viewer(alias), what)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._made, what, said)

    def _made(self, what: What, said: Said) -> None:
        self._said[what] = said
        if not self._is_late:
            self._fresh.add(what)
        self._making, self._is_late = None, False
        if self.is_mounted:
            self.show()

    def study_changed(self) -> None:
        """Something was changed: count again, and show what was counted until then."""
        self._fresh.clear()
        self._is_late = self.is_counting
        self.show()

    @property
    def alias(self) -> str:
        """Of whoever looks; empty where nobody is chosen."""
        return self.app.coder.alias if self.app.coder else ""

    @property
    def said(self) -> Said | None:
        """The newest figures of these choices, or why there are none."""
        return self._said.get(self.what)

    @property
    def is_counting(self) -> bool:
        """Whether figures are being made."""
        return self._making is not None

    @property
    def has_counted(self) -> bool:
        """Whether anything was said yet."""
        return bool(self._said)

    def action_export(self) -> None:
        """All tables as spreadsheets, not only what is shown here."""
        from coder.tui.exporting import ask_and_export

        ask_and_export(self.app)

    # Choosing the set.

    def show_sets(self) -> None:
        """The code sets with their digits; the one that is looked at is marked."""
        parts: list[tuple[str, str]] = []
        room = self.size.width - 1
        for number, one in enumerate(self.sets, start=1):
            is_here = one.id == self.set_id
            digit = f"{number} " if number < 10 else ""
            name = clipped(short_title(one), LONGEST_TITLE)
            text = f"{chr(0x25B6) if is_here else ' '}{digit}{name} "
            if cell_len(text) <= room:
                parts.append((text, "bold $accent" if is_here else "$turn-margin"))
                room -= cell_len(text)
        self.sets_line.update(Content.assemble(*parts), layout=False)

    def action_next_set(self, step: int) -> None:
        """Look at another set, round the end and back."""
        ids = [one.id for one in self.sets]
        if ids:
            self.set_id = ids[(ids.index(self.set_id) + step) % len(ids)]
            self.show()

    def action_nth_set(self, number: int) -> None:
        """Look at the set of this number."""
        if number <= len(self.sets):
            self.set_id = self.sets[number - 1].id
            self.show()
