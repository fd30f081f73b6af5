"""Tallies for a screen: results down, groups across, so that 80 columns hold them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coder.formats.tables import Cell, Column, Table, cell_width
from coder.formats.tables.page import GAP
from coder.ops.groups import Group, Result
from coder.ops.record_counting import usable_first
from coder.ops.tally_tables import (
    GRAINS,
    blanks_shown,
    group_name,
    sources,
    table_name,
    title,
    why,
)
from coder.ops.tallying import MANY_VALUED, Tally
from coder.stats import Share


def pages(tally: Tally, width: int) -> list[Table]:
    """A tally as tables that fit the screen.

    Args:
        tally: The tally.
        width: Terminal cells; groups that do not fit beside each other go below.
    """
    shown = list(_blocks(tally, width)) if tally.by else []
    return [*shown, _everybody(tally)]


def _blocks(tally: Tally, width: int) -> Iterator[Table]:
    labels = [label for label, _ in _lines(tally, tally.groups[-1])]
    room = width - max(cell_width(label) for label in labels)
    columns = [(group_name(tally, group), _lines(tally, group)) for group in tally.groups]
    blocks: list[list[int]] = [[]]
    used = 0
    for number, (name, lines) in enumerate(columns):
        words = [cell_width(word) for word in name.split()]
        needs = GAP + max(*words, *(cell_width(text) for _, text in lines))
        if blocks[-1] and used + needs > room:
            blocks.append([])
            used = 0
        blocks[-1].append(number)
        used += needs
    for number, block in enumerate(blocks, start=1):
        part = f", {number} of {len(blocks)}" if len(blocks) > 1 else ""
        yield Table(
            name=f"{table_name(tally)}_{number}",
            title=f"{title(tally)} (% of {basis(tally)}){part}",
            columns=(
                Column("result", ""),
                # Texts in a column of counts stand on the right and are never cut.
                *(Column(f"group_{at}", columns[at][0], "count") for at in block),
            ),
            rows=tuple(
                (label, *(columns[at][1][line][1] for at in block))
                for line, label in enumerate(labels)
            ),
            notes=tally.notes,
        )


def _lines(tally: Tally, group: Group) -> list[tuple[str, str]]:
    """What one group's column says, line by line."""
    lines = [
        (label_on_page(tally, cell), _count_and_share(tally, cell))
        for cell in results_shown(tally, group.results)
    ]
    if any(one.mean is not None for one in tally.groups):
        lines.append(("mean", "–" if group.mean is None else f"{group.mean:.2f}"))
    lines += [
        (tally.blank_labels[key], str(group.blanks.get(key, 0))) for key in blanks_on_page(tally)
    ]
    base = group.asked if is_of_asked(tally) else group.codable
    return [*lines, (f"{basis(tally)}", str(base)), ("n", str(group.n))]


def blanks_on_page(tally: Tally) -> list[str]:
    """Kinds of blanks that stand there, in order."""
    # Among codes, "cannot tell" is a line of its own.
    hidden = {"not_codable"} if is_of_asked(tally) else set()
    return [key for key in blanks_shown(tally) if key not in hidden]


def _everybody(tally: Tally) -> Table:
    """The row of all with its intervals."""
    everyone = tally.groups[-1]
    kept = results_shown(tally, everyone.results)
    by_code = is_of_asked(tally)
    rows: list[tuple[Cell, ...]] = [
        (
            label_on_page(tally, cell),
            cell.n,
            cell.of_asked.share,
            *(() if by_code else (cell.of_codable.share if has_share(tally, cell) else None,)),
            range_words(share_shown(tally, cell)) if has_share(tally, cell) else "–",
        )
        for cell in kept
    ]
    blanks = "".join(
        f", {everyone.blanks[key]} {tally.blank_labels[key]}"
        for key in blanks_on_page(tally)
        if everyone.blanks.get(key)
    )
    grain = "" if tally.grain == "rollup" else f" {GRAINS[tally.grain]}"
    codable = "" if by_code else f", {everyone.codable} codable"
    mean = "" if everyone.mean is None else f", mean {everyone.mean:.2f}"
    return Table(
        name=f"{table_name(tally)}_all",
        title=f"{tally.code_set.id}: all {everyone.n} {tally.row}s{grain}"
        f" ({everyone.asked} asked{codable}{blanks}{mean})",
        columns=(
            Column("result", "Result"),
            Column("count", "n", "count"),
            Column("of_asked", "% of asked", "percent"),
            *(() if by_code else (Column("of_codable", "% of codable", "percent"),)),
            Column("interval", "95 % interval"),
        ),
        rows=tuple(rows),
        notes=tuple(_notes_on_everybody(tally, kept)),
    )


