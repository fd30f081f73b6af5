"""The inner loop against counting one unit at a time, on both sides of its blocks."""

from __future__ import annotations

import numpy as np
import pytest

from coder.stats import PairTables
from coder.stats.joint_counts import from_one, joint_counts


@pytest.mark.parametrize("units", [0, 1, 40_000, 262_144, 300_001])
@pytest.mark.parametrize("sizes", [(2,), (10, 10), (16, 16), (16, 17), (60, 40, 30)])
@pytest.mark.parametrize("kind", ["int8", "uint16", ">i4", "int64"])
def test_every_combination_is_counted(units: int, sizes: tuple[int, ...], kind: str) -> None:
    random = np.random.default_rng(units)
    columns = [random.integers(0, size, units).astype(kind) for size in sizes]
    expected = np.zeros(sizes, dtype=np.int64)
    np.add.at(expected, tuple(columns), 1)
    counted = joint_counts(columns, sizes)
    assert counted is not None
    assert np.array_equal(counted, expected)
    for wrong in (sizes[-1], *([] if kind == "uint16" else [-1])):
        if units:
            columns[-1][units // 2] = wrong
            assert joint_counts(columns, sizes) is None


@pytest.mark.parametrize("kind", ["int64", "int8", "text"])
@pytest.mark.parametrize("together", [True, False])
def test_labels_of_transcripts_may_stand_together_or_not(kind: str, together: bool) -> None:
    random = np.random.default_rng(3)
    place = random.integers(0, 5, 400)
    labels = np.array([3, 7, 9, 20, 21])[np.sort(place) if together else place].astype(
        "U2" if kind == "text" else kind
    )
    a, b = random.integers(-1, 3, (2, 400))
    tables = PairTables.from_codes(a, b, labels, ("x", "y", "z"))
    assert set(tables.clusters) == {"3", "7", "9", "20", "21"}
    for g, name in enumerate(tables.clusters):
        here = (labels.astype(str) == name) & (a >= 0) & (b >= 0)
        expected = np.zeros((3, 3), dtype=np.int64)
        np.add.at(expected, (a[here], b[here]), 1)
        assert np.array_equal(tables.tables[g], expected)


@pytest.mark.parametrize("kind", ["int8", "uint8", "int64", "uint64"])
def test_missing_becomes_zero_and_nothing_else_does(kind: str) -> None:
    codes = np.array([0, 9, 3, 9], dtype=kind)
    raised = from_one(codes, 10)
    assert raised is not None
    assert raised.tolist() == [1, 10, 4, 10]
    codes[1] = np.iinfo(kind).max
    assert from_one(codes, 10) is None
    if kind.startswith("i"):
        codes[1] = -1
        missing = from_one(codes, 10)
        assert missing is not None
        assert missing.tolist() == [1, 0, 4, 10]
        codes[1] = -2
        assert from_one(codes, 10) is None
