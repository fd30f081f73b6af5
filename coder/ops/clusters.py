"""What units are nested in, in the words that labels, reasons and cautions use."""

from __future__ import annotations

from collections.abc import Iterable

from coder.store.read_models import Profile

LEFT_OUT = {
    "person": (
        "Records have no transcript: intervals leave out all records of one person at a time."
    ),
    "record": "Records have no transcript: intervals leave out one record at a time.",
    "cluster": (
        "Excerpts and records together: intervals leave out one transcript at a time, or all"
        " records of one person, or a record of nobody."
    ),
}
"""A caution where clusters are no transcripts."""


def noun_of(profiles: Iterable[Profile]) -> str:
    """What the clusters of some units are: ``transcript``, ``person``, ``record``.

    ``cluster`` where they are of several kinds; ``transcript`` where there are no units.
    """
    kinds = {
        "transcript" if one.transcript else "person" if one.participant else "record"
        for one in profiles
    }
    return "cluster" if len(kinds) > 1 else next(iter(kinds), "transcript")
