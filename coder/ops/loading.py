"""Codings made elsewhere: from a spreadsheet into the study, all or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from coder.errors import BadInput, UsageError
from coder.formats.codings_table import CodingRow, read_codings
from coder.model import Codebook, Coder, CodeSet, Status
from coder.ops.corpus import add_coder, check_new_alias, find_unit, list_coders
from coder.ops.desk import desk_at
from coder.ops.offering import refuse_unoffered
from coder.ops.rounds import round_pass
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
class LoadedAnswer:
    """All rows of one coder, unit and code set."""

    coder: str
    ref: str
    book: Codebook
    code_set: CodeSet
    codes: Mapping[str, str]
    """Code ids with the memos given in their rows."""
    status: Status
    memo: str
    """Of rows without a code: it can only stand on the unit."""


def load_codings(
    study: Study,
    path: Path,
    *,
    coder: str = "",
    round_name: str = "",
    dry_run: bool = False,
    finish: bool = True,
) -> LoadReport:
    """Load codings from a table, as one undoable action.

    A code set may be of any codebook of the study, with its full name ``book:set`` or a short
    one that is clear; a code without a set is of the active codebook. What the table says is
    added to what is there: codes of multi sets join those the coder has put on before, in other
    sets they replace them. What the table does not say stays open.

    Args:
        study: The study.
        path: CSV, TSV or XLSX, long or wide.
        coder: Alias for every row, where the table has no coder column; made if unknown.
        round_name: The open round in which it was coded; empty for ordinary coding.
        dry_run: Read and check only.
        finish: Also mark the sets that a unit's question does not feed as not applicable on the
            loaded units, as Enter does in the app.

    Raises:
        BadInput: A row names an unknown unit, code set or code, or contradicts another row.
        UsageError: There is no such round.
        NotAllowed: A unit or a coder is not in the round, or it is closed.
    """
    table = read_codings(path)
    with study.store.rehearsal() if dry_run else study.store.together():
        answers = answers_of(study, path, table.rows, coder)
        aliases = sorted({answer.coder for answer in answers})
        people = {alias: add_coder(study, alias) for alias in aliases}
        codes = sum(len(answer.codes) for answer in answers)
        units = len({answer.ref for answer in answers})
        actor = people[aliases[0]].id if len(people) == 1 else ""
        pass_ = round_pass(study, round_name)
        with study.store.change(actor, "load") as done:
            enter(study, done, people, answers, pass_, finish=finish)
            done.words = f"loaded {codes} codes on {units} units from {path.name}"
    return LoadReport(
        path=path,
        layout=table.form,
        coders=tuple(aliases),
        units=units,
        codes=codes,
        nothing=sum(answer.status == "nothing" for answer in answers),
        notes=(table.description, *table.notes),
        entry="" if dry_run else done.entry,
    )


def enter(
    study: Study,
    done: Transaction,
    people: Mapping[str, Coder],
    answers: Sequence[LoadedAnswer],
    pass_: int = 0,
    *,
    finish: bool = True,
) -> None:
    """Put what rows of a table say into the study, inside a transaction; see ``load_codings``.

    Args:
        study: The study.
        done: The transaction under way.
        people: The coders by alias.
        answers: As ``answers_of`` gave them.
        pass_: 0 for ordinary coding, else the number of a round.
        finish: As for ``load_codings``.
    """
    by_unit: dict[tuple[str, str, str], list[LoadedAnswer]] = {}
    for answer in answers:
        by_unit.setdefault((answer.coder, answer.ref, answer.book.id), []).append(answer)
    for (alias, ref, _), here in by_unit.items():
        desk = desk_at(study, people[alias], ref, pass_, here[0].book)
        for answer in here:
            if answer.status != "coded":
                desk.say_nothing(done, answer.code_set, answer.status)
            for code, memo in answer.codes.items():
                uid = desk.apply(done, answer.code_set, code, origin="load")
                if memo:
                    desk.note_on_coding(done, answer.code_set, uid, memo)
        memos = dict.fromkeys(answer.memo for answer in here if answer.memo)
        if memos:
            desk.note(done, "\n\n".join(memos))
        if finish:
            desk.leave_unasked(done)


def answers_of(
    study: Study, path: Path, rows: Sequence[CodingRow], coder: str
) -> tuple[LoadedAnswer, ...]:
    """Group rows by coder, unit and set, checking every name against the study.

    Raises:
        BadInput: A row names an unknown unit, code set or code, or contradicts another row.
    """
    groups: dict[tuple[str, str, str], list[CodingRow]] = {}
    sets: dict[str, tuple[Codebook, CodeSet]] = {}
    named: dict[str, tuple[Codebook, CodeSet]] = {}
    units: set[str] = set()
    aliases: set[str] = set()
    for row in rows:
        with at_row(path, row):
            alias = row.coder or coder
            if alias not in aliases:
                check_alias(study, alias)
                aliases.add(alias)
            if row.unit not in units:
                find_unit(study, row.unit)
                units.add(row.unit)
            known = named.get(row.code_set) if row.code_set else None
            book, code_set = known or _set_of(study, row)
            if row.code_set:
                named[row.code_set] = book, code_set
            full = f"{book.id}:{code_set.id}"
            sets[full] = book, code_set
            groups.setdefault((alias, row.unit, full), []).append(row)
    out = []
    for (alias, ref, full), group in groups.items():
        with at_row(path, group[-1]):
            out.append(_answer(study, alias, ref, *sets[full], group))
    return tuple(out)


def check_alias(study: Study, alias: str) -> None:
    """Check that a row's coder is known or may be made.

    Raises:
        UsageError: None is named, or it cannot be the name of a new one.
    """
    if not alias:
        raise UsageError("no coder is named", "add a coder column, or say --coder AL")
    if all(coder.alias != alias for coder in list_coders(study)):
        check_new_alias(study, alias)


def _answer(
    study: Study,
    alias: str,
    ref: str,
    book: Codebook,
    code_set: CodeSet,
    group: Sequence[CodingRow],
) -> LoadedAnswer:
    codes: dict[str, str] = {}
    for row in group:
        if row.status == "coded":
            _, code = find_code(study, row.code, within=code_set.id, book=book)
            refuse_unoffered(book, code)
            codes[code.id] = codes.get(code.id) or row.memo
    blanks = [row for row in group if row.status != "coded"]
    if codes and blanks:
        raise UsageError(f"{ref} has both codes and an empty code in {code_set.id} for {alias}")
    if len({row.status for row in blanks}) > 1:
        raise UsageError(f"{ref} is both nothing and not applicable in {code_set.id} for {alias}")
    if code_set.mode != "multi" and len(codes) > 1:
        raise UsageError(f"{code_set.id} takes one code, {ref} has {' and '.join(sorted(codes))}")
    status: Status = "coded" if codes else blanks[0].status
    memo = "\n\n".join(dict.fromkeys(row.memo for row in blanks if row.memo))
    return LoadedAnswer(alias, ref, book, code_set, codes, status, memo)


def _set_of(study: Study, row: CodingRow) -> tuple[Codebook, CodeSet]:
    if row.code_set:
        # A short name that several books have means the active one's, as everywhere in coding.
        found = study.codebook.code_set(row.code_set)
        return (study.codebook, found) if found else find_set(study, row.code_set)
    if row.status == "coded":
        return study.codebook, find_code(study, row.code)[0]
    raise UsageError("an empty code needs a code set", "add a code_set column")


@contextmanager
def at_row(path: Path, row: CodingRow) -> Iterator[None]:
    """Say in which file and row a complaint arose."""
    try:
        yield
    except UsageError as error:
        where = f"{path}, row {row.row_number}"
        where += f', column "{row.column}"' if row.column else ""
        raise BadInput(f"{where}: {error.message}", error.hint) from error
