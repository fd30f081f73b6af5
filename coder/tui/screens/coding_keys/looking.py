"""The codebook, the panels, the way out."""

from __future__ import annotations

from coder.tui.commands import Command

_GROUP = "Look"

LOOKING = (
    Command(
        "coding.working_list",
        "working_list",
        "L",
        "Go through a list of excerpts, or end it",
        "Those that need work, of teachers, with a flag or a code ...: {coding.next_open}, "
        "{coding.previous_open} and {coding.finish} follow the list through all transcripts.",
        group=_GROUP,
    ),
    Command(
        "coding.progress",
        "progress",
        "number_sign,shift+f6",
        "See how far you are, and how fast",
        "By code set, in this transcript and in the list; your pace only.",
        group=_GROUP,
        show_key="#",
    ),
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
        "coding.tallies",
        "tallies",
        "R",
        "See results: shares and counts",
        "Of the set in focus, with intervals, and the excerpts behind each number.",
        group=_GROUP,
    ),
    Command(
        "coding.export",
        "export",
        "",
        "Export the tables to spreadsheets",
        "A workbook, CSV files or both: shares, agreement, every coding, the codebook. "
        "{tallies.export} on the tallies and on the list of transcripts.",
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
        "First selects nothing, then leaves the codes, ends the list, then goes home.",
        footer="home",
        group=_GROUP,
    ),
)
