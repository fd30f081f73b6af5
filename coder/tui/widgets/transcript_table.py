"""The list of transcripts: who, how long, how far each coder is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from coder.ops.corpus import TranscriptSummary
from coder.tui.messages import TranscriptPicked, TranscriptPointed
from coder.tui.widgets.kept_lines import KeptLines
from coder.tui.widgets.wrapping import clipped, one_line, padded

if TYPE_CHECKING:
    from coder.ops.overview import Desk

NONE_YET: Mapping[str, Desk] = MappingProxyType({})
"""Before anything is counted."""
BAR = 8
LEFT_SIGN = "\u2022"
"""Before the transcript worked in last."""

Text = Callable[[TranscriptSummary], str]


class Column(NamedTuple):
    """A column of the table."""

    title: str
    text: Text
    style: str
    is_number: bool
    longest: int
    need: int
    """Columns with a higher number are left out first where the screen is narrow."""
    least: int = 0
    """Columns it can do with where others would be left out; 0 where it gives none away."""


def columns_for(
    alias: str,
    others: Sequence[str],
    desks: Mapping[str, Desk] = NONE_YET,
    sets: Sequence[tuple[str, str]] = (),
) -> list[Column]:
    """What the table shows to a coder; the progress of others as counts only.

    Args:
        alias: Whose table it is; empty where nobody is chosen yet.
        others: Aliases of all coders.
        desks: What this coder has in each transcript, by name, once it is counted.
        sets: Id and title of each code set that is asked; columns for a wide screen.
    """

    def mine(row: TranscriptSummary) -> str:
        progress = row.progress.get(alias)
        if progress is None:
            return ""
        return f"{progress.finished} of {progress.total}"

    def bar(row: TranscriptSummary) -> str:
        progress = row.progress.get(alias)
        if progress is None or not progress.total:
            return ""
        full = progress.finished * BAR // progress.total
        return "\u2501" * full + "\u2500" * (BAR - full)

    def of(other: str) -> Text:
        return lambda row: str(row.progress[other].finished) if other in row.progress else ""

    def counted(number: Callable[[Desk], int]) -> Text:
        return lambda row: str(number(desks[row.name]) or "") if row.name in desks else ""

    def in_set(set_id: str) -> Text:
        def text(row: TranscriptSummary) -> str:
            found = desks[row.name].sets if row.name in desks else None
            one = (found or {}).get(set_id)
            return f"{one.finished} of {one.total}" if one else ""

        return text

    found = [
        Column("transcript", lambda row: row.name, "name", False, 24, 0),
        Column("people", lambda row: ", ".join(row.people), "plain", False, 30, 1, 16),
        Column("role", lambda row: ", ".join(dict.fromkeys(row.roles)), "plain", False, 18, 3),
        Column(
            "district", lambda row: ", ".join(dict.fromkeys(row.districts)), "quiet", False, 16, 8
        ),
        Column("year", lambda row: row.year, "quiet", False, 9, 4),
        Column("wave", lambda row: row.wave, "quiet", False, 8, 4),
        Column("words", lambda row: f"{row.words:,}", "quiet", True, 8, 5),
        Column("min", counted(lambda desk: desk.minutes), "quiet", True, 4, 9),
        Column("excerpts", lambda row: str(row.excerpts), "quiet", True, 8, 7 if alias else 2),
    ]
    if alias:
        found.append(Column(alias, mine, "plain", True, 12, 1))
        found.append(Column("", bar, "bar", False, BAR, 6))
    found += [Column(other, of(other), "quiet", True, 6, 2) for other in others if other != alias]
    found += [
        Column("here", counted(lambda desk: desk.left_at), "quiet", True, 5, 10),
        Column("flags", counted(lambda desk: desk.flags), "plain", True, 5, 11),
        Column("memos", counted(lambda desk: desk.memos), "plain", True, 5, 12),
        Column("revisit", counted(lambda desk: desk.to_revisit), "plain", True, 7, 10),
    ]
    return found + [
        Column(title, in_set(set_id), "quiet", True, 14, 13 + place)
        for place, (set_id, title) in enumerate(sets)
    ]


NEEDED = 3
"""Columns of this need or less are worth that others get narrower."""


def _longest(column: Column, rows: Sequence[TranscriptSummary]) -> int:
    """Cells of the longest text in a column."""
    # Each text once: of a thousand transcripts most share year, role, district.
    texts = set(map(column.text, rows))
    return max((cell_len(one_line(text)) for text in texts), default=0)


def _fitting(wanted: Sequence[int], widths: Sequence[int], room: int) -> list[int]:
    """Of some columns, the most needed first, those that have room beside each other."""
    kept = []
    for place in wanted:
        if widths[place] + 2 <= room:
            kept.append(place)
            room -= widths[place] + 2
    return sorted(kept)


class TranscriptTable(KeptLines, ScrollView, can_focus=True, inherit_bindings=False):
    """A list with a head that stays; one line is chosen, Enter opens it."""

    DEFAULT_CSS = """
    TranscriptTable {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
    }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "transcript-table--head",
        "transcript-table--cursor",
        "transcript-table--name",
        "transcript-table--plain",
        "transcript-table--done",
        "transcript-table--bar",
        "transcript-table--quiet",
    }

    # With priority, to be done in one order with the screen's own keys.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys, action, title, show=False, priority=True, id=f"table.{name}")
        for keys, action, title, name in (
            ("down,j", "move(1)", "Next transcript", "next"),
            ("up,k", "move(-1)", "Previous transcript", "previous"),
            ("pagedown", "page(1)", "A screen down", "page_down"),
            ("pageup", "page(-1)", "A screen up", "page_up"),
            ("home", "move(-1000000)", "First transcript", "first"),
            ("end", "move(1000000)", "Last transcript", "last"),
        )
    ]

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[TranscriptSummary] = ()
        self.chosen = 0
        self._columns: list[Column] = []
        self._widths: list[int] = []
        self._sorted_by = ""
        self._last = ""
        self._everything: Sequence[TranscriptSummary] = ()
        self._longest: list[int] = []
        self._columns_shown: list[int] = []
        self._room = 0
        """The width that the columns share."""
        self._painted: dict[tuple[int, bool, int], Strip] = {}
        """Lines by number, whether they are chosen, and width."""

    def show(
        self,
        rows: Sequence[TranscriptSummary],
        columns: list[Column],
        sorted_by: str,
        chosen: str = "",
        last: str = "",
        everything: Sequence[TranscriptSummary] | None = None,
    ) -> None:
        """Show these rows; the chosen name stays chosen where it is still there.

        Args:
            rows: In order.
            columns: What is shown of each.
            sorted_by: Title of the column they are sorted by.
            chosen: Name of the one under the cursor.
            last: Name of the one worked in last, which has a mark.
            everything: What a filter chose the rows from: the columns are as wide as for all of
                it, so that they stay where they are while one types, and are measured once.
        """
        everything = rows if everything is None else everything
        if everything is not self._everything or columns is not self._columns:
            self._everything, self._columns = everything, columns
            self._longest = [_longest(column, everything) for column in columns]
        self.rows = rows
        self._last = last
        self._sorted_by = sorted_by
        self._painted.clear()
        names = [row.name for row in rows]
        self.chosen = names.index(chosen) if chosen in names else 0
        self._measure()
        self._scroll_to_chosen()

    @property
    def chosen_name(self) -> str:
        """The name under the cursor; empty in an empty table."""
        return self.rows[self.chosen].name if self.rows else ""

    def on_resize(self) -> None:
        """Share out the columns again."""
        self._measure()
        self._scroll_to_chosen()

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        before, last = self.chosen, max(len(self.rows) - 1, 0)
        self.chosen = min(max(self.chosen + step, 0), last)
        self._scroll_to_chosen()
        self.post_message(TranscriptPointed())
        for row in (before, self.chosen):
            line = row + 1 - int(self.scroll_offset.y)
            self.refresh(Region(0, line, self.size.width, 1))

    def action_page(self, pages: int) -> None:
        """Move the cursor by screens."""
        self.action_move(pages * max(self.size.height - 2, 1))

    def on_click(self, event: events.Click) -> None:
        """A click chooses, a second one opens."""
        row = int(self.scroll_offset.y) + event.y - 1
        if event.y > 0 and 0 <= row < len(self.rows):
            if event.chain >= 2 and row == self.chosen:
                self.post_message(TranscriptPicked(self.chosen_name))
            else:
                self.action_move(row - self.chosen)

    def _scroll_to_chosen(self) -> None:
        top, height = int(self.scroll_offset.y), self.size.height - 1
        if self.chosen < top:
            self.scroll_to(y=self.chosen, animate=False, force=True)
        elif height > 0 and self.chosen >= top + height:
            self.scroll_to(y=self.chosen - height + 1, animate=False, force=True)

    def _measure(self) -> None:
        room = self.scrollable_content_region.width
        if room > 0:
            self._share_out(room)
            self.virtual_size = Size(room, len(self.rows) + 1)
            self.refresh()

    def _share_out(self, room: int) -> None:
        """Widths from what is shown; the columns that are needed least go first."""
        self._room = room
        widths = [
            max(min(max(cell_len(c.title) + 2, found), c.longest), 1)
            for c, found in zip(self._columns, self._longest, strict=True)
        ]
        # What nobody has takes no room: no flags, no memos, no times.
        wanted = [n for n, found in enumerate(self._longest) if found or self._columns[n].need < 9]
        wanted.sort(key=lambda n: (self._columns[n].need, n))
        kept = _fitting(wanted, widths, room - 1)
        if any(self._columns[n].need <= NEEDED for n in wanted if n not in kept):
            narrow = [
                min(width, column.least) if column.least else width
                for width, column in zip(widths, self._columns, strict=True)
            ]
            kept = _fitting(wanted, narrow, room - 1)
            spare = room - 1 - sum(narrow[n] + 2 for n in kept)
            widths = [min(width, one + spare) for width, one in zip(widths, narrow, strict=True)]
        self._columns_shown = kept
        self._widths = widths
        self._painted.clear()

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self._painted.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the table."""
        room = self.scrollable_content_region.width
        if self._columns and not self._room and room > 0:
            # Told of its size only after the first frame, which should show it.
            self._share_out(room)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """The head on the first line whatever the scroll position, then the rows."""
        number = int(self.scroll_offset.y) + y - 1 if y > 0 else -1
        key = number, number == self.chosen, self.size.width
        strip = self._painted.get(key)
        if strip is None:
            strip = self._painted[key] = self._paint(*key)
        return strip

    def _paint(self, number: int, is_chosen: bool, width: int) -> Strip:
        """The head, which is number -1, or a row."""
        if not self._widths or number >= len(self.rows):
            return Strip.blank(width, self.look())
        row = self.rows[number] if number >= 0 else None
        is_last = row is not None and row.name == self._last
        mark = "\u203a" if is_chosen else LEFT_SIGN if is_last else " "
        segments = [self._segment(mark, "bar", is_chosen)]
        for place in self._columns_shown:
            column = self._columns[place]
            cell = self._head(column) if row is None else one_line(column.text(row))
            text = clipped(cell, self._widths[place])
            text = padded(
                text.rjust(self._widths[place]) if column.is_number else text, self._widths[place]
            )
            style = "head" if row is None else self._style_of(column, cell)
            segments.append(self._segment(text + "  ", style, is_chosen))
        return Strip(segments).adjust_cell_length(width, self._look("", is_chosen))

    def _head(self, column: Column) -> str:
        return f"{column.title} \u25be" if column.title == self._sorted_by else column.title

    def _style_of(self, column: Column, cell: str) -> str:
        if column.style == "bar" and "\u2500" not in cell:
            return "done"
        return column.style

    def _segment(self, text: str, name: str, is_chosen: bool) -> Segment:
        return Segment(text, self._look(name, is_chosen))

    def _look(self, name: str, is_chosen: bool) -> Style:
        style = self.look(f"transcript-table--{name}" if name else "")
        if not is_chosen:
            return style
        cursor = self.look("transcript-table--cursor")
        return style + Style(bgcolor=cursor.bgcolor, bold=True)
