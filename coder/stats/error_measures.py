"""Analytic standard errors as statistics with names of their own, to compare with other programs.

Caution: all of them assume independent units, so none is the error of a study of interviews; that
one comes with the jackknife.
"""

from __future__ import annotations

import numpy as np

from coder.stats.arrays import FloatArray, IntArray, floats
from coder.stats.errors_of_estimate import fleiss_cohen_everitt, gwet_linearised
from coder.stats.levels import Levels
from coder.stats.measures import Distance, Measure
from coder.stats.weighted import linear_distance, nominal_distance, quadratic_distance

_NO_INTERVAL = "a standard error, itself no measure of agreement; it assumes independent units"


def _nominal(levels: Levels) -> FloatArray:
    return nominal_distance(len(levels.values))


def _linear(levels: Levels) -> FloatArray:
    return linear_distance(levels.values)


def _quadratic(levels: Levels) -> FloatArray:
    return quadratic_distance(levels.values)


def _own(levels: Levels) -> FloatArray:
    return levels.own_weights


def _of_kappa(name: str, distance: Distance) -> Measure:
    """The error of Fleiss, Cohen & Everitt (1969), one value per table of the stack."""

    def of_tables(tables: FloatArray, levels: Levels) -> FloatArray:
        v = distance(levels)
        return floats([fleiss_cohen_everitt(table, v) for table in tables])

    return Measure(
        f"{name}_se",
        of_tables,
        transform=None,
        why_no_interval=_NO_INTERVAL,
        needs=("variation", "own weights") if distance is _own else ("variation",),
    )


def _of_several(name: str, chance: str) -> Measure:
    """Gwet's linearised error (2008), one value per entry of the stack."""

    def of_patterns(
        patterns: IntArray, counts: FloatArray, margins: FloatArray, levels: Levels
    ) -> FloatArray:
        return floats([gwet_linearised(patterns, row, chance) for row in counts])

    def of_tables(tables: FloatArray, levels: Levels) -> FloatArray:
        q = tables.shape[-1]
        one = np.eye(q, dtype=np.int64)
        pairs = (one[:, None, :] + one[None, :, :]).reshape(q * q, q)
        return floats([gwet_linearised(pairs, table.reshape(q * q), chance) for table in tables])

    needs_variation = chance == "fleiss"
    return Measure(
        f"{name}_se",
        of_tables,
        of_patterns,
        transform=None,
        why_no_interval=_NO_INTERVAL,
        needs=("two units", "variation" if needs_variation else "two codes"),
    )


ERROR_MEASURES = (
    _of_kappa("cohen_kappa", _nominal),
    _of_kappa("cohen_kappa_linear", _linear),
    _of_kappa("cohen_kappa_quadratic", _quadratic),
    _of_kappa("cohen_kappa_custom", _own),
    _of_several("fleiss_kappa", "fleiss"),
    _of_several("brennan_prediger", "uniform"),
    _of_several("gwet_ac1", "gwet"),
)
"""In the order of a report."""
