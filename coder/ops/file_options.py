"""What a user wants to know of a file of ratings, and which statistics that takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

from coder.errors import UsageError
from coder.ops.agreement_report import IntervalMethod, Options
from coder.ops.file_categories import Scale
from coder.ops.statistic_names import kinds_for, no_such

if TYPE_CHECKING:
    from coder.ops.own_weights import OwnWeights
    from coder.stats.register import Family


class How(TypedDict):
    """How intervals are made, as the statistics take it."""

    interval: IntervalMethod
    replicates: int
    seed: int
    confidence: float


@dataclass(frozen=True)
class FileOptions:
    """What to compare in a file of ratings, and how.

    Args:
        options: Intervals, and statistics besides the usual ones.
        scale: What the codes are.
        weights: Which weights lead on a scale: linear, quadratic, or custom for your own.
        own: Your own weights.
        categories: Categories that count even if nobody used them; empty for those in the file.
        by_code: Also every code against the others.
        every_pair: Also every pair of coders where there are many of them.
        disagreements: Also the units that coders answered differently.
    """

    options: Options = field(default_factory=Options)
    scale: Scale = "nominal"
    weights: str = ""
    own: OwnWeights | None = None
    categories: tuple[str, ...] = ()
    by_code: bool = False
    every_pair: bool = False
    disagreements: bool = False

    @property
    def how(self) -> How:
        """How intervals are made, as the statistics take it."""
        return {
            "interval": self.options.interval,
            "replicates": self.options.replicates,
            "seed": self.options.seed,
            "confidence": self.options.confidence,
        }

    def names(self, usual: Iterable[str], family: Family) -> list[str]:
        """The usual statistics and those asked for, as far as a family has them, each once."""
        from coder.stats import names_for

        possible = names_for(family)
        wanted = dict.fromkeys((*usual, *self.options.statistics))
        return [name for name in wanted if name in possible]


MOST_CODERS_IN_PAIRS = 5
"""Coders up to which every pair is compared without being asked for: ten pairs."""

FIRST: dict[Scale, tuple[str, ...]] = {
    "nominal": (
        "percent_agreement",
        "cohen_kappa",
        "kappa_max",
        "scott_pi",
        "brennan_prediger",
        "gwet_ac1",
        "alpha_nominal",
    ),
    "ordinal": (
        "percent_agreement",
        "within_one",
        "cohen_kappa",
        "cohen_kappa_linear",
        "cohen_kappa_quadratic",
        "gwet_ac2_linear",
        "gwet_ac2_quadratic",
        "alpha_ordinal",
    ),
    "interval": (
        "percent_agreement",
        "cohen_kappa_linear",
        "cohen_kappa_quadratic",
        "gwet_ac2_linear",
        "gwet_ac2_quadratic",
        "alpha_interval",
    ),
    "ratio": (
        "percent_agreement",
        "cohen_kappa_linear",
        "cohen_kappa_quadratic",
        "gwet_ac2_linear",
        "gwet_ac2_quadratic",
        "alpha_ratio",
    ),
}
"""What two coders are compared by."""

SEVERAL: dict[Scale, tuple[str, ...]] = {
    "nominal": (
        "percent_agreement",
        "percent_agreement_values",
        "percent_agreement_pairs",
        "fleiss_kappa",
        "conger_kappa",
        "brennan_prediger",
        "gwet_ac1",
        "alpha_nominal",
    ),
    "ordinal": (
        "percent_agreement",
        "within_one",
        "gwet_ac2_linear",
        "gwet_ac2_quadratic",
        "alpha_ordinal",
    ),
    "interval": ("percent_agreement", "gwet_ac2_linear", "gwet_ac2_quadratic", "alpha_interval"),
    "ratio": ("percent_agreement", "gwet_ac2_linear", "gwet_ac2_quadratic", "alpha_ratio"),
}
"""What three coders or more are compared by, all together."""

OF_ALL_PAIRS = ("hubert_kappa", "light_kappa")
"""What the kappas of all pairs of coders are put together as."""

OWN = ("cohen_kappa_custom", "gwet_ac2_custom", "alpha_custom")
"""What your own weights make of them."""

YES_NO = (
    "pabak",
    "positive_agreement",
    "negative_agreement",
    "prevalence_index",
    "bias_index",
)
"""What there is only where an answer is yes or no."""

OF_A_CODE = (
    "percent_agreement",
    "cohen_kappa",
    "alpha_nominal",
    "gwet_ac1",
    "positive_agreement",
    "negative_agreement",
    "pabak",
    "kappa_max",
    "prevalence_index",
    "bias_index",
)
"""For one code against all others."""


OF_A_CODE_TOGETHER = (
    "percent_agreement",
    "fleiss_kappa",
    "alpha_nominal",
    "gwet_ac1",
    "positive_agreement",
    "negative_agreement",
)
"""The same for three coders or more, all together."""


def without_weights(names: Iterable[str]) -> list[str]:
    """Those that mean something where an answer is yes or no."""
    scaled = ("linear", "quadratic", "custom", "ordinal", "interval", "ratio", "within_one")
    return [name for name in names if not name.removesuffix("_se").endswith(scaled)]


def check_statistics(asked: Sequence[str], families: Sequence[Family], what: str) -> None:
    """Refuse statistics that do not exist, and those that nothing in the file allows.

    Args:
        asked: Names as typed.
        families: What the answers can be compared by.
        what: The answers, in words: "sets of codes".

    Raises:
        UsageError: Names the statistic and the nearest one there is.
    """
    from coder.stats import names_for
    from coder.stats.register import MEASURES

    for name in asked:
        if name not in MEASURES:
            raise no_such(name)
        if not any(name in names_for(one) for one in families):
            raise UsageError(
                f"{name} is for {kinds_for(name)}, not for {what}", f"coder explain {name}"
            )
