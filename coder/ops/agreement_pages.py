"""Agreement for a screen of 80 columns: one pair of coders at a time, cautions in few lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coder.formats.tables import Cell, Column, Table
from coder.ops.agreement_report import LEVEL_WORDS, AgreementReport, AgreementRow
from coder.ops.agreement_tables import confusion_tables, grouped, legend, overview, value


def by_company(report: AgreementReport) -> list[AgreementReport]:
    """The report in parts, one for each pair (and larger group) of coders."""
    return [
        replace(
            report,
            rows=tuple(row for row in report.rows if row.coders == coders),
            confusions=tuple(one for one in report.confusions if one.coders == coders),
        )
        for coders in report.companies
    ]


def pages(
    report: AgreementReport, *, full: bool = False, by_code: bool = False, confusion: bool = False
) -> list[Table]:
    """The tables to show.

    Args:
        report: The report.
        full: Every statistic with its interval, instead of the overview.
        by_code: Also code by code.
        confusion: Also the confusion tables.
    """
    shown = []
    for part in by_company(report):
        shown.append(_full_page(part) if full else overview(part))
        if by_code and len(part.rows[0].coders) == 2:
            shown.append(_codes_page(part))
        if confusion:
            shown += confusion_tables(part)
    return shown


def _full_page(report: AgreementReport) -> Table:
    coders = report.companies[0]
    return Table(
        name="agreement_full",
        title=f"Agreement of {' and '.join(coders)}, every statistic",
        columns=(
            Column("code_set", "Set"),
            Column("compared", "Compared"),
            Column("units", "Units", "count"),
            Column("statistic", "Statistic"),
            Column("estimate", "Estimate", "number"),
            Column("interval", f"{report.confidence:.0%} interval"),
        ),
        rows=tuple(
            (
                row.code_set,
                LEVEL_WORDS[row.level],
                row.estimate.units,
                row.estimate.statistic.replace("_", " "),
                row.estimate.estimate,
                _interval(row),
            )
            for row in report.rows
            if not row.code
        ),
        notes=(
            *legend(report),
            "Why a value or an interval is missing stands in coder agree --csv.",
        ),
    )


def _interval(row: AgreementRow) -> str:
    estimate = row.estimate
    if estimate.low is None or estimate.high is None:
        return "–"
    return f"[{estimate.low:.2f}, {estimate.high:.2f}]"


def _codes_page(report: AgreementReport) -> Table:
    """One line per code or valence and pair of coders: counts first, then coefficients.

    Codes that nobody used are named in a note. Where a code was too rare for a coefficient to
    mean anything, its counts stand alone.
    """
    counts = {(c.code_set, c.level, c.code): c.counts for c in report.confusions if c.code}
    coders = report.companies[0]
    rows: list[tuple[Cell, ...]] = []
    unused: list[str] = []
    hidden = False
    for group in grouped(row for row in report.rows if row.code):
        first = group[0]
        ((both, only_a), (only_b, _)) = counts[first.code_set, first.level, first.code]
        if not both + only_a + only_b:
            if first.level == "code":
                unused.append(first.code)
            continue
        found = {row.estimate.statistic: row for row in group}
        is_rare = (first.code_set, first.level, first.code, coders) in report.too_rare
        hidden = hidden or is_rare
        rows.append(
            (
                first.code_set,
                first.code if first.level == "code" else f"valence {first.code}",
                first.estimate.units,
                both + only_a,
                both + only_b,
                both,
                value(found["percent_agreement"]),
                value(found["positive_agreement"]),
                None if is_rare else value(found["cohen_kappa"]),
            )
        )
    notes = []
    if hidden:
        notes.append(
            "No kappa where a code was used on fewer than 10 units or in fewer than 5 transcripts:"
            " read the counts. coder agree --csv has every figure."
        )
    if unused:
        notes.append(f"Used by nobody: {', '.join(unused)}.")
    return Table(
        name="agreement_codes",
        title=f"Agreement of {' and '.join(coders)} code by code",
        columns=(
            Column("code_set", "Set"),
            Column("code", "Code"),
            Column("units", "Units", "count"),
            Column("first", coders[0], "count"),
            Column("second", coders[1], "count"),
            Column("both", "Both", "count"),
            Column("percent_agreement", "Agree", "percent"),
            Column("positive_agreement", "Positive", "percent"),
            Column("cohen_kappa", "Kappa", "number"),
        ),
        rows=tuple(rows),
        notes=tuple(notes),
    )


def caution_lines(report: AgreementReport) -> Iterator[str]:
    """The cautions in as few lines as they take: what holds of several sets is said once."""
    places: dict[str, list[str]] = {}
    for one in report.cautions:
        places.setdefault(one.text, []).append(one.place)
    texts: dict[tuple[str, ...], list[str]] = {}
    for text, where in places.items():
        texts.setdefault(tuple(dict.fromkeys(where)), []).append(text)
    for at, found in sorted(texts.items(), key=lambda item: -len(item[0])):
        yield f"{', '.join(at)}: {' '.join(found)}"


def unfinished_lines(report: AgreementReport) -> Iterator[str]:
    """A sentence for every coder who has not finished every unit that is asked."""
    for one in report.finished:
        if one.finished < one.eligible:
            yield (
                f"{one.code_set}: {one.coder} has finished {one.finished} of {one.eligible}"
                " units asked"
            )
