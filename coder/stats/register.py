"""The register of statistics: a new coefficient joins by one entry.

The rows, their jackknife, their bootstrap and their words for undefined cases follow from it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache
from typing import Literal, TypeAlias

from coder.errors import UsageError
from coder.stats import set_alpha, u_alpha
from coder.stats.error_measures import ERROR_MEASURES
from coder.stats.measures import Measure
from coder.stats.rating_measures import RATING_MEASURES

SET_MEASURES = (
    Measure(
        "jaccard_similarity",
        of_sets=lambda s, d: set_alpha.similarity(s, "jaccard"),
        transform="logit",
    ),
    Measure(
        "masi_similarity", of_sets=lambda s, d: set_alpha.similarity(s, "masi"), transform="logit"
    ),
    Measure(
        "alpha_jaccard",
        of_sets=lambda s, d: set_alpha.alpha(s, d, "jaccard"),
        needs=("variation",),
    ),
    Measure("alpha_masi", of_sets=lambda s, d: set_alpha.alpha(s, d, "masi"), needs=("variation",)),
    Measure(
        "alpha_set_nominal",
        of_sets=lambda s, d: set_alpha.alpha(s, d, "nominal"),
        needs=("variation",),
    ),
)
"""For answers that are sets of codes; `percent_agreement` is the share of identical sets."""

SPAN_MEASURES = (
    Measure("alpha_u_1995", of_units=True, transform="plain"),
    Measure("u_alpha", of_lengths=lambda s, k: u_alpha.u_alpha(s)),
    Measure("bar_u_alpha", of_lengths=lambda s, k: u_alpha.bar_u_alpha(s)),
    Measure("cu_alpha", of_lengths=lambda s, k: u_alpha.cu_alpha(s), of_one_code=False),
    Measure("ku_alpha", of_lengths=u_alpha.ku_alpha, of_one_code=True),
    Measure(
        "coverage_cu",
        of_lengths=lambda s, k: u_alpha.coverage_cu(s),
        transform="logit",
        of_one_code=False,
    ),
    Measure("coverage_ku", of_lengths=u_alpha.coverage_ku, transform="logit", of_one_code=True),
)
"""For free spans."""

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (*RATING_MEASURES, *ERROR_MEASURES, *SET_MEASURES, *SPAN_MEASURES)
}
"""Every statistic by name, in the order of a report."""

Family: TypeAlias = Literal[
    "two coders", "any number of coders", "sets of codes", "several tables", "spans"
]


@cache  # asked for by every call, and the register does not change
def names_for(family: Family) -> tuple[str, ...]:
    """The statistics for two coders, for any number, for sets, for several tables or for spans."""
    return tuple(name for name, measure in MEASURES.items() if _fits(measure, family))


def chosen(names: Iterable[str], family: Family) -> list[Measure]:
    """The statistics of these names.

    Raises:
        UsageError: There is none of that name, or it is for another kind of counts.
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
    return {
        "two coders": measure.of_tables is not None,
        "any number of coders": measure.of_patterns is not None,
        "sets of codes": measure.of_sets is not None,
        "several tables": measure.of_several_tables is not None,
        "spans": measure.of_lengths is not None or measure.of_units,
    }[family]
