"""How far and how fast one is, in words: for a page and for the line above. No Textual here."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from coder.ops.list_walking import Walk
from coder.ops.pace import (
    Pace,
    SetProgress,
    minutes_left,
    own_pace,
    pace_in_words,
    progress_of,
    set_progress,
    time_in_words,
)
from coder.ops.working_lists import WorkingList, in_words, read_list
from coder.tui.marks import short_title
from coder.tui.sitting import Sitting
from coder.tui.widgets.wrapping import clipped, one_line, padded

_FULL, _EMPTY = "\u2588", "\u2591"


def transcript_left(sitting: Sitting, since: str) -> str:
    """``about 25 min left``, at the pace of this sitting; empty where that is not known."""
    minutes = minutes_left(own_pace(sitting.study, sitting.coder, since), _open_here(sitting))
    return f"about {time_in_words(minutes)} left" if minutes else ""


def _open_here(sitting: Sitting) -> int:
    return sum(not work.is_finished for work in sitting.works)


def progress_page(sitting: Sitting, walk: Walk | None, since: str, width: int) -> str:
    """Finished of asked by code set, here and in the list; the pace, and what is left at it.

    Args:
        sitting: Where one is.
        walk: The list that is on.
        since: When this sitting began (ISO 8601, UTC); what was done before says nothing of now.
        width: Cells.
    """
    pace = own_pace(sitting.study, sitting.coder, since)
    here = progress_of(((work.asked, work.decisions) for work in sitting.works), sitting.book)
    lines = [f"This transcript: {one_line(sitting.name)}", *_bars(sitting, here, width)]
    lines.append(_left(_open_here(sitting), pace))
    if walk is not None:
        rows = read_list(
            sitting.study,
            sitting.coder,
            WorkingList(),
            sitting.pass_,
            refs=[row.ref for row in walk.rows],
        )
        words = one_line(in_words(sitting.book, walk.wanted))
        lines += ["", clipped(f"The list: {words}", width)]
        lines += _bars(sitting, set_progress(rows, sitting.book), width)
        lines.append(_left(sum(row.state in ("open", "started") for row in rows), pace))
    lines += ["", "Your pace"]
    if pace is None:
        lines.append("  not known yet: finish a few excerpts more")
    else:
        lines.append(f"  {pace_in_words(pace)}, over the last {pace.steps}; long pauses left out")
    return "\n".join(lines)


def _bars(sitting: Sitting, found: Sequence[SetProgress], width: int) -> list[str]:
    """A line per code set: name, bar, numbers."""
    if not found:
        return ["  the codebook asks nothing here"]
    names = {s.id: short_title(s) for s in sitting.book.code_sets}
    size = min(max(cell_len(names[one.code_set]) for one in found), max(width - 36, 8))
    bar = min(max(width - size - 20, 5), 20)
    lines = []
    for one in found:
        full = bar * one.finished // one.asked
        drawn = _FULL * full + _EMPTY * (bar - full)
        name = padded(names[one.code_set], size)
        lines.append(f"  {name}  {drawn}  {one.finished} of {one.asked}")
    return lines


def _left(count: int, pace: Pace | None) -> str:
    if not count:
        return "  nothing is left to do"
    minutes = minutes_left(pace, count)
    rest = f", about {time_in_words(minutes)}" if minutes else ""
    return f"  {count} excerpt{'s' if count != 1 else ''} left{rest}"
