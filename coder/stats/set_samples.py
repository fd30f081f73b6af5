"""Sets of codes as a sample of transcripts: what rows of an agreement table need of them."""

from __future__ import annotations

import math

import numpy as np

from coder.stats.arrays import FloatArray
from coder.stats.intervals import Interval, analytic
from coder.stats.labels import name_of_set
from coder.stats.measures import Measure, Use, why_undefined
from coder.stats.resampling import ClusterSums, Evaluate
from coder.stats.samples import Sample
from coder.stats.set_alpha import SetSums, mean_distances, set_sums
from coder.stats.set_distances import SetDistances
from coder.stats.sets import SetCounts


class SetSample(Sample):
    """Any number of coders, missing answers allowed."""

    def __init__(self, counts: SetCounts) -> None:
        self.counts = counts
        self.distances = SetDistances(counts.membership)
        sums = set_sums(counts, self.distances)
        self.sums = ClusterSums(counts.clusters, sums.columns, sums.units)
        self.units = counts.units

    def evaluator(self, measure: Measure) -> Evaluate:
        compute, distances = measure.of_sets, self.distances
        assert compute is not None, measure.name
        return lambda sums: compute(SetSums.from_columns(sums), distances)

    def why_undefined(self, measure: Measure, sums: FloatArray) -> str:
        held = SetSums.from_columns(sums)
        # Two names are enough to know that answers vary.
        some = np.flatnonzero(held.used)[:2]
        used = tuple(name_of_set(self.counts.codes_of(int(number))) for number in some)
        nobody = "no unit was finished by two coders"
        return why_undefined(measure, Use(int(held.units), (), used, None, nobody, "the set"))

    def agreed(self) -> float:
        held = SetSums.from_columns(self.sums.total)
        return 1 - float(held.apart[0]) / float(held.units)

    def analytic(self, measure: Measure, confidence: float) -> Interval | None:
        if measure.analytic != "share":
            return None
        kept, n = self.counts.pairable, float(self.units)
        agreed = 1 - mean_distances(self.counts, self.distances)[0, kept]
        times = self.counts.times[kept]
        mean = float(times @ agreed) / n
        error = math.nan
        if n > 1:
            error = math.sqrt(float(times @ (agreed - mean) ** 2) / (n * (n - 1)))
        return analytic(mean, error, "logit", "analytic (mean over units)", confidence=confidence)
