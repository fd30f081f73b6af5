"""records."""

from __future__ import annotations

from pathlib import Path

import click

from coder.cli.common import book_option, coder_option, opened, study_option, viewer_of
from coder.cli.output import emit, say, table_options
from coder.errors import UsageError


@click.command("records")
@click.argument("file", default="")
@click.option("--kind", default="", metavar="KIND", help="What one record is, such as lesson.")
@click.option(
    "--question",
    default="",
    metavar="Q-WHY",
    help="The question of the protocol that the records answer.",
)
@click.option(
    "--source",
    default="",
    metavar="NAME",
    help="First part of the references; by default the file's name.",
)
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="COLUMN=SET[+SET]",
    help="What a column holds: code sets, or id, text, year, participant, coder, attribute.",
)
@click.option("--dry-run", is_flag=True, help="Read and check only.")
@book_option
@coder_option()
@table_options
@study_option
def records_command(
    file: str,
    kind: str,
    question: str,
    source: str,
    columns: tuple[str, ...],
    dry_run: bool,
    book: str,
    coder_alias: str,
    form: str | None,
    study_file: str,
) -> None:
    """Import units without a transcript, or list them.

    Recommendations, lessons, survey answers, texts to calibrate on: a .csv, .tsv or .xlsx file
    with a column id, all of it or none, as one undoable action. Columns called like code sets
    hold codes (or levels of a rubric), other columns are attributes for --by. Without a file the
    records of the study are listed, with --coder also that coder's codes.
    """
    from coder.ops.record_tables import (
        import_page,
        import_table,
        records_page,
        records_table,
        work_on,
    )
    from coder.ops.records import import_records, list_records

    if not file:
        if kind or question or source or columns or dry_run:
            raise UsageError("no file of records is named", "coder records FILE imports one")
        with opened(study_file) as study:
            viewer = viewer_of(study, coder_alias)
            found = list_records(study, viewer)
            table = records_table(found, work_on(study, viewer, found), viewer.alias)
        if not table.rows:
            say("the study has no records: coder records FILE imports some")
        emit([records_page(table) if form is None else table], form)
        return
    with opened(study_file, book) as study:
        report = import_records(
            study,
            Path(file),
            kind=kind,
            question=question,
            source=source,
            columns=dict(_mapping(one) for one in columns),
            coder=coder_alias,
            dry_run=dry_run,
        )
    for note in report.notes:
        say(f"note: {note}")
    table = import_table(report, is_rehearsal=dry_run)
    emit([import_page(table) if form is None else table], form)


def _mapping(words: str) -> tuple[str, tuple[str, ...]]:
    """``reasons=uptake_reason+implementation_reason`` as a column and what it holds."""
    column, _, meant = words.rpartition("=")
    found = tuple(part.strip() for part in meant.split("+"))
    if not column or not all(found):
        raise UsageError(f"--map {words} maps nothing", "write it as COLUMN=SET or COLUMN=SET+SET")
    return column.strip(), found
