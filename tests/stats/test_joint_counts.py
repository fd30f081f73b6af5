"""The inner loop against counting one unit at a time, on both sides of its blocks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.stats import PairTables, RatingCounts
from coder.stats.arrays import AnyIntArray
from coder.stats.joint_counts import cells_of, joint_counts


@pytest.mark.parametrize("units", [0, 1, 40_000, 262_144, 600_001])
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
    raised = cells_of([codes], [11], [-1])
    assert raised is not None
    assert raised.tolist() == [1, 10, 4, 10]
    codes[1] = np.iinfo(kind).max
    assert cells_of([codes], [11], [-1]) is None
    if kind.startswith("i"):
        codes[1] = -1
        missing = cells_of([codes], [11], [-1])
        assert missing is not None
        assert missing.tolist() == [1, 0, 4, 10]
        codes[1] = -2
        assert cells_of([codes], [11], [-1]) is None


@st.composite
def sides(draw: st.DrawFn) -> tuple[list[AnyIntArray], list[int], list[int]]:
    """Columns of any type and layout in memory, how many numbers each has, and from which one."""
    units = draw(st.integers(1, 30))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sizes = draw(st.lists(st.sampled_from([1, 2, 3, 11, 16, 17, 100, 300]), min_size=1, max_size=3))
    columns: list[AnyIntArray] = []
    lowest = []
    for size in sizes:
        kind = draw(st.sampled_from(["i1", "u1", "u2", ">i4", "i8", "u8"]))
        first = draw(st.sampled_from([0, -1])) if "i" in kind else 0
        most = min(first + size, np.iinfo(kind).max)
        wide = random.integers(first, most, (units, 2)).astype(kind)
        columns.append(draw(st.sampled_from([wide[:, 0].copy(), wide[:, 1], wide[::-1, 0]])))
        lowest.append(first)
    return columns, sizes, lowest


@settings(max_examples=150, database=None)
@given(sides(), st.data())
def test_any_columns_are_counted_or_refused(
    drawn: tuple[list[AnyIntArray], list[int], list[int]], data: st.DataObject
) -> None:
    columns, sizes, lowest = drawn
    times = np.arange(1, columns[0].size + 1)
    for many in (None, times):
        expected = np.zeros(sizes, dtype=np.int64)
        cell = tuple(column.astype(int) - low for column, low in zip(columns, lowest, strict=True))
        np.add.at(expected, cell, 1 if many is None else many)
        counted = joint_counts(columns, sizes, lowest, many)
        assert counted is not None
        assert np.array_equal(counted, expected)

    # A single wrong number, also one that looks right when only its last byte is read.
    side = data.draw(st.integers(0, len(columns) - 1))
    size, first, held = sizes[side], lowest[side], np.iinfo(columns[side].dtype)
    wrong = [first - 1, first + size, first - 256, first + 256, held.min, held.max]
    possible = [n for n in wrong if held.min <= n <= held.max and not first <= n < first + size]
    if possible:
        unit = data.draw(st.integers(0, columns[side].size - 1))
        columns[side][unit] = data.draw(st.sampled_from(possible))
        assert joint_counts(columns, sizes, lowest) is None


def test_a_code_for_missing_in_one_byte_is_no_category() -> None:
    # -100 in 8 bits without a sign is 156.
    a, b = np.array([3, 3, -100], dtype=np.int8), np.array([7, -100, 7], dtype=np.int8)
    names = tuple(str(number) for number in range(200))
    assert np.argwhere(PairTables.from_codes(a, b, None, names).tables).tolist() == [[0, 3, 7]]
    assert RatingCounts.from_matrix([a, b], None, names).units == 1


@pytest.mark.parametrize("transcripts", [1, 3])
@pytest.mark.parametrize("missing", [-1, -9])
def test_units_taken_together_are_those_counted_one_by_one(transcripts: int, missing: int) -> None:
    random = np.random.default_rng(transcripts)
    ratings = random.integers(-1, 3, (3, 2_000))
    ratings[ratings < 0] = missing
    cluster = np.arange(2_000) % transcripts
    names = ("x", "y", "z")
    together = RatingCounts.from_matrix(ratings, cluster, names)
    # So few units at a time that a table of all possible ones would be larger.
    parts = [
        RatingCounts.from_matrix(ratings[:, start : start + 30], cluster[start : start + 30], names)
        for start in range(0, 2_000, 30)
    ]
    one_by_one = parts[0]
    for part in parts[1:]:
        one_by_one = one_by_one.merged(part)
    assert together.clusters == one_by_one.clusters
    assert np.array_equal(together.patterns, one_by_one.patterns)
    assert np.array_equal(together.counts, one_by_one.counts)
    assert np.array_equal(together.margins, one_by_one.margins)
