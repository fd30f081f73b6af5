"""Transcripts, people and excerpts as tables and plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.formats.tables import Cell, Column, Table
from coder.model import Coder, Participant, Viewer
from coder.ops.coding import UnitWork, unit_work, worksheet
from coder.ops.columns import FIRST_ATTRIBUTES, attribute_order, distinct
from coder.ops.corpus import (
    TranscriptSummary,
    coder_named,
    find_unit,
    list_excerpts,
    read_transcript,
)
from coder.ops.heirs import codes_now
from coder.ops.record_tables import describe_record
from coder.ops.study import Study
from coder.ops.wrapping import one_line
from coder.store import read_models

if TYPE_CHECKING:
    from coder.ops.importing import ImportReport
    from coder.ops.searching import Hit


def transcripts_table(rows: Sequence[TranscriptSummary], coders: Sequence[str]) -> Table:
    """One line per transcript."""
    return Table(
        name="transcripts",
        title="Transcripts",
        columns=(
            Column("transcript", "Transcript"),
            Column("people", "Who"),
            Column("role", "Role"),
            Column("district", "District"),
            Column("year", "Year"),
            Column("wave", "Wave"),
            Column("words", "Words", "count"),
            Column("excerpts", "Excerpts", "count"),
            *(Column(f"finished_{coder}", coder) for coder in coders),
        ),
        rows=tuple(
            (
                row.name,
                ", ".join(row.people),
                ", ".join(row.roles),
                ", ".join(row.districts),
                row.year,
                row.wave,
                row.words,
                row.excerpts,
                *(
                    f"{row.progress[coder].finished} of {row.progress[coder].total}"
                    if coder in row.progress
                    else ""
                    for coder in coders
                ),
            )
            for row in rows
        ),
        notes=_notes_on_progress(rows, coders),
    )


def _notes_on_progress(rows: Sequence[TranscriptSummary], coders: Sequence[str]) -> tuple[str, ...]:
    if not coders:
        return ()
    notes = ["Progress is of the excerpts of which the active codebook asks anything."]
    if any(row.progress and len(row.progress) < len(coders) for row in rows):
        notes.append("Left empty: how far others are with transcripts of an open round.")
    return tuple(notes)


def transcripts_page(table: Table) -> Table:
    """The list of transcripts without what ``coder people`` shows too, for 80 columns."""
    return _without(table, ("role", "wave"))


def people_table(people: Sequence[Participant]) -> Table:
    """One line per person-year, one column per attribute that anybody has."""
    names = attribute_order(name for person in people for name in person.attributes)
    return Table(
        name="people",
        title="People",
        columns=distinct(
            (
                Column("participant", "Person"),
                Column("year", "Year"),
                Column("pseudonym", "Pseudonym"),
                *(Column(name, name.replace("_", " ")) for name in names),
            )
        ),
        rows=tuple(
            (p.id, p.year, p.pseudonym, *(p.attributes.get(name, "") for name in names))
            for p in people
        ),
    )


def people_page(table: Table) -> Table:
    """People with role, district and school; the other attributes are named below."""
    shown = ("participant", "year", "pseudonym", *FIRST_ATTRIBUTES)
    others = [column for column in table.columns if column.key not in shown]
    page = _without(table, [column.key for column in others])
    if not others:
        return page
    names = ", ".join(column.title for column in others)
    return replace(page, notes=(f"Also known: {names} (--csv or --json).",))


def _without(table: Table, keys: Sequence[str]) -> Table:
    kept = [i for i, column in enumerate(table.columns) if column.key not in keys]
    return replace(
        table,
        columns=tuple(table.columns[i] for i in kept),
        rows=tuple(tuple(row[i] for i in kept) for row in table.rows),
    )


def coders_table(coders: Sequence[Coder]) -> Table:
    """One line per coder."""
    return Table(
        name="coders",
        title="Coders",
        columns=(Column("coder", "Coder"), Column("name", "Name")),
        rows=tuple((coder.alias, coder.name) for coder in coders),
    )


def import_table(report: ImportReport) -> Table:
    """One line per file of an import, with what came of it."""
    return Table(
        name="import",
        title="Imported",
        columns=(
            Column("transcript", "Transcript"),
            Column("outcome", "Outcome"),
            Column("turns", "Turns", "count"),
            Column("excerpts", "Excerpts", "count"),
            Column("words", "Words", "count"),
        ),
        rows=tuple(
            (file.transcript, file.outcome, file.turns, file.excerpts, file.words)
            for file in report.files
        ),
    )


def excerpts_table(study: Study, viewer: Viewer, transcript: str) -> Table:
    """One line per excerpt; with a viewer who codes, that coder's codes."""
    units = list_excerpts(study, viewer, transcript)
    words = read_models.quoted_texts(study.store.db, [unit.ref for unit in units])
    work: dict[str, UnitWork] = {}
    if viewer.alias:
        coder = coder_named(study, viewer.alias)
        work = {one.unit.ref: one for one in worksheet(study, coder, transcript)}
    rows: list[tuple[Cell, ...]] = []
    for unit in units:
        mine = [_codes(study, work[unit.ref]), _standing(work[unit.ref])] if viewer.alias else []
        rows.append((unit.ref, unit.question, unit.speaker, *mine, words[unit.ref]))
    columns = [Column("unit", "Excerpt"), Column("question", "Question"), Column("speaker", "Who")]
    if viewer.alias:
        columns += [Column("codes", f"Codes of {viewer.alias}"), Column("state", "State")]
    return Table(
        name=f"excerpts_{transcript}",
        title=f"Excerpts of {transcript}",
        columns=(*columns, Column("words", "Words", width=60)),
        rows=tuple(rows),
    )


