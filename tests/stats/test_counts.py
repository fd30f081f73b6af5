"""Counting: every constructor against a plain count, and what it refuses."""

from __future__ import annotations

import time
from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from coder.stats import PairTables, RatingCounts, tables_of_all_pairs
from coder.stats.nominal import cohen_kappa

from .studies import Study, random_study, studies

often = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow], database=None
)


@often
@given(studies())
def test_pair_tables_equal_a_plain_count(study: Study) -> None:
    pair = study.pair()
    wanted = Counter(
        (str(g), i, j)
        for g, i, j in zip(study.cluster, *study.ratings[:2], strict=True)
        if i >= 0 and j >= 0
    )
    found = {
        (pair.clusters[g], i, j): int(pair.tables[g, i, j])
        for g, i, j in zip(*np.nonzero(pair.tables), strict=True)
    }
    assert found == dict(wanted)
    rows = [
        (name, study.categories[i], study.categories[j], n) for (name, i, j), n in wanted.items()
    ]
    by_rows = PairTables.from_rows(rows, study.categories, clusters=pair.clusters)
    assert np.array_equal(by_rows.tables, pair.tables)
    twice = PairTables.from_rows([*rows, *rows], study.categories, clusters=pair.clusters)
    assert np.array_equal(twice.tables, 2 * pair.tables)


@often
@given(studies())
def test_patterns_equal_a_plain_count(study: Study) -> None:
    counts = study.many()
    wanted: Counter[tuple[str, tuple[int, ...]]] = Counter()
    for g, unit in zip(study.cluster, study.ratings.T, strict=True):
        pattern = tuple(int((unit == k).sum()) for k in range(study.q))
        if any(pattern):
            wanted[str(g), pattern] += 1
    found = {
        (counts.clusters[g], tuple(counts.patterns[p].tolist())): int(counts.counts[g, p])
        for g, p in zip(*np.nonzero(counts.counts), strict=True)
    }
    assert found == dict(wanted)
    assert len({tuple(row) for row in counts.patterns.tolist()}) == len(counts.patterns)
    for coder, row in enumerate(study.ratings):
        for k in range(study.q):
            assert counts.margins[:, coder, k].sum() == (row == k).sum()


@often
@given(studies(coders=2, missing=False))
def test_both_ways_to_patterns_agree(study: Study) -> None:
    one = RatingCounts.from_pair_tables(study.pair(), ("coder 1", "coder 2"))
    two = study.many()
    assert np.array_equal(one.patterns, two.patterns)
    assert np.array_equal(one.counts, two.counts)
    assert np.array_equal(one.margins, two.margins)
    assert one.coders == two.coders


@often
@given(studies(coders=4))
def test_complete_only_keeps_units_that_all_finished(study: Study) -> None:
    complete = RatingCounts.from_matrix(
        study.ratings, study.cluster, study.categories, complete_only=True
    )
    assert complete.units == int((study.ratings >= 0).all(axis=0).sum())
    assert complete.units_with_one_rating == 0


def test_many_distinct_patterns_take_the_sorting_path() -> None:
    # 30 codes and 8 coders: more patterns than a lookup table should hold.
    rng = np.random.default_rng(2)
    ratings = rng.integers(-1, 30, size=(8, 3000))
    counts = RatingCounts.from_matrix(ratings, None, [f"c{k}" for k in range(30)])
    assert counts.counts.sum() == (ratings >= 0).any(axis=0).sum()
    wanted = {tuple(int((unit == k).sum()) for k in range(30)) for unit in ratings.T}
    assert {tuple(row) for row in counts.patterns.tolist()} == {p for p in wanted if any(p)}


