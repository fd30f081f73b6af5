"""Putting codes on excerpts and finishing code sets."""

from __future__ import annotations

from coder.tui.commands import Command

_GROUP = "Code"

PUTTING = (
    Command(
        "coding.next_set",
        "focus_set(1)",
        "tab",
        "Next code set",
        "Digits that several sets share go to the set in focus; so does {coding.nothing}.",
        footer="set",
        group=_GROUP,
    ),
    Command(
        "coding.previous_set",
        "focus_set(-1)",
        "shift+tab",
        "Previous code set",
        "The set in focus is the one marked with an arrow.",
        group=_GROUP,
    ),
    Command(
        "coding.nothing",
        "nothing",
        "n",
        "Nothing here applies",
        "Finish the set in focus with no code; absence is recorded, never guessed.",
        footer="none",
        group=_GROUP,
    ),
    Command(
        "coding.not_applicable",
        "not_applicable",
        "minus",
        "This was not asked here",
        "Finish the set in focus as not applicable: the question was marked but never put.",
        group=_GROUP,
        show_key="-",
    ),
    Command(
        "coding.finish",
        "finish",
        "enter",
        "Finish and go on",
        "Finish the sets that the question feeds (the others do not apply here) and go to the "
        "next excerpt that needs work.",
        footer="finish",
        group=_GROUP,
    ),
    Command(
        "coding.point_next",
        "point(1)",
        "full_stop",
        "Code cursor down",
        "Read the next code's definition without putting it on.",
        group=_GROUP,
        in_palette=False,
    ),
    Command(
        "coding.point_previous",
        "point(-1)",
        "comma",
        "Code cursor up",
        "Read the previous code's definition without putting it on.",
        group=_GROUP,
        in_palette=False,
    ),
    Command(
        "coding.put_pointed",
        "put_pointed",
        "space",
        "Put the code at the cursor",
        "Put on, or take off, the code whose definition is shown; for codes without a key too.",
        group=_GROUP,
    ),
    Command(
        "coding.in_vivo",
        "in_vivo",
        "I",
        "Make a code in their words",
        "Choose words of the excerpt: they become a code, and it is put on.",
        group=_GROUP,
    ),
    Command(
        "coding.new_code",
        "new_code",
        "C",
        "Make a code in your words",
        "Or find one that you made before by typing a part of its name.",
        group=_GROUP,
    ),
    Command(
        "coding.sort",
        "sort",
        "G",
        "Gather the codes into piles",
        "Your own piles; nobody else's are shown.",
        group=_GROUP,
    ),
)
