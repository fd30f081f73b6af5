"""Piles and how far people agree on them, as tables for files and pages for a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coder.formats.tables import Cell, Column, Table
from coder.model import Code
from coder.ops.sort_agreement import SortReport
from coder.ops.sorting import CodeSorting
from coder.ops.wrapping import hanging

NOTE_INDEX = (
    "Adjusted Rand index over pairs of codes: 1 is the same piles, 0 what chance gives, whatever"
    " the piles are called. No interval: the codes are no sample."
)
NOTE_SEVERAL = (
    "Where codes lie in several piles, two codes count as together if at least one pile holds both."
)
NOTE_LEFT_OUT = (
    "Codes that one of the two has left loose or discarded are left out of the index and counted"
    " beside it."
)


def piles_table(sorting: CodeSorting) -> Table:
    """One line per code and pile that it lies in; discarded and loose codes last."""
    rows: list[tuple[Cell, ...]] = []
    for number, pile in enumerate(sorting.piles, start=1):
        rows += [("pile", number, pile.name, code.id, code.name) for code in pile.codes]
        rows += [] if pile.codes else [("pile", number, pile.name, "", "")]
    for place, codes in (("discarded", sorting.discarded), ("loose", sorting.loose)):
        rows += [(place, None, "", code.id, code.name) for code in codes]
    return Table(
        name="piles",
        title=f"Piles of {sorting.coder}: {sorting.code_set.id}",
        columns=(
            Column("place", "Where"),
            Column("number", "No.", "count"),
            Column("pile", "Pile"),
            Column("code", "Code"),
            Column("name", "Name"),
        ),
        rows=tuple(rows),
    )


def piles_page(sorting: CodeSorting, width: int) -> str:
    """The piles with their codes below them, for a terminal."""
    several = {code.id for code in sorting.in_several}
    out = hanging("", f"{sorting.code_set.id}, sorted by {sorting.coder}", width)

    def group(lead: str, title: str, codes: Sequence[Code]) -> None:
        out.extend(["", *hanging(lead, f"{title} ({len(codes)})", width)])
        for code in codes:
            mark = "+" if code.id in several else "\u00b7"
            out.extend(hanging(f"   {mark} ", code.name, width))

    for number, pile in enumerate(sorting.piles, start=1):
        group(f"{number}  ", pile.name, pile.codes)
    if sorting.discarded:
        group("", "discarded", sorting.discarded)
    if sorting.loose:
        group("", "loose", sorting.loose)
    if several:
        out += ["", "+ lies in another pile as well"]
    return "\n".join(out)


def pairs_table(report: SortReport) -> Table:
    """One line per two people: the index, what it rests on, and what is left out."""
    rows: list[tuple[Cell, ...]] = []
    for pair in report.pairs:
        found = pair.agreement
        rows.append(
            (
                " and ".join(pair.coders),
                found.index,
                found.things,
                found.in_several,
                pair.discarded_by_both,
                pair.discarded_by_one,
                pair.loose,
                found.table.both_together,
                found.table.only_first + found.table.only_second,
                found.table.both_apart,
                found.why_undefined,
            )
        )
    has_several = any(pair.agreement.in_several for pair in report.pairs)
    return Table(
        name="sort_agreement",
        title=f"Agreement on piles of {report.code_set.id}",
        columns=(
            Column("coders", "Coders"),
            Column("adjusted_rand", "Adjusted Rand", "number"),
            Column("codes", "Codes", "count"),
            Column("in_several", "In several", "count"),
            Column("discarded_by_both", "Both discard", "count"),
            Column("discarded_by_one", "One discards", "count"),
            Column("loose", "Loose", "count"),
            Column("together", "Pairs together", "count"),
            Column("differ", "Pairs that differ", "count"),
            Column("apart", "Pairs apart", "count"),
            Column("why_undefined", "Why none"),
        ),
        rows=tuple(rows),
        notes=(NOTE_INDEX, *([NOTE_SEVERAL] if has_several else []), NOTE_LEFT_OUT),
    )


def pairs_page(report: SortReport) -> Table:
    """The same for a screen: without counts of pairs, and with reasons as notes."""
    table = pairs_table(report)
    hidden = {"together", "differ", "apart", "why_undefined"}
    kept = [at for at, column in enumerate(table.columns) if column.key not in hidden]
    reasons = (
        f"{' and '.join(pair.coders)}: not defined, {pair.agreement.why_undefined}."
        for pair in report.pairs
        if pair.agreement.why_undefined
    )
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
        notes=(*reasons, *table.notes),
    )


def split_table(report: SortReport, top: int | None = None) -> Table:
    """The pairs of codes on which people differ most.

    Args:
        report: The comparisons.
        top: How many; None for all.
    """
    shown = report.split[:top]
    names = {code.id: code.name for code in report.code_set.codes}
    left = len(report.split) - len(shown)
    more = [f"{left} more pairs of codes: --top {len(report.split)} lists all."] if left else []
    return Table(
        name="sort_pairs",
        title=f"Codes of {report.code_set.id} that some put together and others apart",
        columns=(
            Column("one", "Code"),
            Column("other", "And"),
            Column("differ", "Differ", "percent"),
            Column("comparisons", "Of", "count"),
            Column("together", "Together"),
            Column("apart", "Apart"),
        ),
        rows=tuple(
            (
                names[pair.one],
                names[pair.other],
                pair.share,
                pair.comparisons,
                ", ".join(pair.together),
                ", ".join(pair.apart),
            )
            for pair in shown
        ),
        notes=(
            "Differ: share of the pairs of people who have both codes in piles.",
            *more,
        ),
    )
