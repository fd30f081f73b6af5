"""The code sets beside the transcript: what can be put on the current excerpt, and what is on."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events

from coder.tui.marks import SET_SIGNS, CodeItem, SetItem
from coder.tui.messages import CodePicked, CodePointed
from coder.tui.widgets.line_list import LineList
from coder.tui.widgets.wrapping import clipped, padded


class _Line(NamedTuple):
    """A line of the panel: a set's head, or one of its codes."""

    item: SetItem
    code: CodeItem | None
    is_folded: bool

    @property
    def code_id(self) -> str:
        """Id of the code; empty for a head."""
        return self.code.id if self.code else ""


class CodePanel(LineList, can_focus=True):
    """Lists code sets with keys, signs and what is applied; marks the set that takes digits.

    Where all sets do not fit, those not in use fold to one line each with what is on them.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "code-panel--head",
        "code-panel--head-focused",
        "code-panel--key",
        "code-panel--name",
        "code-panel--applied",
        "code-panel--cursor",
        "code-panel--productive",
        "code-panel--unproductive",
        "code-panel--mixed",
        "code-panel--none",
    }

    def __init__(self) -> None:
        super().__init__()
        self.items: Sequence[SetItem] = ()
        self.focused_set = ""
        self.pointed: tuple[str, str] = ("", "")
        self._lines: list[_Line] = []

    def show(self, items: Sequence[SetItem], focused_set: str, pointed: tuple[str, str]) -> None:
        """Show the sets as they stand on the current excerpt; only changed lines are painted."""
        if (items, focused_set, pointed) != (self.items, self.focused_set, self.pointed):
            before, was_pointed, was_focused = self._lines, self.pointed, self.focused_set
            self.items, self.focused_set, self.pointed = items, focused_set, pointed
            self._arrange()
            self._refresh_changed(before, {was_pointed, pointed}, {was_focused, focused_set})

    def beside(self, place: tuple[str, str], step: int) -> tuple[str, str] | None:
        """The code so many places further on, among all codes of all sets."""
        every = [(item.id, code.id) for item in self.items for code in item.codes]
        if not every:
            return None
        number = every.index(place) + step if place in every else 0
        return every[min(max(number, 0), len(every) - 1)]

    def on_resize(self) -> None:
        """Fold or unfold for the new height."""
        self._arrange()
        self.refresh()

    def _refresh_changed(
        self, before: list[_Line], pointed: set[tuple[str, str]], focused: set[str]
    ) -> None:
        if len(before) != len(self._lines):
            self.refresh()
            return
        changed = []
        for number, (old, new) in enumerate(zip(before, self._lines, strict=True)):
            is_head = new.code is None
            moved = new.item.id in focused if is_head else (new.item.id, new.code_id) in pointed
            same = old == new if is_head else old.code == new.code
            if moved or not same:
                changed.append(number)
        self.refresh_lines(changed)

    def on_click(self, event: events.Click) -> None:
        """A click points at a code; a second one puts it on or takes it off."""
        number = self.top + event.y
        if not 0 <= number < len(self._lines):
            return
        item, code, _ = self._lines[number]
        code = code or next(iter(item.codes), None)
        if code is None:
            return
        if event.chain == 2 and self._lines[number].code is not None:
            self.post_message(CodePicked(item.id, code.id))
        elif event.chain == 1:
            self.post_message(CodePointed(item.id, code.id))

    def _arrange(self) -> None:
        height = self.size.height
        if not height:
            return
        unfolded = {item.id for item in self.items}
        in_use = {self.focused_set, self.pointed[0]}
        asked = {
            item.id for item in self.items if item.state not in ("not_asked", "not_applicable")
        }
        for keep in (unfolded, asked | in_use, in_use):
            unfolded = keep
            if sum(1 + (len(i.codes) if i.id in keep else 0) for i in self.items) <= height:
                break
        self._lines = []
        for item in self.items:
            self._lines.append(_Line(item, None, item.id not in unfolded))
            if item.id in unfolded:
                self._lines += [_Line(item, code, False) for code in item.codes]
        self._go_to_pointed(height)

    def _go_to_pointed(self, height: int) -> None:
        """Keep the code cursor in sight, with the head of its set where that fits."""
        for number, line in enumerate(self._lines):
            if line.code is not None and (line.item.id, line.code.id) == self.pointed:
                head = number - 1 - line.item.codes.index(line.code)
                first = head if number - head < height else number
                if first < self.top:
                    self.go_to(first)
                elif number >= self.top + height:
                    self.go_to(number - height + 1)
                else:
                    self.go_to(self.top)
                return

    @property
    def line_count(self) -> int:
        """Heads and codes that are not folded away."""
        return len(self._lines)

    @property
    def more_style(self) -> Style:
        """As the head in focus."""
        return self._look("head-focused")

    def line_key(self, number: int) -> Hashable:
        """The code, or all that a head says."""
        item, code, is_folded = self._lines[number]
        if code is not None:
            return code, (item.id, code.id) == self.pointed
        on = is_folded and tuple(code for code in item.codes if code.is_applied)
        return item.title, item.mode, item.state, item.id == self.focused_set, is_folded, on

    def paint_line(self, number: int, width: int) -> list[Segment]:
        """One head or code."""
        line = self._lines[number]
        return self._head(line, width) if line.code is None else self._code(line, width)

    def _head(self, line: _Line, width: int) -> list[Segment]:
        item = line.item
        is_focused = item.id == self.focused_set
        look = self._look("head-focused" if is_focused else "head")
        lead = "\u25b6 " if is_focused else "\u25b8 " if line.is_folded else "  "
        tail = f" {SET_SIGNS[item.state]} "
        if line.is_folded:
            on = " ".join(code.key or code.name for code in item.codes if code.is_applied)
            tail = f" {on}{tail}"
        elif width >= 34:
            tail = f" {item.mode}{tail}"
        room = max(width - len(lead), 0)
        tail = clipped(tail, room)
        return [Segment(lead + padded(item.title, room - len(tail)) + tail, look)]

    def _code(self, line: _Line, width: int) -> list[Segment]:
        code = line.code
        assert code is not None
        is_pointed = (line.item.id, code.id) == self.pointed
        ground = Style(bgcolor=self._look("cursor").bgcolor) if is_pointed else Style()
        name = self._look("applied" if code.is_applied else "name")
        tone = self._look(code.tone)
        lead = ("\u203a" if is_pointed else " ") + ("\u25cf" if code.is_applied else " ")
        return [
            Segment(lead, tone + ground),
            Segment(f"{code.key or ' '} ", self._look("key") + ground),
            Segment(f"{code.sign} ", tone + ground),
            Segment(padded(code.name, max(width - 6, 0)), name + ground),
        ]

    def _look(self, name: str) -> Style:
        return self.look(f"code-panel--{name}")
