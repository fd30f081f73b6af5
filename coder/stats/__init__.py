"""Statistics: pure functions, counts in, rows out; nothing here reads or writes anything.

`agree_pair`, `agree_many` and `agree_pooled` give agreement with intervals over transcripts,
`warnings_for` what to be careful about, `share` the shares of people and excerpts. numpy is all it
needs.
"""

from __future__ import annotations

from coder.stats.agreement import (
    CODE_STATISTICS,
    CODERS_FIXED,
    MANY_STATISTICS,
    PAIR_STATISTICS,
    POOLED_STATISTICS,
    Scale,
    agree_many,
    agree_pair,
    agree_pooled,
)
from coder.stats.cautions import warnings_for, why_counts_only
from coder.stats.counts import PairTables, RatingCounts, tables_of_all_pairs
from coder.stats.estimate import Estimate
from coder.stats.intervals import DegreesOfFreedom, IntervalMethod
from coder.stats.measures import names_for
from coder.stats.shares import Share, share

__all__ = [
    "CODERS_FIXED",
    "CODE_STATISTICS",
    "MANY_STATISTICS",
    "PAIR_STATISTICS",
    "POOLED_STATISTICS",
    "DegreesOfFreedom",
    "Estimate",
    "IntervalMethod",
    "PairTables",
    "RatingCounts",
    "Scale",
    "Share",
    "agree_many",
    "agree_pair",
    "agree_pooled",
    "names_for",
    "share",
    "tables_of_all_pairs",
    "warnings_for",
    "why_counts_only",
]
