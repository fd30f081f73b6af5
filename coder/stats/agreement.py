"""The door to agreement: counts in, rows with intervals and reasons out.

A pair of coders goes through `agree_pair`, any number of coders with missing ratings through
`agree_many`, the codes of a multi-label set or all pairs of coders through `agree_pooled`. The
counts decide which units are compared: for a pair those that both finished.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from coder.stats import intervals
from coder.stats.counts import PairTables, RatingCounts
from coder.stats.estimate import NO_INTERVAL, Estimate
from coder.stats.intervals import DegreesOfFreedom, Interval, IntervalMethod
from coder.stats.measures import Measure, chosen
from coder.stats.samples import Levels, ManySample, PairSample, Sample, SeveralTablesSample

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

POOLED_STATISTICS: tuple[str, ...] = ("pooled_kappa",)
"""What `agree_pooled` reports unless told otherwise."""


@dataclass(frozen=True)
class _Options:
    interval: IntervalMethod
    replicates: int
    seed: int
    confidence: float
    df: DegreesOfFreedom

    def __post_init__(self) -> None:
        if self.interval not in get_args(IntervalMethod):
            raise ValueError(f"there is no interval {self.interval!r}")
        if self.df not in get_args(DegreesOfFreedom):
            raise ValueError(f"there are no degrees of freedom {self.df!r}")
        if not 0 < self.confidence < 1:
            raise ValueError(f"a confidence lies between 0 and 1, not at {self.confidence}")
        if self.replicates < 1:
            raise ValueError("a bootstrap needs samples")


def agree_pair(
    tables: PairTables,
    statistics: Sequence[str] | None = None,
    *,
    interval: IntervalMethod = "jackknife",
    scale: Scale = "nominal",
    level_values: Sequence[float] | None = None,
    replicates: int = 1000,
    seed: int = 1,
    confidence: float = 0.95,
    df: DegreesOfFreedom = "effective",
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
        replicates: Bootstrap samples.
        seed: Of the bootstrap.
        confidence: Of the intervals.
        df: Degrees of freedom of the jackknife, see `intervals.degrees_of_freedom`.
        coders: Their names, for the reasons.

    Raises:
        UsageError: A statistic does not exist or is not for two coders.
    """
    names = _default(statistics, PAIR_STATISTICS, scale)
    sample = PairSample(tables, Levels.of(tables.categories, level_values), coders)
    options = _Options(interval, replicates, seed, confidence, df)
    return [_row(sample, measure, options) for measure in chosen(names, "two coders")]


def agree_many(
    counts: RatingCounts,
    statistics: Sequence[str] | None = None,
    *,
    interval: IntervalMethod = "jackknife",
    scale: Scale = "nominal",
    level_values: Sequence[float] | None = None,
    replicates: int = 1000,
    seed: int = 1,
    confidence: float = 0.95,
    df: DegreesOfFreedom = "effective",
) -> list[Estimate]:
    """Agreement of any number of coders, missing ratings allowed, one row per statistic.

    Units with two ratings or more count. With two coders and missing ratings Fleiss' and Gwet's
    coefficients differ slightly from those of `agree_pair`, as units with one rating still tell how
    common the categories are.

    Args:
        counts: Units by pattern of ratings.
        statistics: Names, in the order wanted; by default `MANY_STATISTICS[scale]`.
        interval: As for `agree_pair`.
        scale: As for `agree_pair`.
        level_values: As for `agree_pair`.
        replicates: As for `agree_pair`.
        seed: As for `agree_pair`.
        confidence: As for `agree_pair`.
        df: As for `agree_pair`.

    Raises:
        UsageError: A statistic does not exist or is for two coders only.
    """
    names = _default(statistics, MANY_STATISTICS, scale)
    sample = ManySample(counts, Levels.of(counts.categories, level_values))
    options = _Options(interval, replicates, seed, confidence, df)
    return [_row(sample, measure, options) for measure in chosen(names, "any number of coders")]


