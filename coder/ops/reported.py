"""Which statistics the agreement of a study reports of what it compares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Scale = Literal["nominal", "ordinal", "interval"]

PAIR: Mapping[Scale, tuple[str, ...]] = {
    "nominal": (
        "percent_agreement",
        "cohen_kappa",
        "alpha_nominal",
        "gwet_ac1",
        "scott_pi",
        "brennan_prediger",
        "kappa_max",
    ),
    "ordinal": (
        "percent_agreement",
        "within_one",
        "cohen_kappa",
        "cohen_kappa_linear",
        "cohen_kappa_quadratic",
        "alpha_ordinal",
        "gwet_ac2_linear",
        "gwet_ac2_quadratic",
    ),
    "interval": ("percent_agreement", "cohen_kappa_quadratic", "alpha_interval"),
}
"""Of two coders; scores that are means have no category to expect by chance, hence no AC2."""

YES_OR_NO = (
    "percent_agreement",
    "cohen_kappa",
    "alpha_nominal",
    "gwet_ac1",
    "positive_agreement",
    "negative_agreement",
    "scott_pi",
    "pabak",
    "kappa_max",
    "prevalence_index",
    "bias_index",
)
"""Of two coders and two categories; Brennan and Prediger's coefficient is PABAK there."""

MANY: Mapping[Scale, tuple[str, ...]] = {
    "nominal": (
        "percent_agreement",
        "fleiss_kappa",
        "alpha_nominal",
        "gwet_ac1",
        "conger_kappa",
        "brennan_prediger",
    ),
    "ordinal": ("percent_agreement", "within_one", "alpha_ordinal", "gwet_ac2_quadratic"),
    "interval": ("percent_agreement", "alpha_interval"),
}
"""Of three or more coders, over units that at least two finished."""

MANY_YES_OR_NO = (*MANY["nominal"], "positive_agreement", "negative_agreement")

ALL_PAIRS = ("light_kappa", "hubert_kappa")
"""Of three or more coders, from the tables of all their pairs."""

POOLED = ("pooled_kappa", "mean_kappa")
"""Of sets of codes, from the tables of all codes."""
