"""Every command of the codebook screen, once: keys, footer, palette and help come from here."""

from __future__ import annotations

from coder.tui.commands import Command

MOVE, CHANGE, LOOK = "Move", "Change", "Look"

CODEBOOK_COMMANDS = (
    Command("codebook.down", "step(1)", "j,down", "Down", "", group=MOVE, in_palette=False),
    Command("codebook.up", "step(-1)", "k,up", "Up", "", group=MOVE, in_palette=False),
    Command(
        "codebook.page_down", "step(10)", "pagedown", "Far down", "", group=MOVE, in_palette=False
    ),
    Command("codebook.page_up", "step(-10)", "pageup", "Far up", "", group=MOVE, in_palette=False),
    Command("codebook.next_set", "next_set(1)", "tab", "Next code set", "", group=MOVE),
    Command(
        "codebook.previous_set", "next_set(-1)", "shift+tab", "Previous code set", "", group=MOVE
    ),
    Command("codebook.first", "ends(0)", "home", "First line", "", group=MOVE, in_palette=False),
    Command("codebook.last", "ends(1)", "end", "Last line", "", group=MOVE, in_palette=False),
    Command(
        "codebook.add",
        "add",
        "a",
        "Add a code",
        "To the set at the cursor, behind the code at the cursor.",
        footer="add",
        group=CHANGE,
    ),
    Command(
        "codebook.rename",
        "rename",
        "r",
        "Rename the code",
        "Its id, and what was coded with it, stay.",
        footer="rename",
        group=CHANGE,
    ),
    Command(
        "codebook.edit",
        "edit",
        "e,enter",
        "Change what the codebook says of the code",
        "Definition, when to use and when not, example, key, valence.",
        footer="edit",
        group=CHANGE,
        show_key="e",
    ),
    Command(
        "codebook.move_up",
        "move(-1)",
        "K,shift+up",
        "Move the code up",
        "In the order of its set, below the same parent.",
        group=CHANGE,
    ),
    Command(
        "codebook.move_down",
        "move(1)",
        "J,shift+down",
        "Move the code down",
        "In the order of its set, below the same parent.",
        group=CHANGE,
    ),
    Command(
        "codebook.merge",
        "merge",
        "m",
        "Merge the code into another",
        "What was coded with it counts as the other; an excerpt with both counts once.",
        footer="merge",
        group=CHANGE,
    ),
    Command(
        "codebook.split",
        "split",
        "s",
        "Split the code",
        "It is retired, new codes take its place, and its excerpts are to be revisited.",
        footer="split",
        group=CHANGE,
    ),
    Command(
        "codebook.retire",
        "retire",
        "d",
        "Retire the code, or offer it again",
        "What was coded with a retired code stays and counts.",
        footer="retire",
        group=CHANGE,
    ),
    Command(
        "codebook.undo",
        "undo",
        "u",
        "Undo",
        "Take back your last change of the codebook, if nobody has coded under it.",
        footer="undo",
        group=CHANGE,
    ),
    Command("codebook.redo", "redo", "U,ctrl+r", "Redo", "", group=CHANGE),
    Command(
        "codebook.log",
        "log",
        "l",
        "History of the codebook",
        "Its versions: who made them, why, and what changed.",
        footer="history",
        group=LOOK,
    ),
    Command(
        "codebook.gone",
        "gone",
        "h",
        "Show or hide retired codes",
        "And those that others took the place of.",
        group=LOOK,
    ),
    Command(
        "codebook.coder",
        "coder",
        "C",
        "Choose who edits and codes",
        "Another coder, or a new one.",
        group=LOOK,
    ),
    Command(
        "codebook.leave",
        "leave",
        "escape",
        "Back",
        "Everything is saved already.",
        footer="back",
        group=LOOK,
    ),
)
