"""Agreement as tables: the essentials for a screen, every row for a file, and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from coder.formats.tables import Cell, Column, Table
from coder.ops.agreeing import AgreementReport, AgreementRow, Confusion

SCHEMA = "coder/agreement/1"

MAIN = {
    "percent_agreement": "agree",
    "cohen_kappa": "kappa",
    "cohen_kappa_quadratic": "kappa",
    "pooled_kappa": "kappa",
    "fleiss_kappa": "kappa",
    "alpha_nominal": "alpha",
    "alpha_ordinal": "alpha",
    "gwet_ac1": "ac1",
    "gwet_ac2_quadratic": "ac1",
}
"""Which column of the short table a statistic stands in."""

LEVEL_WORDS = {
    "valence": "valence",
    "code": "code",
    "set": "sets of codes",
    "applies": "applied something",
}


def overview(report: AgreementReport) -> Table:
    """One line per comparison of whole code sets, at most 80 columns wide."""
    groups = _grouped(r for r in report.rows if not r.code)
    companies = list(dict.fromkeys(group[0].coders for _, group in groups))
    rows: list[tuple[Cell, ...]] = []
    notes = list(_legend(report))
    for what, group in groups:
        first = group[0]
        found = {MAIN[r.estimate.statistic]: r for r in group if r.estimate.statistic in MAIN}
        who = [_company(first.coders)] if len(companies) > 1 else []
        rows.append(
            (
                f"{first.code_set}: {LEVEL_WORDS[first.level]}",
                *who,
                first.estimate.units,
                _value(found.get("agree")),
                _with_interval(found.get("kappa")),
                _short(found.get("alpha")),
                _short(found.get("ac1")),
            )
        )
        notes += _reasons(what, group)
    return Table(
        name="agreement",
        title="Agreement" + (f" of {' and '.join(companies[0])}" if len(companies) == 1 else ""),
        columns=(
            Column("what", "Compared"),
            *([Column("coders", "Coders")] if len(companies) > 1 else []),
            Column("units", "Units", "count"),
            Column("percent_agreement", "Agree", "percent"),
            Column("kappa", f"Kappa [{report.confidence:.0%}]"),
            Column("alpha", "Alpha"),
            Column("ac1", "AC1"),
        ),
        rows=tuple(rows),
        notes=tuple(dict.fromkeys(notes)),
    )


def _company(coders: tuple[str, ...]) -> str:
    return "–".join(coders) if len(coders) == 2 else f"all {len(coders)}"


def _legend(report: AgreementReport) -> Iterator[str]:
    statistics = {row.estimate.statistic for row in report.rows if not row.code}
    if "pooled_kappa" in statistics:
        yield (
            "Sets of codes: Agree is the share of identical sets, Kappa is pooled over the codes"
            " (De Vries 2008)."
        )
    if "cohen_kappa_quadratic" in statistics:
        yield "Rubrics: quadratic weighted kappa, ordinal alpha and AC2."
    if "fleiss_kappa" in statistics:
        yield "Three or more coders: Fleiss' kappa, over units that at least two finished."
    if report.interval == "jackknife":
        yield (
            "Intervals leave out one transcript at a time (jackknife, Fisher z) and hold the"
            " coders fixed."
        )


def codes_table(report: AgreementReport) -> Table:
    """One line per code of the multi sets and pair of coders: counts first, then coefficients.

    Codes that nobody used are named in a note. Where a code was too rare for a coefficient to
    mean anything, its counts stand alone.
    """
    counts = {(c.code_set, c.code, c.coders): c.counts for c in report.confusions if c.code}
    groups = _grouped(r for r in report.rows if r.code and len(r.coders) == 2)
    companies = list(dict.fromkeys(group[0].coders for _, group in groups))
    one_pair = len(companies) == 1
    rows: list[tuple[Cell, ...]] = []
    unused = []
    for _, group in groups:
        first = group[0]
        coders = (first.coders[0], first.coders[1])
        ((both, only_a), (only_b, _)) = counts[first.code_set, first.code, coders]
        if not both + only_a + only_b:
            unused.append(first.code)
            continue
        found = {r.estimate.statistic: r for r in group}
        shown = (first.code_set, first.code) not in report.too_rare
        rows.append(
            (
                first.code_set,
                first.code,
                *(() if one_pair else ("–".join(coders),)),
                first.estimate.units,
                both + only_a,
                both + only_b,
                both,
                _value(found["percent_agreement"]),
                _value(found["positive_agreement"]),
                _value(found["cohen_kappa"]) if shown else None,
            )
        )
    notes = []
    if report.too_rare:
        notes.append(
            "No kappa where a code was used on fewer than 10 units or in fewer than 5 transcripts:"
            " read the counts. coder agree --csv has every figure."
        )
    if unused:
        notes.append(f"Used by nobody: {', '.join(dict.fromkeys(unused))}.")
    return Table(
        name="agreement_codes",
        title="Agreement code by code",
        columns=(
            Column("code_set", "Code set"),
            Column("code", "Code"),
            *(() if one_pair else (Column("coders", "Coders"),)),
            Column("units", "Units", "count"),
            Column("first", companies[0][0] if one_pair else "1st", "count"),
            Column("second", companies[0][1] if one_pair else "2nd", "count"),
            Column("both", "Both", "count"),
            Column("percent_agreement", "Agree", "percent"),
            Column("positive_agreement", "Positive", "percent"),
            Column("cohen_kappa", "Kappa", "number"),
        ),
        rows=tuple(rows),
        notes=tuple(notes),
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
                report.too_rare.get((row.code_set, row.code), ""),
            )
            for row in report.rows
        ),
        notes=(*_legend(report), *report.warnings),
    )


def confusion_table(confusion: Confusion) -> Table:
    """Who said what where: rows are the first coder's answers, columns the second's."""
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
    return Table(
        name=f"confusion_{confusion.code_set}_{confusion.level}",
        title=f"{confusion.code_set}, {LEVEL_WORDS[confusion.level]}:"
        f" {first} down, {second} across",
        columns=(
            Column("answer", first),
            *(Column(name, name, "count") for name in names),
            Column("all", "all", "count"),
        ),
        rows=tuple(rows),
    )


def shown_confusions(report: AgreementReport) -> tuple[Confusion, ...]:
    """Those worth a table: whole sets at the level of codes and of valence."""
    return tuple(
        c
        for c in report.confusions
        if not c.code and c.level in ("valence", "code") and any(map(any, c.counts))
    )


def finished_table(report: AgreementReport) -> Table:
    """How many of the units that a comparison could use each coder has finished."""
    return Table(
        name="agreement_units",
        title="Units finished",
        columns=(
            Column("code_set", "Code set"),
            Column("coder", "Coder"),
            Column("finished", "Finished", "count"),
            Column("eligible", "Units asked", "count"),
        ),
        rows=tuple((f.code_set, f.coder, f.finished, f.eligible) for f in report.finished),
    )


def unfinished_lines(report: AgreementReport) -> Iterator[str]:
    """A sentence for every coder who has not finished every unit that is asked."""
    for f in report.finished:
        if f.finished < f.eligible:
            yield f"{f.code_set}: {f.coder} has finished {f.finished} of {f.eligible} units asked"


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
        "why_no_interval": estimate.why_no_interval or None,
        "bound": estimate.bound or None,
    }


def _grouped(rows: Iterator[AgreementRow]) -> list[tuple[str, list[AgreementRow]]]:
    groups: dict[tuple[str, str, str, tuple[str, ...]], list[AgreementRow]] = {}
    for row in rows:
        groups.setdefault((row.code_set, row.level, row.code, row.coders), []).append(row)
    return [
        (f"{code_set} {code or LEVEL_WORDS[level]}", group)
        for (code_set, level, code, _), group in groups.items()
    ]


def _value(row: AgreementRow | None) -> float | None:
    return row.estimate.estimate if row else None


def _short(row: AgreementRow | None) -> str:
    if row is None:
        return "–"
    return "n/a" if row.estimate.estimate is None else f"{row.estimate.estimate:.3f}"


def _with_interval(row: AgreementRow | None) -> str:
    text = _short(row)
    if row is None or row.estimate.low is None or row.estimate.high is None:
        return text
    return f"{text} [{row.estimate.low:.2f}, {row.estimate.high:.2f}]"


def _reasons(what: str, group: Sequence[AgreementRow]) -> Iterator[str]:
    for row in group:
        estimate = row.estimate
        if estimate.statistic not in MAIN:
            continue
        if estimate.why_undefined:
            yield f"{what}: n/a, {estimate.why_undefined}."
        elif MAIN[estimate.statistic] == "kappa" and estimate.why_no_interval:
            bound = f" {estimate.bound}" if estimate.bound else ""
            yield f"{what}: no interval, {estimate.why_no_interval}.{bound}"
