"""Agreement as tables for files, and as the JSON of the command contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from coder.formats.tables import Cell, Column, Table
from coder.ops.agreement_report import LEVEL_WORDS, AgreementReport, AgreementRow, Confusion
from coder.ops.columns import distinct

SCHEMA = "coder/agreement/1"

MAIN = {
    "percent_agreement": "agree",
    "cohen_kappa": "kappa",
    "cohen_kappa_quadratic": "kappa",
    "pooled_kappa": "kappa",
    "fleiss_kappa": "kappa",
    "alpha_nominal": "alpha",
    "alpha_ordinal": "alpha",
    "alpha_masi": "alpha",
    "gwet_ac1": "ac1",
    "gwet_ac2_quadratic": "ac1",
}
"""Which column of the short table a statistic stands in."""


def overview(report: AgreementReport) -> Table:
    """One line per comparison of whole code sets, narrow enough for a terminal."""
    groups = list(_shown(grouped(row for row in report.rows if not row.code)))
    companies = report.companies
    rows: list[tuple[Cell, ...]] = []
    notes = list(legend(report))
    for group in groups:
        first = group[0]
        found = {MAIN[r.estimate.statistic]: r for r in group if r.estimate.statistic in MAIN}
        rows.append(
            (
                first.code_set,
                LEVEL_WORDS[first.level],
                *([company(first.coders)] if len(companies) > 1 else []),
                first.estimate.units,
                value(found.get("agree")),
                _with_interval(found.get("kappa")),
                _number(found.get("alpha")),
                _number(found.get("ac1")),
            )
        )
        notes += _reasons(group)
    title = "Agreement"
    if len(companies) == 1:
        title += f" of {' and '.join(companies[0])}"
    return Table(
        name="agreement",
        title=title,
        columns=(
            Column("code_set", "Set"),
            Column("compared", "Compared"),
            *([Column("coders", "Coders")] if len(companies) > 1 else []),
            Column("units", "Units", "count"),
            Column("percent_agreement", "Agree", "percent"),
            Column("kappa", f"Kappa [{report.confidence:.0%}]"),
            Column("alpha", "Alpha", "number"),
            Column("ac1", "AC1", "number"),
        ),
        rows=tuple(rows),
        notes=tuple(dict.fromkeys(notes)),
    )


def company(coders: tuple[str, ...]) -> str:
    """The coders of a comparison in few words."""
    return "–".join(coders) if len(coders) == 2 else f"all {len(coders)}"


def legend(report: AgreementReport) -> Iterator[str]:
    """What the columns and lines mean, as far as they occur."""
    rows = [row for row in report.rows if not row.code]
    statistics = {row.estimate.statistic for row in rows}
    if "pooled_kappa" in statistics:
        yield (
            "Sets of codes: Agree is the share of identical sets, Kappa is pooled over the codes"
            " (De Vries 2008), Alpha takes the MASI distance (Passonneau 2006)."
        )
    if "cohen_kappa_quadratic" in statistics:
        yield "Rubrics: quadratic weighted kappa, ordinal alpha and AC2; blanks are left out."
    if "fleiss_kappa" in statistics:
        yield "Three or more coders: Fleiss' kappa, over units that at least two finished."
    if any(row.level.endswith("_applied") for row in rows):
        yield "… where applied: the same over units on which every coder applied a code."
    if report.interval == "jackknife":
        yield (
            "Intervals leave out one transcript at a time (jackknife, Fisher z) and hold the"
            " coders fixed."
        )


def full(report: AgreementReport) -> Table:
    """Every statistic of every comparison, one a row, for files."""
    return Table(
        name="agreement_full",
        title="Agreement, every statistic",
        columns=(
            Column("code_set", "Code set"),
            Column("code", "Code"),
            Column("level", "Level"),
            Column("coders", "Coders"),
            Column("units", "Units", "count"),
            Column("clusters", "Transcripts", "count"),
            Column("statistic", "Statistic"),
            Column("estimate", "Estimate", "number"),
            Column("low", "Low", "number"),
            Column("high", "High", "number"),
            Column("interval", "Interval"),
            Column("why_undefined", "Why undefined"),
            Column("why_no_interval", "Why no interval"),
            Column("bound", "Bound"),
            Column("caution", "Caution"),
        ),
        rows=tuple(
            (
                row.code_set,
                row.code,
                row.level,
                " ".join(row.coders),
                row.estimate.units,
                row.estimate.clusters,
                row.estimate.statistic,
                row.estimate.estimate,
                row.estimate.low,
                row.estimate.high,
                row.estimate.interval,
                row.estimate.why_undefined,
                row.estimate.why_no_interval,
                row.estimate.bound,
                report.why_rare(row),
            )
            for row in report.rows
        ),
        notes=(*legend(report), *report.warnings),
    )


def confusion_table(confusion: Confusion, *, with_coders: bool = False) -> Table:
    """Who said what where: rows are the first coder's answers, columns the second's.

    Args:
        confusion: The counts.
        with_coders: Name the coders in the table's name too, where several pairs have one.
    """
    used = [
        number
        for number, _ in enumerate(confusion.categories)
        if any(confusion.counts[number]) or any(row[number] for row in confusion.counts)
    ]
    first, second = confusion.coders
    names = [confusion.categories[number] for number in used]
    rows: list[tuple[Cell, ...]] = []
    for i in used:
        counts = confusion.counts[i]
        rows.append((confusion.categories[i], *(counts[j] for j in used), sum(counts)))
    rows.append(
        (
            "all",
            *(sum(row[j] for row in confusion.counts) for j in used),
            sum(map(sum, confusion.counts)),
        )
    )
    pair = f"_{first}_{second}" if with_coders else ""
    return Table(
        name=f"confusion_{confusion.code_set}_{confusion.level}{pair}",
        title=f"{confusion.code_set}, {LEVEL_WORDS[confusion.level]}:"
        f" {first} down, {second} across",
        columns=distinct(
            (
                Column("answer", first),
                *(Column(name, name, "count") for name in names),
                Column("all", "all", "count"),
            )
        ),
        rows=tuple(rows),
    )


def confusion_tables(report: AgreementReport) -> list[Table]:
    """The confusions worth a table: whole sets at the level of codes and of valence."""
    several = len([coders for coders in report.companies if len(coders) == 2]) > 1
    return [
        confusion_table(one, with_coders=several)
        for one in report.confusions
        if not one.code and one.level in ("valence", "code") and any(map(any, one.counts))
    ]


def to_json(report: AgreementReport) -> dict[str, Any]:
    """The report as plain data in the shape of the command contract."""
    return {
        "schema": SCHEMA,
        "seed": report.seed,
        "confidence": report.confidence,
        "rows": [_json_row(row) for row in report.rows],
        "warnings": list(report.warnings),
    }


def _json_row(row: AgreementRow) -> dict[str, Any]:
    estimate = row.estimate
    why = "; ".join(part for part in (estimate.why_no_interval, estimate.bound) if part)
    return {
        "code_set": row.code_set,
        "code": row.code or None,
        "level": row.level,
        "coders": list(row.coders),
        "units": estimate.units,
        "clusters": estimate.clusters,
        "statistic": estimate.statistic,
        "estimate": estimate.estimate,
        "low": estimate.low,
        "high": estimate.high,
        "interval": estimate.interval,
        "defined": estimate.defined,
        "why_undefined": estimate.why_undefined or None,
        "why_no_interval": why or None,
    }


def grouped(rows: Iterable[AgreementRow]) -> list[list[AgreementRow]]:
    """Rows of the same comparison together, in order."""
    groups: dict[tuple[str, str, str, tuple[str, ...]], list[AgreementRow]] = {}
    for row in rows:
        groups.setdefault((row.code_set, row.level, row.code, row.coders), []).append(row)
    return list(groups.values())


def _shown(groups: Sequence[list[AgreementRow]]) -> Iterator[list[AgreementRow]]:
    """Without comparisons "where applied" that leave out nothing: they repeat another line."""
    units: dict[tuple[str, str, tuple[str, ...]], int] = {
        (g[0].code_set, g[0].level, g[0].coders): g[0].estimate.units for g in groups
    }
    for group in groups:
        first = group[0]
        whole = (first.code_set, first.level.removesuffix("_applied"), first.coders)
        if first.level.endswith("_applied") and units.get(whole) == first.estimate.units:
            continue
        yield group


def value(row: AgreementRow | None) -> float | None:
    """The estimate, if there is one."""
    return row.estimate.estimate if row else None


NOT_DEFINED = "n/a"
"""Where a statistic has no value for these answers; the reason stands in a note."""


def _number(row: AgreementRow | None) -> float | str | None:
    if row is None:
        return None
    return NOT_DEFINED if row.estimate.estimate is None else row.estimate.estimate


def _with_interval(row: AgreementRow | None) -> str:
    if row is None:
        return ""
    estimate = row.estimate
    text = NOT_DEFINED if estimate.estimate is None else f"{estimate.estimate:.3f}"
    if estimate.low is None or estimate.high is None:
        return text
    return f"{text} [{estimate.low:.2f}, {estimate.high:.2f}]"


def _reasons(group: Sequence[AgreementRow]) -> Iterator[str]:
    first = group[0]
    what = f"{first.code_set} {LEVEL_WORDS[first.level]}"
    for row in group:
        estimate = row.estimate
        if estimate.statistic not in MAIN:
            continue
        if estimate.why_undefined:
            yield f"{what}: n/a, {estimate.why_undefined}."
        elif MAIN[estimate.statistic] == "kappa" and estimate.why_no_interval:
            bound = f"; {estimate.bound}" if estimate.bound else ""
            yield f"{what}: no interval, {estimate.why_no_interval}{bound}."
