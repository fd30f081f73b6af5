"""The codes of a set to choose from, with who put them; or that nothing applies."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events

from coder.model import Code, CodeSet
from coder.tui.marks import VALENCE_SIGNS
from coder.tui.widgets.line_list import LineList
from coder.tui.widgets.wrapping import one_line, padded

NOTHING = ""
"""Stands among the ids for: nothing applies."""


class CodeChoices(LineList, can_focus=True):
    """A line per code on offer, the last one for nothing; a code's own key chooses it too.

    Args:
        code_set: The set.
        put_by: Who put each code, by its id; ``NOTHING`` for who put none.
        chosen: Ids that are chosen at first.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "code-choices--key",
        "code-choices--name",
        "code-choices--chosen",
        "code-choices--who",
        "code-choices--cursor",
    }

    def __init__(
        self, code_set: CodeSet, put_by: Mapping[str, str], chosen: Collection[str] = ()
    ) -> None:
        super().__init__()
        self._set = code_set
        self._put_by = put_by
        self.codes: tuple[Code | None, ...] = (*code_set.offered, None)
        self.chosen: set[str] = {id_ for id_ in chosen if id_ in map(_id, self.codes)}
        ids = [_id(code) for code in self.codes]
        self.place = next((n for n, one in enumerate(ids) if one in self.chosen), 0)

    def move(self, step: int) -> None:
        """Move the cursor."""
        self.place = min(max(self.place + step, 0), len(self.codes) - 1)
        self._go_to_cursor()
        self.refresh()

    def toggle(self) -> None:
        """Choose what the cursor stands on, or choose it no more.

        Nothing goes with no code, and a set that takes one code keeps the one chosen last.
        """
        found = _id(self.codes[self.place])
        if found in self.chosen:
            self.chosen.discard(found)
        elif found == NOTHING or self._set.mode != "multi":
            self.chosen = {found}
        else:
            self.chosen = {*self.chosen, found} - {NOTHING}
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """A code's own key."""
        for place, code in enumerate(self.codes):
            if code is not None and code.key and code.key == event.character:
                event.stop()
                self.place = place
                self._go_to_cursor()
                self.toggle()

    def on_click(self, event: events.Click) -> None:
        """A click chooses."""
        if self.top + event.y < len(self.codes):
            self.place = self.top + event.y
            self.toggle()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._go_to_cursor()

    def _go_to_cursor(self) -> None:
        height = self.size.height
        if self.place < self.top:
            self.go_to(self.place)
        elif height and self.place >= self.top + height:
            self.go_to(self.place - height + 1)

    @property
    def line_count(self) -> int:
        """The codes, and nothing."""
        return len(self.codes)

    @property
    def more_style(self) -> Style:
        """As a key."""
        return self._look("key")

    def paint_line(self, number: int, width: int) -> list[Segment]:
        """A box, key, sign and name of a code, and who put it."""
        code = self.codes[number]
        is_here, is_chosen = number == self.place, _id(code) in self.chosen
        ground = Style(bgcolor=self._look("cursor").bgcolor) if is_here else Style()
        box = f"{chr(0x203A) if is_here else ' '} [{'x' if is_chosen else ' '}] "
        key = f"{one_line(code.key) or ' '} {VALENCE_SIGNS[code.valence]} " if code else "    "
        name = one_line(code.name) if code else "nothing applies"
        who = one_line(self._put_by.get(_id(code), ""))
        room = max(width - len(box) - len(key) - len(who) - 1, 0)
        look = self._look("chosen" if is_chosen else "name")
        return [
            Segment(box, look + ground),
            Segment(key, self._look("key") + ground),
            Segment(padded(name, room), look + ground),
            Segment(f"{who} ", self._look("who") + ground),
        ]

    def _look(self, name: str) -> Style:
        return self.look(f"code-choices--{name}")


def _id(code: Code | None) -> str:
    return code.id if code else NOTHING
