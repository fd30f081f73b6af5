"""Every command of the app itself, once: they work on every screen."""

from __future__ import annotations

from coder.tui.commands import Command

APP_COMMANDS = (
    Command(
        "app.help",
        "help",
        "question_mark,f1",
        "Show all keys of this screen",
        "With the keys of the codes.",
        footer="help",
        group="Always",
        show_key="?",
    ),
    Command(
        "app.palette",
        "command_palette",
        "ctrl+p",
        "Find a command by typing",
        "Every command has an entry, with its key.",
        group="Always",
        in_palette=False,
    ),
    Command(
        "app.command_line",
        "command_line",
        "colon",
        "Run a command",
        "Every command of coder, as in the shell; it is completed and explained as you type.",
        group="Always",
    ),
    Command(
        "app.new_round",
        "command_line('round new ')",
        "",
        "New round",
        "round new NAME --coders AL,RR --share 0.25: a sample that several people code blind.",
        group="Commands",
    ),
    Command(
        "app.close_round",
        "command_line('round close ')",
        "",
        "Close a round",
        "round close NAME: its coders see each other's codes from then on.",
        group="Commands",
    ),
    Command(
        "app.import_codebook",
        "command_line('codebook import ')",
        "",
        "Import a codebook",
        "codebook import FILE: from a spreadsheet or another program.",
        group="Commands",
    ),
    Command(
        "app.check_study",
        "command_line('check')",
        "",
        "Check the study",
        "For damage, and whether everything is as the journal left it.",
        group="Commands",
    ),
    Command(
        "app.next_theme",
        "next_theme",
        "f8",
        "Change the colours",
        "Dark, light, high contrast; the palette has more.",
        group="Always",
    ),
    Command(
        "app.tour",
        "tour",
        "",
        "Take the guided tour",
        "Five minutes on the sample study, with the real keys.",
        group="Always",
    ),
    Command(
        "app.suspend",
        "suspend_process",
        "ctrl+z",
        "Leave for the shell",
        "fg comes back.",
        group="Always",
    ),
    Command("app.quit", "quit", "ctrl+q", "Quit", "Everything is saved already.", group="Always"),
)
