"""Exporting from the app: asked for once, made in a thread as ``coder export`` does, reported."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import Worker, get_current_worker

from coder.errors import Cancelled, CoderError
from coder.model import Viewer
from coder.ops.export_places import earlier_files, usual_folder
from coder.tui.screens.export_dialog import KINDS, ExportDialog, ExportOrder
from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from textual.screen import Screen

    from coder.ops.exporting import Exported
    from coder.tui.app import CoderApp

SECONDS_BETWEEN = 1.0
"""How often it is said how far it is."""

REPLACE, ELSEWHERE = "replace", "elsewhere"


def ask_and_export(app: CoderApp) -> None:
    """Ask what to write where, and write it while the keys go on working."""
    app.run_worker(_ask(app, app.screen), group="ask to export", exclusive=True)


async def _ask(app: CoderApp, screen: Screen[object]) -> None:
    """Ask until the answer will do. Nothing is ever replaced without a yes."""
    from coder.ops.tally_excerpts import open_round
    from coder.tui.screens.forms import ChoiceDialog

    if any(worker.group == "export" and worker.is_running for worker in app.workers):
        app.tell("an export is under way: what it wrote is said when it is done")
        return
    study = app.study
    hidden_by = open_round(study, _viewer(app))
    note = f"Without what the open round {hidden_by} hides from you." if hidden_by else ""
    order, problem = ExportOrder(KINDS[0], str(usual_folder(study))), ""
    while True:
        answer = await app.push_screen_wait(ExportDialog(order, note, problem))
        if answer is None:
            return
        order, problem = answer, ""
        try:
            there = earlier_files(study, order.folder, order.kind.formats)
        except CoderError as error:
            problem = str(error)
            continue
        if there:
            title = f"{one_line(there[0].name)} is there already"
            if len(there) > 1:
                title = f"{len(there)} files of an earlier export are there already"
            choices = [
                (ELSEWHERE, "leave them, and choose another folder"),
                (REPLACE, "replace them"),
            ]
            if await app.push_screen_wait(ChoiceDialog(title, choices)) != REPLACE:
                continue
        break
    app.run_worker(
        partial(_export, app, screen, order, replacing=bool(there)), thread=True, group="export"
    )


def _viewer(app: CoderApp) -> Viewer:
    return Viewer(app.coder.alias) if app.coder else Viewer()


def _export(app: CoderApp, screen: Screen[object], order: ExportOrder, *, replacing: bool) -> None:
    """Write, on a connection of its own."""
    from coder.ops.exporting import export

    worker: Worker[None] = get_current_worker()
    said_at = time.monotonic()

    def progress(done: int, total: int, what: str) -> None:
        nonlocal said_at
        if worker.is_cancelled:
            raise Cancelled("the app was left")
        if what and time.monotonic() - said_at > SECONDS_BETWEEN:
            said_at = time.monotonic()
            app.call_from_thread(app.tell, f"exporting: {done + 1} of {total}, {what}")

    said: Exported | CoderError
    try:
        with app.study.again() as study:
            said = export(
                study,
                _viewer(app),
                order.folder,
                order.kind.formats,
                raw=order.kind.raw,
                replacing=replacing,
                progress=progress,
            )
    except CoderError as error:
        said = error
    if not worker.is_cancelled:
        app.call_from_thread(_tell, app, screen, said)


def _tell(app: CoderApp, screen: Screen[object], said: Exported | CoderError) -> None:
    """Say what was written and where; whoever has gone on working is not stopped by a page."""
    from coder.tui.screens.dialogs import FailureDialog
    from coder.tui.screens.forms import PageDialog

    is_waiting = app.screen is screen
    if isinstance(said, CoderError):
        if is_waiting:
            app.push_screen(FailureDialog(said))
        else:
            app.tell(f"not exported: {said}", is_warning=True, seconds=12)
        return
    lines = written(said)
    if is_waiting:
        app.push_screen(PageDialog("Exported", partial(_page, lines)))
    else:
        app.tell(f"exported: {lines[0]}", seconds=12)


def written(done: Exported) -> list[str]:
    """What an export wrote, where, and what there is to know of it."""
    tables = [path for path in done.files if path.suffix == ".csv"]
    found = [f"the workbook {path}" for path in done.files if path not in tables]
    if tables:
        stem = tables[0].name.partition("-about.")[0]
        found.append(f"{len(tables)} CSV files {tables[0].parent / stem}-*.csv")
    return [*found, *(f"note: {note}" for note in done.notes)]


def _page(lines: Sequence[str], width: int) -> str:
    from coder.ops.wrapping import hanging

    return "\n".join(part for line in lines for part in hanging("", line, width))
