"""Rows that stay in their columns where a terminal gives signs other widths than we do.

Terminals do not agree on how many cells the vowel signs of Indian scripts, joined emoji or flags
take. What stands behind such a sign on the same row is off by what they differ, so whatever is
painted beside such a row is told its column, and no row fills up with spaces past its own edge.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual._compositor import LayoutUpdate
from textual.strip import Strip

if TYPE_CHECKING:
    from rich.console import Console

_find_doubtful = re.compile(
    "[\u0900-\u0dff\u0e33\u0eb3\u1000-\u109f\u1780-\u17ff\u200d\ufe0f"
    "\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
).search

_COMMON = bytes({*range(256)} - {0xE0, 0xE1, 0xEF, 0xF0})
"""The others begin each such sign as it is sent, and hardly any other of an interview."""


@lru_cache(2048)
def is_doubtful(row: str) -> bool:
    """Whether terminals give a sign of a row different widths.

    The bytes are looked at first, which takes a third of the time (measured): a key paints a
    dozen rows, or a screen full of them, most of which it has painted before.
    """
    if not row.encode("utf-8", "replace").translate(None, _COMMON):
        return False
    return _find_doubtful(row) is not None


def row_in_place(x: int, y: int, strip: Strip, console: Console) -> str:
    """A row, or a piece of one, as a terminal is sent it.

    Args:
        x: Column of its first cell, from 0.
        y: Its line, from 0.
        strip: What it shows.
        console: How styles are written.
    """
    start, row = f"\x1b[{y + 1};{x + 1}H", strip.render(console)
    if not is_doubtful(row):
        return start + row
    # Not by cropping: Rich parts joined emoji where it counts cells inside a segment.
    pieces = list(strip)
    empty = Strip.blank(strip.cell_length, pieces[-1].style)
    while pieces and not pieces[-1].text.rstrip(" "):
        pieces.pop()
    pieces[-1:] = [Segment(one.text.rstrip(" "), one.style) for one in pieces[-1:]]
    return start + empty.render(console) + start + Strip(pieces).render(console)


class FrameInPlace(LayoutUpdate):
    """A whole frame of which the rows with doubtful signs are put in place piece by piece."""

    def render_segments(self, console: Console) -> str:
        """As what a terminal is sent."""
        rows: list[str] = []
        for y, strips in enumerate(self.strips, self.region.y):
            pieces = list(strips)
            row = "".join([strip.render(console) for strip in pieces])
            if is_doubtful(row):
                x, row = self.region.x, ""
                for strip in pieces:
                    row += row_in_place(x, y, strip, console)
                    x += strip.cell_length
            rows.append(f"\x1b[{y + 1};{self.region.x + 1}H{row}")
        return "\n".join(rows)
