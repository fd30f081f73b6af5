"""What is compared, and the reports on it; how they are shown is a child's business."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual import work
from textual.worker import get_current_worker

from coder.errors import CoderError
from coder.model import Codebook, CodeSet, Viewer
from coder.model.times import local_day
from coder.ops.agreement_excerpts import Behind, Comparison, excerpts_behind
from coder.ops.agreement_report import AgreementReport, Level
from coder.tui.comparison import OF_CODES, companies_of, levels_of
from coder.tui.screens.live import LiveScreen

if TYPE_CHECKING:
    from textual.timer import Timer

    from coder.ops.rounds import Round
    from coder.ops.study import Study

Key = tuple[str, str]
"""Full name of a set, and a round: what one report is about."""

SOME = 12
"""Excerpts of a cell that are shown beside it where there is room."""


class ComparingScreen(LiveScreen[Key, AgreementReport | CoderError]):
    """A screen on one code set, one level, one pair of coders (or all of them) at a time.

    Args:
        code_set: Id of the set to begin with; empty for the first.
        in_round: The round to begin with; None for ordinary coding.
    """

    def __init__(self, code_set: str = "", in_round: Round | None = None) -> None:
        super().__init__(code_set)
        self.in_round = in_round
        self.level: Level = "code"
        self.coders: tuple[str, ...] = ()
        self.statistic = OF_CODES[0]
        self._looking: Timer | None = None

    def ask(self) -> None:
        """Have a report made where there is no fresh one, and stay with it as far as it goes."""
        self.choose_set()
        super().ask()
        if self.report is not None:
            self._choose(self.report)

    # What there is to compare.

    @property
    def book(self) -> Codebook:
        """The codebook of the round, or of this window."""
        study = self.app.study
        if self.in_round is not None and self.in_round.book in study.codebook_ids:
            return study.version(study.codebook_ids[self.in_round.book])
        return study.codebook

    @property
    def sets(self) -> tuple[CodeSet, ...]:
        """The sets that excerpts are asked."""
        return tuple(one for one in self.book.code_sets if not one.is_scratch)

    @property
    def what(self) -> Key:
        """What the report is about that is to be shown."""
        return f"{self.book.id}:{self.set_id}", self.in_round.name if self.in_round else ""

    @property
    def report(self) -> AgreementReport | None:
        """The newest report on it, if there is one."""
        return self.said if isinstance(self.said, AgreementReport) else None

    @property
    def place(self) -> tuple[object, ...]:
        """What is looked at: report, level, coders."""
        return (self.what, self.level, self.coders)

    def make(self, study: Study, viewer: Viewer, what: Key) -> AgreementReport | CoderError:
        """Make a report; a refusal is shown where it would stand."""
        # Deferred: the statistics need numpy.
        from coder.ops.agreeing import agreement

        try:
            return agreement(study, viewer, [what[0]], round_name=what[1])
        except CoderError as error:
            return error

    def _choose(self, report: AgreementReport) -> None:
        """Stay at level and coders as far as this report has them."""
        levels, companies = levels_of(report), companies_of(report)
        if self.level not in levels:
            self.level = next(iter(levels), "code")
        if self.coders not in companies:
            mine = [one for one in companies if self.alias in one]
            self.coders = next(iter([*mine, *companies]), ())

    # A few of the excerpts behind.

    def look_behind(self, comparison: Comparison, cell: tuple[str, str]) -> None:
        """Read some excerpts of a cell, once the cursor has come to rest."""
        if self._looking is not None:
            self._looking.stop()
        alias = self.alias
        self._looking = self.set_timer(0.1, lambda: self._look(comparison, cell, alias))

    @work(thread=True, exclusive=True, group="behind")
    def _look(self, comparison: Comparison, cell: tuple[str, str], alias: str) -> None:
        worker = get_current_worker()
        try:
            with self.app.study.again() as study:
                found = excerpts_behind(study, Viewer(alias), comparison, [cell], limit=SOME)
        except CoderError:
            # The report on the same set says what is the matter.
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self.show_behind, cell, found)

    @abstractmethod
    def show_behind(self, cell: tuple[str, str], found: Behind) -> None:
        """Show some excerpts of a cell."""

    # Choosing what is compared.

    def action_next_level(self, step: int) -> None:
        """Compare at another level."""
        levels = levels_of(self.report) if self.report else []
        if levels:
            self.level = levels[(levels.index(self.level) + step) % len(levels)]
            self.show()

    def action_next_coders(self, step: int) -> None:
        """Compare another pair, or everybody."""
        companies = companies_of(self.report) if self.report else []
        if companies:
            self.coders = companies[(companies.index(self.coders) + step) % len(companies)]
            self.show()

    def action_next_statistic(self) -> None:
        """Draw another statistic code by code."""
        place = OF_CODES.index(self.statistic)
        self.statistic = OF_CODES[(place + 1) % len(OF_CODES)]
        self.show()

    @work(exclusive=True, group="round")
    async def action_round(self) -> None:
        """Choose the round to compare, or ordinary coding."""
        from coder.ops.rounds import list_rounds
        from coder.tui.screens.forms import ChoiceDialog

        found = {one.name: one for one in list_rounds(self.app.study)}
        if not found:
            self.app.tell("there is no round: coder round new opens one")
            return
        choices = [
            (name, f"{name}: {one.purpose}, {len(one.units)} excerpts, {one.book}, {_state(one)}")
            for name, one in found.items()
        ]
        now = self.in_round.name if self.in_round else ""
        dialog = ChoiceDialog("Compare which round?", [("", "ordinary coding"), *choices], now)
        chosen = await self.app.push_screen_wait(dialog)
        if chosen is not None:
            self.in_round = found.get(chosen)
            self.show()


def _state(one: Round) -> str:
    return "open" if one.is_open else f"closed {local_day(one.closed_at)}"
