"""alpha_U of 1995: how far coders agree on spans as whole units, boundaries included.

alpha_U = 1 - D_o / D_e per code (Krippendorff 1995, restated 2004), for all codes together
1 - sum D_o / sum D_e. With m coders, text of length L, units g of one coder with begin b, end e and
length l, and N_c units of code c over all coders:

D_o = sum_{i<>j} sum_{g,h} d^2 / (m (m - 1) L^2), d^2 = (b_g - b_h)^2 + (e_g - e_h)^2 for units that
overlap, l_g^2 for a unit that lies wholly in a gap of the other coder (counted from both sides);
D_e = (2 / L) sum_g [(N_c - 1) / 3 (2 l^3 - 3 l^2 + l) + l^2 sum_{gaps h, l_h >= l} (l_h - l + 1)]
/ [m L (m L - 1) - sum l (l - 1)]: all units put in all places.

Several documents are one continuum that nothing crosses: m L becomes the sum of their lengths times
their coders, gaps end where a document ends, and each document's D_o counts 1 / (m - 1) with its
own number of coders. Documents with fewer than two coders are left out.

Caution: differences count squared, so a few long units decide; far below -1 is possible. Marking
everything as one unit, both coders alike, gives 1, although nothing varies.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np

from coder.stats.arrays import BoolArray, FloatArray, IntArray, floats, ratio
from coder.stats.placements import Placements
from coder.stats.span_lines import Line, check_exclusive, lines
from coder.stats.spans import Spans


@dataclass(frozen=True, eq=False)
class UnitSums:
    """What adds up over documents; see `Placements` for the part of D_e that does not.

    Args:
        places: (...) sum of length times coders, m L.
        length: (...) sum of lengths, L.
        apart: (..., q) sum of d^2 / (m - 1).
        units: (..., q) number of units N_c.
        shifts: (..., q) sum over units of (2 l^3 - 3 l^2 + l) / 3.
        inner: (..., q) sum over units of l (l - 1).
    """

    places: FloatArray
    length: FloatArray
    apart: FloatArray
    units: FloatArray
    shifts: FloatArray
    inner: FloatArray

    @classmethod
    def from_columns(cls, columns: FloatArray) -> UnitSums:
        """The sums held in columns (..., 2 + 4q), as `columns` gives them."""
        parts = np.split(columns[..., 2:], 4, axis=-1)
        return cls(columns[..., 0], columns[..., 1], *(floats(part) for part in parts))

    @property
    def columns(self) -> FloatArray:
        """All sums side by side, (..., 2 + 4q), to be added and subtracted."""
        alone = [self.places[..., None], self.length[..., None]]
        return np.concatenate([*alone, self.apart, self.units, self.shifts, self.inner], axis=-1)


def disagreements(sums: UnitSums, placed: FloatArray) -> tuple[FloatArray, FloatArray]:
    """D_o and D_e of every code, (..., q) each.

    Args:
        sums: Additive sums.
        placed: (..., q) sum over units and gaps, from `Placements`.
    """
    places, length = sums.places[..., None], sums.length[..., None]
    observed = ratio(sums.apart, places * length)
    pairs = places * (places - 1) - sums.inner
    expected = ratio(2 * ((sums.units - 1) * sums.shifts + placed), length * pairs)
    # By the count of units, which is exact, as the sums above may leave 1e-17 of a code not there.
    return observed, floats(np.where(sums.units > 0, expected, 0.0))


def alpha_u(observed: FloatArray, expected: FloatArray, code: int | None = None) -> FloatArray:
    """alpha_U of one code, or of all together, (...), NaN where it has no unit.

    Args:
        observed: (..., q) D_o.
        expected: (..., q) D_e.
        code: The number of the code; None for all.
    """
    if code is None:
        return 1 - ratio(observed.sum(axis=-1), expected.sum(axis=-1))
    return 1 - ratio(observed[..., code], expected[..., code])


def unit_sums(spans: Spans) -> tuple[UnitSums, list[Placements]]:
    """The additive sums (D, ...) of every document, and the placements of every code.

    Raises:
        UsageError: Spans of one coder with the same code overlap.
    """
    check_exclusive(spans, within_code=True)
    documents, q = len(spans.documents), len(spans.codes)
    coders = spans.present.sum(axis=1)
    compared = coders >= 2
    cell = spans.document * q + spans.code
    by_coder = lines(spans, by_code=True)
    apart = np.zeros(documents * q)
    for (i, line), (j, other) in permutations(enumerate(by_coder), 2):
        # Where the other coder was not at work there is no gap to lie in.
        both = (spans.present[:, i] & spans.present[:, j])[spans.document[line.rows]]
        far = np.where(both, _squared_differences(line, other), 0.0)
        apart += np.bincount(cell[line.rows], weights=far, minlength=documents * q)
    # Units in documents that only one coder coded get the length 0 and add nothing.
    size = floats(spans.stop - spans.start) * compared[spans.document]

    def by_cell(weights: FloatArray) -> FloatArray:
        summed = np.bincount(cell, weights=weights, minlength=documents * q)
        return floats(summed.reshape(documents, q))

    sums = UnitSums(
        floats(coders * spans.lengths * compared),
        floats(spans.lengths * compared),
        apart.reshape(documents, q) / np.maximum(coders - 1, 1)[:, None],
        by_cell(floats(size > 0)),
        by_cell((2 * size**3 - 3 * size**2 + size) / 3),
        by_cell(size * (size - 1)),
    )
    return sums, _placements(spans, by_coder, compared)


def _squared_differences(line: Line, other: Line) -> FloatArray:
    """For each unit the d^2 to units it overlaps, or twice l^2 where it overlaps none.

    Twice, as the other coder's gap differs from the unit as much as the unit from the gap.
    """
    first = np.searchsorted(other.stop, line.start, side="right")
    met = np.searchsorted(other.start, line.stop, side="left") - first
    mine = np.repeat(np.arange(met.size), met)
    theirs = np.arange(mine.size) - np.repeat(np.cumsum(met) - met, met) + first[mine]
    begin = floats(line.start[mine] - other.start[theirs])
    end = floats(line.stop[mine] - other.stop[theirs])
    far = np.bincount(mine, weights=begin * begin + end * end, minlength=met.size)
    return np.where(met == 0, 2 * floats(line.stop - line.start) ** 2, far)


def _placements(spans: Spans, by_coder: list[Line], compared: BoolArray) -> list[Placements]:
    """For every code its units and gaps: between units, before the first and after the last."""
    documents, q, total = len(spans.documents), len(spans.codes), int(spans.lengths.sum())
    offset = np.cumsum(spans.lengths) - spans.lengths
    rows, start, stop = (
        np.concatenate([getattr(line, name) for line in by_coder] or [np.zeros(0, dtype=np.int64)])
        for name in ("rows", "start", "stop")
    )
    code, document, coder = spans.code[rows], spans.document[rows], spans.coder[rows]
    begin = offset[document] + code * total
    first = np.ones(rows.size, dtype=np.bool_)
    first[1:] = (np.diff(coder) != 0) | (np.diff(code) != 0) | (np.diff(document) != 0)
    last = np.roll(first, -1)
    before = start - np.where(first, begin, np.roll(stop, 1))
    after = (begin + spans.lengths[document] - stop)[last]
    units = _by_code(q, code, document, stop - start, compared)
    gaps = _by_code(
        q,
        np.concatenate([code, code[last]]),
        np.concatenate([document, document[last]]),
        np.concatenate([before, after]),
        compared,
    )
    # To a coder without any unit of the code the whole document is one gap.
    cell = document[first] * q + code[first]
    busy = np.bincount(cell, minlength=documents * q).reshape(documents, q)
    idle = (spans.present.sum(axis=1)[:, None] - busy) * compared[:, None]
    whole = np.arange(documents)
    return [
        Placements(
            documents,
            *units[k],
            np.concatenate([gaps[k][0], whole]),
            np.concatenate([gaps[k][1], spans.lengths]),
            np.concatenate([np.ones(gaps[k][0].size, dtype=np.int64), idle[:, k]]),
        )
        for k in range(q)
    ]


def _by_code(
    q: int, code: IntArray, document: IntArray, length: IntArray, compared: BoolArray
) -> list[tuple[IntArray, IntArray]]:
    """Document and length of what belongs to each code."""
    order = np.argsort(code, kind="stable")
    order = order[compared[document[order]]]
    ends = np.searchsorted(code[order], np.arange(q + 1))
    parts = [order[ends[k] : ends[k + 1]] for k in range(q)]
    return [(document[part], length[part]) for part in parts]
