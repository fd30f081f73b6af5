"""What is tallied, and the tallies; how they are shown is a child's business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import work
from textual.screen import Screen
from textual.worker import get_current_worker

from coder.errors import CoderError
from coder.model import CodeSet, Viewer
from coder.ops.tally_excerpts import Counting, count, open_round, reader_of
from coder.ops.tallying import Grain, Tally

if TYPE_CHECKING:
    from coder.tui.app import CoderApp

GROUPINGS = ("", "role", "district", "year", "wave")
"""What can be grouped by, in the order they are gone through; nothing first."""
ALWAYS_KNOWN = ("", "year", "wave")


@dataclass(frozen=True, slots=True)
class Counted:
    """A tally, or why there is none."""

    tally: Tally | None
    attributes: frozenset[str]
    """What people of the study have."""
    hidden_by: str = ""
    """Name of an open round that hides answers from whoever looks."""
    error: CoderError | None = None


class CountingScreen(Screen[None]):
    """A screen on one code set, one way of counting, one grouping at a time.

    Tallies are made in a thread on a connection of their own, one at a time; what was counted
    last stands until the next is there, so that nothing waits for a large study.

    Args:
        code_set: Id of the set to begin with; empty for the first.
        words: Of the filter; only transcripts that have them are counted.
    """

    if TYPE_CHECKING:
        app: CoderApp

    def __init__(self, code_set: str = "", words: str = "") -> None:
        super().__init__()
        self.set_id = code_set
        self.words = words
        self.grain: Grain = "rollup"
        self.by = ""
        self._said: dict[Counting, Counted] = {}
        """The newest of each that was made."""
        self._fresh: set[Counting] = set()
        self._making: Counting | None = None
        self._is_late = False
        """Whether something was changed since the tally that is being made was begun."""

    def show(self) -> None:
        """Show what is known of what was chosen, and ask for what is not."""
        raise NotImplementedError

    def ask(self) -> None:
        """Have a tally made where there is no fresh one."""
        ids = [one.id for one in self.sets]
        if self.set_id not in ids:
            self.set_id = next(iter(ids), "")
        if self.code_set is not None and self.grain not in self.grains:
            self.grain = self.grains[0]
        if self.by not in self.groupings:
            self.by = ""
        if ids and self.what not in self._fresh and self._making is None:
            self._making = self.what
            self._make(self.what, self.app.coder.alias if self.app.coder else "")

    def study_changed(self) -> None:
        """Something was changed: count again, and show what was counted until then."""
        self._fresh.clear()
        self._is_late = self.is_counting
        self.show()

    # What there is to count.

    @property
    def sets(self) -> tuple[CodeSet, ...]:
        """The sets of the codebook of this window."""
        return self.app.study.codebook.code_sets

    @property
    def code_set(self) -> CodeSet | None:
        """The set that is counted."""
        return next((one for one in self.sets if one.id == self.set_id), None)

    @property
    def grains(self) -> tuple[Grain, ...]:
        """What can be counted of the set, what leads first."""
        found, grains = self.code_set, list[Grain]()
        if found is not None and not found.is_scratch and found.rollup.rule != "count":
            grains.append("rollup")
        if found is not None and any(code.valence != "none" for code in found.codes):
            grains.append("valence")
        return (*grains, "code")

    @property
    def groupings(self) -> list[str]:
        """What can be grouped by; people are in no one wave."""
        said = next(iter(self._said.values()), None)
        known = {*ALWAYS_KNOWN, *(said.attributes if said else ())}
        return [
            one for one in GROUPINGS if one in known and not (one == "wave" and self.is_of_people)
        ]

    @property
    def is_of_people(self) -> bool:
        """Whether people are counted."""
        return self.grain == "rollup"

    @property
    def what(self) -> Counting:
        """The choices of now."""
        full = f"{self.app.study.codebook.id}:{self.set_id}"
        words = " ".join(self.words.casefold().split())
        return Counting(full, self.grain, (self.by,) if self.by else (), words)

    @property
    def said(self) -> Counted | None:
        """The newest tally of these choices, if there is one."""
        return self._said.get(self.what)

    @property
    def is_counting(self) -> bool:
        """Whether a tally is being made."""
        return self._making is not None

    # Counting.

    @work(thread=True, group="tally")
    def _make(self, what: Counting, alias: str) -> None:
        worker = get_current_worker()
        viewer = Viewer(alias)
        with self.app.study.again() as study:
            attributes: frozenset[str] = frozenset()
            hidden_by = ""
            try:
                reader = reader_of(study, viewer, what.words)
                attributes = frozenset(reader.attributes)
                hidden_by = open_round(study, viewer)
                said = Counted(count(reader, what), attributes, hidden_by)
            except CoderError as error:
                said = Counted(None, attributes, hidden_by, error)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._made, what, said)

    def _made(self, what: Counting, said: Counted) -> None:
        self._said[what] = said
        if not self._is_late:
            self._fresh.add(what)
        self._making, self._is_late = None, False
        if self.is_mounted:
            self.show()

    # Choosing what is counted.

    def action_next_set(self, step: int) -> None:
        """Count another set, round the end and back."""
        ids = [one.id for one in self.sets]
        if ids:
            self.set_id = ids[(ids.index(self.set_id) + step) % len(ids)]
            self.show()

    def action_nth_set(self, number: int) -> None:
        """Count the set of this number."""
        if number <= len(self.sets):
            self.set_id = self.sets[number - 1].id
            self.show()

    def action_next_grain(self) -> None:
        """Count something else of it."""
        grains = self.grains
        self.grain = grains[(grains.index(self.grain) + 1) % len(grains)]
        self.show()

    def action_next_group(self, step: int) -> None:
        """Group by another attribute, or not at all."""
        groupings = self.groupings
        self.by = groupings[(groupings.index(self.by) + step) % len(groupings)]
        self.show()
