"""The dialog in which a flag is put on an excerpt or taken off."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coder.errors import UsageError
from coder.ops.flags import checked_flag
from coder.tui.picking import matching
from coder.tui.screens.offering import Offer, OfferDialog


class FlagDialog(OfferDialog):
    """Lists the flags with those that are on, to put one on or take it off.

    Args:
        ref: The excerpt.
        names: Flags on offer.
        on_it: Flags that are on.
        keep: Puts a flag on or takes it off, before the next key is read; False where that fails.
    """

    PLACEHOLDER = "type to find a flag, or to make one"

    def __init__(
        self, ref: str, names: Sequence[str], on_it: Sequence[str], keep: Callable[[str], bool]
    ) -> None:
        offers = [
            Offer(name, "on it" if name in on_it else "", name in on_it)
            for name in dict.fromkeys([*names, *on_it])
        ]
        super().__init__(f"A flag for {ref}", offers, keep)
        self._ref = ref

    def fitting(self, typed: str) -> list[Offer]:
        """The flags that have all the words, those that begin with them first."""
        known = {one.name: one for one in self._offers}
        return [known[name] for name in matching(typed, list(known))]

    def new_in_words(self, name: str) -> str:
        """The line for a flag that there is not yet."""
        return f"new flag: {name}"

    def done_in_words(self, one: Offer) -> str:
        """What Enter would do to the excerpt."""
        if one.is_on:
            return f"take {one.name} off {self._ref}"
        made = "make the flag and put it" if one.is_new else f"put {one.name}"
        return f"{made} on {self._ref}"

    def problem_with(self, name: str) -> str:
        """Why this cannot be a flag."""
        try:
            checked_flag(name)
        except UsageError as error:
            return str(error)
        return ""
