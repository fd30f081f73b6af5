"""Words that choose transcripts: typed on the home screen, or given to a command."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from coder.ops.corpus import TranscriptSummary

_FIELDS: Mapping[str, Callable[[TranscriptSummary], Sequence[str]]] = {
    "name": lambda row: (row.name,),
    "person": lambda row: row.people,
    "people": lambda row: row.people,
    "role": lambda row: row.roles,
    "district": lambda row: row.districts,
    "year": lambda row: (row.year,),
    "wave": lambda row: (row.wave,),
    "date": lambda row: (row.date,),
}
"""What a word may be asked of by name, as in ``role:coach``."""

NAMED_FIELDS = ("name", "person", "role", "district", "year", "wave", "date")
"""Those that are taught."""


def matches(row: TranscriptSummary, words: str) -> bool:
    """Whether a transcript has all the words, in any column or in the one that is named.

    ``role:coach 2023`` asks for the role and, anywhere, for the year. A colon after anything
    that is no column is part of the word.
    """
    return all(_has(row, word) for word in words.casefold().split())


def _has(row: TranscriptSummary, word: str) -> bool:
    field, colon, wanted = word.partition(":")
    if colon and field in _FIELDS:
        return any(wanted in value.casefold() for value in _FIELDS[field](row))
    values = (row.name, row.year, row.wave, row.date, *row.people, *row.roles, *row.districts)
    return any(word in value.casefold() for value in values)
