"""From a spreadsheet of codes to a codebook, with notes on what was assumed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from coder.errors import BadInput
from coder.formats.codebook_import import FIRST_VERSION, Ids, ImportedBook, slug
from coder.formats.codebook_table import columns
from coder.formats.codebook_table.columns import ABOUT, BETWEEN, COLUMNS, NO_WORDS, YES_WORDS
from coder.formats.codebook_table.header import Header, header_at
from coder.formats.files import named
from coder.formats.sheets import Row, Sheet, read_sheets
from coder.formats.wording import listed, shown
from coder.model import (
    MODES,
    ROLLUP_RULES,
    VALENCES,
    Code,
    Codebook,
    CodeSet,
    Mode,
    Rollup,
    Valence,
)

LOOSE_SET = "codes"
"""Id of the set where the table names none."""


@dataclass(slots=True)
class _Set:
    """One code set while its rows are read."""

    id: str
    row: Row
    """The first of them."""
    codes: list[Code] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    """Title, mode, roll-up, when it is asked: the first that is written counts."""


def read_codebook_table(path: str | Path, *, book_id: str = "", title: str = "") -> ImportedBook:
    """The codebook in a CSV, TSV or XLSX file with one row per code.

    At least a column of codes or of names and one other are needed. A category column that holds
    names, as many books have it, makes these names categories.

    Args:
        path: The file.
        book_id: Id of the book; by default what a sheet About says, else made from the file's
            name.
        title: Title of the book; by default the same.

    Raises:
        BadInput: The file cannot be read, or a row is wrong; names the row.
    """
    sheets = read_sheets(path)
    about = next((_about(sheet) for sheet in sheets if sheet.name == ABOUT), {})
    found = next(
        ((s, at) for s in sheets if s.name != ABOUT and (at := header_at(s)) is not None), None
    )
    if found is None:
        raise BadInput(
            f"{named(path)}: no row names a column code or name and one other",
            f"columns are {listed(column.key for column in COLUMNS).replace(' or ', ' and ')}",
        )
    sheet, at = found
    header = Header(sheet, sheet.rows[at])
    reader = _Reader(header)
    for row in _rows_of_codes(header, sheet.rows[at + 1 :], reader.notes):
        reader.add(row)
    if not reader.sets:
        raise BadInput(f"{sheet.place}: no code stands below the column names", "add a row a code")
    stem = Path(path).stem
    book = Codebook(
        id=book_id or _first(about, columns.BOOK_ID) or slug(stem) or "book",
        version=_first(about, columns.VERSION) or FIRST_VERSION,
        title=title or _first(about, columns.TITLE) or stem,
        code_sets=tuple(reader.finished(one) for one in reader.sets.values()),
        status=_first(about, columns.STATUS),
        citation=tuple(about.get(columns.CITE, ())),
        notice=_first(about, columns.NOTICE),
        roles=tuple(about.get(columns.ROLE, ())),
    )
    others = [s.name for s in sheets if s is not sheet and s.name != ABOUT]
    notes = [*sheet.notes, *header.notes, *reader.notes, *reader.ids.notes()]
    if others:
        notes.append(f"left out other sheets: {', '.join(map(shown, others))}")
    return ImportedBook(book, tuple(notes), reader.places)


def _rows_of_codes(header: Header, rows: Sequence[Row], notes: list[str]) -> Iterator[Row]:
    """The rows below the header, without remarks that stand apart from them."""
    before, is_apart = 0, False
    for row in rows:
        is_apart = is_apart or bool(before and row.number > before + 1)
        before = row.number
        names_code = header.text(row, "code") or header.text(row, "name")
        if is_apart and not names_code and sum(bool(cell.strip()) for cell in row.cells) == 1:
            notes.append(f"row {row.number} stands apart and names no code: left out")
        else:
            yield row


def _about(sheet: Sheet) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in sheet.rows:
        if len(row.cells) > 1 and row.cells[1].strip():
            found.setdefault(row.cells[0].strip(), []).append(row.cells[1])
    return found


def _first(about: dict[str, list[str]], what: str) -> str:
    return next(iter(about.get(what, ())), "")


class _Reader:
    """Gathers rows into code sets."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.ids = Ids("code")
        self.sets: dict[str, _Set] = {}
        self.places: dict[str, str] = {}
        self.notes: list[str] = []
        self._numbers: dict[str, int] = {}
        self._groups: dict[tuple[str, str], str] = {}

    def add(self, row: Row) -> None:
        """Read one code."""
        header = self.header
        header.check(row)
        wanted, name = header.word(row, "code"), header.text(row, "name")
        if not wanted and not name:
            raise BadInput(f"{header.place(row)}: neither a code nor a name", "name the code")
        if wanted in self._numbers:
            raise BadInput(
                f"{header.place(row, 'code')}: the code {shown(wanted)} stands in row "
                f"{self._numbers[wanted]} already",
                "a code has one row",
            )
        one = self._set(row)
        code_id = self.ids.take(wanted, name or wanted)
        if wanted:
            self._numbers[wanted] = row.number
            if code_id != wanted and name:
                self.notes.append(f"row {row.number}: the code {shown(wanted)} is called {code_id}")
        self.places[code_id] = header.place(row)
        group = self._group(one, row)
        one.codes.append(
            Code(
                id=code_id,
                name=name or wanted,
                short=header.text(row, "short"),
                definition=header.text(row, "definition"),
                include=header.text(row, "include"),
                exclude=header.text(row, "exclude"),
                example=header.text(row, "example"),
                key=header.word(row, "key"),
                valence=cast(Valence, header.word(row, "valence", VALENCES) or "none"),
                codable=header.is_yes(row, "codable", default=True),
                level=self._level(row),
                replaced_by=_listed(header.word(row, "replaced_by")),
                is_retired=header.is_yes(row, "retired"),
                parent=header.word(row, "parent") or group,
                is_category=not group and header.is_yes(row, "category"),
                color=header.word(row, "color"),
            )
        )
        one.rows.append(row)

    def finished(self, one: _Set) -> CodeSet:
        """The set, with what the table does not say filled in and noted."""
        codes = self._with_parents(one)
        mode, rule = one.facts.get("mode", ""), one.facts.get("rollup", "")
        assumed = []
        if not mode:
            is_rubric = bool(codes) and all(code.level is not None for code in codes)
            mode = "ordinal" if is_rubric else "multi"
            assumed.append(f"mode {mode}")
        if not rule:
            has_valence = any(code.valence != "none" for code in codes)
            rule = "max" if mode == "ordinal" else "valence" if has_valence else "count"
            assumed.append(f"roll-up {rule}")
        order = _listed(one.facts.get("order", ""))
        if rule == "highest" and not order:
            order = tuple(code.id for code in codes)
            assumed.append("its first code as the highest")
        if assumed:
            self.notes.append(f"code set {one.id}: assumed {' and '.join(assumed)}")
        return CodeSet(
            id=one.id,
            title=one.facts.get("set_title") or one.id.replace("_", " ").capitalize(),
            mode=cast(Mode, mode),
            codes=codes,
            rollup=Rollup(rule, options={"order": list(order)} if order else {}),
            applies_when=one.facts.get("asked_when", ""),
            is_scratch=self.header.is_yes(one.row, "scratch"),
        )

    def _set(self, row: Row) -> _Set:
        header = self.header
        name = header.word(row, "code_set")
        set_id = slug(name) if name else LOOSE_SET
        if not set_id:
            raise BadInput(
                f"{header.place(row, 'code_set')}: {shown(name)} is no id",
                "letters a to z, digits and underscore only",
            )
        # What is an id already stays as it is, capitals included.
        set_id = name if name.isascii() and name.replace("_", "a").isalnum() else set_id
        one = self.sets.setdefault(set_id, _Set(set_id, row))
        facts = {
            "set_title": header.text(row, "set_title"),
            "mode": header.word(row, "mode", MODES),
            "rollup": header.word(row, "rollup", ROLLUP_RULES),
            "asked_when": header.text(row, "asked_when"),
            "order": header.word(row, "order"),
        }
        for key, value in facts.items():
            if value and one.facts.setdefault(key, value) != value:
                raise BadInput(
                    f"{header.place(row, key)}: {shown(value)} here, and "
                    f"{shown(one.facts[key])} above for the same set {set_id}",
                    "a set has one of each, in its first row or in all",
                )
        return one

    def _group(self, one: _Set, row: Row) -> str:
        """The id of the category that a category column names, or nothing where it says yes."""
        name = self.header.word(row, "category")
        if not name or name.casefold() in YES_WORDS | NO_WORDS:
            return ""
        if (one.id, name) not in self._groups:
            if not self._groups:
                self.notes.append("the names in the category column became categories")
            group = self.ids.make(name)
            self._groups[one.id, name] = group
            self.places[group] = self.header.place(row, "category")
            one.codes.append(Code(group, name, is_category=True))
            one.rows.append(row)
        return self._groups[one.id, name]

    def _with_parents(self, one: _Set) -> tuple[Code, ...]:
        """Parents by id, or by name where no code of the set has that id."""
        by_id = {code.id for code in one.codes}
        by_name = {code.name.strip().casefold(): code.id for code in reversed(one.codes)}
        done = []
        for code, row in zip(one.codes, one.rows, strict=True):
            parent = code.parent
            if parent and parent not in by_id:
                parent = by_name.get(parent.casefold(), "")
                if not parent:
                    raise BadInput(
                        f"{self.header.place(row, 'parent')}: there is no code "
                        f"{shown(code.parent)} in the set {one.id}",
                        "the parent is a code or category of the same set",
                    )
            done.append(replace(code, parent=parent))
        return tuple(done)

    def _level(self, row: Row) -> int | None:
        word = self.header.word(row, "level")
        if not word:
            return None
        if not word.removeprefix("-").isdecimal():
            raise BadInput(
                f"{self.header.place(row, 'level')}: {shown(word)} is no whole number",
                "rubric levels are 0, 1, 2 ...",
            )
        return int(word)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(BETWEEN.strip()) if part.strip())
