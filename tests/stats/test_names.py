"""Every name of agreement.md, section 0, comes through the doors it belongs to."""

from __future__ import annotations

import pytest

from coder.stats import names_for
from coder.stats.register import MEASURES, Family

PAIR: tuple[Family, ...] = ("two coders",)
BOTH: tuple[Family, ...] = ("two coders", "any number of coders")
SETS: tuple[Family, ...] = ("sets of codes",)
SPANS: tuple[Family, ...] = ("spans",)
TABLES: tuple[Family, ...] = ("several tables",)
NAMES: dict[str, tuple[Family, ...]] = {
    "percent_agreement": (*BOTH, *SETS),
    "percent_agreement_values": BOTH,
    "percent_agreement_pairs": BOTH,
    "within_one": BOTH,
    "cohen_kappa": PAIR,
    "cohen_kappa_linear": PAIR,
    "cohen_kappa_quadratic": PAIR,
    "cohen_kappa_custom": PAIR,
    "cohen_kappa_se": PAIR,
    "cohen_kappa_linear_se": PAIR,
    "cohen_kappa_quadratic_se": PAIR,
    "cohen_kappa_custom_se": PAIR,
    "kappa_max": PAIR,
    "scott_pi": PAIR,
    "fleiss_kappa": BOTH,
    "fleiss_kappa_se": BOTH,
    "conger_kappa": BOTH,
    "light_kappa": TABLES,
    "hubert_kappa": TABLES,
    "brennan_prediger": BOTH,
    "brennan_prediger_se": BOTH,
    "pabak": PAIR,
    "gwet_ac1": BOTH,
    "gwet_ac1_se": BOTH,
    "gwet_ac2_linear": BOTH,
    "gwet_ac2_quadratic": BOTH,
    "gwet_ac2_custom": BOTH,
    "alpha_nominal": BOTH,
    "alpha_ordinal": BOTH,
    "alpha_interval": BOTH,
    "alpha_ratio": BOTH,
    "alpha_custom": BOTH,
    "positive_agreement": BOTH,
    "negative_agreement": BOTH,
    "prevalence_index": PAIR,
    "bias_index": PAIR,
    "pooled_kappa": TABLES,
    "mean_kappa": TABLES,
    "jaccard_similarity": SETS,
    "masi_similarity": SETS,
    "alpha_jaccard": SETS,
    "alpha_masi": SETS,
    "alpha_set_nominal": SETS,
    "alpha_u_1995": SPANS,
    "u_alpha": SPANS,
    "bar_u_alpha": SPANS,
    "cu_alpha": SPANS,
    "ku_alpha": SPANS,
    "coverage_cu": SPANS,
    "coverage_ku": SPANS,
}


@pytest.mark.parametrize("family", [*BOTH, *SETS, *SPANS, *TABLES])
def test_each_door_has_its_statistics(family: Family) -> None:
    assert set(names_for(family)) == {name for name, doors in NAMES.items() if family in doors}


def test_no_statistic_is_left_without_a_door() -> None:
    assert set(MEASURES) == set(NAMES)
