"""How far one coder is, set by set, and how fast: from the coder's own work and times only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from coder.model import Codebook, Coder
from coder.ops.study import Study
from coder.ops.working_lists import Listed
from coder.store import queues

LAST = 20
"""Excerpts that the pace is worked out over: what was slow an hour ago is another interview."""

LONGEST_PAUSE = 5 * 60.0
"""Seconds; after more than this somebody was away, not thinking."""

FEWEST = 5
"""Steps from excerpt to excerpt without which there is no pace to speak of."""

_DECISIONS = 400
"""Newest decisions that are looked at; an excerpt has a few."""

_BY_HAND = ("code", "done", "nothing", "not applicable", "confirm")
"""Kinds of journal entries that a coder makes excerpt by excerpt."""


@dataclass(frozen=True, slots=True)
class SetProgress:
    """How far one coder is with one code set."""

    code_set: str
    finished: int
    asked: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a coder went through the last excerpts."""

    per_hour: float
    steps: int
    """How many it is worked out over."""


def set_progress(rows: Iterable[Listed], book: Codebook) -> tuple[SetProgress, ...]:
    """Finished of asked by code set, in the order of the book; sets that nothing asks are not."""
    return progress_of(((row.asked, row.decided) for row in rows), book)


def progress_of(
    answers: Iterable[tuple[Sequence[str], Iterable[str]]], book: Codebook
) -> tuple[SetProgress, ...]:
    """The same from ids of the sets that are asked and decided, excerpt by excerpt."""
    asked = {code_set.id: 0 for code_set in book.code_sets}
    finished = dict(asked)
    for wanted, decided in answers:
        done = set(decided)
        for code_set in wanted:
            asked[code_set] += 1
            finished[code_set] += code_set in done
    return tuple(SetProgress(name, finished[name], n) for name, n in asked.items() if n)


def pace_of(times: Sequence[float]) -> Pace | None:
    """The pace of somebody who decided on excerpts at these times.

    Args:
        times: Seconds, one for each excerpt, in any order.

    Returns:
        Over the last twenty steps from one excerpt to the next; pauses of more than five minutes
        are left out. None where there are too few to tell.
    """
    ordered = sorted(times)[-LAST - 1 :]
    steps = [after - before for before, after in pairwise(ordered)]
    steps = [step for step in steps if step <= LONGEST_PAUSE]
    if len(steps) < FEWEST or not sum(steps):
        return None
    return Pace(3600 * len(steps) / sum(steps), len(steps))


def own_pace(study: Study, coder: Coder, since: str = "") -> Pace | None:
    """A coder's own pace, from the times in the journal; None where there are too few.

    Args:
        study: The study.
        coder: Whose; nobody is shown another's.
        since: Only what was decided from then on (ISO 8601, UTC).
    """
    newest: dict[str, str] = {}
    for at, unit in queues.decision_times(study.store.db, coder.id, _BY_HAND, _DECISIONS):
        if at >= since:
            newest.setdefault(unit, at)
    return pace_of([_seconds(at) for at in newest.values()])


def _seconds(at: str) -> float:
    return datetime.fromisoformat(at.replace("Z", "+00:00")).timestamp()


def minutes_left(pace: Pace | None, excerpts: int) -> int | None:
    """How long some excerpts take at this pace; None where that is not known."""
    return None if pace is None or not excerpts else max(round(60 * excerpts / pace.per_hour), 1)


def time_in_words(minutes: int) -> str:
    """``25 min`` or ``3 h``; no more exact than it can be known."""
    if minutes < 10:
        return f"{minutes} min"
    if minutes < 90:
        return f"{round(minutes / 5) * 5} min"
    return f"{round(minutes / 60)} h" if minutes >= 600 else f"{round(minutes / 30) / 2:g} h"


def pace_in_words(pace: Pace) -> str:
    """``42 excerpts an hour, over the last 20``."""
    return f"{round(pace.per_hour)} excerpts an hour, over the last {pace.steps}"
