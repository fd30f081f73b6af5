"""What is done with a study as a whole from the list of transcripts: a backup, its journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from coder.errors import CoderError
from coder.model import Viewer

if TYPE_CHECKING:
    from coder.tui.app import CoderApp

ENTRIES = 500
"""Of the journal, on a page; ``coder log --limit`` has more."""


def show_log(app: CoderApp) -> None:
    """The newest entries of the journal, as far as one may see them."""
    from coder.ops.history import blind_in, log
    from coder.ops.history_tables import log_page
    from coder.tui.screens.forms import PageDialog

    viewer = Viewer(app.coder.alias) if app.coder else Viewer()
    lines = app.attempt(lambda: log(app.study, viewer, ENTRIES))
    if lines is None:
        return
    if not lines:
        app.tell("nothing was done in this study yet")
        return
    title = "Journal, newest first"
    if len(lines) == ENTRIES:
        title = f"Journal, the newest {ENTRIES} entries; coder log has all"
    hiding = blind_in(app.study, viewer)
    note = f"Without what others did on excerpts of the open round {hiding}.\n\n" if hiding else ""

    app.push_screen(PageDialog(title, lambda width: note + log_page(lines, width)))


def ask_and_back_up(app: CoderApp) -> None:
    """Ask for a name, and copy the study while the keys go on working."""
    from coder.tui.screens.forms import Field, FormDialog

    path = app.study.path.absolute()
    today = datetime.now().astimezone()
    # Not .coder: a second study in the folder, and no command would know which is meant.
    usual = path.with_name(f"{path.stem}-{today:%Y-%m-%d}.backup")
    number = 1
    while usual.exists():
        number += 1
        usual = path.with_name(f"{path.stem}-{today:%Y-%m-%d}-{number}.backup")

    def keep(answers: Mapping[str, str]) -> str:
        words = answers["file"].strip()
        target = Path(words).expanduser()
        if not words:
            return "name a file"
        if target.exists():
            return f"{target.name} is already there: choose another name"
        app.run_worker(partial(_back_up, app, target), thread=True, group="backup")
        return ""

    note = "The whole study in one file. coder restore FILE puts it in the study's place."
    field = Field("file", "Which file; nothing is replaced:", str(usual))
    app.push_screen(FormDialog("Write a backup", [field], keep, note))


def _back_up(app: CoderApp, target: Path) -> None:
    """Copy on a connection of its own, as ``coder backup`` does."""
    from coder.ops.study import backup_study

    words, is_warning = f"copied to {target}", False
    try:
        with app.study.again() as study:
            backup_study(study, target)
    except CoderError as error:
        words, is_warning = f"no backup: {error}", True
    if not get_current_worker().is_cancelled:
        app.call_from_thread(partial(app.tell, words, is_warning=is_warning, seconds=10))
