"""Every command of the coding screen, once: keys, footer, palette and help come from here.

Code keys are digits and lower-case letters of the codebook; the program's own letters are those
the codebook format sets aside (j k n m u). Ctrl-I, M, H, [, S, A and B belong to terminals.
"""

from __future__ import annotations

from string import ascii_lowercase, digits

from textual.binding import Binding

from coder.model import RESERVED_KEYS
from coder.tui.commands import Command

CODE_KEYS = [
    Binding(key, f"code_key({key!r})", show=False, priority=True, system=True)
    for key in digits + ascii_lowercase
    if key not in RESERVED_KEYS
]
"""Every key a codebook may use; which code it means is looked up when it is pressed."""

MOVE, CODE, NOTE, CUT, LOOK = "Move", "Code", "Notes", "Excerpts", "Look"

CODING_COMMANDS = (
    Command(
        "coding.next_excerpt",
        "step(1)",
        "j",
        "Next excerpt",
        "",
        footer="next",
        group=MOVE,
    ),
    Command(
        "coding.previous_excerpt",
        "step(-1)",
        "k",
        "Previous excerpt",
        "",
        group=MOVE,
    ),
    Command(
        "coding.next_open",
        "step_open(1)",
        "N",
        "Next excerpt that needs work",
        "From the end on to the beginning.",
        group=MOVE,
    ),
    Command(
        "coding.previous_open",
        "step_open(-1)",
        "P",
        "Previous excerpt that needs work",
        "",
        group=MOVE,
    ),
    Command(
        "coding.line_down",
        "rows(1)",
        "down",
        "Scroll a line down",
        "The current excerpt stays one that you can see.",
        group=MOVE,
        in_palette=False,
    ),
    Command(
        "coding.line_up",
        "rows(-1)",
        "up",
        "Scroll a line up",
        "The current excerpt stays one that you can see.",
        group=MOVE,
        in_palette=False,
    ),
    Command(
        "coding.page_down",
        "pages(1)",
        "pagedown",
        "Scroll a screen down",
        "Two lines stay to hold on to.",
        group=MOVE,
        in_palette=False,
    ),
    Command(
        "coding.page_up",
        "pages(-1)",
        "pageup",
        "Scroll a screen up",
        "Two lines stay to hold on to.",
        group=MOVE,
        in_palette=False,
    ),
    Command("coding.first", "ends(0)", "home", "First excerpt", "", group=MOVE),
    Command("coding.last", "ends(-1)", "end", "Last excerpt", "", group=MOVE),
    Command(
        "coding.next_set",
        "focus_set(1)",
        "tab",
        "Next code set",
        "Digits that several sets share go to the set in focus; so does n.",
        footer="set",
        group=CODE,
    ),
    Command(
        "coding.previous_set",
        "focus_set(-1)",
        "shift+tab",
        "Previous code set",
        "The set in focus is the one marked with an arrow.",
        group=CODE,
    ),
    Command(
        "coding.nothing",
        "nothing",
        "n",
        "Nothing here applies",
        "Finish the set in focus with no code; absence is recorded, never guessed.",
        footer="none",
        group=CODE,
    ),
    Command(
        "coding.finish",
        "finish",
        "enter",
        "Finish and go on",
        "Finish the sets that the question feeds (the others do not apply here) and go to the "
        "next excerpt that needs work.",
        footer="finish",
        group=CODE,
    ),
    Command(
        "coding.point_next",
        "point(1)",
        "full_stop",
        "Code cursor down",
        "Read the next code's definition without putting it on.",
        group=CODE,
        in_palette=False,
    ),
    Command(
        "coding.point_previous",
        "point(-1)",
        "comma",
        "Code cursor up",
        "Read the previous code's definition without putting it on.",
        group=CODE,
        in_palette=False,
    ),
    Command(
        "coding.put_pointed",
        "put_pointed",
        "space",
        "Put the code at the cursor",
        "Put on, or take off, the code whose definition is shown; for codes without a key too.",
        group=CODE,
    ),
    Command(
        "coding.memo",
        "memo",
        "m",
        "Memo on the excerpt",
        "Write a note on this excerpt.",
        footer="memo",
        group=NOTE,
    ),
    Command(
        "coding.coding_memo",
        "coding_memo",
        "M",
        "Memo on the code at the cursor",
        "Write why this code stands on this excerpt.",
        group=NOTE,
    ),
    Command(
        "coding.undo",
        "undo",
        "u",
        "Undo",
        "Take back your last action, also one of an earlier day.",
        footer="undo",
        group=NOTE,
    ),
    Command(
        "coding.redo",
        "redo",
        "U,ctrl+r",
        "Redo",
        "",
        group=NOTE,
    ),
    Command(
        "coding.sentence_right",
        "sentence(1)",
        "right",
        "Next sentence",
        "Move the sentence cursor; it shows where to split.",
        group=CUT,
        in_palette=False,
    ),
    Command(
        "coding.sentence_left",
        "sentence(-1)",
        "left",
        "Previous sentence",
        "",
        group=CUT,
        in_palette=False,
    ),
    Command(
        "coding.extend_right",
        "extend(1)",
        "shift+right",
        "Select more sentences",
        "For an excerpt of your own.",
        group=CUT,
        in_palette=False,
    ),
    Command(
        "coding.extend_left",
        "extend(-1)",
        "shift+left",
        "Select fewer sentences",
        "Or more of those before.",
        group=CUT,
        in_palette=False,
    ),
    Command(
        "coding.split",
        "split",
        "S",
        "Split the excerpt at the sentence cursor",
        "Two new excerpts take its place; codes are copied to both.",
        group=CUT,
    ),
    Command(
        "coding.join",
        "join",
        "J",
        "Join the excerpt with the next",
        "One new excerpt takes their place, with the codes of both.",
        group=CUT,
    ),
    Command(
        "coding.add",
        "add",
        "A",
        "Make an excerpt of the selected sentences",
        "It may overlap others.",
        group=CUT,
    ),
    Command(
        "coding.drop",
        "drop",
        "D",
        "Drop the excerpt",
        "It is no longer counted; undo brings it back.",
        group=CUT,
    ),
    Command(
        "coding.definition",
        "definition",
        "f2",
        "Show or hide the definition",
        "What the codebook says of the code at the cursor.",
        footer="book",
        group=LOOK,
    ),
    Command(
        "coding.panel",
        "panel",
        "f6",
        "Go to the codes, or back to the text",
        "In the codes, arrows move the code cursor.",
        group=LOOK,
    ),
    Command(
        "coding.home",
        "leave",
        "escape",
        "Back to the transcripts",
        "First puts the sentence cursor away, then leaves the codes, then goes home.",
        footer="home",
        group=LOOK,
    ),
)
