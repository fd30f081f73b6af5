"""Everything a study holds as spreadsheets: the same study and options give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from coder import __version__
from coder.errors import NotAllowed, StudyProblem, UsageError
from coder.formats.tables import Column, Table, to_csv
from coder.model import CodeSet, Viewer
from coder.ops import agreement_tables, tally_tables
from coder.ops.agreeing import agreement
from coder.ops.codebook_tables import codes_table
from coder.ops.confusion_tables import confusion_tables
from coder.ops.corpus import list_coders, list_people, list_transcripts
from coder.ops.corpus_tables import people_table, transcripts_table
from coder.ops.data_dictionary import meaning
from coder.ops.disagreement_tables import disagreement_table
from coder.ops.export_places import refuse_present
from coder.ops.final_tables import final_codes_table
from coder.ops.memo_tables import memos_table
from coder.ops.memos import list_memos
from coder.ops.progress import Progress, silent
from coder.ops.record_counting import counts_records
from coder.ops.record_tables import records_table
from coder.ops.records import list_records
from coder.ops.rolling import Reader
from coder.ops.settling import disagreements
from coder.ops.study import Study, did_you_mean
from coder.ops.tallying import MANY_VALUED, NOTE_WORDS, Tally, cross, tally, tally_codes
from coder.ops.unit_tables import unit_codes_table, units_table

FORMATS = ("xlsx", "csv")

NOT_CROSSED = (*MANY_VALUED, "mean")

MOST_ROWS_IN_WORKBOOK = 100_000
"""Longer tables are written as CSV only: a workbook with a million rows takes 4 GB to make, and
no spreadsheet program is pleasant with it."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote."""

    files: tuple[Path, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of an export, before any file."""

    about: Table
    tables: tuple[Table, ...]
    charted: tuple[Tally, ...]
    notes: tuple[str, ...]


def export(
    study: Study,
    viewer: Viewer,
    folder: Path,
    formats: Sequence[str] = FORMATS,
    *,
    raw: bool = False,
    replacing: bool = True,
    progress: Progress = silent,
) -> Exported:
    """Write the study's tables to a folder, each file whole or not at all.

    Args:
        study: The study.
        viewer: Who exports; what a blind round hides from them is not in the files.
        folder: Made if it is not there.
        formats: ``xlsx`` (one workbook) and ``csv`` (one file a table).
        raw: Leave out the apostrophe that keeps spreadsheet programs from running texts which
            begin like a formula; CSV only.
        replacing: Whether a file of one of these names may be replaced; else nothing is written.
        progress: Told before each step.

    Raises:
        UsageError: An unknown format, or none.
        StudyProblem: The folder or a file cannot be written, or is there already.
    """
    unknown = next((name for name in formats if name not in FORMATS), None)
    if unknown is not None:
        raise UsageError(f"cannot export {unknown}", did_you_mean(unknown, FORMATS))
    if not formats:
        raise UsageError("no format is named", did_you_mean("", FORMATS))
    made = tables_of(study, viewer, progress)
    workbook, csv_files = _files(study, folder, made, formats)
    if not replacing:
        refuse_present([*workbook, *csv_files])
    _make_folder(folder)
    notes = list(made.notes)
    if "xlsx" in formats:
        short = [table for table in made.tables if len(table.rows) <= MOST_ROWS_IN_WORKBOOK]
        _write_workbook(replace(made, tables=tuple(short)), workbook[0], study)
        where = "is in the CSV files" if "csv" in formats else "is left out; --format csv has it"
        notes += [
            f"{table.name} has {len(table.rows):,} rows, too many for the workbook: it {where}"
            for table in made.tables
            if table not in short
        ]
    if "csv" in formats:
        from coder.formats.atomic import write_atomic

        for table, path in zip((made.about, *made.tables), csv_files, strict=True):
            write_atomic(path, to_csv(table, raw=raw).encode())
    return Exported((*workbook, *csv_files), tuple(notes))


def _files(
    study: Study, folder: Path, made: Tables, formats: Sequence[str]
) -> tuple[list[Path], list[Path]]:
    """The workbook, and a CSV file for each table, as far as they are asked for."""
    stem = study.path.stem
    tables = (made.about, *made.tables) if "csv" in formats else ()
    workbook = [folder / f"{stem}.xlsx"] if "xlsx" in formats else []
    return workbook, [folder / f"{stem}-{table.name}.csv" for table in tables]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise StudyProblem(f"{folder} is a file, not a folder", "name another folder") from error
    except OSError as error:
        raise StudyProblem(f"{folder}: {error.strerror}", "name another folder") from error


def tables_of(study: Study, viewer: Viewer, progress: Progress = silent) -> Tables:
    """Every table of an export, in the order of the workbook's sheets."""
    book = study.codebook
    names = [code_set.id for code_set in book.code_sets]
    by_record = [code_set for code_set in book.code_sets if counts_records(book, code_set)]
    persons = [
        code_set
        for code_set in book.code_sets
        if (code_set.rollup.rule != "count" or code_set in by_record) and not code_set.is_scratch
    ]
    single = [
        one
        for one in persons
        if (one.mode != "multi" if one in by_record else one.rollup.rule not in NOT_CROSSED)
    ]
    reader = Reader(study, viewer)
    groupings = _groupings(reader)
    steps = len(persons) * len(groupings) + len(names) + 2
    done = 0

    def step(what: str) -> None:
        nonlocal done
        progress(done, steps, what)
        done += 1

    tallies: list[Tally] = []
    for code_set in persons:
        for by in groupings:
            step(f"{code_set.id} by {' and '.join(by)}")
            tallies.append(tally(study, viewer, code_set.id, by=by, reader=reader))
    codes = []
    for name in names:
        step(f"excerpts of {name}")
        codes.append(tally_codes(study, viewer, name, reader=reader))
    tables = [tally_tables.tally_table(one) for one in tallies]
    tables += [
        tally_tables.cross_table(cross(study, viewer, a.id, b.id, reader=reader))
        for a, b in combinations(single, 2)
        if (a in by_record) == (b in by_record)
    ]
    tables.append(tally_tables.person_years_table(study, viewer, names, reader))
    tables.append(tally_tables.shares_table([*tallies, *codes]))
    step("agreement")
    notes: list[str] = []
    tables += _agreement(study, viewer, notes)
    step("units")
    tables += [units_table(study, viewer), unit_codes_table(study, viewer)]
    tables.append(final_codes_table(study, viewer))
    aliases = [coder.alias for coder in list_coders(study)]
    tables.append(transcripts_table(list_transcripts(study, viewer), aliases))
    tables.append(people_table(list_people(study, viewer)))
    found = list_records(study, viewer)
    tables += [records_table(found)] if found else []
    memos = list_memos(study, viewer)
    tables += [memos_table(memos)] if memos else []
    tables.append(codes_table(book))
    tables += [
        replace(codes_table(other), name=f"codebook_{other.id}")
        for other in study.codebooks
        if other.id != book.id
    ]
    tables.append(dictionary(tables))
    progress(steps, steps, "")
    charted = tuple(one for one in tallies if one.code_set.rollup.rule not in MANY_VALUED)
    return Tables(_about(study, viewer, persons), tuple(tables), charted, tuple(notes))


def _groupings(reader: Reader) -> list[tuple[str, ...]]:
    """By role, and by district and year, as far as people have these attributes."""
    known = reader.attributes
    wanted: list[tuple[str, ...]] = [("role",), ("district", "year")]
    found = [by for by in wanted if set(by) <= known | {"year"}]
    return found or [("year",)]


def _agreement(study: Study, viewer: Viewer, notes: list[str]) -> list[Table]:
    try:
        report = agreement(study, viewer)
    except (UsageError, NotAllowed) as error:
        notes.append(f"no agreement tables: {error}")
        return []
    found = [agreement_tables.overview(report), agreement_tables.full(report)]
    found += confusion_tables(report)
    found.append(disagreement_table(disagreements(study, viewer, with_settled=True)))
    return found


def dictionary(tables: Sequence[Table]) -> Table:
    """What every column of every table means."""
    rows = [
        (table.name, column.key, column.kind, meaning(table, column))
        for table in tables
        for column in table.columns
    ]
    return Table(
        name="data_dictionary",
        title="Data dictionary",
        columns=(
            Column("table", "Table"),
            Column("column", "Column"),
            Column("kind", "Kind"),
            Column("meaning", "Meaning", width=90),
        ),
        rows=tuple(rows),
        notes=(
            "Kinds: text; count (a whole number); percent (a share from 0 to 1); number; date.",
        ),
    )


def _about(study: Study, viewer: Viewer, rolled: Sequence[CodeSet]) -> Table:
    rows = [
        ("Study", study.name),
        ("Program", f"coder {__version__}"),
        ("Codings shown to", viewer.alias or "nobody in particular (open rounds are left out)"),
    ]
    if study.is_sample:
        rows.append(("Sample", "Interviews, people and coders of this study are invented."))
    ids = study.codebook_ids
    for book in study.codebooks:
        rows.append(("Codebook", f"{book.id} {book.version}, content id {ids[book.id]}"))
        rows += [("Cite", source) for source in book.citation]
        rows += [("Notice", book.notice)] if book.notice else []
    rows += [
        ("Final codes", "The settlement; else what all finished coders say; else the only coder's;"
         " else unresolved, which is counted apart."),
        ("Roll-ups", "; ".join(f"{s.id}: {s.rollup.rule}" for s in rolled)),
        ("Agreement", "Over excerpts that both coders finished and whose question feeds the set;"
         " intervals by leaving out one transcript at a time, holding the coders fixed."),
        ("Words", NOTE_WORDS),
        ("Instruments", "The rubrics and codes are adaptations and are not interchangeable with"
         " published instruments."),
    ]  # fmt: skip
    return Table(
        name="about",
        title=f"About {study.name}",
        columns=(Column("what", "What", width=20), Column("value", "Value", width=100)),
        rows=tuple(rows),
    )


def _write_workbook(made: Tables, path: Path, study: Study) -> None:
    from coder.formats.workbook import Chart, Properties, write_workbook

    charts = [
        Chart(
            sheet=tally_tables.table_name(one),
            title=f"{one.code_set.id} by {' and '.join(one.by)}, % of codable",
            categories_column="group" if len(one.by) > 1 else one.by[0],
            value_columns=tuple(one.labels),
        )
        for one in made.charted
        if one.labels and any(group.codable for group in one.groups)
    ]
    books = ", ".join(f"{book.id} {book.version}" for book in study.codebooks)
    write_workbook(
        path,
        made.tables,
        about=made.about,
        charts=charts,
        properties=Properties(title=study.name, comments=f"coder {__version__}; codebooks {books}"),
    )
