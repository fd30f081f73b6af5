"""A dialog that offers the names there are; a new one is made only by a line that says so."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from coder.tui.screens.pick_dialog import PickDialog
from coder.tui.widgets.choice_list import Part
from coder.tui.widgets.wrapping import one_line, padded

ON_SIGN = "\u25cf"
"""Before what is on, as in the code panel and its picker."""
MOST_ROWS = 10
"""More names than this are scrolled."""
MOST_CELLS = 24
"""Of a name in the list."""


class Offer(NamedTuple):
    """A line to choose."""

    name: str
    about: str = ""
    """Words beside the name."""
    is_on: bool = False
    is_new: bool = False
    """Whether choosing it makes it."""


class OfferDialog(PickDialog):
    """Offers names, fewer while one types, and below them what was typed as a new one.

    Args:
        title: What is chosen.
        offers: What there is.
        keep: Takes a name, before the next key is read; False where it will not do.
    """

    def __init__(self, title: str, offers: Sequence[Offer], keep: Callable[[str], bool]) -> None:
        super().__init__(title)
        self._offers = offers
        self._keep = keep
        self._shown: list[Offer] = []

    def find(self, typed: str) -> int:
        """The names that fit, and what was typed where no name is written like it."""
        name = " ".join(typed.split())
        self._shown = self.fitting(name) if name else list(self._offers)
        is_known = any(one.name.casefold() == name.casefold() for one in self._offers)
        if name and not is_known:
            self._shown.append(Offer(name, is_new=True))
        self.listed.styles.height = min(max(len(self._shown), 1), MOST_ROWS)
        self.show_count("")
        return len(self._shown)

    def parts(self, number: int, width: int) -> Sequence[Part]:
        """Whether it is on, the name, a word about it; or that it is a new one."""
        one = self._shown[number]
        if one.is_new:
            return (("+ ", "key"), (one_line(self.new_in_words(one.name)), "name"))
        widest = max(cell_len(one_line(offer.name)) for offer in self._offers)
        return (
            (f"{ON_SIGN if one.is_on else ' '} ", "key"),
            (padded(one_line(one.name), min(widest, MOST_CELLS)) + "  ", "name"),
            (one_line(one.about), "quiet"),
        )

    def words_about(self, number: int) -> Content:
        """What Enter would do."""
        one = self._shown[number]
        if one.is_new and (problem := self.problem_with(one.name)):
            return Content.styled(one_line(problem), "$error")
        return Content(one_line(f"Enter: {self.done_in_words(one)}"))

    async def take(self, number: int) -> None:
        """Keep the name and close; one that cannot be stays to be mended."""
        one = self._shown[number]
        if not (one.is_new and self.problem_with(one.name)) and self._keep(one.name):
            self.dismiss()

    # What a child says.

    @abstractmethod
    def fitting(self, typed: str) -> list[Offer]:
        """The offers that what was typed may mean, the closest first."""

    @abstractmethod
    def new_in_words(self, name: str) -> str:
        """The line that makes a new one."""

    @abstractmethod
    def done_in_words(self, one: Offer) -> str:
        """What choosing a line does."""

    def problem_with(self, name: str) -> str:
        """Why there cannot be a new one of this name; empty where there can."""
        return ""
