"""Transcripts of unequal size and a real design effect, against a jackknife over lists of units."""

from __future__ import annotations

from typing import Any

import pytest

from coder.stats import Estimate, SetCounts, agree_many, agree_pair, agree_sets

from . import brute_jackknife as brute
from .cases import Case, load

NAMES = (
    "clustered_nine_unequal_binary",
    "clustered_three_coders_missing",
    "clustered_sets_seven_unequal",
)
EVERY = [
    pytest.param(name, statistic, wanted, id=f"{name}-{statistic}")
    for name in NAMES
    for statistic, wanted in load(name).body["intervals"].items()
]


def row_of(case: Case, statistic: str, **options: Any) -> Estimate:
    if case.kind == "sets":
        rows = [
            (transcript, f"coder {number}", str(unit), codes)
            for number, answers in enumerate(case.body["matrix"])
            for unit, (transcript, codes) in enumerate(
                zip(case.body["cluster"], answers, strict=True)
            )
            if codes is not None
        ]
        (row,) = agree_sets(SetCounts.from_rows(rows, case.body["codes"]), [statistic], **options)
    elif len(case.ratings) == 2:
        (row,) = agree_pair(case.pair(), [statistic], **options)
    else:
        (row,) = agree_many(case.many(), [statistic], **options)
    return row


@pytest.mark.parametrize(("name", "statistic", "wanted"), EVERY)
def test_intervals_are_those_of_a_recount(
    name: str, statistic: str, wanted: dict[str, Any]
) -> None:
    case = load(name)
    row = row_of(case, statistic)
    for end in ("estimate", "low", "high", "standard_error"):
        assert getattr(row, end) == pytest.approx(wanted[end], abs=1e-8), end
    assert row.interval == f"transcript jackknife {wanted['scale']}, t(effective G-1)"


@pytest.mark.parametrize(("name", "statistic", "wanted"), EVERY)
def test_the_cases_hold_what_the_recount_gives(
    name: str, statistic: str, wanted: dict[str, Any]
) -> None:
    value_of, scale = brute.VALUES[statistic]
    assert scale == wanted["scale"]
    found = brute.interval(brute.units_of_case(load(name).body), value_of, scale)
    assert found == pytest.approx({key: wanted[key] for key in found}, abs=1e-9)


def test_the_design_effect_is_real_and_independent_units_would_hide_it() -> None:
    case = load("clustered_nine_unequal_binary")
    row = row_of(case, "cohen_kappa")
    naive = row_of(case, "cohen_kappa_se").estimate
    assert naive is not None
    assert row.standard_error is not None
    assert (row.standard_error / naive) ** 2 == pytest.approx(3.755, abs=0.001)
    assert row.low is not None
    assert row.high is not None
    # More than twice as wide as what other programs print, 3.92 naive errors.
    assert row.high - row.low > 2 * 3.92 * naive


def test_unequal_sizes_cost_degrees_of_freedom() -> None:
    case = load("clustered_nine_unequal_binary")
    effective, plain = (row_of(case, "cohen_kappa", df=df) for df in ("effective", "G-1"))
    assert effective.standard_error == plain.standard_error
    assert effective.low is not None
    assert plain.low is not None
    assert effective.low < plain.low
    assert case.body["intervals"]["cohen_kappa"]["df"] == pytest.approx(4.509, abs=0.001)


def test_a_transcript_with_single_ratings_only_is_not_left_out() -> None:
    row = row_of(load("clustered_three_coders_missing"), "alpha_nominal")
    assert len(set(load("clustered_three_coders_missing").body["cluster"])) == 9
    assert row.clusters == 8