def _codes(study: Study, work: UnitWork) -> str:
    return ", ".join(codes_now(study.codebook, [coding.code for coding in work.codings]))


def _standing(work: UnitWork) -> str:
    if not work.asked:
        return "not asked"
    if work.is_finished:
        return "finished"
    return "started" if work.is_started else "open"


def show(study: Study, viewer: Viewer, name: str) -> str:
    """A transcript's text, or one excerpt or record with one coder's codes and memos."""
    if ":" not in name:
        return read_transcript(study, viewer, name).text
    unit = find_unit(study, name)
    if unit.kind == "record":
        lines = describe_record(study, unit)
    else:
        who = f"{unit.speaker} {unit.question}".strip()
        lines = [f"{unit.ref}  {who}  ({unit.span.start} to {unit.span.stop})", ""]
    lines.append(read_models.quoted_texts(study.store.db, [unit.ref])[unit.ref])
    if viewer.alias:
        work = unit_work(study, coder_named(study, viewer.alias), unit.ref)
        lines.append("")
        for code_set in study.codebook.code_sets:
            status = work.decisions.get(code_set.id)
            if status is None and code_set.id not in work.asked:
                continue
            own = [c for c in work.codings if c.code_set.endswith(f":{code_set.id}")]
            codes = codes_now(study.codebook, [c.code for c in own])
            said = ", ".join(codes) or (status or "open").replace("_", " ")
            lines.append(f"{viewer.alias}, {code_set.id}: {said}")
            lines += [f"  coded as {c.code}" for c in own if c.code not in codes]
            lines += [f"  to revisit: {why}" for why in work.in_question.get(code_set.id, ())]
            lines += [f"  memo on {c.code}: {one_line(c.memo)}" for c in own if c.memo]
        if work.memo:
            lines.append(f"  memo: {one_line(work.memo)}")
        if work.flags:
            lines.append(f"  flags: {', '.join(work.flags)}")
    return "\n".join(lines)


def hits_table(hits: Sequence[Hit], *, whole: bool) -> Table:
    """Where words stand, with what is said around them.

    Args:
        hits: The places.
        whole: The words and what is around them in columns of their own, and the place in the
            text; for files.
    """
    title = f"Found {len(hits)} times" if len(hits) != 1 else "Found once"
    where = (Column("excerpt", "Excerpt"), Column("speaker", "Speaker"))
    if not whole:
        rows = tuple(
            (
                hit.ref or hit.transcript,
                hit.speaker,
                one_line(f"\u2026{hit.before}\u00bb{hit.words}\u00ab{hit.after}\u2026"),
            )
            for hit in hits
        )
        return Table("search", title, (*where, Column("words", "Words")), rows)
    columns = (
        Column("transcript", "Transcript"),
        *where,
        Column("start", "Start", "count"),
        Column("stop", "Stop", "count"),
        Column("before", "Before"),
        Column("words", "Words"),
        Column("after", "After"),
    )
    return Table(
        "search",
        title,
        columns,
        tuple(
            (
                hit.transcript,
                hit.ref,
                hit.speaker,
                hit.span.start,
                hit.span.stop,
                hit.before,
                hit.words,
                hit.after,
            )
            for hit in hits
        ),
    )
