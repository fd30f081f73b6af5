"""From the final codes of one person-year's units to one value.

Source of the rules: the project's codebook format (``docs`` and ``codebooks/README.md``); they are
this project's own, in no published instrument. All functions are pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from coder.errors import UsageError
from coder.model import CodeSet, Status

Standing = Literal[
    "value", "nothing", "not_codable", "no_data", "incomplete", "unresolved", "review"
]
"""``value``: the rule gave one; every other standing is a blank of its own kind."""

STANDING_LABELS: Mapping[Standing, str] = {
    "nothing": "nothing applied",
    "not_codable": "not codable",
    "no_data": "no data",
    "incomplete": "incomplete",
    "unresolved": "unresolved",
    "review": "tie, for review",
}

NO_LEVEL = "no evidence"
"""What ``not_codable`` is called for a rubric."""

_SHARE_AT_LEAST = "share_at_least_"
"""``also: [share_at_least_3]`` beside the rule ``mean`` asks for the share of means from 3 up."""

VALENCE_ORDER = ("productive", "mixed", "unproductive", "neither")
_VALENCE_LABELS = {
    "productive": "productive",
    "mixed": "mixed",
    "unproductive": "solely unproductive",
    "neither": "neither",
}
# The codebook file names the results after what is in the unit set.
_FILE_NAMES = {"mixed": "both", "neither": "none"}


@dataclass(frozen=True, slots=True)
class FinalUnits:
    """So many units with the same final answer."""

    status: Status | Literal["unresolved", "unfinished"]
    codes: frozenset[str]
    units: int


@dataclass(frozen=True, slots=True)
class Rolled:
    """One person-year's value for one code set."""

    standing: Standing
    values: tuple[str, ...] = ()
    """Result keys: one for most rules, every code present for ``any``, none for a blank."""
    number: float | None = None
    """The mean level, for ``mean``."""
    asked: int = 0
    """Units the value rests on."""
    eligible: int = 0
    """Units whose question feeds the set."""
    finished: int = 0
    """Eligible units that somebody has finished."""


def roll_up(code_set: CodeSet, units: Sequence[FinalUnits], eligible: int) -> Rolled:
    """Apply a code set's roll-up rule to the final answers of one person-year.

    Args:
        code_set: The set; its ``rollup.rule`` decides.
        units: Final answers, grouped or not; ``unfinished`` ones are eligible units that nobody
            has finished.
        eligible: How many units' question feeds the set.

    Returns:
        The value with the number of units it rests on, or the kind of blank: ``incomplete``
        while an eligible unit is unfinished, ``unresolved`` while two coders' answers to one
        differ unsettled, ``no_data`` where nobody was asked, ``nothing`` where asked and nothing
        applied, ``not_codable`` where only codes marked so were applied or a rubric was given no
        level, ``review`` where two codes are equally frequent under ``preponderance``.
    """
    count = Counter[str]()
    for unit in units:
        count[unit.status] += unit.units
    asked = count["coded"] + count["nothing"]
    done = max(0, eligible - count["unfinished"])

    def rolled(
        standing: Standing, values: tuple[str, ...] = (), number: float | None = None
    ) -> Rolled:
        return Rolled(standing, values, number, asked, eligible, done)

    if count["unfinished"]:
        return rolled("incomplete")
    if count["unresolved"]:
        return rolled("unresolved")
    if not asked:
        return rolled("no_data")
    coded = [unit for unit in units if unit.status == "coded" and unit.codes]
    if not coded:
        # What was said gave no evidence for any level: no answer that shares could be taken of.
        return rolled("not_codable" if code_set.mode == "ordinal" else "nothing")
    known = {code.id: code for code in code_set.codes}
    present = {code for unit in coded for code in unit.codes}
    if not any(known[code].codable for code in present if code in known):
        return rolled("not_codable")
    values, number = _rule_of(code_set)(code_set, coded)
    if not values and number is None:
        return rolled("review" if code_set.rollup.rule == "preponderance" else "nothing")
    return rolled("value", values, number)


_Result = tuple[tuple[str, ...], float | None]


def _valence(code_set: CodeSet, units: Sequence[FinalUnits]) -> _Result:
    valence = code_set.valence_of(code for unit in units for code in unit.codes)
    return (("neither" if valence == "none" else valence,), None)


def _levels(code_set: CodeSet, units: Sequence[FinalUnits]) -> Iterable[tuple[int, int]]:
    known = {code.id: code.level for code in code_set.codes}
    for unit in units:
        for code in unit.codes:
            level = known.get(code)
            if level is not None:
                yield level, unit.units


