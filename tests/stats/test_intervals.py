"""The jackknife against a plain loop, the refusals, and intervals by hand."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats as scipy_stats

from coder.stats import (
    Estimate,
    IntervalMethod,
    PairTables,
    RatingCounts,
    agree_many,
    agree_pair,
    agree_pooled,
    names_for,
)
from coder.stats import errors_of_estimate as errors
from coder.stats.arrays import floats
from coder.stats.intervals import degrees_of_freedom, wilson

from . import brute
from .cases import load
from .studies import Study, random_study


def one(rows: list[Estimate]) -> Estimate:
    (row,) = rows
    return row


def plain_jackknife(study: Study, value_of: Callable[[Study], float]) -> tuple[float, float, float]:
    """Estimate and both ends on Fisher's z, by recounting the units of each subset."""
    everything = value_of(study)
    names = sorted(set(study.cluster.tolist()))
    replicates = [value_of(study.taken(np.flatnonzero(study.cluster != g))) for g in names]
    sizes = [int((study.cluster == g).sum()) for g in names]
    mean = sum(replicates) / len(names)
    error = math.sqrt(
        (len(names) - 1) / len(names) * sum((value - mean) ** 2 for value in replicates)
    )
    df = sum(sizes) ** 2 / sum(size**2 for size in sizes) - 1
    half = float(scipy_stats.t.ppf(0.975, df)) * error / (1 - everything**2)
    centre = math.atanh(everything)
    return everything, math.tanh(centre - half), math.tanh(centre + half)


@pytest.mark.parametrize("seed", range(6))
def test_jackknife_equals_a_plain_loop(seed: int) -> None:
    study = random_study(seed, 3, 4, 4, 40, 5, missing=0.0, noise=0.5)
    a_and_b = Study(study.ratings[:2], study.cluster, study.q)

    def kappa(part: Study) -> float:
        return brute.kappa(part.ratings[0].tolist(), part.ratings[1].tolist())

    def quadratic(part: Study) -> float:
        a, b = part.ratings[:2].tolist()
        return brute.kappa(a, b, brute.quadratic)

    for name, value_of in (("cohen_kappa", kappa), ("cohen_kappa_quadratic", quadratic)):
        row = one(agree_pair(a_and_b.pair(), [name]))
        if row.low is not None:
            assert (row.estimate, row.low, row.high) == pytest.approx(
                plain_jackknife(a_and_b, value_of), abs=1e-9
            )

    def alpha(part: Study) -> float:
        return brute.alpha(part.ratings, "ordinal", part.values)

    def ac1(part: Study) -> float:
        return brute.fleiss_family(part.ratings, part.q, "gwet")

    def conger(part: Study) -> float:
        return brute.conger(part.ratings, part.q)

    for name, value_of in (("alpha_ordinal", alpha), ("gwet_ac1", ac1), ("conger_kappa", conger)):
        row = one(agree_many(study.many(), [name]))
        assert (row.estimate, row.low, row.high) == pytest.approx(
            plain_jackknife(study, value_of), abs=1e-9
        )


def test_jackknife_of_a_share_is_on_the_logit() -> None:
    tables = floats(load("clustered_eight_transcripts").pair().tables)
    row = one(agree_pair(load("clustered_eight_transcripts").pair(), ["percent_agreement"]))
    sizes, agreed = tables.sum(axis=(1, 2)), np.trace(tables, axis1=1, axis2=2)
    share = agreed.sum() / sizes.sum()
    left = (agreed.sum() - agreed) / (sizes.sum() - sizes)
    error = math.sqrt(7 / 8 * float(((left - left.mean()) ** 2).sum()))
    half = float(scipy_stats.t.ppf(0.975, sizes.sum() ** 2 / (sizes**2).sum() - 1)) * error
    half /= share * (1 - share)
    centre = math.log(share / (1 - share))
    ends = [1 / (1 + math.exp(-(centre + side * half))) for side in (-1, 1)]
    assert [row.low, row.high] == pytest.approx(ends, abs=1e-12)
    assert row.interval == "transcript jackknife logit, t(effective G-1)"


