"""The codebook, the panels, the way out."""

from __future__ import annotations

from coder.tui.commands import Command

_GROUP = "Look"

LOOKING = (
    Command(
        "coding.definition",
        "definition",
        "f2",
        "Show or hide the definition",
        "What the codebook says of the code at the cursor.",
        footer="book",
        group=_GROUP,
    ),
    Command(
        "coding.codebook",
        "codebook",
        "B",
        "Look at the codebook, or change it",
        "Its tree, what its codes say, its history.",
        group=_GROUP,
    ),
    Command(
        "coding.agreement",
        "agreement",
        "K",
        "See how far coders agree",
        "On the set in focus; an open round is not shown to those who code in it.",
        group=_GROUP,
    ),
    Command(
        "coding.panel",
        "panel",
        "f6",
        "Go to the codes, or back to the text",
        "In the codes, arrows move the code cursor.",
        group=_GROUP,
    ),
    Command(
        "coding.home",
        "leave",
        "escape",
        "Back to the transcripts",
        "First selects nothing, then leaves the codes, then goes home.",
        footer="home",
        group=_GROUP,
    ),
)
