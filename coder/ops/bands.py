"""Verbal bands for coefficients: conventions of their authors, shown only when asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coder.formats.tables import Cell, Column, Table
from coder.ops.agreement_columns import comparison_of, grouped, leading
from coder.ops.agreement_report import LEVEL_WORDS, AgreementReport, AgreementRow, company
from coder.ops.agreement_tables import with_interval

KAPPAS = (
    "cohen_kappa",
    "cohen_kappa_linear",
    "cohen_kappa_quadratic",
    "cohen_kappa_custom",
    "scott_pi",
    "fleiss_kappa",
    "conger_kappa",
    "light_kappa",
    "hubert_kappa",
    "pooled_kappa",
)
ALPHAS = (
    "alpha_nominal",
    "alpha_ordinal",
    "alpha_interval",
    "alpha_ratio",
    "alpha_custom",
    "alpha_jaccard",
    "alpha_masi",
    "alpha_set_nominal",
    "alpha_u_1995",
    "u_alpha",
    "bar_u_alpha",
    "cu_alpha",
)


@dataclass(frozen=True, slots=True)
class Bands:
    """Words that somebody proposed for ranges of a coefficient.

    Args:
        source: Who and where.
        statistics: What they were proposed for.
        steps: The lowest value of each band with its word, from the top; the last has no floor.
        remark: What its authors said of it, or what speaks against it.
    """

    source: str
    statistics: tuple[str, ...]
    steps: tuple[tuple[float, str], ...]
    remark: str

    def word(self, value: float) -> str:
        """The band of a value."""
        return next(word for least, word in self.steps if value >= least)


_NO_FLOOR = float("-inf")

BANDS: Mapping[str, Bands] = {
    "landis-koch": Bands(
        "Landis & Koch 1977, Biometrics 33",
        KAPPAS,
        (
            (0.81, "almost perfect"),
            (0.61, "substantial"),
            (0.41, "moderate"),
            (0.21, "fair"),
            (0.0, "slight"),
            (_NO_FLOOR, "poor"),
        ),
        "its authors called the divisions arbitrary",
    ),
    "krippendorff": Bands(
        "Krippendorff 2004, Human Communication Research 30",
        ALPHAS,
        (
            (0.8, "reliable"),
            (0.667, "tentative"),
            (_NO_FLOOR, "unreliable"),
        ),
        "between .667 and .8 he allows tentative conclusions only",
    ),
    "cicchetti": Bands(
        "Cicchetti 1994, Psychological Assessment 6",
        KAPPAS,
        ((0.75, "excellent"), (0.6, "good"), (0.4, "fair"), (_NO_FLOOR, "poor")),
        "made for clinical instruments",
    ),
    "fleiss": Bands(
        "Fleiss 1981, Statistical Methods for Rates and Proportions",
        KAPPAS,
        ((0.75, "excellent"), (0.4, "fair to good"), (_NO_FLOOR, "poor")),
        "a rule of thumb for medical ratings",
    ),
}
"""By the name that ``--bands`` takes."""


def bands_table(report: AgreementReport, name: str, statistics: Sequence[str] = ()) -> Table:
    """The bands that the coefficients of whole comparisons and their intervals fall into.

    A coefficient without an interval gets no word: it would hide how little is known.

    Args:
        report: The report.
        name: Which bands, by their name in `BANDS`.
        statistics: Only these; by default those of the short table.
    """
    bands = BANDS[name]
    whole = [row for row in report.rows if not row.code and not row.by]
    rows = [
        row
        for group in grouped(whole)
        for row in _those_shown(group, report.weights, statistics)
        if row.estimate.statistic in bands.statistics
    ]
    without = sum(row.estimate.low is None for row in rows)
    sets = len({row.code_set for row in rows}) > 1 or any(row.code_set for row in rows)
    levels = len({row.level for row in rows}) > 1
    coders = len({row.coders for row in rows}) > 1
    # One of each comparison stands in the short table above, under Kappa or Alpha.
    named = bool(statistics) or len({row.estimate.statistic for row in rows}) != 1
    if len({comparison_of(row) for row in rows}) == len(rows) and not report.files:
        named = bool(statistics)
    notes = [
        f"Bands: {bands.source}: a convention, not a test; {bands.remark}.",
        "Report the value and its interval; a word alone says nothing of how sure it is.",
    ]
    if without:
        notes.append("No word where there is no interval.")
    if not rows:
        notes.append(f"None of the statistics here is one they were made for: {name}.")
    return Table(
        name="bands",
        title=f"In words ({name})",
        columns=(
            *([Column("code_set", "Set")] if sets else []),
            *([Column("compared", "Compared")] if levels else []),
            *([Column("coders", "Coders")] if coders else []),
            *([Column("statistic", "Statistic")] if named else []),
            Column("estimate", f"Value [{report.confidence:.0%}]", "number"),
            Column("band", "Band"),
            Column("lower", "At its lower end"),
        ),
        rows=tuple(
            (
                *([row.code_set] if sets else []),
                *([LEVEL_WORDS[row.level]] if levels else []),
                *([company(row.coders)] if coders else []),
                *([row.estimate.statistic.replace("_", " ")] if named else []),
                with_interval(row),
                *_words(bands, row),
            )
            for row in rows
        ),
        notes=tuple(notes),
    )


def _those_shown(
    group: Sequence[AgreementRow], weights: str, statistics: Sequence[str]
) -> list[AgreementRow]:
    if statistics or group[0].level == "span":
        return [row for row in group if not statistics or row.estimate.statistic in statistics]
    return list(leading(group, weights).values())


def _words(bands: Bands, row: AgreementRow) -> tuple[Cell, Cell]:
    estimate = row.estimate
    if estimate.estimate is None or estimate.low is None or estimate.high is None:
        return "–", "no interval"
    return bands.word(estimate.estimate), bands.word(estimate.low)
