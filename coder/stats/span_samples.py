"""Spans as samples of documents: what rows of an agreement table need of them."""

from __future__ import annotations

import numpy as np

from coder.stats.alpha_u import UnitSums, alpha_u, disagreements, unit_sums
from coder.stats.arrays import FloatArray, floats
from coder.stats.bounds import one_sided_bounds
from coder.stats.levels import Levels
from coder.stats.measures import Measure
from coder.stats.pair_tables import PairTables
from coder.stats.resampling import ClusterSums, Evaluate
from coder.stats.samples import PairSample, Sample
from coder.stats.span_lengths import LengthSums, length_sums
from coder.stats.spans import Spans

NOBODY = "no document was coded by two coders"
_ALIKE = "documents coded alike"


class SpanSample(Sample):
    """Any number of coders in documents; `units` are their spans.

    Args:
        spans: All coders' spans.
        code: The number of the code that is looked at; None for all.
        columns: (D, K) additive sums.
    """

    noun = "document"

    def __init__(self, spans: Spans, code: int | None, columns: FloatArray) -> None:
        self.codes, self.code = spans.codes, code
        compared = spans.present.sum(axis=1) >= 2
        self.sums = ClusterSums(spans.documents, columns, floats(spans.lengths * compared))
        looked_at = compared[spans.document] & (True if code is None else spans.code == code)
        self.units = int(looked_at.sum())

    def why_not_analytic(self) -> str:
        return "spans have no analytic interval"

    def extreme(self, measure: Measure, value: float, confidence: float) -> tuple[str, str] | None:
        """Only where all coders' spans are the same: then documents are all that can be counted."""
        if value != 1.0 or self.agreed() != 1.0:
            return None
        bound = one_sided_bounds(
            _ALIKE, True, None, self.clusters, confidence=confidence, noun=self.noun
        )
        return "all coders' spans are the same, so nothing varies", bound


class LengthSample(SpanSample):
    """For the coefficients of 2016."""

    def __init__(self, spans: Spans, code: int | None = None) -> None:
        super().__init__(spans, code, length_sums(spans).columns)

    def evaluator(self, measure: Measure) -> Evaluate:
        compute, code = measure.of_lengths, self.code
        assert compute is not None, measure.name
        return lambda sums: compute(LengthSums.from_columns(sums), code)

    def agreed(self) -> float:
        sums = LengthSums.from_columns(self.sums.total)
        apart = (2 * sums.marked - sums.covered - sums.agreed).sum()
        return 1 - float(apart) / float(sums.total)

    def why_undefined(self, measure: Measure, sums: FloatArray) -> str:
        held = LengthSums.from_columns(sums)
        if held.total == 0:
            return NOBODY
        if not np.isnan(self.evaluator(measure)(sums[None, :])[0]):
            return ""
        used = [name for name, n in zip(self.codes, held.marked, strict=True) if n > 0]
        common = [name for name, n in zip(self.codes, held.covered, strict=True) if n > 0]
        if not used:
            return "no coder marked anything"
        if measure.of_one_code is None:
            if measure.name == "u_alpha":
                return f"all text was marked {used[0]}"
            return "all text was marked"
        code = None if self.code is None else self.codes[self.code]
        if code is not None and code not in used:
            return f"no coder marked {code}"
        if not common:
            return "no text was marked by two coders"
        if code is not None and code not in common:
            return f"no text marked {code} was marked by another coder too"
        if len(common) == 1:
            return f"text marked by two coders has only the code {common[0]}"
        return "too little text was marked by two coders to know what chance would give"


class UnitSample(SpanSample):
    """For alpha_U of 1995."""

    def __init__(self, spans: Spans, code: int | None = None) -> None:
        sums, self._placements = unit_sums(spans)
        super().__init__(spans, code, sums.columns)

    def evaluator(self, measure: Measure) -> Evaluate:
        raise NotImplementedError("placements across documents are no sums")

    def value(self, measure: Measure) -> float:
        placed = floats([placements.total() for placements in self._placements])
        return float(self._alpha(self.sums.total[None, :], placed[None, :])[0])

    def leave_one_out(self, measure: Measure) -> FloatArray:
        active = list(self.sums.active)
        placed = [placements.without_each()[active] for placements in self._placements]
        return self._alpha(self.sums.total - self.sums.sums[active], floats(placed).T)

    def resampled(self, measure: Measure, replicates: int, seed: int) -> FloatArray:
        weights = self.sums.draws(replicates, seed)
        placed = [placements.weighted(weights) for placements in self._placements]
        return self._alpha(weights @ self.sums.sums, floats(placed).T)

    def agreed(self) -> float:
        apart = UnitSums.from_columns(self.sums.total).apart
        return float((apart.sum() if self.code is None else apart[self.code]) == 0)

    def why_undefined(self, measure: Measure, sums: FloatArray) -> str:
        held = UnitSums.from_columns(sums)
        if held.places == 0:
            return NOBODY
        used = [name for name, n in zip(self.codes, held.units, strict=True) if n > 0]
        if not used:
            return "no coder marked anything"
        if self.code is not None and self.codes[self.code] not in used:
            return f"no coder marked {self.codes[self.code]}"
        return ""

    def why_not_a_number(self) -> str:
        # The only units with D_e = 0: longer ones could be shifted against each other.
        return "all text was marked in units of one character, which fit nowhere else"

    def _alpha(self, columns: FloatArray, placed: FloatArray) -> FloatArray:
        observed, expected = disagreements(UnitSums.from_columns(columns), placed)
        return alpha_u(observed, expected, self.code)


class CharacterSample(PairSample):
    """Two coders' characters: a million of them are no million observations."""

    noun = "document"

    def __init__(self, tables: PairTables, coders: tuple[str, str]) -> None:
        super().__init__(tables, Levels.of(tables.categories), coders)

    def why_not_analytic(self) -> str:
        return "neighbouring characters are not independent"

    def why_undefined(self, measure: Measure, sums: FloatArray) -> str:
        if not sums.any():
            return "no document was coded by both coders"
        return super().why_undefined(measure, sums)

    def extreme(self, measure: Measure, value: float, confidence: float) -> tuple[str, str] | None:
        found = super().extreme(measure, value, confidence)
        if found is None:
            return None
        everything = self.agreed() == 1.0
        why = "all characters agree, so nothing varies" if everything else "no character agrees"
        bound = one_sided_bounds(
            _ALIKE, everything, None, self.clusters, confidence=confidence, noun=self.noun
        )
        return why, "" if measure.index else bound
