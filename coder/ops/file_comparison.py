"""What the comparisons of a file of ratings have in common: where their findings go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coder.ops.agreement_report import (
    AgreementRow,
    Caution,
    Confusion,
    DisagreedUnit,
    Finished,
    Level,
)

if TYPE_CHECKING:
    from coder.formats.ratings import Ratings
    from coder.stats import Estimate, PairTables
    from coder.stats.arrays import IntArray

NO_CLUSTERS = (
    "the file does not say which transcript a unit is from, so all count as one and there is no "
    "interval: --cluster names the column that does, --interval analytic assumes independent units"
)
INDEPENDENT = (
    "the analytic interval assumes independent units; units of one transcript are not, so it is "
    "too narrow where there are several"
)
SEVERAL_CODERS_PERCENT = (
    "percent agreement is the mean over units of the share of agreeing pairs of coders; "
    "percent_agreement_values and percent_agreement_pairs are the other conventions where ratings "
    "are missing (coder explain missing)"
)

MOST_CATEGORIES_IN_A_TABLE = 100
"""Categories up to which a confusion table is kept: nobody reads a larger one."""


@dataclass
class Found:
    """What was found, comparison after comparison."""

    rows: list[AgreementRow] = field(default_factory=list)
    confusions: list[Confusion] = field(default_factory=list)
    finished: list[Finished] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    too_rare: dict[tuple[str, Level, str, tuple[str, ...]], str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    disagreements: list[DisagreedUnit] = field(default_factory=list)

    def add(
        self,
        code_set: str,
        code: str,
        level: Level,
        coders: tuple[str, ...],
        estimates: Iterable[Estimate],
    ) -> None:
        """Rows of one comparison."""
        self.rows += [AgreementRow(code_set, code, level, coders, one) for one in estimates]

    def confusion(
        self, code_set: str, code: str, level: Level, pair: tuple[str, str], tables: PairTables
    ) -> None:
        """Who said what where, unless that is too much for a table."""
        if len(tables.categories) <= MOST_CATEGORIES_IN_A_TABLE:
            counts = tuple(tuple(row) for row in tables.total.tolist())
            self.confusions.append(
                Confusion(code_set, code, level, pair, tuple(tables.categories), counts)
            )

    def caution(
        self, code_set: str, level: Level, coders: tuple[str, ...], texts: Iterable[str]
    ) -> None:
        """What to be careful about in one comparison."""
        self.cautions += [Caution(code_set, level, text, coders) for text in texts]

    def progress(self, ratings: Ratings, matrix: IntArray) -> None:
        """How many units every coder rated."""
        units = matrix.shape[1]
        for coder, done in zip(ratings.coders, (matrix >= 0).sum(axis=1).tolist(), strict=True):
            self.finished.append(Finished(ratings.name, coder, done, units))


def noun_of(ratings: Ratings) -> str:
    """What the units are nested in; without clusters all of them are taken for one transcript."""
    return "transcript" if ratings.cluster is None else ratings.noun


def without_number_of_transcripts(ratings: Ratings, cautions: Iterable[str]) -> list[str]:
    """Cautions without that of a single transcript, where nobody said how many there are."""
    if ratings.cluster is not None:
        return list(cautions)
    return [text for text in cautions if not text.startswith("Only 1 transcript")]
