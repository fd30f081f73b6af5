"""Every degenerate case has its answer, with a reason in words (agreement.md 2.9)."""

from __future__ import annotations

import numpy as np
import pytest

from coder.errors import CoderError
from coder.stats import (
    Estimate,
    PairTables,
    RatingCounts,
    agree_many,
    agree_pair,
    agree_pooled,
    names_for,
)

from .cases import load

CHANCE_CORRECTED = (
    "cohen_kappa",
    "cohen_kappa_linear",
    "cohen_kappa_quadratic",
    "kappa_max",
    "scott_pi",
    "fleiss_kappa",
    "conger_kappa",
    "alpha_nominal",
    "alpha_ordinal",
    "alpha_interval",
    "alpha_ratio",
)
DEFINED_WITH_TWO_CODES = (
    "brennan_prediger",
    "gwet_ac1",
    "gwet_ac2_linear",
    "gwet_ac2_quadratic",
    "pabak",
)


def rows(tables: PairTables, **options: object) -> dict[str, Estimate]:
    found = agree_pair(tables, names_for("two coders"), **options)  # type: ignore[arg-type]
    return {row.statistic: row for row in found}


def many_rows(counts: RatingCounts) -> dict[str, Estimate]:
    found = agree_many(counts, names_for("any number of coders"))
    return {row.statistic: row for row in found}


def tables(*cells: list[list[int]], categories: str = "12") -> PairTables:
    names = tuple(f"T{g + 1}" for g in range(len(cells)))
    return PairTables(names, tuple(categories), np.array(cells))


def test_one_category_among_two_declared() -> None:
    one = tables([[10, 0], [0, 0]], [[5, 0], [0, 0]], [[5, 0], [0, 0]])
    for found in (rows(one), many_rows(RatingCounts.from_pair_tables(one))):
        for name in CHANCE_CORRECTED:
            if name in found:
                assert found[name].estimate is None, name
                assert found[name].why_undefined == "only code 1 was used"
                assert found[name].why_no_interval == "the statistic is undefined"
        for name in DEFINED_WITH_TWO_CODES:
            if name in found:
                assert found[name].estimate == 1.0, name
                assert found[name].low is None
                assert found[name].bound
        assert found["percent_agreement"].estimate == 1.0
        assert found["positive_agreement"].estimate == 1.0
        assert found["negative_agreement"].why_undefined == "no coder used 2"


def test_one_declared_category() -> None:
    found = rows(tables([[4]], categories="1"))
    assert found["percent_agreement"].estimate == 1.0
    for name in ("brennan_prediger", "gwet_ac1", "gwet_ac2_linear"):
        assert found[name].why_undefined == "fewer than two codes are declared"
    assert found["cohen_kappa"].why_undefined == "only code 1 was used"
    assert found["pabak"].why_undefined == "defined for two categories, not for 1"


def test_no_unit_with_two_coders() -> None:
    found = rows(tables([[0, 0], [0, 0]]))
    assert {row.why_undefined for row in found.values()} == {"no unit was finished by both coders"}
    assert {row.clusters for row in found.values()} == {0}
    single = RatingCounts.from_matrix([[0, 1, -1], [-1, -1, -1]], None, ("1", "2"))
    found = many_rows(single)
    assert {row.why_undefined for row in found.values()} == {"no unit was finished by two coders"}
    assert single.units_with_one_rating == 2


def test_no_unit_and_no_cluster_at_all() -> None:
    nothing = PairTables((), ("1", "2"), np.zeros((0, 2, 2), dtype=np.int64))
    assert all(not row.defined for row in rows(nothing).values())
    empty = RatingCounts.from_matrix(np.zeros((2, 0), dtype=int), None, ("1", "2"))
    assert all(not row.defined for row in many_rows(empty).values())


def test_two_categories_but_one_among_pairable_units() -> None:
    counts = load("degenerate_pairable_single_category").many()
    found = many_rows(counts)
    assert found["alpha_nominal"].why_undefined == "only code a was used"
    assert found["alpha_interval"].why_undefined.startswith("the codes are not numbers")
    # Fleiss' chance term sees the two single ratings of b, so kappa has a value.
    assert found["fleiss_kappa"].estimate == 1.0
    assert found["percent_agreement"].estimate == 1.0


