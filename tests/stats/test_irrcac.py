"""Random sets with missing ratings and weights against values that irrCAC printed.

irrCAC refuses numpy 2, so it cannot be an oracle in the tests themselves: `irrcac_values.json`
holds what it gave in an environment of its own, with the recipe.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coder.stats import RatingCounts, agree_many
from coder.stats import errors_of_estimate as errors
from coder.stats.alpha import alpha
from coder.stats.arrays import FloatArray, floats
from coder.stats.several import (
    brennan_prediger,
    conger_kappa,
    fleiss_kappa,
    gwet_ac,
    percent_agreement,
)
from coder.stats.weighted import (
    gwet_ordinal_distance,
    linear_distance,
    nominal_distance,
    quadratic_distance,
)

SETS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "irrcac_values.json").read_text(encoding="utf-8")
)["sets"]
DOORS = {
    ("identity", "fleiss"): "fleiss_kappa",
    ("identity", "gwet"): "gwet_ac1",
    ("linear", "gwet"): "gwet_ac2_linear",
    ("quadratic", "gwet"): "gwet_ac2_quadratic",
    ("identity", "conger"): "conger_kappa",
    ("identity", "bp"): "brennan_prediger",
    ("identity", "krippendorff"): "alpha_nominal",
    ("quadratic", "krippendorff"): "alpha_interval",
}
"""Which of its coefficients have a name of their own here."""


def counts_of(held: dict[str, Any]) -> RatingCounts:
    rows = [[-1 if value is None else value - 1 for value in row] for row in held["matrix"]]
    categories = [str(category) for category in held["categories"]]
    return RatingCounts.from_matrix(np.array(rows), None, categories)


def distance_of(weights: str, q: int) -> FloatArray:
    values = floats(np.arange(1, q + 1))
    return {
        "identity": nominal_distance(q),
        "linear": linear_distance(values),
        "quadratic": quadratic_distance(values),
        "ordinal": gwet_ordinal_distance(q),
    }[weights]


@pytest.mark.parametrize("held", SETS, ids=[str(held["seed"]) for held in SETS])
@pytest.mark.parametrize("weights", ["identity", "linear", "quadratic", "ordinal"])
def test_coefficients_and_errors_are_irrcacs(held: dict[str, Any], weights: str) -> None:
    counts, wanted = counts_of(held), held["values"][weights]
    p, total = counts.patterns, floats(counts.counts.sum(axis=0))
    margins, v = floats(counts.margins.sum(axis=0)), distance_of(weights, len(counts.categories))
    found = {
        "fleiss": (fleiss_kappa(p, total, v), errors.gwet_linearised(p, total, "fleiss", v)),
        "gwet": (gwet_ac(p, total, v), errors.gwet_linearised(p, total, "gwet", v)),
        "bp": (brennan_prediger(p, total, v), errors.gwet_linearised(p, total, "uniform", v)),
        "conger": (conger_kappa(p, total, margins, v), None),
        "krippendorff": (alpha(p, total, v), None),
    }
    for name, (value, error) in found.items():
        assert float(value) == pytest.approx(wanted[name][0], abs=1e-9), name
        if error is not None:
            assert error == pytest.approx(wanted[name][1], abs=1e-9), name
    assert float(percent_agreement(p, total, v)) == pytest.approx(wanted["pa"], abs=1e-9)
    for (of, name), door in DOORS.items():
        if of == weights:
            (row,) = agree_many(counts, [door], interval="none")
            assert row.estimate == pytest.approx(wanted[name][0], abs=1e-9), door


def test_the_sets_are_worth_comparing() -> None:
    assert len(SETS) >= 12
    assert sum(any(None in row for row in held["matrix"]) for held in SETS) >= 8
    assert {len(held["matrix"]) for held in SETS} >= {2, 3, 4}
    assert sum(len(held["categories"]) > 2 for held in SETS) >= 6
