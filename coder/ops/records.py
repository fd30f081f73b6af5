"""Records: units without a transcript, from a spreadsheet into the study, all or none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coder.errors import BadInput, UsageError
from coder.formats.codings_table import CodingRow
from coder.formats.records_table import RecordRow, RecordsTable, read_records
from coder.model import EXCERPT_UNITS, RECORD_MARK, Codebook, Coder, Viewer, content_id
from coder.ops.corpus import add_coder, coder_named
from coder.ops.loading import LoadedAnswer, answers_of, at_row, check_alias, enter
from coder.ops.record_codings import RecordCodings, record_codings
from coder.ops.study import Study, did_you_mean
from coder.store import codings, records, transcripts
from coder.store.journal import Transaction
from coder.store.records import Record as Record
from coder.store.states import State


@dataclass(frozen=True, slots=True)
class RecordsReport:
    """What came of a file of records."""

    path: Path
    source: str
    kind: str
    question: str
    """Of the protocol; empty where every code set is asked."""
    added: int
    changed: int
    """Known ones of which the file says something else now, such as another district."""
    unchanged: int
    coders: tuple[str, ...]
    codes: int
    nothing: int
    not_applicable: int
    notes: tuple[str, ...]
    entry: str = ""


def list_records(study: Study, viewer: Viewer) -> tuple[Record, ...]:
    """Every record of the study with its attributes, by source and in the order of its file."""
    return records.read_records(study.store.db)


def import_records(
    study: Study,
    path: Path,
    *,
    kind: str = "",
    question: str = "",
    source: str = "",
    columns: Mapping[str, tuple[str, ...]] | None = None,
    coder: str = "",
    dry_run: bool = False,
) -> RecordsReport:
    """Bring records into the study, with the codes that their table has, as one undoable action.

    Importing again changes nothing; what an attribute says in the file now replaces what it
    said. Codes are added as ``load_codings`` adds them; a blank cell is an answer only where the
    coder has not decided yet.

    Args:
        study: The study.
        path: CSV, TSV or XLSX; see ``formats.records_table``.
        kind: What one record is; by default the only kind that the active codebook codes.
        question: Of its protocol, as if the record were an answer to it; by default the one
            question that feeds the code sets of the file.
        source: Where the records are from, the first part of their references; by default the
            name of the file.
        columns: What columns are that their titles do not say.
        coder: Alias of who coded, for rows that name nobody.
        dry_run: Read and check only.

    Raises:
        UsageError: An unknown kind, question or column, or a source that cannot be one.
        BadInput: A row cannot be taken, naming file, row and column.
    """
    book = study.codebook
    asked = [one.id for one in book.code_sets if not one.is_scratch]
    table = read_records(path, asked, columns)
    kind = _kind(book, kind)
    source = _source(study, source or re.sub(r"[^\w.-]+", "_", path.stem))
    rows = _by_record(table)
    refs = [f"{source}:{row.cells['id']}" for row in table.rows]
    with study.store.rehearsal() if dry_run else study.store.together():
        said = record_codings(book, path, table, refs, coder)
        fed = question or _question_fed(book, table, said.rows)
        _check_question(book, fed)
        people = _coders(study, path, said.rows)
        said = _without_overruling(study, book, people, said)
        actor = _actor(study, people, coder)
        asks = f"{RECORD_MARK}{kind}"
        if kind in EXCERPT_UNITS:
            # Every book for excerpts could ask such a text; only this one is known to.
            asks += f"/{book.id}"
        asks += f":{fed}" if fed else ""
        with study.store.change(actor, "records") as done:
            outcomes = [
                _bring_in(study, done, table, group, source, asks, is_certain=bool(question))
                for group in rows
            ]
            answers = answers_of(study, path, said.rows, coder)
            enter(study, done, people, answers)
            codes = sum(len(answer.codes) for answer in answers)
            done.words = f"imported {len(rows)} {noun_of(kind)}s and {codes} codes on them"
            done.words += f" from {path.name}"
    return RecordsReport(
        path=path,
        source=source,
        kind=kind,
        question=fed,
        added=outcomes.count("added"),
        changed=outcomes.count("changed"),
        unchanged=outcomes.count("unchanged"),
        coders=tuple(people),
        codes=codes,
        nothing=sum(answer.status == "nothing" for answer in answers),
        not_applicable=sum(answer.status == "not_applicable" for answer in answers),
        notes=_notes(study, book, table, said, answers, source, fed),
        entry="" if dry_run else done.entry,
    )


def _actor(study: Study, people: Mapping[str, Coder], coder: str) -> str:
    """Whose action it is: whoever alone coded, else who brings the records in, else nobody's."""
    if len(people) == 1:
        return next(iter(people.values())).id
    return coder_named(study, coder).id if coder and not people else ""