def agree_pooled(
    tables: Sequence[PairTables],
    statistics: Sequence[str] | None = None,
    *,
    interval: IntervalMethod = "jackknife",
    replicates: int = 1000,
    seed: int = 1,
    confidence: float = 0.95,
    df: DegreesOfFreedom = "effective",
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
        units: What to report as units, if the tables are not over the same ones.

    Raises:
        UsageError: A statistic does not exist or is not for several tables.
    """
    names = POOLED_STATISTICS if statistics is None else statistics
    sample = SeveralTablesSample(tables, units)
    options = _Options(interval, replicates, seed, confidence, df)
    return [_row(sample, measure, options) for measure in chosen(names, "several tables")]


def _default(
    statistics: Sequence[str] | None, defaults: dict[Scale, tuple[str, ...]], scale: Scale
) -> Sequence[str]:
    if scale not in defaults:
        raise ValueError(f"there is no scale {scale!r}")
    return defaults[scale] if statistics is None else statistics


def _row(sample: Sample, measure: Measure, options: _Options) -> Estimate:
    # Asked first: a ratio scale with negative values gives a number, though a meaningless one.
    why = sample.why_undefined(measure, sample.sums.total)
    value = math.nan if why else sample.sums.value(sample.evaluator(measure))
    if math.isnan(value):
        why = why or "undefined for these counts"
    found, bound = _interval(sample, measure, value, options)
    return Estimate(
        measure.name,
        None if why else value,
        found.low,
        found.high,
        found.label,
        sample.units,
        sample.clusters,
        why_undefined=why,
        why_no_interval="" if options.interval == "none" else found.why_none,
        bound=bound,
    )


def _interval(
    sample: Sample, measure: Measure, value: float, options: _Options
) -> tuple[Interval, str]:
    """The interval, or the reason for none and perhaps one-sided bounds."""
    if options.interval == "none":
        return Interval(NO_INTERVAL), ""
    label = _label(sample, measure, options)
    if math.isnan(value):
        return Interval(label, why_none="the statistic is undefined"), ""
    if measure.transform is None:
        return Interval(label, why_none="a ceiling set by the margins, not an estimate"), ""
    extreme = _extreme(sample, measure, value, label, options)
    if extreme is not None:
        return extreme
    constant = sample.constant_coder()
    if measure.zero_if_constant and constant:
        return Interval(label, why_none=f"not estimable: {constant}, so it is 0 in any case"), ""
    if options.interval == "analytic":
        return _analytic(sample, measure, label, options), ""
    names = sample.sums.names
    # Before the replicates: without transcripts to leave out there is nothing to evaluate.
    reason = intervals.too_few(len(names))
    if reason:
        return Interval(label, why_none=reason), ""
    evaluate = sample.evaluator(measure)
    if options.interval == "bootstrap":
        drawn = sample.sums.resampled(evaluate, options.replicates, options.seed)
        found = intervals.bootstrap(
            drawn, len(names), seed=options.seed, confidence=options.confidence
        )
        return found, ""
    total, active = sample.sums.total, sample.sums.active
    found = intervals.jackknife(
        value,
        sample.sums.leave_one_out(evaluate),
        sample.sums.active_sizes,
        names,
        measure.transform,
        confidence=options.confidence,
        df=options.df,
        why_without=lambda g: sample.why_undefined(measure, total - sample.sums.sums[active[g]]),
    )
    return found, ""


def _extreme(
    sample: Sample, measure: Measure, value: float, label: str, options: _Options
) -> tuple[Interval, str] | None:
    """Nothing varies: perfect agreement, or none at all."""
    agreed = sample.agreed()
    lowest = 0.0 if measure.transform == "logit" else -1.0
    if measure.share_of_units and value in (0.0, 1.0):
        subject, everything = measure.name.replace("_", " "), value == 1.0
    elif (agreed, value) in ((1.0, 1.0), (0.0, lowest)):
        subject, everything = "percent agreement", agreed == 1.0
    else:
        return None
    near = " within one level" if subject == "within one" else ""
    why = f"all units agree{near}, so nothing varies" if everything else f"no unit agrees{near}"
    if measure.index:
        return Interval(label, why_none=why), ""
    bound = intervals.one_sided_bounds(
        subject, everything, sample.units, sample.clusters, confidence=options.confidence
    )
    return Interval(label, why_none=why), bound


def _analytic(sample: Sample, measure: Measure, label: str, options: _Options) -> Interval:
    if sample.clusters > 1:
        why = f"units of {sample.clusters} transcripts are not independent: use the jackknife"
        return Interval(label, why_none=why)
    found = sample.analytic(measure, options.confidence)
    if found is None:
        return Interval(label, why_none=f"{measure.name} has no analytic interval here")
    return found


def _label(sample: Sample, measure: Measure, options: _Options) -> str:
    if options.interval == "jackknife":
        transform = measure.transform or "z"
        return intervals.jackknife_label(transform, sample.sums.active_sizes, options.df)
    if options.interval == "bootstrap":
        return f"transcript bootstrap percentile, {options.replicates} samples, seed {options.seed}"
    return f"analytic, {intervals.ASSUMES_INDEPENDENCE}"
