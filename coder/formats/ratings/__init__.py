"""Ratings made anywhere: spreadsheets and exports of other programs, as columns to be counted.

The plain shapes, told apart by the header alone:

* wide, a row per unit and a column per coder: a blank cell says "did not rate"; with several
  variables, columns are called ``<coder>_<variable>`` or ``<variable>_<coder>``;
* long, a row per answer with unit, coder and code: an empty code says "finished, nothing applied";
* spans, with document, coder, code, start and stop: a row with document and coder alone says
  "has read it and marked nothing";
* a file per coder, joined on the names of units: a blank code says "did not rate", among sets of
  codes the empty set;
* the unit table that a study exports.

Titles are taken without blanks around them and without regard to case. Everything else stays as
it is written: names and codes that differ only in case, in blanks around them or in how a number
is written stay apart, with a note. No word stands for a blank cell: ``NA`` is a code, with a note.
Only decimal commas are changed to points, where all codes are numbers. What cannot be told for
certain is refused, with the option that decides.
"""

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
