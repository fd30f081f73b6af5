"""One-sided bounds in words, for where nothing varies and an interval would have no width."""

from __future__ import annotations


def one_sided_bounds(
    subject: str,
    everything: bool,
    units: int | None,
    clusters: int,
    *,
    confidence: float = 0.95,
    unit: str = "unit",
    noun: str = "transcript",
) -> str:
    """What a share of exactly 100 % or 0 % still leaves open, in words.

    After N of N successes the share is at least (1 - confidence)^(1/N); after none of N it is at
    most 1 minus that. Said twice, as the truth lies between: N all units, and N the transcripts.

    Args:
        subject: What the share is called.
        everything: Whether it is 100 %, rather than 0 %.
        units: N all units; None where they cannot be thought of as independent.
        clusters: N the transcripts.
        confidence: Of the bounds.
        unit: What a unit is called.
        noun: What a cluster is called.
    """
    word = "at least" if everything else "at most"

    def bound(n: int) -> str:
        floor = (1 - confidence) ** (1 / n)
        return f"{100 * (floor if everything else 1 - floor):.1f}%"

    by_unit = ""
    if units is not None:
        by_unit = (
            f"{word} {bound(units)} if {plural(unit)} were independent ({counted(units, unit)}), "
        )
    return (
        f"{subject} {by_unit}{word} {bound(clusters)} if each {noun} counts once "
        f"({counted(clusters, noun)}); one-sided, {100 * confidence:g}%"
    )


def plural(noun: str) -> str:
    """The noun for several: units, transcripts, people."""
    return "people" if noun == "person" else f"{noun}s"


def counted(n: int, noun: str) -> str:
    """A number with its noun: 1 unit, 2 units."""
    return f"{n} {noun if n == 1 else plural(noun)}"
