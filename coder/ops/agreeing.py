"""Agreement of the study: units both finished, whose question feeds the set, into statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Literal, TypedDict, get_args

from coder.errors import NotAllowed, UsageError
from coder.model import Codebook, CodeSet, Viewer, unit_valence
from coder.ops.corpus import coder_named, list_coders
from coder.ops.finals import is_eligible, resolved
from coder.ops.study import Study, find_set
from coder.store import read_models
from coder.store.codebooks import set_uid
from coder.store.read_models import Answer, Profile

if TYPE_CHECKING:
    from coder.stats import Estimate, PairTables

Level = Literal["code", "valence", "applies", "set"]
"""What is compared: the code itself (or one code against the rest), its valence, whether
anything was applied, or the whole set of codes."""

IntervalMethod = Literal["jackknife", "bootstrap", "analytic", "none"]


def interval_method(name: str) -> IntervalMethod:
    """The method of this name.

    Raises:
        UsageError: There is none.
    """
    for method in get_args(IntervalMethod):
        if method == name:
            found: IntervalMethod = method
            return found
    raise UsageError(f"there is no interval {name}", ", ".join(get_args(IntervalMethod)))


NOTHING = "nothing"
NOT_APPLICABLE = "not_applicable"
APPLIED = "applied"
VALENCES = ("productive", "unproductive", "mixed", "none")


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One statistic of one comparison."""

    code_set: str
    code: str
    """One code of a multi set, or empty."""
    level: Level
    coders: tuple[str, ...]
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often each pair of answers was given by two coders."""

    code_set: str
    code: str
    level: Level
    coders: tuple[str, str]
    categories: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    """Rows are the first coder's answers, columns the second's."""


@dataclass(frozen=True, slots=True)
class Finished:
    """How far one coder is with the units that a comparison could use."""

    code_set: str
    coder: str
    finished: int
    eligible: int


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """Everything ``coder agree`` says of a study."""

    rows: tuple[AgreementRow, ...]
    confusions: tuple[Confusion, ...]
    finished: tuple[Finished, ...]
    warnings: tuple[str, ...]
    too_rare: Mapping[tuple[str, str], str]
    """By set and code id, why a code's counts should be read and not its coefficients."""
    interval: IntervalMethod
    confidence: float
    seed: int | None
    """Of the bootstrap; None where nothing random was used."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to compute intervals."""

    interval: IntervalMethod = "jackknife"
    replicates: int = 1000
    seed: int = 1
    confidence: float = 0.95


def agreement(
    study: Study,
    viewer: Viewer,
    code_sets: Sequence[str] = (),
    coders: Sequence[str] = (),
    *,
    options: Options | None = None,
    all_units: bool = False,
) -> AgreementReport:
    """Agreement of two or more coders on the units they finished.

    A pair is compared on units both finished; three or more on units that at least two finished
    (`docs/agreement.md`, "Which units"). Units that all of them marked not applicable are left
    out, and so are units whose question does not feed the set, unless ``all_units``.

    Args:
        study: The study.
        viewer: Who is looking; codings hidden by an open round are not compared.
        code_sets: Names; by default all of the active codebook.
        coders: Aliases; by default everybody who finished something.
        options: Intervals.
        all_units: Also units whose question does not feed the set.

    Raises:
        UsageError: An unknown set or coder, or fewer than two coders.
        NotAllowed: The coders' work is hidden from this viewer while a round is open.
    """
    options = options or Options()
    book = study.codebook
    sets = [find_set(study, name) for name in code_sets] or [(book, s) for s in book.code_sets]
    aliases = _coders(study, coders)
    rows: list[AgreementRow] = []
    confusions: list[Confusion] = []
    finished: list[Finished] = []
    warnings: list[str] = []
    too_rare: dict[tuple[str, str], str] = {}
    for owner, code_set in sets:
        profiles = _comparable(study, viewer, owner, code_set, aliases, all_units=all_units)
        present = sorted({answer.coder for p in profiles for answer in p.answers})
        for alias in aliases:
            done = sum(p.units for p in profiles if any(a.coder == alias for a in p.answers))
            finished.append(Finished(code_set.id, alias, done, sum(p.units for p in profiles)))
        if len(present) < 2:
            _say_why_not(study, viewer, code_set, present, warnings)
            continue
        comparisons = _Comparisons(owner, code_set, profiles, tuple(present), options)
        comparisons.run()
        rows += comparisons.rows
        confusions += comparisons.confusions
        too_rare |= comparisons.too_rare
        warnings += [f"{code_set.id}: {text}" for text in comparisons.warnings]
    return AgreementReport(
        rows=tuple(rows),
        confusions=tuple(confusions),
        finished=tuple(finished),
        warnings=tuple(dict.fromkeys(warnings)),
        too_rare=too_rare,
        interval=options.interval,
        confidence=options.confidence,
        seed=options.seed if options.interval == "bootstrap" else None,
    )


