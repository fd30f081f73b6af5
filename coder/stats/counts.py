"""Counts are enough: what every agreement coefficient, its jackknife and its bootstrap stand on.

`PairTables` holds two coders as one table per transcript, `RatingCounts` any number of coders as
units per pattern of ratings. Both add up over transcripts: leaving one out is a subtraction, a
thousand bootstrap samples are one matrix product, and what follows does not depend on the number of
units. Categories are the declared ones, used or not.
"""

from __future__ import annotations

from coder.stats.pair_tables import PairTables, tables_of_all_pairs
from coder.stats.rating_counts import RatingCounts

__all__ = ["PairTables", "RatingCounts", "tables_of_all_pairs"]
