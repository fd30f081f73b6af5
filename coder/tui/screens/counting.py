"""What is tallied, and the tallies; how they are shown is a child's business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.model import CodeSet, Viewer
from coder.ops.tally_excerpts import Counting, count, open_round, reader_of
from coder.ops.tallying import Grain, Tally
from coder.tui.screens.live import LiveScreen

if TYPE_CHECKING:
    from coder.ops.study import Study

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


class CountingScreen(LiveScreen[Counting, Counted]):
    """A screen on one code set, one way of counting, one grouping at a time.

    Args:
        code_set: Id of the set to begin with; empty for the first.
        words: Of the filter; only transcripts that have them are counted.
    """

    def __init__(self, code_set: str = "", words: str = "") -> None:
        super().__init__(code_set)
        self.words = words
        self.grain: Grain = "rollup"
        self.by = ""

    def ask(self) -> None:
        """Have a tally made where there is no fresh one."""
        self.choose_set()
        if self.code_set is not None and self.grain not in self.grains:
            self.grain = self.grains[0]
        if self.by not in self.groupings:
            self.by = ""
        super().ask()

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

    def make(self, study: Study, viewer: Viewer, what: Counting) -> Counted:
        """Count; a refusal is shown where the tally would stand."""
        attributes: frozenset[str] = frozenset()
        hidden_by = ""
        try:
            reader = reader_of(study, viewer, what.words)
            attributes = frozenset(reader.attributes)
            hidden_by = open_round(study, viewer)
            return Counted(count(reader, what), attributes, hidden_by)
        except CoderError as error:
            return Counted(None, attributes, hidden_by, error)

    # Choosing what is counted.

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
