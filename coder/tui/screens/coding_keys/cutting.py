"""Making excerpts, of selected words and of other excerpts."""

from __future__ import annotations

from coder.tui.commands import Command

_GROUP = "Excerpts"

CUTTING = (
    Command(
        "coding.split",
        "split",
        "S",
        "Split the excerpt before what is selected",
        "Two new excerpts take its place; codes are copied to both.",
        group=_GROUP,
    ),
    Command(
        "coding.join",
        "join",
        "J",
        "Join the excerpt with the next",
        "One new excerpt takes their place, with the codes of both.",
        group=_GROUP,
    ),
    Command(
        "coding.add",
        "add",
        "A",
        "Make an excerpt of what is selected",
        "It may overlap others.",
        group=_GROUP,
    ),
    Command(
        "coding.resize",
        "resize",
        "E",
        "Let the excerpt end where the selection does",
        "And begin where it begins: {coding.select_excerpt} selects the excerpt, "
        "{coding.start_earlier} {coding.start_later} {coding.stop_earlier} {coding.stop_later} "
        "move its ends, {coding.resize} makes it so. A new excerpt takes its place, with its "
        "codes.",
        group=_GROUP,
    ),
    Command(
        "coding.drop",
        "drop",
        "D",
        "Drop the excerpt",
        "It is no longer counted; undo brings it back.",
        group=_GROUP,
    ),
)
