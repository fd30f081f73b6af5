"""Random studies for property tests: small enough for loops, odd enough to hit every corner."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from coder.stats import PairTables, RatingCounts
from coder.stats.arrays import IntArray


@dataclass(frozen=True)
class Study:
    """Ratings of some coders on units of some transcripts."""

    ratings: IntArray
    cluster: IntArray
    q: int

    @property
    def categories(self) -> tuple[str, ...]:
        """Names of the declared categories: numbers, so that every scale is possible."""
        return tuple(str(k + 1) for k in range(self.q))

    @property
    def values(self) -> list[float]:
        """The level values."""
        return [k + 1.0 for k in range(self.q)]

    def pair(self) -> PairTables:
        """Tables of the first two coders."""
        return PairTables.from_codes(
            self.ratings[0], self.ratings[1], self.cluster, self.categories
        )

    def many(self) -> RatingCounts:
        """Patterns of all coders."""
        return RatingCounts.from_matrix(self.ratings, self.cluster, self.categories)

    def taken(self, units: IntArray) -> Study:
        """The same study with only these units, in this order."""
        return Study(self.ratings[:, units], self.cluster[units], self.q)


def random_study(
    seed: int,
    coders: int,
    q: int,
    used: int,
    units: int,
    clusters: int,
    missing: float,
    noise: float,
) -> Study:
    """Coders who start from a common truth and differ by noise; only some categories are used."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(used, size=units, p=rng.dirichlet(np.ones(used)))
    own = rng.integers(0, used, size=(coders, units))
    ratings = np.where(rng.random((coders, units)) < noise, own, truth)
    ratings = np.where(rng.random((coders, units)) < missing, -1, ratings)
    if rng.random() < 0.15:  # a coder who never varies
        ratings[0] = np.where(ratings[0] >= 0, rng.integers(0, used), -1)
    cluster = rng.integers(0, clusters, size=units)
    # The categories in use are not always the first ones.
    place = np.append(rng.permutation(q)[:used], -1)
    return Study(place[ratings].astype(np.int64), cluster.astype(np.int64), q)


@st.composite
def studies(
    draw: st.DrawFn, *, coders: int | None = None, most_units: int = 40, missing: bool = True
) -> Study:
    """Studies with missing ratings, unused categories, one category, one unit, a constant coder."""
    q = draw(st.integers(1, 6))
    return random_study(
        seed=draw(st.integers(0, 2**32 - 1)),
        coders=draw(st.integers(2, 5)) if coders is None else coders,
        q=q,
        used=draw(st.integers(1, q)),
        units=draw(st.integers(1, most_units)),
        clusters=draw(st.integers(1, 8)),
        missing=draw(st.sampled_from([0.0, 0.1, 0.5])) if missing else 0.0,
        noise=draw(st.sampled_from([0.0, 0.2, 0.6, 1.0])),
    )
