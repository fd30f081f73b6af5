"""What is looked for in a transcript: words, or excerpts of some kind. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from coder.ops.walking import Wanted


@dataclass(frozen=True, slots=True)
class SoughtWords:
    """Words as they were typed."""

    words: str

    @property
    def title(self) -> str:
        """For messages."""
        return f"\u201c{self.words}\u201d"


@dataclass(frozen=True, slots=True)
class SoughtExcerpts:
    """Excerpts that are flagged, have a code, or are disagreed on."""

    wanted: Wanted
    title: str
    """For messages: "flagged discuss"."""


Sought = SoughtWords | SoughtExcerpts


def next_of(places: list[int], index: int, step: int) -> tuple[int, bool] | None:
    """The next of some places in order, round the end and back.

    Args:
        places: Where there is something, ascending.
        index: Where one is.
        step: 1 or -1.

    Returns:
        Which of the places, and whether it took going round; None where there are none.
    """
    if not places:
        return None
    ahead = [n for n, place in enumerate(places) if (place - index) * step > 0]
    if ahead:
        return (ahead[0] if step > 0 else ahead[-1]), False
    return (0 if step > 0 else len(places) - 1), True
