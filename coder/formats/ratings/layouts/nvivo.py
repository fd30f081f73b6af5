"""NVivo's coding comparison: percentages of the characters of each file, for each code.

Source: help-nv.qsrinternational.com "Coding comparison query" (9 to 12, Windows and Mac): a row
for a node (later: code) and source (later: file), with folder, size, kappa, agreement, A and B,
not A and not B, disagreement, A and not B, B and not A; the size of text is in characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from coder.errors import BadInput
from coder.formats.ratings.content import RatingsFile
from coder.formats.ratings.layouts.answers import look_alikes
from coder.formats.ratings.layouts.counts import Cells, counted
from coder.formats.ratings.layouts.numbered_codes import parents
from coder.formats.ratings.layouts.tables import RatingTable, files_of, sheet_notes, tables_of
from coder.formats.ratings.options import HowToRead
from coder.formats.sheets import Row, Sheet
from coder.formats.wording import shown

PERCENTAGES = ("a and b", "a and not b", "b and not a", "not a and not b")
CODE = ("code", "node", "case")
FILE = ("file", "source", "file name", "source name")
FOLDER = ("file folder", "source folder", "folder", "file location", "source location")
SIZE = ("file size", "source size", "size")

_NUMBER = re.compile(r"(\d{1,3})(?:[.,](\d+))?(e-\d+)? ?%?")
_COUNT = r"(\d{1,3}(?:[., '\u00a0\u202f]\d{3})+|\d+)"
_CHARACTERS = re.compile(_COUNT + r" ?(?:chars?|characters?)\b")
_FINEST = 8
"""Decimals behind which sums of four percentages may differ without anybody's fault."""


@dataclass(frozen=True, eq=False)
class _Line:
    """One row of the comparison."""

    place: str
    row: int
    code: str
    file: str
    folder: str
    size: int
    shares: tuple[Decimal, ...]
    agreement: Decimal | None


class Nvivo:
    """The result of a coding comparison query on text."""

    name = "nvivo"
    says = "NVivo's coding comparison: percentages A and B, A and not B ... for each code and file"

    def fits(self, sheets: Sequence[Sheet], how: HowToRead) -> bool:
        """Its percentages; without a size they are refused, lest they be taken for coders."""
        return any(
            len({*PERCENTAGES} & {_bare(name) for name in table.names}) > 1
            for table in tables_of(sheets, how.sheet)
        )

    def read(self, sheets: Sequence[Sheet], how: HowToRead) -> RatingsFile:
        """Counts of characters, from the size of each file and the rounded percentages."""
        tables = [t for t in tables_of(sheets, how.sheet) if _columns(t) is not None]
        if not tables:
            raise BadInput(
                f"{files_of(sheets)[0]}: this is no coding comparison: it needs the columns "
                "Code, File, File Size, A and B, A and Not B, B and Not A, Not A and Not B",
                "export the result of the query with percentages shown",
            )
        lines = [line for table in tables for line in _lines(table)]
        unit = _unit(lines)
        decimals = max(_decimals(share) for line in lines for share in line.shares)
        step = Decimal(1).scaleb(-min(decimals, _FINEST))
        cells: dict[tuple[str, str], Cells] = {}
        first: dict[tuple[str, str], _Line] = {}
        twice = _files_in_two_folders(lines)
        for line in lines:
            _check(line, unit, step)
            file = f"{line.folder}/{line.file}" if line.file in twice else line.file
            key = (file, line.code)
            if key in first:
                raise BadInput(
                    f"{line.place}: {shown(line.code)} in {shown(line.file)} stands in row "
                    f"{first[key].row} already",
                    "export one comparison of two users or groups at a time",
                )
            first[key] = line
            cells[key] = _counts(line, unit)
        found = counted(cells, how.coders, "document", "characters")
        notes = [
            *sheet_notes(sheets),
            *_rounding(lines, unit, decimals),
            *_same_sizes(lines),
        ]
        if not how.coders:
            notes.append("NVivo names no coders in this file: A and B, or say --coders AL,RR")
        gaps = len(found.clusters) * len(found.codes) - len(cells)
        if gaps:
            notes.append(f"{gaps} pairs of a code and a file are not in the table and not counted")
        return RatingsFile(
            files=files_of(sheets),
            shape=f"NVivo coding comparison: {len(found.codes)} codes in {len(found.clusters)} "
            f"files, coders {' and '.join(found.coders)}",
            content=found,
            notes=(*notes, *parents(found.codes), *look_alikes(found.codes, "codes")),
        )


def _bare(name: str) -> str:
    return name.removesuffix("(%)").removesuffix("%").strip()


def _columns(table: RatingTable) -> dict[str, int] | None:
    """Where everything stands, or None for another table."""
    names = [_bare(name) for name in table.names]
    found: dict[str, int] = {}
    for key, wanted in (("code", CODE), ("file", FILE), ("size", SIZE), ("folder", FOLDER)):
        at = next((names.index(name) for name in wanted if name in names), None)
        if at is not None:
            found[key] = at
        elif key != "folder":
            return None
    if not set(PERCENTAGES) <= set(names):
        return None
    found.update({name: names.index(name) for name in PERCENTAGES})
    if "agreement" in names:
        found["agreement"] = names.index("agreement")
    return found