def noun_of(kind: str) -> str:
    """What a record of a kind is called; one that is coded like an excerpt is a text."""
    return "text" if kind in EXCERPT_UNITS else kind


def _kind(book: Codebook, kind: str) -> str:
    """The kind of the records: as named, or the only one that the codebook codes."""
    own = book.unit.get("code", "").split("_or_")
    kinds = list(book.record_kinds) or own[:1]
    if kind:
        if kind not in own:
            raise UsageError(
                f"the codebook {book.id} codes no {kind}",
                f"--kind {' or '.join(own)}" if any(own) else "leave --kind out",
            )
        return kind
    if len(kinds) > 1:
        raise UsageError(f"what is one record of {book.id}?", f"--kind {' or '.join(kinds)}")
    return kinds[0]


def _source(study: Study, source: str) -> str:
    if not re.fullmatch(r"[\w.-]{1,60}", source):
        raise UsageError(
            f"“{source}” cannot be a source of records",
            "use up to 60 letters, digits, points, hyphens and underscores",
        )
    if any(row.name == source for row in transcripts.list_transcripts(study.store.db)):
        raise UsageError(f"{source} is a transcript already", "say --source NAME")
    return source


def _question_fed(book: Codebook, table: RecordsTable, rows: Sequence[CodingRow]) -> str:
    """The one question that feeds all code sets of a table; empty where there is none such."""
    named = {name for sets in table.code_columns.values() for name in sets}
    named |= {row.code_set.rpartition(":")[2] for row in rows}
    fed = {name for one in book.protocol for name in one.feeds}
    found = [one.id for one in book.protocol if named & fed <= set(one.feeds)]
    if named & fed and len(found) > 1:
        # A rubric may be fed by its own question and by a general one: the narrower it is, the
        # fewer code sets stay open.
        fewest = min(len(one.feeds) for one in book.protocol if one.id in found)
        found = [one.id for one in book.protocol if one.id in found and len(one.feeds) == fewest]
    return found[0] if named & fed and len(found) == 1 else ""


def _check_question(book: Codebook, question: str) -> None:
    known = [one.id for one in book.protocol]
    if question and question not in known:
        raise UsageError(
            f"there is no question {question} in {book.id}",
            did_you_mean(question, known) or "leave --question out: it has no protocol",
        )


def _by_record(table: RecordsTable) -> list[list[RecordRow]]:
    """The rows of each record, which must agree on what they say of it."""
    groups: dict[str, list[RecordRow]] = {}
    for row in table.rows:
        first = groups.setdefault(row.cells["id"], [])
        first.append(row)
    for ref, group in groups.items():
        for row in group[1:]:
            _check_same(table, ref, group[0], row)
    if table.form != "long":
        seen: dict[tuple[str, str], int] = {}
        for row in table.rows:
            key = (row.cells["id"], row.cells.get("coder", ""))
            other = seen.setdefault(key, row.row_number)
            if other != row.row_number:
                raise BadInput(
                    f'{table.place}, row {row.row_number}, column "{table.titles["id"]}": {key[0]}'
                    f" stands in row {other} already",
                    "keep one of them",
                )
    return list(groups.values())


def _check_same(table: RecordsTable, ref: str, first: RecordRow, row: RecordRow) -> None:
    told = [(table.titles[r], r) for r in ("text", "year", "participant") if r in table.titles]
    pairs = [(title, first.cells[role], row.cells[role]) for title, role in told]
    pairs += [(t, first.attributes[t], row.attributes[t]) for t in table.attribute_columns]
    for title, one, other in pairs:
        if one != other:
            raise BadInput(
                f'{table.place}, row {row.row_number}, column "{title}": of {ref} it says'
                f" something else than row {first.row_number}",
                "make the rows of one record agree",
            )


def _coders(study: Study, path: Path, rows: Sequence[CodingRow]) -> dict[str, Coder]:
    """The coders that rows name, made where they are new, by alias."""
    first = {row.coder: row for row in reversed(rows)}
    for row in first.values():
        with at_row(path, replace(row, column="")):
            check_alias(study, row.coder)
    return {alias: add_coder(study, alias) for alias in sorted(first)}


