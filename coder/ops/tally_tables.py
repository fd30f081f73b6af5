"""Tallies and cross-tables as tables for screens and files."""

from __future__ import annotations

from coder.formats.tables import Cell, Column, Table
from coder.ops.tallying import BLANKS, NOTE_WORDS, Cross, Group, Tally
from coder.stats import Share


def tally_page(tally: Tally) -> Table:
    """One line per group, counts with their percentages of codable in one cell, for a screen."""
    blanks = _blanks_shown(tally)
    columns = [
        *(Column(name, name) for name in tally.by or ("group",)),
        *(Column(key, label) for key, label in tally.labels.items()),
        *(Column(f"blank_{key}", tally.blank_labels[key], "count") for key in blanks),
        Column("n", "n", "count"),
        Column("codable", "codable", "count"),
    ]
    rows: list[tuple[Cell, ...]] = []
    for group in tally.groups:
        shares = [
            f"{c.n}" if c.of_codable.share is None else f"{c.n} ({c.of_codable.share:.1%})"
            for c in group.cells
        ]
        counts = [group.blanks.get(key, 0) for key in blanks]
        rows.append((*_group_cells(tally, group), *shares, *counts, group.n, group.codable))
    return Table(
        name=_name(tally),
        title=_title(tally),
        columns=tuple(columns),
        rows=tuple(rows),
        notes=(f"% is of codable. {_sources(tally)}", *tally.notes),
    )


def tally_table(tally: Tally) -> Table:
    """One line per group with counts and percentages of codable in columns, for a workbook."""
    blanks = _blanks_shown(tally)
    columns = [Column(name, name) for name in tally.by] or [Column("group", "")]
    for key, label in tally.labels.items():
        columns += [Column(key, label, "count"), Column(f"{key}_of_codable", "%", "percent")]
    columns += [Column(f"blank_{key}", tally.blank_labels[key], "count") for key in blanks]
    columns += [
        Column("n", "n", "count"),
        Column("asked", "asked", "count"),
        Column("codable", "codable", "count"),
    ]
    rows = []
    for group in tally.groups:
        cells: list[str | int | float | None] = [*_group_cells(tally, group)]
        for cell in group.cells:
            cells += [cell.n, cell.of_codable.share]
        cells += [group.blanks.get(key, 0) for key in blanks]
        rows.append((*cells, group.n, group.asked, group.codable))
    return Table(
        name=_name(tally),
        title=_title(tally),
        columns=tuple(columns),
        rows=tuple(rows),
        notes=(f"% is of codable. {_sources(tally)}", *tally.notes),
    )


def shares_table(tally: Tally) -> Table:
    """One line per group and result with both percentages and intervals, for files and screens."""
    rows = []
    for group in tally.groups:
        for cell in group.cells:
            rows.append(
                (
                    *_group_cells(tally, group),
                    cell.label,
                    cell.n,
                    group.n,
                    group.asked,
                    cell.of_asked.share,
                    group.codable,
                    cell.of_codable.share,
                    cell.of_codable.low,
                    cell.of_codable.high,
                    cell.of_codable.interval,
                    _why(cell.of_codable),
                )
            )
    return Table(
        name=f"{_name(tally)}_shares",
        title=f"{_title(tally)}: shares with 95 % intervals",
        columns=(
            *(Column(name, name) for name in tally.by or ("group",)),
            Column("result", "Result"),
            Column("count", "Count", "count"),
            Column("n", "n", "count"),
            Column("asked", "Asked", "count"),
            Column("of_asked", "% of asked", "percent"),
            Column("codable", "Codable", "count"),
            Column("of_codable", "% of codable", "percent"),
            Column("low", "Low", "percent"),
            Column("high", "High", "percent"),
            Column("interval", "Interval"),
            Column("why", "Why none"),
        ),
        rows=tuple(rows),
        notes=(_sources(tally), *tally.notes),
    )


