"""Tallies at a glance: shares with bars and intervals, and the excerpts behind each number."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import getters
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static

from coder.ops.tallying import NOTE_WORDS
from coder.tui.commands import bindings
from coder.tui.marks import short_title
from coder.tui.messages import FigurePointed
from coder.tui.screens.counting import CountingScreen
from coder.tui.screens.figure_commands import SET_KEYS
from coder.tui.screens.tally_commands import TALLY_COMMANDS
from coder.tui.tally_lines import Line, group_heads, lines_of, notes_of, title_of
from coder.tui.widgets.definition_pane import DefinitionPane, Piece
from coder.tui.widgets.interval_bars import IntervalBars
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.ops.tally_excerpts import Counting, TallyCell


class TalliesScreen(CountingScreen):
    """One code set, counted: a line for each number, with the words that belong to them.

    The cursor stays on the same number when something is counted anew, and on the same result
    when it is counted in another way.

    Args:
        code_set: Id of the set to begin with; empty for the first.
        words: Of the filter; only transcripts that have them are counted.
    """

    CSS_PATH = ["../panels.tcss", "tallies.tcss"]  # noqa: RUF012 - Textual says list
    AUTO_FOCUS = "IntervalBars"
    DECLARED = TALLY_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(TALLY_COMMANDS), *SET_KEYS]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - Textual says list

    about = getters.query_one("#about", Static)
    empty = getters.query_one("#empty", Static)
    rule = getters.query_one("#rule", Static)
    bars = getters.query_one(IntervalBars)
    pane = getters.query_one(DefinitionPane)
    filter_line = getters.query_one(Input)

    def __init__(self, code_set: str = "", words: str = "") -> None:
        super().__init__(code_set, words)
        self.lines: list[Line] = []
        self._cells: dict[Counting, TallyCell | None] = {}
        """The number at the cursor, of each tally that was looked at."""
        self._shown: Counting | None = None

    def compose(self) -> ComposeResult:
        """What is counted, the sets, the numbers, what to know, the rule, the keys."""
        yield Static(id="about", markup=False)
        yield Static(id="sets", markup=False)
        yield IntervalBars()
        yield Static(id="empty", markup=False)
        yield DefinitionPane()
        yield Static(NOTE_WORDS, id="rule", markup=False)
        words = Input(placeholder="words anywhere, or role:coach year:2023 \u2026", compact=True)
        words.display = words.select_on_focus = False
        yield words
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask for the first tally."""
        self.filter_line.value = self.words
        self.show()

    def on_resize(self) -> None:
        """The lines above depend on the width."""
        self.call_after_refresh(self._show_about)

    def on_screen_resume(self) -> None:
        """Back from an excerpt, where something may have been coded."""
        if self.is_mounted and self.said is not None:
            self.study_changed()

    # What is shown.

    def show(self) -> None:
        """Show what is known of what was chosen, and ask for what is not."""
        self.ask()
        said = self.said
        if said is not None and said.tally is not None:
            self._show_lines(lines_of(said.tally))
        elif said is not None or not self.sets or self._shown is None:
            self.lines, self._shown = [], None
            self.bars.show([], 0)
        for part in (self.bars, self.pane):
            part.reveal(bool(self.lines))
        self.empty.display = not self.lines
        if not self.lines:
            self.empty.update(self._advice())
        self._show_notes()
        self._show_about()

    def _show_lines(self, lines: list[Line]) -> None:
        """The numbers, with the cursor on the one it was on, or on the first that is alike."""
        known, here = self._cells.get(self.what), self.cell
        self.lines, self._shown = lines, self.what
        cells = [line.cell for line in lines]
        alike = (
            place
            for place, one in enumerate(cells)
            if one and here and (one.kind, one.key) == (here.kind, here.key)
        )
        place = cells.index(known) if known is not None and known in cells else next(alike, 1)
        self.bars.show([line.figure for line in lines], place)
        self._remember()

    @property
    def line(self) -> Line | None:
        """The line at the cursor."""
        return self.lines[self.bars.place] if self.bars.place < len(self.lines) else None

    @property
    def cell(self) -> TallyCell | None:
        """The number at the cursor."""
        return self.line.cell if self.line is not None else None

    def _remember(self) -> None:
        if self._shown is not None:
            self._cells[self._shown] = self.cell

    def _advice(self) -> Content:
        said = self.said
        if said is None:
            return Content("counting \u2026")
        words = [one_line(said.error.message), one_line(said.error.hint)] if said.error else []
        words = words or ["nothing to count yet"]
        ids = ("tallies.counted", "tallies.next_set", "tallies.grouped")
        counted, other, group = map(self.app.shown_key, ids)
        words.append(f"{counted} counts something else, {other} another set, {group} groups anew")
        return Content("\n\n").join([Content(words[0]).stylize("bold"), *map(Content, words[1:])])

    def _show_notes(self) -> None:
        """The number at the cursor in words, what an open round hides, then the notes."""
        said, line = self.said, self.line
        paragraphs: list[tuple[Piece, ...]] = []
        if line is not None and line.figure.about:
            paragraphs.append((Piece(one_line(line.figure.about), "name"),))
        if said is not None and said.hidden_by:
            paragraphs.append((Piece("Blind  ", "title"), Piece(_blind(said.hidden_by), "words")))
        if said is not None and said.tally is not None:
            for note in notes_of(said.tally):
                paragraphs.append((Piece(one_line(note), "about"),))
        self.pane.show_paragraphs(tuple(paragraphs))

    def _show_about(self) -> None:
        """What is counted, of which transcripts, and whether it is being counted again."""
        if not self.is_mounted:
            return
        said, found = self.said, self.code_set
        left: list[tuple[str, str]] = [(" Tallies", "bold")]
        if found is not None:
            left.append((f"  {short_title(found)}", "bold $accent"))
        if said is not None and said.tally is not None:
            left.append((f"  {title_of(said.tally)}", "bold"))
        if self.words.strip():
            left.append((f"  only {one_line(self.words)}", "bold $accent"))
        if said is not None and said.hidden_by:
            left.append(("  blind", "bold $warning"))
        right = "counting \u2026 " if self.is_counting else ""
        used = sum(cell_len(words) for words, _ in left)
        gap = " " * max(self.size.width - used - cell_len(right), 1)
        self.about.update(Content.assemble(*left, (f"{gap}{right}", "")), layout=False)
        self.show_sets()

    # Moving.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While words are typed the letters are words."""
        if action == "leave" or not self.is_mounted:
            return True
        if action in _LETTERS:
            return not self.filter_line.has_focus
        return True

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self.bars.point(self.bars.place + step)
        self._remember()
        self._show_notes()

    def action_block(self, step: int) -> None:
        """To the first number of the group after this, or before."""
        heads, here = group_heads(self.lines), self.bars.place
        before = [place for place in heads if place < here]
        wanted = [n for n in heads if n > here] if step > 0 else before[:-1][::-1]
        if wanted:
            self.action_move(wanted[0] + 1 - here)

    async def on_figure_pointed(self, message: FigurePointed) -> None:
        """A number was clicked; a second click opens it."""
        message.stop()
        if message.place == self.bars.place:
            await self.action_open()
        else:
            self.action_move(message.place - self.bars.place)

    async def action_open(self) -> None:
        """The excerpts behind the number."""
        from coder.tui.screens.counted import CountedScreen

        line, said = self.line, self.said
        if line is None or line.cell is None or said is None or said.tally is None:
            self.app.tell("no number to look behind")
            return
        await self.app.push_screen(CountedScreen(self.what, line.cell, line.words))

    def action_notes(self) -> None:
        """All notes on one page."""
        from coder.ops.wrapping import hanging
        from coder.tui.screens.forms import PageDialog

        said = self.said
        if said is None or said.tally is None:
            return
        notes = [*notes_of(said.tally), NOTE_WORDS]
        if said.hidden_by:
            notes.insert(0, _blind(said.hidden_by))

        def page(width: int) -> str:
            return "\n\n".join("\n".join(hanging("", note, width)) for note in notes)

        self.app.push_screen(PageDialog("Notes", page))

    # The filter.

    def action_filter(self) -> None:
        """Type words to look for."""
        self.filter_line.display = True
        self.set_focus(self.filter_line)
        self.filter_line.action_end()
        self.refresh_bindings()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Count as the words are typed."""
        message.stop()
        if self.filter_line.display and message.value != self.words:
            self.words = message.value
            self.show()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Back to the numbers."""
        message.stop()
        self.set_focus(self.bars)
        self.filter_line.display = bool(self.words.strip())
        self.refresh_bindings()

    def action_leave(self) -> None:
        """Out of the filter, which goes; then back to where one came from."""
        if self.filter_line.has_focus:
            self.filter_line.value = self.words = ""
            self.set_focus(self.bars)
            self.filter_line.display = False
            self.show()
            self.refresh_bindings()
        else:
            self.dismiss()


_LETTERS = frozenset(
    one.action.partition("(")[0] for one in TALLY_COMMANDS if one.action != "leave"
)
"""Commands whose keys are letters where words are typed."""


def _blind(round_name: str) -> str:
    return (
        f"The round {one_line(round_name)} is open: what others said of its excerpts is not"
        " counted here."
    )
