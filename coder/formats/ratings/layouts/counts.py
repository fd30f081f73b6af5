"""Tables of two coders that another program or person has counted: code, a, b, c, d.

The letters are the usual ones of a four-field table: both coders, only the first, only the
second, neither. MAXQDA shows such a table for its kappa.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coder.errors import BadInput, UsageError
from coder.formats.ratings.content import CountedPairs, Noun, RatingsFile
from coder.formats.ratings.layouts.answers import NOUNS, look_alikes
from coder.formats.ratings.layouts.spans import whole
from coder.formats.ratings.layouts.tables import RatingTable, files_of, sheet_notes, tables_of
from coder.formats.ratings.options import HowToRead
from coder.formats.sheets import Sheet
from coder.formats.wording import shown

Cells = tuple[int, int, int, int]
"""Both, only the first, only the second, neither."""

LETTERS = ("a", "b", "c", "d")


class FourField:
    """A row for a code, and for a document where it was counted by document."""

    name = "four-field"
    says = "counts of two coders: code, a (both), b (only the first), c (only the second), d"

    def fits(self, sheets: Sequence[Sheet], how: HowToRead) -> bool:
        """Columns code, a, b, c and d."""
        return any(_is_counts(table) for table in tables_of(sheets, how.sheet))

    def read(self, sheets: Sequence[Sheet], how: HowToRead) -> RatingsFile:
        """The counts as they stand."""
        tables = [table for table in tables_of(sheets, how.sheet) if _is_counts(table)]
        if not tables:
            raise BadInput(f"{files_of(sheets)[0]}: no columns code, a, b, c and d", "name them so")
        cells: dict[tuple[str, str], Cells] = {}
        noun: Noun = "cluster"
        for table in tables:
            cluster = table.called(how.cluster, "--cluster") if how.cluster else None
            if cluster is None:
                cluster = table.find("document", "transcript", "cluster", "file")
            if cluster is not None:
                noun = NOUNS.get(table.names[cluster], "cluster")
            _fill(cells, table, cluster)
        notes = list(sheet_notes(sheets))
        if not any(neither for *_, neither in cells.values()):
            notes.append(
                "d is 0 in every row: nothing was counted that neither coder coded, so agreement "
                "corrected for chance (kappa, alpha) says nothing here; so it is in MAXQDA's table "
                "of coded segments"
            )
        found = counted(cells, how.coders, noun, "units")
        return RatingsFile(
            files=files_of(sheets),
            shape=f"four-field counts of {len(found.codes)} codes, coders "
            f"{' and '.join(found.coders)}",
            content=found,
            notes=(*notes, *look_alikes(found.codes, "codes")),
        )


def counted(
    cells: Mapping[tuple[str, str], Cells], coders: Sequence[str], noun: Noun, measured_in: str
) -> CountedPairs:
    """Counts by cluster and code as one block; a pair that is not there has none.

    Raises:
        UsageError: The user named more or fewer than two coders.
    """
    import numpy as np

    if coders and len(coders) != 2:
        raise UsageError(
            f"the file compares two coders, and --coders names {len(coders)}", "--coders AL,RR"
        )
    first, second = coders or ("A", "B")
    clusters = {name: at for at, name in enumerate(dict.fromkeys(g for g, _ in cells))}
    codes = {name: at for at, name in enumerate(dict.fromkeys(k for _, k in cells))}
    tables = np.zeros((len(clusters), len(codes), 2, 2), dtype=np.int64)
    for (cluster, code), (both, only_first, only_second, neither) in cells.items():
        tables[clusters[cluster], codes[code]] = [[both, only_first], [only_second, neither]]
    return CountedPairs((first, second), tuple(codes), tuple(clusters), noun, measured_in, tables)


def _is_counts(table: RatingTable) -> bool:
    return {"code", *LETTERS} <= set(table.names)


def _fill(cells: dict[tuple[str, str], Cells], table: RatingTable, cluster: int | None) -> None:
    code = table.names.index("code")
    columns = [table.names.index(letter) for letter in LETTERS]
    for row in table.body([code, cluster, *columns]):
        name = table.cell(row, code)
        within = table.cell(row, cluster) if cluster is not None else "all"
        for at, cell in ((code, name), (cluster, within)):
            if not cell:
                raise BadInput(f"{table.place(row, at)}: the cell is blank", "fill it")
        if (within, name) in cells:
            raise BadInput(
                f"{table.place(row)}: {shown(name)} stands further up already", "remove one row"
            )
        a, b, c, d = (whole(table.cell(row, at), table.place(row, at)) for at in columns)
        cells[within, name] = (a, b, c, d)
