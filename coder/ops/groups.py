"""Counting rows that belong together: denominators, blanks, and shares with their intervals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.ops.rolling import PersonYear, Reader

if TYPE_CHECKING:
    from coder.stats import Share

OUTSIDE_ASKED = frozenset({"no_data", "incomplete", "unresolved", "review"})


@dataclass(frozen=True, slots=True)
class Result:
    """One result in one group."""

    key: str
    label: str
    n: int
    of_asked: Share
    of_codable: Share


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a tally: everybody (or every excerpt) with the same attributes."""

    values: tuple[str, ...]
    """One per grouping attribute; empty for the row of all."""
    n: int
    """Everybody in the row."""
    asked: int
    """n less no data, incomplete, unresolved and ties for review."""
    codable: int
    """Asked less not codable."""
    people: int
    """Different people in the row."""
    units: int
    """Excerpts that the row's values rest on."""
    mean: float | None
    """Of the person-years' means, for the roll-up ``mean``; else None."""
    results: tuple[Result, ...]
    blanks: Mapping[str, int]
    """Rows without a value, by kind of blank."""


@dataclass(frozen=True, slots=True)
class Row:
    """One countable thing (or several alike) with its result and where it belongs."""

    person: PersonYear
    transcript: str
    found: tuple[str, ...]
    """Result keys; several where a unit or person can have more than one code."""
    blank: str
    n: int
    number: float | None = None
    units: int = 0
    record: str = ""
    """Reference, where the row is a record."""


def grouped(
    reader: Reader,
    values: tuple[str, ...],
    rows: Sequence[Row],
    labels: Mapping[str, str],
    row: str,
) -> Group:
    """Count rows that belong together.

    Args:
        reader: Knows what the rows are nested in.
        values: What the rows have for the grouping attributes.
        rows: The rows.
        labels: Result keys with their display names.
        row: ``person-year``, ``excerpt``, or what a record is.
    """
    cluster = reader.cluster_of(
        ((one.person, one.transcript, one.record) for one in rows), people=row == "person-year"
    )
    blanks: Counter[str] = Counter()
    asked, codable = _Base(), _Base()
    for number, one in enumerate(rows):
        if one.blank:
            blanks[one.blank] += one.n
        if one.blank in OUTSIDE_ASKED:
            continue
        where = reader.value(one.person, one.transcript, cluster, one.record) or f"row {number}"
        asked.add(where, one)
        if one.blank != "not_codable":
            codable.add(where, one)
    noun = {"participant": "person", "record": row}.get(cluster, cluster)
    numbers = [one.number for one in rows if one.number is not None]
    return Group(
        values=values,
        n=sum(one.n for one in rows),
        asked=asked.total,
        codable=codable.total,
        people=len({one.person[0] for one in rows if one.person[0]}),
        units=sum(one.units for one in rows),
        mean=sum(numbers) / len(numbers) if numbers else None,
        results=tuple(
            Result(
                key,
                label,
                sum(asked.hits[key].values()),
                asked.share(key, row, noun),
                codable.share(key, row, noun),
            )
            for key, label in labels.items()
        ),
        blanks=dict(blanks),
    )


class _Base:
    """What shares are taken of: rows and results per cluster."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()
        self.hits: defaultdict[str, Counter[str]] = defaultdict(Counter)

    @property
    def total(self) -> int:
        return sum(self.rows.values())

    def add(self, cluster: str, one: Row) -> None:
        self.rows[cluster] += one.n
        for result in one.found:
            self.hits[result][cluster] += one.n

    def share(self, result: str, row: str, noun: str) -> Share:
        from coder.stats import share

        names = list(self.rows)
        hits = self.hits[result]
        return share(
            [hits[name] for name in names],
            [self.rows[name] for name in names],
            names,
            row=row,
            cluster=noun,
        )