def _coders(study: Study, wanted: Sequence[str]) -> list[str]:
    known = [coder.alias for coder in list_coders(study)]
    aliases = list(dict.fromkeys(coder_named(study, alias).alias for alias in wanted)) or known
    if len(aliases) < 2:
        raise UsageError(
            f"agreement takes two coders, {study.path.name} has {len(aliases)}",
            "coder load brings in somebody else's codings",
        )
    return aliases


def _comparable(
    study: Study,
    viewer: Viewer,
    book: Codebook,
    code_set: CodeSet,
    aliases: Sequence[str],
    *,
    all_units: bool,
) -> list[Profile]:
    out = []
    for profile in read_models.profiles(study.store.db, viewer, set_uid(book.id, code_set.id)):
        answers = tuple(
            replace(a, codes=resolved(book, a.codes)) for a in profile.answers if a.coder in aliases
        )
        if not all_units and not is_eligible(book, code_set, profile.question):
            continue
        if answers and all(a.status == NOT_APPLICABLE for a in answers):
            continue
        out.append(replace(profile, answers=answers))
    return out


def _say_why_not(
    study: Study, viewer: Viewer, code_set: CodeSet, present: list[str], warnings: list[str]
) -> None:
    who = f"only {present[0]} has" if present else "nobody has"
    warnings.append(f"{code_set.id}: {who} finished units of it that you may see.")
    if read_models.is_blind(study.store.db, viewer):
        raise NotAllowed(
            "agreement is not shown to you while a round is open", "close the round first"
        )


_Label = Callable[[Answer], str | None]
"""The category of an answer at some level, or None for an answer that is left out."""


class _How(TypedDict):
    interval: IntervalMethod
    replicates: int
    seed: int
    confidence: float


