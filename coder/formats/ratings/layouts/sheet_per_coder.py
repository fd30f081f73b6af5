"""A workbook with one sheet for each coder: units and their codes, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coder.errors import BadInput
from coder.formats.ratings.content import RatingsFile
from coder.formats.ratings.layouts.answers import Answer, look_alikes, ratings
from coder.formats.ratings.layouts.code_columns import left_out
from coder.formats.ratings.layouts.numbered_codes import NOTHING, parents
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
    plain,
    sheet_notes,
    tables_of,
)
from coder.formats.ratings.options import HowToRead
from coder.formats.ratings.taken_as import said_of_blanks
from coder.formats.sheets import Sheet
from coder.formats.wording import shown


class SheetPerCoder:
    """Sheets with the same columns, each called after its coder."""

    name = "sheet-per-coder"
    says = "a workbook with a sheet for each coder, each with a column of units and one of codes"

    def fits(self, sheets: Sequence[Sheet], how: HowToRead) -> bool:
        """Two sheets of one workbook with the same columns, and none that names the coder."""
        shapes = _shapes(tables_of(sheets, how.sheet), how)
        headers = [(shape.table.sheet.file, _header(shape)) for shape in shapes]
        return any(headers.count(header) > 1 for header in headers)

    def read(self, sheets: Sequence[Sheet], how: HowToRead) -> RatingsFile:
        """One code for a unit, or with ``--sets`` as many as there are rows."""
        shapes = _shapes(tables_of(sheets, how.sheet), how)
        if len(shapes) < 2:
            raise BadInput(
                f"{files_of(sheets)[0]}: no two sheets have a column of units and one of codes",
                "name the columns unit and code in every sheet, or say --unit and --code-column",
            )
        kept, notes = kept_apart(shapes, sheets, _header, "column of codes")
        if len(kept) < 2:
            raise BadInput(
                f"{files_of(sheets)[0]}: no two sheets have the same columns",
                "give the sheets of all coders the same header",
            )
        kept, more = renamed(kept, how.coders)
        answers = [answer for shape in kept for answer in _answers(shape)]
        if how.sets:
            answers = _as_sets(answers)
        found = ratings(answers, coders=how.coders, noun=kept[0].noun, sets=how.sets)
        return RatingsFile(
            files=files_of(sheets),
            shape=f"sheet per coder: column {shown(kept[0].code_titles[0])} of the sheets "
            f"{', '.join(found.coders)}",
            content=(found,),
            notes=(
                *sheet_notes(sheets),
                *notes,
                *more,
                *left_out(kept[0]),
                *said_of_blanks(found),
                *parents(found.codes),
                *look_alikes(found.codes, "codes"),
            ),
        )


def _shapes(tables: Sequence[RatingTable], how: HowToRead) -> list[Shape]:
    if len(how.code) > 1:
        return []
    found = []
    for table in with_named_columns(tables, how):
        names = (plain(how.code[0]),) if how.code else CODE_NAMES
        at, (shape, _) = table.find(*names), columns_of(table, how)
        if (
            table.sheet.name
            and at is not None
            and shape.coder is None
            and at not in (shape.unit, shape.cluster)
        ):
            found.append(replace(shape, codes=(at,)))
    return found


def _header(shape: Shape) -> frozenset[str]:
    return frozenset(name for name in shape.table.names if name)


def _answers(shape: Shape) -> Iterator[Answer]:
    """A row for a code; a blank cell says that the coder finished and none applies."""
    table = shape.table
    for row in table.body(shape.used):
        word = table.cell(row, shape.codes[0])
        codes = () if word.casefold() in {"", *NOTHING} else (word,)
        yield Answer(
            table.sheet.place,
            row.number,
            shape.unit_of(row),
            shape.coder_of(row),
            codes,
            shape.cluster_of(row),
        )


def _as_sets(answers: Sequence[Answer]) -> list[Answer]:
    """The rows of one coder for one unit, put together.

    Raises:
        BadInput: A code stands there twice, or beside the word that none applies.
    """
    whole: dict[tuple[str, str], Answer] = {}
    for answer in answers:
        earlier = whole.get((answer.unit, answer.coder))
        if earlier is None:
            whole[answer.unit, answer.coder] = answer
            continue
        place = f"{answer.sheet}, row {answer.row}"
        if not answer.codes or not earlier.codes:
            raise BadInput(
                f"{place}: {shown(answer.unit)} has a code and a row without one",
                "keep what is true",
            )
        if answer.codes[0] in earlier.codes:
            raise BadInput(
                f"{place}: {shown(answer.codes[0])} stands on {shown(answer.unit)} already",
                "remove one of the rows",
            )
        whole[answer.unit, answer.coder] = replace(earlier, codes=earlier.codes + answer.codes)
    return list(whole.values())
