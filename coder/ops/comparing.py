"""Comparisons of one code set: answers into categories, categories into statistics.

Which categories a level has is said in ``unit_levels`` and ``person_levels``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, TypedDict

from coder.model import CodeSet
from coder.ops.agreement_report import (
    AgreementRow,
    Caution,
    Confusion,
    IntervalMethod,
    Level,
    Options,
)
from coder.ops.answer_labels import is_category, only_applied, yes_or_no
from coder.ops.clusters import noun_of
from coder.ops.counting import NOT_APPLICABLE, AnswerPairs, Label, rating_counts
from coder.ops.offering import counted_codes
from coder.ops.reported import (
    ALL_PAIRS,
    MANY,
    MANY_YES_OR_NO,
    PAIR,
    POOLED,
    YES_OR_NO,
    Scale,
)
from coder.store.read_models import Answer, Profile

if TYPE_CHECKING:
    from coder.stats import Estimate, PairTables
    from coder.stats.register import Family

WITH_BOTH: Mapping[Level, Level] = {
    "valence": "valence_applied",
    "code": "code_applied",
    "set": "set_applied",
}


class _How(TypedDict):
    interval: IntervalMethod
    replicates: int
    seed: int
    confidence: float
    noun: str


class Comparisons(ABC):
    """Comparisons of one code set between some coders.

    Args:
        code_set: The set.
        profiles: Units with the answers to compare.
        coders: Aliases.
        options: Intervals.
        by: What the units of the study were divided by, where these are one part of them.
        group: Which part.
        code_by_code: Also each category against all others.
    """

    def __init__(
        self,
        code_set: CodeSet,
        profiles: Sequence[Profile],
        coders: tuple[str, ...],
        options: Options,
        *,
        by: str = "",
        group: str = "",
        code_by_code: bool = True,
    ) -> None:
        self.code_set = code_set
        self.profiles = profiles
        self.coders = coders
        self.options = options
        self.by, self.group = by, group
        self.code_by_code = code_by_code
        self.noun = noun_of(profile for profile in profiles if len(profile.answers) > 1)
        self.rows: list[AgreementRow] = []
        self.confusions: list[Confusion] = []
        self.cautions: list[Caution] = []
        self.too_rare: dict[tuple[str, Level, str, tuple[str, ...]], str] = {}
        self._pairs: dict[tuple[str, str], AnswerPairs] = {}
        used = {code for profile in profiles for a in profile.answers for code in a.codes}
        # AC1 counts every category that could have been: those that cannot be put on are none.
        self.codes = counted_codes(code_set, used)

    @abstractmethod
    def run(self) -> None:
        """Compare at every level there is."""

    @property
    def shares_a_unit(self) -> bool:
        """Whether any unit was finished by two of the coders."""
        return any(len(profile.answers) > 1 for profile in self.profiles)

    def lead(self, level: Level, label: Label, declared: Sequence[str], *, with_both: bool) -> None:
        """The whole comparison, the same where both applied something, and each category."""
        self.compare(level, label, declared)
        if with_both:
            self.compare(WITH_BOTH[level], only_applied(label), declared, quiet=True)
        for category in declared:
            self.one_category(level, category, is_category(category, label))

    def compare(
        self,
        level: Level,
        label: Label,
        declared: Sequence[str],
        *,
        code: str = "",
        scale: Scale = "nominal",
        level_values: Sequence[float] | None = None,
        quiet: bool = False,
    ) -> dict[tuple[str, str], PairTables]:
        """One comparison of every pair and of all together; the tables of the pairs."""
        from coder.stats import agree_pair, warnings_for

        is_binary = bool(code) or level == "applies"
        counted = {
            pair: self._tables(pair, label, declared) for pair in combinations(self.coders, 2)
        }
        for pair, tables in counted.items():
            estimates = agree_pair(
                tables,
                self._and_wanted(YES_OR_NO if is_binary else PAIR[scale], "two coders"),
                scale=scale,
                level_values=level_values,
                coders=pair,
                **self._how(),
            )
            self._add(level, code, pair, estimates)
            self._confusion(level, code, pair, tables)
            if not quiet:
                found = warnings_for(
                    tables,
                    scale=scale,
                    interval=self.options.interval,
                    level_values=level_values,
                    coders=pair,
                    noun=self.noun,
                )
                self.cautions += [Caution(self.code_set.id, level, text, pair) for text in found]
        if len(self.coders) > 2:
            names = MANY_YES_OR_NO if is_binary else MANY[scale]
            self._several(
                level, code, label, declared, names, scale, level_values, list(counted.values())
            )
        return counted

    def _several(
        self,
        level: Level,
        code: str,
        label: Label,
        declared: Sequence[str],
        names: Sequence[str],
        scale: Scale,
        level_values: Sequence[float] | None,
        tables: Sequence[PairTables],
    ) -> None:
        from coder.stats import agree_many, agree_pooled

        counts = rating_counts(self.profiles, self.coders, label, declared)
        how = self._how()
        names = self._and_wanted(names, "any number of coders")
        estimates = agree_many(counts, names, scale=scale, level_values=level_values, **how)
        if scale == "nominal":
            how = self._without_analytic()
            estimates += agree_pooled(tables, ALL_PAIRS, units=counts.units, **how)
        self._add(level, code, self.coders, estimates)

    def one_category(self, level: Level, category: str, is_it: Callable[[Answer], bool]) -> None:
        """One code (or valence) against everything else, where that is wanted."""
        from coder.stats import why_counts_only

        if not self.code_by_code:
            return
        names = (category, f"not {category}")

        def label(answer: Answer) -> str:
            return names[0] if is_it(answer) else names[1]

        counted = self.compare(level, label, names, code=category, quiet=True)
        for pair, tables in counted.items():
            reason = why_counts_only(tables, self.noun)
            if reason:
                self.too_rare[self.code_set.id, level, category, pair] = reason

    def whole_sets(self, level: Level, *, where_applied: bool = False) -> None:
        """Sets of codes as answers: how often they are identical, how near, the pooled kappa.

        A plain kappa on sets would treat {A} and {A, B} as no closer than {A} and {C}; it is
        never computed.
        """
        from coder.stats import agree_pooled

        def whole(answer: Answer) -> str | None:
            return None if where_applied and answer.status != "coded" else "+".join(answer.codes)

        for pair in combinations(self.coders, 2):
            per_code = [
                self._tables(pair, yes_or_no(code.id, whole), (code.id, f"not {code.id}"))
                for code in self.codes
            ]
            how = self._without_analytic()
            pooled = agree_pooled(per_code, POOLED, units=per_code[0].units, **how)
            self._add(level, "", pair, [*self._distances(pair, whole), *pooled])
        if len(self.coders) > 2:
            self._add(level, "", self.coders, self._distances(self.coders, whole))

    def _distances(self, coders: tuple[str, ...], whole: Label) -> list[Estimate]:
        """Identical sets, and alpha with set distances; nothing applied is the empty set."""
        from coder.stats import SET_STATISTICS, SetCounts, agree_sets

        profiles = []
        for profile in self.profiles:
            answers = [a for a in profile.answers if a.coder in coders]
            if len(coders) == 2 and (
                len(answers) < 2 or all(a.status == NOT_APPLICABLE for a in answers)
            ):
                continue
            said = {a.coder: a.codes for a in answers if whole(a) is not None}
            if len(coders) > 2 or len(said) == 2:
                profiles.append((profile.cluster, said, profile.units))
        codes = [code.id for code in self.codes]
        names = self._and_wanted(SET_STATISTICS, "sets of codes")
        counts = SetCounts.from_profiles(profiles, codes, coders)
        return agree_sets(counts, names, **self._how())

    def _and_wanted(self, usual: Sequence[str], family: Family) -> list[str]:
        """The usual statistics, and what was asked for besides as far as it is for such counts."""
        from coder.stats import names_for

        possible = names_for(family) if self.options.statistics else ()
        # Weights of one's own come with files only.
        more = [n for n in self.options.statistics if n in possible and not n.endswith("_custom")]
        return list(dict.fromkeys((*usual, *more)))

    def _how(self) -> _How:
        return {
            "interval": self.options.interval,
            "replicates": self.options.replicates,
            "seed": self.options.seed,
            "confidence": self.options.confidence,
            "noun": self.noun,
        }

    def _without_analytic(self) -> _How:
        """The same for statistics of several tables, which have no analytic interval."""
        how = self._how()
        if how["interval"] == "analytic":
            how["interval"] = "none"
        return how

    def _tables(self, pair: tuple[str, str], label: Label, declared: Sequence[str]) -> PairTables:
        if pair not in self._pairs:
            self._pairs[pair] = AnswerPairs(self.profiles, pair)
        return self._pairs[pair].tables(label, declared)

    def _add(
        self, level: Level, code: str, coders: tuple[str, ...], estimates: Sequence[Estimate]
    ) -> None:
        self.rows += [
            AgreementRow(self.code_set.id, code, level, coders, estimate, self.by, self.group)
            for estimate in estimates
        ]

    def _confusion(
        self, level: Level, code: str, pair: tuple[str, str], tables: PairTables
    ) -> None:
        counts = tuple(tuple(int(n) for n in row) for row in tables.total)
        self.confusions.append(
            Confusion(
                self.code_set.id,
                code,
                level,
                pair,
                tuple(tables.categories),
                counts,
                self.by,
                self.group,
            )
        )
