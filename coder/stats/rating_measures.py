"""The statistics of ratings: two coders, any number of coders, several tables at once."""

from __future__ import annotations

from coder.stats import alpha, nominal, pooled, set_alpha, several, weighted
from coder.stats.arrays import FloatArray, IntArray
from coder.stats.levels import Levels
from coder.stats.measures import Measure


def _linear(levels: Levels) -> FloatArray:
    return weighted.linear_distance(levels.values)


def _quadratic(levels: Levels) -> FloatArray:
    return weighted.quadratic_distance(levels.values)


def _beyond_one(levels: Levels) -> FloatArray:
    return weighted.beyond_one_level(levels.values)


def _own(levels: Levels) -> FloatArray:
    return levels.own_weights


def _yes(patterns: IntArray, counts: FloatArray) -> FloatArray:
    return several.specific_agreement(patterns, counts)[..., 0]


def _no(patterns: IntArray, counts: FloatArray) -> FloatArray:
    return several.specific_agreement(patterns, counts)[..., 1]


RATING_MEASURES = (
    Measure(
        "percent_agreement",
        lambda t, s: nominal.percent_agreement(t),
        lambda p, c, m, s: several.percent_agreement(p, c),
        lambda s, d: set_alpha.similarity(s, "nominal"),
        transform="logit",
        analytic="share",
        share_of_units=True,
    ),
    Measure(
        "percent_agreement_values",
        lambda t, s: nominal.percent_agreement(t),
        lambda p, c, m, s: several.percent_agreement_values(p, c),
        transform="logit",
    ),
    Measure(
        "percent_agreement_pairs",
        lambda t, s: nominal.percent_agreement(t),
        lambda p, c, m, s: several.percent_agreement_pairs(p, c),
        transform="logit",
    ),
    Measure(
        "within_one",
        lambda t, s: weighted.within_one(t, s.values),
        lambda p, c, m, s: several.percent_agreement(p, c, _beyond_one(s)),
        transform="logit",
        needs=("three levels",),
        analytic="share",
        distance=_beyond_one,
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
    Measure(
        "cohen_kappa_custom",
        lambda t, s: weighted.weighted_kappa(t, _own(s)),
        needs=("variation", "own weights"),
        analytic="kappa",
        distance=_own,
        zero_if_constant=True,
    ),
    Measure(
        "kappa_max",
        lambda t, s: nominal.kappa_max(t),
        transform=None,
        why_no_interval="a ceiling set by the margins, not an estimate",
        needs=("variation",),
    ),
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
        "gwet_ac2_custom",
        lambda t, s: weighted.gwet_ac2(t, _own(s)),
        lambda p, c, m, s: several.gwet_ac(p, c, _own(s)),
        needs=("two codes", "own weights"),
        analytic="gwet",
        distance=_own,
    ),
    Measure(
        "alpha_nominal",
        lambda t, s: alpha.pair_alpha(t, weighted.nominal_distance(len(s.values))),
        lambda p, c, m, s: alpha.alpha_nominal(p, c),
        needs=("variation",),
    ),
    Measure(
        "alpha_ordinal",
        lambda t, s: alpha.pair_alpha_ordinal(t, s.values),
        lambda p, c, m, s: alpha.alpha_ordinal(p, c, s.values),
        needs=("variation",),
    ),
    Measure(
        "alpha_interval",
        lambda t, s: alpha.pair_alpha(t, alpha.interval_distance(s.values)),
        lambda p, c, m, s: alpha.alpha_interval(p, c, s.values),
        needs=("numbers", "variation"),
    ),
    Measure(
        "alpha_ratio",
        lambda t, s: alpha.pair_alpha(t, alpha.ratio_distance(s.values)),
        lambda p, c, m, s: alpha.alpha_ratio(p, c, s.values),
        needs=("numbers", "values from 0", "variation"),
    ),
    Measure(
        "alpha_custom",
        lambda t, s: alpha.pair_alpha(t, _own(s)),
        lambda p, c, m, s: alpha.alpha(p, c, _own(s)),
        needs=("variation", "own weights"),
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
"""In the order of a report."""
