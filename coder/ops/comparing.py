"""All comparisons of one code set: answers into categories, categories into statistics."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Literal, TypedDict

from coder.model import VALENCES, CodeSet
from coder.ops.agreement_report import (
    AgreementRow,
    Caution,
    Confusion,
    IntervalMethod,
    Level,
    Options,
)
from coder.ops.counting import NOT_APPLICABLE, AnswerPairs, Label, rating_counts
from coder.ops.offering import counted_codes
from coder.store.read_models import Answer, Profile

if TYPE_CHECKING:
    from coder.stats import Estimate, PairTables

NOTHING = "nothing"
APPLIED = "applied"

Scale = Literal["nominal", "ordinal"]

WITH_BOTH: Mapping[Level, Level] = {
    "valence": "valence_applied",
    "code": "code_applied",
    "set": "set_applied",
}

PAIR: Mapping[Scale, tuple[str, ...]] = {
    "nominal": ("percent_agreement", "cohen_kappa", "alpha_nominal", "gwet_ac1"),
    "ordinal": (
        "percent_agreement",
        "within_one",
        "cohen_kappa",
        "cohen_kappa_linear",
        "cohen_kappa_quadratic",
        "alpha_ordinal",
        "gwet_ac2_quadratic",
    ),
}
CODE = (
    "percent_agreement",
    "cohen_kappa",
    "alpha_nominal",
    "gwet_ac1",
    "positive_agreement",
    "negative_agreement",
)
MANY: Mapping[Scale, tuple[str, ...]] = {
    "nominal": ("percent_agreement", "alpha_nominal", "fleiss_kappa", "gwet_ac1"),
    "ordinal": ("percent_agreement", "within_one", "alpha_ordinal", "gwet_ac2_quadratic"),
}


class _How(TypedDict):
    interval: IntervalMethod
    replicates: int
    seed: int
    confidence: float


class Comparisons:
    """All comparisons of one code set between some coders.

    Args:
        code_set: The set.
        profiles: Units with the answers to compare.
        coders: Aliases.
        options: Intervals.
    """

    def __init__(
        self,
        code_set: CodeSet,
        profiles: Sequence[Profile],
        coders: tuple[str, ...],
        options: Options,
    ) -> None:
        self.code_set = code_set
        self.profiles = profiles
        self.coders = coders
        self.options = options
        self.rows: list[AgreementRow] = []
        self.confusions: list[Confusion] = []
        self.cautions: list[Caution] = []
        self.too_rare: dict[tuple[str, Level, str, tuple[str, ...]], str] = {}
        self._pairs: dict[tuple[str, str], AnswerPairs] = {}
        used = {code for profile in profiles for a in profile.answers for code in a.codes}
        # AC1 counts every category that could have been: those that cannot be put on are none.
        self._codes = counted_codes(code_set, used)
        self._valence = {code.id: code.valence for code in self._codes}
        self._level = {code.id: str(code.level) for code in self._codes if code.level is not None}

    def run(self) -> None:
        """Compare at every level that the code set has; the leading one first."""
        codes = [code.id for code in self._codes]
        has_valence = any(valence != "none" for valence in self._valence.values())
        is_multi = self.code_set.mode == "multi"
        if has_valence:
            self._lead("valence", self._valence_of, self._valences(), with_both=True)
        if is_multi:
            self._whole_sets("set")
            if not has_valence:
                self._whole_sets("set_applied", where_applied=True)
            for code in codes:
                self._one_category("code", code, _has(code))
        elif self.code_set.mode == "ordinal":
            levels = sorted(dict.fromkeys(self._level.values()), key=int)
            self._compare("code", self._level_of, levels, scale="ordinal")
        else:
            self._lead("code", self._code_of, codes, with_both=not has_valence)
        # Where sets have no level of their own to judge, the size of the study is judged here.
        self._compare("applies", _applies, (APPLIED, NOTHING), quiet=has_valence or not is_multi)

    # What an answer counts as, level by level.

    def _valence_of(self, answer: Answer) -> str | None:
        if answer.status != "coded":
            return answer.status
        return self.code_set.valence_of(answer.codes)

    def _valences(self) -> list[str]:
        """The valences that a unit can have: AC1 counts impossible ones as if they could be."""
        declared = set(self._valence.values())
        if self.code_set.mode == "multi" and len(declared - {"none"}) > 1:
            declared.add("mixed")
        return [valence for valence in VALENCES if valence in declared]

    def _code_of(self, answer: Answer) -> str | None:
        return next(iter(sorted(answer.codes)), answer.status)

    def _level_of(self, answer: Answer) -> str | None:
        # A blank is no level of a rubric: it leaves the weighted statistics.
        return next((self._level[code] for code in answer.codes if code in self._level), None)

    # Comparisons.

    def _lead(
        self, level: Level, label: Label, declared: Sequence[str], *, with_both: bool
    ) -> None:
        """The whole comparison, the same where both applied something, and each category."""
        self._compare(level, label, declared)
        if with_both:
            self._compare(WITH_BOTH[level], _only_applied(label), declared, quiet=True)
        for category in declared:
            self._one_category(level, category, _is(category, label))

    def _compare(
        self,
        level: Level,
        label: Label,
        declared: Sequence[str],
        *,
        code: str = "",
        scale: Scale = "nominal",
        quiet: bool = False,
    ) -> None:
        from coder.stats import agree_pair, warnings_for

        for pair in combinations(self.coders, 2):
            tables = self._tables(pair, label, declared)
            names = CODE if code else PAIR[scale]
            estimates = agree_pair(tables, names, scale=scale, coders=pair, **self._how())
            self._add(level, code, pair, estimates)
            self._confusion(level, code, pair, tables)
            if not quiet:
                found = warnings_for(
                    tables, scale=scale, interval=self.options.interval, coders=pair
                )
                self.cautions += [Caution(self.code_set.id, level, text, pair) for text in found]
        if len(self.coders) > 2:
            self._several(level, code, label, declared, scale)

    def _several(
        self, level: Level, code: str, label: Label, declared: Sequence[str], scale: Scale
    ) -> None:
        from coder.stats import agree_many

        counts = rating_counts(self.profiles, self.coders, label, declared)
        self._add(
            level,
            code,
            self.coders,
            agree_many(counts, MANY[scale], scale=scale, **self._how()),
        )

    def _one_category(self, level: Level, category: str, is_it: Callable[[Answer], bool]) -> None:
        """One code (or valence) against everything else."""
        from coder.stats import why_counts_only

        names = (category, f"not {category}")

        def label(answer: Answer) -> str:
            return names[0] if is_it(answer) else names[1]

        self._compare(level, label, names, code=category, quiet=True)
        for pair in combinations(self.coders, 2):
            reason = why_counts_only(self._tables(pair, label, names))
            if reason:
                self.too_rare[self.code_set.id, level, category, pair] = reason

    def _whole_sets(self, level: Level, *, where_applied: bool = False) -> None:
        """Sets of codes as answers: how often they are identical, how near, the pooled kappa.

        A plain kappa on sets would treat {A} and {A, B} as no closer than {A} and {C}; it is
        never computed.
        """
        from coder.stats import agree_pooled

        def whole(answer: Answer) -> str | None:
            return None if where_applied and answer.status != "coded" else "+".join(answer.codes)

        for pair in combinations(self.coders, 2):
            per_code = [
                self._tables(pair, _yes_or_no(code.id, whole), (code.id, f"not {code.id}"))
                for code in self._codes
            ]
            how = self._how()
            if how["interval"] == "analytic":
                how["interval"] = "none"
            pooled = agree_pooled(per_code, units=per_code[0].units, **how)
            self._add(level, "", pair, [*self._distances(pair, whole), *pooled])
        if len(self.coders) > 2:
            self._add(level, "", self.coders, self._distances(self.coders, whole))

    def _distances(self, coders: tuple[str, ...], whole: Label) -> list[Estimate]:
        """Identical sets, and alpha with set distances; nothing applied is the empty set."""
        from coder.stats import SetCounts, agree_sets

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
        codes = [code.id for code in self._codes]
        return agree_sets(SetCounts.from_profiles(profiles, codes, coders), **self._how())

    def _how(self) -> _How:
        return {
            "interval": self.options.interval,
            "replicates": self.options.replicates,
            "seed": self.options.seed,
            "confidence": self.options.confidence,
        }

    def _tables(self, pair: tuple[str, str], label: Label, declared: Sequence[str]) -> PairTables:
        if pair not in self._pairs:
            self._pairs[pair] = AnswerPairs(self.profiles, pair)
        return self._pairs[pair].tables(label, declared)

    def _add(
        self, level: Level, code: str, coders: tuple[str, ...], estimates: Sequence[Estimate]
    ) -> None:
        self.rows += [
            AgreementRow(self.code_set.id, code, level, coders, estimate) for estimate in estimates
        ]

    def _confusion(
        self, level: Level, code: str, pair: tuple[str, str], tables: PairTables
    ) -> None:
        counts = tuple(tuple(int(n) for n in row) for row in tables.total)
        self.confusions.append(
            Confusion(self.code_set.id, code, level, pair, tuple(tables.categories), counts)
        )


def _applies(answer: Answer) -> str | None:
    return APPLIED if answer.status == "coded" else NOTHING


def _only_applied(label: Label) -> Label:
    """The same categories, without answers that applied nothing."""
    return lambda answer: label(answer) if answer.status == "coded" else None


def _has(code: str) -> Callable[[Answer], bool]:
    return lambda answer: code in answer.codes


def _is(category: str, label: Label) -> Callable[[Answer], bool]:
    return lambda answer: label(answer) == category


def _yes_or_no(code: str, whole: Label) -> Label:
    def label(answer: Answer) -> str | None:
        if whole(answer) is None:
            return None
        return code if code in answer.codes else f"not {code}"

    return label
