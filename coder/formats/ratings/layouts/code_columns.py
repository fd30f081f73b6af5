"""A column for every code, with 0 and 1: from a coder column, or a file or sheet for each coder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coder.errors import BadInput
from coder.formats.ratings.content import RatingsFile
from coder.formats.ratings.layouts.answers import Answer, look_alikes, ratings
from coder.formats.ratings.layouts.shapes import (
    CODE_NAMES,
    Shape,
    columns_of,
    kept_apart,
    renamed,
    with_named_columns,
)
from coder.formats.ratings.layouts.tables import (
    RatingTable,
    files_of,
    sheet_notes,
    tables_of,
)
from coder.formats.ratings.options import HowToRead
from coder.formats.sheets import Row, Sheet
from coder.formats.wording import shown

APPLIES = frozenset({"1", "1.0", "x", "yes", "true"})
APPLIES_NOT = frozenset({"0", "0.0", "no", "false"})


class CodeColumns:
    """A row for a unit and coder, a column for a code, 0 and 1 in the cells."""

    name = "code-columns"
    says = "a column for every code with 0 and 1, and a coder column, or a sheet or file per coder"

    def fits(self, sheets: Sequence[Sheet], how: HowToRead) -> bool:
        """Two columns or more of yes and no, and a way to tell the coders apart."""
        shapes = _shapes(tables_of(sheets, how.sheet), how)
        if any(shape.coder is not None for shape in shapes):
            return True
        # A sheet for each code, with a column for each coder, looks the same.
        turned = any(set(shape.code_titles) & set(how.coders) for shape in shapes)
        return len(shapes) > 1 and not turned

    def read(self, sheets: Sequence[Sheet], how: HowToRead) -> RatingsFile:
        """Sets of codes; a row without a mark in any column was not rated."""
        tables = tables_of(sheets, how.sheet)
        shapes = _shapes(tables, how)
        if not shapes:
            raise _no_shape(sheets, tables, how)
        if len(shapes) == 1 and shapes[0].coder is None:
            raise BadInput(
                f"{shapes[0].table.sheet.place}, row {shapes[0].table.row}: no column says who "
                "the coder is",
                "add a column coder, or give a file or a sheet for each coder",
            )
        chosen = [sheet for sheet in sheets if not how.sheet or sheet.name == how.sheet]
        kept, notes = kept_apart(
            shapes, chosen, lambda s: frozenset(s.code_titles), "columns of codes with 0 and 1"
        )
        kept, more = renamed(kept, how.coders)
        dialect = Marks(any(_has_noes(shape) for shape in kept))
        answers = [answer for shape in kept for answer in _answers(shape, dialect)]
        if not answers:
            raise BadInput(f"{kept[0].table.sheet.place}: no row has a mark", "write 0 and 1")
        codes = kept[0].code_titles
        found = ratings(answers, codes=codes, coders=how.coders, noun=kept[0].noun)
        by = "a coder column" if kept[0].coder is not None else "a sheet or file for each coder"
        return RatingsFile(
            files=files_of(sheets),
            shape=f"code columns: a column for each of {len(codes)} codes, {by} "
            f"({', '.join(found.coders)})",
            content=(found,),
            notes=(
                *sheet_notes(sheets),
                *notes,
                *more,
                *left_out(kept[0]),
                *_whose(kept),
                *dialect.notes(),
                *look_alikes(codes, "codes"),
            ),
        )


class Marks:
    """How cells of yes and no are read, and what was met.

    Args:
        noes: Whether a no is written anywhere. A blank beside yes is then no answer; in files
            that mark only what applies it means that the code does not.
    """

    def __init__(self, noes: bool) -> None:
        self.noes = noes
        self.blank_rows = 0
        self.blank_marks = 0

    def codes(
        self, table: RatingTable, row: Row, columns: Sequence[int], codes: Sequence[str]
    ) -> tuple[str, ...] | None:
        """The codes that apply in a row; None where it was not rated.

        Raises:
            BadInput: A cell is no mark, or blank beside 0 and 1.
        """
        words = [table.cell(row, at).casefold() for at in columns]
        if not any(words):
            self.blank_rows += 1
            return None
        applied = []
        for at, word, code in zip(columns, words, codes, strict=True):
            if word in APPLIES:
                applied.append(code)
            elif not word and not self.noes:
                self.blank_marks += 1
            elif not word:
                raise BadInput(
                    f"{table.place(row, at)}: blank beside 0 and 1",
                    "write 0 if the code does not apply; leave the whole row blank if it was "
                    "not rated",
                )
            elif word not in APPLIES_NOT:
                raise BadInput(
                    f"{table.place(row, at)}: {shown(table.cell(row, at))} is neither 0 nor 1",
                    "correct it; if the cells hold codes, name the column with --code-column",
                )
        return tuple(applied)

    def notes(self) -> list[str]:
        """What blanks were taken for."""
        notes = []
        if self.blank_rows:
            what = "row is" if self.blank_rows == 1 else "rows are"
            hint = "0" if self.noes else "0 everywhere"
            notes.append(
                f"{self.blank_rows} {what} blank under every code and taken as not rated; "
                f"write {hint} where a coder finished and no code applies"
            )
        if self.blank_marks:
            notes.append(
                f"{self.blank_marks} blank cells beside a mark were taken as: the code does not "
                "apply"
            )
        return notes


def is_mark(word: str) -> bool:
    """Whether a cell says yes or no."""
    return word.casefold() in APPLIES or word.casefold() in APPLIES_NOT


def first_words(table: RatingTable, at: int) -> str:
    """The first cell of a column that is not blank: it shows what the column is for."""
    return next((word for row in table.rows if (word := table.cell(row, at))), "")


def left_out(shape: Shape) -> list[str]:
    """A note on the columns that were not read."""
    names = [shown(title) for title in shape.ignored]
    table = shape.table
    names += [
        f"number {at + 1}, which has no name"
        for at, title in enumerate(table.titles)
        if not title and first_words(table, at)
    ]
    return [f"not read: column {' and '.join(names)}"] if names else []


def _whose(shapes: Sequence[Shape]) -> list[str]:
    """A note on sheets of one workbook, which might be those of codes and not of coders."""
    sheets = [shape.table.sheet for shape in shapes]
    if shapes[0].coder is not None or len({sheet.file for sheet in sheets}) == len(sheets):
        return []
    titles = ",".join(shapes[0].code_titles)
    return [
        "each sheet is taken for a coder and each column for a code; if it is the other way "
        f"round, say --coders {titles} --sheet {shown(sheets[0].name)}, sheet by sheet"
    ]


def _shapes(tables: Sequence[RatingTable], how: HowToRead) -> list[Shape]:
    """The sheets that look like the layout."""
    found = []
    for table in with_named_columns(tables, how):
        if table.find(*CODE_NAMES) is not None and not how.code:
            continue
        shape, left = columns_of(table, how)
        if how.code:
            left = tuple(table.called(title, "--code-column") for title in how.code)
        words = [first_words(table, at) for at in left]
        if len(left) > 1 and any(words) and all(is_mark(word) for word in words if word):
            found.append(replace(shape, codes=left))
    return found


def _has_noes(shape: Shape) -> bool:
    table = shape.table
    return any(
        table.cell(row, at).casefold() in APPLIES_NOT for row in table.rows for at in shape.codes
    )


def _answers(shape: Shape, marks: Marks) -> Iterator[Answer]:
    table = shape.table
    for row in table.body(shape.used):
        unit, coder, cluster = shape.unit_of(row), shape.coder_of(row), shape.cluster_of(row)
        codes = marks.codes(table, row, shape.codes, shape.code_titles)
        if codes is not None:
            yield Answer(table.sheet.place, row.number, unit, coder, codes, cluster)


def _no_shape(sheets: Sequence[Sheet], tables: Sequence[RatingTable], how: HowToRead) -> BadInput:
    for table in tables:
        _, left = columns_of(table, how)
        for at in left:
            word = first_words(table, at)
            if word and not is_mark(word):
                return BadInput(
                    f"{table.sheet.place}, column {shown(table.titles[at])}: {shown(word)} is "
                    "neither 0 nor 1",
                    "name the columns of codes with --code-column",
                )
    return BadInput(
        f"{files_of(sheets)[0]}: no sheet has two columns of codes with 0 and 1",
        "a row for a unit and coder, a column for a code",
    )
