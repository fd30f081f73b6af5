"""What the three kinds of counts have in common for the rows of an agreement table."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from coder.stats import errors_of_estimate as errors
from coder.stats import nominal, several
from coder.stats.arrays import FloatArray, floats
from coder.stats.bounds import one_sided_bounds, plural
from coder.stats.counts import PairTables, RatingCounts
from coder.stats.intervals import Interval, analytic, wilson
from coder.stats.levels import Levels
from coder.stats.measures import Measure, Use, why_undefined
from coder.stats.resampling import ClusterSums, Evaluate


class Sample(ABC):
    """Counts by transcript, ready to be left out, drawn anew and explained."""

    sums: ClusterSums
    units: int
    noun = "transcript"

    @property
    def clusters(self) -> int:
        """Transcripts that hold at least one unit."""
        return len(self.sums.active)

    @abstractmethod
    def evaluator(self, measure: Measure) -> Evaluate:
        """The statistic as a function of a stack of sums."""

    @abstractmethod
    def why_undefined(self, measure: Measure, sums: FloatArray) -> str:
        """The reason in words why the statistic is undefined for these sums; empty if it is not."""

    def why_not_a_number(self) -> str:
        """The reason where `why_undefined` has none and yet there is no value."""
        return "undefined for these counts"

    @abstractmethod
    def agreed(self) -> float:
        """The share of agreement, to know 100 % and 0 % exactly."""

    @cached_property
    def _agreed(self) -> float:
        return self.agreed()

    def value(self, measure: Measure) -> float:
        """The statistic over all transcripts."""
        return self.sums.value(self.evaluator(measure))

    def leave_one_out(self, measure: Measure) -> FloatArray:
        """The statistic without each transcript that has units."""
        return self.sums.leave_one_out(self.evaluator(measure))

    def resampled(self, measure: Measure, replicates: int, seed: int) -> FloatArray:
        """The statistic over samples of transcripts."""
        return self.sums.resampled(self.evaluator(measure), replicates, seed)

    def analytic(self, measure: Measure, confidence: float) -> Interval | None:
        """The interval for independent units; None where the statistic has none."""
        return None

    def why_not_analytic(self) -> str:
        """Why units cannot be taken as independent; empty if perhaps they can."""
        if self.clusters > 1:
            nouns = plural(self.noun)
            return f"units of {self.clusters} {nouns} are not independent: use the jackknife"
        return ""

    def extreme(self, measure: Measure, value: float, confidence: float) -> tuple[str, str] | None:
        """Nothing varies, perfect agreement or none at all: why no interval, and the bounds."""
        agreed = self._agreed
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
            return why, ""
        return why, one_sided_bounds(
            subject, everything, self.units, self.clusters, confidence=confidence, noun=self.noun
        )

    def constant_coder(self) -> str:
        """In words, which coder never varies; empty if all do."""
        return ""


class PairSample(Sample):
    """Two coders."""

    def __init__(self, tables: PairTables, levels: Levels, coders: Sequence[str]) -> None:
        self.tables, self.levels, self.coders = tables, levels, coders
        q = len(tables.categories)
        self._shape = (q, q)
        counts = floats(tables.tables)
        self.sums = ClusterSums(
            tables.clusters, counts.reshape(len(counts), q * q), floats(tables.units_by_cluster)
        )
        self.units = tables.units

    def evaluator(self, measure: Measure) -> Evaluate:
        compute = measure.of_tables
        assert compute is not None, measure.name
        shape, levels = self._shape, self.levels
        return lambda sums: compute(sums.reshape(-1, *shape), levels)

    def why_undefined(self, measure: Measure, sums: FloatArray) -> str:
        table = sums.reshape(self._shape)
        use = Use(
            int(table.sum()),
            self.tables.categories,
            _names(self.tables.categories, table.sum(axis=0) + table.sum(axis=1)),
            self.levels,
            "no unit was finished by both coders",
        )
        return why_undefined(measure, use)

    def agreed(self) -> float:
        return float(nominal.percent_agreement(floats(self.tables.total)))

    def analytic(self, measure: Measure, confidence: float) -> Interval | None:
        table = floats(self.tables.total)
        distance = measure.distance(self.levels)
        if measure.analytic == "share":
            agreeing = int((table * (distance == 0)).sum())
            label = "Wilson, assumes independent units"
            low, high = wilson(agreeing, self.units, confidence)
            return Interval(label, low, high)
        if measure.analytic == "kappa":
            error = errors.fleiss_cohen_everitt(table, distance)
            method = "analytic (Fleiss, Cohen & Everitt 1969)"
            estimate = self.value(measure)
            return analytic(estimate, error, "z", method, confidence=confidence)
        if not measure.analytic:
            return None
        counts = RatingCounts.from_pair_tables(self.tables)
        estimate = self.value(measure)
        return _gwet(measure, counts, estimate, distance, confidence)

    def constant_coder(self) -> str:
        table = self.tables.total
        for coder, margin in zip(self.coders, (table.sum(axis=1), table.sum(axis=0)), strict=True):
            used = _names(self.tables.categories, floats(margin))
            if len(used) == 1:
                return f"{coder} only used {used[0]}"
        return ""


class ManySample(Sample):
    """Any number of coders, missing ratings allowed."""

    def __init__(self, counts: RatingCounts, levels: Levels) -> None:
        self.counts, self.levels = counts, levels
        g, m, q = counts.margins.shape
        self._split, self._margins = len(counts.patterns), (m, q)
        self.sums = ClusterSums(
            counts.clusters,
            floats(np.concatenate([counts.counts, counts.margins.reshape(g, m * q)], axis=1)),
            floats(counts.units_by_cluster),
        )
        self.units = counts.units

    def evaluator(self, measure: Measure) -> Evaluate:
        compute = measure.of_patterns
        assert compute is not None, measure.name
        patterns, levels = self.counts.patterns, self.levels
        split, margins = self._split, self._margins

        def evaluate(sums: FloatArray) -> FloatArray:
            return compute(patterns, sums[:, :split], sums[:, split:].reshape(-1, *margins), levels)

        return evaluate

    def why_undefined(self, measure: Measure, sums: FloatArray) -> str:
        counts, patterns = sums[: self._split], self.counts.patterns
        pairable = self.counts.pairable
        # Alpha and specific agreement leave units with one rating out; the others look at them.
        seen = pairable if _pairable_only(measure) else np.ones_like(pairable)
        use = Use(
            int(counts[pairable].sum()),
            self.counts.categories,
            _names(self.counts.categories, floats(counts[seen] @ patterns[seen])),
            self.levels,
            "no unit was finished by two coders",
        )
        return why_undefined(measure, use)

    def agreed(self) -> float:
        total = floats(self.counts.counts.sum(axis=0))
        return float(several.percent_agreement(self.counts.patterns, total))

    def analytic(self, measure: Measure, confidence: float) -> Interval | None:
        if not measure.analytic:
            return None
        estimate = self.value(measure)
        distance = measure.distance(self.levels)
        return _gwet(measure, self.counts, estimate, distance, confidence)


class SeveralTablesSample(Sample):
    """The codes of a multi-label set, or all pairs of coders: one table each."""

    def __init__(self, tables: Sequence[PairTables], units: int | None) -> None:
        if not tables:
            raise ValueError("no tables to pool")
        clusters = tuple(dict.fromkeys(name for table in tables for name in table.clusters))
        place = {name: position for position, name in enumerate(clusters)}
        k, q = len(tables), max(len(table.categories) for table in tables)
        stack = np.zeros((len(clusters), k, q, q))
        for position, table in enumerate(tables):
            size = len(table.categories)
            rows = [place[name] for name in table.clusters]
            stack[rows, position, :size, :size] = table.tables
        self._shape = (k, q, q)
        # Codes of one set share their units; pairs of coders need not, hence the mean per table.
        sizes = stack.sum(axis=(1, 2, 3)) / k
        self.sums = ClusterSums(clusters, stack.reshape(len(clusters), k * q * q), floats(sizes))
        self.units = max(table.units for table in tables) if units is None else units

    def evaluator(self, measure: Measure) -> Evaluate:
        compute = measure.of_several_tables
        assert compute is not None, measure.name
        shape = self._shape
        return lambda sums: compute(sums.reshape(-1, *shape))

    def why_undefined(self, measure: Measure, sums: FloatArray) -> str:
        units = sums.reshape(self._shape).sum(axis=(1, 2))
        empty = int((units == 0).sum())
        nobody = "no unit was finished by both coders"
        if 0 < empty < len(units):
            nobody = f"{nobody} in {empty} of {len(units)} tables"
        reason = why_undefined(measure, Use(int(units.min()), (), (), None, nobody))
        if reason or not np.isnan(self.evaluator(measure)(sums[None, :])[0]):
            return reason
        kappas = nominal.cohen_kappa(sums.reshape(self._shape))
        still = int(np.isnan(kappas).sum())
        if still == len(kappas):
            return "in every table only one category was used"
        return f"in {still} of {len(kappas)} tables only one category was used"

    def agreed(self) -> float:
        tables = self.sums.total.reshape(self._shape)
        return float(nominal.percent_agreement(tables.sum(axis=0)))


def _names(categories: Sequence[str], times: FloatArray) -> tuple[str, ...]:
    return tuple(name for name, n in zip(categories, times, strict=True) if n > 0)


def _pairable_only(measure: Measure) -> bool:
    return measure.name.startswith("alpha") or "yes and no" in measure.needs


def _gwet(
    measure: Measure,
    counts: RatingCounts,
    estimate: float,
    distance: FloatArray,
    confidence: float,
) -> Interval:
    total = floats(counts.counts.sum(axis=0))
    if measure.analytic == "share":
        error = errors.mean_agreement_error(counts.patterns, total, distance)
        method = "analytic (mean over units)"
    else:
        error = errors.gwet_linearised(counts.patterns, total, measure.analytic, distance)
        method = "analytic (Gwet 2008)"
    transform = measure.transform
    assert transform is not None, measure.name
    return analytic(estimate, error, transform, method, confidence=confidence)
