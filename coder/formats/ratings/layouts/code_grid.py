"""A row for a unit, and a column for every pair of a coder and a code, with 0 and 1."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coder.errors import BadInput
from coder.formats.ratings.content import RatingsFile
from coder.formats.ratings.layouts.answers import Answer, look_alikes, ratings
from coder.formats.ratings.layouts.code_columns import Marks, first_words, is_mark, left_out
from coder.formats.ratings.layouts.shapes import Shape, columns_of, with_named_columns
from coder.formats.ratings.layouts.tables import RatingTable, files_of, sheet_notes, tables_of
from coder.formats.ratings.options import HowToRead
from coder.formats.sheets import Sheet
from coder.formats.wording import shown


@dataclass(frozen=True, eq=False)
class Grid:
    """The columns of one sheet, by coder and code."""

    shape: Shape
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    column: Mapping[tuple[str, str], int]
    """By coder and code."""
    turned: bool
    """Whether code and coder could as well be the other way round."""


class CodeGrid:
    """Columns such as ``AL: loss`` or ``loss_AL``, for every coder and every code."""

    name = "code-grid"
    says = 'a column for every coder and code, "AL: loss" or "loss_AL", with 0 and 1'

    def fits(self, sheets: Sequence[Sheet], how: HowToRead) -> bool:
        """Every coder has a column for every code, and the cells say yes and no.

        A grid with colons that lacks some of its columns fits too, to be refused: in plain wide
        form each of its columns would be a coder.
        """
        tables = with_named_columns(tables_of(sheets, how.sheet), how)
        return any(_grid(table, how) or _gap(table, how) for table in tables)

    def read(self, sheets: Sequence[Sheet], how: HowToRead) -> RatingsFile:
        """Sets of codes; a coder without a mark in a row did not rate the unit."""
        tables = tables_of(sheets, how.sheet)
        named = with_named_columns(tables, how)
        grids = [grid for table in named if (grid := _grid(table, how))]
        if not grids:
            for table in named:
                if gap := _gap(table, how):
                    raise BadInput(
                        f"{table.sheet.place}, row {table.row}: no column {shown(gap)}",
                        "the grid must have a column for every coder and every code",
                    )
            raise BadInput(
                f"{files_of(sheets)[0]}: the columns are not a coder and a code each, complete "
                "for at least two coders and two codes",
                'name them "AL: loss" or "loss_AL", with a column for every coder and code',
            )
        grid, place = grids[0], grids[0].shape.table.sheet.place
        if len(files_of(sheets)) > 1 or len(grids) > 1:
            raise BadInput(
                f"{place}: one sheet holds all coders, and there are more files or sheets",
                "give one file, or choose with --sheet",
            )
        cells = (t.cell(row, at) for t in [grid.shape.table] for row in t.rows for at in _all(grid))
        marks = Marks(any(word.casefold() in ("0", "0.0", "no", "false") for word in cells))
        answers = list(_answers(grid, marks))
        if not answers:
            raise BadInput(f"{place}: no row has a mark", "write 0 and 1")
        found = ratings(
            answers,
            codes=grid.codes,
            coders=how.coders or grid.coders,
            noun=grid.shape.noun,
        )
        notes = [*sheet_notes(sheets), *left_out(grid.shape)]
        if grid.turned and not how.coders:
            notes.append(
                f"coders are {', '.join(grid.coders)} and codes {', '.join(grid.codes)}; if it "
                f"is the other way round, say --coders {','.join(grid.codes)}"
            )
        notes += [
            f"sheet {shown(table.sheet.name)} is ignored: its columns are others"
            for table in tables
            if table is not grid.shape.table
        ]
        return RatingsFile(
            files=files_of(sheets),
            shape=f"code grid: a column for each of {len(grid.codes)} codes and each coder "
            f"({', '.join(found.coders)})",
            content=(found,),
            notes=(*notes, *marks.notes(), *look_alikes(grid.codes, "codes")),
        )


def _all(grid: Grid) -> Collection[int]:
    return grid.column.values()


def _gap(table: RatingTable, how: HowToRead) -> str:
    """The first column that a grid with colons lacks; nothing where it is complete or no grid."""
    shape, left = columns_of(table, how)
    if shape.coder is not None or not _has_marks(table, left):
        return ""
    titles = [table.titles[at].partition(":") for at in left]
    pairs = [(coder.strip(), code.strip()) for coder, _, code in titles]
    coders = dict.fromkeys(coder for coder, _ in pairs)
    codes = dict.fromkeys(code for _, code in pairs)
    if not all(codes) or not 1 < len(coders) < len(pairs) or not 1 < len(codes) < len(pairs):
        return ""
    wanted = ((coder, code) for coder in coders for code in codes)
    return next((f"{coder}: {code}" for coder, code in wanted if (coder, code) not in pairs), "")


def _has_marks(table: RatingTable, columns: Sequence[int]) -> bool:
    words = [first_words(table, at) for at in columns]
    return any(words) and all(is_mark(word) for word in words if word)


def _grid(table: RatingTable, how: HowToRead) -> Grid | None:
    shape, left = columns_of(table, how)
    if shape.coder is not None or not _has_marks(table, left):
        return None
    titles = [table.titles[at] for at in left]
    colon = [title.partition(":")[::2] for title in titles]
    behind = [title.rpartition("_")[2::-2] for title in titles]
    before = [title.partition("_")[::2] for title in titles]
    readings = [colon, behind, before]
    if how.coders:
        readings += [[(code, coder) for coder, code in reading] for reading in (colon, behind)]
    for reading in readings:
        pairs = [(coder.strip(), code.strip()) for coder, code in reading]
        coders = tuple(dict.fromkeys(coder for coder, _ in pairs))
        codes = tuple(dict.fromkeys(code for _, code in pairs))
        whole = len(set(pairs)) == len(pairs) == len(coders) * len(codes)
        named = all(coders) and all(codes) and (not how.coders or set(how.coders) <= set(coders))
        if whole and named and len(coders) > 1 and len(codes) > 1:
            column = dict(zip(pairs, left, strict=True))
            full = Shape(table, shape.unit, None, shape.cluster, left)
            return Grid(full, coders, codes, column, reading is not colon)
    return None


def _answers(grid: Grid, marks: Marks) -> Iterator[Answer]:
    shape = grid.shape
    table = shape.table
    for row in table.body(shape.used):
        unit, cluster = shape.unit_of(row), shape.cluster_of(row)
        for coder in grid.coders:
            columns = [grid.column[coder, code] for code in grid.codes]
            codes = marks.codes(table, row, columns, grid.codes)
            if codes is not None:
                yield Answer(table.sheet.place, row.number, unit, coder, codes, cluster)
