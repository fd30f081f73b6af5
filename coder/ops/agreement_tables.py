"""Agreement as tables for screens and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coder.formats.tables import Cell, Column, Table, page_text
from coder.ops.agreement_columns import (
    LeadColumn,
    companies_shown,
    grouped,
    leading,
    worth_showing,
)
from coder.ops.agreement_flags import key_to, letters
from coder.ops.agreement_report import LEVEL_WORDS, AgreementReport, AgreementRow, company


def overview(report: AgreementReport) -> Table:
    """One line per comparison of whole code sets, narrow enough for a terminal."""
    groups = list(worth_showing(grouped(row for row in report.rows if not row.code)))
    companies = companies_shown(report)
    names = _Names(report)
    rows: list[tuple[Cell, ...]] = []
    reasons: dict[str, list[str]] = {}
    alpha_leads = False
    for group in groups:
        first = group[0]
        found = leading(group, report.weights)
        kappa, alpha = found.get("kappa"), found.get("alpha")
        alpha_leads = alpha_leads or (alpha is not None and kappa is None)
        rows.append(
            (
                *names.cells(first),
                first.estimate.units,
                value(found.get("agree")),
                _with_interval(kappa),
                # Where there is no kappa, alpha is what an interval is wanted of.
                _number(alpha) if kappa else _with_interval(alpha),
                _number(found.get("ac1")),
                *([letters(report, first)] if report.files else []),
            )
        )
        for why in _reasons(found, is_part=bool(first.by)):
            reasons.setdefault(why, []).append(names.words(first))
    title = "Agreement"
    if len(companies) == 1:
        title += f" of {' and '.join(companies[0])}"
    notes = [*legend(report), *_at_places(reasons)]
    if report.files:
        notes.insert(0, key_to(str(row[-1]) for row in rows))
    interval = f"[{report.confidence:.0%}]" if report.interval != "none" else ""
    of_alpha = f"Alpha {interval}" if alpha_leads and interval else "Alpha"
    table = Table(
        name="agreement",
        title=title,
        columns=(
            *names.columns,
            Column("units", "Units", "count"),
            Column("percent_agreement", "Agree", "percent"),
            Column("kappa", f"Kappa {interval}".strip(), "number"),
            Column("alpha", of_alpha, "number"),
            Column("ac1", "AC1", "number"),
            *([Column("flags", "Flags")] if report.files else []),
        ),
        rows=tuple(rows),
        notes=tuple(note for note in dict.fromkeys(notes) if note),
    )
    return _without_blank_columns(table) if report.files else table


def _without_blank_columns(table: Table) -> Table:
    """Without coefficients that no line has: a file has one kind of answers."""
    kept = [
        at
        for at, column in enumerate(table.columns)
        if column.kind not in ("number", "percent")
        or any(row[at] is not None for row in table.rows)
    ]
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
    )


class _Names:
    """What says which comparison a line is of: only as many columns as tell lines apart."""

    def __init__(self, report: AgreementReport) -> None:
        rows = [row for row in report.rows if not row.code]
        is_study = not report.files
        self.sets = is_study or len({row.code_set for row in rows}) > 1
        self.levels = is_study or len({row.level for row in rows}) > 1 or any(r.by for r in rows)
        self.coders = len(companies_shown(report)) > 1
        self.bys = len({row.by for row in rows if row.by}) > 1
        self.columns = (
            *([Column("code_set", "Set")] if self.sets else []),
            *([Column("compared", "Compared")] if self.levels else []),
            *([Column("coders", "Coders")] if self.coders else []),
        )

    def cells(self, row: AgreementRow) -> tuple[Cell, ...]:
        """The cells of a line."""
        return (
            *([row.code_set] if self.sets else []),
            *([self.compared(row)] if self.levels else []),
            *([company(row.coders)] if self.coders else []),
        )

    def compared(self, row: AgreementRow) -> str:
        """The level, or which part of the units a line is about."""
        if not row.by:
            return LEVEL_WORDS[row.level]
        return f"· {row.by} {row.group}" if self.bys else f"· {row.group}"

    def words(self, row: AgreementRow) -> str:
        """The same as the beginning of a sentence; empty where there is one comparison only."""
        parts = [
            row.code_set if self.sets else "",
            LEVEL_WORDS[row.level] if self.levels else "",
            f"({row.by} {row.group})" if row.by else "",
            company(row.coders) if self.coders else "",
        ]
        return " ".join(part for part in parts if part)


def legend(report: AgreementReport) -> Iterator[str]:
    """What the columns and lines mean, as far as they occur."""
    rows = [row for row in report.rows if not row.code]
    statistics = {row.estimate.statistic for row in rows}
    if "pooled_kappa" in statistics and not statistics & {"alpha_masi", "percent_agreement"}:
        yield "Kappa is pooled over the codes (De Vries 2008), each against its absence."
    elif "pooled_kappa" in statistics:
        yield (
            "Sets of codes: Agree is the share of identical sets, Kappa is pooled over the codes"
            " (De Vries 2008), Alpha takes the MASI distance (Passonneau 2006)."
        )
    yield from _on_scales(report, statistics)
    if "fleiss_kappa" in statistics:
        done = "rated" if report.files else "finished"
        yield (
            f"Three or more coders: Fleiss' kappa, over units that at least two {done}; chance "
            "from all."
        )
    if any(row.level.endswith("_applied") for row in rows):
        yield "… where applied: the same over units on which every coder applied a code."
    for by in dict.fromkeys(row.by for row in rows if row.by):
        yield f"·: the same for the units of each {by} apart."
    if report.interval == "jackknife" and any(row.estimate.low is not None for row in report.rows):
        yield (
            f"Intervals leave out one {report.noun} at a time (jackknife, Fisher z) and hold the"
            " coders fixed."
        )
    elif report.interval == "bootstrap" and any(r.estimate.low is not None for r in report.rows):
        yield (
            f"Intervals draw {report.noun}s anew (bootstrap, seed {report.seed}) and hold the"
            " coders fixed."
        )
    elif report.interval == "analytic" and any(r.estimate.low is not None for r in report.rows):
        yield "Intervals are analytic and assume independent units."


def _on_scales(report: AgreementReport, statistics: set[str]) -> Iterator[str]:
    if not statistics & {"cohen_kappa_quadratic", "gwet_ac2_quadratic"}:
        return
    if not report.files:
        yield (
            f"Rubrics: {report.weights or 'quadratic'} weighted kappa, ordinal alpha and AC2; "
            "blanks are left out."
        )
        return
    scales = ("alpha_ordinal", "alpha_interval", "alpha_ratio")
    alpha = next((name for name in scales if name in statistics), "")
    weights = f"{report.weights or 'quadratic'} weights"
    if report.weights == "custom":
        alpha, weights = "alpha_custom", "your own weights"
    words = alpha.removeprefix("alpha_") or "nominal"
    yield f"On a scale: kappa and AC2 with {weights}, {words} alpha."


def full(report: AgreementReport, statistics: Sequence[str] = ()) -> Table:
    """Every statistic of every comparison, or only some of them, one a row, for files."""
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
            Column("by", "By"),
            Column("group", "Group"),
        ),
        rows=tuple(
            (
                row.code_set,
                row.code,
                row.level,
                _names(row.coders),
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
                row.by,
                row.group,
            )
            for row in report.rows
            if not statistics or row.estimate.statistic in statistics
        ),
        notes=(*legend(report), *report.warnings),
    )


def value(row: AgreementRow | None) -> float | None:
    """The estimate, if there is one."""
    return row.estimate.estimate if row else None


NOT_DEFINED = "n/a"
"""Where a statistic has no value for these answers; the reason stands in a note."""


def _number(row: AgreementRow | None) -> float | str | None:
    if row is None:
        return None
    return NOT_DEFINED if row.estimate.estimate is None else row.estimate.estimate


def _with_interval(row: AgreementRow | None) -> str | None:
    if row is None:
        return None
    return with_interval(row)


def with_interval(row: AgreementRow) -> str:
    """A value with its interval in few characters."""
    estimate = row.estimate
    text = NOT_DEFINED if estimate.estimate is None else page_text(estimate.estimate, "number")
    if estimate.low is None or estimate.high is None:
        return text
    return f"{text} {interval_text(row)}"


def interval_text(row: AgreementRow) -> str:
    """The interval alone, an en dash where there is none."""
    low, high = row.estimate.low, row.estimate.high
    if low is None or high is None:
        return "–"
    return f"[{low:.2f}, {high:.2f}]"


def _reasons(found: Mapping[LeadColumn, AgreementRow], *, is_part: bool) -> Iterator[str]:
    """Why values and intervals of a line are missing, each reason once; of parts in few words."""
    columns: tuple[LeadColumn, ...] = ("agree", "kappa", "alpha", "ac1")
    shown = [found[column].estimate for column in columns if column in found]
    for why in dict.fromkeys(one.why_undefined for one in shown):
        if why:
            yield f"n/a, {why}."
    lead = found.get("kappa") or found.get("alpha")
    if lead and lead.estimate.defined and lead.estimate.why_no_interval:
        bound = f"; {lead.estimate.bound}" if lead.estimate.bound and not is_part else ""
        yield f"no interval, {lead.estimate.why_no_interval}{bound}."


def _at_places(reasons: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every reason with the lines it holds of, which are nothing where there is one line only."""
    for why, places in reasons.items():
        where = ", ".join(place for place in places if place)
        yield f"{where}: {why}" if where else why.replace("no interval", "No interval", 1)


def _names(coders: Sequence[str]) -> str:
    """The coders in one cell: with blanks between them, unless names hold some."""
    return ("; " if any(" " in name for name in coders) else " ").join(coders)
