"""The home screen: the transcripts of the study, and where to go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import getters, work
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from coder.errors import CoderError
from coder.model import Viewer
from coder.ops import corpus
from coder.ops.corpus import Progress, TranscriptSummary
from coder.tui.commands import bindings
from coder.tui.messages import TranscriptPicked
from coder.tui.screens.home_commands import HOME_COMMANDS
from coder.tui.trail import Spot
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.transcript_table import TranscriptTable, columns_for
from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.tui.app import CoderApp

Order = tuple[str, Callable[[TranscriptSummary], Any]]


class HomeScreen(Screen[None]):
    """Transcripts with people, role, length and progress; filter, order, open."""

    AUTO_FOCUS = "TranscriptTable"
    DECLARED = HOME_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(HOME_COMMANDS)

    table = getters.query_one(TranscriptTable)
    filter_line = getters.query_one(Input)
    about = getters.query_one("#about", Static)
    empty = getters.query_one("#empty", Static)

    if TYPE_CHECKING:
        app: CoderApp

    def __init__(self) -> None:
        super().__init__()
        self._all: Sequence[TranscriptSummary] = ()
        self._order = 0
        self._is_reversed = False
        self._to_revisit = 0

    def compose(self) -> ComposeResult:
        """A line about the study, the list, the filter, the keys."""
        yield Static(id="about", markup=False)
        yield TranscriptTable()
        yield Static(id="empty", markup=False)
        yield Input(placeholder="words of name, person, role, year \u2026", compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """One query, then the first frame; the question who codes comes after it."""
        self.filter_line.display = False
        self.read()
        if self.app.study.is_large:
            self.call_after_refresh(self._look_for_damage)
        if self.app.coder is None:
            self.call_after_refresh(self.action_coder)

    def on_screen_resume(self) -> None:
        """Back from coding: the counts have changed."""
        if self.is_mounted and self._all:
            self.read()

    def study_changed(self) -> None:
        """Something was changed elsewhere."""
        self.read()

    @property
    def _alias(self) -> str:
        return self.app.coder.alias if self.app.coder else ""

    def read(self) -> None:
        """Read the list from the study and show it."""
        is_large = self.app.study.is_large
        found = self.app.attempt(
            lambda: corpus.list_transcripts(
                self.app.study, Viewer(self._alias), with_progress=not is_large
            )
        )
        if found is not None:
            if is_large:
                # Counting takes seconds there: what was counted last stands until it is done.
                known = {row.name: row.progress for row in self._all}
                found = tuple(replace(row, progress=known.get(row.name, {})) for row in found)
                self._count()
            if self.app.in_round is not None:
                from coder.ops.rounds import only_round

                found = only_round(self.app.study, found, self.app.in_round)
            self._all = found
            self._show()
            if not is_large:
                # Late enough to let the list be seen first: seldom anything waits.
                self.set_timer(0.2, self._count_to_revisit)

    def _count_to_revisit(self) -> None:
        """How many excerpts wait to be read again; after the list stands, as it is seldom any."""
        from coder.ops import revisiting

        coder, study = self.app.coder, self.app.study
        if coder is not None and study.codebook_ids and self.is_mounted:
            rows = self.app.attempt(lambda: revisiting.to_revisit(study, coder)) or ()
            self._to_revisit = len({row.ref for row in rows})
            self._show()

    @work(thread=True, exclusive=True, group="count")
    def _count(self) -> None:
        """Count progress in a large study on a connection of its own."""
        worker = get_current_worker()
        with self.app.study.again() as study:
            counted = corpus.transcript_progress(study)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._counted, counted)

    @work(thread=True, group="check")
    def _look_for_damage(self) -> None:
        """What opening a large study left out, because it reads the whole file."""
        try:
            with self.app.study.again() as study:
                study.look_for_damage()
        except CoderError as error:
            from coder.tui.screens.dialogs import FailureDialog

            self.app.call_from_thread(self.app.push_screen, FailureDialog(error))

    def _counted(self, progress: Mapping[str, Mapping[str, Progress]]) -> None:
        self._all = tuple(replace(row, progress=progress.get(row.name, {})) for row in self._all)
        self._show()

    # What is shown.

    def _orders(self) -> list[Order]:
        alias = self._alias

        def left_to_do(row: TranscriptSummary) -> tuple[int, int]:
            progress = row.progress.get(alias)
            done = progress.finished if progress else 0
            return (row.excerpts - done == 0, done - row.excerpts)

        orders: list[Order] = [
            ("transcript", lambda row: row.name),
            ("people", lambda row: row.people),
            ("role", lambda row: row.roles),
            ("year", lambda row: (row.year, row.wave)),
            ("words", lambda row: -row.words),
        ]
        return [*orders, (alias, left_to_do)] if alias else orders

    def _show(self) -> None:
        words = self.filter_line.value.casefold().split()
        rows = [row for row in self._all if all(word in _haystack(row) for word in words)]
        title, key = self._orders()[self._order % len(self._orders())]
        rows.sort(key=lambda row: row.name)
        rows.sort(key=key, reverse=self._is_reversed)
        others = sorted({alias for row in self._all for alias in row.progress})
        columns = columns_for(self._alias, others)
        self.table.show(rows, columns, title, self.table.chosen_name)
        self.table.display = bool(rows)
        self.empty.display = not rows
        self.empty.update(_advice(bool(self._all)))
        self._show_about(len(rows))

    def _show_about(self, shown: int) -> None:
        """Study, how much there is, how far this coder is; the codebook where there is room."""
        study, alias = self.app.study, self._alias
        mine = [row.progress[alias] for row in self._all if alias in row.progress]
        done, total = sum(p.finished for p in mine), sum(p.total for p in mine)
        count = f"{shown} of {len(self._all)}" if shown < len(self._all) else str(shown)
        parts = [(f" {one_line(study.name)}", "bold"), (f"   {count} transcripts", "")]
        if self.app.in_round is not None:
            parts.append((f"   round {one_line(self.app.in_round.name)}", "bold $accent"))
        if alias:
            parts.append((f"   {one_line(alias)} {done} of {total} excerpts", "bold"))
        if alias and self._to_revisit:
            parts.append((f"   {self._to_revisit} to revisit", "bold $accent"))
        if study.codebook_ids:
            book = study.codebook
            parts.append((f"   {one_line(book.title)} {one_line(book.version)}", "$turn-margin"))
        else:
            parts.append(("   no codebook yet: coder codebook use FILE", "$warning"))
        self.about.update(Content.assemble(*parts), layout=False)

    # Commands.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While words are typed the letters are words; without a filter none can be cleared."""
        if action == "clear":
            return self.filter_line.display
        letters = (
            "open",
            "pick_transcript",
            "filter",
            "order",
            "reverse",
            "coder",
            "book",
            "round",
            "sort",
        )
        if action in (*letters, "codebook", "revisit", "agreement"):
            return not self.filter_line.has_focus
        return True

    async def action_open(self) -> None:
        """Open the transcript under the cursor."""
        if self.table.chosen_name:
            await self.open_transcript(self.table.chosen_name)

    async def action_pick_transcript(self) -> None:
        """Find a transcript by typing, and open it."""
        from coder.tui.screens.pickers import pick_transcript

        await pick_transcript(self.app, self.app.coder, self.open_transcript)

    async def on_transcript_picked(self, message: TranscriptPicked) -> None:
        """A transcript was clicked."""
        message.stop()
        await self.open_transcript(message.name)

    async def open_transcript(self, name: str, ref: str = "") -> None:
        """Show a transcript to the coder, who is asked for where nobody is chosen yet.

        Where it was left, unless an excerpt is named.

        Waited for, so that keys typed on meanwhile go to the transcript and in order.
        """
        # Deferred: not needed for the first frame.
        from coder.tui.screens.coding import CodingScreen
        from coder.tui.sitting import Sitting

        coder = self.app.coder
        if coder is None:
            self.ask_and_open(name)
            return
        sitting = self.app.attempt(lambda: Sitting(self.app.study, coder, name, self.app.in_round))
        if sitting is not None:
            screen = CodingScreen(sitting)
            screen.start_at = Spot(name, ref) if ref else None
            await self.app.push_screen(screen)

    @work(exclusive=True, group="coder")
    async def ask_and_open(self, name: str) -> None:
        """Choose who codes, then open."""
        if await self.app.choose_coder():
            self.read()
            await self.open_transcript(name)

    @work(exclusive=True, group="coder")
    async def action_coder(self) -> None:
        """Choose who codes."""
        if await self.app.choose_coder():
            self.read()

    @work(exclusive=True, group="coder")
    async def action_book(self) -> None:
        """Choose the codebook of this window."""
        from coder.tui.screens.forms import ChoiceDialog

        study = self.app.study
        if self.app.in_round is not None:
            self.app.tell("a round has its own codebook: leave the round first", is_warning=True)
            return
        books = [(b.id, f"{b.title} ({b.id} {b.version})") for b in study.codebooks]
        if len(books) < 2:
            self.app.tell("the study has one codebook: coder codebook use adds another")
            return
        dialog = ChoiceDialog("Which codebook?", books, study.codebook.id)
        chosen = await self.app.push_screen_wait(dialog)
        if chosen is not None:
            study.use_here(chosen)
            self.read()

    @work(exclusive=True, group="coder")
    async def action_round(self) -> None:
        """Choose the round to code in, or none."""
        from coder.ops.rounds import list_rounds
        from coder.tui.screens.forms import ChoiceDialog

        alias, study = self._alias, self.app.study
        found = {one.name: one for one in list_rounds(study) if one.is_open and alias in one.coders}
        if not found and self.app.in_round is None:
            who = f"{alias} is" if alias else "you are"
            self.app.tell(f"{who} in no open round: coder round new opens one")
            return
        choices = [
            (name, f"{name}: {one.purpose}, {len(one.units)} excerpts, {one.book}")
            for name, one in found.items()
        ]
        now = self.app.in_round.name if self.app.in_round else ""
        dialog = ChoiceDialog("Which round?", [("", "none: ordinary coding"), *choices], now)
        chosen = await self.app.push_screen_wait(dialog)
        if chosen is not None:
            self.app.in_round = found.get(chosen)
            study.use_here(self.app.in_round.book if self.app.in_round else "")
            self.read()

    async def action_sort(self) -> None:
        """Sort the codes into piles, once it is known whose piles they are."""
        from coder.tui.screens.sorting import open_sorting

        if self.app.coder is None:
            self.ask_and_sort()
        else:
            await open_sorting(self.app, self.app.coder)

    @work(exclusive=True, group="coder")
    async def ask_and_sort(self) -> None:
        """Choose who sorts, then sort."""
        if await self.app.choose_coder():
            self.read()
            await self.action_sort()

    async def action_codebook(self) -> None:
        """The codebook."""
        await self.app.open_codebook()

    async def action_agreement(self) -> None:
        """How far coders agree."""
        await self.app.open_agreement()

    async def action_revisit(self) -> None:
        """The first excerpt to revisit, in its transcript."""
        from coder.ops import revisiting

        coder = self.app.coder
        if coder is None:
            self.app.tell("first choose who codes: C", is_warning=True)
            return
        rows = self.app.attempt(lambda: revisiting.to_revisit(self.app.study, coder)) or ()
        first = next((row for row in rows if row.transcript), None)
        if first is None:
            self.app.tell("nothing to revisit")
        else:
            await self.open_transcript(first.transcript, first.ref)
            show = getattr(self.app.screen, "show_what_changed", None)
            if show is not None:
                show()

    def action_filter(self) -> None:
        """Type words to look for."""
        self.filter_line.display = True
        self.set_focus(self.filter_line)
        self.refresh_bindings()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Filter as the words are typed; a late letter after Escape is no filter."""
        message.stop()
        if self.filter_line.display:
            self._show()
        elif message.value:
            self.filter_line.value = ""

    async def on_input_submitted(self, message: Input.Submitted) -> None:
        """Back to the list, filtered; a single hit is opened at once."""
        message.stop()
        self.set_focus(self.table)
        if len(self.table.rows) == 1:
            await self.action_open()

    def action_clear(self) -> None:
        """No filter."""
        self.filter_line.value = ""
        self.filter_line.display = False
        self.set_focus(self.table)
        self._show()
        self.refresh_bindings()

    def action_order(self, step: int) -> None:
        """Another order."""
        self._order = (self._order + step) % len(self._orders())
        self._show()

    def action_reverse(self) -> None:
        """Turn the order round."""
        self._is_reversed = not self._is_reversed
        self._show()


def _haystack(row: TranscriptSummary) -> str:
    parts = (row.name, row.year, row.wave, row.date, *row.people, *row.roles, *row.districts)
    return " ".join(parts).casefold()


def _advice(has_transcripts: bool) -> Content:
    if has_transcripts:
        return Content.assemble(
            "no transcript has all these words: ", ("Esc", "bold $accent"), " shows all"
        )
    return Content.assemble(
        ("no transcripts yet\n\n", "bold"),
        "bring some in from the command line:\n\n  ",
        ("coder import FOLDER", "bold $accent"),
        "\n\nthis list fills by itself when they arrive",
    )
