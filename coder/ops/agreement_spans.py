"""Agreement on free spans as a table: all codes together, then each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coder.formats.tables import Cell, Column, Table
from coder.ops.agreement_columns import grouped
from coder.ops.agreement_flags import key_to, letters
from coder.ops.agreement_report import AgreementReport, AgreementRow, company
from coder.ops.agreement_tables import with_interval

ALL = "all codes"


def span_overview(report: AgreementReport) -> Table:
    """One line for all codes and one for each, narrow enough for a terminal."""
    rows: list[tuple[Cell, ...]] = []
    notes: list[str] = []
    several = len(report.companies) > 1
    for group in grouped(report.rows):
        first = group[0]
        found = {row.estimate.statistic: row for row in group}
        if not any(name in found for name in ("alpha_u_1995", "bar_u_alpha", "u_alpha")):
            continue
        by_place = found.get("bar_u_alpha" if first.code else "u_alpha")
        agreeing = found.get("ku_alpha" if first.code else "cu_alpha")
        coverage = found.get("coverage_ku" if first.code else "coverage_cu")
        rows.append(
            (
                first.code or ALL,
                *([company(first.coders)] if several else []),
                first.estimate.units,
                _plain(found.get("alpha_u_1995")),
                None if by_place is None else with_interval(by_place),
                _plain(agreeing),
                None if coverage is None else coverage.estimate.estimate,
                *([letters(report, first)] if not first.code else [""]),
            )
        )
        notes += _reasons(first.code or ALL, found, by_place)
    title = "Agreement on spans"
    companies = report.companies
    if len(companies) == 1:
        title += f" of {' and '.join(companies[0])}"
    interval = f" [{report.confidence:.0%}]" if report.interval != "none" else ""
    return Table(
        name="agreement_spans",
        title=title,
        columns=(
            Column("code", "Code"),
            *([Column("coders", "Coders")] if several else []),
            Column("spans", "Spans", "count"),
            Column("alpha_u_1995", "Alpha_U", "number"),
            Column("u_alpha", f"u-alpha{interval}", "number"),
            Column("cu_alpha", "cu-alpha", "number"),
            Column("coverage", "Coverage", "percent"),
            Column("flags", "Flags"),
        ),
        rows=tuple(rows),
        notes=tuple(
            note
            for note in dict.fromkeys(
                (
                    key_to(str(row[-1]) for row in rows),
                    "Alpha_U (1995) compares whole spans with their boundaries; u-alpha (2016)"
                    " compares every place of the text, of one code marked or not.",
                    "cu-alpha: of text that two coders marked, on its codes; Coverage is how much"
                    " of all text that is. Of one code: (k)u-alpha, and of its own text.",
                    *_on_intervals(report),
                    *notes,
                )
            )
            if note
        ),
    )


def _on_intervals(report: AgreementReport) -> Iterator[str]:
    if any(row.estimate.low is not None for row in report.rows):
        how = "leave out one document" if report.interval == "jackknife" else "draw documents anew"
        yield f"Intervals {how} ({report.interval}) and hold the coders fixed."


def _plain(row: AgreementRow | None) -> Cell:
    if row is None:
        return None
    return row.estimate.estimate if row.estimate.defined else "n/a"


def _reasons(
    what: str, found: Mapping[str, AgreementRow], lead: AgreementRow | None
) -> Iterator[str]:
    for why in dict.fromkeys(row.estimate.why_undefined for row in found.values()):
        if why:
            yield f"{what}: n/a, {why}."
    if lead is not None and lead.estimate.defined and lead.estimate.why_no_interval:
        bound = f"; {lead.estimate.bound}" if lead.estimate.bound else ""
        yield f"{what}: no interval, {lead.estimate.why_no_interval}{bound}."
