"""What a statistic is: its name, how it is computed, what it needs, and why it may be undefined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from coder.stats.arrays import FloatArray, IntArray
from coder.stats.intervals import Transform
from coder.stats.levels import Levels
from coder.stats.set_alpha import SetSums
from coder.stats.set_distances import SetDistances
from coder.stats.span_lengths import LengthSums
from coder.stats.weighted import nominal_distance

OfTables: TypeAlias = Callable[[FloatArray, Levels], FloatArray]
"""From tables (..., q, q) and the levels of the categories to values (...)."""
OfPatterns: TypeAlias = Callable[[IntArray, FloatArray, FloatArray, Levels], FloatArray]
"""From patterns (P, q), counts (..., P), margins (..., m, q) and levels to values (...)."""
OfSets: TypeAlias = Callable[[SetSums, SetDistances], FloatArray]
"""From sums over sets of codes (...) and the distances between the sets to values (...)."""
OfSeveralTables: TypeAlias = Callable[[FloatArray], FloatArray]
"""From tables (..., K, q, q) to values (...)."""
OfLengths: TypeAlias = Callable[[LengthSums, int | None], FloatArray]
"""From lengths of text (..., q) and the number of a code, or None for all, to values (...)."""
Distance: TypeAlias = Callable[[Levels], FloatArray]

Need: TypeAlias = Literal[
    "two codes",
    "two units",
    "yes and no",
    "three levels",
    "numbers",
    "values from 0",
    "own weights",
    "variation",
    "yes",
    "no",
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
        of_sets: For any number of coders whose answers are sets of codes.
        of_several_tables: For several tables at once.
        of_lengths: For spans, from lengths of text.
        of_units: For spans, from their number, size and position (alpha_U of 1995).
        transform: The scale of its interval; None where it has none.
        why_no_interval: The reason, if it has none.
        needs: What the counts must have; more than one unit's worth is not among them.
        analytic: Its analytic standard error.
        distance: Its disagreement weights, for that standard error.
        zero_if_constant: Whether a coder who never varies makes it 0 whatever the other does.
        share_of_units: Whether it is a plain share of units, to which one-sided bounds apply.
        index: Whether it describes the counts rather than agreement.
        of_one_code: Whether it is for one code out of several (True), for all of them together
            (False), or for either (None).
    """

    name: str
    of_tables: OfTables | None = None
    of_patterns: OfPatterns | None = None
    of_sets: OfSets | None = None
    of_several_tables: OfSeveralTables | None = None
    of_lengths: OfLengths | None = None
    of_units: bool = False
    transform: Transform | None = "z"
    why_no_interval: str = ""
    needs: tuple[Need, ...] = ()
    analytic: AnalyticError = ""
    distance: Distance = lambda levels: nominal_distance(len(levels.values))
    zero_if_constant: bool = False
    share_of_units: bool = False
    index: bool = False
    of_one_code: bool | None = None


@dataclass(frozen=True)
class Use:
    """What the counts hold, as far as the reasons for an undefined statistic need it.

    Args:
        units: Units that two coders finished.
        categories: The declared categories.
        used: Those that occur among the ratings the statistic looks at.
        levels: What the categories are besides names.
        nobody: The words for no units at all.
        noun: What a category is, in a sentence: code, or the set.
    """

    units: int
    categories: tuple[str, ...]
    used: tuple[str, ...]
    levels: Levels | None
    nobody: str
    noun: str = "code"


def why_undefined(measure: Measure, use: Use) -> str:
    """The reason in words why the statistic is undefined; empty if it is defined."""
    if use.units == 0:
        return use.nobody
    return next((why for need in measure.needs if (why := _unmet(need, use))), "")


def _unmet(need: Need, use: Use) -> str:
    q, levels = len(use.categories), use.levels
    why = ""
    if need == "two codes" and q < 2:
        why = "fewer than two codes are declared"
    elif need == "two units" and use.units < 2:
        why = "one unit has no standard error"
    elif need == "yes and no" and q != 2:
        why = f"defined for two categories, not for {q}"
    elif need == "three levels" and q < 3:
        why = "with fewer than three levels every pair is within one"
    elif need == "numbers" and not (levels and levels.numbers):
        why = "the codes are not numbers and no level values are given"
    elif need == "values from 0" and not (levels and levels.from_zero):
        why = "a ratio scale has no negative level values"
    elif need == "own weights":
        why = _on_own_weights(use)
    elif need == "variation" and len(use.used) < 2:
        why = f"only {use.noun} {use.used[0]} was used"
    elif need in ("yes", "no") and use.categories[0 if need == "yes" else 1] not in use.used:
        why = f"no coder used {use.categories[0 if need == 'yes' else 1]}"
    return why


def _on_own_weights(use: Use) -> str:
    if use.levels is None or use.levels.custom is None:
        return "no disagreement weights are given"
    kept = [position for position, name in enumerate(use.categories) if name in use.used]
    if len(kept) > 1 and not use.levels.custom[kept][:, kept].any():
        return f"the weights make no difference between {' and '.join(use.used)}"
    return ""
