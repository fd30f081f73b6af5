"""Shares of excerpts, people or person-years with intervals that know what rows are nested in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coder.stats import intervals
from coder.stats.arrays import FloatArray, floats, ratio
from coder.stats.bounds import one_sided_bounds
from coder.stats.intervals import DegreesOfFreedom
from coder.stats.resampling import ClusterSums


@dataclass(frozen=True)
class Share:
    """A share with its counts and its uncertainty.

    Args:
        numerator: Rows that have it.
        denominator: Rows that could.
        share: From 0 to 1; None if the denominator is 0.
        low: Lower end of the interval.
        high: Upper end of the interval.
        interval: How the interval is made, naming what the rows are nested in.
        why_no_interval: The reason, if there is none.
        bound: One-sided bounds in words, for 0 % and 100 %.
        clusters: Clusters with at least one row.
    """

    numerator: int
    denominator: int
    share: float | None
    low: float | None
    high: float | None
    interval: str
    why_no_interval: str = ""
    bound: str = ""
    clusters: int = 0

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and not self.low < self.high:
            raise ValueError("an interval of no width")
        if (self.low is None) != bool(self.why_no_interval):
            raise ValueError("an interval or a reason, not both and not neither")


def share(
    successes: Sequence[int],
    totals: Sequence[int],
    clusters: Sequence[str] | None = None,
    *,
    row: str = "person",
    cluster: str = "transcript",
    confidence: float = 0.95,
    df: DegreesOfFreedom = "effective",
) -> Share:
    """The share of rows that have something, from counts per cluster.

    Clusters are the highest thing that rows are nested in: the school rather than the person, the
    person rather than the person-year. The interval is the delete-one-cluster jackknife on the
    logit with t; where no cluster has two rows it is Wilson's, and says so.
    Caution: an interval for the people like these; a census of all of them needs none.

    Args:
        successes: (G,) rows of each cluster that have it.
        totals: (G,) rows of each cluster that could.
        clusters: G names; numbers from 1 by default.
        row: What a row is, for the words: "person", "excerpt", "person-year".
        cluster: What a cluster is: "transcript", "school", "person".
        confidence: Of the interval.
        df: See `intervals.degrees_of_freedom`.
    """
    hits, rows = np.asarray(successes, dtype=np.int64), np.asarray(totals, dtype=np.int64)
    if hits.ndim != 1 or hits.shape != rows.shape:
        raise ValueError(f"counts of shape {hits.shape} and {rows.shape} do not pair up")
    if hits.size and (int(hits.min()) < 0 or bool((hits > rows).any())):
        raise ValueError("a cluster has more successes than rows, or fewer than none")
    names = tuple(clusters) if clusters is not None else tuple(str(i + 1) for i in range(hits.size))
    if len(names) != hits.size:
        raise ValueError(f"{len(names)} names for {hits.size} clusters")
    numerator, denominator = int(hits.sum()), int(rows.sum())
    sums = ClusterSums(names, floats(np.stack([hits, rows], axis=1)), floats(rows))
    present = len(sums.active)
    if denominator == 0:
        label = _label(sums.active_sizes, df, cluster)
        return Share(0, 0, None, None, None, label, f"no {row} to take a share of")
    value = numerator / denominator
    if int(rows.max()) == 1:
        low, high = intervals.wilson(numerator, denominator, confidence)
        label = (
            f"Wilson, one {row} per {cluster}" if row != cluster else f"Wilson, one row per {row}"
        )
        return Share(numerator, denominator, value, low, high, label, clusters=present)
    label = _label(sums.active_sizes, df, cluster)
    if numerator in (0, denominator):
        bound = one_sided_bounds(
            "share",
            numerator > 0,
            denominator,
            present,
            confidence=confidence,
            unit=row,
            noun=cluster,
        )
        who = f"{'every' if numerator else 'no'} {row} has it, so nothing varies"
        return Share(numerator, denominator, value, None, None, label, who, bound, clusters=present)
    found = intervals.jackknife(
        value,
        sums.leave_one_out(_share_of),
        sums.active_sizes,
        sums.names,
        "logit",
        confidence=confidence,
        df=df,
        noun=cluster,
    )
    return Share(
        numerator,
        denominator,
        value,
        found.low,
        found.high,
        found.label,
        found.why_none,
        clusters=present,
    )


def _share_of(sums: FloatArray) -> FloatArray:
    return ratio(sums[:, 0], sums[:, 1])


def _label(sizes: FloatArray, df: DegreesOfFreedom, cluster: str) -> str:
    return intervals.jackknife_label("logit", sizes, df, cluster)
