"""Every command of the agreement screen and of the excerpts behind its cells, once."""

from __future__ import annotations

from coder.tui.commands import Command
from coder.tui.screens.figure_commands import (
    export_command,
    moving_commands,
    open_command,
    set_commands,
)

COMPARE, LOOK, LIST = "Compare", "Look", "Excerpts"

AGREEMENT_COMMANDS = (
    Command(
        "agreement.open",
        "open",
        "enter",
        "Show the excerpts behind the cell",
        "What was said, and what each of the two made of it.",
        footer="excerpts",
        group=LOOK,
    ),
    Command(
        "agreement.disagreements",
        "disagreements",
        "d",
        "Show all on which the two differ",
        "At this level, whichever the cell; settle them there.",
        footer="differ",
        group=LOOK,
    ),
    Command("agreement.down", "move(1, 0)", "down,j", "A row down", "", group=LOOK),
    Command("agreement.up", "move(-1, 0)", "up,k", "A row up", "", group=LOOK),
    Command("agreement.right", "move(0, 1)", "right", "A column to the right", "", group=LOOK),
    Command("agreement.left", "move(0, -1)", "left", "A column to the left", "", group=LOOK),
    Command("agreement.page_down", "move(10, 0)", "pagedown", "Ten rows down", "", group=LOOK),
    Command("agreement.page_up", "move(-10, 0)", "pageup", "Ten rows up", "", group=LOOK),
    Command(
        "agreement.next_figure",
        "figure(1)",
        "full_stop",
        "Next figure",
        "Below the table it says why a value or an interval is missing.",
        group=LOOK,
    ),
    Command("agreement.previous_figure", "figure(-1)", "comma", "Previous figure", "", group=LOOK),
    Command(
        "agreement.panel",
        "panel",
        "f6",
        "Go to the figures, or back to the table",
        "In the figures, up and down move from one to the next; {agreement.open} "
        "shows where the two differ.",
        group=LOOK,
    ),
    Command(
        "agreement.notes",
        "notes",
        "c",
        "Read cautions and notes",
        "What to know before believing a figure, and who has finished how much.",
        footer="cautions",
        group=LOOK,
    ),
    Command(
        "agreement.explain",
        "explain",
        "x",
        "Explain the figure at the cursor",
        "What the statistic is, when it misleads, how to report it.",
        group=LOOK,
    ),
    *set_commands("agreement", COMPARE),
    Command(
        "agreement.next_level",
        "next_level(1)",
        "l",
        "Next level",
        "Valence, codes or sets of them, applied or not; all answers, or where both applied.",
        footer="level",
        group=COMPARE,
    ),
    Command("agreement.previous_level", "next_level(-1)", "L", "Previous level", "", group=COMPARE),
    Command(
        "agreement.next_coders",
        "next_coders(1)",
        "p",
        "Next pair of coders",
        "After the pairs, everybody together.",
        footer="coders",
        group=COMPARE,
    ),
    Command(
        "agreement.previous_coders", "next_coders(-1)", "P", "Previous pair", "", group=COMPARE
    ),
    Command(
        "agreement.round",
        "round",
        "r",
        "Compare what was coded in a round",
        "Or ordinary coding.",
        footer="round",
        group=COMPARE,
    ),
    Command(
        "agreement.statistic",
        "next_statistic",
        "t",
        "Another statistic code by code",
        "Kappa, percent agreement, positive agreement, alpha, AC1.",
        footer="statistic",
        group=COMPARE,
    ),
    Command("agreement.leave", "leave", "escape", "Back", "", footer="back", group=LOOK),
    export_command("agreement", LOOK),
)

EXCERPT_COMMANDS = (
    open_command("compared", LIST),
    Command(
        "compared.settle",
        "settle",
        "s",
        "Settle the answer",
        "Choose the codes on which you agreed, and write why; what each coder said stays.",
        footer="settle",
        group=LIST,
    ),
    *moving_commands("compared", LIST),
    Command("compared.undo", "undo", "u", "Undo", "Take back your last action.", "undo", LIST),
    Command("compared.redo", "redo", "U,ctrl+r", "Redo", "", group=LIST),
    Command("compared.leave", "leave", "escape", "Back to the table", "", "back", LIST),
)
