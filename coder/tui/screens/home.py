"""The home screen: the transcripts of the study, and where to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.widgets import Input, Static

from coder.tui.commands import bindings
from coder.tui.messages import TranscriptPicked
from coder.tui.screens.bringing_in import BringingIn
from coder.tui.screens.home_commands import HOME_COMMANDS
from coder.tui.trail import Spot
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.transcript_table import TranscriptTable

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.ops.memos import SeenMemo


class HomeScreen(BringingIn):
    """Transcripts with people, role, length and progress; filter, order, open."""

    AUTO_FOCUS = "TranscriptTable"
    DECLARED = HOME_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(HOME_COMMANDS)

    def compose(self) -> ComposeResult:
        """A line about the study, the list, a line about one transcript, the filter, the keys."""
        yield Static(id="about", markup=False)
        yield TranscriptTable()
        yield Static(id="empty", markup=False)
        yield Static(id="detail", markup=False)
        words = Input(placeholder="words anywhere, or role:coach year:2023 \u2026", compact=True)
        words.display = False
        yield words
        yield KeyLine()

    def on_mount(self) -> None:
        """One query, then the first frame; the question who codes comes after it."""
        self.read()
        if self.app.study.is_large:
            # Late enough to let the list be seen first.
            self.set_timer(0.5, self.look_for_damage)
        if self.app.coder is None:
            self.call_after_refresh(self.action_coder)

    # Commands.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While words are typed the letters are words; without a filter none can be cleared."""
        if action == "clear":
            return self.filter_line.display
        if action in _LETTERS:
            return not self.filter_line.has_focus
        return True

    async def action_open(self) -> None:
        """Open the transcript under the cursor."""
        if self.table.chosen_name:
            await self.open_transcript(self.table.chosen_name)

    async def action_go_on(self) -> None:
        """Open the transcript worked in last, where it was left."""
        from coder.ops.recents import recent_transcripts

        coder = self.app.coder
        if coder is None:
            self.ask_and_go_on()
            return
        names = {row.name for row in self.rows}
        newest = recent_transcripts(self.app.study, coder)
        first = self.last_of(next((name for name in newest if name in names), ""))
        if first in names:
            await self.open_transcript(first)
        else:
            key = self.app.shown_key("home.open")
            self.app.tell(f"nothing to go on with yet: {key} opens the transcript at the cursor")

    @work(exclusive=True, group="coder")
    async def ask_and_go_on(self) -> None:
        """Choose who codes, then go on."""
        if await self.app.choose_coder():
            self.read()
            await self.action_go_on()

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
            self.opened(name)
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

        alias, study = self.alias, self.app.study
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

    async def action_tallies(self) -> None:
        """Shares of people and excerpts, of the transcripts that the filter leaves."""
        await self.app.open_tallies(words=self.words)

    def action_progress(self) -> None:
        """How far one is in the transcripts that are listed, and how fast."""
        coder = self.app.coder
        if coder is None:
            key = self.app.shown_key("home.coder")
            self.app.tell(f"first choose who codes: {key}", is_warning=True)
        elif not self.app.study.codebook_ids:
            self.app.tell("no codebook yet: coder codebook use FILE", is_warning=True)
        else:
            self.show_progress(coder, [row.name for row in self.table.rows])

    def action_memos(self) -> None:
        """List this coder's memos, and open what one of them is on."""
        from coder.tui.screens.memo_list import list_own_memos

        coder = self.app.coder
        if coder is None:
            key = self.app.shown_key("home.coder")
            self.app.tell(f"first choose who codes: {key}", is_warning=True)
        else:
            list_own_memos(self.app, coder, self.open_memo)

    async def open_memo(self, memo: SeenMemo, is_kept: bool) -> None:
        """Open the excerpt of a memo, or the editor where it is on none."""
        from coder.tui.screens.memo_list import open_code_memo
        from coder.tui.screens.noting import NotingScreen

        coder = self.app.coder
        if memo.kind == "code" and coder is not None:
            await open_code_memo(self.app, coder, memo.code)
            return
        if not memo.transcript:
            self.app.tell("what it is on is gone; coder memos --unfinished has its words")
            return
        await self.open_transcript(memo.transcript, memo.ref)
        if isinstance(self.app.screen, NotingScreen):
            await self.app.screen.go_to_memo(memo, is_kept)

    def action_export(self) -> None:
        """All tables as spreadsheets."""
        from coder.tui.exporting import ask_and_export

        ask_and_export(self.app)

    def action_backup(self) -> None:
        """The study in one file."""
        from coder.tui.study_pages import ask_and_back_up

        ask_and_back_up(self.app)

    def action_log(self) -> None:
        """What was done in this study."""
        from coder.tui.study_pages import show_log

        show_log(self.app)

    def action_other_study(self) -> None:
        """Leave this study for another."""
        self.app.leave_for("")

    async def action_revisit(self) -> None:
        """The first excerpt to revisit, in its transcript."""
        from coder.ops import revisiting

        coder = self.app.coder
        if coder is None:
            key = self.app.shown_key("home.coder")
            self.app.tell(f"first choose who codes: {key}", is_warning=True)
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

    async def on_input_submitted(self, message: Input.Submitted) -> None:
        """Back to the list, filtered; a single hit is opened at once."""
        message.stop()
        self.set_focus(self.table)
        if len(self.table.rows) == 1:
            await self.action_open()


_LETTERS = frozenset(one.action.partition("(")[0] for one in HOME_COMMANDS) - {"clear"}
"""Commands whose keys are letters where words are typed."""
