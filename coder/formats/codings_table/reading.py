"""From a spreadsheet file to codings."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from coder.errors import BadInput
from coder.formats.codings_table.header import Header, has_codes, header_at, no_header
from coder.formats.codings_table.table import STATUS_WORDS, CodingRow, CodingsTable
from coder.formats.files import named
from coder.formats.sheets import Row, Sheet, read_sheets
from coder.formats.tables import unguard
from coder.formats.wording import shown


def read_codings(path: str | Path, *, code_sets: Collection[str] = ()) -> CodingsTable:
    """Read codings from a .csv, .tsv or .xlsx file.

    In a workbook the first visible sheet with a column of codes is read, else the first one with
    a column of excerpts.

    Args:
        path: The file.
        code_sets: The code sets that the study knows, as ``set`` or ``book:set``. With them, a
            column of a wide table that names none of them is ignored with a note; without, every
            column that may be a code set is taken for one.

    Raises:
        BadInput: No header, a blank excerpt, two rows that say the same or contradict each
            other, a row too long or too short, or a file that cannot be read; names the file
            and the row.
    """
    sheets = [sheet for sheet in read_sheets(path) if sheet.rows]
    if not sheets:
        raise BadInput(f"{named(path)}: nothing stands in it", "it needs a row of column names")
    found = [(sheet, at) for sheet in sheets if (at := header_at(sheet)) is not None]
    if not found:
        raise no_header(sheets[0])
    # A workbook may list its excerpts on another sheet; codes are what is looked for.
    found.sort(key=lambda place: not has_codes(place[0].rows[place[1]]))
    sheet, at = found[0]
    header = Header(sheet, sheet.rows[at], code_sets)
    body = sheet.rows[at + 1 :]
    if sheet.name:
        body = _without_notes(header, body)
    if not body:
        raise BadInput(f"{sheet.place}: a header and no rows below it", "add the codings")
    reading = _long_rows if header.form == "long" else _wide_rows
    rows: list[CodingRow] = []
    blank_cells = 0
    for row in body:
        header.check(row)
        said = list(reading(header, row))
        blank_cells += sum(1 for coding in said if coding is None)
        rows += [coding for coding in said if coding is not None]
    _check_repeats(sheet, rows)
    notes = [*sheet.notes, *header.notes]
    if len(found) > 1:
        others = ", ".join(shown(other.name) for other, _ in found[1:])
        notes.append(f"read sheet {shown(sheet.name)} only; {others} look like codings too")
    if blank_cells:
        notes.append(
            f"{blank_cells} blank cells were taken as not finished; write nothing where the "
            "excerpt is finished and no code applies"
        )
    return CodingsTable(
        file=sheet.file,
        sheet=sheet.name,
        form=header.form,
        rows=tuple(rows),
        columns=header.read,
        ignored=header.ignored,
        notes=tuple(notes),
    )


def _long_rows(header: Header, row: Row) -> Iterator[CodingRow | None]:
    """The codings of a row with one code; several with semicolons are taken too."""
    yield from _codings(header, row, header.cell(row, header.code_set), header.code)


def _wide_rows(header: Header, row: Row) -> Iterator[CodingRow | None]:
    """The codings of a row with a cell per code set; None for each blank one."""
    for at, code_set in header.sets.items():
        if header.cell(row, at):
            yield from _codings(header, row, code_set, at)
        else:
            _unit(header, row)
            yield None


def _codings(header: Header, row: Row, code_set: str, at: int | None) -> Iterator[CodingRow]:
    unit, coder = _unit(header, row), header.cell(row, header.coder)
    # Kept as it stands: line ends and blanks in a memo are the coder's own.
    memo = unguard(row.cells[header.memo]) if header.memo is not None else ""
    cell = header.cell(row, at)
    words = [word for part in cell.split(";") if (word := part.strip())]
    if cell and not words:
        raise BadInput(
            f"{header.sheet.place}, row {row.number}: semicolons without a code",
            "write the codes, or leave the cell empty",
        )
    for word in words or [""]:
        status = STATUS_WORDS.get(word.casefold(), "coded")
        code = word if status == "coded" else ""
        yield CodingRow(row.number, unit, code_set, code, coder, memo, status)


def _unit(header: Header, row: Row) -> str:
    unit = header.cell(row, header.unit)
    if not unit:
        raise BadInput(
            f"{header.sheet.place}, row {row.number}: no {header.titles[header.unit]} is named",
            "write the reference of the excerpt, such as AF-T01-Y1:12, in every row",
        )
    return unit


def _check_repeats(sheet: Sheet, rows: list[CodingRow]) -> None:
    """Stop where two rows say the same, or where one says a code and another that none applies."""
    first: dict[tuple[str, ...], CodingRow] = {}
    standing: dict[tuple[str, ...], CodingRow] = {}
    for row in rows:
        whole = (row.unit, row.coder, row.code_set, row.code, row.status)
        whose = (row.unit, row.coder, row.code_set)
        by = f" by {shown(row.coder)}" if row.coder else ""
        earlier = first.setdefault(whole, row)
        if earlier is not row:
            said = f"code {shown(row.code)}" if row.code else row.status.replace("_", " ")
            raise BadInput(
                f"{sheet.place}, row {row.row_number}: {said} on {shown(row.unit)}{by} stands in "
                f"row {earlier.row_number} already",
                "remove one of them",
            )
        other = standing.setdefault(whose, row)
        if row.status != other.status:
            hint = "keep what is true" if row.code_set else "keep one, or add a column code_set"
            raise BadInput(
                f"{sheet.place}, row {row.row_number}: {shown(row.unit)}{by} is "
                f"{row.status.replace('_', ' ')} here and {other.status.replace('_', ' ')} in row "
                f"{other.row_number}",
                hint,
            )


def _without_notes(header: Header, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows of a sheet without the notes that our own workbooks put below a blank row.

    A note is a sentence alone in the first column; what is left out is said aloud.
    """
    for at in range(1, len(rows)):
        if rows[at].number == rows[at - 1].number + 1:
            continue
        if all(_is_note(row) for row in rows[at:]):
            header.notes.append(f"from row {rows[at].number} on, taken as notes below the table")
            return rows[:at]
    return rows


def _is_note(row: Row) -> bool:
    return not any(cell.strip() for cell in row.cells[1:]) and len(row.cells[0].split()) >= 5
