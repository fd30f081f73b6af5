"""What the agreement screen shows, as plain data made from a report: no Textual, no study.

A table is a confusion of two coders, or code by code where answers are sets of codes, or coder by
coder where there are more than two. Shades are given by a character too, never by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coder.ops.agreement_report import LEVEL_WORDS, AgreementReport, AgreementRow, Confusion, Level

SHADES = (" ", "\u2591", "\u2592", "\u2593", "\u2588")
"""The character of each shade, from nothing to the most."""

NOT_DEFINED = "n/a"
IN_PERCENT = frozenset(
    ("percent_agreement", "within_one", "positive_agreement", "negative_agreement")
)
OF_CODES = ("cohen_kappa", "percent_agreement", "positive_agreement", "alpha_nominal", "gwet_ac1")
"""What can be drawn code by code, in the order they are gone through."""


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


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its interval: a statistic, or a code."""

    label: str
    numbers: str
    """Value and interval as they are written; counts alone where a code is too rare."""
    counts: str = ""
    """Of a code: how often each coder used it, and both."""
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    about: str = ""
    """Why there is no value, no interval; one-sided bounds."""
    code: str = ""
    is_head: bool = False
    is_quiet: bool = False


def level_words(level: Level) -> str:
    """A level as a heading: ``valence where applied``."""
    if level.endswith("_applied"):
        whole = next(one for one in LEVEL_WORDS if one == level.removesuffix("_applied"))
        return f"{LEVEL_WORDS[whole]} where applied"
    return LEVEL_WORDS[level]


def company_words(coders: Sequence[str]) -> str:
    """The coders of a comparison: ``AL\u2013RR``, ``all 3``."""
    return "\u2013".join(coders) if len(coders) == 2 else f"all {len(coders)}"


def rows_of(report: AgreementReport) -> list[AgreementRow]:
    """The rows over all units, not those of a part of them."""
    return [row for row in report.rows if not row.by]


def levels_of(report: AgreementReport) -> list[Level]:
    """The levels at which whole answers were compared, the leading one first."""
    return list(dict.fromkeys(row.level for row in rows_of(report) if not row.code))


def companies_of(report: AgreementReport) -> list[tuple[str, ...]]:
    """Pairs of coders, then all of them."""
    return sorted(dict.fromkeys(row.coders for row in rows_of(report)), key=len)


def units_of(
    report: AgreementReport, level: Level, coders: tuple[str, ...]
) -> tuple[int, int] | None:
    """On how many units, in how many transcripts, a comparison rests."""
    for row in rows_of(report):
        if (row.level, row.code, row.coders) == (level, "", coders):
            return row.estimate.units, row.estimate.clusters
    return None


def codes_level(level: Level) -> Level | None:
    """The level at which single codes are compared beside a whole one; None where none are."""
    found: dict[Level, Level] = {"valence": "valence", "code": "code", "set": "code"}
    return found.get(level)


def start_of(grid: Grid) -> tuple[int, int]:
    """Where to look first: row and column of what the two confuse most, or of the first pair."""
    best, most = ((0, 1) if len(grid.cells) > 1 and grid.cells[0][1].coders else (0, 0)), 0
    for i, row in enumerate(grid.cells):
        for j, cell in enumerate(row):
            number = int(cell.text) if cell.text.isdigit() and not cell.is_same else 0
            if number > most:
                best, most = (i, j), number
    return best


# The table.


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


# The figures.


def figures_of(
    report: AgreementReport, level: Level, coders: tuple[str, ...], statistic: str
) -> list[Figure]:
    """Every statistic of a comparison, then one of them code by code."""
    whole = [
        row for row in rows_of(report) if (row.level, row.code, row.coders) == (level, "", coders)
    ]
    found = [Figure("all answers", f"value [{report.confidence:.0%} interval]", is_head=True)]
    found += [_figure(row, row.estimate.statistic.replace("_", " ")) for row in whole]
    beside = codes_level(level)
    return found + (_code_figures(report, beside, coders, statistic) if beside else [])


def _code_figures(
    report: AgreementReport, level: Level, coders: tuple[str, ...], statistic: str
) -> list[Figure]:
    counts = {
        one.code: one.counts
        for one in report.confusions
        if one.code and one.level == level and one.coders == coders
    }
    rows = [
        row
        for row in rows_of(report)
        if row.code
        and (row.level, row.coders, row.estimate.statistic) == (level, coders, statistic)
    ]
    if not rows or not counts:
        return []
    by = "valence by valence" if level == "valence" else "code by code"
    heads = (*coders, "both")
    most = max(len(str(number)) for table in counts.values() for number in sum(table, ()))
    widths = [max(len(head), most) for head in heads]
    found = [Figure(by, statistic.replace("_", " "), _aligned(heads, widths), is_head=True)]
    unused = []
    for row in rows:
        ((both, only_first), (only_second, _)) = counts[row.code]
        if not both + only_first + only_second:
            unused.append(row.code)
            continue
        used = _aligned((both + only_first, both + only_second, both), widths)
        rare = report.too_rare.get((row.code_set, level, row.code, coders), "")
        if rare:
            about = f"{row.code}: {rare}; read the counts"
            found.append(Figure(row.code, "too rare", used, about=about, code=row.code))
        else:
            found.append(_figure(row, row.code, used))
    if unused:
        words = f"used by nobody: {', '.join(unused)}"
        found.append(Figure(words, "", about=words, is_quiet=True))
    return found


def _aligned(parts: Sequence[object], widths: Sequence[int]) -> str:
    return " ".join(f"{part!s:>{width}}" for part, width in zip(parts, widths, strict=True))


def _figure(row: AgreementRow, label: str, counts: str = "") -> Figure:
    found = row.estimate
    return Figure(
        label,
        written(row),
        counts,
        found.estimate,
        found.low,
        found.high,
        _about(row, label),
        row.code,
    )


def _about(row: AgreementRow, label: str) -> str:
    found = row.estimate
    why = found.why_undefined
    if why:
        return f"{label}: {NOT_DEFINED}, {why}"
    parts = [f"no interval, {found.why_no_interval}" if found.why_no_interval else "", found.bound]
    said = "; ".join(filter(None, parts))
    return f"{label} {written(row)}" + (f": {said}" if said else f", {found.interval}")


def written(row: AgreementRow) -> str:
    """Value and interval, as the tables of ``coder agree`` write them."""
    found = row.estimate
    if found.estimate is None:
        return NOT_DEFINED
    is_share = found.statistic in IN_PERCENT
    text = f"{found.estimate:.1%}" if is_share else f"{found.estimate:.3f}"
    if found.low is None or found.high is None:
        return text
    form = ".0%" if is_share else ".2f"
    return f"{text} [{found.low:{form}}, {found.high:{form}}]"


def _names(report: AgreementReport, level: Level, coders: tuple[str, ...]) -> list[str]:
    return [
        row.estimate.statistic
        for row in rows_of(report)
        if (row.level, row.code, row.coders) == (level, "", coders)
    ]
