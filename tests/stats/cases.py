"""The worked reference cases as counts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coder.stats import PairTables, RatingCounts
from coder.stats.arrays import IntArray

FOLDER = Path(__file__).parent.parent / "reference_cases"


@dataclass(frozen=True)
class Case:
    """One worked case."""

    name: str
    kind: str
    body: dict[str, Any]

    @property
    def expected(self) -> dict[str, dict[str, Any]]:
        """What each statistic must be."""
        expected: dict[str, dict[str, Any]] = self.body["expected"]
        return expected

    @property
    def categories(self) -> tuple[str, ...]:
        """The declared categories, as text."""
        return tuple(str(category) for category in self.body["categories"])

    @property
    def ratings(self) -> IntArray:
        """Categories by coder and unit, -1 where missing."""
        place = {category: position for position, category in enumerate(self.body["categories"])}
        rows = [[-1 if x is None else place[x] for x in row] for row in self.body["matrix"]]
        return np.array(rows, dtype=np.int64)

    @property
    def cluster(self) -> IntArray | None:
        """The transcript of every unit, where the case has transcripts."""
        cluster = self.body.get("cluster")
        return None if cluster is None else np.array(cluster)

    def pair(self) -> PairTables:
        """The two coders' tables."""
        a, b = self.ratings
        return PairTables.from_codes(a, b, self.cluster, self.categories)

    def many(self) -> RatingCounts:
        """All coders' patterns."""
        return RatingCounts.from_matrix(self.ratings, self.cluster, self.categories)


def load(name: str) -> Case:
    """One case by name."""
    body = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Case(body["name"], body["kind"], body)


def all_cases() -> Iterator[Case]:
    """Every case, by name."""
    for path in sorted(FOLDER.glob("*.json")):
        yield load(path.stem)


def agrees(value: float | dict[str, float], wanted: Any, tolerance: float) -> bool:
    """Whether the value is the wanted one; NaN where that is null."""
    if isinstance(value, dict):
        same = value.keys() == wanted.keys()
        return same and all(abs(value[name] - wanted[name]) <= tolerance for name in wanted)
    if wanted is None:
        return bool(np.isnan(value))
    return abs(value - float(wanted)) <= tolerance
