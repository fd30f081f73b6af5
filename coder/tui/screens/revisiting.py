"""The excerpts to revisit as a queue: on to the next one, in other transcripts too."""

from __future__ import annotations

from abc import abstractmethod

from coder.ops.list_walking import Walk
from coder.ops.working_lists import WorkingList
from coder.tui.screens.placing import PlacingScreen
from coder.tui.trail import Spot
from coder.tui.widgets.wrapping import one_line


class RevisitingScreen(PlacingScreen):
    """A screen that leads through what was coded before its codes meant something else."""

    async def action_step_revisit(self, step: int) -> None:
        """Go to an excerpt to revisit, in this transcript or another."""
        sitting, current = self.sitting, self.sitting.work(self.index)
        wanted = WorkingList(needs="revisit")
        walk = self.app.attempt(lambda: Walk(sitting.study, sitting.coder, wanted, sitting.pass_))
        if walk is None:
            return
        found = walk.step(current.unit if current else None, step)
        ref = found.ref if found else ""
        place = sitting.index_of(ref)
        if place is not None:
            self.go_to(place)
            self.show_what_changed()
        elif ref:
            await self._open_at(ref)
        elif self.sitting.works and self.sitting.is_in_question(self.index):
            self.app.tell("this is the last excerpt to revisit")
        else:
            self.app.tell("nothing to revisit")

    def go_on_revisiting(self) -> None:
        """After one that is done: the next one here, or where the next ones are."""
        place = self.sitting.next_in_question(self.index)
        if place is not None:
            self.go_to(place)
            self.show_what_changed()
            return
        elsewhere = sum(map(len, self.sitting.in_question_elsewhere()))
        if elsewhere:
            key = self.app.shown_key("coding.next_revisit")
            self.app.tell(f"{elsewhere} more to revisit in other transcripts: {key} goes on")
        else:
            self.app.tell("nothing is left to revisit")

    @abstractmethod
    def look_at_set(self, code_set: str) -> None:
        """Show a code set, and what the book says of the code of it that is on the excerpt."""

    def show_what_changed(self) -> None:
        """Say what changed since the current excerpt was coded, and look at the set it is of."""
        why = [words for found in self.sitting.works[self.index].in_question.values()
               for words in found]  # fmt: skip
        self.look_at_set(next(iter(self.sitting.works[self.index].in_question), ""))
        self.app.tell(one_line(f"since this was coded: {'; '.join(why)}"))

    async def _open_at(self, ref: str) -> None:
        """Put the screen of another transcript in place of this one, at an excerpt of it."""
        screen = await self.open_at(Spot(ref.rpartition(":")[0], ref))
        if screen is not None:
            screen.show_what_changed()
