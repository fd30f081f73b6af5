"""Where one jumped from, to go back to and forward again, as in a pager. Pure."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 200
"""Places that are remembered; nobody goes back further by single keys."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in one of the transcripts."""

    transcript: str
    ref: str = ""
    """Of the excerpt; empty where there is none."""
    place: int = 0
    """Code point of what was looked at; leads where the excerpt is gone."""

    def is_beside(self, other: Spot) -> bool:
        """Whether both are in the same excerpt: there is nothing to go back to."""
        if (self.transcript, self.ref) != (other.transcript, other.ref):
            return False
        return bool(self.ref) or self.place == other.place


class Trail:
    """Places one jumped from, and those one came back from."""

    def __init__(self) -> None:
        self._behind: list[Spot] = []
        self._ahead: list[Spot] = []

    def leave(self, spot: Spot) -> None:
        """Remember a place before jumping away; what was ahead is ahead no more."""
        self._ahead.clear()
        _push(self._behind, spot)

    def back(self, here: Spot) -> Spot | None:
        """The place one jumped from last; None at the beginning of the trail."""
        return _step(self._behind, self._ahead, here)

    def forward(self, here: Spot) -> Spot | None:
        """The place one came back from last; None at the end of the trail."""
        return _step(self._ahead, self._behind, here)

    @property
    def newest_first(self) -> list[str]:
        """Names of the transcripts on the trail, the last one left first."""
        return list(dict.fromkeys(spot.transcript for spot in reversed(self._behind)))


def _step(taken: list[Spot], kept: list[Spot], here: Spot) -> Spot | None:
    while taken:
        spot = taken.pop()
        if not spot.is_beside(here):
            _push(kept, here)
            return spot
    return None


def _push(spots: list[Spot], spot: Spot) -> None:
    if spots and spots[-1].is_beside(spot):
        spots.pop()
    spots.append(spot)
    del spots[:-LONGEST]