def test_one_coder_constant() -> None:
    constant = tables([[5, 5], [0, 0]], [[4, 2], [0, 0]], [[3, 2], [0, 0]])
    found = rows(constant, coders=("AL", "RR"))
    for name in ("cohen_kappa", "cohen_kappa_linear", "cohen_kappa_quadratic"):
        assert found[name].estimate == 0.0
        assert found[name].low is None
        assert found[name].why_no_interval == (
            "not estimable: AL only used 1, so it is 0 in any case"
        )
    assert found["alpha_nominal"].low is not None
    assert found["scott_pi"].estimate is not None
    assert found["scott_pi"].estimate < 0


def test_both_coders_constant_and_apart() -> None:
    apart = rows(tables([[0, 6], [0, 0]], [[0, 5], [0, 0]], [[0, 7], [0, 0]]))
    assert apart["cohen_kappa"].estimate == 0.0
    assert apart["cohen_kappa"].why_no_interval.startswith("not estimable")
    assert apart["percent_agreement"].estimate == 0.0
    assert apart["percent_agreement"].bound.startswith("percent agreement at most 15.3%")
    assert apart["scott_pi"].estimate == -1.0
    assert apart["scott_pi"].why_no_interval == "no unit agrees"


def test_one_unit_in_disagreement() -> None:
    found = rows(tables([[0, 1], [0, 0]]))
    assert found["gwet_ac1_se"].why_undefined == "one unit has no standard error"
    assert found["cohen_kappa"].estimate == 0.0
    assert found["alpha_nominal"].estimate == 0.0
    assert found["alpha_ordinal"].estimate == 0.0
    assert many_rows(load("single_unit_50_raters").many())["alpha_nominal"].estimate == (
        pytest.approx(0.0, abs=1e-12)
    )


def test_perfect_agreement_with_variation_gives_bounds_and_no_interval() -> None:
    perfect = tables([[3, 0], [0, 5]], [[4, 0], [0, 4]], [[6, 0], [0, 2]])
    for method in ("jackknife", "bootstrap"):
        found = rows(perfect, interval=method)
        for name in (*CHANCE_CORRECTED, *DEFINED_WITH_TWO_CODES, "percent_agreement"):
            row = found[name]
            assert row.estimate == 1.0, name
            assert (row.low, row.high) == (None, None)
            if name != "kappa_max":
                assert row.why_no_interval == "all units agree, so nothing varies"
                assert row.bound == (
                    "percent agreement at least 88.3% if units were independent (24 units), "
                    "at least 36.8% if each transcript counts once (3 transcripts); "
                    "one-sided, 95%"
                )
        assert found["bias_index"].estimate == 0.0
        assert found["bias_index"].low is None


def test_perfect_agreement_of_several_coders() -> None:
    ratings = [[0, 1, 2, 1, 0, 2], [0, 1, 2, -1, 0, 2], [0, -1, 2, 1, 0, 2]]
    counts = RatingCounts.from_matrix(ratings, [0, 0, 1, 1, 2, 2], ("1", "2", "3"))
    for name, row in many_rows(counts).items():
        if name.endswith("_se"):
            assert row.estimate == 0.0, name
            assert row.why_no_interval.startswith("a standard error")
        elif row.defined:
            assert row.estimate == 1.0, name
            assert row.low is None
            assert "6 units" in row.bound


def test_statistics_for_two_categories_say_so_elsewhere() -> None:
    found = rows(tables(np.full((3, 3), 2).tolist(), categories="123"))
    for name in ("pabak", "positive_agreement", "prevalence_index", "bias_index"):
        assert found[name].why_undefined == "defined for two categories, not for 3"


def test_within_one_needs_three_levels() -> None:
    found = rows(tables([[1, 2], [3, 4]]))
    assert found["within_one"].why_undefined.startswith("with fewer than three levels")


