"""Sets of codes: how they are counted, and what happens at the edges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coder.errors import UsageError
from coder.stats import (
    NO_CODE,
    SetCounts,
    agree_many,
    agree_pair,
    agree_pooled,
    agree_sets,
    name_of_set,
)

from .set_studies import ALL, CODES, SetStudy, Unit, values


def same(found: dict[str, float], wanted: dict[str, float]) -> None:
    assert found == pytest.approx(wanted, abs=1e-9, nan_ok=True)


def test_rows_have_intervals_over_transcripts() -> None:
    rng = np.random.default_rng(3)
    units: list[Unit] = []
    for number in range(60):
        truth = frozenset(code for code in CODES if rng.random() < 0.4)
        other = truth if rng.random() < 0.7 else truth ^ {"x"}
        units.append((f"T{number % 6}", {"A": truth, "B": other}))
    for row in agree_sets(SetStudy(units).counts(), ALL):
        assert row.low is not None, row
        assert row.high is not None
        assert row.estimate is not None
        assert row.low < row.estimate < row.high
        scale = "z" if row.statistic.startswith("alpha") else "logit"
        assert row.interval == f"transcript jackknife {scale}, t(G-1)"
        assert (row.units, row.clusters) == (60, 6)


def test_a_missing_answer_is_not_the_empty_set() -> None:
    rows = [("T", "A", "1", ["x"]), ("T", "A", "2", []), ("T", "B", "1", ["x"])]
    finished = SetCounts.from_rows([*rows, ("T", "B", "2", [])])
    missing = SetCounts.from_rows(rows)
    assert (finished.units, missing.units) == (2, 1)
    assert values(finished)["alpha_masi"] == 1.0
    (row,) = agree_sets(missing, ["alpha_masi"])
    assert row.why_undefined == "only the set x was used"
    nothing = SetCounts.from_rows([("T", "A", "1", []), ("T", "B", "1", [])], ["x"])
    (row,) = agree_sets(nothing, ["alpha_jaccard"])
    assert row.why_undefined == f"only the set {NO_CODE} was used"
    (row,) = agree_sets(nothing, ["percent_agreement"])
    assert row.estimate == 1.0
    assert row.bound.startswith("percent agreement at least 5.0%")
    (row,) = agree_sets(SetCounts.from_rows([]), ["alpha_masi"])
    assert row.why_undefined == "no unit was finished by two coders"


def test_perfect_and_no_agreement_have_no_interval() -> None:
    same_sets = [
        (f"T{k % 4}", {"A": frozenset(codes), "B": frozenset(codes)})
        for k, codes in enumerate(["", "x", "xy", "y"] * 3)
    ]
    for row in agree_sets(SetStudy(same_sets).counts(), ALL):
        assert (row.estimate, row.low) == (1.0, None)
        assert row.why_no_interval == "all units agree, so nothing varies"
        assert "12 units" in row.bound
    apart = [(f"T{k % 4}", {"A": frozenset("x"), "B": frozenset("y")}) for k in range(12)]
    for row in agree_sets(SetStudy(apart).counts(), ("jaccard_similarity", "percent_agreement")):
        assert (row.estimate, row.low) == (0.0, None)
        assert "at most 22.1%" in row.bound


def test_an_analytic_interval_for_one_transcript() -> None:
    units = [("T", {"A": frozenset("x"), "B": frozenset("x" if k else "y")}) for k in range(9)]
    counts = SetStudy([*units, ("T", {"A": frozenset()})]).counts()
    (row,) = agree_sets(counts, ["percent_agreement"], interval="analytic")
    (plain,) = agree_many(counts.as_ratings(), ["percent_agreement"], interval="analytic")
    assert row.low == pytest.approx(plain.low, abs=1e-12)
    assert row.high == pytest.approx(plain.high, abs=1e-12)
    assert row.interval == plain.interval
    (row,) = agree_sets(counts, ["alpha_masi"], interval="analytic")
    assert row.why_no_interval == "alpha_masi has no analytic interval here"


def test_single_codes_and_the_pooled_kappa() -> None:
    study = [
        ("T1", {"A": frozenset("xy"), "B": frozenset("x"), "C": frozenset("x")}),
        ("T1", {"A": frozenset("y"), "B": frozenset()}),
        ("T2", {"A": frozenset(), "B": frozenset("y")}),
        ("T2", {"A": frozenset("x"), "B": frozenset("x")}),
        ("T2", {"C": frozenset("x")}),
    ]
    counts = SetStudy(study).counts()
    tables = counts.pair_of_code("y", ("A", "B"))
    assert tables.categories == ("y", "not y")
    assert tables.tables.tolist() == [[[0, 2], [0, 0]], [[0, 0], [1, 1]]]
    ratings = counts.of_code("x")
    assert ratings.patterns.tolist() == [[0, 2], [1, 0], [2, 0], [3, 0]]
    assert ratings.counts.tolist() == [[1, 0, 0, 1], [1, 1, 1, 0]]
    (pooled,) = agree_pooled([counts.pair_of_code(code, ("A", "B")) for code in "xy"])
    # p_o 4/4 and 1/4; p_e 1/2 and (2 x 1 + 2 x 3) / 16.
    assert pooled.estimate == pytest.approx((0.625 - 0.5) / (1 - 0.5))
    (kappa,) = agree_pair(tables, ["cohen_kappa"])
    assert kappa.estimate == pytest.approx((1 / 4 - 1 / 2) / (1 - 1 / 2))
    with pytest.raises(UsageError, match="no code v"):
        counts.of_code("v")
    with pytest.raises(UsageError, match="no coder D"):
        counts.pair_of_code("x", ("A", "D"))


def test_counts_take_groups_and_numbers() -> None:
    profiles = [
        ("T1", {"A": ["x"], "B": ["x", "y"]}, 3),
        ("T2", {"A": ["x", "y"], "B": []}, 2),
        ("T1", {"B": ["y", "x"], "A": ["x"]}, 1),
        ("T3", {"A": ["x"]}, 4),
    ]
    counts = SetCounts.from_profiles(profiles)
    assert counts.units_by_cluster.tolist() == [4, 2, 0]
    assert counts.answers_by_coder.sum(axis=1).tolist() == [10, 6]
    assert len(counts.times) == 3  # the two like profiles of T1 are one row
    rows = [
        (name, coder, f"{place}-{copy}", codes)
        for place, (name, by, n) in enumerate(profiles)
        for coder, codes in by.items()
        for copy in range(n)
    ]
    same(values(SetCounts.from_rows(rows)), values(counts))
    complete = SetCounts.from_profiles(profiles, complete_only=True)
    assert complete.answers_by_coder.sum(axis=1).tolist() == [6, 6]
    sets = [["x"], ["x", "y"], ["y", "x"], []]
    numbers = [[0, 0, 0, 1, 1, 0], [1, 1, 2, 3, 3, 2]]
    direct = SetCounts.from_sets(sets, numbers, [0, 0, 0, 1, 1, 0], coders=("A", "B"))
    same(values(direct), values(complete))


def test_wrong_sets_are_refused() -> None:
    with pytest.raises(UsageError, match="A coded unit 7 of T1 twice"):
        SetCounts.from_rows([("T1", "A", "7", ["x"]), ("T1", "A", "7", [])])
    with pytest.raises(UsageError, match="v is not one of the codes x, y"):
        SetCounts.from_rows([("T1", "A", "7", ["v"])], ["x", "y"])
    with pytest.raises(UsageError, match="coder B is not among A"):
        SetCounts.from_rows([("T1", "B", "7", ["x"])], coders=["A"])
    with pytest.raises(UsageError, match="a code has no name"):
        SetCounts.from_rows([("T1", "A", "7", [""])])
    with pytest.raises(UsageError, match="cohen_kappa is not defined for sets of codes"):
        agree_sets(SetCounts.from_rows([]), ["cohen_kappa"])
    with pytest.raises(ValueError, match="code 4 is outside the 2 declared"):
        SetCounts.from_sets([["x"], []], [[0], [4]], None)
    with pytest.raises(ValueError, match="coders by units"):
        SetCounts.from_sets([["x"]], [0], None)
    with pytest.raises(ValueError, match="1 counts for 2 units"):
        SetCounts.from_sets([["x"]], [[0, 0]], None, times=[1])
    counts = SetCounts.from_rows([("T", "A", "1", ["x"]), ("T", "B", "1", [])])
    with pytest.raises(ValueError, match="a set is held twice"):
        replace(counts, membership=counts.membership[[0, 0]])
    with pytest.raises(ValueError, match="for 1 codes"):
        replace(counts, membership=counts.membership[:, :0])
    with pytest.raises(ValueError, match="a transcript is outside the 1 named"):
        replace(counts, cluster=counts.cluster + 1)
    with pytest.raises(ValueError, match="do not fit"):
        replace(counts, times=counts.times[:0])
    with pytest.raises(ValueError, match="cannot be negative"):
        replace(counts, times=-counts.times)
    with pytest.raises(ValueError, match="an answer is outside the 2 sets"):
        replace(counts, answers=counts.answers + 5)


def test_no_two_sets_share_a_name() -> None:
    odd = [[], ["a", "b"], ["a+b"], [NO_CODE], ["a\\", "b"], ["a\\+b"], ["\\(no code)"], ["a"]]
    assert len({name_of_set(codes) for codes in odd}) == len(odd)
    assert name_of_set(["b", "a", "b"]) == "a+b"
    assert name_of_set([]) == NO_CODE
