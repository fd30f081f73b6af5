"""Agreement code by code: counts first, then coefficients where there is enough to count."""

from __future__ import annotations

from coder.formats.tables import Cell, Column, Table
from coder.ops.agreement_columns import grouped
from coder.ops.agreement_report import AgreementReport
from coder.ops.agreement_tables import value, with_interval


def codes_page(report: AgreementReport) -> Table:
    """One line per code or valence of one pair of coders.

    Codes that nobody used are named in a note. Where a code was too rare for a coefficient to
    mean anything, its counts stand alone.
    """
    counts = {
        (c.code_set, c.level, c.code): c.counts for c in report.confusions if c.code and not c.by
    }
    coders = report.companies[0]
    rows: list[tuple[Cell, ...]] = []
    unused: list[str] = []
    undefined: list[str] = []
    hidden = False
    of_files = bool(report.files)
    with_sets = not of_files or len({row.code_set for row in report.rows}) > 1
    for group in grouped(row for row in report.rows if row.code and not row.by):
        first = group[0]
        ((both, only_a), (only_b, _)) = counts[first.code_set, first.level, first.code]
        if not both + only_a + only_b:
            if first.level != "valence":
                unused.append(first.code)
            continue
        found = {row.estimate.statistic: row for row in group}
        is_rare = bool(report.why_rare(first))
        hidden = hidden or is_rare
        kappa = found.get("cohen_kappa")
        shown: Cell = None if is_rare else value(kappa)
        if of_files and kappa is not None and not is_rare:
            shown = with_interval(kappa)
            if not kappa.estimate.defined:
                undefined.append(f"{first.code}: n/a, {kappa.estimate.why_undefined}.")
        rows.append(
            (
                *([first.code_set] if with_sets else []),
                f"valence {first.code}" if first.level == "valence" else first.code,
                first.estimate.units,
                both + only_a,
                both + only_b,
                both,
                value(found.get("percent_agreement")),
                value(found.get("positive_agreement")),
                shown,
            )
        )
    interval = f" [{report.confidence:.0%}]" if of_files and report.interval != "none" else ""
    return Table(
        name="agreement_codes",
        title=f"Agreement of {' and '.join(coders)} code by code",
        columns=(
            *([Column("code_set", "Set")] if with_sets else []),
            Column("code", "Code"),
            Column("units", "Units", "count"),
            Column("first", coders[0], "count"),
            Column("second", coders[1], "count"),
            Column("both", "Both", "count"),
            Column("percent_agreement", "Agree", "percent"),
            Column("positive_agreement", "Positive", "percent"),
            Column("cohen_kappa", f"Kappa{interval}", "number"),
        ),
        rows=tuple(rows),
        notes=(*_notes(report, unused, hidden=hidden), *undefined),
    )


def codes_together_page(report: AgreementReport) -> Table:
    """One line per code of three coders or more."""
    coders = report.companies[0]
    rows: list[tuple[Cell, ...]] = []
    with_sets = len({row.code_set for row in report.rows}) > 1
    undefined: list[str] = []
    for group in grouped(row for row in report.rows if row.code and not row.by):
        first = group[0]
        found = {row.estimate.statistic: row for row in group}
        kappa = found.get("fleiss_kappa")
        if kappa is not None and not kappa.estimate.defined:
            undefined.append(f"{first.code}: n/a, {kappa.estimate.why_undefined}.")
        rows.append(
            (
                *([first.code_set] if with_sets else []),
                first.code,
                first.estimate.units,
                value(found.get("percent_agreement")),
                value(found.get("positive_agreement")),
                None if kappa is None else with_interval(kappa),
                value(found.get("alpha_nominal")),
                value(found.get("gwet_ac1")),
            )
        )
    interval = f" [{report.confidence:.0%}]" if report.interval != "none" else ""
    return Table(
        name="agreement_codes",
        title=f"Agreement of all {len(coders)} coders code by code",
        columns=(
            *([Column("code_set", "Set")] if with_sets else []),
            Column("code", "Code"),
            Column("units", "Units", "count"),
            Column("percent_agreement", "Agree", "percent"),
            Column("positive_agreement", "Positive", "percent"),
            Column("fleiss_kappa", f"Fleiss' kappa{interval}", "number"),
            Column("alpha_nominal", "Alpha", "number"),
            Column("gwet_ac1", "AC1", "number"),
        ),
        rows=tuple(rows),
        notes=tuple(undefined),
    )


def _notes(report: AgreementReport, unused: list[str], *, hidden: bool) -> list[str]:
    notes = []
    if report.files:
        notes.append(
            "Positive: of the uses of a code, the share that the other coder met"
            " (2 x both / all uses)."
        )
    if hidden:
        several = "people" if report.noun == "person" else f"{report.noun}s"
        notes.append(
            f"No kappa where a code was used on fewer than 10 units or in fewer than 5 {several}:"
            " read the counts. coder agree --csv has every figure."
        )
    if unused:
        notes.append(f"Used by nobody: {', '.join(unused)}.")
    return notes