def intervals_table(tally: Tally) -> Table:
    """The row of all with its intervals, narrow enough for a terminal."""
    everyone = tally.groups[-1]
    rows = tuple(
        (
            cell.label,
            cell.n,
            cell.of_asked.share,
            cell.of_codable.share,
            _range(cell.of_codable),
        )
        for cell in everyone.cells
        if cell.n or tally.grain != "code"
    )
    methods = dict.fromkeys(c.of_codable.interval for c in everyone.cells)
    reasons = dict.fromkeys(
        f"No interval for {c.label}: {c.of_codable.why_no_interval}. {c.of_codable.bound}".strip()
        for c in everyone.cells
        if c.of_codable.why_no_interval and (c.n or tally.grain != "code")
    )
    return Table(
        name=f"{_name(tally)}_all",
        title=f"{_title(tally)}: all, of {everyone.asked} asked and {everyone.codable} codable",
        columns=(
            Column("result", "Result"),
            Column("count", "n", "count"),
            Column("of_asked", "% of asked", "percent"),
            Column("of_codable", "% of codable", "percent"),
            Column("interval", "95 % interval"),
        ),
        rows=rows,
        notes=(f"Interval of the % of codable: {'; '.join(methods)}.", *reasons),
    )


def code_page(tally: Tally) -> Table:
    """One line per group and code, those nobody used left out, narrow enough for a terminal."""
    rows = tuple(
        (*_group_cells(tally, group), cell.label, cell.n, cell.of_asked.share, group.asked)
        for group in tally.groups
        for cell in group.cells
        if cell.n
    )
    used = {cell.label for cell in tally.groups[-1].cells if cell.n}
    unused = [label for label in tally.labels.values() if label not in used]
    return Table(
        name=_name(tally),
        title=_title(tally),
        columns=(
            *(Column(name, name) for name in tally.by or ("group",)),
            Column("code", "Code"),
            Column("count", "Excerpts", "count"),
            Column("of_asked", "% of asked", "percent"),
            Column("asked", "Asked", "count"),
        ),
        rows=rows,
        notes=(
            _sources(tally),
            *((f"On no excerpt: {', '.join(unused)}.",) if unused else ()),
            *tally.notes,
        ),
    )


def stacked(tables: list[Table]) -> Table:
    """Tables with the same columns under one header, with the table's name in front."""
    if len(tables) == 1:
        return tables[0]
    return Table(
        name="tallies",
        title="Tallies",
        columns=(Column("table", "Table"), *tables[0].columns),
        rows=tuple((table.name, *row) for table in tables for row in table.rows),
        notes=tuple(dict.fromkeys(note for table in tables for note in table.notes)),
    )


def cross_table(cross: Cross) -> Table:
    """Rows are one set's values, columns the other's, person-year by person-year."""
    rows: list[tuple[Cell, ...]] = []
    for key, label in cross.row_labels.items():
        counts = [cross.counts.get((key, other), 0) for other in cross.column_labels]
        rows.append((label, *counts, sum(counts)))
    totals = [
        sum(cross.counts.get((key, other), 0) for key in cross.row_labels)
        for other in cross.column_labels
    ]
    rows.append(("all", *totals, cross.n))
    return Table(
        name=f"cross_{cross.rows_of.id}_{cross.columns_of.id}",
        title=f"{cross.rows_of.id} (rows) by {cross.columns_of.id} (columns), person-years",
        columns=(
            Column("value", cross.rows_of.id),
            *(Column(f"{key}", label, "count") for key, label in cross.column_labels.items()),
            Column("all", "all", "count"),
        ),
        rows=tuple(rows),
        notes=(f"n = {cross.n} person-years.", NOTE_WORDS),
    )


def _blanks_shown(tally: Tally) -> list[str]:
    """Those everybody looks for, and the rarer ones where they occur."""
    used = {key for group in tally.groups for key, n in group.blanks.items() if n}
    return [key for key in BLANKS if key in used or key in ("not_codable", "no_data")]


def _group_cells(tally: Tally, group: Group) -> tuple[str, ...]:
    if not group.values:
        return ("all", *("" for _ in tally.by[1:]))
    return tuple(value or "(not given)" for value in group.values)


def _name(tally: Tally) -> str:
    return "_".join(["tally", tally.code_set.id, tally.grain, *tally.by])


def _title(tally: Tally) -> str:
    by = f" by {' and '.join(tally.by)}" if tally.by else ""
    grain = "" if tally.grain == "rollup" else f", {tally.grain}"
    return f"{tally.code_set.id}{by}: {tally.row}s{grain}"


def _sources(tally: Tally) -> str:
    order = ("agreed", "settled", "single", "unresolved")
    parts = [f"{tally.sources[key]} {key}" for key in order if tally.sources.get(key)]
    return f"Rests on excerpts: {', '.join(parts) or 'none'}."


def _range(share: Share) -> str:
    if share.low is None or share.high is None:
        return "–"
    return f"{share.low:.1%} to {share.high:.1%}"


def _why(share: Share) -> str:
    return " ".join(part for part in (share.why_no_interval, share.bound) if part)
