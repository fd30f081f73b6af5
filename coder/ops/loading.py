"""Codings made elsewhere: from a spreadsheet into the study, all or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from coder.errors import BadInput, UsageError
from coder.formats.codings_table import CodingRow, read_codings
from coder.model import Coder, CodeSet, Status
from coder.ops.corpus import add_coder, find_unit
from coder.ops.desk import desk_at
from coder.ops.study import Study, find_code, find_set
from coder.store.journal import Transaction


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What came of a file of codings."""

    path: Path
    layout: str
    """``long`` or ``wide``, as detected."""
    coders: tuple[str, ...]
    units: int
    codes: int
    nothing: int
    notes: tuple[str, ...]
    entry: str = ""


@dataclass(frozen=True, slots=True)
class _Answer:
    """All rows of one coder, unit and code set."""

    coder: str
    ref: str
    code_set: CodeSet
    codes: tuple[tuple[str, str], ...]
    """Code ids with the memos given in their rows."""
    status: Status
    memo: str


def load_codings(
    study: Study, path: Path, *, coder: str = "", dry_run: bool = False, finish: bool = True
) -> LoadReport:
    """Load codings from a table, as one undoable action.

    Args:
        study: The study.
        path: CSV, TSV or XLSX, long or wide.
        coder: Alias for every row, where the table has no coder column; made if unknown.
        dry_run: Read and check only.
        finish: Also mark the sets that a unit's question does not feed as not applicable on the
            loaded units, as Enter does in the app.

    Raises:
        BadInput: A row names an unknown unit, code set or code, or contradicts another row.
    """
    table = read_codings(path)
    answers = _answers(study, path, table.rows, coder)
    report = LoadReport(
        path=path,
        layout=table.form,
        coders=tuple(sorted({answer.coder for answer in answers})),
        units=len({answer.ref for answer in answers}),
        codes=sum(len(answer.codes) for answer in answers),
        nothing=sum(answer.status == "nothing" for answer in answers),
        notes=(table.description, *table.notes),
    )
    if dry_run:
        return report
    people = {alias: add_coder(study, alias) for alias in report.coders}
    actor = people[report.coders[0]].id if len(report.coders) == 1 else ""
    with study.store.change(actor, "load") as done:
        for answer in answers:
            _enter(study, done, people[answer.coder], answer)
        if finish:
            for alias, ref in dict.fromkeys((a.coder, a.ref) for a in answers):
                desk_at(study, people[alias], ref).finish(done)
        done.words = f"loaded {report.codes} codes on {report.units} units from {path.name}"
    return replace(report, entry=done.entry)


def _enter(study: Study, done: Transaction, coder: Coder, answer: _Answer) -> None:
    desk = desk_at(study, coder, answer.ref)
    if answer.status != "coded":
        desk.say_nothing(done, answer.code_set, answer.status)
    for code, memo in answer.codes:
        uid = desk.apply(done, answer.code_set, code, origin="load")
        if memo:
            desk.note(done, "coding", uid, memo)
    if answer.memo:
        desk.note(done, "excerpt", desk.unit.id, answer.memo)


def _answers(
    study: Study, path: Path, rows: Sequence[CodingRow], coder: str
) -> tuple[_Answer, ...]:
    """Group rows by coder, unit and set, checking every name against the study."""
    groups: dict[tuple[str, str, str], list[CodingRow]] = {}
    sets: dict[str, CodeSet] = {}
    for row in rows:
        with _at(path, row):
            alias = row.coder or coder
            if not alias:
                raise UsageError("no coder is named", "add a coder column, or say --coder AL")
            find_unit(study, row.unit)
            code_set = _set_of(study, row)
            sets[code_set.id] = code_set
            groups.setdefault((alias, row.unit, code_set.id), []).append(row)
    out = []
    for (alias, ref, set_id), group in groups.items():
        with _at(path, group[-1]):
            out.append(_answer(study, alias, ref, sets[set_id], group))
    return tuple(out)


def _answer(
    study: Study, alias: str, ref: str, code_set: CodeSet, group: Sequence[CodingRow]
) -> _Answer:
    codes = {
        find_code(study, row.code, within=code_set.id)[1].id: row.memo
        for row in group
        if row.status == "coded"
    }
    blanks = [row for row in group if row.status != "coded"]
    if codes and blanks:
        raise UsageError(f"{ref} has both codes and an empty code in {code_set.id} for {alias}")
    if code_set.mode != "multi" and len(codes) > 1:
        raise UsageError(f"{code_set.id} takes one code, {ref} has {' and '.join(sorted(codes))}")
    status: Status = "coded" if codes else blanks[0].status
    memo = next((row.memo for row in blanks if row.memo), "")
    return _Answer(alias, ref, code_set, tuple(codes.items()), status, memo)


def _set_of(study: Study, row: CodingRow) -> CodeSet:
    if row.code_set:
        book, found = find_set(study, row.code_set)
        if book.id != study.codebook.id:
            raise UsageError(f"{row.code_set} is not in the active codebook {study.codebook.id}")
        return found
    if row.status == "coded":
        return find_code(study, row.code)[0]
    raise UsageError("an empty code needs a code set", "add a code_set column")


@contextmanager
def _at(path: Path, row: CodingRow) -> Iterator[None]:
    """Say in which file and row a complaint arose."""
    try:
        yield
    except UsageError as error:
        where = f"{path}, row {row.row_number}"
        raise BadInput(f"{where}: {error.message}", error.hint) from error