def _notes_on_everybody(tally: Tally, kept: Sequence[Result]) -> Iterator[str]:
    yield sources(tally)
    kept = [cell for cell in kept if has_share(tally, cell)]
    shares = [share_shown(tally, cell) for cell in kept]
    methods = dict.fromkeys(share.interval for share in shares if share.low is not None)
    if methods:
        yield f"Interval of the % of {basis(tally)}: {'; '.join(methods)}."
    reasons: dict[str, list[str]] = {}
    for cell, share in zip(kept, shares, strict=True):
        if share.why_no_interval:
            reasons.setdefault(why(share), []).append(cell.label)
    for reason, labels in reasons.items():
        yield f"No interval for {', '.join(labels)}: {reason}."
    left_out = [
        cell.label for cell in tally.groups[-1].results if cell not in results_shown(tally, [cell])
    ]
    if left_out:
        where = "Of nobody" if tally.row == "person-year" else f"On no {tally.row}"
        yield f"{where}: {', '.join(left_out)}."
    yield from tally.notes


def results_shown(tally: Tally, cells: Sequence[Result]) -> list[Result]:
    """Of many codes only those that occur in some group; else every result."""
    many = tally.grain == "code" or tally.code_set.rollup.rule in MANY_VALUED
    if not many or tally.grain == "valence":
        return list(cells)
    used = {cell.key for cell in tally.groups[-1].results if cell.n}
    return [cell for cell in cells if cell.key in used]


def label_on_page(tally: Tally, cell: Result) -> str:
    """The label with a dot for each level above it; a category has a mark of its own.

    Dots, because white space at the beginning of a cell is not kept.
    """
    mark = "\u25be " if cell.key in tally.categories else ""
    return f"{'· ' * tally.depths.get(cell.key, 0)}{mark}{cell.label}"


def is_of_asked(tally: Tally) -> bool:
    """Whether shares are of all that were asked, not of those that could be coded."""
    return tally.grain == "code" and not usable_first(tally.code_set, tally.row)


def basis(tally: Tally) -> str:
    """What shares are of, in a word."""
    return "asked" if is_of_asked(tally) else "codable"


def share_shown(tally: Tally, cell: Result) -> Share:
    """The share that leads."""
    return cell.of_asked if is_of_asked(tally) else cell.of_codable


def has_share(tally: Tally, cell: Result) -> bool:
    """Whether a result is among what shares are taken of: "cannot tell" is not."""
    code = tally.code_set.code(cell.key)
    return is_of_asked(tally) or tally.grain != "code" or code is None or code.codable


def _count_and_share(tally: Tally, cell: Result) -> str:
    """``2 (67%)``, rounded half up from the counts themselves; no share of nobody."""
    n, share = cell.n, share_shown(tally, cell)
    if not share.denominator or not has_share(tally, cell):
        return str(n)
    percent = (200 * share.numerator + share.denominator) // (2 * share.denominator)
    return f"{n} ({percent}%)"


def range_words(share: Share) -> str:
    """An interval, or a dash."""
    if share.low is None or share.high is None:
        return "–"
    return f"{share.low:.1%} to {share.high:.1%}"
