"""From files of ratings to what can be counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from coder.errors import BadInput, UsageError
from coder.formats.ratings.answers import Answers
from coder.formats.ratings.columns import Table
from coder.formats.ratings.content import MarkedSpans, Noun, Ratings, RatingsFile
from coder.formats.ratings.joining import join
from coder.formats.ratings.layout import Layout
from coder.formats.ratings.layouts import LAYOUTS
from coder.formats.ratings.options import HowToRead
from coder.formats.ratings.packed import Names
from coder.formats.ratings.plain import (
    answers_of,
    differing_units,
    has_several,
    names_of_coders,
    notes_of,
)
from coder.formats.ratings.recognising import shape_of
from coder.formats.ratings.shapes import PLAIN_SHAPES, Shape
from coder.formats.ratings.sources import Source, open_source, tables_of
from coder.formats.ratings.spans import read_spans
from coder.formats.ratings.spelling import doubtful_codes, doubtful_names, doubtful_units
from coder.formats.ratings.taken_as import (
    check_export,
    check_order,
    check_strangers,
    check_wide,
    said_of,
    said_of_blanks,
)
from coder.formats.ratings.titles import NOUNS, bare
from coder.formats.sheets import Sheet
from coder.formats.wording import did_you_mean, listed, shown


class BadRatings(BadInput):
    """A file of ratings cannot be taken as it is.

    It ends with 2, because ``coder agree`` says with 1 that an agreement is too low.
    """

    exit_code = 2


def layouts() -> tuple[tuple[str, str], ...]:
    """Names for ``--layout``, each with one clause on what such a file looks like."""
    special = [(layout.name, layout.says) for layout in LAYOUTS]
    return (*special, *PLAIN_SHAPES.items())


def read_ratings(paths: Sequence[Path], how: HowToRead | None = None) -> RatingsFile:
    """Read ratings from .csv, .tsv or .xlsx files.

    Args:
        paths: One file; or several, joined on the names of units, coders and codes.
        how: What the user has said about them.

    Raises:
        BadRatings: The files do not say clearly who rated what; names file, row and column.
        UsageError: An option names what is not there.
    """
    how = how or HowToRead()
    if not paths:
        raise UsageError("no file of ratings is named", "name a .csv, .tsv or .xlsx file")
    try:
        _check_layout(how)
        sources = [open_source(path, how) for path in paths]
        sheets = [sheet for source in sources for sheet in source.sheets]
        if special := _special(sheets, how):
            return special.read([sheet for source in sources for sheet in source.whole()], how)
        return read_tables([_chosen(source, how, len(sources)) for source in sources], how)
    except BadInput as fault:
        raise BadRatings(fault.message, fault.hint) from fault


def read_tables(tables: Sequence[Table], how: HowToRead) -> RatingsFile:
    """Ratings from tables of plain shape.

    Raises:
        BadInput: As `read_ratings`.
        UsageError: As `read_ratings`.
    """
    shapes = [shape_of(table.head, how, len(tables)) for table in tables]
    notes = [note for t, s in zip(tables, shapes, strict=True) for note in notes_of(t, s)]
    content: tuple[Ratings, ...] | MarkedSpans
    if len({shape.name == "spans" for shape in shapes}) > 1:
        places = " and ".join(table.head.place for table in tables[:2])
        raise BadInput(f"{places}: spans and answers to units cannot be joined", "name one of them")
    if all(shape.name == "spans" for shape in shapes):
        content, found = read_spans(tables, shapes, how)
        names, codes = (content.coders, content.documents), content.codes
    else:
        content, found = _ratings(tables, shapes, how)
        names, codes = (content[0].coders, content[0].clusters), ()
    for what, several in zip(("coders", "clusters"), names, strict=True):
        found += doubtful_names(what, several)
    found += doubtful_names("codes", codes)
    heads = [table.head for table in tables]
    return RatingsFile(
        files=tuple(head.file for head in heads),
        shape=" and ".join(dict.fromkeys(map(said_of, heads, shapes))),
        content=content,
        notes=tuple(dict.fromkeys([*notes, *found])),
    )


def _ratings(
    tables: Sequence[Table], shapes: Sequence[Shape], how: HowToRead
) -> tuple[tuple[Ratings, ...], list[str]]:
    notes: list[str] = []
    coders = names_of_coders(tables, shapes)
    by_table = [
        answers_of(table, shape, coder, how, notes)
        for table, shape, coder in zip(tables, shapes, coders, strict=True)
    ]
    answers = [part for parts in by_table for part in parts]
    notes += differing_units(by_table)
    noun = _noun(tables, shapes, answers)
    # The columns of a wide file have been chosen by their coders already.
    only = how.coders if any(shape.name != "wide" for shape in shapes) else ()
    read: list[Ratings] = []
    alone: list[Ratings] = []
    for name in dict.fromkeys(part.name for part in answers):
        parts = [part for part in answers if part.name == name]
        sets = _are_sets(parts, shapes[0], how)
        ratings, found = join(parts, sets, noun, only)
        if shapes[0].name == "long":
            found += said_of_blanks(ratings)
        check_export(tables[0].head, ratings)
        if len(tables) == 1 and shapes[0].name == "wide" and not how.coders:
            check_wide(tables[0].head, shapes[0], ratings)
            found += check_strangers(tables[0].head, ratings)
            found += check_order(ratings)
        is_comparable = len(ratings.coders) > 1 and (not name or _is_shared(ratings))
        (read if is_comparable else alone).append(ratings)
        said = [*found, *doubtful_names("codes", ratings.codes), *doubtful_codes(ratings.codes)]
        notes += [f"{name}: {note}" if name else note for note in said]
    if not read:
        _refuse_one_coder(tables, alone)
    if alone:
        names = ", ".join(ratings.name for ratings in alone)
        notes.append(f"left out, because no unit has answers of two coders: {names}")
    _check_no_counts(tables[0], shapes[0], read[0])
    units = read[0].units
    if not (isinstance(units, Names) and units.are_distinct()):
        notes += doubtful_names("units", units, numbers=False)
    notes += doubtful_units(units)
    return tuple(read), notes


def _are_sets(parts: Sequence[Answers], shape: Shape, how: HowToRead) -> bool:
    """Whether the answers to a question are sets.

    Of several code sets in one file some may be sets and others not: those are sets in which
    somebody has put two codes on one unit.
    """
    if shape.code_set is None:
        return how.sets
    if not (how.sets or shape.study):
        return False
    return any(has_several(part) for part in parts)


def _is_shared(ratings: Ratings) -> bool:
    """Whether two coders have answered for one unit."""
    import numpy as np

    pairs = np.unique(ratings.unit * len(ratings.coders) + ratings.coder)
    return len(pairs) > len(ratings.units)


def _check_no_counts(table: Table, shape: Shape, ratings: Ratings) -> None:
    """Stop at a table of counts, whose rows and columns are called alike: no ratings are in it."""
    if shape.name != "wide" or len(ratings.units) > len(ratings.coders) + 1:
        return
    if len(set(ratings.units) & set(ratings.coders)) >= max(2, len(ratings.units) - 1):
        raise BadInput(
            f"{table.head.place}: rows and columns have the same names, as in a table of counts",
            "give the ratings that were counted",
        )


def _refuse_one_coder(tables: Sequence[Table], alone: Sequence[Ratings]) -> NoReturn:
    coders = [coder for ratings in alone for coder in ratings.coders]
    if len(set(coders)) > 1:
        raise BadInput(
            f"{tables[0].head.place}: no unit has answers of two coders",
            "see whether the names of units are written alike",
        )
    if not coders:
        raise BadInput(f"{tables[0].head.place}: no cell holds a rating", "add the ratings")
    raise BadInput(
        f"{tables[0].head.place}: {shown(coders[0])} is the only coder",
        "agreement needs two: give a second file, or name the columns of ratings with --coders",
    )


def _noun(tables: Sequence[Table], shapes: Sequence[Shape], answers: Sequence[Answers]) -> Noun:
    """What the first table that has clusters calls them."""
    for table, shape in zip(tables, shapes, strict=True):
        if shape.cluster is not None:
            return NOUNS.get(bare(table.head.titles[shape.cluster]), "cluster")
    # Without such a column, only references of excerpts can have told the transcripts.
    return "transcript" if any(part.clusters for part in answers) else "cluster"


def _check_layout(how: HowToRead) -> None:
    known = [name for name, _ in layouts()]
    if how.layout and how.layout not in known:
        raise UsageError(
            f"there is no layout {shown(how.layout)}",
            did_you_mean(how.layout, known) or f"there are {listed(known)}",
        )


def _special(sheets: Sequence[Sheet], how: HowToRead) -> Layout | None:
    if how.layout:
        return next((layout for layout in LAYOUTS if layout.name == how.layout), None)
    return next((layout for layout in LAYOUTS if layout.fits(sheets, how)), None)


def _chosen(source: Source, how: HowToRead, files: int) -> Table:
    """The table of a file that holds the ratings.

    Raises:
        BadInput: Several sheets of a workbook could.
    """
    tables = tables_of(source)
    if len(tables) == 1:
        return tables[0]
    fitting: list[tuple[Table, Shape]] = []
    faults: list[BadInput] = []
    for table in tables:
        try:
            fitting.append((table, shape_of(table.head, how, files)))
        except BadInput as fault:
            faults.append(fault)
    if not fitting:
        raise faults[0]
    # Any list with some columns could be a wide table; one with coders or spans says what it is.
    certain = [found for found in fitting if found[1].name != "wide"] or fitting
    if len(certain) > 1:
        names = ", ".join(shown(table.head.sheet) for table, _ in certain)
        raise BadInput(
            f"{source.file}: several sheets could hold the ratings: {names}",
            "say which one with --sheet",
        )
    ((table, _),) = certain
    others = ", ".join(shown(other.head.sheet) for other in tables if other is not table)
    table.head = replace(
        table.head,
        notes=(
            *table.head.notes,
            f"{source.file}: read sheet {shown(table.head.sheet)}, not {others}",
        ),
    )
    return table
