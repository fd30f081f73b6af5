"""One answer per coder and unit: two coders, all pairs of several, all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from coder.errors import UsageError
from coder.ops import file_comparison as common
from coder.ops.file_answers import disagreed_units, matrix_of
from coder.ops.file_categories import Categories, categories_of
from coder.ops.file_comparison import Found, noun_of
from coder.ops.file_options import (
    FIRST,
    MOST_CODERS_IN_PAIRS,
    OF_A_CODE,
    OF_A_CODE_TOGETHER,
    OF_ALL_PAIRS,
    OWN,
    SEVERAL,
    YES_NO,
    FileOptions,
    check_statistics,
    without_weights,
)

if TYPE_CHECKING:
    from coder.formats.ratings import Ratings
    from coder.stats import PairTables
    from coder.stats.arrays import FloatArray, IntArray
    from coder.stats.register import Family

MOST_CELLS = 50_000_000
"""Counts that are held at once: 400 MB."""


def compare_ratings(
    ratings: Ratings, wanted: FileOptions, files: Sequence[str], found: Found
) -> None:
    """Add all comparisons of one variable to what was found.

    Raises:
        UsageError: A statistic that is not for it, or a code that was not declared.
    """
    _Comparison(ratings, wanted, files, found).run()


class _Comparison:
    def __init__(
        self, ratings: Ratings, wanted: FileOptions, files: Sequence[str], found: Found
    ) -> None:
        self.ratings, self.wanted, self.found = ratings, wanted, found
        self.coders = ratings.coders
        families: list[Family] = ["two coders"]
        if len(self.coders) > 2:
            families += ["any number of coders", "several tables"]
        check_statistics(wanted.options.statistics, families, _what(len(self.coders)))
        self.categories = self._categories(files)
        self.noun = noun_of(ratings)
        self.matrix = matrix_of(ratings, self.categories.place)
        cells = len(self.categories.names) ** 2 * max(1, len(ratings.clusters))
        if cells > MOST_CELLS:
            raise UsageError(
                f"{', '.join(files)}: {len(self.categories.names):,} different codes in "
                f"{max(1, len(ratings.clusters)):,} {self.noun}s are too many to compare",
                "name the columns that hold codes with --coders",
            )

    def _categories(self, files: Sequence[str]) -> Categories:
        wanted = self.wanted
        declared = wanted.categories
        if wanted.own is not None and not declared:
            declared = wanted.own.categories
        return categories_of(self.ratings, declared, wanted.scale, files)

    def run(self) -> None:
        ratings, found, wanted = self.ratings, self.found, self.wanted
        found.notes += self.categories.notes
        if ratings.cluster is None:
            is_analytic = wanted.options.interval == "analytic"
            found.notes.append(common.INDEPENDENT if is_analytic else common.NO_CLUSTERS)
        found.progress(ratings, self.matrix)
        several = len(self.coders) > 2
        pairs = list(combinations(range(len(self.coders)), 2))
        shown = wanted.every_pair or len(self.coders) <= MOST_CODERS_IN_PAIRS
        tables = {pair: self._tables(pair) for pair in pairs} if shown or self._pools() else {}
        if several:
            self._together(list(tables.values()))
        if shown:
            for pair in pairs:
                self._pair(pair, tables[pair], quiet=several)
        elif several:
            found.notes.append(
                f"{len(pairs)} pairs of coders are not shown one by one: --full shows them"
            )
        if wanted.disagreements:
            found.disagreements += disagreed_units(ratings, self.matrix, self.categories.names)

    def _pools(self) -> bool:
        """Whether the kappas of all pairs are to be put together, though no pair is shown."""
        return any(name in self.wanted.options.statistics for name in OF_ALL_PAIRS)

    def _tables(self, pair: tuple[int, int]) -> PairTables:
        from coder.stats import PairTables

        ratings = self.ratings
        clusters = ratings.clusters if ratings.cluster is not None else None
        return PairTables.from_codes(
            self.matrix[pair[0]],
            self.matrix[pair[1]],
            ratings.cluster,
            self.categories.names,
            clusters=clusters,
        )

    def _pair(self, pair: tuple[int, int], tables: PairTables, *, quiet: bool) -> None:
        from coder.stats import agree_pair, warnings_for

        wanted, name = self.wanted, self.ratings.name
        coders = (self.coders[pair[0]], self.coders[pair[1]])
        usual = [*FIRST[wanted.scale]]
        if self.categories.is_yes_no:
            usual += YES_NO
        if wanted.own is not None:
            usual += OWN
        estimates = agree_pair(
            tables,
            wanted.names(usual, "two coders"),
            scale=wanted.scale,
            level_values=self.categories.values,
            distance=self._distance(),
            coders=coders,
            noun=self.noun,
            **wanted.how,
        )
        self.found.add(name, "", "unit", coders, estimates)
        self.found.confusion(name, "", "unit", coders, tables)
        if not quiet:
            texts = warnings_for(
                tables,
                scale=wanted.scale,
                interval=wanted.options.interval,
                level_values=self.categories.values,
                coders=coders,
                noun=self.noun,
            )
            texts = common.without_number_of_transcripts(self.ratings, texts)
            self.found.caution(name, "unit", coders, texts)
        if wanted.by_code:
            self._codes(coders, tables)

    def _codes(self, coders: tuple[str, str], tables: PairTables) -> None:
        """Every category against all others."""
        from coder.stats import agree_pair, why_counts_only

        for category in self.categories.names:
            one = tables.binary(category)
            names = self.wanted.names(OF_A_CODE, "two coders")
            estimates = agree_pair(
                one, without_weights(names), coders=coders, noun=self.noun, **self.wanted.how
            )
            self.found.add(self.ratings.name, category, "unit", coders, estimates)
            self.found.confusion(self.ratings.name, category, "unit", coders, one)
            reason = why_counts_only(one, self.noun)
            if reason:
                self.found.too_rare[self.ratings.name, "unit", category, coders] = reason

    def _together(self, tables: Sequence[PairTables]) -> None:
        from coder.stats import RatingCounts, agree_many, agree_pooled, warnings_for

        ratings, wanted = self.ratings, self.wanted
        counts = RatingCounts.from_matrix(
            self.matrix,
            ratings.cluster,
            self.categories.names,
            self.coders,
            clusters=ratings.clusters if ratings.cluster is not None else None,
        )
        usual = [*SEVERAL[wanted.scale], *(OWN if wanted.own is not None else ())]
        estimates = agree_many(
            counts,
            wanted.names(usual, "any number of coders"),
            scale=wanted.scale,
            level_values=self.categories.values,
            distance=self._distance(),
            noun=self.noun,
            **wanted.how,
        )
        self.found.add(ratings.name, "", "unit", self.coders, estimates)
        if tables:
            how = wanted.how
            if how["interval"] == "analytic":
                how["interval"] = "none"
            usual = list(OF_ALL_PAIRS) if wanted.scale == "nominal" else []
            names = wanted.names(usual, "several tables")
            pooled = agree_pooled(tables, names, units=counts.units, noun=self.noun, **how)
            self.found.add(ratings.name, "", "unit", self.coders, pooled)
        texts = warnings_for(
            counts,
            scale=wanted.scale,
            interval=wanted.options.interval,
            level_values=self.categories.values,
            noun=self.noun,
        )
        texts = common.without_number_of_transcripts(ratings, texts)
        self.found.caution(ratings.name, "unit", self.coders, texts)
        if _has_gaps(self.matrix):
            self.found.notes.append(common.SEVERAL_CODERS_PERCENT)
        if wanted.by_code:
            names = without_weights(wanted.names(OF_A_CODE_TOGETHER, "any number of coders"))
            for category in self.categories.names:
                one = counts.binary(category)
                rows = agree_many(one, names, noun=self.noun, **wanted.how)
                self.found.add(ratings.name, category, "unit", self.coders, rows)

    def _distance(self) -> FloatArray | None:
        own = self.wanted.own
        return None if own is None else own.among(self.categories.names)


def _has_gaps(matrix: IntArray) -> bool:
    """Whether units that count were rated by different numbers of coders."""
    given = (matrix >= 0).sum(axis=0)
    counted = given[given >= 2]
    return bool(counted.size) and int(counted.min()) != int(counted.max())


def _what(coders: int) -> str:
    return "two coders" if coders == 2 else "one answer per coder and unit"
