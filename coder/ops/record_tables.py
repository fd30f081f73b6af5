"""Records as tables and plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from coder.formats.tables import Column, Table
from coder.model import RECORD_MARK, Unit, Viewer, record_kind
from coder.ops.coding import UnitWork, unit_work
from coder.ops.columns import attribute_order, distinct
from coder.ops.corpus import coder_named
from coder.ops.heirs import codes_now
from coder.ops.records import Record, RecordsReport, noun_of
from coder.ops.study import Study
from coder.store import records

NOT_ON_A_PAGE = ("kind", "source", "external_id", "question")


def work_on(study: Study, viewer: Viewer, found: Sequence[Record]) -> dict[str, tuple[str, str]]:
    """The viewer's codes on records and how far they are, by reference; of no coder nothing."""
    if not viewer.alias:
        return {}
    coder = coder_named(study, viewer.alias)
    refs = [one.unit.ref for one in found]
    return {ref: _codes_and_state(study, unit_work(study, coder, ref)) for ref in refs}


def records_table(
    found: Sequence[Record], work: Mapping[str, tuple[str, str]] | None = None, coder: str = ""
) -> Table:
    """One line per record, one column per attribute that any has.

    Args:
        found: The records.
        work: What ``work_on`` gave for one coder.
        coder: That coder's alias.
    """
    work = work or {}
    names = attribute_order(name for record in found for name in record.attributes)
    return Table(
        name="records",
        title="Records",
        columns=distinct(
            (
                Column("unit", "Record"),
                Column("kind", "Kind"),
                Column("question", "Question"),
                Column("source", "Source"),
                Column("external_id", "Id"),
                Column("participant", "Person"),
                Column("year", "Year"),
                *(Column(name, name.replace("_", " ")) for name in names),
                *([Column("codes", f"Codes of {coder}"), Column("state", "State")] if work else []),
                Column("words", "Words", width=60),
            )
        ),
        rows=tuple(
            (
                record.unit.ref,
                record_kind(record.unit.question),
                question_of(record.unit),
                record.source,
                record.external_id,
                record.unit.participant,
                record.year,
                *(record.attributes.get(name, "") for name in names),
                *(work[record.unit.ref] if work else ()),
                record.text,
            )
            for record in found
        ),
    )


def _codes_and_state(study: Study, work: UnitWork) -> tuple[str, str]:
    state = "finished" if work.is_finished else "started" if work.is_started else "open"
    codes = codes_now(study.codebook, [one.code for one in work.codings])
    return ", ".join(codes), state if work.asked else "not asked"


def records_page(table: Table) -> Table:
    """Records for a screen, without what their references say already and without blank columns."""
    kept = [
        at
        for at, column in enumerate(table.columns)
        if column.key not in NOT_ON_A_PAGE and any(row[at] for row in table.rows)
    ]
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
    )


def import_table(report: RecordsReport, *, is_rehearsal: bool) -> Table:
    """What came of a file of records."""
    return Table(
        name="records_import",
        title="Would be imported" if is_rehearsal else "Imported",
        columns=(
            Column("source", "Source"),
            Column("kind", "Kind"),
            Column("question", "Question"),
            Column("added", "Added", "count"),
            Column("changed", "Changed", "count"),
            Column("unchanged", "Unchanged", "count"),
            Column("coders", "Coders"),
            Column("codes", "Codes", "count"),
            Column("nothing", "Nothing", "count"),
            Column("not_applicable", "N/A", "count"),
        ),
        rows=(
            (
                report.source,
                report.kind,
                report.question,
                report.added,
                report.changed,
                report.unchanged,
                ", ".join(report.coders),
                report.codes,
                report.nothing,
                report.not_applicable,
            ),
        ),
    )


def import_page(table: Table) -> Table:
    """The same for a screen: what the records are stands in the title."""
    kept = [at for at, one in enumerate(table.columns) if one.key not in ("kind", "question")]
    found = {one.key: table.rows[0][at] for at, one in enumerate(table.columns)}
    what = f"{noun_of(str(found['kind']))}s" + (
        f" on {found['question']}" if found["question"] else ""
    )
    return replace(
        table,
        title=f"{table.title}: {what}",
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
    )


def question_of(unit: Unit) -> str:
    """The question of the protocol that a record counts as an answer to; empty for none."""
    return unit.question.removeprefix(RECORD_MARK).partition(":")[2]


def describe_record(study: Study, unit: Unit) -> list[str]:
    """What a record is and what is known of it, above its text."""
    (row,) = [one for one in records.read_records(study.store.db) if one.unit.ref == unit.ref]
    what = f"{record_kind(unit.question)} {question_of(unit)}".strip()
    lines = [f"{unit.ref}  {what}".rstrip()]
    known = {"participant": unit.participant, "year": row.year, **row.attributes}
    lines += [f"  {name}: {value}" for name, value in known.items() if value]
    return [*lines, ""]
