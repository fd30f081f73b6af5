"""The register of statistics: what each is called, what it needs, how it is computed.

A new coefficient joins by one entry. The rows, their jackknife, their bootstrap and their words for
undefined cases follow from it.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from coder.errors import UsageError
from coder.stats import alpha, nominal, pooled, several, weighted
from coder.stats.arrays import FloatArray, IntArray
from coder.stats.intervals import Transform

OfTables: TypeAlias = Callable[[FloatArray, FloatArray], FloatArray]
"""From tables (..., q, q) and level values (q,) to values (...)."""
OfPatterns: TypeAlias = Callable[[IntArray, FloatArray, FloatArray, FloatArray], FloatArray]
"""From patterns (P, q), counts (..., P), margins (..., m, q) and level values (q,) to values."""
OfSeveralTables: TypeAlias = Callable[[FloatArray], FloatArray]
"""From tables (..., K, q, q) to values (...)."""
Distance: TypeAlias = Callable[[FloatArray], FloatArray]

Need: TypeAlias = Literal[
    "two codes", "yes and no", "three levels", "numbers", "values from 0", "variation", "yes", "no"
]
"""What the counts must have for the statistic to be defined."""
AnalyticError: TypeAlias = Literal["", "share", "kappa", "fleiss", "gwet", "uniform"]
"""Which analytic standard error belongs to it, if any."""


@dataclass(frozen=True)
class Measure:
    """One statistic.

    Args:
        name: As in the documentation and in JSON.
        of_tables: For two coders.
        of_patterns: For any number of coders.
        of_several_tables: For several tables at once.
        transform: The scale of its interval; None for a figure that describes the margins only.
        needs: What the counts must have; more than one unit's worth is not among them.
        analytic: Its analytic standard error.
        distance: Its disagreement weights, for that standard error.
        zero_if_constant: Whether a coder who never varies makes it 0 whatever the other does.
        share_of_units: Whether it is a plain share of units, to which one-sided bounds apply.
        index: Whether it describes the counts rather than agreement.
    """

    name: str
    of_tables: OfTables | None = None
    of_patterns: OfPatterns | None = None
    of_several_tables: OfSeveralTables | None = None
    transform: Transform | None = "z"
    needs: tuple[Need, ...] = ()
    analytic: AnalyticError = ""
    distance: Distance = lambda values: weighted.nominal_distance(len(values))
    zero_if_constant: bool = False
    share_of_units: bool = False
    index: bool = False


_linear, _quadratic = weighted.linear_distance, weighted.quadratic_distance


def _yes(patterns: IntArray, counts: FloatArray) -> FloatArray:
    return several.specific_agreement(patterns, counts)[..., 0]


def _no(patterns: IntArray, counts: FloatArray) -> FloatArray:
    return several.specific_agreement(patterns, counts)[..., 1]


_ALL = (
    Measure(
        "percent_agreement",
        lambda t, s: nominal.percent_agreement(t),
        lambda p, c, m, s: several.percent_agreement(p, c),
        transform="logit",
        analytic="share",
        share_of_units=True,
    ),
    Measure(
        "within_one",
        weighted.within_one,
        lambda p, c, m, s: several.percent_agreement(p, c, weighted.beyond_one_level(s)),
        transform="logit",
        needs=("three levels",),
        analytic="share",
        distance=weighted.beyond_one_level,
        share_of_units=True,
    ),
    Measure(
        "cohen_kappa",
        lambda t, s: nominal.cohen_kappa(t),
        needs=("variation",),
        analytic="kappa",
        zero_if_constant=True,
    ),
    Measure(
        "cohen_kappa_linear",
        lambda t, s: weighted.weighted_kappa(t, _linear(s)),
        needs=("variation",),
        analytic="kappa",
        distance=_linear,
        zero_if_constant=True,
    ),
    Measure(
        "cohen_kappa_quadratic",
        lambda t, s: weighted.weighted_kappa(t, _quadratic(s)),
        needs=("variation",),
        analytic="kappa",
        distance=_quadratic,
        zero_if_constant=True,
    ),
    Measure("kappa_max", lambda t, s: nominal.kappa_max(t), transform=None, needs=("variation",)),
    Measure("scott_pi", lambda t, s: nominal.scott_pi(t), needs=("variation",), analytic="fleiss"),
    Measure(
        "fleiss_kappa",
        lambda t, s: nominal.scott_pi(t),
        lambda p, c, m, s: several.fleiss_kappa(p, c),
        needs=("variation",),
        analytic="fleiss",
    ),
    Measure(
        "conger_kappa",
        lambda t, s: nominal.cohen_kappa(t),
        lambda p, c, m, s: several.conger_kappa(p, c, m),
        needs=("variation",),
    ),
    Measure(
        "brennan_prediger",
        lambda t, s: nominal.brennan_prediger(t),
        lambda p, c, m, s: several.brennan_prediger(p, c),
        needs=("two codes",),
        analytic="uniform",
    ),
    Measure(
        "gwet_ac1",
        lambda t, s: nominal.gwet_ac1(t),
        lambda p, c, m, s: several.gwet_ac(p, c),
        needs=("two codes",),
        analytic="gwet",
    ),
    Measure(
        "gwet_ac2_linear",
        lambda t, s: weighted.gwet_ac2(t, _linear(s)),
        lambda p, c, m, s: several.gwet_ac(p, c, _linear(s)),
        needs=("two codes",),
        analytic="gwet",
        distance=_linear,
    ),
    Measure(
        "gwet_ac2_quadratic",
        lambda t, s: weighted.gwet_ac2(t, _quadratic(s)),
        lambda p, c, m, s: several.gwet_ac(p, c, _quadratic(s)),
        needs=("two codes",),
        analytic="gwet",
        distance=_quadratic,
    ),
    Measure(
        "alpha_nominal",
        lambda t, s: alpha.pair_alpha(t, weighted.nominal_distance(len(s))),
        lambda p, c, m, s: alpha.alpha_nominal(p, c),
        needs=("variation",),
    ),
    Measure(
        "alpha_ordinal",
        alpha.pair_alpha_ordinal,
        lambda p, c, m, s: alpha.alpha_ordinal(p, c, s),
        needs=("variation",),
    ),
    Measure(
        "alpha_interval",
        lambda t, s: alpha.pair_alpha(t, alpha.interval_distance(s)),
        lambda p, c, m, s: alpha.alpha_interval(p, c, s),
        needs=("numbers", "variation"),
    ),
    Measure(
        "alpha_ratio",
        lambda t, s: alpha.pair_alpha(t, alpha.ratio_distance(s)),
        lambda p, c, m, s: alpha.alpha_ratio(p, c, s),
        needs=("numbers", "values from 0", "variation"),
    ),
    Measure("pabak", lambda t, s: nominal.pabak(t), needs=("yes and no",), analytic="uniform"),
    Measure(
        "positive_agreement",
        lambda t, s: nominal.positive_agreement(t),
        lambda p, c, m, s: _yes(p, c),
        transform="logit",
        needs=("yes and no", "yes"),
    ),
    Measure(
        "negative_agreement",
        lambda t, s: nominal.negative_agreement(t),
        lambda p, c, m, s: _no(p, c),
        transform="logit",
        needs=("yes and no", "no"),
    ),
    Measure(
        "prevalence_index",
        lambda t, s: nominal.prevalence_index(t),
        needs=("yes and no",),
        index=True,
    ),
    Measure("bias_index", lambda t, s: nominal.bias_index(t), needs=("yes and no",), index=True),
    Measure("pooled_kappa", of_several_tables=pooled.pooled_kappa),
    Measure("hubert_kappa", of_several_tables=pooled.pooled_kappa),
    Measure("mean_kappa", of_several_tables=pooled.mean_kappa),
    Measure("light_kappa", of_several_tables=pooled.mean_kappa),
)

MEASURES: dict[str, Measure] = {measure.name: measure for measure in _ALL}
"""Every statistic by name, in the order of a report."""

Family: TypeAlias = Literal["two coders", "any number of coders", "several tables"]


def names_for(family: Family) -> tuple[str, ...]:
    """The statistics that can be had from two coders, from many, or from several tables."""
    return tuple(name for name, measure in MEASURES.items() if _fits(measure, family))


def chosen(names: Iterable[str], family: Family) -> list[Measure]:
    """The statistics of these names.

    Raises:
        UsageError: There is none of that name, or it is for another number of coders.
    """
    possible = names_for(family)
    measures = []
    for name in names:
        if name not in MEASURES:
            near = difflib.get_close_matches(name, possible, 1, 0.5)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(possible)}"
            raise UsageError(f"there is no statistic called {name}", hint)
        if name not in possible:
            raise UsageError(
                f"{name} is not defined for {family}", f"there are: {', '.join(possible)}"
            )
        measures.append(MEASURES[name])
    return measures


def _fits(measure: Measure, family: Family) -> bool:
    if family == "two coders":
        return measure.of_tables is not None
    if family == "several tables":
        return measure.of_several_tables is not None
    return measure.of_patterns is not None


@dataclass(frozen=True)
class Use:
    """What the counts hold, as far as the reasons for an undefined statistic need it.

    Args:
        units: Units that two coders finished.
        categories: The declared categories.
        used: Those that occur among the ratings the statistic looks at.
        numbers: Whether the categories have level values that are numbers.
        from_zero: Whether none of those is negative.
        nobody: The words for no units at all.
    """

    units: int
    categories: tuple[str, ...]
    used: tuple[str, ...]
    numbers: bool
    from_zero: bool
    nobody: str


def why_undefined(measure: Measure, use: Use) -> str:
    """The reason in words why the statistic is undefined; empty if it is defined."""
    if use.units == 0:
        return use.nobody
    q = len(use.categories)
    for need in measure.needs:
        if need == "two codes" and q < 2:
            return "fewer than two codes are declared"
        if need == "yes and no" and q != 2:
            return f"defined for two categories, not for {q}"
        if need == "three levels" and q < 3:
            return "with fewer than three levels every pair is within one"
        if need == "numbers" and not use.numbers:
            return "the codes are not numbers and no level values are given"
        if need == "values from 0" and not use.from_zero:
            return "a ratio scale has no negative level values"
        if need == "variation" and len(use.used) < 2:
            return f"only code {use.used[0]} was used"
        if need in ("yes", "no"):
            name = use.categories[0 if need == "yes" else 1]
            if name not in use.used:
                return f"no coder used {name}"
    return ""
