"""Weights of the user's own, from a spreadsheet: a square table with categories on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coder.errors import BadInput, UsageError
from coder.formats.ratings import BadRatings
from coder.formats.sheets import Row, read_sheets
from coder.formats.wording import shown
from coder.ops.file_categories import as_number

if TYPE_CHECKING:
    from coder.stats.arrays import FloatArray


@dataclass(frozen=True)
class OwnWeights:
    """How far apart categories are, 0 for a category and itself.

    Args:
        file: Where they stand.
        categories: In the order of the file.
        distances: Row by row.
        said: What the numbers were taken for, one plain clause.
    """

    file: str
    categories: tuple[str, ...]
    distances: tuple[tuple[float, ...], ...]
    said: str

    def among(self, names: Sequence[str]) -> FloatArray:
        """The disagreement weights (q, q) of these categories.

        Raises:
            UsageError: One of them is not in the file.
        """
        import numpy as np

        for name in names:
            if name not in self.categories:
                raise UsageError(
                    f"{self.file}: no weights for {shown(name)}",
                    f"it has {', '.join(self.categories)}",
                )
        places = [self.categories.index(name) for name in names]
        return np.array(self.distances, dtype=np.float64)[np.ix_(places, places)]


def read_weights(path: Path) -> OwnWeights:
    """Read a table of weights: categories in the first row and in the first column.

    With 1 all along the diagonal they are agreement weights (Cohen's w), with 0 disagreement
    weights (v); there is no third kind.

    Raises:
        BadRatings: Names the file and the row of what cannot be a weight.
    """
    try:
        return _read(path)
    except BadInput as fault:
        raise BadRatings(fault.message, fault.hint) from fault


def _read(path: Path) -> OwnWeights:
    sheet = read_sheets(path)[0]
    if len(sheet.rows) < 3:
        raise BadInput(
            f"{sheet.place}: a table of weights has the categories in its first row and column, "
            "and a weight for every two of them"
        )
    header, *rows = sheet.rows
    across = tuple(cell.strip() for cell in header.cells[1:] if cell.strip())
    down = tuple(row.cells[0].strip() for row in rows)
    if across != down:
        raise BadInput(
            f"{sheet.place}: the first row names {', '.join(across)}, the first column "
            f"{', '.join(down)}",
            "name the same categories in the same order",
        )
    twice = next((name for name in across if across.count(name) > 1), None)
    if twice is not None:
        raise BadInput(f"{sheet.place}: the category {shown(twice)} is there twice")
    weights = [_weights(sheet.place, row, across) for row in rows]
    diagonal = {row[at] for at, row in enumerate(weights)}
    if diagonal not in ({0.0}, {1.0}):
        raise BadInput(
            f"{sheet.place}: the diagonal holds neither 0 all along (disagreement weights) nor 1 "
            "(agreement weights)"
        )
    are_agreement = diagonal == {1.0}
    found = [[1.0 - w if are_agreement else w for w in row] for row in weights]
    _check(sheet.place, rows, across, found, are_agreement=are_agreement)
    kind = "agreement weights (1 on the diagonal)" if are_agreement else "disagreement weights"
    return OwnWeights(sheet.file, across, tuple(tuple(row) for row in found), kind)


def _weights(place: str, row: Row, names: Sequence[str]) -> list[float]:
    found = []
    for at, name in enumerate(names, start=1):
        cell = row.cells[at].strip() if at < len(row.cells) else ""
        value = as_number(cell)
        if value is None:
            what = shown(cell) if cell else "nothing"
            raise BadInput(
                f"{place}, row {row.number}: {what} under {shown(name)} is no weight",
                "every two categories need a number",
            )
        found.append(value)
    return found


def _check(
    place: str,
    rows: Sequence[Row],
    names: Sequence[str],
    found: Sequence[Sequence[float]],
    *,
    are_agreement: bool,
) -> None:
    for i, row in enumerate(rows):
        for j, name in enumerate(names):
            here = f"{place}, row {row.number}, {shown(name)}"
            if found[i][j] < 0:
                limit = (
                    "above 1, as if they agreed more than fully" if are_agreement else "negative"
                )
                raise BadInput(f"{here}: the weight is {limit}")
            if found[i][j] != found[j][i]:
                raise BadInput(f"{here}: not the weight that stands there the other way round")
    if not any(value for row in found for value in row):
        raise BadInput(f"{place}: by these weights no two categories differ")
