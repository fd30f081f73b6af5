"""Spans laid out on a line, so that one sweep serves all documents (and all codes) at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coder.errors import UsageError
from coder.stats.arrays import IntArray
from coder.stats.spans import Spans


@dataclass(frozen=True, eq=False)
class Line:
    """One coder's spans on the line of all documents, one after another.

    With the codes apart the line holds all documents once per code. All coders share one line, so
    that what coincides on it coincides in a document (and in the code).

    Args:
        rows: Which spans these are, in order of the line.
        start: Where each starts on the line, ascending.
        stop: The first place after it.
    """

    rows: IntArray
    start: IntArray
    stop: IntArray


def lines(spans: Spans, *, by_code: bool) -> list[Line]:
    """The line of every coder, codes apart or not; no two spans on a line may overlap."""
    order, start, stop, width = _laid_out(spans, by_code)
    ends = np.searchsorted(spans.coder[order], np.arange(len(spans.coders) + 1))
    found = []
    for coder in range(len(spans.coders)):
        part = slice(int(ends[coder]), int(ends[coder + 1]))
        found.append(Line(order[part], start[part] - coder * width, stop[part] - coder * width))
    return found


def covered(line: Line, other: Line) -> IntArray:
    """How much of each span of a line (n,) lies in spans of the other."""
    before = np.concatenate([[0], np.cumsum(other.stop - other.start)])
    latest = np.concatenate([[0], other.stop])

    def up_to(place: IntArray) -> IntArray:
        begun = np.searchsorted(other.start, place, side="right")
        length: IntArray = before[begun] - np.maximum(latest[begun] - place, 0)
        return length

    return up_to(line.stop) - up_to(line.start)


def check_exclusive(spans: Spans, *, within_code: bool = False) -> None:
    """Refuse spans of one coder that overlap, naming the first two.

    Args:
        spans: All coders' spans.
        within_code: Look only at spans with the same code.

    Raises:
        UsageError: Two spans of one coder in one document overlap.
    """
    found = _first_overlap(spans, within_code)
    if found is None:
        return
    first, second = found
    same = spans.code[first] == spans.code[second]
    raise UsageError(
        f"document {spans.documents[spans.document[first]]}: spans {spans.words(first)} and "
        f"{spans.words(second)} of {spans.coders[spans.coder[first]]} overlap",
        "merge spans that have the same code" if same else "compare the codes one by one",
    )


def is_exclusive(spans: Spans) -> bool:
    """Whether no coder has given any place two codes, or one code twice."""
    return _first_overlap(spans, False) is None


def merge_spans(spans: Spans, *, touching: bool = False) -> Spans:
    """Overlapping spans of one coder with the same code made into one.

    Caution: alpha_U of 1995 counts spans; joining those that only touch as well removes boundaries
    that a coder may have set on purpose. In the 2016 family that changes little.

    Args:
        spans: All coders' spans.
        touching: Also join spans where one starts at the very place where another stops.
    """
    order, start, stop, _ = _laid_out(spans, True)
    if not order.size:
        return spans
    reach = np.maximum.accumulate(stop)
    apart = start[1:] >= reach[:-1] + int(touching)
    # Two documents, codes or coders may touch on the line, but not in a text.
    for column in (spans.coder, spans.code, spans.document):
        apart |= np.diff(column[order]) != 0
    opens = np.flatnonzero(np.concatenate([[True], apart]))
    length = np.maximum.reduceat(stop, opens) - start[opens]
    first = order[opens]
    return spans.selected(first, stop=spans.start[first] + length)


def _laid_out(spans: Spans, by_code: bool) -> tuple[IntArray, IntArray, IntArray, int]:
    """Spans in order of their line, its ends, and the width of one coder's part."""
    length = int(spans.lengths.sum())
    width = length * len(spans.codes) if by_code else length
    offset = np.cumsum(spans.lengths) - spans.lengths
    start = spans.coder * width + offset[spans.document] + spans.start
    if by_code:
        start += spans.code * length
    order = np.arange(start.size)
    if (np.diff(start) < 0).any():
        order = np.argsort(start, kind="stable")
        start = start[order]
    return order, start, start + (spans.stop - spans.start)[order], width


def _first_overlap(spans: Spans, within_code: bool) -> tuple[int, int] | None:
    order, start, stop, _ = _laid_out(spans, within_code)
    # In order of their starts, the first overlap is always one of neighbours.
    late = np.flatnonzero(start[1:] < stop[:-1])
    return (int(order[late[0]]), int(order[late[0] + 1])) if late.size else None
