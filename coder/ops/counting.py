"""Answers counted as categories: the step from profiles to the tables of statistics.

A large study holds many profiles and few different answers. So answers are numbered once, and a
comparison gives each different answer its category; the rest is array arithmetic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from coder.model import Status
from coder.store.read_models import Answer, Profile

if TYPE_CHECKING:
    from coder.stats import PairTables, RatingCounts

NOT_APPLICABLE = "not_applicable"

Label = Callable[[Answer], str | None]
"""The category of an answer at some level, or None for an answer that is left out."""

_Key = tuple[Status, frozenset[str]]


class _Numbers:
    """A number for every different answer, whoever gave it."""

    def __init__(self) -> None:
        self._of: dict[_Key, int] = {}
        self.answers: list[Answer] = []

    def of(self, answer: Answer) -> int:
        key = (answer.status, answer.codes)
        number = self._of.get(key)
        if number is None:
            number = self._of[key] = len(self.answers)
            self.answers.append(answer)
        return number


class AnswerPairs:
    """How often two coders gave which two answers, transcript by transcript.

    Args:
        profiles: Units with their answers; those that one of the two did not finish, or that
            both marked not applicable, are left out.
        pair: Aliases of the two.
    """

    def __init__(self, profiles: Sequence[Profile], pair: tuple[str, str]) -> None:
        import numpy as np

        numbers = _Numbers()
        cells: Counter[tuple[str, int, int]] = Counter()
        for profile in profiles:
            said = {answer.coder: answer for answer in profile.answers}
            if pair[0] not in said or pair[1] not in said:
                continue
            first, second = said[pair[0]], said[pair[1]]
            if first.status == second.status == NOT_APPLICABLE:
                continue
            cells[profile.cluster, numbers.of(first), numbers.of(second)] += profile.units
        self._answers = numbers.answers
        self._clusters = tuple(sorted({transcript for transcript, _, _ in cells}))
        place = {name: number for number, name in enumerate(self._clusters)}
        rows = [(place[cluster], a, b, n) for (cluster, a, b), n in cells.items()]
        self._cells = np.array(rows, dtype=np.int64).reshape(-1, 4)

    def tables(self, label: Label, declared: Sequence[str]) -> PairTables:
        """The contingency tables at one level.

        Args:
            label: The category of an answer.
            declared: Categories that are there even if nobody used them; what else was used in
                a compared unit, such as ``nothing``, is added.
        """
        import numpy as np

        from coder.stats import PairTables

        labels = [label(answer) for answer in self._answers]
        left_out = np.array([name is None for name in labels], dtype=np.bool_)
        kept = self._cells
        if left_out.any():
            kept = kept[~(left_out[kept[:, 1]] | left_out[kept[:, 2]])]
        used = {labels[number] for number in np.unique(kept[:, 1:3])}
        categories = _with_blanks(declared, used)
        q, g = len(categories), len(self._clusters)
        place = np.array(_positions(labels, categories), dtype=np.int64)
        cell = (kept[:, 0] * q + place[kept[:, 1]]) * q + place[kept[:, 2]]
        counts = np.bincount(cell, weights=kept[:, 3], minlength=g * q * q)
        tables = counts.astype(np.int64).reshape(g, q, q)
        present = np.flatnonzero(tables.sum(axis=(1, 2)))
        names = tuple(self._clusters[number] for number in present)
        return PairTables(names, tuple(categories), tables[present])


def rating_counts(
    profiles: Sequence[Profile], coders: Sequence[str], label: Label, declared: Sequence[str]
) -> RatingCounts:
    """The counts of any number of coders at one level; who has not finished is missing.

    Args:
        profiles: Units with their answers.
        coders: Aliases.
        label: The category of an answer.
        declared: As for ``AnswerPairs.tables``.
    """
    import numpy as np

    from coder.stats import RatingCounts

    numbers = _Numbers()
    rows = []
    for profile in profiles:
        said = {answer.coder: numbers.of(answer) for answer in profile.answers}
        rows.append([said.get(coder, -1) for coder in coders])
    labels = [label(answer) for answer in numbers.answers]
    categories = _with_blanks(declared, set(labels))
    # The last place stands for whoever did not finish: number -1 finds it.
    place = np.array([*_positions(labels, categories), -1], dtype=np.int64)
    matrix = place[np.array(rows, dtype=np.int64).reshape(-1, len(coders))].T
    times = [profile.units for profile in profiles]
    clusters = np.repeat([profile.cluster for profile in profiles], times)
    return RatingCounts.from_matrix(
        np.repeat(matrix, times, axis=1), clusters, categories, tuple(coders)
    )


def _positions(labels: Iterable[str | None], categories: Sequence[str]) -> list[int]:
    place: Mapping[str | None, int] = {name: number for number, name in enumerate(categories)}
    return [place.get(name, -1) for name in labels]


def _with_blanks(declared: Sequence[str], used: set[str | None]) -> list[str]:
    """The declared categories, and what else a compared coder used there ("nothing")."""
    others = {name for name in used if name is not None} - set(declared)
    return [*declared, *sorted(others)]
