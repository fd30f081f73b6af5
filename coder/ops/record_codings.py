"""What a table of records says of codes, as rows of codings that loading takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coder.errors import UsageError
from coder.formats.codings_table import CodingRow
from coder.formats.codings_table.table import STATUS_WORDS
from coder.formats.records_table import RecordRow, RecordsTable
from coder.model import Codebook, CodeSet, Status
from coder.ops.contradictions import is_met, needs_of
from coder.ops.loading import at_row
from coder.ops.study import did_you_mean


@dataclass(slots=True)
class RecordCodings:
    """Rows for ``loading.answers_of``, and what was taken from blank cells."""

    rows: list[CodingRow] = field(default_factory=list)
    inferred: set[tuple[str, str, str]] = field(default_factory=set)
    """Coder, unit and full name of the set of each answer that a blank cell gave."""
    against: list[int] = field(default_factory=list)
    """Rows with a code in a set whose ``depends_on`` their other codes do not meet."""


def record_codings(
    book: Codebook, path: Path, table: RecordsTable, refs: Sequence[str], coder: str
) -> RecordCodings:
    """The codings of a table of records.

    In wide form a blank cell is an answer: not applicable where the set depends on a code of
    another column that the row does not have, else nothing applied.

    Args:
        book: Whose code sets the columns are.
        path: The file, for complaints.
        table: What it says.
        refs: Reference of the record of each row.
        coder: Alias for rows that name none.

    Raises:
        BadInput: A cell holds no code of its sets, or no level of a rubric.
    """
    found = RecordCodings()
    for row, ref in zip(table.rows, refs, strict=True):
        maker = _Row(book, path, row, ref, row.cells.get("coder") or coder)
        if table.form == "long":
            found.rows += maker.of_long(table.titles["code"])
        elif table.form == "wide":
            maker.of_wide(table.code_columns, found)
    return found


class _Row:
    """One row of the table on its way to codings."""

    def __init__(self, book: Codebook, path: Path, row: RecordRow, ref: str, coder: str) -> None:
        self.book = book
        self.path = path
        self.row = row
        self.ref = ref
        self.coder = coder

    def of_long(self, title: str) -> Iterator[CodingRow]:
        """The codes of a cell; an empty one says "finished, nothing applied"."""
        cells = self.row.cells
        name = cells.get("code_set", "").removeprefix(f"{self.book.id}:")
        for word in _words(cells["code"]) or [""]:
            with at_row(self.path, self._row(title, word, "coded")):
                code_set = self._set(name) if name else None
                code, status = self._code(word, [code_set] if code_set else self.book.code_sets)
                if not code and code_set is None:
                    raise UsageError(
                        "an empty code needs a code set", "add a column code_set, or drop the row"
                    )
            owner = code_set or self._owner(code)
            yield self._row(title, code, status, owner.id)

    def of_wide(self, columns: Mapping[str, tuple[str, ...]], found: RecordCodings) -> None:
        """The codes of every cell, and what blank ones say."""
        codes: dict[str, list[str]] = {}
        columns_of: dict[str, str] = {}
        for title, sets in columns.items():
            owners = [self._set(name) for name in sets]
            for one in owners:
                codes.setdefault(one.id, [])
                columns_of.setdefault(one.id, title)
            for word in _words(self.row.codes[title]):
                with at_row(self.path, self._row(title, word, "coded")):
                    code, status = self._code(word, owners)
                if status != "coded":
                    found.rows += [self._row(title, "", status, one.id) for one in owners]
                    continue
                owner = next(one for one in owners if one.code(code) is not None)
                codes[owner.id].append(code)
                found.rows.append(self._row(title, code, "coded", owner.id))
        stated = {row.code_set for row in found.rows if row.row_number == self.row.row_number}
        for name, here in codes.items():
            code_set = self._set(name)
            is_met = _is_met(code_set, codes)
            if here and not is_met:
                found.against.append(self.row.row_number)
            full = f"{self.book.id}:{name}"
            if here or full in stated:
                continue
            blank: Status = "nothing" if is_met else "not_applicable"
            found.rows.append(self._row(columns_of[name], "", blank, name))
            found.inferred.add((self.coder, self.ref, full))

    def _code(self, word: str, sets: Sequence[CodeSet]) -> tuple[str, Status]:
        """The code that a word means, a level of a rubric included, or the word for none."""
        status = STATUS_WORDS.get(word.casefold(), "coded")
        if status != "coded":
            return "", status
        for code_set in sets:
            if code_set.code(word) is not None:
                return word, "coded"
        rubrics = [one for one in sets if one.mode == "ordinal"]
        if len(rubrics) == len(sets) == 1:
            levels = {str(code.level): code.id for code in rubrics[0].codes}
            if word not in levels:
                known = ", ".join(sorted(levels))
                raise UsageError(
                    f"{rubrics[0].id} has no level or code {word}", f"its levels are {known}"
                )
            return levels[word], "coded"
        where = " or ".join(one.id for one in sets) if len(sets) < 4 else self.book.id
        known_codes = [code.id for one in sets for code in one.codes]
        raise UsageError(f"there is no code {word} in {where}", did_you_mean(word, known_codes))

    def _set(self, name: str) -> CodeSet:
        found = self.book.code_set(name)
        if found is None:
            hint = did_you_mean(name, [one.id for one in self.book.code_sets])
            raise UsageError(f"there is no code set {name} in {self.book.id}", hint)
        return found

    def _owner(self, code: str) -> CodeSet:
        return next(one for one, other in self.book.codes() if other.id == code)

    def _row(self, title: str, code: str, status: Status, code_set: str = "") -> CodingRow:
        return CodingRow(
            row_number=self.row.row_number,
            unit=self.ref,
            code_set=f"{self.book.id}:{code_set}" if code_set else "",
            code=code,
            coder=self.coder,
            memo=self.row.cells.get("memo", ""),
            status=status,
            column=title,
        )


def _words(cell: str) -> list[str]:
    return list(dict.fromkeys(word for part in cell.split(";") if (word := part.strip())))


def _is_met(code_set: CodeSet, codes: Mapping[str, Sequence[str]]) -> bool:
    """Whether the codes of a row meet what a set depends on; a set that is no column does."""
    other, _ = needs_of(code_set)
    return other not in codes or is_met(code_set, codes)
