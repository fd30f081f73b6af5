"""Running a typed command beside the app: a thread waits for it, the screens show what it did."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from coder.errors import UsageError

if TYPE_CHECKING:
    from coder.tui.app import CoderApp
    from coder.tui.subcommand import Outcome, Subcommand

MOST_EARLIER = 200
"""Lines of this sitting that can be had again."""

MOST_SAID = 3
"""Lines of a refusal that stand above the line; more are a page."""


def begin(app: CoderApp, line: str) -> str:
    """Run a line in a process of its own, while the keys go on working.

    Returns:
        Why it cannot be run; empty where it runs.
    """
    from coder.tui.subcommand import Subcommand, words_of

    alias = app.coder.alias if app.coder else ""
    try:
        words = words_of(line)
        if replaces_this_study(words):
            if not Path(words[1]).is_file():
                return f"there is no backup {words[1]}"
            # It cannot be replaced while it is open; it is opened again at once.
            app.leave_for(str(app.study.path), words)
            return ""
        command = Subcommand(line, app.study.path, alias, max(app.size.width - 2, 40))
    except UsageError as error:
        return str(error)
    except OSError as error:
        return f"the command cannot be started: {error.strerror or error}"
    if app.earlier_lines[-1:] != [command.line]:
        app.earlier_lines.append(command.line)
        del app.earlier_lines[:-MOST_EARLIER]
    app.running_command = command
    app.run_worker(partial(_wait, app, command), thread=True, group="command line")
    return ""


def replaces_this_study(words: Sequence[str]) -> bool:
    """Whether a command puts a backup in the place of the study that is open."""
    return words[0] == "restore" and len(words) == 2 and not words[1].startswith("-")


def _wait(app: CoderApp, command: Subcommand) -> None:
    worker = get_current_worker()
    outcome = command.wait(lambda: not worker.is_cancelled)
    if not worker.is_cancelled:
        app.call_from_thread(_ended, app, outcome)


def _ended(app: CoderApp, outcome: Outcome) -> None:
    """Show what the command changed, and what it said."""
    from coder.tui.screens.command_line import CommandLine

    app.running_command, app.last_outcome = None, outcome
    app.show_changes()
    screen = app.screen
    line = screen if isinstance(screen, CommandLine) else None
    if line is not None:
        line.show_running()
    lines, has_failed = outcome.lines, outcome.exit_code != 0
    if outcome.is_stopped and has_failed:
        if line is not None:
            line.complain("stopped; a change is made whole or not at all")
        else:
            app.tell(f"stopped: {outcome.line}")
    elif line is None:
        said = lines[0] if len(lines) == 1 else f"{len(lines)} lines; the command line shows them"
        how = "failed" if has_failed else "done"
        app.tell(f"{how}: {outcome.line}: {said}", is_warning=has_failed, seconds=10)
    elif has_failed and len(lines) <= MOST_SAID:
        line.complain(outcome.text.strip() or f"failed, exit code {outcome.exit_code}")
    else:
        line.dismiss()
        if len(lines) > 1:
            show(app, outcome)
        else:
            app.tell(lines[0] if lines else f"done: {outcome.line}", seconds=8)


def show(app: CoderApp, outcome: Outcome) -> None:
    """What a command wrote, as a page."""
    from coder.tui.screens.command_output import CommandOutput

    app.push_screen(CommandOutput(outcome))
