"""A working list on the coding screen: what comes next is the next of the list."""

from __future__ import annotations

from dataclasses import replace

from coder.ops.list_walking import Step, Walk
from coder.ops.working_lists import WorkingList, in_words
from coder.tui.screens.asking import AskingScreen
from coder.tui.trail import Spot
from coder.tui.widgets.wrapping import one_line


class QueueingScreen(AskingScreen):
    """A screen on which a list may be on; it leads from transcript to transcript."""

    time_left = ""
    """How long what is open in this transcript takes; empty where that is not known."""

    @property
    def walk(self) -> Walk | None:
        """The list that is on, if it is this coder's and of this round and codebook."""
        found, sitting = self.app.working_list, self.sitting
        if found is None or found.coder.id != sitting.coder.id:
            return None
        same = (found.pass_, found.book) == (sitting.pass_, sitting.book.id)
        return found if same else None

    @property
    def list_words(self) -> tuple[str, str]:
        """What the list is of, and where one is in it; empty where none is on."""
        walk, current = self.walk, self.sitting.work(self.index)
        if walk is None:
            return "", ""
        place = walk.place_of(current.unit.ref) if current else None
        at = f"{place + 1} of {len(walk)}" if place is not None else f"{len(walk)} in it"
        words = in_words(self.sitting.book, walk.wanted)
        return one_line(f"list: {words}"), f" \u00b7 {at}"

    # Beginning and ending a list.

    async def action_working_list(self) -> None:
        """Choose a list, or end the one that is on."""
        if self.end_list():
            return
        from coder.tui.screens.lists import ListDialog

        in_round = self.sitting.in_round
        wanted = self.app.last_list or WorkingList(needs="open")
        wanted = replace(wanted, round=in_round.name if in_round else "")
        await self.app.push_screen(ListDialog(self.sitting, wanted, self._begin_list))

    async def _begin_list(self, walk: Walk) -> None:
        self.app.working_list, self.app.last_list = walk, walk.wanted
        current = self.sitting.work(self.index)
        is_there = current is not None and walk.place_of(current.unit.ref) is not None
        is_here = any(row.transcript == self.sitting.name for row in walk.rows)
        unit = current.unit if current and is_here and walk.wanted.seed is None else None
        found = None if is_there else walk.step(unit, 1)
        if found is not None:
            await self._go_in_list(found, 1)
        if found is None or found.transcript == self.sitting.name:
            self._show_about()
            on, end = map(self.app.shown_key, ("coding.next_open", "coding.working_list"))
            self.app.tell(f"{on} goes on in the list, {end} ends it")

    def end_list(self, words: str = "the list has ended") -> bool:
        """Go on excerpt by excerpt as before; whether a list was on."""
        if self.walk is None:
            return False
        self.app.working_list = None
        self.app.tell(words)
        self._show_about()
        return True

    # Going on.

    async def action_step_open(self, step: int) -> None:
        """Go to the next of the list, or without one to an excerpt that needs work."""
        if self.walk is None:
            await super().action_step_open(step)
        else:
            await self._step_in_list(self.walk, step)

    async def go_on(self) -> None:
        """After an excerpt that is finished: the next of the list, or the next open one."""
        if self.walk is not None:
            await self._step_in_list(self.walk, 1)
            return
        place = self.sitting.next_open(self.index)
        if place is None:
            key = self.app.shown_key("coding.home")
            self.app.tell(f"nothing is left to do in this transcript; {key} goes home")
            return
        if place < self.index:
            self.app.tell("round to the first excerpt that is not finished")
        self.go_to(place)

    async def _step_in_list(self, walk: Walk, step: int) -> None:
        current = self.sitting.work(self.index)
        unit = current.unit if current else None
        before = len(walk)
        found = self.app.attempt(lambda: (walk.step(unit, step),))
        if found is None:
            return
        if found[0] is not None:
            await self._go_in_list(found[0], step)
        elif len(walk):
            self._show_about()
            key = self.app.shown_key("coding.working_list")
            self.app.tell(f"nothing else is left in the list: {key} ends it")
        else:
            count = f"{before} excerpt{'s' if before != 1 else ''}"
            self.end_list(f"the list is done ({count}): nothing is left in it")

    async def _go_in_list(self, found: Step, step: int) -> None:
        walk, here = self.walk, self.sitting.name
        screen = await self.open_at(Spot(found.transcript, found.ref))
        if screen is None or walk is None:
            return
        if screen is not self:
            # That nothing applied is said, though the excerpt is out of sight.
            screen.said = self.said
            screen.count_time_left()
            screen._show_about()
        walk.arrive(found.ref)
        place = (walk.place_of(found.ref) or 0) + 1
        if found.is_round:
            end = "beginning" if step > 0 else "end"
            self.app.tell(f"round to the {end} of the list: {len(walk)} left in it")
        elif found.transcript != here:
            self.app.tell(one_line(f"on to {found.transcript}: {place} of {len(walk)}"))
        index = screen.index
        if walk.wanted.needs == "revisit" and screen.sitting.is_in_question(index):
            screen.show_what_changed()

    # How far, and how fast.

    def count_time_left(self) -> None:
        """Work out anew how long this transcript takes; at a finished excerpt, not at every key."""
        from coder.tui.progress import transcript_left

        self.time_left = transcript_left(self.sitting, self.app.opened_at)

    async def action_progress(self) -> None:
        """How far one is in this transcript and in the list, and how fast."""
        from coder.tui.progress import progress_page
        from coder.tui.screens.forms import PageDialog

        sitting, walk, since = self.sitting, self.walk, self.app.opened_at
        await self.app.push_screen(
            PageDialog("How far you are", lambda width: progress_page(sitting, walk, since, width))
        )
