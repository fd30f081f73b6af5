"""A line of words in several styles that is painted again at every key."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip

from coder.tui.widgets.kept_lines import KeptLines


class OneLine(KeptLines):
    """Shows pieces of text, each with the name of its look, which are expected to fit.

    Textual's ``Static`` parses, wraps, aligns and measures them first, every time.
    """

    DEFAULT_CSS = """
    OneLine { height: 1; }
    OneLine .one-line--strong { text-style: bold; }
    OneLine .one-line--said { text-style: italic; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "one-line--plain",
        "one-line--strong",
        "one-line--quiet",
        "one-line--said",
        "one-line--accent",
    }

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every widget
        super().__init__(id=id)
        self._pieces: tuple[tuple[str, str], ...] = ()
        self._painted: Strip | None = None

    def show(self, *pieces: tuple[str, str]) -> None:
        """Show something else; nothing is painted where it is the same."""
        if pieces != self._pieces:
            self._pieces = pieces
            self._painted = None
            self.refresh()

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self._painted = None

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        if self._painted is None or self._painted.cell_length != width:
            look = self.look
            segments = [Segment(text, look(f"one-line--{name}")) for text, name in self._pieces]
            self._painted = Strip(segments).adjust_cell_length(width, look())
        return self._painted
