"""The command line of the app: every command of the program, typed at the foot of any screen."""

from __future__ import annotations

from asyncio import Event
from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from coder.tui import command_runs
from coder.tui.completing import Completion, Offer, completion, written
from coder.tui.messages import ChoicePicked
from coder.tui.study_names import StudyNames
from coder.tui.widgets.choice_list import ChoiceList, Part
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import one_line, padded

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.tui.app import CoderApp

MOST_LINES = 8
"""Of offers at once; the screen behind stays in sight."""

WIDEST_WORD = 26


class CommandLine(ModalScreen[None]):
    """A line to type a command in, with what may come next above it.

    While a command runs the line says so, here and wherever it is opened again.

    Args:
        words: What stands there at first.
    """

    CSS_PATH = "command_line.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "run", "run", id="command.run", priority=True),
        Binding("tab", "complete(1)", "complete", id="command.complete", priority=True),
        Binding("shift+tab", "complete(-1)", "back", id="command.back", show=False, priority=True),
        Binding("up", "earlier(-1)", "earlier", id="command.earlier", priority=True),
        Binding("down", "earlier(1)", "later", id="command.later", show=False, priority=True),
        Binding("ctrl+o", "output", "last output", id="command.output", priority=True),
        Binding("enter", "let_run", "let it run, go back", id="command.let", priority=True),
        Binding("escape", "stop", "stop it", id="command.stop", priority=True),
        Binding("escape", "leave", "close", id="command.close", priority=True),
    ]

    line = getters.query_one(Input)
    listed = getters.query_one(ChoiceList)
    usage = getters.query_one("#usage", Static)
    problem = getters.query_one("#problem", Static)

    if TYPE_CHECKING:
        app: CoderApp

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self._words = words
        self._names = StudyNames(self)
        self._found = Completion(0, ())
        self._found_for: tuple[str, int] | None = None
        self._turn: int | None = None
        """Which of the offers stands in the line, where they are gone through."""
        self._written = ""
        """The line as the last offer left it."""
        self._place: int | None = None
        """Which of the earlier lines stands there."""
        self._mine = ""
        """What was typed before an earlier line was looked for."""

    def compose(self) -> ComposeResult:
        """How the command is written, what may come next, the line, the keys."""
        with Vertical(id="bar"):
            yield Static(id="usage", markup=False)
            yield ChoiceList()
            yield Static(id="problem", markup=False)
            with Horizontal(id="line"):
                yield Static("coder", id="label", markup=False)
                yield Input(
                    self._words,
                    placeholder="a command, as in the shell",
                    compact=True,
                    select_on_focus=False,
                )
            yield KeyLine()

    def on_mount(self) -> None:
        """Ready to type from the first key on."""
        self.problem.display = False
        self.set_focus(self.line)
        self.line.cursor_position = len(self._words)
        self._offer()
        self.set_interval(0.5, self.show_running)
        self.show_running()

    def on_resize(self) -> None:
        """As many offers as there is room for."""
        self._fit()

    # What may come next.

    def on_input_changed(self, message: Input.Changed) -> None:
        """Offer what fits what is typed."""
        message.stop()
        self._offer()

    def _offer(self) -> None:
        if self.line.value != self._written:
            # Whoever types on has chosen.
            self._turn = None
        typed = self.line.value[: self.line.cursor_position]
        state = (self.line.value, self.line.cursor_position)
        if state == self._found_for or self._turn is not None:
            return
        self._found_for = state
        self.problem.display = False
        ask = self.app.ask_commands
        found = self.app.attempt(lambda: completion(typed, ask, self._names.offers))
        self._found = found or Completion(0, ())
        self._show()

    def _show(self) -> None:
        offers = self._found.offers
        width = max((len(one_line(offer.word)) for offer in offers), default=0)

        def parts(number: int, room: int) -> Sequence[Part]:
            offer = offers[number]
            word = padded(one_line(offer.word), min(width, WIDEST_WORD)) if offer.about else ""
            return (word or one_line(offer.word), "name"), (f"  {one_line(offer.about)}", "quiet")

        self.listed.show(len(offers), parts, self._turn or 0)
        self.usage.update(one_line(self._found.usage))
        self._fit()

    def _fit(self) -> None:
        # What stands around the offers takes up to seven rows.
        most = max(min(MOST_LINES, self.app.size.height - 8), 1)
        is_free = self.app.running_command is None
        count = 0 if self.problem.display or not is_free else len(self._found.offers)
        self.listed.styles.height = min(count, most)
        self.listed.display = count > 0
        self.usage.display = is_free and bool(self._found.usage)

    async def action_complete(self, step: int) -> None:
        """Write out what all offers share, else the next of them."""
        await self._all_read()
        if not self._found.offers:
            return
        offers, start = self._found.offers, self._found.start
        stop = self.line.cursor_position
        shared = self._found.shared(self.line.value[:stop]) if self._turn is None else ""
        if len(offers) > 1 and shared:
            self._put(written(Offer(shared)).rstrip(), start, stop)
            await self._all_read()
            return
        is_only = len(offers) == 1
        turn = 0 if self._turn is None and step > 0 else (self._turn or 0) + step
        self._turn = turn % len(offers)
        self._put(written(offers[self._turn]), start, stop)
        if is_only:
            self._end_turn()
            await self._all_read()
        else:
            await self._all_read()
            self._show()

    def _put(self, words: str, start: int, stop: int) -> None:
        value = self.line.value
        self.line.value = value[:start] + words + value[stop:].lstrip()
        self.line.cursor_position = start + len(words)
        self._written = self.line.value

    def _end_turn(self) -> None:
        self._turn, self._found_for = None, None

    async def on_choice_picked(self, message: ChoicePicked) -> None:
        """An offer was clicked."""
        message.stop()
        stop = self.line.cursor_position
        self._put(written(self._found.offers[message.place]), self._found.start, stop)
        self._end_turn()
        self._offer()

    # Earlier lines.

    async def action_earlier(self, step: int) -> None:
        """An earlier line of this sitting, or a later one."""
        await self._all_read()
        lines = self.app.earlier_lines
        place = len(lines) if self._place is None else self._place
        if self._place is None:
            self._mine = self.line.value
        place = min(max(place + step, 0), len(lines))
        self._place = None if place == len(lines) else place
        self.line.value = self._mine if self._place is None else lines[place]
        self.line.cursor_position = len(self.line.value)
        self._end_turn()

    # Running.

    async def action_run(self) -> None:
        """Run what is typed."""
        await self._all_read()
        words = command_runs.begin(self.app, self.line.value)
        if words:
            self.complain(words)
        self.show_running()

    def complain(self, words: str) -> None:
        """Say what is wrong; the line stays, to be mended."""
        self.problem.update("\n".join(one_line(line) for line in words.split("\n")))
        self.problem.display = True
        self._fit()
        self._found_for = (self.line.value, self.line.cursor_position)

    def show_running(self) -> None:
        """Say that a command runs, or let one be typed again."""
        running = self.app.running_command
        was_running = not self.line.display
        self.line.display = running is None
        if was_running != (running is not None):
            self.refresh_bindings()
        label = self.query_one("#label", Static)
        if running is None:
            if was_running:
                label.update("coder")
                self.set_focus(self.line)
                self._show()
            return
        seconds = int(monotonic() - running.began)
        doing = "stopping" if running.is_stopped else "running"
        what = one_line(running.line).removeprefix("coder ")
        label.update(one_line(f"{doing} ({seconds} s): coder {what}"))
        self.problem.display = False
        self._fit()

    def action_output(self) -> None:
        """What the last command wrote."""
        if self.app.last_outcome is not None:
            self.dismiss()
            command_runs.show(self.app, self.app.last_outcome)

    def action_let_run(self) -> None:
        """Go on working; what the command says is told when it ends."""
        self.dismiss()

    def action_stop(self) -> None:
        """Stop the command that runs."""
        if self.app.running_command is not None:
            self.app.running_command.stop()
            self.show_running()

    def action_leave(self) -> None:
        """Close the line."""
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a command runs the keys are for that."""
        is_running = self.app.running_command is not None
        if action in ("let_run", "stop"):
            return is_running
        if action == "output":
            return not is_running and self.app.last_outcome is not None
        return not is_running or action not in ("run", "complete", "earlier", "leave")

    async def _all_read(self) -> None:
        # Letters typed just before may still wait in the line's queue.
        read_all = Event()
        self.line.call_next(read_all.set)
        await read_all.wait()
        self._offer()
