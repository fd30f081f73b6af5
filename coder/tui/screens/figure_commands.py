"""What the screens of figures have in common: choosing the code set, and the excerpts behind."""

from __future__ import annotations

from textual.binding import Binding

from coder.tui.commands import Command

SET_KEYS = [
    Binding(str(number), f"nth_set({number})", show=False, priority=True, system=True)
    for number in range(2, 10)
]
"""The digits after 1, which says for all of them what they do."""


def set_commands(screen: str, group: str) -> tuple[Command, ...]:
    """Choosing the code set.

    Args:
        screen: What ids begin with.
        group: Heading in the help.
    """
    return (
        Command(
            f"{screen}.next_set",
            "next_set(1)",
            "tab",
            "Next code set",
            "",
            footer="set",
            group=group,
        ),
        Command(
            f"{screen}.previous_set", "next_set(-1)", "shift+tab", "Previous set", "", group=group
        ),
        Command(
            f"{screen}.nth_set",
            "nth_set(1)",
            "1",
            "The first code set, and so on to 9",
            "",
            group=group,
            show_key="1-9",
            in_palette=False,
        ),
    )


def export_command(screen: str, group: str) -> Command:
    """Writing all tables to files."""
    return Command(
        f"{screen}.export",
        "export",
        "E",
        "Export the tables to spreadsheets",
        "A workbook, CSV files or both: shares, agreement, every coding, the codebook.",
        footer="export",
        group=group,
    )


def open_command(screen: str, group: str) -> Command:
    """Going from an excerpt of a list to its transcript."""
    return Command(
        f"{screen}.open",
        "open",
        "enter",
        "Open the excerpt in its transcript",
        "{coding.home} comes back here.",
        footer="open",
        group=group,
    )


def moving_commands(screen: str, group: str) -> tuple[Command, ...]:
    """Moving through a list of excerpts."""
    return (
        Command(f"{screen}.down", "move(1)", "j,down", "Next excerpt", "", group=group),
        Command(f"{screen}.up", "move(-1)", "k,up", "Previous excerpt", "", group=group),
        Command(f"{screen}.page_down", "move(5)", "pagedown", "Five excerpts on", "", group=group),
        Command(f"{screen}.page_up", "move(-5)", "pageup", "Five excerpts back", "", group=group),
        Command(f"{screen}.first", "move(-1000000)", "home", "First excerpt", "", group=group),
        Command(f"{screen}.last", "move(1000000)", "end", "Last excerpt", "", group=group),
    )
