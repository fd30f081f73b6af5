"""Which row of the screen holds which words of a transcript, and the other way round.

Pure: no terminal, no Textual. Each turn's words are wrapped to a width; an excerpt may have a
heading row above it and rows for its labels below, and a question that no heading names has a row
of its own. Positions are code points of the transcript's text throughout, so nothing here can
move a coding.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from copy import copy
from itertools import pairwise
from typing import Literal, NamedTuple

from coder.model import Span, Turn
from coder.tui.widgets.wrapping import MIN_WIDTH, drawn, wrapped

MOVES_KEPT = 50
"""From this many on, moves of what is below an excerpt are worked into the numbers."""

RowKind = Literal["words", "question", "heading", "labels", "gap"]


class Row(NamedTuple):
    """One line of the screen."""

    kind: RowKind
    turn: int
    """Index of the turn it belongs to or stands beside."""
    start: int
    """First code point of its words in the transcript; equal to stop where it has none."""
    stop: int
    excerpts: tuple[int, ...]
    """Indices of the excerpts it belongs to, the shortest first; a heading or label row names
    the excerpt it is about first."""
    part: int
    """How many rows of this kind came before it in the same turn and excerpt."""


class _Block(NamedTuple):
    """A stretch of one turn that lies in the same excerpts from end to end."""

    turn: int
    start: int
    stop: int
    excerpts: tuple[int, ...]


def any_overlap(spans: Sequence[Span]) -> bool:
    """Whether any two spans share a code point."""
    in_order = sorted(spans)
    return any(a.stop > b.start for a, b in pairwise(in_order))


def around_each(spans: Sequence[Span]) -> list[tuple[int, ...]]:
    """For each span the places of those that are longer and hold it."""
    found: list[tuple[int, ...]] = [()] * len(spans)
    over: list[int] = []
    # The outermost of those that begin together comes first.
    for index in sorted(range(len(spans)), key=lambda i: (spans[i].start, -spans[i].stop)):
        over = [i for i in over if spans[i].stop > spans[index].start]
        found[index] = tuple(
            i for i in over if spans[i] != spans[index] and spans[i].contains(spans[index])
        )
        over.append(index)
    return found


class TranscriptLayout:
    """All rows of a transcript at one width.

    Args:
        text: The transcript's text.
        turns: Its turns in order.
        excerpts: Spans of the excerpts to show; they may overlap.
        width: Cells for the words of a row.
        headings: Whether each excerpt has a heading row; none has without it.
        label_rows: Number of rows below each excerpt; one without it.
        has_gaps: Whether an empty row parts excerpts; none does inside another one.
        earlier: A layout of the same text, whose line breaks are used again where they fit.
    """

    def __init__(
        self,
        text: str,
        turns: Sequence[Turn],
        excerpts: Sequence[Span],
        width: int,
        *,
        headings: Sequence[bool] = (),
        label_rows: Sequence[int] = (),
        has_gaps: bool = False,
        earlier: TranscriptLayout | None = None,
    ) -> None:
        self.text = text
        self.turns = turns
        self.excerpts = excerpts
        self.width = max(width, MIN_WIDTH)
        self.headings = headings or (False,) * len(excerpts)
        self.label_rows = label_rows or (1,) * len(excerpts)
        self.has_gaps = has_gaps
        self._breaks: dict[tuple[int, int], list[int]] = {}
        if earlier is not None and earlier.width == self.width and earlier.text == text:
            self._breaks = earlier._breaks
        self.rows: list[Row] = []
        # Of each excerpt, where its rows start and stop, as they were before the moves.
        self._starts = [0] * len(excerpts)
        self._stops = [0] * len(excerpts)
        self._moves: list[tuple[int, int]] = []
        self._build(self._cut_into_blocks())
        self._word_rows = [i for i, row in enumerate(self.rows) if row.kind == "words"]
        self._word_starts = [self.rows[i].start for i in self._word_rows]

    def __len__(self) -> int:
        return len(self.rows)

    def with_label_rows(self, label_rows: Sequence[int]) -> TranscriptLayout:
        """The same layout with other numbers of rows below the excerpts."""
        return TranscriptLayout(
            self.text,
            self.turns,
            self.excerpts,
            self.width,
            headings=self.headings,
            label_rows=label_rows,
            has_gaps=self.has_gaps,
            earlier=self,
        )

    def with_labels_of(self, index: int, count: int) -> TranscriptLayout:
        """The same layout with another number of rows below one excerpt.

        What is below only moves: building all of it again took 30 ms of a key in an interview of
        three hours, and the numbers of all its rows a third of one.
        """
        before = self.label_rows[index]
        numbers = [*self.label_rows]
        numbers[index] = count
        stop = self._now(self._stops[index])
        if not before or not stop:
            return self.with_label_rows(numbers)
        first = self.rows[stop - before]
        labels = [first._replace(part=part) for part in range(count)]
        other = copy(self)
        other.label_rows = numbers
        other.rows = self.rows.copy()
        other.rows[stop - before : stop] = labels
        other._moves = [*self._moves, (stop, count - before)]
        if len(other._moves) >= MOVES_KEPT:
            other._starts = [other._now(row) for row in self._starts]
            other._stops = [other._now(row) for row in self._stops]
            other._word_rows = [other._now(row) for row in self._word_rows]
            other._moves = []
        return other

    def _now(self, row: int) -> int:
        """Where a row is after the moves."""
        for stop, by in self._moves:
            if row >= stop:
                row += by
        return row

    # Maps. All are total: a place outside the words gives the nearest row.

    def row_at(self, offset: int) -> int:
        """The row that holds this code point, or the last one before it."""
        if not self._word_rows:
            return 0
        return self._now(self._word_rows[max(bisect_right(self._word_starts, offset) - 1, 0)])

    def rows_of(self, span: Span) -> range:
        """The rows from the first to the last word of a span."""
        if not self._word_rows:
            return range(0)
        return range(self.row_at(span.start), self.row_at(max(span.start, span.stop - 1)) + 1)

    def rows_of_excerpt(self, index: int) -> range:
        """All rows of an excerpt with its heading and labels."""
        is_there = 0 <= index < len(self._starts)
        if not is_there:
            return range(0)
        return range(self._now(self._starts[index]), self._now(self._stops[index]))

    def excerpt_at(self, row: int) -> int | None:
        """The innermost excerpt a row belongs to."""
        if not 0 <= row < len(self.rows):
            return None
        return next(iter(self.rows[row].excerpts), None)

    # Building.

    def _cut_into_blocks(self) -> list[_Block]:
        spans = self.excerpts
        cuts = sorted({end for span in spans for end in (span.start, span.stop)})
        waiting = sorted(range(len(spans)), key=lambda i: spans[i].start, reverse=True)
        over: list[int] = []
        blocks: list[_Block] = []
        for number, turn in enumerate(self.turns):
            start, stop = turn.words.start, turn.words.stop
            inside = self._after_spaces(
                cuts[bisect_right(cuts, start) : bisect_left(cuts, stop)], stop
            )
            for begin, end in zip([start, *inside], [*inside, stop], strict=True):
                while waiting and spans[waiting[-1]].start <= begin:
                    over.append(waiting.pop())
                over = [i for i in over if spans[i].stop > begin]
                over.sort(key=lambda i: (len(spans[i]), i))
                blocks.append(_Block(number, begin, end, tuple(over)))
        return blocks

    def _after_spaces(self, cuts: Sequence[int], stop: int) -> list[int]:
        """The cuts of a turn behind the white space at them, which no row is to begin with."""
        found: dict[int, None] = {}
        for cut in cuts:
            while cut < stop and self.text[cut].isspace():
                cut += 1
            if cut < stop:
                found[cut] = None
        return list(found)

    def _build(self, blocks: list[_Block]) -> None:
        if not blocks:
            return
        starts = [block.start for block in blocks]
        opening: dict[int, list[int]] = {}
        closing: dict[int, list[int]] = {}
        # The longest opens first and closes last, so that inner excerpts stand inside it.
        for index in sorted(range(len(self.excerpts)), key=lambda i: -len(self.excerpts[i])):
            span = self.excerpts[index]
            first = min(bisect_left(starts, span.start), len(blocks) - 1)
            last = max(bisect_left(starts, span.stop) - 1, first)
            opening.setdefault(first, []).append(index)
            closing.setdefault(last, []).insert(0, index)

        part, turn_before = 0, -1
        for position, block in enumerate(blocks):
            if block.turn != turn_before:
                part, turn_before = 0, block.turn
            if self._shows_question(block, opening.get(position, ())):
                around = [i for i in block.excerpts if i not in opening.get(position, ())]
                self.rows.append(
                    Row("question", block.turn, block.start, block.start, tuple(around), 0)
                )
            if position in opening:
                part = 0  # who speaks is shown again
            for index in opening.get(position, ()):
                self._starts[index] = len(self.rows)
                self._add("heading", int(self.headings[index]), index, block, block.start)
            part = self._add_words(block, part)
            for index in closing.get(position, ()):
                self._add("labels", self.label_rows[index], index, block, block.stop)
                self._stops[index] = len(self.rows)
            is_last = position + 1 == len(blocks)
            if self.has_gaps and not is_last and closing.get(position) == [*block.excerpts]:
                self.rows.append(Row("gap", block.turn, block.stop, block.stop, (), 0))

    def _shows_question(self, block: _Block, opening: Sequence[int]) -> bool:
        """Whether a turn opens with a question that no heading above it names."""
        turn = self.turns[block.turn]
        is_first = block.start == turn.words.start
        return bool(turn.question) and is_first and not any(self.headings[i] for i in opening)

    def _add(self, kind: RowKind, count: int, index: int, block: _Block, place: int) -> None:
        size = len(self.excerpts[index])
        around = [i for i in block.excerpts if i != index and len(self.excerpts[i]) >= size]
        for part in range(count):
            self.rows.append(Row(kind, block.turn, place, place, (index, *around), part))

    def _add_words(self, block: _Block, part: int) -> int:
        key = (block.start, block.stop)
        breaks = self._breaks.get(key)
        if breaks is None:
            breaks = wrapped(drawn(self.text[block.start : block.stop]), self.width)
            self._breaks[key] = breaks
        for begin, end in zip(breaks, [*breaks[1:], block.stop - block.start], strict=True):
            start, stop = block.start + begin, block.start + end
            self.rows.append(Row("words", block.turn, start, stop, block.excerpts, part))
            part += 1
        return part
