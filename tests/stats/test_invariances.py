"""What must not change a statistic, and how far it may change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.stats import PairTables, RatingCounts, agree_many, agree_pair, names_for

from .studies import Study, studies

often = settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow], database=None
)

PAIR = names_for("two coders")
MANY = names_for("any number of coders")
DIRECTED = ("bias_index",)
"""Statistics that change sign with the order of the coders."""
UNORDERED = (
    "percent_agreement",
    "cohen_kappa",
    "kappa_max",
    "scott_pi",
    "fleiss_kappa",
    "conger_kappa",
    "brennan_prediger",
    "gwet_ac1",
    "alpha_nominal",
)
"""Statistics that know nothing of the order of the categories."""


def of_pair(tables: PairTables, names: tuple[str, ...] = PAIR) -> dict[str, float]:
    return {
        row.statistic: float("nan") if row.estimate is None else row.estimate
        for row in agree_pair(tables, names, interval="none")
    }


def of_many(counts: RatingCounts, names: tuple[str, ...] = MANY) -> dict[str, float]:
    return {
        row.statistic: float("nan") if row.estimate is None else row.estimate
        for row in agree_many(counts, names, interval="none")
    }


def same(found: dict[str, float], wanted: dict[str, float]) -> None:
    assert found == pytest.approx(wanted, abs=1e-9, nan_ok=True)


@often
@given(studies(), st.integers(0, 1000))
def test_order_of_coders_and_of_units_does_not_matter(study: Study, seed: int) -> None:
    rng = np.random.default_rng(seed)
    shuffled = study.taken(rng.permutation(study.ratings.shape[1]))
    shuffled = Study(rng.permutation(shuffled.ratings), shuffled.cluster, study.q)
    same(of_many(shuffled.many()), of_many(study.many()))
    swapped, straight = of_pair(study.pair().swapped()), of_pair(study.pair())
    for name in DIRECTED:
        swapped[name] = -swapped[name]
    same(swapped, straight)


@often
@given(studies(), st.integers(0, 1000))
def test_relabelled_categories_leave_nominal_statistics_alone(study: Study, seed: int) -> None:
    place = np.append(np.random.default_rng(seed).permutation(study.q), -1)
    relabelled = Study(place[study.ratings], study.cluster, study.q)
    same(of_pair(relabelled.pair(), UNORDERED), of_pair(study.pair(), UNORDERED))
    many = tuple(name for name in UNORDERED if name in MANY)
    same(of_many(relabelled.many(), many), of_many(study.many(), many))


@often
@given(studies())
def test_reversed_levels_leave_ordered_statistics_alone(study: Study) -> None:
    reversed_levels = Study(
        np.where(study.ratings < 0, -1, study.q - 1 - study.ratings), study.cluster, study.q
    )
    ordered = tuple(
        name
        for name in ("cohen_kappa_linear", "cohen_kappa_quadratic", "alpha_ordinal", "within_one")
    )
    same(of_pair(reversed_levels.pair(), ordered), of_pair(study.pair(), ordered))
    ordered = ("alpha_ordinal", "alpha_interval", "gwet_ac2_linear", "gwet_ac2_quadratic")
    same(of_many(reversed_levels.many(), ordered), of_many(study.many(), ordered))


@often
@given(studies(), st.integers(0, 1000))
def test_parts_add_up_to_the_whole(study: Study, seed: int) -> None:
    first = np.random.default_rng(seed).random(study.ratings.shape[1]) < 0.5
    one, two = (study.taken(np.flatnonzero(part)) for part in (first, ~first))
    names = [str(g) for g in range(8)]
    pairs = [
        PairTables.from_codes(
            part.ratings[0], part.ratings[1], part.cluster, study.categories, clusters=names
        )
        for part in (one, two, study)
    ]
    assert np.array_equal(pairs[0].merged(pairs[1]).tables, pairs[2].tables)
    many = [
        RatingCounts.from_matrix(part.ratings, part.cluster, study.categories, clusters=names)
        for part in (one, two, study)
    ]
    merged = many[0].merged(many[1])
    assert np.array_equal(merged.patterns, many[2].patterns)
    assert np.array_equal(merged.counts, many[2].counts)
    assert np.array_equal(merged.margins, many[2].margins)


@often
@given(studies(), st.integers(0, 1000))
def test_units_with_one_rating_do_not_move_alpha(study: Study, seed: int) -> None:
    rng = np.random.default_rng(seed)
    single = np.full((len(study.ratings), 7), -1)
    single[rng.integers(0, len(study.ratings), size=7), range(7)] = rng.integers(0, study.q, size=7)
    extended = Study(
        np.concatenate([study.ratings, single], axis=1),
        np.concatenate([study.cluster, rng.integers(0, 8, size=7)]),
        study.q,
    )
    alphas = tuple(name for name in MANY if name.startswith("alpha") or "agreement" in name)
    same(of_many(extended.many(), alphas), of_many(study.many(), alphas))
    assert extended.many().units == study.many().units


@often
@given(studies(), st.integers(2, 4))
def test_everything_doubled_keeps_every_coefficient_but_alpha(study: Study, times: int) -> None:
    repeated = study.taken(np.tile(np.arange(study.ratings.shape[1]), times))
    names = tuple(name for name in PAIR if not name.startswith("alpha") and name[-3:] != "_se")
    same(of_pair(repeated.pair(), names), of_pair(study.pair(), names))
    names = tuple(name for name in MANY if not name.startswith("alpha") and name[-3:] != "_se")
    same(of_many(repeated.many(), names), of_many(study.many(), names))
    # 1 - alpha grows by (t n - 1) / (t (n - 1)), n values on units with two or more.
    alphas = tuple(name for name in MANY if name.startswith("alpha"))
    given = (study.ratings >= 0).sum(axis=0)
    n = int(given[given >= 2].sum())
    by = (times * n - 1) / (times * (n - 1)) if n else 1.0
    found = {name: 1 - by * (1 - value) for name, value in of_many(study.many(), alphas).items()}
    same(of_many(repeated.many(), alphas), found)
    # It tends to Scott's pi from above.
    once, more = of_pair(study.pair()), of_pair(repeated.pair())
    if not np.isnan(once["alpha_nominal"]):
        assert once["scott_pi"] - 1e-12 <= more["alpha_nominal"] <= once["alpha_nominal"] + 1e-12


@often
@given(studies(), st.integers(2, 4))
def test_everything_doubled_narrows_analytic_errors_as_it_must(study: Study, times: int) -> None:
    # The error of Fleiss, Cohen & Everitt divides by N, Gwet's by N - 1.
    repeated = study.taken(np.tile(np.arange(study.ratings.shape[1]), times))
    errors = ("cohen_kappa_se", "cohen_kappa_linear_se", "cohen_kappa_quadratic_se")
    once = of_pair(study.pair(), errors)
    same(
        of_pair(repeated.pair(), errors),
        {name: value / np.sqrt(times) for name, value in once.items()},
    )
    errors = ("fleiss_kappa_se", "brennan_prediger_se", "gwet_ac1_se")
    once, more = of_many(study.many(), errors), of_many(repeated.many(), errors)
    n = int((study.ratings >= 0).any(axis=0).sum())
    for name in errors:
        if not np.isnan(once[name]):
            narrower = np.sqrt((n - 1) / (times * n - 1))
            assert more[name] == pytest.approx(once[name] * narrower, abs=1e-9)


@often
@given(studies(coders=3))
def test_doubled_units_keep_the_jackknife_and_doubled_transcripts_narrow_it(study: Study) -> None:
    names = ("cohen_kappa", "percent_agreement", "gwet_ac1", "cohen_kappa_quadratic")
    twice = study.taken(np.tile(np.arange(study.ratings.shape[1]), 2))
    # More units of the same interviews are no new evidence on how interviews differ.
    for one, two in zip(
        agree_pair(study.pair(), names), agree_pair(twice.pair(), names), strict=True
    ):
        assert (one.low is None) == (two.low is None)
        assert two.low == pytest.approx(one.low, abs=1e-7)
        assert two.high == pytest.approx(one.high, abs=1e-7)
    others = np.repeat([0, 100], study.ratings.shape[1])
    apart = Study(twice.ratings, twice.cluster + others, study.q)
    for one, two in zip(
        agree_pair(study.pair(), names), agree_pair(apart.pair(), names), strict=True
    ):
        if one.low is not None and one.high is not None:
            assert two.low is not None
            assert two.high is not None
            assert two.high - two.low < one.high - one.low


@often
@given(studies())
def test_ranges(study: Study) -> None:
    pair = of_pair(study.pair())
    for name, value in pair.items():
        if not np.isnan(value):
            low = 0 if name.endswith(("percent_agreement", "within_one")) else -np.inf
            assert low <= value <= 1 + 1e-12, name
    if not np.isnan(pair["cohen_kappa"]):
        assert -1 <= pair["cohen_kappa"] <= pair["kappa_max"] + 1e-12
        assert pair["scott_pi"] <= pair["cohen_kappa"] + 1e-12


@often
@given(studies(coders=2, missing=False))
def test_a_coder_who_never_varies_gives_kappa_zero_exactly(study: Study) -> None:
    constant = Study(
        np.stack([np.zeros_like(study.ratings[0]), study.ratings[1]]), study.cluster, study.q
    )
    kappas = ("cohen_kappa", "cohen_kappa_linear", "cohen_kappa_quadratic")
    for name, value in of_pair(constant.pair(), kappas).items():
        assert np.isnan(value) == bool((study.ratings[1] == 0).all()), name
        assert np.isnan(value) or value == 0.0, name


@often
@given(studies(coders=3, missing=False), st.integers(0, 5))
def test_binary_and_collapsed_count_the_same_units(study: Study, category: int) -> None:
    name = study.categories[category % study.q]
    mapping = {c: (name if c == name else f"not {name}") for c in study.categories}
    many, pair = study.many(), study.pair()
    assert many.binary(name).units == many.units
    assert pair.binary(name).units == pair.units
    if study.q > 1:
        found = of_many(many.collapsed(mapping), UNORDERED_MANY)
        same(found, of_many(many.binary(name), UNORDERED_MANY))
        same(of_pair(pair.collapsed(mapping), UNORDERED), of_pair(pair.binary(name), UNORDERED))


UNORDERED_MANY = tuple(name for name in UNORDERED if name in MANY)
