"""Answers that are sets of codes, counted by combination."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coder.errors import UsageError
from coder.stats.arrays import BoolArray, IntArray, read_only
from coder.stats.labels import checked_codes, cluster_index, name_of_set, unique_names
from coder.stats.pair_tables import PairTables
from coder.stats.rating_counts import RatingCounts


@dataclass(frozen=True, eq=False)
class SetCounts:
    """How many units of each transcript got each combination of sets of codes.

    A missing answer and the empty set are two things: the first is no rating, the second says that
    no code applies. Units without any answer are dropped.

    Args:
        clusters: G names of transcripts.
        coders: m names.
        codes: K declared codes.
        membership: (q, K) which codes each of the q different sets holds.
        answers: (R, m) the set that each coder gave, as a number; -1 is missing.
        cluster: (R,) the transcript, as a number.
        times: (R,) units of this transcript with these answers.
    """

    clusters: tuple[str, ...]
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    membership: BoolArray
    answers: IntArray
    cluster: IntArray
    times: IntArray

    def __post_init__(self) -> None:
        unique_names("cluster", self.clusters)
        unique_names("coder", self.coders)
        unique_names("code", self.codes)
        held = np.array(self.membership, dtype=np.bool_)
        held.flags.writeable = False
        answers, cluster = read_only(self.answers), read_only(self.cluster)
        times = read_only(self.times)
        rows = times.size
        if held.ndim != 2 or held.shape[1] != len(self.codes):
            raise ValueError(f"membership of shape {held.shape} for {len(self.codes)} codes")
        if len(np.unique(held, axis=0)) != len(held):
            raise ValueError("a set is held twice")
        if answers.shape != (rows, len(self.coders)) or cluster.shape != (rows,):
            raise ValueError("answers, transcripts and counts do not fit")
        if rows and not (-1 <= int(answers.min()) <= int(answers.max()) < len(held)):
            raise ValueError(f"an answer is outside the {len(held)} sets")
        if rows and not (0 <= int(cluster.min()) <= int(cluster.max()) < len(self.clusters)):
            raise ValueError(f"a transcript is outside the {len(self.clusters)} named")
        if rows and int(times.min()) < 0:
            raise ValueError("a count of units cannot be negative")
        for name, value in (
            ("membership", held),
            ("answers", answers),
            ("cluster", cluster),
            ("times", times),
        ):
            object.__setattr__(self, name, value)

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[tuple[str, str, str, Iterable[str]]],
        codes: Sequence[str] | None = None,
        coders: Sequence[str] | None = None,
        *,
        complete_only: bool = False,
    ) -> SetCounts:
        """Count rows of (transcript, coder, unit, codes): one row per coder and unit.

        Args:
            rows: A unit belongs to its transcript: the same label in two transcripts is two units.
                No row means that the coder did not finish the unit; no codes, that none applies.
            codes: The declared codes; by default those that occur, sorted.
            coders: All coders; by default those that occur, in order of appearance.
            complete_only: Keep only units that every coder finished.

        Raises:
            UsageError: A coder has two rows for a unit, or a code or coder was not declared.
        """
        units: dict[tuple[str, str], dict[str, Iterable[str]]] = {}
        for transcript, coder, unit, held in rows:
            answers = units.setdefault((transcript, unit), {})
            if coder in answers:
                raise UsageError(f"{coder} coded unit {unit} of {transcript} twice")
            answers[coder] = held
        profiles = ((transcript, answers, 1) for (transcript, _), answers in units.items())
        return cls.from_profiles(profiles, codes, coders, complete_only=complete_only)

    @classmethod
    def from_profiles(
        cls,
        profiles: Iterable[tuple[str, Mapping[str, Iterable[str]], int]],
        codes: Sequence[str] | None = None,
        coders: Sequence[str] | None = None,
        *,
        complete_only: bool = False,
    ) -> SetCounts:
        """Count (transcript, set of each coder, number of units): what a group-by returns.

        Arguments and errors as for `from_rows`; a coder who is not in a profile did not finish
        those units.
        """
        table = [(name, dict(by), n) for name, by, n in profiles]
        names = tuple(coders or dict.fromkeys(coder for _, by, _ in table for coder in by))
        place = {coder: row for row, coder in enumerate(unique_names("coder", names))}
        numbers: dict[frozenset[str], int] = {}
        columns = np.full((len(names), len(table)), -1, dtype=np.int64)
        for column, (_, by, _) in enumerate(table):
            for coder, answer in by.items():
                if coder not in place:
                    raise UsageError(f"coder {coder} is not among {', '.join(names)}")
                number = numbers.setdefault(frozenset(answer), len(numbers))
                columns[place[coder], column] = number
        return cls.from_sets(
            list(numbers),
            columns,
            [name for name, _, _ in table],
            codes,
            names,
            times=[n for _, _, n in table],
            complete_only=complete_only,
        )

    @classmethod
    def from_sets(
        cls,
        sets: Sequence[Iterable[str]],
        ratings: ArrayLike,
        cluster: ArrayLike | None,
        codes: Sequence[str] | None = None,
        coders: Sequence[str] | None = None,
        *,
        times: ArrayLike | None = None,
        clusters: Sequence[str] | None = None,
        complete_only: bool = False,
    ) -> SetCounts:
        """Count a matrix of numbers that stand for sets, the fast way for many units.

        Args:
            sets: The sets that the numbers stand for; one may come twice.
            ratings: (m, N) positions in `sets` by coder and unit; negative is missing.
            cluster: The transcript of every unit, as in `RatingCounts.from_matrix`.
            codes: The declared codes; by default those that occur, sorted.
            coders: m names; by default "coder 1" and so on.
            times: (N,) how many units each column stands for; by default one.
            clusters: Names of the transcripts.
            complete_only: Keep only units that every coder finished.
        """
        given = [frozenset(held) for held in sets]
        occurring = {code for held in given for code in held}
        declared = unique_names("code", sorted(occurring) if codes is None else codes)
        if "" in occurring:
            raise UsageError("a code has no name")
        unknown = occurring.difference(declared)
        if unknown:
            raise UsageError(f"{min(unknown)} is not one of the codes {', '.join(declared)}")
        matrix = checked_codes(ratings, len(given), "ratings")
        if matrix.ndim != 2:
            raise ValueError(f"ratings of shape {matrix.shape}; expected coders by units")
        m, units = matrix.shape
        index, labels = cluster_index(cluster, units, clusters)
        weights = np.ones(units, dtype=np.int64) if times is None else read_only(times)
        if weights.shape != (units,):
            raise ValueError(f"{weights.size} counts for {units} units")
        different = sorted(set(given), key=lambda held: (len(held), sorted(held)))
        number = {held: position for position, held in enumerate(different)}
        # One more, which -1 finds from the end: missing stays missing.
        lookup = np.array([*(number[held] for held in given), -1], dtype=np.int64)
        renamed = lookup[np.maximum(matrix, -1)]
        needed = m if complete_only else 1
        kept = (renamed >= 0).sum(axis=0) >= needed
        answers, index, added = _added_up(renamed[:, kept].T, index[kept], weights[kept])
        membership = np.array([[code in held for code in declared] for held in different])
        return cls(
            labels,
            tuple(coders or (f"coder {i + 1}" for i in range(m))),
            declared,
            membership.reshape(len(different), len(declared)),
            answers,
            index,
            added,
        )

    @property
    def pairable(self) -> BoolArray:
        """Which rows (R,) have two answers or more."""
        mask: BoolArray = (self.answers >= 0).sum(axis=1) >= 2
        return mask

    @property
    def units_by_cluster(self) -> IntArray:
        """Units with two answers or more, (G,), per transcript."""
        kept = self.pairable
        summed = np.bincount(
            self.cluster[kept], weights=self.times[kept], minlength=len(self.clusters)
        )
        return summed.astype(np.int64)

    @property
    def units(self) -> int:
        """Units with two answers or more."""
        return int(self.times[self.pairable].sum())

    @property
    def answers_by_coder(self) -> IntArray:
        """How often each coder gave each set, (m, q)."""
        q = len(self.membership)
        counted = np.zeros((len(self.coders), q), dtype=np.int64)
        for row, column in zip(counted, self.answers.T, strict=True):
            has = column >= 0
            row += np.bincount(column[has], self.times[has], minlength=q).astype(np.int64)
        return counted

    def codes_of(self, number: int) -> tuple[str, ...]:
        """The codes of a set, by its number."""
        return tuple(self.codes[k] for k in np.flatnonzero(self.membership[number]))

    def as_ratings(self) -> RatingCounts:
        """The different sets as plain categories, by name, for whatever knows only those.

        Caution: patterns times sets must fit into memory; with thousands of sets they may not.
        """
        names = [name_of_set(self.codes_of(number)) for number in range(len(self.membership))]
        return self._expanded(self.answers, names)

    def of_code(self, code: str) -> RatingCounts:
        """One code against the rest for all coders: whether each answer holds it, yes first."""
        return self._expanded(self._without_code(code), (code, f"not {code}"))

    def pair_of_code(self, code: str, coders: tuple[str, str]) -> PairTables:
        """The same for two coders: what per-code kappas and the pooled kappa are made of."""
        for name in coders:
            if name not in self.coders:
                raise UsageError(f"there is no coder {name}", ", ".join(self.coders))
        first, second = (
            np.repeat(self._without_code(code)[:, self.coders.index(name)], self.times)
            for name in coders
        )
        index = np.repeat(self.cluster, self.times)
        return PairTables.from_codes(
            first, second, index, (code, f"not {code}"), clusters=self.clusters
        )

    def _without_code(self, code: str) -> IntArray:
        """0 where the answer holds the code, 1 where it does not, -1 where there is none."""
        if code not in self.codes:
            raise UsageError(f"there is no code {code}", ", ".join(self.codes))
        held = self.membership[:, self.codes.index(code)]
        return np.where(self.answers < 0, -1, 1 - held[self.answers].astype(np.int64))

    def _expanded(self, answers: IntArray, categories: Sequence[str]) -> RatingCounts:
        return RatingCounts.from_matrix(
            np.repeat(answers, self.times, axis=0).T,
            np.repeat(self.cluster, self.times),
            categories,
            self.coders,
            clusters=self.clusters,
        )


def _added_up(
    answers: IntArray, cluster: IntArray, times: IntArray
) -> tuple[IntArray, IntArray, IntArray]:
    """Each combination of transcript and answers once, with its units added up."""
    if not times.size:
        return answers, cluster, times
    key = cluster
    base = int(answers.max()) + 2
    for column in answers.T:
        # Made small again after each coder: (q + 1)^m would not fit into a number.
        _, key = np.unique(key * base + column + 1, return_inverse=True)
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    added = np.bincount(which, weights=times).astype(np.int64)
    return answers[first], cluster[first], added
