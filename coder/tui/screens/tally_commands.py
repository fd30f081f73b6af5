"""Every command of the tallies and of the excerpts behind their numbers, once."""

from __future__ import annotations

from coder.tui.commands import Command
from coder.tui.screens.figure_commands import (
    export_command,
    moving_commands,
    open_command,
    set_commands,
)

COUNT, LOOK, LIST = "Count", "Look", "Excerpts"

TALLY_COMMANDS = (
    Command(
        "tallies.open",
        "open",
        "enter",
        "Show the excerpts behind the number",
        "What was said, by whom, and what it counts as.",
        footer="excerpts",
        group=LOOK,
    ),
    *set_commands("tallies", COUNT),
    Command(
        "tallies.counted",
        "next_grain",
        "c",
        "Count something else",
        "People by what they roll up to, excerpts by valence, excerpts by code.",
        footer="counted",
        group=COUNT,
    ),
    Command(
        "tallies.grouped",
        "next_group(1)",
        "g",
        "Group by the next attribute",
        "Role, district, year, wave, or not at all.",
        footer="group",
        group=COUNT,
    ),
    Command(
        "tallies.grouped_back", "next_group(-1)", "G", "Group by the one before", "", group=COUNT
    ),
    Command(
        "tallies.filter",
        "filter",
        "slash",
        "Count only some transcripts",
        "Those that have all the words; role:coach asks one column.",
        footer="filter",
        group=COUNT,
    ),
    Command("tallies.down", "move(1)", "down,j", "Next number", "", group=LOOK),
    Command("tallies.up", "move(-1)", "up,k", "Previous number", "", group=LOOK),
    Command("tallies.next_block", "block(1)", "right", "Next group", "", group=LOOK),
    Command("tallies.previous_block", "block(-1)", "left", "Previous group", "", group=LOOK),
    Command("tallies.page_down", "move(10)", "pagedown", "Ten lines down", "", group=LOOK),
    Command("tallies.page_up", "move(-10)", "pageup", "Ten lines up", "", group=LOOK),
    Command("tallies.first", "move(-1000000)", "home", "First number", "", group=LOOK),
    Command("tallies.last", "move(1000000)", "end", "Last number", "", group=LOOK),
    Command(
        "tallies.notes",
        "notes",
        "n",
        "Read the notes",
        "What the numbers are of, who is left out, how the intervals are made.",
        footer="notes",
        group=LOOK,
    ),
    Command("tallies.leave", "leave", "escape", "Back", "", footer="back", group=LOOK),
    export_command("tallies", LOOK),
)

COUNTED_COMMANDS = (
    open_command("counted", LIST),
    *moving_commands("counted", LIST),
    Command("counted.leave", "leave", "escape", "Back to the number", "", "back", LIST),
)