class _Comparisons:
    """All comparisons of one code set."""

    def __init__(
        self,
        book: Codebook,
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
        self.warnings: list[str] = []
        self.too_rare: dict[tuple[str, str], str] = {}
        self._valence = {code.id: code.valence for code in code_set.codes}
        self._level = {
            code.id: str(code.level) for code in code_set.codes if code.level is not None
        }

    def run(self) -> None:
        """Compare at every level that the code set has."""
        if any(valence != "none" for valence in self._valence.values()):
            self._compare("valence", self._valence_of, VALENCES)
        if self.code_set.mode == "multi":
            self._whole_sets()
            for code in self.code_set.codes:
                self._one_code(code.id)
        elif self.code_set.mode == "ordinal":
            levels = sorted(self._level.values(), key=int)
            self._compare("code", self._level_of, levels, scale="ordinal")
        else:
            self._compare("code", self._code_of, [code.id for code in self.code_set.codes])
        self._compare("applies", self._applies, (APPLIED, NOTHING), quiet=True)

    # What an answer counts as, level by level.

    def _valence_of(self, answer: Answer) -> str | None:
        if answer.status != "coded":
            return answer.status
        return unit_valence(tuple(self._valence.get(code, "none") for code in answer.codes))

    def _code_of(self, answer: Answer) -> str | None:
        return next(iter(sorted(answer.codes)), answer.status)

    def _level_of(self, answer: Answer) -> str | None:
        # A blank is no level of a rubric: it leaves the weighted statistics.
        return next((self._level[code] for code in answer.codes if code in self._level), None)

    def _applies(self, answer: Answer) -> str | None:
        return APPLIED if answer.status == "coded" else NOTHING

    # Comparisons.

    def _compare(
        self,
        level: Level,
        label: _Label,
        declared: Sequence[str],
        *,
        code: str = "",
        scale: Literal["nominal", "ordinal"] = "nominal",
        statistics: Sequence[str] | None = None,
        quiet: bool = False,
    ) -> None:
        from coder.stats import agree_pair, warnings_for

        categories = self._categories(label, declared)
        for pair in combinations(self.coders, 2):
            tables = self._tables(pair, label, categories)
            names = statistics or (PAIR[scale] if not code else CODE)
            self._add(
                level,
                code,
                pair,
                agree_pair(tables, names, scale=scale, coders=pair, **self._how()),
            )
            self._confusion(level, code, pair, tables)
            if not quiet:
                head = f"{code}: " if code else f"{level}: "
                self.warnings += [
                    head + text
                    for text in warnings_for(
                        tables, scale=scale, interval=self.options.interval, coders=pair
                    )
                ]
        if len(self.coders) > 2:
            self._several(level, code, label, categories, scale)

    def _several(
        self,
        level: Level,
        code: str,
        label: _Label,
        categories: Sequence[str],
        scale: Literal["nominal", "ordinal"],
    ) -> None:
        from coder.stats import RatingCounts, agree_many

        place = {category: number for number, category in enumerate(categories)}
        columns: list[list[int]] = []
        clusters: list[str] = []
        for profile in self.profiles:
            said = {a.coder: label(a) for a in profile.answers}
            column = [place.get(said.get(coder) or "", -1) for coder in self.coders]
            columns += [column] * profile.units
            clusters += [profile.transcript] * profile.units
        matrix = [list(row) for row in zip(*columns, strict=True)] or [[] for _ in self.coders]
        counts = RatingCounts.from_matrix(matrix, clusters, categories, self.coders)
        self._add(
            level,
            code,
            self.coders,
            agree_many(counts, MANY[scale], scale=scale, **self._how()),
        )

    def _one_code(self, code: str) -> None:
        def label(answer: Answer) -> str:
            return code if code in answer.codes else f"not {code}"

        self._compare("code", label, (code, f"not {code}"), code=code, quiet=True)
        if all(code not in a.codes for p in self.profiles for a in p.answers):
            return
        from coder.stats import why_counts_only

        for pair in combinations(self.coders, 2):
            reason = why_counts_only(self._tables(pair, label, (code, f"not {code}")))
            if reason:
                self.too_rare[self.code_set.id, code] = reason

    def _whole_sets(self) -> None:
        """Sets of codes as answers: how often they are identical, and the pooled kappa.

        A plain kappa on sets would treat {A} and {A, B} as no closer than {A} and {C}; it is
        never computed.
        """
        from coder.stats import agree_pair, agree_pooled

        def whole(answer: Answer) -> str:
            return "+".join(sorted(answer.codes)) or answer.status

        for pair in combinations(self.coders, 2):
            tables = self._tables(pair, whole, self._categories(whole, ()))
            identical = agree_pair(tables, ["percent_agreement"], coders=pair, **self._how())
            per_code = [
                self._tables(
                    pair,
                    lambda answer, code=code.id: (  # type: ignore[misc]
                        code if code in answer.codes else f"not {code}"
                    ),
                    (code.id, f"not {code.id}"),
                )
                for code in self.code_set.codes
            ]
            how = self._how()
            if how["interval"] == "analytic":
                how["interval"] = "none"
            pooled = agree_pooled(per_code, ["pooled_kappa"], units=tables.units, **how)
            self._add("set", "", pair, [*identical, *pooled])

    def _how(self) -> _How:
        return {
            "interval": self.options.interval,
            "replicates": self.options.replicates,
            "seed": self.options.seed,
            "confidence": self.options.confidence,
        }

    def _categories(self, label: _Label, declared: Sequence[str]) -> list[str]:
        """The declared ones, and whatever else a compared coder used ("nothing")."""
        used = {label(answer) for profile in self.profiles for answer in profile.answers}
        return [*declared, *sorted(c for c in used if c is not None and c not in declared)]

    def _tables(
        self, pair: tuple[str, str], label: _Label, categories: Sequence[str]
    ) -> PairTables:
        from coder.stats import PairTables

        cells: Counter[tuple[str, str, str]] = Counter()
        for profile in self.profiles:
            said = {a.coder: a for a in profile.answers if a.coder in pair}
            if len(said) < 2 or all(a.status == NOT_APPLICABLE for a in said.values()):
                continue
            first, second = label(said[pair[0]]), label(said[pair[1]])
            if first is not None and second is not None:
                cells[profile.transcript, first, second] += profile.units
        rows = [(*cell, n) for cell, n in sorted(cells.items())]
        return PairTables.from_rows(rows, categories)

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


PAIR: Mapping[str, tuple[str, ...]] = {
    "nominal": ("percent_agreement", "cohen_kappa", "alpha_nominal", "gwet_ac1"),
    "ordinal": (
        "percent_agreement",
        "within_one",
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
MANY: Mapping[str, tuple[str, ...]] = {
    "nominal": ("percent_agreement", "alpha_nominal", "fleiss_kappa", "gwet_ac1"),
    "ordinal": ("percent_agreement", "within_one", "alpha_ordinal", "gwet_ac2_quadratic"),
}
