"""A line of words in several styles that is painted again at every key."""

from __future__ import annotations

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip

from coder.tui.widgets.kept_lines import KeptLines


class OneLine(KeptLines):
    """Shows one line of content, which is expected to fit.

    Textual's ``Static`` wraps, aligns and measures it first, every time.
    """

    DEFAULT_CSS = """
    OneLine { height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every widget
        super().__init__(id=id)
        self._content = Content()
        self._painted: Strip | None = None

    def show(self, content: Content) -> None:
        """Show something else; nothing is painted where it is the same."""
        if (content.plain, content.spans) == (self._content.plain, self._content.spans):
            return
        self._content = content
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
            base = self.visual_style
            segments = [
                Segment(text, (base + style).rich_style)
                for text, style in self._content.render(base, end="")
            ]
            strip = Strip(segments).adjust_cell_length(width, base.rich_style)
            self._painted = self.finished(strip)
        return self._painted
