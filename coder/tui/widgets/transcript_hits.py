"""Places that are marked in the words of a transcript, such as what a search found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style

from coder.model import Span
from coder.tui.widgets.transcript_layout import Row
from coder.tui.widgets.wrapping import visible, whole_clusters

Part = tuple[int, int, bool]
"""Start and stop in the transcript, and whether it is the hit one is at."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Marked places of one transcript, in text order; they do not overlap."""

    spans: tuple[Span, ...] = ()
    here: int | None = None
    """The one that one is at."""

    def on(self, row: Row) -> tuple[Part, ...]:
        """What of the marked places stands on a row."""
        if not self.spans or row.kind != "words":
            return ()
        found: list[Part] = []
        first = bisect_right(self.spans, row.start, key=lambda span: span.stop)
        for place in range(first, len(self.spans)):
            span = self.spans[place]
            if span.start >= row.stop:
                break
            start, stop = max(span.start, row.start), min(span.stop, row.stop)
            found.append((start, stop, place == self.here))
        return tuple(found)

    def after(self, place: int) -> int | None:
        """The first marked place that begins here or later, else the first of all."""
        if not self.spans:
            return None
        found = bisect_right(self.spans, place - 1, key=lambda span: span.start)
        return found if found < len(self.spans) else 0

    def before(self, place: int) -> int | None:
        """The last marked place that begins before this, else the last of all."""
        if not self.spans:
            return None
        found = bisect_right(self.spans, place - 1, key=lambda span: span.start)
        return found - 1 if found else len(self.spans) - 1


def with_hits(
    segments: list[Segment], text: str, parts: Iterable[tuple[int, int, Style]]
) -> list[Segment]:
    """The words of a row with some of them marked.

    Args:
        segments: The row's words as they are painted without marks.
        text: The same words as drawn, from which the places are counted.
        parts: Start, stop and look of what is marked, in order.
    """
    shown = visible(text)
    marks = []
    for start, stop, look in parts:
        begin, end = (len(visible(text[:place])) for place in (start, stop))
        marks.append((*whole_clusters(shown, begin, end), look))
    out: list[Segment] = []
    base = 0
    for segment in segments:
        place, end = base, base + len(segment.text)
        for start, stop, look in marks:
            begin, until = max(start, place), min(stop, end)
            if begin < until:
                if begin > place:
                    out.append(Segment(segment.text[place - base : begin - base], segment.style))
                style = (segment.style or Style()) + look
                out.append(Segment(segment.text[begin - base : until - base], style))
                place = until
        if place < end:
            out.append(Segment(segment.text[place - base :], segment.style))
        base = end
    return out
