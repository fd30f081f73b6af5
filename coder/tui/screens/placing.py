"""Where one is: remembered across restarts, left for another transcript, come back to."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Self

from coder.errors import CoderError
from coder.model import Span
from coder.ops import desk_notes
from coder.tui.screens.making import MakingScreen
from coder.tui.sitting import Sitting
from coder.tui.trail import Spot

if TYPE_CHECKING:
    from textual.timer import Timer

LOOK_EVERY = 2.0
"""Seconds between two looks at where one is: a place at which one has stayed is written, so a
crash costs no place, and a hand that goes from key to key waits for no disk. Going on, leaving
and quitting write at once."""

KEEP_EVERY = 10.0
"""Seconds after which a place is written also where nobody has stayed anywhere."""


class PlacingScreen(MakingScreen):
    """A screen that knows where its coder is in each transcript."""

    start_at: Spot | None = None
    """Where to begin instead of where it was left."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self._kept: tuple[str, int] | None = None
        self._seen: tuple[str, int] | None = None
        """Where one was when it was looked last."""
        self._kept_at = monotonic()
        self._keeper: Timer | None = None

    def first_place(self) -> int:
        """The excerpt to begin at: as told, else where it was left, else where work is left."""
        sitting = self.sitting
        if self.start_at is not None:
            return self._index_at(self.start_at)
        left = desk_notes.left_at(sitting.study, sitting.coder, sitting.name)
        if left is None:
            return sitting.first_to_read
        self._kept = left.ref, left.top
        return self._index_at(Spot(sitting.name, left.ref, left.top))

    def _index_at(self, spot: Spot) -> int:
        found = self.sitting.index_of(spot.ref) if spot.ref else None
        return self.sitting.index_near(Span(spot.place, spot.place)) if found is None else found

    def keep_places(self) -> None:
        """From now on remember where one is, also if the program ends in an unforeseen way."""
        self._keeper = self.set_interval(LOOK_EVERY, self.look_at_place)

    @property
    def _place(self) -> tuple[str, int]:
        """The current excerpt, and the code point at the top of the screen."""
        current = self.sitting.work(self.index)
        return current.unit.ref if current else "", self.view.place_at_top

    def look_at_place(self) -> None:
        """Remember where one is, if one has stayed there or has gone on and on."""
        place = self._place
        has_stayed, self._seen = place == self._seen, place
        if has_stayed or monotonic() - self._kept_at >= KEEP_EVERY:
            self.keep_place()

    def keep_place(self) -> None:
        """Remember where one is now, unless that is what is remembered."""
        sitting, place = self.sitting, self._place
        self._kept_at = monotonic()
        if place == self._kept:
            return
        self._kept = place
        try:
            desk_notes.leave_at(sitting.study, sitting.coder, sitting.name, *place)
        except CoderError as error:
            # No dialog: it would stand in the way of leaving.
            self.app.tell(f"your place is not remembered: {error}", is_warning=True)

    # The trail.

    @property
    def spot(self) -> Spot:
        """Where one is, for the trail."""
        current = self.sitting.work(self.index)
        if current is None:
            return Spot(self.sitting.name, "", self.view.place_at_top)
        return Spot(self.sitting.name, current.unit.ref, current.unit.span.start)

    def jumped_from(self, spot: Spot) -> None:
        """Remember where one jumped from, if one is somewhere else now."""
        if not self.spot.is_beside(spot):
            self.app.trail.leave(spot)

    async def action_trail(self, step: int) -> None:
        """Go back to where one jumped from, or forward again."""
        here, trail = self.spot, self.app.trail
        found = trail.back(here) if step < 0 else trail.forward(here)
        if found is None:
            end = "beginning" if step < 0 else "end"
            self.app.tell(f"this is the {end} of your trail")
        else:
            await self.open_at(found, is_jump=False)

    async def open_at(self, spot: Spot, *, is_jump: bool = True) -> Self | None:
        """Go to a place in this transcript, or put the screen of another one in its stead.

        Args:
            spot: Where to.
            is_jump: Whether the trail is to lead back from there.

        Returns:
            The screen that shows it; None where it cannot be opened.
        """
        here, before = self.sitting, self.spot
        if spot.transcript == here.name:
            self.go_to(self._index_at(spot))
            if is_jump:
                self.jumped_from(before)
            return self
        sitting = self.app.attempt(
            lambda: Sitting(here.study, here.coder, spot.transcript, here.in_round)
        )
        if sitting is None:
            return None
        self.keep_place()
        if is_jump:
            self.app.trail.leave(before)
        screen = type(self)(sitting)
        # Without a place of its own it opens where it was left.
        screen.start_at = spot if spot.ref or spot.place else None
        await self.app.switch_screen(screen)
        return screen
