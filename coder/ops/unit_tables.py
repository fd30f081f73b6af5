"""The unit table in its two grains, with what the codes count as now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from coder.formats.tables import Column, Table
from coder.model import Viewer
from coder.ops.heirs import codes_now
from coder.ops.study import Study
from coder.ops.tallying import NOTE_WORDS
from coder.store import read_models


def units_table(study: Study, viewer: Viewer) -> Table:
    """One line per unit, coder, code set and pass."""
    columns = read_models.UNIT_COLUMNS
    return _plain_table(
        "units",
        "Unit table: a row per unit, coder, code set and pass",
        (*columns, "codes_now"),
        _with_codes_now(
            study, read_models.unit_table(study.store.db, viewer), columns.index("codes"), columns
        ),
    )


def unit_codes_table(study: Study, viewer: Viewer) -> Table:
    """One line per coding."""
    columns = read_models.UNIT_CODE_COLUMNS
    return _plain_table(
        "unit_codes",
        "Unit table: a row per coding",
        (*columns, "code_now"),
        _with_codes_now(
            study,
            read_models.unit_code_table(study.store.db, viewer),
            columns.index("code"),
            columns,
        ),
    )


def _with_codes_now(
    study: Study, rows: Iterable[tuple[Any, ...]], at: int, columns: Sequence[str]
) -> tuple[tuple[Any, ...], ...]:
    """Rows with, beside the codes as they were put on, what these count as now.

    The unit table is what numbers can be recomputed from, and numbers are of the codes of now.
    """
    books = {book.id: book for book in study.codebooks}
    place = columns.index("code_set")

    @cache
    def now(full: str, codes: str) -> str:
        book = books.get(full.partition(":")[0])
        return ";".join(codes_now(book, codes.split(";"))) if book and codes else codes

    return tuple((*row, now(row[place], row[at])) for row in rows)


_COUNTS = frozenset({"start", "stop", "pass", "level", "codable"})


def _plain_table(
    name: str, title: str, columns: Sequence[str], rows: tuple[tuple[str | int | None, ...], ...]
) -> Table:
    return Table(
        name=name,
        title=title,
        columns=tuple(
            Column(key, key.replace("_", " "), "count" if key in _COUNTS else "text")
            for key in columns
        ),
        rows=rows,
        notes=(NOTE_WORDS,),
    )
