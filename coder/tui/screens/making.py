"""Making codes while reading: in the participant's words, or in the coder's own."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from coder.tui.picking import picking_from
from coder.tui.screens.cutting import CuttingScreen

if TYPE_CHECKING:
    from coder.ops.coding import Done


class MakingScreen(CuttingScreen):
    """A cutting screen on which codes can be made; how things are shown is its child's business."""

    @abstractmethod
    def do_at(self, place: int, verb: Callable[[], Done]) -> bool:
        """Do something to an excerpt and show it; False where it was refused."""

    @abstractmethod
    def point_at(self, code_set: str, code: str, *, is_focused: bool = True) -> None:
        """Put the code cursor on a code, and its set in focus."""

    async def action_in_vivo(self) -> None:
        """Make a code of words that stand in the current excerpt."""
        from coder.tui.screens.naming import InVivoDialog

        current = self.sitting.work(self.index)
        if current is None or not self.work_is_here():
            return
        ref = current.unit.ref
        picking = picking_from(current, self.sitting.transcript)
        await self.app.push_screen(
            InVivoDialog(f"A code in the words of {ref}", picking, self._keep(ref, in_vivo=True))
        )

    async def action_new_code(self) -> None:
        """Make a code of words of one's own."""
        from coder.tui.screens.naming import NameDialog

        current = self.sitting.work(self.index)
        if current is None or not self.work_is_here():
            return
        ref = current.unit.ref
        await self.app.push_screen(
            NameDialog(
                f"A code for {ref}",
                self._keep(ref, in_vivo=False),
                self.sitting.scratch_names,
                note="Type a new name, or choose one of those made before.",
            )
        )

    def _keep(self, ref: str, *, in_vivo: bool) -> Callable[[str], bool]:
        def keep(words: str) -> bool:
            # Another window may have moved or split it since.
            place = self.sitting.index_of(ref)
            if place is None:
                self.app.tell(f"{ref} is gone", is_warning=True)
                return False
            make = self.sitting.make_code
            if not self.do_at(place, lambda: make(place, words, in_vivo=in_vivo)):
                return False
            code_set, code = self.sitting.scratch_code(words)
            if code:
                # Digits go on to the set that was in focus: the new code has no key.
                self.point_at(code_set, code, is_focused=False)
            return True

        return keep

    async def action_sort(self) -> None:
        """Sort the codes into piles."""
        from coder.tui.screens.sorting import open_sorting

        await open_sorting(self.app, self.sitting.coder)