def _without_overruling(
    study: Study, book: Codebook, people: Mapping[str, Coder], said: RecordCodings
) -> RecordCodings:
    """Without blank cells of what a coder has decided already: a blank takes nothing back."""
    decided: set[tuple[str, str, str]] = set()
    for alias, ref in {(alias, ref) for alias, ref, _ in said.inferred}:
        if transcripts.read_unit(study.store.db, ref) is None:
            continue
        own = codings.own_work_on(study.store.db, people[alias].id, ref, 0)
        decided |= {(alias, ref, one.code_set) for one in own.decisions.get(ref, ())}
    rows = [
        row
        for row in said.rows
        if (key := (row.coder, row.unit, row.code_set)) not in said.inferred or key not in decided
    ]
    return RecordCodings(rows, said.inferred - decided, said.against)


def _bring_in(
    study: Study,
    done: Transaction,
    table: RecordsTable,
    group: Sequence[RecordRow],
    source: str,
    asks: str,
    *,
    is_certain: bool,
) -> str:
    """Put one record into the study; say whether it was ``added``, ``changed`` or neither."""
    db, row = study.store.db, group[0]
    external, text = row.cells["id"], row.cells.get("text", "")
    uid = content_id("record", source, external)
    before = done.read("unit", uid)
    known = records.known_text(db, uid)
    if known is None:
        _check_ref(study, table, row, source, uid)
    elif "text" in row.cells and known != text:
        raise BadInput(
            f'{table.place}, row {row.row_number}, column "{table.titles["text"]}": {external}'
            f" is in the study with another text",
            "give the new text an id of its own, or say another --source",
        )
    attributes = {name: value for name, value in row.attributes.items() if value}
    if before is not None:
        kept = {k: v for k, v in before["attributes"].items() if k not in row.attributes}
        attributes |= kept
        # Inferred from the codes of this file; an earlier one may have had codes of other sets.
        asks = asks if is_certain else before["question"]
    else:
        records.add_record_row(db, source, external, text, asks)
    old = before or {"participant": "", "year": ""}
    state: State = {
        "ref": f"{source}:{external}",
        "participant": row.cells.get("participant", old["participant"]),
        "year": row.cells.get("year", old["year"]),
        "question": asks,
        "attributes": attributes,
    }
    done.put("unit", uid, state)
    if before is None:
        return "added"
    return "unchanged" if before == state else "changed"


def _check_ref(study: Study, table: RecordsTable, row: RecordRow, source: str, uid: str) -> None:
    other = transcripts.read_unit(study.store.db, f"{source}:{row.cells['id']}")
    if other is not None and other.id != uid:
        raise BadInput(
            f"{table.place}, row {row.row_number}: {other.ref} is the reference of an excerpt",
            "say --source NAME",
        )


def _notes(
    study: Study,
    book: Codebook,
    table: RecordsTable,
    said: RecordCodings,
    answers: Sequence[LoadedAnswer],
    source: str,
    question: str,
) -> tuple[str, ...]:
    """What was assumed, one sentence each."""
    notes = list(table.notes)
    if table.attribute_columns:
        notes.append(f"attributes: {', '.join(table.attribute_columns)}")
    if table.code_columns:
        columns = [
            " and ".join(sets) + ("" if sets == (title,) else f' (column "{title}")')
            for title, sets in table.code_columns.items()
        ]
        notes.append(f"codes of {', '.join(columns)}")
    blanks = [
        a for a in answers if (a.coder, a.ref, f"{a.book.id}:{a.code_set.id}") in said.inferred
    ]
    for status, words in (
        ("nothing", "nothing applied"),
        ("not_applicable", "not applicable, as they depend on a code that is not there"),
    ):
        found: dict[str, int] = {}
        for answer in blanks:
            if answer.status == status:
                found[answer.code_set.id] = found.get(answer.code_set.id, 0) + 1
        if found:
            where = ", ".join(f"{n} of {name}" for name, n in found.items())
            notes.append(f"blank cells taken as {words}: {where}")
    if said.against:
        rows = ", ".join(map(str, said.against[:5])) + (" …" if len(said.against) > 5 else "")
        notes.append(f"rows {rows}: coded in a set that depends on a code which is not there")
    if book.protocol and not question:
        notes.append(
            f"every code set of {book.id} is asked of each record; --question says which one is"
        )
    first = table.rows[0].cells["id"]
    others = [one for one in records.sources_with(study.store.db, first) if one != source]
    if others:
        notes.append(
            f"{first} is in the study from {' and '.join(others)} too; where it is the same one,"
            f" undo this and say --source {others[0]}"
        )
    return tuple(notes)
