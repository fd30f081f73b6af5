"""Codes to sort on the left, the piles on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events

from coder.model import Code
from coder.tui.messages import HeapCodePointed, HeapPointed
from coder.tui.sorting_table import Heap
from coder.tui.widgets.line_list import LineList
from coder.tui.widgets.wrapping import one_line, padded


class HeapList(LineList, can_focus=True):
    """The codes of one heap with how many excerpts have each; the cursor stands on one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "heap-list--head",
        "heap-list--name",
        "heap-list--cursor",
        "heap-list--count",
        "heap-list--sign",
    }

    def __init__(self) -> None:
        super().__init__()
        self._heap = Heap("loose", "loose", ())
        self._counts: Mapping[str, int] = {}
        self._several: frozenset[str] = frozenset()
        self._place = 0

    def show(
        self, heap: Heap, counts: Mapping[str, int], several: frozenset[str], place: int
    ) -> None:
        """Show a heap.

        Args:
            heap: Its codes.
            counts: Excerpts by code id, as far as they were counted.
            several: Ids of codes in more than one pile.
            place: Of the cursor among the codes.
        """
        self._heap, self._counts, self._several, self._place = heap, counts, several, place
        self._go_to_cursor()
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._go_to_cursor()

    def _go_to_cursor(self) -> None:
        height = self.size.height
        line = self._place + 1
        if self._place == 0:
            self.go_to(0)
        elif line < self.top:
            self.go_to(line)
        elif height and line >= self.top + height:
            self.go_to(line - height + 1)
        else:
            self.go_to(self.top)

    def on_click(self, event: events.Click) -> None:
        """A click points at a code."""
        number = self.top + event.y - 1
        if 0 <= number < len(self._heap.codes):
            self.post_message(HeapCodePointed(number))

    @property
    def line_count(self) -> int:
        """The head and the codes."""
        return len(self._heap.codes) + 1

    @property
    def more_style(self) -> Style:
        """As the head."""
        return self.look("heap-list--head")

    def paint_line(self, number: int, width: int) -> list[Segment]:
        """The head, or a code with its count."""
        if number == 0:
            return [Segment(padded(f" {heap_title(self._heap)}", width), self._look("head"))]
        code = self._heap.codes[number - 1]
        is_here = number - 1 == self._place
        ground = Style(bgcolor=self._look("cursor").bgcolor) if is_here else Style()
        count = f" {self._counts[code.id]} " if code.id in self._counts else ""
        sign = ("\u203a" if is_here else " ") + ("+" if code.id in self._several else " ")
        room = max(width - len(sign) - len(count), 0)
        look = self._look("cursor" if is_here else "name")
        return [
            Segment(sign, self._look("sign") + ground),
            Segment(padded(one_line(code.name), room), look + ground),
            Segment(count, self._look("count") + ground),
        ]

    def _look(self, name: str) -> Style:
        return self.look(f"heap-list--{name}")


class _Line(NamedTuple):
    """A line of the board: the head of a heap, or a code in it."""

    heap: int
    code: Code | None


class PileBoard(LineList, can_focus=False):
    """All piles with what lies in them, the discard pile last; one heap is shown on the left."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "pile-board--head",
        "pile-board--shown",
        "pile-board--name",
        "pile-board--pointed",
    }

    def __init__(self) -> None:
        super().__init__()
        self._heaps: Sequence[Heap] = ()
        self._shown = 0
        self._pointed = ""
        self._lines: list[_Line] = []

    def show(self, heaps: Sequence[Heap], shown: int, pointed: str) -> None:
        """Show heaps.

        Args:
            heaps: All of them, the loose codes first.
            shown: Which of them is on the left.
            pointed: Id of the code at the cursor.
        """
        moved = shown != self._shown or [len(h.codes) for h in heaps] != [
            len(h.codes) for h in self._heaps
        ]
        self._heaps, self._shown, self._pointed = heaps, shown, pointed
        self._lines = []
        for number, heap in enumerate(heaps):
            self._lines.append(_Line(number, None))
            if heap.kind != "loose":
                self._lines += [_Line(number, code) for code in heap.codes]
        if moved:
            self._go_to_shown()
        self.go_to(self.top)
        self.refresh()

    def _go_to_shown(self) -> None:
        first = next((n for n, line in enumerate(self._lines) if line.heap == self._shown), 0)
        if not self.top <= first < self.top + self.size.height:
            self.go_to(first)

    def on_click(self, event: events.Click) -> None:
        """A click shows a heap on the left."""
        number = self.top + event.y
        if 0 <= number < len(self._lines):
            self.post_message(HeapPointed(self._lines[number].heap))

    @property
    def line_count(self) -> int:
        """Heads and codes."""
        return len(self._lines)

    @property
    def more_style(self) -> Style:
        """As the head of the heap that is shown."""
        return self.look("pile-board--shown")

    def paint_line(self, number: int, width: int) -> list[Segment]:
        """One head or code."""
        line = self._lines[number]
        heap = self._heaps[line.heap]
        if line.code is not None:
            is_here = line.code.id == self._pointed
            look = self.look(f"pile-board--{'pointed' if is_here else 'name'}")
            return [Segment(padded(f"    {one_line(line.code.name)}", width), look)]
        is_shown = line.heap == self._shown
        lead = "\u25b6" if is_shown else " "
        look = self.look(f"pile-board--{'shown' if is_shown else 'head'}")
        return [Segment(padded(f"{lead}{heap_title(heap)}", width), look)]


def heap_title(heap: Heap) -> str:
    """``2 Time (3)``."""
    number = f"{heap.number} " if heap.number else ""
    return f"{number}{one_line(heap.title)} ({len(heap.codes)})"
