"""Sets of codes: against plain loops, against alpha on plain categories, and at the edges."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import combinations, permutations

import krippendorff
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from coder.stats import (
    Estimate,
    agree_many,
    jaccard_distance,
    masi_distance,
    set_distances,
)
from coder.stats import alpha as plain_alpha
from coder.stats.arrays import floats
from coder.stats.register import MEASURES
from coder.stats.set_distances import SetDistance, SetDistances
from coder.stats.set_samples import SetSample

from .set_studies import ALL, CODES, SetStudy, set_studies, values

often = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow], database=None
)


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return 1 - len(a & b) / len(a | b) if a | b else 0.0


def masi(a: frozenset[str], b: frozenset[str]) -> float:
    if a == b:
        return 0.0
    monotonic = 2 / 3 if a <= b or b <= a else 1 / 3 if a & b else 0.0
    return 1 - (1 - jaccard(a, b)) * monotonic


def different(a: frozenset[str], b: frozenset[str]) -> float:
    return float(a != b)


DISTANCES: dict[str, Callable[[frozenset[str], frozenset[str]], float]] = {
    "jaccard": jaccard,
    "masi": masi,
    "set_nominal": different,
}


def brute_alpha(study: SetStudy, name: str) -> float:
    distance = DISTANCES[name]
    units = [list(answers.values()) for _, answers in study.units if len(answers) >= 2]
    pool = [answer for unit in units for answer in unit]
    seen = sum(distance(a, b) / (len(u) - 1) for u in units for a, b in permutations(u, 2))
    chance = sum(distance(a, b) for a, b in permutations(pool, 2))
    return 1 - (len(pool) - 1) * seen / chance if chance else math.nan


def brute_similarity(study: SetStudy, name: str) -> float:
    units = [list(answers.values()) for _, answers in study.units if len(answers) >= 2]
    means = []
    for unit in units:
        pairs = list(combinations(unit, 2))
        means.append(sum(DISTANCES[name](a, b) for a, b in pairs) / len(pairs))
    return 1 - sum(means) / len(means) if means else math.nan


def value(row: Estimate) -> float:
    return math.nan if row.estimate is None else row.estimate


def same(found: dict[str, float], wanted: dict[str, float]) -> None:
    assert found == pytest.approx(wanted, abs=1e-9, nan_ok=True)


@often
@given(set_studies())
def test_sets_equal_plain_loops(study: SetStudy) -> None:
    wanted = {f"alpha_{name}": brute_alpha(study, name) for name in DISTANCES}
    wanted |= {f"{name}_similarity": brute_similarity(study, name) for name in ("jaccard", "masi")}
    wanted["percent_agreement"] = brute_similarity(study, "set_nominal")
    same(values(study.counts()), wanted)


@often
@given(set_studies())
def test_sets_equal_alpha_on_plain_categories(study: SetStudy) -> None:
    counts = study.counts()
    ratings = counts.as_ratings()
    total = floats(ratings.counts.sum(axis=0))
    distances = SetDistances(counts.membership)
    found = values(counts)
    kinds: tuple[SetDistance, ...] = ("jaccard", "masi")
    for kind in kinds:
        matrix = distances.matrix(kind)
        plain = float(plain_alpha.alpha(ratings.patterns, total, matrix))
        same({kind: found[f"alpha_{kind}"]}, {kind: plain})
        if not math.isnan(plain):
            peer = krippendorff.alpha(
                value_counts=np.repeat(ratings.patterns, ratings.counts.sum(axis=0), axis=0),
                level_of_measurement=lambda v1, v2, i1, i2, n_v, dtype, m=matrix: m[i1, i2],
            )
            same({kind: plain}, {kind: float(peer)})
    rows = agree_many(ratings, ["alpha_nominal", "percent_agreement"], interval="none")
    assert [value(row) for row in rows] == pytest.approx(
        [found["alpha_set_nominal"], found["percent_agreement"]], abs=1e-9, nan_ok=True
    )


@often
@given(set_studies(), st.integers(0, 1000))
def test_orders_and_names_do_not_matter(study: SetStudy, seed: int) -> None:
    rng = np.random.default_rng(seed)
    names = dict(zip(CODES, (CODES[k] for k in rng.permutation(4)), strict=True))
    turned = [
        (
            f"other {study.units[k][0]}",
            {
                coder: frozenset(names[code] for code in answer)
                for coder, answer in reversed(study.units[k][1].items())
            },
        )
        for k in rng.permutation(len(study.units))
    ]
    same(values(SetStudy(turned).counts()), values(study.counts()))


@often
@given(set_studies(), st.integers(0, 1000))
def test_replicates_equal_a_new_count(study: SetStudy, seed: int) -> None:
    sample = SetSample(study.counts())
    names = sample.sums.names
    assume(len(names) > 0)
    parts = [SetStudy([unit for unit in study.units if unit[0] != gone]) for gone in names]
    drawn = sample.sums.draws(2, seed)
    doubled = [
        SetStudy(
            [
                unit
                for place, name in enumerate(sample.sums.clusters)
                for _ in range(int(weights[place]))
                for unit in study.units
                if unit[0] == name
            ]
        )
        for weights in drawn
    ]
    for name in ALL:
        measure = MEASURES[name]
        left = sample.leave_one_out(measure)
        wanted = [values(part.counts(), (name,))[name] for part in parts]
        assert left.tolist() == pytest.approx(wanted, abs=1e-9, nan_ok=True)
        found = sample.resampled(measure, 2, seed)
        wanted = [values(part.counts(), (name,))[name] for part in doubled]
        assert found.tolist() == pytest.approx(wanted, abs=1e-9, nan_ok=True)


@given(st.lists(st.frozensets(st.sampled_from("abcde")), min_size=2, max_size=2))
def test_distances_equal_their_definition(sets: list[frozenset[str]]) -> None:
    a, b = sets
    assert jaccard_distance(a, b) == pytest.approx(jaccard(a, b), abs=1e-12)
    assert masi_distance(a, b) == pytest.approx(masi(a, b), abs=1e-12)
    assert jaccard_distance(a, b) <= masi_distance(a, b) + 1e-12


def test_many_different_sets_are_compared_in_strips(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    held = np.unique(rng.random((300, 12)) < 0.3, axis=0)
    used = floats(rng.integers(0, 9, size=(2, 5, len(held))))
    whole = SetDistances(held)
    strips = SetDistances(held)
    kinds: tuple[SetDistance, ...] = ("nominal", "jaccard", "masi")
    for kind in kinds:
        matrix = whole.matrix(kind)
        assert (np.diagonal(matrix) == 0).all()
        wanted = np.einsum("abi,ij,abj->ab", used, matrix, used)
        assert np.allclose(whole.expected(used, kind), wanted, rtol=1e-12)
        with monkeypatch.context() as small:
            small.setattr(set_distances, "_NUMBERS_AT_ONCE", 7 * len(held))
            assert np.allclose(strips.expected(used, kind), wanted, rtol=1e-12)
