"""In how many ways a unit fits into the gaps of all coders: the part of alpha_U that is not a sum.

Units of one document may come to lie in gaps of any other, so what leaving a document out takes
away depends on all the rest. The sum is bilinear in the two, though, which makes all replicates
cheap.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from coder.stats.arrays import FloatArray, IntArray, floats

_NUMBERS_AT_ONCE = 4_000_000
"""Numbers in a block of documents by different lengths (32 MB)."""


class Placements:
    """sum over units g and gaps h with l_h >= l_g of l_g^2 (l_h - l_g + 1), for one code.

    Args:
        documents: D.
        unit_document: (n,) the document of each unit.
        unit_length: (n,) its length.
        gap_document: (k,) the document of each gap.
        gap_length: (k,) its length.
        gap_times: (k,) how many coders have this gap.
    """

    def __init__(
        self,
        documents: int,
        unit_document: IntArray,
        unit_length: IntArray,
        gap_document: IntArray,
        gap_length: IntArray,
        gap_times: IntArray,
    ) -> None:
        self._documents = documents
        # Only the different lengths of units matter, and for a gap the longest that fits into it.
        self._lengths, self._bin = np.unique(unit_length, return_inverse=True)
        self._unit_document = unit_document
        fits = np.searchsorted(self._lengths, gap_length, side="right") - 1
        used = fits >= 0
        self._gap_document, self._gap_bin = gap_document[used], fits[used]
        self._gap_times = gap_times[used]
        self._gap_places = (gap_times * (gap_length + 1))[used]

    def total(self) -> float:
        """Over all documents."""
        return float(self.weighted(np.ones((1, self._documents)))[0])

    def without_each(self) -> FloatArray:
        """Without each document in turn, (D,)."""
        units, gaps = self._sums(np.ones((1, self._documents)))
        found = np.full(self._documents, float((units * gaps).sum()))
        for part, own_units, own_gaps in self._blocks():
            found[part] -= (own_units * gaps + units * own_gaps - own_units * own_gaps).sum(axis=1)
        return found

    def weighted(self, weights: FloatArray) -> FloatArray:
        """With each document taken as often as the weights (R, D) say, (R,)."""
        units, gaps = self._sums(weights)
        return floats((units * gaps).sum(axis=1))

    def _sums(self, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Units and gaps by length, (R, K), over documents with these weights."""
        units, gaps = (np.zeros((len(weights), self._lengths.size)) for _ in range(2))
        for part, own_units, own_gaps in self._blocks():
            units += weights[:, part] @ own_units
            gaps += weights[:, part] @ own_gaps
        return units, gaps

    def _blocks(self) -> Iterator[tuple[slice, FloatArray, FloatArray]]:
        """For some documents at a time sum l^2 over units, and l_h - l + 1 over gaps, (d, K)."""
        width = self._lengths.size
        size = max(1, _NUMBERS_AT_ONCE // max(1, width))
        for start in range(0, self._documents, size):
            stop = min(start + size, self._documents)
            units = _table(self._unit_document, self._bin, None, start, stop, width)
            times = _table(self._gap_document, self._gap_bin, self._gap_times, start, stop, width)
            places = _table(self._gap_document, self._gap_bin, self._gap_places, start, stop, width)
            # A gap serves every unit up to the longest that fits: sums from the far end.
            gaps = _from_the_end(places) - self._lengths * _from_the_end(times)
            yield slice(start, stop), units * floats(self._lengths) ** 2, gaps


def _table(
    document: IntArray,
    column: IntArray,
    weights: IntArray | None,
    start: int,
    stop: int,
    width: int,
) -> FloatArray:
    """Weights added up by document and column, for documents from start to stop."""
    here = (document >= start) & (document < stop)
    cell = (document[here] - start) * width + column[here]
    summed = np.bincount(
        cell, weights=None if weights is None else weights[here], minlength=(stop - start) * width
    )
    return floats(summed.reshape(stop - start, width))


def _from_the_end(table: FloatArray) -> FloatArray:
    return floats(np.cumsum(table[:, ::-1], axis=1)[:, ::-1])
