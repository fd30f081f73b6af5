"""Everything a study holds as spreadsheets: the same study and options give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from coder import __version__
from coder.errors import NotAllowed, UsageError
from coder.formats.tables import Column, Table, to_csv
from coder.model import CodeSet, Viewer
from coder.ops import agreement_tables, tally_tables
from coder.ops.agreeing import agreement
from coder.ops.codebook_tables import codes_table
from coder.ops.corpus import list_coders, list_people, list_transcripts
from coder.ops.corpus_tables import people_table, transcripts_table
from coder.ops.data_dictionary import MEANINGS
from coder.ops.disagreement_tables import disagreement_table
from coder.ops.progress import Progress, silent
from coder.ops.settling import disagreements
from coder.ops.study import Study
from coder.ops.tallying import NOTE_WORDS, Tally, cross, tally, tally_codes
from coder.store import read_models

FORMATS = ("xlsx", "csv")

SINGLE_VALUED = ("valence", "max", "highest", "preponderance")
"""Roll-up rules that give a person-year one value, so that tables of shares make sense."""


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
        progress: Told after each table.

    Raises:
        UsageError: An unknown format.
        StudyProblem: The folder or a file cannot be written.
    """
    unknown = next((name for name in formats if name not in FORMATS), None)
    if unknown is not None:
        raise UsageError(f"cannot export {unknown}", f"there are {', '.join(FORMATS)}")
    made = tables_of(study, viewer, progress)
    _make_folder(folder)
    stem = study.path.stem
    files: list[Path] = []
    if "xlsx" in formats:
        files.append(folder / f"{stem}.xlsx")
        _write_workbook(made, files[-1], study)
    if "csv" in formats:
        from coder.formats.atomic import write_atomic

        for table in (made.about, *made.tables):
            files.append(folder / f"{stem}-{table.name}.csv")
            write_atomic(files[-1], to_csv(table, raw=raw).encode())
    return Exported(tuple(files), made.notes)


def _make_folder(folder: Path) -> None:
    from coder.errors import StudyProblem

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StudyProblem(f"{folder}: {error.strerror}", "name another folder") from error


def tables_of(study: Study, viewer: Viewer, progress: Progress = silent) -> Tables:
    """Every table of an export, in the order of the workbook's sheets."""
    book = study.codebook
    notes: list[str] = []
    tables: list[Table] = []
    charted: list[Tally] = []
    rolled = [s for s in book.code_sets if s.rollup.rule in SINGLE_VALUED]
    groupings = _groupings(study, viewer)
    steps = len(rolled) * (len(groupings) + 1) + 4
    done = 0

    def step(what: str) -> None:
        nonlocal done
        progress(done, steps, what)
        done += 1

    for code_set in rolled:
        for by in groupings:
            step(f"{code_set.id} by {' and '.join(by)}")
            found = tally(study, viewer, code_set.id, by=by)
            charted.append(found)
            tables.append(tally_tables.tally_table(found))
            tables.append(tally_tables.shares_table(found))
    for code_set in book.code_sets:
        step(f"excerpts of {code_set.id}")
        tables.append(tally_tables.shares_table(tally_codes(study, viewer, code_set.id)))
    tables += [
        tally_tables.cross_table(cross(study, viewer, a.id, b.id))
        for a, b in combinations(rolled, 2)
    ]
    step("agreement")
    tables += _agreement(study, viewer, notes)
    step("units")
    tables.append(_units(study, viewer))
    tables.append(_unit_codes(study, viewer))
    aliases = [coder.alias for coder in list_coders(study)]
    tables.append(transcripts_table(list_transcripts(study, viewer), aliases))
    tables.append(people_table(list_people(study, viewer)))
    tables.append(codes_table(book))
    tables.append(dictionary(tables))
    progress(steps, steps, "")
    return Tables(_about(study, viewer, rolled), tuple(tables), tuple(charted), tuple(notes))


def _groupings(study: Study, viewer: Viewer) -> list[tuple[str, ...]]:
    """By role, and by district and year, as far as people have these attributes."""
    known = {name for person in list_people(study, viewer) for name in person.attributes}
    wanted: list[tuple[str, ...]] = [("role",), ("district", "year")]
    found = [by for by in wanted if set(by) <= known | {"year"}]
    return found or [("year",)]


def _agreement(study: Study, viewer: Viewer, notes: list[str]) -> list[Table]:
    try:
        report = agreement(study, viewer)
    except (UsageError, NotAllowed) as error:
        notes.append(f"no agreement tables: {error}")
        return []
    found = [agreement_tables.full(report)]
    found += [
        agreement_tables.confusion_table(c) for c in agreement_tables.shown_confusions(report)
    ]
    found.append(disagreement_table(disagreements(study, viewer, with_settled=True)))
    return found


def _units(study: Study, viewer: Viewer) -> Table:
    return _plain_table(
        "units",
        "Unit table: a row per unit, coder, code set and pass",
        read_models.UNIT_COLUMNS,
        tuple(read_models.unit_table(study.store.db, viewer)),
    )


def _unit_codes(study: Study, viewer: Viewer) -> Table:
    return _plain_table(
        "unit_codes",
        "Unit table: a row per coding",
        read_models.UNIT_CODE_COLUMNS,
        tuple(read_models.unit_code_table(study.store.db, viewer)),
    )


_COUNTS = frozenset({"start", "stop", "pass", "level", "codable"})


def _plain_table(
    name: str, title: str, columns: Sequence[str], rows: tuple[tuple[str | int | None, ...], ...]
) -> Table:
    return Table(
        name=name,
        title=title,
        columns=tuple(
            Column(key, key.replace("_", " "), "count" if key in _COUNTS else "text")
            for key in columns
        ),
        rows=rows,
        notes=(NOTE_WORDS,),
    )


def dictionary(tables: Sequence[Table]) -> Table:
    """What every column of every table means."""
    rows = [
        (table.name, column.key, column.kind, MEANINGS.get(column.key, column.title))
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
        notes=("Percentages are shares from 0 to 1 in CSV.",),
    )


def _about(study: Study, viewer: Viewer, rolled: Sequence[CodeSet]) -> Table:
    rows = [
        ("Study", study.name),
        ("Program", f"coder {__version__}"),
        ("Codings shown to", viewer.alias or "nobody in particular (open rounds are left out)"),
    ]
    ids = study.codebook_ids
    for book in study.codebooks:
        rows.append(("Codebook", f"{book.id} {book.version}, content id {ids[book.id]}"))
        rows += [("Cite", source) for source in book.citation]
        rows.append(("Notice", book.notice))
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
    if study.is_sample:
        rows.append(("Sample", "Interviews, people and coders of this study are invented."))
    return Table(
        name="about",
        title=f"About {study.name}",
        columns=(Column("what", "What", width=20), Column("value", "Value", width=100)),
        rows=tuple(rows),
    )


def _write_workbook(made: Tables, path: Path, study: Study) -> None:
    from coder.formats.workbook import Chart, Properties, write_workbook

    charts = []
    for one in made.charted:
        if not any(group.codable for group in one.groups):
            continue
        charts.append(
            Chart(
                sheet=tally_tables.tally_table(one).name,
                title=f"{one.code_set.id} by {' and '.join(one.by)}, % of codable",
                categories_column=one.by[0],
                value_columns=tuple(one.labels),
            )
        )
    write_workbook(
        path,
        made.tables,
        about=made.about,
        charts=charts,
        properties=Properties(title=study.name),
    )
