"""What every statistic is, when it misleads and how to report it, in our own words."""

from __future__ import annotations

from coder.ops.explanations.chance import BY_CHANCE
from coder.ops.explanations.entry import Explanation
from coder.ops.explanations.errors import ERRORS
from coder.ops.explanations.pairs import OF_PAIRS
from coder.ops.explanations.sets import OF_SETS
from coder.ops.explanations.several import OF_SEVERAL
from coder.ops.explanations.spans import OF_SPANS
from coder.ops.explanations.topics import TOPICS
from coder.ops.explanations.weighted import WEIGHTED

STATISTICS: tuple[Explanation, ...] = (
    *OF_PAIRS,
    *BY_CHANCE,
    *WEIGHTED,
    *OF_SEVERAL,
    *OF_SETS,
    *OF_SPANS,
    *ERRORS,
)
"""Every statistic, in the order of a list."""

__all__ = ["STATISTICS", "TOPICS", "Explanation"]