def test_labels_of_transcripts() -> None:
    a, b = [0, 1, 1, 0], [0, 1, 0, 0]
    names = PairTables.from_codes(a, b, ["T2", "T10", "T2", "T1"], ("x", "y"))
    assert names.clusters == ("T1", "T10", "T2")
    assert names.units_by_cluster.tolist() == [1, 1, 2]
    large = PairTables.from_codes(a, b, [9_000_000_000, 7, 7, 7], ("x", "y"))
    assert large.clusters == ("7", "9000000000")
    gaps = PairTables.from_codes(a, b, [5, 2, 2, 9], ("x", "y"))
    assert gaps.clusters == ("2", "5", "9")
    placed = PairTables.from_codes(a, b, [2, 0, 0, 0], ("x", "y"), clusters=("A", "B", "C"))
    assert placed.units_by_cluster.tolist() == [3, 0, 1]
    looked_up = PairTables.from_codes(a, b, list("CAAA"), ("x", "y"), clusters=("A", "B", "C"))
    assert np.array_equal(looked_up.tables, placed.tables)
    alone = PairTables.from_codes(a, b, None, ("x", "y"))
    assert alone.clusters == ("all units",)


def test_the_callers_arrays_are_left_alone() -> None:
    a, b = np.array([0, 1, 1]), np.array([0, 1, 0])
    cluster = np.array([0, 1, 1])
    for names in (None, ("A", "B")):
        PairTables.from_codes(a, b, cluster, ("x", "y"), clusters=names)
        RatingCounts.from_matrix([a, b], cluster, ("x", "y"), clusters=names)
    assert (a.tolist(), b.tolist(), cluster.tolist()) == ([0, 1, 1], [0, 1, 0], [0, 1, 1])
    held = PairTables.from_codes(a, b, cluster, ("x", "y"))
    with pytest.raises(ValueError, match="read-only"):
        held.tables[0, 0, 0] = 5


def test_small_unsigned_codes_work() -> None:
    a = np.array([0, 1, 200], dtype=np.uint8)
    b = np.array([0, 1, 199], dtype=np.uint8)
    names = [str(k) for k in range(201)]
    assert PairTables.from_codes(a, b, None, names).tables[0, 200, 199] == 1
    assert RatingCounts.from_matrix(np.stack([a, b]), None, names).units == 3


def test_wrong_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="code 2 is outside the 2 declared"):
        PairTables.from_codes([0, 2], [0, 1], None, ("x", "y"))
    with pytest.raises(ValueError, match="whole numbers"):
        PairTables.from_codes([0.0, 1.0], [0, 1], None, ("x", "y"))
    with pytest.raises(ValueError, match="do not pair up"):
        PairTables.from_codes([0], [0, 1], None, ("x", "y"))
    with pytest.raises(ValueError, match="cluster labels"):
        PairTables.from_codes([0, 1], [0, 1], ["T"], ("x", "y"))
    with pytest.raises(ValueError, match="not one of the declared"):
        PairTables.from_rows([("T", "x", "z", 1)], ("x", "y"))
    with pytest.raises(ValueError, match="'x' is listed twice"):
        PairTables(("T",), ("x", "x"), np.zeros((1, 2, 2), dtype=np.int64))
    with pytest.raises(ValueError, match="negative"):
        PairTables(("T",), ("x", "y"), np.array([[[1, -1], [0, 0]]]))
    with pytest.raises(ValueError, match="shape"):
        PairTables(("T",), ("x", "y"), np.zeros((2, 2), dtype=np.int64))
    with pytest.raises(ValueError, match="counts must be whole numbers"):
        PairTables(("T",), ("x",), np.array([[[0.5]]]))
    nobody = np.zeros((1, 1, 1), dtype=np.int64)
    with pytest.raises(ValueError, match="different ratings"):
        RatingCounts(("T",), ("x",), np.array([[2]]), np.array([[1]]), ("A",), nobody)