def test_everything_within_one_level_is_a_share_of_its_own() -> None:
    near = rows(tables(*[[[3, 1, 0], [1, 3, 0], [0, 1, 3]]] * 4, categories="123"))
    assert near["within_one"].estimate == 1.0
    assert (
        near["within_one"].why_no_interval == "all units agree within one level, so nothing varies"
    )
    assert near["within_one"].bound.startswith("within one at least 93.9%")
    assert near["percent_agreement"].bound == ""


def test_scales_need_their_numbers() -> None:
    words = PairTables(("T",), ("low", "mid", "high"), np.full((1, 3, 3), 2))
    found = rows(words)
    assert found["alpha_interval"].why_undefined.startswith("the codes are not numbers")
    assert found["alpha_ordinal"].defined
    assert found["cohen_kappa_linear"].defined
    found = rows(words, level_values=[-1, 0, 1])
    assert found["alpha_interval"].defined
    assert found["alpha_ratio"].why_undefined == "a ratio scale has no negative level values"


def test_a_code_called_nan_is_a_code() -> None:
    # krippendorff 0.9.0 takes it for a missing value.
    words = PairTables(("T",), ("nan", "1"), np.array([[[3, 1], [1, 3]]]))
    found = rows(words)
    assert found["cohen_kappa"].estimate == 0.5
    assert found["alpha_interval"].why_undefined.startswith("the codes are not numbers")


def test_level_values_are_numbers_by_value_not_by_spelling() -> None:
    # Sorted as text, 10 comes between 1 and 2.
    spelled = PairTables(("T",), ("1", "10", "2"), np.array([[[5, 0, 2], [0, 4, 1], [2, 1, 6]]]))
    in_order = PairTables(("T",), ("1", "2", "10"), np.array([[[5, 2, 0], [2, 6, 1], [0, 1, 4]]]))
    ours, theirs = rows(spelled), rows(in_order)
    for name in ("alpha_ordinal", "alpha_interval", "cohen_kappa_quadratic", "within_one"):
        assert ours[name].estimate == pytest.approx(theirs[name].estimate, abs=1e-12)


def test_pooled_kappa_where_codes_do_not_vary() -> None:
    varying, constant = tables([[3, 1], [1, 3]]), tables([[0, 0], [0, 8]])
    found = {
        row.statistic: row
        for row in agree_pooled([varying, constant], ["pooled_kappa", "mean_kappa"])
    }
    assert found["pooled_kappa"].estimate == pytest.approx(0.5)
    assert found["mean_kappa"].why_undefined == "in 1 of 2 tables only one category was used"
    (row,) = agree_pooled([constant, constant])
    assert row.why_undefined == "in every table only one category was used"
    nothing = tables([[0, 0], [0, 0]])
    (row,) = agree_pooled([varying, nothing])
    assert row.why_undefined == "no unit was finished by both coders in 1 of 2 tables"
    (row,) = agree_pooled([nothing, nothing])
    assert row.why_undefined == "no unit was finished by both coders"


def test_unknown_and_misplaced_statistics_are_named() -> None:
    pair = tables([[3, 1], [1, 3]])
    with pytest.raises(CoderError, match="no statistic called cohen_kapa") as raised:
        agree_pair(pair, ["cohen_kapa"])
    assert raised.value.hint == "did you mean cohen_kappa?"
    with pytest.raises(CoderError, match="not defined for any number of coders"):
        agree_many(RatingCounts.from_pair_tables(pair), ["cohen_kappa"])
    with pytest.raises(ValueError, match="no interval 'jacknife'"):
        agree_pair(pair, interval="jacknife")  # type: ignore[arg-type]


def test_an_estimate_cannot_be_made_inconsistent() -> None:
    with pytest.raises(ValueError, match="no width"):
        Estimate("cohen_kappa", 0.5, 0.5, 0.5, "z", 10, 3)
    with pytest.raises(ValueError, match="a value or a reason"):
        Estimate("cohen_kappa", None, None, None, "none", 10, 3)
    with pytest.raises(ValueError, match="no interval and no reason"):
        Estimate("cohen_kappa", 0.5, None, None, "z", 10, 3)
