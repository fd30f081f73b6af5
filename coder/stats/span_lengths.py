"""Lengths of text that one coder marked and another marked too, document by document.

What the coefficients of 2016 stand on. All lengths add up over documents, so leaving one out is a
subtraction. Coders i of a document are compared with its other coders j; with m of them every
comparison counts 1 / (m - 1), so that each coder's text counts once, as in Krippendorff's alpha.
Documents that fewer than two coders coded are left out: there is nothing to compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np

from coder.stats.arrays import FloatArray, IntArray, floats
from coder.stats.span_lines import check_exclusive, covered, lines
from coder.stats.spans import Spans


@dataclass(frozen=True, eq=False)
class LengthSums:
    """Lengths by code, for one document or any stack of them.

    Args:
        total: (...) length of the document times its coders, l.. .
        marked: (..., q) length marked with code c by any coder, l_c.
        squares: (..., q) sum of squared lengths of the spans with code c, s_c.
        covered: (..., q) of that length, what another coder marked as well, with any code; l'_c.
        covered_squares: (..., q) sum over spans and other coders of the square of that, s'_c.
        agreed: (..., q) of that length, what another coder marked with the same code, O_cc.
    """

    total: FloatArray
    marked: FloatArray
    squares: FloatArray
    covered: FloatArray
    covered_squares: FloatArray
    agreed: FloatArray

    @classmethod
    def from_columns(cls, columns: FloatArray) -> LengthSums:
        """The sums held in columns (..., 1 + 5q), as `columns` gives them."""
        parts = np.split(columns[..., 1:], 5, axis=-1)
        return cls(columns[..., 0], *(floats(part) for part in parts))

    @property
    def columns(self) -> FloatArray:
        """All sums side by side, (..., 1 + 5q), to be added and subtracted."""
        return np.concatenate(
            [
                self.total[..., None],
                self.marked,
                self.squares,
                self.covered,
                self.covered_squares,
                self.agreed,
            ],
            axis=-1,
        )

    @property
    def blank(self) -> FloatArray:
        """(...) length that coders left without a code, l_0."""
        return floats(self.total - self.marked.sum(axis=-1))


def length_sums(spans: Spans) -> LengthSums:
    """The lengths (D, ...) of every document, in one sweep per pair of coders.

    Raises:
        UsageError: Spans of one coder overlap.
    """
    check_exclusive(spans)
    documents, q = len(spans.documents), len(spans.codes)
    coders = spans.present.sum(axis=1)
    compared = coders >= 2
    share = floats(compared / np.maximum(coders - 1, 1))[:, None]
    cell = spans.document * q + spans.code
    length = spans.stop - spans.start

    def by_cell(rows: IntArray | slice, weights: FloatArray | IntArray) -> FloatArray:
        summed = np.bincount(cell[rows], weights=weights, minlength=documents * q)
        return floats(summed.reshape(documents, q))

    with_any, squares, with_same = (np.zeros((documents, q)) for _ in range(3))
    for line, other in permutations(lines(spans, by_code=False), 2):
        common = covered(line, other)
        with_any += by_cell(line.rows, common)
        squares += by_cell(line.rows, floats(common) ** 2)
    for line, other in permutations(lines(spans, by_code=True), 2):
        with_same += by_cell(line.rows, covered(line, other))
    return LengthSums(
        floats(coders * spans.lengths * compared),
        by_cell(slice(None), length) * compared[:, None],
        by_cell(slice(None), floats(length) ** 2) * compared[:, None],
        with_any * share,
        squares * share,
        with_same * share,
    )