def _lines(table: RatingTable) -> Iterator[_Line]:
    at = _columns(table)
    assert at is not None
    for row in table.body(list(at.values())):
        for key in ("code", "file"):
            if not table.cell(row, at[key]):
                raise BadInput(f"{table.place(row, at[key])}: the cell is blank", "fill it")
        agreement = at.get("agreement")
        yield _Line(
            place=table.place(row),
            row=row.number,
            code=table.cell(row, at["code"]),
            file=table.cell(row, at["file"]),
            folder=table.cell(row, at.get("folder")),
            size=_size(table, row, at["size"]),
            shares=tuple(_share(table, row, at[name]) for name in PERCENTAGES),
            agreement=None if agreement is None else _share(table, row, agreement),
        )


def _size(table: RatingTable, row: Row, at: int) -> int:
    text = table.cell(row, at)
    match = re.fullmatch(_COUNT, text) or _CHARACTERS.search(text)
    if match is None:
        raise BadInput(
            f"{table.place(row, at)}: {shown(text)} is no number of characters",
            "only text can be read; export the comparison without pictures, audio and video",
        )
    size = int(re.sub(r"\D", "", match[1]))
    if size == 0:
        raise BadInput(f"{table.place(row, at)}: the file is empty", "leave the row out")
    return size


def _share(table: RatingTable, row: Row, at: int) -> Decimal:
    match = _NUMBER.fullmatch(table.cell(row, at))
    if match is None:
        raise BadInput(
            f"{table.place(row, at)}: {shown(table.cell(row, at))} is no percentage",
            "export the comparison again",
        )
    return Decimal(f"{match[1]}.{match[2] or '0'}{match[3] or ''}")


def _decimals(share: Decimal) -> int:
    exponent = share.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _unit(lines: Sequence[_Line]) -> int:
    """What a row adds up to: 100, or 1 where a spreadsheet keeps percentages as shares."""
    return 1 if all(_sum(line.shares) < 2 for line in lines) else 100


def _sum(shares: Sequence[Decimal]) -> Decimal:
    return sum(shares, Decimal(0))


def _check(line: _Line, unit: int, step: Decimal) -> None:
    total = _sum(line.shares)
    if abs(total - unit) > 2 * step:
        raise BadInput(
            f"{line.place}: A and B, A and Not B, B and Not A and Not A and Not B add up to "
            f"{total.normalize():f}, not to {unit}",
            "export the comparison again, with all columns as NVivo writes them",
        )
    agreed = line.shares[0] + line.shares[3]
    if line.agreement is not None and abs(line.agreement - agreed) > 2 * step:
        raise BadInput(
            f"{line.place}: Agreement is {line.agreement.normalize():f}, and A and B with Not A "
            f"and Not B is {agreed.normalize():f}",
            "export the comparison again",
        )


def _counts(line: _Line, unit: int) -> Cells:
    """Whole characters that add up to the size: what is left over goes where most was cut off."""
    exact = [share * line.size / unit for share in line.shares]
    counts = [int(value) for value in exact]
    order = sorted(range(4), key=lambda at: counts[at] - exact[at])
    # Percentages that were rounded may add up to more or less than the whole.
    missing = line.size - sum(counts)
    for at in order[: max(missing, 0)]:
        if counts[at] < exact[at]:
            counts[at] += 1
    counts[max(range(4), key=lambda at: counts[at])] += line.size - sum(counts)
    both, first, second, neither = counts
    return both, first, second, neither


def _rounding(lines: Sequence[_Line], unit: int, decimals: int) -> list[str]:
    """How far off the counts can be, and for which rows that matters."""
    half = Decimal(1).scaleb(-decimals) / (2 * unit)
    largest = max(line.size for line in lines)
    # The largest cell takes what the other three, each rounded, leave of the whole.
    error = int(3 * largest * half) + 1
    if error == 1:
        return ["counts of characters were taken from percentages, to within one character"]
    shown_decimals = decimals if unit == 100 else max(0, decimals - 2)
    rare = [line for line in lines if 0 < _sum(line.shares[:3]) / unit < 20 * half]
    notes = [
        f"counts of characters were taken from percentages with {shown_decimals} decimals: a cell "
        f"is off by up to {error} characters in the largest file ({largest} "
        "characters)"
    ]
    if rare:
        notes.append(
            f"{len(rare)} of {len(lines)} rows have so little coded text that this rounding alone "
            f"can move their kappa, such as {shown(rare[0].code)} in {shown(rare[0].file)}"
        )
    return notes


def _same_sizes(lines: Sequence[_Line]) -> list[str]:
    sizes: dict[tuple[str, str], int] = {}
    for line in lines:
        if sizes.setdefault((line.folder, line.file), line.size) != line.size:
            return [f"{line.place}: {shown(line.file)} has another size than further up"]
    return []


def _files_in_two_folders(lines: Sequence[_Line]) -> set[str]:
    folders: dict[str, str] = {}
    return {ln.file for ln in lines if folders.setdefault(ln.file, ln.folder) != ln.folder}
