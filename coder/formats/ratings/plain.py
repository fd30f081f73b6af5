"""What the plain shapes of files have in common: their answers, and notes on how they were read."""

from __future__ import annotations

from collections.abc import Sequence

from coder.errors import BadInput
from coder.formats.ratings.answers import (
    Answers,
    long_answers,
    one_coder_answers,
    refuse_empty,
    split_sets,
    wide_answers,
    with_transcripts,
)
from coder.formats.ratings.columns import Table
from coder.formats.ratings.options import HowToRead
from coder.formats.ratings.shapes import Shape
from coder.formats.ratings.spelling import plural
from coder.formats.ratings.study_table import study_answers
from coder.formats.ratings.titles import Titles, plain
from coder.formats.wording import shown

SHOWN = 3
"""Examples in a note."""

PLURALS = frozenset({"codes", "labels", "categories", "tags", "annotations"})
"""Titles of columns whose cells may hold several codes."""


def answers_of(
    table: Table, shape: Shape, coder: str, how: HowToRead, notes: list[str]
) -> list[Answers]:
    """The answers of a table.

    Cells of a wide file, or of a column called ``codes``, are taken apart at semicolons if answers
    are sets; otherwise a code may hold a semicolon, which is said.
    """
    study = shape.study
    names = [at for at in (shape.unit, shape.cluster) if at is not None]
    others = {*names, shape.coder, shape.code_set, *shape.codes}
    if study is not None:
        others |= {study.status, study.round}
    columns = table.read({at for at in others if at is not None}, names)
    if not len(columns.row):
        raise refuse_empty(table.head)
    if shape.name == "study":
        return study_answers(columns, shape, notes)
    if shape.name == "long":
        found = long_answers(columns, shape)
        may_hold_sets = all(plain(table.head.titles[at]) in PLURALS for at in shape.codes)
        if shape.cluster is None and _is_of_a_study(table, shape):
            parts = [with_transcripts(part) for part in found]
            if all(parts):
                found = [part for part in parts if part]
                notes.append("transcripts are taken from the references of the excerpts")
    elif shape.name == "wide":
        found, may_hold_sets = wide_answers(columns, shape, notes), True
    else:
        found, may_hold_sets = one_coder_answers(columns, shape, coder, how.sets), True
    if may_hold_sets and any(";" in code for part in found for code in part.codes):
        if how.sets:
            return [split_sets(part) for part in found]
        notes.append("codes hold semicolons; say --sets if they separate several codes of a unit")
    return found


def _is_of_a_study(table: Table, shape: Shape) -> bool:
    """Whether the columns are those in which a study takes and gives codings."""
    if shape.unit is None or shape.code_set is None:
        return False
    titles = {plain(table.head.titles[at]) for at in (shape.unit, shape.code_set)}
    return titles == {"excerpt", "code_set"}


def names_of_coders(tables: Sequence[Table], shapes: Sequence[Shape]) -> list[str]:
    """For files of one coder each, what the coder is called: by the column, else by the file."""
    titles = [
        table.head.titles[shape.codes[0]] if len(shape.codes) == 1 else ""
        for table, shape in zip(tables, shapes, strict=True)
    ]
    said = [title if title and not Titles([title]).candidates("code") else "" for title in titles]
    if all(said) and len(set(said)) == len(said):
        return said
    names = [table.head.stem for table in tables]
    if len(set(names)) < len(names):
        names = [table.head.file for table in tables]
    return names


def has_several(answers: Answers) -> bool:
    """Whether some coder has put several codes on one unit."""
    import numpy as np

    pair = answers.unit * len(answers.coders) + answers.coder
    return len(np.unique(pair)) < len(pair)


def differing_units(by_table: Sequence[Sequence[Answers]]) -> list[str]:
    """Notes on units that only some of the files have.

    Raises:
        BadInput: No unit is in more than one file, so that nothing can be compared.
    """
    if len(by_table) < 2:
        return []
    units = [dict.fromkeys(unit for part in parts for unit in part.units) for parts in by_table]
    heads = [parts[0].head for parts in by_table]
    if len({coder for parts in by_table for part in parts for coder in part.coders}) == len(
        {coder for part in by_table[0] for coder in part.coders}
    ):
        return []  # the files are parts of one table
    everywhere = set(units[0]).intersection(*units[1:])
    every = dict.fromkeys(unit for several in units for unit in several)
    if sum(map(len, units)) == len(every):
        names = " and ".join(head.file for head in heads[:2])
        raise BadInput(
            f"{names}: no unit is in both, for example {shown(next(iter(units[0])))} and "
            f"{shown(next(iter(units[1])))}",
            "write the names of units alike, or name their column with --unit",
        )
    notes = []
    for head, here in zip(heads, units, strict=True):
        if absent := [unit for unit in every if unit not in here]:
            examples = ", ".join(map(shown, absent[:SHOWN]))
            more = f" and {len(absent) - SHOWN:,} more" if len(absent) > SHOWN else ""
            notes.append(
                f"{head.place} lacks {len(absent):,} of {plural(len(every), 'unit')}: "
                f"{examples}{more}; compared are the {len(everywhere):,} in all files"
            )
    return notes


def notes_of(table: Table, shape: Shape) -> list[str]:
    """What was assumed of a file, and which columns are not read."""
    names = [shown(table.head.titles[at]) for at in shape.ignored]
    notes = [*table.head.notes, *shape.notes]
    if names:
        what = "column" if len(names) == 1 else "columns"
        more = f" and {len(names) - 8} more" if len(names) > 8 else ""
        notes.append(f"{table.head.place}: {what} not read: {', '.join(names[:8])}{more}")
    return notes
