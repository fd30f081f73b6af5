"""Selecting words, and making excerpts of them."""

from __future__ import annotations

from coder.tui.commands import Command

_GROUP = "Excerpts"

CUTTING = (
    Command(
        "coding.sentence_right",
        "sentence(1)",
        "right",
        "Next sentence",
        "Move the sentence cursor; it shows where to split.",
        group=_GROUP,
        in_palette=False,
    ),
    Command(
        "coding.sentence_left",
        "sentence(-1)",
        "left",
        "Previous sentence",
        "",
        group=_GROUP,
        in_palette=False,
    ),
    Command(
        "coding.extend_right",
        "extend(1)",
        "shift+right",
        "Select more sentences",
        "For an excerpt of your own.",
        group=_GROUP,
        in_palette=False,
    ),
    Command(
        "coding.extend_left",
        "extend(-1)",
        "shift+left",
        "Select fewer sentences",
        "Or more of those before.",
        group=_GROUP,
        in_palette=False,
    ),
    Command(
        "coding.split",
        "split",
        "S",
        "Split the excerpt at the sentence cursor",
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
        "Make an excerpt of the selected sentences",
        "It may overlap others.",
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
