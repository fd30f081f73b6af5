"""How far and how fast one is, in words: for a page and for the line above. No Textual here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len

from coder.model import Codebook, Coder
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
from coder.ops.rounds import Round
from coder.ops.study import Study
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
    lines = [f"This transcript: {one_line(sitting.name)}", *_bars(sitting.book, here, width)]
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
        lines += _bars(sitting.book, set_progress(rows, sitting.book), width)
        lines.append(_left(sum(row.state in ("open", "started") for row in rows), pace))
    return "\n".join([*lines, *_pace_lines(sitting.study, sitting.coder, since)])


def study_page(
    study: Study, coder: Coder, in_round: Round | None, names: Sequence[str], since: str
) -> Callable[[int], str]:
    """The same of several transcripts: all that are listed.

    Args:
        study: The study.
        coder: Whose progress.
        in_round: The round that is coded in; only its excerpts count then.
        names: Of the transcripts.
        since: When this sitting began.

    Returns:
        What writes the page for a width in cells.
    """
    wanted = WorkingList(round=in_round.name if in_round else "")
    pass_ = in_round.number if in_round else 0
    known = set(names)
    rows = [row for row in read_list(study, coder, wanted, pass_) if row.transcript in known]
    listed = "transcript that is" if len(names) == 1 else "transcripts that are"
    book, found = study.codebook, set_progress(rows, study.codebook)
    left = sum(row.state in ("open", "started") for row in rows)
    below = [
        _left(left, own_pace(study, coder, since) or own_pace(study, coder)),
        *_pace_lines(study, coder, since),
    ]

    def write(width: int) -> str:
        return "\n".join([f"The {len(names)} {listed} listed", *_bars(book, found, width), *below])

    return write


def _pace_lines(study: Study, coder: Coder, since: str) -> list[str]:
    """How fast one is now, and how fast one was lately, each with what it is worked out over."""
    now, lately = own_pace(study, coder, since), own_pace(study, coder)
    lines = ["", "Your pace, long pauses left out"]
    if now is None:
        lines.append("  in this sitting: not known yet, finish a few excerpts more")
    else:
        lines.append(f"  in this sitting: {pace_in_words(now)}")
    if lately is not None and lately != now:
        lines.append(f"  earlier sittings too: {pace_in_words(lately)}")
    return lines


def _bars(book: Codebook, found: Sequence[SetProgress], width: int) -> list[str]:
    """A line per code set: name, bar, numbers."""
    if not found:
        return ["  the codebook asks nothing here"]
    names = {s.id: short_title(s) for s in book.code_sets}
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
