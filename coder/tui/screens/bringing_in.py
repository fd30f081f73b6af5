"""Files dropped on the home screen: asked about once, imported in a thread, reported on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, work
from textual.worker import get_current_worker

from coder.errors import CoderError
from coder.tui.screens.home_list import HomeList
from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from coder.ops.importing import ImportReport

LEAVE = "leave"
PLAN_WORDS = (
    ("answer", "import, an excerpt for each answer to a question"),
    ("turn", "import, an excerpt for each turn"),
    ("paragraph", "import, an excerpt for each paragraph"),
    ("sentence", "import, an excerpt for each sentence"),
    (LEAVE, "leave it"),
)


class BringingIn(HomeList):
    """A home screen that takes files."""

    def on_paste(self, message: events.Paste) -> None:
        """Paths arrive as pasted words."""
        message.stop()
        from coder.ops.dropped import dropped_paths

        paths = dropped_paths(message.text)
        if len(paths) == 1 and paths[0].suffix == ".coder":
            self.app.leave_for(str(paths[0]))
        elif paths:
            self.ask_and_import(paths)
        else:
            self.app.tell("no file has this name; / and words look for a transcript")

    @work(exclusive=True, group="import")
    async def ask_and_import(self, paths: Sequence[Path]) -> None:
        """Ask once, then import."""
        from coder.tui.screens.forms import ChoiceDialog

        what = paths[0].name if len(paths) == 1 else f"{len(paths)} files"
        title = f"Bring {one_line(what)} into {one_line(self.app.study.name)}?"
        plan = await self.app.push_screen_wait(ChoiceDialog(title, PLAN_WORDS))
        if plan not in (None, LEAVE):
            self._import(paths, plan)

    @work(thread=True, exclusive=True, group="bring")
    def _import(self, paths: Sequence[Path], plan: str) -> None:
        """Import on a connection of its own, as ``coder import`` does: all or none."""
        from coder.ops.importing import import_files

        worker, app = get_current_worker(), self.app

        def progress(done: int, total: int, what: str) -> None:
            if what and total > 1:
                app.call_from_thread(app.tell, f"reading {done + 1} of {total}: {what}")

        said: ImportReport | CoderError
        try:
            with app.study.again() as study:
                said = import_files(study, paths, plan=plan, progress=progress)
        except CoderError as error:
            said = error
        if not worker.is_cancelled:
            app.call_from_thread(self._imported, said)

    def _imported(self, said: ImportReport | CoderError) -> None:
        from coder.ops.dropped import import_lines
        from coder.ops.wrapping import hanging
        from coder.tui.screens.dialogs import FailureDialog
        from coder.tui.screens.forms import PageDialog

        if isinstance(said, CoderError):
            self.app.push_screen(FailureDialog(said))
            return
        self.read()
        lines = import_lines(said)

        def page(width: int) -> str:
            return "\n".join(part for line in lines for part in hanging("", line, width))

        added = f"{said.added} transcript{'' if said.added == 1 else 's'}"
        self.app.push_screen(PageDialog(f"Imported {added}", page))
