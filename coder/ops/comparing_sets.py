"""Sets of codes per coder and unit: as sets, pooled over the codes, and code by code."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from coder.errors import UsageError
from coder.formats.wording import shown
from coder.ops import file_comparison as common
from coder.ops.file_answers import AnsweredSets, disagreed_units, sets_of
from coder.ops.file_categories import place_of_code
from coder.ops.file_comparison import Found, noun_of
from coder.ops.file_options import (
    MOST_CODERS_IN_PAIRS,
    OF_A_CODE,
    OF_A_CODE_TOGETHER,
    FileOptions,
    check_statistics,
    without_weights,
)

if TYPE_CHECKING:
    from coder.formats.ratings import Ratings
    from coder.stats import PairTables, SetCounts
    from coder.stats.register import Family

SETS = (
    "percent_agreement",
    "jaccard_similarity",
    "masi_similarity",
    "alpha_jaccard",
    "alpha_masi",
    "alpha_set_nominal",
)
"""What sets are compared by. A plain kappa would find {A} as far from {A, B} as from {C}."""

POOLED = ("pooled_kappa", "mean_kappa")


def compare_sets(ratings: Ratings, wanted: FileOptions, files: Sequence[str], found: Found) -> None:
    """Add all comparisons of one variable to what was found.

    Raises:
        UsageError: A statistic that is not for sets, or a code that was not declared.
    """
    _Comparison(ratings, wanted, files, found).run()


class _Comparison:
    def __init__(
        self, ratings: Ratings, wanted: FileOptions, files: Sequence[str], found: Found
    ) -> None:
        families: list[Family] = ["sets of codes", "several tables", "two coders"]
        check_statistics(wanted.options.statistics, families, "sets of codes")
        self.ratings, self.wanted, self.found = ratings, wanted, found
        self.noun = noun_of(ratings)
        self.codes = _declared(ratings, wanted, files)
        self.answers: AnsweredSets = sets_of(ratings)

    def run(self) -> None:
        ratings, found, wanted = self.ratings, self.found, self.wanted
        matrix = self.answers.matrix
        if ratings.cluster is None:
            is_analytic = wanted.options.interval == "analytic"
            found.notes.append(common.INDEPENDENT if is_analytic else common.NO_CLUSTERS)
        found.progress(ratings, matrix)
        pairs = list(combinations(range(len(ratings.coders)), 2))
        several = len(ratings.coders) > 2
        if several:
            everybody = tuple(range(len(ratings.coders)))
            self._sets(everybody, quiet=False)
            self._codes_together(everybody)
        if not several or wanted.every_pair or len(ratings.coders) <= MOST_CODERS_IN_PAIRS:
            for pair in pairs:
                self._sets(pair, quiet=several)
                self._pair(pair)
        else:
            found.notes.append(
                f"{len(pairs)} pairs of coders are not shown one by one: --full shows them"
            )
        if wanted.disagreements:
            words = [" + ".join(one) or "(no code)" for one in self.answers.sets]
            found.disagreements += disagreed_units(ratings, matrix, words)

    def _sets(self, who: tuple[int, ...], *, quiet: bool) -> None:
        from coder.stats import agree_sets, warnings_for_sets

        coders = tuple(self.ratings.coders[coder] for coder in who)
        counts = self._counts(who)
        names = self.wanted.names(SETS, "sets of codes")
        rows = agree_sets(counts, names, noun=self.noun, **self.wanted.how)
        self.found.add(self.ratings.name, "", "set", coders, rows)
        if not quiet:
            interval = self.wanted.options.interval
            texts = warnings_for_sets(counts, interval=interval, noun=self.noun)
            texts = common.without_number_of_transcripts(self.ratings, texts)
            self.found.caution(self.ratings.name, "set", coders, texts)

    def _pair(self, pair: tuple[int, int]) -> None:
        from coder.stats import agree_pair, agree_pooled, why_counts_only

        name = self.ratings.name
        coders = (self.ratings.coders[pair[0]], self.ratings.coders[pair[1]])
        tables = self._tables(pair)
        how = self.wanted.how
        if how["interval"] == "analytic":
            how["interval"] = "none"
        pooled = agree_pooled(
            list(tables.values()),
            self.wanted.names(POOLED, "several tables"),
            units=next(iter(tables.values())).units,
            noun=self.noun,
            **how,
        )
        self.found.add(name, "", "set", coders, pooled)
        statistics = without_weights(self.wanted.names(OF_A_CODE, "two coders"))
        for code, table in tables.items():
            rows = agree_pair(table, statistics, coders=coders, noun=self.noun, **self.wanted.how)
            self.found.add(name, code, "code", coders, rows)
            self.found.confusion(name, code, "code", coders, table)
            reason = why_counts_only(table, self.noun)
            if reason:
                self.found.too_rare[name, "code", code, coders] = reason

    def _codes_together(self, who: tuple[int, ...]) -> None:
        """Every code against its absence, three coders or more at once."""
        from coder.stats import agree_many

        counts = self._counts(who)
        usual = self.wanted.names(OF_A_CODE_TOGETHER, "any number of coders")
        for code in self.codes:
            one = counts.of_code(code)
            rows = agree_many(one, without_weights(usual), noun=self.noun, **self.wanted.how)
            self.found.add(self.ratings.name, code, "code", self.ratings.coders, rows)

    def _counts(self, who: tuple[int, ...]) -> SetCounts:
        from coder.stats import SetCounts

        ratings = self.ratings
        matrix = self.answers.matrix[list(who)]
        return SetCounts.from_sets(
            self.answers.sets,
            matrix,
            ratings.cluster,
            self.codes,
            tuple(ratings.coders[coder] for coder in who),
            clusters=ratings.clusters if ratings.cluster is not None else None,
            complete_only=len(who) == 2,
        )

    def _tables(self, pair: tuple[int, int]) -> dict[str, PairTables]:
        """Every code against its absence, over the units that both answered."""
        import numpy as np

        from coder.stats import PairTables

        ratings = self.ratings
        place = {code: number for number, code in enumerate(self.codes)}
        # One more row: missing is -1 and finds it.
        holds = np.zeros((len(self.answers.sets) + 1, len(self.codes)), dtype=np.bool_)
        for number, codes in enumerate(self.answers.sets):
            holds[number, [place[code] for code in codes]] = True
        first, second = self.answers.matrix[pair[0]], self.answers.matrix[pair[1]]
        both = (first >= 0) & (second >= 0)
        first, second = first[both], second[both]
        cluster = None if ratings.cluster is None else ratings.cluster[both]
        clusters = None if cluster is None else ratings.clusters
        return {
            code: PairTables.from_codes(
                1 - holds[first, number].astype(np.int64),
                1 - holds[second, number].astype(np.int64),
                cluster,
                (code, f"not {code}"),
                clusters=clusters,
            )
            for number, code in enumerate(self.codes)
        }


def _declared(ratings: Ratings, wanted: FileOptions, files: Sequence[str]) -> tuple[str, ...]:
    if not wanted.categories:
        return ratings.codes
    for number, code in enumerate(ratings.codes):
        if code not in wanted.categories and (ratings.code == number).any():
            raise UsageError(
                f"{place_of_code(ratings, number, files)}: {shown(code)} is not among the codes "
                f"{', '.join(wanted.categories)}",
                "correct it or add it to --categories",
            )
    return wanted.categories
