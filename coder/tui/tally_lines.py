"""A tally as lines for a screen: numbers, bars, and which number of the tally each line is.

No Textual here, and no study.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coder.ops.groups import Group, Result
from coder.ops.tally_excerpts import TallyCell
from coder.ops.tally_pages import (
    basis,
    blanks_on_page,
    has_share,
    is_of_asked,
    label_on_page,
    results_shown,
    share_shown,
)
from coder.ops.tally_tables import GRAINS, group_name, sources, why
from coder.ops.tallying import NOTE_WORDS, SMALL_CELL, Grain, Tally
from coder.tui.comparison import Figure

GRAIN_WORDS: dict[Grain, str] = {
    "rollup": "people",
    "valence": "excerpts by valence",
    "code": "excerpts by code",
}
SMALL_SIGN = "!"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the screen."""

    figure: Figure
    cell: TallyCell | None = None
    """The number it shows; None for a heading."""
    words: str = ""
    """The number in words, as a heading of what is behind it."""


def lines_of(tally: Tally) -> list[Line]:
    """Every group of a tally, the line of all last."""
    width = max(len(str(group.n)) for group in tally.groups)
    found: list[Line] = []
    for group in tally.groups:
        if found:
            found.append(Line(Figure("", "", is_quiet=True)))
        found += _group(tally, group, width)
    shown = {one.key for one in results_shown(tally, tally.groups[-1].results)}
    left_out = [one.label for one in tally.groups[-1].results if one.key not in shown]
    if left_out:
        where = "of nobody" if tally.row == "person-year" else f"on no {tally.row}"
        words = f"{where}: {', '.join(left_out)}"
        found.append(Line(Figure(words, "", about=words, is_quiet=True)))
    return found


def is_small(group: Group) -> bool:
    """Whether a group is of so few people that it could point to one of them."""
    return 0 < group.people < SMALL_CELL


def _group(tally: Tally, group: Group, width: int) -> Iterator[Line]:
    name = group_name(tally, group) if tally.by else "all"
    people = f"{group.people} {'person' if group.people == 1 else 'people'}"
    small = f" {SMALL_SIGN}" if is_small(group) else ""
    head = f"{name}, {people}{small}" if group.people else name
    base = basis(tally)
    yield Line(Figure(head, f"% of {base} [95 %]", f"{'n':>{width}} {base}", is_head=True))
    place = group.values if tally.by and group.values else None
    for result in results_shown(tally, tally.groups[-1].results):
        one = next(cell for cell in group.results if cell.key == result.key)
        cell = TallyCell("result", one.key, place)
        figure = _figure(tally, group, one, width)
        yield Line(
            figure, cell, f"{one.label}: {one.n} {_nouns(tally, one.n)}{_where(name, tally)}"
        )
    if group.mean is not None:
        yield Line(Figure("mean", f"{group.mean:.2f}", about=f"mean {group.mean:.2f}"))
    for key in blanks_on_page(tally):
        label, n = tally.blank_labels[key], group.blanks.get(key, 0)
        yield _plain(tally, label, n, TallyCell("blank", key, place), width, name)
    if not is_of_asked(tally):
        yield _plain(tally, "codable", group.codable, TallyCell("codable", "", place), width, name)
    yield _plain(tally, "asked", group.asked, TallyCell("asked", "", place), width, name)
    yield _plain(tally, "all", group.n, TallyCell("all", "", place), width, name)


def _plain(tally: Tally, label: str, n: int, cell: TallyCell, width: int, name: str) -> Line:
    words = f"{label}: {n} {_nouns(tally, n)}{_where(name, tally)}"
    return Line(Figure(label, "", f"{n:>{width}}".ljust(_counts(tally, width)), about=words), cell,
                words)  # fmt: skip


def _counts(tally: Tally, width: int) -> int:
    """Columns of the counts: a number, and what it is of."""
    return max(2 * width + 4, width + 1 + len(basis(tally)))


def _figure(tally: Tally, group: Group, one: Result, width: int) -> Figure:
    label, room = label_on_page(tally, one), _counts(tally, width)
    share = share_shown(tally, one)
    if not has_share(tally, one) or share.share is None:
        about = f"{one.label}: {one.n} {_nouns(tally, one.n)}, no share of {basis(tally)}"
        return Figure(label, "", f"{one.n:>{width}}".ljust(room), about=about, code=one.key)
    counts = f"{one.n:>{width}} of {share.denominator:>{width}}".ljust(room)
    percent = f"{share.share:.1%}"
    has_ends = share.low is not None and share.high is not None
    ends = f" [{share.low:.0%}, {share.high:.0%}]" if has_ends else ""
    how = share.interval if has_ends else f"no interval, {why(share)}"
    return Figure(
        label,
        f"{percent:>6}{ends}",
        counts,
        share.share,
        share.low,
        share.high,
        about=f"{one.label}: {one.n} of {share.denominator} {basis(tally)}, {percent}{ends}; {how}",
        code=one.key,
    )


def _nouns(tally: Tally, n: int) -> str:
    return tally.row if n == 1 else f"{tally.row}s"


def _where(name: str, tally: Tally) -> str:
    return f", {name}" if tally.by else ""


def notes_of(tally: Tally) -> list[str]:
    """What to know before believing a number, the rule about words apart."""
    return [sources(tally), *(note for note in tally.notes if note != NOTE_WORDS)]


def title_of(tally: Tally) -> str:
    """What is counted: ``excerpts by code, by role``."""
    words = GRAIN_WORDS[tally.grain] if tally.row in ("excerpt", "person-year") else ""
    words = words or f"{tally.row}s {GRAINS[tally.grain]}"
    return f"{words}, by {' and '.join(tally.by)}" if tally.by else words


def group_heads(lines: Sequence[Line]) -> list[int]:
    """Places of the headings."""
    return [place for place, line in enumerate(lines) if line.figure.is_head]
