"""Every command of the sorting screen, once."""

from __future__ import annotations

from textual.binding import Binding

from coder.tui.commands import Command

PILE_KEYS = [
    Binding(str(number), f"into({number})", show=False, priority=True, system=True)
    for number in range(2, 10)
]
"""The digits after 1, which says for all of them what they do."""

SORT, PILES, LOOK = "Sort", "Piles", "Look"

SORTING_COMMANDS = (
    Command("sorting.down", "move(1)", "j,down", "Next code", "", group=SORT),
    Command("sorting.up", "move(-1)", "k,up", "Previous code", "", group=SORT),
    Command("sorting.page_down", "move(10)", "pagedown", "Ten codes on", "", group=SORT),
    Command("sorting.page_up", "move(-10)", "pageup", "Ten codes back", "", group=SORT),
    Command(
        "sorting.pile",
        "into(1)",
        "1",
        "Into pile 1, and so on to 9",
        "Out of every other; after {sorting.also} as well.",
        footer="pile",
        group=SORT,
        show_key="1-9",
        in_palette=False,
    ),
    Command(
        "sorting.also",
        "also",
        "plus,a",
        "Into one more pile",
        "The next digit or name adds a pile and leaves the code where it lies.",
        footer="also",
        group=SORT,
        show_key="+",
    ),
    Command(
        "sorting.named",
        "named",
        "n",
        "Into a pile by name",
        "A new one, or one of those there are.",
        footer="new",
        group=SORT,
    ),
    Command(
        "sorting.discard",
        "discard",
        "d",
        "Discard",
        "For what is no code of this kind; it stays in the codebook.",
        footer="discard",
        group=SORT,
    ),
    Command(
        "sorting.loose",
        "loose",
        "l,0",
        "Back to the loose codes",
        "Out of every pile.",
        group=SORT,
    ),
    Command("sorting.undo", "undo", "u", "Undo", "Take back your last action.", "undo", SORT),
    Command("sorting.redo", "redo", "U,ctrl+r", "Redo", "", group=SORT),
    Command(
        "sorting.next_heap",
        "heap(1)",
        "tab",
        "Next pile",
        "Show what lies in it on the left.",
        footer="next",
        group=PILES,
    ),
    Command("sorting.previous_heap", "heap(-1)", "shift+tab", "Previous pile", "", group=PILES),
    Command("sorting.rename", "rename", "r", "Rename the pile shown", "", group=PILES),
    Command(
        "sorting.remove",
        "remove",
        "x",
        "Take the pile shown away",
        "What lay only there is loose again.",
        group=PILES,
    ),
    Command(
        "sorting.next_set",
        "next_set",
        "s",
        "Sort another code set",
        "The next one of the codebook.",
        group=LOOK,
    ),
    Command(
        "sorting.quote",
        "quote",
        "f2,q",
        "Show or hide what was said",
        "The first excerpts that have the code.",
        footer="said",
        group=LOOK,
        show_key="q",
    ),
    Command(
        "sorting.leave", "leave", "escape", "Back", "Everything is kept.", footer="back", group=LOOK
    ),
)
