"""Ratings made anywhere: spreadsheets and exports of other programs, as columns to be counted."""

from __future__ import annotations

from coder.formats.ratings.content import (
    NOTHING_APPLIED,
    CountedPairs,
    MarkedSpans,
    Noun,
    Ratings,
    RatingsFile,
)
from coder.formats.ratings.options import HowToRead
from coder.formats.ratings.reading import BadRatings, layouts, read_ratings
from coder.formats.ratings.tidy import write_tidy

__all__ = [
    "NOTHING_APPLIED",
    "BadRatings",
    "CountedPairs",
    "HowToRead",
    "MarkedSpans",
    "Noun",
    "Ratings",
    "RatingsFile",
    "layouts",
    "read_ratings",
    "write_tidy",
]
