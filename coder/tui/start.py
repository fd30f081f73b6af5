"""The start screen: the studies opened recently and those in this folder, to open one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coder.config import Loaded
from coder.errors import CoderError
from coder.model.times import local_minute
from coder.ops import recent
from coder.ops.dropped import dropped_paths
from coder.ops.recent import OpenedStudy
from coder.tui.ending import EndingApp
from coder.tui.themes import THEMES, first_theme, variable_defaults
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import one_line


class StartApp(EndingApp[str]):
    """Asks for a study; returns its path, or None where nobody chose one.

    Args:
        file: Where the studies opened recently are remembered.
        here: Studies in the current folder.
        loaded: What a person prefers.
    """

    TITLE = "Coder"
    CSS_PATH = "start.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "open", priority=True, id="start.open"),
        Binding("j", "step(1)", "down", show=False, id="start.down"),
        Binding("k", "step(-1)", "up", show=False, id="start.up"),
        Binding("x", "forget", "forget", id="start.forget"),
        Binding("escape,q,ctrl+q", "leave", "leave", key_display="Esc", id="start.leave"),
    ]

    listed = getters.query_one(OptionList)
    about = getters.query_one("#about", Static)
    advice = getters.query_one("#advice", Static)

    def __init__(self, file: Path, here: Sequence[Path] = (), loaded: Loaded | None = None) -> None:
        super().__init__()
        settings = (loaded or Loaded()).settings
        self._file = file
        self._here = here
        self._rows: list[OpenedStudy] = []
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = first_theme(self.available_themes, settings.theme)
        if not settings.animation:
            self.animation_level = "none"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colour names, for themes that are not ours."""
        return variable_defaults(self.current_theme.dark)

    def compose(self) -> ComposeResult:
        """The question, the studies, what else to do, the keys."""
        yield Static("Which study?", id="about", markup=False)
        yield OptionList(compact=True)
        yield Static(id="advice", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """List them."""
        self._list()

    def _list(self, chosen: int = 0) -> None:
        problem = ""
        known: list[OpenedStudy] = []
        try:
            known = recent.read_recent(self._file)
        except CoderError as error:
            problem = str(error)
        paths = {one.path for one in known}
        self._rows = [*known, *(OpenedStudy(path, "") for path in self._here if path not in paths)]
        self.listed.clear_options()
        self.listed.add_options([Option(_about(one, self._here)) for one in self._rows])
        self.listed.display = bool(self._rows)
        if self._rows:
            self.listed.highlighted = min(chosen, len(self._rows) - 1)
            self.set_focus(self.listed)
        self.advice.update(_advice(bool(self._rows), problem))

    def action_step(self, step: int) -> None:
        """Move with the letters too."""
        if self._rows:
            place = (self.listed.highlighted or 0) + step
            self.listed.highlighted = min(max(place, 0), len(self._rows) - 1)

    def action_take(self) -> None:
        """Open the study under the cursor."""
        if self._rows:
            one = self._rows[self.listed.highlighted or 0]
            if one.problem:
                self._tell(f"{one.path.name}: {one.problem}; x forgets it")
            else:
                self.exit(str(one.path))

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """One was clicked."""
        message.stop()
        self.action_take()

    def action_forget(self) -> None:
        """Take the study under the cursor off the list; the file stays."""
        if not self._rows:
            return
        place = self.listed.highlighted or 0
        one = self._rows[place]
        if not one.at:
            self._tell(f"{one.path.name} is in this folder")
            return
        try:
            recent.forget(self._file, [one.path])
        except CoderError as error:
            self._tell(str(error))
        self._list(place)

    def action_leave(self) -> None:
        """None of them."""
        self.exit()

    def on_paste(self, message: events.Paste) -> None:
        """A study dropped on the window."""
        message.stop()
        paths = dropped_paths(message.text)
        if len(paths) == 1 and paths[0].is_file() and paths[0].suffix == ".coder":
            self.exit(str(paths[0]))
        else:
            self._tell("that is no study: its file ends in .coder")

    def _tell(self, words: str) -> None:
        self.clear_notifications()
        self.notify(one_line(words), timeout=4, markup=False)


def _about(one: OpenedStudy, here: Sequence[Path]) -> Content:
    """Its name, when and by whom it was opened, where it is; why it cannot be opened."""
    when = f"opened {one_line(local_minute(one.at))}" if one.at else "in this folder"
    who = f" by {one_line(one.coder)}" if one.coder else ""
    folder = "in this folder" if one.path in here and one.at else str(one.path.parent)
    if one.problem:
        return Content.assemble(
            (f"{one_line(one.path.name)}  {one.problem}\n", "$turn-margin italic"),
            (f"  {when}{who}, {one_line(folder)}", "$turn-margin"),
        )
    return Content.assemble(
        (f"{one_line(one.path.name)}\n", "bold"),
        (f"  {when}{who}, {one_line(folder)}", "$turn-margin"),
    )


def _advice(has_any: bool, problem: str) -> Content:
    parts: list[tuple[str, str]] = []
    if problem:
        parts.append((f"{one_line(problem)}\n\n", "$warning"))
    if not has_any:
        parts.append(("no study was opened yet, and none is in this folder\n\n", "bold"))
    parts += [
        ("make one:          ", "$turn-margin"),
        ("coder new NAME.coder --codebook ID\n", "bold $accent"),
        ("open another:      ", "$turn-margin"),
        ("coder open --study FILE", "bold $accent"),
        (", or drop the file here\n", "$turn-margin"),
        ("look at a sample:  ", "$turn-margin"),
        ("coder demo", "bold $accent"),
    ]
    return Content.assemble(*parts)
