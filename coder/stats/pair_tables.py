"""Two coders: one contingency table per transcript."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from coder.stats.arrays import IntArray, read_only
from coder.stats.joint_counts import joint_counts
from coder.stats.labels import (
    category_positions,
    check_whole,
    checked_codes,
    cluster_index,
    collapse_matrix,
    unique_names,
)


@dataclass(frozen=True, eq=False)
class PairTables:
    """How often two coders put a unit into each pair of categories, transcript by transcript.

    Everything a two-coder coefficient, its jackknife and its bootstrap need: tables add up, so
    leaving out a transcript is a subtraction.

    Args:
        clusters: G names of transcripts (or whatever the units are nested in).
        categories: q declared categories, also those nobody used.
        tables: (G, q, q) counts; [g, i, j] units of transcript g that coder A put into category i
            and coder B into category j. Units that one of the two did not finish are not in it.
    """

    clusters: tuple[str, ...]
    categories: tuple[str, ...]
    tables: IntArray

    def __post_init__(self) -> None:
        unique_names("cluster", self.clusters)
        unique_names("category", self.categories)
        q = len(self.categories)
        if np.shape(self.tables) != (len(self.clusters), q, q):
            raise ValueError(
                f"tables of shape {np.shape(self.tables)} for {len(self.clusters)} clusters "
                f"and {q} categories"
            )
        held = read_only(self.tables)
        if held.size and int(held.min()) < 0:
            raise ValueError("a count of units cannot be negative")
        object.__setattr__(self, "tables", held)

    @classmethod
    def from_codes(
        cls,
        a: ArrayLike,
        b: ArrayLike,
        cluster: ArrayLike | None,
        categories: Sequence[str],
        *,
        clusters: Sequence[str] | None = None,
    ) -> PairTables:
        """Count units from the two coders' codes.

        Args:
            a: Coder A's category of every unit, 0 to q-1; negative where A did not finish the unit.
            b: The same for coder B. Units that one of them did not finish are left out.
            cluster: The transcript of every unit: whole numbers or names; None for a single one.
            categories: The declared categories.
            clusters: Names of the transcripts, if `cluster` holds positions or if their order
                matters.
        """
        q = len(categories)
        first, second = np.asarray(a), np.asarray(b)
        for codes, whose in ((first, "coder A"), (second, "coder B")):
            check_whole(codes, whose)
        if first.ndim != 1 or first.shape != second.shape:
            raise ValueError(f"codes of shape {first.shape} and {second.shape} do not pair up")
        index, names = cluster_index(cluster, first.size, clusters)
        # A single transcript needs no side of its own.
        sides, sizes = [first, second], [q, q]
        if len(names) > 1:
            sides, sizes = [index, *sides], [len(names), *sizes]
        counted = joint_counts(sides, sizes)
        if counted is None:
            # Somebody did not finish a unit, or a code is not declared, which is refused here.
            of_a, of_b = checked_codes(first, q, "coder A"), checked_codes(second, q, "coder B")
            both = (of_a >= 0) & (of_b >= 0)
            counted = joint_counts([side[both] for side in sides], sizes)
            assert counted is not None
        return cls(names, tuple(categories), counted.reshape(len(names), q, q))

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[tuple[str, str, str, int]],
        categories: Sequence[str],
        *,
        clusters: Sequence[str] | None = None,
    ) -> PairTables:
        """Add up rows of (transcript, coder A's code, coder B's code, number of units).

        This is what a database's group-by returns. Rows of the same cell are added. Transcripts
        come in the order of `clusters`, else of first appearance.
        """
        names = list(clusters or ())
        place = {name: position for position, name in enumerate(names)}
        code = {name: position for position, name in enumerate(categories)}
        cells: dict[tuple[int, int, int], int] = {}
        for cluster, code_a, code_b, n in rows:
            for label in (code_a, code_b):
                if label not in code:
                    raise ValueError(f"{label!r} is not one of the declared categories")
            if cluster not in place:
                if clusters is not None:
                    raise ValueError(f"cluster {cluster!r} is not among the named clusters")
                place[cluster] = len(names)
                names.append(cluster)
            cell = (place[cluster], code[code_a], code[code_b])
            cells[cell] = cells.get(cell, 0) + n
        q = len(categories)
        tables = np.zeros((len(names), q, q), dtype=np.int64)
        for cell, n in cells.items():
            tables[cell] = n
        return cls(tuple(names), tuple(categories), tables)

    @property
    def total(self) -> IntArray:
        """The table (q, q) over all transcripts."""
        summed: IntArray = self.tables.sum(axis=0)
        return summed

    @property
    def units(self) -> int:
        """Units that both coders finished."""
        return int(self.tables.sum())

    @property
    def units_by_cluster(self) -> IntArray:
        """Units that both coders finished, (G,), per transcript."""
        per_cluster: IntArray = self.tables.sum(axis=(1, 2))
        return per_cluster

    def merged(self, other: PairTables) -> PairTables:
        """Both together: counts of transcripts with the same name are added."""
        if set(other.categories) != set(self.categories):
            raise ValueError("tables over different categories cannot be merged")
        order = category_positions(other.categories, self.categories)
        theirs = other.tables[:, order][:, :, order]
        names = tuple(dict.fromkeys((*self.clusters, *other.clusters)))
        q = len(self.categories)
        tables = np.zeros((len(names), q, q), dtype=np.int64)
        tables[: len(self.clusters)] = self.tables
        place = {name: position for position, name in enumerate(names)}
        tables[[place[name] for name in other.clusters]] += theirs
        return PairTables(names, self.categories, tables)

    def collapsed(self, mapping: Mapping[str, str]) -> PairTables:
        """The same units in coarser categories; `mapping` names the coarser one of each."""
        matrix, coarser = collapse_matrix(self.categories, mapping)
        return PairTables(self.clusters, coarser, matrix.T @ self.tables @ matrix)

    def binary(self, category: str) -> PairTables:
        """One category against all others, as yes (first) and no (second)."""
        category_positions(self.categories, [category])
        other = f"not {category}"
        matrix = np.array(
            [[int(name == category), int(name != category)] for name in self.categories]
        )
        return PairTables(self.clusters, (category, other), matrix.T @ self.tables @ matrix)

    def only(self, categories: Sequence[str]) -> PairTables:
        """Units for which both coders chose one of these categories (where both applied a code)."""
        kept = category_positions(self.categories, categories)
        return PairTables(self.clusters, tuple(categories), self.tables[:, kept][:, :, kept])

    def without(self, cluster: str) -> PairTables:
        """All transcripts but this one."""
        if cluster not in self.clusters:
            raise ValueError(f"there is no cluster {cluster!r}")
        left = [position for position, name in enumerate(self.clusters) if name != cluster]
        names = tuple(self.clusters[position] for position in left)
        return PairTables(names, self.categories, self.tables[left])

    def swapped(self) -> PairTables:
        """The same tables with the two coders changed over."""
        return PairTables(self.clusters, self.categories, self.tables.transpose(0, 2, 1))


def tables_of_all_pairs(
    ratings: ArrayLike,
    cluster: ArrayLike | None,
    categories: Sequence[str],
    coders: Sequence[str],
    *,
    clusters: Sequence[str] | None = None,
) -> dict[tuple[str, str], PairTables]:
    """One `PairTables` for every pair of coders, each over the units that both finished.

    Args:
        ratings: (m, N) categories 0 to q-1 by coder and unit; negative is missing.
        cluster: The transcript of every unit.
        categories: The declared categories.
        coders: m names.
        clusters: Names of the transcripts, as in `PairTables.from_codes`.
    """
    matrix = np.asarray(ratings)
    names = unique_names("coder", coders)
    if matrix.ndim != 2 or matrix.shape[0] != len(names):
        raise ValueError(f"ratings of shape {matrix.shape} for {len(names)} coders")
    # Resolved once over all units, so that every pair has the same transcripts in the same order.
    index, labels = cluster_index(cluster, matrix.shape[1], clusters)
    return {
        (names[i], names[j]): PairTables.from_codes(
            matrix[i], matrix[j], index, categories, clusters=labels
        )
        for i, j in combinations(range(len(names)), 2)
    }