def _max(code_set: CodeSet, units: Sequence[FinalUnits]) -> _Result:
    levels = [level for level, _ in _levels(code_set, units)]
    return ((str(max(levels)),) if levels else (), None)


def _mean(code_set: CodeSet, units: Sequence[FinalUnits]) -> _Result:
    pairs = list(_levels(code_set, units))
    total = sum(n for _, n in pairs)
    return ((), sum(level * n for level, n in pairs) / total if total else None)


def _codable(code_set: CodeSet) -> set[str]:
    """Codes that can be the value of a person who has at least one of them."""
    return {code.id for code in code_set.codes if code.codable}


def _highest(code_set: CodeSet, units: Sequence[FinalUnits]) -> _Result:
    present = {code for unit in units for code in unit.codes} & _codable(code_set)
    order = [str(code) for code in code_set.rollup.options.get("order", ())]
    order += [code.id for code in code_set.codes if code.id not in order]
    return (tuple(code for code in order if code in present)[:1], None)


def _preponderance(code_set: CodeSet, units: Sequence[FinalUnits]) -> _Result:
    count = Counter[str]()
    for unit in units:
        # "Cannot tell" is no answer to be the most frequent of.
        for code in unit.codes & _codable(code_set):
            count[code] += unit.units
    most = max(count.values())
    top = [code for code, n in count.items() if n == most]
    # A tie goes to review, never to a coin.
    return ((top[0],) if len(top) == 1 else (), None)


def _any(code_set: CodeSet, units: Sequence[FinalUnits]) -> _Result:
    present = {code for unit in units for code in unit.codes}
    return (tuple(code.id for code in code_set.codes if code.id in present), None)


_RULES: Mapping[str, Callable[[CodeSet, Sequence[FinalUnits]], _Result]] = {
    "valence": _valence,
    "max": _max,
    "mean": _mean,
    "highest": _highest,
    "preponderance": _preponderance,
    "any": _any,
    # Frequencies only: at person level, which codes are there at all.
    "count": _any,
}


def _rule_of(code_set: CodeSet) -> Callable[[CodeSet, Sequence[FinalUnits]], _Result]:
    rule = code_set.rollup.rule
    if rule not in _RULES:
        raise UsageError(f"the code set {code_set.id} has the unknown roll-up rule {rule}")
    return _RULES[rule]


def result_labels(code_set: CodeSet) -> dict[str, str]:
    """The possible results of a set's rule, in the order of a table, with their display names.

    The results of ``mean`` are whether it reaches the level that ``also: [share_at_least_3]``
    names; without that there are none, only the number.
    """
    _rule_of(code_set)
    rule = code_set.rollup.rule
    if rule == "valence":
        given = code_set.rollup.labels
        return {
            key: given.get(_FILE_NAMES.get(key, key), _VALENCE_LABELS[key]) for key in VALENCE_ORDER
        }
    if rule == "max":
        levels = sorted(
            {
                code.level
                for code in code_set.codes
                if code.level is not None and not code.replaced_by
            }
        )
        return {str(level): f"level {level}" for level in levels}
    if rule == "mean":
        level = mean_threshold(code_set)
        if level is None:
            return {}
        return {
            f"at_least_{level}": f"mean of {level} or more",
            f"below_{level}": f"mean below {level}",
        }
    return {code.id: code.name for code in code_set.codes if not code.is_category}


def result_keys(code_set: CodeSet, rolled: Rolled) -> tuple[str, ...]:
    """Which of ``result_labels`` a person-year has; none for a blank."""
    if rolled.number is None:
        return rolled.values
    level = mean_threshold(code_set)
    if level is None:
        return ()
    return (f"at_least_{level}" if rolled.number >= level else f"below_{level}",)


def mean_threshold(code_set: CodeSet) -> int | None:
    """The level that ``also: [share_at_least_3]`` asks the share of means for."""
    also = code_set.rollup.options.get("also", ())
    for word in (str(one) for one in also):
        level = word.removeprefix(_SHARE_AT_LEAST)
        if word.startswith(_SHARE_AT_LEAST) and level.isdecimal():
            return int(level)
    return None


def standing_label(code_set: CodeSet, standing: Standing) -> str:
    """The display name of a blank, as the codebook words it."""
    names = {"no_data": "empty", "not_codable": "uncodable"}
    given = code_set.rollup.labels.get(names.get(standing, standing))
    if not given and standing == "not_codable" and code_set.mode == "ordinal":
        return NO_LEVEL
    return given or STANDING_LABELS[standing]
