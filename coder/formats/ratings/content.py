"""What a file of ratings holds, column by column, before anything is counted.

Three kinds, by what the file tells: answers of coders to units, spans in documents, or tables that
another program has already counted. Files with nothing but finished figures are not read: nobody
could recompute those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    IntColumn = NDArray[np.int64]

NOTHING_APPLIED = -1
"""In `Ratings.code`: the coder finished the unit and put no code on it."""

Noun = Literal["transcript", "document", "cluster", "person", "record"]
"""What units are nested in, as a report calls it."""


@dataclass(frozen=True, eq=False)
class Ratings:
    """The answers of all coders to one question asked of every unit.

    One row is one code that one coder put on one unit, or the statement that none applies. A coder
    without a row for a unit did not rate it. R rows, U units, m coders, q codes, G clusters.

    Args:
        name: Of the code set or variable; empty where the file has only one.
        units: U names, as written, in the order of the file; may decode them one by one.
        coders: m names.
        codes: q codes as written, in the order in which they are to be shown.
        unit: (R,) the unit, as a position.
        coder: (R,) the coder, as a position.
        code: (R,) the code, as a position; `NOTHING_APPLIED` where none applies.
        row: (R,) the row of the file, as a spreadsheet program counts, for complaints.
        sets: Whether an answer is a set of codes: several rows of one coder for one unit are then
            one answer. Otherwise the reader has refused a second row.
        clusters: G names of what the units are nested in; empty where the file does not say.
        cluster: (U,) the cluster of every unit, as a position; None where the file does not say.
        noun: What a cluster is called.
    """

    name: str
    units: Sequence[str]
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    unit: IntColumn
    coder: IntColumn
    code: IntColumn
    row: IntColumn
    sets: bool = False
    clusters: tuple[str, ...] = ()
    cluster: IntColumn | None = None
    noun: Noun = "cluster"


@dataclass(frozen=True, eq=False)
class MarkedSpans:
    """Free spans of text that coders marked with codes.

    n spans, D documents, m coders, q codes.

    Args:
        documents: D names.
        lengths: D lengths in characters (or what the file measures in), in the same order.
        coders: m names.
        present: For every document the coders who coded it, with or without marking anything.
        codes: q codes.
        document: (n,) positions.
        coder: (n,) positions.
        code: (n,) positions.
        start: (n,) first place, from 0.
        stop: (n,) first place behind it.
        row: (n,) the row of the file.
    """

    documents: tuple[str, ...]
    lengths: tuple[int, ...]
    coders: tuple[str, ...]
    present: tuple[frozenset[str], ...]
    codes: tuple[str, ...]
    document: IntColumn
    coder: IntColumn
    code: IntColumn
    start: IntColumn
    stop: IntColumn
    row: IntColumn


@dataclass(frozen=True, eq=False)
class CountedPairs:
    """How often two coders agreed that a code applies, counted by another program.

    G clusters, K codes.

    Args:
        coders: The two coders.
        codes: K codes, each against its absence.
        clusters: G names, such as the files that were coded.
        noun: What a cluster is called.
        measured_in: What was counted, in the plural: characters, units.
        tables: (G, K, 2, 2) counts; [g, k] is [[both, only the first], [only the second, neither]].
    """

    coders: tuple[str, str]
    codes: tuple[str, ...]
    clusters: tuple[str, ...]
    noun: Noun
    measured_in: str
    tables: IntColumn


@dataclass(frozen=True, eq=False)
class RatingsFile:
    """Everything that was read, and what was made of it.

    Args:
        files: The files, as the user named them, made printable.
        shape: What was recognised, one plain clause: "wide: a row per unit, a column per coder".
        content: The ratings, one for each code set or variable; or spans; or counts.
        notes: What was assumed, ignored or looks wrong, one plain sentence each.
    """

    files: tuple[str, ...]
    shape: str
    content: tuple[Ratings, ...] | MarkedSpans | CountedPairs
    notes: tuple[str, ...] = ()
