"""What somebody said in an excerpt, with the words that are being chosen."""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from coder.model import Span
from coder.tui.picking import Picking
from coder.tui.widgets.line_list import LineList
from coder.tui.widgets.wrapping import drawn, visible, wrapped


class QuoteView(LineList, can_focus=False):
    """Wraps the words of an excerpt and marks the sentence and the words chosen from it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "quote-view--words",
        "quote-view--sentence",
        "quote-view--chosen",
    }

    def __init__(self) -> None:
        super().__init__()
        self._picking: Picking | None = None
        self._drawn = ""
        self._starts: list[int] = []

    def show(self, picking: Picking) -> None:
        """Show words and what is chosen of them, and keep that in sight."""
        is_new = self._picking is None or self._picking.text != picking.text
        self._picking = picking
        if is_new:
            self._wrap()
        self._go_to_chosen()
        self.refresh()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self._wrap()
        self._go_to_chosen()
        self.refresh()

    def _wrap(self) -> None:
        if self._picking is not None and self.size.width > 0:
            self._drawn = drawn(self._picking.text)
            self._starts = wrapped(self._drawn, self.size.width)

    def _go_to_chosen(self) -> None:
        if self._picking is None or not self._starts:
            return
        span = self._picking.span
        rows = [
            number
            for number, (start, stop) in enumerate(self._rows())
            if start < max(span.stop, span.start + 1) and stop > span.start
        ]
        if rows and not self.top <= rows[0] <= rows[-1] < self.top + self.size.height:
            self.go_to(rows[0] - max(self.size.height // 3, 0))

    def _rows(self) -> list[tuple[int, int]]:
        return list(zip(self._starts, [*self._starts[1:], len(self._drawn)], strict=True))

    @property
    def line_count(self) -> int:
        """Rows at this width."""
        return len(self._starts)

    @property
    def more_style(self) -> Style:
        """As the chosen words."""
        return self.look("quote-view--chosen")

    def paint_line(self, number: int, width: int) -> list[Segment]:
        """One row; the chosen words have a look of their own, the rest of the sentence another."""
        assert self._picking is not None
        start, stop = self._rows()[number]
        chosen, sentence = self._picking.span, self._picking.sentence_span
        cuts = {start, stop}
        for span in (chosen, sentence):
            cuts |= {place for place in (span.start, span.stop) if start < place < stop}
        places = sorted(cuts)
        out = []
        for a, b in pairwise(places):
            look = "words"
            if _is_in(a, sentence):
                look = "chosen" if _is_in(a, chosen) else "sentence"
            out.append(Segment(visible(self._drawn[a:b]), self.look(f"quote-view--{look}")))
        return out


def _is_in(place: int, span: Span) -> bool:
    return span.start <= place < span.stop
