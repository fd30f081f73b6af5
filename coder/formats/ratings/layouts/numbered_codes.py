"""Columns ``Code 1`` to ``Code 8``: as many as a unit has codes, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coder.errors import BadInput
from coder.formats.ratings.content import RatingsFile
from coder.formats.ratings.layouts.answers import Answer, look_alikes, ratings
from coder.formats.ratings.layouts.code_columns import APPLIES_NOT, is_mark, left_out
from coder.formats.ratings.layouts.shapes import (
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
from coder.formats.sheets import Sheet
from coder.formats.wording import shown

NOTHING = frozenset({"nothing", "none of these"})
"""Words for: finished, and no code applies."""

_NUMBERED = re.compile(r"(code|category) ?(\d{1,3})")
_PARENTS = re.compile(r"->|\s>\s|\\")


class NumberedCodes:
    """A row for a unit and coder; its codes side by side in numbered columns."""

    name = "numbered-codes"
    says = "columns Code 1, Code 2 ... with a code each, and a coder column or a sheet per coder"

    def fits(self, sheets: Sequence[Sheet], how: HowToRead) -> bool:
        """Numbered code columns; where nobody says who coded, at least three of them."""
        shapes = _shapes(tables_of(sheets, how.sheet), how)
        if any(shape.coder is not None for shape in shapes) or len(shapes) > 1:
            return True
        # Two columns on one sheet may well be two coders, each with one code: wide form.
        named = {title for shape in shapes for title in shape.code_titles} & set(how.coders)
        return any(len(shape.codes) > 2 for shape in shapes) and not named

    def read(self, sheets: Sequence[Sheet], how: HowToRead) -> RatingsFile:
        """Sets of codes; a row without any code was not rated."""
        shapes = _shapes(tables_of(sheets, how.sheet), how)
        if not shapes:
            raise BadInput(
                f"{files_of(sheets)[0]}: no sheet has columns Code 1 and Code 2",
                "name the columns so, or choose another layout with --layout",
            )
        if len(shapes) == 1 and shapes[0].coder is None:
            titles = ",".join(shapes[0].code_titles[:2])
            raise BadInput(
                f"{shapes[0].table.sheet.place}, row {shapes[0].table.row}: no column says who "
                "the coder is",
                "add a column coder, or give a file or a sheet for each coder; if each column "
                f'is a coder, say --coders "{titles},..."',
            )
        chosen = [sheet for sheet in sheets if not how.sheet or sheet.name == how.sheet]
        kept, notes = kept_apart(shapes, chosen, lambda s: frozenset(), "columns Code 1, Code 2")
        kept, more = renamed(kept, how.coders)
        met = _Met()
        answers = [answer for shape in kept for answer in met.answers(shape)]
        if not answers:
            raise BadInput(f"{kept[0].table.sheet.place}: no row has a code", "add the codes")
        found = ratings(answers, coders=how.coders, noun=kept[0].noun)
        by = "a coder column" if kept[0].coder is not None else "a sheet or file for each coder"
        most = max(len(shape.codes) for shape in kept)
        return RatingsFile(
            files=files_of(sheets),
            shape=f"numbered codes: up to {most} codes side by side, {by} "
            f"({', '.join(found.coders)})",
            content=(found,),
            notes=(
                *sheet_notes(sheets),
                *notes,
                *more,
                *left_out(kept[0]),
                *met.notes(),
                *parents(found.codes),
                *look_alikes(found.codes, "codes"),
            ),
        )


def parents(codes: Sequence[str]) -> list[str]:
    """A note on codes that are written with their parents."""
    nested = [code for code in codes if _PARENTS.search(code)]
    if not nested:
        return []
    return [
        f"{len(nested)} of {len(codes)} codes are written with their parent, such as "
        f"{shown(nested[0])}; two answers agree only where the whole name is the same"
    ]


def _shapes(tables: Sequence[RatingTable], how: HowToRead) -> list[Shape]:
    found = []
    for table in with_named_columns(tables, how):
        numbered = [
            (match[1], int(match[2]), at)
            for at, name in enumerate(table.names)
            if (match := _NUMBERED.fullmatch(name))
        ]
        columns = tuple(at for stem, _, at in sorted(numbered) if stem == sorted(numbered)[0][0])
        if len(columns) < 2 or len({table.names[at] for at in columns}) < len(columns):
            continue
        shape, _ = columns_of(table, how)
        several = shape.coder is not None or len(tables) > 1
        if several and not how.layout and _are_marks(table, columns):
            continue  # a column for every code, and the codes are called code1, code2 ...
        if not {shape.unit, shape.coder, shape.cluster} & set(columns):
            found.append(replace(shape, codes=columns))
    return found


def _are_marks(table: RatingTable, columns: Sequence[int]) -> bool:
    """Whether the cells say yes and no, which no code is called."""
    words = {table.cell(row, at).casefold() for row in table.rows for at in columns} - {""}
    return bool(words & APPLIES_NOT) and all(map(is_mark, words))


class _Met:
    """What the rows held that a user should hear of."""

    def __init__(self) -> None:
        self.blank_rows = 0
        self.repeated: list[str] = []

    def answers(self, shape: Shape) -> Iterator[Answer]:
        """A row for a unit and coder each; rows without a code are counted and left out."""
        table = shape.table
        for row in table.body(shape.used):
            unit, coder, cluster = shape.unit_of(row), shape.coder_of(row), shape.cluster_of(row)
            words = [word for at in shape.codes if (word := table.cell(row, at))]
            codes = tuple(dict.fromkeys(w for w in words if w.casefold() not in NOTHING))
            if not words:
                self.blank_rows += 1
                continue
            if codes and len(codes) < len(set(words)):
                raise BadInput(
                    f"{table.place(row)}: a code and the word that none applies",
                    "keep what is true",
                )
            if len(set(words)) < len(words):
                self.repeated.append(table.place(row))
            yield Answer(table.sheet.place, row.number, unit, coder, codes, cluster)

    def notes(self) -> list[str]:
        notes = []
        if self.blank_rows:
            what = "row has" if self.blank_rows == 1 else "rows have"
            notes.append(
                f"{self.blank_rows} {what} no code and count as not rated; write nothing where a "
                "coder finished and no code applies"
            )
        if self.repeated:
            more = f" and {len(self.repeated) - 1} more rows" if len(self.repeated) > 1 else ""
            notes.append(f"{self.repeated[0]}{more}: a code stands there twice and counts once")
        return notes
