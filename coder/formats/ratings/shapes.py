"""The plain shapes of files of ratings, and which column of a table holds what."""

from __future__ import annotations

from dataclasses import dataclass

from coder.formats.ratings.variables import Pair

PLAIN_SHAPES = {
    "wide": "wide: a row per unit, a column per coder",
    "long": "long: a row per answer, with columns of units, coders and codes",
    "spans": "spans: a row per marked span, with columns document, coder, code, start and stop",
    "files": "a file per coder, joined on the column of units",
    "study": "the unit table of a study: a row per unit, coder, code set and pass",
}
"""Names for ``--layout``, with what is said when one is recognised."""


@dataclass(frozen=True)
class StudyColumns:
    """What only the unit table of a study has: the status of an answer and its round."""

    status: int
    round: int | None


@dataclass(frozen=True)
class Shape:
    """Which column holds what, by place in the header.

    Args:
        name: One of `PLAIN_SHAPES`.
        unit: Names of units, or of documents for spans; None where rows have no name.
        coder: Names of coders; None in wide files and in files of one coder.
        codes: The columns of codes; in a wide file one for every coder.
        cluster: What units are nested in, if the file says so.
        code_set: Which code set an answer belongs to, if the file says so.
        span: For spans, start, stop and the length of the document, if the file says so.
        pairs: In a wide file with several variables, coder and variable of every column of codes.
        study: In the unit table of a study, its own columns.
        ignored: The columns that are not read.
        notes: What was chosen where a header could be read otherwise.
    """

    name: str
    unit: int | None
    coder: int | None
    codes: tuple[int, ...]
    cluster: int | None = None
    code_set: int | None = None
    span: tuple[int, int, int | None] | None = None
    pairs: tuple[Pair, ...] = ()
    study: StudyColumns | None = None
    ignored: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