def test_effective_degrees_of_freedom() -> None:
    assert degrees_of_freedom(floats([7, 7, 7, 7])) == pytest.approx(3)
    assert degrees_of_freedom(floats([40, 1, 1, 1])) < 0.2
    assert degrees_of_freedom(floats([40, 1, 1, 1]), "G-1") == 3
    equal = load("clustered_eight_transcripts").pair()
    row = one(agree_pair(equal, ["cohen_kappa"]))
    assert (row.low, row.high) == pytest.approx((0.46262504979559, 0.73576240600754), abs=1e-12)
    assert row.interval == "transcript jackknife z, t(effective G-1)"
    row = one(agree_pair(equal, ["cohen_kappa"], df="G-1"))
    assert row.interval == "transcript jackknife z, t(G-1)"


def equal_tables(g: int, table: list[list[int]]) -> PairTables:
    return PairTables(tuple(f"T{i}" for i in range(g)), ("yes", "no"), np.array([table] * g))


def test_transcripts_that_do_not_differ_give_no_interval() -> None:
    alike = equal_tables(5, [[3, 1], [1, 3]])
    row = one(agree_pair(alike, ["cohen_kappa"]))
    assert row.why_no_interval == "leaving out any transcript gives the same value"
    row = one(agree_pair(alike, ["cohen_kappa"], interval="bootstrap"))
    assert row.why_no_interval == "samples of transcripts all give the same value"


@pytest.mark.parametrize("method", ["jackknife", "bootstrap"])
def test_one_and_two_transcripts_are_refused(method: IntervalMethod) -> None:
    row = one(agree_pair(equal_tables(1, [[3, 1], [1, 3]]), ["cohen_kappa"], interval=method))
    assert row.why_no_interval == "one transcript only"
    two = PairTables(("A", "B"), ("yes", "no"), np.array([[[3, 1], [1, 3]], [[5, 1], [0, 3]]]))
    row = one(agree_pair(two, ["cohen_kappa"], interval=method))
    assert row.why_no_interval == "two transcripts are too few"
    assert row.clusters == 2


def test_transcripts_without_units_do_not_count() -> None:
    tables = np.zeros((5, 2, 2), dtype=int)
    tables[:2] = [[[3, 1], [1, 3]], [[5, 1], [0, 3]]]
    row = one(agree_pair(PairTables(tuple("ABCDE"), ("yes", "no"), tables), ["cohen_kappa"]))
    assert row.clusters == 2
    assert row.why_no_interval == "two transcripts are too few"


def test_the_transcript_that_carries_a_code_alone_is_named() -> None:
    tables = np.array([[[0, 0], [0, 6]], [[2, 1], [1, 4]], [[0, 0], [0, 7]], [[0, 0], [0, 5]]])
    row = one(agree_pair(PairTables(tuple("WXYZ"), ("cost", "rest"), tables), ["cohen_kappa"]))
    assert row.why_no_interval == "undefined without transcript X: only code rest was used"
    drawn = one(
        agree_pair(
            PairTables(tuple("WXYZ"), ("cost", "rest"), tables),
            ["cohen_kappa"],
            interval="bootstrap",
        )
    )
    assert drawn.low is None
    assert "of 1000 samples" in drawn.why_no_interval


def test_one_transcript_that_holds_nearly_everything() -> None:
    tables = np.array([[[400, 90], [80, 430]], [[1, 0], [1, 0]], [[0, 1], [0, 1]]])
    row = one(agree_pair(PairTables(tuple("XYZ"), ("yes", "no"), tables), ["cohen_kappa"]))
    assert row.low is None
    assert row.why_no_interval.startswith("it would cover the whole scale: transcript X holds 100%")


