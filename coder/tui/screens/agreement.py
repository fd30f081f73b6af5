"""The agreement screen: figures with intervals, who said what where, the excerpts behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import getters
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from coder.ops.agreement_excerpts import Behind, Comparison
from coder.ops.agreement_report import Level
from coder.tui.commands import bindings
from coder.tui.comparison import (
    Figure,
    codes_level,
    companies_of,
    company_words,
    figures_of,
    level_words,
    levels_of,
    units_of,
)
from coder.tui.comparison_grids import Grid, grid_of, start_of
from coder.tui.comparison_notes import advice_on, cautions_on, notes_page, why_no_table
from coder.tui.marks import short_title
from coder.tui.messages import CellPicked, CellPointed, ExcerptPointed, FigurePointed
from coder.tui.screens.agreement_commands import AGREEMENT_COMMANDS
from coder.tui.screens.compared import ComparedScreen, items_of
from coder.tui.screens.comparing import ComparingScreen
from coder.tui.screens.figure_commands import SET_KEYS
from coder.tui.widgets.definition_pane import DefinitionPane, Piece
from coder.tui.widgets.excerpt_list import ExcerptList
from coder.tui.widgets.heat_table import HeatTable
from coder.tui.widgets.interval_bars import IntervalBars
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.ops.rounds import Round

WIDE_FROM = 126
"""From this many columns the figures stand beside the table, else below it."""
TALL_FROM = 44
"""From this many lines there is room for some of the excerpts behind the cell."""


class AgreementScreen(ComparingScreen):
    """The table of one comparison beside its figures, and what there is to know about them.

    The cursor stays on the same categories when something is counted anew.

    Args:
        code_set: Id of the set to begin with; empty for the first.
        in_round: The round to begin with; None for ordinary coding.
    """

    CSS_PATH = ["../panels.tcss", "agreement.tcss"]  # noqa: RUF012 - Textual says list
    AUTO_FOCUS = "HeatTable"
    DECLARED = AGREEMENT_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(AGREEMENT_COMMANDS), *SET_KEYS]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE_FROM, "-wide")]  # noqa: RUF012 - theirs
    VERTICAL_BREAKPOINTS = [(0, "-low"), (TALL_FROM, "-tall")]  # noqa: RUF012 - theirs

    about = getters.query_one("#about", Static)
    empty = getters.query_one("#empty", Static)
    desk = getters.query_one("#figures", Container)
    table = getters.query_one(HeatTable)
    bars = getters.query_one(IntervalBars)
    some = getters.query_one(ExcerptList)
    pane = getters.query_one(DefinitionPane)

    def __init__(self, code_set: str = "", in_round: Round | None = None) -> None:
        super().__init__(code_set, in_round)
        self._cells: dict[object, tuple[str, str]] = {}
        """Names of row and column at the cursor, of each table that was looked at."""
        self._label = ""
        """Of the figure at the cursor."""
        self._offered: tuple[bool, ...] = ()

    def compose(self) -> ComposeResult:
        """A line about what is compared, one of the sets, table, figures, what to know, keys."""
        yield Static(id="about", markup=False)
        yield Static(id="sets", markup=False)
        with Container(id="figures"):
            yield HeatTable()
            yield IntervalBars()
        yield ExcerptList(has_cursor=False)
        yield Static(id="empty", markup=False)
        yield DefinitionPane()
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask for the first report."""
        self.show()

    def on_resize(self) -> None:
        """The line above depends on the width, and whether excerpts are shown on the height."""
        self.call_after_refresh(self._show_about)
        self.call_after_refresh(self._look_behind)

    def on_screen_resume(self) -> None:
        """Back from an excerpt, where something may have been coded."""
        if self.is_mounted and self.has_counted:
            self.study_changed()

    # What is shown.

    def show(self) -> None:
        """Show what is known of what was chosen, and ask for what is not."""
        self.ask()
        self._show_figures()
        self._show_about()
        offered = tuple(self._is_offered(name) for name in _DEPEND)
        if offered != self._offered:
            self._offered = offered
            self.refresh_bindings()

    def _show_figures(self) -> None:
        report, said = self.report, self.said
        figures: Sequence[Figure] = ()
        grid: Grid | None = None
        if report is not None and self.coders:
            figures = figures_of(report, self.level, self.coders, self.statistic)
            grid = grid_of(report, self.level, self.coders)
        is_empty = not any(not one.is_head for one in figures)
        self.desk.display = not is_empty
        for part in (self.table, self.bars, self.pane):
            part.reveal(not is_empty)
        self.empty.display = is_empty
        if is_empty:
            self.some.reveal(False)
            self.empty.update(advice_on(said, self.app.shown_key, has_sets=bool(self.sets)))
            return
        self._show_grid(grid)
        labels = [one.label for one in figures]
        self.bars.show(figures, labels.index(self._label) if self._label in labels else 1)
        self._show_notes()

    def _show_grid(self, grid: Grid | None) -> None:
        grid = grid or Grid("", "", (), (), ())
        row, column = self._cells.get(self.place, ("", ""))
        if row in grid.rows and column in grid.columns:
            place = grid.rows.index(row), grid.columns.index(column)
        else:
            place = start_of(grid)
        self.table.show(grid, *place)
        self.table.reveal(bool(grid.cells))
        self._remember()

    def _remember(self) -> None:
        grid = self.table.grid
        if grid.cells:
            self._cells[self.place] = (grid.rows[self.table.row], grid.columns[self.table.column])

    def _show_notes(self) -> None:
        """The cell and the figure at the cursors in words, then the cautions."""
        cell, figure, report = self.table.cell, self.bars.figure, self.report
        paragraphs: list[tuple[Piece, ...]] = []
        if cell is not None and cell.about:
            paragraphs.append((Piece("Cell  ", "title"), Piece(one_line(cell.about), "name")))
        elif cell is None:
            paragraphs.append((Piece(why_no_table(self.level, self.app.shown_key), "about"),))
        if figure is not None and figure.about:
            paragraphs.append((Piece("Figure  ", "title"), Piece(one_line(figure.about), "words")))
        if report is not None:
            found = cautions_on(report, self.level, self.coders)
            for words in found:
                paragraphs.append((Piece("Caution  ", "title"), Piece(one_line(words), "about")))
        self.pane.show_paragraphs(tuple(paragraphs))
        self._look_behind()

    def _look_behind(self) -> None:
        """Some of the excerpts behind the cell, on a high screen; a large study takes too long."""
        cell = self.table.cell if self.desk.display else None
        is_shown = cell is not None and cell.pair is not None and cell.text != "0"
        is_shown = is_shown and self.has_class("-tall") and not self.app.study.is_large
        self.some.reveal(is_shown)
        if is_shown and cell is not None and cell.pair is not None:
            self.look_behind(self._comparison(cell.level, cell.code), cell.pair)

    def show_behind(self, cell: tuple[str, str], found: Behind) -> None:
        """Show them, if the cursor is still there."""
        code_set = next((one for one in self.sets if one.id == self.set_id), None)
        here = self.table.cell
        if here is not None and here.pair == cell and code_set is not None:
            self.some.show(items_of(code_set, found.rows), 0)

    async def on_excerpt_pointed(self, message: ExcerptPointed) -> None:
        """One of the excerpts below was clicked."""
        message.stop()
        await self.action_open()

    def _comparison(self, level: Level, code: str = "") -> Comparison:
        first, second = self.coders
        return Comparison(self.what[0], level, (first, second), code, self.what[1])

    def _show_about(self) -> None:
        """What is compared, on how much, and whether it is being counted again."""
        if not self.is_mounted:
            return
        report = self.report
        found = next((one for one in self.sets if one.id == self.set_id), None)
        left: list[tuple[str, str]] = [(" Agreement", "bold")]
        right = ""
        if found is not None:
            left.append((f"  {short_title(found)}", "bold $accent"))
        if report is not None and self.coders:
            left.append((f"  {level_words(self.level)}", "bold"))
            left.append((f"  {one_line(company_words(self.coders))}", "bold"))
            units = units_of(report, self.level, self.coders)
            if units is not None:
                right = f"{_many(units[0], 'unit')}, {_many(units[1], report.noun)} "
        if self.in_round is not None:
            left.append((f"  round {one_line(self.in_round.name)}", "bold $accent"))
        if self.is_counting:
            right = "counting \u2026 " if not right else f"{right}\u2026 "
        used = sum(cell_len(words) for words, _ in left)
        gap = " " * max(self.size.width - used - cell_len(right), 1)
        self.about.update(Content.assemble(*left, (f"{gap}{right}", "")), layout=False)
        self.show_sets()

    # What works now.

    def _is_offered(self, action: str) -> bool:
        report, is_shown = self.report, self.table.is_mounted and self.desk.display
        if action == "next_set":
            return len(self.sets) > 1
        if action == "next_level":
            return report is not None and len(levels_of(report)) > 1
        if action == "next_coders":
            return report is not None and len(companies_of(report)) > 1
        if action == "disagreements":
            return is_shown and len(self.coders) == 2
        if action == "next_statistic":
            return is_shown and any(one.code for one in self.bars.figures)
        if action == "notes":
            return report is not None
        return is_shown

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be opened where nothing is compared."""
        return self._is_offered(action) if action in _DEPEND and self.is_mounted else True

    # Moving.

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cell cursor; in the figures, up and down go from one to the next."""
        if self.bars.has_focus and rows:
            self.action_figure(rows)
        else:
            self._point(self.table.row + rows, self.table.column + columns)

    def _point(self, row: int, column: int) -> None:
        self.table.show(self.table.grid, row, column)
        self._remember()
        self._show_notes()

    def on_cell_pointed(self, message: CellPointed) -> None:
        """A cell was clicked."""
        message.stop()
        self._point(message.row, message.column)

    def on_figure_pointed(self, message: FigurePointed) -> None:
        """A figure was clicked."""
        message.stop()
        self.action_figure(message.place - self.bars.place)

    def action_figure(self, step: int) -> None:
        """Move the cursor of the figures."""
        self.bars.point(self.bars.place + step)
        figure = self.bars.figure
        self._label = figure.label if figure else ""
        self._show_notes()

    def action_panel(self) -> None:
        """Between the table and the figures."""
        self.set_focus(self.table if self.bars.has_focus else self.bars)

    def action_leave(self) -> None:
        """Out of the figures, then back to where one came from."""
        if self.bars.has_focus:
            self.set_focus(self.table)
        else:
            self.dismiss()

    # What is behind.

    async def on_cell_picked(self, message: CellPicked) -> None:
        """A cell was clicked twice."""
        message.stop()
        await self.action_open()

    async def action_open(self) -> None:
        """The excerpts behind the cell; of coders, the pair; of a figure, where the two differ."""
        cell, figure = self.table.cell, self.bars.figure
        beside = codes_level(self.level)
        if self.bars.has_focus:
            if figure is not None and figure.code and beside and len(self.coders) == 2:
                await self._list(beside, figure.code, (), f"differ on {figure.code}")
            else:
                await self.action_disagreements()
        elif cell is None:
            await self.action_disagreements()
        elif cell.coders:
            self.coders = cell.coders
            self.show()
        elif cell.pair is None or cell.text == "0":
            self.app.tell("no excerpt is in this cell")
        else:
            await self._list(cell.level, cell.code, (cell.pair,), cell.about)

    async def action_disagreements(self) -> None:
        """Everything on which the two differ at this level."""
        if len(self.coders) == 2:
            await self._list(self.level, "", (), f"differ in {level_words(self.level)}")
        else:
            other, cell = map(self.app.shown_key, ("agreement.next_coders", "agreement.open"))
            self.app.tell(f"choose two coders first: {other}, or {cell} on their cell")

    async def _list(
        self, level: Level, code: str, cells: Sequence[tuple[str, str]], words: str
    ) -> None:
        comparison = self._comparison(level, code)
        first, second = comparison.coders
        title = words if cells else f"{first} and {second} {words}"
        await self.app.push_screen(ComparedScreen(comparison, cells, title, self.in_round))

    def action_explain(self) -> None:
        """What the statistic at the cursor is; code by code, the one that is chosen."""
        from coder.ops.explaining import EXPLANATIONS, explanation, page
        from coder.tui.screens.forms import PageDialog

        figure = self.bars.figure
        label = figure.label if figure is not None else ""
        name = label if label.replace(" ", "_") in EXPLANATIONS else self.statistic
        found = self.app.attempt(lambda: explanation(name))
        if found is not None:
            self.app.push_screen(PageDialog(f"What is {name}?", lambda width: page(found, width)))

    def action_notes(self) -> None:
        """All cautions, what the figures mean, who has finished how much."""
        from coder.tui.screens.forms import PageDialog

        report = self.report
        if report is not None:
            title = "Cautions and notes"
            self.app.push_screen(PageDialog(title, lambda width: notes_page(report, width)))


_DEPEND = (
    "open",
    "disagreements",
    "move",
    "figure",
    "panel",
    "notes",
    "next_set",
    "next_level",
    "next_coders",
    "next_statistic",
)
"""Commands that do not always work."""


def _many(number: int, noun: str) -> str:
    several = "people" if noun == "person" else f"{noun}s"
    return f"{number:,} {noun if number == 1 else several}"
