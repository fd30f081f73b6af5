"""From a sample and a statistic to a row: value, interval, and the reason for what is missing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import get_args

from coder.stats import intervals
from coder.stats.estimate import NO_INTERVAL, Estimate
from coder.stats.intervals import DegreesOfFreedom, Interval, IntervalMethod
from coder.stats.measures import Measure
from coder.stats.samples import Sample


@dataclass(frozen=True)
class Options:
    """How intervals are made; checked, so that a misspelt method is not taken for another."""

    interval: IntervalMethod = "jackknife"
    replicates: int = 1000
    seed: int = 1
    confidence: float = 0.95
    df: DegreesOfFreedom = "effective"

    def __post_init__(self) -> None:
        if self.interval not in get_args(IntervalMethod):
            raise ValueError(f"there is no interval {self.interval!r}")
        if self.df not in get_args(DegreesOfFreedom):
            raise ValueError(f"there are no degrees of freedom {self.df!r}")
        if not 0 < self.confidence < 1:
            raise ValueError(f"a confidence lies between 0 and 1, not at {self.confidence}")
        if self.replicates < 1:
            raise ValueError("a bootstrap needs samples")


def row(sample: Sample, measure: Measure, options: Options) -> Estimate:
    """The row of one statistic."""
    # Asked first: a ratio scale with negative values gives a number, though a meaningless one.
    why = sample.why_undefined(measure, sample.sums.total)
    value = math.nan if why else sample.value(measure)
    if math.isnan(value):
        why = why or sample.why_not_a_number()
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
        standard_error=found.standard_error,
    )


def _interval(
    sample: Sample, measure: Measure, value: float, options: Options
) -> tuple[Interval, str]:
    """The interval, or the reason for none and perhaps one-sided bounds."""
    if options.interval == "none":
        return Interval(NO_INTERVAL), ""
    label = _label(sample, measure, options)
    if math.isnan(value):
        return Interval(label, why_none="the statistic is undefined"), ""
    if measure.transform is None:
        return Interval(label, why_none=measure.why_no_interval), ""
    extreme = sample.extreme(measure, value, options.confidence)
    if extreme is not None:
        why, bound = extreme
        return Interval(label, why_none=why), bound
    constant = sample.constant_coder()
    if measure.zero_if_constant and constant:
        return Interval(label, why_none=f"not estimable: {constant}, so it is 0 in any case"), ""
    if options.interval == "analytic":
        return _analytic(sample, measure, label, options), ""
    names = sample.sums.names
    # Before the replicates: without transcripts to leave out there is nothing to evaluate.
    reason = intervals.too_few(len(names), sample.noun)
    if reason:
        return Interval(label, why_none=reason), ""
    if options.interval == "bootstrap":
        drawn = sample.resampled(measure, options.replicates, options.seed)
        found = intervals.bootstrap(
            drawn,
            len(names),
            seed=options.seed,
            confidence=options.confidence,
            noun=sample.noun,
        )
        return found, ""
    total, active = sample.sums.total, sample.sums.active
    found = intervals.jackknife(
        value,
        sample.leave_one_out(measure),
        sample.sums.active_sizes,
        names,
        measure.transform,
        confidence=options.confidence,
        df=options.df,
        noun=sample.noun,
        why_without=lambda g: sample.why_undefined(measure, total - sample.sums.sums[active[g]]),
    )
    return found, ""


def _analytic(sample: Sample, measure: Measure, label: str, options: Options) -> Interval:
    refused = sample.why_not_analytic()
    if refused:
        return Interval(label, why_none=refused)
    found = sample.analytic(measure, options.confidence)
    if found is None:
        return Interval(label, why_none=f"{measure.name} has no analytic interval here")
    return found


def _label(sample: Sample, measure: Measure, options: Options) -> str:
    if options.interval == "jackknife":
        transform = measure.transform or "z"
        sizes = sample.sums.active_sizes
        return intervals.jackknife_label(transform, sizes, options.df, sample.noun)
    if options.interval == "bootstrap":
        return (
            f"{sample.noun} bootstrap percentile, {options.replicates} samples, seed {options.seed}"
        )
    return f"analytic, {intervals.ASSUMES_INDEPENDENCE}"