def test_analytic_only_for_one_transcript() -> None:
    case = load("fleiss_cohen_everitt1969")
    row = one(agree_pair(case.pair(), ["cohen_kappa"], interval="analytic"))
    error = errors.fleiss_cohen_everitt(floats(case.pair().total))
    assert row.estimate is not None
    half = 1.959963984540054 * error / (1 - row.estimate**2)
    centre = math.atanh(row.estimate)
    ends = (math.tanh(centre - half), math.tanh(centre + half))
    assert (row.low, row.high) == pytest.approx(ends, abs=1e-12)
    assert "assumes independent units" in row.interval
    row = one(
        agree_pair(load("clustered_eight_transcripts").pair(), ["cohen_kappa"], interval="analytic")
    )
    assert row.why_no_interval == ("units of 8 transcripts are not independent: use the jackknife")
    row = one(agree_pair(case.pair(), ["alpha_nominal"], interval="analytic"))
    assert row.why_no_interval == "alpha_nominal has no analytic interval here"


def test_an_error_too_small_to_print_gives_no_interval() -> None:
    # One coder used all but only yes, the other all but only no: kappa is 0 whatever they meant.
    apart = PairTables(("T",), ("yes", "no"), np.array([[[7, 1_000_000], [0, 1]]]))
    row = one(agree_pair(apart, ["cohen_kappa"], interval="analytic"))
    assert row.estimate == pytest.approx(1.4e-11, rel=1e-4)
    assert (row.low, row.why_no_interval) == (None, "the standard error is 0 to nine digits")
    row = one(agree_pair(apart, ["percent_agreement"], interval="analytic"))
    assert row.low is not None
    assert row.high is not None
    assert row.low < 8 / 1_000_008 < row.high


def test_analytic_of_gwets_family() -> None:
    case = load("gwet_raw4raters")
    row = one(agree_many(case.many(), ["gwet_ac1"], interval="analytic"))
    error, estimate = 0.1429499506407653, 0.775444068126995
    half = 1.959963984540054 * error / (1 - estimate**2)
    assert (row.low, row.high) == pytest.approx(
        (math.tanh(math.atanh(estimate) - half), math.tanh(math.atanh(estimate) + half)), abs=1e-9
    )
    row = one(agree_many(case.many(), ["percent_agreement"], interval="analytic"))
    assert row.low is not None
    assert "mean over units" in row.interval


def test_wilson() -> None:
    # Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    for successes, n, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)
    assert wilson(7, 7)[1] == 1.0
    with pytest.raises(ValueError, match="no share"):
        wilson(3, 2)


def test_bootstrap_is_seeded_and_blind_to_the_order_of_transcripts() -> None:
    pair = load("clustered_eight_transcripts").pair()
    first, again, other = (
        one(agree_pair(pair, ["cohen_kappa"], interval="bootstrap", seed=seed))
        for seed in (4, 4, 5)
    )
    assert first == again
    assert first.low != other.low
    turned = PairTables(pair.clusters[::-1], pair.categories, pair.tables[::-1])
    assert one(agree_pair(turned, ["cohen_kappa"], interval="bootstrap", seed=4)) == first
    assert first.interval == "transcript bootstrap percentile, 1000 samples, seed 4"
    # The same resampling by hand.
    g = len(pair.clusters)
    samples = np.random.default_rng(4).integers(0, g, size=(1000, g))
    drawn = [brute_kappa(floats(pair.tables[sample]).sum(axis=0)) for sample in samples]
    assert (first.low, first.high) == pytest.approx(
        tuple(np.quantile(drawn, [0.025, 0.975])), abs=1e-12
    )


