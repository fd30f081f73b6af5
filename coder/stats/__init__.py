"""Statistics: pure functions, counts in, rows out; nothing here reads or writes anything.

Agreement with intervals over transcripts: `agree_pair` and `agree_many` on categories,
`agree_sets` on sets of codes, `agree_pooled` on several tables, `agree_spans` and
`agree_characters` on free spans. `warnings_for` and its kin say what to be careful about,
`share` gives the shares of people and excerpts, `planning` the number of units to code twice.
numpy is all it needs.
"""

from __future__ import annotations

from coder.stats.agreement import (
    CODE_STATISTICS,
    CODERS_FIXED,
    MANY_STATISTICS,
    PAIR_STATISTICS,
    POOLED_STATISTICS,
    SET_STATISTICS,
    Scale,
    agree_many,
    agree_pair,
    agree_pooled,
    agree_sets,
)
from coder.stats.cautions import (
    warnings_for,
    warnings_for_sets,
    warnings_for_spans,
    why_counts_only,
)
from coder.stats.code_tables import tables_of_codes
from coder.stats.counts import PairTables, RatingCounts, tables_of_all_pairs
from coder.stats.estimate import Estimate
from coder.stats.generalising import Rho, shaffers_rho
from coder.stats.intervals import DegreesOfFreedom, IntervalMethod
from coder.stats.labels import NO_CODE, name_of_set
from coder.stats.levels import custom_distance, distance_from_agreement
from coder.stats.planning import (
    SampleSize,
    design_effect,
    units_for_alpha,
    units_for_half_width,
    units_for_levels,
    units_for_power,
)
from coder.stats.register import names_for
from coder.stats.set_distances import jaccard_distance, masi_distance
from coder.stats.sets import SetCounts
from coder.stats.shares import Share, share
from coder.stats.span_agreement import (
    CHARACTER_STATISTICS,
    LAYER_STATISTICS,
    NOT_CODED,
    SPAN_CODE_STATISTICS,
    SPAN_STATISTICS,
    agree_characters,
    agree_spans,
    character_tables,
)
from coder.stats.span_lines import check_exclusive, is_exclusive, merge_spans
from coder.stats.spans import Document, Spans

__all__ = [
    "CHARACTER_STATISTICS",
    "CODERS_FIXED",
    "CODE_STATISTICS",
    "LAYER_STATISTICS",
    "MANY_STATISTICS",
    "NOT_CODED",
    "NO_CODE",
    "PAIR_STATISTICS",
    "POOLED_STATISTICS",
    "SET_STATISTICS",
    "SPAN_CODE_STATISTICS",
    "SPAN_STATISTICS",
    "DegreesOfFreedom",
    "Document",
    "Estimate",
    "IntervalMethod",
    "PairTables",
    "RatingCounts",
    "Rho",
    "SampleSize",
    "Scale",
    "SetCounts",
    "Share",
    "Spans",
    "agree_characters",
    "agree_many",
    "agree_pair",
    "agree_pooled",
    "agree_sets",
    "agree_spans",
    "character_tables",
    "check_exclusive",
    "custom_distance",
    "design_effect",
    "distance_from_agreement",
    "is_exclusive",
    "jaccard_distance",
    "masi_distance",
    "merge_spans",
    "name_of_set",
    "names_for",
    "shaffers_rho",
    "share",
    "tables_of_all_pairs",
    "tables_of_codes",
    "units_for_alpha",
    "units_for_half_width",
    "units_for_levels",
    "units_for_power",
    "warnings_for",
    "warnings_for_sets",
    "warnings_for_spans",
    "why_counts_only",
]