def test_reshaping() -> None:
    study = random_study(4, 2, 4, 4, 80, 4, missing=0.0, noise=0.4)
    pair, many = study.pair(), study.many()
    first, *_, last = pair.categories
    both = pair.only([last, first])
    assert both.categories == (last, first)
    assert both.total.tolist() == [
        [int(pair.total[3, 3]), int(pair.total[3, 0])],
        [int(pair.total[0, 3]), int(pair.total[0, 0])],
    ]
    assert many.only([last, first]).units == both.units
    name = pair.clusters[1]
    assert name not in pair.without(name).clusters
    assert pair.without(name).units == pair.units - pair.units_by_cluster[1]
    assert many.without(name).units == many.units - many.units_by_cluster[1]
    halves = {"1": "low", "2": "low", "3": "high", "4": "high"}
    assert pair.collapsed(halves).categories == ("low", "high")
    assert pair.collapsed(halves).total[0, 0] == pair.total[:2, :2].sum()
    assert many.collapsed(halves).margins.sum() == many.margins.sum()
    with pytest.raises(ValueError, match="no coarser category is given for '4'"):
        pair.collapsed({"1": "low", "2": "low", "3": "high"})
    with pytest.raises(ValueError, match="no cluster"):
        pair.without("T99")
    with pytest.raises(ValueError, match="not one of the categories"):
        pair.binary("5")
    with pytest.raises(ValueError, match="different categories"):
        pair.merged(pair.collapsed(halves))


def test_merging_studies_with_other_orders() -> None:
    one = PairTables(("A", "B"), ("x", "y"), np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]))
    two = PairTables(("B", "C"), ("y", "x"), np.array([[[1, 0], [0, 2]], [[0, 1], [0, 0]]]))
    both = one.merged(two)
    assert both.clusters == ("A", "B", "C")
    assert both.tables.tolist() == [
        [[1, 2], [3, 4]],
        [[7, 6], [7, 9]],
        [[0, 0], [1, 0]],
    ]
    many = RatingCounts.from_pair_tables(one).merged(RatingCounts.from_pair_tables(two))
    wanted = RatingCounts.from_pair_tables(both)
    assert np.array_equal(many.patterns, wanted.patterns)
    assert np.array_equal(many.counts, wanted.counts)
    assert np.array_equal(many.margins, wanted.margins)


def test_all_pairs_share_their_transcripts() -> None:
    study = random_study(9, 3, 3, 3, 50, 5, missing=0.3, noise=0.3)
    pairs = tables_of_all_pairs(study.ratings, study.cluster, study.categories, ("A", "B", "C"))
    assert list(pairs) == [("A", "B"), ("A", "C"), ("B", "C")]
    assert len({tables.clusters for tables in pairs.values()}) == 1
    assert np.array_equal(pairs["A", "B"].total, study.pair().total)


def test_a_million_units_take_milliseconds() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.integers(0, 10, size=(2, 1_000_000))
    names = [str(k) for k in range(10)]
    best = 9.0
    for _ in range(3):
        start = time.perf_counter()
        value = float(cohen_kappa(PairTables.from_codes(a, b, None, names).total.astype(float)))
        best = min(best, time.perf_counter() - start)
    assert abs(value) < 0.01
    # 3 ms on 2 cores (scikit-learn 110); the margin is for a loaded machine.
    assert best < 0.1


@pytest.mark.parametrize("coders", [1, 2, 31, 32, 64, 80])
@pytest.mark.parametrize("units", [0, 1, 5])
@pytest.mark.parametrize("categories", [0, 1, 3])
def test_many_coders_of_nothing_are_counted(coders: int, units: int, categories: int) -> None:
    """No category or no unit: there is nothing to say, whoever was asked."""
    names = [f"c{k}" for k in range(categories)]
    counts = RatingCounts.from_matrix(np.full((coders, units), -1), None, names)
    assert counts.patterns.shape == (0, categories)
    assert counts.counts.shape == (1 if units else len(counts.clusters), 0)
    assert counts.margins.shape == (len(counts.clusters), coders, categories)
    assert counts.units == counts.units_with_one_rating == 0
    if categories and units:
        full = RatingCounts.from_matrix(np.zeros((coders, units), dtype=int), None, names)
        assert full.patterns.tolist() == [[coders] + [0] * (categories - 1)]
        assert full.counts.tolist() == [[units]]
        assert full.units == (units if coders > 1 else 0)
    elif units:
        with pytest.raises(ValueError, match="code 0 is outside the 0 declared categories"):
            RatingCounts.from_matrix(np.zeros((coders, units), dtype=int), None, names)
