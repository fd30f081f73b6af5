"""Excerpts with what was said, and what each coder made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events

from coder.tui.messages import ExcerptPointed
from coder.tui.widgets.line_list import LineList
from coder.tui.widgets.wrapping import clipped, one_line, padded, wrapped

QUOTED = 3
"""Rows of an excerpt's words that are shown; the one at the cursor has more."""
QUOTED_HERE = 8


@dataclass(frozen=True, slots=True)
class ExcerptItem:
    """One excerpt of the list."""

    ref: str
    about: str
    """Its question."""
    words: str
    said: tuple[tuple[str, str], ...]
    """Coder and answer."""
    settled: str = ""


class _Line(NamedTuple):
    place: int
    look: str
    lead: str
    text: str


class ExcerptList(LineList, can_focus=True):
    """A few lines for each excerpt; the cursor stands on one of them.

    Args:
        has_cursor: Without one it only shows.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "excerpt-list--ref",
        "excerpt-list--words",
        "excerpt-list--coder",
        "excerpt-list--answer",
        "excerpt-list--settled",
        "excerpt-list--cursor",
    }

    def __init__(self, *, has_cursor: bool = True) -> None:
        super().__init__()
        self.can_focus = self._has_cursor = has_cursor
        self.items: Sequence[ExcerptItem] = ()
        self.place = 0
        self._lines: list[_Line] = []

    def show(self, items: Sequence[ExcerptItem], place: int) -> None:
        """Show excerpts, with the cursor on one of them."""
        self.items = items
        self.point(place)

    def point(self, place: int) -> None:
        """Put the cursor on an excerpt."""
        self.place = min(max(place, 0), max(len(self.items) - 1, 0))
        self._lay_out()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self._lay_out()

    def _lay_out(self) -> None:
        if self.size.width <= 0:
            return
        self._lines = [line for n, one in enumerate(self.items) for line in self._rows(n, one)]
        here = [number for number, line in enumerate(self._lines) if line.place == self.place]
        height = self.size.height
        if here and here[-1] >= self.top + height:
            self.top = here[-1] - height + 1
        if here and here[0] < self.top:
            self.top = here[0]
        self.go_to(self.top)
        self.refresh()

    def _is_here(self, place: int) -> bool:
        return self._has_cursor and place == self.place

    def _rows(self, place: int, one: ExcerptItem) -> list[_Line]:
        """Reference and question, the words, a line for each coder, and a gap."""
        head = f"{one_line(one.ref)}  {one_line(one.about)}".rstrip()
        lead = "\u203a " if self._is_here(place) else "  "
        out = [_Line(place, "ref", lead, head)]
        width = self.size.width - 5
        words = one_line(" ".join(one.words.split())) or "(no words)"
        starts = wrapped(words, width)
        rows = [words[a:b].rstrip() for a, b in zip(starts, [*starts[1:], None], strict=True)]
        most = QUOTED_HERE if self._is_here(place) else QUOTED
        if len(rows) > most:
            rows = [*rows[: most - 1], clipped(f"{rows[most - 1]} {rows[most]}", width)]
        out += [_Line(place, "words", "    ", row) for row in rows]
        widest = max((len(coder) for coder, _ in one.said), default=0)
        for coder, answer in one.said:
            out.append(_Line(place, "coder", f"    {coder:<{widest}}  ", answer))
        if one.settled:
            out.append(_Line(place, "settled", "    \u2713 settled  ", one.settled))
        return [*out, _Line(-1, "words", "", "")]

    def on_click(self, event: events.Click) -> None:
        """A click points at an excerpt, a second one opens it."""
        number = self.top + event.y
        if number < len(self._lines) and self._lines[number].place >= 0:
            place = self._lines[number].place
            self.post_message(
                ExcerptPointed(place, is_opened=event.chain >= 2 and place == self.place)
            )

    @property
    def line_count(self) -> int:
        """All lines at this width."""
        return len(self._lines)

    @property
    def more_style(self) -> Style:
        """As a reference."""
        return self._look("ref")

    def paint_line(self, number: int, width: int) -> list[Segment]:
        """One line; those of the excerpt at the cursor have a ground of their own."""
        line = self._lines[number]
        is_here = self._is_here(line.place)
        ground = Style(bgcolor=self._look("cursor").bgcolor) if is_here else Style()
        lead_look = line.look if line.look == "coder" else "ref"
        look = "answer" if line.look == "coder" else line.look
        lead = one_line(line.lead)
        text = padded(one_line(line.text), max(width - len(lead), 0))
        return [
            Segment(lead, self._look(lead_look) + ground),
            Segment(text, self._look(look) + ground),
        ]

    def _look(self, name: str) -> Style:
        return self.look(f"excerpt-list--{name}")
