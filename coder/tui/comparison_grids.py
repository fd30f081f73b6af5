"""The table of the agreement screen as plain data made from a report: no Textual, no study.

It is a confusion of two coders, or code by code where answers are sets of codes, or coder by coder
where there are more than two. Shades are given by a character too, never by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coder.ops.agreement_report import AgreementReport, Confusion, Level
from coder.tui.comparison import NOT_DEFINED, codes_level, rows_of, written

SHADES = (" ", "\u2591", "\u2592", "\u2593", "\u2588")
"""The character of each shade, from nothing to the most."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a heat table, with what is behind it."""

    text: str
    share: str = ""
    """The same number as a share; shown where there is room."""
    shade: int = 0
    is_same: bool = False
    """Whether the coders agree here."""
    about: str = ""
    """The cell in words."""
    level: Level = "code"
    code: str = ""
    pair: tuple[str, str] | None = None
    """Categories of the first coder and the second; None where no excerpts are behind it."""
    coders: tuple[str, ...] = ()
    """Whom to compare, where this is a cell of coders."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of cells with its two axes."""

    down: str
    """Whose answers the rows are."""
    across: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    row_totals: tuple[str, ...] = ()
    column_totals: tuple[str, ...] = ()


def start_of(grid: Grid) -> tuple[int, int]:
    """Where to look first: row and column of what the two confuse most, or of the first pair."""
    best, most = ((0, 1) if len(grid.cells) > 1 and grid.cells[0][1].coders else (0, 0)), 0
    for i, row in enumerate(grid.cells):
        for j, cell in enumerate(row):
            number = int(cell.text) if cell.text.isdigit() and not cell.is_same else 0
            if number > most:
                best, most = (i, j), number
    return best


def grid_of(report: AgreementReport, level: Level, coders: tuple[str, ...]) -> Grid | None:
    """The table of a comparison; None where there is nothing to count."""
    if len(coders) > 2:
        return _coder_by_coder(report, level, coders)
    confusions = [one for one in report.confusions if one.coders == coders]
    whole = [one for one in confusions if one.level == level and not one.code]
    if whole:
        return _square(whole[0])
    return _code_by_code([one for one in confusions if one.level == codes_level(level)])


def _square(confusion: Confusion) -> Grid | None:
    """Whole answers against whole answers, without categories that nobody used."""
    counts, names = confusion.counts, confusion.categories
    used = [n for n in range(len(names)) if any(counts[n]) or any(row[n] for row in counts)]
    total = sum(map(sum, counts))
    if not total:
        return None
    most = max(map(max, counts))
    first, second = confusion.coders

    def cell(i: int, j: int) -> Cell:
        number, share = counts[i][j], _share(counts[i][j], total)
        return Cell(
            str(number),
            share,
            _shade(number, most),
            i == j,
            f"{first} {names[i]}, {second} {names[j]}: {number} of {total} ({share})",
            confusion.level,
            confusion.code,
            (names[i], names[j]),
        )

    return Grid(
        first,
        second,
        tuple(names[n] for n in used),
        tuple(names[n] for n in used),
        tuple(tuple(cell(i, j) for j in used) for i in used),
        tuple(str(sum(counts[i])) for i in used),
        (*(str(sum(row[j] for row in counts)) for j in used), str(total)),
    )


def _code_by_code(confusions: Sequence[Confusion]) -> Grid | None:
    """A line per code that anybody used: who put it where both, one or neither did."""
    used = [one for one in confusions if one.code and sum(map(sum, one.counts)) > one.counts[1][1]]
    if not used:
        return None
    first, second = used[0].coders
    total = sum(map(sum, used[0].counts))
    most = max(max(one.counts[0][0], one.counts[0][1], one.counts[1][0]) for one in used)
    places = ((0, 0, "both"), (0, 1, f"only {first}"), (1, 0, f"only {second}"), (1, 1, "neither"))

    def cell(one: Confusion, i: int, j: int, who: str) -> Cell:
        number = one.counts[i][j]
        return Cell(
            str(number),
            _share(number, total),
            # What neither put is nearly everything: it would make the rest pale.
            0 if i == j == 1 else _shade(number, most),
            i == j,
            f"{one.code}, {who}: {number} of {total} ({_share(number, total)})",
            one.level,
            one.code,
            (one.categories[i], one.categories[j]),
        )

    return Grid(
        "code",
        f"{first}, {second}",
        tuple(one.code for one in used),
        tuple(who for _, _, who in places),
        tuple(tuple(cell(one, i, j, who) for i, j, who in places) for one in used),
    )


def _coder_by_coder(report: AgreementReport, level: Level, coders: tuple[str, ...]) -> Grid | None:
    """Who agrees with whom: the leading coefficient of each pair."""
    pairs = {}
    for row in rows_of(report):
        if row.level == level and not row.code and len(row.coders) == 2:
            names = _names(report, level, row.coders)
            name = next((one for one in names if one.endswith("kappa")), names[0])
            if row.estimate.statistic == name:
                pairs[frozenset(row.coders)] = row
    if not pairs:
        return None
    what = next(iter(pairs.values())).estimate.statistic.replace("_", " ")

    def cell(first: str, second: str) -> Cell:
        row = pairs.get(frozenset((first, second)))
        if row is None:
            return Cell("")
        found = row.estimate
        text = NOT_DEFINED if found.estimate is None else f"{found.estimate:.2f}"
        shade = min(max(int((found.estimate or 0) * 4 + 0.999), 0), 4)
        about = f"{first} and {second}, {what}: {written(row)} on {found.units} units"
        return Cell(text, "", shade, True, about, level, coders=row.coders)

    cells = tuple(tuple(cell(one, other) for other in coders) for one in coders)
    return Grid(what, "coder by coder", coders, coders, cells)


def _share(number: int, total: int) -> str:
    return f"{number / total:.0%}" if total else ""


def _shade(number: int, most: int) -> int:
    return -(-4 * number // most) if most else 0


def _names(report: AgreementReport, level: Level, coders: tuple[str, ...]) -> list[str]:
    return [
        row.estimate.statistic
        for row in rows_of(report)
        if (row.level, row.code, row.coders) == (level, "", coders)
    ]
