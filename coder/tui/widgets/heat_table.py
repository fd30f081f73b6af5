"""A table of counts as a heat map: the number stands in each cell, the shade says how many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from coder.tui.comparison_grids import SHADES, Cell, Grid
from coder.tui.messages import CellPicked, CellPointed
from coder.tui.widgets.line_list import LineList
from coder.tui.widgets.wrapping import clipped, one_line, padded

HEAD_LINES = 2
NARROWEST, WIDEST = 7, 26
"""Columns of a cell, its gap included."""
ROOM_FOR_SHARE = 13
TALL = 3
"""Lines of a cell where there is room for them."""

NOTHING = Grid("", "", (), (), ())


class HeatTable(LineList, can_focus=True):
    """Rows by columns with their totals; the cursor stands on one cell.

    Heads stay where they are while the cells are scrolled, in both directions. Besides its
    colour, a cell has a character for its shade, and where coders agree its number is bold.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "heat-table--axis",
        "heat-table--head",
        "heat-table--pointed",
        "heat-table--total",
        "heat-table--cursor",
        *(f"heat-table--{kind}-{n}" for kind in ("same", "other") for n in range(5)),
    }

    def __init__(self) -> None:
        super().__init__()
        self.grid = NOTHING
        self.row = 0
        self.column = 0
        self._left = 0
        """The first column that is shown."""

    def show(self, grid: Grid, row: int, column: int) -> None:
        """Show a table, with the cursor on a cell that is kept in sight."""
        self.grid = grid
        self.row = min(max(row, 0), max(len(grid.rows) - 1, 0))
        self.column = min(max(column, 0), max(len(grid.columns) - 1, 0))
        self._go_to_cursor()
        self.refresh()

    @property
    def cell(self) -> Cell | None:
        """The cell at the cursor."""
        return self.grid.cells[self.row][self.column] if self.grid.cells else None

    # Where things stand.

    @property
    def _cell_height(self) -> int:
        lines = len(self.grid.rows) * TALL + HEAD_LINES + bool(self.grid.column_totals)
        return TALL if lines <= self.size.height else 1

    @property
    def line_count(self) -> int:
        """Lines of cells, and of the totals; the heads stand above them."""
        return len(self.grid.rows) * self._cell_height + bool(self.grid.column_totals)

    @property
    def _head_width(self) -> int:
        names = [cell_len(one_line(name)) for name in (*self.grid.rows, self.grid.down, "all")]
        return min(max(names) + 4, max(self.size.width // 3, 10))

    @property
    def _total_width(self) -> int:
        return max((len(text) for text in self.grid.row_totals), default=-2) + 2

    @property
    def _cell_width(self) -> int:
        """As wide as the longest name, if all columns fit; else as narrow as they get."""
        count = max(len(self.grid.columns), 1)
        longest = max((cell_len(one_line(name)) for name in self.grid.columns), default=0) + 2
        texts = [len(cell.text) for row in self.grid.cells for cell in row]
        least = max(NARROWEST, max(texts, default=0) + 4)
        room = (self.size.width - self._head_width - self._total_width) // count
        return max(least, min(max(longest, ROOM_FOR_SHARE), room, WIDEST))

    @property
    def _columns_shown(self) -> int:
        room = self.size.width - self._head_width - self._total_width
        return max(min(room // self._cell_width, len(self.grid.columns)), 1)

    @property
    def _places(self) -> range:
        """The columns in sight."""
        shown, count = self._columns_shown, len(self.grid.columns)
        left = min(self._left, max(count - shown, 0))
        return range(left, min(left + shown, count))

    def _go_to_cursor(self) -> None:
        if not self.size.width:
            return
        height, tall = self.size.height - HEAD_LINES, self._cell_height
        first, last = self.row * tall, self.row * tall + tall - 1
        if self.row == len(self.grid.rows) - 1:
            # The totals belong to the last row.
            last += bool(self.grid.column_totals)
        if first < self.top:
            self.top = first
        elif height > 0 and last >= self.top + height:
            self.top = last - height + 1
        self.top = min(self.top, max(self.line_count - max(height, 1), 0))
        shown = self._columns_shown
        self._left = min(max(self._left, self.column - shown + 1), self.column)
        self._left = min(self._left, max(len(self.grid.columns) - shown, 0))

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._go_to_cursor()
        self.refresh()

    def go_to(self, top: int) -> None:
        """Scroll, as far as there are lines below the heads."""
        room = max(self.size.height - HEAD_LINES, 1)
        self.top = min(max(top, 0), max(self.line_count - room, 0))
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click points at a cell, a second one opens it."""
        column = (event.x - self._head_width) // self._cell_width + self._places.start
        row = (event.y - HEAD_LINES + self.top) // self._cell_height
        is_cell = event.y >= HEAD_LINES and event.x >= self._head_width
        if is_cell and row < len(self.grid.rows) and column in self._places:
            if event.chain >= 2 and (row, column) == (self.row, self.column):
                self.post_message(CellPicked())
            else:
                self.post_message(CellPointed(row, column))

    # Painting.

    def render_line(self, y: int) -> Strip:
        """The two heads, then the cells and totals that are in sight."""
        width = self.size.width
        if not self.grid.cells:
            return Strip.blank(width, self.look())
        number = y - HEAD_LINES + self.top
        if y == 0:
            segments = self._axes()
        elif y == 1:
            segments = self._heads()
        elif number < self.line_count:
            segments = self.paint_line(number, width)
        else:
            segments = []
        strip = Strip(segments).adjust_cell_length(width, self.look())
        if y == self.size.height - 1 and number < self.line_count - 1:
            more = Strip([Segment("\u25be", self._look("axis"))], 1)
            return Strip.join([strip.crop(0, width - 1), more])
        return strip

    def _axes(self) -> list[Segment]:
        """Whose answers stand where, and how many columns are out of sight."""
        places, count = self._places, len(self.grid.columns)
        across = f"{one_line(self.grid.across)} \u2192"
        if len(places) < count:
            across += f"  {places.start + 1}\u2013{places.stop} of {count}"
        down = f" {one_line(self.grid.down)} \u2193"
        return [
            Segment(padded(down, self._head_width), self._look("axis")),
            Segment(across, self._look("axis")),
        ]

    def _heads(self) -> list[Segment]:
        out = [Segment(" " * self._head_width, self.look())]
        width = self._cell_width
        names = told_apart([one_line(name) for name in self.grid.columns], width - 1)
        for place in self._places:
            name = names[place]
            look = "pointed" if place == self.column else "head"
            out.append(Segment(" " * (width - 1 - cell_len(name)) + name + " ", self._look(look)))
        if self.grid.row_totals:
            out.append(Segment("all".rjust(self._total_width), self._look("total")))
        return out

    def paint_line(self, number: int, width: int) -> list[Segment]:
        """A line of cells, or the totals."""
        tall = self._cell_height
        row, part = divmod(number, tall)
        if row >= len(self.grid.rows):
            return self._totals()
        # Counts stand on the middle line of a tall cell.
        has_text = part == tall // 2
        is_here = row == self.row
        lead = "\u203a " if is_here and has_text else "  "
        name = one_line(self.grid.rows[row]) if has_text else ""
        look = self._look("pointed" if is_here else "head")
        out = [Segment(padded(f"{lead}{name}", self._head_width - 1) + " ", look)]
        for place in self._places:
            out += self._cell(row, place, has_text=has_text)
        if self.grid.row_totals and has_text:
            out.append(
                Segment(self.grid.row_totals[row].rjust(self._total_width), self._look("total"))
            )
        return out

    def _cell(self, row: int, column: int, *, has_text: bool) -> list[Segment]:
        cell, width = self.grid.cells[row][column], self._cell_width - 1
        kind = "same" if cell.is_same else "other"
        look = self._look(f"{kind}-{cell.shade}")
        is_here = (row, column) == (self.row, self.column)
        if is_here:
            look += self._look("cursor")
        shade = SHADES[cell.shade]
        if not has_text:
            return [Segment(shade + " " * (width - 1), look), Segment(" ", self.look())]
        text = cell.text
        if cell.share and width >= ROOM_FOR_SHARE - 1:
            text = f"{text} {f'({cell.share})':>6}"
        text = text.rjust(width - 3)
        open_, close = ("\u25b8", "\u25c2") if is_here else (" ", " ")
        return [Segment(f"{shade}{open_}{text}{close}", look), Segment(" ", self.look())]

    def _totals(self) -> list[Segment]:
        out = [Segment(padded("  all", self._head_width), self._look("total"))]
        width = self._cell_width
        for place in self._places:
            out.append(
                Segment(f"{self.grid.column_totals[place].rjust(width - 2)}  ", self._look("total"))
            )
        whole = self.grid.column_totals[-1]
        return [*out, Segment(whole.rjust(self._total_width), self._look("total"))]

    def _look(self, name: str) -> Style:
        return self.look(f"heat-table--{name}")


def told_apart(names: Sequence[str], width: int) -> list[str]:
    """Names cut to a width: at the end, or in front where two would look the same."""
    short = [clipped(name, width) for name in names]
    if len(set(short)) == len(set(names)):
        return short
    return [
        name if cell_len(name) <= width else "\u2026" + _tail(name, width - 1) for name in names
    ]


def _tail(name: str, width: int) -> str:
    while cell_len(name) > width:
        name = name[1:]
    return name
