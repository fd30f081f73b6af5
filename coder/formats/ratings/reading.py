"""From files of ratings to what can be counted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from coder.errors import BadInput, UsageError
from coder.formats.ratings.answers import (
    Answers,
    long_answers,
    one_coder_answers,
    refuse_empty,
    wide_answers,
)
from coder.formats.ratings.columns import Table
from coder.formats.ratings.content import Noun, Ratings, RatingsFile
from coder.formats.ratings.joining import join
from coder.formats.ratings.layout import Layout
from coder.formats.ratings.layouts import LAYOUTS
from coder.formats.ratings.options import HowToRead
from coder.formats.ratings.shapes import PLAIN_SHAPES, Shape, shape_of
from coder.formats.ratings.sources import Source, open_source, tables_of
from coder.formats.ratings.spelling import doubtful_names
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
        return read_tables([_chosen(source) for source in sources], how)
    except BadInput as fault:
        raise BadRatings(fault.message, fault.hint) from fault


def read_tables(tables: Sequence[Table], how: HowToRead) -> RatingsFile:
    """Ratings from tables of plain shape."""
    shapes = [shape_of(table.head, how, len(tables)) for table in tables]
    answers: list[Answers] = []
    notes: list[str] = []
    for table, shape in zip(tables, shapes, strict=True):
        answers += _answers(table, shape)
        notes += _ignored(table, shape)
    noun = _noun(tables[0], shapes[0])
    content: list[Ratings] = []
    only = how.coders if any(shape.name != "wide" for shape in shapes) else ()
    for name in dict.fromkeys(part.name for part in answers):
        parts = [part for part in answers if part.name == name]
        ratings, found = join(parts, how.sets, noun, only)
        content.append(ratings)
        notes += found
    for ratings in content:
        notes += doubtful_names("codes", ratings.codes)
    return RatingsFile(
        files=tuple(table.head.file for table in tables),
        shape=PLAIN_SHAPES[shapes[0].name],
        content=tuple(content),
        notes=tuple(dict.fromkeys(notes)),
    )


def _answers(table: Table, shape: Shape) -> list[Answers]:
    names = {at for at in (shape.unit, shape.cluster) if at is not None}
    others = {at for at in (shape.coder, shape.code_set, *shape.codes) if at is not None}
    columns = table.read(names | others, names)
    if not len(columns.row):
        raise refuse_empty(table.head)
    if shape.name == "long":
        return long_answers(columns, shape)
    if shape.name == "wide":
        return wide_answers(columns, shape)
    title = table.head.titles[shape.codes[0]]
    return one_coder_answers(columns, shape, table.head.stem or title)


def _ignored(table: Table, shape: Shape) -> list[str]:
    names = [shown(table.head.titles[at]) for at in shape.ignored]
    if not names:
        return [*table.head.notes, *shape.notes]
    what = "column" if len(names) == 1 else "columns"
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    ignored = f"{table.head.place}: {what} not read: {', '.join(names[:8])}{more}"
    return [*table.head.notes, *shape.notes, ignored]


def _noun(table: Table, shape: Shape) -> Noun:
    return (
        "cluster"
        if shape.cluster is None
        else NOUNS.get(bare(table.head.titles[shape.cluster]), "cluster")
    )


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


def _chosen(source: Source) -> Table:
    """The table of a file that holds the ratings."""
    return tables_of(source)[0]
