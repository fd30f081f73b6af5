"""Agreement on persons: each coder's answers rolled up to one value per person-year.

A coder's value of a person-year is known only once they finished every unit of the person that
the set asks; until then it would be the value of some of what the person said.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.model import CodeSet
from coder.ops.agreement_report import Caution
from coder.ops.answer_labels import has_code
from coder.ops.comparing import Comparisons
from coder.ops.rolling import PersonYear
from coder.ops.unit_levels import code_of
from coder.store.read_models import Answer, Profile

if TYPE_CHECKING:
    from coder.stats.rollups import FinalUnits, Rolled

MANY_VALUED = ("any",)
WITHOUT_VALUE = ("count",)
"""Roll-up rules that give a person-year several values, or none."""


@dataclass(frozen=True, slots=True)
class RolledPersons:
    """Person-years with what each coder's answers roll up to."""

    profiles: tuple[Profile, ...]
    """One per person-year of whom somebody finished all; answers hold the value as a code."""
    persons: int
    """Person-years of whom the set asks anything."""
    ties: Mapping[str, int]
    """Person-years whose value is a tie, by coder; they wait for review and have no value."""


def persons_of(
    code_set: CodeSet,
    profiles: Iterable[Profile],
    eligible: Mapping[PersonYear, int],
    asks: Callable[[str], bool],
) -> RolledPersons:
    """Roll every coder's answers up by the code set's rule.

    Args:
        code_set: The set.
        profiles: Units with their answers, also those whose question does not feed the set: what
            somebody coded there counts for the person too.
        eligible: Units that the set asks, by person-year.
        asks: Whether a unit with this question is asked.
    """
    from coder.stats.rollups import FinalUnits, roll_up

    given: defaultdict[tuple[PersonYear, str], list[FinalUnits]] = defaultdict(list)
    finished: Counter[tuple[PersonYear, str]] = Counter()
    for profile in profiles:
        person = (profile.participant, profile.year)
        is_asked = asks(profile.question)
        for answer in profile.answers:
            if is_asked or answer.codes:
                counted = FinalUnits(answer.status, answer.codes, profile.units)
                given[person, answer.coder].append(counted)
            if is_asked:
                finished[person, answer.coder] += profile.units
    ties: Counter[str] = Counter()
    answers: defaultdict[PersonYear, list[Answer]] = defaultdict(list)
    for (person, coder), units in sorted(given.items()):
        if not person[0] or not 0 < eligible.get(person, 0) == finished[person, coder]:
            continue
        rolled = roll_up(code_set, units, eligible[person])
        if rolled.standing == "review":
            ties[coder] += 1
            continue
        answers[person].append(_as_answer(code_set, coder, rolled, units))
    return RolledPersons(
        tuple(
            Profile("", person, year, "", tuple(said), None, 1)
            for (person, year), said in sorted(answers.items())
        ),
        sum(1 for (person, _), units in eligible.items() if person and units),
        dict(ties),
    )


def _as_answer(
    code_set: CodeSet, coder: str, rolled: Rolled, units: Sequence[FinalUnits]
) -> Answer:
    if rolled.standing == "no_data":
        return Answer(coder, "not_applicable", frozenset())
    if code_set.rollup.rule in MANY_VALUED:
        held = frozenset(code for unit in units for code in unit.codes)
        return Answer(coder, "coded" if held else "nothing", held)
    if rolled.number is not None:
        return Answer(coder, "coded", frozenset({f"{rolled.number:.10g}"}))
    if rolled.standing == "value":
        return Answer(coder, "coded", frozenset(rolled.values))
    return Answer(coder, "nothing", frozenset({rolled.standing}))


class PersonComparisons(Comparisons):
    """Person-years by the roll-up rule; arguments as for ``Comparisons``."""

    def run(self) -> None:
        """Compare the values: as levels where the rule orders them, else as they are."""
        rule = self.code_set.rollup.rule
        if rule in MANY_VALUED:
            self.whole_sets("person")
            for code in self.codes:
                self.one_category("person", code.id, has_code(code.id))
            return
        if rule == "mean":
            means = sorted({float(v) for p in self.profiles for a in p.answers for v in _value(a)})
            labels = [f"{mean:.10g}" for mean in means]
            self.compare("person", _value_of, labels, scale="interval", level_values=means)
        elif order := self._order():
            values = list(order.values())
            self.compare("person", _value_of, list(order), scale="ordinal", level_values=values)
        else:
            self.lead("person", code_of, self._results(), with_both=False)
            return
        self._say_blanks()

    def _order(self) -> dict[str, float]:
        """The results of a rule from one end to the other, numbered; none without an order."""
        from coder.stats.rollups import result_labels

        if self.code_set.rollup.rule == "max":
            return {level: float(level) for level in result_labels(self.code_set)}
        codable = [code for code in self.codes if code.codable]
        if self.code_set.mode == "ordinal":
            ranked = [(float(code.level), code.id) for code in codable if code.level is not None]
            return {code: level for level, code in sorted(ranked)}
        options = self.code_set.rollup.options
        if self.code_set.rollup.rule == "highest" and "order" in options:
            names = [code.id for code in codable]
            first = [str(code) for code in options["order"] if str(code) in names]
            order = [*first, *(name for name in names if name not in first)]
            return {name: float(place) for place, name in enumerate(order)}
        return {}

    def _results(self) -> list[str]:
        """The values that a person can have; AC1 counts impossible ones as if they could be."""
        from coder.stats.rollups import result_labels

        used = {value for p in self.profiles for a in p.answers for value in a.codes}
        possible = list(result_labels(self.code_set))
        if self.code_set.rollup.rule == "valence":
            declared = {code.valence for code in self.codes}
            kinds = {"neither" if kind == "none" else kind for kind in declared}
            if len(kinds - {"neither"}) > 1:
                kinds.add("mixed")
        else:
            kinds = {code.id for code in self.codes if code.codable}
        return [value for value in possible if value in kinds | used]

    def _say_blanks(self) -> None:
        """How many values are no level, and so leave the weighted statistics."""
        blanks: Counter[str] = Counter()
        for profile in self.profiles:
            for answer in profile.answers:
                blanks[answer.coder] += answer.status == "nothing"
        listed = ", ".join(f"{coder} {blanks[coder]}" for coder in self.coders if blanks[coder])
        if listed:
            text = f"Person-years without a value leave the weighted statistics: {listed}."
            self.cautions.append(Caution(self.code_set.id, "person", text))


def _value(answer: Answer) -> Sequence[str]:
    return sorted(answer.codes) if answer.status == "coded" else ()


def _value_of(answer: Answer) -> str | None:
    """A blank is no level: it leaves the weighted statistics."""
    return next(iter(_value(answer)), None)
