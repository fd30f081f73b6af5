"""Patterns of ratings: which rows differ, however they are compared."""

from __future__ import annotations

import numpy as np
import pytest

from coder.stats.patterns import unique_rows


@pytest.mark.parametrize("columns", [1, 10, 24, 25, 60])
@pytest.mark.parametrize("lowest", [-1, 0])
@pytest.mark.parametrize("highest", [0, 1, 5, 255, 256])
def test_different_rows_come_in_their_order(columns: int, lowest: int, highest: int) -> None:
    random = np.random.default_rng(columns)
    some = random.integers(lowest, highest + 1, (20, columns))
    rows = some[random.integers(0, 20, 80)]
    distinct, which = unique_rows(rows)
    assert np.array_equal(distinct, np.unique(rows, axis=0))
    assert np.array_equal(distinct[which], rows)
