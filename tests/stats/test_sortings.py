"""The adjusted Rand index against scikit-learn, a published table and counting by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, cohen_kappa_score

from coder.stats.sortings import (
    PairTable,
    Piles,
    agree_on_piles,
    pair_table,
    rand_of_pairs,
    split_pairs,
)


def piles(labels: str) -> dict[str, frozenset[str]]:
    """One letter a pile, ``+`` between several, ``-`` for a thing that is not sorted."""
    words = labels.split()
    return {f"c{n:02}": frozenset(w.split("+")) for n, w in enumerate(words) if w != "-"}


LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=14)
SETS = st.frozensets(st.integers(0, 3), min_size=1, max_size=3)


def partitions(labels: list[tuple[int, int]]) -> tuple[Piles, Piles]:
    first = {f"c{n:02}": frozenset({a}) for n, (a, _) in enumerate(labels)}
    second = {f"c{n:02}": frozenset({b}) for n, (_, b) in enumerate(labels)}
    return first, second


@given(LABELS)
def test_without_overlap_it_is_what_scikit_learn_says(labels: list[tuple[int, int]]) -> None:
    first, second = partitions(labels)
    found = agree_on_piles(first, second)
    if found.index is None:
        assert found.why_undefined
        return
    oracle = adjusted_rand_score([a for a, _ in labels], [b for _, b in labels])
    assert found.index == pytest.approx(oracle)
    assert rand_of_pairs(found.table) == pytest.approx(oracle)


@given(LABELS)
def test_it_is_the_formula_of_hubert_and_arabie(labels: list[tuple[int, int]]) -> None:
    first, second = partitions(labels)
    cells: dict[tuple[int, int], int] = {}
    for pair in labels:
        cells[pair] = cells.get(pair, 0) + 1
    rows = [sum(n for (a, _), n in cells.items() if a == k) for k in range(5)]
    columns = [sum(n for (_, b), n in cells.items() if b == k) for k in range(5)]
    index = sum(comb(n, 2) for n in cells.values())
    in_rows, in_columns = (sum(comb(n, 2) for n in margin) for margin in (rows, columns))
    expected = Fraction(in_rows * in_columns, comb(len(labels), 2))
    most = Fraction(in_rows + in_columns, 2)
    found = agree_on_piles(first, second)
    if most == expected:
        assert found.index is None
    else:
        assert found.index == pytest.approx(float((index - expected) / (most - expected)))


@given(st.lists(st.tuples(SETS, SETS), min_size=2, max_size=9))
def test_with_overlap_it_is_kappa_of_together_over_all_pairs(
    sorted_twice: list[tuple[frozenset[int], frozenset[int]]],
) -> None:
    first = {f"c{n}": one for n, (one, _) in enumerate(sorted_twice)}
    second = {f"c{n}": other for n, (_, other) in enumerate(sorted_twice)}
    by_first = [bool(first[a] & first[b]) for a, b in combinations(sorted(first), 2)]
    by_second = [bool(second[a] & second[b]) for a, b in combinations(sorted(first), 2)]
    found = agree_on_piles(first, second)
    assert found.in_several == sum(len(a) > 1 or len(b) > 1 for a, b in sorted_twice)
    if len(set(by_first + by_second)) == 1:
        assert found.index is None
    else:
        kappa = cohen_kappa_score(by_first, by_second)
        assert found.index == pytest.approx(kappa)
    turned = agree_on_piles(second, first)
    assert turned.index == pytest.approx(found.index) if found.index is not None else True


def test_a_table_counted_by_hand() -> None:
    # Pairs of 01 2 34 against 012 34: 01 and 34 by both; 02 and 12 only by the second.
    table = pair_table(piles("a a b c c"), piles("x x x y y"), sorted(piles("a a b c c")))
    assert table == PairTable(2, 0, 2, 6)
    assert rand_of_pairs(table) == pytest.approx(2 * 12 / (2 * 6 + 4 * 8))
    assert table.pairs == 10


@pytest.mark.parametrize("second", ["x x y y y z", "x x+y y z z+x w"])
def test_chance_is_nought_on_average_over_every_way_of_dealing_the_piles(second: str) -> None:
    first = piles("a a a b b c")
    found = []
    # Each way once: like piles changed over are the same way, and all ways have as many of those.
    for dealt in sorted(set(permutations(second.split()))):
        one = agree_on_piles(first, piles(" ".join(dealt)))
        assert one.index is not None
        found.append(one.index)
    assert sum(found) / len(found) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("first", "second", "why", "things"),
    [
        ("a b", "- -", "no code sorted by both", 0),
        ("a b", "a -", "only one code sorted by both", 1),
        ("a a a", "x x x", "both put all of them into one pile", 3),
        ("a b c", "x y z", "both put each of them into a pile of its own", 3),
        ("a+b b+a a", "x x x+y", "both put all of them into one pile", 3),
    ],
)
def test_what_is_not_defined_says_why(first: str, second: str, why: str, things: int) -> None:
    found = agree_on_piles(piles(first), piles(second))
    assert (found.index, found.why_undefined, found.things) == (None, why, things)


def test_one_pile_for_all_against_several_is_nought() -> None:
    assert agree_on_piles(piles("a a a a"), piles("x x y y")).index == 0


def test_what_only_one_has_sorted_is_left_out() -> None:
    both = agree_on_piles(piles("a a b b"), piles("x x y y"))
    more = agree_on_piles(piles("a a b b a -"), piles("x x y y - x"))
    assert (more.index, more.things) == (both.index, both.things) == (1.0, 4)


def test_pairs_that_people_differ_on_most_come_first() -> None:
    sortings = {
        "AL": piles("a a b b"),
        "RR": piles("x y y y"),
        "MK": piles("p p q -"),
        "ZZ": piles("- - - m"),
    }
    found = split_pairs(sortings, ["c00", "c01", "c02", "c03"])
    assert [(p.one, p.other, p.together, p.apart, p.comparisons) for p in found] == [
        ("c01", "c03", ("RR",), ("AL",), 1),
        ("c00", "c01", ("AL", "MK"), ("RR",), 3),
        ("c01", "c02", ("RR",), ("AL", "MK"), 3),
    ]
    assert [pair.share for pair in found] == [1.0, pytest.approx(2 / 3), pytest.approx(2 / 3)]


@given(
    st.dictionaries(
        st.sampled_from(["AL", "RR", "MK"]),
        st.dictionaries(st.sampled_from(["c0", "c1", "c2", "c3"]), SETS),
    )
)
def test_split_pairs_are_those_that_pairs_of_people_differ_on(
    sortings: dict[str, dict[str, frozenset[int]]],
) -> None:
    order = ["c0", "c1", "c2", "c3"]
    found = {(p.one, p.other): p for p in split_pairs(sortings, order)}
    for one, other in combinations(order, 2):
        who = [p for p in sortings if one in sortings[p] and other in sortings[p]]
        differ = [
            bool(sortings[a][one] & sortings[a][other])
            != bool(sortings[b][one] & sortings[b][other])
            for a, b in combinations(who, 2)
        ]
        pair = found.get((one, other))
        assert (pair is not None) == any(differ)
        if pair is not None:
            assert pair.share == pytest.approx(sum(differ) / len(differ))
