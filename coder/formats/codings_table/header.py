"""Which column of a spreadsheet of codings holds what."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

from coder.errors import BadInput
from coder.formats.codings_table.table import (
    CODE_COLUMNS,
    CONTEXT_COLUMNS,
    OTHER_COLUMNS,
    SET_COLUMNS,
    UNIT_COLUMNS,
    plain_title,
)
from coder.formats.sheets import Row, Sheet
from coder.formats.tables import unguard
from coder.formats.wording import closest, did_you_mean, listed, shown

HEADER_SEARCHED = 10
"""Rows of a workbook among which the header is looked for: a title may stand above it."""


class Header:
    """Which column holds what."""

    def __init__(self, sheet: Sheet, row: Row, code_sets: Collection[str]) -> None:
        self.sheet = sheet
        self.titles = [unguard(cell).strip() for cell in row.cells]
        while self.titles and not self.titles[-1]:
            self.titles.pop()
        self.names = [plain_title(title) for title in self.titles]
        self.place = f"{sheet.place}, row {row.number}"
        self.notes: list[str] = []
        self._check_names()
        unit = self._column(UNIT_COLUMNS)
        assert unit is not None
        self.unit = unit
        self.coder = self._column(("coder",))
        self.memo = self._column(("memo",))
        self.code = self._column(CODE_COLUMNS)
        self.code_set = self._column(SET_COLUMNS) if self.code is not None else None
        self.sets: dict[int, str] = {}
        if self.code is None:
            self.sets = self._set_columns(code_sets)
        self.form: Literal["long", "wide"] = "wide" if self.code is None else "long"
        several = {self.unit, self.coder, self.memo, self.code, self.code_set, *self.sets}
        self.used = {at for at in several if at is not None}
        self.read = tuple(self.titles[at] for at in sorted(self.used))
        self.ignored = tuple(t for at, t in enumerate(self.titles) if t and at not in self.used)
        known = [*UNIT_COLUMNS, *SET_COLUMNS, *CODE_COLUMNS, *OTHER_COLUMNS, *code_sets]
        known += [name.rpartition(":")[2] for name in code_sets]
        for title in self.ignored:
            meant = "" if plain_title(title) in CONTEXT_COLUMNS else did_you_mean(title, known)
            self.notes.append(f"column {shown(title)} is ignored{f' ({meant})' if meant else ''}")

    def check(self, row: Row) -> None:
        """Stop at a row that does not fit under the header."""
        place = f"{self.sheet.place}, row {row.number}"
        here = len(row.cells)
        extra = any(cell.strip() for cell in row.cells[len(self.titles) :])
        if extra or here < len(self.titles):
            while not extra and here and not row.cells[here - 1].strip():
                here -= 1
            raise BadInput(
                f"{place}: {here} cell{'' if here == 1 else 's'} under {len(self.titles)} columns",
                "give every row as many cells as the header; put cells that hold the separator "
                "between quotation marks",
            )
        for at, cell in enumerate(row.cells[: len(self.titles)]):
            if not self.titles[at] and cell.strip():
                raise BadInput(f"{place}: {shown(cell)} has no column name above it", "name it")
            if at not in self.used:
                continue
            if at in row.broken:
                raise BadInput(
                    f"{place}, column {shown(self.titles[at])}: an error or a formula that was "
                    "never computed",
                    "correct it, or paste its value",
                )
            if at in row.dates and at != self.memo:
                raise BadInput(
                    f"{place}, column {shown(self.titles[at])}: the spreadsheet turned this into "
                    f"the date {cell}",
                    "format the column as text and type it again",
                )

    def cell(self, row: Row, at: int | None) -> str:
        """A cell without guard and blanks; nothing for a column that is not there."""
        return "" if at is None else unguard(row.cells[at]).strip()

    def _column(self, names: tuple[str, ...]) -> int | None:
        return next((self.names.index(name) for name in names if name in self.names), None)

    def _check_names(self) -> None:
        seen: set[str] = set()
        for title, name in zip(self.titles, self.names, strict=True):
            if name and name in seen:
                raise BadInput(f"{self.place}: two columns are called {shown(title)}", "rename one")
            seen.add(name)

    def _set_columns(self, code_sets: Collection[str]) -> dict[int, str]:
        """The columns of a wide table that are code sets."""
        full = {name for known in code_sets for name in (known, known.rpartition(":")[2])}
        found: dict[int, str] = {}
        for at, title in enumerate(self.titles):
            if at in (self.unit, self.coder, self.memo) or not title:
                continue
            if full:
                if title in full:
                    found[at] = title
                continue
            meant = closest(title, CODE_COLUMNS, 0.8) if ":" not in title else ""
            if meant:
                raise BadInput(f"{self.place}: column {shown(title)}", f'did you mean "{meant}"?')
            if re.fullmatch(r"\w+(:\w+)?", title) and self.names[at] not in CONTEXT_COLUMNS:
                found[at] = title
        if not found:
            what = f"code sets are {listed(sorted(code_sets))}" if code_sets else "none is named"
            raise BadInput(
                f"{self.place}: no column code, and none that names a code set ({what})",
                "add a column code (long form), or one column per code set (wide form)",
            )
        return found


def header_at(sheet: Sheet) -> int | None:
    """Position of the first row that names a column of units and at least one other."""
    searched = sheet.rows[:HEADER_SEARCHED] if sheet.name else sheet.rows[:1]
    for at, row in enumerate(searched):
        names = [plain_title(unguard(cell)) for cell in row.cells]
        if any(name in names for name in UNIT_COLUMNS) and sum(map(bool, names)) > 1:
            return at
    return None


def has_codes(row: Row) -> bool:
    """Whether a header row names a column of codes."""
    return any(plain_title(unguard(cell)) in CODE_COLUMNS for cell in row.cells)


def no_header(sheet: Sheet) -> BadInput:
    first = sheet.rows[0]
    place = f"{sheet.place}, row {first.number}"
    names = [unguard(cell).strip() for cell in first.cells if cell.strip()]
    if any(plain_title(name) in UNIT_COLUMNS for name in names):
        return BadInput(f"{place}: the only column is {shown(names[0])}", "add a column code")
    for name in names:
        if meant := closest(name, UNIT_COLUMNS, 0.7):
            return BadInput(f"{place}: column {shown(name)}", f'did you mean "{meant}"?')
    return BadInput(
        f"{place}: no header with a column {listed(UNIT_COLUMNS)}",
        "name the columns in the first row: excerpt, code_set, code, coder, memo",
    )
