"""The unitizing coefficients of 2016: how far coders agree on where spans lie and what they are.

Krippendorff, Mathet, Bouvry & Widlöcher (2016), every place of the text being a value: a code, or
blank (0). Observed coincidences O_ck are lengths that one coder gave code c and another code k.
Expected ones E_ck = l.. (l_c l_k - [c = k] s_c) / (l..^2 - sum s) pair all places but those of one
and the same span, s_c being the sum of squared lengths of the spans with code c, and s_0 = l_0, as
a gap has no structure. Every function takes `LengthSums` (..., q) and returns (...), NaN where
undefined.

Caution: none of them sees a boundary between two touching spans of the same code, and all need one
code per place: for overlapping codes take |u-alpha of one code at a time.
"""

from __future__ import annotations

import numpy as np

from coder.stats.arrays import FloatArray, floats, ratio
from coder.stats.span_lengths import LengthSums

_ROUNDING = 1e-12
"""Of all pairs of places: far below what one character more or less changes."""


def u_alpha(sums: LengthSums) -> FloatArray:
    """Agreement on codes and boundaries together, blanks included.

    u-alpha = 1 - (l.. - tr O) / (l.. - tr E). Undefined where all text has one value (nothing
    marked, or everything with the same code).
    Caution: agreement on leaving text blank is most of it where little is marked.
    """
    blank = sums.blank
    apart = 2 * (sums.marked - sums.covered) + (sums.covered - sums.agreed)
    mixed = blank * (sums.total - blank)
    mixed = mixed + (sums.marked * (sums.total[..., None] - sums.marked)).sum(axis=-1)
    return _against_chance(sums, apart.sum(axis=-1), mixed)


def bar_u_alpha(sums: LengthSums) -> FloatArray:
    """|u-alpha: agreement on what is marked at all, whatever the code.

    1 - (l_0 - O_00) / (E_0. - E_00). Undefined where nothing is marked or nothing is blank.
    Caution: coders may mark the same text with different codes and agree perfectly here.
    """
    blank = sums.blank
    apart = (sums.marked - sums.covered).sum(axis=-1)
    return _against_chance(sums, apart, blank * (sums.total - blank))


def cu_alpha(sums: LengthSums) -> FloatArray:
    """Agreement on codes where two coders marked the same text, boundaries set aside.

    1 - (l' - tr O) / (l' - tr E) over codes only: l'_c the length with code c that another coder
    marked too, s'_c the sum over spans and other coders of the squared common length / (m - 1).
    Undefined where no text, or text with one code only, is marked by two coders. With three coders
    and more, a few common stretches can make l'^2 less than sum s', which would turn chance
    agreement round: undefined as well.
    Caution: says nothing on the text that only one coder marked; give `coverage_cu` with it.
    """
    common = sums.covered.sum(axis=-1)
    mixed = (sums.covered * (common[..., None] - sums.covered)).sum(axis=-1)
    pairs = _left_of(common * common, sums.covered_squares.sum(axis=-1))
    apart = (sums.covered - sums.agreed).sum(axis=-1)
    return 1 - ratio(apart * pairs, common * mixed)


def ku_alpha(sums: LengthSums, code: int | None) -> FloatArray:
    """(k)u-alpha: the part of cu-alpha that belongs to one code k.

    1 - e_k (l'_k - O_kk) / (l'_k (e_k - E_kk)), e_k = sum_c E_ck. Undefined where no other coder
    marked any text with code k, or where cu-alpha has no second code.
    Caution: give `coverage_ku` with it.

    Args:
        sums: Lengths.
        code: The number of code k.
    """
    assert code is not None
    held, agreed = sums.covered[..., code], sums.agreed[..., code]
    common = sums.covered.sum(axis=-1)
    pairs = _left_of(common * held, sums.covered_squares[..., code])
    return 1 - ratio(pairs * (held - agreed), held * held * (common - held))


def coverage_cu(sums: LengthSums) -> FloatArray:
    """The share of all text that cu-alpha looks at, marked by two coders: l' / l.. .

    Caution: not a measure of agreement; where it is small cu-alpha rests on little.
    """
    return ratio(sums.covered.sum(axis=-1), sums.total)


def coverage_ku(sums: LengthSums, code: int | None) -> FloatArray:
    """The share of the text with code k that another coder marked too, l'_k / l_k.

    Caution: not a measure of agreement; the other coder may have used any code.
    """
    assert code is not None
    return ratio(sums.covered[..., code], sums.marked[..., code])


def _left_of(all_pairs: FloatArray, within_spans: FloatArray) -> FloatArray:
    """Pairs of places that are not of one and the same span, NaN where there are none.

    Lengths are divided by m - 1, so that nothing left may come out as 1e-16 of all: three of seven
    coders who mark one stretch with three codes would then agree perfectly.
    """
    left = all_pairs - within_spans
    return np.where(left > _ROUNDING * all_pairs, left, np.nan)


def _against_chance(sums: LengthSums, apart: FloatArray, mixed: FloatArray) -> FloatArray:
    """1 - D_o / D_e, D_e = l.. x mixed / (l..^2 - sum s), mixed = sum of l_c l_k over c <> k."""
    pairs = sums.total * sums.total - sums.blank - sums.squares.sum(axis=-1)
    return floats(1 - ratio(apart * pairs, sums.total * mixed))
