"""The door to agreement: counts in, rows with intervals and reasons out.

A pair of coders goes through `agree_pair`, any number of coders with missing ratings through
`agree_many`, the codes of a multi-label set or all pairs of coders through `agree_pooled`. The
counts decide which units are compared: for a pair those that both finished.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from numpy.typing import ArrayLike

from coder.stats.counts import PairTables, RatingCounts
from coder.stats.estimate import Estimate
from coder.stats.intervals import DegreesOfFreedom, IntervalMethod
from coder.stats.levels import Levels
from coder.stats.register import chosen
from coder.stats.rows import Options, row
from coder.stats.samples import ManySample, PairSample, SeveralTablesSample
from coder.stats.set_samples import SetSample
from coder.stats.sets import SetCounts

Scale: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]

CODERS_FIXED = "Intervals hold the coders fixed: they say nothing about other coders."
"""A sentence for every report with intervals."""

PAIR_STATISTICS: dict[Scale, tuple[str, ...]] = {
    "nominal": ("percent_agreement", "cohen_kappa", "alpha_nominal", "gwet_ac1", "kappa_max"),
    "ordinal": (
        "percent_agreement",
        "within_one",
        "cohen_kappa",
        "cohen_kappa_linear",
        "cohen_kappa_quadratic",
        "alpha_ordinal",
        "gwet_ac2_quadratic",
    ),
    "interval": ("percent_agreement", "cohen_kappa_quadratic", "alpha_interval"),
    "ratio": ("percent_agreement", "cohen_kappa_quadratic", "alpha_ratio"),
}
"""What `agree_pair` reports unless told otherwise."""

CODE_STATISTICS: tuple[str, ...] = (
    "percent_agreement",
    "cohen_kappa",
    "alpha_nominal",
    "gwet_ac1",
    "pabak",
    "positive_agreement",
    "negative_agreement",
    "kappa_max",
    "prevalence_index",
    "bias_index",
)
"""For one code, applied or not: tables with two categories, yes first (`PairTables.binary`)."""

MANY_STATISTICS: dict[Scale, tuple[str, ...]] = {
    "nominal": ("percent_agreement", "alpha_nominal", "fleiss_kappa", "gwet_ac1"),
    "ordinal": ("percent_agreement", "within_one", "alpha_ordinal", "gwet_ac2_quadratic"),
    "interval": ("percent_agreement", "alpha_interval", "gwet_ac2_quadratic"),
    "ratio": ("percent_agreement", "alpha_ratio", "gwet_ac2_quadratic"),
}
"""What `agree_many` reports unless told otherwise."""

SET_STATISTICS: tuple[str, ...] = ("percent_agreement", "alpha_jaccard", "alpha_masi")
"""What `agree_sets` reports unless told otherwise."""

POOLED_STATISTICS: tuple[str, ...] = ("pooled_kappa",)
"""What `agree_pooled` reports unless told otherwise."""


def agree_pair(
    tables: PairTables,
    statistics: Sequence[str] | None = None,
    *,
    interval: IntervalMethod = "jackknife",
    scale: Scale = "nominal",
    level_values: Sequence[float] | None = None,
    distance: ArrayLike | None = None,
    replicates: int = 1000,
    seed: int = 1,
    confidence: float = 0.95,
    df: DegreesOfFreedom = "effective",
    noun: str = "transcript",
    coders: tuple[str, str] = ("coder A", "coder B"),
) -> list[Estimate]:
    """Agreement of two coders, one row per statistic.

    Args:
        tables: Units that both finished.
        statistics: Names, in the order wanted; by default `PAIR_STATISTICS[scale]`.
        interval: "jackknife" over transcripts (default), "bootstrap" over transcripts, "analytic"
            (one transcript only, assumes independent units) or "none".
        scale: What the categories are; decides the default statistics.
        level_values: (q,) numbers for weighted statistics and alpha; by default the categories
            where they are written as numbers, else their declared order.
        distance: (q, q) disagreement weights of your own, for `cohen_kappa_custom`, `alpha_custom`
            and `gwet_ac2_custom`; see `levels.custom_distance`.
        replicates: Bootstrap samples.
        seed: Of the bootstrap.
        confidence: Of the intervals.
        df: Degrees of freedom of the jackknife, see `intervals.degrees_of_freedom`.
        noun: What the clusters are called in labels and reasons.
        coders: Their names, for the reasons.

    Raises:
        UsageError: A statistic does not exist or is not for two coders, or the weights cannot be
            such.
    """
    names = _default(statistics, PAIR_STATISTICS, scale)
    sample = PairSample(tables, Levels.of(tables.categories, level_values, distance), coders)
    sample.noun = noun
    options = Options(interval, replicates, seed, confidence, df)
    return [row(sample, measure, options) for measure in chosen(names, "two coders")]


def agree_many(
    counts: RatingCounts,
    statistics: Sequence[str] | None = None,
    *,
    interval: IntervalMethod = "jackknife",
    scale: Scale = "nominal",
    level_values: Sequence[float] | None = None,
    distance: ArrayLike | None = None,
    replicates: int = 1000,
    seed: int = 1,
    confidence: float = 0.95,
    df: DegreesOfFreedom = "effective",
    noun: str = "transcript",
) -> list[Estimate]:
    """Agreement of any number of coders, missing ratings allowed, one row per statistic.

    Units with two ratings or more count. Where ratings are missing, percent agreement has three
    conventions, each with a name: every unit counts the same (`percent_agreement`, which the kappas
    and AC1 start from), every rating does (`percent_agreement_values`, one minus alpha's observed
    disagreement), or every pair of ratings does (`percent_agreement_pairs`).

    With two coders and missing ratings Fleiss' and Gwet's coefficients differ slightly from those
    of `agree_pair`, as units with one rating still tell how common the categories are.

    Args:
        counts: Units by pattern of ratings.
        statistics: Names, in the order wanted; by default `MANY_STATISTICS[scale]`.
        interval: As for `agree_pair`.
        scale: As for `agree_pair`.
        level_values: As for `agree_pair`.
        distance: As for `agree_pair`.
        replicates: As for `agree_pair`.
        seed: As for `agree_pair`.
        confidence: As for `agree_pair`.
        df: As for `agree_pair`.
        noun: As for `agree_pair`.

    Raises:
        UsageError: A statistic does not exist or is for two coders only, or the weights cannot be
            such.
    """
    names = _default(statistics, MANY_STATISTICS, scale)
    sample = ManySample(counts, Levels.of(counts.categories, level_values, distance))
    sample.noun = noun
    options = Options(interval, replicates, seed, confidence, df)
    return [row(sample, measure, options) for measure in chosen(names, "any number of coders")]


def agree_sets(
    counts: SetCounts,
    statistics: Sequence[str] | None = None,
    *,
    interval: IntervalMethod = "jackknife",
    replicates: int = 1000,
    seed: int = 1,
    confidence: float = 0.95,
    df: DegreesOfFreedom = "effective",
    noun: str = "transcript",
) -> list[Estimate]:
    """Agreement of any number of coders whose answers are sets of codes, one row per statistic.

    `percent_agreement` is the share of identical sets, `alpha_set_nominal` the alpha that knows
    only identical and different, `alpha_jaccard` and `alpha_masi` those that know how much two sets
    have in common, `jaccard_similarity` and `masi_similarity` one minus the mean distance, not
    corrected for chance. One code of the sets is had by `SetCounts.of_code` or `pair_of_code`, and
    the pooled kappa by `agree_pooled` from the latter.

    Args:
        counts: Units by the sets that coders gave them.
        statistics: Names, in the order wanted; by default `SET_STATISTICS`.
        interval: As for `agree_pair`; there is an "analytic" one for percent agreement only.
        replicates: As for `agree_pair`.
        seed: As for `agree_pair`.
        confidence: As for `agree_pair`.
        df: As for `agree_pair`.
        noun: As for `agree_pair`.

    Raises:
        UsageError: A statistic does not exist or is not for sets.
    """
    names = SET_STATISTICS if statistics is None else statistics
    sample = SetSample(counts)
    sample.noun = noun
    options = Options(interval, replicates, seed, confidence, df)
    return [row(sample, measure, options) for measure in chosen(names, "sets of codes")]


def agree_pooled(
    tables: Sequence[PairTables],
    statistics: Sequence[str] | None = None,
    *,
    interval: IntervalMethod = "jackknife",
    replicates: int = 1000,
    seed: int = 1,
    confidence: float = 0.95,
    df: DegreesOfFreedom = "effective",
    noun: str = "transcript",
    units: int | None = None,
) -> list[Estimate]:
    """One figure for several tables, one row per statistic.

    `pooled_kappa` and `mean_kappa` for the codes of a multi-label set (yes/no tables over the same
    units); `hubert_kappa` and `light_kappa` for all pairs of coders (`tables_of_all_pairs`).

    Args:
        tables: One per code or per pair. Transcripts with the same name are the same.
        statistics: Names; by default `POOLED_STATISTICS`.
        interval: As for `agree_pair`, without "analytic".
        replicates: As for `agree_pair`.
        seed: As for `agree_pair`.
        confidence: As for `agree_pair`.
        df: As for `agree_pair`.
        noun: As for `agree_pair`.
        units: What to report as units, if the tables are not over the same ones.

    Raises:
        UsageError: A statistic does not exist or is not for several tables.
    """
    names = POOLED_STATISTICS if statistics is None else statistics
    sample = SeveralTablesSample(tables, units)
    sample.noun = noun
    options = Options(interval, replicates, seed, confidence, df)
    return [row(sample, measure, options) for measure in chosen(names, "several tables")]


def _default(
    statistics: Sequence[str] | None, defaults: dict[Scale, tuple[str, ...]], scale: Scale
) -> Sequence[str]:
    if scale not in defaults:
        raise ValueError(f"there is no scale {scale!r}")
    return defaults[scale] if statistics is None else statistics
