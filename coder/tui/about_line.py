"""The line above a transcript: where one is and what was done last. Pure, no Textual here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import cell_len

from coder.tui.widgets.wrapping import clipped, one_line


@dataclass(frozen=True, slots=True)
class About:
    """What may be said in the line, each in one line already but for what was done."""

    transcript: str
    people: Callable[[int], tuple[tuple[str, str], ...]]
    """Gives who was interviewed, or what the list is of where one is on, in so many cells."""
    at: str
    """Where one is in the list; empty without one."""
    said: str
    """What was done last, in the study's words."""
    selecting: str
    """By what the keys select; empty while nothing is selected."""
    place: str
    """Which excerpt of how many."""
    done: str
    """How much is finished."""
    alias: str
    """Of the coder."""


def about_line(about: About, width: int) -> tuple[tuple[str, str], ...]:
    """The pieces of the line with their looks, in so many cells; what was done gives way last."""
    left = f" {about.transcript}  "
    right, alias = f"  {about.place}   {about.done} ", f"  {about.alias} "
    selecting = f"  {about.selecting}" if about.selecting else ""
    room = max(width - len(left) - len(selecting) - len(right), 0)
    at, said = about.at, said_here(about.said, about.transcript) if about.said else ""
    taken = len(at) + 10 if at else 1
    if cell_len(said) + taken + len(alias) <= room:
        right, room = right + alias, room - len(alias)
    elif cell_len(said) + taken > room:
        # In which sets is what matters, more than what the list is of.
        taken = len(at) + 1
        said = said.replace(": nothing applied in ", ": nothing in ")
    said = clipped(said, max(room - taken, 0))
    who = (*about.people(max(room - cell_len(said) - cell_len(at) - 4, 0)), (at, "quiet"))
    gap = " " * max(room - sum(cell_len(text) for text, _ in who) - cell_len(said), 0)
    return (
        (left, "strong"),
        *who,
        (gap, "plain"),
        (said, "said"),
        (selecting, "accent"),
        (right, "strong"),
    )


@lru_cache(16)
def said_here(words: str, transcript: str) -> str:
    """What was done, in one line, for who sees in which transcript: of ``A-1:7`` the 7."""
    return re.sub(rf"(?<!\S){re.escape(transcript)}:(?=\S)", "", one_line(words))
