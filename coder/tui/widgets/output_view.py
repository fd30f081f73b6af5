"""What a command wrote: thousands of lines, as wide as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from coder.tui.widgets.line_list import LineList
from coder.tui.widgets.wrapping import drawn, visible, wrapped

INDENT = "  "


class OutputView(LineList, can_focus=True):
    """Shows lines as they were written; only those on screen are painted.

    Tables are never wrapped: what is wider than the window is reached sideways. A sentence is.

    Args:
        lines: What was written.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self._written = lines
        self._laid_for = 0
        self._lines: Sequence[str] = ()
        self._widest = 0
        self.left = 0

    def on_resize(self) -> None:
        """Wrap sentences to the new width; tables stay as they are."""
        width = self.size.width
        if width > 0 and width != self._laid_for:
            self._laid_for = width
            self._lines = [part for line in self._written for part in _laid(line, width - 2)]
            self._widest = max((cell_len(line) for line in self._lines), default=0)
            self.top = min(self.top, max(self.line_count - self.size.height, 0))
            self.go_aside(0)
            self.refresh()

    @property
    def line_count(self) -> int:
        """How many lines there are at this width."""
        return len(self._lines)

    @property
    def is_wide(self) -> bool:
        """Whether anything lies outside at the side."""
        return self._widest > self._laid_for - 2

    def go_aside(self, cells: int) -> None:
        """Move sideways, as far as there is anything."""
        left = min(max(self.left + cells, 0), max(self._widest - self._laid_for + 2, 0))
        if left != self.left:
            self.left = left
            self.refresh()

    def paint_line(self, number: int, width: int) -> list[Segment]:
        """As much of a line as fits, from where one looks."""
        line = Strip([Segment(self._lines[number], self.look())])
        if self.left:
            line = line.crop(self.left, self.left + width)
        return [Segment(" ", self.look()), *line]


def _laid(line: str, width: int) -> Iterator[str]:
    """A line fit for the screen; a sentence in as many rows as it needs."""
    text = drawn(line)
    if cell_len(text) <= width or not _is_sentence(text.strip()):
        yield visible(text)
        return
    starts = wrapped(text, max(width - len(INDENT), 20))
    for number, (start, stop) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True)):
        yield (INDENT if number else "") + visible(text[start:stop]).rstrip()


def _is_sentence(text: str) -> bool:
    """Whether a line is no row of a table, as text, CSV, JSON or Markdown."""
    first = text.partition(" ")[0]
    is_row = "  " in text or text[:1] in ("|", "{", "[", '"') or "," in first[:-1]
    return " " in text and not is_row
