"""Going about in a transcript."""

from __future__ import annotations

from coder.tui.commands import Command

_GROUP = "Move"

MOVING = (
    Command(
        "coding.next_excerpt",
        "step(1)",
        "j",
        "Next excerpt",
        "",
        footer="next",
        group=_GROUP,
    ),
    Command(
        "coding.previous_excerpt",
        "step(-1)",
        "k",
        "Previous excerpt",
        "",
        group=_GROUP,
    ),
    Command(
        "coding.next_open",
        "step_open(1)",
        "N",
        "Next excerpt that needs work",
        "From the end on to the beginning.",
        group=_GROUP,
    ),
    Command(
        "coding.previous_open",
        "step_open(-1)",
        "P",
        "Previous excerpt that needs work",
        "",
        group=_GROUP,
    ),
    Command(
        "coding.next_revisit",
        "step_revisit(1)",
        "V",
        "Next excerpt to revisit",
        "Coded before its code meant something else: code it otherwise, or Enter stands by it. "
        "Goes on to other transcripts.",
        group=_GROUP,
    ),
    Command(
        "coding.previous_revisit",
        "step_revisit(-1)",
        "Y",
        "Previous excerpt to revisit",
        "",
        group=_GROUP,
    ),
    Command(
        "coding.line_down",
        "rows(1)",
        "down",
        "Scroll a line down",
        "The current excerpt stays one that you can see.",
        group=_GROUP,
        in_palette=False,
    ),
    Command(
        "coding.line_up",
        "rows(-1)",
        "up",
        "Scroll a line up",
        "The current excerpt stays one that you can see.",
        group=_GROUP,
        in_palette=False,
    ),
    Command(
        "coding.page_down",
        "pages(1)",
        "pagedown",
        "Scroll a screen down",
        "Two lines stay to hold on to.",
        group=_GROUP,
        in_palette=False,
    ),
    Command(
        "coding.page_up",
        "pages(-1)",
        "pageup",
        "Scroll a screen up",
        "Two lines stay to hold on to.",
        group=_GROUP,
        in_palette=False,
    ),
    Command("coding.first", "ends(0)", "home", "First excerpt", "", group=_GROUP),
    Command("coding.last", "ends(-1)", "end", "Last excerpt", "", group=_GROUP),
)
