"""Thirteen faults of well-known programs: what they print, and that we do not.

Each was reproduced or read in source before this room was written. The wrong figure is derived
beside the right one wherever its formula is short, so that nobody takes the two for rounding.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from coder.errors import UsageError
from coder.stats import (
    Document,
    Estimate,
    PairTables,
    RatingCounts,
    SetCounts,
    Spans,
    agree_characters,
    agree_many,
    agree_pair,
    agree_pooled,
    agree_sets,
    agree_spans,
    masi_distance,
    merge_spans,
    name_of_set,
    tables_of_all_pairs,
)
from coder.stats import errors_of_estimate as errors
from coder.stats.arrays import floats
from coder.stats.generalising import simulated_kappas
from coder.stats.weighted import quadratic_distance

from . import brute
from .cases import load
from .test_reference_cases import disagreement_weights, table
from .test_reference_sets_and_spans import set_counts


def one(rows: list[Estimate]) -> Estimate:
    (row,) = rows
    return row


def value(rows: list[Estimate]) -> float:
    found = one(rows).estimate
    return math.nan if found is None else found


def counted(rows: list[list[int]], categories: str = "12") -> RatingCounts:
    """Units given as numbers of coders per category; who gave which rating is arbitrary."""
    coders = max(sum(row) for row in rows)
    matrix = np.full((coders, len(rows)), -1)
    for unit, row in enumerate(rows):
        given = np.repeat(np.arange(len(row)), row)
        matrix[: given.size, unit] = given
    return RatingCounts.from_matrix(matrix, None, tuple(categories))


def test_1_alpha_of_complete_data_with_more_than_two_coders() -> None:
    # R irr::kripp.alpha 0.84.1 counts a pair m - 1 times when nothing is missing.
    case = load("krippendorff1980_p139")
    assert value(agree_many(case.many(), ["alpha_nominal"])) == pytest.approx(0.642, abs=5e-4)
    for yes in (1, 3, 6):
        row = one(agree_many(counted([[yes, 7 - yes]]), ["alpha_nominal"]))
        assert row.estimate == pytest.approx(0.0, abs=1e-12)
        n = 7 * 6
        pairs = 2 * yes * (7 - yes)
        assert 1 - (n - 1) * pairs / (pairs * 6 * 6) == pytest.approx(-0.139, abs=5e-4)


def test_2_the_error_of_weighted_kappa() -> None:
    # R psych 2.2.9 prints .0524 and, with quadratic weights, .0403.
    case = load("fleiss_cohen_everitt1969")
    own = errors.fleiss_cohen_everitt(table(case), disagreement_weights(case))
    assert own == pytest.approx(0.0570, abs=5e-5)
    quadratic = quadratic_distance(floats([1, 2, 3]))
    assert errors.fleiss_cohen_everitt(table(case), quadratic) == pytest.approx(0.0557, abs=5e-5)
    rows = agree_pair(case.pair(), ["cohen_kappa_quadratic_se"])
    assert value(rows) == pytest.approx(0.0557, abs=5e-5)


def test_3_kappa_of_characters() -> None:
    # QualCoder: Po = both / either, Pe = a product, text that nobody coded left out: .213.
    case = load("nvivo_help_1000_characters")
    both, one_only, other_only, _ = case.pair().total.reshape(-1).tolist()
    either = both + one_only + other_only
    yes = (both + one_only) / either * (both + other_only) / either
    no = other_only / either * one_only / either
    assert (both / either - yes * no) / (1 - yes * no) == pytest.approx(0.213, abs=5e-4)
    marks = {"A": [(0, 100, "x")], "B": [(50, 200, "x")]}
    held = Spans.from_documents([Document("T", 1000, marks)])
    assert value(agree_characters(held, ("A", "B"), ["cohen_kappa"])) == pytest.approx(
        0.318, abs=5e-4
    )


def test_3_overlapping_segments_of_one_coder_are_not_two_coders() -> None:
    marks = {"A": [(0, 60, "x"), (40, 100, "x")], "B": [(500, 600, "x")]}
    held = Spans.from_documents([Document("T", 1000, marks)])
    with pytest.raises(UsageError, match="overlap"):
        agree_characters(held, ("A", "B"), ["cohen_kappa"])
    merged = merge_spans(held)
    assert value(agree_characters(merged, ("A", "B"), ["percent_agreement"])) == 0.8
    assert value(agree_characters(merged, ("A", "B"), ["cohen_kappa"])) < 0


def test_4_and_5_weighted_kappa_without_the_largest_distance() -> None:
    # DKPro divides D_o by the largest distance observed, nltk not at all: -.048 either way.
    case = load("weighted_kappa_adjacent_only")
    found = value(agree_pair(case.pair(), ["cohen_kappa_quadratic"]))
    assert found == pytest.approx(0.9345, abs=5e-5)
    kappa_with_raw_observed = 1 - (1 - found) * 16
    assert kappa_with_raw_observed == pytest.approx(-0.048, abs=5e-4)


def test_4_chance_of_three_coders_is_a_mean_over_pairs() -> None:
    # DKPro adds D_e up over the pairs: .786 where Hubert's kappa is .357.
    ratings = np.array(
        [[0, 0, 1, 1, 0, 1, 1, 0], [0, 1, 1, 1, 0, 0, 1, 0], [0, 0, 0, 1, 1, 1, 1, 0]]
    )
    tables = list(tables_of_all_pairs(ratings, None, ("1", "2"), ("A", "B", "C")).values())
    found = value(agree_pooled(tables, ["hubert_kappa"]))
    assert found == pytest.approx(brute.pooled_kappa(brute.all_pairs(ratings)), abs=1e-12)
    assert 1 - (1 - found) / 3 > found + 0.3


def test_5_missing_ratings_repeated_ratings_and_names_of_mixed_kind() -> None:
    # nltk: RuntimeError for a missing rating, two labels of one coder count as a pair, TypeError
    # for items named 1 and "1".
    missing = RatingCounts.from_matrix([[0, 1, -1, 1], [0, 1, 1, 0]], None, ("1", "2"))
    assert value(agree_many(missing, ["alpha_nominal"])) == pytest.approx(
        brute.alpha(np.array([[0, 1, -1, 1], [0, 1, 1, 0]]), "nominal", [1, 2]), abs=1e-12
    )
    rows = [("T", "A", "1", ["x"]), ("T", "A", "1", ["y"]), ("T", "B", "1", ["x"])]
    with pytest.raises(UsageError, match="A coded unit 1 of T twice"):
        SetCounts.from_rows(rows)
    mixed = [("T", "A", 1, ["x"]), ("T", "B", 1, ["x"]), ("T", "A", "1", ["y"])]
    assert SetCounts.from_rows(mixed).units == 1  # type: ignore[arg-type]


def test_6_masi() -> None:
    # DKPro multiplies (1 - J)(1 - M) and finds 1/6, and .769; old versions of nltk used .67.
    assert masi_distance("A", "AB") == pytest.approx(2 / 3, abs=1e-12)
    jaccard, monotonic = 1 / 2, 2 / 3
    assert (1 - jaccard) * (1 - monotonic) == pytest.approx(1 / 6)
    counts = set_counts(load("sets_missing_three_coders"))
    assert value(agree_sets(counts, ["alpha_masi"])) == pytest.approx(0.482, abs=5e-4)
    # nltk divides by zero on two empty sets.
    assert masi_distance("", "") == 0.0
    assert masi_distance("", "A") == 1.0


def test_7_fleiss_with_unequal_numbers_of_ratings() -> None:
    # statsmodels stops at an assert, and under python -O finds -.092.
    rows = [[0, 2], [2, 2], [2, 2], [3, 0]]
    counts = np.array(rows)
    most = counts.sum(axis=1).max()
    share = counts.sum(axis=0) / (len(rows) * most)
    seen = (((counts**2).sum(axis=1) - most) / (most * (most - 1))).mean()
    assert (seen - share @ share) / (1 - share @ share) == pytest.approx(-0.092, abs=5e-4)
    assert value(agree_many(counted(rows), ["fleiss_kappa"])) == pytest.approx(1 / 3, abs=1e-12)


def test_7_missing_is_no_category() -> None:
    # statsmodels' aggregate_raters counts NaN as one.
    found = RatingCounts.from_matrix([[0, -1], [0, 1], [1, 1]], None, ("1", "2"))
    assert found.patterns.tolist() == [[0, 2], [2, 1]]
    assert found.categories == ("1", "2")


@pytest.mark.parametrize("declared", [("a",), ("a", "b")])
def test_8_one_category_only(declared: tuple[str, ...]) -> None:
    # 1.0 in nltk, R irr and irrCAC, exceptions or NaN elsewhere.
    counts = RatingCounts.from_matrix(np.zeros((3, 5), dtype=int), None, declared)
    for row in agree_many(counts, ["alpha_nominal", "alpha_ordinal", "fleiss_kappa"]):
        assert (row.estimate, row.why_undefined) == (None, "only code a was used")
    pair = PairTables.from_codes(np.zeros(5, dtype=int), np.zeros(5, dtype=int), None, declared)
    for row in agree_pair(pair, ["cohen_kappa", "scott_pi", "alpha_nominal"]):
        assert (row.estimate, row.why_undefined) == (None, "only code a was used")
    assert value(agree_pair(pair, ["percent_agreement"])) == 1.0


def test_8_coders_without_a_document_in_common() -> None:
    # INCEpTION once reported alpha = 1.0.
    ratings = [[0, 1, 0, -1, -1, -1], [-1, -1, -1, 0, 1, 0]]
    counts = RatingCounts.from_matrix(ratings, list("AAABBB"), ("1", "2"))
    for row in agree_many(counts, ["alpha_nominal", "percent_agreement", "gwet_ac1"]):
        assert row.why_undefined == "no unit was finished by two coders"
    marks = [(2, 5, "x")]
    apart = Spans.from_documents([Document("A", 9, {"a": marks}), Document("B", 9, {"b": marks})])
    for row in agree_spans(apart):
        assert row.why_undefined == "no document was coded by two coders"


def test_9_a_code_called_nan_is_a_code_and_not_a_missing_one() -> None:
    # krippendorff 0.9.0 takes the word for a missing value.
    rows = [("T", c, str(u), [code]) for u, code in enumerate(["nan", "None", "x"]) for c in "AB"]
    counts = SetCounts.from_rows(rows)
    assert counts.codes == ("None", "nan", "x")
    assert value(agree_sets(counts, ["alpha_set_nominal"])) == 1.0
    assert name_of_set(["nan"]) == "nan"


def test_10_test_sets_of_rho_hold_units_that_exist() -> None:
    # rhoR's getHandSetIndices reaches index 187 of 100; its rhoCT ignores an argument.
    whole = simulated_kappas(10_000, 0.25, inflation=0.2, replicates=200)
    plain = simulated_kappas(10_000, 0.25, inflation=0.0, replicates=200, seed=1)
    # The same populations, and a test set of all units is the population however it is drawn.
    assert whole == pytest.approx(plain, abs=1e-12)


def test_11_intervals_use_the_error_of_the_estimate_not_of_the_null() -> None:
    # JASP's interval of Fleiss' kappa uses the error under chance and is too narrow.
    case = load("gwet_raw4raters")
    complete = load("fleiss1971_diagnoses")
    row = one(agree_many(complete.many(), ["fleiss_kappa"], interval="analytic"))
    total = floats(complete.many().counts.sum(axis=0))
    null = errors.fleiss_null_error(complete.many().patterns, total)
    assert row.standard_error is not None
    assert row.standard_error > 1.5 * null
    # Its kappa with missing ratings is wrong, and its alpha depends on which way the table lies.
    assert value(agree_many(case.many(), ["fleiss_kappa"])) == pytest.approx(0.76117, abs=5e-6)
    turned = RatingCounts.from_matrix(case.ratings[::-1, ::-1], None, case.categories)
    for name in ("alpha_nominal", "fleiss_kappa"):
        forth = one(agree_many(case.many(), [name], interval="analytic"))
        back = one(agree_many(turned, [name], interval="analytic"))
        assert back.low == (None if forth.low is None else pytest.approx(forth.low, abs=1e-12))
    pair = load("gwet_ben_gerry_missing")
    assert value(agree_pair(pair.pair(), ["cohen_kappa"])) == 0.65625


def test_12_a_coder_who_marked_nothing_counts() -> None:
    # u_alpha.py loses such a coder and finds 1.0.
    held = Spans.from_documents([Document("T", 100, {"A": [(30, 50, "x")], "B": []})])
    assert value(agree_spans(held, ["u_alpha"])) == pytest.approx(-0.095, abs=1e-12)
    same = {"A": [(30, 50, "x")], "B": [(30, 50, "x")]}
    two, three = (Spans.from_documents([Document("T", 100, m)]) for m in (same, {**same, "C": []}))
    assert value(agree_spans(two, ["u_alpha"])) == 1.0
    assert value(agree_spans(three, ["u_alpha"])) < 0.6


def test_13_three_conventions_of_percent_agreement() -> None:
    # Gwet and irrCAC .818, DKPro .800, and all 55 pairs thrown together .782.
    names = ["percent_agreement", "percent_agreement_values", "percent_agreement_pairs"]
    rows = agree_many(load("krippendorff2011_C_missing").many(), names)
    assert [row.statistic for row in rows] == names
    assert [row.estimate for row in rows] == pytest.approx([0.818, 0.8, 0.782], abs=5e-4)
    # Without missing ratings there is nothing to choose.
    rows = agree_many(load("fleiss1971_diagnoses").many(), names)
    assert len({round(row.estimate or 0, 12) for row in rows}) == 1
