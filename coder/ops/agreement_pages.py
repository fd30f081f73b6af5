"""Agreement for a screen of 80 columns: one pair of coders at a time, cautions in few lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coder.formats.tables import Column, Table
from coder.ops.agreement_codes import codes_page, codes_together_page
from coder.ops.agreement_report import LEVEL_WORDS, ROUND, AgreementReport, AgreementRow, company
from coder.ops.agreement_spans import span_overview
from coder.ops.agreement_tables import (
    interval_text,
    legend,
    overview,
)
from coder.ops.confusion_tables import confusion_tables

MOST_CODES_UNASKED = 30
"""Codes of sets up to which they are shown one by one without being asked for."""


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


def by_round(report: AgreementReport) -> dict[str, AgreementReport]:
    """The report of each round by itself, where rounds are what was compared; else none."""
    names = dict.fromkeys(row.group for row in report.rows if row.by == ROUND)
    return {
        name: replace(
            report,
            rows=tuple(replace(row, by="", group="") for row in report.rows if row.group == name),
            confusions=tuple(
                replace(one, by="", group="") for one in report.confusions if one.group == name
            ),
            too_rare=report.too_rare_in.get((ROUND, name), {}),
        )
        for name in names
    }


def pages(
    report: AgreementReport,
    *,
    full: bool = False,
    by_code: bool = False,
    confusion: bool = False,
    statistics: tuple[str, ...] = (),
) -> list[Table]:
    """The tables to show.

    Args:
        report: The report.
        full: Every statistic with its interval, instead of the overview.
        by_code: Also code by code.
        confusion: Also the confusion tables.
        statistics: Only these, with their intervals, instead of the overview.
    """
    if report.files:
        return _pages_of_files(report, full, by_code, confusion, statistics)
    if rounds := by_round(report):
        return [
            replace(page, title=f"{page.title}, round {name}")
            for name, part in rounds.items()
            for page in pages(
                part, full=full, by_code=by_code, confusion=confusion, statistics=statistics
            )
        ]
    shown = []
    for part in by_company(report):
        shown.append(full_page(part, statistics) if full or statistics else overview(part))
        if by_code and len(part.rows[0].coders) == 2:
            shown.append(codes_page(part))
        if confusion:
            shown += confusion_tables(part)
    return shown


def _pages_of_files(
    report: AgreementReport,
    full: bool,
    by_code: bool,
    confusion: bool,
    statistics: tuple[str, ...],
) -> list[Table]:
    """All companies in one overview: what they agreed on is the same question."""
    levels = {row.level for row in report.rows}
    shown = []
    if full or statistics:
        shown += [page for part in by_company(report) if (page := full_page(part, statistics)).rows]
        if not shown or "span" in levels:
            shown.append(full_page(report, statistics, codes=True))
            shown = [page for page in shown if page.rows]
    elif "span" in levels:
        shown.append(span_overview(report))
    else:
        shown.append(overview(report))
    of_codes = [part for part in by_company(report) if any(row.code for row in part.rows)]
    codes = {row.code for row in report.rows if row.level == "code" and row.code}
    if "span" not in levels and (by_code or (0 < len(codes) <= MOST_CODES_UNASKED)):
        if not statistics:
            several = any(len(part.companies[0]) > 2 for part in of_codes)
            shown += [
                codes_page(part) if len(part.companies[0]) == 2 else codes_together_page(part)
                for part in of_codes
                if by_code or not several or len(part.companies[0]) > 2
            ]
    elif codes and not statistics:
        shown[0] = replace(
            shown[0],
            notes=(*shown[0].notes, f"--by-code shows the {len(codes)} codes one by one."),
        )
    if confusion:
        shown += confusion_tables(report)
    return shown


def full_page(
    report: AgreementReport, statistics: tuple[str, ...] = (), *, codes: bool = False
) -> Table:
    """Every statistic of whole comparisons with its interval, one a line.

    Args:
        report: The report; of one company of coders, unless it is about codes.
        statistics: Only these; all by default.
        codes: The lines of single codes instead of those of whole comparisons.
    """
    rows = [
        row
        for row in report.rows
        if bool(row.code) == codes and (not statistics or row.estimate.statistic in statistics)
    ]
    is_study = not report.files
    sets = is_study or len({row.code_set for row in rows}) > 1
    levels = is_study or len({row.level for row in rows}) > 1 or any(row.by for row in rows)
    companies = tuple(dict.fromkeys(row.coders for row in rows))
    undefined = any(not row.estimate.defined or row.estimate.why_no_interval for row in rows)
    words = f"{report.confidence:.0%} interval"
    if len(statistics) == 1:
        title = f"{statistics[0].replace('_', ' ').capitalize()}"
    else:
        title = "Agreement"
    if len(companies) == 1:
        title += f" of {' and '.join(companies[0])}"
    if codes:
        title += ", code by code"
    return Table(
        name="agreement_codes_full" if codes else "agreement_full",
        title=f"{title}, every statistic" if not statistics else title,
        columns=(
            *([Column("code_set", "Set")] if sets else []),
            *([Column("code", "Code")] if codes else []),
            *([Column("compared", "Compared")] if levels and not codes else []),
            *([Column("coders", "Coders")] if len(companies) > 1 else []),
            Column("units", "Units", "count"),
            Column("statistic", "Statistic"),
            Column("estimate", "Estimate", "number"),
            Column("interval", words),
        ),
        rows=tuple(
            (
                *([row.code_set] if sets else []),
                *([row.code] if codes else []),
                *([_compared(row)] if levels and not codes else []),
                *([company(row.coders)] if len(companies) > 1 else []),
                row.estimate.units,
                row.estimate.statistic.replace("_", " "),
                row.estimate.estimate if row.estimate.defined else "n/a",
                interval_text(row),
            )
            for row in rows
        ),
        notes=(
            *legend(replace(report, rows=tuple(rows))),
            *(
                ["Why a value or an interval is missing stands in coder agree --csv."]
                if undefined or is_study
                else []
            ),
        ),
    )


def _compared(row: AgreementRow) -> str:
    return f"· {row.by} {row.group}" if row.by else LEVEL_WORDS[row.level]


def cautions_by_company(report: AgreementReport) -> dict[str, list[str]]:
    """The cautions by whose comparisons they are about, in as few lines as they take.

    What holds of several sets is said once, what holds of several pairs too. The key is empty for
    what is about all, and for everything where only one comparison was made.
    """
    where: dict[str, dict[str, list[str]]] = {}
    for one in report.cautions:
        who = company(one.coders) if one.coders and report.has_several_companies else ""
        places = where.setdefault(one.text, {}).setdefault(who, [])
        if one.place not in places:
            places.append(one.place)
    texts: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for text, found in where.items():
        same: dict[tuple[str, ...], list[str]] = {}
        for who, places in found.items():
            same.setdefault(tuple(places), []).append(who)
        for at, companies in same.items():
            texts.setdefault(", ".join(companies), {}).setdefault(at, []).append(text)
    return {
        who: [
            line
            for at, said in sorted(found.items(), key=lambda item: -len(item[0]))
            for line in ([f"{', '.join(at)}: {' '.join(said)}"] if any(at) else said)
        ]
        for who, found in sorted(texts.items(), key=lambda item: item[0] != "")
    }


def caution_lines(report: AgreementReport) -> Iterator[str]:
    """The cautions, each with whose comparisons it is about where there are several."""
    for who, lines in cautions_by_company(report).items():
        for line in lines:
            yield f"{who}: {line}" if who else line


def unfinished_lines(report: AgreementReport) -> Iterator[str]:
    """A sentence for every coder who has not finished every unit that is asked."""
    for one in report.finished:
        if one.finished < one.eligible:
            of = f"{one.code_set}: " if one.code_set else ""
            done, asked = ("rated", "units") if report.files else ("has finished", "units asked")
            yield f"{of}{one.coder} {done} {one.finished} of {one.eligible} {asked}"
