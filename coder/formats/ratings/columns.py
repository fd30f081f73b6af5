"""A spreadsheet as columns of positions in the distinct texts of each: what numpy can count.

Two readers make them, the careful one from rows (`careful`) and the quick one with pyarrow
(`quick`). Both give the same columns for the same file, so that everything that comes after does
not know which of them has read it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.errors import BadInput
from coder.formats.wording import shown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    IntColumn = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Column:
    """One column below its header, R cells.

    Args:
        title: Its name, without blanks around it.
        texts: The distinct cells in the order in which they first appear, as written; a cell of
            nothing but blanks is the empty text.
        at: (R,) for each row the position of its text.
        blank: The position of the empty text; -1 where every cell is filled.
    """

    title: str
    texts: Sequence[str]
    at: IntColumn
    blank: int


@dataclass(frozen=True)
class Head:
    """What can be known of a table before its rows are read.

    Args:
        file: As the user named it, made printable.
        place: File and sheet, as messages begin.
        row: The row of the header, as a spreadsheet program counts.
        titles: The names of the columns, without blanks around them.
        stem: The file's name without folder and ending.
        notes: What was assumed.
        sheet: Name of the sheet; empty for CSV and TSV.
    """

    file: str
    place: str
    row: int
    titles: tuple[str, ...]
    stem: str
    notes: tuple[str, ...] = ()
    sheet: str = ""

    @property
    def header(self) -> str:
        """Where complaints about the header point."""
        return f"{self.place}, row {self.row}"

    def cell(self, row: int, title: str) -> str:
        """Where complaints about a cell point."""
        return f"{self.place}, row {row}, column {shown(title)}"


@dataclass(frozen=True, eq=False)
class Columns:
    """The columns of a table that somebody asked for.

    Args:
        head: Of which table.
        row: (R,) the rows of the file, as a spreadsheet program counts.
        by_place: The columns by their place in the header.
    """

    head: Head
    row: IntColumn
    by_place: Mapping[int, Column]

    def filled(self, at: int, hint: str) -> Column:
        """A column in which every row must say something.

        Raises:
            BadInput: Names the first row that does not.
        """
        column = self.by_place[at]
        if (blank := column.blank) >= 0:
            row = int(self.row[(column.at == blank).argmax()])
            raise BadInput(f"{self.head.cell(row, column.title)}: blank", hint)
        return column


class Table(ABC):
    """One sheet or file whose header is known and whose rows are read on demand."""

    head: Head

    @abstractmethod
    def read(self, places: Collection[int], names: Sequence[int] = ()) -> Columns:
        """The columns at these places of the header.

        Args:
            places: Which; everything else in a row is only counted.
            names: Those that name units or clusters, units first. They may be dates, if all of
                them are; a code that is a date was typed as something else.

        Raises:
            BadInput: A row or cell that cannot be taken; names the row.
        """
