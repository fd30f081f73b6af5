"""Going through a working list: one excerpt after the other, across transcripts."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from coder.model import Coder, Unit
from coder.ops.study import Study
from coder.ops.working_lists import Listed, WorkingList, read_list

_AT_ONCE = 50
"""How many excerpts ahead are asked for first whether they are still in the list; then more."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where the list leads from an excerpt."""

    ref: str
    transcript: str
    is_round: bool
    """Whether it took going round an end, where the list was read anew."""


class Walk:
    """A list as it was when it was begun, and the way through it.

    What is done stays in its place, so that ``12 of 37`` means the same from first to last; the
    way leads only to what is in the list now. Past an end the list is read anew.

    Args:
        study: The study.
        coder: Whose list.
        wanted: Which excerpts.
        pass_: Which pass it is gone through in.
    """

    def __init__(self, study: Study, coder: Coder, wanted: WorkingList, pass_: int = 0) -> None:
        self._study = study
        self.coder = coder
        self.wanted = wanted
        self.pass_ = pass_
        self.book = study.codebook.id
        self._last = -1
        self.read()

    def read(self) -> None:
        """Read the list anew: what does not fit any more is gone from it."""
        self.rows = read_list(self._study, self.coder, self.wanted, self.pass_)
        self._places = {row.ref: place for place, row in enumerate(self.rows)}

    def __len__(self) -> int:
        return len(self.rows)

    def place_of(self, ref: str) -> int | None:
        """The place of an excerpt in the list, from 0; None where it is not in it."""
        return self._places.get(ref)

    def arrive(self, ref: str) -> None:
        """Be at an excerpt: a shuffled list goes on from the last of its own one was at."""
        self._last = self._places.get(ref, self._last)

    def step(self, here: Unit | None, step: int = 1) -> Step | None:
        """The next excerpt that is still in the list, before or behind one, round the end.

        Args:
            here: Where one is; in the list or not.
            step: 1 for the next, -1 for the one before.

        Returns:
            None where nothing else is in the list any more.
        """
        at = self._place_before(here, step)
        ahead = self.rows[at + 1 :] if step > 0 else self.rows[: max(at, 0)][::-1]
        found = self._first_of_now(ahead, here)
        if found is not None:
            return Step(found.ref, found.transcript, is_round=False)
        self.read()
        others = [row for row in self.rows if here is None or row.ref != here.ref]
        if not others:
            return None
        found = others[0 if step > 0 else -1]
        return Step(found.ref, found.transcript, is_round=True)

    def _place_before(self, here: Unit | None, step: int) -> int:
        """The place to go on from."""
        if here is None:
            return self._last
        place = self._places.get(here.ref)
        if place is not None:
            return place
        if self.wanted.seed is not None:
            return self._last
        key = (here.transcript, here.span.start, here.span.stop, here.ref)
        behind = bisect_left(self.rows, key, key=_text_place)
        return behind - 1 if step > 0 else behind

    def _first_of_now(self, ahead: tuple[Listed, ...], here: Unit | None) -> Listed | None:
        begin, size = 0, _AT_ONCE
        while begin < len(ahead):
            refs = [row.ref for row in ahead[begin : begin + size]]
            now = read_list(self._study, self.coder, self.wanted, self.pass_, refs=refs)
            found = {row.ref: row for row in now if here is None or row.ref != here.ref}
            first = next((found[ref] for ref in refs if ref in found), None)
            if first is not None:
                return first
            begin, size = begin + size, 4 * size
        return None


def _text_place(row: Listed) -> tuple[str, int, int, str]:
    return row.transcript, row.start, row.stop, row.ref