def brute_kappa(table: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    p = table / table.sum()
    expected = float(p.sum(axis=0) @ p.sum(axis=1))
    return (float(np.trace(p)) - expected) / (1 - expected)


def test_confidence_widens_and_none_is_none() -> None:
    pair = load("clustered_eight_transcripts").pair()
    widths = []
    for confidence in (0.8, 0.95, 0.99):
        row = one(agree_pair(pair, ["cohen_kappa"], confidence=confidence))
        assert row.low is not None
        assert row.high is not None
        widths.append(row.high - row.low)
    assert widths == sorted(widths)
    row = one(agree_pair(pair, ["cohen_kappa"], interval="none"))
    assert (row.low, row.interval, row.why_no_interval) == (None, "none", "")


def test_pooled_kappa_leaves_whole_transcripts_out_of_all_codes() -> None:
    rng = np.random.default_rng(3)
    stack = rng.integers(0, 9, size=(3, 6, 2, 2))
    names = tuple("ABCDEF")
    codes = [PairTables(names, ("yes", "no"), tables) for tables in stack]
    row = one(agree_pooled(codes))

    def pooled(tables: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> float:
        totals = floats(tables.sum(axis=1))
        observed, expected = [], []
        for table in totals:
            p = table / table.sum()
            observed.append(float(np.trace(p)))
            expected.append(float(p.sum(axis=0) @ p.sum(axis=1)))
        mean_observed, mean_expected = sum(observed) / 3, sum(expected) / 3
        return (mean_observed - mean_expected) / (1 - mean_expected)

    assert row.estimate == pytest.approx(pooled(stack), abs=1e-12)
    left = np.array([pooled(np.delete(stack, g, axis=1)) for g in range(6)])
    error = math.sqrt(5 / 6 * float(((left - left.mean()) ** 2).sum()))
    sizes = stack.sum(axis=(0, 2, 3)) / 3
    half = float(scipy_stats.t.ppf(0.975, sizes.sum() ** 2 / (sizes**2).sum() - 1)) * error
    assert row.estimate is not None
    half /= 1 - row.estimate**2
    assert row.high == pytest.approx(math.tanh(math.atanh(row.estimate) + half), abs=1e-9)


def test_many_transcripts_go_through_in_blocks() -> None:
    rng = np.random.default_rng(8)
    g, q = 9000, 20
    truth = rng.integers(0, q, size=2 * g)
    other = np.where(rng.random(2 * g) < 0.7, truth, rng.integers(0, q, size=2 * g))
    pair = PairTables.from_codes(truth, other, np.arange(2 * g) // 2, [str(k) for k in range(q)])
    row = one(agree_pair(pair, ["cohen_kappa"]))
    error = errors.fleiss_cohen_everitt(floats(pair.total))
    assert row.low is not None
    assert row.high is not None
    # Unclustered data: the jackknife agrees with the analytic error.
    assert row.high - row.low == pytest.approx(2 * 1.96 * error, rel=0.05)


def test_singletons_stay_in_every_replicate() -> None:
    ratings = np.array([[0, 1, 0, 1, 0, 1, 0, 0, 1, 1], [0, 1, 1, 1, 0, 1, 0, 0, 1, -1]])
    cluster = ["A", "A", "A", "B", "B", "B", "C", "C", "C", "D"]
    counts = RatingCounts.from_matrix(ratings, cluster, ("yes", "no"))
    row = one(agree_many(counts, ["gwet_ac1"]))
    assert row.clusters == 3
    assert row.low is not None
    pattern = [
        brute.fleiss_family(ratings[:, np.array(cluster) != g], 2, "gwet") for g in ("A", "B", "C")
    ]
    error = math.sqrt(2 / 3 * float(((np.array(pattern) - np.mean(pattern)) ** 2).sum()))
    assert row.estimate is not None
    half = float(scipy_stats.t.ppf(0.975, 2)) * error / (1 - row.estimate**2)
    assert row.low == pytest.approx(math.tanh(math.atanh(row.estimate) - half), abs=1e-9)


def test_sizes_belong_to_the_transcripts_that_have_units() -> None:
    tables = np.array([[[9, 2], [1, 8]], [[0, 0], [0, 0]], [[3, 1], [0, 2]], [[5, 0], [2, 4]]])
    with_gap = PairTables(tuple("ABCD"), ("yes", "no"), tables)
    found = agree_pair(with_gap, names_for("two coders"))
    assert found == agree_pair(with_gap.without("B"), names_for("two coders"))
    assert found[0].clusters == 3


def test_below_minus_one_there_is_no_interval() -> None:
    # Every pair disagrees, and a single rating makes one category commoner: p_e exceeds 1/2.
    ratings = [[0, 0, 0, 0, 0, 0], [1, 1, 1, -1, -1, -1]]
    counts = RatingCounts.from_matrix(ratings, list("ABCABC"), ("yes", "no"))
    row = one(agree_many(counts, ["fleiss_kappa"]))
    assert row.estimate == pytest.approx(-5 / 3)
    assert row.low is None
    assert row.why_no_interval == "no interval at or below -1"
